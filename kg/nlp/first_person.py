"""Resolve "I" and "we" of a quotation: who speaks, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.gazetteer import load_gazetteer
from kg.model import Attribution
from kg.nlp.chains import Chain
from kg.nlp.discourse import Discourse
from kg.nlp.metonymy import stands_for_government
from kg.nlp.pronouns import chain_for, persons
from kg.nlp.speech_source import noun_phrase
from kg.nlp.syntax import indices_of
from kg.nlp.tree import Span as TokenSpan
from kg.nlp.tree import Token
from kg.ontology import lexicon

_SPEAKER = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
_SINGULAR_SPEAKER = frozenset({"i", "me", "my", "mine", "myself"})
_BELONGS = frozenset({"of", "for", "at", "from", "with"})
_AUTHOR = frozenset({"by", "from"})
_NAMING = frozenset({"compound", "nmod", "appos", "conj", "flat"})
_STATE_LINKS = frozenset({"compound", "amod", "nmod", "poss"})


@cache
def _speaking() -> frozenset[str]:
    """Return the nouns for whoever can say "I" or "we"."""
    return persons() | lexicon().words("organisation", "noun")


def resolve_first_person(discourse: Discourse) -> None:
    """Add "I" and "we" of a quotation to the chain of its speaker."""
    doc = discourse.doc
    for token in (doc[i] for i in indices_of(doc, _SPEAKER) if i in discourse.quotation):
        if token.tag_ not in ("PRP", "PRP$"):
            continue
        said = [
            a
            for a in discourse.attributions
            if a.source is not None
            and a.cue is not None
            and a.content.start <= token.idx < a.content.end
            and not _quoted(a, discourse)
        ]
        if not said:
            continue
        innermost = min(said, key=lambda a: (a.content.end - a.content.start, a.content.start))
        assert innermost.source is not None
        source = doc.char_span(innermost.source.start, innermost.source.end, alignment_mode="expand")
        if source is None or source.root.i in discourse.quotation or source.start <= token.i < source.end:
            continue
        chain = _speaker_chain(source, token, discourse)
        if chain is not None:
            discourse.add(chain, (token.i, token.i + 1))


def _quoted(attribution: Attribution, discourse: Discourse) -> bool:
    """Tell whether the cue itself stands within a quotation."""
    assert attribution.cue is not None
    cue = discourse.doc.char_span(attribution.cue.start, attribution.cue.end, alignment_mode="expand")
    return cue is None or cue.start in discourse.quotation


def _speaker_chain(source: TokenSpan, token: Token, discourse: Discourse) -> Chain | None:
    """Return the chain of whoever "I" or "we" is: who speaks; for "we" several, or the body that he speaks for."""
    root, single = source.root, token.lower_ in _SINGULAR_SPEAKER
    chain = discourse.chain_of(root)
    if single:
        return _one_speaker(source, chain, discourse)
    if chain is not None and chain.kind in ("organisation", "plural"):
        return chain
    body = _body(source, token, discourse)
    if body is None and chain is not None and chain.kind == "person":
        body = _body_elsewhere(chain, token, discourse)
    if body is not None:
        return body
    if chain is not None or root.tag_ not in ("NNS", "NNPS"):
        return None  # whom one person speaks for is not said
    people = _people(source, discourse)
    if people:
        return people[0] if all(c is people[0] for c in people) else None
    return chain_for(root, discourse, "plural") if _speaks(root) else None


def _one_speaker(source: TokenSpan, chain: Chain | None, discourse: Discourse) -> Chain | None:
    root = source.root
    if chain is not None:
        return chain if chain.kind == "person" else None
    people = _people(source, discourse)
    if people:
        return people[0] if all(c is people[0] for c in people) else None
    if root.pos_ not in ("NOUN", "PROPN") or not _speaks(root):
        return None
    return chain_for(root, discourse, "person" if root.tag_ in ("NN", "NNP") else "plural")


def _people(source: TokenSpan, discourse: Discourse) -> list[Chain]:
    """Return the persons whom a source names, or whom words are by: not whom a letter is to, a spokesman is for."""
    people = ((t, discourse.owner.get(t.i)) for t in source)
    return [c for t, c in people if c is not None and c.kind == "person" and _is_named_by(t, source)]


def _is_named_by(token: Token, source: TokenSpan) -> bool:
    while token.i != source.root.i:
        author = token.dep_ == "pobj" and token.head.lower_ in _AUTHOR and not _speaks(token.head.head)
        if token.dep_ not in _NAMING and not author:
            return False
        token = token.head.head if author else token.head
    return True


def _speaks(root: Token) -> bool:
    return root.pos_ == "PROPN" or root.lemma_.lower() in _speaking()


# --- whom somebody speaks for -------------------------------------------------------------------------


def _body_elsewhere(person: Chain, token: Token, discourse: Discourse) -> Chain | None:
    """Return the one body or state that a title or an apposition gives a person anywhere in the document."""
    key = (id(person), stands_for_government(token, start=token.i))
    if key in discourse.spoken_for:
        return discourse.spoken_for[key]
    found: list[Chain] = []
    for start, end in person.mentions:
        head = discourse.doc[start:end].root
        if head.pos_ == "PROPN":
            first, last = noun_phrase(head)
            body = _body(discourse.doc[first:last], token, discourse)
            if body is not None and not any(body is other for other in found):
                found.append(body)
    discourse.spoken_for[key] = found[0] if len(found) == 1 else None
    return discourse.spoken_for[key]


def _body(source: TokenSpan, token: Token, discourse: Discourse) -> Chain | None:
    """Return whom the speaker of a noun phrase represents: the only organisation in it, else the only state.

    The phrase has to give him an office there ("chief executive of Airbus", "French President") or say that he is
    of it ("Ann Lee of Airbus"); a critic of Airbus speaks for himself. "We" is the state only where governments act:
    "we will deploy troops", not "we are all tired".
    """
    offices, formerly = lexicon().words("representative", "noun"), lexicon().words("formerly", "adjective")
    tokens = list(source)
    if any(t.lower_ in formerly for t in tokens):
        return None
    office = any(t.lower_ in offices and t.ent_type_ != "PERSON" for t in tokens)
    bodies: list[Chain] = []
    for t in tokens:
        chain = discourse.owner.get(t.i)
        if chain is not None and _is_organisation(chain) and (office or _is_of(t, source)):
            bodies += [chain] if not any(chain is other for other in bodies) else []
    if bodies or not office:
        return bodies[0] if len(bodies) == 1 else None
    nouns = [t for t in tokens if _is_unnamed_body(t, source)]
    if nouns:
        return chain_for(nouns[0], discourse, "organisation") if len(nouns) == 1 else None
    states = list(_states(source, discourse)) if stands_for_government(token, start=token.i) else []
    return states[0] if len(states) == 1 else None


def _is_organisation(chain: Chain) -> bool:
    """Tell whether a chain is a body with a name: the "State" of a Secretary of State is none."""
    common = any(len(words) == 1 and words[0].lower() in lexicon().words("place", "noun") for words in chain.names)
    return chain.kind == "organisation" and not common


def _is_of(token: Token, source: TokenSpan) -> bool:
    """Tell whether a name hangs on the speaker's own name: "Ann Lee of Airbus"."""
    return token.dep_ == "pobj" and token.head.lower_ in _BELONGS and token.head.head.ent_type_ == "PERSON"


def _is_unnamed_body(token: Token, source: TokenSpan) -> bool:
    """Tell whether a noun is the body that the speaker is of: "General Bondar of the Ukrainian army"."""
    if token.tag_ != "NN" or token.dep_ != "pobj" or token.head.lower_ not in _BELONGS or token.head.i < source.start:
        return False
    return token.lower_ in lexicon().words("organisation", "noun") and any(c.dep_ == "det" for c in token.children)


def _states(source: TokenSpan, discourse: Discourse) -> Iterator[Chain]:
    """Yield the states that a title names: "French President", "ambassador of Peru"."""
    gazetteer = load_gazetteer()
    seen: list[Chain] = []
    for t in source:
        linked = t.dep_ in _STATE_LINKS or (t.dep_ == "pobj" and t.head.lower_ == "of")
        if not linked or t.ent_type_ not in ("GPE", "NORP"):
            continue
        chain = discourse.owner.get(t.i)
        if chain is None:
            entry = next(iter(gazetteer.by_demonym(t.text)), None)
            if entry is None:
                continue
            chain = next((c for c in discourse.chains if c.entry is entry), None)
            if chain is None:
                chain = Chain("place", mentions=[(t.i, t.i + 1)], entry=entry)
                discourse.chains.append(chain)
        if chain.is_a("Country") and not any(chain is other for other in seen):
            seen.append(chain)
            yield chain
