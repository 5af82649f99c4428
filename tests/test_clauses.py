"""Clauses found in parses made by hand: who does what to whom, coordination and control distributed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc, Token

from kg.nlp.clauses import Clause, find_clauses
from kg.nlp.empty import is_cleft
from kg.nlp.lists import listed
from kg.nlp.obliques import misplaced_subject
from kg.nlp.syntax import auxiliaries, conjuncts, is_passive, is_verbal, phrase, shares_form

Hand = Callable[[str], Doc]

ACTIVE = """
Canada canada PROPN NNP 1 nsubj B-GPE
sent send VERB VBD 1 ROOT
tents tent NOUN NNS 1 dobj
to to ADP IN 1 prep
Peru peru PROPN NNP 3 pobj B-GPE
and and CCONJ CC 4 cc
Chile chile PROPN NNP 4 conj B-GPE
. . PUNCT . 1 punct
"""
PASSIVE = """
Tents tent NOUN NNS 2 nsubjpass
were be AUX VBD 2 auxpass
sent send VERB VBN 2 ROOT
to to ADP IN 2 prep
Peru peru PROPN NNP 3 pobj B-GPE
by by ADP IN 2 agent
Canada canada PROPN NNP 5 pobj B-GPE
. . PUNCT . 2 punct
"""
COORDINATED = """
Rebels rebel NOUN NNS 3 nsubj
and and CCONJ CC 0 cc
soldiers soldier NOUN NNS 0 conj
shelled shell VERB VBD 3 ROOT
and and CCONJ CC 3 cc
looted loot VERB VBD 3 conj
towns town NOUN NNS 5 dobj
and and CCONJ CC 6 cc
ports port NOUN NNS 6 conj
. . PUNCT . 3 punct
"""
SUBJECT_CONTROL = """
Kenya kenya PROPN NNP 1 nsubj B-GPE
agreed agree VERB VBD 1 ROOT
to to PART TO 3 aux
send send VERB VB 1 xcomp
doctors doctor NOUN NNS 3 dobj
"""
OBJECT_CONTROL = """
Kenya kenya PROPN NNP 1 nsubj B-GPE
urged urge VERB VBD 1 ROOT
Sudan sudan PROPN NNP 1 dobj B-GPE
to to PART TO 4 aux
retreat retreat VERB VB 1 xcomp
"""
RAISING = """
The the DET DT 1 det
law law NOUN NN 3 nsubjpass
is be AUX VBZ 3 auxpass
expected expect VERB VBN 3 ROOT
to to PART TO 6 aux
be be AUX VB 6 auxpass
adopted adopt VERB VBN 3 xcomp
by by ADP IN 6 agent
parliament parliament NOUN NN 7 pobj
"""
ADJECTIVE = """
Kenya kenya PROPN NNP 1 nsubj B-GPE
is be AUX VBZ 1 ROOT
ready ready ADJ JJ 1 acomp
to to PART TO 4 aux
mediate mediate VERB VB 2 xcomp
"""
RELATIVE = """
Rebels rebel NOUN NNS 5 nsubj
who who PRON WP 2 nsubj
attacked attack VERB VBD 0 relcl
Bamako bamako PROPN NNP 2 dobj B-GPE
have have AUX VBP 5 aux
fled flee VERB VBN 5 ROOT
"""
OBJECT_RELATIVE = """
The the DET DT 1 det
bridge bridge NOUN NN 4 nsubj
Vietnam vietnam PROPN NNP 3 nsubj B-GPE
built build VERB VBD 1 relcl
collapsed collapse VERB VBD 4 ROOT
"""
STRANDED = """
The the DET DT 1 det
city city NOUN NN 5 nsubj
they they PRON PRP 3 nsubj
fled flee VERB VBD 1 relcl
from from ADP IN 3 prep
burns burn VERB VBZ 5 ROOT
"""
PARTICIPLES = """
Soldiers soldier NOUN NNS 6 nsubj
trained train VERB VBN 0 acl
by by ADP IN 1 agent
Sweden sweden PROPN NNP 2 pobj B-GPE
guarding guard VERB VBG 0 acl
ships ship NOUN NNS 4 dobj
fled flee VERB VBD 6 ROOT
"""
IN_RESPONSE_TO = """
Kenya kenya PROPN NNP 1 nsubj B-GPE
mobilised mobilise VERB VBD 1 ROOT
in in ADP IN 1 prep
response response NOUN NN 2 pobj
to to ADP IN 3 prep
threats threat NOUN NNS 4 pobj
"""
COMPLEX_PREPOSITION = """
Kenya kenya PROPN NNP 1 nsubj B-GPE
mobilised mobilise VERB VBD 1 ROOT
because because SCONJ IN 1 prep
of of ADP IN 2 prep
threats threat NOUN NNS 3 pobj
"""
FIXED_PHRASE = """
Kenya kenya PROPN NNP 1 nsubj B-GPE
paid pay VERB VBD 1 ROOT
in in ADP IN 1 prep
full full ADJ JJ 2 pobj
"""
DITRANSITIVE = """
Norway norway PROPN NNP 1 nsubj B-GPE
gave give VERB VBD 1 ROOT
Iceland iceland PROPN NNP 1 dative B-GPE
boats boat NOUN NNS 1 dobj
"""
DISTRIBUTIVE = """
Each each DET DT 4 nsubj
of of ADP IN 0 prep
the the DET DT 3 det
states state NOUN NNS 1 pobj
voted vote VERB VBD 4 ROOT
"""
MISPLACED = """
After after ADP IN 6 prep
talks talk NOUN NNS 0 pobj
, , PUNCT , 1 punct
a a DET DT 4 det
statement statement NOUN NN 0 pobj
is be AUX VBZ 6 auxpass
expected expect VERB VBN 6 ROOT
"""
EXISTENTIAL = """
There there PRON EX 1 expl
was be VERB VBD 1 ROOT
rain rain NOUN NN 1 attr
"""


def clause(doc: Doc, lemma: str) -> Clause:
    """Return the clause of a verb."""
    [found] = [c for c in find_clauses(doc).values() if c.head.lemma_ == lemma]
    return found


def words(tokens: tuple[Token, ...]) -> list[str]:
    """Return the words of tokens."""
    return [t.text for t in tokens]


def test_active(by_hand: Hand) -> None:
    sent = clause(by_hand(ACTIVE), "send")
    assert (words(sent.subjects), sent.how, words(sent.objects), sent.passive) == (["Canada"], "own", ["tents"], False)
    assert [(o.preposition, o.head.text) for o in sent.obliques] == [("to", "Peru"), ("to", "Chile")]


def test_passive(by_hand: Hand) -> None:
    sent = clause(by_hand(PASSIVE), "send")
    assert sent.passive
    assert (words(sent.subjects), words(sent.agents), sent.objects) == (["Tents"], ["Canada"], ())
    assert [(o.preposition, o.head.text) for o in sent.obliques] == [("to", "Peru")]


def test_subjects_verbs_and_objects_are_distributed(by_hand: Hand) -> None:
    doc = by_hand(COORDINATED)
    for lemma, how in (("shell", "own"), ("loot", "shared")):
        found = clause(doc, lemma)
        assert (words(found.subjects), found.how) == (["Rebels", "soldiers"], how)
        assert words(found.objects) == ["towns", "ports"]


def test_an_object_is_not_shared_over_a_preposition(by_hand: Hand) -> None:
    doc = by_hand("""
        Rebels rebel NOUN NNS 1 nsubj
        marched march VERB VBD 1 ROOT
        on on ADP IN 1 prep
        Bamako bamako PROPN NNP 2 pobj
        and and CCONJ CC 1 cc
        looted loot VERB VBD 1 conj
        shops shop NOUN NNS 5 dobj
        """)
    assert clause(doc, "march").objects == ()
    assert words(clause(doc, "loot").objects) == ["shops"]


def test_control(by_hand: Hand) -> None:
    sent = clause(by_hand(SUBJECT_CONTROL), "send")
    assert (words(sent.subjects), sent.how) == (["Kenya"], "control")
    assert words(clause(by_hand(OBJECT_CONTROL), "retreat").subjects) == ["Sudan"]
    assert words(clause(by_hand(ADJECTIVE), "mediate").subjects) == ["Kenya"]


def test_raising_keeps_the_passive_subject(by_hand: Hand) -> None:
    adopted = clause(by_hand(RAISING), "adopt")
    assert adopted.passive
    assert (words(adopted.subjects), words(adopted.agents)) == (["law"], ["parliament"])


def test_relative_clauses(by_hand: Hand) -> None:
    attacked = clause(by_hand(RELATIVE), "attack")
    assert (words(attacked.subjects), attacked.how, words(attacked.objects)) == (["Rebels"], "relative", ["Bamako"])
    built = clause(by_hand(OBJECT_RELATIVE), "build")
    assert (words(built.subjects), words(built.objects)) == (["Vietnam"], ["bridge"])
    assert clause(by_hand(OBJECT_RELATIVE), "collapse").objects == ()


def test_a_stranded_preposition_takes_the_noun(by_hand: Hand) -> None:
    fled = clause(by_hand(STRANDED), "flee")
    assert [(o.preposition, o.head.text) for o in fled.obliques] == [("from", "city")]
    assert fled.objects == ()


def test_participles(by_hand: Hand) -> None:
    doc = by_hand(PARTICIPLES)
    trained, guarding = clause(doc, "train"), clause(doc, "guard")
    assert trained.passive
    assert not guarding.passive
    assert (words(trained.subjects), words(trained.agents)) == (["Soldiers"], ["Sweden"])
    assert (words(guarding.subjects), words(guarding.objects)) == (["Soldiers"], ["ships"])
    assert trained.how == guarding.how == "participle"


def test_prepositions_of_several_words(by_hand: Hand) -> None:
    found = clause(by_hand(COMPLEX_PREPOSITION), "mobilise")
    assert [(o.preposition, o.head.text) for o in found.obliques] == [("because of", "threats")]
    assert clause(by_hand(FIXED_PHRASE), "pay").obliques == ()


def test_a_preposition_that_begins_with_a_fixed_phrase(by_hand: Hand) -> None:
    found = clause(by_hand(IN_RESPONSE_TO), "mobilise")
    assert [(o.preposition, o.head.text) for o in found.obliques] == [("in response to", "threats")]


def test_two_objects(by_hand: Hand) -> None:
    gave = clause(by_hand(DITRANSITIVE), "give")
    assert (words(gave.datives), words(gave.objects)) == (["Iceland"], ["boats"])


def test_each_of_the_states_is_the_states(by_hand: Hand) -> None:
    assert words(clause(by_hand(DISTRIBUTIVE), "vote").subjects) == ["states"]


def test_second_object_of_a_preposition_is_the_subject(by_hand: Hand) -> None:
    doc = by_hand(MISPLACED)
    assert misplaced_subject(doc[4]) == doc[4]
    assert misplaced_subject(doc[1]) is None
    expected = clause(doc, "expect")
    assert words(expected.subjects) == ["statement"]
    assert [(o.preposition, o.head.text) for o in expected.obliques] == [("after", "talks")]


def test_there_is_no_subject(by_hand: Hand) -> None:
    found = clause(by_hand(EXISTENTIAL), "be")
    assert found.subjects == ()
    assert found.complement is not None
    assert found.complement.text == "rain"


def test_auxiliaries_are_no_clauses(by_hand: Hand) -> None:
    doc = by_hand(RAISING)
    assert sorted(doc[i].text for i in find_clauses(doc)) == ["adopted", "expected"]
    assert not is_verbal(doc[2])


def test_countries_after_commas_are_a_list_even_as_appositions(by_hand: Hand) -> None:
    doc = by_hand("""
        Ships ship NOUN NNS 1 nsubj
        reached reach VERB VBD 1 ROOT
        Estonia estonia PROPN NNP 1 dobj B-GPE
        , , PUNCT , 2 punct
        Latvia latvia PROPN NNP 2 appos B-GPE
        . . PUNCT . 1 punct
        """)
    assert [t.text for t in listed(doc[2])] == ["Estonia", "Latvia"]


def test_a_description_is_no_item_of_a_list(by_hand: Hand) -> None:
    doc = by_hand("""
        Ships ship NOUN NNS 1 nsubj
        reached reach VERB VBD 1 ROOT
        Tallinn tallinn PROPN NNP 1 dobj B-GPE
        , , PUNCT , 2 punct
        Estonia estonia PROPN NNP 2 appos B-GPE
        . . PUNCT . 1 punct
        """)
    assert [t.text for t in listed(doc[2])] == ["Tallinn"]


def test_phrase_leaves_out_what_only_speaks_about_the_noun(by_hand: Hand) -> None:
    doc = by_hand(PARTICIPLES)
    assert phrase(doc[0]).text == "Soldiers"
    assert phrase(doc[0], participles=True).text.startswith("Soldiers trained")
    assert phrase(by_hand(RELATIVE)[0]).text == "Rebels"
    assert phrase(by_hand(ACTIVE)[4]).text == "Peru"


@pytest.mark.parametrize(("table", "index"), [(ACTIVE, 1), (RELATIVE, 2), (RELATIVE, 5), (PARTICIPLES, 4)])
def test_not_passive(by_hand: Hand, table: str, index: int) -> None:
    assert not is_passive(by_hand(table)[index])


def test_a_coordinated_verb_shares_auxiliary_and_voice(by_hand: Hand) -> None:
    doc = by_hand("""
        Ports port NOUN NNS 2 nsubjpass
        were be AUX VBD 2 auxpass
        shelled shell VERB VBN 2 ROOT
        and and CCONJ CC 2 cc
        looted loot VERB VBN 2 conj
        and and CCONJ CC 4 cc
        fell fall VERB VBD 4 conj
        """)
    assert shares_form(doc[4], doc[2])
    assert is_passive(doc[4])
    assert [t.text for t in auxiliaries(doc[4])] == ["were"]
    assert words(clause(doc, "loot").subjects) == ["Ports"]


def test_conjuncts_are_of_one_kind(by_hand: Hand) -> None:
    doc = by_hand(COORDINATED)
    assert [t.text for t in conjuncts(doc[0])] == ["Rebels", "soldiers"]
    assert [t.text for t in conjuncts(doc[6])] == ["towns", "ports"]


def test_clauses_stand_in_text_order(by_hand: Hand) -> None:
    assert list(find_clauses(by_hand(PARTICIPLES))) == [1, 4, 6]


ONE_NAME = """
Harper harper PROPN NNP 3 nsubj B-ORG
& & CCONJ CC 0 cc I-ORG
Lane lane PROPN NNP 0 conj I-ORG
sued sue VERB VBD 3 ROOT
Peru peru PROPN NNP 3 dobj B-GPE
and and CCONJ CC 4 cc
Chile chile PROPN NNP 4 conj B-GPE
"""
TWO_OBJECTS = """
Oman oman PROPN NNP 1 nsubj B-GPE
sold sell VERB VBD 1 ROOT
Peru peru PROPN NNP 4 nmod B-GPE
14 14 NUM CD 4 nummod B-CARDINAL
jets jet NOUN NNS 1 dobj
"""
CONTRAST = """
Egypt egypt PROPN NNP 6 nsubj B-GPE
, , PUNCT , 0 punct
but but CCONJ CC 0 cc
not not PART RB 4 neg
Sudan sudan PROPN NNP 0 conj B-GPE
, , PUNCT , 4 punct
voted vote VERB VBD 6 ROOT
"""
EXPLETIVE = """
It it PRON PRP 2 nsubjpass
is be AUX VBZ 2 auxpass
said say VERB VBN 2 ROOT
that that SCONJ IN 5 mark
rebels rebel NOUN NNS 5 nsubj
fled flee VERB VBD 2 ccomp
"""
TOLD = EXPLETIVE.replace("said say", "told tell")
CLEFT = """
It it PRON PRP 1 nsubj
was be AUX VBD 1 ROOT
Peru peru PROPN NNP 1 attr B-GPE
that that PRON WDT 4 nsubj
voted vote VERB VBD 1 ccomp
"""
PURPOSE = """
Roads road NOUN NNS 2 nsubjpass
were be AUX VBD 2 auxpass
closed close VERB VBN 2 ROOT
to to PART TO 4 aux
protect protect VERB VB 2 advcl
pedestrians pedestrian NOUN NNS 4 dobj
"""
RESULT = """
Rebels rebel NOUN NNS 1 nsubj
advanced advance VERB VBD 1 ROOT
, , PUNCT , 1 punct
causing cause VERB VBG 1 advcl
panic panic NOUN NN 3 dobj
"""
UNMARKED_RELATIVE = """
The the DET DT 1 det
bridge bridge NOUN NN 5 nsubj
the the DET DT 3 det
firm firm NOUN NN 5 nsubj
built build VERB VBN 3 acl
fell fall VERB VBD 5 ROOT
"""
PRO_VERB = """
Peru peru PROPN NNP 1 nsubj B-GPE
voted vote VERB VBD 1 ROOT
and and CCONJ CC 1 cc
so so ADV RB 4 advmod
did do AUX VBD 1 conj
Chile chile PROPN NNP 4 nsubj B-GPE
"""
DAY_AND_PLACE = """
Ships ship NOUN NNS 1 nsubj
left leave VERB VBD 1 ROOT
on on ADP IN 1 prep
Monday Monday PROPN NNP 2 pobj B-DATE
and and CCONJ CC 3 cc
Bergen Bergen PROPN NNP 3 conj B-GPE
"""


def test_a_name_with_an_ampersand_is_one(by_hand: Hand) -> None:
    sued = clause(by_hand(ONE_NAME), "sue")
    assert words(sued.subjects) == ["Harper"]
    assert phrase(sued.subjects[0]).text == "Harper & Lane"
    assert words(sued.objects) == ["Peru", "Chile"]


def test_a_name_before_a_number_is_another_object(by_hand: Hand) -> None:
    sold = clause(by_hand(TWO_OBJECTS), "sell")
    assert (words(sold.datives), words(sold.objects)) == (["Peru"], ["jets"])
    assert phrase(sold.objects[0]).text == "14 jets"


def test_who_is_not_meant_takes_no_part(by_hand: Hand) -> None:
    assert words(clause(by_hand(CONTRAST), "vote").subjects) == ["Egypt"]


def test_it_that_holds_the_place_of_a_clause_is_nobody(by_hand: Hand) -> None:
    assert clause(by_hand(EXPLETIVE), "say").subjects == ()
    assert words(clause(by_hand(TOLD), "tell").subjects) == ["It"]


def test_a_cleft_gives_its_clause_the_subject(by_hand: Hand) -> None:
    doc = by_hand(CLEFT)
    assert is_cleft(doc[1])
    assert not is_cleft(doc[4])
    assert words(clause(doc, "vote").subjects) == ["Peru"]


def test_the_purpose_of_a_passive_is_that_of_somebody_unnamed(by_hand: Hand) -> None:
    assert clause(by_hand(PURPOSE), "protect").subjects == ()
    assert words(clause(by_hand(PURPOSE.replace("closed close", "sent send")), "protect").subjects) == ["Roads"]


def test_what_a_clause_leads_to_has_no_subject(by_hand: Hand) -> None:
    assert clause(by_hand(RESULT), "cause").subjects == ()
    assert words(clause(by_hand(RESULT.replace("causing cause", "sowing sow")), "sow").subjects) == ["Rebels"]


def test_a_relative_clause_without_pronoun_before_the_verb(by_hand: Hand) -> None:
    doc = by_hand(UNMARKED_RELATIVE)
    built = clause(doc, "build")
    assert (built.passive, words(built.subjects), words(built.objects)) == (False, ["firm"], ["bridge"])
    assert words(clause(doc, "fall").subjects) == ["bridge"]


def test_so_did_adds_a_subject_but_did_not_adds_none(by_hand: Hand) -> None:
    assert words(clause(by_hand(PRO_VERB), "vote").subjects) == ["Peru", "Chile"]
    denied = by_hand(PRO_VERB.replace("so so ADV RB 4 advmod", "neither neither CCONJ CC 4 neg"))
    assert words(clause(denied, "vote").subjects) == ["Peru"]


def test_a_day_is_not_coordinated_with_a_place(by_hand: Hand) -> None:
    assert [o.head.text for o in clause(by_hand(DAY_AND_PLACE), "leave").obliques] == ["Monday"]


def test_a_long_coordination_is_read(by_hand: Hand) -> None:
    verbs = ["shelled shell VERB VBD 1 ROOT"]
    verbs += [f"looted loot VERB {'VBN' if i % 2 else 'VBD'} {i} conj" for i in range(1, 600)]
    doc = by_hand("\n".join(["Rebels rebel NOUN NNS 1 nsubj", *verbs]))
    assert {tuple(words(c.subjects)) for c in find_clauses(doc).values()} == {("Rebels",)}
