"""A window that is narrow, or whose text is large: nothing overlaps and no word is cut; and the line about printers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise, product
from typing import Any

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from crf_desktop.ui.app_bar import FOLDS, AppBar
from crf_desktop.ui.controls.ink import Face, text_width
from crf_desktop.ui.look import Look
from crf_desktop.ui.ready_card import ReadyCard
from crf_desktop.ui.translation import Translation

SIZES = ((1280, 1.0), (1100, 1.0), (1024, 1.0), (1000, 1.0), (999, 1.0), (1280, 1.5), (1280, 2.0))


@pytest.fixture(params=["en", "zh"])
def look(qt_application: Any, request: pytest.FixtureRequest) -> Iterator[Look]:
    made = Look(request.param)
    translation = Translation(made)
    yield made
    translation.end()
    made.deleteLater()


def parts(bar: AppBar) -> list[Any]:
    return [widget for widget in bar._parts() if not widget.isHidden()]


@pytest.mark.parametrize("role", ["investigator", "coordinator", "monitor", "data_manager", "administrator"])
def test_that_nothing_in_the_bar_overlaps_whatever_it_shows(qt_application: Any, look: Look, role: str) -> None:
    host = QWidget()
    bar = AppBar(look, host)
    host.show()
    bar.show_session(role)
    bar.show_place("participants")
    for (width, scale), counts, saved, timer in product(
        SIZES, ((0, 0), (24, 117)), (("", False), ("10:42", False), ("10:42", True)), ("", "2:46")
    ):
        look.set_scale(scale)
        bar.resize(width, bar.height())
        bar.show_counts(*counts)
        bar.show_saved(*saved)
        bar.show_timer(timer)
        bar.row.activate()
        assert bar._needed() <= width, (width, scale, counts, saved, timer)
        narrow = width / scale < 1000
        assert bar.compact() == narrow or (timer and counts[1] > 100), (width, scale, counts, saved, timer)
        for left, right in pairwise(parts(bar)):
            assert left.geometry().right() < right.geometry().left(), (width, scale, left, right)
        assert parts(bar)[-1].geometry().right() <= width
        assert all(item.width() >= item.sizeHint().width() for item in bar.places.values() if not item.isHidden())
    host.close()
    host.deleteLater()


def test_that_the_bar_does_not_fold_when_an_answer_is_saved_or_fails(qt_application: Any) -> None:
    look = Look()
    host = QWidget()
    bar = AppBar(look, host)
    bar.show_session("investigator")
    for width in range(1000, 1300, 7):
        bar.resize(width, bar.height())
        folded = set()
        for saved in (("", False), ("10:42", False), ("10:42", True)):
            bar.show_saved(*saved)
            folded.add(bar._fold)
        assert len(folded) == 1 and folded.pop() < FOLDS.index("places") + 1
    host.deleteLater()
    look.deleteLater()


# ---- pages


def apart(row: Any) -> None:
    """The field and the chips stand clear of one another, inside their row, each as wide as its words."""
    shown = [part for part in (row.field, *row.chips) if not part.isHidden()]
    for at, part in enumerate(shown):
        assert row.rect().contains(part.geometry()) and part.width() >= part.sizeHint().width()
        assert not any(part.geometry().intersects(other.geometry()) for other in shown[:at])


def resized(window: Any, hand: Any, width: int, height: int, scale: float = 1.0) -> None:
    window.look.set_scale(scale)
    window.resize(width, height)
    hand.rest(0.02)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_filters_stand_clear_of_one_another_and_of_the_field(
    window: Any, enter: Callable[..., Any], hand: Any, language: str
) -> None:
    from crf_desktop.ui.places import Where
    from crf_desktop.ui.tool_row import ToolRow

    window.look.set_language(language)
    enter()
    for width, height in ((1280, 800), (1100, 800), (1024, 768), (1000, 768), (853, 533), (720, 480)):
        resized(window, hand, width, height)
        for place in ("today", "participants", "queries"):
            window.places.go(Where(place))
            hand.rest(0.01)
            apart(window.places.page().findChild(ToolRow))


def test_that_fields_have_room_for_what_stands_beside_them(window: Any, form: Callable[..., Any], hand: Any) -> None:
    for width in (1280, 1100, 1024, 853):
        resized(window, hand, width, 768)
        for oid in ("F.LAB1", "F.VITALS"):
            for block in form(oid).body.blocks:
                for field in getattr(block, "fields", {}).values():
                    for part in (field.unit, field._missing_link, field._flag):
                        if part is not None and part.isVisible():
                            assert part.width() >= part.sizeHint().width(), (width, field.item.oid)
                            assert part.geometry().right() <= field.width(), (width, field.item.oid)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_names_weight_and_actions_of_a_domain_never_meet(
    window: Any, form: Callable[..., Any], hand: Any, language: str
) -> None:
    from crf_desktop.ui.controls.level_table import LevelTableBlock

    window.look.set_language(language)
    table = form("F.ESSDAI").body.findChild(LevelTableBlock)
    for width in (1280, 1100, 1024, 1000, 853):
        resized(window, hand, width, 768)
        columns = table.list.columns()
        for domain in table.list.domains:
            name = domain.short if columns.narrow else min(domain.title, domain.short, key=len)
            assert columns.name + text_width(table.look, name, Face(13)) < columns.first, (width, name)
        for at in range(len(table.list.domains)):
            table._go(at)
            panel = table.panel
            m, domain = panel.measures(), panel.shown.domain
            first = next(t for t in panel.targets if t.kind.startswith("fixed_"))
            end = m.left + text_width(table.look, domain.title, Face(17 if panel.narrow else 21, True))
            if panel._weight_in_head(domain):
                end += text_width(table.look, panel._weight_words(domain), Face(13)) + 12
            assert end < first.rect.left(), (width, domain.title)
            weight = panel._weight_words(domain)
            assert panel.narrow or panel._weight_in_head(domain) or panel._noted(domain).note.startswith(weight)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_no_answer_in_the_head_and_no_meaning_of_a_signature_is_cut_at_200_percent(
    window: Any, form: Callable[..., Any], hand: Any, language: str
) -> None:
    from crf_desktop.ui.places import Where

    window.look.set_language(language)
    resized(window, hand, 1280, 800, 2.0)
    page = form("F.ESSPRI")
    hand.rest(0.02)
    (choice,) = page.body.head_blocks
    assert choice.chips.width() >= choice.chips.sizeHint().width()
    assert choice.rect().contains(choice.chips.geometry()) and choice.height() <= page.head.height()
    assert choice.geometry().right() < page.scores[0].geometry().left() and page.scores[0].geometry().right() < 1280
    window.places.go(Where("signing"))
    hand.rest(0.02)
    foot = window.places.signing.foot
    foot.show()
    foot.show_step(False, True, True)
    hand.rest(0.02)
    assert foot.picker.width() >= foot.picker.sizeHint().width() and foot.read.geometry().right() < foot.width()


def test_that_the_folded_menu_names_the_role_and_how_much_waits(qt_application: Any, look: Look) -> None:
    host = QWidget()
    bar = AppBar(look, host)
    bar.show_session("investigator")
    bar.show_counts(3, 24)
    told = [action.text() for action in bar._folded_menu().actions() if not action.isSeparator()]
    words = {place: item.text() for place, item in bar.places.items()}
    assert told[0] == bar._role_word() and told[1] == words["today"]
    assert f"{words['queries']} · 24" in told and f"{words['signing']} · 3" in told
    host.deleteLater()


# ---- the printer in the ready check


def words_of(card: ReadyCard) -> list[str]:
    from crf_desktop.ui.list_card import ListLine

    return [line.accessibleName() for line in card.findChildren(ListLine) if not line.isHidden()]


def test_that_printers_are_asked_for_in_another_process_and_said_without_a_warning(
    window: Any, enter: Callable[..., Any], hand: Any
) -> None:
    study = enter()
    card = window.places.today.ready
    assert len(words_of(card)) == 1 and card.names is None and card._patience.isActive()
    card._patience.stop()
    card.ask()
    hand.wait(lambda: card.names is not None, "the printers")
    assert not card._process.running
    for names, told in (
        ([], "No printer found, paper can be saved as a PDF"),
        (["Ward"], "Printer found, Ward"),
        (["Ward", "Office"], "2 printers found, chosen when you print"),
        (["W" * 60], "Printer found, chosen when you print"),
    ):
        card._answered(names)
        hand.rest(0.01)
        assert words_of(card)[-1] == told
        assert card.count.isHidden()  # neither is a warning
    window.look.set_language("zh")
    hand.rest()
    assert words_of(card)[-1] == "已找到打印机, 打印时选择"
    assert card.names == ["W" * 60] and study.store.head()
    wide = QFontMetrics(window.look.font(15, True))
    assert all(wide.horizontalAdvance(w.split(", ")[0]) < card.width() for w in words_of(card))
