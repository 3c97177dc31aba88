"""Backups on the study page: the last one and that it was proved, the second place, and making one now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.label import Card, Label, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.problem_panel import local_moment
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.backup import BackupFacts
    from crf_desktop.capture.study import Study
    from crf_desktop.ui.backup_watch import BackupWatch


class BackupCard(Card):
    """Follows the watch while it is shown."""

    def __init__(self, look: Look, study: Study, watch: BackupWatch, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.study, self.watch = study, watch
        px = look.px
        body = column(self, px(2), (px(16), px(14), px(16), px(14)))
        body.addWidget(Label(look, self.tr("Backups"), 17, True))
        body.addSpacing(px(6))
        body.addWidget(Label(look, self.tr("Last backup"), 13, token="text_2"))
        line = row(gap=px(8))
        self.mark, self.words = Mark(look, Glyph.COMPLETE, 16), Label(look, "", 15, wrap=True)
        line.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.words, 1)
        body.addLayout(line)
        self.trouble = Label(look, "", 13, token="warn", wrap=True)
        body.addWidget(self.trouble)
        body.addSpacing(px(6))
        body.addWidget(Label(look, self.tr("Second place"), 13, token="text_2"))
        self.place = Label(look, "", 15, wrap=True)
        body.addWidget(self.place)
        self.going, self.bar = Label(look, "", 13, token="text_2", wrap=True), QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        body.addWidget(self.going)
        body.addWidget(self.bar)
        body.addSpacing(px(6))
        self.now, self.choose = Button(look, "plain", px=13, height=32), Button(look, "quiet", px=13, height=32)
        self.drop = Button(look, "quiet", px=13, height=32)
        self.now.clicked.connect(lambda: watch.back_up())
        self.choose.clicked.connect(self._choose)
        self.drop.clicked.connect(lambda: self._set_place(None))
        for button in (self.now, self.choose, self.drop):
            body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        watch.changed.connect(self.tell)
        self.tell()

    def tell(self) -> None:
        """Shows how it stands."""
        from crf_desktop.capture.backup import backup_facts  # loaded with the study

        if self.watch.study is not self.study:
            return
        facts, running = backup_facts(self.study), self.watch.running
        self._tell_last(facts)
        self._tell_trouble(facts)
        self.place.setText(self._place_words(facts))
        self.going.setVisible(running)
        self.bar.setVisible(running)
        self.going.setText(self.tr("Being made: copied, then opened to prove it"))
        self.bar.setValue(self.watch.percent)
        self.bar.setAccessibleName(self.going.text())
        writable = not self.study.store.read_only
        self.now.setText(self.tr("Make a backup now"))
        self.now.setVisible(writable)
        self.now.setEnabled(not running)
        another = facts.place is not None
        self.choose.setText(self.tr("Choose another place") if another else self.tr("Choose a second place"))
        self.choose.setVisible(writable)
        self.drop.setText(self.tr("No second place"))
        self.drop.setVisible(writable and facts.place is not None)

    def _tell_last(self, facts: BackupFacts) -> None:
        last = facts.last
        if not last.made_at:
            self.mark.set_shape(Glyph.MISSING)
            self.words.setText(self.tr("None yet. One is made by itself when the study is locked, and every day."))
            return
        self.mark.set_shape(Glyph.OVERDUE if facts.late else Glyph.COMPLETE)
        size = figure.with_unit(f"{max(last.size / 1e6, 0.1):.1f}", "MB")
        told = self.tr("{0}, proved by opening it ({1}; {2} kept in the study’s folder)")
        self.words.setText(told.format(local_moment(last.made_at, self.look.language), size, facts.kept))

    def _tell_trouble(self, facts: BackupFacts) -> None:
        language, told = self.look.language, []
        if facts.late and facts.age_days is not None:
            told.append(self.tr("It is {0} days old; what was written since is in none.").format(facts.age_days))
        problem = self.watch.problem
        if problem is None and facts.last.failed_code:
            from crf_desktop.errors import EnvironmentProblem

            told.append(
                self.tr("One could not be made, {0}:").format(local_moment(facts.last.failed_at, language))
            )
            context = {"need_mb": "?", "reason": "?"}
            problem = EnvironmentProblem(facts.last.failed_code, **context)
        if problem is not None:
            happened, _, todo = problem.sentences(language)
            told += [happened, todo]
        self.trouble.setText(("" if language == "zh" else " ").join(told))
        self.trouble.setVisible(bool(told))

    def _place_words(self, facts: BackupFacts) -> str:
        if facts.place is None:
            return self.tr("None chosen. A stick, or another disk: a laptop that is lost takes its backups along.")
        there = str(facts.place)
        if not facts.place_there:
            there = self.tr("{0} (not plugged in)").format(there)
        if not facts.last.second_at:
            return self.tr("{0}: no copy yet").format(there)
        return self.tr("{0}: last copy {1}").format(there, local_moment(facts.last.second_at, self.look.language))

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Choose a folder on a stick or another disk"), str(Path.home())
        )
        if chosen:
            self._set_place(Path(chosen))

    def _set_place(self, folder: Path | None) -> None:
        from crf_desktop.capture.backup import choose_place  # loaded with the study

        try:
            choose_place(self.study, folder)
        except Explained as problem:
            self.watch.problem = problem
        else:
            self.watch.problem = None
            if folder is not None:
                self.watch.back_up()
        self.tell()
