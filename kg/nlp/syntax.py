"""Small questions to a dependency parse, each asked in one place.

The labels are those of spaCy's English pipelines (ClearNLP's scheme).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.gazetteer import load_gazetteer
from kg.nlp.tree import Doc, Span, Token
from kg.ontology import lexicon
from kg.vocab import SCHEMA

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
ACTOR_LABELS = frozenset({"PERSON", "ORG", "NORP", "GPE"})
VALUE_LABELS = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
RELATIVE_TAGS = frozenset({"WDT", "WP"})
FINITE_TAGS = frozenset({"VBZ", "VBP", "VBD", "MD"})
_COUNTRY = str(SCHEMA.Country)
# Right of its head, these end a noun phrase: what follows speaks about it or stands beside it.
_ENDS_PHRASE = frozenset({"relcl", "appos", "conj", "cc", "advcl", "parataxis", "acl", "dep", "punct", "ccomp", "meta"})
_MODIFIERS = frozenset({"aux", "auxpass", "amod", "compound", "nmod", "case", "prep", "mark"})
_LEFT_JUNK = frozenset({"punct", "cc", "preconj", "dep", "meta", "intj"})
# "Ericsson along with Nokia": who stands beside somebody is a participant of his own.
_BESIDE = frozenset({"along", "together", "alongside"})
_AND_IN_NAMES = frozenset({"ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"})
SETTING = frozenset({"in", "at", "on"})  # what a country's name is never modified by
_CHAIN = 64  # so far up a chain of coordinated verbs an auxiliary is looked for


def indices_of(doc: Doc, words: Iterable[str], *, attribute: str = "LOWER") -> list[int]:
    """Return the indices of the tokens whose attribute is one of the words: no token object is made for the others."""
    strings = doc.vocab.strings
    wanted = {strings[word] for word in words}
    return [i for i, key in enumerate(doc.to_array(attribute).tolist()) if key in wanted] if wanted else []


def children(token: Token, *deps: str) -> list[Token]:
    """Return the direct dependents of ``token`` with one of the labels ``deps``, in order."""
    return [child for child in token.children if child.dep_ in deps]


def child(token: Token, *deps: str) -> Token | None:
    """Return the first direct dependent with one of the labels, or None."""
    return next((c for c in token.children if c.dep_ in deps), None)


def conjuncts(token: Token) -> list[Token]:
    """Return ``token`` and all that is coordinated to its right, in order; a name with "&" in it is one."""
    found, inside = [token], set()
    for each in found:
        for other in each.children:
            if other.dep_ == "conj" and other.i > each.i and _same_kind(token, other):
                found.append(other)
                if is_one_name(each, other):
                    inside.add(other.i)
    return sorted((t for t in found if t.i not in inside), key=lambda t: t.i)


def is_one_name(first: Token, other: Token) -> bool:
    """Tell whether two coordinated words are parts of one name or one range.

    "Harper & Lane" is a firm, "Trinidad and Tobago" a country, "between $12 million and $20 million" an amount.
    """
    doc, label = first.doc, first.ent_type_
    if doc[other.left_edge.i - 1].text == "&" and first.pos_ == other.pos_ == "PROPN":
        return "GPE" not in (label, other.ent_type_)
    if not label or label != other.ent_type_ or any(t.ent_iob_ != "I" for t in doc[first.i + 1 : other.i + 1]):
        return False
    if label in VALUE_LABELS:
        opening = next((t for t in first.lefts if t.lower_ in {"between", "from"}), first)
        return opening.i < first.i
    return label in _AND_IN_NAMES and first.pos_ == other.pos_ == "PROPN" and not is_country(first)


def is_country(name: Token) -> bool:
    """Tell whether a token, with what is compounded to it, is the name of a country."""
    if name.pos_ != "PROPN" and name.ent_type_ != "GPE":
        return False
    text = name.doc[name.left_edge.i : name.i + 1].text
    return any(_COUNTRY in entry.types for entry in load_gazetteer().by_name(text))


def fronted(noun: Token) -> Token | None:
    """Return the name that the parser took into the noun phrase after it: there are two objects.

    A name before a number is not part of its phrase ("sold Hungary 14 jets"), a country's name never modifies what
    is given ("sent Nepal tents": it would be "Nepalese"), persons in the plural seldom do ("granted the miners
    leave"), and who is "elected Morales president" is Morales.
    """
    if noun.dep_ not in {"dobj", "oprd", "attr", "conj"}:
        return None
    name = next((c for c in noun.lefts if c.dep_ != "det"), None)
    if name is None or name.dep_ not in {"compound", "nmod", "poss", "amod"} or child(name, "case") is not None:
        return None
    for later in noun.lefts:  # "Ana Diaz" of "elected Ana Diaz president"
        if later.i == name.i + 1 and later.ent_iob_ == "I" and name.ent_type_:
            name = later
    first = noun
    while first.dep_ == "conj" and first.head.i < first.i:
        first = first.head
    words, verb = lexicon(), first.head.lemma_.lower()
    if verb in words.words("naming", "verb") and noun.lemma_.lower() in words.words("occupation", "noun"):
        return name if name.tag_ == "PRP$" or name.ent_type_ == "PERSON" else None
    if name.tag_ == "NNS" and name.lemma_.lower() in words.words("person", "noun"):
        return name if verb in words.words("giving", "verb") and noun.dep_ == "dobj" else None
    if (name.pos_ != "PROPN" and name.ent_type_ != "GPE") or verb not in words.words("ditransitive", "verb"):
        return None
    before_number = name.ent_type_ == "GPE" and noun.doc[name.i + 1].dep_ == "nummod"
    return name if before_number or (is_country(name) and len(name) > 3) else None


def _same_kind(first: Token, other: Token) -> bool:
    """Tell whether two words can be coordinated: no noun with a verb, no day with a name."""
    verbal, times = {"VERB", "AUX"}, {"DATE", "TIME"}
    if first.ent_type_ in times and other.pos_ == "PROPN" and other.ent_type_ not in {*VALUE_LABELS, ""}:
        return False
    return (first.pos_ in verbal) == (other.pos_ in verbal)


def is_verbal(token: Token) -> bool:
    """Tell whether a token is a predicate of its own: a verb that is neither auxiliary nor modifier."""
    if token.dep_ in _MODIFIERS:
        return False
    if token.pos_ not in {"VERB", "AUX"}:  # a participle that the tagger took for an adjective
        return token.pos_ == "ADJ" and any(c.dep_ == "auxpass" for c in token.children)
    # "support and enhanced assistance": a participle coordinated with a noun only modifies another noun.
    return not (token.dep_ == "conj" and token.tag_ == "VBN" and token.head.pos_ in {"NOUN", "PROPN"})


def is_hyphenated(word: Token) -> bool:
    """Tell whether a word is but the first part of a compound with a hyphen ("non" of "non-payment"), or the hyphen."""
    doc, after = word.doc, word.i + 1
    if word.text == "-":
        return not word.whitespace_
    return after + 1 < len(doc) and doc[after].text == "-" and not word.whitespace_ and not doc[after].whitespace_


def phrase_start(head: Token) -> int:
    """Return the index of the first token of the noun phrase of ``head``."""
    first = head.doc[head.i - 2] if head.i > 1 else head
    if first != head and first.head == head.head and first.dep_ == head.dep_ and is_hyphenated(first):
        return phrase_start(first)  # "a re-run", which the parser took apart
    front = fronted(head)
    junk = _LEFT_JUNK if head.pos_ in {"VERB", "AUX"} else _LEFT_JUNK | SUBJECTS
    left = [c for c in head.lefts if c.dep_ not in junk and c.dep_ not in {"relcl", "advcl"}]
    left = [c for c in left if front is None or c.i > front.i]
    if not left:
        return head.i
    first = left[0]
    return min(head.i, first.left_edge.i) if first.left_edge.dep_ not in _LEFT_JUNK else first.i


def phrase_end(head: Token, *, participles: bool = False) -> int:
    """Return the index after the last token of the noun phrase of ``head``.

    Prepositional modifiers belong to it; relative clauses, appositions and coordinated phrases do
    not; participle and infinitive clauses only with ``participles``.
    """
    end = head.i + 1
    for right in head.rights:
        dep = right.dep_
        if dep == "acl" and participles and right.left_edge.i == end:
            return right.right_edge.i + 1
        if dep == "case" or (dep == "punct" and right.tag_ == "HYPH"):
            continue
        if dep in _ENDS_PHRASE or (dep == "prep" and (_stands_apart(right) or belongs_to_verb(right))):
            break
        if right.left_edge.i > end and head.doc[right.left_edge.i - 1].dep_ == "punct":
            break
        if dep == "prep" and right.lower_ in SETTING and is_country(head):
            break
        end = max(end, _modifier_end(right))
    joined = [c for c in head.rights if c.dep_ == "conj" and is_one_name(head, c)]
    return max([end, *(phrase_end(c) for c in joined)])


def _stands_apart(preposition: Token) -> bool:
    """Tell whether a preposition does not modify the noun before it: "along with Peru", or nothing after it."""
    words = {preposition.lower_, *(c.lower_ for c in preposition.children if c.dep_ == "advmod")}
    return not any(True for _ in preposition.children) or not words.isdisjoint(_BESIDE)


def belongs_to_verb(preposition: Token) -> bool:
    """Tell whether a preposition that hangs on an object is the verb's.

    Nobody is "an opposition of plotting": a gerund after "of" or "from" says what the object is accused of or kept
    from. "Strip", "accuse" or "inform" take "of" beside an object who is somebody.
    """
    noun = preposition.head
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.dep_ == "agent" else noun.head
    if noun.dep_ not in {"dobj", "pobj"} or preposition.lower_ not in {"of", "from", "for", "against"}:
        return False
    if not is_verbal(verb):
        return False
    words, lemma = lexicon(), noun.lemma_.lower()
    someone = (
        noun.pos_ == "PROPN" or lemma in words.words("person", "noun") or lemma in words.words("occupation", "noun")
    )
    if any(c.dep_ == "pcomp" and c.tag_ == "VBG" for c in preposition.children):
        return someone or lemma in words.words("organisation", "noun")
    someone = someone or lemma in words.words("organisation", "noun")
    if preposition.lower_ != "of" or not someone or verb.lemma_ not in words.words("takesOf", "verb"):
        return False
    inner = child(preposition, "pobj")
    return inner is not None and inner.pos_ == "NOUN" and not inner.ent_type_


def _modifier_end(modifier: Token) -> int:
    if modifier.dep_ == "prep":
        last = None
        for each in modifier.children:
            if each.dep_ == "pobj":
                last = max(last or 0, *(phrase_end(c) for c in conjuncts(each)))
            elif each.dep_ in {"prep", "pcomp"}:
                last = max(last or 0, each.right_edge.i + 1)
        return last or modifier.right_edge.i + 1
    return modifier.right_edge.i + 1


def phrase(head: Token, *, participles: bool = False) -> Span:
    """Return the noun phrase of ``head`` as a spaCy span."""
    start, end = phrase_start(head), phrase_end(head, participles=participles)
    doc = head.doc
    while start < head.i and (doc[start].is_space or (doc[start].is_punct and doc[start].text not in '"$#(')):
        start += 1
    while end - 1 > head.i and (doc[end - 1].is_space or (doc[end - 1].is_punct and doc[end - 1].text not in '")%')):
        end -= 1
    return doc[start:end]


def unquoted(span: Span) -> Span:
    """Return ``span`` without a quotation mark that has no partner in it."""
    doc: Doc = span.doc
    start, end = span.start, span.end
    if span.text.count('"') % 2:
        if doc[start].text == '"' and start + 1 < end:
            start += 1
        elif doc[end - 1].text == '"' and end - 1 > start:
            end -= 1
    return doc[start:end]


def particles(verb: Token) -> list[Token]:
    """Return the particles of a phrasal verb ("set up")."""
    return children(verb, "prt")


def auxiliaries(verb: Token) -> list[Token]:
    """Return the auxiliaries of a verb; a coordinated verb without subject shares the first one's."""
    chain = [verb]
    for each in chain:
        own = children(each, "aux", "auxpass")
        if own:
            return own if all(_fits(v, first) for v, first in pairwise(chain)) else []
        if each.dep_ == "conj" and len(chain) < _CHAIN and child(each, *SUBJECTS) is None and is_verbal(each.head):
            chain.append(each.head)
    return []


def _fits(verb: Token, first: Token) -> bool:
    tags = {verb.tag_, first.tag_}
    return len(tags) == 1 or tags <= {"VB", "VBP"} or tags <= {"VBN", "VBD"}


def shares_form(verb: Token, first: Token) -> bool:
    """Tell whether two coordinated verbs can share one auxiliary: the same inflection."""
    if {verb.tag_, first.tag_} == {"VBN", "VBD"}:
        return bool(auxiliaries(first))
    return _fits(verb, first)


def whose_object(verb: Token) -> Token | None:
    """Return the noun of which a clause without pronoun speaks: "the reactor" of "the reactor the firm built exploded".

    The parser gives the main verb two subjects, side by side, and makes the clause a participle of the second.
    """
    noun = verb.head
    if verb.dep_ != "acl" or verb.tag_ not in {"VBN", "VBD"} or noun.dep_ != "nsubj" or verb.i != noun.i + 1:
        return None
    first = child(noun.head, "nsubj")
    if first is None or first.i >= noun.i or noun.left_edge.i != phrase_end(first):
        return None
    return first


def is_passive(verb: Token) -> bool:
    """Tell whether a verb is passive, also by sharing the auxiliary of the verb it is coordinated with."""
    for _ in range(_CHAIN):
        if not _may_share_voice(verb):
            break
        verb = verb.head
    return _is_passive_itself(verb)


def _is_passive_itself(verb: Token) -> bool:
    if (
        verb.dep_ == "xcomp"
        and verb.head.lemma_ == "be"
        and verb.lemma_ in lexicon().words("passiveInfinitive", "verb")
    ):
        return True
    if any(c.dep_ in {"auxpass", "nsubjpass", "csubjpass"} for c in verb.children):
        return True
    if verb.tag_ != "VBN" or child(verb, "aux") is not None:
        return False
    if verb.dep_ == "acl":
        return whose_object(verb) is None
    small = verb.dep_ == "ccomp" and verb.head.pos_ == "VERB" and child(verb, "mark", "dobj") is None
    if small and child(verb, "nsubj") is not None:
        return _takes_small_clause(verb.head)  # "had the editor arrested"
    return verb.dep_ in {"advcl", "xcomp", "ccomp"} and child(verb, "nsubj", "dobj") is None


def _takes_small_clause(verb: Token) -> bool:
    words = lexicon()
    return verb.lemma_ in words.words("causative", "verb") or verb.lemma_ in words.words("wanting", "verb")


def _may_share_voice(verb: Token) -> bool:
    """Tell whether a participle, coordinated with another and without an object, has that one's voice.

    "was arrested, tried and executed": what stands between two passives is one, though it looks like a past tense.
    """
    if (
        verb.dep_ != "conj"
        or verb.tag_ not in {"VBN", "VBD"}
        or not is_verbal(verb.head)
        or child(verb, "dobj", "aux", "auxpass", *SUBJECTS) is not None
    ):
        return False
    last = next((c for c in verb.children if c.dep_ == "conj" and is_verbal(c)), None)
    between = last is not None and last.tag_ == "VBN" and child(last, "aux", "dobj", *SUBJECTS) is None
    return verb.tag_ in ("VBN", verb.head.tag_) or (between and verb.head.tag_ == "VBN")


def ancestors_within(token: Token, limit: int = 12) -> Iterator[Token]:
    """Yield the governors of ``token``, nearest first, at most ``limit`` of them."""
    while limit and token.head.i != token.i:
        token = token.head
        limit -= 1
        yield token


def has_relative(token: Token) -> bool:
    """Tell whether a token is a relative pronoun ("who", "which", "that")."""
    return token.tag_ in RELATIVE_TAGS
