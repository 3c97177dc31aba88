"""Derived values: a verdict by sign and word, reasons beneath, room kept, said politely."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAccessible

from crf_desktop.model.data import Datum
from crf_desktop.model.derive import Visit
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.controls.contract import BlockView
from crf_desktop.ui.controls.derived_card import DerivedCardBlock, DerivedLines
from crf_desktop.ui.controls.derived_words import value_words
from crf_desktop.ui.look import Look
from tests.ui.controls import small
from tests.ui.controls.window import DEFINITION, Window

Open = Callable[..., Window]
VERDICT, AREA = DEFINITION.method["M.T.ELIGIBLE"], DEFINITION.method["M.T.BSA"]
YES = {"I.T.C00": Datum("true"), "I.T.C01": Datum("true"), "I.T.C03": Datum("false")}
WEIGHT = {"I.T.WEIGHT": Datum("38.6", unit_oid="MU.KG")}


def seen(answers: dict[str, Datum]) -> BlockView:
    visit = Visit(DEFINITION, answers, "2026-11-18")
    return BlockView({}, visit.form(DEFINITION.form["F.T.CRITERIA"]), {}, answers, visit_date="2026-11-18")


def lines(opened: Window) -> DerivedLines:
    assert isinstance(opened.block, DerivedCardBlock)
    return opened.block.lines


def shown(opened: Window, answers: dict[str, Datum]) -> str:
    opened.block.show_view(seen(answers))
    opened.settle()
    return lines(opened).accessibleName()


def test_that_a_verdict_is_a_sign_and_a_word_and_unknown_is_its_own() -> None:
    found = {}
    for name, answers in (("yes", YES), ("no", YES | {"I.T.C00": Datum("false")}), ("open", {})):
        derived = seen(answers).derived[VERDICT.oid]
        words = value_words(DEFINITION, VERDICT, derived, "en")
        found[name] = (words.value, words.glyph)
    assert found == {
        "yes": ("Yes", Glyph.MET), "no": ("No", Glyph.NOT_MET), "open": ("Not known yet", Glyph.NOT_EVALUABLE),
    }  # fmt: skip


def test_that_a_number_has_its_unit() -> None:
    words = value_words(DEFINITION, AREA, seen(WEIGHT).derived[AREA.oid], "en")
    assert (words.value, words.behind, words.spoken) == ("1.29", "m²", "1.29\u00a0m²")


def test_that_the_three_states_of_a_verdict_are_three_pictures(window: Open) -> None:
    opened = window(small.DERIVED)
    pictures = set()
    for answers in ({}, YES, YES | {"I.T.C00": Datum("false")}):
        shown(opened, answers)
        pictures.add(opened.picture())
    assert len(pictures) == 3


def test_that_every_reason_that_holds_is_said_under_its_value(window: Open) -> None:
    opened = window(small.DERIVED)
    said = shown(opened, YES | {"I.T.C00": Datum("false"), "I.T.C03": Datum("true")} | WEIGHT)
    assert "Eligible: No Criterion 1 is not met: age 6 to 18\u00a0years." in said.replace("18 years", "18\u00a0years")
    assert "Exclusion 4 applies" in said and "Criterion 2" not in said
    assert "Body surface area (Mosteller): 1.29\u00a0m² From 38.6\u00a0kg." in said.replace("38.6 kg", "38.6\u00a0kg")


def test_that_room_for_a_reason_is_kept_so_that_a_verdict_moves_nothing(window: Open) -> None:
    opened = window(small.DERIVED)
    heights = set()
    for answers in ({}, YES, YES | {"I.T.C00": Datum("false")}, YES | {"I.T.C01": Datum("false")}):
        shown(opened, answers)
        heights.add(opened.block.height())
    assert len(heights) == 1


@pytest.mark.parametrize("width", [1280, 640])
def test_that_several_reasons_are_all_seen(window: Open, look: Look, width: int) -> None:
    opened = window(small.DERIVED, width)
    shown(opened, {})
    before = opened.block.height()
    shown(opened, {"I.T.C00": Datum("false"), "I.T.C01": Datum("false"), "I.T.C03": Datum("true")})
    assert opened.block.height() >= before + 2 * 18
    assert lines(opened).height() == lines(opened).heightForWidth(lines(opened).width())


def test_that_a_change_is_announced_politely_and_the_first_showing_is_not(
    window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    opened = window(small.DERIVED)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    shown(opened, {})
    said.clear()
    shown(opened, YES)
    shown(opened, YES)
    assert said == ["Eligible: Yes"]


def test_that_it_holds_no_item_and_takes_no_keyboard(window: Open) -> None:
    opened = window(small.DERIVED)
    shown(opened, YES)
    assert opened.block.item_oids() == ()
    assert opened.heard == []


def test_that_another_look_repaints_without_a_word(window: Open, look: Look) -> None:
    opened = window(small.DERIVED)
    shown(opened, YES)
    look.set_language("zh")
    look.set_dark(True)
    look.set_scale(1.5)
    opened.settle()
    assert opened.heard == []
    assert lines(opened).accessibleName().startswith("符合入选")
