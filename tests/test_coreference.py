"""What means the same thing: small texts with what must be joined, and near misses that must not be."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.gazetteer import load_gazetteer
from kg.nlp.coreference import Coreference, find_coreference
from kg.nlp.model import load_model, parse
from kg.nlp.names import find_names


@cache
def _nlp() -> Language:
    return load_model()


def clusters(text: str) -> list[list[str]]:
    """Return the clusters of a text as words."""
    return [[span.of(text) for span in cluster] for cluster in find_coreference(parse(_nlp(), text)).clusters]


# The text, and the clusters it must give: all of them, in order.
JOINED: list[tuple[str, list[list[str]]]] = [
    # names
    ("Jens Stoltenberg met ministers. Stoltenberg left.", [["Jens Stoltenberg", "Stoltenberg"]]),
    ("Angela Merkel met ministers. Mrs. Merkel left.", [["Angela Merkel", "Merkel"]]),
    ("Merkel met ministers. Later Angela Merkel left.", [["Angela Merkel", "Merkel"]]),
    ("Poland signed the treaty. Germany praised Poland.", [["Poland", "Poland"]]),
    (
        "The Government Accountability Office (GAO) upheld the protest. The GAO will report in May.",
        [["Government Accountability Office", "GAO", "GAO"]],
    ),
    (
        "The International Monetary Fund lent money to Kenya. The IMF wants reforms.",
        [["International Monetary Fund", "IMF"]],
    ),
    ("NATO met in Brussels. The Alliance will send troops.", [["NATO", "Alliance"]]),
    # definite descriptions
    (
        "Secretary General Jens Stoltenberg met ministers. The Secretary General left.",
        [["Jens Stoltenberg", "The Secretary General"]],
    ),
    ("Microsoft bought the studio. The company paid in cash.", [["Microsoft", "The company"]]),
    ("Deutsche Bank cut jobs. The bank made a loss.", [["Deutsche Bank", "The bank"]]),
    ("Ryanair, an airline, cut jobs. The airline made a loss.", [["Ryanair", "The airline"]]),
    ("Poland signed the treaty. The country will pay later.", [["Poland", "The country"]]),
    # pronouns
    ("Angela Merkel said she would resign.", [["Angela Merkel", "she"]]),
    ("Barack Obama praised his team.", [["Barack Obama", "his"]]),
    ("Barack Obama arrived on Monday. He met students.", [["Barack Obama", "He"]]),
    ("The minister said he would resign.", [["The minister", "he"]]),
    ("Microsoft said it would cut jobs.", [["Microsoft", "it"]]),
    ("Microsoft cut jobs. It made a loss.", [["Microsoft", "It"]]),
    ("Poland defended its border.", [["Poland", "its"]]),
    ("The soldiers said they were tired.", [["The soldiers", "they"]]),
    ("The rebels laid down their weapons.", [["The rebels", "their"]]),
    ('"I am ready," Angela Merkel said.', [["Angela Merkel", "I"]]),
    ('"We are ready," NATO Secretary General Jens Stoltenberg said.', [["NATO", "We"]]),
    ('"We are ready," the rebels said.', [["the rebels", "We"]]),
]

# The text, and two mentions that must be in one cluster.
MUST: list[tuple[str, tuple[str, str]]] = [
    ('"We won," Tony Blair said. "It was hard," he added.', ("Tony Blair", "he")),
    ("Barack Obama met Angela Merkel. She praised the talks.", ("Angela Merkel", "She")),
    ("President Joe Biden flew to Poland. The president met soldiers.", ("Joe Biden", "The president")),
    ("The Ministry of Defence bought tanks. The ministry paid in euros.", ("Ministry of Defence", "The ministry")),
    ("Tim Cook runs Apple. In May, Cook said he would stay.", ("Tim Cook", "he")),
    ("Apple said in May that Steve Jobs was ill. Jobs resigned.", ("Steve Jobs", "Jobs")),
    ("Barack Obama met Tony Blair and his wife.", ("Tony Blair", "his")),
    ("Boeing Co. cut jobs. Boeing made a loss.", ("Boeing Co.", "Boeing")),
    ("Microsoft, which is based in Redmond, said it would grow.", ("Microsoft", "it")),
    ("Angela Merkel, the chancellor, met miners. The chancellor praised them.", ("Angela Merkel", "The chancellor")),
    # the subject of the clause that a sentence begins with
    ("When Maria Lopez toured the plant in May, she praised the workers.", ("Maria Lopez", "she")),
    ("The mayor resigned. If the bridge opens in June, it will carry 900 lorries a day.", ("the bridge", "it")),
    ("Sales fell. Although the rules are strict, they are often ignored.", ("the rules", "they")),
    # within one quotation
    ('"Mr. Brown is a fraud. He has no plan," Maria Lopez said.', ("Brown", "He")),
    ('"Young voters are angry. They want work," the mayor said.', ("Young voters", "They")),
    # the only one spoken of, by somebody else
    ('Tony Blair attacked Angela Merkel over the tax, saying, "She is wrong."', ("Angela Merkel", "She")),
    ('Tony Blair praised Angela Merkel on Monday. "I admire her," Blair said.', ("Angela Merkel", "her")),
    # titles tell two of one surname apart
    ("Susan Reed met voters. Peter Reed stayed at home. Mrs. Reed thanked them.", ("Susan Reed", "Reed")),
    ("Ban Ki-moon spoke in Oslo. Mr. Ban thanked the donors.", ("Ban Ki-moon", "Ban")),
    ('A letter by Maria Lopez said: "I will not resign."', ("Maria Lopez", "I")),
]

# The text, and two mentions that must not be in one cluster.
APART: list[tuple[str, tuple[str, str]]] = [
    # two people with one surname
    ("Bill Clinton met Hillary Clinton. Clinton left.", ("Bill Clinton", "Hillary Clinton")),
    ("Bill Clinton met Hillary Clinton. Later Clinton left.", ("Bill Clinton", "Clinton")),
    ("George Bush met Laura Bush in Texas. Then Bush left.", ("Laura Bush", "Bush")),
    ("Mr. Reed opened the fair. His wife, Susan Reed, sang. Mr. Reed danced.", ("Susan Reed", "Reed")),
    ("Peter Reed opened the fair. Mrs. Reed sang.", ("Peter Reed", "Reed")),
    # gender
    ("Angela Merkel arrived on Monday. He met students.", ("Angela Merkel", "He")),
    ("Mr. Smith arrived on Monday. She met students.", ("Smith", "She")),
    ("Barack Obama said she would resign.", ("Barack Obama", "she")),
    # two candidates
    ("Barack Obama met Tony Blair after David Cameron left. The talks ended when he fell ill.", ("Tony Blair", "he")),
    ("President Barack Obama met President Xi Jinping. The president left.", ("Barack Obama", "The president")),
    ("Microsoft and Google met lawyers. The company paid.", ("Microsoft", "The company")),
    # persons and things
    ("Microsoft said he would resign.", ("Microsoft", "he")),
    ("Barack Obama said it was late.", ("Barack Obama", "it")),
    ("The minister defended its budget.", ("The minister", "its")),
    # an object is not the subject of its own clause
    ("Barack Obama praised him.", ("Barack Obama", "him")),
    ("Microsoft sold it.", ("Microsoft", "it")),
    ("The rebels attacked them.", ("The rebels", "them")),
    ("The farmers saw wolves as pests and hated them.", ("The farmers", "them")),
    ("Angela Merkel met Tony Blair and praised her.", ("Angela Merkel", "her")),
    ("Microsoft bought the studio and closed it.", ("Microsoft", "it")),
    # an event has no possessions
    ("Raids on the camps led to their closure.", ("Raids", "their")),
    # what the clause at the beginning speaks of may be meant
    ("The bank made a loss. If the president signs the bill, it will pass.", ("The bank", "it")),
    # whom a quotation speaks of
    ('Tony Blair met Angela Merkel and Carla Dobson. "She is wrong," Blair said.', ("Angela Merkel", "She")),
    ('Angela Merkel spoke. "She is wrong," Angela Merkel said.', ("Angela Merkel", "She")),
    ('Tony Blair met Angela Merkel. "She is wrong," she said.', ("Angela Merkel", "She")),
    # whom a letter is to, or a spokesman is for
    ('A letter to Tony Blair said: "I will not pay."', ("Tony Blair", "I")),
    ('"I cannot comment," said a spokesman for Tony Blair.', ("Tony Blair", "I")),
    # another company may be of that sort
    ("Dana Network closed. Rain fell. Acme said the network is cheap.", ("Dana Network", "the network")),
    # nothing is meant
    ("Poland voted. It is clear that the talks failed.", ("Poland", "It")),
    ("Poland voted. It seems that the talks failed.", ("Poland", "It")),
    ("Poland voted. It rained in Warsaw.", ("Poland", "It")),
    ("Poland said it was important to vote.", ("Poland", "it")),
    # another thing of the sort
    ("NATO met in Brussels. The president of France left.", ("NATO", "The president of France")),
    ("Angela Merkel met the president of France. The chancellor of Austria left.", ("Angela Merkel", "The chancellor")),
    ("The Ministry of Defence bought tanks. The company paid in euros.", ("Ministry of Defence", "The company")),
    ("Deutsche Bank cut jobs. The airline made a loss.", ("Deutsche Bank", "The airline")),
    ("Deutsche Bank met Deutsche Telekom. Deutsche Telekom left.", ("Deutsche Bank", "Deutsche Telekom")),
    ("Paris is in France. The country is large.", ("Paris", "The country")),
    ("The World Bank met the World Health Organization.", ("World Bank", "World Health Organization")),
    ("The bloc met in Brussels. The Alliance will send troops.", ("The bloc", "The Alliance")),
    ("Singapore Airlines bought planes. Singapore is rich.", ("Singapore Airlines", "Singapore")),
    ("The news hurt Boeing because its parent firm failed.", ("The news", "its")),
    ("Boeing starts the work in May and the plane flies in June. It seats 200 people.", ("Boeing", "It")),
    ("The senator and former judge said they were tired.", ("The senator and former judge", "they")),
    ("Tony Blair waited. Vice President Biden spoke. In the hall the guests stood until she left.", ("Biden", "she")),
    ("Barack Obama met an architect who said he was poor.", ("Barack Obama", "he")),
    # number
    ("The minister said they were tired.", ("The minister", "they")),
    ("The soldiers said it was cold.", ("The soldiers", "it")),
    # the speaker's own words
    ('"He is ready," Tony Blair said.', ("Tony Blair", "He")),
    ('"You are ready," Tony Blair said.', ("Tony Blair", "You")),
    ('Tony Blair said nothing. "I am ready," David Cameron said.', ("Tony Blair", "I")),
    ("Tony Blair said: we are ready.", ("David Cameron", "we")),
    ('"We are ready," the minister said.', ("the minister", "We")),
    ('"We are ready," Tony Blair said.', ("Tony Blair", "We")),
]


# Small news texts, and all clusters they must give.
TEXTS: list[tuple[str, list[list[str]]]] = [
    (
        "The Organisation for Coastal Safety (OCS) opened an office in Lima. OCS will train 300 sailors. "
        "Its director, Ana Rojas, praised the crews. Rojas said she was proud.",
        [["Organisation for Coastal Safety", "OCS", "OCS", "Its"], ["Ana Rojas", "Rojas", "she"]],
    ),
    (
        "The joint maritime rescue centre (JMRC) sent two boats. The JMRC found no survivors.",
        [["JMRC", "joint maritime rescue centre", "JMRC"]],
    ),
    (
        "Former minister Carla Dobson was arrested on Monday. The former minister denied the charges. "
        "Her lawyer said she would appeal.",
        [["Carla Dobson", "The former minister", "Her"]],
    ),
    (
        "Rosneft, Russia's largest oil company, raised prices. The company said its costs had grown.",
        [["Rosneft", "The company", "its"]],
    ),
    ("Ukraine moved its troops to the border. Its president visited Lviv.", [["Ukraine", "its", "Its"]]),
    ("Turkey sent troops to Syria. The country wants to protect its border.", [["Turkey", "The country", "its"]]),
    ("Turkey met Syria. Both wait. The country wants to protect its border.", [["The country", "its"]]),
    ("Mexico City was hit by an earthquake. The city has no power.", [["Mexico City", "The city"]]),
    (
        "Greenpeace said the ship leaked. The group, which has an office here, wants a ban.",
        [["Greenpeace", "The group"]],
    ),
    ("President Reed spoke. Mr. Reed praised Susan Reed. Reed then left.", [["Reed", "Reed", "Reed"]]),
    ("Dana Network grew. The network hired 40 reporters.", [["Dana Network", "The network"]]),
    ("The French voted on Sunday. French officials said they were ready.", [["French officials", "they"]]),
    ("A ferry sank off Malta. Divers found the ferry on Friday.", [["A ferry", "the ferry"]]),
    ("A ferry sank. Another ferry burned. Divers found the ferry.", []),
    ("A small ferry sank. Divers found the large ferry.", []),
    ("A ferry sank. Rain fell. Snow fell. Wind blew. Trees fell. Divers found the ferry.", []),
    ("The soldiers hurt themselves. The sanctions themselves ended.", [["The soldiers", "themselves"]]),
    ("The police said they had arrested two men.", [["The police", "they"]]),
    ("Chelsea said they would appeal.", [["Chelsea", "they"]]),
    ("Microsoft told users that they should wait.", []),
    ("Some customers said Microsoft lost their data.", [["Some customers", "their"]]),
    (
        '"We will hire 200 engineers," said Tom Enders, chief executive of Airbus. "Our order book is full."',
        [["Airbus", "We", "Our"]],
    ),
    (
        '"We have no plan to leave," said Maria Zakharova, a spokeswoman for the Russian Foreign Ministry.',
        [["Russian Foreign Ministry", "We"]],
    ),
    ('"We are closing three plants," Ford spokesman Dan Reid said.', [["Ford", "We"]]),
    (
        'General Ihor Bondar of the Ukrainian army met reporters. "We shot down two drones," he said.',
        [["Ihor Bondar", "he"], ["the Ukrainian army", "We"]],
    ),
    (
        'French President Emmanuel Macron met miners. "We will send troops to Mali," Macron said.',
        [["French", "We"], ["Emmanuel Macron", "Macron"]],
    ),
    ('"We are all tired," French President Emmanuel Macron said.', []),
    ('"We must stop them," said Ann Lee, a critic of Shell.', []),
    ('"We will deploy troops," said Ann Lee, a former French minister.', []),
    ('"We need money," Mr. King said in the United States.', []),
    ('"I will not resign," Jan Novak told reporters. "My party knows me."', [["Jan Novak", "I", "My", "me"]]),
    (
        "Sandra Berlin won the seat. Berlin thanked voters. Friends of Berlin sang.",
        [["Sandra Berlin", "Berlin", "Berlin"]],
    ),
    ("Michael Jordan spoke in Ohio. Jordan thanked the crowd.", [["Michael Jordan", "Jordan"]]),
    ("Sandra Berlin won the seat in Berlin. Berlin thanked voters.", [["Berlin", "Berlin"]]),
]

# The text, the plural, and what it means together.
TOGETHER: list[tuple[str, str, list[str]]] = [
    (
        "Ann Smith and Bob Jones signed the letter. They want a vote.",
        "Ann Smith and Bob Jones",
        ["Ann Smith", "Bob Jones"],
    ),
    ("Peru and Chile signed a treaty. The two countries will share data.", "The two countries", ["Peru", "Chile"]),
    ("Airbus and Boeing cut jobs. The two companies will pay.", "The two companies", ["Airbus", "Boeing"]),
    (
        "Angela Merkel met Emmanuel Macron in Berlin. The two leaders discussed trade.",
        "The two leaders",
        ["Angela Merkel", "Emmanuel Macron"],
    ),
    ("Peru met Chile. The summit failed. Both countries left.", "Both countries", ["Peru", "Chile"]),
]

# Plurals that mean nothing certain.
NOT_TOGETHER = [
    "Peru, Chile and Ecuador met on Monday. The two countries will share data.",
    "Peru signed a treaty. The two countries will share data.",
    "Airbus and Peru signed a treaty. The two companies will pay.",
    "Peru and Chile signed a treaty. Two countries will pay.",
    "Peru and Chile signed a treaty. The two countries of the south will pay.",
    "Peru and Chile signed a treaty. The two poor countries will pay.",
    "Ann Smith met Bob Jones. The two ministers left.",
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), JOINED)
def test_clusters(text: str, expected: list[list[str]]) -> None:
    assert clusters(text) == expected


@pytest.mark.model
@pytest.mark.parametrize(("text", "pair"), MUST)
def test_together(text: str, pair: tuple[str, str]) -> None:
    assert any(set(pair) <= set(cluster) for cluster in clusters(text)), clusters(text)


@pytest.mark.model
@pytest.mark.parametrize(("text", "pair"), APART)
def test_apart(text: str, pair: tuple[str, str]) -> None:
    assert not any(set(pair) <= set(cluster) for cluster in clusters(text)), clusters(text)


@pytest.mark.model
def test_no_mention_is_in_two_clusters() -> None:
    text = (
        '"We won," Tony Blair said. He thanked his party. Microsoft said it would help the company he runs. '
        "The Secretary General and his wife left; they praised their hosts."
    )
    spans = [span for cluster in find_coreference(parse(_nlp(), text)).clusters for span in cluster]
    assert len(spans) == len(set(spans))


def test_a_text_without_a_parse_gives_nothing() -> None:
    assert find_coreference(spacy.blank("en")("Obama said he won.")) == Coreference()


def test_pronoun_by_hand() -> None:
    doc = Doc(
        spacy.blank("en").vocab,
        words=["Barack", "Obama", "said", "he", "won", "."],
        heads=[1, 2, 2, 4, 2, 2],
        deps=["compound", "nsubj", "ROOT", "nsubj", "ccomp", "punct"],
        tags=["NNP", "NNP", "VBD", "PRP", "VBD", "."],
        pos=["PROPN", "PROPN", "VERB", "PRON", "VERB", "PUNCT"],
        lemmas=["Barack", "Obama", "say", "he", "win", "."],
        ents=["B-PERSON", "I-PERSON", "O", "O", "O", "O"],
    )
    assert [[span.of(doc.text) for span in cluster] for cluster in find_coreference(doc).clusters] == [
        ["Barack Obama", "he"]
    ]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_texts(text: str, expected: list[list[str]]) -> None:
    assert clusters(text) == expected


def members(text: str) -> dict[str, list[str]]:
    """Return what each plural of a text means together."""
    found = find_coreference(parse(_nlp(), text)).members
    return {span.of(text): [each.of(text) for each in spans] for span, spans in found.items()}


@pytest.mark.model
@pytest.mark.parametrize(("text", "plural", "expected"), TOGETHER)
def test_plurals(text: str, plural: str, expected: list[str]) -> None:
    assert members(text) == {plural: expected}


@pytest.mark.model
@pytest.mark.parametrize("text", NOT_TOGETHER)
def test_plurals_left_alone(text: str) -> None:
    assert members(text) == {}


@pytest.mark.model
def test_they_of_one_pair_are_one_thing() -> None:
    assert clusters("Ann Smith and Bob Jones left. They ate. They slept.") == [
        ["Ann Smith and Bob Jones", "They", "They"]
    ]


@pytest.mark.parametrize(
    ("words", "tags", "label", "names"),
    [
        ("Reed on Fishing", "NNP IN NNP", "PERSON", ["Reed"]),
        ("Anna van Dyke", "NNP NNP NNP", "PERSON", ["Anna van Dyke"]),
        ("Ahmed al Rashid", "NNP NNP NNP", "PERSON", ["Ahmed al Rashid"]),
        ("Gatwick airport Acme", "NNP NN NNP", "ORG", []),
        ("Bank of Lima", "NNP IN NNP", "ORG", ["Bank of Lima"]),
        ("Acme group", "NNP NN", "ORG", ["Acme group"]),
    ],
)
def test_names_without_common_words(words: str, tags: str, label: str, names: list[str]) -> None:
    parts = words.split()
    doc = Doc(
        spacy.blank("en").vocab,
        words=parts,
        tags=tags.split(),
        heads=[len(parts) - 1] * len(parts),
        deps=["dep"] * (len(parts) - 1) + ["ROOT"],
        ents=[f"B-{label}", *([f"I-{label}"] * (len(parts) - 1))],
    )
    assert [" ".join(name.words) for name in find_names(doc, load_gazetteer(), skip=frozenset())] == names
