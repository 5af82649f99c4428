"""Resolve pronouns: by the clause they stand in, then by the sentence before, else not at all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.nlp.chains import Chain
from kg.nlp.discourse import SUBJECTS, VERBAL, Discourse, subject_of
from kg.nlp.names import Range
from kg.nlp.people import gender_words
from kg.nlp.speech_source import noun_phrase
from kg.nlp.syntax import conjuncts
from kg.nlp.tree import Token
from kg.ontology import lexicon

_MALE = frozenset({"he", "him", "his", "himself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_THING = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
PRONOUNS = _MALE | _FEMALE | _THING | _PLURAL


def resolve_pronoun(pronoun: Token, discourse: Discourse) -> None:
    """Add a pronoun of the third person to the chain of its antecedent, where one fits and no other does."""
    word = pronoun.lower_
    if (word in _THING and _is_expletive(pronoun)) or _is_emphatic(pronoun):
        return
    found = _antecedent(pronoun, discourse)
    if found is None:
        return
    chain = found if isinstance(found, Chain) else chain_for(found, discourse, _kind(word))
    if chain is None:
        return
    if chain.kind == "person" and not chain.gender:
        chain.gender = _gender(word)
    discourse.add(chain, (pronoun.i, pronoun.i + 1))


def _is_emphatic(pronoun: Token) -> bool:
    """Tell whether a reflexive only stresses the noun before it: "the sanctions themselves"."""
    return pronoun.lower_.endswith(("self", "selves")) and pronoun.dep_ in ("appos", "npadvmod", "advmod")


def _antecedent(pronoun: Token, discourse: Discourse) -> Token | Chain | None:
    quotation = discourse.quotation.get(pronoun.i)
    last = _last_speaker(pronoun, discourse) if quotation is None else None
    if last is not None:
        return last
    for subject in _subjects_above(pronoun):
        if discourse.quotation.get(subject.i) == quotation and _fits(subject, pronoun, discourse):
            return None if _has_owner_like(subject, pronoun) else subject
    number, kind = discourse.sentence[pronoun.i], _kind(pronoun.lower_)
    before = _subject_of_clause_before(pronoun)
    if before is not None and discourse.quotation.get(before.i) == quotation:
        if _fits(before, pronoun, discourse):
            return None if _rival(before, pronoun, discourse) else before
        if kind != "person":
            return None  # what else the clause speaks of may be meant
    root = discourse.roots[number]
    if quotation is not None and pronoun.head.dep_ == "ccomp" and pronoun.head.head.i == root.i:
        root = pronoun.head  # '"…. They want work," she said'
    if number and _is_topic(pronoun, root):
        previous = discourse.roots[number - 1]
        head = None if kind == "thing" and _has_two_topics(previous) else subject_of(previous)
        if head is not None and discourse.quotation.get(head.i) == quotation and _fits(head, pronoun, discourse):
            return None if _rival(head, pronoun, discourse) else head
    if quotation is not None:
        return _spoken_of(pronoun, discourse) if kind == "person" else None
    if kind == "person":
        near = [c for c in discourse.latest(since=number - 1) if c.kind == "person" and _agrees(c, pronoun)]
        known = len(near) == 1 and (near[0].gender or len(discourse.latest()) == 1)
        if known and not _is_coargument(near[0], pronoun):
            return near[0]
    return None


def _subject_of_clause_before(pronoun: Token) -> Token | None:
    """Return the subject of the adverbial clause that a clause begins with: "when Lee had spoken, she left"."""
    if pronoun.dep_ not in SUBJECTS:
        return None
    clauses = [c for c in pronoun.head.children if c.dep_ == "advcl" and c.i < pronoun.i and c.pos_ in VERBAL]
    return next((c for c in clauses[-1].children if c.dep_ in SUBJECTS), None) if clauses else None


def _spoken_of(pronoun: Token, discourse: Discourse) -> Chain | None:
    """Return the only person named outside quotations, in this sentence or the last, who is not its speaker.

    The person has to be known to be of the pronoun's gender; who may be of it as well, or an unknown speaker, leaves
    it open.
    """
    gender, number = _gender(pronoun.lower_), discourse.sentence[pronoun.i]
    said = [a for a in discourse.attributions if a.content.start <= pronoun.idx < a.content.end]
    speakers: list[Chain] = []
    for attribution in said:
        source = attribution.source
        tokens = discourse.doc.char_span(source.start, source.end, alignment_mode="expand") if source else None
        chain = discourse.chain_of(tokens.root) if tokens is not None else None
        if chain is None:
            return None
        speakers.append(chain)
    near = [c for c in discourse.latest(since=number - 1) if c.kind == "person" and c.gender in ("", gender)]
    others = [c for c in near if not any(c is speaker for speaker in speakers)]
    if not speakers or len(others) != 1 or others[0].gender != gender or _has_spoken(others[0], number, discourse):
        return None
    return others[0] if not _is_coargument(others[0], pronoun) else None


def _has_spoken(person: Chain, number: int, discourse: Discourse) -> bool:
    """Tell whether a person is the source of something in the sentence or the last: one of several who speak."""
    own = {
        discourse.doc[start].idx for start, _ in person.mentions if number - 1 <= discourse.sentence[start] <= number
    }
    return any(start in own for start in discourse.sources)


def _has_owner_like(subject: Token, pronoun: Token) -> bool:
    """Tell whether a subject has an owner who may be meant as well: "her lawyer said she would appeal"."""
    kind = (_kind(pronoun.lower_), _gender(pronoun.lower_))
    return any(
        c.dep_ == "poss" and c.lower_ in PRONOUNS and (_kind(c.lower_), _gender(c.lower_)) == kind
        for c in subject.children
    )


def _has_two_topics(root: Token) -> bool:
    """Tell whether a sentence joins clauses with subjects of their own: which one goes on is open."""
    return any(c.dep_ in SUBJECTS for child in root.children if child.dep_ == "conj" for c in child.children)


def _last_speaker(pronoun: Token, discourse: Discourse) -> Chain | None:
    """Return who spoke last, for the pronoun of "…," he added."""
    own = discourse.sources.get(pronoun.idx)
    if own is None or own.content.start > pronoun.idx:
        return None
    number = discourse.sentence[pronoun.i]
    before = [a for a in discourse.attributions if a.source is not None and a.source.end < own.content.start]
    for attribution in sorted(before, key=lambda a: -a.source.start if a.source else 0):
        assert attribution.source is not None
        tokens = discourse.doc.char_span(attribution.source.start, attribution.source.end, alignment_mode="expand")
        if tokens is None or discourse.sentence[tokens.start] < number - 4:
            break
        chain = discourse.chain_of(tokens.root)
        if chain is not None and chain.kind == _kind(pronoun.lower_) and _agrees(chain, pronoun):
            return chain
        break
    return None


def _subjects_above(pronoun: Token) -> Iterator[Token]:
    """Yield the subjects of the clauses a pronoun stands in, the innermost first.

    The subject of its own clause can be meant by a possessive or a reflexive, never by a plain object; "who" stands
    for the noun before it; in "Lee and his wife" the first conjunct comes first.
    """
    token = pronoun
    own_clause = pronoun.tag_ != "PRP$" and not pronoun.lower_.endswith(("self", "selves"))
    if pronoun.tag_ == "PRP$" and pronoun.head.dep_ == "conj":
        yield pronoun.head.head
    while token.head.i != token.i:
        token = token.head
        if token.pos_ not in VERBAL:
            continue
        subject = subject_of(token)
        if subject is None:
            continue
        if subject.i == pronoun.i or pronoun in subject.subtree:
            own_clause = False
            continue
        if own_clause:
            if subject.head.i != token.i:
                return  # shared with a verb before: where that clause ends is often unsure
            own_clause = False
            continue
        if subject.i < pronoun.i:
            yield token.head if subject.tag_ in ("WP", "WDT") and token.dep_ == "relcl" else subject


def _is_topic(pronoun: Token, root: Token) -> bool:
    """Tell whether a pronoun is the subject of its sentence's main clause, or possesses it."""
    subject = subject_of(root)
    if subject is None:
        return False
    return pronoun.i == subject.i or (pronoun.tag_ == "PRP$" and pronoun.head.i == subject.i)


def _is_coargument(chain: Chain, pronoun: Token) -> bool:
    """Tell whether the chain fills another place of the verb that an object pronoun depends on."""
    if pronoun.tag_ == "PRP$":
        return False
    verb = pronoun.head if pronoun.head.pos_ in VERBAL else pronoun.head.head
    shared = subject_of(verb)
    places = [*verb.children, *([shared] if shared is not None else [])]
    return any(start <= place.i < end for place in places for start, end in chain.mentions)


def _rival(head: Token, pronoun: Token, discourse: Discourse) -> bool:
    """Tell whether another person of the two sentences fits better: one known to be of the pronoun's gender."""
    own = discourse.chain_of(head)
    gender = _gender(pronoun.lower_)
    if not gender or (own is not None and own.gender == gender):
        return False
    near = discourse.latest(since=discourse.sentence[pronoun.i] - 1)
    return any(c.kind == "person" and c is not own and c.gender in ("", gender) for c in near)


# --- agreement ------------------------------------------------------------------------------------


@cache
def persons() -> frozenset[str]:
    return (
        lexicon().words("person", "noun")
        | lexicon().words("occupation", "noun")
        | frozenset(word for word in lexicon().words("male", "noun") | lexicon().words("female", "noun"))
    )


def _kind(word: str) -> str:
    return "person" if word in _MALE or word in _FEMALE else "thing" if word in _THING else "plural"


def _gender(word: str) -> str:
    return "male" if word in _MALE else "female" if word in _FEMALE else ""


def _agrees(chain: Chain, pronoun: Token) -> bool:
    gender = _gender(pronoun.lower_)
    return not (chain.gender and gender and chain.gender != gender)


def _fits(head: Token, pronoun: Token, discourse: Discourse) -> bool:
    """Tell whether a noun agrees with a pronoun in number, gender and in being a person or a thing."""
    word, chain = pronoun.lower_, discourse.chain_of(head)
    own = pronoun.head.dep_ == "conj" and pronoun.head.head.i == head.i
    coordinated = not own and _is_coordinated(head)
    if word in _PLURAL:
        plural = chain.kind == "plural" if chain is not None else head.tag_ in ("NNS", "NNPS")
        if chain is None and pronoun.tag_ == "PRP$" and is_abstract(head):
            return False
        return coordinated or plural or (_is_body(head, chain) and _is_alone(head, pronoun, discourse))
    if coordinated:
        return False
    if chain is not None:
        kinds = ("organisation", "place", "thing") if word in _THING else ("person",)
        return chain.kind in kinds and _agrees(chain, pronoun)
    if head.tag_ != "NN" or _counts(head) or head.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT"):
        return False
    person = head.lower_ in persons()
    if word in _THING:
        return not person and not is_abstract(head) and not _holds_person(head)
    gender = gender_words().get(head.lower_, "")
    return person and gender in ("", _gender(word)) and _is_singular_person(head)


def _is_body(head: Token, chain: Chain | None) -> bool:
    """Tell whether a noun means many who act as one, whom English also calls "they": a club, the police."""
    if chain is not None:
        return chain.kind == "organisation"
    return head.tag_ == "NN" and head.lower_ in lexicon().words("organisation", "noun")


def _is_alone(head: Token, pronoun: Token, discourse: Discourse) -> bool:
    """Tell whether nothing else of the sentence can be "they": no plural before the pronoun, no other body between."""
    doc, own = head.doc, discourse.owner.get(head.i)
    for i in range(pronoun.i - 1, -1, -1):
        token = doc[i]
        several = token.tag_ in ("NNS", "NNPS") or (token.lower_ in _PLURAL and discourse.owner.get(i) is not own)
        if several or (token.dep_ == "conj" and token.pos_ in ("NOUN", "PROPN")):
            return False
        other = discourse.owner.get(i)
        if i > head.i and other is not None and other is not own and other.kind == "organisation":
            return False
        if doc[i + 1].is_sent_start and i + 1 > head.i:
            return False
        if token.is_sent_start:
            return i <= head.i
    return True


def _is_coordinated(head: Token) -> bool:
    """Tell whether a noun phrase joins two things: not "the senator and former judge", who is one person."""
    for child in head.children:
        if child.dep_ == "conj":
            determined = any(c.dep_ in ("det", "poss", "nummod") for c in child.children)
            if determined or child.pos_ in ("PROPN", "PRON") or child.tag_ == "NNS" or head.tag_ == "NNS":
                return True
    return False


def is_abstract(noun: Token) -> bool:
    """Tell whether a noun means an event or something said: "its" seldom looks back to one."""
    words, base = lexicon().words, noun.lemma_.lower()
    return base in words("eventNoun", "noun") or base in words("speech", "noun")


def _holds_person(noun: Token) -> bool:
    """Tell whether a noun's compounds or appositions are persons: "vice-president", "the star, Ann Lee"."""
    return any(c.ent_type_ == "PERSON" or c.lower_ in persons() for c in noun.children if c.dep_ != "poss")


def _counts(head: Token) -> bool:
    """Tell whether a noun only counts the plural after "of": "a lot of products"."""
    return any(
        c.dep_ == "prep" and c.lower_ == "of" and any(g.tag_ == "NNS" for g in c.children) for c in head.children
    )


def _is_singular_person(head: Token) -> bool:
    return head.tag_ == "NN" and head.lower_ not in lexicon().words("organisation", "noun")


def chain_for(head: Token, discourse: Discourse, kind: str) -> Chain | None:
    """Return the chain of a noun phrase, a new one where it has none."""
    chain = discourse.chain_of(head)
    coordinated = kind == "plural" and _is_coordinated(head)
    if chain is not None and not coordinated:
        return chain
    span = noun_phrase(head)
    if coordinated:
        known = next((c for c in discourse.chains if c.kind == "plural" and c.mentions[:1] == [span]), None)
        if known is not None:
            return known
    members = tuple(_mention_of(each, discourse) for each in conjuncts(head)) if coordinated else ()
    chain = Chain(kind, mentions=[span], members=members)
    discourse.chains.append(chain)
    if not coordinated:
        discourse.owner[head.i] = chain
    return chain


def _mention_of(head: Token, discourse: Discourse) -> Range:
    """Return the name with that head, or the noun alone."""
    chain = discourse.owner.get(head.i)
    spans = [span for span in chain.mentions if span[0] <= head.i < span[1]] if chain is not None else []
    return spans[0] if spans else (head.i, head.i + 1)


def _is_expletive(pronoun: Token) -> bool:
    """Tell whether "it" means nothing: "it is clear that", "it seems", "it was Smith who"."""
    if pronoun.lower_ != "it" or pronoun.dep_ not in SUBJECTS:
        return False
    verb = pronoun.head
    deps = {c.dep_ for c in verb.children}
    if verb.lemma_ in lexicon().words("expletiveVerb", "verb") or "expl" in deps:
        return True
    if verb.lemma_ == "be" and deps & {"acomp", "attr", "oprd"}:
        complements = [c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd")]
        inner = deps | {g.dep_ for c in complements for g in c.children}
        return bool(inner & {"ccomp", "xcomp", "advcl", "relcl", "acl", "csubj"}) or not _is_predicated(complements)
    return pronoun.dep_ == "nsubjpass" and "ccomp" in deps


def _is_predicated(complements: list[Token]) -> bool:
    """Tell whether "it is …" can be said of an organisation or a place: "it is ready", "it is the largest bank"."""
    kinds = lexicon().words("organisation", "noun") | lexicon().words("place", "noun")
    return all(c.dep_ != "attr" or c.pos_ not in ("NOUN", "PROPN") or c.lower_ in kinds for c in complements)
