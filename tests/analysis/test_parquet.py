"""A Parquet file holds the frame and nothing else."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from crf_desktop.analysis.frames import BESIDE
from crf_desktop.analysis.parquet import parquet_of, read_parquet
from crf_desktop.model.table_shape import shapes
from tests.analysis.builder import trial
from tests.analysis.tabled import nobody, tabled

NAMES = [*(shape.name for shape in shapes(trial())), *BESIDE]


@pytest.mark.parametrize("name", NAMES)
def test_that_a_frame_comes_back_with_every_type_and_its_index(name: str, tmp_path: Path) -> None:
    for frame in (tabled()[name], nobody()[name]):
        (tmp_path / "x.parquet").write_bytes(parquet_of(frame))
        pd.testing.assert_frame_equal(read_parquet(tmp_path / "x.parquet"), frame)
        assert parquet_of(frame) == parquet_of(frame), "the same bytes"


def test_that_other_readers_find_plain_columns(tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(parquet_of(tabled()["essdai"]))
    schema = pq.read_schema(tmp_path / "x.parquet")
    assert schema.names[:3] == ["subject", "event", "event_key"]
    assert str(schema.field("essdai_articular").type) == "int64"
    plain = pd.read_parquet(tmp_path / "x.parquet")
    assert plain["essdai_articular"].tolist() == tabled()["essdai"]["essdai_articular"].astype("Int64").tolist()
