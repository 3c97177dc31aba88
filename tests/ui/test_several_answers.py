"""Several answers of one press: one transaction and one repaint; what one of them asks never loses the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from crf_desktop.model.data import Entry
from crf_desktop.ui.controls.joint_figure import JointFigureBlock
from crf_desktop.ui.form_binding import Act

PGA, BEFORE = "I.PGA.ACTIVITY", "I.PGA.BEFORE_ESSDAI"
Form = Callable[..., Any]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each transaction had."""
    from crf_desktop.store import Store

    sizes: list[int] = []
    append = Store.append

    def counted(self: Store, entries: Sequence[Entry]) -> Any:
        sizes.append(len(entries))
        return append(self, entries)

    monkeypatch.setattr(Store, "append", counted)
    return sizes


def want(page: Any, hand: Any, *acts: tuple[str, str]) -> None:
    """Answers that arrive in one turn of the event loop."""
    for item, typed in acts:
        page.binding.want(Act("set", item, typed))
    hand.rest()


def values(page: Any) -> tuple[str | None, str | None]:
    return page.entry.datum(PGA).value, page.entry.datum(BEFORE).value


def test_that_all_other_joints_are_one_transaction(form: Form, hand: Any, written: list[int]) -> None:
    page = form("F.EXAM")
    figure = next(b for b in page.body.blocks if isinstance(b, JointFigureBlock))
    hand.answer(figure.item_oids()[0], figure.codes[1])
    written.clear()
    hand.click(figure.others)
    assert written == [len(figure.item_oids()) - 1]
    assert {page.entry.datum(i).value for i in figure.item_oids()[1:]} == {figure.codes[0]}
    assert page.entry.datum(figure.item_oids()[0]).value == figure.codes[1]


def test_that_a_refused_answer_does_not_keep_the_others_from_being_stored(form: Form, hand: Any) -> None:
    page = form("F.PGA")
    want(page, hand, (PGA, "140"), (BEFORE, "true"))
    assert values(page) == (None, "true")
    assert page.body.block_of(PGA).fields[PGA].message.state == "error"


def test_that_the_same_item_twice_is_stored_in_the_order_of_typing(form: Form, hand: Any, written: list[int]) -> None:
    page = form("F.PGA")
    written.clear()
    want(page, hand, (PGA, "40"), (PGA, "41"))
    assert written == [1, 1] and values(page) == ("41", None)


def test_that_several_answers_to_a_completed_form_are_asked_for_one_reason(form: Form, hand: Any) -> None:
    page = form("F.PGA")
    want(page, hand, (PGA, "62"), (BEFORE, "true"))
    hand.click(page.primary)
    assert page.entry.completed
    want(page, hand, (PGA, "44"), (BEFORE, "false"))
    assert values(page) == ("62", "true")
    sheet = page.dialogue.sheet
    hand.click(sheet.chips, dict(sheet.chips.places())["transcription"].center())
    hand.click(sheet.buttons[-1])
    assert values(page) == ("44", "false")
    assert {page.entry.history(i)[-1].reason_for_change for i in (PGA, BEFORE)} == {"Typing or transcription error"}


def test_that_a_form_changed_again_counts_as_seen_once_it_is_left(window: Any, form: Form, hand: Any) -> None:
    from crf_desktop.capture.signing import was_seen
    from crf_desktop.ui.places import Where

    page = form("F.PGA")
    want(page, hand, (PGA, "62"), (BEFORE, "true"))
    hand.click(page.primary)
    page.binding.attempt(Act("set", PGA, "44", reason="Read again"))
    entry = page.entry
    assert entry.completed and not was_seen(window.study, entry)
    window.places.go(Where("today"))
    assert was_seen(window.study, entry)


def test_that_all_that_a_full_disk_kept_from_being_stored_is_stored_by_one_press(
    form: Form, hand: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crf_desktop.errors import EnvironmentProblem
    from crf_desktop.store import Store

    page = form("F.PGA")
    with monkeypatch.context() as full:
        full.setattr(Store, "append", lambda *_: (_ for _ in ()).throw(EnvironmentProblem("store.disk_full")))
        for item, typed in ((PGA, "44"), (BEFORE, "true")):
            want(page, hand, (item, typed))
    assert values(page) == (None, None)
    page.binding.again()
    hand.rest()
    assert values(page) == ("44", "true")
    assert page.dialogue.sheet is None
