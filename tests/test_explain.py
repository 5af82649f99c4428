"""Why a document gave what it gave, and how much of a corpus gives something."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from rich.console import Console, RenderableType

from kg import coverage, explain, explain_tables
from kg.explain import RULES, Explanation, rule_meaning
from kg.extractors import extract_all
from kg.model import Document, Reason, Span
from kg.nlp.annotation import Annotation
from kg.nlp.cue_words import _CLASSES, _NEGATIVE
from kg.ontology import lexicon
from kg.pipeline import Extraction, extract_annotated

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.tokens import Doc

PARSE = """
Malta   Malta  PROPN NNP 3 nsubj  B-GPE
will    will   AUX   MD  3 aux
not     not    PART  RB  3 neg
send    send   VERB  VB  3 ROOT
ships   ship   NOUN  NNS 3 dobj
.       .      PUNCT .   3 punct
"""


@pytest.fixture
def found(by_hand: Callable[[str], Doc]) -> tuple[Extraction, Annotation]:
    """What is found in "Malta will not send ships .", without a model."""
    annotation = Annotation(by_hand(PARSE))
    statements, gaps = extract_all(annotation)
    return Extraction(Document(annotation.text), statements, {}, gaps), annotation


def explained(text: str, **options: object) -> Explanation:
    [pair] = extract_annotated([Document(text, **options)])  # type: ignore[arg-type]
    return explain.explain(*pair)


def shown(view: RenderableType, *, width: int = 80) -> str:
    console = Console(file=io.StringIO(), width=width)
    console.print(view)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


# the parse


@pytest.mark.parametrize(
    ("heads", "lines"),
    [
        ([0], ["───"]),
        ([1, 1], ["  ┌──", "──┴"]),
        ([0, 0, 0], ["──┬", "  ├──", "  └──"]),
        ([1, 1, 1, 2], ["  ┌──", "──┼", "  └─┬", "    └──"]),
        ([2, 0, 2], ["  ┌─┬", "  │ └──", "──┴"]),
        ([0, 1], ["───", "───"]),
    ],
)
def test_each_word_hangs_right_of_its_head(heads: list[int], lines: list[str]) -> None:
    assert explain_tables.tree_lines(heads) == lines


def test_a_parse_that_is_no_planar_tree_is_drawn_as_well() -> None:
    assert len(explain_tables.tree_lines([2, 3, 2, 2, 1])) == 5


def test_the_words_of_a_sentence_keep_their_place(found: tuple[Extraction, Annotation]) -> None:
    [sentence] = explain.explain(*found).sentences
    text = found[0].document.text
    assert [word.span.of(text) for word in sentence.words] == [word.text for word in sentence.words]
    assert [word.head for word in sentence.words] == [3, 3, 3, 3, 3, 3]
    assert [(name.span.of(text), name.label) for name in sentence.names] == [("Malta", "GPE")]


def test_the_trigger_of_a_statement_is_marked(found: tuple[Extraction, Annotation]) -> None:
    rows = shown(explain_tables.explanation_view(explain.explain(*found))).splitlines()
    assert next(row for row in rows if "send " in row and "ROOT" in row).rstrip().endswith("statement 1")
    assert any(row.split() == ["cues", "“will”,", "“not”"] for row in rows)
    assert any("clause.own" in row and rule_meaning("clause.own") in row for row in rows)
    assert not any("punct" in row for row in rows), "what nothing hangs on is left out of the drawing"


# rules


@pytest.mark.model
def test_each_rule_that_makes_a_statement_says_what_it_is(root: Path) -> None:
    made = {s.rule for found, _ in extract_annotated([root / "examples"]) for s in found.statements}
    assert made
    assert made <= set(RULES)


def test_a_rule_of_another_package_is_told_as_such() -> None:
    assert "another package" in rule_meaning("mine.tariffs")


# cues


def test_the_word_lists_of_cues_exist() -> None:
    known = {name for name, _ in lexicon().table}
    assert {*_NEGATIVE, *(name for names in _CLASSES.values() for name in names)} <= known


CUES: tuple[tuple[str, str, list[str]], ...] = (
    ("Malta sent ships.", "sent", []),
    ("Malta will send ships.", "send", ["will"]),
    ("Malta never sent ships.", "sent", ["never"]),
    ("Malta plans to send ships.", "send", ["plans"]),
    ("Malta failed to send ships.", "send", ["failed"]),
    ("Malta must not send ships.", "send", ["must", "not"]),
    ("Malta may send ships if the talks collapse.", "send", ["if"]),
    ("Nobody sent ships.", "sent", ["Nobody"]),
    ("Malta sent ships to rescue sailors.", "rescue", ["to"]),
    ("Did Malta send ships?", "send", ["?"]),
    ("Instead of sending ships, Malta waited.", "sending", ["of"]),
    ("Is it Malta that sent ships?", "sent", []),
    ("Malta, which will not vote, sent ships.", "sent", []),
    ("Malta sent ships that will never return.", "sent", []),
)


@pytest.mark.model
@pytest.mark.parametrize(("text", "trigger", "cues"), CUES)
def test_the_cue_words_of_a_statement(text: str, trigger: str, cues: list[str]) -> None:
    explanation = explained(text)
    number = next(n for n, s in enumerate(explanation.extraction.statements) if s.trigger_span.of(text) == trigger)
    assert [cue.of(text) for cue in explanation.cues[number]] == cues


# what gave nothing


REASONS = (
    ("Malta launched an attack on Gozo.", "attack", "noun", Reason.PART_OF_TRIGGER),
    ("Malta saw an attack on Gozo.", "attack", "noun", None),
    ("Malta closed the port in response to the storm.", "response", "noun", Reason.PREPOSITION),
    ("The response of Malta pleased Gozo.", "response", "noun", None),
    ("Malta cancelled the rescue plan.", "rescue", "noun", Reason.MODIFIER),
    ("The rescue of the sailors pleased Gozo.", "rescue", "noun", None),
    ("The war ended.", "war", "noun", Reason.NO_PARTICIPANT),
    ("Malta plans to close the port.", "plan", "clause", Reason.INFINITIVE),
    ("Malta plans the parade.", "plan", "clause", None),
    ("Medics treated the wounded sailors.", "wound", "verb", Reason.MODIFIER),
    ("A storm wounded the sailors.", "wound", "clause", None),
    ("Ships sailed, according to the minister.", "accord", "verb", Reason.PREPOSITION),
)


@pytest.mark.model
@pytest.mark.parametrize(("text", "trigger", "kind", "reason"), REASONS)
def test_why_a_word_gave_nothing(text: str, trigger: str, kind: str, reason: Reason | None) -> None:
    [candidate] = [c for s in explained(text).sentences for c in s.candidates if c.trigger == trigger]
    assert (candidate.kind, candidate.reason) == (kind, reason)
    assert bool(candidate.statements) == (reason is None)


@pytest.mark.model
def test_an_event_noun_without_statement_may_take_part_in_one() -> None:
    candidates = [
        c for s in explained("The war pleased nobody, and Malta opened the port.").sentences for c in s.candidates
    ]
    assert [(c.trigger, c.takes_part) for c in candidates] == [("war", (0,)), ("please", ()), ("open", ())]


@pytest.mark.model
def test_headline_and_boilerplate_are_reasons() -> None:
    text = "Malta sends ships\n\nMalta sent ships.\n\nRead more: Gozo sends ships"
    last = text.index("Read more")
    spans = (Span(0, 17), Span(last, len(text)))
    sentences = explained(text, boilerplate=spans, headline=spans[0]).sentences
    found = {(text[: c.span.start].count("\n\n"), c.reason) for s in sentences for c in s.candidates}
    assert (0, Reason.HEADLINE) in found
    assert (1, None) in found
    assert {reason for part, reason in found if part == 2} == {Reason.BOILERPLATE}


@pytest.mark.model
def test_an_adjective_after_a_copula_is_the_trigger_of_its_clause() -> None:
    [sentence] = explained("Malta is ready for talks.").sentences
    [clause] = [c for c in sentence.candidates if c.kind == "clause"]
    assert clause.statements


# JSON


def test_json_has_the_rule_in_words_the_cues_and_what_gave_nothing(found: tuple[Extraction, Annotation]) -> None:
    extraction, annotation = found
    explanation = explain.explain(extraction, annotation)
    [sentence] = explanation.sentences
    line = json.loads(json.dumps(explain.as_json(explanation)))
    text = extraction.document.text
    [statement] = line["statements"]
    assert statement["rule_meaning"] == rule_meaning("clause.own")
    assert [text[start:end] for start, end in statement["cues"]] == ["will", "not"]
    [plain] = line["sentences"]
    assert (plain["start"], plain["end"], plain["statements"], plain["nothing"]) == (0, sentence.span.end, [0], [])
    assert plain["words"][4] == {
        "start": 20, "end": 25, "text": "ships", "lemma": "ship", "tag": "NNS", "label": "dobj", "head": 3,
    }  # fmt: skip


@pytest.mark.model
def test_json_of_a_full_sentence_says_who_when_and_who_is_meant() -> None:
    text = 'Ann Lund said on 3 May 2024 that she had lost five ships. "We lost them in the war," she said.'
    line = json.loads(json.dumps(explain.as_json(explained(text))))
    first = line["sentences"][0]
    assert [text[t["start"] : t["end"]] for t in first["times"]] == ["3 May 2024"]
    assert first["quantities"]
    [said] = first["attributions"]
    assert text[slice(*said["source"])] == "Ann Lund"
    assert [text[slice(*link["antecedent"])] for link in first["links"]] == ["Ann Lund"]
    assert {entry["reason"] for s in line["sentences"] for entry in s["nothing"]} <= {str(r) for r in Reason}


# the view


@pytest.mark.model
def test_a_long_sentence_fits_into_80_columns_and_is_plain_when_piped() -> None:
    text = (
        "The ministers of the coastal states, who had met on Tuesday in a hotel near the harbour that was damaged when "
        "a storm struck the islands, said that they would not approve the plan of the commission that had proposed to "
        "cut the number of vessels which are allowed to fish in the waters between Gozo and the mainland."
    )
    output = shown(explain_tables.explanation_view(explained(text)))
    assert max(len(line) for line in output.splitlines()) <= 80
    assert "\x1b" not in output


@pytest.mark.model
def test_a_text_without_words_has_nothing_to_explain() -> None:
    assert "Nothing to explain" in shown(explain_tables.explanation_view(explained("…")))
    assert "No verb and no event noun" in shown(explain_tables.explanation_view(explained("Brussels")))


# coverage


def test_coverage_of_no_document_divides_by_nothing() -> None:
    counted = coverage.coverage([])
    assert counted.clauses.share == 0.0
    assert "–" in shown(explain_tables.coverage_view(counted))


def test_coverage_counts_statements_classes_and_rules(found: tuple[Extraction, Annotation]) -> None:
    counted = coverage.coverage([found, found])
    assert (counted.documents, counted.sentences, counted.clauses) == (2, coverage.Part(2, 2), coverage.Part(2, 2))
    assert counted.rules == (("clause.own", 2),)
    assert counted.classified == coverage.Part(2, 2)
    assert not counted.silences
    assert not counted.unclassified


TEXT = (
    "Malta plans to close the port. They admired it. The war ended. Gozo launched an attack on Malta. "
    "Thunder over Gozo."
)


@pytest.mark.model
def test_coverage_adds_up() -> None:
    counted = coverage.coverage(extract_annotated([Document(TEXT)]))
    silent = {kind: sum(s.count for s in counted.silences if s.kind == kind) for kind in ("clause", "noun", "verb")}
    for part, kind in ((counted.clauses, "clause"), (counted.nouns, "noun"), (counted.verbs, "verb")):
        assert part.count + silent[kind] == part.whole
    assert all(s.count == sum(n for _, n in s.triggers) for s in counted.silences)
    assert counted.named == coverage.Part(2, silent["noun"])
    assert counted.sentences == coverage.Part(4, 5)
    assert ("clause", "admire", 1) in counted.unclassified
    assert [n for _, _, n in counted.unclassified] == sorted((n for _, _, n in counted.unclassified), reverse=True)
    assert counted.classified.count + sum(n for _, _, n in counted.unclassified) == counted.classified.whole
    assert counted.unresolved.count == sum(n for _, n in counted.pronouns)


@pytest.mark.model
def test_a_pronoun_of_somebody_named_is_resolved() -> None:
    counted = coverage.coverage(extract_annotated([Document("Ann Lund resigned after she had lost the vote.")]))
    assert counted.unresolved == coverage.Part(0, 1)


@pytest.mark.model
def test_coverage_as_json_and_as_a_table_say_the_same() -> None:
    counted = coverage.coverage(extract_annotated([Document(TEXT)]))
    plain = json.loads(json.dumps(coverage.as_json(counted)))
    assert plain["sentences"] == {"count": 4, "whole": 5, "share": 0.8}
    assert plain["rules"] == dict(counted.rules)
    table = shown(explain_tables.coverage_view(counted), width=120)
    assert "4 of 5" in table
    for silence in counted.silences:
        assert silence.reason.value in table
    assert "admire 1" in table


@pytest.mark.model
def test_the_docs_show_what_comes_out(root: Path) -> None:
    page = (root / "docs" / "cli.md").read_text(encoding="utf-8")
    _, _, rest = page.partition('<!-- output: kg extract "')
    text, _, rest = rest.partition('" --explain -->\n```\n')
    told = [line.rstrip() for line in rest.partition("```")[0].strip().splitlines()]
    made = [line.rstrip() for line in shown(explain_tables.explanation_view(explained(text))).strip().splitlines()]
    uncalibrated = [[line for line in lines if "confidence" not in line] for lines in (told, made)]
    assert uncalibrated[0] == uncalibrated[1]
