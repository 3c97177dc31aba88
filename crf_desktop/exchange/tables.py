"""One CSV file per item group, beside it visits, codebook, people, the whole audit trail and the checksums of all."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import rfc8785

import crf_desktop
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.exchange import audit_table, codebook, form_table, query_table, verification_table, visit_table
from crf_desktop.exchange.cell import cell
from crf_desktop.exchange.filing import problem, require_outside, sync_folder
from crf_desktop.exchange.right import require
from crf_desktop.model.access import Action
from crf_desktop.model.data import Entry, Kind
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.path import ItemPath
from crf_desktop.store import Store

FORMAT = 1
PEOPLE = ("user_oid", "user_name", "full_name", "role")
Progress = Callable[[int, int], None]
"""(participants done, participants in all)."""


class Table:
    """A CSV file being written: UTF-8 with byte order mark, CRLF, every cell quoted, counted and hashed."""

    def __init__(self, folder: Path, name: str, columns: Sequence[str]) -> None:
        self.name = name
        self.rows = 0
        self.size = 0
        self._sum = hashlib.sha256()
        self._file = (folder / name).open("xb")
        self._text = io.StringIO(newline="")
        self._writer = csv.writer(self._text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        self._put("\ufeff".encode())
        self._row(columns)

    def add(self, values: Iterable[str]) -> None:
        """One row of text; formulas are defused."""
        self._row([cell(v) for v in values])
        self.rows += 1

    def _row(self, values: Iterable[str]) -> None:
        self._writer.writerow(values)
        self._put(self._text.getvalue().encode("utf-8"))
        self._text.seek(0)
        self._text.truncate()

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._sum.update(data)
        self.size += len(data)

    def close(self) -> dict[str, str | int]:
        """Makes the file durable and says what is in it."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return {"name": self.name, "rows": self.rows, "bytes": self.size, "sha256": self._sum.hexdigest()}

    def abandon(self) -> None:
        """Closes the file as it is."""
        self._file.close()


def export_csv(
    store: Store, definition: MetaDataVersion, out: Path, progress: Progress | None = None
) -> dict[str, int]:
    """Writes the tables into the new folder ``out`` and records that in the log; returns file name → rows.

    All or nothing: the folder appears when every file is complete. Raises Refused ``exchange.no_right`` and
    ``export.exists``, EnvironmentProblem ``export.disk_full`` and ``export.not_written``.
    """
    require(store.session, Action.EXPORT)
    if store.read_only:
        raise EnvironmentProblem("store.read_only")
    if out.exists():
        raise Refused("export.exists")
    require_outside(out)
    partial = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
    try:
        partial.mkdir()
        files = _write(store, definition, partial, progress or (lambda done, of: None))
        manifest = _manifest(store, files)
        with (partial / "manifest.json").open("xb") as file:
            file.write(manifest)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(partial)
        _record(store, manifest, files)
        partial.rename(out)
        sync_folder(out.parent)
    except OSError as error:
        raise problem(error) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return {str(f["name"]): int(f["rows"]) for f in files}


def _write(store: Store, definition: MetaDataVersion, folder: Path, progress: Progress) -> list[dict[str, str | int]]:
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
        }
        for name, (columns, rows) in beside.items():
            _fill(table(name, columns), rows)
        ticked = {"source_verification": verification_table.COLUMNS}
        named = {"visits": visit_table.COLUMNS, **ticked, **{name: columns for name, (columns, _) in beside.items()}}
        _fill(table("codebook", codebook.COLUMNS), codebook.rows(definition, named))
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
    shapes = list(form_table.shapes(definition))
    tables = {shape.name: table(shape.name, shape.columns) for shape in shapes}
    visits = table("visits", visit_table.COLUMNS)
    ticks = table("source_verification", verification_table.COLUMNS)
    subjects = store.subjects()
    for done, row in enumerate(subjects):
        progress(done, len(subjects))
        subject = row.path.subject
        for name, cells in form_table.rows(store, definition, shapes, subject):
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
