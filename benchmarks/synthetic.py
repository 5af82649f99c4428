"""Score what `kg` makes one across articles on invented articles whose truth is known.

    python benchmarks/synthetic.py [--articles 200] [--seed 1]

A small invented world (people with shared surnames, bodies with acronyms and legal forms, real countries that are
easily confused) does things; articles of several papers tell of them in different words, with full names, surnames,
initials, titles, without accents; some announce what happens later, some deny what others say, some are copies.
The program knows who and what is meant in each sentence, builds the graph, and compares:

- entities: B-cubed precision, recall and F1 (Bagga and Baldwin, 1998) over all names in the articles, where one that is
  not in the graph counts as a thing of its own; and over those that are;
- events: F1 over pairs of tellings in different articles that are one event;
- merges of two countries, or of two people with different first names, of which there must be none.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

import pyoxigraph as ox

import kg
from kg.model import Document

GIVEN = [
    "Anna",
    "Boris",
    "Clara",
    "Dmitri",
    "Elena",
    "Farid",
    "Greta",
    "Henrik",
    "Irina",
    "José",
    "Karin",
    "Luis",
    "Marta",
    "Niels",
    "Olga",
    "Pavel",
    "Rosa",
    "Stefan",
    "Tomás",
    "Vera",
]
SURNAMES = [
    "Albrecht",
    "Bánffy",
    "Castellanos",
    "Dragomirov",
    "Eriksen",
    "Fontaine",
    "Grünwald",
    "Haddad",
    "Ivanova",
    "Jovanović",
    "Kowalczyk",
    "Lindqvist",
]
BODIES = (
    ("Northern Grain Council", "NGC"),
    ("Harbour Workers Union", "HWU"),
    ("Institute for River Safety", "IRS"),
    ("Coastal Rescue Service", "CRS"),
    ("Federation of Alpine Guides", "FAG"),
    ("Tarvos Mining plc", ""),
    ("Belmora Shipping GmbH", ""),
    ("Ostrava Steelworks Ltd", ""),
    ("Kestrel Airlines Inc", ""),
    ("Vantor Energy AG", ""),
    ("Lumen Pharma SA", ""),
    ("Delmare Foods Corp", ""),
)
COUNTRIES = (
    "Niger",
    "Nigeria",
    "Guinea",
    "Guinea-Bissau",
    "Equatorial Guinea",
    "Austria",
    "Australia",
    "Slovakia",
    "Slovenia",
    "Latvia",
    "Lithuania",
    "Mali",
    "Malawi",
    "Iran",
    "Iraq",
    "North Korea",
    "South Korea",
    "Dominica",
    "Sweden",
    "Switzerland",
    "Paraguay",
    "Uruguay",
)
CITIES = ("Lisbon", "Oslo", "Prague", "Nairobi", "Toronto", "Hanoi", "Lima", "Athens")
PAPERS = ("The Morning Ledger", "Evening Courier", "Delta Post", "The Weekly Lantern", "Northern Dispatch")

# Each kind of event: the verbs that tell it, and ways to tell it as done, planned, denied. {a} acts, {b} is acted on.
KINDS = {
    "visit": (
        ("{a} visited {p} on {day}.", "On {day}, {a} travelled to {p}.", "{a} arrived in {p} on {day}."),
        "{a} will visit {p} next week.",
        "{a} did not visit {p}, an aide said.",
    ),
    "sue": (
        ("{a} sued {b} on {day}.", "{a} took {b} to court on {day}.", "On {day} {a} filed a lawsuit against {b}."),
        "{a} will sue {b} next week.",
        "{a} denied that it had sued {b}.",
    ),
    "buy": (
        ("{a} bought {b} on {day}.", "{a} acquired {b} on {day}.", "On {day}, {a} purchased {b}."),
        "{a} will buy {b} next week.",
        "{a} denied that it had bought {b}.",
    ),
    "sanction": (
        (
            "{a} imposed sanctions on {b} on {day}.",
            "On {day}, {a} sanctioned {b}.",
            "{a} imposed new sanctions on {b} on {day}.",
        ),
        "{a} will impose sanctions on {b} next week.",
        "{a} denied that it had imposed sanctions on {b}.",
    ),
    "meet": (
        (
            "{a} met {b} in {p} on {day}.",
            "On {day}, {a} held talks with {b} in {p}.",
            "{a} and {b} met in {p} on {day}.",
        ),
        "{a} will meet {b} in {p} next week.",
        "{a} denied that he had met {b} in {p}.",
    ),
    "arrest": (
        (
            "Police in {p} arrested {a} on {day}.",
            "{a} was arrested by police in {p} on {day}.",
            "On {day} police detained {a} in {p}.",
        ),
        "",
        "Police in {p} denied that they had arrested {a}.",
    ),
}
CLOSING = (
    "Few people had expected it.",
    "The reaction in the streets was calm.",
    "Markets hardly moved.",
    "Analysts spoke of a turning point.",
    "It was raining when the news came.",
    "Neighbours learned of it from the radio.",
)


@dataclass(frozen=True)
class Person:
    """Somebody of the invented world."""

    given: str
    surname: str
    post: str
    body: str

    @property
    def name(self) -> str:
        """Return the full name."""
        return f"{self.given} {self.surname}"


@dataclass(frozen=True)
class Happening:
    """An event of the invented world: who, to whom, where, when."""

    id: str
    kind: str
    a: object
    b: object
    place: str
    day: date


@dataclass
class Article:
    """An article with its truth: names and whom they mean, sentences and which event they tell."""

    publisher: str
    day: date
    sentences: list[str] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    tellings: list[tuple[str, str]] = field(default_factory=list)
    copy_of: int | None = None

    def text(self) -> str:
        """Return the article as it is read."""
        return " ".join(self.sentences)


def world(rng: random.Random) -> tuple[list[Person], list[Happening]]:
    """Invent people, and what they, bodies and countries do."""
    pairs = rng.sample([(g, s) for g in GIVEN for s in SURNAMES], 30)
    posts = ("director", "spokeswoman", "chairman", "adviser", "chief economist", "lawyer")
    people = [Person(g, s, rng.choice(posts), rng.choice(BODIES)[0]) for g, s in pairs]
    happenings = []
    for number in range(90):
        kind = rng.choice(sorted(KINDS))
        pool: list[object] = {"sanction": list(COUNTRIES), "sue": list(BODIES), "buy": list(BODIES)}.get(
            kind, list(people)
        )
        a, b = rng.sample(pool, 2)
        day = date(2025, 1, 6) + timedelta(days=rng.randrange(300))
        happenings.append(Happening(f"e{number}", kind, a, b, rng.choice(CITIES), day))
    return people, happenings


def called(thing: object, rng: random.Random, article: Article, *, first: bool) -> str:
    """Return a name for a thing, and note in the article whom it means."""
    if isinstance(thing, Person):
        forms = [thing.name, thing.name, f"Dr. {thing.name}", _plain(thing.name), f"{thing.given[0]}. {thing.surname}"]
        form, key = (rng.choice(forms) if first else thing.surname), f"person:{thing.name}"
        article.names.append((form.removeprefix("Dr. "), key))
    elif isinstance(thing, tuple):
        name, acronym = thing
        bare = name.rsplit(" ", 1)[0] if not acronym else name
        form = rng.choice([name, bare]) if not acronym else (f"the {name} ({acronym})" if first else f"the {acronym}")
        article.names.append(
            ((acronym if acronym and not first else form.removeprefix("the ").split(" (")[0]), f"body:{name}")
        )
        key = form
    else:
        form = str(thing)
        article.names.append((form, f"country:{form}"))
    return form


def _plain(name: str) -> str:
    return name.translate(str.maketrans("áéíóúüöćč", "aeiouuocc"))


def articles(count: int, seed: int) -> list[Article]:
    """Write the articles."""
    rng = random.Random(seed)
    _, happenings = world(rng)
    written: list[Article] = []
    while len(written) < count:
        happening = rng.choice(happenings)
        roll = rng.random()
        if roll < 0.1 and written:
            written.append(_copy(written, rng))
        elif roll < 0.2 and KINDS[happening.kind][1]:
            written.append(_told(happening, KINDS[happening.kind][1], happening.day - timedelta(days=7), "plan", rng))
        elif roll < 0.3:
            written.append(_told(happening, KINDS[happening.kind][2], happening.day + timedelta(days=1), "", rng))
        else:
            template = rng.choice(KINDS[happening.kind][0])
            written.append(_told(happening, template, happening.day + timedelta(days=rng.randrange(2)), "", rng))
    return written


def _told(happening: Happening, template: str, published: date, plan: str, rng: random.Random) -> Article:
    article = Article(rng.choice(PAPERS), published)
    names = {
        k: called(v, rng, article, first=True)
        for k, v in (("a", happening.a), ("b", happening.b))
        if f"{{{k}}}" in template
    }
    lead = template.format(**names, p=happening.place, day=happening.day.strftime("%A"))
    article.sentences.append(lead[0].upper() + lead[1:])
    article.tellings.append((article.sentences[-1], happening.id + plan))
    for thing in (happening.a, happening.b):
        if (
            isinstance(thing, Person)
            and f"{{{'a' if thing is happening.a else 'b'}}}" in template
            and rng.random() < 0.7
        ):
            other = happening.b if thing is happening.a else happening.a
            alike = isinstance(other, Person) and other.surname == thing.surname  # papers then write the full name
            surname = called(thing, rng, article, first=alike)
            article.sentences.append(f"{surname}, a {thing.post} at the {thing.body}, gave no details.")
            article.names.append((thing.body, f"body:{thing.body}"))
    article.sentences += rng.sample(CLOSING, 2)
    return article


def _copy(written: list[Article], rng: random.Random) -> Article:
    number = rng.randrange(len(written))
    original = written[number]
    number = original.copy_of if original.copy_of is not None else number
    source = written[number]
    return Article(
        rng.choice([p for p in PAPERS if p != source.publisher]),
        source.day,
        [*source.sentences, "This is how the agency told it."],
        list(source.names),
        list(source.tellings),
        number,
    )


# scoring


def documents(listed: Iterable[Article]) -> list[Document]:
    """Return the articles as documents."""
    return [
        Document(a.text(), published=a.day, publisher=a.publisher, identifier=f"s{n}", title=f"Story {n}")
        for n, a in enumerate(listed)
    ]


def score(listed: list[Article], graph: kg.KnowledgeGraph) -> dict[str, float]:
    """Compare a graph with what is meant."""
    pages = _pages(graph)
    named = [(n, name, key) for n, a in enumerate(listed) for name, key in dict.fromkeys(a.names)]
    found = [pages.get(f"s{n}", {}).get(name) or f"missing {n} {name}" for n, name, _ in named]
    truth = [key for *_, key in named]
    precision, recall = _b_cubed(found, truth), _b_cubed(truth, found)
    there = [(f, t) for f, t in zip(found, truth, strict=True) if not f.startswith("missing")]
    precision_there, recall_there = (
        _b_cubed(*zip(*there, strict=True)),
        _b_cubed(*reversed(list(zip(*there, strict=True)))),
    )
    told = [(n, sentence, id) for n, a in enumerate(listed) for sentence, id in a.tellings]
    events = [_event(graph, f"s{n}", sentence) or f"missing {n}" for n, sentence, _ in told]
    meant = _pairs(told, [id for *_, id in told])
    made = _pairs(told, events)
    both = len(meant & made)
    wrong = _false_merges(found, truth)
    return {
        "names": len(named),
        "names found": sum(not f.startswith("missing") for f in found) / len(named),
        "entity precision": precision,
        "entity recall": recall,
        "entity F1": _f1(precision, recall),
        "entity F1 of found": _f1(precision_there, recall_there),
        "tellings found": sum(not e.startswith("missing") for e in events) / len(events),
        "event precision": both / len(made) if made else 0.0,
        "event recall": both / len(meant),
        "event F1": 2 * both / (len(meant) + len(made)),
        "false merges": len(wrong),
        "copies": sum(a.copy_of is not None for a in listed),
        "copies found": _count(graph, "copyOf"),
        "plans realized": _count(graph, "realizes"),
        "disputes": _count(graph, "disputes"),
    }


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall)


def _count(graph: kg.KnowledgeGraph, property: str) -> int:
    return len(graph.select(f"SELECT ?a ?b WHERE {{ ?a kg:{property} ?b }}"))


def _pages(graph: kg.KnowledgeGraph) -> dict[str, dict[str, str]]:
    """Return by document and name the IRI of what bears it there."""
    pages: dict[str, dict[str, str]] = defaultdict(dict)
    ids = {q.subject.value: q.object.value for q in graph if q.predicate.value.endswith("/identifier")}
    rank = {"label": 0, "altLabel": 1}
    rows = sorted(
        (rank[p], q.graph_name.value, q.object.value, q.subject.value)
        for q in graph
        if isinstance(q.graph_name, ox.NamedNode)
        and (p := q.predicate.value.rpartition("#")[2]) in rank
        and "/entity/" in q.subject.value
    )
    for _, page, name, iri in rows:
        pages[ids.get(page, "")].setdefault(name, iri)
    return pages


def _event(graph: kg.KnowledgeGraph, identifier: str, sentence: str) -> str | None:
    """Return the event that a sentence tells: the first in it that is no denial, with the most participants."""
    return _told_by(graph).get((identifier, sentence.rstrip(".")))


_CACHE: dict[int, dict[tuple[str, str], str]] = {}


def _told_by(graph: kg.KnowledgeGraph) -> dict[tuple[str, str], str]:
    if id(graph) not in _CACHE:
        rows = graph.select(
            """SELECT ?identifier ?sentence ?event (COUNT(?who) AS ?size) WHERE {
            ?claim kg:about ?event ; kg:evidence/nif:anchorOf ?sentence .
            ?claim prov:wasDerivedFrom/dct:identifier ?identifier .
            ?event ?role ?who ; kg:trigger ?trigger . FILTER(?trigger NOT IN ("deny", "say"))
            FILTER(?role IN (kg:agent, kg:patient, kg:partner, kg:destination, kg:location, kg:recipient))
            } GROUP BY ?identifier ?sentence ?event ORDER BY ?identifier ?sentence ?size DESC(?event)"""
        )
        _CACHE[id(graph)] = {(str(i), str(s).rstrip(".")): str(e) for i, s, e, _ in rows}
    return _CACHE[id(graph)]


def _b_cubed(one: list[str], other: list[str]) -> float:
    """Return the mean share of each item's group in ``one`` that is of its group in ``other``."""
    groups, joint = defaultdict(int), defaultdict(int)
    for a, b in zip(one, other, strict=True):
        groups[a] += 1
        joint[a, b] += 1
    return sum(joint[a, b] / groups[a] for a, b in zip(one, other, strict=True)) / len(one)


def _pairs(told: list[tuple[int, str, str]], keys: list[str]) -> set[tuple[int, int]]:
    return {
        (i, j)
        for i, j in combinations(range(len(told)), 2)
        if keys[i] == keys[j] and told[i][0] != told[j][0] and not keys[i].startswith("missing")
    }


def _false_merges(found: list[str], truth: list[str]) -> list[tuple[str, ...]]:
    """Return the countries, and the people of different first names, that one node stands for."""
    groups: dict[str, set[str]] = defaultdict(set)
    for iri, key in zip(found, truth, strict=True):
        groups[iri].add(key)
    wrong = []
    for keys in groups.values():
        for kind in ("country:", "person:"):
            some = sorted(key for key in keys if key.startswith(kind))
            if len({key.split()[0] for key in some}) > 1:
                wrong.append(tuple(some))
    return sorted(wrong)


def lines(scores: dict[str, float]) -> Iterator[str]:
    """Yield the figures to print."""
    for name, value in scores.items():
        yield f"{name:18} {value:.3f}" if isinstance(value, float) else f"{name:18} {value}"


def main() -> None:
    """Write, build, score and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--errors", action="store_true", help="print the names and events that are told wrong")
    args = parser.parse_args()
    listed = articles(args.articles, args.seed)
    graph = kg.build(documents(listed))
    scores = score(listed, graph)
    print(json.dumps(scores) if args.json else "\n".join(lines(scores)))
    if args.errors:
        _print_errors(listed, graph)
    sys.exit(1 if scores["false merges"] else 0)


def _print_errors(listed: list[Article], graph: kg.KnowledgeGraph) -> None:
    pages = _pages(graph)
    by_key: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for n, article in enumerate(listed):
        for name, key in dict.fromkeys(article.names):
            by_key[key][pages.get(f"s{n}", {}).get(name) or "missing"].append(f"s{n}:{name}")
    for key, nodes in sorted(by_key.items()):
        if len(nodes) > 1:
            print(key, {iri.rpartition("/")[2]: sorted(set(places))[:4] for iri, places in nodes.items()})
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for n, article in enumerate(listed):
        for sentence, id in article.tellings:
            told[id][_event(graph, f"s{n}", sentence) or "missing"].append(f"s{n} {article.day} {sentence}")
    for id, nodes in sorted(told.items()):
        if len(nodes) > 1:
            print(id, *(f"\n   {iri.rpartition('/')[2]} {places}" for iri, places in nodes.items()))


if __name__ == "__main__":
    main()
