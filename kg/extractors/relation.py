"""Relations: job titles, affiliations, memberships, parts and kinds, each a triple with its evidence.

Which nouns are occupations stands in ``ontologies/lexicon/grammar.ttl``.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.model import Argument, Kind, Mention, Role, Span, Statement
from kg.nlp.annotation import Annotation, span_of
from kg.nlp.clauses import Clause, obliques_of
from kg.nlp.factuality import FACT
from kg.nlp.syntax import children, conjuncts, is_verbal, phrase
from kg.ontology import lexicon
from kg.vocab import SCHEMA

_JOB_TITLE, _AFFILIATION = str(SCHEMA.jobTitle), str(SCHEMA.affiliation)
_MEMBER_OF, _WITHIN = str(SCHEMA.memberOf), str(SCHEMA.containedInPlace)


def extract_relations(annotation: Annotation) -> Iterator[Statement]:
    """Yield the relations that names, appositions and copulas of the body state."""
    for entity in annotation.doc.ents:
        if entity.root.i not in annotation.body:
            continue
        if entity.label_ == "PERSON":
            yield from _title_before(entity, annotation)
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
        yield _relation(
            _JOB_TITLE, annotation.mention(head), _literal(title), head, annotation, rule="title", confidence=0.9
        )
        for holder in holders:
            yield _relation(
                _AFFILIATION,
                annotation.mention(head),
                annotation.mention(holder),
                head,
                annotation,
                rule="title",
                confidence=0.75,
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
    while title and title[0].lower_ in lexicon().words("titleModifier", "adjective"):
        title.pop(0)  # "former", "veteran": says something of the person, not of the office
    return title, holders


def _is_occupation(token: Token) -> bool:
    return token.lemma_.lower() in lexicon().words("occupation", "noun") or token.lower_ in lexicon().words(
        "occupation", "noun"
    )


# -- "Meng Wanzhou, the finance chief of Huawei"; "Toulouse, France"


def _apposition(entity: TokenSpan, annotation: Annotation) -> Iterator[Statement]:
    head = entity.root
    for other in children(head, "appos"):
        if entity.label_ == "GPE":
            if other.ent_type_ == "GPE" and other.i - entity.end <= 2 and annotation.doc[entity.end].text == ",":
                yield _relation(
                    _WITHIN,
                    annotation.mention(head),
                    annotation.mention(other),
                    head,
                    annotation,
                    rule="place",
                    confidence=0.7,
                )
        elif entity.label_ == "PERSON" and not other.ent_type_:
            for noun in conjuncts(other):
                yield from _described(head, noun, annotation, "apposition")
    if entity.label_ == "PERSON" and head.dep_ == "appos" and _is_occupation(head.head) and not head.head.ent_type_:
        yield from _described(head, head.head, annotation, "apposition")


def _described(person: Token, noun: Token, annotation: Annotation, rule: str) -> Iterator[Statement]:
    """Yield what a noun phrase such as "the finance chief of Huawei" says of a person."""
    if not _is_occupation(noun):
        return
    title = [
        t
        for t in phrase(noun)
        if t.i <= noun.i and t.dep_ not in {"det", "poss", "case"} and t.head.dep_ != "poss" and not t.is_punct
    ]
    title, holders = _split_title(title, annotation)
    subject = annotation.mention(person)
    if noun.lemma_ in lexicon().words("membership", "noun"):
        for oblique in obliques_of(noun):
            if oblique.preposition == "of" and oblique.head.ent_type_:
                yield _relation(
                    _MEMBER_OF, subject, annotation.mention(oblique.head), noun, annotation, rule=rule, confidence=0.8
                )
        return
    if title:
        yield _relation(_JOB_TITLE, subject, _literal(title), noun, annotation, rule=rule, confidence=0.85)
    holders += [
        o.head for o in obliques_of(noun) if o.preposition in {"of", "for", "at"} and o.head.ent_type_ in {"ORG", "GPE"}
    ]
    holders += [p for p in children(noun, "poss") if p.ent_type_ in {"ORG", "GPE"}]
    for holder in holders:
        yield _relation(_AFFILIATION, subject, annotation.mention(holder), noun, annotation, rule=rule, confidence=0.75)


# -- "Estonia is a member of NATO", "Smith is the president of Acme"


def _copula(clause: Clause, annotation: Annotation) -> Iterator[Statement]:
    complement = clause.complement
    if complement is None or complement.dep_ != "attr" or is_verbal(complement):
        return
    for subject in clause.subjects:
        if not subject.ent_type_:
            continue
        for noun in conjuncts(complement):
            if subject.ent_type_ == "PERSON":
                yield from _described(subject, noun, annotation, "copula")
            elif noun.lemma_ == "member":
                for oblique in obliques_of(noun):
                    if oblique.preposition == "of" and oblique.head.ent_type_:
                        yield _relation(
                            _MEMBER_OF,
                            annotation.mention(subject),
                            annotation.mention(oblique.head),
                            clause.head,
                            annotation,
                            rule="copula",
                            confidence=0.85,
                        )


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
    predicate: str, subject: Mention, value: Mention, at: Token, annotation: Annotation, *, rule: str, confidence: float
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
        evidence=span_of(at.sent),
        arguments=(Argument(Role.AGENT, subject, "subject"), Argument(role, value, "complement")),
        modality=factuality.modality,
        polarity=factuality.polarity,
        speaker=None if rule in {"title", "place"} else annotation.speaker(at),
        confidence=confidence,
        rule=rule,
    )
