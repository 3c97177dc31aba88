"""A block on a stage: the real definition, real events, and what a page does with the wishes of a block."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

from attrs import evolve
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from crf_desktop.forms import definition
from crf_desktop.model.data import NOTHING, Datum, NullFlavor
from crf_desktop.model.derive import Visit
from crf_desktop.model.value import parse
from crf_desktop.ui import style
from crf_desktop.ui.controls.contract import Block, BlockView, ItemView
from crf_desktop.ui.look import Look, load_fonts

DEFINITION = definition()
ZONE = timezone(timedelta(hours=8))


@cache
def fonts() -> None:
    """The typeface of the program, loaded once."""
    load_fonts()


class HandClock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 6, 10, 31, 0, tzinfo=ZONE)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, seconds: float) -> None:
        """Lets time pass."""
        self.now += timedelta(seconds=seconds)


class Stage:
    """Shows one block of a form in a window, and answers its wishes as a page does."""

    def __init__(
        self, form: str, make: Any, answers: dict[str, Datum] | None = None, width: int = 1280, height: int = 620
    ) -> None:
        self.form = DEFINITION.form[form]
        self.look = Look("en")
        fonts()
        style.apply(QApplication.instance(), self.look)  # type: ignore[arg-type]
        self.answers = dict(answers or {})
        self.read_only = False
        self.remarks: dict[str, str] = {}
        self.queries: dict[str, int] = {}
        self.sampled = {i.oid: "2026-05-04" for f in ("F.LAB1", "F.LAB2", "F.BCELL") for i in DEFINITION.items_of(f)}
        self.said: list[tuple[str, ...]] = []
        self.block: Block = make(self.form.layout.blocks[0], DEFINITION, self.look)
        self.window = QWidget()
        self.after = QWidget()
        self.after.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self.window)
        column.addWidget(self.block, 1)
        column.addWidget(self.after)
        self._listen()
        self.window.resize(width, height)
        self.show()
        self.window.show()
        self.window.activateWindow()
        QApplication.processEvents()

    def _listen(self) -> None:
        self.block.answered.connect(self._answered)
        self.block.cleared.connect(self._cleared)
        for name in ("missed", "missing_asked", "query_asked", "history_asked", "drafted"):
            getattr(self.block, name).connect(lambda *words, name=name: self.said.append((name, *words)))

    def _answered(self, oid: str, text: str, unit: str) -> None:
        self.said.append(("answered", oid, text))
        self.answers[oid] = parse(DEFINITION, DEFINITION.item[oid], text, unit or None)
        self.show()

    def _cleared(self, oid: str) -> None:
        self.said.append(("cleared", oid))
        self.answers.pop(oid, None)
        self.show()

    def miss(self, oid: str, remark: str = "") -> None:
        """The page stored a missing reason."""
        self.answers[oid] = Datum(null_flavor=NullFlavor.NOT_DONE)
        self.remarks[oid] = remark
        self.show()

    def view(self) -> BlockView:
        """What the page shows now."""
        visit = Visit(DEFINITION, self.answers, "2026-05-06")
        items = {
            i.oid: ItemView(
                self.answers.get(i.oid, NOTHING),
                self.remarks.get(i.oid, ""),
                visit.relevant(i),
                self.queries.get(i.oid, 0),
            )
            for i in DEFINITION.items_of(self.form.oid)
        }
        hints = {i.oid: s for i in DEFINITION.items if i.hints and (s := visit.suggestion(i))}
        view = BlockView(items, visit.form(self.form), hints, self.answers, self.sampled, "2026-05-06")
        return evolve(view, read_only=self.read_only)

    def show(self) -> None:
        """Repaints the block."""
        self.block.show_view(self.view())
        QApplication.processEvents()

    def value(self, oid: str) -> str | None:
        """The stored value of an item."""
        return self.answers.get(oid, NOTHING).value

    def answers_said(self) -> list[tuple[str, ...]]:
        """The answers the block asked to store."""
        return [words for words in self.said if words[0] == "answered"]

    def press(self, painted: Any, kind: str, *key: object) -> QPoint:
        """Presses and releases a painted place."""
        point = self.place(painted, kind, *key)
        QTest.mouseClick(painted.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        QApplication.processEvents()
        return point

    def place(self, painted: Any, kind: str, *key: object) -> QPoint:
        """The middle of a painted place in the viewport."""
        target = next(t for t in painted.targets if t.name == (kind, key))
        offset = 0 if kind.startswith("fixed_") else painted.offset
        return (target.rect.center() - QPointF(0, offset)).toPoint()

    def wheel(self, widget: QWidget, at: QPoint | None = None) -> bool:
        """Turns the wheel over a widget; whether the widget took it."""
        point = QPointF(at or widget.rect().center())
        event = QWheelEvent(
            point, widget.mapToGlobal(point), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)
        return event.isAccepted()

    def close(self) -> None:
        """Takes the window away."""
        self.window.close()
        self.window.deleteLater()
        QApplication.instance().setStyleSheet("")  # type: ignore[union-attr]
        QApplication.processEvents()
