"""What every file of an analysis and every column of its frames means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from crf_desktop.analysis.frames import BESIDE, Frames
from crf_desktop.analysis.item_frame import STATUS
from crf_desktop.capture.codebook import COLUMNS as SHARED
from crf_desktop.capture.codebook import Cells, cells_of_file, cells_of_item, cells_of_method, cells_of_own
from crf_desktop.model.table_shape import WHEN, column
from crf_desktop.wording import column as wording
from crf_desktop.wording.frame import CODES, FILES, SUFFIXES, label
from crf_desktop.wording.response import ITEMS

COLUMNS = (*SHARED, "dtype")


def codebook(study: Frames, others: Iterable[str]) -> list[tuple[str, ...]]:
    """One row per file and one per column; ``others``: names of the files that are no frame."""
    cells = [c for name in study.tables for c in _of_items(study, name)]
    cells += [c for name in BESIDE for c in _of_frame(name, study[name])]
    for file in others:
        told = FILES[file.partition(".")[0].rpartition("/")[2]]
        cells.append({"file": file, "what": "file", "label_en": told[0], "label_zh": told[1]})
    cells += [_own(name) for name in COLUMNS]
    return [tuple(c.get(name, "") for name in COLUMNS) for c in cells]


def _of_items(study: Frames, name: str) -> Iterator[Cells]:
    """A frame of an item group: its index, then column by column."""
    frame, shape = study.tables[name], study.shape(name)
    kinds = dict(_kinds(frame))
    yield cells_of_file(shape, name)
    yield from (_ours(name, at, "key", kinds) for at in (*frame.index.names, *WHEN) if at in kinds)
    for item in shape.items:
        told = cells_of_item(study.definition, name, item, _columns(frame, column(item.name, item.oid)))
        yield from (_with_kind(cells, kinds) for cells in told)
    for method in shape.methods:
        told = cells_of_method(study.definition, name, method, _columns(frame, column(method.name, method.oid)))
        yield from (_with_kind(cells, kinds) for cells in told)
    yield from (_ours(name, at, "status", kinds) for at in STATUS)


def _ours(name: str, at: str, what: str, kinds: Mapping[str, Cells]) -> Cells:
    return {k: v for k, v in cells_of_own(name, at, what).items() if k != "type"} | kinds[at]


def _columns(frame: Any, base: str) -> list[str]:
    return [name for name in frame.columns if name == base or name.startswith(base + "__")]


def _with_kind(cells: Cells, kinds: Mapping[str, Cells]) -> Cells:
    """With its type; what stands beside a value says so in its label, and in which unit."""
    kind, suffix = kinds[cells["column"]], cells["column"].partition("__")[2]
    if not suffix:
        return cells | {"dtype": kind["dtype"]}
    beside = {f"label_{n}": f"{cells[f'label_{n}']}{gap}{SUFFIXES[suffix][k]}" for n, k, gap in _LANGUAGES}
    coded = suffix in ("unit", "qualifier", "null")
    told = {k: v for k, v in cells.items() if coded or (k != "type" and not k.startswith("codes"))}
    codes = {k: v for k, v in kind.items() if k.startswith("codes") and suffix == "known"}
    return told | codes | beside | {"what": suffix if suffix != "at_least" else cells["what"], "dtype": kind["dtype"]}


_LANGUAGES = (("en", 0, ": "), ("zh", 1, "："))


def _of_frame(name: str, frame: Any) -> Iterator[Cells]:
    told = FILES[name]
    yield {"file": name, "what": "file", "label_en": told[0], "label_zh": told[1]}
    for at, kind in _kinds(frame):
        words = _words(name, at)
        what = "key" if at in frame.index.names else "column"
        yield {"file": name, "column": at, "what": what, "label_en": words[0], "label_zh": words[1], **kind}


def _own(at: str) -> Cells:
    words = _words("codebook", at)
    return {"file": "codebook.csv", "column": at, "what": "column", "label_en": words[0], "label_zh": words[1]}


def _words(name: str, at: str) -> tuple[str, str]:
    if name == "codebook" and at in wording.COLUMNS:
        return wording.COLUMNS[at]
    item = ITEMS.get(at.removeprefix("star_"))
    if name == "outcomes" and item is not None:
        en, zh = ("STAR: ", "STAR：") if at.startswith("star_") else ("", "")
        return f"{en}{item[0][0]}: {item[1][0]}", f"{zh}{item[0][1]}：{item[1][1]}"
    return label(name, at, wording.COLUMNS)


def _kinds(frame: Any) -> Iterator[tuple[str, Cells]]:
    """(column, its pandas type and codes), the index first."""
    for name, values in frame.reset_index().items():
        kind: Any = values.dtype
        if not isinstance(kind, pd.CategoricalDtype):
            yield name, {"dtype": str(kind)}
            continue
        known = [(str(c), CODES.get(str(c)) or wording.NULLS.get(str(c)) or ("", "")) for c in kind.categories]
        codes = {f"codes_{n}": " | ".join(f"{c}={w[k]}" if w[k] else c for c, w in known) for n, k, _ in _LANGUAGES}
        yield name, {"dtype": "ordered category", **codes}
