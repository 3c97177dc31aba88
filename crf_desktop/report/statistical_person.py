"""One participant in the statistical report: the verdicts with their traces, changes, treatment, issues, course."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crf_desktop.analysis.outcome import Issue, Outcome, Status
from crf_desktop.analysis.treatment import Treatment
from crf_desktop.report.banner import draw_block
from crf_desktop.report.document import Document
from crf_desktop.report.flow import Flow
from crf_desktop.report.response_table import draw_changes, draw_five, draw_star, draw_verdicts
from crf_desktop.report.statistical_cell import BODY, heads_of, left, note, table, told, widths, words
from crf_desktop.report.statistical_enrolment import visit_of
from crf_desktop.report.statistical_figure import Artwork, draw_course
from crf_desktop.report.statistical_source import Source
from crf_desktop.report.table import Row


def draw_person(
    document: Document, source: Source, outcome: Outcome, artwork: Artwork | None, fresh: bool = True
) -> None:
    """Everything about one participant; ``fresh``: from a new page on."""
    subject = outcome.subject

    def content() -> None:
        flow = document.body
        _banner(flow, source, outcome)
        waits = outcome.status is Status.ON_THE_WAY
        told(flow, source.tell(outcome.why) + (source.say("no_response_yet") if waits else ""))
        _response(flow, source, outcome)
        _treatment(flow, source, next((t for t in source.summary.treatments if t.subject == subject), None))
        _issues(flow, source, outcome.issues)
        if artwork is not None:
            draw_course(document, source, subject, artwork)

    document.section(f"person-{subject}", source.say("person", subject), content, fresh)


def _banner(flow: Flow, source: Source, outcome: Outcome) -> None:
    """The number in a black block, and what tells who this is."""
    course = source.figures.course(outcome.subject)
    line = next((one for one in source.summary.listing if one.subject == outcome.subject), None)
    age = source.say("years", course.age) if course.age is not None else "–"
    fields = [
        (source.say("sex"), source.tell(course.sex) or "–"), (source.say("age"), age),
        (source.say("day_zero"), source.day(outcome.day_zero)), (source.say("week_28"), source.day(outcome.followup)),
        (source.say("status"), source.begun(line.status_text) if line else "–"),
    ]  # fmt: skip
    draw_block(flow, source.say("who"), outcome.subject, fields)


def _response(flow: Flow, source: Source, outcome: Outcome) -> None:
    language = source.language
    if outcome.status in (Status.ON_THE_WAY, Status.NOT_TREATED):
        return
    if outcome.status is Status.AT_WEEK_28 or outcome.early is None:
        draw_verdicts(flow, language, outcome.five, outcome.star)
        titled(flow, source.say("items_five"), lambda: draw_five(flow, language, outcome.five))
        titled(flow, source.say("star_title"), lambda: draw_star(flow, language, outcome.star))
        titled(flow, source.say("changes_head"), lambda: draw_changes(flow, language, outcome.changes))
    if outcome.early is not None:
        five, star = outcome.early
        titled(flow, source.say("early_head"), lambda: note(flow, source.say("early_note")))
        draw_verdicts(flow, language, five, star)
        draw_five(flow, language, five, "followup_early")
        titled(flow, source.say("star_title"), lambda: draw_star(flow, language, star, "followup_early"))


def titled(flow: Flow, title: str, content: Callable[[], None]) -> None:
    """A small title that stays with what follows it."""
    flow.gap(4)
    flow.begin(lambda: flow.title(title, keep=40, size=9), content)


def _treatment(flow: Flow, source: Source, found: Treatment | None) -> None:
    if found is None or not found.rituximab.given:
        return
    names = {e.drug: source.tell(e.name) for e in source.summary.exposure}
    lines = [(names.get(drug, drug), one.why) for drug, one in found.exposures.items()]
    lines.append((source.say("b_cells"), found.b_cells.why))
    rows = [Row((left(name, True), words(source.tell(why)))) for name, why in lines]
    heads = heads_of(source.say("measure"), source.say("result"))
    titled(flow, source.say("treatment_head"), lambda: table(flow, widths(80, 0), heads, rows))


def _issues(flow: Flow, source: Source, issues: Sequence[Issue]) -> None:
    if not issues:
        return
    rows = [Row((left(visit_of(source, one.event)), words(source.tell(one.text), size=BODY))) for one in issues]
    heads = heads_of(source.say("visit"), source.say("issue"))
    titled(flow, source.say("issues_head"), lambda: table(flow, widths(110, 0), heads, rows))
