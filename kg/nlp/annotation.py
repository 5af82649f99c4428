"""What the annotators found in one document, in the form in which extractors ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TypeVar

import spacy.tokens

from kg.events import EventTypes, event_types
from kg.gazetteer import Gazetteer
from kg.model import GOVERNMENT, Attribution, Mention, Quantity, QuantityExpression, Span, TimeExpression
from kg.nlp.clauses import Clause, find_clauses
from kg.nlp.coreference import Coreference, find_coreference
from kg.nlp.factuality import FactualityReader
from kg.nlp.quantity import find_quantities
from kg.nlp.speaker import find_speech
from kg.nlp.speech_voice import has_voice, is_asserted, is_implying, is_speaker
from kg.nlp.syntax import PLACE_LABELS, VALUE_LABELS, children, phrase, unquoted
from kg.nlp.time import find_times
from kg.nlp.tree import Doc, Token
from kg.nlp.tree import Span as TokenSpan
from kg.ontology import lexicon
from kg.relations import relation_triggers

_T = TypeVar("_T")
_PRONOUN_TAGS = frozenset({"PRP", "PRP$", "WP", "WDT", "WP$"})


class Annotation:
    """The annotations of one parsed document; each is computed when first asked for."""

    def __init__(
        self,
        doc: spacy.tokens.Doc,
        *,
        published: date | None = None,
        boilerplate: Iterable[Span] = (),
        headline: Span | None = None,
        types: EventTypes | None = None,
        relations: Mapping[str, str] | None = None,
        gazetteer: Gazetteer | None = None,
    ) -> None:
        self.doc = Doc(doc)
        self.text = self.doc.text
        self.types = types or event_types()
        self.relations = relation_triggers() if relations is None else relations
        self._gazetteer = gazetteer
        self.published = published
        self.boilerplate = tuple(boilerplate)
        self._headline = headline
        self.factuality = FactualityReader()
        self._mentions: dict[int, Mention] = {}

    @cached_property
    def clauses(self) -> dict[int, Clause]:
        """The clauses by the index of their predicate."""
        return find_clauses(self.doc)

    @cached_property
    def times(self) -> tuple[TimeExpression, ...]:
        """The time expressions, also those of headline and date line."""
        return find_times(self.doc, published=self.published)

    @cached_property
    def quantities(self) -> tuple[QuantityExpression, ...]:
        """The quantities of the body."""
        return find_quantities(self.doc, times=self.times)

    @cached_property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who says what, without what stands in boilerplate."""
        return tuple(a for a in self._attributions if not self.is_boilerplate(a.content))

    @cached_property
    def stances(self) -> tuple[Attribution, ...]:
        """Who wants, knows or judges what, which makes nobody the speaker of a statement; without boilerplate."""
        return tuple(a for a in self._speech[1] if not self.is_boilerplate(a.content))

    @cached_property
    def _speech(self) -> tuple[tuple[Attribution, ...], tuple[Attribution, ...]]:
        return find_speech(self.doc)

    @cached_property
    def _attributions(self) -> tuple[Attribution, ...]:
        return self._speech[0]

    @cached_property
    def coreference(self) -> tuple[tuple[Span, ...], ...]:
        """Clusters of mentions of one thing, the fullest name first."""
        return self.references.clusters

    @cached_property
    def references(self) -> Coreference:
        """What means the same: clusters, plurals with their members, capitals that stand for governments."""
        skip = frozenset(range(len(self.doc))) - self.body
        return find_coreference(self.doc, gazetteer=self._gazetteer, attributions=self._attributions, skip=skip)

    def is_boilerplate(self, span: Span) -> bool:
        """Tell whether a span lies in the headline, a link line or the source line."""
        return any(span.overlaps(b) for b in self.boilerplate)

    @cached_property
    def body(self) -> frozenset[int]:
        """The indices of the tokens of the body."""
        found = set(range(len(self.doc)))
        for tokens in map(self.tokens, self.boilerplate):
            if tokens is not None:
                found.difference_update(range(tokens.start, tokens.end))
        return frozenset(found)

    @cached_property
    def headline(self) -> frozenset[int]:
        """The indices of the tokens of the headline, which is told apart from the body."""
        tokens = None if self._headline is None else self.tokens(self._headline)
        return frozenset() if tokens is None else frozenset(range(tokens.start, tokens.end)) - self.body

    @cached_property
    def sentences(self) -> list[TokenSpan]:
        """The sentences of which some word stands in the body."""
        return [s for s in self.doc.sents if any(t.i in self.body and not t.is_space and not t.is_punct for t in s)]

    @cached_property
    def sentence_spans(self) -> list[Span]:
        """For each token the characters of its sentence."""
        return [span for sentence in self.doc.sents for span in [span_of(sentence)] * (sentence.end - sentence.start)]

    @cached_property
    def time_tokens(self) -> dict[int, TimeExpression]:
        """The time expression each token belongs to."""
        return self._by_token((t.span, t) for t in self.times)

    @cached_property
    def _quantity_tokens(self) -> dict[int, QuantityExpression]:
        return self._by_token((q.span, q) for q in self.quantities)

    @cached_property
    def _entity_tokens(self) -> dict[int, TokenSpan]:
        return {t.i: e for e in self.doc.ents if e.label_ not in VALUE_LABELS for t in e}

    @cached_property
    def _antecedents(self) -> dict[int, tuple[Span, Span]]:
        """For the last token of each mention in a cluster: its span and its antecedent's."""
        found: dict[int, tuple[Span, Span]] = {}
        for first, *others in self.coreference:
            for span in others:
                tokens = self.tokens(span)
                if tokens is not None:
                    found[tokens.root.i] = (span, first)
        return found

    def _by_token(self, items: Iterable[tuple[Span, _T]]) -> dict[int, _T]:
        found: dict[int, _T] = {}
        for span, item in items:
            tokens = self.tokens(span)
            if tokens is not None:
                found.update(dict.fromkeys(range(tokens.start, tokens.end), item))
        return found

    def tokens(self, span: Span) -> TokenSpan | None:
        """Return the tokens a span of the text covers, or None where it covers none."""
        return self.doc.char_span(span.start, span.end, alignment_mode="expand")

    # -- mentions

    def mention(self, head: Token) -> Mention:
        """Return the mention whose head is ``head``, with its name, quantity and antecedent."""
        if head.i not in self._mentions:
            self._mentions[head.i] = self._build_mention(head)
        return self._mentions[head.i]

    def _build_mention(self, head: Token) -> Mention:
        core = self._phrase(head)
        whole = self._phrase(head, participles=True) if any(c.dep_ == "acl" for c in head.rights) else core
        name, label = self._name(head)
        antecedent = None if name else self._named_apposition(head)
        if antecedent is None and (link := self._antecedents.get(head.i)) is not None:
            first = self.tokens(link[1])
            if first is not None and first.root.i != head.i:
                antecedent = self._together(first) or self.mention(first.root)
        return Mention(
            span=span_of(whole),
            text=" ".join(self.text[core.start_char : core.end_char].split()),
            head=head.lemma_.lower() if head.pos_ != "PROPN" else head.text,
            head_start=head.idx,
            label=GOVERNMENT if head.i in self.references.governments else label,
            name=name,
            pronoun=head.tag_ in _PRONOUN_TAGS or head.pos_ == "PRON",
            quantity=self._quantity(head, core),
            antecedent=antecedent,
            members=self._members(span_of(core)),
        )

    def _together(self, phrase: TokenSpan) -> Mention | None:
        """Return the mention of a coordination that a plural points to ("Ann Smith and Bob Jones"), or None."""
        span, root = span_of(phrase), phrase.root
        members = () if root.i == phrase.end - 1 else self._members(span)
        text = " ".join(phrase.text.split())
        return Mention(span, text, root.lemma_.lower(), root.idx, members=members) if members else None

    def _members(self, span: Span) -> tuple[Mention, ...]:
        """Return the mentions that the plural with that span means together."""
        found = [self.tokens(member) for member in self.references.members.get(span, ())]
        return tuple(self.mention(tokens.root) for tokens in found if tokens is not None)

    def _phrase(self, head: Token, *, participles: bool = False) -> TokenSpan:
        found = phrase(head, participles=participles)
        return unquoted(found) if self.text.count('"', found.start_char, found.end_char) % 2 else found

    def _named_apposition(self, head: Token) -> Mention | None:
        """Return the mention of the name beside a description: "the minister, Ann Smith"."""
        if head.pos_ != "NOUN":
            return None
        for other in children(head, "appos"):
            if other.i in self._entity_tokens and other.pos_ == "PROPN":
                return self.mention(other)
        if head.lemma_.lower() not in lexicon().words("occupation", "noun"):
            return None
        # "the mayor of Uppsala, Anna Lindqvist": the parser hangs a person beside a place, whom the mayor must be
        places = [place for of in children(head, "prep") if of.lower_ == "of" for place in children(of, "pobj")]
        persons = [p for place in places if place.ent_type_ in PLACE_LABELS for p in children(place, "appos")]
        return next((self.mention(p) for p in persons if p.ent_type_ == "PERSON"), None)

    @cached_property
    def _long_names(self) -> dict[str, list[str]]:
        """The names of several words by their last one, the longest first: "Norte" may be "Celdas del Norte" again."""
        found: dict[str, set[str]] = {}
        for entity in self.doc.ents:
            name = _plain_name(entity)
            if entity.label_ in {"ORG", "PERSON", "GPE", "FAC", "LOC"} and " " in name:
                found.setdefault(name.rsplit(" ", 1)[-1], set()).add(name)
        return {last: sorted(names, key=lambda n: (-len(n), n)) for last, names in found.items()}

    def _name(self, head: Token) -> tuple[str, str]:
        """Return the proper name that ends in ``head``, and its entity label."""
        for name in self._long_names.get(head.text, ()):
            start = head.idx + len(head) - len(name)
            if start >= 0 and self.text[start : start + len(name)] == name:
                entity = self._entity_tokens.get(head.i)
                return name, entity.label_ if entity is not None else ""
        entity = self._entity_tokens.get(head.i)
        if entity is not None and (
            head.pos_ in {"PROPN", "NUM", "ADJ"} or entity.end - entity.start > 1 or entity.label_ in {"NORP", "GPE"}
        ):
            return _plain_name(entity), entity.label_
        if head.pos_ != "PROPN":
            return "", ""
        start = head.i
        while (
            start > 0 and self.doc[start - 1].pos_ == "PROPN" and self.doc[start - 1].head.i in range(start, head.i + 1)
        ):
            start -= 1
        return _plain_name(self.doc[start : head.i + 1]), ""

    def _quantity(self, head: Token, core: TokenSpan) -> Quantity | None:
        for i in range(core.start, core.end):
            found = self._quantity_tokens.get(i)
            if found is not None and head.i in {i, self.doc[i].head.i, self.doc[i].head.head.i}:
                return found.quantity
        return None

    # -- speakers

    def speaker(self, token: Token) -> Mention | None:
        """Return who says the clause of ``token``, the innermost source; None is the article itself."""
        for each in self._finite_attributions:
            if (
                each.source is None
                or not each.content.start <= token.idx < each.content.end
                or _in_cue(token, each)
                or self._cut_off(token, each)
            ):
                continue
            source = self.tokens(each.source)
            if source is None or not self._has_voice(source.root, each):
                continue
            if _can_speak(speaker := self.mention(source.root), implied=self._is_implied(each)):
                return speaker
        return None

    def _has_voice(self, source: Token, attribution: Attribution) -> bool:
        cue = self.tokens(attribution.cue) if attribution.cue is not None else None
        return cue is None or has_voice(source, cue[0])

    def _is_implied(self, attribution: Attribution) -> bool:
        cue = self.tokens(attribution.cue) if attribution.cue is not None else None
        return cue is not None and is_implying(cue[0])

    def _cut_off(self, token: Token, attribution: Attribution) -> bool:
        """Tell whether a semicolon outside quotation marks parts a clause from the cue that follows it."""
        if attribution.cue is None or token.idx > attribution.cue.start:
            return False
        between = self.text[token.idx : attribution.cue.start]
        return ";" in between and '"' not in between

    @cached_property
    def _finite_attributions(self) -> list[Attribution]:
        """The attributions of whole clauses, the shortest first.

        In "Poland promised to buy" the buying is Poland's, the saying the article's.
        """
        found = [a for a in self.attributions if self._is_asserted(a)]
        return sorted(found, key=lambda a: (a.content.end - a.content.start, a.content.start))

    def _is_asserted(self, attribution: Attribution) -> bool:
        content = self.tokens(attribution.content)
        cue = self.tokens(attribution.cue) if attribution.cue is not None else None
        return content is None or cue is None or is_asserted(content, cue[0])

    @cached_property
    def cue_tokens(self) -> dict[int, Attribution]:
        """The attribution each cue token opens."""
        return self._by_token((a.cue, a) for a in self.attributions if a.cue is not None)


def span_of(tokens: TokenSpan) -> Span:
    """Return the characters of a spaCy span, without white space at its ends."""
    start, end = tokens.start, tokens.end
    while end - 1 > start and tokens.doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and tokens.doc[start].is_space:
        start += 1
    return Span(tokens.doc[start].idx, tokens.doc[end - 1].idx + len(tokens.doc[end - 1]))


def _in_cue(token: Token, attribution: Attribution) -> bool:
    return attribution.cue is not None and attribution.cue.start <= token.idx < attribution.cue.end


def _can_speak(mention: Mention, *, implied: bool) -> bool:
    """Tell whether a mention may be a speaker: "this" or "which" that points to nothing is none.

    Of what is merely ``implied`` ("it shows that") no "it" is one that does not point to a body or a text.
    """
    if mention.head not in {"this", "that", "which", "it", "these", "those"}:
        return True
    meant = mention.antecedent
    return meant is not None and (not implied or is_speaker(meant.head, meant.label))


def _plain_name(tokens: TokenSpan) -> str:
    start, end = tokens.start, tokens.end
    doc = tokens.doc
    while end - 1 > start and (
        doc[end - 1].tag_ == "POS" or doc[end - 1].is_space or (doc[end - 1].is_punct and doc[end - 1].text != ")")
    ):
        end -= 1
    while start < end - 1 and (doc[start].pos_ == "DET" or doc[start].is_space or doc[start].is_punct):
        start += 1
    return " ".join(doc[start:end].text.split())
