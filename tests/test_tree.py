"""The parse as plain objects answers as spaCy's does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy
import spacy.tokens
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.tree import Doc

if TYPE_CHECKING:
    from spacy.language import Language

VOCAB = spacy.blank("en").vocab
_WORDS = ["Ann", "said", "ships", "will", ",", "\n", "12", '"', "the"]
_VALUES = ["i", "idx", "text", "lower_", "lemma_", "tag_", "pos_", "dep_", "ent_type_", "ent_iob_", "whitespace_"]
_VALUES += ["is_space", "is_punct", "is_quote", "is_alpha", "is_lower", "like_num", "is_sent_start"]


def assert_same(parse: spacy.tokens.Doc) -> None:
    """Compare each answer of each word, and those of all spans."""
    ours = Doc(parse)
    assert ours.text == parse.text
    assert [(s.start, s.end) for s in ours.sents] == [(s.start, s.end) for s in parse.sents]
    assert [(e.start, e.end, e.label_) for e in ours.ents] == [(e.start, e.end, e.label_) for e in parse.ents]
    for theirs, own in zip(parse, ours, strict=True):
        assert [getattr(own, name) for name in _VALUES] == [getattr(theirs, name) for name in _VALUES]
        for name in ("children", "lefts", "rights", "subtree", "ancestors", "sent"):
            assert [t.i for t in getattr(own, name)] == [t.i for t in getattr(theirs, name)], (name, own)
        for name in ("head", "left_edge", "right_edge"):
            assert getattr(own, name).i == getattr(theirs, name).i, (name, own)
    for start in range(len(parse)):
        for end in range(start + 1, min(len(parse), start + 12) + 1):
            theirs_span, own_span = parse[start:end], ours[start:end]
            assert own_span.root.i == theirs_span.root.i, own_span
            for name in ("start", "end", "start_char", "end_char", "text"):
                assert getattr(own_span, name) == getattr(theirs_span, name)
    for start in range(len(parse.text)):
        for end in range(start + 1, min(start + 9, len(parse.text)) + 2):
            for mode in ("strict", "expand"):
                found, expected = ours.char_span(start, end, mode), parse.char_span(start, end, alignment_mode=mode)
                assert (found is None) == (expected is None)
                if found is not None and expected is not None:
                    assert (found.start, found.end) == (expected.start, expected.end)


@given(st.data())
def test_any_tree_answers_as_spacys_does(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=12))
    spaces = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    heads = list(range(len(words)))
    parts = [(0, len(words), -1)]  # no lines cross: each part has a head, and what is beside it two parts of their own
    while parts:
        start, end, above = parts.pop()
        if start < end:
            head = data.draw(st.integers(start, end - 1))
            heads[head] = above if above >= 0 else head
            parts += [(start, head, head), (head + 1, end, head)]
    assert_same(spacy.tokens.Doc(VOCAB, words=words, spaces=spaces, heads=heads, deps=["dep"] * len(words)))


def test_a_slice_is_bounded_as_a_lists() -> None:
    doc = Doc(spacy.tokens.Doc(VOCAB, words=["a", "b", "c"]))
    assert [str(doc[1:9]), str(doc[-2:]), str(doc[2:1]), str(doc[:][1:])] == ["b c", "b c", "", "b c"]
    assert len(Doc(spacy.tokens.Doc(VOCAB))) == 0


@pytest.mark.model
def test_a_parse_answers_as_spacys_does(nlp: Language) -> None:
    assert_same(nlp('Ann Lee, who leads Acme, said: "We will not sell the 12 ships."  It\nrained. No one left.'))
