"""Mentions to entities: the gazetteer, names, what stands for a name, groups, and what has no name."""

from __future__ import annotations

import pytest

from kg.gazetteer import load_gazetteer
from kg.model import GOVERNMENT, Argument, Document, Entity, Kind, Mention, Quantity, Role, Span, Statement
from kg.resolve import Resolver, name_id, plain_name, resolve
from kg.vocab import KG, SCHEMA

DOCUMENT = Document("NATO met. " * 40)


def mention(text: str, start: int = 0, *, name: str | None = None, label: str = "", **more: object) -> Mention:
    """Make a mention; a capital letter makes a name of it."""
    found = name if name is not None else (text if text[:1].isupper() else "")
    span = Span(start, start + len(text))
    return Mention(span, text, text.rsplit(maxsplit=1)[-1], start, label, found, **more)  # type: ignore[arg-type]


def entities(*mentions: Mention) -> list[tuple[Entity, ...]]:
    """Resolve mentions of one document together."""
    found = Resolver(DOCUMENT, list(mentions), load_gazetteer()).all()
    return [found[m] for m in mentions]


def first(one: Mention) -> Entity:
    """Return the entity of one mention."""
    return entities(one)[0][0]


@pytest.mark.parametrize(
    ("text", "label", "id"),
    [
        ("NATO", "ORG", "NATO"),
        ("North Atlantic Treaty Organization", "ORG", "NATO"),
        ("the North Atlantic Treaty Organization", "ORG", "NATO"),
        ("Poland", "GPE", "Poland"),
        ("Polish", "NORP", "Poland"),
        ("Estonia", "GPE", "Estonia"),
        ("Jens Stoltenberg", "PERSON", "Jens_Stoltenberg"),
        ("the Baltic Shipping Company", "ORG", "Baltic_Shipping_Company"),
        ("Zorbland", "GPE", "Zorbland"),
    ],
)
def test_names(text: str, label: str, id: str) -> None:
    name = text.removeprefix("the ")
    assert first(mention(text, name=name, label=label)).id == id


def test_a_gazetteer_entity_brings_its_identity() -> None:
    nato = first(mention("NATO", label="ORG"))
    assert nato.matches == ("http://www.wikidata.org/entity/Q7184",)
    assert str(SCHEMA.Organization) in nato.types
    assert nato.document is None
    assert nato.head is None


def test_a_name_in_a_longer_phrase_is_found() -> None:
    assert first(mention("Secretary General Jens Stoltenberg", name="Jens Stoltenberg", label="PERSON")).id == (
        "Jens_Stoltenberg"
    )
    assert first(mention("neighbouring Poland", name="Poland", label="GPE")).id == "Poland"


@pytest.mark.parametrize("text", ["Polish soldiers", "the Polish", "nato members", "an alliance", "polish"])
def test_near_misses_of_the_gazetteer(text: str) -> None:
    found = first(mention(text, name=""))
    assert found.types == (str(KG.Participant),)
    assert found.matches == ()


def test_a_group_brings_its_members() -> None:
    [(group, *members)] = entities(mention("the Baltic states", name="Baltic", label="LOC"))
    assert {m.id for m in members} == {"Estonia", "Latvia", "Lithuania"}
    assert set(group.members) == {"Estonia", "Latvia", "Lithuania"}
    assert group.matches


def test_a_state_brings_no_members() -> None:
    assert len(entities(mention("Estonia", label="GPE"))[0]) == 1


def test_a_participant_belongs_to_its_document() -> None:
    found = first(mention("four multinational battalions", 12, quantity=Quantity(4)))
    assert found.id == f"{DOCUMENT.id}-12-battalions"
    assert (found.label, found.head, found.document) == ("four multinational battalions", "battalions", DOCUMENT.id)
    assert found.quantity == Quantity(4)
    assert found.types == (str(KG.Participant),)


def test_a_capital_that_acts_is_its_government() -> None:
    government = first(mention("Moscow", label=GOVERNMENT))
    assert (government.id, government.label) == ("Government_of_Russia", "Russian government")
    assert government.types == (str(SCHEMA.GovernmentOrganization),)
    assert "Moscow" in government.aliases
    assert [(property, other.id) for property, other in government.links] == [(str(KG.governmentOf), "Russia")]
    assert first(mention("Moscow", label="GPE")).id == "Moscow"
    assert first(mention("the Russian government")).id == "Government_of_Russia"
    assert first(mention("Zorbgrad", label=GOVERNMENT)).id == "Zorbgrad"


def test_a_seat_of_power_is_linked_to_its_state() -> None:
    kremlin = first(mention("the Kremlin", name="Kremlin", label="ORG"))
    assert [(property, other.id) for property, other in kremlin.links] == [(str(KG.seatOf), "Russia")]


@pytest.mark.parametrize(
    ("slot", "preposition", "id"),
    [
        ("subject", "compound", "Poland"),
        ("subject", "", "Polish"),
        ("object", "", "Polish"),
        ("oblique", "by", "Polish"),
    ],
)
def test_a_demonym_is_the_state_only_as_a_modifier(slot: str, preposition: str, id: str) -> None:
    who = mention("Polish", label="NORP")
    argument = Argument(Role.AGENT, who, slot, preposition)
    statement = Statement(Kind.EVENT, "x:Event", "attack", Span(8, 14), "attack", Span(0, 20), (argument,))
    assert resolve(DOCUMENT, [statement], load_gazetteer())[who][0].id == id


@pytest.mark.parametrize(
    ("text", "unresolved"), [("they", True), ("Its", True), ("this", True), ("somebody", False), ("many", False)]
)
def test_a_pronoun_without_antecedent_is_marked(text: str, unresolved: bool) -> None:
    found = first(mention(text, name="", pronoun=True))
    assert (found.unresolved, found.types) == (unresolved, (str(KG.Participant),))


def test_a_pronoun_with_an_antecedent_is_not_marked() -> None:
    assert not first(mention("it", 40, name="", pronoun=True, antecedent=mention("the town", 2))).unresolved


def test_what_means_several_is_a_group_of_the_document_and_its_members() -> None:
    peru, chile = mention("Peru", label="GPE"), mention("Chile", 9, label="GPE")
    both = mention("the two countries", 30, name="", members=(peru, chile))
    they = mention("they", 60, name="", pronoun=True, antecedent=both)
    for found in entities(both, they):
        assert [e.id for e in found] == [f"{DOCUMENT.id}-30-countries", "Peru", "Chile"]
        assert found[0].types == (str(KG.Participant), str(KG.Group))
        assert [(property, e.id) for property, e in found[0].links] == [
            (str(SCHEMA.member), "Peru"),
            (str(SCHEMA.member), "Chile"),
        ]


def test_participants_are_not_one_because_they_are_worded_alike() -> None:
    first_one, second = entities(mention("soldiers", 5), mention("soldiers", 50))
    assert first_one[0].id != second[0].id


@pytest.mark.parametrize("backwards", [False, True])
def test_mentions_that_differ_in_their_antecedent_alone_keep_the_order_of_the_statements(backwards: bool) -> None:
    names = [f"Firm{n}" for n in range(8)]
    given = [
        Mention(Span(20, 23), "its", "its", 20, pronoun=True, antecedent=Mention(Span(0, 5), n, n, 0, name=n))
        for n in (reversed(names) if backwards else names)
    ]
    statements = [
        Statement(Kind.EVENT, "x:Event", "be", Span(24, 26), "is", Span(0, 26), (Argument(Role.AGENT, m, "subject"),))
        for m in given
    ]
    assert list(resolve(Document("Firm0 and its work."), statements, load_gazetteer())) == given


def test_an_antecedent_settles_who_it_is() -> None:
    nato = mention("NATO", label="ORG")
    alliance = mention("the bloc", 20, antecedent=nato)
    it = mention("it", 40, pronoun=True, antecedent=alliance)
    assert [e[0].id for e in entities(nato, alliance, it)] == ["NATO", "NATO", "NATO"]


def test_a_chain_that_runs_in_a_circle_ends() -> None:
    span = Span(3, 5)
    inner = Mention(span, "he", "he", 3, pronoun=True)
    outer = Mention(span, "he", "he", 3, pronoun=True, antecedent=inner)
    assert first(outer).head == "he"


def test_a_pronoun_is_not_looked_up_as_a_name() -> None:
    assert first(mention("US", name="", pronoun=True)).document == DOCUMENT.id


def test_mentions_of_a_name_vote_on_its_type() -> None:
    found = entities(
        mention("Celdra", 0, label="PERSON"), mention("Celdra", 10, label="ORG"), mention("Celdra", 20, label="ORG")
    )
    assert {e[0].id for e in found} == {"Celdra"}
    assert {e[0].types for e in found} == {(str(SCHEMA.Organization),)}


def test_a_tie_of_votes_does_not_depend_on_order() -> None:
    a, b = mention("Celdra", 0, label="PERSON"), mention("Celdra", 10, label="ORG")
    assert [e[0].types for e in entities(a, b)] == [e[0].types for e in entities(b, a)]


def test_an_unlabelled_name_is_a_thing() -> None:
    assert first(mention("Celdra")).types == (str(SCHEMA.Thing),)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("the  Ocean Club", "Ocean Club"),
        ("Malta’s", "Malta"),
        ("Malta's", "Malta"),
        ("an Post", "Post"),
        ("The", "The"),
        ("Theresa", "Theresa"),
        ("Cafe\u0301", "Café"),
        ("A\u00a0B", "B"),
    ],
)
def test_plain_name(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Jens Stoltenberg", "Jens_Stoltenberg"),
        ("Médecins Sans Frontières", "Médecins_Sans_Frontières"),
        ("A/B", "A%2FB"),
        ("A#B?", "A%23B%3F"),
        ("100%", "100%25"),
        ("Київ", "Київ"),
        ("🚢", "%F0%9F%9A%A2"),
        ("a\ud800b", "ab"),
    ],
)
def test_name_id(name: str, id: str) -> None:
    assert name_id(name) == id


def test_one_name_one_id_across_documents() -> None:
    one = mention("Jens Stoltenberg", label="PERSON")
    statement = Statement(
        Kind.EVENT, "x:Event", "meet", Span(5, 8), "met", Span(0, 9), (Argument(Role.AGENT, one),), speaker=one
    )
    found = [resolve(Document(text), [statement], load_gazetteer()) for text in ("a" * 20, "b" * 20)]
    assert found[0] == found[1]
    assert list(found[0]) == [one]
