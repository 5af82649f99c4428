"""Find what in a plain text is not the article's body; the text itself is never changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.model import Span
from kg.sources import furniture

_SENTENCE_END = re.compile(r"[.!?…。！？][\"”’'»)\]]*$")
_FULL_STOP = re.compile(r"(?<!\.)[.。][\"”’'»)\]]*$")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}$")
_TWO_SENTENCES = re.compile(r"\b[a-z]{3,}[.!?]\s+[A-Z]")
_HAS_SENTENCE = re.compile(r"[.!?。！？][\"”’'»)\]]*(?:\s|$)")
_MAX_HEADLINE = 200


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """What was found around the body: spans of the text, and what they say of the document."""

    headline: str | None = None
    headline_span: Span | None = None
    url: str | None = None
    published: date | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not empty, without the space around it, and whether a blank line (or the end) is beside it."""

    text: str
    start: int
    first: bool
    last: bool

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands before the body: which lines, the headline among them, the date, and where the body begins."""

    lines: frozenset[int]
    headline: int | None
    published: date | None
    body: int


def find_boilerplate(text: str, *, title: str | None = None) -> Boilerplate:
    """Return the headline, the source URL, the date line and all spans of ``text`` that are not body.

    A ``title`` known from elsewhere makes a first line equal to it the headline, whatever it looks like.
    A text of a single line has no headline and no other line to tell apart: only a dateline before
    it and a sign-off after it are found.

    >>> found = find_boilerplate("Talks resume\\n\\nThe talks resumed.\\n\\nSource: https://example.org/1")
    >>> found.headline, found.url, found.spans
    ('Talks resume', 'https://example.org/1', (Span(start=0, end=12), Span(start=34, end=63)))
    """
    lines = _split(text)
    if not lines:
        return Boilerplate()
    if len(lines) == 1:
        return Boilerplate(spans=_inline(lines, frozenset(), 0))
    tail, url = _tail(lines)
    marked = tail | _page_lines(lines, tail)
    head = _head(lines, marked, title)
    marked |= head.lines
    spans = {lines[i].span for i in marked} | set(_inline(lines, marked, head.body))
    headline = None if head.headline is None else lines[head.headline]
    return Boilerplate(
        headline=headline.text if headline else None,
        headline_span=headline.span if headline else None,
        url=url,
        published=head.published,
        spans=tuple(sorted(spans)),
    )


def _split(text: str) -> list[_Line]:
    """Return the lines that are not empty."""
    found, offset = [], 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        found.append((stripped, offset + len(raw) - len(raw.lstrip())))
        offset += len(raw) + 1
    blank = [not line for line, _ in found]
    return [
        _Line(line, start, i == 0 or blank[i - 1], i + 1 == len(found) or blank[i + 1])
        for i, (line, start) in enumerate(found)
        if line
    ]


def _page_lines(lines: Sequence[_Line], tail: frozenset[int]) -> frozenset[int]:
    """Return the lines that are links to other articles or page furniture, each a paragraph or ending one."""
    # A text without any empty line has one paragraph a line.
    separate = not any(line.last for line in lines[:-1])
    marked = set(tail)
    for i in reversed(range(len(lines))):
        related = furniture.is_related_link(lines[i].text)
        if not (related or furniture.is_page_furniture(lines[i].text)) or not _begins(lines, i):
            continue
        below = _headlines_below(lines, i) if furniture.is_link_heading(lines[i].text) else ()
        following = i + 1 + len(below)
        if below or lines[i].last or separate or following in marked:
            marked.update((i, *below))
    return frozenset(marked)


def _begins(lines: Sequence[_Line], i: int) -> bool:
    """Tell whether line ``i`` cannot be the continuation of the line above it."""
    if lines[i].first:
        return True
    above = lines[i - 1].text
    return bool(_SENTENCE_END.search(above)) or furniture.is_related_link(above) or furniture.is_page_furniture(above)


def _headlines_below(lines: Sequence[_Line], i: int) -> tuple[int, ...]:
    """Return the lines under "Related:" in the same paragraph, if all of them are headlines."""
    below = []
    while not lines[i].last:
        i += 1
        below.append(i)
    return tuple(below) if all(_is_headline(lines[n].text) for n in below) else ()


def _tail(lines: Sequence[_Line]) -> tuple[frozenset[int], str | None]:
    """Return the source lines at the end of the text and the URL they give; page lines may stand among them."""
    marked, url = set(), None
    for i in reversed(range(1, len(lines))):
        text = lines[i].text
        if furniture.is_source_line(text) and (lines[i].first or _follows(text, lines[i - 1].text)):
            marked.add(i)
            url = furniture.source_url(text) or url
        elif not (furniture.is_page_furniture(text) or furniture.is_related_link(text)):
            break
    return frozenset(marked), url


def _follows(text: str, above: str) -> bool:
    """Tell whether a source line is not the continuation of the line above it."""
    if furniture.split_label(text) is not None and not text[:1].islower():
        return True
    complete = furniture.is_related_link(above) or furniture.is_page_furniture(above) or furniture.is_source_line(above)
    return complete or bool(_SENTENCE_END.search(above))


def _head(lines: Sequence[_Line], marked: frozenset[int], title: str | None) -> _Head:
    """Read what stands before the body: headline, byline, date line, in any order, among page lines."""
    found: set[int] = set()
    headline: int | None = None
    published: date | None = None
    for i, line in enumerate(lines):
        is_date, day = furniture.read_date_line(line.text)
        if i in marked:
            continue
        if is_date:
            published = published or day
        elif headline is None and _opens(lines, i, marked, title):
            headline = i
        elif not furniture.is_byline(line.text):
            return _Head(frozenset(found), headline, published, i)
        found.add(i)
    # Nothing was left for a body: then nothing was a head either.
    return _Head(frozenset(), None, None, len(lines))


def _opens(lines: Sequence[_Line], i: int, marked: frozenset[int], title: str | None) -> bool:
    """Tell whether line ``i`` is the headline: it looks like one, stands alone and a body comes after it."""
    line = lines[i]
    if title is not None and furniture.plain(line.text) == furniture.plain(title):
        return True
    if not _is_headline(line.text) or furniture.is_byline(line.text):
        return False
    rest = [n for n in range(i + 1, len(lines)) if n not in marked]
    if not any(_HAS_SENTENCE.search(lines[n].text) for n in rest):
        return False
    following = lines[rest[0]].text
    return line.last or furniture.is_byline(following) or furniture.read_date_line(following)[0]


def _is_headline(text: str) -> bool:
    """Tell whether a line looks like a headline: short, one sentence at most, without a full stop at its end."""
    if len(text) > _MAX_HEADLINE or text.endswith((",", ";", ":")) or not any(char.isalpha() for char in text):
        return False
    if _FULL_STOP.search(text) and not _INITIALS.search(text):
        return False
    return _TWO_SENTENCES.search(text) is None


def _inline(lines: Sequence[_Line], marked: frozenset[int], body: int) -> tuple[Span, ...]:
    """Return the dateline before the body and the sign-offs at the end of its paragraphs."""
    spans = []
    if body < len(lines) and (length := furniture.dateline_end(lines[body].text)):
        start = lines[body].start
        spans.append(Span(start, start + len(lines[body].text[:length].rstrip())))
    for i, line in enumerate(lines):
        if i not in marked and line.last and (start_of := furniture.sign_off_start(line.text)) is not None:
            spans.append(Span(line.start + start_of, line.span.end))
    return tuple(spans)
