"""What the commands take: their options and, for ``--help``, their examples."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

# Each is run by a test, from the folder that holds examples/.
EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "build": (
        "kg build examples",
        "kg build examples/defence.txt --date 2016-06-14 -o output",
        "kg build examples/sanctions.jsonl --format ttl,trig,jsonld --quiet",
    ),
    "extract": (
        'kg extract "NATO will deploy battalions to Estonia, Latvia, Lithuania, Poland"',
        'kg extract "Malta will not send ships unless the talks fail." --explain',
        "kg extract -f examples/sanctions.jsonl --format triples",
        "kg extract -f examples/courts.txt --format standoff --date 2024-05-22",
    ),
    "query": (
        "kg query 'SELECT ?place WHERE { entity:NATO relation:willDeployTo ?place }'",
        "kg query 'SELECT ?s WHERE { ?s a schema:Country } ORDER BY ?s LIMIT 5' --format csv",
        "kg query --list",
        'kg query who-said-what --param agent="Jens Stoltenberg"',
        "kg query --show corroborated",
    ),
    "serve": ("kg serve", "kg serve -o output --port 8080 --timeout 10"),
    "validate": ("kg validate", "kg validate -o output", "kg validate --infer rdfs --format json"),
    "view": ("kg view", "kg view --about NATO --hops 2", "kg view --query troops.rq --no-open"),
    "add": ("kg add examples/courts.txt --date 2024-05-22", "kg add examples -o output"),
    "remove": ("kg remove examples/courts.txt", "kg remove sanctions-3 -o output"),
    "merges": ("kg merges", "kg merges --about NATO", "kg merges --below 0.9 --format csv"),
    "diff": ("kg diff yesterday output", "kg diff yesterday/graph.ttl output/graph.ttl --format json"),
    "load": (
        "kg load http://localhost:7878/store",
        "kg load http://localhost:8890/sparql-graph-crud-auth --user dba",
        "kg load http://localhost:3030/news/update --update --append",
    ),
    "stats": ("kg stats", "kg stats -o output", "kg stats --coverage examples --format json"),
}


class Table(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Report(StrEnum):
    TABLE = "table"
    JSON = "json"


class InferRules(StrEnum):
    RDFS = "rdfs"
    OWLRL = "owlrl"


class Lines(StrEnum):
    TABLE = "table"
    JSONL = "jsonl"
    TRIPLES = "triples"
    STANDOFF = "standoff"


Folder = Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder of the graph.")]
Infer = Annotated[
    InferRules | None,
    typer.Option("--infer", help="With what follows by the rules of RDFS, or of OWL 2 RL (an extra: newskg[infer])."),
]
Day = Annotated[
    datetime | None,
    typer.Option(
        "--date", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Day of publication, for texts without one."
    ),
]
Ontologies = Annotated[
    list[Path] | None,
    typer.Option("--ontology", metavar="FILE", help="Your event types, relations or entities, in Turtle. Repeatable."),
]
Gazetteers = Annotated[
    list[Path] | None,
    typer.Option("--gazetteer", metavar="FILE", help="Things you know: SKOS, RDF or CSV. Repeatable."),
]
Identities = Annotated[
    list[Path] | None,
    typer.Option(
        "--identity", metavar="FILE", help="What is one, what is not: owl:sameAs, owl:differentFrom. Repeatable."
    ),
]
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="An installed spaCy pipeline; the default is en_core_web_md."),
]
Jobs = Annotated[int, typer.Option("--jobs", min=1, metavar="N", help="Parse in N processes; the result is the same.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary; warnings only.")]
Wait = Annotated[
    float | None,
    typer.Option(
        "--wait",
        min=0,
        metavar="SECONDS",
        help="How long to wait for another kg that writes to DIR.",
        show_default="no limit",
    ),
]
