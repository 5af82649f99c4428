"""Make spaCy's attribute ruler remember: the same matches, found sooner.

The ruler tries each of its patterns on each token, which takes a tenth of a whole parse. Nearly all its patterns speak
of one token and of few attributes of it, so tokens that agree in these match the same patterns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.vocab import Vocab

Match = tuple[int, int, int]

# Attributes that a token has for itself, whatever stands beside it.
_OWN = frozenset(
    {"ORTH", "TEXT", "LOWER", "NORM", "SHAPE", "PREFIX", "SUFFIX", "TAG", "DEP", "POS", "LEMMA", "IS_SPACE"}
)
_LIMIT = 200_000


class RememberingMatcher:
    """Stands for a Matcher: patterns of one token are tried once for each combination of what they ask for."""

    def __init__(self, vocab: Vocab, single: Mapping[str, list[Any]], others: Mapping[str, list[Any]]) -> None:
        self._single, self._others = _matcher(vocab, single), _matcher(vocab, others)
        asked = {name.upper() for patterns in single.values() for [token] in patterns for name in token}
        self._attributes = sorted("ORTH" if name == "TEXT" else name for name in asked)
        self._memo: dict[tuple[float, ...], tuple[int, ...]] = {}

    def __call__(self, doc: Doc, *, allow_missing: bool = False, as_spans: bool = False) -> list[Match]:
        """Return the matches as (pattern, start, end)."""
        found = self._others(doc, allow_missing=allow_missing)
        if len(self._memo) > _LIMIT:
            self._memo.clear()
        for i, values in enumerate(doc.to_array(self._attributes).reshape(len(doc), len(self._attributes)).tolist()):
            key = tuple(values)
            if key not in self._memo:
                self._memo[key] = tuple(m[0] for m in self._single(doc[i : i + 1], allow_missing=allow_missing))
            found.extend((pattern, i, i + 1) for pattern in self._memo[key])
        return found


def remember_matches(ruler: AttributeRuler, vocab: Vocab) -> None:
    """Give a ruler a matcher that remembers; leave one alone that asks for more than a token's own attributes."""
    patterns = {str(i): cast(list[Any], entry["patterns"]) for i, entry in enumerate(ruler.patterns)}
    single = {name: each for name, each in patterns.items() if all(len(tokens) == 1 for tokens in each)}
    if all(_own(token) for each in single.values() for [token] in each):
        others = {name: each for name, each in patterns.items() if name not in single}
        ruler.matcher = RememberingMatcher(vocab, single, others)  # type: ignore[assignment]  # the ruler only calls it


def _own(token: Mapping[str, Any]) -> bool:
    return {name.upper() for name in token} <= _OWN


def _matcher(vocab: Vocab, patterns: Mapping[str, Sequence[Any]]) -> Matcher:
    made = Matcher(vocab, validate=False)
    for name, each in patterns.items():
        made.add(name, list(each))
    return made
