"""The right side of signing: the forms of a visit, what changed, the signatures and three answers about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout, QScrollArea, QWidget

from crf_desktop.model.data import NOTHING, Kind
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.controls.contract import ItemView
from crf_desktop.ui.controls.speech import missing_words, printed
from crf_desktop.ui.form_view import label_of
from crf_desktop.ui.form_words import title_of
from crf_desktop.ui.label import Card, Label, Line, Mark, Pill
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.wording import figure
from crf_desktop.wording.signature import REASONS, SINCE

if TYPE_CHECKING:
    from crf_desktop.capture.entry import FormEntry
    from crf_desktop.capture.record import SignatureRecord
    from crf_desktop.capture.signing import SigningTask
    from crf_desktop.capture.study import Study
    from crf_desktop.model.data import Datum


class SigningDetail(Card):
    """Rebuilt for each visit shown; read only."""

    form_asked = Signal(str, str, str)
    documents_asked = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        px = look.px
        self.narrow = False
        """Leaves the words beside the eyes out."""
        self._shown: object = None
        self._study: Study | None = None
        self._task: SigningTask | None = None
        self._least = 0
        """Pixels that the columns side by side would take; 0: they have them."""
        self.title, self.pill = Label(look, "", 21, True, wrap=True), Pill(look)
        self.documents = Button(look, "quiet", height=28, px=13)
        self.documents.clicked.connect(self._ask_documents)
        self.head, beside = row(gap=px(4)), row(gap=px(12))
        beside.addWidget(self.documents, 0, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignTop)
        beside.addStretch(1)
        self.head.addWidget(self.title, 1)
        self.head.addLayout(beside)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = column(self, px(10), (px(24), px(16), px(16), px(12)))
        body.addLayout(self.head)
        body.addWidget(self.scroller, 1)

    def show_task(self, study: Study | None, task: SigningTask | None) -> None:
        """Shows one visit; None empties the card. What is shown already stays as it is."""
        version = (study, task, study.store.head() if study else None, self.look.language, self.look.scale, self.narrow)
        if version == self._shown:
            return
        self._shown, self._study, self._task = version, study, task
        self._least = 0
        inside = self._build(study, task)
        if not self.tight() and inside.minimumSizeHint().width() > self._room():
            self._least = inside.minimumSizeHint().width()
            inside.deleteLater()
            inside = self._build(study, task)
        self.scroller.setWidget(inside)

    def tight(self) -> bool:
        """Whether the columns stand one under the other."""
        return self.narrow or self._least > 0

    def _room(self) -> int:
        """Pixels for what scrolls, beside its bar."""
        return self.width() - self.look.px(40) - 8

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._study is None or event.size().width() == event.oldSize().width():
            return
        inside = self.scroller.widget()
        needed = self._least or (inside.minimumSizeHint().width() if inside is not None and not self.narrow else 0)
        if (needed > self._room()) != (self._least > 0):
            self._shown = None
            self.show_task(self._study, self._task)

    def _build(self, study: Study | None, task: SigningTask | None) -> QWidget:
        way = QBoxLayout.Direction.TopToBottom if self.tight() else QBoxLayout.Direction.LeftToRight
        self.head.setDirection(way)
        self.title.setText("")
        self.pill.hide()
        self.documents.hide()
        inside = QWidget()
        inside.setProperty("kind", "page")
        body = column(inside, self.look.px(6), (0, 0, self.look.px(8), 0))
        if study is not None and task is not None:
            self._fill(study, task, body)
        body.addStretch(1)
        return inside

    def _ask_documents(self) -> None:
        if self._task is not None:
            self.documents_asked.emit(self._task.subject, self._task.address)

    def _fill(self, study: Study, task: SigningTask, body: QLayout) -> None:
        from crf_desktop.capture.signing import filed_pdfs, titled  # not before the window stands

        n = len(filed_pdfs(study, task.subject, task.address))
        self.documents.setText(self.tr("1 signed PDF") if n == 1 else self.tr("{0} signed PDFs").format(n))
        self.documents.setVisible(n > 0)
        language = self.look.language
        self.title.setText(f"{task.subject} · {titled(study, task).title.in_(language)}")
        if task.changed:
            self.pill.show_state(Glyph.CHANGED, self.tr("Changed after signature"), "warn_soft", "warn")
            self.pill.show()
        entries = [study.form(task.subject, task.address, f) for f in task.forms]
        body.addWidget(Label(self.look, self.tr("Forms in this signature"), 13, token="text_2"))
        body.addLayout(self._forms(task, entries))  # type: ignore[attr-defined]
        changed = [e for e in entries if e.path.form_address in task.changed]
        signatures = self._signatures(study, entries if task.first else changed)
        if changed:
            body.addWidget(Label(self.look, self._since(signatures), 13, token="text_2", wrap=True))
            body.addLayout(self._changes(study, changed))  # type: ignore[attr-defined]
        if signatures:
            body.addWidget(Label(self.look, self.tr("Signatures on these forms"), 13, token="text_2"))
            for record in signatures:
                body.addLayout(self._signature(record))  # type: ignore[attr-defined]
                body.addWidget(Line(self.look))
            body.addWidget(Label(self.look, self._meant(task), 13, token="text_2", wrap=True))
        body.addWidget(Label(self.look, self.tr("Still open in this visit"), 13, token="text_2"))
        body.addLayout(self._still_open(study, task, entries))  # type: ignore[attr-defined]

    def _since(self, signatures: list[SignatureRecord]) -> str:
        """Names the last signature that the changes came after."""
        if not signatures:
            return self.tr("What changed since the signature")
        last = max(signatures, key=lambda s: s.when)
        when = figure.moment(last.when, self.look.language)
        return self.tr("What changed since the signature of {0}, {1}").format(last.person.full_name, when)

    def _meant(self, task: SigningTask) -> str:
        """What it means that a signature is no longer current, or that a second one is asked."""
        if task.first:
            return self.tr("You are shown the same file and sign it too; after that nothing in it can change.")
        return self.tr(
            "Not current: something changed after the signature. It stays in the record as what was signed then; "
            "your new signature says what holds now."
        )

    def _forms(self, task: SigningTask, entries: list[FormEntry]) -> QGridLayout:
        grid = self._grid()
        for at, entry in enumerate(entries):
            unseen = entry.path.form_address in task.unseen
            grid.addWidget(Mark(self.look, Glyph.NOT_SEEN if unseen else Glyph.SEEN), at, 0)
            name = title_of(entry, self.look.language)
            grid.addWidget(Label(self.look, name, 15, wrap=True), at, 1)
            words = self.tr("not seen in this version") if unseen else self.tr("seen by you")
            if not self.tight():
                grid.addWidget(Label(self.look, words, 13, token="warn" if unseen else "text_2"), at, 2)
            link = Button(self.look, "quiet", self.tr("Open"), height=26, px=13)
            link.setAccessibleName(self.tr("Open") + " " + name)
            link.clicked.connect(
                lambda _=False, f=entry.path.form_address: self.form_asked.emit(task.subject, task.address, f)
            )
            grid.addWidget(link, at, 3)
        grid.setColumnStretch(1, 1)
        return grid

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, self.look.px(8))
        grid.setHorizontalSpacing(self.look.px(12))
        grid.setVerticalSpacing(0)
        return grid

    def _changes(self, study: Study, entries: list[FormEntry]) -> QGridLayout:
        grid, look = self._grid(), self.look
        grid.setVerticalSpacing(look.px(6))
        grid.setColumnStretch(0, 1)
        heads = (self.tr("Item"), self.tr("Signed"), self.tr("Now"), self.tr("Changed by"))
        for at, words in enumerate(heads[: 3 if self.tight() else 4]):
            grid.addWidget(Label(look, words, 13, token="text_2"), 0, at)
        line = 1
        for entry in entries:
            view = entry.view()
            for oid, before in view.was.items():
                line = self._change(study, entry, oid, before, grid, line)
        return grid

    def _change(self, study: Study, entry: FormEntry, oid: str, before: Datum, grid: QGridLayout, line: int) -> int:
        from crf_desktop.capture.signature import local_time  # loads cryptography; not before the window stands

        look = self.look
        last = next(r for r in reversed(entry.history(oid)) if r.kind is Kind.ITEM)
        person = study.store.person(last.user_oid)
        grid.addWidget(Line(look), line, 0, 1, 4)
        grid.addWidget(Label(look, self._item_words(entry, oid), 15, wrap=True), line + 1, 0)
        former = Label(look, self._datum(study, oid, before), 15, token="text_2")
        font = former.font()
        font.setStrikeOut(True)
        former.setFont(font)
        grid.addWidget(former, line + 1, 1)
        grid.addWidget(Label(look, self._datum(study, oid, entry.datum(oid)), 15, True), line + 1, 2)
        who = person.full_name if person else last.user_oid
        when = figure.moment(local_time(last), look.language)
        reason = self.tr("Reason: {0}").format(last.reason_for_change or "")
        if self.tight():
            reason = f"{who}, {when}. {reason}"
        else:
            by = column()
            by.addWidget(Label(look, who, 13, wrap=True))
            by.addWidget(Label(look, when, 13, token="text_2"))
            grid.addLayout(by, line + 1, 3)
        grid.addWidget(Label(look, reason, 13, wrap=True), line + 2, 0, 1, 4)
        return line + 3

    def _item_words(self, entry: FormEntry, item_at: str) -> str:
        """The item, and which of several records it belongs to."""
        label, language = label_of(entry, item_at, self.look.language), self.look.language
        return f"{title_of(entry, language)} · {label}" if entry.path.form_key else label

    def _datum(self, study: Study, oid: str, datum: Datum) -> str:
        if datum.null_flavor is not None:
            return missing_words(ItemView(datum), self.look.language)
        if datum == NOTHING:
            return self.tr("no answer")
        return printed(study.definition, study.definition.item_at(oid), datum, self.look.language)

    def _signatures(self, study: Study, entries: list[FormEntry]) -> list[SignatureRecord]:
        from crf_desktop.capture.recording import signature_records  # loads cryptography; not before the window stands

        people = {p.user_oid: p for p in study.store.people()}
        return [s for e in entries for s in signature_records(study, e, people)]

    def _signature(self, record: SignatureRecord) -> QLayout:
        look, zh = self.look, self.look.language == "zh"
        whole, line = column(gap=look.px(2)), row(gap=look.px(8))
        who, when = record.person.full_name, figure.moment(record.when, look.language)
        if self.tight():
            whole.addWidget(Label(look, f"{who}, {when}", 13, True, wrap=True))
        else:
            line.addWidget(Label(look, who, 13, True))
            line.addWidget(Label(look, when, 13))
            line.addStretch(1)
        answers = (
            (record.intact, self.tr("Intact"), self.tr("Not intact")),
            (record.current, self.tr("Current"), self.tr("Not current")),
            (record.valid, self.tr("Valid"), self.tr("Not valid")),
        )
        for holds, yes, no in answers:
            line.addWidget(Mark(look, Glyph.MET if holds else Glyph.CHANGED, 14))
            line.addWidget(Label(look, yes if holds else no, 13))
        told = [REASONS[code][zh] for code in record.reasons if code != "changed"]
        told += [SINCE[record.since][zh]] if record.since else []
        if self.tight():
            line.addStretch(1)
        whole.addLayout(line)
        if told:
            whole.addWidget(Label(look, " ".join(told), 13, token="text_2", wrap=True))
        return whole

    def _still_open(self, study: Study, task: SigningTask, entries: list[FormEntry]) -> QLayout:
        from crf_desktop.capture.signing import open_forms  # loads the signing code; not before the window stands

        look, line = self.look, row(gap=self.look.px(8))
        queries = sum(e.head.n_open_query for e in entries if e.head)
        n_open = open_forms(study, task)
        parts = [
            (
                n_open == 0,
                self.tr("No form left to fill in"),
                self.tr("Forms not complete: {0}").format(n_open),
            ),
            (queries == 0, self.tr("No open query"), self.tr("Open queries: {0}").format(queries)),
        ]
        for fine, yes, no in parts:
            line.addWidget(Mark(look, Glyph.MET if fine else Glyph.CHANGED, 14))
            line.addWidget(Label(look, yes if fine else no, 13))
            line.addSpacing(look.px(8))
        line.addStretch(1)
        return line
