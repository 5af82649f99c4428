"""Annotators: what a parse says of clauses, factuality, speakers, times, quantities and coreference."""
