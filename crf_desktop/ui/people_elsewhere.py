"""Cards about laptops: a known person is let in on a joined one, entries of a closed account are taken from one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crf_desktop.ui.field import Picker
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.people_sheet import AccountSheet, PasswordSheet
from crf_desktop.ui.sheet import Sheet
from crf_desktop.ui.study_facts import role_words

if TYPE_CHECKING:
    from crf_desktop.capture.roster import Authorised


class LetInSheet(PasswordSheet):
    """A password on this laptop for a person the study knows."""

    def __init__(self, look: Look, host: QWidget, one: Authorised, done: Callable[..., None]) -> None:
        self._one, self._done = one, done
        super().__init__(
            look, host, self.tr("Let in on this laptop"), one.person.full_name,
            self.tr(
                "The person opens this file from now on, as {0}. The keys are countersigned when a bundle from here "
                "is merged where the study was set up; until then signatures read “valid, trust pending”."
            ).format(role_words(one.person.role)),
            self.tr("Let in"),
        )  # fmt: skip

    def _add_fields(self) -> None:
        self._add_password()

    def words_about(self) -> tuple[str, ...]:
        person = self._one.person
        return (person.user_name, person.full_name, *person.full_name.split())

    def act(self, reason: str) -> None:
        self._done(self.password.text(), reason, self.identity.text())


class AdmitSheet(AccountSheet):
    """Entries that a person wrote on another laptop before the closing was known there."""

    def __init__(self, look: Look, host: QWidget, one: Authorised, own: str, done: Callable[..., None]) -> None:
        self._one, self._done = one, done
        self._files = [origin for origin in dict.fromkeys(key.origin for key in one.keys) if origin != own]
        super().__init__(
            look, host, self.tr("Take entries from another laptop"), one.person.full_name,
            self.tr(
                "A bundle was refused because this account was closed before its last entries were written. Look at "
                "them with the person; what is honest can be taken, up to the entry that the refusal names. Then merge "
                "the bundle again. The account stays closed."
            ),
            self.tr("Take the entries"),
        )  # fmt: skip

    def _add_fields(self) -> None:
        left, right = self.beside()
        left.addWidget(Label(self.look, self.tr("File, as the refusal names it"), 13, token="text_2"))
        self.file = Picker(self.look)
        self.file.show_options([(origin, origin) for origin in self._files], self._files[0])
        self.file.setAccessibleName(self.tr("File"))
        self.file.chosen.connect(lambda _: self.judge())
        left.addWidget(self.file)
        self.upto = self.add_text(self.tr("Last entry that is taken"), into=right)
        left.addStretch(1)
        right.addStretch(1)

    def complete(self) -> bool:
        typed = self.upto.text().strip()
        return bool(self.file.value) and typed.isdecimal() and int(typed) > 0

    def take_over(self, old: Sheet) -> None:
        super().take_over(old)
        if isinstance(old, AdmitSheet):
            self.file.pick(old.file.value)

    def act(self, reason: str) -> None:
        self._done(self.file.value, int(self.upto.text().strip()), reason)
