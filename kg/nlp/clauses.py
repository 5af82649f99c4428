"""The clauses of a parse: each predicate with its arguments found, also the shared and unspoken ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.nlp.empty import has_to, is_cleft
from kg.nlp.lists import distributed, listed
from kg.nlp.obliques import Oblique, antecedent, clause_obliques, obliques_of, stranded
from kg.nlp.roles import is_actor
from kg.nlp.subjects import subjects_of
from kg.nlp.syntax import (
    SUBJECTS,
    child,
    children,
    conjuncts,
    fronted,
    has_relative,
    is_passive,
    is_verbal,
    whose_object,
)
from kg.nlp.tree import Doc, Token
from kg.ontology import lexicon

__all__ = ["Clause", "Oblique", "find_clauses", "listed", "obliques_of"]

_QUESTION_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
_CORE = SUBJECTS | {"dobj"}
_PREDICATES = frozenset({"ADJ", "NOUN", "PROPN"})


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
    """Return the clauses of a parsed document by the index of their predicate, in text order.

    A verb that is left out ("Poland sent tanks and Latvia trucks") is found at its object.
    """
    finder = _Finder()
    found = {
        token.i: finder.clause(token) for token in doc if is_verbal(token) and token.text.lower() != token.text.upper()
    }
    gapped = {noun.i: clause for each in found.values() for noun, clause in _gapped(each)}
    return dict(sorted({**gapped, **found}.items())) if gapped else found


class _Finder:
    """Finds clauses, each once; subjects of a clause may be those of another."""

    def __init__(self) -> None:
        self._clauses: dict[int, Clause] = {}

    def clause(self, verb: Token) -> Clause:
        if verb.i not in self._clauses:
            self._clauses[verb.i] = self._build(verb)
        return self._clauses[verb.i]

    def _build(self, verb: Token) -> Clause:
        passive = is_passive(verb)
        subjects, how = subjects_of(verb, passive, self.clause)
        datives = _datives(verb)
        obliques = clause_obliques(verb)
        if verb.dep_ == "ccomp" and is_cleft(verb.head):  # "it was in Vienna that the deal was signed"
            obliques += [o for o in obliques_of(verb.head) if child(verb.head, "attr") is None]
        return Clause(
            head=verb,
            passive=passive,
            subjects=tuple(subjects),
            how=how,
            objects=tuple(o for o in _objects(verb, passive) if o not in datives),
            datives=tuple(datives),
            agents=tuple(_agents(verb)),
            obliques=tuple(obliques),
            complement=_complement(verb),
            embedded=tuple(c for c in children(verb, "ccomp", "xcomp") if _small_subject(c) is None),
            relatives=tuple(_relatives(verb)),
        )


def _complement(verb: Token) -> Token | None:
    """Return the predicate: "is ready", "became a member", "declared it illegal", "named her minister"."""
    found = child(verb, "attr", "acomp", "oprd")
    if found is not None:
        return found
    small = next((c for c in children(verb, "ccomp") if _small_subject(c) is not None), None)
    if small is not None:
        return small
    return next((o for o in children(verb, "dobj") if _is_named(o, fronted(o))), None)


def _small_subject(predicate: Token) -> Token | None:
    """Return the subject of a clause without verb: "declared the vote illegal", "considers it a mistake"."""
    if predicate.dep_ != "ccomp" or predicate.pos_ not in _PREDICATES or predicate.i < predicate.head.i:
        return None
    subject = child(predicate, "nsubj")
    if subject is None or child(predicate, "cop", "aux", "auxpass", "mark") is not None:
        return None
    return subject if subject.i > predicate.head.i else None


def _is_named(noun: Token, name: Token | None) -> bool:
    naming = lexicon().words("naming", "verb")
    return name is not None and noun.head.lemma_.lower() in naming


# -- objects


def _objects(verb: Token, passive: bool) -> list[Token]:
    found: list[Token] = []
    for each in children(verb, "dobj", "oprd"):
        name = fronted(each)
        if name is not None and _is_named(each, name):
            found = [f for f in found if f.i + 1 != name.left_edge.i or f.ent_type_ != name.ent_type_]
            found.append(name)
        elif each.dep_ == "dobj":
            found.extend(n for n in listed(antecedent(each)) if n is each or not _left_out(n))
    if found or passive:
        return found
    if verb.dep_ == "relcl" and child(verb, *SUBJECTS) is not None and not _asks(verb) and stranded(verb) is None:
        plain = verb.head.pos_ in {"NOUN", "PROPN"} and not child(verb, "ccomp", "xcomp", "acomp", "attr")
        return [distributed(verb.head)] if plain else []
    if (noun := whose_object(verb)) is not None:
        return listed(noun)
    embedded = children(verb, "ccomp")
    small = [s for c in embedded if (s := _small_subject(c)) is not None]
    if small:
        return [noun for each in small if each.lower_ != "it" for noun in listed(each)]
    return (_caused(verb, embedded) if embedded else []) or _shared_object(verb)


def _asks(verb: Token) -> bool:
    """Tell whether a relative pronoun or adverb stands before the verb: then the noun fills its place."""
    return any(t.tag_ in _QUESTION_TAGS for t in verb.doc[verb.left_edge.i : verb.i])


def _caused(verb: Token, embedded: list[Token]) -> list[Token]:
    """Return whom a verb makes or lets do something ("made the prisoners dig")."""
    words, lemma = lexicon(), verb.lemma_.lower()
    if lemma in words.words("objectControl", "verb") or lemma in words.words("causative", "verb"):
        for inner in embedded:
            bare = inner.tag_ == "VB" or has_to(inner)
            if bare and child(inner, "mark", "aux") in (None, *children(inner, "aux")):
                subject = child(inner, *SUBJECTS)
                if subject is not None and subject.i > verb.i:
                    return listed(subject)
    return []


def _shared_object(verb: Token) -> list[Token]:
    """Return the object of the last verb in "built and sold cars" for the first ones.

    Where the verbs have subjects of their own a comma parts the object from both ("X has approved, and Y has
    signed, the reform").
    """
    following = next((c for c in children(verb, "conj") if is_verbal(c)), None)
    if following is None or child(verb, "prep", "acomp", "attr", "ccomp", "xcomp", "prt") is not None:
        return []
    objects = children(following, "dobj")
    if child(following, *SUBJECTS) is not None:
        doc = verb.doc
        parted = objects and doc[verb.i + 1].text == "," and doc[objects[0].left_edge.i - 1].text == ","
        return [noun for each in objects for noun in listed(each)] if parted else []
    between = verb.doc[verb.i + 1 : following.i]
    if all(t.dep_ in {"cc", "punct", "advmod", "conj"} for t in between):
        return [noun for each in objects for noun in listed(each)]
    return []


def _datives(verb: Token) -> list[Token]:
    found = [noun for each in children(verb, "dative") if each.pos_ != "ADP" for noun in listed(each)]
    if found:
        return found
    objects = children(verb, "dobj")
    if len(objects) > 1 and is_actor(objects[0]) and "," not in verb.doc[objects[0].i : objects[1].left_edge.i].text:
        return listed(objects[0])  # "charged customers hidden fees"
    name = fronted(objects[0]) if objects else None
    return [name] if name is not None and not _is_named(objects[0], name) else []


def _agents(verb: Token) -> list[Token]:
    return [
        noun for by in children(verb, "agent") for each in children(by, "pobj") for noun in listed(antecedent(each))
    ]


def _relatives(verb: Token) -> list[Token]:
    """Return the relative pronouns among a verb's own subject and object."""
    return [c for c in verb.children if has_relative(c) and c.dep_ in _CORE and antecedent(c) is not c]


# -- verbs left out


def _left_out(noun: Token) -> bool:
    """Tell whether a noun coordinated with an object has a subject or recipient of its own before it."""
    return noun.dep_ == "conj" and fronted(noun) is not None


def _gapped(clause: Clause) -> list[tuple[Token, Clause]]:
    """Return the clauses whose verb is left out: "Poland sent tanks and Latvia trucks", "Nepal tents and Peru rice"."""
    first = next(iter(clause.objects), None)
    if first is None or first.dep_ != "dobj":
        return []
    found = []
    for noun in conjuncts(first)[1:]:
        name = fronted(noun)
        if name is None:
            continue
        own = replace(clause, objects=(noun,), how="shared", relatives=(), embedded=())
        if clause.datives:
            found.append((noun, replace(own, datives=(name,))))
        elif clause.subjects:
            found.append((noun, replace(own, subjects=(name,), obliques=())))
    return found
