"""The statistical report: one PDF with every result, its reasons, the options that hold, and the data it is from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from attrs import define

from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Outcome
from crf_desktop.analysis.summary import Summary
from crf_desktop.analysis.trial import Progress, TrialRecord
from crf_desktop.errors import Language
from crf_desktop.report.document import Document
from crf_desktop.report.statistical_cell import told
from crf_desktop.report.statistical_change import draw_bands, draw_changes
from crf_desktop.report.statistical_endpoint import (
    draw_listing,
    draw_primary,
    draw_result,
    draw_sensitivity,
    draw_star_items,
)
from crf_desktop.report.statistical_enrolment import draw_completeness, draw_enrolment, draw_issues
from crf_desktop.report.statistical_figure import Artwork, artwork_of, draw_figures
from crf_desktop.report.statistical_front import draw_front, edge_of
from crf_desktop.report.statistical_person import draw_person
from crf_desktop.report.statistical_safety import draw_exposure, draw_safety
from crf_desktop.report.statistical_source import Source
from crf_desktop.wording.statistical_method import METHODS

PARTS = 16
"""Chapters, the figures of the study and the title page, as progress counts them."""


def statistical_report(
    record: TrialRecord,
    summary: Summary,
    outcomes: Iterable[Outcome],
    language: Language,
    options: Options,
    progress: Progress = lambda done, of: None,
    figures: bool = True,
) -> bytes:
    """The report as a PDF; the same arguments give the same bytes.

    ``outcomes`` and ``summary`` are worked out under ``options``. ``progress`` is told part by part; raises to cancel.
    ``figures`` False leaves the figures out.
    """
    if summary.options != options:
        raise ValueError("the summary was worked out under other options")
    source = Source(record, summary, tuple(outcomes), language)
    count = _Count(progress, PARTS + (3 if figures else 2) * len(source.outcomes))
    artwork = artwork_of(source, count.tick) if figures else None
    document = Document(language, source.say("continued"))
    draw_front(document.front, source)
    count.tick()
    for key, draw in _chapters(document, source, artwork):
        document.chapter(key, source.say(f"c_{key}"), draw, fresh=key in FRESH)
        count.tick()
    _persons(document, source, artwork, count.tick)
    when = datetime.fromisoformat(record.today).replace(tzinfo=UTC)
    title = f"{source.say('title')} {source.definition.registry}"
    pdf = document.inked(when, title, source.say("contents"), edge_of(source))
    count.done()
    return pdf


FRESH = ("result", "listing", "sensitivity", "issue")
"""Chapters that begin on a page of their own."""


Chapter = tuple[str, Callable[[], None]]
"""Key and what draws it."""


def _chapters(document: Document, source: Source, artwork: Artwork | None) -> list[Chapter]:
    flow = document.body
    found: list[Chapter] = [
        ("result", lambda: draw_result(flow, source)),
        ("method", lambda: _methods(document, source)),
        ("enrolment", lambda: draw_enrolment(document, source)),
        ("primary", lambda: draw_primary(document, source)),
        ("star", lambda: draw_star_items(flow, source)),
        ("listing", lambda: draw_listing(flow, source)),
        ("change", lambda: draw_changes(document, source)),
        ("band", lambda: draw_bands(flow, source)),
        ("exposure", lambda: draw_exposure(document, source)),
        ("safety", lambda: draw_safety(document, source)),
        ("sensitivity", lambda: draw_sensitivity(flow, source)),
        ("completeness", lambda: draw_completeness(document, source)),
        ("issue", lambda: draw_issues(flow, source)),
    ]
    if artwork is not None:
        found.insert(8, ("figure", lambda: draw_figures(document, source, artwork)))
    return found


def _methods(document: Document, source: Source) -> None:
    chinese = source.language == "zh"
    for title, text in METHODS:
        told(document.body, source.say("method", title[chinese], text[chinese]))


def _persons(document: Document, source: Source, artwork: Artwork | None, tick: Callable[[], None]) -> None:
    """A chapter with a section for each participant."""
    if not source.outcomes:
        return
    first, *others = source.outcomes

    def begin() -> None:
        draw_person(document, source, first, artwork, fresh=False)

    document.chapter("person", source.say("c_person"), begin, fresh=True)
    tick()
    for outcome in others:
        draw_person(document, source, outcome, artwork)
        tick()


@define
class _Count:
    """Counts parts; the last one is told when the file is whole."""

    progress: Progress
    of: int
    n: int = 0

    def tick(self) -> None:
        """One part more; raises what the listener raises."""
        self.n = min(self.n + 1, self.of - 1)
        self.progress(self.n, self.of)

    def done(self) -> None:
        """The file is whole."""
        self.progress(self.of, self.of)
