"""Names as they are compared: without accents, titles and legal forms, in one spelling of each sound."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.ontology import lexicon

_OTHER_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in parts, each folded: given names in their order, surname, generation ("jr")."""

    given: tuple[str, ...]
    surname: str
    generation: str = ""

    @property
    def is_bare(self) -> bool:
        """Tell whether there is a surname alone."""
        return not self.given

    @property
    def is_initial(self) -> bool:
        """Tell whether the first given name is an initial alone."""
        return bool(self.given) and len(self.given[0]) == 1


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """Return a name in small letters, without accents and punctuation.

    >>> folded("Volodymyr Zelenskyý"), folded("O'Neill-Łukasz")
    ('volodymyr zelenskyy', 'oneill lukasz')
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_OTHER_LETTERS)
    kept = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’.`")
    return " ".join("".join(c if c.isalnum() else " " for c in kept).split())


@cache
def _spellings() -> tuple[tuple[str, str], ...]:
    pairs = (phrase.split() for phrase in lexicon().words("spelling", "phrase"))
    return tuple(sorted(((a, b) for a, b in pairs), key=lambda pair: (-len(pair[0]), pair)))


@lru_cache(maxsize=65536)
def sounded(word: str) -> str:
    """Return a folded name in one spelling of each sound, so that romanisations of one name are equal.

    >>> sounded("zelenskyy") == sounded("zelensky") == sounded("zelenskiy"), sounded("niger") == sounded("nigeria")
    (True, False)
    """
    for written, compared in _spellings():
        word = word.replace(written, compared)
    return word


@lru_cache(maxsize=65536)
def person_name(name: str) -> PersonName:
    """Take a person's name apart.

    >>> person_name("Dr. Niels van der Berg Jr.")
    PersonName(given=('niels',), surname='van der berg', generation='jr')
    >>> person_name("Stoltenberg").is_bare, person_name("J. Stoltenberg").is_initial
    (True, True)
    """
    words, listed = folded(name).split(), lexicon()
    honorifics, particles = listed.words("honorific", "noun"), listed.words("nameParticle", "noun")
    while len(words) > 1 and words[0] in honorifics:
        words = words[1:]
    generation = ""
    if len(words) > 1 and words[-1] in listed.words("generation", "noun"):
        generation, words = words[-1], words[:-1]
    start = next((i for i, word in enumerate(words[:-1]) if word in particles), len(words) - 1)
    return PersonName(tuple(words[:start]), " ".join(words[start:]), generation)


@lru_cache(maxsize=65536)
def organisation_key(name: str) -> str:
    """Return what an organisation's name is compared by: no article, no legal form.

    >>> organisation_key("The Arden Lines plc") == organisation_key("Arden Lines")
    True
    """
    words = folded(name).removeprefix("the ").split()
    forms = lexicon().words("organisationForm", "noun")
    while len(words) > 1 and words[-1] in forms:
        words = words[:-1]
    return " ".join(words)


def has_legal_form(name: str) -> bool:
    """Tell whether a name ends in the legal form of an organisation.

    >>> has_legal_form("Arden Lines plc"), has_legal_form("Arden Lines")
    (True, False)
    """
    words = folded(name).split()
    return len(words) > 1 and words[-1] in lexicon().words("organisationForm", "noun")


def stands_for(acronym: str, name: str) -> bool:
    """Tell whether capitals are the initials of a name, with or without its small words.

    >>> stands_for("ECA", "European Court of Auditors"), stands_for("ECB", "European Court of Auditors")
    (True, False)
    """
    words = name.replace("-", " ").split()
    every = "".join(word[0] for word in words).upper()
    large = "".join(word[0] for word in words if word[0].isupper())
    return len(words) > 1 and acronym.replace(".", "") in (every, large)
