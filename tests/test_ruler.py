"""The attribute ruler that remembers finds exactly what spaCy's own finds."""

from __future__ import annotations

import pytest
import spacy
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.nlp.model import default_model_path
from kg.nlp.ruler import RememberingMatcher, remember_matches

TEXTS = (
    "The minister's plan, which nobody had read, wasn't passed; it failed by 12 votes to 9 on 3 May 2016.",
    "Y'all ain't gonna believe it. Let's go, c'mon! You've got ta see \"this\" - there's more...",
    "  Two  spaces,\n\na paragraph, an e-mail (a.b@example.org) and $3.5bn.  ",
    "That that is, is; that that is not, is not. Is that it? It is.",
)


def _ruler(vocab: Vocab) -> AttributeRuler:
    ruler = AttributeRuler(vocab)
    ruler.add([[{"LOWER": "run"}]], {"POS": "VERB"})
    ruler.add([[{"LOWER": "let"}, {"LOWER": "'s"}]], {"LEMMA": "us"}, index=1)
    ruler.add([[{"LOWER": {"IN": ["the", "a"]}}]], {"POS": "DET"})
    return ruler


def test_a_ruler_with_patterns_of_one_attribute() -> None:
    vocab = Vocab()
    doc = Doc(vocab, words=["Let", "'s", "run", "the", "run", "of", "a", "lifetime"])
    expected = _ruler(vocab).match(doc)
    ruler = _ruler(vocab)
    remember_matches(ruler, vocab)
    assert isinstance(ruler.matcher, RememberingMatcher)
    assert ruler.match(doc) == expected
    assert ruler.match(doc) == expected, "from memory"
    assert ruler.match(Doc(vocab, words=[])) == []


def test_a_ruler_that_asks_for_something_else_is_left_alone() -> None:
    vocab = Vocab()
    ruler = _ruler(vocab)
    ruler.add([[{"ENT_TYPE": "GPE"}]], {"POS": "PROPN"})
    remember_matches(ruler, vocab)
    assert not isinstance(ruler.matcher, RememberingMatcher)


@pytest.mark.model
def test_the_parse_is_that_of_spacy() -> None:
    plain, ours = spacy.load(default_model_path()), spacy.load(default_model_path())
    remember_matches(ours.get_pipe("attribute_ruler"), ours.vocab)  # type: ignore[arg-type]
    for text in TEXTS:
        expected, found = plain(text), ours(text)
        assert [(t.text, t.pos_, str(t.morph), t.lemma_, t.dep_) for t in found] == [
            (t.text, t.pos_, str(t.morph), t.lemma_, t.dep_) for t in expected
        ]
