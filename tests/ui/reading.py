"""Reads the pages that are to be signed, as a person does: to their end, by key."""

from __future__ import annotations

from typing import Any


def open_pages(page: Any, hand: Any) -> None:
    """The first page of what is ticked is on the screen."""
    hand.click(page.foot.read)
    hand.wait(lambda: bool(page.reading.view.pages._images), "the first page")


def read_to_the_end(page: Any, hand: Any) -> None:
    """Page by page, small enough that it is quick."""
    from PySide6.QtCore import Qt

    page.reading.start()
    pages = page.reading.view.pages
    pages.set_zoom(0.5)
    for _ in range(200):
        if page.reading.all_read():
            return
        hand.wait(pages.drawn, "the page")
        hand.rest()  # what was drawn is painted too: only that counts as read
        hand.key(Qt.Key.Key_PageDown)
    raise AssertionError("never read to the end")
