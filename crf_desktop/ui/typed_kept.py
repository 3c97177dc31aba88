"""What stands half typed on a card when the study is locked: kept in its file, encrypted, and offered afterwards."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from crf_desktop.errors import Explained
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.field import PasswordField
from crf_desktop.ui.label import Label, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.sheet import Sheet

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study

SHOWN = 90
"""Characters of a text that the line shows; all of it is copied."""


class Typed(NamedTuple):
    """A field of a card and what stood in it, unsent; never a password or a code."""

    card: str
    field: str
    text: str


def on_cards(window: QWidget) -> list[Typed]:
    """What a person typed into the cards that stand open, and answers that wait on one for their reason."""
    from crf_desktop.ui.controls.missing import MissingMenu  # loads with the controls

    found: list[Typed] = []
    for sheet in window.findChildren(Sheet):
        if not sheet.isHidden() and sheet.keeps_typed:
            found += [Typed(sheet.name, field, text) for field, text in sheet.waiting]
            found += [Typed(sheet.name, field, text) for field, text in _typed_into(sheet)]
    for menu in window.findChildren(MissingMenu):
        if not menu.isHidden():
            found += [Typed(menu.title.text(), menu.label.text(), text) for _, text in _typed_into(menu)]
    return found


def _typed_into(card: QWidget) -> list[tuple[str, str]]:
    lines = [field for field in card.findChildren(QLineEdit) if field.isModified() and not field.isHidden()]
    shown = [field for field in lines if not isinstance(field, PasswordField)]  # one may be shown, and stays secret
    areas = [area for area in card.findChildren(QPlainTextEdit) if area.document().isModified()]
    texts = [(field.accessibleName(), field.text().strip()) for field in shown]
    texts += [(area.accessibleName(), area.toPlainText().strip()) for area in areas]
    return [(name, text) for name, text in texts if text]


def kept(study: Study) -> list[Typed]:
    """What was kept of this person and not put away yet."""
    try:
        return [Typed(str(card), str(field), str(text)) for card, field, text in json.loads(_read(study) or "[]")]
    except (ValueError, TypeError):
        return []


def keep(study: Study, window: QWidget, subject: str) -> bool:
    """Keeps it beside what was kept before; ``subject``: the participant on the screen. Whether there is anything."""
    before, of = kept(study), f"{subject}, " if subject else ""
    found = (typed._replace(card=of + typed.card) for typed in on_cards(window))
    fresh = [typed for typed in found if typed not in before]
    if fresh:
        _write(study, [*before, *fresh])
    return bool(before or fresh)


def _name(study: Study) -> str:
    return f"typed/{study.session.person.user_oid}"


def _read(study: Study) -> str:
    return study.store.setting(_name(study))


def _write(study: Study, found: list[Typed]) -> None:
    with contextlib.suppress(Explained):  # read-only media, a full disk
        study.store.set_setting(_name(study), json.dumps(found) if found else "")


class TypedStrip(QWidget):
    """A line across the window for each text: copy it to where it belongs, then put it away."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.study: Study | None = None
        self.buttons: list[tuple[Button, Button]] = []
        self._lines = column(self, 0, (look.px(24), look.px(4), look.px(16), look.px(4)))
        look.changed.connect(self.update)
        look.language_changed.connect(self.tell)
        self.hide()

    def show_study(self, study: Study | None) -> None:
        """A study was unlocked; None: it is locked."""
        self.study = study
        self.tell()

    def tell(self) -> None:
        """The lines, in the language in force."""
        self.buttons.clear()
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        found = kept(self.study) if self.study is not None else []
        for typed in found:
            self._lines.addWidget(self._line(typed))
        self.setVisible(bool(found))

    def _line(self, typed: Typed) -> QWidget:
        line = QWidget(self)
        across = row(line, self.look.px(8))
        across.addWidget(Mark(self.look, Glyph.INFO))
        text = typed.text if len(typed.text) <= SHOWN else typed.text[:SHOWN] + "…"
        where = ", ".join(part for part in (typed.card, typed.field) if part)
        words = self.tr("Typed before the lock, not stored: {0} “{1}”").format(where, text)
        across.addWidget(Label(self.look, words, 13, wrap=True), 1)
        copy = Button(self.look, "quiet", self.tr("Copy"), px=13, height=32)
        away = Button(self.look, "quiet", self.tr("Put away"), px=13, height=32)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(typed.text))
        away.clicked.connect(lambda: self._put_away(typed))
        self.buttons.append((copy, away))
        across.addWidget(copy)
        across.addWidget(away)
        return line

    def _put_away(self, typed: Typed) -> None:
        if self.study is not None:
            _write(self.study, [other for other in kept(self.study) if other != typed])
        self.tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.color("accent_soft"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), self.look.color("line"))
