"""Time expressions, ours beside a library's: ``python benchmarks/times.py FILE`` prints a table.

Each line of FILE is a JSON object with ``text``, mostly ``date`` (the day of writing) and ``times``: a list of
``start``, ``end``, ``value`` (TIMEX3) in code points of the text, as tests/data/times.jsonl has. All systems are
scored alike: an expression is found where any of its characters is, one to one; its value is right where it is the same
string. A library that is not installed is left out: ``pip install dateparser recognizers-text-date-time "emoji<2"
timexy``. Each gets the day of writing as far as it takes one.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import spacy

from kg.nlp.model import load_model, parse
from kg.nlp.time import find_times


@dataclass(frozen=True, slots=True)
class Found:
    """An expression: its span and its TIMEX3 value, None where a system gives none."""

    start: int
    end: int
    value: str | None


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1."""

    precision: float
    recall: float
    f1: float


Finder = Callable[[str, date | None], Iterable[Found]]


def score(right: int, found: int, gold: int) -> Score:
    """Return the three figures of ``right`` among ``found`` and ``gold``."""
    precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
    return Score(precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0)


def matched(gold: Sequence[Found], found: Sequence[Found]) -> list[tuple[Found, Found]]:
    """Return the pairs of a gold and a found expression that overlap, one to one, in the order of the text."""
    pairs, free = [], sorted(found, key=lambda one: (one.start, one.end))
    for one in sorted(gold, key=lambda one: (one.start, one.end)):
        hit = next((other for other in free if other.start < one.end and one.start < other.end), None)
        if hit is not None:
            free.remove(hit)
            pairs.append((one, hit))
    return pairs


def measure(lines: Sequence[Mapping[str, Any]], finder: Finder) -> tuple[Score, Score, float]:
    """Return span score, value score, and milliseconds for a thousand characters."""
    gold = found = spans = values = 0
    began = time.process_time()
    answers = [list(finder(line["text"], _day(line.get("date")))) for line in lines]
    spent = time.process_time() - began
    for line, given in zip(lines, answers, strict=True):
        wanted = [Found(each["start"], each["end"], each["value"]) for each in line.get("times", ())]
        answer = [each for each in given if each.start < line.get("annotated_end", 1 << 60)]
        pairs = matched(wanted, answer)
        gold, found, spans = gold + len(wanted), found + len(answer), spans + len(pairs)
        values += sum(one.value == other.value for one, other in pairs)
    size = sum(len(line["text"]) for line in lines) or 1
    return score(spans, found, gold), score(values, found, gold), spent * 1e6 / size


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def ours() -> Finder:
    """Return what this project finds, the parse included."""
    nlp = load_model()
    return lambda text, day: (
        Found(each.span.start, each.span.end, each.value) for each in find_times(parse(nlp, text), published=day)
    )


def spacy_entities() -> Finder:
    """Return the DATE and TIME entities of the spaCy model that this project uses; they have no value."""
    nlp = load_model()
    return lambda text, day: (
        Found(each.start_char, each.end_char, None) for each in nlp(text).ents if each.label_ in {"DATE", "TIME"}
    )


def dateparser_search() -> Finder:
    """Return what dateparser's search finds: days; its answer has no offsets, they are looked up in order."""
    search_dates = import_module("dateparser.search").search_dates

    def find(text: str, day: date | None) -> Iterable[Found]:
        base = {"RELATIVE_BASE": datetime(day.year, day.month, day.day)} if day else {}
        at = 0
        for words, when in search_dates(text, languages=["en"], settings=base) or ():
            start = text.find(words, at)
            if start >= 0:
                at = start + len(words)
                yield Found(start, at, when.date().isoformat())

    return find


def recognizers() -> Finder:
    """Return what Microsoft's recognizers find: of several readings the first, which lies in the past."""
    recognize_datetime = import_module("recognizers_date_time").recognize_datetime

    def find(text: str, day: date | None) -> Iterable[Found]:
        base = datetime(day.year, day.month, day.day) if day else None
        for each in recognize_datetime(text, "en-us", reference=base):
            readings = (each.resolution or {}).get("values") or [{}]
            value = readings[0].get("value") if each.type_name == "datetimeV2.date" else readings[0].get("timex")
            yield Found(each.start, each.end + 1, value or readings[0].get("timex"))

    return find


def timexy() -> Finder:
    """Return what timexy finds; it takes no day of writing."""
    import_module("timexy")  # registers the component
    nlp = spacy.blank("en")
    nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})
    value = re.compile(r'value="([^"]*)"')

    def find(text: str, day: date | None) -> Iterable[Found]:
        for each in nlp(text).ents:
            if each.label_ == "timexy":
                told = value.search(each.kb_id_)
                yield Found(each.start_char, each.end_char, told[1] if told else None)

    return find


SYSTEMS: Mapping[str, Callable[[], Finder]] = {
    "kg": ours,
    "spaCy entities": spacy_entities,
    "dateparser": dateparser_search,
    "recognizers-text": recognizers,
    "timexy": timexy,
}


def table(lines: Sequence[Mapping[str, Any]], systems: Mapping[str, Callable[[], Finder]]) -> Iterable[str]:
    """Yield the lines of a Markdown table."""
    yield "| system | span P | span R | span F1 | value P | value R | value F1 | ms a thousand characters |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, load in systems.items():
        try:
            finder = load()
        except ImportError as error:
            yield f"| {name} | not installed ({error.name}) | | | | | | |"
            continue
        span, value, spent = measure(lines, finder)
        cells = (f"{each:.3f}" for one in (span, value) for each in (one.precision, one.recall, one.f1))
        yield f"| {name} | {' | '.join(cells)} | {spent:.2f} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the systems on a file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--system", action="append", choices=sorted(SYSTEMS), help="only this one; may be repeated")
    options = parser.parse_args(arguments)
    try:
        text = options.file.read_text(encoding="utf-8")
        lines = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 2
    chosen = {name: load for name, load in SYSTEMS.items() if not options.system or name in options.system}
    print(f"{len(lines)} texts, {sum(len(line.get('times', ())) for line in lines)} expressions")
    for line in table(lines, chosen):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
