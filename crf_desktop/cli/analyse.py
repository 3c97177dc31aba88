"""The command that writes an analysis."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from crf_desktop.capture.soundness import require_whole
from crf_desktop.cli.command import opened
from crf_desktop.cli.progress import progress_line
from crf_desktop.errors import Language

if TYPE_CHECKING:
    from crf_desktop.analysis.option import Options
    from crf_desktop.analysis.outcome import Outcome
    from crf_desktop.analysis.trial import TrialRecord

Progress = Callable[[int, int], None]


def analyse(arguments: argparse.Namespace) -> dict[str, Any]:
    """Writes report, frames and traces of a study into a new folder."""
    from crf_desktop.analysis.option import options_from
    from crf_desktop.analysis.writing import export_analysis

    options = options_from(arguments.option)  # before the password: what is refused is refused at once
    with opened(arguments, arguments.study) as study:
        require_whole(study.store, progress_line("Checking the log"))
        today = arguments.today.isoformat() if arguments.today else study.today()
        made_by = None if arguments.no_report else report
        say = progress_line("Analysis")
        written = export_analysis(study, arguments.out, options, arguments.lang, today, made_by, say)
    names = [str(f["name"]) for f in written.files]
    lines = [
        f"Analysis written: {arguments.out}, {len(names) + 1} files, {written.rows} rows in tables.",
        *(["Report: statistical_report.pdf"] if not arguments.no_report else []),
        f"Options: {_options(options)}",
        "These files lie outside the encryption now: handle them as the protocol says.",
    ]
    told = {"files": names, "options": dict(options.items()), "today": today, "language": arguments.lang}
    return {"out": str(arguments.out), "rows": written.rows, **told, "lines": lines}


def _options(options: Options) -> str:
    changed = options.changed()
    return ", ".join(f"{n}={v}" for n, v in changed.items()) if changed else "all as in the protocol decisions"


def report(
    record: TrialRecord, outcomes: Sequence[Outcome], options: Options, language: Language, progress: Progress
) -> bytes:
    """The statistical report; a tenth of the progress is its numbers."""
    from crf_desktop.analysis.summary import summarise
    from crf_desktop.report.statistical import statistical_report

    summary = summarise(record, options, outcomes, lambda done, of: progress(done, of * 10))
    return statistical_report(
        record, summary, outcomes, language, options, lambda done, of: progress(of + done * 9, of * 10)
    )
