"""A long page: it ends below its last block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt

from crf_desktop.ui.form_sheets import SoftSheet


@pytest.mark.parametrize("oid", ["F.CONSENT", "F.ELIG", "F.HX", "F.PRIOR", "F.SCHIRMER"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_a_long_page_ends_below_its_last_block(
    window: Any, form: Callable[..., Any], hand: Any, oid: str, language: str
) -> None:
    page = form(oid)
    window.look.set_language(language)
    hand.rest(0.05)
    body = page.body
    assert body.verticalScrollBar().maximum() > 0
    last = max(block.geometry().bottom() for block in body.blocks if block.parent() is body.widget())
    assert body.widget().height() - last <= window.look.px(16) + 1


def test_that_no_block_is_shorter_than_its_words_need(form: Callable[..., Any], hand: Any) -> None:
    for oid in ("F.CONSENT", "F.ELIG", "F.HX", "F.EXAM", "F.LAB1"):
        for block in form(oid).body.blocks:
            layout = block.layout()
            if layout is not None and layout.hasHeightForWidth():
                assert block.height() >= layout.heightForWidth(block.width()), (oid, type(block).__name__)


def test_that_the_question_about_an_unusual_value_leaves_its_field_in_view(form: Callable[..., Any], hand: Any) -> None:
    page = form("F.DEMO")
    hand.answer("I.DEMO.FIRST_SYMPTOM_DATE", "UK-03-2019")
    field = page.body.block_of("I.DEMO.DIAGNOSIS_DATE").fields["I.DEMO.DIAGNOSIS_DATE"]
    hand.click(field.entry)
    hand.type("2018", field.entry)
    hand.key(Qt.Key.Key_Return)
    hand.rest(0.05)
    sheet = page.dialogue.sheet
    assert isinstance(sheet, SoftSheet)
    bottom = field.mapTo(page, field.rect().bottomLeft()).y()
    assert bottom < sheet.card.mapTo(page, sheet.card.rect().topLeft()).y()
    hand.key(Qt.Key.Key_Escape)
    hand.rest(0.05)
    assert page.dialogue.sheet is None and page.body.verticalScrollBar().maximum() == 0
