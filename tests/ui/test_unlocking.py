"""The unlock page: what it shows before unlocking, what it says when that fails."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crf_desktop.capture.study import Study
from tests.screened import SCREENING
from tests.ui.conftest import PASSWORD


def sheet_of(page: Any) -> Any:
    from crf_desktop.ui.problem_panel import ProblemSheet

    return page.findChild(ProblemSheet)


def test_that_the_right_password_typed_by_hand_opens_today(window: Any, folder: Path, hand: Any) -> None:
    window.show_folder(folder)
    hand.unlock("inv", PASSWORD)
    hand.wait(lambda: window.study is not None, "unlocking")
    assert window.places.where.page == "today"
    assert window.unlock.password.text() == ""
    assert window.bar.role.text() == "Investigator"


def test_that_a_wrong_password_is_told_as_such_and_opens_nothing(window: Any, folder: Path, hand: Any) -> None:
    window.show_folder(folder)
    hand.unlock("crc", "not this one")
    hand.wait(lambda: sheet_of(window.unlock) is not None, "the refusal")
    sheet = sheet_of(window.unlock)
    assert sheet.problem.code == "keys.wrong_password"
    assert sheet.title() == "This password does not open the study"
    assert window.study is None
    hand.click(sheet.first_button())
    assert window.unlock.password.hasFocus()


@pytest.mark.requirement("REQ-46")
def test_that_a_damaged_file_is_told_apart_from_a_wrong_password(window: Any, folder: Path, hand: Any) -> None:
    database = bytearray((folder / "log.db").read_bytes())
    for at in range(5000, len(database), 4096):
        database[at] ^= 0xFF
    (folder / "log.db").write_bytes(database)
    window.show_folder(folder)
    hand.unlock("inv", PASSWORD)
    hand.wait(lambda: sheet_of(window.unlock) is not None, "the refusal")
    sheet = sheet_of(window.unlock)
    assert sheet.problem.code == "study.damaged"
    assert "password" not in sheet.title().lower()
    assert all((sheet.problem.happened, sheet.problem.kept, sheet.problem.todo))


def test_that_a_study_open_elsewhere_says_so(window: Any, folder: Path, hand: Any) -> None:
    other = Study.open(folder, "inv", PASSWORD)
    try:
        window.show_folder(folder)
        hand.unlock("inv", PASSWORD)
        hand.wait(lambda: sheet_of(window.unlock) is not None, "the refusal")
        assert sheet_of(window.unlock).problem.code == "study.locked_by_other"
    finally:
        other.close()


def test_that_without_a_study_the_page_says_how_to_come_to_one(window: Any) -> None:
    window.show_folder(None)
    assert window.unlock.empty.isVisibleTo(window)
    assert not window.unlock.card.isVisibleTo(window)
    assert "crf-desktop new" in window.unlock.empty_how.words.text()


def test_that_a_folder_without_a_study_is_refused_in_words(window: Any, tmp_path: Path, hand: Any) -> None:
    (tmp_path / "empty.crf").mkdir()
    window.show_folder(tmp_path / "empty.crf")
    hand.wait(lambda: sheet_of(window.unlock) is not None, "the refusal")
    assert sheet_of(window.unlock).problem.code == "study.not_found"


def test_that_caps_lock_is_noticed_while_a_password_is_typed(window: Any, folder: Path, hand: Any) -> None:
    window.show_folder(folder)
    field = window.unlock.password
    QTest.keyClicks(field, "abc")
    assert not window.unlock.caps.isVisibleTo(window)
    QTest.keyClick(field, Qt.Key.Key_A)
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_B, Qt.KeyboardModifier.NoModifier, "B"))
    assert window.unlock.caps.isVisibleTo(window)


def test_that_the_password_is_shown_only_while_asked(window: Any, folder: Path, hand: Any) -> None:
    window.show_folder(folder)
    field = window.unlock.password
    assert field.echoMode() == field.EchoMode.Password
    hand.click(field.reveal)
    assert field.echoMode() == field.EchoMode.Normal
    window.unlock.forget_password()
    assert field.echoMode() == field.EchoMode.Password and field.text() == ""


def test_that_the_wheel_never_changes_the_user(window: Any, folder: Path, hand: Any) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    window.show_folder(folder)
    hand.wait(lambda: bool(window.unlock.user.value), "the users")
    picker, before = window.unlock.user, window.unlock.user.value
    picker.setFocus()
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(picker, wheel)
    assert picker.value == before


@pytest.mark.requirement("REQ-08")
def test_that_nothing_from_the_encrypted_file_stands_on_the_page(
    window: Any, folder: Path, enter: Callable[..., Study], hand: Any
) -> None:
    from crf_desktop.ui.places import Where

    study = enter()
    subjects = study.subjects()
    for where in (Where("participant", subjects[0]), Where("form", subjects[0], SCREENING, "F.DEMO"), Where("signing")):
        window.places.go(where)
        hand.rest()
    window.lock()
    hand.rest()
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QWidget

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    from crf_desktop.ui.label import Label

    held = [label.text() for label in window.findChildren(Label)]
    held += [w.accessibleName() for w in window.findChildren(QWidget)]
    assert [text for text in held if any(subject in text for subject in subjects)] == []
    assert window.banner.words is None


def test_that_only_qt_and_the_standard_library_are_read_before_the_window_is_painted() -> None:
    code = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication
from crf_desktop.ui.application import make_window
from crf_desktop.ui.look import Look
app = QApplication([])
window = make_window(app, Look())
window.show_folder(None)
window.show()
app.processEvents()
heavy = {"sqlalchemy", "sqlcipher3", "cryptography", "cattrs", "argon2", "reportlab", "pandas", "pyhanko", "rfc8785"}
print(sorted(heavy & set(sys.modules)))
window.close()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == "[]"
