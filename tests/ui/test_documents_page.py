"""Documents in the window: found from where one looks, shown first, then printed or saved, and said so in the log."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from crf_desktop.capture.study import Study
from crf_desktop.model.data import Kind
from crf_desktop.store import create
from crf_desktop.ui.places import Where
from tests.fault.site import PASSWORD as SITE_PASSWORD
from tests.fault.site import new_study
from tests.ui.conftest import WEEK_0


@pytest.fixture
def papers(window: Any, enter: Callable[..., Study], hand: Any) -> Callable[..., Any]:
    """Opens the documents for the first participant, or for nobody; the log counts as checked."""

    def show(kind: str | None = None, *at: str, user: str = "inv") -> Any:
        study = window.study or enter(user)
        hand.wait(lambda: study.store.checked == "full" or _checked(window, study), "the check of the log")
        window.places.open_documents(kind, *at)
        hand.rest()
        return window.places.papers

    yield show  # type: ignore[misc]
    window.workshop.close()


def _checked(window: Any, study: Study) -> bool:
    if not window.log.process.running:
        window.log.check("full")
    return False


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A printer that this machine knows, which prints into a file, and the dialogue answered."""
    from crf_desktop.ui import print_sheet
    from crf_desktop.ui.printing import new_printer

    def ask(host: Any, pages: int) -> Any:
        made = new_printer()
        made.setOutputFileName(str(tmp_path / "printed.pdf"))
        return made

    monkeypatch.setattr(print_sheet, "printers", lambda: ["Ward"])
    monkeypatch.setattr(print_sheet, "ask_printer", ask)
    return tmp_path / "printed.pdf"


def preview(page: Any, hand: Any) -> Any:
    """Enter on the primary action, and the pages."""
    assert page.go.isEnabled(), page.reason.text()
    page.go.setFocus()
    QTest.keyClick(page.go, Qt.Key.Key_Return)
    hand.wait(lambda: page.sheet is not None, "the preview")
    hand.wait(lambda: page.sheet.view.pages.drawn(), "the pages")
    hand.rest()
    return page.sheet


def exports(study: Study) -> list[str]:
    rows = (json.loads(row.payload or "{}") for row in study.store.rows(Kind.SYSTEM))
    return [body["format"] for body in rows if body.get("act") == "export"]


def n_pages(pdf: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


@pytest.mark.requirement("REQ-45")
def test_that_paper_is_had_before_any_participant_and_nothing_of_it_is_recorded(
    window: Any, hand: Any, tmp_path: Path
) -> None:
    create(tmp_path / "new.crf", new_study())
    window._opened(Study.open(tmp_path / "new.crf", "crc", SITE_PASSWORD))
    hand.rest()
    head = window.study.store.head()
    hand.click(window.places.today.paper)
    page = window.places.papers
    assert page.choice.kind == "blank" and page.list.lines["casebook"].locked
    hand.click(page.list.lines["casebook"])
    assert not page.go.isEnabled() and page.reason.text() == "No participant is enrolled yet."
    QTest.keyClick(page.list.lines["casebook"], Qt.Key.Key_Up)
    assert page.choice.kind == "form"
    hand.click(page.list.lines["blank"])
    hand.click(page.fields.languages["both"])
    sheet = preview(page, hand)
    assert sheet.paper.file_name == "blank-forms.pdf"
    assert "knows no printer" in sheet.strip.words.text()
    assert not sheet.print.isEnabled() and sheet.save.isEnabled()
    sheet.write(tmp_path / "pack.pdf")
    assert sheet.strip.words.text() == f"Saved: {tmp_path / 'pack.pdf'}" and n_pages(tmp_path / "pack.pdf") > 3
    assert window.study.store.head() == head
    window.workshop.close()


@pytest.mark.requirement("REQ-45", "REQ-43")
def test_that_a_form_is_printed_from_its_page_and_the_log_says_so(
    papers: Callable[..., Any], window: Any, hand: Any, printer: Path, form: Callable[..., Any]
) -> None:
    page = papers()
    form("F.PGA")  # nothing is entered yet: paper to do so
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert (page.choice.kind, page.choice.book, page.choice.form) == ("blank", WEEK_0, "F.PGA")
    shown = form("F.CONSENT")
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    hand.rest()
    choice, study = page.choice, window.study
    assert (choice.kind, choice.form, window.places.where.page) == ("form", "F.CONSENT", "documents")
    assert window.banner.words.subject == study.subjects()[0]
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    hand.wait(page.previewed, "the pages")
    sheet, before = page.sheet, exports(study)
    hand.wait(sheet.print.isEnabled, "the printer")
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    hand.wait(lambda: sheet.said is not None and not sheet.printing.running, "the printer to be done")
    n = len(sheet.view.pages.sizes)
    assert "went to the printer" in sheet.strip.words.text() and n_pages(printer) == n
    assert exports(study) == [*before, "filled_form"]
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    hand.click(page.back)
    assert window.places.page() is shown


@pytest.mark.requirement("REQ-43")
def test_that_a_full_disk_leaves_nothing_half_written_and_no_row(
    papers: Callable[..., Any], window: Any, hand: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = papers("authorised")
    sheet, before = preview(page, hand), exports(window.study)
    (tmp_path / "out").mkdir()
    target, was = tmp_path / "out" / "persons.pdf", Path.open

    class Full:
        def __init__(self, path: Path) -> None:
            self.file = was(path, "xb")

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *told: object) -> None:
            self.file.close()

        def write(self, data: bytes) -> int:
            self.file.write(data[:100])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def opened(path: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
        return Full(path) if mode == "xb" else was(path, mode, *more, **named)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", opened)
        sheet.write(target)
    assert "The disk is full" in sheet.strip.words.text()
    assert list(target.parent.iterdir()) == [] and exports(window.study) == before
    window.look.set_language("zh")
    hand.rest()
    assert "磁盘已满" in page.sheet.strip.words.text()
    page.sheet.write(target)
    assert n_pages(target) >= 1 and exports(window.study) == [*before, "authorised_persons"]


def test_that_a_casebook_says_how_far_it_is_and_stops_at_once(
    papers: Callable[..., Any], window: Any, hand: Any
) -> None:
    from crf_desktop.capture.casebook import casebook_record

    page = papers("casebook", (study := window.study or papers().study).subjects()[0])
    told: list[tuple[str, int, int]] = []
    page.making.progressed.connect(lambda *at: told.append(at))
    page.make()
    hand.wait(lambda: any(what == "make" and of for what, _, of in told), "the progress")
    assert [at for at in told if at[0] == "read"] and not page.go.isEnabled() and not page.list.isEnabled()
    hand.click(page.strip.button)
    assert not page.making.running and page.strip.isHidden() and page.sheet is None
    sheet = preview(page, hand)
    assert sheet.paper.title() == "Casebook" and sheet.paper.file_name == "casebook.pdf"
    assert len(casebook_record(study, study.subjects()[0]).visits) == 2


def test_that_what_was_written_while_a_casebook_was_read_is_in_it(
    papers: Callable[..., Any], window: Any, hand: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = papers("casebook", papers().study.subjects()[0])
    study, made = window.study, []
    monkeypatch.setattr(page.making, "_make", made.append)
    page.making.start(study, page.choice.order(), "en")
    hand.wait(lambda: page.making._read > 0, "the first visit")
    study.form(study.subjects()[0], WEEK_0, "F.PGA").set("I.PGA.ACTIVITY", "62")
    hand.wait(lambda: bool(made), "the record")
    page.making.stop()
    (record,) = made
    assert record.heads[study.store.origin][0] == study.store.head()[1]


def test_that_leaving_or_locking_ends_what_is_being_made(papers: Callable[..., Any], window: Any, hand: Any) -> None:
    page = papers("casebook", papers().study.subjects()[0])
    page.make()
    window.places.go(Where("today"))
    assert not page.making.running
    window.places.open_documents("audit", window.study.subjects()[0])
    page.make()
    window.places.forget()
    assert not page.making.running and page.study is None


@pytest.mark.requirement("REQ-03")
def test_that_what_cannot_leave_is_locked_with_its_reason_where_nothing_can_be_recorded(
    papers: Callable[..., Any], window: Any, hand: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crf_desktop.errors import EnvironmentProblem
    from crf_desktop.ui import documents_page

    def refused(study: Study, kind: Any) -> Any:
        return None if kind in ("blank", "annotated", "dictionary") else EnvironmentProblem("store.read_only")

    monkeypatch.setattr(documents_page, "refusal", refused)
    page = papers("casebook", papers().study.subjects()[0])
    assert not page.go.isEnabled() and page.reason.text() and page.go.accessibleDescription() == page.reason.text()
    assert [kind for kind, line in page.list.lines.items() if not line.locked] == ["blank", "annotated", "dictionary"]
    page.choose("dictionary")
    assert page.go.isEnabled()


def test_that_a_participant_page_leads_to_its_documents(
    papers: Callable[..., Any], window: Any, hand: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: None)  # offscreen cannot grab the keyboard
    papers()
    subject = window.study.subjects()[0]
    window.places.go(Where("today"))
    hand.rest()
    hand.click(window.places.today.paper)  # for who is due
    choice = window.places.papers.choice
    assert (choice.kind, choice.label, choice.book) == ("blank", subject, WEEK_0)
    window.places.go(Where("participant", subject))
    hand.rest()
    page = window.places.participant
    hand.click(page.print)
    words = [action.text() for action in page.menu.actions()]
    assert words[-2:] == ["Casebook: everything of this participant", "Audit trail of this participant"]
    page.menu.actions()[-2].trigger()
    hand.rest()
    assert window.places.papers.choice.kind == "casebook" and window.places.papers.choice.subject == subject
    window.places.papers.fields.pickers["subject"].pick(window.study.subjects()[1])
    assert window.banner.words.subject == window.study.subjects()[1]
