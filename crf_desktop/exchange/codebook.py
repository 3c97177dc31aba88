"""What every file and every column of the tables means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crf_desktop.capture.codebook import (
    COLUMNS,
    Cells,
    cells_of_file,
    cells_of_item,
    cells_of_method,
    cells_of_own,
)
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.table_shape import STATUS, item_columns, method_columns, shapes
from crf_desktop.wording import column as wording


def rows(definition: MetaDataVersion, beside: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Per file one row that tells of it and one per column; ``beside``: file name → columns of the other files."""
    for cells in _all(definition, beside):
        yield tuple(cells.get(name, "") for name in COLUMNS)


def _all(definition: MetaDataVersion, beside: Mapping[str, Sequence[str]]) -> Iterator[Cells]:
    for shape in shapes(definition):
        file = shape.name + ".csv"
        yield cells_of_file(shape, file)
        yield from (cells_of_own(file, name, "key") for name in shape.keys)
        for item in shape.items:
            yield from cells_of_item(definition, file, item, item_columns(item))
        for method in shape.methods:
            yield from cells_of_method(definition, file, method, method_columns(method))
        yield from (cells_of_own(file, name, "status") for name in STATUS)
    for name, columns in {**beside, "codebook": COLUMNS}.items():
        words = wording.FILES[name]
        yield {"file": name + ".csv", "what": "file", "label_en": words[0], "label_zh": words[1]}
        yield from (cells_of_own(name + ".csv", column, "column") for column in columns)
