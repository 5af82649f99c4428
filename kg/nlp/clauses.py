"""The clauses of a parse: each predicate with its arguments found, also the shared and unspoken ones."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.gazetteer import load_gazetteer
from kg.nlp.syntax import (
    SUBJECTS,
    VALUE_LABELS,
    child,
    children,
    conjuncts,
    has_relative,
    is_passive,
    is_verbal,
    phrase_start,
)
from kg.ontology import lexicon
from kg.vocab import SCHEMA

_COUNTRY = str(SCHEMA.Country)


@dataclass(frozen=True, slots=True)
class Oblique:
    """A prepositional argument: the preposition as one string ("in response to"), and its noun."""

    preposition: str
    marker: Token
    head: Token


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate and the heads of its arguments, coordination distributed.

    ``how`` says where the subjects come from: "own", "shared" (coordination), "relative",
    "control" (the unspoken subject of an infinitive), "participle", or "" where there is none.
    ``complement`` is the predicate noun or adjective of a copula, ``embedded`` the verbs of
    complement clauses; ``relatives`` the relative pronouns in it that stand for an argument.
    """

    head: Token
    passive: bool
    subjects: tuple[Token, ...] = ()
    how: str = ""
    objects: tuple[Token, ...] = ()
    datives: tuple[Token, ...] = ()
    agents: tuple[Token, ...] = ()
    obliques: tuple[Oblique, ...] = ()
    complement: Token | None = None
    embedded: tuple[Token, ...] = ()
    relatives: tuple[Token, ...] = ()


def find_clauses(doc: Doc) -> dict[int, Clause]:
    """Return the clauses of a parsed document by the index of their predicate, in text order."""
    finder = _Finder()
    return {token.i: finder.clause(token) for token in doc if is_verbal(token)}


def obliques_of(token: Token) -> list[Oblique]:
    """Return the prepositional arguments of a verb, noun or adjective."""
    found: list[Oblique] = []
    for each in token.children:
        if each.dep_ in {"prep", "dative", "agent"} and each.pos_ in {"ADP", "SCONJ", "VERB", "ADV", "ADJ"}:
            found.extend(_prepositional(each, each.lower_))
    return found


def _prepositional(marker: Token, name: str) -> list[Oblique]:
    found: list[Oblique] = []
    first = child(marker, "pobj")
    for each in marker.children:
        if each.dep_ == "pobj" and each is not first and each is misplaced_subject(each):
            continue
        if each.dep_ in {"pobj", "pcomp"}:
            inner = _complex(name, each)
            if inner is not None:
                found.extend(inner)
            elif f"{name} {each.lower_}" in lexicon().words("fixedPhrase", "phrase"):
                continue
            elif each.dep_ == "pcomp" and each.pos_ == "ADP":
                found.extend(_prepositional(each, f"{name} {each.lower_}"))
            elif each.dep_ == "pobj":
                found.extend(Oblique(name, marker, noun) for noun in listed(_antecedent(each)))
            else:
                found.append(Oblique(name, marker, each))
        elif each.dep_ == "prep":
            found.extend(_prepositional(each, f"{name} {each.lower_}"))
        elif each.dep_ == "conj" and each.pos_ == "ADP":
            found.extend(_prepositional(each, each.lower_))
    return found


def _complex(name: str, noun: Token) -> list[Oblique] | None:
    """Read "in response to X" as one preposition with the argument X."""
    for each in noun.children:
        if each.dep_ == "prep" and f"{name} {noun.lower_} {each.lower_}" in lexicon().words(
            "complexPreposition", "phrase"
        ):
            return _prepositional(each, f"{name} {noun.lower_} {each.lower_}")
    return None


def _antecedent(token: Token) -> Token:
    """Return the noun a relative pronoun stands for; any other token is itself."""
    if has_relative(token):
        for governor in token.ancestors:
            if governor.dep_ == "relcl" and governor.head.i < token.i:
                return governor.head
    return token


def listed(noun: Token) -> list[Token]:
    """Return the coordinated nouns from ``noun`` on; "each of the Baltic states" is the states.

    Names of one kind after commas without "and" ("to Estonia, Latvia") are coordinated too, where the
    parser took them for appositions: a country is not an apposition to another.
    """
    found = conjuncts(noun)
    for each in found:
        if (inner := _distributed(each)) is not each:
            found.extend(conjuncts(inner)[1:])
        if each.ent_type_ == "GPE":
            found.extend(t for a in children(each, "appos") if _is_list_item(each, a) for t in conjuncts(a))
            found.extend(_next_in_list(each))
    return [_distributed(each) for each in sorted(set(found), key=lambda t: t.i)]


def _is_list_item(first: Token, other: Token) -> bool:
    return first.lower_ != other.lower_ and not _opens_clause(other) and _is_country(first) and _is_country(other)


def _next_in_list(country: Token) -> list[Token]:
    """Return the country that follows a country after a comma, whatever the parser took it for.

    Only what begins a clause of its own is not an item: a subject or an owner.
    """
    doc = country.doc
    if country.i + 2 >= len(doc) or doc[country.i + 1].text != ",":
        return []
    following = doc[country.i + 2]
    starts_clause = following.dep_ in {*SUBJECTS, "poss", "compound", "conj", "appos"}
    return [following] if not starts_clause and _is_list_item(country, following) else []


def _opens_clause(name: Token) -> bool:
    """Tell whether a finite verb or an auxiliary directly follows: then the name is its subject."""
    following = name.doc[name.i + 1] if name.i + 1 < len(name.doc) else name
    return following.tag_ in {"VBZ", "VBD", "VBP", "MD"} and following.pos_ in {"VERB", "AUX"}


def _is_country(token: Token) -> bool:
    return any(_COUNTRY in entry.types for entry in load_gazetteer().by_name(token.text))


def _distributed(noun: Token) -> Token:
    """Return the noun that "each of", "all of", "both of", "some of" quantify over."""
    if (
        noun.lower_ in lexicon().words("distributive", "noun")
        and (of := child(noun, "prep")) is not None
        and of.lower_ == "of"
    ):
        return child(of, "pobj") or noun
    return noun


class _Finder:
    """Finds clauses, each once; subjects of a clause may be those of another."""

    def __init__(self) -> None:
        self._clauses: dict[int, Clause] = {}
        self._object_control = lexicon().words("objectControl", "verb")

    def clause(self, verb: Token) -> Clause:
        if verb.i not in self._clauses:
            self._clauses[verb.i] = self._build(verb)
        return self._clauses[verb.i]

    def _build(self, verb: Token) -> Clause:
        passive = is_passive(verb)
        subjects, how = self._subjects(verb, passive)
        return Clause(
            head=verb,
            passive=passive,
            subjects=tuple(subjects),
            how=how,
            objects=tuple(self._objects(verb, passive)),
            datives=tuple(self._datives(verb)),
            agents=tuple(self._agents(verb)),
            obliques=tuple(self._obliques(verb)),
            complement=child(verb, "attr", "acomp", "oprd"),
            embedded=tuple(children(verb, "ccomp", "xcomp")),
            relatives=tuple(_relatives(verb)),
        )

    # -- subjects

    def _subjects(self, verb: Token, passive: bool) -> tuple[list[Token], str]:
        own = child(verb, *SUBJECTS)
        if own is not None:
            return self._own_subject(verb, own)
        dep, head = verb.dep_, verb.head
        if dep == "conj" and is_verbal(head):
            first = self.clause(head)
            return list(first.subjects), "shared" if first.subjects else ""
        if dep == "relcl":
            return self._relative_subject(verb)
        if dep == "acl":
            return self._participle_subject(verb, passive)
        if dep in {"xcomp", "ccomp", "advcl", "pcomp", "oprd", "dep"}:
            return self._controlled_subject(verb)
        noun = _subject_after_preposition(verb) or _adverbial_subject(verb)
        return (listed(noun), "own") if noun is not None else ([], "")

    def _own_subject(self, verb: Token, own: Token) -> tuple[list[Token], str]:
        if has_relative(own) and (noun := _antecedent(own)).i != own.i:
            return listed(noun) if _plural_antecedent(verb, noun) else [_distributed(noun)], "relative"
        if own.tag_ == "EX":
            return [], ""
        if own.dep_ in {"csubj", "csubjpass"}:
            return [own], "own"
        return listed(own), "own"

    def _relative_subject(self, verb: Token) -> tuple[list[Token], str]:
        if any(c.tag_ == "TO" for c in verb.children):
            return self._participle_subject(verb, passive=False)
        if verb.tag_ in {"VBG", "VBN"} or child(verb, "aux") is None:
            return [_distributed(verb.head)], "relative"
        return [], ""

    def _participle_subject(self, verb: Token, passive: bool) -> tuple[list[Token], str]:
        noun = verb.head
        if verb.tag_ == "VBG" or passive:
            return [_distributed(noun)], "participle"
        owner = child(noun, "poss")
        if owner is not None:
            return listed(owner), "control"
        if noun.dep_ in {"dobj", "attr", "nsubjpass", "pobj"}:
            governor = noun.head if noun.dep_ != "pobj" else noun.head.head
            if is_verbal(governor):
                clause = self.clause(governor)
                return list(clause.agents if clause.passive else clause.subjects), "control"
        if noun.pos_ in {"NOUN", "PROPN"} and (of := child(noun, "prep")) is not None and of.lower_ in {"of", "by"}:
            owner = child(of, "pobj")
            return (listed(owner), "control") if owner is not None else ([], "")
        return [], ""

    def _controlled_subject(self, verb: Token) -> tuple[list[Token], str]:
        governor, link = verb.head, ""
        if verb.dep_ == "pcomp" or governor.pos_ == "ADP":
            link, governor = governor.lower_, governor.head
        if governor.pos_ in {"ADJ", "NOUN", "ADV"} and governor.dep_ in {
            "acomp",
            "attr",
            "oprd",
            "advmod",
            "pobj",
            "dobj",
        }:
            governor = governor.head if governor.dep_ != "pobj" else governor.head.head
        if not is_verbal(governor) or governor.i == verb.i:
            return [], ""
        clause = self.clause(governor)
        if clause.objects and link in {"of", "from", "for", "into"} and not clause.passive:
            return list(clause.objects), "control"  # "accused them of attacking", "kept them from leaving"
        if verb.dep_ in {"xcomp", "ccomp"} and governor.lemma_ in self._object_control and not clause.passive:
            asked = [o.head for o in clause.obliques if o.preposition in {"on", "upon"}]  # "called on them to leave"
            return list(clause.objects or clause.datives or asked or clause.subjects), "control"
        if clause.passive and verb.dep_ in {"advcl", "pcomp"} and clause.agents:
            return list(clause.agents), "control"
        return list(clause.subjects), "control" if clause.subjects else ""

    # -- the other arguments

    def _objects(self, verb: Token, passive: bool) -> list[Token]:
        found = [noun for each in children(verb, "dobj") for noun in listed(_antecedent(each))]
        if found or passive:
            return found
        if (
            verb.dep_ == "relcl"
            and child(verb, *SUBJECTS) is not None
            and not any(has_relative(c) for c in verb.children)
            and not _stranded(verb)
        ):
            return (
                [_distributed(verb.head)]
                if verb.head.pos_ in {"NOUN", "PROPN"} and not child(verb, "ccomp", "xcomp", "acomp", "attr")
                else []
            )
        infinitive = [
            e
            for e in children(verb, "ccomp")
            if any(t.tag_ == "TO" for t in e.children) and verb.lemma_ in self._object_control
        ]
        if infinitive and (subject := child(infinitive[0], *SUBJECTS)) is not None:
            return listed(subject)
        return self._shared_object(verb)

    def _shared_object(self, verb: Token) -> list[Token]:
        """Return the object of the last verb in "built and sold cars" for the first ones."""
        following = [c for c in children(verb, "conj") if is_verbal(c) and child(c, *SUBJECTS) is None]
        if not following or child(verb, "prep", "acomp", "attr", "ccomp", "xcomp", "prt") is not None:
            return []
        between = verb.doc[verb.i + 1 : following[0].i]
        if all(t.dep_ in {"cc", "punct", "advmod", "conj"} for t in between):
            return [noun for each in children(following[0], "dobj") for noun in listed(each)]
        return []

    def _datives(self, verb: Token) -> list[Token]:
        return [noun for each in children(verb, "dative") if each.pos_ != "ADP" for noun in listed(each)]

    def _agents(self, verb: Token) -> list[Token]:
        return [
            noun
            for by in children(verb, "agent")
            for each in children(by, "pobj")
            for noun in listed(_antecedent(each))
        ]

    def _obliques(self, verb: Token) -> list[Oblique]:
        found = [o for o in obliques_of(verb) if o.marker.dep_ != "agent"]
        found += [o for p in children(verb, "prt") for o in obliques_of(p)]
        found += [
            o
            for a in children(verb, "advmod")
            if a.i > verb.i
            for p in children(a, "prep")
            for o in _prepositional(p, f"{a.lower_} {p.lower_}")
        ]
        if verb.dep_ == "relcl" and (stranded := _stranded(verb)) is not None:
            found.append(Oblique(stranded.lower_, stranded, _distributed(verb.head)))
        return found


def _relatives(verb: Token) -> list[Token]:
    """Return the relative pronouns among a verb's own subject and object."""
    return [c for c in verb.children if c.dep_ in {*SUBJECTS, "dobj"} and has_relative(c) and _antecedent(c) is not c]


def misplaced_subject(noun: Token) -> Token | None:
    """Return ``noun`` where it is a second object of a preposition, after a comma.

    A preposition takes one object: in "following the talks, a statement is expected" the second is the subject.
    """
    preposition = noun.head
    objects = children(preposition, "pobj")
    if noun.dep_ != "pobj" or len(objects) < 2 or noun.i == objects[0].i:
        return None
    return noun if any(t.text == "," for t in noun.doc[objects[0].i : noun.left_edge.i + 1]) else None


def _subject_after_preposition(verb: Token) -> Token | None:
    if verb.dep_ != "ROOT" or (verb.tag_ not in {"VBZ", "VBP", "VBD"} and child(verb, "aux", "auxpass") is None):
        return None
    for token in reversed(verb.doc[verb.sent.start : verb.i]):
        if token.dep_ == "pobj" and misplaced_subject(token) is not None:
            return token
    return None


def _adverbial_subject(verb: Token) -> Token | None:
    """Return the subject of a finite verb that the parser took for something else.

    It is the name directly before the verb group ("If they come, Poland will act"), or one read as an adverbial.
    """
    group = [verb, *children(verb, "aux", "auxpass")]
    if not any(t.tag_ in {"VBZ", "VBP", "VBD", "MD"} for t in group):
        return None
    first = min(t.i for t in group)
    before = verb.doc[first - 1] if first > verb.sent.start else verb
    names = [before] if before.dep_ in {"appos", "pobj", "dobj", "conj", "dep"} else []
    names += [c for c in children(verb, "npadvmod") if c.i < verb.i]
    return next((n for n in names if n.pos_ == "PROPN" and n.ent_type_ and n.ent_type_ not in VALUE_LABELS), None)


def _stranded(verb: Token) -> Token | None:
    """Return the preposition left behind in "the country they came from"."""
    return next((p for p in children(verb, "prep") if child(p, "pobj", "pcomp", "prep") is None), None)


def _plural_antecedent(verb: Token, noun: Token) -> bool:
    """Tell whether a relative clause speaks of all of a coordination: its verb is plural and stands after the last."""
    return (
        verb.tag_ != "VBZ" and not any(c.tag_ == "VBZ" for c in verb.children) and phrase_start(noun) <= noun.i < verb.i
    )
