"""Cards about keys: one's own password, a new data key, the sponsor's key, the rule for changing passwords."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.field import PasswordField, TextField
from crf_desktop.ui.label import Label, Note
from crf_desktop.ui.look import Look
from crf_desktop.ui.sheet import Sheet

if TYPE_CHECKING:
    from crf_desktop.store.password import Judgement


class KeySheet(Sheet):
    """A question with fields and one act; while it is carried out the card says so and cannot be left."""

    def __init__(
        self, look: Look, host: QWidget, title: str, words: str, verb: str, done: Callable[..., None],
        shape: object = None,
    ) -> None:  # fmt: skip
        super().__init__(look, host, 620)
        self._verb, self._done, self.busy = verb, done, False
        self.add_title(title, shape)
        if words:
            self.body.addWidget(Label(look, words, 15, wrap=True))
        self.add_fields()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(title)
        self.progress.hide()
        self.body.addWidget(self.progress)
        self.buttons = self.add_buttons((self.tr("Go back"), "plain", self.cancel), (verb, "primary", self.accept))
        self.judge()

    def add_fields(self) -> None:
        """What is asked."""

    def complete(self) -> bool:
        """Whether everything asked was answered."""
        return True

    def answers(self) -> tuple[object, ...]:
        """What the act is told."""
        return ()

    def add_text(self, name: str, *, password: bool = False) -> TextField:
        """A labelled line of text."""
        self.body.addWidget(Label(self.look, name, 13, token="text_2"))
        field = PasswordField(self.look) if password else TextField(self.look)
        field.setMaxLength(1000)
        field.setAccessibleName(name)
        field.textChanged.connect(self.judge)
        field.returnPressed.connect(self.accept)
        self.body.addWidget(field)
        return field

    def add_code(self, shares: bool) -> list[TextField]:
        """One field for a code, two for shares."""
        if shares:
            return [self.add_text(self.tr("One share")), self.add_text(self.tr("Another share"))]
        return [self.add_text(self.tr("Recovery code"))]

    def judge(self) -> None:
        """Whether the act can be asked for."""
        if hasattr(self, "buttons"):
            self.buttons[-1].setEnabled(self.complete() and not self.busy)
            self.buttons[0].setEnabled(not self.busy)

    def accept(self) -> None:
        """Asks for the act."""
        if self.buttons[-1].isEnabled():
            self.work()
            self._done(*self.answers())

    def work(self) -> None:
        """Says that it is being done."""
        self.busy = True
        self.buttons[-1].setText(self.tr("Working on it …"))
        self.judge()

    def show_progress(self, done: int, of: int) -> None:
        """How far it is."""
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        self.progress.show()
        self._place()

    def rest(self) -> None:
        """It was refused: the card goes on asking."""
        self.busy = False
        self.progress.hide()
        self.buttons[-1].setText(self._verb)
        self.judge()

    def cancel(self) -> None:
        if not self.busy:
            self.close_sheet()


class NewPasswordSheet(KeySheet):
    """A card with two fields for a new password and what is to be said of it."""

    def add_new_password(self, judgement: Callable[[str], Judgement]) -> None:
        """The fields."""
        self.judgement = judgement
        self.fresh = self.add_text(self.tr("New password: at least 15 characters, a sentence is best"), password=True)
        self.same = self.add_text(self.tr("The same password again"), password=True)
        self.judged = Label(self.look, "", 13, token="text_2", wrap=True)
        self.body.addWidget(self.judged)

    def good(self) -> bool:
        """Whether it can be taken; says why not while it is typed."""
        typed, again = self.fresh.text(), self.same.text()
        problem = self.judgement(typed).problem if typed else None
        if problem is not None:
            happened, _, todo = problem.sentences(self.look.language)
            words, token = happened + ("" if self.look.language == "zh" else " ") + todo, "warn"
        elif typed and again and typed != again:
            words, token = self.tr("The two passwords differ."), "warn"
        else:
            words, token = self.tr("Hard to guess.") if typed else "", "ok"
        self.judged.setText(words)
        self.judged.set_token(token)
        self._place()
        return bool(typed) and problem is None and typed == again


class OwnPasswordSheet(NewPasswordSheet):
    """One's own password: old, new, new again."""

    def __init__(
        self, look: Look, host: QWidget, judgement: Callable[[str], Judgement], done: Callable[..., None], due: str
    ) -> None:
        self._judgement, self._due = judgement, due
        super().__init__(
            look, host, self.tr("Change my password"),
            self.tr("Keys, certificate and signatures stay as they are; nobody else is asked."),
            self.tr("Change the password"), done,
        )  # fmt: skip

    def add_fields(self) -> None:
        if self._due:
            self.body.addWidget(Note(self.look, self._due, Glyph.WARNING, "warn_soft"))
        self.old = self.add_text(self.tr("Password in use"), password=True)
        self.add_new_password(self._judgement)

    def complete(self) -> bool:
        good = self.good()
        return good and bool(self.old.text())

    def answers(self) -> tuple[object, ...]:
        return self.old.text(), self.fresh.text()


class RotationSheet(KeySheet):
    """A new data key for the whole study."""

    def __init__(self, look: Look, host: QWidget, done: Callable[..., None]) -> None:
        super().__init__(
            look, host, self.tr("New data key"),
            self.tr(
                "The whole study is encrypted anew. Nobody’s password is asked, and all passwords and the recovery "
                "code go on opening it. Do it when a copy of the folder or a password may be in wrong hands. "
                "A copy made before still opens with the passwords of that time."
            ),
            self.tr("Change the data key"), done, Glyph.LOCK,
        )  # fmt: skip


class EscrowSheet(KeySheet):
    """The sponsor's key: taken from a file, or taken away."""

    def __init__(
        self, look: Look, host: QWidget, holder: str, done: Callable[..., None], choose: Callable[[], None]
    ) -> None:
        self._holder = holder
        words = self.tr(
            "A sponsor may keep a key that opens the data of this file. Its holder can read everything, and can sign "
            "nothing and certify nobody. The public key comes as a file: of this program, of age, or PEM."
        )
        verb = self.tr("Take it away") if holder else self.tr("Choose the public key file")
        super().__init__(look, host, self.tr("Sponsor’s key"), words, verb, done if holder else choose)

    def add_fields(self) -> None:
        if self._holder:
            words = self.tr("The data key is sealed to {0}.").format(self._holder)
            self.body.addWidget(Note(self.look, words, Glyph.LOCK, "accent_soft"))
            note = self.tr("Taking it away also changes the data key, since its holder may have copied the old one.")
            self.body.addWidget(Label(self.look, note, 13, token="text_2", wrap=True))


class AgeSheet(KeySheet):
    """After how many days passwords are to be changed."""

    def __init__(self, look: Look, host: QWidget, days: int, done: Callable[..., None]) -> None:
        self._days = days
        super().__init__(
            look, host, self.tr("Rule for changing passwords"),
            self.tr(
                "Good passwords need no change from time to time; set this only where a sponsor or a hospital asks for "
                "it. People are told two weeks before, and asked when they unlock once it is due."
            ),
            self.tr("Store the rule"), done,
        )  # fmt: skip

    def add_fields(self) -> None:
        self.days = self.add_text(self.tr("Days until a password is to be changed; 0 for never"))
        self.days.setText(str(self._days))
        self.why = self.add_text(self.tr("Reason; it stays in the record"))

    def complete(self) -> bool:
        return self.days.text().strip().isdecimal() and bool(self.why.text().strip())

    def answers(self) -> tuple[object, ...]:
        return self.days.text().strip(), self.why.text().strip()
