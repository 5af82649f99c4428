"""Read ``ontologies/``: the data that drives the code.

Every lookup table is made from Turtle once a process and is read-only. Word lists stand in
``ontologies/lexicon/*.ttl`` as resources of class ``kg:WordClass``::

    lex:speech a kg:WordClass ; kg:verb "say", "add" ; kg:noun "statement" .
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.vocab import KG, LEX

PARTS_OF_SPEECH = ("verb", "noun", "adjective", "adverb", "preposition", "phrase", "mark")


def ontology_dir() -> Path:
    """Return the folder of the ontologies: inside the installed package, or beside it in a checkout."""
    installed = Path(__file__).parent / "ontologies"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "ontologies"


def read_turtle(path: Path) -> list[ox.Quad]:
    """Return the triples of a Turtle file; raise OntologyError naming file and line where it is broken."""
    try:
        return list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise OntologyError(str(path), str(error.msg), line=error.lineno) from error
    except OSError as error:
        raise OntologyError(str(path), error.strerror or str(error)) from error


def read_bytes(path: Path) -> bytes:
    """Return what is in a file; raise OntologyError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise OntologyError(str(path), error.strerror or str(error)) from error


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists by name and part of speech, from ``ontologies/lexicon``.

    >>> lexicon = Lexicon({("speech", "verb"): frozenset({"say"})})
    >>> sorted(lexicon.words("speech", "verb"))
    ['say']
    """

    table: Mapping[tuple[str, str], frozenset[str]]

    def words(self, name: str, pos: str) -> frozenset[str]:
        """Return the words of list ``name`` with part of speech ``pos`` (one of PARTS_OF_SPEECH).

        Raises KeyError for a list that does not exist.
        """
        return self.table[name, pos]


@cache
def lexicon() -> Lexicon:
    """Return the word lists of all files in ``ontologies/lexicon``."""
    table: dict[tuple[str, str], set[str]] = {}
    properties = {str(KG[pos]): pos for pos in PARTS_OF_SPEECH}
    for path in sorted((ontology_dir() / "lexicon").glob("*.ttl")):
        for quad in read_turtle(path):
            name = quad.subject.value.removeprefix(str(LEX)) if isinstance(quad.subject, ox.NamedNode) else ""
            if (pos := properties.get(quad.predicate.value)) and isinstance(quad.object, ox.Literal):
                table.setdefault((name, pos), set()).add(quad.object.value)
    return Lexicon(MappingProxyType({key: frozenset(words) for key, words in table.items()}))
