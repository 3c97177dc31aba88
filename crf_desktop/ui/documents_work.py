"""What the worker process runs for the page of documents; no Qt here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crf_desktop.ui.progress import tell

if TYPE_CHECKING:
    from crf_desktop.capture.printing import Order, OrderRecord
    from crf_desktop.report.paper_sheet import PaperLanguage


def make_document(record: OrderRecord, order: Order, language: PaperLanguage) -> bytes:
    """The PDF, part by part; how far it is, is told."""
    from crf_desktop.report.printing import printed, ticks  # reportlab belongs to the worker

    of, done = max(1, ticks(record, order)), 0

    def tick() -> None:
        nonlocal done
        done += 1
        tell(min(done, of), of)

    return printed(record, order, language, tick)
