"""Writes an analysis: frames as CSV and Parquet with their codebook, traces, report, and the checksums of all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import rfc8785
from attrs import frozen

from crf_desktop.analysis import codebook, frame_text, trace_text
from crf_desktop.analysis.frames import Frames
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Outcome
from crf_desktop.analysis.parquet import parquet_of
from crf_desktop.analysis.suitability import require_suitable
from crf_desktop.analysis.trial import Progress, TrialRecord, read_trial
from crf_desktop.capture.csv_table import Table
from crf_desktop.capture.exporting import record_export, require_export
from crf_desktop.capture.filing import require_absent, sync_folder, whole_folder, write_durably
from crf_desktop.capture.study import Study
from crf_desktop.errors import Language

FORMAT: Final = 1
TABLES, PARQUET = "tables", "parquet"
"""Folders of the CSV and of the Parquet files."""
Report = Callable[[TrialRecord, Sequence[Outcome], Options, Language, Progress], bytes]
"""Makes the PDF; handed in, since reports stand above analysis."""
File = dict[str, str | int]


@frozen
class Written:
    """What was written: to be recorded in the log, and told."""

    manifest: bytes
    files: tuple[File, ...]
    """``name bytes sha256``, and ``rows`` of a table."""

    @property
    def rows(self) -> int:
        """Rows of all tables, once."""
        return sum(int(f["rows"]) for f in self.files if str(f["name"]).startswith(TABLES))


def write_analysis(
    record: TrialRecord,
    out: Path,
    options: Options,
    language: Language,
    report: Report | None = None,
    progress: Progress = lambda done, of: None,
    finished: Callable[[Written], None] = lambda written: None,
) -> Written:
    """Writes everything into the new folder ``out``, all or nothing: it appears when every file is complete.

    ``language`` is the report's; tables and traces have both. ``finished`` is called before the folder appears; what it
    raises leaves nothing behind. Raises Refused ``export.exists``, ``export.inside_study``, EnvironmentProblem
    ``export.disk_full``, ``export.not_written``.
    """
    with whole_folder(out) as partial:
        files = _write(Frames(record, options), partial, language, report, progress)
        manifest = _manifest(record, options, language, files)
        write_durably(partial / "manifest.json", manifest)
        for folder in (TABLES, PARQUET):
            sync_folder(partial / folder)
        written = Written(manifest, tuple(files))
        finished(written)
    return written


def export_analysis(
    study: Study,
    out: Path,
    options: Options,
    language: Language,
    today: str = "",
    report: Report | None = None,
    progress: Progress = lambda done, of: None,
) -> Written:
    """Reads the trial, writes its analysis (:func:`write_analysis`) and records that in the log.

    ``today``: ISO date from which the schedule is seen; empty: the clock's. Raises Refused ``access.no_right`` and
    ``analysis.other_form``, EnvironmentProblem ``store.read_only`` as well; what can be refused is, before any work.
    """
    require_export(study)
    require_suitable(study.definition)
    require_absent(out)
    record = read_trial(study.store, study.definition, today or study.today())

    def recorded(written: Written) -> None:
        record_export(study, "analysis", written.manifest, rows=written.rows, options=options.changed())

    return write_analysis(record, out, options, language, report, progress, recorded)


def _write(
    study: Frames, folder: Path, language: Language, report: Report | None, progress: Progress
) -> list[File]:
    """A third of the progress is the tables, the rest the report; without one they are all of it."""
    for name in (TABLES, PARQUET):
        (folder / name).mkdir()
    frames, files = study.all(), list[File]()
    in_all = len(frames) * (3 if report else 1)
    for done, (name, frame) in enumerate(frames.items()):
        progress(done, in_all)
        files.append(_table(folder, f"{TABLES}/{name}.csv", _heads(frame), frame_text.rows(frame)))
        files.append(_file(folder, f"{PARQUET}/{name}.parquet", parquet_of(frame)) | {"rows": len(frame)})
    beside = {f"traces_{n}.txt": trace_text.traces_text(study.found, study.options, n).encode() for n in _LANGUAGES}
    beside["traces.json"] = trace_text.traces_json(study.found, study.options)
    if report is not None:
        first = len(frames)
        beside["statistical_report.pdf"] = report(
            study.record, study.found, study.options, language,
            lambda done, of: progress(first + done * 2 * first // max(of, 1), in_all),
        )  # fmt: skip
    files += [_file(folder, name, data) for name, data in beside.items()]
    told = codebook.codebook(study, [*beside, "codebook.csv", "manifest.json"])
    files.append(_table(folder, "codebook.csv", codebook.COLUMNS, told))
    progress(in_all, in_all)
    return files


_LANGUAGES: Final[tuple[Language, Language]] = ("en", "zh")


def _heads(frame: Any) -> tuple[str, ...]:
    return (*frame.index.names, *frame.columns)


def _table(folder: Path, name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> File:
    table = Table(folder, name, heads)
    try:
        for row in rows:
            table.add(row)
        return table.close()
    finally:
        table.abandon()


def _file(folder: Path, name: str, data: bytes) -> File:
    write_durably(folder / name, data)
    return {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _manifest(record: TrialRecord, options: Options, language: Language, files: list[File]) -> bytes:
    body: Any = {
        "format": FORMAT,
        "study_oid": record.study_oid,
        "metadata_digest": record.metadata_digest,
        "program_version": record.program_version,
        "libraries": {"pandas": pd.__version__, "pyarrow": pa.__version__},
        "heads": {origin: {"seq": seq, "head": head} for origin, (seq, head) in record.heads.items()},
        "today": record.today,
        "options": dict(options.items()),
        "language": language,
        "files": files,
    }
    return rfc8785.dumps(body)
