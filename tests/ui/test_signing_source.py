"""Another certificate than the study's: chosen once, its secret asked each time, nothing signed while it is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crf_desktop.capture.filed_pdf import filed
from crf_desktop.capture.study import Study
from crf_desktop.ui.signing_source import FILE, STUDY, TOKEN, SourceChoice, SourceSheet
from tests.report.hospital import PASSPHRASE, file_of, issued
from tests.ui.conftest import PASSWORD, WEEK_0
from tests.ui.reading import open_pages, read_to_the_end


@pytest.fixture
def console(window: Any, form: Callable[..., Any], hand: Any) -> Any:
    """The pages of a completed visit, read to their end, with the hospital's file chosen."""

    def begin(choice: SourceChoice) -> Any:
        form("F.PGA")
        hand.answer("I.PGA.ACTIVITY", "62")
        hand.answer("I.PGA.BEFORE_ESSDAI", "true")
        hand.click(window.places.form.primary)
        hand.click(window.bar.places["signing"])
        page = window.places.signing
        page.list.tasks.tick(next(i for i, t in enumerate(page.list.tasks.tasks) if t.address == WEEK_0))
        hand.click(page.foot.source)
        sheet = page.findChildren(SourceSheet)[-1]
        hand.click(sheet.chips[choice.kind])
        assert not sheet.buttons[-1].isEnabled()
        hand.type(choice.file, sheet.file)
        hand.click(sheet.buttons[-1])
        assert page.choice == choice == SourceChoice.read()
        open_pages(page, hand)
        read_to_the_end(page, hand)
        return page

    return begin


def give(page: Any, hand: Any, secret: str) -> None:
    for field, words in ((page.name, "inv"), (page.password, PASSWORD), (page.foot.secret, secret)):
        field.clear()
        hand.type(words, field)
    assert page.sign.isEnabled()
    hand.click(page.sign)


def test_that_the_hospitals_file_signs_the_pdf_and_a_wrong_passphrase_signs_nothing(
    window: Any, console: Callable[[SourceChoice], Any], hand: Any, tmp_path: Path
) -> None:
    from crf_desktop.ui.problem_panel import ProblemSheet

    file = tmp_path / "hospital.p12"
    file.write_bytes(file_of(issued(days=20_000)))
    page = console(SourceChoice(FILE, str(file)))
    study: Study = window.study
    hand.type("inv", page.name)
    hand.type(PASSWORD, page.password)
    assert page.foot.secret.isVisible() and not page.sign.isEnabled()
    give(page, hand, "not it")
    hand.wait(lambda: bool(page.findChildren(ProblemSheet)), "the refusal")
    sheet = page.findChildren(ProblemSheet)[-1]
    assert sheet.problem.code == "signer.password"
    assert not any(row.path.form for row in study.store.rows(_signature())) and filed(study) == []
    hand.click(sheet.first_button())
    give(page, hand, PASSPHRASE)
    hand.wait(lambda: bool(page.work.stored) and not page.work.busy(), "the PDF")
    (one,) = filed(study)
    assert one.signers[0].own and page.foot.secret.text() == ""
    window.workshop.close()


def _signature() -> Any:
    from crf_desktop.model.data import Kind

    return Kind.SIGNATURE


def test_that_what_was_chosen_is_remembered_without_a_secret(
    qt_application: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRF_DATA_HOME", str(tmp_path))
    assert SourceChoice.read() == SourceChoice(STUDY)
    SourceChoice(TOKEN, module="/lib/card.so", label="Card").keep()
    assert SourceChoice.read() == SourceChoice(TOKEN, module="/lib/card.so", label="Card")
    SourceChoice(TOKEN, label="Card").keep()
    assert SourceChoice.read() == SourceChoice(STUDY)  # not whole
