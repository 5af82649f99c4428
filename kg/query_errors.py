"""Say where a SPARQL query goes wrong and what the likely cause is, from the query and the parser's terse message."""

from __future__ import annotations

import re
from collections.abc import Collection

# What only looks like SPARQL: strings, IRIs, comments.
OPAQUE = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|"(?:[^"\\\n]|\\.)*"|' r"'''(?:[^\\]|\\.)*?'''|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*", re.S
)
_PLACE = re.compile(r"error at (\d+):(\d+)")
_UPDATE = re.compile(r"\s*(insert|delete|load|clear|drop|create)\b", re.I)
_FORM = re.compile(r"\s*(select|ask|construct|describe|prefix|base)\b", re.I)
_AGGREGATE = re.compile(r"\b(?:count|sum|min|max|avg|sample|group_concat)\s*\(", re.I)
# A word that is no variable, no prefixed name, no function, no language tag.
_BARE_WORD = re.compile(r"(?<![\w:?$@^.%-])([A-Za-z][\w-]*)(?![\w-]*\s*[:(])(?![\w-])")
_KEYWORDS = frozenset({
    "a", "as", "asc", "ask", "avg", "base", "bind", "by", "construct", "count", "data", "datatype", "desc",
    "describe", "distinct", "exists", "false", "filter", "from", "graph", "group", "having", "in", "insert", "lang",
    "limit", "max", "min", "minus", "named", "not", "now", "offset", "optional", "order", "prefix", "reduced",
    "sample", "select", "separator", "service", "silent", "sum", "true", "undef", "union", "values", "where",
})  # fmt: skip
_AROUND = 60  # characters of a long line shown on either side of the error


def explained(sparql: str, reason: str, prefixes: Collection[str]) -> str:
    """Return the likely cause of a query's error, with the line it is in and a caret under the place.

    ``reason`` is what the parser said, ``prefixes`` those declared beforehand.

    >>> print(explained("SELECT ?s { ?s a Event }", "error at 1:23", {"sem"}))
    “Event” is no term: a name needs a prefix, as in entity:NATO, a variable a question mark (error at 1:23)
      SELECT ?s { ?s a Event }
                            ^
    """
    place, _, expected = reason.partition(": expected ")
    cause = _cause(sparql, expected, prefixes)
    wanted = f": expected {expected}" if expected.startswith('"') or expected == "BY" else ""  # else one of many
    first = f"{cause} ({place})" if cause else place + wanted
    return "\n".join([first, *_excerpt(sparql, place)])


def _excerpt(sparql: str, place: str) -> list[str]:
    found = _PLACE.search(place)
    lines = sparql.replace("\t", " ").split("\n")
    if found is None or int(found[1]) > len(lines) or not sparql.strip():
        return []
    line, at = lines[int(found[1]) - 1], int(found[2]) - 1
    start = max(0, at - _AROUND)
    dots = "…" if start else ""
    end = "…" if len(line) > at + _AROUND else ""
    return [f"  {dots}{line[start : at + _AROUND].rstrip()}{end}", " " * (2 + len(dots) + at - start) + "^"]


def _cause(sparql: str, expected: str, prefixes: Collection[str]) -> str:
    """Return what is most likely wrong in words, or "" where only the place is known."""
    bare = OPAQUE.sub(lambda match: " " * len(match[0]), sparql)
    declared = {*prefixes, *re.findall(r"\bprefix\s+([\w-]*):", bare, re.I)}
    unknown = sorted(set(re.findall(r"(?<![\w:?$])([A-Za-z][\w-]*):(?=\w)", bare)) - declared)
    if not bare.strip():
        return "the query is empty"
    if unknown:
        return f"prefix {unknown[0]}: is not declared"
    if _UPDATE.match(bare):
        return "queries only read: an update cannot be run"
    if not _FORM.match(bare):
        return "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
    return _unbalanced(bare) or _in_the_head(bare) or _in_the_pattern(bare, expected)


def _unbalanced(bare: str) -> str:
    if found := re.search("[“”„‘’«»]", bare):
        return f'typographic quotation mark {found[0]}: a string stands in "…"'
    if '"' in bare or "'" in bare:
        return "a quotation mark is not closed"
    if found := re.search(r"<[^<>\s=?$][^<>{}\n]*\s[^<>{}\n]*>", bare):
        return f"an IRI has no spaces: {found[0]}"
    for opening, closing in ("{}", "()"):
        missing = bare.count(opening) - bare.count(closing)
        if missing:
            return f"a {opening} is not closed" if missing > 0 else f"a {closing} too many"
    return ""


def _in_the_head(bare: str) -> str:
    """Return what is wrong between SELECT and its first brace."""
    select = re.search(r"\bselect\b([^{]*)", bare, re.I)
    head = select[1] if select else ""
    plain = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", " ", head)
    if re.search(r"[?$]\w+\s*,", plain):
        return "variables after SELECT are separated by spaces, not commas"
    aggregate = _AGGREGATE.search(head)
    if aggregate and not re.search(r"\bas\s+[?$]\w", head, re.I):
        return f"{aggregate[0]}…) needs a name and brackets: ({aggregate[0]}…) AS ?n)"
    beside = re.search(r"[?$]\w+", plain)
    if aggregate and beside and not re.search(r"\bgroup\s+by\b", bare, re.I):
        return f"{beside[0]} beside {aggregate[0]}…) needs GROUP BY {beside[0]}"
    if found := next((w for w in _BARE_WORD.findall(plain) if w.lower() not in _KEYWORDS), None):
        return f"“{found}” is no variable: a variable is written ?{found}"
    return ""


def _in_the_pattern(bare: str, expected: str) -> str:
    inside = bare.partition("{")[2].rpartition("}")[0]
    if found := next((w for w in _BARE_WORD.findall(inside) if w.lower() not in _KEYWORDS), None):
        return f"“{found}” is no term: a name needs a prefix, as in entity:NATO, a variable a question mark"
    if re.search(r"\bfilter\s+(?!not\b|exists\b|[\w:]+\s*\()[^(\s]", bare, re.I):
        return "FILTER needs brackets: FILTER(?o = 3)"
    return "a triple is not complete, or no . stands between two" if expected == "OPTIONAL" else ""
