"""One CSV file per item group, beside it visits, codebook, people, the whole audit trail and the checksums of all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import rfc8785

import crf_desktop
from crf_desktop.capture.codebook import COLUMNS
from crf_desktop.capture.csv_table import Table
from crf_desktop.capture.filing import whole_folder, write_durably
from crf_desktop.capture.soundness import require_verified
from crf_desktop.errors import EnvironmentProblem
from crf_desktop.exchange import audit_table, codebook, form_table, query_table, verification_table, visit_table
from crf_desktop.exchange.right import require
from crf_desktop.model.access import Action
from crf_desktop.model.data import Entry, Kind
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.path import ItemPath
from crf_desktop.model.table_shape import shapes
from crf_desktop.store import Store

FORMAT = 1
PEOPLE = ("user_oid", "user_name", "full_name", "role")
Progress = Callable[[int, int], None]
"""(participants done, participants in all)."""


Extra = Mapping[str, tuple[Sequence[str], Iterable[Sequence[str]]]]
"""Table name → (columns, rows): tables that somebody else works out; worded in :mod:`crf_desktop.wording.column`."""


def export_csv(
    store: Store, definition: MetaDataVersion, out: Path, progress: Progress | None = None, extra: Extra | None = None
) -> dict[str, int]:
    """Writes the tables into the new folder ``out`` and records that in the log; returns file name → rows.

    ``extra``: further tables that stand among them and in the codebook.

    All or nothing: the folder appears when every file is complete. Raises Refused ``exchange.no_right`` and
    ``export.exists``, EnvironmentProblem ``export.disk_full`` and ``export.not_written``.
    """
    require(store.session, Action.EXPORT)
    if store.read_only:
        raise EnvironmentProblem("store.read_only")
    require_verified(store)
    with whole_folder(out) as partial:
        files = _write(store, definition, partial, progress or (lambda done, of: None), extra or {})
        manifest = _manifest(store, files)
        write_durably(partial / "manifest.json", manifest)
        _record(store, manifest, files)
    return {str(f["name"]): int(f["rows"]) for f in files}


def _write(
    store: Store, definition: MetaDataVersion, folder: Path, progress: Progress, extra: Extra
) -> list[dict[str, str | int]]:
    tables: list[Table] = []

    def table(name: str, columns: Sequence[str]) -> Table:
        tables.append(Table(folder, name + ".csv", columns))
        return tables[-1]

    try:
        _fill_forms(store, definition, table, progress)
        people = ((p.user_oid, p.user_name, p.full_name, p.role) for p in store.people())
        trail = audit_table.rows(store, definition)
        asked = query_table.rows(store, definition)
        beside = {
            "queries": (query_table.COLUMNS, asked),
            "audit_trail": (audit_table.COLUMNS, trail),
            "people": (PEOPLE, people),
            **extra,
        }
        for name, (columns, rows) in beside.items():
            _fill(table(name, columns), rows)
        ticked = {"source_verification": verification_table.COLUMNS}
        named = {"visits": visit_table.COLUMNS, **ticked, **{name: columns for name, (columns, _) in beside.items()}}
        _fill(table("codebook", COLUMNS), codebook.rows(definition, named))
        return [t.close() for t in tables]
    finally:
        for t in tables:
            t.abandon()


def _fill(table: Table, rows: Iterable[Sequence[str]]) -> None:
    for row in rows:
        table.add(row)


def _fill_forms(
    store: Store, definition: MetaDataVersion, table: Callable[[str, Sequence[str]], Table], progress: Progress
) -> None:
    known = list(shapes(definition))
    tables = {shape.name: table(shape.name, shape.columns) for shape in known}
    visits = table("visits", visit_table.COLUMNS)
    ticks = table("source_verification", verification_table.COLUMNS)
    subjects = store.subjects()
    for done, row in enumerate(subjects):
        progress(done, len(subjects))
        subject = row.path.subject
        for name, cells in form_table.rows(store, definition, known, subject):
            tables[name].add(cells)
        _fill(visits, visit_table.rows(store, definition, subject))
        _fill(ticks, verification_table.rows(store, definition, subject))
    progress(len(subjects), len(subjects))


def _manifest(store: Store, files: list[dict[str, str | int]]) -> bytes:
    heads: Any = {origin: {"seq": seq, "head": digest.hex()} for origin, (seq, digest) in store.heads().items()}
    return rfc8785.dumps(
        {
            "format": FORMAT,
            "study_oid": store.study_oid,
            "metadata_digest": store.metadata_digest,
            "program_version": crf_desktop.__version__,
            "heads": heads,
            "files": files,
        }
    )


def _record(store: Store, manifest: bytes, files: list[dict[str, str | int]]) -> None:
    rows = sum(int(f["rows"]) for f in files)
    payload = {"act": "export", "format": "csv", "sha256": hashlib.sha256(manifest).hexdigest(), "rows": rows}
    store.append([Entry(Kind.SYSTEM, ItemPath(), "Insert", payload=payload)])
