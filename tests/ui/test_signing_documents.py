"""The signed PDFs of a participant in the window: what each says now, its pages, its timestamp."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crf_desktop.capture.signing import mark_seen
from crf_desktop.capture.study import Study
from crf_desktop.capture.time_authority import set_time_authority
from crf_desktop.demo.maker import sign_and_file
from tests.report.time_authority import TimeServer, time_authority
from tests.ui.conftest import PASSWORD, WEEK_0


@pytest.fixture(scope="module")
def server() -> Iterator[TimeServer]:
    """An authority on loopback."""
    with time_authority() as told:
        yield told


@pytest.fixture
def sheet(window: Any, folder: Path, server: TimeServer, enter: Callable[..., Study], hand: Any) -> Callable[[], Any]:
    """Opens the list of the participant whose PGA was completed and signed, where an authority is set."""
    office = Study.open(folder, "adm", PASSWORD)
    set_time_authority(office, server.url, server.root, "Agreed with the sponsor")
    office.close()
    study = enter("inv")
    subject = study.subjects()[0]
    entry = study.form(subject, WEEK_0, "F.PGA")
    entry.set("I.PGA.ACTIVITY", "62")
    entry.set("I.PGA.BEFORE_ESSDAI", "true")
    entry.complete()
    mark_seen(study, study.form(subject, WEEK_0, "F.PGA"))
    sign_and_file(study, subject, WEEK_0, ["F.PGA"], "inv", PASSWORD)

    def show() -> Any:
        from crf_desktop.ui.places import Where

        window.places.go(Where("participant", subject))
        window.places._show_documents(subject)
        hand.rest()
        return window.places.documents.sheet

    return show


def words(sheet: Any) -> str:
    from crf_desktop.ui.label import Label

    return " ".join(label.text() for label in sheet.findChildren(Label))


def act(sheet: Any, name: str) -> Any:
    return next(button for button in sheet.acts if button.words() == name)


@pytest.mark.requirement("REQ-25")
def test_that_a_change_marks_the_document_and_a_timestamp_lifts_it(
    window: Any, sheet: Callable[[], Any], hand: Any, server: TimeServer
) -> None:
    shown = sheet()
    assert "Current: it says what holds now. Level PAdES B-B, timestamp pending." in words(shown)
    server.mode = "error"
    hand.click(act(shown, "Ask for a timestamp"))
    desk = window.places.documents
    hand.wait(lambda: hasattr(desk.sheet, "problem"), "the refusal")
    assert desk.sheet.problem.code.startswith("timestamp.")
    server.mode = "good"
    hand.click(desk.sheet.buttons[-1])
    hand.wait(lambda: hasattr(desk.sheet, "acts"), "the list")
    hand.click(act(desk.sheet, "Ask for a timestamp"))
    hand.wait(lambda: hasattr(desk.sheet, "problem"), "what it went no further for")
    assert desk.sheet.problem.code == "timestamp.no_list"  # an administrator makes it
    hand.click(desk.sheet.buttons[-1])
    hand.wait(lambda: "Level PAdES B-T." in words(desk.sheet), "the timestamp")
    study: Study = window.study
    study.form(study.subjects()[0], WEEK_0, "F.PGA").set("I.PGA.ACTIVITY", "60", reason="Misread")
    assert "Not current: something changed after it was signed." in words(sheet())
    desk.forget()
    window.workshop.close()


def test_that_a_person_without_the_right_is_offered_no_copy(
    window: Any, sheet: Callable[[], Any], enter: Callable[..., Study], hand: Any
) -> None:
    window.lock()
    enter("mon")
    shown = sheet()
    assert [button.words() for button in shown.acts] == ["Show", "Save a copy"]  # a monitor may export, not ask
    window.places.documents.forget()
