"""The log is checked beside the work: entry goes on, signing and export wait and go on by themselves."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from crf_desktop.capture.study import Study
from crf_desktop.model.data import Kind
from crf_desktop.settings import SystemClock
from crf_desktop.store import engine, keyring, schema, verified
from crf_desktop.store.inspection import COPY
from crf_desktop.store.keyring import open_slot
from crf_desktop.store.log import entry_of
from crf_desktop.store.rotation import rotate
from crf_desktop.store.stretch import derive
from crf_desktop.ui.button import Button
from crf_desktop.ui.log_card import LogCard
from crf_desktop.ui.log_sheet import FindingSheet, WaitSheet
from tests.ui.conftest import PASSWORD, WEEK_0
from tests.ui.reading import open_pages, read_to_the_end

NEW = 260
"""Rows that were not verified, more than every unlocking looks at."""


@pytest.fixture(scope="module")
def grown(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study with more entries than an unlocking verifies."""
    folder = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("grown") / "trial.crf"))
    study = Study.open(folder, "inv", PASSWORD)
    study.store.append([entry_of(Kind.USER, "unlock", user_oid=study.session.person.user_oid)] * NEW)
    study.close()
    return folder


@pytest.fixture
def folder(grown: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(grown, tmp_path / "trial.crf"))


class Held:
    """The process that checks, stopped until it is let go."""

    def __init__(self, watch: Any, hand: Any) -> None:
        self.watch, self.hand = watch, hand

    def hold(self) -> None:
        os.kill(self.watch.process._process.pid, signal.SIGSTOP)

    def let_go(self) -> None:
        os.kill(self.watch.process._process.pid, signal.SIGCONT)

    def check(self, depth: str) -> None:
        self.watch.check(depth)
        self.hold()


@pytest.fixture
def held(window: Any, hand: Any) -> Iterator[Held]:
    window.log.quick_after_ms = window.log.full_after_ms = 3_600_000
    yield Held(window.log, hand)


def ended(window: Any, hand: Any) -> None:
    hand.wait(lambda: not window.log.process.running, "the check is over")


def rewrite(folder: Path, *statements: str) -> None:
    keys = keyring.read(folder).best
    key = open_slot(keys, keys.slot_of("inv"), PASSWORD).data_key
    connection = engine.connect_raw(folder / engine.NAME, derive(key, "database"), keys.db_salt)
    connection.execute("DROP TRIGGER change_no_update")
    for statement in statements:
        connection.execute(statement)
    connection.execute(schema.OBJECTS["change_no_update"])
    connection.close()


OLD_ROW = "UPDATE change SET program_version = 'x' WHERE seq = 9"


def words(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_that_a_check_begins_by_itself_soon_after_unlocking(
    window: Any, enter: Callable[..., Study], hand: Any
) -> None:
    study = enter()
    assert study.store.checked == "" and not window.log.process.running
    hand.wait(lambda: study.store.checked == "quick", "the quick check is over")
    assert not window.log.strip.isVisible() and window.log.sheet is None


@pytest.mark.requirement("REQ-46")
def test_that_answers_are_saved_while_the_log_is_checked(
    window: Any, form: Callable[..., Any], hand: Any, held: Held
) -> None:
    page = form("F.PGA")
    held.check("quick")
    hand.answer("I.PGA.ACTIVITY", "62")
    assert page.entry.datum("I.PGA.ACTIVITY").value == "62" and window.log.process.running
    held.let_go()
    hand.answer("I.PGA.BEFORE_ESSDAI", "true")
    ended(window, hand)
    assert window.study.store.checked == "quick" and not window.study.store.read_only
    assert window.study.store.verify("full")[-1].code == "verify.ok_full"


@pytest.fixture
def signing(window: Any, form: Callable[..., Any], hand: Any, held: Held) -> Any:
    """The signing page with name and password typed, while the log is being checked."""
    form("F.PGA")
    hand.answer("I.PGA.ACTIVITY", "62")
    hand.answer("I.PGA.BEFORE_ESSDAI", "true")
    hand.click(window.places.form.primary)
    hand.click(window.bar.places["signing"])
    page = window.places.signing
    page.list.tasks.tick(next(i for i, t in enumerate(page.list.tasks.tasks) if t.address == WEEK_0))
    open_pages(page, hand)
    read_to_the_end(page, hand)
    hand.type("inv", page.name)
    hand.type(PASSWORD, page.password)
    held.check("quick")
    return page


def signatures(window: Any) -> int:
    return sum(bool(row.path.form) for row in window.study.store.rows(Kind.SIGNATURE))


@pytest.mark.requirement("REQ-46")
def test_that_a_signature_waits_until_the_log_is_checked_and_then_is_made(
    window: Any, signing: Any, hand: Any, held: Held
) -> None:
    hand.click(signing.sign)
    sheet = window.log.sheet
    assert isinstance(sheet, WaitSheet) and sheet.isVisible() and "Signing" in words(sheet)
    assert signatures(window) == 0 and signing.password.text() == ""
    window.look.set_language("zh")
    assert "签名" in words(window.log.sheet) and "正在核查日志" in words(window.log.sheet)
    held.let_go()
    hand.wait(lambda: signatures(window) == 1, "it is signed")
    assert window.log.sheet is None
    hand.wait(lambda: not signing.work.busy(), "the PDF is made")


def test_that_who_does_not_want_to_wait_has_signed_nothing(window: Any, signing: Any, hand: Any, held: Held) -> None:
    hand.click(signing.sign)
    hand.click(window.log.sheet.buttons[-1])
    assert window.log.sheet is None and window.log.process.running
    held.let_go()
    ended(window, hand)
    assert signatures(window) == 0


def test_that_who_goes_to_another_page_does_not_wait_any_more(window: Any, signing: Any, hand: Any, held: Held) -> None:
    hand.click(signing.sign)
    hand.click(window.bar.places["today"])
    held.let_go()
    ended(window, hand)
    assert signatures(window) == 0 and window.log.sheet is None


@pytest.mark.requirement("REQ-46")
def test_that_what_is_found_while_a_signature_waits_refuses_it(
    window: Any, folder: Path, signing: Any, hand: Any, held: Held
) -> None:
    window.log.process.stop()
    connection = window.study.store.parts.database.driver_connection
    connection.set_authorizer(None)
    connection.execute("DROP TRIGGER change_no_update")
    connection.execute(OLD_ROW)
    connection.execute(schema.OBJECTS["change_no_update"])
    hand.click(signing.sign)
    hand.wait(lambda: window.log.unsound, "it is found")
    assert signatures(window) == 0 and isinstance(window.log.sheet, FindingSheet)


@pytest.mark.requirement("REQ-46")
def test_that_an_export_waits_for_the_whole_log_and_goes_on(
    window: Any, enter: Callable[..., Study], hand: Any, held: Held
) -> None:
    study, done = enter(), []
    held.check("quick")
    window.log.when_whole(lambda: done.append(study.store.checked), lambda: "Writing the tables")
    assert isinstance(window.log.sheet, WaitSheet) and not done
    hand.wait(lambda: bool(done), "it goes on")
    assert done == ["full"] and window.log.sheet is None
    window.log.when_whole(lambda: done.append("at once"), lambda: "")
    assert done == ["full", "at once"]
    assert verified.last_full(study.store) is not None and not (study.store.folder / COPY).exists()


@pytest.mark.requirement("REQ-46")
def test_that_tables_wait_for_the_whole_log_and_are_written_by_themselves(
    window: Any, results: Any, hand: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    window.study.store.checked = "quick"
    hand.click(results.tables)
    buttons = results.table_export.sheet.card.findChildren(Button)
    hand.click(next(b for b in buttons if b.words() == "Choose the folder"))
    assert isinstance(window.log.sheet, WaitSheet) and "Writing the tables" in words(window.log.sheet)
    assert not list(tmp_path.glob("analysis-*"))
    hand.wait(lambda: bool(list(tmp_path.glob("analysis-*"))), "the tables are written")
    assert window.study.store.checked == "full" and window.log.sheet is None


@pytest.mark.requirement("REQ-46")
def test_that_a_finding_turns_the_study_to_reading_and_says_what_is_whole(
    window: Any, folder: Path, form: Callable[..., Any], hand: Any, held: Held
) -> None:
    rewrite(folder, OLD_ROW)
    page = form("F.PGA")
    assert not page.read_only()
    window.log.check("quick")
    hand.wait(lambda: window.log.unsound, "it is found")
    sheet = window.log.sheet
    told = words(sheet)
    assert isinstance(sheet, FindingSheet) and "Row 9 of this laptop was altered after it was written." in told
    assert "Entries 1 to 8 of this laptop are whole" in told and "restore" in told
    assert page.read_only() and window.log.strip.isVisible()
    window.look.set_language("zh")
    assert "本机的第9条记录在写入后被更改" in words(window.log.sheet)
    window.look.set_language("en")
    hand.click(window.log.sheet.buttons[-1])
    assert window.log.sheet is None
    hand.click(window.log.strip.button)
    assert isinstance(window.log.sheet, FindingSheet)
    hand.click(window.log.sheet.buttons[0])  # every entry
    ended(window, hand)
    assert "Row 9" in words(window.log.sheet)
    window.lock()
    assert not window.log.strip.isVisible() and window.log.study is None


@pytest.mark.requirement("REQ-46")
def test_that_how_many_saved_entries_are_missing_is_told_with_the_way_out(
    window: Any, folder: Path, enter: Callable[..., Study], hand: Any
) -> None:
    before = (folder / engine.NAME).read_bytes()
    study = Study.open(folder, "inv", PASSWORD)
    study.enrol()
    study.enrol()
    study.close()
    (folder / engine.NAME).write_bytes(before)
    study = enter()
    told = words(window.log.sheet)
    assert "Saved entries are missing" in told and " saved entries are missing after row " in told
    lost = next(f for f in study.store.findings if f.code == "verify.lost_rows")
    assert int(lost.detail) >= 3 and f"({lost.detail})" in window.log.strip.words.text()
    assert "restore the latest backup" in told and study.store.read_only


@pytest.mark.requirement("REQ-46")
def test_that_a_missing_witness_leaves_the_study_for_reading_and_the_ways_out_are_told(
    window: Any, folder: Path, enter: Callable[..., Study], hand: Any
) -> None:
    (folder / "witness").unlink()
    study = enter()
    told = words(window.log.sheet)
    assert "Entries may be missing" in told and "put it back" in told and "restore the latest backup" in told
    assert "crf-desktop witness STUDY" in told and study.store.read_only and not (folder / "witness").exists()
    window.look.set_language("zh")
    assert "可能缺少记录" in words(window.log.sheet) or "见证文件" in words(window.log.sheet)


def test_that_what_unlocking_found_is_told_at_once(
    window: Any, folder: Path, enter: Callable[..., Study], hand: Any
) -> None:
    rewrite(folder, "UPDATE change SET program_version = 'x' WHERE seq = (SELECT max(seq) - 4 FROM change)")
    study = enter()
    assert study.store.read_only and isinstance(window.log.sheet, FindingSheet)
    assert "Among the last entries of this laptop" in words(window.log.sheet)
    assert not window.log.process.running


@pytest.mark.requirement("REQ-46")
def test_that_a_copy_of_the_key_file_made_anew_is_told_and_stands_in_the_log(
    window: Any, folder: Path, enter: Callable[..., Study], hand: Any, held: Held
) -> None:
    (folder / "keys.b").write_bytes(b"nothing")
    study = enter()
    strip = window.log.strip
    assert strip.isVisible() and "made anew from the other (keys.b)" in strip.words.text()
    acts = [json.loads(row.payload or "{}") for row in study.store.rows(Kind.SYSTEM)]
    assert [act["copy"] for act in acts if act["act"] == "keys.mended"] == ["keys.b"]
    hand.click(strip.button)
    assert not strip.isVisible()
    window.log.check("quick")
    ended(window, hand)
    assert not strip.isVisible() and study.store.checked == "quick"


def test_that_a_check_during_which_the_key_was_changed_is_made_again(
    window: Any, enter: Callable[..., Study], hand: Any, held: Held
) -> None:
    study = enter()
    held.check("quick")
    rotate(study.store)
    held.let_go()
    hand.wait(lambda: study.store.checked == "quick", "it was made again")
    assert not window.log.unsound and not study.store.read_only


def test_that_the_check_ends_with_the_lock_and_leaves_nothing(
    window: Any, folder: Path, enter: Callable[..., Study], hand: Any, held: Held
) -> None:
    enter()
    window.log.check("full")
    hand.wait(lambda: (folder / COPY).exists(), "the copy is being made")
    held.hold()
    process = window.log.process._process
    window.lock()
    assert not process.is_alive() and not (folder / COPY).exists() and not window.log.process.running


def test_that_a_check_whose_process_is_killed_is_told_and_can_be_tried_again(
    window: Any, enter: Callable[..., Study], hand: Any, held: Held
) -> None:
    study = enter()
    held.check("full")
    os.kill(window.log.process._process.pid, signal.SIGKILL)
    ended(window, hand)
    assert window.log.sheet.problem.code == "store.check_failed" and not study.store.read_only
    hand.click(window.log.sheet.buttons[-1])
    window.log.check("full")
    hand.wait(lambda: study.store.checked == "full", "the check is over")


def card(window: Any, hand: Any) -> LogCard:
    hand.click(window.bar.places["study"])
    found: LogCard = window.places.about.findChildren(LogCard)[-1]
    return found


def test_that_the_study_page_says_when_every_entry_was_verified_and_starts_and_stops_it(
    window: Any, enter: Callable[..., Study], hand: Any, held: Held
) -> None:
    enter()
    shown = card(window, hand)
    assert shown.words.text() == "Not yet on this laptop" and shown.button.text() == "Check every entry"
    shown.button.click()
    held.hold()
    assert shown.button.text() == "Stop" and shown.going.text().startswith("Checking the log …")
    shown.button.click()
    assert not window.log.process.running and shown.button.text() == "Check every entry"
    shown.button.click()
    ended(window, hand)
    shown = card(window, hand)
    assert shown.words.text().endswith("entries whole") and not shown.bar.isVisible()


class Set(SystemClock):
    """The machine's clock, which somebody sets."""

    off = timedelta()

    def now(self) -> Any:
        return super().now() + self.off


@pytest.mark.requirement("REQ-18")
def test_that_a_clock_that_is_set_is_told_across_the_window_and_on_the_study_page(
    window: Any, folder: Path, hand: Any, held: Held
) -> None:
    clock = Set()
    window.folder = folder
    window._opened(Study.open(folder, "inv", PASSWORD, clock=clock))
    clock.off = timedelta(hours=3, minutes=12)
    from crf_desktop.ui.places import Where

    window.places.go(Where("form", window.study.subjects()[0], WEEK_0, "F.PGA"))
    hand.answer("I.PGA.ACTIVITY", "62")
    strip = window.log.clock_strip
    assert strip.isVisible() and "was set forward by 3 h 12 min" in strip.words.text()
    assert "order does not depend on it" in strip.words.text()
    hand.click(strip.button)
    assert not strip.isVisible()
    hand.answer("I.PGA.ACTIVITY", "63")
    assert not strip.isVisible()
    clock.off = -timedelta(days=2)
    hand.answer("I.PGA.ACTIVITY", "64")
    assert "set back by 2 d 3 h" in strip.words.text()
    window.look.set_language("zh")
    assert "被调慢2天 3小时" in strip.words.text()
    window.look.set_language("en")
    told = words(card(window, hand))
    assert "The clock was changed 2 times" in told and "set forward by 3 h 12 min" in told
