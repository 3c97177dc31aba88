"""What stands half typed on a card, or unstored on the study page, when the study is locked: nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from crf_desktop.capture.study import Study
from crf_desktop.ui.places import Where
from crf_desktop.ui.typed_kept import kept
from tests.ui.conftest import PASSWORD

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Enter = Callable[..., Study]


@pytest.fixture
def again(window: Any, folder: Path, hand: Any) -> Callable[..., Study]:
    """Locks by the key, and comes back."""

    def come_back(user: str = "inv") -> Study:
        QTest.keyClick(window, Qt.Key.Key_F12)
        hand.rest()
        assert window.study is None and not window.locking.typed.isVisible()
        study = Study.open(folder, user, PASSWORD)
        window._opened(study)
        hand.rest()
        return study

    return come_back


@pytest.mark.requirement("REQ-08")
def test_that_a_half_written_reason_and_the_answer_that_waits_for_it_come_back(
    window: Any, form: Callable[..., Any], hand: Any, again: Callable[..., Study]
) -> None:
    page = form("F.PGA")
    page.body.focus_item("I.PGA.ACTIVITY")
    hand.rest()
    page.binding.want(_act("I.PGA.ACTIVITY", "70"))
    hand.rest()
    again()
    page = form("F.PGA")
    page.binding.want(_act("I.PGA.ACTIVITY", "30"))  # another session: it asks why
    hand.rest()
    sheet = page.dialogue.sheet
    sheet.words.setFocus()
    hand.type("The source says thir", sheet.words)
    hand.rest()
    study = again()
    told = kept(study)
    assert [t.field for t in told] == ["new answer", "Reason in words"] and told[0].text.startswith("30")
    assert told[1].text == "The source says thir" and told[0].card == told[1].card
    assert window.locking.typed.isVisible() and len(window.locking.typed.buttons) == 2
    copy, away = window.locking.typed.buttons[1]
    QTest.mouseClick(copy, LEFT, NONE, copy.rect().center())
    assert QGuiApplication.clipboard().text() == "The source says thir"
    QTest.mouseClick(away, LEFT, NONE, away.rect().center())
    assert [t.text for t in kept(study)] == [told[0].text]
    QTest.mouseClick(window.locking.typed.buttons[0][1], LEFT, NONE, QPoint(8, 8))
    assert kept(study) == [] and not window.locking.typed.isVisible()


def _act(item: str, text: str) -> Any:
    from crf_desktop.ui.form_binding import Act

    return Act("set", item, text)


def test_that_what_was_not_stored_on_the_study_page_stands_there_again_after_a_lock(
    window: Any, enter: Enter, hand: Any, again: Callable[..., Study]
) -> None:
    enter("adm")
    window.places.go(Where("study"))
    hand.rest()
    about = window.places.about
    name, field = next(iter(about.parameters.fields.items()))
    field.selectAll()
    field.setFocus()
    hand.type("77", field)
    limit, other = next(iter(about.profile.limits.items()))
    other.setFocus()
    hand.type("31", other)
    hand.rest()
    assert about.n_changed() == 2
    again("adm")
    about = window.places.about
    assert window.places.where.page == "study" and about.n_changed() == 2
    assert about.parameters.fields[name].text() == "77" and about.profile.limits[limit].text() == "31"
    QTest.mouseClick(about.discard, LEFT, NONE, about.discard.rect().center())
    assert about.n_changed() == 0
    again("adm")
    assert window.places.about.n_changed() == 0


def test_that_no_password_and_no_recovery_code_is_kept_and_everything_beside_it_is(
    window: Any, enter: Enter, hand: Any, again: Callable[..., Study]
) -> None:
    enter("adm")
    window.places.go(Where("people"))
    hand.rest()
    people = window.places.people
    QTest.mouseClick(people.add, LEFT, NONE, people.add.rect().center())
    hand.rest()
    sheet = people.sheet
    hand.type("Dr Half Typed", sheet.full_name)
    hand.type("a secret that stays a secret", sheet.password)
    QTest.mouseClick(sheet.password.reveal, LEFT, NONE, sheet.password.reveal.rect().center())
    hand.type("staff card seen by", sheet.identity)
    hand.rest()
    study = again("adm")
    assert [t.text for t in kept(study)] == ["Dr Half Typed", "staff card seen by"]
    window.look.set_language("zh")
    hand.rest()
    assert window.locking.typed.buttons[0][1].text() == "不再显示"


def test_that_a_remark_begun_in_the_menu_of_reasons_is_kept(
    window: Any, form: Callable[..., Any], hand: Any, again: Callable[..., Study]
) -> None:
    page = form("F.PGA")
    page.dialogue._ask_missing("I.PGA.ACTIVITY")
    hand.rest()
    menu = page.dialogue.menu
    menu.remark.setFocus()
    hand.type("the child fell as", menu.remark)
    study = again()
    assert [t.text for t in kept(study)] == ["the child fell as"]
