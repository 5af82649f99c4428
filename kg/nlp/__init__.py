"""spaCy components that annotate a parse: segments, times, quantities, attributions, coreference."""

from kg.nlp.segment import make_annotator

__all__ = ["make_annotator"]
