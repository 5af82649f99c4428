"""Find what stands between quotation marks: a pass over the tokens, no model needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.nlp.syntax import indices_of
from kg.nlp.tree import Doc

_OPENERS = "([{-–—/"
_LONGEST = 4  # paragraphs that a quotation may run on without marks


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens ``start`` to ``end`` (exclusive), the marks among them, of one paragraph.

    ``open`` says that the closing mark is missing because the next paragraph goes on with the quotation, be it with
    an opening mark or, up to a closing one, without.
    """

    start: int
    end: int
    paragraph: int
    open: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    token: int
    opening: bool | None  # None: the spaces around it do not tell


def paragraphs(doc: Doc) -> tuple[tuple[int, int], ...]:
    """Return the token ranges (half open) of the paragraphs: what stands between line breaks."""
    out, start = [], 0
    for i, is_space in enumerate(doc.to_array("IS_SPACE").tolist()):
        if is_space and "\n" in doc[i].text:
            if i > start:
                out.append((start, i))
            start = i + 1
    if start < len(doc):
        out.append((start, len(doc)))
    return tuple(out)


def find_quotations(doc: Doc) -> tuple[Quotation, ...]:
    """Return the quotations of a document in order; a quotation inside another is part of it.

    A quotation whose closing mark is missing counts when the next paragraph begins with an opening mark
    (the custom for quotations of several paragraphs) or when it began its own paragraph.
    """
    text = doc.text  # spaCy puts it together anew each time
    if '"' not in text and " '" not in f" {text}":
        return ()
    out: list[Quotation] = []
    parts = paragraphs(doc)
    double = frozenset(indices_of(doc, ['"'], attribute="ORTH"))
    single = frozenset(indices_of(doc, ["'"], attribute="ORTH"))
    until = -1  # the last paragraph of a quotation without marks at the head of its paragraphs
    for index, (start, end) in enumerate(parts):
        marks = [_mark(text, doc[i].idx, i) for i in range(start, end) if i in double]
        if index <= until:
            end_of_quotation = marks[0].token + 1 if index == until else end
            out.append(Quotation(start, end_of_quotation, index, open=index < until))
            marks = marks[1:]
            if index < until or not marks:
                continue
        if not marks:
            out += [Quotation(first, last + 1, index) for first, last in _single(text, doc, single, start, end)]
            continue
        pairs, unclosed = _pair(marks)
        out += [Quotation(first, last + 1, index) for first, last in pairs]
        if unclosed is not None:
            follows = index + 1 < len(parts) and doc[parts[index + 1][0]].text == '"'
            if (
                not follows
                and (last := _closing(text, doc, parts[index + 1 : index + 1 + _LONGEST], double)) is not None
            ):
                until, follows = index + 1 + last, True
            if follows or unclosed == start:
                out.append(Quotation(unclosed, end, index, open=follows))
    return tuple(out)


def _closing(text: str, doc: Doc, parts: Sequence[tuple[int, int]], double: frozenset[int]) -> int | None:
    """Return which of the paragraphs first has a mark, if that is a closing one at the end of a sentence."""
    for index, (start, end) in enumerate(parts):
        first = next((i for i in range(start, end) if i in double), None)
        if first is not None:
            closes = _mark(text, doc[first].idx, first).opening is False and doc[first - 1].text in (".", "!", "?", ",")
            return index if closes and first > start else None
    return None


def _single(text: str, doc: Doc, single: frozenset[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what stands between single marks in a paragraph without double ones: 'We won,' he said.

    An apostrophe looks the same, so the first mark follows a space, and the last a comma or the end of a sentence.
    """
    first: int | None = None
    for i in range(start, end):
        if i not in single:
            continue
        at = doc[i].idx
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if first is None and (not before or before.isspace() or before in _OPENERS) and after.isalnum():
            first = i
        elif first is not None and before and before in ",.?!…" and not after.isalnum():
            yield first, i
            first = None


def _mark(text: str, at: int, i: int) -> _Mark:
    """Classify a mark by the characters around it: an opening one follows a space, a closing one a word."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    spaced_before = not before or before.isspace()
    spaced_after = not after or after.isspace()
    if (spaced_before or before in _OPENERS) and not spaced_after:
        return _Mark(i, True)
    if not spaced_before and (spaced_after or not after.isalnum()):
        return _Mark(i, False)
    return _Mark(i, None)


def _pair(marks: list[_Mark]) -> tuple[list[tuple[int, int]], int | None]:
    """Pair the marks of a paragraph, by direction where that balances, else in turn."""
    pairs: list[tuple[int, int]] = []
    depth, first = 0, 0
    for mark in marks:
        opening = depth == 0 if mark.opening is None else mark.opening
        if opening:
            first = mark.token if depth == 0 else first
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                pairs.append((first, mark.token))
    if depth == 0:
        return pairs, None
    if depth == 1 and not any(first < right for _, right in pairs) and marks[-1].token == first:
        return pairs, first
    tokens = [mark.token for mark in marks]
    alternate = list(zip(tokens[::2], tokens[1::2], strict=False))
    return alternate, tokens[-1] if len(tokens) % 2 else None
