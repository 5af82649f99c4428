"""Turn news into an RDF knowledge graph in which every fact leads back to its sentence.

>>> import kg
>>> graph = kg.build([kg.Document("Poland and Latvia signed a treaty in Riga.")])
>>> len(graph.query("SELECT ?event WHERE { ?event kg:agent entity:Poland, entity:Latvia }").rows)
1
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.errors import (
    FormatError,
    KgError,
    LoadError,
    LockedError,
    ModelError,
    OntologyError,
    PackageError,
    QueryError,
    SettingError,
    SourceError,
    StoreError,
    UnknownDocumentError,
)
from kg.model import Document

if TYPE_CHECKING:
    from kg.dataset import Changes, Dataset, build_store, open_store
    from kg.graph import KnowledgeGraph
    from kg.pipeline import Extraction, build, extract
    from kg.validate import validate

__all__ = [
    "Changes",
    "Dataset",
    "Document",
    "Extraction",
    "FormatError",
    "KgError",
    "KnowledgeGraph",
    "LoadError",
    "LockedError",
    "ModelError",
    "OntologyError",
    "PackageError",
    "QueryError",
    "SettingError",
    "SourceError",
    "StoreError",
    "UnknownDocumentError",
    "build",
    "build_store",
    "extract",
    "open_store",
    "validate",
]  # fmt: skip

# spaCy takes a second to import; "import kg" and "kg --help" do not wait for it.
_LAZY = {
    "Changes": "kg.dataset",
    "Dataset": "kg.dataset",
    "build_store": "kg.dataset",
    "open_store": "kg.dataset",
    "KnowledgeGraph": "kg.graph",
    "Extraction": "kg.pipeline",
    "build": "kg.pipeline",
    "extract": "kg.pipeline",
    "validate": "kg.validate",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
