"""The pages that are to be signed, one document after the other; each has to be read to its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui import pdf_work
from crf_desktop.ui.button import Button
from crf_desktop.ui.label import Card, Label, Pill
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.paint import Icon
from crf_desktop.ui.pdf_view import PdfView
from crf_desktop.ui.worker import Job, Workshop

if TYPE_CHECKING:
    from crf_desktop.capture.signing import Shown, ToSign


@dataclass
class Reading:
    """One document on its way from drawn to read."""

    prepare: Callable[[], tuple[ToSign, bytes]]
    """What would be signed now, and the file that another person signed; asked when the document is come to."""
    title: Callable[[], str]
    """Participant and visit, in the language in force."""
    subject: str = ""
    asked: ToSign | None = None
    file: bytes = b""
    """What another person signed; empty: the pages are drawn."""
    shown: Shown | None = None
    seen: frozenset[int] = field(default_factory=frozenset)

    @property
    def read(self) -> bool:
        """Whether every page was on the screen."""
        return self.shown is not None and len(self.seen) == self.shown.n_pages


class SigningReading(QWidget):
    """Draws, shows and remembers what was read; forgets everything when it is left."""

    back_asked = Signal()
    read_changed = Signal()
    failed = Signal(object)

    def __init__(self, look: Look, workshop: Workshop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.workshop = look, workshop
        self.documents: list[Reading] = []
        self.at = 0
        self._tight = False
        self._job: Job | None = None
        self.back = Button(look, "quiet", lead=Icon.LEFT)
        self.title, self.pill, self.count = Label(look, "", 17, True), Pill(look), Label(look, "", 13, token="text_2")
        self.former, self.next = Button(look, "plain", lead=Icon.LEFT), Button(look, "plain", trail=Icon.RIGHT)
        self.view = PdfView(look, workshop)
        self.view.reading = True
        self._lay_out()
        self.back.clicked.connect(self.back_asked)
        self.former.clicked.connect(lambda: self.show_document(self.at - 1))
        self.next.clicked.connect(lambda: self.show_document(self.at + 1))
        self.view.seen_changed.connect(self._seen)
        self.view.failed.connect(self.failed)
        self.view.pages.installEventFilter(self)

    def _lay_out(self) -> None:
        px = self.look.px
        card = Card(self.look)
        self.inside = inside = column(card, 0, (1, px(6), 1, px(8)))
        line = row(gap=px(12), margins=(px(8), 0, px(12), 0))
        line.addWidget(self.back)
        line.addWidget(self.title)
        line.addWidget(self.pill)
        line.addStretch(1)
        for widget in (self.count, self.former, self.next):
            line.addWidget(widget)
        inside.addLayout(line)
        inside.addWidget(self.view, 1)
        self.outer = column(self, 0, (px(24), 0, px(24), px(12)))
        self.outer.addWidget(card)

    def show_tight(self, tight: bool) -> None:
        """In a low window: short margins, and short words where there is more than one document."""
        if tight == self._tight:
            return
        self._tight, px = tight, self.look.px
        self.inside.setContentsMargins(1, px(2 if tight else 6), 1, px(2 if tight else 8))
        self.outer.setContentsMargins(px(24), px(6 if tight else 0), px(24), px(6 if tight else 12))
        self.retranslate()

    # ---- documents

    def begin(self, documents: Sequence[Reading]) -> None:
        """Shows the first document; the others are drawn when they are come to."""
        self.forget()
        self.documents = list(documents)
        if self.documents:
            self.show_document(0)

    def forget(self) -> None:
        """Drops every page."""
        if self._job is not None:
            self._job.cancel()
        self._job, self.documents, self.at = None, [], 0
        self.view.clear()

    def all_read(self) -> bool:
        """Whether every document was read to its end."""
        return bool(self.documents) and all(one.read for one in self.documents)

    def show_document(self, at: int) -> None:
        """Shows a document, drawn first where it is not yet."""
        if not 0 <= at < len(self.documents):
            return
        self.at, one = at, self.documents[at]
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.view.clear()
        if one.shown is None:
            self._draw(one)
        else:
            self._show(one)
        self.retranslate()
        self.start()

    def _draw(self, one: Reading) -> None:
        language = self.look.language
        try:
            one.asked, one.file = one.prepare()
        except Explained as problem:
            self.failed.emit(problem)
            return
        if one.file:
            job = self.workshop.start(pdf_work.file_to_countersign, one.asked, language, one.file, parent=self)
        else:
            job = self.workshop.start(pdf_work.draw_to_sign, one.asked, language, parent=self)
        self._job = job
        job.done.connect(lambda shown: self._drawn(one, shown))
        job.failed.connect(self._fail)

    def _fail(self, error: object) -> None:
        self._job = None
        self.failed.emit(error)

    def _drawn(self, one: Reading, shown: Shown) -> None:
        self._job, one.shown = None, shown
        self._show(one)
        self.retranslate()
        self.read_changed.emit()

    def _show(self, one: Reading) -> None:
        assert one.shown is not None
        place = one.shown.place
        empty = place[2] > place[0]
        words = self.tr("Your signature will stand here: name, time, certificate")
        self.view.show_pdf(one.shown.pdf, one.seen, (one.shown.n_pages - 1, place, words) if empty else None)

    def _seen(self) -> None:
        if self.documents:
            self.documents[self.at].seen = frozenset(self.view.pages.seen)
            self.retranslate()
            self.read_changed.emit()

    # ---- keyboard and words

    def start(self) -> None:
        """Gives the keyboard to the pages."""
        self.view.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]  # it is a key event
            self.back_asked.emit()
        return pressed and event.key() == Qt.Key.Key_Escape  # type: ignore[attr-defined]

    def retranslate(self) -> None:
        """Every word in the language in force."""
        short = self._tight and len(self.documents) > 1
        self.back.setText("" if short else self.tr("Back to the list"))
        self.back.setAccessibleName(self.tr("Back to the list"))
        self.former.setAccessibleName(self.tr("Document before"))
        self.next.setText("" if short else self.tr("Next document"))
        self.next.setAccessibleName(self.tr("Next document"))
        n = len(self.documents)
        for widget in (self.count, self.former, self.next):
            widget.setVisible(n > 1)
        self.count.setText(f"{self.at + 1} / {n}" if short else self.tr("Document {0} of {1}").format(self.at + 1, n))
        self.pill.setVisible(not self._tight)  # the line under it says how much is still to be read
        self.former.setEnabled(self.at > 0)
        self.next.setEnabled(self.at + 1 < n)
        if self.documents:
            one = self.documents[self.at]
            self.title.setText(one.title())
            if one.read:
                self.pill.show_state(Glyph.SEEN, self.tr("Read to the end"), "ok_soft", "ok")
            elif one.shown is None:
                self.pill.show_state(Glyph.PLANNED, self.tr("The pages are being drawn"), "sunken", "text")
            else:
                self.pill.show_state(Glyph.NOT_SEEN, self.tr("To be read"), "warn_soft", "warn")
        self.view.retranslate()
