"""Figures of the trial on paper: drawn in the worker process, shown at the screen's own resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from crf_desktop.ui import analysis_work
from crf_desktop.ui.analysis_work import Drawn, Picture
from crf_desktop.ui.button import Button
from crf_desktop.ui.chip import Chip
from crf_desktop.ui.field import Picker, TextField
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import LIGHT, Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.paint import Icon, draw_box

if TYPE_CHECKING:
    from crf_desktop.ui.analysis_desk import AnalysisDesk
    from crf_desktop.ui.worker import Job

COURSE = "course"
FIGURES = ("spaghetti", "waterfall", "heat_map", "swimmer", COURSE)
WAIT_MS = 200
"""The window must rest so long before a figure is drawn for its new width."""
KEPT = 24
"""Figures kept for coming back to."""
MANY = 60
"""More participants are not offered in a menu: the number is typed."""
PAPER = 16
LEAST, SIDE = 760, 316
"""Width that paper needs beside its words, and theirs."""
Wanted = tuple[object, ...]


class Paper(QWidget):
    """White in every theme: what is shown is what is printed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_image(self, png: bytes | None, told: str) -> None:
        """Shows a picture, or blank paper; ``told`` is what a screen reader says."""
        self.image = QImage.fromData(png) if png is not None else None
        self.setAccessibleName(told)
        self._fit()
        self.update()

    def _fit(self) -> None:
        margin = self.look.px(PAPER)
        high = self.look.px(300)
        if self.image is not None and self.image.width():
            high = round((self.width() - 2 * margin) * self.image.height() / self.image.width()) + 2 * margin
        if self.height() != high:
            self.setFixedHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, QRectF(self.rect()), self.look.px(8), LIGHT.color("surface"), self.look.color("line"))
        if self.image is not None:
            margin = self.look.px(PAPER)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(self.rect()).adjusted(margin, margin, -margin, -margin), self.image)


class FigureView(QWidget):
    """Chips for the figures; the course has a participant, ← and → lead to the next."""

    save_asked = Signal(object)
    """(:class:`crf_desktop.ui.analysis_work.Picture`)"""
    failed = Signal(object)

    def __init__(self, look: Look, desk: AnalysisDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.desk = look, desk
        self.name, self.subject, self.page, self.pages = FIGURES[0], "", 0, 1
        self.subjects: list[str] = []
        self._drawn: dict[Wanted, Drawn] = {}
        self._shown: Wanted = ()
        self._job: Job | None = None
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(WAIT_MS)
        self._resting.timeout.connect(self.draw)
        self._make_parts()
        self._lay_out()

    def _make_parts(self) -> None:
        look = self.look
        self.chips = {name: Chip(look) for name in FIGURES}
        for name, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, n=name: self.choose(n))
        self.back, self.on = Button(look, "plain", lead=Icon.LEFT), Button(look, "plain", trail=Icon.RIGHT)
        self.picker, self.number = Picker(look, 36), TextField(look, width=140)
        self.place = Label(look, "", 15)
        self.save = Button(look, "plain")
        self.paper, self.caption = Paper(look), Label(look, "", 13, wrap=True)
        self.back.clicked.connect(lambda: self.step(-1))
        self.on.clicked.connect(lambda: self.step(1))
        self.picker.chosen.connect(self.show_subject)
        self.number.returnPressed.connect(self._typed)
        self.save.clicked.connect(lambda: self.save_asked.emit(self.which()))
        for key, by in ((Qt.Key.Key_Left, -1), (Qt.Key.Key_Right, 1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda b=by: self.step(b))

    def _lay_out(self) -> None:
        px = self.look.px
        tools = row(gap=px(4))
        for chip in self.chips.values():
            tools.addWidget(chip)
        tools.addStretch(1)
        self.whom, self.side = QWidget(), QWidget()
        second = row(self.whom, px(4))
        for widget in (self.back, self.picker, self.number, self.place, self.on):
            second.addWidget(widget)
        second.addStretch(1)
        self.picker.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.words = column(self.side, px(8))
        self.words.addWidget(self.caption)
        line = row()
        line.addWidget(self.save)
        line.addStretch(1)
        self.words.addLayout(line)
        self.words.addStretch(1)
        inside = QWidget()
        inside.setProperty("kind", "page")
        self.sheet = column(inside, px(8), (0, 0, px(8), px(16)))
        self.sheet.addWidget(self.paper)
        self.sheet.addStretch(1)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setWidget(inside)
        self.middle = row(gap=px(12))
        self.middle.addWidget(self.scroller, 1)
        self.outer = column(self, px(8))
        self.outer.addLayout(tools)
        self.outer.addLayout(self.middle, 1)
        self._narrow: bool | None = None

    def _fold(self) -> None:
        """Words and buttons stand beside the paper; below it where there is no room, and the steps above."""
        narrow = self.width() < self.look.px(LEAST + SIDE)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self.outer.insertWidget(1, self.whom)
            self.sheet.insertWidget(1, self.side)
        else:
            self.words.insertWidget(0, self.whom)
            self.middle.addWidget(self.side)
        self.side.setMinimumWidth(0 if narrow else self.look.px(SIDE))
        self.side.setMaximumWidth(16_777_215 if narrow else self.look.px(SIDE))

    # ---- what it shows

    def show_subjects(self, subjects: list[str]) -> None:
        """Everybody who can be chosen; figures drawn before are of another state of the trial."""
        self.subjects = subjects
        if self.subject not in subjects:
            self.subject = subjects[0] if subjects else ""
        self._drawn.clear()
        self._shown = ()
        self.picker.show_options([(s, s) for s in subjects] if len(subjects) <= MANY else [], self.subject)
        self.retranslate()
        self.draw()
        if subjects and (self._job is None or not self._job.running):
            self._job = self.desk.ask(analysis_work.get_ready, self.desk.shown)
            self._job.done.connect(lambda _: self.draw())

    def forget(self) -> None:
        """Empties the view when the study is locked."""
        self._resting.stop()
        self._job = None
        self.name, self.subjects, self.subject, self.page, self.pages, self._shown = FIGURES[0], [], "", 0, 1, ()
        self._drawn.clear()
        self.picker.show_options([], "")
        self.number.clear()
        self.paper.show_image(None, "")
        self.caption.setText("")

    def whose(self) -> bool:
        """Whether the figure is of one participant."""
        return self.name == COURSE

    def choose(self, name: str) -> None:
        """Another figure."""
        self.page, self.pages = (self.page, self.pages) if name == self.name else (0, 1)
        self.name = name
        self.retranslate()
        self.draw()
        self.scroller.verticalScrollBar().setValue(0)

    def step(self, by: int) -> None:
        """The next participant or page, or the one before."""
        if not self.whose():
            self.page = max(0, min(self.page + by, self.pages - 1))
            self.choose(self.name)
        elif self.subjects:
            at = self.subjects.index(self.subject) + by
            if 0 <= at < len(self.subjects):
                self.show_subject(self.subjects[at])

    def show_subject(self, subject: str) -> None:
        """The course of a participant."""
        self.subject = subject
        self.choose(COURSE)

    def _typed(self) -> None:
        wanted = self.number.text().strip()
        found = [s for s in self.subjects if s == wanted or s.endswith(wanted)] if wanted else []
        if len(found) == 1:
            self.show_subject(found[0])

    # ---- drawing

    def _wanted(self) -> Wanted:
        ratio = self.devicePixelRatioF()
        wide = self.paper.width() - 2 * self.look.px(PAPER)
        page = 0 if self.whose() else self.page
        return self.which(), page, self.look.language, self.desk.shown, wide, ratio

    def which(self) -> Picture:
        """The figure that is wanted."""
        return Picture(self.name, self.subject if self.whose() else "", self.desk.blind)

    def draw(self) -> None:
        """Shows the figure that is wanted: at once when it was drawn before, else as soon as it comes."""
        if self.desk.overview is None or not self.isVisible() or (self.whose() and not self.subject):
            return
        wanted = self._wanted()
        if wanted == self._shown:
            return
        if wanted in self._drawn:
            self._show(wanted, self._drawn[wanted])
        elif self._job is None or not self._job.running:
            self._job = job = self.desk.ask(analysis_work.figure, *wanted)
            job.done.connect(lambda drawn: self._came(wanted, drawn))
            job.failed.connect(self._broke)
            self._wait()

    def _came(self, wanted: Wanted, drawn: Drawn) -> None:
        self._drawn = dict([*self._drawn.items()][-KEPT + 1 :]) | {wanted: drawn}
        if wanted == self._wanted():
            self._show(wanted, drawn)
        else:
            self.draw()

    def draw_again(self) -> None:
        """The process was ended under the figure."""
        self._job = None
        self.draw()

    def _broke(self, error: BaseException) -> None:
        self.caption.setText(self.tr("The figure could not be drawn."))
        self.failed.emit(error)

    def _wait(self) -> None:
        if not self._shown or self._shown[:4] != self._wanted()[:4]:
            self.paper.show_image(None, "")
            self.caption.setText(self.tr("Drawing the figure"))
            self._shown = ()

    def _show(self, wanted: Wanted, drawn: Drawn) -> None:
        self._shown, self.pages = wanted, drawn.pages
        self._show_steps()
        told = drawn.caption
        if drawn.hidden:
            rule = self.tr("Not shown while PGA, ESSPRI, ESSDAI or ultrasound of a visit is being rated: {0}.")
            told = " ".join(w for w in (told, rule.format(", ".join(drawn.hidden))) if w)
        self.save.setEnabled(bool(drawn.png))
        self.paper.show_image(drawn.png or None, f"{self.chips[self.name].words()}: {told}")
        self.caption.setText(told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
        if self.isVisible():
            self._resting.start()

    # ---- words

    def retranslate(self) -> None:
        """Words of the language in force."""
        words = {
            "spaghetti": self.tr("Scores over time"), "waterfall": self.tr("ESSDAI change"),
            "heat_map": self.tr("Domains"), "swimmer": self.tr("Doses and events"), COURSE: self.tr("One participant"),
        }  # fmt: skip
        for name, chip in self.chips.items():
            chip.setText(words[name])
            chip.setChecked(name == self.name)
        self.back.setText(self.tr("Previous"))
        self.on.setText(self.tr("Next"))
        self.save.setText(self.tr("Save figure as PDF"))
        self.number.setPlaceholderText(self.subject or self.tr("Number"))
        self.number.setAccessibleName(self.tr("Participant"))
        self._show_steps()

    def _show_steps(self) -> None:
        """Participant or page, and whether there is another one."""
        whose, few = self.whose(), len(self.subjects) <= MANY
        self.whom.setVisible(bool(self.subjects) and (whose or self.pages > 1))
        self.picker.setVisible(whose and few)
        self.number.setVisible(whose and not few)
        self.place.setVisible(not whose)
        self.place.setText(self.tr("Page {0} of {1}").format(self.page + 1, self.pages))
        if few and self.subject:
            self.picker.show_options([(s, s) for s in self.subjects], self.subject)
        self.picker.setAccessibleName(self.tr("Participant {0}").format(self.subject))
        at, of = self.page, self.pages
        if whose:
            at, of = self.subjects.index(self.subject) if self.subject else 0, len(self.subjects)
        self.back.setEnabled(at > 0)
        self.on.setEnabled(at + 1 < of)
