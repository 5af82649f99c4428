"""The cue lexicon, made ready for looking up: for each word what it makes of the clause or noun below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.model import Modality
from kg.nlp.factuality.value import DENIED, PLANNED, POSSIBLE, REQUIRED, Factuality
from kg.nlp.syntax import is_verbal
from kg.nlp.tree import Token
from kg.ontology import lexicon

_DENIED_AHEAD = Factuality(Modality.PLANNED, negative=True)
_UNWANTED = Factuality(Modality.REQUIRED, negative=True)


@dataclass(frozen=True, slots=True)
class Cues:
    """Cue words by what they govern; the keys are lemmas, or a verb's lemma with a particle or preposition."""

    clause_verb: Mapping[str, Factuality]
    clause_noun: Mapping[str, Factuality]
    of_noun: Mapping[str, Factuality]
    predicate: Mapping[str, Factuality]
    noun_verb: Mapping[str, Factuality]
    modifier: Mapping[str, Factuality]

    def of_verb(
        self, verb: Token, table: Mapping[str, Factuality], preposition: str = ""
    ) -> tuple[str, Factuality | None]:
        """Return the entry of a verb in ``table`` and what it says: with particle or preposition before the bare verb.

        A preposition that the table does not know with the verb gives nothing: who is "ordered in a ruling" does
        not order the ruling.
        """
        lemma = verb.lemma_.lower()
        for each in verb.children:
            if each.dep_ == "prt" and (found := table.get(key := f"{lemma} {each.lower_}")) is not None:
                return key, found
        if preposition:
            return (key := f"{lemma} {preposition}"), table.get(key)
        return lemma, table.get(lemma)


@cache
def cues() -> Cues:
    """Return the cues of the lexicon."""
    words = lexicon().words
    negative_verb = _denials("makesNegative", "negativePlanned", "verb")
    against = {key: _UNWANTED for key in words("makesRequired", "verb") if key.endswith(" against")}
    predicate = {
        **_modal("makesPlanned", "makesRequired", "makesPossible", pos="verb"),
        **_modal("makesPlanned", "makesRequired", "makesPossible", pos="adjective"),
        **_denials("makesNegative", "negativePlanned", "adjective"),
        "unlikely": Factuality(Modality.POSSIBLE, negative=True),
    }
    return Cues(
        clause_verb={
            **_modal("makesPossible", "makesRequired", "makesPlanned", pos="verb"),
            **negative_verb,
            **against,
        },
        clause_noun={
            **_modal("makesPossible", "makesRequired", "makesPlanned", pos="noun"),
            **_denials("makesNegative", "negativePlanned", "noun"),
        },
        of_noun={
            **_modal("makesPlanned", "makesRequired", "makesPossible", pos="noun"),
            **_denials("makesNegative", "negativePlanned", "noun"),
        },
        predicate=predicate,
        noun_verb={
            **_modal("possibleNoun", "requiredNoun", "plannedNoun", pos="verb"),
            **_denials("negativeNoun", "negativePlannedNoun", "verb"),
        },
        modifier={
            **_modal("possibleNoun", "requiredNoun", "plannedNoun", pos="adjective"),
            **_denials("negativeNoun", "negativePlannedNoun", "adjective"),
        },
    )


def _modal(*names: str, pos: str) -> dict[str, Factuality]:
    """Return the words of the lists with the modality each list's name tells; later lists win."""
    values = {"Planned": PLANNED, "Required": REQUIRED, "Possible": POSSIBLE}
    return {
        word: value
        for name in names
        for kind, value in values.items()
        if kind.lower() in name.lower()
        for word in lexicon().words(name, pos)
    }


def _denials(every: str, ahead: str, pos: str) -> dict[str, Factuality]:
    later = lexicon().words(ahead, pos)
    return {word: _DENIED_AHEAD if word in later else DENIED for word in lexicon().words(every, pos)}


def find_phrase(words: Iterable[str], name: str) -> bool:
    """Tell whether the words are a phrase of the list ``name``."""
    return " ".join(words) in lexicon().words(name, "phrase")


def copula_of(predicate: Token) -> Token | None:
    """Return the copula that an adjective or noun is the predicate of, if it has one."""
    return predicate.head if predicate.dep_ in {"acomp", "attr", "oprd"} and is_verbal(predicate.head) else None


def prevented_by(preposition: Token) -> Token | None:
    """Return the verb that prevents what follows "from", where the parser hung it on the object.

    In "prevented the ferry from sailing" nothing is said of where the ferry is from.
    """
    noun = preposition.head
    if preposition.lower_ != "from" or noun.dep_ not in {"dobj", "nsubj"} or not is_verbal(noun.head):
        return None
    _, cue = cues().of_verb(noun.head, cues().clause_verb)
    return noun.head if cue is not None and cue.negative else None
