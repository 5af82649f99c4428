"""Make docs/queries.md from the queries of the library; a test compares the two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.queries import NamedQuery, Parameter, named_queries

PAGE = Path(__file__).parent.parent / "docs" / "queries.md"
HEAD = """\
# Questions to ask

The library of named queries. `kg query --list` lists them, `kg query NAME` runs one on the graph of `-o DIR`, and
`kg query --show NAME` prints its SPARQL, which runs as it stands in any SPARQL 1.1 engine.

```
kg query who-said-what --param agent="Jens Stoltenberg"
kg query corroborated --param sources=3 --format csv
```

**Parameters** are given as `--param NAME=VALUE`; given twice, a parameter means either value. One with a
default may be left out.

| type | is given as |
|---|---|
| entity | a name, an alias, a prefixed name (`entity:NATO`) or an IRI |
| type | an event type by prefixed name, IRI or label (`ev:Meet`, `meet`), or a PLOVER type (`CONSULT`) |
| iri | an IRI or prefixed name, as other queries print it |
| date, integer, number, string | `2016-07-08`, `2`, `0.9`, any text |

A label counts before an alias, the exact writing before one that differs in case or accents. A name that several things
have is refused with a list of them, an unknown one with the names that are near.

Values are put into the query as RDF terms, in the place of its `VALUES ?parameter { ... }`, never as text: what you
give cannot change the query. In Python:

```python
import kg

graph = kg.open_store("output")
for row in graph.named_query("timeline", entity="Estonia"):
    print(row)
```

**Sources.** Those that ask for sources count `kg:source` of the documents: the publisher of the original, so that
twenty copies of one wire story are one source; a document without a publisher is a source of its own. What happened is
what a claim says with `kg:Actual` and `kg:Positive`; the queries report what is claimed and by whom, not what is true.
"""


def page() -> str:
    """Return the text of docs/queries.md."""
    return "\n".join([HEAD, *(line for query in named_queries().values() for line in _section(query))])


def _section(query: NamedQuery) -> Iterator[str]:
    yield from (f"## {query.name}", "", f"**{query.title}.** {query.description}", "")
    if query.parameters:
        yield from ("| parameter | type | default | example | |", "|---|---|---|---|---|")
        yield from (_row(parameter) for parameter in query.parameters)
        yield ""
    yield from ("```", query.example, "```", "")


def _row(parameter: Parameter) -> str:
    default = "" if parameter.default is None else f"`{parameter.default}`"
    return f"| `{parameter.name}` | {parameter.type} | {default} | `{parameter.example}` | {parameter.about} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
