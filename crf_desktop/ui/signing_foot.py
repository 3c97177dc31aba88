"""The foot of the signing console: meaning, certificate and a second person first; name and password at the pages."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from crf_desktop.model.text import TranslatedText
from crf_desktop.ui.button import Button
from crf_desktop.ui.chip import Chip
from crf_desktop.ui.field import PasswordField, Picker, TextField
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import Foot, column, row
from crf_desktop.ui.paint import RING


class SigningFoot(Foot):
    """What does not belong to the step that is being done is not shown."""

    changed = Signal()
    """The meaning or the second person: pages drawn before hold no longer."""
    typed = Signal()
    sign_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, 156, parent)
        self.reading, self.compact = False, False
        self.secret_words = ""
        """Asks for the passphrase of a file or the PIN of a token; empty: neither is needed."""
        self.means, self.meaning = Label(look, "", 15, True), Label(look, "", 15, token="text_2", wrap=True)
        self.picker, self.fine_print = Picker(look, 36), Label(look, "", 13, token="text_2", wrap=True)
        self.second, self.source = Chip(look), Button(look, "quiet", height=32, px=13)
        self.read = Button(look, "primary", height=44)
        self.name_label, self.name = Label(look, "", 13, token="text_2"), TextField(look, 44, 170)
        self.password_label, self.password = Label(look, "", 13, token="text_2"), PasswordField(look, 44, 200)
        self.secret_label, self.secret = Label(look, "", 13, token="text_2"), PasswordField(look, 44, 180)
        self.why, self.sign = Label(look, "", 13, token="text_2", wrap=True), Button(look, "primary", height=44)
        self._give_room()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        px, top = self.look.px, Qt.AlignmentFlag.AlignTop
        self.words = QWidget()
        words = column(self.words, px(4), (0, px(12), 0, 0))
        for label in (self.means, self.meaning, self.fine_print):
            label.setContentsMargins(RING, 0, 0, 0)
        words.addWidget(self.means)
        words.addWidget(self.picker)
        words.addWidget(self.meaning)
        words.addWidget(self.fine_print)
        self.choices = row(gap=px(8))
        self.choices.addWidget(self.second)
        self.choices.addWidget(self.source)
        self.choices.addStretch(1)
        words.addLayout(self.choices)
        words.addStretch(1)
        self.fields = QWidget()
        grid = QGridLayout(self.fields)
        grid.setContentsMargins(0, px(12), 0, 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        both = ((self.name_label, self.name), (self.password_label, self.password), (self.secret_label, self.secret))
        for at, (label, field) in enumerate(both):
            grid.addWidget(label, 0, at)
            grid.addWidget(field, 1, at, top)
        grid.addWidget(self.sign, 1, 3, top)
        grid.addWidget(self.why, 2, 0, 1, 4)
        grid.setRowStretch(3, 1)
        self.side = column(margins=(px(16), px(30), 0, 0))
        self.side.addWidget(self.read)
        self.side.addStretch(1)
        self.whole = row(gap=px(16))
        self.whole.addWidget(self.words, 1)
        self.whole.addLayout(self.side)
        self.whole.addWidget(self.fields)
        self.left.addLayout(self.whole, 1)

    def _give_room(self) -> None:
        """All the room there is: no keys stand here."""
        self.stretch_left()
        self.keys.hide()
        outer, px = self.layout(), self.look.px
        assert outer is not None
        outer.setSpacing(0)
        outer.setContentsMargins(px(20), 1, px(8), 0)  # and 12 px that stand before the keys

    def _connect(self) -> None:
        for field in (self.name, self.password, self.secret):
            field.textChanged.connect(self.typed)
        self.name.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._on)
        self.secret.returnPressed.connect(self.sign_asked)
        self.sign.clicked.connect(self.sign_asked)
        self.second.toggled.connect(self.changed)
        self.picker.chosen.connect(self.changed)

    def _on(self) -> None:
        """From the password to what is still to be typed."""
        if self.secret_words and not self.secret.text():
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.sign_asked.emit()

    def at(self) -> int:
        """Which meaning is chosen."""
        return int(self.picker.value or 0)

    def complete(self) -> bool:
        """Whether everything that a signature asks is typed."""
        return all(
            (self.name.text().strip(), self.password.text(), self.secret.text() if self.secret_words else "none")
        )

    def clear(self) -> None:
        """Forgets what was typed."""
        for field in (self.name, self.password, self.secret):
            field.clear()
        self.hide_secrets()

    def hide_secrets(self) -> None:
        """Back to dots."""
        self.password.hide_text()
        self.secret.hide_text()

    def show_step(self, reading: bool, compact: bool, several: bool) -> None:
        """List or pages; ``several``: there is more than one meaning to choose from."""
        self.reading, self.compact = reading, compact
        self.fields.setVisible(reading)
        self.read.setVisible(not reading)
        self.picker.setVisible(several and not reading)
        self.meaning.setVisible(reading or not several)
        self.fine_print.setVisible(not compact)
        self.second.setVisible(not reading)
        self.source.setVisible(not reading)
        self.words.setVisible(not (compact and reading))
        for widget in (self.secret_label, self.secret):
            widget.setVisible(bool(self.secret_words))
        below = not reading and several and self._short_of(self.read.sizeHint().width() + self.look.px(60))
        if below != (self.choices.indexOf(self.read) >= 0):
            (self.side if below else self.choices).removeWidget(self.read)
            if below:
                self.choices.addWidget(self.read)
            else:
                self.side.insertWidget(0, self.read)
        gap = 0 if below or (compact and reading) else self.look.px(16)
        self.whole.setSpacing(gap)
        self.side.setContentsMargins(gap, self.look.px(30), 0, 0)
        cut = below and self._short_of(0)
        if cut:
            self.meaning.show()
        self.setFixedHeight(self.look.px((124 if reading else 184 if cut else 136) if compact else 156))

    def _short_of(self, beside: int) -> bool:
        """Whether a meaning would be cut in the list, so many pixels being taken beside it."""
        return self.picker.sizeHint().width() + beside > self.width() - self.look.px(40)

    def fold(self, folded: bool) -> None:
        """One line while pages are read in a low window: why there is nothing to type yet."""
        for widget in (self.name_label, self.name, self.password_label, self.password, self.sign):
            widget.setVisible(not folded)
        for widget in (self.secret_label, self.secret):
            widget.setVisible(bool(self.secret_words) and not folded)
        if folded:
            self.setFixedHeight(self.look.px(44))
        elif self.compact:
            self.setFixedHeight(self.look.px(124))

    def show_words(self, meanings: tuple[TranslatedText, ...]) -> None:
        """Every word in the language in force."""
        language = self.look.language
        options = [(str(i), m.in_(language)) for i, m in enumerate(meanings)]
        self.picker.show_options(options, self.picker.value or "0")
        self.picker.setAccessibleName(self.tr("Meaning of the signature"))
        self.meaning.setText(meanings[self.at()].in_(language))
        self.fine_print.setText(
            self.tr(
                "Your name, role, the time and this meaning are printed with each signature. "
                "Anything changed later shows the signature as not current."
            )
        )
        self.second.setText(self.tr("A second person signs too"))
        for label, field, words in (
            (self.name_label, self.name, self.tr("User name")),
            (self.password_label, self.password, self.tr("Password")),
            (self.secret_label, self.secret, self.secret_words),
        ):
            label.setText(words)
            field.setAccessibleName(words)
        self.password.retranslate()
        self.secret.retranslate()
