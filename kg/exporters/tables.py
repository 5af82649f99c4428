"""CSV and Parquet for spreadsheets and statistics: a row for each claim, or for each event."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import PackageError
from kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    import pandas as pd

_NUMBERS = ("claims", "denials", "documents", "sources", "confidence")


def write_csv(graph: KnowledgeGraph, path: Path) -> None:
    """Write the table of claims about events as CSV, UTF-8."""
    graph.to_pandas().to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def write_events_csv(graph: KnowledgeGraph, path: Path) -> None:
    """Write the table of events as CSV, UTF-8."""
    graph.to_pandas("events").to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def write_parquet(graph: KnowledgeGraph, path: Path) -> None:
    """Write the table of claims about events as Parquet; raise PackageError where pyarrow is not installed."""
    _write_parquet(graph.to_pandas(), path)


def write_events_parquet(graph: KnowledgeGraph, path: Path) -> None:
    """Write the table of events as Parquet; raise PackageError where pyarrow is not installed."""
    _write_parquet(graph.to_pandas("events"), path)


def _write_parquet(table: pd.DataFrame, path: Path) -> None:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra: 150 MB that most do not need
        import pyarrow.parquet as pq  # noqa: PLC0415 - the same
    except ImportError as error:
        raise PackageError("Parquet", "pyarrow", "parquet") from error
    # Every file has the same columns of the same types, also where a column is empty.
    types = {name: pa.float64() if name == "confidence" else pa.int64() for name in _NUMBERS}
    schema = pa.schema([(str(name), types.get(name, pa.string())) for name in table.columns])
    plain = table.astype(object).where(table.notna(), None)  # pandas has NaN where a number is missing
    columns = {str(name): list(plain[name]) for name in plain.columns}
    pq.write_table(pa.table(columns, schema=schema), path, compression="zstd")
