"""Fill the marked sections of docs/quality.md, so that no figure there is typed by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import peers
from cost import Overhead, plain_model
from floors import AT_MOST, F1, PRECISION, Floors, Measure
from scoring import Row, Scored, share

from kg.nlp.model import DEFAULT_MODEL


def filled(page: str, name: str, text: str) -> str:
    """Return the page with the text between its markers ``<!-- measured: name -->`` and ``<!-- end -->``.

    Raises ValueError when the page has no such section.

    >>> filled("<!-- measured: a -->\\nold\\n<!-- end -->\\n", "a", "new")
    '<!-- measured: a -->\\nnew\\n<!-- end -->\\n'
    """
    section = re.compile(rf"(<!-- measured: {re.escape(name)} -->\n).*?(<!-- end -->)", re.S)
    if section.search(page) is None:
        raise ValueError(f"the page has no section <!-- measured: {name} -->")
    return section.sub(lambda match: f"{match[1]}{text.strip()}\n{match[2]}", page, count=1)


def run_section(day: date) -> str:
    """Return when, and with which versions, the page was filled."""
    meta = plain_model(DEFAULT_MODEL).meta
    model = f"`{meta['lang']}_{meta['name']}` {meta['version']} (spaCy {version('spacy')})"
    return f"Measured on {_day(day)} with `newskg` {version('newskg')} and {model}."


def quality_section(scored: Sequence[Scored], floors: Floors) -> str:
    """Return the table of all measures, each with its floor."""
    lines = [
        "| data | measure | precision | recall | F1 | floor of F1 | of precision | in the annotation |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for each in scored:
        pinned = floors.pinned.get(each.basis, {})
        stem = Path(each.basis.data).stem
        lines += [f"| `{stem}` | {_cells(row, pinned, each)} | {row.gold or ''} |" for row in each.rows]
    return "\n".join(lines)


def _cells(row: Row, pinned: Mapping[Measure, float], scored: Scored) -> str:
    name = f"{row.measure}, {row.note}" if row.note else row.measure
    ceiling = Measure(row.measure, AT_MOST)
    if ceiling in scored.figures:  # a count of something, not a share
        most = f"at most {pinned[ceiling]:.2f}" if ceiling in pinned else ""
        return f"{name}: {row.f1:.2f} | | | | {most} |"
    figures = " | ".join(share(value) for value in (row.precision, row.recall, row.f1))
    least = [pinned.get(Measure(row.measure, kind)) for kind in (F1, PRECISION)]
    return f"{name} | {figures} | " + " | ".join("" if value is None else share(value) for value in least)


def lowered_section(floors: Floors) -> str:
    """Return the log of lowered floors."""
    if not floors.lowered:
        return "No floor has been lowered so far."
    lines = ["| when | floor | from | to | why |", "|---|---|---|---|---|"]
    lines += [f"| {e.date} | {e.measure} | {e.old} | {e.new} | {e.reason} |" for e in floors.lowered]
    return "\n".join(lines)


def cost_section(overhead: Overhead, seconds: Mapping[str, float]) -> str:
    """Return what extraction costs in one process, and what a build costs as a program."""
    tokens, documents = overhead.tokens, overhead.documents
    load, parse, build = seconds["load"], seconds["parse"], seconds["build"]
    rows = [
        ("`nlp.pipe`, everything loaded", overhead.parse, overhead.parse),
        ("`kg.extract`, everything loaded", overhead.extract, overhead.extract),
        ("start, imports and model alone", load, None),
        ("a program that runs `nlp.pipe`", parse, parse - load),
        ("`kg build`, sources to Turtle", build, build - load),
    ]
    lines = ["| program | processor seconds | for a token, start taken off |", "|---|---|---|"]
    for name, total, own in rows:
        lines.append(f"| {name} | {total:.2f} | {'' if own is None else f'{own / tokens * 1e6:.0f} µs'} |")
    spread = f"{min(overhead.ratios):.2f} to {max(overhead.ratios):.2f} in {len(overhead.ratios)} runs"
    speed = round(documents / (build - load) * 60, -1)
    return "\n".join(
        [
            f"{documents} articles, {tokens:,} tokens, one thread, medians:",
            "",
            *lines,
            "",
            f"So `kg.extract` takes **{overhead.ratio:.2f} times** the processor time of parsing alone ({spread}). "
            f"A whole build takes {(build - load) / (parse - load):.2f} times that of parsing, start taken off, "
            f"{build / parse:.2f} times with it: about {speed:.0f} articles of this length "
            f"({tokens / documents:.0f} tokens) a minute and core.",
        ]
    )


def peers_section(found: dict[str, Any], day: date) -> str:
    """Return the tables of the peers, with the day: they are not run each time."""
    return f"Run on {_day(day)}, one after the other, with the same model.\n\n{peers.tables(found)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
