"""Find the times a text names and what they mean by the day it was written (TIMEX3)."""

from kg.nlp.time.find import find_times

__all__ = ["find_times"]
