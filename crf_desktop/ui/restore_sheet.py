"""Cards that make a study of a backup: by a password, or by the recovery code with a new password."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.field import Picker
from crf_desktop.ui.key_sheet import KeySheet, NewPasswordSheet
from crf_desktop.ui.label import Label
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import row
from crf_desktop.ui.problem_panel import local_moment
from crf_desktop.ui.sheet import Sheet

if TYPE_CHECKING:
    from crf_desktop.store.password import Judgement
    from crf_desktop.store.restoring import BackupContents

People = Sequence[tuple[str, str]]


class TargetSheet(KeySheet):
    """What both cards ask: who, and which new folder."""

    contents: BackupContents
    people: People
    folder: Path

    def add_facts(self) -> None:
        """What the file says of itself."""
        where = self.tr("Study {0} · site {1}").format(self.contents.study_oid.removeprefix("ST."), self.contents.site)
        made = self.tr("backup of {0}").format(local_moment(self.contents.made_at, self.look.language))
        self.body.addWidget(Label(self.look, f"{where} · {made}", 15, True, wrap=True))

    def add_user(self) -> None:
        """Whose account."""
        self.body.addWidget(Label(self.look, self.tr("User"), 13, token="text_2"))
        self.user = Picker(self.look)
        self.user.show_options(self.people, self.people[0][0] if self.people else "")
        self.user.setAccessibleName(self.tr("User"))
        self.user.chosen.connect(lambda _: self.judge())
        self.body.addWidget(self.user)

    def add_folder(self) -> None:
        """Where it goes."""
        self.body.addWidget(Label(self.look, self.tr("New study folder"), 13, token="text_2"))
        line = row(gap=self.look.px(8))
        self.where = Label(self.look, str(self.folder), 15, wrap=True)
        button = Button(self.look, "quiet", self.tr("Another place"), px=13)
        button.clicked.connect(self._choose)
        line.addWidget(self.where, 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("In which folder shall the study lie?"), str(self.folder.parent)
        )
        if chosen:
            self.folder = free_folder(Path(chosen), self.folder.name)
            self.where.setText(str(self.folder))

    def take_over(self, old: Sheet) -> None:
        super().take_over(old)
        if isinstance(old, TargetSheet):
            self.user.pick(old.user.value)
            self.folder = old.folder
            self.where.setText(str(self.folder))


class RestoreSheet(TargetSheet):
    """By the password of the time of the backup."""

    def __init__(
        self, look: Look, host: QWidget, told: BackupContents, people: People, folder: Path, done: Callable[..., None],
        by_code: Callable[[], None],
    ) -> None:  # fmt: skip
        self.contents, self.people, self.folder, self._by_code = told, people, folder, by_code
        super().__init__(
            look, host, self.tr("Restore from a backup"),
            self.tr(
                "A new study folder is made. It goes on under a number of its own, and gives participant numbers that "
                "the laptop before cannot have given; if that one turns up again, the two are merged."
            ),
            self.tr("Restore and open"), done, Glyph.LOCK,
        )  # fmt: skip

    def add_fields(self) -> None:
        self.add_facts()
        self.add_user()
        self.password = self.add_text(self.tr("Password at the time of the backup"), password=True)
        self.add_folder()
        if self.contents.recovery:
            other = Button(self.look, "quiet", self.tr("I have a recovery code instead"), px=13)
            other.clicked.connect(self._by_code)
            self.body.addWidget(other, 0, Qt.AlignmentFlag.AlignLeft)

    def complete(self) -> bool:
        return bool(self.user.value and self.password.text())

    def answers(self) -> tuple[object, ...]:
        return self.folder, self.user.value, self.password.text()


class RestoreByCodeSheet(TargetSheet, NewPasswordSheet):
    """By the code on paper, with a new password."""

    def __init__(
        self, look: Look, host: QWidget, told: BackupContents, people: People, folder: Path, done: Callable[..., None],
        judgement: Callable[[str, str], Judgement],
    ) -> None:  # fmt: skip
        self.contents, self.people, self.folder, self._judge_for = told, people, folder, judgement
        super().__init__(
            look, host, self.tr("Restore by the recovery code"),
            self.tr(
                "A new study folder is made, with a new password, new keys and a new certificate for this account, and "
                "the record says so. The code is used up there."
            ),
            self.tr("Restore and open"), done, Glyph.LOCK,
        )  # fmt: skip

    def add_fields(self) -> None:
        self.add_facts()
        self.add_user()
        self.lines = self.add_code(self.contents.recovery == "shares")
        self.add_new_password(lambda typed: self._judge_for(self.user.value, typed))
        self.add_folder()

    def complete(self) -> bool:
        good = self.good()
        return good and bool(self.user.value) and all(field.text().strip() for field in self.lines)

    def answers(self) -> tuple[object, ...]:
        return self.folder, self.user.value, [field.text() for field in self.lines], self.fresh.text()


def free_folder(parent: Path, name: str) -> Path:
    """A folder of that name that is not there yet."""
    stem, tries = name.removesuffix(".crf"), 1
    while (folder := parent / f"{stem}{'' if tries == 1 else f'-{tries}'}.crf").exists():
        tries += 1
    return folder
