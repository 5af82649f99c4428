"""Modality and polarity of each predicate: own verb group first, then what governs it.

The model is FactBank's (Saurí and Pustejovsky 2009): cues stand in a lexicon, and their scope is
read off the dependency parse. The cue lists are in ``ontologies/lexicon/factuality.ttl``.
"""

from kg.nlp.factuality.reader import FactualityReader
from kg.nlp.factuality.value import FACT, Factuality

__all__ = ["FACT", "Factuality", "FactualityReader"]
