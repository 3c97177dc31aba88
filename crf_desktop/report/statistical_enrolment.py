"""Chapters of the statistical report about who was enrolled, what is complete, and what a reader has to know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crf_desktop.analysis.completeness import FormRow
from crf_desktop.analysis.outcome import Issue, Status
from crf_desktop.report.document import Document
from crf_desktop.report.drawing import HAIR, THIN, Pen
from crf_desktop.report.emphasis import plain
from crf_desktop.report.flow import Flow
from crf_desktop.report.statistical_cell import heads_of, left, note, right, table, told, widths, words
from crf_desktop.report.statistical_source import Source
from crf_desktop.report.table import Cell, Figure, Row

LINES = (
    "planned_n", "screened", "eligible", "treated", "in_screening", "failed", "under_way", "at_week_28", "stopped",
    "missed",
)  # fmt: skip


def draw_enrolment(document: Document, source: Source) -> None:
    """Counts against the plan, by month, and who did not reach week 28."""
    flow, enrolment = document.body, source.summary.enrolment
    counts = [enrolment.goal, *(getattr(enrolment, name) for name in LINES[1:])]
    most = max(counts)
    rows = [
        Row((left(source.say(name), name == "treated"), right(str(n), name == "treated"), Cell(figure=_bar(n, most))))
        for name, n in zip(LINES, counts, strict=True)
    ]
    table(flow, widths(0, 50, 220), heads_of("", source.say("count"), "", right=(1,)), rows)
    note(flow, source.say("disposition_note"))
    if enrolment.months:
        document.section("months", source.say("by_month"), lambda: _months(flow, source))
    gone = [line for line in source.summary.listing if line.status in (Status.STOPPED, Status.MISSED)]
    if gone:
        document.section("gone", source.say("one_by_one"), lambda: _gone(flow, source))


def _bar(n: int, most: int) -> Figure:
    def ink(pen: Pen, x: float, y: float, width: float) -> None:
        pen.rule(x, y - 5, x, y + 5, HAIR)
        if n:
            pen.box(x, y - 3.5, width * n / most, 7, THIN, 0.75)

    return ink


def _months(flow: Flow, source: Source) -> None:
    heads = [source.say(w) for w in ("month", "month_screened", "so_far", "month_treated", "so_far")]
    rows = []
    for one in source.summary.enrolment.months:
        counts = (one.screened, one.screened_so_far, one.treated, one.treated_so_far)
        rows.append(Row((left(source.day(one.month)), *(right(str(n)) for n in counts))))
    table(flow, widths(0, 90, 90, 90, 90), heads_of(*heads, right=(1, 2, 3, 4)), rows)


def _gone(flow: Flow, source: Source) -> None:
    heads = [source.say(w) for w in ("who", "status", "day_zero", "why")]
    rows = [
        Row(
            (
                left(one.subject, True), left(source.begun(one.status_text)), left(source.day(one.day_zero)),
                words(source.tell(one.why)),
            )
        )
        for one in source.summary.listing
        if one.status in (Status.STOPPED, Status.MISSED)
    ]  # fmt: skip
    table(flow, widths(60, 110, 70, 0), heads_of(*heads), rows)


def draw_completeness(document: Document, source: Source) -> None:
    """The values the end points need, the forms by visit and by page, and visits that did not take place."""
    flow, found = document.body, source.summary.completeness
    if not source.outcomes:
        told(flow, source.say("nobody"))
        return
    document.section("needed", source.say("needed_values"), lambda: _needed(flow, source))
    document.section("by_visit", source.say("by_visit"), lambda: _forms(flow, source, "visit", found.forms))
    document.section("by_form", source.say("by_form"), lambda: _forms(flow, source, "form", found.forms))
    document.section("missed", source.say("visits_missed"), lambda: _missed(flow, source))


def _needed(flow: Flow, source: Source) -> None:
    heads = [source.say(w) for w in ("outcome", "visit", "expected", "present", "lacking")]
    rows = []
    for one in source.summary.completeness.values:
        by_why: dict[str, list[str]] = {}
        for subject, why in one.lacking:
            by_why.setdefault(plain(source.tell(why)), []).append(subject)
        lines = "\n".join(f"{why} ({source.people(who)})" for why, who in by_why.items())
        counts = (right(str(one.expected)), right(str(one.present), one.present < one.expected))
        rows.append(Row((left(source.tell(one.label)), left(source.tell(one.visit)), *counts, left(lines or "–"))))
    table(flow, widths(130, 70, 50, 50, 0), heads_of(*heads, right=(2, 3)), rows)


def _forms(flow: Flow, source: Source, by: str, forms: Sequence[FormRow]) -> None:
    """Forms added up by visit or by page."""
    groups: dict[str, list[FormRow]] = {}
    for one in forms:
        groups.setdefault(source.tell(one.visit if by == "visit" else one.title), []).append(one)
    counted = ("expected", "begun", "complete", "signed", "changed", "values", "reasons")
    names = ("expected", "begun", "complete", "signed", "changed_after", "values", "reasons")
    heads = [source.say(by), *(source.say(w) for w in names)]
    rows = [Row((left(name), *_sums(rows, counted))) for name, rows in groups.items()]
    rows.append(Row((left(source.say("total"), True), *_sums(forms, counted)), True))
    table(flow, widths(0, 50, 46, 50, 46, 62, 46, 66), heads_of(*heads, right=tuple(range(1, 8))), rows)


def _sums(rows: Sequence[FormRow], names: Iterable[str]) -> list[Cell]:
    return [right(str(sum(getattr(row, name) for row in rows))) for name in names]


def _missed(flow: Flow, source: Source) -> None:
    found = source.summary.completeness.visits_missed
    if not found:
        told(flow, source.say("no_visit_missed"))
        return
    heads = [source.say(w) for w in ("who", "visit", "why")]
    rows = [Row((left(s, True), left(visit_of(source, event)), left(why or "–"))) for s, event, why in found]
    table(flow, widths(70, 130, 0), heads_of(*heads), rows)


def visit_of(source: Source, event: str) -> str:
    """Short name of a visit by its address; empty where the thing belongs to none."""
    if not event:
        return ""
    return source.tell(source.definition.event_at(event).short_title)


def draw_issues(flow: Flow, source: Source) -> None:
    """Everything that was found, participant by participant."""
    told(flow, source.say("issue_lead"))
    issues = source.summary.issues
    if not issues:
        told(flow, source.say("no_issue"))
        return
    heads = [source.say(w) for w in ("who", "visit", "issue")]
    table(flow, widths(60, 110, 0), heads_of(*heads), issue_rows(source, issues))


def issue_rows(source: Source, issues: Sequence[Issue]) -> list[Row]:
    """Participant, visit and sentence; the number stands once for what follows one another."""
    rows, last = [], ""
    for one in issues:
        again = one.subject == last
        last = one.subject
        who = left("") if again else left(one.subject, True)
        rows.append(Row((who, left(visit_of(source, one.event)), words(source.tell(one.text))), joined=False))
    return rows
