"""The window's Chinese is whole, and the files committed are what the sources give."""

from __future__ import annotations

import importlib.util
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from crf_desktop.ui.controls.item_field import ItemField
from tests.ui.conftest import WEEK_0

ROOT = Path(__file__).resolve().parent.parent.parent


def test_that_every_word_of_the_window_has_chinese_and_the_compiled_file_is_current() -> None:
    spec = importlib.util.spec_from_file_location("translate", ROOT / "packaging" / "translate.py")
    assert spec is not None and spec.loader is not None
    translate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(translate)
    assert translate.stale() == []


def english_words() -> set[str]:
    """Every word of the window that reads differently in Chinese."""
    tree = ElementTree.parse(ROOT / "resources" / "translations" / "crf_desktop_zh.ts")
    pairs = ((m.findtext("source") or "", m.findtext("translation") or "") for m in tree.iter("message"))
    return {source for source, chinese in pairs if chinese != source and any(c.isalpha() for c in source)}


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every text that a widget of the window paints itself."""
    found: list[str] = []
    draw = QPainter.drawText

    def listen(painter: QPainter, *arguments: Any) -> Any:
        found.extend(a for a in arguments if isinstance(a, str))
        return draw(painter, *arguments)

    monkeypatch.setattr(QPainter, "drawText", listen)
    yield found


def shown(window: QWidget, painted: list[str]) -> set[str]:
    """What stands on the screen: painted, written by Qt, and spoken."""
    painted.clear()
    window.grab()
    texts = list(painted)
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            texts += [*widget.accessibleName().split(", "), widget.accessibleName(), widget.toolTip()]
            if isinstance(widget, QLabel | QAbstractButton):
                texts.append(widget.text())
            if isinstance(widget, QLineEdit):
                texts.append(widget.placeholderText())
    return {text.replace("&", "").strip() for text in texts}


def test_that_no_page_keeps_an_english_word_after_the_language_was_switched(
    window: Any, enter: Callable[..., Any], hand: Any, painted: list[str]
) -> None:
    from crf_desktop.ui.places import Where

    study, words = enter(), english_words()
    subject = study.subjects()[0]
    forms = [Where("form", subject, WEEK_0, oid) for oid in study.definition.event[WEEK_0].forms]
    for where in (Where("today"), Where("participants"), Where("participant", subject), Where("signing"), *forms):
        window.look.set_language("en")
        window.places.go(where)
        hand.rest()
        assert shown(window, painted) & words, "the listening hears nothing"
        window.look.set_language("zh")
        hand.rest()
        assert not shown(window, painted) & words, where
    hand.key(Qt.Key.Key_F12)
    assert not shown(window, painted) & words, "locked"


def test_that_an_open_question_and_a_refusal_follow_the_language_and_keep_what_was_typed(
    window: Any, form: Callable[..., Any], hand: Any, painted: list[str]
) -> None:
    page, words = form("F.SCHIRMER"), english_words()
    field = next(f for f in page.body.findChildren(ItemField) if f.item.data_type == "integer")
    hand.click(field.entry)
    hand.type("450")
    hand.key(Qt.Key.Key_Return)
    assert field.message.state == "error"
    english = field.message.happened
    window.look.set_language("zh")
    hand.rest()
    assert field.entry.text() == "450" and field.message.happened not in ("", english)
    window.look.set_language("en")
    page = form("F.LAB1")
    hand.answer("I.LAB.ESR", "20")
    for oid in page.entry.unanswered():
        page.entry.set_missing(oid, "ND")
    page.entry.complete()
    page.refresh()
    hand.click(page.body.block_of("I.LAB.ESR").fields["I.LAB.ESR"].entry)
    hand.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hand.type("31")
    hand.key(Qt.Key.Key_Return)
    sheet = page.dialogue.sheet
    sheet.words.setText("read again")
    sheet._pick("assessed")
    window.look.set_language("zh")
    hand.rest()
    other = page.dialogue.sheet
    assert other is not sheet and other.words.text() == "read again" and other.picked == "assessed"
    assert not shown(window, painted) & words
    other._accept()
    assert page.entry.datum("I.LAB.ESR").value == "31"
