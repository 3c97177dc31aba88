"""Cards about accounts: what is known of a person, a new person, another role, new keys, the end of an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from crf_desktop.model.data import ROLES
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Kind
from crf_desktop.ui.field import PasswordField, Picker, TextField
from crf_desktop.ui.label import Label, Line, Note
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row
from crf_desktop.ui.paint import RING
from crf_desktop.ui.people_table import said
from crf_desktop.ui.sheet import Sheet
from crf_desktop.ui.study_facts import grouped, role_words
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.roster import Authorised, KeyFact

BUSY_MS = 30
"""After which the work begins: the words that say so are painted first."""


class AccountSheet(Sheet):
    """A question with fields, a reason and one act; the act runs after the card has said that it does."""

    wide = 620

    def __init__(self, look: Look, host: QWidget, title: str, above: str, words: str, verb: str) -> None:
        super().__init__(look, host, self.wide)
        self._verb, self._busy = verb, False
        self.add_title(title, Glyph.WARNING if self.grave() else None, above)
        self.area, self.fields = self._scroller()
        self.fields.addWidget(Label(look, words, 15, wrap=True))
        self._add_fields()
        self.why = self.add_text(self.tr("Reason; it stays in the record"))
        self.buttons = self.add_buttons((self.tr("Go back"), "plain", self.cancel), (verb, "primary", self._accept))
        self.judge()

    def _scroller(self) -> tuple[QScrollArea, QVBoxLayout]:
        """What scrolls where the window is low: everything between the title and the buttons."""
        px, inside, area = self.look.px, QWidget(), QScrollArea()
        inside.setProperty("kind", "page")  # as clear as the card behind it
        fields = column(inside, px(8), (RING, 0, RING, RING))
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.body.addWidget(area)
        return area, fields

    def _place(self) -> None:
        """As high as the fields need, and no higher than the window."""
        if hasattr(self, "buttons"):
            px = self.look.px
            wide = min(px(self.wide), self._host.width() - px(32))
            self.area.setFixedHeight(0)
            self.body.activate()
            rest = self.body.heightForWidth(wide) if self.body.hasHeightForWidth() else self.body.sizeHint().height()
            self.fields.activate()
            need = self.fields.heightForWidth(wide - px(44))
            self.area.setFixedHeight(max(px(80), min(need, self._host.height() - px(16) - rest)))
        super()._place()

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved, now = super().focusNextPrevChild(forward), QApplication.focusWidget()
        if now is not None and self.area.isAncestorOf(now):
            self.area.ensureWidgetVisible(now, 0, self.look.px(32))
        return moved

    def grave(self) -> bool:
        """Whether what is done here cannot be undone."""
        return False

    def _add_fields(self) -> None:
        """What is asked beside the reason."""

    def complete(self) -> bool:
        """Whether everything asked was answered."""
        return True

    def act(self, reason: str) -> None:
        """Does it; the card is still there."""
        raise NotImplementedError

    def beside(self) -> tuple[QVBoxLayout, QVBoxLayout]:
        """Two columns of equal width."""
        line, left, right = row(gap=self.look.px(16)), column(gap=self.look.px(4)), column(gap=self.look.px(4))
        line.addLayout(left, 1)
        line.addLayout(right, 1)
        self.fields.addLayout(line)
        return left, right

    def add_text(self, name: str, password: bool = False, into: QVBoxLayout | None = None) -> TextField:
        """A labelled line of text."""
        body = self.fields if into is None else into
        body.addWidget(Label(self.look, name, 13, token="text_2"))
        field = PasswordField(self.look) if password else TextField(self.look)
        field.setMaxLength(1000 if password else 300)
        field.setAccessibleName(name)
        field.textChanged.connect(self.judge)
        field.returnPressed.connect(self._accept)
        body.addWidget(field)
        return field

    def add_role(self, roles: tuple[str, ...], value: str, into: QVBoxLayout | None = None) -> Picker:
        """A role to choose."""
        body = self.fields if into is None else into
        body.addWidget(Label(self.look, self.tr("Role"), 13, token="text_2"))
        picker = Picker(self.look)
        picker.show_options([(role, role_words(role)) for role in roles], value)
        picker.setAccessibleName(self.tr("Role"))
        picker.chosen.connect(lambda _: self.judge())
        body.addWidget(picker)
        return picker

    def judge(self) -> None:
        """Whether the act can be asked for."""
        if hasattr(self, "buttons"):
            whole = self.complete()  # always: it says what it makes of a password
            self.buttons[-1].setEnabled(whole and bool(self.why.text().strip()) and not self._busy)

    def _accept(self) -> None:
        if not self.buttons[-1].isEnabled():
            return
        self._busy = True
        self.buttons[-1].setText(self.tr("Working on it …"))
        self.judge()
        QTimer.singleShot(BUSY_MS, self, self._run)

    def _run(self) -> None:
        self.act(self.why.text().strip())

    def rest(self) -> None:
        """The act was refused: the card goes on asking."""
        self._busy = False
        self.buttons[-1].setText(self._verb)
        self.judge()

    def cancel(self) -> None:
        if not self._busy:
            self.close_sheet()


class PasswordSheet(AccountSheet):
    """A card on which the person whose account it is types a password twice."""

    def _add_password(self) -> None:
        note = self.tr("The person types the password here. Nobody can read it later, and nobody else should know it.")
        self.fields.addWidget(Note(self.look, note, Glyph.LOCK, "accent_soft"))
        left, right = self.beside()
        self.password = self.add_text(self.tr("New password, at least 15 characters"), True, left)
        self.again_field = self.add_text(self.tr("The same password again"), True, right)
        self.told = Label(self.look, "", 13, token="text_2", wrap=True)
        self.fields.addWidget(self.told)
        self.identity = self.add_text(self.tr("How you identified the person (staff card, known in person …)"))

    def words_about(self) -> tuple[str, ...]:
        """What an acquaintance would try first."""
        return ()

    def complete(self) -> bool:
        from crf_desktop.store.password import judge  # loads with the study

        typed, again = self.password.text(), self.again_field.text()
        if not typed:
            self.told.setText("")
            return False
        problem = judge(typed, self.words_about()).problem
        if problem is not None:
            happened, _, todo = problem.sentences(self.look.language)
            self.told.setText(happened + ("" if self.look.language == "zh" else " ") + todo)
            self.told.set_token("warn")
            return False
        same = typed == again
        words = self.tr("The two passwords differ.") if again and not same else self.tr("Hard to guess.")
        self.told.setText(words)
        self.told.set_token("warn" if again and not same else "ok")
        return same and bool(self.identity.text().strip())


class AddSheet(PasswordSheet):
    """A new person: full name, user name, role, password."""

    wide = 760

    def __init__(self, look: Look, host: QWidget, done: Callable[..., None]) -> None:
        self._done = done
        super().__init__(
            look, host, self.tr("Add a person"), "",
            self.tr("One account for one person. The user name is never given again, even when the account ends."),
            self.tr("Make the account"),
        )  # fmt: skip
        self.why.setText(self.tr("New member of the study team"))

    def _add_fields(self) -> None:
        left, right = self.beside()
        self.full_name = self.add_text(self.tr("Full name"), into=left)
        self.user = self.add_text(self.tr("User name"), into=right)
        self.shared = Note(self.look, "", Glyph.WARNING, "warn_soft")
        self.shared.hide()
        self.fields.addWidget(self.shared)
        self.role = self.add_role(ROLES, "")
        self._add_password()

    def words_about(self) -> tuple[str, ...]:
        return (self.user.text(), self.full_name.text(), *self.full_name.text().split())

    def complete(self) -> bool:
        from crf_desktop.capture.people import looks_shared  # loads with the study

        shared = bool(self.user.text()) and looks_shared(self.user.text(), self.role.value)
        self.shared.set_text(
            self.tr("This user name names a place or a function, and no person. Nobody shares an account with others.")
        )
        if shared != self.shared.isVisibleTo(self):
            self.shared.setVisible(shared)
            self._place()
        good = super().complete()
        return good and bool(self.full_name.text().strip() and self.user.text().strip() and self.role.value)

    def take_over(self, old: Sheet) -> None:
        super().take_over(old)
        if isinstance(old, AddSheet):
            self.role.pick(old.role.value)

    def act(self, reason: str) -> None:
        typed = (self.user.text(), self.full_name.text(), self.role.value, self.password.text())
        self._done(*typed, reason, self.identity.text())


class ResetSheet(PasswordSheet):
    """Another password, with new keys: nothing of the former ones is recovered."""

    def __init__(self, look: Look, host: QWidget, one: Authorised, done: Callable[..., None]) -> None:
        self._one, self._done = one, done
        super().__init__(
            look, host, self.tr("New password and keys"), one.person.full_name,
            self.tr(
                "The former password, log key and signing key end and cannot be brought back. New certificates are "
                "made, and the list says so. What was signed before stays valid as signed then. The study gets a new "
                "data key."
            ),
            self.tr("Make new keys"),
        )  # fmt: skip

    def grave(self) -> bool:
        return True

    def _add_fields(self) -> None:
        self._add_password()

    def words_about(self) -> tuple[str, ...]:
        person = self._one.person
        return (person.user_name, person.full_name, *person.full_name.split())

    def act(self, reason: str) -> None:
        self._done(self.password.text(), reason, self.identity.text())


class RoleSheet(AccountSheet):
    """Another role from now on."""

    def __init__(self, look: Look, host: QWidget, one: Authorised, done: Callable[..., None]) -> None:
        self._one, self._done = one, done
        super().__init__(
            look, host, self.tr("Change role"), one.person.full_name,
            self.tr(
                "Now {0}. The new role holds from now on; what was done in the former one stays valid. Another laptop "
                "follows when it merges the next bundle from here."
            ).format(role_words(one.person.role)),
            self.tr("Change the role"),
        )  # fmt: skip

    def _add_fields(self) -> None:
        others = tuple(role for role in ROLES[:-1] if role != self._one.person.role)
        self.role = self.add_role(others, "")

    def complete(self) -> bool:
        return bool(self.role.value)

    def take_over(self, old: Sheet) -> None:
        super().take_over(old)
        if isinstance(old, RoleSheet):
            self.role.pick(old.role.value)

    def act(self, reason: str) -> None:
        self._done(self.role.value, reason)


class CloseSheet(AccountSheet):
    """The end of an account."""

    def __init__(self, look: Look, host: QWidget, one: Authorised, done: Callable[..., None]) -> None:
        self._done = done
        super().__init__(
            look, host, self.tr("Close this account for good?"), f"{one.person.full_name} ({one.person.user_name})",
            self.tr(
                "The password opens nothing any more, every key of this person is revoked, and the study gets a new "
                "data key. Entries and signatures made before stay as they are. The user name stays taken. This cannot "
                "be undone: a person who returns gets a new account."
            ),
            self.tr("Close the account"),
        )  # fmt: skip

    def grave(self) -> bool:
        return True

    def act(self, reason: str) -> None:
        self._done(reason)


class PersonSheet(Sheet):
    """What is known of a person; an administrator goes on from here."""

    def __init__(self, look: Look, host: QWidget, one: Authorised, acts: list[tuple[str, Callable[[], None]]]) -> None:
        super().__init__(look, host, 700)
        person = one.person
        self.add_title(person.full_name, None, f"{person.user_name} · {person.user_oid}")
        inside = QWidget()
        inside.setProperty("kind", "page")  # as clear as the card behind it
        body = column(inside, look.px(4))
        self._fill(body, one)
        self.body.addWidget(scrolled(inside, min(body.heightForWidth(look.px(620)) + look.px(8), look.px(430))))
        offered: list[tuple[str, Kind, Callable[[], None]]] = [(self.tr("Go back"), "plain", self.cancel)]
        self.buttons = self.add_buttons(*offered, *((words, "plain", act) for words, act in acts))

    def _fill(self, body: QVBoxLayout, one: Authorised) -> None:
        look, language = self.look, self.look.language
        body.addWidget(Label(look, self._state(one), 15, True, wrap=True))
        last = figure.moment(one.last_log_in, language) if one.last_log_in else said("never", language)
        body.addWidget(Label(look, said("last", language, last), 13, token="text_2"))
        if one.identity:
            body.addWidget(Label(look, said("identity", language, one.identity), 13, token="text_2", wrap=True))
        body.addWidget(Line(look))
        for period in one.periods:
            ends = [figure.moment(moment, language) for moment in (period.since, period.until) if moment]
            span = said("span" if period.until else "lasting", language, *ends)
            body.addWidget(Label(look, f"{role_words(period.role)}: {span}", 15, wrap=True))
            if period.reason:
                body.addWidget(Label(look, said("because", language, period.reason), 13, token="text_2", wrap=True))
        for key in one.keys:
            body.addWidget(Line(look))
            for words in self._key(key):
                body.addWidget(Label(look, words, 13, token="text_2", wrap=True))

    def _state(self, one: Authorised) -> str:
        language = self.look.language
        words = said(one.state, language)
        words = words[:1].upper() + words[1:]
        if one.until:
            words += f", {figure.moment(one.until, language)}"
        return f"{words}. {said('because', language, one.reason)}" if one.reason else words

    def _key(self, key: KeyFact) -> list[str]:
        language = self.look.language
        until = said("revoked" if key.revoked else "until", language, figure.moment(key.until, language))
        told = [f"{said('file', language, key.origin)} · {until}", said("signs", language, grouped(key.serial))]
        if key.accepted:
            told.append(said("accepted", language, figure.moment(key.accepted, language)))
        return told if key.certified else [*told, said("self_signed", language)]

    def waits(self) -> bool:
        return False


def scrolled(inside: QWidget, height: int) -> QScrollArea:
    """A widget of that height, which scrolls where it is higher; by keyboard too."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFixedHeight(height)
    area.setWidget(inside)
    return area
