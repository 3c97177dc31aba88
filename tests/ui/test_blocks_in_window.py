"""Criteria, joints and rows in the real window: what is pressed and typed is what is stored."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from crf_desktop.model.layout import ChoiceRows, JointFigure, RepeatTable


def block_of(page: Any, kind: type) -> Any:
    return next(b for b in page.entry.form.layout.blocks if isinstance(b, kind))


def test_that_a_criterion_is_stored_as_pressed(form: Callable[..., Any], hand: Any) -> None:
    page = form("F.HX")
    oid = block_of(page, ChoiceRows).items[0]
    hand.answer(oid, "false")
    assert page.entry.datum(oid).value == "false"
    hand.answer(oid, "true")
    assert page.entry.datum(oid).value == "true"


def test_that_joints_are_stored_one_by_one_and_all_others_at_one_press(form: Callable[..., Any], hand: Any) -> None:
    page = form("F.EXAM")
    figure = block_of(page, JointFigure)
    joints = [joint.item for joint in figure.joints]
    shown = page.body.block_of(joints[0])
    hand.answer(joints[2], shown.codes[3])
    hand.answer(joints[4], shown.codes[1])
    begun = time.perf_counter()
    hand.click(shown.others)
    page.binding.flush()
    hand.rest()
    took = time.perf_counter() - begun
    values = [page.entry.datum(oid).value for oid in joints]
    assert values.count(shown.codes[0]) == 26 and values[2] == shown.codes[3] and values[4] == shown.codes[1]
    assert [c.value for c in shown.panel.shown.counts] == ["2", "1"]
    assert not shown.others.isEnabled()
    assert took < 20


def test_that_a_row_is_added_filled_and_kept_under_its_own_key(form: Callable[..., Any], hand: Any) -> None:
    page = form("F.PRIOR")
    table = block_of(page, RepeatTable)
    shown = next(b for b in page.body.blocks if getattr(b, "block", None) == table)
    first, *_ = page.entry.definition.item_group[table.group].items
    before = list(shown.rows)
    hand.click(shown.add)
    *old, new = shown.rows
    at = f"{first}#{new}"
    assert old == before == page.entry.rows(table.group, added=False)
    assert hand.keyboard() is shown.fields[at].entry
    hand.answer(at, shown.fields[at].entry.codes()[0])
    assert page.entry.rows(table.group, added=False) == [*before, new]
    hand.click(shown.add)
    *_, empty = shown.rows
    hand.click(shown.rows[empty].remove)
    hand.rest()
    assert list(shown.rows) == [*before, new]
