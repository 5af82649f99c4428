"""How real something is told to be, and how one context changes it."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from kg.model import Modality, Polarity
from kg.nlp.tree import Token


class Factuality(NamedTuple):
    """How real a predicate is told to be."""

    modality: Modality = Modality.ACTUAL
    negative: bool = False

    @property
    def polarity(self) -> Polarity:
        """Return the polarity as the model's term."""
        return Polarity.NEGATIVE if self.negative else Polarity.POSITIVE


FACT = Factuality()
POSSIBLE = Factuality(Modality.POSSIBLE)
PLANNED = Factuality(Modality.PLANNED)
REQUIRED = Factuality(Modality.REQUIRED)
CONDITIONAL = Factuality(Modality.CONDITIONAL)
DENIED = Factuality(negative=True)
AHEAD = (Modality.PLANNED, Modality.REQUIRED)


class Reader(Protocol):
    """What the rules ask of the reader: the factuality of other words of the document, each worked out once."""

    def verb(self, verb: Token) -> Factuality:
        """Return the factuality of a verb."""

    def noun(self, noun: Token) -> Factuality:
        """Return the factuality of an event noun."""

    def auxiliaries(self, verb: Token) -> list[Token]:
        """Return the auxiliaries of a verb, its own or those it shares."""


def within(outer: Factuality, own: Factuality) -> Factuality:
    """Return the factuality of a predicate inside a context: denials cancel, the outer doubt is kept.

    >>> within(Factuality(negative=True), Factuality(Modality.PLANNED, negative=True))
    Factuality(modality=<Modality.PLANNED: 'Planned'>, negative=False)
    """
    modality = own.modality if outer.modality is Modality.ACTUAL else outer.modality
    if own.modality is Modality.CONDITIONAL:
        modality = own.modality
    return Factuality(modality, outer.negative != own.negative)
