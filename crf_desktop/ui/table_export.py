"""Frames, traces, codebook and report into a new folder, by the process; recorded before the folder appears."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from PySide6.QtCore import QDir, Signal
from PySide6.QtWidgets import QFileDialog

from crf_desktop.errors import Explained
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui import analysis_work
from crf_desktop.ui.analysis_work import Tables
from crf_desktop.ui.label import Label
from crf_desktop.ui.making import Making, Order
from crf_desktop.ui.problem_panel import Problem
from crf_desktop.ui.sheet import Sheet


def new_place(folder: Path, today: str) -> Path:
    """``analysis-2026-11-25``, or with a number where that is taken."""
    found, n = folder / f"analysis-{today}", 2
    while found.exists():
        found, n = folder / f"analysis-{today}-{n}", n + 1
    return found


class TableExport(Making):
    """The folder is made under a hidden name beside its place and appears whole, or not at all."""

    written = Signal()
    """The export stands in the log."""

    def ask(self) -> None:
        """Says what it is, then asks for the folder."""
        if self.may(self.tr("Write tables")):
            self._explain()

    def _explain(self) -> Sheet:
        look = self.page.look
        sheet = Sheet(look, self.page, 560)
        sheet.add_title(self.tr("Write tables"), Glyph.PRINT)
        words = self.tr(
            "A new folder for a statistician: tables as CSV and Parquet with their codebook, the reason of every "
            "verdict, and the report."
        )
        sheet.body.addWidget(Label(look, words, 15, wrap=True))
        hint = self.tr("They are not encrypted, and the log records that they left the study.")
        sheet.body.addWidget(Label(look, hint, 13, token="text_2", wrap=True))
        sheet.add_buttons(
            (self.tr("Go back"), "plain", self.close), (self.tr("Choose the folder"), "primary", self._ask_folder)
        )
        sheet.again = self._explain
        self.show(sheet)
        return sheet

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self.page, self.tr("Choose where the new folder is made"), QDir.homePath()
        )
        if chosen and self.desk.overview is not None:
            self.write(new_place(Path(chosen), self.desk.overview.summary.today))

    def write(self, out: Path) -> None:
        """Has the process write the tables for the new folder ``out``."""
        from crf_desktop.capture.filing import require_outside  # loads with the study

        options, language = self.desk.shown, self.page.look.language
        hidden = out.with_name(f".{out.name}.{secrets.token_hex(4)}.made")
        try:
            require_outside(out)
        except Explained as problem:
            self._refused(problem)
            return

        def dropped() -> None:
            for left in (hidden, *out.parent.glob(f".{hidden.name}.*.part")):
                shutil.rmtree(left, ignore_errors=True)

        def made(tables: Tables) -> None:
            self._appear(hidden, out, tables)
            dropped()

        self.start(
            Order(lambda: self.tr("Writing the tables"), analysis_work.tables, (str(hidden), language, options), made,
                  dropped)
        )  # fmt: skip

    def _appear(self, hidden: Path, out: Path, tables: Tables) -> None:
        from crf_desktop.capture.exporting import record_export  # loads with the study
        from crf_desktop.capture.filing import problem, sync_folder

        study = self.page.study
        assert study is not None
        try:
            record_export(study, "analysis", tables.sha256, rows=tables.rows, options=tables.options.changed())
            try:
                hidden.rename(out)
                sync_folder(out.parent)
            except OSError as error:
                raise problem(error) from None
        except Explained as refused:
            self._refused(refused)
            return
        self.written.emit()
        self.show_saved(str(out))

    def _refused(self, problem: Explained) -> None:
        told = Problem(problem.code, self.tr("Write tables"), *problem.sentences(self.page.look.language))
        self.show_problem(told, [(self.tr("Choose another place"), "primary", self._ask_folder)])
