"""Tell numbers that count from numbers that name: models, resolutions, ages, scores, telephones."""

from __future__ import annotations

from kg.nlp.quantity.number import DASHES, Number, Text
from kg.nlp.time.numerals import digits_value, number_words
from kg.nlp.tree import Doc, Token
from kg.ontology import lexicon

_NAMES = frozenset({"PRODUCT", "LAW", "ORG", "FAC", "WORK_OF_ART", "EVENT", "PERSON", "LOC", "GPE", "DATE", "TIME"})


def is_label(text: Text, number: Number, unit: str | None, *, ranged: bool) -> bool:
    """Tell whether a number names or orders something, or tells an age, and counts nothing."""
    token, word = text.doc[number.start], text.words[number.start]
    if unit or number.vague:
        return False
    if _is_phone(text, number):
        return True
    if ranged:
        return _is_name(text, number)
    if any(test(text, number) for test in (_in_compound, _is_age, _is_ratio)):
        return True
    if word[0] == "0" and len(word) > 1 and word[1].isdigit():
        return True
    if word == "one" and number.end == number.start + 1:
        return not (token.dep_ == "nummod" and token.head.i > token.i)
    if number.scaled or "," in word:
        return False
    return _is_name(text, number) or (token.is_sent_start is True and text.word(number.end) in {".", ")"})


def follows_name(doc: Doc, i: int) -> bool:
    """Tell whether the number at ``i`` stands after a proper name or a noun that takes a number as its label."""
    before = doc[i - 1] if i else None
    if before is None or doc[i].tag_ not in {"CD", "NNP"}:
        return False
    if before.text == "." and i > 1:  # "No. 5"
        return doc[i - 2].text == "No"
    return before.tag_ in {"NNP", "NNPS"} or before.lemma_.lower() in lexicon().words("time-label-noun", "noun")


def _is_name(text: Text, number: Number) -> bool:
    """Tell whether the number is a name: it follows one, did so elsewhere in the text, or modifies a singular noun."""
    token, word = text.doc[number.start], text.words[number.start]
    if follows_name(text.doc, number.start) or token.tag_ in {"LS", "NNP", "NNPS"}:
        return True
    if not word.isdigit():
        return False
    head = token.head if token.dep_ in {"nummod", "compound"} and token.head.i > token.i else None
    if head is not None and head.tag_ == "NN" and word not in text.names:
        return head.text.lower() not in lexicon().words("quantity-invariant", "noun") and number.value > 1
    if word in text.names:
        return head is None or head.tag_ not in {"NNS", "NNPS"} or head.text.lower() == head.lemma_.lower()
    return token.ent_type_ in _NAMES


def _is_phone(text: Text, number: Number) -> bool:
    """Tell whether digits belong to a telephone number: "555-1234", "030 12345"."""
    word, before = text.words[number.start], text.word(number.start - 1)
    if text.word(number.end) in DASHES and word.isdigit() and len(word) == 3:
        following = text.word(number.end + 1)
        if following.isdigit() and len(following) == 4:
            return True
    return before.isdigit() and word.isdigit() and text.doc[number.start - 1].ent_type_ not in {"DATE", "TIME"}


def _is_ratio(text: Text, number: Number) -> bool:
    """Tell whether the number stands in a proportion or a score: "two to one", "1 in 10".

    "from 9 to 4" is a fall, and both numbers count.
    """
    ahead, twice = text.word(number.end), text.word(number.end + 1)
    if ahead == "to" and _is_numeral(twice) and text.word(number.start - 1) not in {"from", "by"}:
        return True
    if ahead == "in" and number.value == 1 and _is_numeral(twice) and not (twice.isdigit() and len(twice) == 4):
        return True
    before, first = text.word(number.start - 1), text.word(number.start - 2)
    if before == "in" and first in {"one", "1"} and number.value < 1000:
        return True
    return before == "to" and _is_numeral(first) and text.word(number.start - 3) not in {"from", "by"}


def _is_numeral(word: str) -> bool:
    return word in number_words() or digits_value(word) is not None


def _in_compound(text: Text, number: Number) -> bool:
    """Tell whether hyphens, slashes or "th" tie the number to what is no unit ("A380-800", "3-2", "two-party")."""
    if text.word(number.end) in {"st", "nd", "rd", "th"}:
        return True
    joined = DASHES | {"/", ":"}
    follows = text.word(number.end) in joined and not text.doc[number.end - 1].whitespace_
    if follows and text.word(number.end + 1) in {"strong", "plus", "odd"}:
        return False
    before = number.start > 1 and text.word(number.start - 1) in joined and not text.doc[number.start - 1].whitespace_
    return bool(follows or (before and not text.doc[number.start - 2].whitespace_))


def _is_age(text: Text, number: Number) -> bool:
    """Tell whether the number is somebody's age: "aged 55", "the age of 56", "Maria Ruiz, 41,"."""
    before, twice = text.word(number.start - 1), text.word(number.start - 2)
    if text.word(number.end) in {"year", "years", "times"}:  # a duration is a time already, times count no things
        return True
    if before in {"aged", "age", "ages"} or (before == "of" and twice in {"age", "ages"}):
        return True
    if before != "," or text.word(number.end) not in {",", ".", ")"} or number.start < 2:
        return False
    named: Token = text.doc[number.start - 2]
    return named.tag_ == "NNP" and 1 <= number.value <= 120
