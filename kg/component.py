"""kg as a component of somebody's own spaCy pipeline: ``nlp.add_pipe("kg")``.

spaCy loads this module with every pipeline of an environment in which kg is installed, so it
imports nothing heavy itself.
"""

from __future__ import annotations

from datetime import date

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("kg", default_config={"date": None})
def make_component(nlp: Language, name: str, date: str | None) -> KgComponent:
    """Make the component; ``date`` is the day of publication ("2016-06-14"), to which "on Tuesday" is relative."""
    return KgComponent(date)


class KgComponent:
    """Sets ``doc._.kg`` (the annotation) and ``doc._.kg_statements`` of each parsed document."""

    def __init__(self, published: str | None) -> None:
        self._published = None if published is None else date.fromisoformat(published)
        for name in ("kg", "kg_statements"):
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document in place and return it."""
        from kg.extractors import extract_statements  # noqa: PLC0415 - heavy; see the head of this module
        from kg.nlp.annotation import Annotation  # noqa: PLC0415 - the same

        doc._.kg = Annotation(doc, published=self._published)
        doc._.kg_statements = extract_statements(doc._.kg)
        return doc
