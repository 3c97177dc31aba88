"""The CSV export and the frames are made by different code from one definition: every value is the same in both."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from crf_desktop.analysis.option import Options
from crf_desktop.analysis.trial import read_trial
from crf_desktop.analysis.writing import write_analysis
from crf_desktop.capture.cell import uncell
from crf_desktop.capture.study import Study
from crf_desktop.demo.maker import PASSWORD, STUDY
from crf_desktop.exchange.tables import export_csv
from crf_desktop.model.definition import ItemDef, MetaDataVersion
from crf_desktop.model.table_shape import Shape, column, shapes

Row = dict[str, str]


@pytest.fixture(scope="module")
def place(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both outputs of participants who have been through everything."""
    folder = tmp_path_factory.mktemp("two")
    study = Study.open(Path(shutil.copytree(finished, folder / STUDY)), "data-manager", PASSWORD)
    try:
        record = read_trial(study.store, study.definition, study.today())
        export_csv(study.store, study.definition, folder / "csv")
    finally:
        study.close()
    write_analysis(record, folder / "out", Options(), "en")
    return folder


def _rows(path: Path) -> list[Row]:
    reader = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    return [{name: uncell(cell) for name, cell in row.items()} for row in reader]


def _same_item(item: ItemDef, exported: Row, framed: Row) -> bool:
    name = column(item.name, item.oid)
    if exported[name + "__null"] != framed[name + "__null"]:
        return False
    if exported[name] and exported.get(name + "__unit", "") not in ("", *item.units[:1]):
        return framed[name + "__typed"] == exported.get(name + "__qualifier", "") + exported[name]
    told = framed[name + "__limit"] if exported.get(name + "__qualifier") else framed[name]
    return _same(item.data_type, exported[name], told)


def _same(kind: str, first: str, second: str) -> bool:
    if kind == "decimal" and first and second:
        return Fraction(first) == Fraction(second)
    return first == second


def _compared(definition: MetaDataVersion, place: Path) -> Iterator[tuple[Shape, str, bool]]:
    for shape in shapes(definition):
        exported = _rows(place / "csv" / f"{shape.name}.csv")
        framed = _rows(place / "out" / "tables" / f"{shape.name}.csv")
        keys = [[[row[key] for key in shape.keys] for row in rows] for rows in (exported, framed)]
        yield shape, "rows", keys[0] == keys[1]
        for one, other in zip(exported, framed, strict=True):
            yield from ((shape, item.name, _same_item(item, one, other)) for item in shape.items)
            for method in shape.methods:
                name = column(method.name, method.oid)
                yield shape, name, _same(method.data_type, one[name], other[name])


def test_that_every_value_of_every_table_is_the_same_in_export_and_frames(place: Path) -> None:
    from crf_desktop.forms import definition

    compared = list(_compared(definition(), place))
    assert [f"{shape.name}.{name}" for shape, name, same in compared if not same] == []
    assert len(compared) > 1_500
