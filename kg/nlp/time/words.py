"""The words of a document, looked up once for each spelling: quicker than asking token after token."""

from __future__ import annotations

from kg.nlp.tree import Doc


def spelled(doc: Doc) -> list[str]:
    """Return the text of each token."""
    keys: list[int] = doc.to_array("ORTH").tolist()
    strings = doc.vocab.strings
    texts = {key: strings[key] for key in set(keys)}
    return [texts[key] for key in keys]
