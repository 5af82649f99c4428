"""Tie each quotation to the verb that introduces it, follows it, or goes on with it."""

from __future__ import annotations

from bisect import bisect_left

from kg.nlp.quotation import Quotation
from kg.nlp.speech import FINITE, Range, has_finite, lemma, speech_words, trim
from kg.nlp.speech_content import is_setting
from kg.nlp.speech_source import noun_phrase, source_of
from kg.nlp.tree import Doc, Token
from kg.ontology import lexicon

_ENDS = frozenset({".", "?", "!", ",", "...", "…", "--", "—", "–", "-", "'"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})


def tie_quotations(
    doc: Doc, quotations: tuple[Quotation, ...], cues: list[Token], sources: dict[int, Range | None]
) -> tuple[dict[int, list[Quotation]], list[Quotation]]:
    """Tie each quotation to the cue beside it, or to the cue of the quotation it goes on from.

    Returns the quotations by the index of their cue, and those without one.
    """
    loose: list[Quotation] = []
    tied: dict[int, list[Quotation]] = {}
    previous: tuple[Quotation, int] | None = None
    for quotation in quotations:
        cue = _cue_beside(doc, quotation, cues, sources)
        if cue is None and previous is not None and _goes_on(doc, quotation, *previous):
            cue = previous[1]
        if cue is None:
            cue = _cue_before(doc, quotation, cues, sources)
        if cue is not None:
            tied.setdefault(cue, []).append(quotation)
            previous = (quotation, cue)
        else:
            loose.append(quotation)
            previous = None if quotation.open else previous
    return tied, loose


def _cue_before(doc: Doc, quotation: Quotation, cues: list[Token], sources: dict[int, Range | None]) -> int | None:
    """Return the cue that closes the sentence right before a quotation of whole sentences: 'A, he said. "B."'."""
    start = _after_blanks(doc, quotation.start)
    if not _is_whole(doc, quotation) or start < 2 or doc[start - 1].text != ".":
        return None
    at = bisect_left(cues, start, key=lambda cue: cue.i) - 1
    if at < 0 or cues[at].i < start - 40:
        return None
    cue = cues[at]
    source = sources[cue.i]
    if source is None or cue.tag_ not in FINITE or any(t.text == "." or t.is_space for t in doc[cue.i : start - 1]):
        return None
    before = doc[min(source[0], cue.i) - 1]
    return cue.i if before.text == "," and before.i >= cue.sent.start else None


def _is_whole(doc: Doc, quotation: Quotation) -> bool:
    """Tell whether a quotation is a sentence of its own, or several."""
    return doc[quotation.end - 2].text in (".", "?", "!") and quotation.end - quotation.start >= 5


def speaker_beside(doc: Doc, quotation: Quotation) -> Range | None:
    """Return who speaks in a quotation that is a sentence of its own: the person who acts in the sentence beside it.

    That is the sentence after it where the quotation opens its paragraph, else the one before. Of a quoted clause the
    verb over it tells who holds it: "she knows that 'it will stay'".
    """
    if (verb := _verb_over(doc, quotation)) is not None:
        return source_of(verb)
    if not _is_whole(doc, quotation):
        return None
    start = _after_blanks(doc, quotation.start)
    before = doc[start - 1] if start else None
    if before is not None and before.text == ":" and (author := _author_of_words(before)) is not None:
        return noun_phrase(author)
    if before is None or before.is_space:
        window = doc[quotation.end : quotation.end + 6]
        if any(t.is_space and "\n" in t.text for t in window):
            return None
        subject = next((t for t in window if t.dep_ == "nsubj"), None)
    elif before.text in (".", "?", "!", ":"):
        subject = next((t for t in before.sent.root.children if t.dep_ == "nsubj" and t.i < before.i), None)
    else:
        return None
    if subject is None or not (subject.ent_type_ == "PERSON" or subject.lower_ in ("he", "she")):
        return None
    return noun_phrase(subject, without=subject.head)


def _verb_over(doc: Doc, quotation: Quotation) -> Token | None:
    """Return the verb of knowing or believing that has a quotation, "that" and all, as its clause."""
    that = doc[quotation.start - 1] if quotation.start else None
    if that is None or that.lower_ != "that" or that.head.i not in range(quotation.start, quotation.end):
        return None
    verb, words = that.head.head, speech_words()
    fits = that.head.dep_ == "ccomp" and verb.i < that.i and lemma(verb) in (words.knowing | words.clause)
    return verb if fits else None


def _author_of_words(colon: Token) -> Token | None:
    """Return "Lee" of "this answer by Lee on Friday:", "Lee's answer:" and "Lee issued this answer:"."""
    words = speech_words()
    nouns = words.nouns | lexicon().words("text", "noun") | lexicon().words("utterance", "noun")
    named = [t for t in colon.doc[colon.sent.start : colon.i] if t.pos_ == "NOUN" and t.lemma_.lower() in nouns]
    for noun in reversed(named):
        by = colon.doc[noun.i + 1]
        after = [c for c in by.children if c.dep_ == "pobj"] if by.lower_ in ("by", "from") else []
        owner = next((c for c in (*after, *noun.children) if c in after or c.dep_ == "poss"), None)
        if owner is None and noun.dep_ == "dobj" and lemma(noun.head) in words.expressing:
            owner = next((c for c in noun.head.children if c.dep_ == "nsubj"), None)
        if owner is not None:
            return owner
    return None


def _cue_beside(doc: Doc, quotation: Quotation, cues: list[Token], sources: dict[int, Range | None]) -> int | None:
    after = bisect_left(cues, quotation.start, key=lambda cue: cue.i)
    if after and cues[after - 1].i > quotation.start - 40 and _leads_to(doc, cues[after - 1], quotation):
        return cues[after - 1].i
    if after < len(cues) and cues[after].i < quotation.end + 40 and _follows(doc, cues[after], quotation, sources):
        return cues[after].i
    return None


def _leads_to(doc: Doc, cue: Token, quotation: Quotation) -> bool:
    """Tell whether nothing but the cue's own complements stands between it and the quotation.

    Without so much as a comma, a mere phrase set apart by blanks is an object: "declared `` total war ''".
    """
    start = _after_blanks(doc, quotation.start)
    between = doc[cue.i + 1 : start]
    if not len(between):
        clause = start == quotation.start or has_finite(doc, start, quotation.end)
        return clause and lemma(cue) in speech_words().quoting
    if any(t.text in '."?!' or (t.is_space and "\n" in t.text and doc[t.i - 1].text != ":") for t in between):
        return False
    if between[-1].text == ":":
        return not has_finite(doc, cue.i + 1, start) or between[-1].head.i == cue.i
    return between[-1].text in (",", "that") and not any(t.pos_ in ("VERB", "AUX") for t in between)


def _follows(doc: Doc, cue: Token, quotation: Quotation, sources: dict[int, Range | None]) -> bool:
    """Tell whether the cue clause comes right after the quotation: "…," Smith said / said Smith."""
    if cue.tag_ not in FINITE or doc[quotation.end - 2].text == "." or _has_clause(doc, cue):
        return False
    between = range(quotation.end, cue.i)
    source = sources[cue.i]
    if source is not None and source[0] < quotation.start < source[1]:
        return False  # a title or a name: 'The film "A Day" opened'
    if source is not None and quotation.start <= source[0] < quotation.end:
        source = None  # whoever is spoken of in it
    if source is None and (found := _beside(doc, cue, quotation.end)):
        sources[cue.i] = source = found
    clause = source is not None and source[0] >= quotation.end and doc[cue.i - 1].text == ","
    for i in between:
        token = doc[i]
        if (
            clause
            and source is not None
            and i > source[0]
            and any(a.dep_ == "relcl" for a in (token, *token.ancestors) if a.i > source[0])
        ):
            continue  # "…," the owner, who was there, said
        in_source = source is not None and source[0] <= i < source[1]
        if in_source or token.is_punct or token.is_space:
            continue
        if token.head.i == cue.i and token.dep_ in ("aux", "advmod", "neg", "npadvmod", "cc"):
            continue
        return False
    return True


def _has_clause(doc: Doc, cue: Token) -> bool:
    """Tell whether a clause without quotation marks follows a cue at once: 'In "The Hour," she said she would go'."""
    for child in cue.children:
        if child.dep_ in ("ccomp", "xcomp") and child.left_edge.i > cue.i and not is_setting(child):
            first = child.left_edge.i
            if any(doc[i].text in ('"', "'") for i in range(cue.i + 1, child.i)):
                return False
            return first == cue.i + 1 or (doc[first].lower_ == "that" and first <= cue.i + 4)
    return False


def _beside(doc: Doc, cue: Token, start: int) -> Range | None:
    """Return the noun phrase between a quotation and its cue, or right after the cue, whatever the parse says."""
    span = trim(doc, (start, cue.i))
    if span and all(doc[i].pos_ not in ("VERB", "AUX") for i in range(*span)):
        return span if doc[span[1] - 1].pos_ in _NOUNS else None
    if span and doc[span[1] : cue.i].text.strip() == ",":
        whole = [t for t in doc[span[0] : span[1]] if t.left_edge.i == span[0] and t.right_edge.i + 1 >= span[1]]
        return next((noun_phrase(t) for t in whole if t.pos_ in _NOUNS), None)
    if span is None and cue.i + 1 < len(doc):
        head = doc[cue.i + 1]
        while head.pos_ in ("PROPN", "NOUN", "DET", "ADJ") and head.head.pos_ in _NOUNS and head.head.i > head.i:
            head = head.head
        if head.pos_ in _NOUNS and head.left_edge.i == cue.i + 1:
            return noun_phrase(head)
    return None


def _goes_on(doc: Doc, quotation: Quotation, last: Quotation, cue: int) -> bool:
    """Tell whether a quotation without a cue continues the one before it.

    It does when that one was left open at the end of its paragraph, or when it begins a sentence of the same
    paragraph and nothing but the cue's clause stands between the two.
    """
    if last.open and quotation.paragraph == last.paragraph + 1:
        return True
    if quotation.paragraph != last.paragraph or not _is_sentence_end(doc, quotation.end):
        return False
    start = _after_blanks(doc, quotation.start)
    between = doc[last.end : start]
    ends = [t.i for t in between if t.text in (".", "?", "!") and t.i < start - 1]
    if ends:
        return False
    if len(between) and cue in range(last.end, quotation.start):
        return between[-1].text in (".", ",", ";", ":", "--", "-", "—", "–") or between[-1].tag_ == "CC"
    return len(between) == 0


def _after_blanks(doc: Doc, start: int) -> int:
    """Return where the blanks right before a token begin; a line break counts as one after a colon only."""
    first = start
    while first and doc[first - 1].is_space:
        first -= 1
    if first and doc[first - 1].text == ":":
        return first
    while start > first and "\n" not in doc[start - 1].text:
        start -= 1
    return start


def _is_sentence_end(doc: Doc, end: int) -> bool:
    """Tell whether a quotation ends a sentence, or leads back to its cue with a comma."""
    return doc[end - 2].text in _ENDS or end >= len(doc) or doc[end].text in _ENDS or doc[end].is_space
