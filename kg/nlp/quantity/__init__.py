"""Find how many and how much a text says: counts, sums, shares, measures, with their bounds.

A quantity is what counts or measures something. Dates, durations, ages, ordinals, scores, and numbers that are names
("Boeing 737", "Resolution 1973") are none. The span covers the words of the quantity, not the noun it counts.
"""

from kg.nlp.quantity.find import find_quantities

__all__ = ["find_quantities"]
