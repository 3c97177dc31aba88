"""The right card of the unlock page, and the ready check of the day: what this machine says about itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.settings import SystemClock
from crf_desktop.ui.label import Card, Label, Line, Mark, Note
from crf_desktop.ui.look import Look
from crf_desktop.ui.machine_check import Finding, look_around
from crf_desktop.ui.page import column, row
from crf_desktop.wording import figure

GIB = 1024**3
MB = 1_000_000


def check_words(finding: Finding, language: str) -> tuple[str, str]:
    """Name of a check and what it found."""

    match finding.check:
        case "clock":
            late = QCoreApplication.translate("MachineCard", "{0} min behind the last entry").format(finding.number)
            return QCoreApplication.translate("MachineCard", "Clock"), QCoreApplication.translate(
                "MachineCard", "not behind the last entry"
            ) if finding.fine else late
        case "disk":
            gib = finding.number / GIB
            if gib < 1:
                megabytes = figure.with_unit(str(finding.number // MB), "MB")
                return QCoreApplication.translate("MachineCard", "Free disk"), megabytes
            return QCoreApplication.translate("MachineCard", "Free disk"), figure.with_unit(
                f"{gib:.0f}" if gib >= 10 else f"{gib:.1f}", "GB"
            )
        case "folder":
            return QCoreApplication.translate("MachineCard", "Study folder"), QCoreApplication.translate(
                "MachineCard", "can be written"
            ) if finding.fine else QCoreApplication.translate("MachineCard", "can only be read")
        case "memory":
            return QCoreApplication.translate("MachineCard", "Memory"), QCoreApplication.translate(
                "MachineCard", "not protected from reading"
            )
        case "battery":
            percent = figure.percent(str(finding.number), language)
            return QCoreApplication.translate("MachineCard", "Battery"), QCoreApplication.translate(
                "MachineCard", "{0}, charging"
            ).format(percent) if finding.charging else percent


class MachineCard(Card):
    """Checks of the machine only."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.findings: list[Finding] = []
        self.open_memory = False
        """Other programs could read this one's memory, or a crash could leave it on the disk."""
        self._checked = ""
        px = look.px
        body = column(self, 0, (px(32), px(30), px(32), px(24)))
        self.title, self.when = Label(look, "", 17, True), Label(look, "", 13, token="text_2", wrap=True)
        body.addWidget(self.title)
        body.addWidget(self.when)
        body.addSpacing(px(10))
        self.rows = column()
        body.addLayout(self.rows)
        body.addStretch(1)
        self.note = Note(look)
        body.addSpacing(px(16))
        body.addWidget(self.note)
        look.language_changed.connect(self.retranslate)

    def look_at(self, folder: Path | None) -> None:
        """Checks now."""
        now = SystemClock().now()
        self._checked = now.isoformat()
        self.findings = look_around(folder, now)
        if self.open_memory:
            self.findings.append(Finding("memory", False))
        self.retranslate()

    def retranslate(self) -> None:
        """Words of the language in force."""
        self.title.setText(self.tr("Ready for the round"))
        when = figure.moment(self._checked, self.look.language) if self._checked else ""
        self.when.setText(self.tr("Checked {0}, on this machine").format(when))
        self.note.set_text(
            self.tr(
                "Visits due and unsigned forms appear after you unlock. Nothing about a participant is readable before."
            )
        )
        while (item := self.rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, finding in enumerate(self.findings):
            if at:
                self.rows.addWidget(Line(self.look))
            self.rows.addWidget(self._line(finding))

    def _line(self, finding: Finding) -> QWidget:
        px, name_found = self.look.px, check_words(finding, self.look.language)
        line = QWidget(self)
        line.setFixedHeight(px(51))
        across = row(line, px(10))
        across.addWidget(Mark(self.look, Glyph.COMPLETE if finding.fine else Glyph.WARNING, 18))
        across.addWidget(Label(self.look, name_found[0], 15, True))
        across.addStretch(1)
        found = Label(self.look, name_found[1], 15, token="text_2" if finding.fine else "warn")
        found.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        across.addWidget(found)
        return line
