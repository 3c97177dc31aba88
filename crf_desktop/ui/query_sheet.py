"""One query beside its field: what was said, and what the role may do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from attrs import frozen
from PySide6.QtWidgets import QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.query import NEEDS_TEXT, Query, QueryAct
from crf_desktop.ui.button import Button, Kind
from crf_desktop.ui.decision_table import DecisionTable
from crf_desktop.ui.label import Label, Pill
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import row
from crf_desktop.ui.query_thread import QueryThread
from crf_desktop.ui.query_words import act_word, asks_for, state_of
from crf_desktop.ui.sheet import Sheet
from crf_desktop.ui.text_area import TextArea

if TYPE_CHECKING:
    from crf_desktop.capture.entry import FormEntry
    from crf_desktop.capture.study import Study
    from crf_desktop.model.data import Change

LOW: Final = 560
"""Logical px of the page below which the text is given two lines."""
NEW: Final = "new"
"""In place of a query's name: one that is about to be raised."""


@frozen
class Asked:
    """What a sheet is about, and what it tells when something came of it."""

    study: Study
    entry: FormEntry | None
    """The form on the screen; None for what belongs to no form."""
    about: str
    """The place in words."""
    queries: tuple[Query, ...]
    name: str
    """Of the query shown; ``NEW`` for one to be raised, empty where there is none and none can be."""
    show: Callable[[str], None]
    """Shows another query of the place by its name."""
    send: Callable[[QueryAct, Query | None, str, Change | None], None]
    """Does an act; raises :class:`Explained` when nothing came of it."""
    keep: Callable[[str, str], None]
    """Keeps what was typed and not sent, under the query's name."""

    @property
    def query(self) -> Query | None:
        """The query shown."""
        return next((q for q in self.queries if q.name == self.name), None)


class QuerySheet(Sheet):
    """Docked below the field; Ctrl+Enter sends, Escape leaves and keeps what was typed."""

    keeps_typed = False  # it keeps it itself, beside the query

    def __init__(self, look: Look, host: QWidget, asked: Asked, acts: list[QueryAct], unsent: str) -> None:
        super().__init__(look, host, 820, docked=True)
        self.edge = "query"
        self.asked = asked
        self.acts = acts
        self.query = asked.query
        self.words: TextArea | None = None
        self.table: DecisionTable | None = None
        self.said: QueryThread | None = None
        self._sent = False
        self._add_head()
        self._add_thread()
        self._add_table()
        self._add_words(unsent)
        self.fault = Label(look, "", 13, True, "bad", wrap=True)
        self.fault.hide()
        self.body.addWidget(self.fault)
        self._add_acts()
        self._judge()

    # ---- its parts

    def _add_head(self) -> None:
        look, line = self.look, row(gap=self.look.px(8))
        at = next((i for i, q in enumerate(self.asked.queries) if q is self.query), -1)
        if self.query is None:
            title = self.tr("Query on {0}") if self.asked.name == NEW else self.tr("No query on {0}")
            self.pill = None
        else:
            title, self.pill = self.tr("Query on {0}"), Pill(look)
            named, glyph, ground, ink = state_of(self.query.state)
            self.pill.show_state(glyph, named, ground, ink)
        line.addWidget(Label(look, title.format(self.asked.about), 17, True, wrap=True), 1)
        if len(self.asked.queries) > 1 and at >= 0:
            words = self.tr("{0} of {1}").format(at + 1, len(self.asked.queries))
            line.addWidget(Label(look, words, 13, token="text_2"))
            after = self.asked.queries[(at + 1) % len(self.asked.queries)]
            self.next = self._quiet(self.tr("Next query"), after.name)
            line.addWidget(self.next)
        if self.query is not None and QueryAct.RAISE in self.acts:
            line.addWidget(self._quiet(self.tr("New query"), NEW))
        if self.query is None and self.asked.queries:
            line.addWidget(self._quiet(self.tr("Earlier queries"), self.asked.queries[0].name))
        if self.pill is not None:
            line.addWidget(self.pill)
        self.body.addLayout(line)

    def _quiet(self, words: str, name: str) -> Button:
        button = Button(self.look, "quiet", words, px=13, parent=self.card)
        button.clicked.connect(lambda: self.asked.show(name))
        return button

    def _add_thread(self) -> None:
        if self.query is not None:
            self.said = QueryThread(self.look, self.asked.study, self.query)
            self.body.addWidget(self.said)
        elif self.asked.name != NEW:
            words = self.tr("A monitor or a data manager raises queries; overriding a check raises one by itself.")
            self.body.addWidget(Label(self.look, words, 15, token="text_2", wrap=True))

    def _add_table(self) -> None:
        from crf_desktop.capture.query import may_choose, standing, versions  # loads with the study

        study, query = self.asked.study, self.query
        if query is None or QueryAct.RESOLVE not in self.acts:
            return
        found = versions(study, query)
        allowed = [may_choose(study, query, version) for version in found]
        self.table = DecisionTable(self.look, study, found, allowed, standing(study, query))
        self.table.chosen.connect(self._judge)
        self.body.addWidget(self.table)
        if not all(allowed):
            told = self.tr("Your role may keep the value that is shown. Another one is for the site to choose.")
            self.body.addWidget(Label(self.look, told, 13, token="text_2", wrap=True))

    def _doable(self) -> list[QueryAct]:
        """The acts of this query, the first of them primary."""
        if self.query is None:
            return [QueryAct.RAISE] if self.asked.name == NEW else []
        return [act for act in self.acts if act is not QueryAct.RAISE]

    def _add_words(self, unsent: str) -> None:
        doable = self._doable()
        if not doable:
            return
        line = row(gap=self.look.px(8))
        line.addWidget(Label(self.look, asks_for(doable[0]), 13, token="text_2"), 1)
        line.addWidget(Label(self.look, self.tr("Ctrl+Enter sends"), 13, token="text_2"))
        self.body.addLayout(line)
        low = self._host.height() / self.look.scale < LOW
        self.words = TextArea(self.look, 2 if low else 3, self.card)
        self.words.setAccessibleName(asks_for(doable[0]))
        self.words.setPlainText(unsent)
        self.words.textChanged.connect(self._judge)
        self.words.sent.connect(lambda: self.send(doable[0]))
        self.body.addWidget(self.words)

    def _add_acts(self) -> None:
        buttons: list[tuple[str, Kind, Callable[[], None]]] = [(self._back(), "quiet", self.cancel)]
        doable = self._doable()
        for act in reversed(doable):
            kind: Kind = "primary" if act is doable[0] else "plain"
            buttons.append((act_word(act), kind, lambda _=False, a=act: self.send(a)))  # type: ignore[misc]
        made = self.add_buttons(*buttons)
        self.leave = made[0]
        self.buttons = dict(zip(reversed(doable), made[1:], strict=True))

    def _back(self) -> str:
        return self.tr("Back to the list") if self.asked.entry is None else self.tr("Back to the field")

    # ---- what it does

    def _judge(self) -> None:
        for act, button in self.buttons.items() if hasattr(self, "buttons") else ():
            button.setEnabled(self._ready(act))

    def _ready(self, act: QueryAct) -> bool:
        if act in NEEDS_TEXT and (self.words is None or not self.words.text()):
            return False
        return act is not QueryAct.RESOLVE or (self.table is not None and self.table.choice() is not None)

    def send(self, act: QueryAct) -> None:
        """Does the act; what was typed stays when nothing came of it."""
        if not self._ready(act):
            return
        text = self.words.text() if self.words else ""
        chosen = self.table.choice() if self.table else None
        try:
            self.asked.send(act, self.query, text, chosen)
        except Explained as problem:
            gap = "" if self.look.language == "zh" else " "
            self.fault.setText(gap.join(w for w in problem.sentences(self.look.language) if w))
            self.fault.show()
            self._place()
            return
        self._sent = True
        self.close_sheet()

    def waits(self) -> bool:
        """Nothing is lost when the page is left: what was typed is kept."""
        return False

    def first(self) -> QWidget:
        """Where the keyboard begins."""
        return self.words or self.leave

    def close_sheet(self) -> None:
        if self.words is not None:
            self.asked.keep(self.asked.name, "" if self._sent else self.words.text())
        super().close_sheet()

    def _place(self) -> None:
        px, wide = self.look.px, min(self.look.px(self._width), self._host.width() - self.look.px(32))
        if self.said is not None:
            self.card.setFixedWidth(wide)
            self.said.setFixedHeight(0)
            self.body.activate()
            around = self.body.heightForWidth(wide) if self.body.hasHeightForWidth() else self.body.sizeHint().height()
            room = max(px(64), self._host.height() - px(24) - around)
            self.said.setFixedHeight(min(self.said.needed(wide - px(52)), room))
        super()._place()
        right = max(px(8), self.width() - self.card.width() - px(24))  # fields stand at the left
        self.card.move(min(right, self.width() - self.card.width()), self.card.y())

