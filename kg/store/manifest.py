"""The manifest of a store: which documents it holds, where they were read from, and with which settings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import chain
from typing import Any

from kg.vocab import BASE

VERSION = 1  # of the layout on disk; another one is not read
DEFAULT_FORMATS = ("ttl", "html")


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A document of the store.

    ``id`` is that of the document, ``content`` a hash of all that reading it depends on but the settings,
    ``file`` the name of the file of its quads as read, ``sources`` are the paths (relative to the folder of the store)
    and addresses it was read from; ``url`` and ``identifier`` are the document's own.
    """

    id: str
    content: str
    file: str
    sources: tuple[str, ...] = ()
    url: str | None = None
    identifier: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What every document of a store was read with, and what was decided across them with.

    ``options`` are those of the build that hold for documents added later (paths relative to the folder of the store);
    ``reader`` names all that decides what a document's quads as read are, each with its version or hash, ``decider``
    all that decides across documents.
    """

    base: str = BASE
    options: Mapping[str, Any] = field(default_factory=dict)
    reader: Mapping[str, str] = field(default_factory=dict)
    decider: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The documents of a store, sorted, its settings, and the formats of the files beside it."""

    documents: tuple[Entry, ...] = ()
    settings: Settings = Settings()
    formats: tuple[str, ...] = DEFAULT_FORMATS

    @property
    def state(self) -> str:
        """Return a hash of all that the graph is made from: the same state, the same graph."""
        made = [self.settings.base, *_flat(self.settings.reader), *_flat(self.settings.decider)]
        return digest(str(VERSION), *made, *sorted(entry.file for entry in self.documents))


def digest(*parts: str) -> str:
    """Return 32 hexadecimal digits of a hash of texts, each part kept apart from the next.

    >>> digest("a", "bc") == digest("ab", "c")
    False
    """
    whole = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def to_json(manifest: Manifest) -> str:
    """Return a manifest as JSON, always the same text for the same manifest."""
    documents = [_without_nothing(asdict(entry)) for entry in sorted(manifest.documents)]
    value = {
        "version": VERSION,
        "state": manifest.state,
        "formats": list(manifest.formats),
        "settings": asdict(manifest.settings),
        "documents": documents,
    }
    return json.dumps(value, ensure_ascii=True, indent=1, sort_keys=True) + "\n"


def from_json(text: str) -> Manifest:
    """Return the manifest that `to_json` wrote; raise ValueError that says what is wrong with another text.

    >>> from_json(to_json(Manifest(formats=("nt",)))) == Manifest(formats=("nt",))
    True
    """
    try:
        value = json.loads(text)
        if value["version"] != VERSION:
            raise ValueError(f"has layout {value['version']}, this kg reads layout {VERSION}")
        documents = tuple(Entry(**each | {"sources": tuple(each.get("sources", ()))}) for each in value["documents"])
        manifest = Manifest(documents, Settings(**value["settings"]), tuple(value["formats"]))
    except (KeyError, TypeError, AttributeError, RecursionError, json.JSONDecodeError) as error:
        raise ValueError(f"is damaged ({type(error).__name__})") from error
    if manifest.state != value.get("state"):
        raise ValueError("is damaged (its hash is another)")
    return manifest


def _flat(values: Mapping[str, str]) -> Iterator[str]:
    return chain(*sorted(values.items()))


def _without_nothing(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, (), [])}
