"""Relations: job titles, affiliations, places within places, and those of ``ontologies/relations.ttl``.

Which nouns are occupations stands in ``ontologies/lexicon/grammar.ttl``.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Argument, Kind, Mention, Role, Span, Statement
from kg.nlp.annotation import Annotation, span_of
from kg.nlp.clauses import Clause, obliques_of
from kg.nlp.factuality import FACT
from kg.nlp.syntax import auxiliaries, children, conjuncts, is_country, is_verbal, phrase
from kg.nlp.tree import Span as TokenSpan
from kg.nlp.tree import Token
from kg.ontology import lexicon
from kg.vocab import SCHEMA

_JOB_TITLE, _AFFILIATION = str(SCHEMA.jobTitle), str(SCHEMA.affiliation)
_WITHIN = str(SCHEMA.containedInPlace)
_LOCATED = str(SCHEMA.location)
# What once was said of a name and is true for good: the other relations need not hold any longer.
_LASTING = frozenset({str(SCHEMA.parent), str(SCHEMA.children), str(SCHEMA.sibling), str(SCHEMA.spouse)})
_NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "LAW"})


def extract_relations(annotation: Annotation) -> Iterator[Statement]:
    """Yield the relations that names, appositions and copulas of the body state."""
    for entity in annotation.doc.ents:
        if entity.root.i not in annotation.body:
            continue
        if entity.label_ == "PERSON":
            yield from _title_before(entity, annotation)
        elif entity.label_ == "ORG" and entity.root.dep_ == "poss":
            yield from _headquarters(entity.root, annotation)
        if entity.label_ in {"PERSON", "ORG", "GPE"}:
            yield from _apposition(entity, annotation)
    for index, clause in annotation.clauses.items():
        if (
            index in annotation.body
            and clause.complement is not None
            and clause.head.lemma_ in {"be", "become", "remain"}
        ):
            yield from _copula(clause, annotation)


# -- "Secretary General Jens Stoltenberg"


def _title_before(entity: TokenSpan, annotation: Annotation) -> Iterator[Statement]:
    head = entity.root
    honorifics = lexicon().words("honorific", "noun")
    words = [
        t
        for t in phrase(head)
        if t.i < entity.start
        and t.pos_ in {"NOUN", "PROPN", "ADJ", "PART", "ADP", "PUNCT"}
        and t.text not in honorifics
        and t.dep_ != "det"
    ]
    if not words:
        return
    last = words[-1]
    if last.i != entity.start - 1 or not _is_occupation(last):
        return
    title, holders = _split_title(words, annotation)
    if title:
        yield _relation(_JOB_TITLE, annotation.mention(head), _literal(title), head, annotation, rule="title")
        for holder in holders:
            yield _relation(
                _AFFILIATION, annotation.mention(head), annotation.mention(holder), head, annotation, rule="title"
            )


def _split_title(words: list[Token], annotation: Annotation) -> tuple[list[Token], list[Token]]:
    """Part "Russian Foreign Minister" into the title and whom it is held for."""
    title = list(words)
    holders: list[Token] = []
    while (
        title
        and (title[0].ent_type_ in {"NORP", "GPE", "ORG"} or title[0].tag_ == "POS" or title[0].is_punct)
        and not _is_occupation(title[0])
    ):
        word = title.pop(0)
        if word.ent_type_ and (not title or title[0].ent_iob_ != "I" or title[0].ent_type_ != word.ent_type_):
            holders.append(word)
    past = any(t.lower_ in lexicon().words("pastTitle", "adjective") for t in words)
    while title and not past and title[0].lower_ in lexicon().words("titleModifier", "adjective"):
        title.pop(0)  # "veteran", "acting": says something of the person, not of the office
    return title, [] if past else holders


def _is_occupation(token: Token) -> bool:
    return token.lemma_.lower() in lexicon().words("occupation", "noun") or token.lower_ in lexicon().words(
        "occupation", "noun"
    )


# -- "Meng Wanzhou, the finance chief of Huawei"; "Toulouse, France"


def _apposition(entity: TokenSpan, annotation: Annotation) -> Iterator[Statement]:
    head = entity.root
    for other in children(head, "appos"):
        if entity.label_ == other.ent_type_ == "GPE":
            if not is_country(head) and other.i - entity.end <= 2 and annotation.doc[entity.end].text == ",":
                place, around = annotation.mention(head), annotation.mention(other)
                yield _relation(_WITHIN, place, around, head, annotation, rule="place")
        elif not other.ent_type_:
            for noun in conjuncts(other):
                yield from _described(head, noun, annotation, "apposition")
    if head.dep_ == "appos":
        described = _office_before(head) if head.head.ent_type_ else head.head
        if described is not None:
            yield from _described(head, described, annotation, "apposition")


def _office_before(person: Token) -> Token | None:
    """Return the office beside which a person stands: in "the mayor of Uppsala, Anna Lind" no place is a person."""
    place = person.head
    if person.ent_type_ != "PERSON" or place.ent_type_ not in {"GPE", "ORG", "LOC", "FAC"} or place.dep_ != "pobj":
        return None
    office = place.head.head
    return office if place.head.lower_ in {"of", "for", "at"} and _is_occupation(office) else None


# -- "NATO's headquarters in Brussels"


def _headquarters(owner: Token, annotation: Annotation) -> Iterator[Statement]:
    noun = owner.head
    for oblique in obliques_of(noun):
        predicate = annotation.relations.get(f"{noun.lower_} {oblique.preposition}")
        if predicate == _LOCATED and oblique.head.ent_type_ == "GPE":
            place = annotation.mention(oblique.head)
            yield _relation(predicate, annotation.mention(owner), place, noun, annotation, rule="apposition")


# -- "Estonia is a member of NATO", "Smith is the president of Acme"


def _copula(clause: Clause, annotation: Annotation) -> Iterator[Statement]:
    complement = clause.complement
    if complement is None or complement.dep_ != "attr" or is_verbal(complement):
        return
    past = _is_past(clause.head)
    for subject in clause.subjects:
        if subject.ent_type_ in {"PERSON", "ORG", "GPE"}:
            for noun in conjuncts(complement):
                for statement in _described(subject, noun, annotation, "copula"):
                    if not past or statement.predicate in _LASTING:
                        yield statement


def _is_past(copula: Token) -> bool:
    """Tell whether a copula speaks of what was: "was" and "had been", while who "became" or "has been" a member is."""
    tags = {a.tag_ for a in auxiliaries(copula)} or {copula.tag_}
    return copula.lemma_ != "become" and "VBD" in tags and "MD" not in tags


# -- what a noun phrase says of a name


def _described(name: Token, noun: Token, annotation: Annotation, rule: str) -> Iterator[Statement]:
    """Yield what "a subsidiary of Huawei" or "the finance chief of Huawei" says of a name."""
    related = False
    for statement in _related(name, noun, annotation, rule):
        related = True
        yield statement
    if not related and name.ent_type_ == "PERSON" and _is_occupation(noun):
        yield from _office(name, noun, annotation, rule)


def _related(name: Token, noun: Token, annotation: Annotation, rule: str) -> Iterator[Statement]:
    subject = annotation.mention(name)
    others = [(o.preposition, o.head) for o in obliques_of(noun)]
    others += [("of", owner) for owner in children(noun, "poss")]
    for preposition, other in others:
        predicate = annotation.relations.get(f"{noun.lemma_.lower()} {preposition}")
        if predicate is not None and other.ent_type_ in _NAMES:
            value = annotation.mention(other)
            yield _relation(predicate, subject, value, noun, annotation, rule=rule)


def _office(person: Token, noun: Token, annotation: Annotation, rule: str) -> Iterator[Statement]:
    words = [
        t
        for t in phrase(noun)
        if t.i <= noun.i and t.dep_ not in {"det", "poss", "case"} and t.head.dep_ != "poss" and not t.is_punct
    ]
    title, holders = _split_title(words, annotation)
    subject = annotation.mention(person)
    if title:
        yield _relation(_JOB_TITLE, subject, _literal(title), noun, annotation, rule=rule)
    holders += [o.head for o in obliques_of(noun) if o.preposition in {"of", "for", "at"}]
    holders += children(noun, "poss")
    for holder in holders:
        if holder.ent_type_ in {"ORG", "GPE", "NORP"}:
            value = annotation.mention(holder)
            yield _relation(_AFFILIATION, subject, value, noun, annotation, rule=rule)


# -- making one


def _literal(words: list[Token]) -> Mention:
    doc = words[0].doc
    tokens = doc[words[0].i : words[-1].i + 1]
    return Mention(
        span=span_of(tokens),
        text=" ".join(tokens.text.split()),
        head=words[-1].lemma_.lower(),
        head_start=words[-1].idx,
    )


def _relation(
    predicate: str, subject: Mention, value: Mention, at: Token, annotation: Annotation, *, rule: str
) -> Statement:
    predicate_of = at if is_verbal(at) else at.head
    factuality = annotation.factuality.verb(predicate_of) if rule == "copula" and is_verbal(predicate_of) else FACT
    role = Role.ATTRIBUTE if predicate == _JOB_TITLE else Role.PATIENT
    return Statement(
        kind=Kind.RELATION,
        predicate=predicate,
        trigger=predicate.rsplit("/", 1)[-1],
        trigger_span=Span(at.idx, at.idx + len(at)),
        surface="is" if role is Role.ATTRIBUTE else "is of",
        evidence=annotation.sentence_spans[at.i],
        arguments=(Argument(Role.AGENT, subject, "subject"), Argument(role, value, "complement")),
        modality=factuality.modality,
        polarity=factuality.polarity,
        speaker=None if rule in {"title", "place"} else annotation.speaker(at),
        rule=rule,
    )
