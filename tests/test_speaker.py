"""Who says what: one table of sentences, one of near misses, and a few built by hand without a model."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Attribution, Span
from kg.nlp.model import load_model, parse
from kg.nlp.quotation import find_quotations
from kg.nlp.speaker import find_attributions, join_pieces
from kg.ontology import lexicon

Row = tuple[str | None, str | None, str]


@cache
def _nlp() -> Language:
    return load_model()


def said(text: str, *, topics: bool = False) -> list[Row]:
    """Return (source, cue, content) of the attributions of a text, as words."""
    doc = parse(_nlp(), text)
    return [
        (a.source.of(text) if a.source else None, a.cue.of(text) if a.cue else None, a.content.of(text))
        for a in find_attributions(doc, topics=topics)
    ]


DIRECT: list[tuple[str, list[Row]]] = [
    ('"The bridge is safe," Mayor Anna Kowalska said.', [("Mayor Anna Kowalska", "said", '"The bridge is safe,"')]),
    ("“The bridge is safe,” the mayor said.", [("the mayor", "said", "“The bridge is safe,”")]),
    ("``The bridge is safe,'' the mayor said.", [("the mayor", "said", "`The bridge is safe,'")]),
    ('"The bridge is safe," said the mayor.', [("the mayor", "said", '"The bridge is safe,"')]),
    ('The mayor said: "The bridge is safe."', [("The mayor", "said", '"The bridge is safe."')]),
    (
        '"The bridge is safe," the mayor said. "We tested it twice."',
        [("the mayor", "said", '"The bridge is safe,"'), ("the mayor", "said", '"We tested it twice."')],
    ),
    (
        '"The bridge is safe," the mayor said, "and it will open in May."',
        [("the mayor", "said", '"The bridge is safe,"'), ("the mayor", "said", '"and it will open in May."')],
    ),
    (
        '"We waited for years. Now it opens," the mayor said.',
        [("the mayor", "said", '"We waited for years. Now it opens,"')],
    ),
    ('"Will it open?" she asked.', [("she", "asked", '"Will it open?"')]),
    (
        'The mayor told reporters, "We will rebuild the bridge."',
        [("The mayor", "told", '"We will rebuild the bridge."')],
    ),
]

INDIRECT: list[tuple[str, list[Row]]] = [
    ("The mayor said that the bridge was safe.", [("The mayor", "said", "that the bridge was safe")]),
    ("The mayor said the bridge was safe.", [("The mayor", "said", "the bridge was safe")]),
    ("The bridge was safe, the mayor said.", [("the mayor", "said", "The bridge was safe")]),
    ("The company told investors that profits fell.", [("The company", "told", "that profits fell")]),
    ("The bank denied that it had lost money.", [("The bank", "denied", "that it had lost money")]),
    ("According to the police, two men fled.", [("the police", "According to", "two men fled")]),
    ("Two men fled, according to the police.", [("the police", "according to", "Two men fled")]),
    ("The minister's claim that prices fell was wrong.", [("The minister's", "claim", "that prices fell")]),
    ("The ministry hoped that talks would resume.", [("The ministry", "hoped", "that talks would resume")]),
    ("A poll shows that voters want change.", [("A poll", "shows", "that voters want change")]),
    ("The union threatened to strike.", [("The union", "threatened", "to strike")]),
    ("The senator called the plan a mistake.", [("The senator", "called", "the plan a mistake")]),
    ("It was reported that the ship sank.", [(None, "reported", "that the ship sank")]),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), DIRECT + INDIRECT)
def test_attributions(text: str, expected: list[Row]) -> None:
    assert said(text) == expected


NOT_SPEECH = [
    "The company said goodbye to its founder.",
    'The so-called "smart" bombs missed.',
    "The general ordered lunch.",
    'He read "War and Peace" on the train.',
    "The ship added two cabins.",
    "The road continued to the coast.",
]


@pytest.mark.model
@pytest.mark.parametrize("text", NOT_SPEECH)
def test_no_attribution(text: str) -> None:
    assert said(text) == []


@pytest.mark.model
def test_whoever_is_told_is_no_source() -> None:
    sources = [source for source, _, _ in said("The soldiers were told that the war was over.")]
    assert sources == [None]


@pytest.mark.model
def test_first_person_belief_in_a_quotation_is_no_report_of_its_own() -> None:
    rows = said('"I think that we will win," the coach said.')
    assert [cue for _, cue, _ in rows] == ["said"]


@pytest.mark.model
def test_nested_reports_are_both_given() -> None:
    rows = said("The ministry said that the army claimed that the town was taken.")
    assert [(source, cue) for source, cue, _ in rows] == [("The ministry", "said"), ("the army", "claimed")]


@pytest.mark.model
def test_a_coordinated_report_ends_the_content() -> None:
    rows = said("The minister said that prices fell and he added that wages rose.")
    assert rows[0] == ("The minister", "said", "that prices fell")
    assert rows[1][1:] == ("added", "that wages rose")


@pytest.mark.model
def test_a_quotation_of_several_paragraphs() -> None:
    text = 'The mayor said: "The bridge is safe.\n\n"It will open in May."'
    assert said(text) == [("The mayor", "said", '"The bridge is safe'), ("The mayor", "said", '"It will open in May."')]


@pytest.mark.model
def test_a_quotation_without_a_cue_belongs_to_the_person_beside_it() -> None:
    text = '"We won the whole match." John Smith paused. "It was a hard night."'
    assert said(text) == [
        ("John Smith", None, '"We won the whole match."'),
        ("John Smith", None, '"It was a hard night."'),
    ]
    assert said('The match was long. "We won the whole match."') == []


@pytest.mark.model
def test_a_name_and_a_colon_open_what_is_said() -> None:
    assert said("Study: Cats sleep all day") == [("Study", ":", "Cats sleep all day")]
    assert said("Monday: The shops are closed.") == []


@pytest.mark.model
def test_topics_are_given_on_demand() -> None:
    text = "The opposition criticized the budget."
    assert said(text) == []
    assert said(text, topics=True) == [("The opposition", "criticized", "the budget")]


@pytest.mark.model
def test_no_piece_covers_its_own_cue() -> None:
    doc = parse(_nlp(), '"It is late," he said, "and we must go." The train, she added, was full.')
    found = find_attributions(doc)
    assert found
    assert not any(a.cue is not None and a.cue.overlaps(a.content) for a in found)


def test_clause_by_hand() -> None:
    doc = Doc(
        spacy.blank("en").vocab,
        words=["Acme", "said", "it", "grew", "."],
        heads=[1, 1, 3, 1, 1],
        deps=["nsubj", "ROOT", "nsubj", "ccomp", "punct"],
        tags=["NNP", "VBD", "PRP", "VBD", "."],
        pos=["PROPN", "VERB", "PRON", "VERB", "PUNCT"],
        lemmas=["Acme", "say", "it", "grow", "."],
    )
    assert find_attributions(doc) == (Attribution(Span(10, 17), Span(5, 9), Span(0, 4)),)


def test_a_text_without_a_parse_gives_nothing() -> None:
    assert find_attributions(spacy.blank("en")("He said no.")) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ('"A." "B."', ['"A."', '"B."']),
        ('"A.\n\n"B."', ['"A.', '"B."']),
        ("He is 6' 2\" tall.", []),
        ('A lone " mark.\n\nThen more.', []),
        ("No marks.", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    doc = spacy.blank("en")(text)
    assert [doc[q.start : q.end].text for q in find_quotations(doc)] == expected


def test_pieces_of_one_cue_are_joined() -> None:
    cue, far = Span(41, 45), Span(210, 215)
    near = (Attribution(Span(0, 40), cue), Attribution(Span(50, 90), cue))
    apart = (Attribution(Span(200, 209), far), Attribution(Span(300, 320), far))
    assert join_pieces((*near, *apart)) == (Attribution(Span(0, 90), cue), Attribution(Span(300, 320), far))


def test_neutral_verbs_are_verbs_of_speech_and_denial_is_not_neutral() -> None:
    words = lexicon().words
    known = words("speech", "verb") | words("finding", "verb") | words("attitude", "verb")
    assert words("neutralSpeech", "verb") <= known
    assert not words("neutralSpeech", "verb") & {
        "deny",
        "accuse",
        "demand",
        "promise",
        "refuse",
        "threaten",
        "agree",
        "urge",
    }
