"""Backups in the window: made beside the work, at closing, told on the study page; and a study restored from one."""

from __future__ import annotations

import shutil
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from crf_desktop.capture import backup
from crf_desktop.capture.study import Study
from crf_desktop.errors import EnvironmentProblem
from crf_desktop.store import Finding, backup_keeping
from crf_desktop.store import backup as stored
from crf_desktop.ui.backup_card import BackupCard
from crf_desktop.ui.places import Where
from crf_desktop.ui.problem_panel import ProblemSheet
from crf_desktop.ui.recovery_sheet import KindSheet
from crf_desktop.ui.restore_sheet import RestoreByCodeSheet, RestoreSheet, free_folder
from crf_desktop.ui.restoring import Restoring
from tests.ui.conftest import PASSWORD


def wait(until: Any, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        QTest.qWait(10)
    assert until()


@pytest.fixture
def inside(window: Any, folder: Path) -> Any:
    """The window with its study open, on the study page."""
    window.show_folder(folder)
    window._opened(Study.open(folder, "inv", PASSWORD))
    window.places.go(Where("study"))
    return window


def card(window: Any) -> BackupCard:
    return window.places.about.findChildren(BackupCard)[-1]  # type: ignore[no-any-return]


@pytest.mark.requirement("REQ-44")
def test_that_a_backup_is_made_beside_the_work_and_stands_on_the_study_page(inside: Any) -> None:
    assert "None yet" in card(inside).words.text()
    card(inside).now.click()
    assert inside.backups.running and not card(inside).now.isEnabled()
    inside.study.enrol()
    wait(lambda: not inside.backups.running)
    told = card(inside).words.text()
    assert "proved by opening it" in told and "1 kept" in told
    assert len(backup_keeping.found(inside.study.store.folder / "backup")) == 1
    inside.look.set_language("zh")
    assert "已打开检验" in card(inside).words.text()


@pytest.mark.requirement("REQ-44")
def test_that_closing_the_study_keeps_what_was_written_since(inside: Any, folder: Path) -> None:
    inside.backups.at_close = True
    inside.study.enrol()
    inside.lock()
    assert len(backup_keeping.found(folder / "backup")) == 1
    study = Study.open(folder, "inv", PASSWORD)
    assert stored.last(study.store).made_at and not stored.last(study.store).news
    study.close()


def test_that_nothing_is_copied_at_closing_when_nothing_was_written(inside: Any, folder: Path) -> None:
    inside.backups.at_close = True
    backup.back_up(inside.study, "asked")
    inside.lock()
    assert len(backup_keeping.found(folder / "backup")) == 1


def test_that_locking_ends_one_under_way_and_leaves_nothing_half_made(inside: Any, folder: Path) -> None:
    inside.backups.back_up()
    inside.lock()
    assert not inside.backups.running
    assert [path for path in (folder / "backup").iterdir() if path.name.startswith(".")] == []


def test_that_it_happens_by_itself_once_a_day(inside: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    inside.study.enrol()
    inside.backups._look()
    wait(lambda: not inside.backups.running)
    inside.backups._look()
    assert not inside.backups.running
    inside.study.enrol()
    now = inside.study.store.parts.author.clock.now()
    monkeypatch.setattr(inside.study.store.parts.author.clock, "now", lambda: now + timedelta(days=1))
    inside.backups._look()
    assert inside.backups.running
    wait(lambda: not inside.backups.running)


@pytest.mark.requirement("REQ-44")
def test_that_old_backups_are_told_on_the_page_after_a_week_and_above_it_after_two(
    inside: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.back_up(inside.study, "asked")
    inside.study.enrol()
    clock = inside.study.store.parts.author.clock
    now = clock.now()
    for days, on_page, above in ((6, False, False), (8, True, False), (15, True, True)):
        monkeypatch.setattr(clock, "now", lambda days=days: now + timedelta(days=days))
        inside.backups._told()
        card(inside).tell()
        assert card(inside).trouble.isHidden() != on_page
        assert inside.backups.strips[0].isHidden() != above


def test_that_a_failure_says_why_and_what_to_do(inside: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from crf_desktop.store import room

    monkeypatch.setattr(room, "free_bytes", lambda _folder: 1_000)
    inside.backups.back_up("daily")
    wait(lambda: not inside.backups.running)
    assert "too little room" in card(inside).trouble.text()
    assert "Today" in inside.backups.strips[0].words.text()
    assert stored.last(inside.study.store).failed_code == "backup.no_room"


def test_that_a_second_place_is_chosen_and_gets_its_copy(
    inside: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    card(inside).choose.click()
    wait(lambda: not inside.backups.running)
    assert len(list(stick.glob("*.crfbackup"))) == 1 and "last copy" in card(inside).place.text()
    shutil.rmtree(stick)
    card(inside).tell()
    assert "not plugged in" in card(inside).place.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(inside.study.store.folder))
    card(inside).choose.click()
    assert "own folder" in card(inside).trouble.text()
    card(inside).drop.click()
    assert "None chosen" in card(inside).place.text()


def test_that_a_second_place_that_takes_nothing_is_told_and_not_tried_again_and_again(
    inside: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backup.choose_place(inside.study, stick)
    monkeypatch.setattr(stored, "copy_file", lambda *_: False)
    inside.backups.back_up()
    wait(lambda: not inside.backups.running)
    assert "second place" in card(inside).trouble.text()
    inside.backups._look()
    assert not inside.backups.running
    assert len(backup_keeping.found(inside.study.store.folder / "backup")) == 1


def test_that_a_copy_says_so_above_every_page_until_it_is_understood(inside: Any) -> None:
    inside.study.store.parts.findings = (Finding("verify.copied", "note"),)
    inside.backups.retranslate()
    assert "copy" in inside.backups.strips[1].words.text()
    inside.backups.strips[1].button.click()
    assert inside.backups.strips[1].isHidden()


def test_that_a_study_that_cannot_be_written_says_so_above_every_page(window: Any, folder: Path) -> None:
    window.show_folder(folder)
    window._opened(Study.open(folder, "inv", PASSWORD, read_only=True))
    assert "only be read" in window.backups.strips[1].words.text()
    window.places.go(Where("study"))
    assert card(window).now.isHidden() and card(window).choose.isHidden()
    window.backups.back_up()
    assert not window.backups.running


def restoring(window: Any, file: Path) -> Restoring:
    found = Restoring(window)
    found.look_at(file)
    wait(lambda: found.sheet is not None or window.unlock.findChildren(ProblemSheet) != [])
    return found


@pytest.mark.requirement("REQ-44", "REQ-46")
def test_that_a_study_is_restored_from_the_unlock_window(inside: Any, folder: Path) -> None:
    made = backup.back_up(inside.study, "asked")
    origin = inside.study.store.origin
    inside.lock()
    found = restoring(inside, made.path)
    sheet = found.sheet
    assert isinstance(sheet, RestoreSheet) and sheet.folder == folder.with_name("trial-restored.crf")
    sheet.user.pick("inv")
    sheet.password.setText("not it at all, really")
    sheet.accept()
    wait(lambda: inside.unlock.findChildren(ProblemSheet) != [])
    problem = inside.unlock.findChildren(ProblemSheet)[-1]
    problem.first_button().click()
    assert not sheet.busy and not sheet.folder.exists()
    sheet.password.setText(PASSWORD)
    sheet.accept()
    wait(lambda: inside.study is not None)
    assert inside.study.store.folder == folder.with_name("trial-restored.crf") == inside.folder
    assert inside.study.store.origin != origin and inside.places.where.page == "study"


def test_that_the_recovery_code_restores_with_a_new_password(inside: Any, folder: Path) -> None:
    from crf_desktop.store import recovery, unlock

    inside.lock()
    with unlock(folder, "adm", PASSWORD) as store:
        code = recovery.make(store)
        recovery.drill(store, [code.code])
        made = stored.make_and_record(store, "asked")
    found = restoring(inside, made.path)
    found.sheet._by_code()
    sheet = found.sheet
    assert isinstance(sheet, RestoreByCodeSheet) and sheet.user.value == "adm"
    sheet.lines[0].setText(code.code)
    for field in (sheet.fresh, sheet.same):
        field.setText("a wholly different sentence, twice")
    shown: list[int] = []
    sheet.show_progress = lambda done, of: shown.append(done)
    sheet.accept()
    wait(lambda: inside.study is not None)
    assert shown == sorted(shown) and shown
    assert inside.study.session.person.user_name == "adm" and inside.study.session.trust == "certified"
    asked = inside.places.about.keys.sheet
    assert isinstance(asked, KindSheet), "the code is used up: a new one is asked for at once"
    asked.close_sheet()


def test_that_a_damaged_backup_is_told_before_a_password_is_asked(inside: Any, tmp_path: Path) -> None:
    made = backup.back_up(inside.study, "asked")
    data = bytearray(made.path.read_bytes())
    data[5000] ^= 1
    made.path.write_bytes(data)
    inside.lock()
    found = restoring(inside, made.path)
    assert found.sheet is None
    problem = inside.unlock.findChildren(ProblemSheet)[-1]
    assert problem.isVisible() and not inside.unlock.restore.isHidden()


def test_that_a_finding_offers_the_newest_backup(inside: Any) -> None:
    backup.back_up(inside.study, "asked")
    inside.restore_newest()
    wait(lambda: inside.unlock.findChildren(RestoreSheet) != [])
    assert inside.study is None


def test_that_a_new_folder_never_takes_the_name_of_an_old_one(tmp_path: Path) -> None:
    (tmp_path / "a.crf").mkdir()
    assert free_folder(tmp_path, "a.crf") == tmp_path / "a-2.crf"


def test_that_a_problem_that_is_none_of_the_users_is_not_hidden(inside: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        inside.backups._failed(ZeroDivisionError())
    assert not isinstance(ZeroDivisionError(), EnvironmentProblem)
