"""Chapters of the statistical report about what was given and what happened: exposure, B cells, adverse events."""

from __future__ import annotations

from collections.abc import Sequence

from crf_desktop.analysis.adverse_event import Event, Phase
from crf_desktop.analysis.b_cell import Repopulation
from crf_desktop.analysis.dose import Exposure, Told
from crf_desktop.analysis.exposure import Exposed
from crf_desktop.analysis.quantile import Spread
from crf_desktop.analysis.safety import ReactionRow, TermRow
from crf_desktop.analysis.treatment import Treatment
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.document import Document
from crf_desktop.report.flow import Flow
from crf_desktop.report.statistical_cell import BODY, DAY, SMALL, WHO, heads_of, left, note, right, table, told, widths
from crf_desktop.report.statistical_source import Source
from crf_desktop.report.table import Cell, Row
from crf_desktop.report.typeface import Run

GRADES = 5
_MG = TranslatedText("mg", "mg")


def draw_exposure(document: Document, source: Source) -> None:
    """Doses and their intensity, the B cells, and both by participant."""
    flow = document.body
    if not any(t.rituximab.given for t in source.summary.treatments):
        told(flow, source.say("untreated"))
        return
    heads = ("drug", "with_dose", "n_doses", "left_out", "delayed", "by_number", "cumulative", "intensity")
    rows = [_exposed(source, one) for one in source.summary.exposure]
    head = heads_of(*(source.say(w) for w in heads), right=(1, 2, 3, 4))
    table(flow, widths(58, 60, 44, 46, 36, 70, 0, 84), head, rows)
    note(flow, source.say("intensity_note"))
    for one in source.summary.exposure:
        if one.unknown:
            note(flow, source.say("dose_unknown", source.tell(one.name), source.people(one.unknown)))
    document.section("b_cells", source.say("b_cells"), lambda: _depletion(flow, source))
    document.section("doses", source.say("exposure_by_person"), lambda: _treatments(flow, source))


def _exposed(source: Source, one: Exposed) -> Row:
    numbers = "\n".join(source.say("n_with", n, count) for n, count in sorted(one.by_number.items()))
    mg = source.united(source.median(one.mg, 0), _MG)
    size = source.united(source.median(one.per_size, 0), one.size_unit)
    intensity = "–"
    if one.intensity is not None:
        three = (source.part(v) for v in (one.intensity.median, one.intensity.q1, one.intensity.q3))
        intensity = source.say("median_iqr", *three)
    return Row(
        (
            left(source.tell(one.name), True), right(str(one.participants)),
            right(source.say("k_of_n", one.doses, one.due)),
            right(str(one.left_out)), right(str(one.delayed)), Cell((Run(numbers or "–", SMALL),)),
            left(f"{mg}\n{size}"), left(intensity),
        )
    )  # fmt: skip


def _depletion(flow: Flow, source: Source) -> None:
    found = source.summary.depletion
    told(flow, source.tell(found.definition))
    lines = [
        ("depleted", source.share(found.depleted, found.treated)),
        ("days_to_depletion", _days(source, found.days_to_depletion)),
        ("after_last", source.share(*found.after_last)),
        ("not_after_four", source.people(found.not_after_four)),
        ("repopulated", _who(source, found.repopulated)),
        ("still_depleted", str(found.still_depleted)),
        ("days_to_repopulation", _days(source, found.days_to_repopulation)),
    ]
    rows = [Row((left(source.say(word)), left(text, True))) for word, text in lines]
    table(flow, widths(260, 0), heads_of(source.say("measure"), source.say("result")), rows)


def _who(source: Source, subjects: Sequence[str]) -> str:
    return f"{len(subjects)}: {source.people(list(subjects))}" if subjects else "0"


def _days(source: Source, spread: Spread | None) -> str:
    if spread is None:
        return "–"
    digits = 0 if all(v.denominator == 1 for v in (spread.q1, spread.median, spread.q3)) else 1
    return f"{source.median(spread, digits)} {source.extremes(spread, 0)}"


def _treatments(flow: Flow, source: Source) -> None:
    titles = ("who", "drug", "n_doses", "weeks", "cumulative_bare", "intensity", "between", "b_cells")
    heads = [source.say(w) for w in titles]
    treated = [t for t in source.summary.treatments if t.rituximab.given]
    rows = [row for one in treated for row in _treatment(source, one)]
    table(flow, widths(WHO, 54, 44, 84, 66, 50, 52, 0), heads_of(*heads), rows)


def _treatment(source: Source, one: Treatment) -> list[Row]:
    names = {e.drug: e for e in source.summary.exposure}
    between = source.say("days", one.between) if one.between is not None else "–"
    rows = []
    for n, (drug, exposure) in enumerate(one.exposures.items()):
        name = source.tell(names[drug].name) if drug in names else drug
        unit = names[drug].size_unit if drug in names else None
        mg = source.united(source.figure(exposure.mg, 0), _MG) if exposure.given else "–"
        size = source.united(source.figure(exposure.per_size, 0), unit) if unit and exposure.per_size else ""
        told_ = _b_cells(source, one)
        last = (left("" if n else between), left(told_[n] if n < len(told_) else ""))
        rows.append(
            Row(
                (
                    left("") if n else left(one.subject, True), left(name),
                    left(source.say("k_of_n", exposure.given, exposure.due)), left(_weeks(source, exposure, one)),
                    left(f"{mg}\n{size}" if size else mg), left(source.part(exposure.intensity)), *last,
                ),
                joined=bool(n),
            )
        )  # fmt: skip
    return rows


def _weeks(source: Source, exposure: Exposure, one: Treatment) -> str:
    """Weeks after day 0 in which a dose was given."""
    days = [d.day for d in exposure.doses if d.day is not None and d.told is Told.GIVEN]
    found = one.belimumab_weeks if exposure.drug == "belimumab" else [(d + 3) // 7 for d in days]
    return source.say("comma").join(map(str, found)) or "–"


def _b_cells(source: Source, one: Treatment) -> list[str]:
    """When they were first depleted, and what became of them."""
    b = one.b_cells
    first = b.first_depleted
    known = first is not None and first.day is not None
    told = source.say("depleted_on", first.day) if first is not None and known else source.say("never_depleted")
    match b.repopulation:
        case Repopulation.REPOPULATED:
            return [told, source.say("repopulated_after", b.days)]
        case Repopulation.STILL_DEPLETED:
            return [told, source.say("depleted_until", b.days)]
    return [told]


def draw_safety(document: Document, source: Source) -> None:
    """Events by term and grade, those of special interest, infusion reactions, and every event."""
    flow, safety = document.body, source.summary.safety
    if not safety.at_risk:
        told(flow, source.say("untreated"))
        return
    told(flow, source.say("at_risk", safety.at_risk))
    if safety.any_event.events:
        _terms(flow, source, (safety.any_event, *safety.terms), "term")
        note(flow, source.say("safety_note"))
    else:
        told(flow, source.say("no_events"))
    if safety.before.events or safety.unknown.events:
        counts = (safety.before.events, safety.before.participants, safety.unknown.events, safety.unknown.participants)
        note(flow, source.say("before_unknown", *counts))
    if safety.special:
        document.section("special", source.say("special"), lambda: _terms(flow, source, safety.special, "term"))
    if safety.reactions:
        document.section("reactions", source.say("reactions"), lambda: _reactions(flow, source))
    if safety.events:
        document.section("ae_listing", source.say("ae_listing"), lambda: _listing(flow, source))


def _terms(flow: Flow, source: Source, terms: Sequence[TermRow], what: str) -> None:
    unknown = any(t.by_grade[GRADES] for t in terms)
    heads = [source.say(what), source.say("part_events"), *(source.say("grade_n", n + 1) for n in range(GRADES))]
    heads += [source.say("grade_unknown")] if unknown else []
    heads += [source.say("serious"), source.say("related")]
    rows = [_term(source, one, unknown) for one in terms]
    columns = widths(0, 80, *([40.0] * (GRADES + unknown)), 52, 52)
    table(flow, columns, heads_of(*heads, right=tuple(range(1, len(heads)))), rows)


def _term(source: Source, one: TermRow, unknown: bool) -> Row:
    total = not one.key
    grades = [right(str(n) if n else "–", total) for n in one.by_grade[: GRADES + unknown]]
    pairs = [right(_pair(source, *pair), total) for pair in (one.serious, one.related)]
    both = right(_pair(source, one.participants, one.events), True)
    return Row((left(source.tell(one.term), total), both, *grades, *pairs), total)


def _pair(source: Source, participants: int, events: int) -> str:
    return source.say("with_percent", participants, events) if events else "–"


def _reactions(flow: Flow, source: Source) -> None:
    heads = [source.say(w) for w in ("drug", "infusions", "reaction_asked", "reaction_n", "reaction_who")]
    heads += [source.say("grade_short", n + 1) for n in range(GRADES)]
    heads += [source.say("anaphylaxis"), source.say("cytokine")]
    rows = [_reaction(source, one) for one in source.summary.safety.reactions]
    columns = widths(0, 48, 40, 52, 58, *([26.0] * GRADES), 62, 54)
    table(flow, columns, heads_of(*heads, right=tuple(range(1, 12))), rows)
    note(flow, source.say("reaction_note"))


def _reaction(source: Source, one: ReactionRow) -> Row:
    counts = (one.infusions, one.asked, one.reactions, one.participants, *one.by_grade[:GRADES], one.anaphylaxis)
    return Row((left(source.tell(one.name), True), *(right(str(n)) for n in (*counts, one.cytokine_release))))


def _listing(flow: Flow, source: Source) -> None:
    titles = ("who", "term", "grade", "serious", "ae_when", "ae_end", "ae_relation", "ae_outcome")
    heads = [source.say(w) for w in titles]
    events = sorted(source.summary.safety.events, key=lambda e: (e.subject, e.start or "", e.address))
    rows, last = [], ""
    for one in events:
        rows.append(_event(source, one, one.subject == last))
        last = one.subject
    table(flow, widths(WHO, 0, 36, 40, 84, DAY[source.language], 86, 58), heads_of(*heads, centre=(2,)), rows)


def _event(source: Source, one: Event, again: bool) -> Row:
    start = source.day(one.start)
    when = source.say("ae_day", start, one.day) if one.day is not None else start
    end = source.say("ae_ongoing") if one.ongoing else source.day(one.stop)
    related = [f"RTX {source.tell(one.rituximab)}"] if one.rituximab else []
    related += [f"BEL {source.tell(one.belimumab)}"] if one.belimumab else []
    term = source.tell(one.term)
    said = (Run(term, BODY), Run(f"\n{one.words}", SMALL)) if one.words and one.words != term else (Run(term, BODY),)
    serious = "–" if one.serious is None else source.say("yes" if one.serious else "no")
    before = f"\n{source.say('ae_before')}" if one.phase is Phase.BEFORE else ""
    return Row(
        (
            left("" if again else one.subject, True), Cell(said),
            Cell((Run(str(one.grade) if one.grade else "–", BODY, bool(one.grade and one.grade >= 3)),), "centre"),
            left(serious, bool(one.serious)), left(when + before), left(end),
            Cell((Run("\n".join(related) or "–", SMALL),)), left(source.tell(one.outcome) or "–"),
        )
    )  # fmt: skip
