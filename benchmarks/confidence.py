"""Fit what ``kg:confidence`` means to statements that people judged.

    python benchmarks/confidence.py sample SOURCE... --size 600 --to FILE   statements to judge, beside their sentences
    python benchmarks/confidence.py add FILE LABELS                         keep the judgements: features and label
    python benchmarks/confidence.py fit [--write]                           fit, and show how well it holds

``sample`` draws from all statements of the sources, the same ones for the same sources. Somebody reads each and writes
a line ``{"id": ..., "label": "right" | "partly" | "wrong"}`` into LABELS. ``add`` appends the features of each judged
statement to ``benchmarks/judged.jsonl``, which holds no text. ``fit`` needs scikit-learn; its figures
are from cross-validation over documents; ``--write`` puts the weights into ``ontologies/confidence.ttl``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.model import Document, Kind, Statement
from kg.nlp.annotation import Annotation
from kg.nlp.model import load_model, parse_all
from kg.sources import read_sources

ROOT = Path(__file__).parent.parent
JUDGED = Path(__file__).with_name("judged.jsonl")
WEIGHTS = ROOT / "ontologies" / "confidence.ttl"
VALUE = {"right": 1.0, "partly": 0.5, "wrong": 0.0}
CUTS = (0.5, 0.6, 0.7, 0.8, 0.9)
RARE = 8
FOLDS = 5
HEAD = """@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix lex: <https://w3id.org/newskg/lexicon#> .

# How much each feature of a statement (kg/extractors/confidence.py) speaks for its being right: log odds.
# Made by benchmarks/confidence.py from benchmarks/judged.jsonl; not written by hand.

"""


# -- sample


def sample(sources: Sequence[str], size: int) -> list[dict[str, Any]]:
    """Return ``size`` statements to judge, drawn by a hash of where they stand, so that a run can be repeated."""
    from kg.extractors import extract_statements  # noqa: PLC0415 - fit does without the extractors
    from kg.extractors.confidence import features  # noqa: PLC0415 - the same

    found = []
    documents = [item for item in read_sources(sources) if isinstance(item, Document)]
    for document, doc in parse_all(load_model(), documents):
        annotation = Annotation(doc, published=document.published, boilerplate=document.boilerplate)
        found += [
            _row(document, statement, list(features(statement, annotation)))
            for statement in extract_statements(annotation)
            if statement.kind is not Kind.REPORT
        ]
    found.sort(key=lambda row: hashlib.sha256(row["id"].encode()).digest())
    return sorted(found[:size], key=lambda row: row["id"])


def _row(document: Document, statement: Statement, names: list[str]) -> dict[str, Any]:
    text = document.text
    name = document.identifier or document.id
    told = statement.speaker.text if statement.speaker is not None else None
    start = max(0, statement.evidence.start - 300)
    kind = statement.predicate.rsplit("#", 1)[-1]
    last = statement.arguments[-1].mention.span.start if statement.arguments else 0
    return {
        "id": f"{name}#{statement.trigger_span.start}-{kind}-{len(statement.arguments)}-{last}",
        "document": name,
        "published": str(document.published),
        "before": " ".join(text[start : statement.evidence.start].split()),
        "sentence": " ".join(statement.evidence.of(text).split()),
        "event": f"{statement.surface} [{statement.trigger}]" if statement.kind is Kind.EVENT else statement.trigger,
        "class": statement.predicate.replace("#", "/").rsplit("/", 1)[-1],
        "participants": [
            f"{a.role.value}: {a.mention.text}"
            + (f" (= {a.mention.antecedent.text})" if a.mention.antecedent is not None else "")
            for a in statement.arguments
        ],
        "modality": statement.modality.value,
        "polarity": statement.polarity.value,
        "speaker": told,
        "time": statement.time and f"{statement.time.span.of(text)} = {statement.time.value}",
        "features": names,
    }


# -- judgements


def add(statements: Iterable[Mapping[str, Any]], labels: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the lines to keep: features and label of each judged statement, and which document it is of."""
    rows = {row["id"]: row for row in statements}
    return [
        json.dumps(
            {
                "id": each["id"],
                "document": rows[each["id"]]["document"],
                "label": each["label"],
                "features": rows[each["id"]]["features"],
            }
        )
        for each in labels
    ]


# -- fit


def fit(rows: Sequence[Mapping[str, Any]]) -> tuple[dict[str, float], list[float]]:
    """Return the weights, and for each row the probability from a model that did not see its document."""
    import numpy as np  # noqa: PLC0415 - only fitting needs these
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415

    counts: dict[str, int] = {}
    for row in rows:
        for name in row["features"]:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(name for name, count in counts.items() if count >= RARE)
    place = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for i, row in enumerate(rows):
        for name in row["features"]:
            if name in place:
                table[i, place[name]] = 1.0
    truth = np.array([VALUE[row["label"]] for row in rows])

    def model(chosen: Any) -> Any:
        # A "partly" is half a right and half a wrong one.
        x, y = np.vstack([table[chosen]] * 2), np.repeat([1, 0], len(chosen))
        return LogisticRegression(C=0.3, max_iter=1000).fit(x, y, np.concatenate([truth[chosen], 1 - truth[chosen]]))

    seen = np.zeros(len(rows))
    for train, test in GroupKFold(FOLDS).split(table, groups=[row["document"] for row in rows]):
        seen[test] = model(train).predict_proba(table[test])[:, 1]
    whole = model(np.arange(len(rows)))
    weights = {"always": float(whole.intercept_[0])} | dict(zip(names, map(float, whole.coef_[0]), strict=True))
    return weights, [float(p) for p in seen]


def report(rows: Sequence[Mapping[str, Any]], seen: Sequence[float]) -> str:
    """Return the table of what is right above each cut, a "partly" counting half."""
    values = [VALUE[row["label"]] for row in rows]
    strict = [value == 1.0 for value in values]
    lines = [f"{len(rows)} statements judged: " + ", ".join(f"{sum(r['label'] == k for r in rows)} {k}" for k in VALUE)]
    lines += ["", "| confidence | statements | right | right, partly counted half |", "|---|---|---|---|"]
    for low, high in ((0.0, 0.5), *zip(CUTS, (*CUTS[1:], 1.01), strict=True)):
        lines.append(_line(f"{low:.1f} to {min(high, 1):.1f}", [low <= p < high for p in seen], strict, values))
    for cut in CUTS:
        lines.append(_line(f"at least {cut:.1f}", [p >= cut for p in seen], strict, values))
    return "\n".join(lines)


def _line(name: str, chosen: Sequence[bool], strict: Sequence[bool], values: Sequence[float]) -> str:
    number = sum(chosen)
    shares = [sum(v for v, c in zip(each, chosen, strict=True) if c) / max(number, 1) for each in (strict, values)]
    return f"| {name} | {number} | " + " | ".join(f"{share:.2f}" if number else "" for share in shares) + " |"


def turtle(weights: Mapping[str, float]) -> str:
    """Return the weights as the Turtle that the extractors read."""
    lines = [
        f'lex:weight-{re.sub(r"[^a-z0-9]+", "-", name.lower())} kg:feature "{name}" ; kg:weight {weight:.3f} .'
        for name, weight in sorted(weights.items())
    ]
    return HEAD + "\n".join(lines) + "\n"


# -- the program


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    """Do what is asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    first = commands.add_parser("sample")
    first.add_argument("sources", nargs="+")
    first.add_argument("--size", type=int, default=600)
    first.add_argument("--to", type=Path, required=True)
    second = commands.add_parser("add")
    second.add_argument("statements", type=Path)
    second.add_argument("labels", type=Path)
    third = commands.add_parser("fit")
    third.add_argument("--write", action="store_true", help="write the weights")
    args = parser.parse_args()
    if args.command == "sample":
        rows = sample(args.sources, args.size)
        args.to.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    elif args.command == "add":
        with JUDGED.open("a", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in add(_lines(args.statements), _lines(args.labels)))
    else:
        rows = _lines(JUDGED)
        weights, seen = fit(rows)
        print(report(rows, seen))
        if args.write:
            WEIGHTS.write_text(turtle(weights), encoding="utf-8")


if __name__ == "__main__":
    main()
