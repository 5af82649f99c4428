"""Who says what: one table of sentences, one of near misses, and a few built by hand without a model."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Attribution, Span
from kg.nlp.annotation import Annotation
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

SET_IN = [
    (
        "The ferries, the mayor argued in a letter to sailors, need new engines.",
        [("the mayor", "argued", "The ferries"), ("the mayor", "argued", "need new engines")],
    ),
    (
        "The ferry was safe, the mayor said, until it hit a rock.",
        [("the mayor", "said", "The ferry was safe"), ("the mayor", "said", "until it hit a rock")],
    ),
    (
        "The ferry sank, the mayor said, adding that nobody drowned.",
        [("the mayor", "said", "The ferry sank"), ("the mayor", "adding", "that nobody drowned")],
    ),
    ("The ferry sank, the mayor said, citing two sailors.", [("the mayor", "said", "The ferry sank")]),
    ("The ferry sank, the mayor said, after meeting the crew.", [("the mayor", "said", "The ferry sank")]),
    ("The ferry sank, said the mayor, who was elected in May.", [("the mayor", "said", "The ferry sank")]),
    (
        "The bay is calm; the ferry sank, the mayor said.",
        [("the mayor", "said", "the ferry sank")],
    ),
    ("As the mayor put it, the ferry sank.", [("the mayor", "put", "the ferry sank")]),
    ("The ferry sank, as the mayor pointed out.", [("the mayor", "pointed out", "The ferry sank")]),
]

PHRASES = [
    ("In the mayor's view, the ferry was old.", [("the mayor's", "view", "the ferry was old")]),
    ("In the words of the judge, the ferry was old.", [("the judge", "In the words", "the ferry was old")]),
    ("Three sailors died, per the ministry.", [("the ministry", "per", "Three sailors died")]),
    ("The mayor is confident that the ferry is safe.", [("The mayor", "confident", "that the ferry is safe")]),
    ("The mayor made it clear that the ferry was safe.", [("The mayor", "clear", "that the ferry was safe")]),
    ("The mayor voiced hope that the ferry was safe.", [("The mayor", "hope", "that the ferry was safe")]),
    ("The mayor denied reports that the ferry sank.", [("The mayor", "reports", "that the ferry sank")]),
    ("The mayor said in a statement that the ferry sank.", [("The mayor", "said", "that the ferry sank")]),
    ("The owner was quoted as saying that the ferry sank.", [("The owner", "saying", "that the ferry sank")]),
    ("The radio quoted the owner as saying that the ferry sank.", [("the owner", "saying", "that the ferry sank")]),
    ('"We left it," the owner was quoted as saying.', [("the owner", "quoted", '"We left it,"')]),
    ("The mayor accused the owner of sinking the ferry.", [("The mayor", "accused", "the owner of sinking the ferry")]),
    ("The owner denied sinking the ferry.", [("The owner", "denied", "sinking the ferry")]),
    ("The owner claims to have sold the ferry.", [("The owner", "claims", "to have sold the ferry")]),
]

QUOTED = [
    ("'We will sail,' the captain said.", [("the captain", "said", "'We will sail,'")]),
    (
        "'The ferry,' said Cole, 'hit a rock.'",
        [("Cole", "said", "'The ferry,'"), ("Cole", "said", "'hit a rock.'")],
    ),
    (
        'A letter from the owner read: "The ferry is safe."',
        [("A letter from the owner", "read", '"The ferry is safe."')],
    ),
    (
        'The ferry sank, the mayor said. "We saw it from the pier."',
        [("the mayor", "said", "The ferry sank"), ("the mayor", "said", '"We saw it from the pier."')],
    ),
    (
        'On the show "The Harbour," the mayor said the ferry was safe.',
        [("the mayor", "said", "the ferry was safe")],
    ),
    (
        'Asked whether the ferry sank, Cole said: "It is at sea."',
        [(None, "Asked", "whether the ferry sank"), ("Cole", "said", '"It is at sea."')],
    ),
    (
        '"The ferry is safe," a sailor from the port, who swam ashore, said.',
        [("a sailor from the port", "said", '"The ferry is safe,"')],
    ),
    ('"The ferry is safe." — Anna Cole', [("Anna Cole", "—", '"The ferry is safe."')]),
    ('"We left it," Harbour.com quoted Cole as saying.', [("Cole", "quoted", '"We left it,"')]),
    (
        '"Fares are fair," Cole said after Lee failed to pay. "He is a guest."',
        [("Cole", "said", '"Fares are fair,"'), ("Cole", "said", '"He is a guest."')],
    ),
    ('She knows that "the ferry will sink."', [("She", None, '"the ferry will sink."')]),
    ('The mayor\'s answer to the letter: "We will not close it."', [("The mayor's", None, '"We will not close it."')]),
    (
        'The site rated this statement by Cole on June 11:\n\n"The ferry is safe and fast."',
        [("Cole", None, '"The ferry is safe and fast."')],
    ),
    ('The menu of the day: "We serve fish and chips."', []),
    (
        'The mayor wrote:\n\n"The ferry is safe.\n\n"It sails in May."',
        [("The mayor", "wrote", '"The ferry is safe'), ("The mayor", "wrote", '"It sails in May."')],
    ),
    (
        "``We cut the crew,'' said Cole. ``We need new ferries. You can't mend them.''",
        [
            ("Cole", "said", "`We cut the crew,'"),
            ("Cole", "said", "`We need new ferries. You can't mend them.'"),
        ],
    ),
    (
        "Ann Lee said in a letter ``We left it. It sank.'' Tom Cole, a sailor, said ``We saw it. It burned.''",
        [
            ("Ann Lee", "said", "`We left it. It sank.'"),
            ("Tom Cole, a sailor", "said", "`We saw it. It burned.'"),
        ],
    ),
]

WHEN = [
    ("Cole said when he arrived that the ferry had left.", [("Cole", "said", "that the ferry had left")]),
    ("Cole said before the vote was counted he would resign.", []),
    ("Cole said that after it rained, the ferry left.", [("Cole", "said", "that after it rained, the ferry left")]),
    (
        "Cole explained that she liked the ferry, but they should not buy it.",
        [("Cole", "explained", "that she liked the ferry"), ("Cole", "explained", "they should not buy it")],
    ),
    (
        "Cole explained that she liked the ferry, but the port would not buy it.",
        [("Cole", "explained", "that she liked the ferry")],
    ),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), DIRECT + INDIRECT + SET_IN + PHRASES + QUOTED + WHEN)
def test_attributions(text: str, expected: list[Row]) -> None:
    assert said(text) == expected


NOT_SPEECH = [
    "The company said goodbye to its founder.",
    'The so-called "smart" bombs missed.',
    "The general ordered lunch.",
    'He read "War and Peace" on the train.',
    "The ship added two cabins.",
    "The road continued to the coast.",
    'The film, titled "The Ferry Sank," opened on Friday.',
    "The players' union paid the owners' costs.",
    "The farmers lost money in the '90s, and the bakers' shops closed.",
    "Tickets cost 20 euros per passenger.",
    "It goes without saying that the ferry is old.",
    "He makes sure that the ferry is safe.",
    "He is as rich as he says he is.",
    "By evening, the ferry had sunk.",
]


@pytest.mark.model
@pytest.mark.parametrize("text", NOT_SPEECH)
def test_no_attribution(text: str) -> None:
    assert said(text) == []


@pytest.mark.model
def test_what_is_told_in_passing_is_the_writers() -> None:
    text = "The mayor said she had met Lee, who leads the union, and that they had agreed."
    assert [content for _, _, content in said(text)] == ["she had met Lee", "and that they had agreed"]
    assert said("The union, the mayor said, which Lee leads, agreed.")


@pytest.mark.model
def test_a_belief_of_the_speaker_is_part_of_what_he_says() -> None:
    assert [cue for _, cue, _ in said("The mayor said she believed the ferry was safe.")] == ["said"]
    assert [cue for _, cue, _ in said("The mayor said experts believed the ferry was safe.")] == ["said", "believed"]


@pytest.mark.model
def test_a_second_report_of_one_speaker_has_its_source() -> None:
    rows = said("The captain warned that the trip would be long, and urged passengers to bring food.")
    assert [(source, cue) for source, cue, _ in rows] == [("The captain", "warned"), ("The captain", "urged")]


@pytest.mark.model
def test_labels_of_a_transcript_repeat() -> None:
    text = "COLE: The ferry sank.\n\nLEE: It did not sink.\n\nCOLE: We saw it sink."
    assert [source for source, _, _ in said(text)] == ["COLE", "LEE", "COLE"]
    assert said("UPDATE: The ferry sank.\\n\\nThe harbour is closed.") == []
    assert said('Cole: "The ferry sank." The owner fled.') == [("Cole", ":", '"The ferry sank."')]


STANCES = [
    ("The union wants to sell the ferry.", [("The union", "wants", "to sell the ferry")]),
    ("The union supports the new tax.", [("The union", "supports", "the new tax")]),
    ("The union called for a new tax in a statement.", [("The union", "called", "a new tax")]),
    ("The tax was criticized by the union.", [("the union", "criticized", "The tax")]),
    ("The union sees the tax as a threat.", [("The union", "sees", "the tax as a threat")]),
    ("The film shows a sinking ferry.", []),
    ("The video shows a sinking ferry.", [("The video", "shows", "a sinking ferry")]),
    ("The union will support the new tax.", []),
    ("The union supports Lee.", []),
    ("The owner is said to have sold the ferry.", []),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), STANCES)
def test_stances_are_apart_from_what_is_said(text: str, expected: list[Row]) -> None:
    assert said(text) == []
    assert said(text, topics=True) == expected


SPEAKERS = [
    ("The mayor said the captain had told sailors that the ferry sank.", "sank", "the captain"),
    ("The mayor said it had been reported that the ferry sank.", "sank", "The mayor"),
    ("The mayor never said that the ferry sank.", "sank", None),
    ("No official said that the ferry sank.", "sank", None),
    ("The mayor does not believe that the ferry sank.", "sank", "The mayor"),
    ("The mayor denied that the ferry sank.", "sank", "The mayor"),
    ("The mayor sent a series of letters saying the ferry sank.", "sank", "The mayor"),
    ("Sailors read a letter saying the ferry sank.", "sank", "a letter"),
    ("The mayor promised to raise the ferry.", "raise", None),
    ("The mayor claims to have raised the ferry.", "raised", "The mayor"),
    ("The mayor accused the owner of sinking the ferry.", "sinking", "The mayor"),
    ("The mayor, who arrived on Monday, said the ferry sank.", "arrived", None),
    ("The ferry sank, said the mayor, who arrived on Monday.", "arrived", None),
    ("The mayor said she had met Lee, who leads the union.", "leads", None),
    ("The ferry reportedly sank.", "sank", None),
    ("The ferry sank, two diplomats told Reuters.", "sank", "two diplomats"),
    ("The ferry sank, according to a person familiar with the matter.", "sank", "a person familiar with the matter"),
    ("A report by the port found that the ferry sank.", "sank", "A report by the port"),
    ("The lawyer said the videos show the ferry sinking.", "sinking", "The lawyer"),
    ("The empty pier suggests that the ferry left.", "left", None),
    ("Her smile indicated that the ferry had left.", "left", None),
    ("The letter suggests that the ferry left.", "left", "The letter"),
    ("Several sailors suggest that the ferry left.", "left", "Several sailors"),
    ("The video shows that the ferry left.", "left", None),
    ("The results suggest that the ferry left, said Tom Cole, a sailor.", "left", "Tom Cole"),
    ("The port sold the ferry. This shows that the ferry leaked.", "leaked", None),
    ("The gauge said the water rose.", "rose", "The gauge"),
    ("The priest told the truth that a town kept slaves.", "kept", None),
    ("The priest told the town that a bishop kept slaves.", "kept", "The priest"),
    ("The owner has yet to explain why the ferry sank.", "sank", None),
    ("The owner refused to explain why the ferry sank.", "sank", None),
    ("The owner did not refuse to say that the ferry sank.", "sank", "The owner"),
    ("The owner has admitted that the ferry sank.", "sank", "The owner"),
    ("Instead of asking, let's focus on understanding how ports lose money.", "lose", None),
    ("The senator says they both share the belief that ports lose money.", "lose", "The senator"),
    ("The senator says sailors share the belief that ports lose money.", "lose", "sailors"),
    ('"These men believe that and claim that they own it," the bishop said.', "own", "These men"),
    ('"You should claim that they own it," the bishop said.', "own", "the bishop"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "verb", "speaker"), SPEAKERS)
def test_the_speaker_of_a_clause(text: str, verb: str, speaker: str | None) -> None:
    annotation = Annotation(parse(_nlp(), text))
    token = next(token for token in annotation.doc if token.text == verb)
    found = annotation.speaker(token)
    assert (found.text if found is not None else None) == speaker


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
        ("'A day,' he said. 'Or two.'", ["'A day,'", "'Or two.'"]),
        ("The dogs' owner won't pay the cats' bill.", []),
        ('"We won.\n\nWe ran.\n\nWe sang." They left.', ['"We won.', "We ran.", 'We sang."']),
        ('"We won.\n\nThey "sang" it.', ['"We won.', '"sang"']),
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
