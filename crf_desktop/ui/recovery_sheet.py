"""Cards about the recovery code: which kind, shown once, typed back, and used when a password is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.field import Picker
from crf_desktop.ui.key_sheet import KeySheet, NewPasswordSheet
from crf_desktop.ui.label import Label, Note
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.sheet import Sheet

if TYPE_CHECKING:
    from crf_desktop.store.password import Judgement
    from crf_desktop.store.recovery import Made

QUIET = 2
"""Modules of white around the code; the card is white around it too."""


class QrCode(QWidget):
    """A QR code, black on white in the dark as well: readers want it so."""

    def __init__(self, look: Look, content: str, name: str, side: int = 148) -> None:
        super().__init__()
        import segno  # few ask for it

        self.look, self._side = look, side
        self._rows = [bytes(line) for line in segno.make(content, error="m", micro=False, boost_error=False).matrix]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        side = self.look.px(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        step = self.width() / (len(self._rows) + 2 * QUIET)
        for y, line in enumerate(self._rows):
            for x, dark in enumerate(line):
                if dark & 1:
                    at = QRectF((x + QUIET) * step, (y + QUIET) * step, step + 0.5, step + 0.5)
                    painter.fillRect(at, QColor("black"))


class KindSheet(KeySheet):
    """One code, or three shares."""

    def __init__(self, look: Look, host: QWidget, used: bool, done: Callable[..., None]) -> None:
        self._used = used
        super().__init__(
            look, host, self.tr("New recovery code"),
            self.tr(
                "It opens the study when the administrator’s password is lost, and gives new keys, visibly. It is "
                "shown once, printed, and typed back from the paper: from then on the one before opens nothing."
            ),
            self.tr("Make the code"), done, Glyph.LOCK,
        )  # fmt: skip

    def add_fields(self) -> None:
        if self._used:
            words = self.tr("The code that let you in is used up. Make a new one now, before somebody needs it.")
            self.body.addWidget(Note(self.look, words, Glyph.WARNING, "warn_soft"))
        self.body.addWidget(Label(self.look, self.tr("Kind"), 13, token="text_2"))
        self.kind = Picker(self.look)
        options = [
            ("code", self.tr("One code, kept by one person or in a safe")),
            ("shares", self.tr("Three shares for three persons, any two together do")),
        ]
        self.kind.show_options(options, "code")
        self.kind.setAccessibleName(self.tr("Kind"))
        self.body.addWidget(self.kind)

    def take_over(self, old: Sheet) -> None:
        super().take_over(old)
        if isinstance(old, KindSheet):
            self.kind.pick(old.kind.value)

    def answers(self) -> tuple[object, ...]:
        return (self.kind.value == "shares",)


class ShowSheet(Sheet):
    """The code, this once."""

    def __init__(
        self, look: Look, host: QWidget, made: Made, put: Callable[[], None], save: Callable[[], None],
        typed: Callable[[], None],
    ) -> None:  # fmt: skip
        super().__init__(look, host, 720, escapable=False)
        self.made = made
        self.add_title(self.tr("Recovery code") if made.code else self.tr("Three shares"), Glyph.LOCK)
        words = self.tr(
            "Shown this once. Print it and lock the paper away; a saved sheet is to be deleted once it is printed."
        )
        self.body.addWidget(Label(look, words, 15, wrap=True))
        self.body.addWidget(self._code() if made.code else self._shares())
        note = self.tr(
            "It opens the study already: the paper is a key from now on. The code before ends when this one is typed "
            "back. A print queue may keep what it printed: use a printer beside you."
        )
        self.body.addWidget(Note(look, note))
        self.buttons = self.add_buttons(
            (self.tr("Later"), "plain", self.close_sheet), (self.tr("Save the sheet (PDF)"), "plain", save),
            (self.tr("Print"), "plain", put), (self.tr("Type it back"), "primary", typed),
        )  # fmt: skip

    def _code(self) -> QWidget:
        look, px = self.look, self.look.px
        inside = QWidget()
        line = row(inside, px(24))
        words = column(gap=px(4))
        groups = self.made.code.split("-")
        words.addStretch(1)
        for part in (groups[:4], groups[4:]):
            words.addWidget(Label(look, "  –  ".join(part), 21, True))
        words.addStretch(1)
        line.addWidget(QrCode(look, self.made.code, self.tr("QR code of the recovery code")))
        line.addLayout(words, 1)
        return inside

    def _shares(self) -> QWidget:
        look, px = self.look, self.look.px
        inside = QWidget()
        inside.setProperty("kind", "card")
        body = column(inside, px(8))
        for number, share in enumerate(self.made.shares, 1):
            body.addWidget(Label(look, self.tr("Share {0} of {1}").format(number, 3), 13, token="text_2"))
            body.addWidget(Label(look, share, 15, True, wrap=True))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setMinimumHeight(px(300))
        area.setWidget(inside)
        return area


class TypeBackSheet(KeySheet):
    """The code as it stands on the paper."""

    keeps_typed = False  # a code is a key

    def __init__(
        self, look: Look, host: QWidget, shares: bool, done: Callable[..., None], back: Callable[[], None] | None
    ) -> None:
        self._shares, self._back = shares, back
        words = self.tr("Type it from the paper, not from memory of the screen: this shows today that it can be read.")
        super().__init__(look, host, self.tr("Type it back"), words, self.tr("It is what the paper says"), done)

    def add_fields(self) -> None:
        self.lines = self.add_code(self._shares)

    def complete(self) -> bool:
        return all(field.text().strip() for field in self.lines)

    def answers(self) -> tuple[object, ...]:
        return ([field.text() for field in self.lines],)

    def cancel(self) -> None:
        if self.busy:
            return
        self.close_sheet()
        if self._back is not None:
            self._back()


class RecoverSheet(NewPasswordSheet):
    """On the unlock window: the code and a new password."""

    def __init__(
        self, look: Look, host: QWidget, people: Sequence[tuple[str, str]], shares: bool,
        judgement: Callable[[str, str], Judgement], done: Callable[..., None],
    ) -> None:  # fmt: skip
        self._people, self._shares, self._judge_for = list(people), shares, judgement
        super().__init__(
            look, host, self.tr("I have a recovery code"),
            self.tr(
                "It makes a new password, new keys and a new certificate, and says so in the record. The former keys "
                "end; what was signed with them stays valid. The code is used up."
            ),
            self.tr("Open the study"), done, Glyph.LOCK,
        )  # fmt: skip

    def add_fields(self) -> None:
        self.body.addWidget(Label(self.look, self.tr("User"), 13, token="text_2"))
        self.user = Picker(self.look)
        self.user.show_options(self._people, self._people[0][0] if self._people else "")
        self.user.setAccessibleName(self.tr("User"))
        self.user.chosen.connect(lambda _: self.judge())
        self.body.addWidget(self.user)
        self.lines = self.add_code(self._shares)
        self.add_new_password(lambda typed: self._judge_for(self.user.value, typed))

    def complete(self) -> bool:
        good = self.good()
        return good and bool(self.user.value) and all(field.text().strip() for field in self.lines)

    def take_over(self, old: Sheet) -> None:
        super().take_over(old)
        if isinstance(old, RecoverSheet):
            self.user.pick(old.user.value)

    def answers(self) -> tuple[object, ...]:
        return self.user.value, [field.text() for field in self.lines], self.fresh.text()


