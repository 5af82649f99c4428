"""Reports without a verb of saying: "according to X", "in X's view", "X's claim that", "X is sure that", "X: …"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from functools import cache

from kg.nlp.quotation import Quotation, paragraphs
from kg.nlp.speech import SUBJECTS, Kind, Range, Report, SpeechWords, has_finite, minus, speech_words, subtree, trim
from kg.nlp.speech_source import noun_phrase, speaker_of
from kg.nlp.syntax import indices_of
from kg.nlp.tree import Doc, Token

_OWNED = frozenset({"by", "from", "of", "among", "within"})
_DASHES = frozenset({"--", "–", "—", "―", "-"})
_COPULAS = frozenset({"appear", "be", "become", "feel", "grow", "remain", "seem", "sound", "stay"})
_SETTING = frozenset({"according", "per"})
_CLAUSES = frozenset({"acl", "relcl", "ccomp", "advcl"})
_LONGEST_NAME = 5


def phrase_reports(doc: Doc, quoted: Container[int]) -> Iterator[Report]:
    """Yield "according to X, S", "in X's view, S", "X's claim that S", "X is confident that S".

    Within a quotation (the tokens ``quoted``) a belief is the speaker's own, and gives no report.
    """
    words = speech_words()
    for i in _candidates(doc):
        token, report = doc[i], None
        if token.lower_ == "according":
            report = _according(doc, token)
        elif token.dep_ == "pobj" and f"{token.head.lower_} {token.lemma_.lower()}" in words.views:
            report = _viewpoint(doc, token)
        elif token.dep_ == "prep" and token.lower_ == "per":
            report = _per(doc, token)
        elif token.dep_ in _CLAUSES and token.head.i < token.i:
            report = _clause_report(doc, token, words)
        if report is not None and not (report.kind is Kind.ATTITUDE and token.i in quoted):
            yield report


def _candidates(doc: Doc) -> list[int]:
    """Return the tokens that a report without a verb of saying may hang on."""
    found = {*indices_of(doc, _SETTING), *indices_of(doc, _CLAUSES, attribute="DEP")}
    found.update(indices_of(doc, _view_nouns(), attribute="LEMMA"))
    return sorted(found)


@cache
def _view_nouns() -> frozenset[str]:
    return frozenset(phrase.split()[1] for phrase in speech_words().views)


# -- according to, in the view of


def _according(doc: Doc, token: Token) -> Report | None:
    to = next((child for child in token.children if child.lower_ == "to"), None)
    source = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if to is None or source is None:
        return None
    phrase = (token.i, source.right_edge.i + 1)
    return _set_in(doc, token, cue=(token.i, to.i + 1), source=noun_phrase(source), phrase=phrase)


def _viewpoint(doc: Doc, noun: Token) -> Report | None:
    """Return "in X's view, S" and "in the view of X, S"."""
    if noun.head.dep_ != "prep":
        return None
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is None:
        of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
        owner = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    if owner is None or owner.lower_ == "its":
        return None
    source = noun_phrase(owner)
    phrase = (noun.head.i, max(noun.i + 1, source[1]))
    cue = (noun.i, noun.i + 1) if owner.i < noun.i else (noun.head.i, noun.i + 1)
    return _set_in(doc, noun.head, cue=cue, source=source, phrase=phrase)


def _per(doc: Doc, token: Token) -> Report | None:
    """Return "S, per X": whoever has a name, or "the" noun set apart, not "per day"."""
    source = next((c for c in token.children if c.dep_ == "pobj"), None)
    if source is None:
        return None
    named = source.pos_ == "PROPN" and source.ent_type_ in ("PERSON", "ORG", "GPE")
    apart = token.i == token.sent.start or doc[token.i - 1].text == ","
    if not named and not (apart and any(c.dep_ == "det" and c.lower_ == "the" for c in source.children)):
        return None
    phrase = (token.i, source.right_edge.i + 1)
    return _set_in(doc, token, cue=(token.i, token.i + 1), source=noun_phrase(source), phrase=phrase)


def _set_in(doc: Doc, head: Token, *, cue: Range, source: Range, phrase: Range) -> Report | None:
    """Return what a phrase that names the source is set into: its clause, the whole sentence where commas part them."""
    clause = head.head
    while clause.pos_ not in ("VERB", "AUX") and clause.head.i != clause.i:
        clause = clause.head
    sentence = head.sent
    whole = subtree(clause)
    apart = phrase[0] == sentence.start or doc[phrase[0] - 1].text in ',")'
    if apart or clause.pos_ not in ("VERB", "AUX"):
        whole = (sentence.start, sentence.end)
        for i in range(*whole):
            if doc[i].text == ";":
                whole = (whole[0], i) if i > phrase[0] else (i + 1, whole[1])
                if i > phrase[0]:
                    break
    pieces = tuple(t for piece in minus(whole, phrase) if (t := trim(doc, piece)))
    return Report(cue, source, pieces) if pieces else None


# -- nouns and adjectives with a clause


def _clause_report(doc: Doc, clause: Token, words: SpeechWords) -> Report | None:
    """Return "the claim that S", "the hope is that S", "X is sure that S", "X made it clear that S"."""
    head = clause.head
    mark = next((c for c in clause.children if c.dep_ == "mark" and c.lower_ == "that"), None)
    if head.lower_ in words.holding and (clause.dep_ == "ccomp" or mark is not None):
        return _adjective_report(doc, head, clause)
    if mark is None or clause.dep_ == "advcl":
        return None
    if head.pos_ == "NOUN" and head.lemma_.lower() in words.held:
        if _under_a_verb_of_saying(head, words):
            return None
        return _noun_report(doc, head, clause, without=mark)
    if head.lemma_ == "be" and clause.dep_ == "ccomp":
        noun = next((c for c in head.children if c.dep_ == "nsubj" and c.pos_ == "NOUN"), None)
        if noun is not None and noun.lemma_.lower() in words.held:
            return _noun_report(doc, noun, clause, without=mark)
    return None


def _under_a_verb_of_saying(noun: Token, words: SpeechWords) -> bool:
    """Tell whether the clause after a noun is the verb's: "said in a statement that"."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ in ("in", "on", "at", "during")
        and verb.pos_ == "VERB"
        and verb.lemma_.lower() in words.quoting
        and not any(c.dep_ == "ccomp" for c in verb.children)
    )


def _noun_report(doc: Doc, noun: Token, clause: Token, *, without: Token) -> Report | None:
    """Return what "the claim that S" reports; its source is the possessor, or the subject of "make a claim"."""
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    source = noun_phrase(owner) if owner is not None else None
    if owner is None:
        by = [c for c in noun.children if c.dep_ == "prep" and c.lower_ in _OWNED and c.i < clause.i]
        owner = next((c for prep in by for c in prep.children if c.dep_ == "pobj"), None)
        if owner is None and (verb := _governor(noun)) is not None:
            owner = speaker_of(verb)
        if owner is not None:
            source = noun_phrase(owner, without=noun if owner.i > noun.i else without)
    content = trim(doc, subtree(clause))
    kind = Kind.SAYING if noun.lemma_.lower() in speech_words().nouns else Kind.ATTITUDE
    if kind is Kind.ATTITUDE and source is None:
        return None
    return Report((noun.i, noun.i + 1), source, (content,), kind) if content else None


def _governor(noun: Token) -> Token | None:
    """Return the verb whose subject holds what the noun says: "voiced hope that", "is under the impression that"."""
    if noun.dep_ == "dobj" or (noun.dep_ == "pobj" and noun.head.lower_ in ("in", "with", "under", "of")):
        head = noun.head if noun.dep_ == "dobj" else noun.head.head
        words = speech_words()
        return head if head.pos_ == "AUX" or head.lemma_.lower() in (words.expressing | words.rejecting) else None
    return None


def _adjective_report(doc: Doc, adjective: Token, clause: Token) -> Report | None:
    verb = adjective if adjective.pos_ == "VERB" else adjective.head
    if verb.lemma_ == "make" and adjective.lower_ == "clear":
        subject = speaker_of(verb)
    elif verb.lemma_ in _COPULAS or verb.tag_ == "VBN":
        own = next((c for c in verb.children if c.dep_ in SUBJECTS or c.dep_ == "nsubjpass"), None)
        subject = own if own is not None and own.i < adjective.i else speaker_of(verb)
    else:
        return None
    if subject is None:
        return None
    expletive = subject.lower_ in ("it", "there", "that", "this", "what")
    source = None if expletive else noun_phrase(subject, without=adjective)
    content = trim(doc, subtree(clause))
    return Report((adjective.i, adjective.i + 1), source, (content,), Kind.ATTITUDE) if content else None


# -- a name and a colon, a dash and a name


def labelled_reports(doc: Doc, quotations: tuple[Quotation, ...]) -> Iterator[Report]:
    """Yield "Smith: the bridge is safe" at the head of a paragraph, and '"The bridge is safe." — Smith'.

    Before the colon stands a name, "Report" or the like, or a label that opens several paragraphs, as in a transcript,
    or a quotation.
    """
    nouns = speech_words().nouns
    names = {(ent.start, ent.end) for ent in doc.ents if ent.label_ in ("PERSON", "ORG")}
    openings = {quotation.start for quotation in quotations}
    labels = list(_labels(doc))
    counts = Counter(doc[start:colon].text for start, colon, _ in labels)
    for start, colon, end in labels:
        label = doc[start:colon]
        named = (start, colon) in names or (len(label) == 1 and label[0].lower_ in nouns)
        used = colon + 1 in openings or counts[label.text] > 1
        if named or (used and all(token.pos_ == "PROPN" for token in label)):
            content = _labelled(doc, colon + 1, end, quotations)
            if content is not None:
                yield Report((colon, colon + 1), (start, colon), (content,))
    for quotation in quotations:
        if (signature := _signature(doc, quotation.end)) is not None:
            yield Report(signature[0], signature[1], ((quotation.start, quotation.end),))


def _labelled(doc: Doc, start: int, end: int, quotations: tuple[Quotation, ...]) -> Range | None:
    """Return what follows a label: the quotation that begins there, else the paragraph."""
    quoted = next((q for q in quotations if q.start == start), None)
    return (quoted.start, quoted.end) if quoted is not None else trim(doc, (start, end))


def _labels(doc: Doc) -> Iterator[tuple[int, int, int]]:
    """Yield the paragraphs that open with a few words and a colon: start, colon, end."""
    for start, end in paragraphs(doc):
        first = start + 1 if doc[start].text == '"' else start
        colon = next((i for i in range(first, min(first + 6, end)) if doc[i].text == ":"), None)
        if colon is not None and colon > first and has_finite(doc, colon + 1, end):
            yield first, colon, end


def _signature(doc: Doc, end: int) -> tuple[Range, Range] | None:
    """Return the dash and the name that sign a quotation and end the paragraph: '"…." — Ann Lee'."""
    if end + 1 >= len(doc) or doc[end].text not in _DASHES or doc[end - 2].text not in (".", "!", "?", "…"):
        return None
    last = end + 1
    while last < len(doc) and last - end <= _LONGEST_NAME and doc[last].text[:1].isupper():
        last += 1
    ends = last == len(doc) or doc[last].is_space or doc[last].text in ',("'
    return ((end, end + 1), (end + 1, last)) if last > end + 1 and ends else None
