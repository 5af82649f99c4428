"""Statements with one key become one event, with all their claims."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from kg.gazetteer import load_gazetteer
from kg.merge import Merged, digest, merge
from kg.model import (
    Argument,
    Document,
    Kind,
    Mention,
    Modality,
    Polarity,
    Role,
    Span,
    Statement,
    TimeExpression,
)
from kg.resolve import resolve
from kg.vocab import EV, SCHEMA

TEXT = "Malta attacked Libya. Later Malta attacked Libya again, and rebels attacked a village."
DOCUMENT = Document(TEXT)


def said(text: str, *, after: int = 0) -> Mention:
    """Make a mention of words in TEXT."""
    start = TEXT.index(text, after)
    name = text if text[0].isupper() else ""
    return Mention(
        Span(start, start + len(text)), text, text.rsplit(maxsplit=1)[-1], start, "GPE" if name else "", name
    )


def attack(agent: str, patient: str, *, after: int = 0) -> Statement:
    """Make a statement that somebody attacked somebody."""
    start = TEXT.index("attacked", after)
    return Statement(
        Kind.EVENT, str(EV.Assault), "attack", Span(start, start + 8), "attacked", Span(0, 21),
        (Argument(Role.AGENT, said(agent, after=after), "subject"), Argument(Role.PATIENT, said(patient, after=after))),
        rule="clause.own", confidence=0.9,
    )  # fmt: skip


def merged(*statements: Statement, document: Document = DOCUMENT) -> Merged:
    """Resolve and merge statements of one document."""
    return merge(document, statements, resolve(document, statements, load_gazetteer()))


FIRST, AGAIN = attack("Malta", "Libya"), attack("Malta", "Libya", after=22)
UNNAMED = attack("rebels", "a village", after=56)


def test_said_twice_is_one_event_with_two_claims() -> None:
    [event] = merged(FIRST, AGAIN).events
    assert len(event.claims) == 2
    assert event.starts == (6, 34)
    assert event.label == "Malta attack Libya"


def test_the_same_statement_twice_is_one_claim() -> None:
    [event] = merged(FIRST, FIRST).events
    assert len(event.claims) == 1


def test_order_does_not_matter() -> None:
    speaker = replace(FIRST, speaker=said("Libya"))
    results = {merged(*order) for order in permutations([FIRST, AGAIN, UNNAMED, speaker])}
    assert len(results) == 1


def test_events_without_a_name_are_one_only_at_one_place() -> None:
    other = replace(UNNAMED, trigger_span=Span(6, 14))
    assert len(merged(UNNAMED, other).events) == 2


def test_unnamed_events_of_two_documents_are_two() -> None:
    first = merged(UNNAMED).events[0].id
    assert merged(UNNAMED, document=Document(TEXT, title="Another")).events[0].id != first


def test_named_events_of_two_documents_are_one_with_two_claims() -> None:
    [one], [two] = merged(FIRST).events, merged(FIRST, document=Document(TEXT, title="Another")).events
    assert one.id == two.id
    assert one.claims[0].id != two.claims[0].id


def test_denied_and_asserted_is_one_event_with_two_claims() -> None:
    [event] = merged(FIRST, replace(AGAIN, polarity=Polarity.NEGATIVE)).events
    assert sorted(c.polarity.value for c in event.claims) == ["Negative", "Positive"]


@pytest.mark.parametrize("modality", [Modality.PLANNED, Modality.REQUIRED, Modality.CONDITIONAL])
def test_what_lies_ahead_is_another_event_than_what_happened(modality: Modality) -> None:
    found = merged(FIRST, replace(AGAIN, modality=modality)).events
    assert sorted(e.ahead for e in found) == [False, True]


def test_what_is_possible_is_a_doubtful_claim_of_the_same_event() -> None:
    [event] = merged(FIRST, replace(AGAIN, modality=Modality.POSSIBLE)).events
    assert {c.modality for c in event.claims} == {Modality.ACTUAL, Modality.POSSIBLE}


def test_another_time_is_another_event() -> None:
    year = TimeExpression(Span(0, 5), "DATE", "2019", "2019-01-01", "2019-12-31")
    found = merged(FIRST, replace(AGAIN, time=year)).events
    assert sorted((e.begin or "", e.end or "") for e in found) == [("", ""), ("2019-01-01", "2019-12-31")]
    [claim] = next(e for e in found if e.begin).claims
    assert (claim.time_text, claim.time_value) == ("Malta", "2019")


def test_who_says_it_is_the_claims_affair() -> None:
    speaker = said("Libya")
    [event] = merged(replace(FIRST, speaker=speaker), AGAIN).events
    assert sorted(c.speaker.id if c.speaker else "" for c in event.claims) == ["", "Libya"]


def test_roles_make_a_difference() -> None:
    swapped = replace(
        AGAIN, arguments=(Argument(Role.PATIENT, said("Malta"), "object"), Argument(Role.AGENT, said("Libya")))
    )
    assert len(merged(FIRST, swapped).events) == 2


def test_a_filler_stands_once_in_its_role() -> None:
    twice = replace(FIRST, arguments=(*FIRST.arguments, Argument(Role.PATIENT, said("Libya", after=22))))
    [event] = merged(twice).events
    assert [f.key for f in event.fillers] == ["Malta", "Libya"]


def test_manner_is_words_with_its_preposition() -> None:
    manner = Argument(Role.MANNER, said("rebels"), "oblique", "by")
    [event] = merged(replace(FIRST, arguments=(*FIRST.arguments, manner))).events
    [filler] = [f for f in event.fillers if f.role is Role.MANNER]
    assert (filler.entity, filler.text) == (None, "by rebels")


def test_a_group_fills_the_role_with_its_members() -> None:
    baltic = Mention(Span(0, 5), "the Baltic states", "state", 0, "LOC", "Baltic")
    [event] = merged(replace(FIRST, arguments=(Argument(Role.AGENT, baltic, "subject"),))).events
    assert {"Estonia", "Latvia", "Lithuania"} < {f.key for f in event.fillers}
    assert len(event.fillers) == 4


def test_an_event_may_fill_a_role_of_another() -> None:
    whole = replace(said("rebels"), head_start=UNNAMED.trigger_span.start)
    anger = replace(FIRST, trigger="anger", arguments=(Argument(Role.AGENT, whole, "subject"),))
    found = {e.trigger: e for e in merged(anger, UNNAMED).events}
    assert [f.event for f in found["anger"].fillers] == [UNNAMED.trigger_span.start]
    assert [f.event for f in found["attack"].fillers] == [None, None]


def relation(title: str, *, polarity: Polarity = Polarity.POSITIVE, after: int = 0) -> Statement:
    """Make a statement of a job title."""
    value = Mention(Span(0, 5), title, title, 0)
    return Statement(
        Kind.RELATION, str(SCHEMA.jobTitle), "jobTitle", Span(after, after + 5), "is", Span(0, 21),
        (Argument(Role.AGENT, said("Malta"), "subject"), Argument(Role.ATTRIBUTE, value, "complement")),
        polarity=polarity, rule="title",
    )  # fmt: skip


def test_relations_are_merged_by_subject_property_and_value() -> None:
    found = merged(relation("mayor"), relation("mayor", after=22), relation("king")).relations
    assert [(r.subject.id, r.value, len(r.claims)) for r in found] == [("Malta", "king", 1), ("Malta", "mayor", 2)]


def test_reports_are_no_events() -> None:
    assert merged(replace(FIRST, kind=Kind.REPORT)).events == ()


def test_digest_keeps_parts_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert len(digest("\ud800")) == 16
