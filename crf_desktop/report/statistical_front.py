"""The title page of the statistical report, and every option that holds."""

from __future__ import annotations

from collections.abc import Iterator

from crf_desktop.analysis.sensitivity import OptionRow
from crf_desktop.report.document import Edge, boxes
from crf_desktop.report.drawing import HAIR, MARGIN, RIGHT, TEXT_WIDTH, THIN, Pen, grouped, middle
from crf_desktop.report.flow import Flow
from crf_desktop.report.statistical_cell import BODY, SMALL, heads_of, left, note, table, told, widths
from crf_desktop.report.statistical_source import SHORT, Source
from crf_desktop.report.table import Cell, Row
from crf_desktop.report.typeface import Run

PROGRAM = "CRF Desktop"
_SIGN = 58.0


def edge_of(source: Source) -> Edge:
    """Registry number, what this is and the log on every page; program, definition and day at its foot."""
    digest = grouped(source.record.metadata_digest.removeprefix("sha256:")[:SHORT])
    version, day = source.record.program_version, source.day(source.record.today)
    foot = source.say("edge_foot", PROGRAM, version, source.definition.oid, digest, day)
    logs = source.say("edge_log", source.short_heads())
    what = source.say("edge_left", source.definition.registry, source.say("title"))
    return Edge(what, logs, foot, source.say("page"))


def draw_front(flow: Flow, source: Source) -> None:
    """The title page, and the options on the next one."""
    _titled(flow, source)
    _facts(flow, source)
    for sentence in standing(source):
        told(flow, sentence)
    told(flow, _options_in_a_line(source), after=10)
    _logs(flow, source)
    _signatures(flow, source)
    flow.new_page()
    _options(flow, source)


def _titled(flow: Flow, source: Source) -> None:
    definition = source.definition
    flow.paragraph([Run(source.say("study", definition.registry, source.record.study_oid), TEXT_LINE)])
    flow.gap(10)
    flow.title(source.say("title"), size=22)
    flow.title(definition.study_name.in_(source.language), size=12)
    flow.gap(14)


TEXT_LINE = 9.0


def _facts(flow: Flow, source: Source) -> None:
    enrolment, population = source.summary.enrolment, source.summary.population
    definition, record = source.definition, source.record
    digest = grouped(record.metadata_digest.removeprefix("sha256:")[:SHORT])
    say = source.say
    people = [
        say("of_goal", enrolment.goal), say("n_treated", enrolment.treated),
        say("week_28_or_not", enrolment.at_week_28),
    ]  # fmt: skip
    boxes(
        flow,
        [
            (say("read_on"), [Run(source.day(record.today), 11, True)], []),
            (say("participants"), [Run(str(enrolment.screened), 14, True)], people),
            (say("counted_population"), [Run(str(len(population.members)), 14, True)], [source.tell(population.title)]),
            (say("program"), [Run(record.program_version, 11, True)], [PROGRAM]),
            (say("definition"), [Run(definition.oid.rpartition(".")[2], 11, True)], [f"{definition.oid} {digest}…"]),
        ],
    )


def standing(source: Source) -> Iterator[str]:
    """In how far the numbers are final: who is still to come, what is not signed or queried."""
    enrolment, population = source.summary.enrolment, source.summary.population
    if not enrolment.screened:
        yield source.say("nobody")
        return
    if not enrolment.treated:
        yield source.say("untreated")
    elif population.under_way:
        reached = len(population.members) - len(population.under_way)
        yield source.say("interim", reached, len(population.members))
    else:
        yield source.say("final")
    heads = [h for s in source.record.subjects for h in s.heads if h.completed]
    signed = sum(h.signed and not h.changed_after_signature for h in heads)
    queried = sum(len(s.queried) for s in source.record.subjects)
    yield source.say("state_of_data", len(heads), signed, queried)


def _options_in_a_line(source: Source) -> str:
    rows = source.summary.in_force
    changed = [row for row in rows if not row.default]
    if not changed:
        return source.say("options_default", len(rows))
    named = source.say("comma").join(f"{row.ambiguity} {source.tell(row.value_title)}" for row in changed)
    return source.say("options_changed", len(changed), len(rows), named)


def _logs(flow: Flow, source: Source) -> None:
    flow.title(source.say("logs"), keep=50)
    rows = [
        Row((left(origin), left(str(n)), Cell((Run(grouped(digest), SMALL),)))) for origin, n, digest in source.heads()
    ]
    if rows:
        head = heads_of(*(source.say(w) for w in ("log", "rows", "head_hash")))
        table(flow, widths(84, 44, 0), head, rows)
    else:
        told(flow, source.say("no_log"))
    note(flow, source.say("log_note"))
    digest = grouped(source.record.metadata_digest.removeprefix("sha256:"))
    note(flow, source.say("definition_hash", digest))
    flow.gap(10)


def _signatures(flow: Flow, source: Source) -> None:
    """Two places for signatures by hand."""
    flow.title(source.say("signature"), keep=_SIGN)
    who = [source.say("sign_statistician"), source.say("sign_investigator")]
    lines, width = source.say("sign_lines"), TEXT_WIDTH / 2

    def ink(pen: Pen, top: float) -> None:
        for i, name in enumerate(who):
            x = MARGIN + i * width
            pen.text(x + 8, middle(top, 20, BODY), Run(name, BODY, True))
            pen.rule(x + 8, top + _SIGN - 16, x + width - 8, top + _SIGN - 16, HAIR)
            pen.text(x + 8, top + _SIGN - 6, Run(lines, SMALL))
        pen.rule(MARGIN + width, top, MARGIN + width, top + _SIGN, HAIR)
        pen.box(MARGIN, top, RIGHT - MARGIN, _SIGN, THIN)

    flow.draw(_SIGN, ink)


def _options(flow: Flow, source: Source) -> None:
    """Every ambiguity with the value that holds, in the order of their numbers; what was changed is marked."""
    flow.title(source.say("options_head"), size=14)
    told(flow, source.say("options_lead"))
    rows = [(_order(row.ambiguity), n, _option_row(source, row)) for n, row in enumerate(source.summary.in_force)]
    columns = widths(46, 0, 200)
    merged = (columns[0], columns[1] + columns[2])
    rows += [
        (_order(number), 99, Row((left(number), left(source.tell(text))), widths=merged))
        for number, text in source.summary.fixed
    ]
    head = heads_of(*(source.say(w) for w in ("option_no", "option_what", "option_value")))
    table(flow, columns, head, [row for _, _, row in sorted(rows, key=lambda one: one[:2])])


def _order(ambiguity: str) -> tuple[int, int]:
    """A1 to A24 first, then the sections of the instruments."""
    digits = "".join(c for c in ambiguity if c.isdigit())
    return (0 if ambiguity.startswith("A") else 1, int(digits or 0))


def _option_row(source: Source, row: OptionRow) -> Row:
    number = source.ambiguity(row.ambiguity)
    title, value = source.tell(row.title), source.tell(row.value_title)
    if row.default:
        return Row((left(number), left(title), left(value)))
    proposed = source.say("option_proposed", source.proposed(row.name))
    told_ = Cell((Run(value, BODY, True), Run(f"\n{proposed}", SMALL)))
    return Row((left(f"▲ {number}", True), left(title, True), told_), True)
