"""What is told as a fact, as planned, possible, conditional, required, or denied: by hand, then with the model."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kg.model import Modality, Polarity, Statement
from kg.nlp.factuality import FACT, Factuality, FactualityReader

Hand = Callable[[str], Doc]
Read = Callable[[str], tuple[Statement, ...]]

PLAIN = """
Ships ship NOUN NNS 1 nsubj
left leave VERB VBD 1 ROOT
"""
WILL = """
Ships ship NOUN NNS 2 nsubj
will will AUX MD 2 aux
leave leave VERB VB 2 ROOT
"""
WILL_NOT = """
Ships ship NOUN NNS 3 nsubj
will will AUX MD 3 aux
not not PART RB 3 neg
leave leave VERB VB 3 ROOT
"""
NO_SHIPS = """
No no DET DT 1 det
ships ship NOUN NNS 2 nsubj
left leave VERB VBD 2 ROOT
"""
PERHAPS = """
Perhaps perhaps ADV RB 2 advmod
ships ship NOUN NNS 2 nsubj
left leave VERB VBD 2 ROOT
"""
REFUSED = """
Ships ship NOUN NNS 1 nsubj
refused refuse VERB VBD 1 ROOT
to to PART TO 3 aux
leave leave VERB VB 1 xcomp
"""
DID_NOT_REFUSE = """
Ships ship NOUN NNS 3 nsubj
did do AUX VBD 3 aux
not not PART RB 3 neg
refuse refuse VERB VB 3 ROOT
to to PART TO 5 aux
leave leave VERB VB 3 xcomp
"""
IF = """
If if SCONJ IN 2 mark
ships ship NOUN NNS 2 nsubj
leave leave VERB VBP 6 advcl
, , PUNCT , 6 punct
ports port NOUN NNS 6 nsubj
will will AUX MD 6 aux
close close VERB VB 6 ROOT
"""
NEITHER_VERB = """
Ships ship NOUN NNS 3 nsubj
did do AUX VBD 3 aux
not not PART RB 3 neg
leave leave VERB VB 3 ROOT
or or CCONJ CC 3 cc
sink sink VERB VB 3 conj
"""
BUT = """
Ships ship NOUN NNS 3 nsubj
did do AUX VBD 3 aux
not not PART RB 3 neg
leave leave VERB VB 3 ROOT
but but CCONJ CC 3 cc
sank sink VERB VBD 3 conj
"""
PLANNED_NOUN = """
A a DET DT 2 det
planned plan VERB VBN 2 amod
invasion invasion NOUN NN 3 nsubj
failed fail VERB VBD 3 ROOT
"""
NO_INVASION = """
No no DET DT 1 det
invasion invasion NOUN NN 2 nsubj
followed follow VERB VBD 2 ROOT
"""
P, N = Polarity.POSITIVE, Polarity.NEGATIVE


@pytest.mark.parametrize(
    ("table", "index", "modality", "polarity"),
    [
        (PLAIN, 1, Modality.ACTUAL, P),
        (WILL, 2, Modality.PLANNED, P),
        (WILL_NOT, 3, Modality.PLANNED, N),
        (NO_SHIPS, 2, Modality.ACTUAL, N),
        (PERHAPS, 2, Modality.POSSIBLE, P),
        (REFUSED, 1, Modality.ACTUAL, P),
        (REFUSED, 3, Modality.PLANNED, N),
        (DID_NOT_REFUSE, 3, Modality.ACTUAL, N),
        (DID_NOT_REFUSE, 5, Modality.PLANNED, P),
        (IF, 2, Modality.CONDITIONAL, P),
        (IF, 6, Modality.CONDITIONAL, P),
        (NEITHER_VERB, 3, Modality.ACTUAL, N),
        (NEITHER_VERB, 5, Modality.ACTUAL, N),
        (BUT, 3, Modality.ACTUAL, N),
        (BUT, 5, Modality.ACTUAL, P),
    ],
)
def test_verbs(by_hand: Hand, table: str, index: int, modality: Modality, polarity: Polarity) -> None:
    found = FactualityReader().verb(by_hand(table)[index])
    assert (found.modality, found.polarity) == (modality, polarity)


@pytest.mark.parametrize(
    ("table", "index", "modality", "polarity"),
    [
        (PLANNED_NOUN, 2, Modality.PLANNED, P),
        (PLAIN, 0, Modality.ACTUAL, P),
        (NO_INVASION, 1, Modality.ACTUAL, N),
    ],
)
def test_nouns(by_hand: Hand, table: str, index: int, modality: Modality, polarity: Polarity) -> None:
    found = FactualityReader().noun(by_hand(table)[index])
    assert (found.modality, found.polarity) == (modality, polarity)


def test_a_fact_is_positive_and_actual() -> None:
    assert Factuality() == FACT
    assert FACT.polarity is Polarity.POSITIVE


def _series(by_hand: Hand, size: int) -> Doc:
    rows = ["Ships ship NOUN NNS 2 nsubj", "never never ADV RB 2 neg", "sank sink VERB VBD 2 ROOT"]
    for each in range(size):
        rows += [f"or or CCONJ CC {2 + 2 * each} cc", f"sank sink VERB VBD {2 + 2 * each} conj"]
    return by_hand("\n".join(rows))


def test_a_series_of_any_length_shares_its_negation(by_hand: Hand) -> None:
    doc, reader = _series(by_hand, 3000), FactualityReader()
    assert {reader.verb(token) for token in reversed(doc) if token.pos_ == "VERB"} == {Factuality(negative=True)}


def test_a_series_of_nouns_of_any_length_shares_its_governor(by_hand: Hand) -> None:
    rows = ["Ships ship NOUN NNS 1 nsubj", "planned plan VERB VBD 1 ROOT", "raids raid NOUN NNS 1 dobj"]
    rows += [f"raids raid NOUN NNS {2 + each} conj" for each in range(3000)]
    doc, reader = by_hand("\n".join(rows)), FactualityReader()
    assert {reader.noun(token) for token in reversed(doc[2:])} == {Factuality(Modality.PLANNED)}


# With the model: sentence, trigger, modality, polarity.
SENTENCES: list[tuple[str, str, str, str]] = [
    # facts
    ("The navy attacked the port.", "attack", "Actual", "Positive"),
    ("The navy has attacked the port.", "attack", "Actual", "Positive"),
    ("The navy is attacking the port.", "attack", "Actual", "Positive"),
    ("The navy managed to reach the port.", "reach", "Actual", "Positive"),
    ("The navy continues to support the rebels.", "support", "Actual", "Positive"),
    ("The navy began shelling the port.", "shell", "Actual", "Positive"),
    ("The navy was forced to release the sailors.", "release", "Actual", "Positive"),
    ("The navy sent ships after rebels attacked the port.", "attack", "Actual", "Positive"),
    ("The navy sent ships because rebels attacked the port.", "attack", "Actual", "Positive"),
    ("The navy sent ships because rebels attacked the port.", "send", "Actual", "Positive"),
    ("The navy attacked the port, not the market.", "attack", "Actual", "Positive"),
    ("The navy confirmed that the rebels left the port.", "leave", "Actual", "Positive"),
    ("The navy knows that the rebels left the port.", "leave", "Actual", "Positive"),
    ("Olaf Berg said the navy attacked the port.", "attack", "Actual", "Positive"),
    ("Few ships left the port.", "leave", "Actual", "Positive"),
    # planned
    ("The navy will attack the port.", "attack", "Planned", "Positive"),
    ("The navy plans to attack the port.", "attack", "Planned", "Positive"),
    ("The navy had planned to attack the port.", "attack", "Planned", "Positive"),
    ("The navy is going to attack the port.", "attack", "Planned", "Positive"),
    ("The navy is to attack the port.", "attack", "Planned", "Positive"),
    ("The navy is set to attack the port.", "attack", "Planned", "Positive"),
    ("The navy prepared to attack the port.", "attack", "Planned", "Positive"),
    ("The navy threatened to attack the port.", "attack", "Planned", "Positive"),
    ("The navy agreed to leave the port.", "leave", "Planned", "Positive"),
    ("The navy is ready to leave the port.", "leave", "Planned", "Positive"),
    ("A new law is expected to be adopted in June.", "adopt", "Planned", "Positive"),
    ("The navy sent ships to protect the port.", "protect", "Planned", "Positive"),
    ("The navy sent ships in order to protect the port.", "protect", "Planned", "Positive"),
    ("Malta said it would close the port.", "close", "Planned", "Positive"),
    ("The navy meets the rebels on Thursday.", "meet", "Planned", "Positive"),
    ("The plan to attack the port was dropped.", "attack", "Planned", "Positive"),
    # possible
    ("The navy may attack the port.", "attack", "Possible", "Positive"),
    ("The navy may have attacked the port.", "attack", "Possible", "Positive"),
    ("The navy could attack the port.", "attack", "Possible", "Positive"),
    ("The navy is able to attack the port.", "attack", "Possible", "Positive"),
    ("The navy considered attacking the port.", "attack", "Possible", "Positive"),
    ("The navy tried to rescue the miners.", "rescue", "Possible", "Positive"),
    ("Perhaps the navy attacked the port.", "attack", "Possible", "Positive"),
    ("The navy allegedly attacked the port.", "attack", "Possible", "Positive"),
    ("The navy reportedly attacked the port.", "attack", "Possible", "Positive"),
    ("The navy was accused of attacking the port.", "attack", "Possible", "Positive"),
    ("The navy was said to have attacked the port.", "attack", "Possible", "Positive"),
    ("The navy believes that the rebels attacked the port.", "attack", "Possible", "Positive"),
    ("Malta appears to have closed the port.", "close", "Possible", "Positive"),
    ("Malta is likely to close the port.", "close", "Possible", "Positive"),
    ("Malta let the rebels go and allowed Libya to use the port.", "use", "Possible", "Positive"),
    ("It is likely that the navy attacked the port.", "attack", "Possible", "Positive"),
    ("Did the navy attack the port?", "attack", "Possible", "Positive"),
    # conditional
    ("If rebels attack the port, the navy will send ships.", "attack", "Conditional", "Positive"),
    ("If rebels attack the port, the navy will send ships.", "send", "Conditional", "Positive"),
    ("The navy will send ships if rebels attack the port.", "send", "Conditional", "Positive"),
    ("The navy would have sent ships if rebels had attacked the port.", "attack", "Conditional", "Positive"),
    ("Unless rebels leave the port, the navy will bomb the market.", "leave", "Conditional", "Positive"),
    ("Unless rebels leave the port, the navy will bomb the market.", "bomb", "Conditional", "Positive"),
    ("Unless rebels leave the port, the navy will not bomb the market.", "bomb", "Conditional", "Negative"),
    # required
    ("The navy must leave the port.", "leave", "Required", "Positive"),
    ("The navy should not attack the port.", "attack", "Required", "Negative"),
    ("The navy has to leave the port.", "leave", "Required", "Positive"),
    ("The navy needs to leave the port.", "leave", "Required", "Positive"),
    ("Italy urged Malta to close the port.", "close", "Required", "Positive"),
    ("The minister was asked to resign.", "resign", "Required", "Positive"),
    ("Sailors asked the navy not to attack the port.", "attack", "Required", "Negative"),
    ("Attack the port!", "attack", "Required", "Positive"),
    ("The navy called for the release of the sailors.", "release", "Required", "Positive"),
    # denied
    ("The navy did not attack the port.", "attack", "Actual", "Negative"),
    ("The navy never attacked the port.", "attack", "Actual", "Negative"),
    ("The navy has not yet attacked the port.", "attack", "Actual", "Negative"),
    ("The navy will not attack the port.", "attack", "Planned", "Negative"),
    ("The navy might not attack the port.", "attack", "Possible", "Negative"),
    ("The navy cannot reach the port.", "reach", "Possible", "Negative"),
    ("The navy no longer supports the rebels.", "support", "Actual", "Negative"),
    ("The navy stopped supporting the rebels.", "support", "Actual", "Negative"),
    ("The navy failed to reach the port.", "reach", "Actual", "Negative"),
    ("The navy was unable to reach the port.", "reach", "Actual", "Negative"),
    ("The navy avoided attacking the port.", "attack", "Actual", "Negative"),
    ("The navy is unlikely to attack the port.", "attack", "Possible", "Negative"),
    ("The navy refused to attack the port.", "attack", "Planned", "Negative"),
    ("The navy ruled out attacking the port.", "attack", "Planned", "Negative"),
    ("The navy agreed not to attack the port.", "attack", "Planned", "Negative"),
    ("The navy promised that it would not attack the port.", "attack", "Planned", "Negative"),
    ("The navy has no plans to attack the port.", "attack", "Planned", "Negative"),
    ("The navy left the port without informing the king.", "inform", "Actual", "Negative"),
    ("No ship left the port.", "leave", "Actual", "Negative"),
    ("Nothing left the port.", "leave", "Actual", "Negative"),
    ("None of the ships left the port.", "leave", "Actual", "Negative"),
    ("The army attacked no villages.", "attack", "Actual", "Negative"),
    ("Neither Peru nor Chile attacked Bolivia.", "attack", "Actual", "Negative"),
    ("Peru has not attacked or invaded Bolivia.", "invade", "Actual", "Negative"),
    ("The navy attacked the port and did not shell the market.", "attack", "Actual", "Positive"),
    ("The navy attacked the port and did not shell the market.", "shell", "Actual", "Negative"),
    ("The navy did not attack the port but shelled the market.", "shell", "Actual", "Positive"),
    ("Malta was not attacked by Libya.", "attack", "Actual", "Negative"),
    ("Malta did not agree to attack Libya.", "attack", "Planned", "Negative"),
    ("Malta is not expected to attack Libya.", "attack", "Planned", "Negative"),
    ("Olaf Berg dismissed reports that Malta attacked Libya.", "attack", "Actual", "Negative"),
    ("Malta said Libya had not attacked ships.", "attack", "Actual", "Negative"),
    ("Poland is not looking for a fight with Belarus.", "look", "Actual", "Negative"),
    ("Poland is not looking for a fight with Belarus.", "fight", "Planned", "Negative"),
    # what denies makes its content negative, and itself happens
    ("The navy denied that it had attacked the port.", "deny", "Actual", "Positive"),
    ("The navy denied that it had attacked the port.", "attack", "Actual", "Negative"),
    ("The navy denied attacking the port.", "attack", "Actual", "Negative"),
    ("The navy did not deny attacking the port.", "deny", "Actual", "Negative"),
    ("The navy did not deny attacking the port.", "attack", "Possible", "Positive"),
    ("The navy denied an invasion of Malta.", "invasion", "Actual", "Negative"),
    # nouns
    ("The annexation of Crimea in 2014 angered Poland.", "annexation", "Actual", "Positive"),
    ("The navy celebrated the release of the sailors.", "release", "Actual", "Positive"),
    ("The planned invasion of Malta worried Libya.", "invasion", "Planned", "Positive"),
    ("A possible invasion of Malta worried Libya.", "invasion", "Possible", "Positive"),
    ("The navy is considering an invasion of Malta.", "invasion", "Possible", "Positive"),
    ("The navy cancelled the invasion of Malta.", "invasion", "Planned", "Negative"),
    ("There was no attack on Malta.", "attack", "Actual", "Negative"),
    ("Without the release of the sailors, the navy stays.", "release", "Actual", "Negative"),
]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger", "modality", "polarity"), SENTENCES, ids=[f"{s[1]}: {s[0]}" for s in SENTENCES]
)
def test_sentences(read: Read, text: str, trigger: str, modality: str, polarity: str) -> None:
    found = [(s.modality.value, s.polarity.value) for s in read(text) if s.trigger == trigger]
    assert found == [(modality, polarity)]


# Told as a fact although the text does not: (sentence, trigger, what it must not be, why it goes wrong).
NOT_FACTS: list[tuple[str, str, str]] = [
    ("It is not true that Malta attacked Libya.", "attack", ""),
    ("There is no evidence that Malta attacked Libya.", "attack", ""),
    ("The navy shelled the market instead of attacking the port.", "attack", ""),
    ("The navy demanded that the rebels leave the port.", "leave", ""),
    ("Whether the navy attacked the port is unclear.", "attack", ""),
    ("In case rebels attack the port, the navy has a plan.", "attack", ""),
    ("Malta neither attacked nor invaded Libya.", "attack", ""),
    ("Malta neither attacked nor invaded Libya.", "invade", ""),
    ("Malta was acquitted of attacking Libya.", "attack", ""),
    ("Malta nearly attacked Libya.", "attack", ""),
    ("Had Malta attacked Libya, Rome would have sent ships.", "attack", ""),
]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        pytest.param(text, trigger, id=text, marks=[pytest.mark.xfail(strict=True, reason=reason)] if reason else [])
        for text, trigger, reason in NOT_FACTS
    ],
)
def test_no_facts(read: Read, text: str, trigger: str) -> None:
    [found] = [s for s in read(text) if s.trigger == trigger]
    assert (found.modality, found.polarity) != (Modality.ACTUAL, Polarity.POSITIVE)


@pytest.mark.model
def test_not_only_is_no_denial(read: Read) -> None:
    [found] = [s for s in read("The navy did not only shell the port.") if s.trigger == "shell"]
    assert found.polarity is Polarity.POSITIVE
