"""A frame as a Parquet file and back: the same frame, and from the same frame the same bytes."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

DataFrame = Any
_KEY: Final = b"crf_desktop"
"""Metadata of the file (JSON): which columns are the index; column → its categories in order. Parquet keeps neither
categories that are whole numbers nor those of a column without rows."""


def parquet_of(frame: DataFrame) -> bytes:
    """The file; the levels of the index are its first columns."""
    flat = frame.reset_index()
    coded = {name: c.dtype.categories for name, c in flat.items() if isinstance(c.dtype, pd.CategoricalDtype)}
    numbered = [name for name, categories in coded.items() if categories.dtype.kind in "iu"]
    plain = flat.astype(dict.fromkeys(numbered, "Int64"))
    table = pa.Table.from_pandas(plain, preserve_index=False)
    kept = {"index": list(frame.index.names), "levels": {name: codes.tolist() for name, codes in coded.items()}}
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), _KEY: json.dumps(kept).encode()})
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="snappy", version="2.6")
    return sink.getvalue()


def read_parquet(path: str | Path) -> DataFrame:
    """The frame of a file that ``crf-desktop analyse`` wrote, with its index and every type it had.

    ``pandas.read_parquet`` reads it too: without index, decimals as Python objects, coded levels as whole numbers.
    """
    table = pq.read_table(path)
    frame = table.to_pandas(types_mapper=lambda kind: pd.ArrowDtype(kind) if pa.types.is_decimal(kind) else None)
    kept = json.loads((table.schema.metadata or {}).get(_KEY, b"{}"))
    levels = {n: pd.CategoricalDtype(codes, ordered=True) for n, codes in kept.get("levels", {}).items()}
    return frame.astype(levels).set_index(kept.get("index", []))

