"""KnowledgeGraph: a set of RDF quads, and every other shape of it as a view derived from them.

Each document's triples stand in the named graph of the document, declarations of classes and
shortcuts in the graph of the ontology. Minted IRIs are made from content, so the union of two
graphs is their merge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from kg import event_table, views
from kg.errors import FormatError, QueryError, SourceError
from kg.index import DocumentInfo, Index, base_of
from kg.queries import Given, bound, named_query
from kg.sparql import QueryResult, ask
from kg.vocab import KG, PREFIXES

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

    from kg.exporters import Shown

ONTOLOGY_GRAPH = ox.NamedNode(str(KG._NS).rstrip("#"))

MINTED = ("claim", "document", "entity", "event", "merge", "relation", "run", "source")

_READERS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}


class KnowledgeGraph:
    """An immutable set of RDF quads; ``a | b`` merges, ``a == b`` compares the sets.

    >>> nato, label = ox.NamedNode("https://example.org/kg/entity/NATO"), ox.NamedNode(PREFIXES["rdfs"] + "label")
    >>> graph = KnowledgeGraph([ox.Quad(nato, label, ox.Literal("NATO"))])
    >>> len(graph | graph)
    1
    >>> graph.query("SELECT ?name WHERE { entity:NATO rdfs:label ?name }").rows
    (('NATO',),)
    """

    def __init__(self, quads: Iterable[ox.Quad] = ()) -> None:
        self._quads = frozenset(quads)

    # the set ---------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        """Return the number of quads: a triple that two documents state counts twice."""
        return len(self._quads)

    def __eq__(self, other: object) -> bool:
        return self._quads == other._quads if isinstance(other, KnowledgeGraph) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._quads)

    def __or__(self, other: KnowledgeGraph) -> KnowledgeGraph:
        return KnowledgeGraph(self._quads | other._quads)

    def __contains__(self, quad: object) -> bool:
        return quad in self._quads

    def __iter__(self) -> Iterator[ox.Quad]:
        return iter(self.quads())

    def __repr__(self) -> str:
        return f"<KnowledgeGraph: {len(self.triples())} triples of {len(self.documents())} documents>"

    @cached_property
    def _sorted_quads(self) -> tuple[ox.Quad, ...]:
        return tuple(sorted(self._quads, key=str))

    @cached_property
    def _sorted_triples(self) -> tuple[ox.Triple, ...]:
        return tuple(dict.fromkeys(quad.triple for quad in self._sorted_quads))

    def quads(self) -> tuple[ox.Quad, ...]:
        """Return all quads, sorted by subject, predicate, object and graph."""
        return self._sorted_quads

    def triples(self) -> tuple[ox.Triple, ...]:
        """Return the union of all named graphs, sorted, each triple once."""
        return self._sorted_triples

    @cached_property
    def index(self) -> Index:
        """Return the triples by subject and predicate, made once for all views."""
        return Index(self._sorted_triples)

    @cached_property
    def base(self) -> str:
        """Return where the minted IRIs begin, as read off the graph itself; the default where it has none."""
        return base_of(self._sorted_triples)

    def prefixes(self) -> dict[str, str]:
        """Return the one table of prefixes, with those of the minted IRIs (entity:, event:, claim: ...)."""
        return PREFIXES | {part: f"{self.base}{part}/" for part in MINTED}

    # documents -------------------------------------------------------------------------------------------------

    def documents(self) -> tuple[DocumentInfo, ...]:
        """Return what the graph knows of each of its documents, sorted by id."""
        return self.index.documents()

    # files -----------------------------------------------------------------------------------------------------

    @classmethod
    def load(cls, path: Path | str) -> KnowledgeGraph:
        """Read a graph from a file, its format told by the suffix (.ttl .nt .nq .trig .jsonld .rdf).

        Raises FormatError for another suffix, SourceError naming file and line for a file that cannot be read.
        """
        path = Path(path)
        if (syntax := _READERS.get(path.suffix.lower())) is None:
            raise FormatError(path.suffix or path.name, tuple(_READERS))
        try:
            return cls(ox.parse(path=str(path), format=syntax, rename_blank_nodes=True))
        except SyntaxError as error:
            raise SourceError(str(path), str(error.msg or error), line=error.lineno) from error
        except OSError as error:
            raise SourceError(str(path), error.strerror or str(error)) from error

    def save(self, path: Path | str, format: str | None = None) -> None:
        """Write the graph to a file in the format of its suffix, or in ``format`` ("ttl"); the folder is made.

        Raises FormatError where kg.exporters has no such format; on any error an older file stays as it was.
        """
        from kg.exporters import save  # noqa: PLC0415 - the exporters stand on the graph

        save(self, Path(path), format=format)

    # views -----------------------------------------------------------------------------------------------------

    @cached_property
    def _store(self) -> ox.Store:
        # The union is stored as the default graph: Oxigraph's own union view gives a triple once for each document.
        store = ox.Store()
        store.bulk_extend(ox.Quad(*triple) for triple in self.triples())
        store.bulk_extend(quad for quad in self.quads() if not isinstance(quad.graph_name, ox.DefaultGraph))
        return store

    def query(self, sparql: str) -> QueryResult | KnowledgeGraph | bool:
        """Ask the graph in SPARQL 1.1: a table for SELECT, a bool for ASK, a graph for CONSTRUCT and DESCRIBE.

        The default graph is the union of all; every prefix of ``prefixes()`` may be used undeclared.
        Rows are sorted where the query itself has no ORDER BY. Raises QueryError with line and column.
        """
        answer = ask(self._store, sparql, self.prefixes())
        return KnowledgeGraph(ox.Quad(*triple) for triple in answer) if isinstance(answer, tuple) else answer

    def select(self, sparql: str) -> QueryResult:
        """Ask a SELECT query, like ``query``; raise QueryError for a query of another form."""
        answer = self.query(sparql)
        if isinstance(answer, QueryResult):
            return answer
        raise QueryError(sparql, "not a SELECT query")

    def show(self, *, about: str | None = None, hops: int = 2, height: int = 620) -> Shown:
        """Return the explorer as a value that a notebook shows inline, without a network.

        Write it as the last line of a cell. With ``about``, the name or IRI of a thing, it holds what is at most
        ``hops`` statements away from that; ``height`` is in pixels. Raises SettingError where nothing has that name.
        """
        from kg.exporters import shown  # noqa: PLC0415 - the exporters stand on the graph

        return shown(self, about=about, hops=hops, height=height)

    def named_query(self, name: str, **parameters: Given) -> QueryResult:
        """Ask a query of the library (docs/queries.md), its parameters as names, aliases, CURIEs, IRIs or values.

        Raises SettingError for a name or parameter there is not, and for a value that means nothing in the graph.

        >>> KnowledgeGraph().named_query("corroborated", sources=3).rows
        ()
        """
        return self.select(bound(named_query(name), self, parameters))

    def to_rdflib(self) -> rdflib.Graph:
        """Return the union of all named graphs as a new rdflib graph with the prefixes bound."""
        return views.rdflib_graph(self.triples(), self.prefixes())

    def to_networkx(self) -> nx.MultiDiGraph:
        """Return entities and events as nodes, roles, relations and shortcuts as edges.

        Nodes have ``label``, ``type`` and ``kind`` (entity, participant, event); edges ``predicate``, ``label``,
        ``kind`` (role, relation, shortcut), ``modality``, ``polarity`` and ``claims``, how many claims they rest on.
        """
        return views.networkx_graph(self.index)

    def to_pandas(self, rows: Literal["claims", "events"] = "claims") -> pd.DataFrame:
        """Return a row for each claim about an event, or for each event, with who claims it counted.

        Columns are views.COLUMNS and event_table.EVENT_COLUMNS: type, roles, time, factuality, speaker, evidence ...
        """
        import pandas as pd  # noqa: PLC0415 - slow to import, and most runs need no table

        if rows == "events":
            return pd.DataFrame(event_table.table_of_events(self.index), columns=list(event_table.EVENT_COLUMNS))
        return pd.DataFrame(views.event_rows(self.index), columns=list(views.COLUMNS))

    def stats(self) -> views.Stats:
        """Return what is in the graph, counted."""
        return views.stats(self.index)
