"""Sentence boundaries that the parser must keep: none inside a name, one at each paragraph."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

# "Censor.NET", "Booking.com": a full stop between letters is part of a name.
_INNER_STOP = re.compile(r"\w\.\w+$")


@Language.component("kg_segment")
def segment(doc: Doc) -> Doc:
    """Start a sentence after every blank line, and never after a full stop inside a word."""
    fresh = True
    for token in doc:
        if token.is_space:
            if "\n" in token.text:
                fresh = True
            if token.i:
                token.is_sent_start = False
            continue
        previous = doc[token.i - 1] if token.i else None
        if fresh:
            token.is_sent_start = True
        elif previous is not None and _INNER_STOP.search(previous.text):
            token.is_sent_start = False
        elif previous is not None and not previous.whitespace_ and previous.text[-1:].isalnum() and token.text[:1].isalnum():
            token.is_sent_start = False
        fresh = False
    return doc


