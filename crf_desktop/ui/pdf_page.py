"""Pages of a PDF in memory as pixels and words, by PDFium; loaded in the worker process only."""

from __future__ import annotations

import atexit
import hashlib
from collections import OrderedDict

import pypdfium2

_KEPT = 2
"""Documents held open: the one that is read, and the one before it."""
_open: OrderedDict[bytes, pypdfium2.PdfDocument] = OrderedDict()


def _document(pdf: bytes) -> pypdfium2.PdfDocument:
    """The document of those bytes, opened once."""
    at = hashlib.sha256(pdf).digest()
    if at not in _open:
        _open[at] = pypdfium2.PdfDocument(pdf)
        _open[at].init_forms()  # a visible signature is a field of a form
    _open.move_to_end(at)
    while len(_open) > _KEPT:
        _open.popitem(last=False)[1].close()
    return _open[at]


@atexit.register
def _close() -> None:
    """PDFium asks for its documents back before it is unloaded."""
    while _open:
        _open.popitem()[1].close()


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page in points."""
    document = _document(pdf)
    return [document.get_page_size(at) for at in range(len(document))]


def image(pdf: bytes, number: int, width: int, grey: bool = False) -> tuple[int, int, bytes]:
    """Width and height in pixels, and the pixels (BGRx, or one byte of grey) of a page drawn so many pixels wide."""
    page = _document(pdf)[number]
    try:
        scale = width / page.get_width()
        drawn = page.render(scale=scale, may_draw_forms=True, prefer_bgrx=True, grayscale=grey)
        raw, stride = bytes(drawn.buffer), drawn.stride
        wide, high = drawn.width, drawn.height
        drawn.close()
    finally:
        page.close()
    line = wide if grey else wide * 4
    if stride != line:
        raw = b"".join(raw[at * stride : at * stride + line] for at in range(high))
    return wide, high, raw


def text(pdf: bytes, number: int) -> str:
    """The words of a page in the order they were drawn."""
    page = _document(pdf)[number]
    try:
        words = page.get_textpage()
        try:
            return str(words.get_text_bounded())
        finally:
            words.close()
    finally:
        page.close()
