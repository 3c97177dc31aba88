"""Keys in the window: one's own password, the recovery code from making to use, a new data key, the sponsor's key."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crf_desktop.store import unlock
from crf_desktop.ui.key_sheet import AgeSheet, KeySheet, OwnPasswordSheet, RotationSheet
from crf_desktop.ui.places import Where
from crf_desktop.ui.problem_panel import ProblemSheet
from crf_desktop.ui.recovery_sheet import KindSheet, RecoverSheet, ShowSheet, TypeBackSheet
from tests.ui.conftest import PASSWORD

NEW = "seven quiet herons over the reed"


@pytest.fixture
def study_page(window: Any, enter: Callable[..., Any], hand: Any) -> Callable[..., Any]:
    def show(user: str = "adm") -> Any:
        enter(user)
        window.places.go(Where("study"))
        hand.rest()
        return window.places.about

    return show


def card(page: Any) -> Any:
    from crf_desktop.ui.key_card import KeyCard

    return page.findChildren(KeyCard)[-1]


def press(hand: Any, page: Any, name: str) -> Any:
    card(page).buttons[name].click()
    hand.rest()
    return page.keys.sheet


def settled(hand: Any, page: Any, kind: type) -> Any:
    hand.wait(lambda: isinstance(page.keys.sheet, kind) and not page.keys.busy, kind.__name__)
    hand.rest()
    return page.keys.sheet


def idle(hand: Any, page: Any) -> None:
    hand.wait(lambda: not page.keys.busy, "the act")
    hand.rest()


@pytest.mark.requirement("REQ-05")
def test_that_one_changes_ones_own_password_by_keyboard(
    study_page: Callable[..., Any], window: Any, hand: Any, folder: Path
) -> None:
    page = study_page("crc")
    assert set(card(page).buttons) == {"password"}
    sheet = press(hand, page, "password")
    assert isinstance(sheet, OwnPasswordSheet)
    for field, text in ((sheet.old, PASSWORD), (sheet.fresh, "crc crc crc crc crc"), (sheet.same, NEW)):
        hand.type(text, field)
    assert sheet.judged.text() and not sheet.buttons[-1].isEnabled()
    sheet.fresh.selectAll()
    hand.type(NEW, sheet.fresh)
    assert sheet.judged.text() == "Hard to guess." and sheet.buttons[-1].isEnabled()
    QTest.keyClick(sheet.same, Qt.Key.Key_Return)
    hand.wait(lambda: page.keys.sheet is not sheet, "the change")
    assert not isinstance(page.keys.sheet, KeySheet)
    page.keys.sheet.close_sheet()
    window.lock()
    hand.wait(lambda: window.study is None, "the lock")
    unlock(folder, "crc", NEW).close()


@pytest.mark.requirement("REQ-07")
def test_that_a_code_is_made_saved_typed_back_and_lets_in_again(
    study_page: Callable[..., Any], window: Any, hand: Any, folder: Path, tmp_path: Path
) -> None:
    page = study_page()
    assert isinstance(press(hand, page, "recovery"), KindSheet)
    page.keys.sheet.accept()
    shown = settled(hand, page, ShowSheet)
    code = shown.made.code
    page.keys.write_sheet(shown.made, tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    shown.buttons[-1].click()
    hand.rest()
    typing = page.keys.sheet
    assert isinstance(typing, TypeBackSheet)
    hand.type(code[:-1] + ("0" if code[-1] != "0" else "1"), typing.lines[0])
    typing.accept()
    idle(hand, page)
    (problem,) = (sheet for sheet in page.findChildren(ProblemSheet) if sheet.isVisible())
    assert problem.problem.code == "recovery.group"
    problem.close_sheet()
    typing.lines[0].clear()
    hand.type(code.lower(), typing.lines[0])
    typing.accept()
    hand.wait(lambda: page.keys.sheet is not typing, "the drill")
    page.keys.sheet.close_sheet()
    hand.rest()
    assert not card(page).facts.recovery.waiting and card(page).facts.recovery.kind == "code"
    window.lock()
    hand.wait(lambda: window.study is None, "the lock")
    window.show_folder(folder)
    hand.wait(lambda: window.unlock.label is not None and window.unlock.recover.isVisible(), "the label")
    window.unlock.recover.click()
    hand.rest()
    (sheet,) = window.unlock.findChildren(RecoverSheet)
    assert sheet.user.value == "adm"
    hand.type(code, sheet.lines[0])
    hand.type(NEW, sheet.fresh)
    hand.type(NEW, sheet.same)
    assert sheet.buttons[-1].isEnabled()
    sheet.accept()
    hand.wait(lambda: window.study is not None, "the recovery")
    hand.rest()
    assert window.places.where.page == "study" and window.study.session.trust == "certified"
    assert isinstance(window.places.about.keys.sheet, KindSheet)
    window.places.about.keys.sheet.close_sheet()


def test_that_a_new_data_key_is_made_beside_the_window(
    study_page: Callable[..., Any], hand: Any, folder: Path
) -> None:
    page = study_page()
    sheet = press(hand, page, "rotation")
    assert isinstance(sheet, RotationSheet)
    sheet.accept()
    assert sheet.busy and not sheet.buttons[0].isEnabled()
    sheet.cancel()
    assert page.keys.sheet is sheet
    hand.wait(lambda: page.keys.sheet is not sheet, "the rotation")
    page.keys.sheet.close_sheet()
    hand.rest()
    assert card(page).facts.epoch == 2


def test_that_locking_waits_for_an_act_and_leaves_the_study_whole(
    study_page: Callable[..., Any], window: Any, hand: Any, folder: Path
) -> None:
    page = study_page()
    sheet = press(hand, page, "rotation")
    sheet.accept()
    window.lock()
    hand.wait(lambda: window.study is None, "the lock")
    hand.rest()
    with unlock(folder, "adm", PASSWORD) as store:
        assert store.parts.keys.epoch == 2 and store.parts.keys.pending_epoch is None


def test_that_the_sponsors_key_and_the_rule_for_passwords_are_set(
    study_page: Callable[..., Any], hand: Any, tmp_path: Path
) -> None:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    from crf_desktop.store import bech32

    page = study_page()
    press(hand, page, "escrow")
    public = bech32.encode("age", X25519PrivateKey.generate().public_key().public_bytes_raw())
    (tmp_path / "sponsor.txt").write_text(public + "\n")
    asked = page.keys.sheet
    page.keys.take_key(tmp_path / "sponsor.txt")
    hand.wait(lambda: page.keys.sheet is not asked, "the escrow")
    page.keys.sheet.close_sheet()
    hand.rest()
    assert card(page).facts.escrow == public
    sheet = press(hand, page, "age")
    assert isinstance(sheet, AgeSheet)
    sheet.days.setText("90")
    hand.type("The sponsor asks for it.", sheet.why)
    sheet.accept()
    hand.wait(lambda: page.keys.sheet is None, "the rule")
    hand.rest()
    assert card(page).facts.age.days == 90
    assert not card(page).facts.age.due


@pytest.mark.requirement("REQ-10")
def test_that_failed_log_ins_are_told_to_the_person_they_were_aimed_at(
    enter: Callable[..., Any], window: Any, hand: Any, folder: Path
) -> None:
    from crf_desktop.store import attempts

    days = (("2026-01-02T08:00:00.000Z", 1), ("2026-01-02T08:00:05.000Z", 1), ("2026-01-03T08:00:00.000Z", 2))
    for when, slot in days:
        attempts.note(folder, when, slot)
    enter("mon")
    assert "3 log-ins with other names" in window.greeting.words.text()
    window.greeting.away.click()
    assert window.greeting.isHidden()
    window.lock()
    hand.wait(lambda: window.study is None, "the lock")
    enter("inv")
    assert "2 log-ins with your name failed since" in window.greeting.words.text()
    window.look.set_language("zh")
    hand.rest()
    assert "登录失败2次" in window.greeting.words.text()
    window.lock()
    hand.wait(lambda: window.study is None, "the lock")
    enter("inv")
    assert window.greeting.isHidden()


def test_that_a_password_that_is_due_is_asked_for_at_unlocking(
    enter: Callable[..., Any], window: Any, hand: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crf_desktop.store import password_age

    with unlock(folder, "adm", PASSWORD) as store:
        password_age.set_age(store, 10, "The hospital asks for it.")
    enter("inv")
    assert "in 10 days" in window.greeting.words.text()
    window.greeting.change.click()
    hand.rest()
    assert isinstance(window.places.about.keys.sheet, OwnPasswordSheet)
    window.places.about.keys.sheet.close_sheet()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["code", "shares"])
def test_that_the_printed_sheet_says_what_the_saved_one_says(
    qt_application: Any, tmp_path: Path, kind: str, language: str
) -> None:
    from PySide6.QtPrintSupport import QPrinter

    from crf_desktop.report.recovery_sheet import Sheet as Paper
    from crf_desktop.report.recovery_sheet import recovery_pdf
    from crf_desktop.ui.look import load_fonts
    from crf_desktop.ui.printing import new_printer
    from crf_desktop.ui.recovery_print import draw

    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not here")
    load_fonts()
    lines = ("3NXJ2-N5NB1-2GRKB-1GQEY-DCDCK-W25AF-KD9JZ-QXMF2",)
    if kind == "shares":
        lines = tuple(" ".join(["academic", "acid", "acne", "acquire", "yoga", "zero"] * 4) for _ in range(3))
    paper = Paper("ST.X", "01", "abc", 7, "2026-11-25T10:00:00+08:00", lines)
    printer = new_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert printer.docName() == "CRF Desktop", "the queue shows no more"
    draw(printer, paper, language)
    (tmp_path / "saved.pdf").write_bytes(recovery_pdf(paper, "zh" if language == "zh" else "en"))
    pages, saved = pages_of(tmp_path / "printed.pdf"), pages_of(tmp_path / "saved.pdf")
    assert len(pages) == len(saved) == len(lines)
    for page, other, line in zip(pages, saved, lines, strict=True):
        wanted = [*line.replace("-", " ").split(), "crf-desktop", "key", "recover", "abc"]
        assert all(word in page and word in other for word in wanted)


def pages_of(path: Path) -> list[str]:
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True)
    return done.stdout.removesuffix("\f").split("\f")


def test_that_a_machine_without_a_printer_says_so_and_keeps_the_code_in_sight(
    study_page: Callable[..., Any], hand: Any
) -> None:
    page = study_page()
    press(hand, page, "recovery")
    page.keys.sheet.accept()
    shown = settled(hand, page, ShowSheet)
    next(b for b in shown.buttons if b.words() == "Print").click()
    hand.rest()
    (problem,) = (sheet for sheet in page.findChildren(ProblemSheet) if sheet.isVisible())
    assert problem.problem.code == "recovery.no_printer" and shown.isVisible()
    problem.close_sheet()
    shown.close_sheet()


@pytest.mark.requirement("REQ-07")
def test_that_whoever_keeps_the_keys_is_told_that_no_recovery_code_counts(
    enter: Callable[..., Any], window: Any, hand: Any, folder: Path
) -> None:
    from crf_desktop.store import recovery

    enter("adm")
    assert "No recovery code was typed back yet" in window.greeting.words.text() and window.greeting.isVisible()
    window.lock()
    hand.wait(lambda: window.study is None, "the lock")
    enter("inv")
    assert window.greeting.isHidden(), "it is the administrator's to make"
    window.lock()
    hand.wait(lambda: window.study is None, "the lock")
    with unlock(folder, "adm", PASSWORD) as store:
        recovery.drill(store, [recovery.make(store).code])
    enter("adm")
    assert window.greeting.isHidden()
