"""The parse as plain Python objects, read once: the same names as spaCy's, without making an object at each step.

spaCy makes a new token each time one is asked for, looks its strings up anew, and finds the dependents of a word by
walking over its sentence. The rules ask each word many times. So `Doc` reads the arrays of a parse once, and its
tokens hold what is asked of them. What they offer is a part of what spaCy's `Doc`, `Span` and `Token` offer, and means
the same (a test compares them).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    import spacy.tokens
    from spacy.vocab import Vocab

_ATTRIBUTES = ("ORTH", "LOWER", "LEMMA", "TAG", "POS", "DEP", "ENT_TYPE")
_FLAGS = ("ENT_IOB", "SENT_START", "SPACY", "IS_SPACE", "IS_PUNCT", "HEAD")
_IOB = ("", "I", "O", "B")
_NOTHING: tuple[Token, ...] = ()  # most words have no dependents
_SENT_START = {1: True, -1: False, 0: None}


class Token:
    """A word of a parse."""

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "ent_iob_",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_punct",
        "is_sent_start",
        "is_space",
        "left_edge",
        "lefts",
        "lemma_",
        "lower_",
        "pos_",
        "right_edge",
        "rights",
        "tag_",
        "text",
        "whitespace_",
    )

    def __init__(self, doc: Doc, i: int, idx: int, strings: tuple[str, ...], flags: tuple[int, ...]) -> None:
        self.doc, self.i, self.idx = doc, i, idx
        self.text, self.lower_, self.lemma_, self.tag_, self.pos_, self.dep_, self.ent_type_ = strings
        self.ent_iob_ = _IOB[flags[0]]
        self.is_sent_start = _SENT_START[flags[1]]
        self.whitespace_ = " " if flags[2] else ""
        self.is_space, self.is_punct = bool(flags[3]), bool(flags[4])
        self.head: Token = self
        self.left_edge: Token = self
        self.right_edge: Token = self
        self.lefts = self.rights = self.children = _NOTHING

    def __len__(self) -> int:
        """Return the number of characters."""
        return len(self.text)

    def __str__(self) -> str:
        """Return the word."""
        return self.text

    def __repr__(self) -> str:
        """Return the word."""
        return self.text

    @property
    def subtree(self) -> Iterator[Token]:
        """The word and all that depends on it, in the order of the tree."""
        waiting: list[tuple[Token, bool]] = [(self, False)]
        while waiting:
            token, opened = waiting.pop()
            if opened or not token.children:
                yield token
            else:
                waiting.extend((right, False) for right in reversed(token.rights))
                waiting.append((token, True))
                waiting.extend((left, False) for left in reversed(token.lefts))

    @property
    def ancestors(self) -> Iterator[Token]:
        """The governors, nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def sent(self) -> Span:
        """The sentence of the word."""
        return self.doc.sentence_of(self.i)

    def nbor(self, i: int = 1) -> Token:
        """Return the word so many places further; raise IndexError where there is none."""
        if self.i + i < 0:
            raise IndexError(self.i + i)
        return self.doc[self.i + i]

    @property
    def is_alpha(self) -> bool:
        """Whether all characters are letters."""
        return self.text.isalpha()

    @property
    def is_lower(self) -> bool:
        """Whether the word is in small letters."""
        return self.text.islower()

    @property
    def is_quote(self) -> bool:
        """Whether the word is a quotation mark."""
        return bool(self.doc.parse[self.i].is_quote)

    @property
    def like_num(self) -> bool:
        """Whether the word looks like a number."""
        return bool(self.doc.parse[self.i].like_num)


class Span:
    """Words of a parse that follow one another."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label

    def __len__(self) -> int:
        """Return the number of words."""
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        """Yield the words."""
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, key: int) -> Token: ...
    @overload
    def __getitem__(self, key: slice) -> Span: ...
    def __getitem__(self, key: int | slice) -> Token | Span:
        """Return a word, or some, counted within the span."""
        if isinstance(key, slice):
            start, end = _bounds(key, len(self))
            return Span(self.doc, self.start + start, self.start + end)
        return self.doc.tokens[self.start : self.end][key]

    def __str__(self) -> str:
        """Return the text."""
        return self.text

    def __repr__(self) -> str:
        """Return the text."""
        return self.text

    @property
    def start_char(self) -> int:
        """Where the span begins in the text."""
        return self.doc.starts[self.start] if self.start < len(self.doc) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Where the span ends in the text."""
        if self.end == self.start:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The text, without the space after it."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def root(self) -> Token:
        """The word nearest to the root of its sentence, the first of several; no mark or space beside a word."""
        own = self.doc.tokens[self.start : self.end]
        if len(own) == 1:
            return own[0]
        if (top := next((t for t in own if t.head is t), None)) is not None:
            return top
        heads = [t for t in own if not self.start <= t.head.i < self.end]
        if len(heads) > 1:
            return min(heads, key=_steps_to_root)
        return heads[0] if heads else own[0]

    @property
    def sent(self) -> Span:
        """The sentence of the first word."""
        return self.doc.sentence_of(self.start)

    @property
    def ents(self) -> list[Span]:
        """The named entities in the span."""
        return [e for e in self.doc.ents if e.start >= self.start and e.end <= self.end]


class Doc:
    """A parsed text; ``parse`` is spaCy's."""

    def __init__(self, parse: spacy.tokens.Doc) -> None:
        self.parse = parse
        self.text: str = parse.text
        self.tokens = _tokens(self, parse)
        self.starts = [token.idx for token in self.tokens]
        self._first = [i for i, token in enumerate(self.tokens) if token.is_sent_start or not i]

    @property
    def vocab(self) -> Vocab:
        """What the numbers of the arrays mean."""
        return self.parse.vocab

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        """Yield the words."""
        return iter(self.tokens)

    @overload
    def __getitem__(self, key: int) -> Token: ...
    @overload
    def __getitem__(self, key: slice) -> Span: ...
    def __getitem__(self, key: int | slice) -> Token | Span:
        """Return a word, or some."""
        if isinstance(key, slice):
            return Span(self, *_bounds(key, len(self.tokens)))
        return self.tokens[key]

    @cached_property
    def sents(self) -> list[Span]:
        """The sentences."""
        return [Span(self, start, end) for start, end in zip(self._first, [*self._first[1:], len(self)], strict=True)]

    def sentence_of(self, i: int) -> Span:
        """Return the sentence of the word with an index."""
        return self.sents[bisect_right(self._first, i) - 1]

    @cached_property
    def ents(self) -> list[Span]:
        """The named entities."""
        return [Span(self, ent.start, ent.end, ent.label_) for ent in self.parse.ents]

    def char_span(self, start: int, end: int, alignment_mode: str = "strict") -> Span | None:
        """Return the words between two characters: just these ("strict"), or all they touch ("expand"); else None."""
        first, last = self._at(start), self._at(end - 1)
        if first is None or last is None:
            return None
        if alignment_mode == "expand":
            after_word = start == self.starts[first] + len(self.tokens[first].text)
            return Span(self, first + after_word, last + 1)
        span = Span(self, first, last + 1)
        return span if (span.start_char, span.end_char) == (start, end) else None

    def _at(self, char: int) -> int | None:
        i = bisect_right(self.starts, char) - 1
        if i < 0 or char >= self.starts[i] + len(self.tokens[i].text) + len(self.tokens[i].whitespace_):
            return None
        return i

    def has_annotation(self, name: str) -> bool:
        """Tell whether the parse has an attribute."""
        return self.parse.has_annotation(name)

    def to_array(self, name: str) -> Any:
        """Return an attribute of all words as spaCy's array of numbers."""
        return self.parse.to_array(name)


def _steps_to_root(token: Token) -> int:
    if (token.is_punct or token.is_space) and not token.children:
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)


def _bounds(key: slice, length: int) -> tuple[int, int]:
    start, end, _ = slice(key.start, key.stop).indices(length)
    return start, max(start, end)


def _tokens(doc: Doc, parse: spacy.tokens.Doc) -> list[Token]:
    if not len(parse):
        return []
    flags = parse.to_array(list(_FLAGS)).astype("int64").tolist()
    strings, numbers = parse.vocab.strings, parse.to_array(list(_ATTRIBUTES))
    meaning = {number: strings[int(number)] for number in set(numbers.ravel().tolist())}
    tokens: list[Token] = []
    place = 0
    for i, (row, marks) in enumerate(zip(numbers.tolist(), flags, strict=True)):
        token = Token(doc, i, place, tuple([meaning[number] for number in row]), marks)
        place += len(token.text) + len(token.whitespace_)
        tokens.append(token)
    dependents: dict[int, list[Token]] = {}
    for token, marks in zip(tokens, flags, strict=True):
        if marks[5]:
            token.head = tokens[token.i + marks[5]]
            dependents.setdefault(token.head.i, []).append(token)
    for i, found in dependents.items():
        token = tokens[i]
        token.children = tuple(found)
        token.lefts = tuple([t for t in found if t.i < i])
        token.rights = tuple(found[len(token.lefts) :])
    _set_edges(tokens)
    return tokens


def _set_edges(tokens: list[Token]) -> None:
    """Give each word the first and the last word below it: a word is the edge of its governors until one has a better.

    Each edge is set once, because the words come from the far side.
    """
    for token in tokens:
        above = token
        while above.head is not above and above.head.left_edge.i > token.i:
            above = above.head
            above.left_edge = token
    for token in reversed(tokens):
        above = token
        while above.head is not above and above.head.right_edge.i < token.i:
            above = above.head
            above.right_edge = token
