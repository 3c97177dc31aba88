"""A long page: it ends below its last block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


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
