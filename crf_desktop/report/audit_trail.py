"""The audit trail of a participant or of the whole study as a document of its own: every row, and what is intact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property

from attrs import frozen

from crf_desktop.capture.trail import TrailRecord
from crf_desktop.errors import Language
from crf_desktop.exchange.audit_table import local_time
from crf_desktop.model.data import Change
from crf_desktop.model.path import split
from crf_desktop.report.audit_section import Trail, by_visit, draw_visit
from crf_desktop.report.casebook_front import Fact, draw_facts
from crf_desktop.report.document import Document, Edge, Tick
from crf_desktop.report.drawing import TEXT_WIDTH, grouped
from crf_desktop.report.flow import Flow
from crf_desktop.report.table import Cell, Row, Table, cell, draw_table
from crf_desktop.report.typeface import Run
from crf_desktop.report.words import role
from crf_desktop.wording.figure import day, moment, number
from crf_desktop.wording.trail import TRAIL
from crf_desktop.wording.trail_report import TRAIL_REPORT

_HEX = 12
_PEOPLE = (90.0, 50.0, 100.0, 100.0)
"""Role, rows, first, last; the rest is the person's."""
INKED = 20
"""Parts of the inking, as progress counts them."""


def ticks(record: TrailRecord) -> int:
    """How often a report of that record ticks."""
    return len({(r.path.subject, r.path.event_address if r.path.event else "") for r in record.rows}) + INKED


def audit_trail(record: TrailRecord, language: Language, tick: Tick = lambda: None) -> bytes:
    """The report; the same record gives the same bytes. ``tick`` is told part by part; raises to cancel."""
    source = _Source(record, language)
    document = Document(language, source.say("continued"))
    _front(document.front, source)
    groups = by_visit(source.trail)
    for subject in dict.fromkeys(subject for (subject, _), _ in groups):
        _chapter(document, source, [(at, rows) for (who, at), rows in groups if who == subject], subject, tick)
    if not groups:
        document.chapter("none", source.title, lambda: document.body.paragraph([Run(source.say("no_rows"), 8)]))
    document.chapter("people", source.say("c_people"), lambda: _people(document.body, source), fresh=bool(groups))
    when, inked = datetime.fromisoformat(record.printed_at), _Inked(tick, len(document.body.pages))
    pdf = document.inked(when, source.title, source.say("contents"), _edge(source), inked.page)
    inked.done()
    return pdf


class _Inked:
    """Ticks :data:`INKED` times over all pages, however many there are."""

    def __init__(self, tick: Tick, of: int) -> None:
        self.tick, self.of, self.n, self.told = tick, of, 0, 0

    def page(self) -> None:
        """One page more; those before the body count with the last."""
        self.n += 1
        self._upto(min(INKED - 1, self.n * INKED // max(1, self.of)))

    def done(self) -> None:
        """The file is whole."""
        self._upto(INKED)

    def _upto(self, parts: int) -> None:
        while self.told < parts:
            self.told += 1
            self.tick()


@frozen(slots=False)
class _Source:
    """A report in one language."""

    record: TrailRecord
    language: Language

    def say(self, word: str, *values: object) -> str:
        """The wording of the report, or of the trail."""
        text = (TRAIL_REPORT.get(word) or TRAIL[word])[self.language == "zh"]
        return text.format(*values) if values else text

    @property
    def title(self) -> str:
        """With the participant."""
        return self.say("report_of", self.record.subject) if self.record.subject else self.say("report_all")

    @cached_property
    def trail(self) -> Trail:
        """The rows as they are drawn."""
        record = self.record
        return Trail(record.rows, record.people, record.definition, self.language, self.visit)

    def visit(self, subject: str, at: str) -> str:
        """A visit with its week, and its number where it is one of several; what is no address as it stands."""
        oid, key = split(at)
        if oid not in self.record.definition.event:
            return at
        held = self.record.titles.get((subject, at)) or self.record.definition.event_at(at).short_title
        title = held.in_(self.language)
        return self.say("numbered", title, key) if key else title


def _chapter(
    document: Document, source: _Source, visits: Sequence[tuple[str, list[Change]]], subject: str, tick: Tick
) -> None:
    """A participant, a section for each visit; or all that is about nobody."""

    def rows(told: list[Change]) -> None:
        draw_visit(document.body, source.trail, told)
        tick()

    def content() -> None:
        for at, told in visits:
            title = source.visit(subject, at) if at else source.say("s_subject")
            title = title if source.record.subject else f"{subject} · {title}"  # every page says whose it is
            document.section(f"trail-{subject}-{at}", title, lambda told=told: rows(told))  # type: ignore[misc]

    if subject:
        document.chapter(f"trail-{subject}", source.say("c_subject", subject), content, fresh=True)
        return
    word = "c_left" if source.record.subject else "c_study"
    document.chapter("study", source.say(word), lambda: rows(visits[0][1]), fresh=True)


# ---- the title page


def _front(flow: Flow, source: _Source) -> None:
    record, definition = source.record, source.record.definition
    flow.paragraph([Run(f"{definition.registry} · {record.study_oid}", 9)])
    flow.gap(10)
    flow.title(source.title, size=22)
    flow.title(definition.study_name.in_(source.language), size=12)
    flow.gap(12)
    for word in ("lead", "order", "clock"):
        flow.paragraph([Run(source.say(word), 8.5)])
        flow.gap(4)
    flow.gap(8)
    draw_facts(flow, source.say("chosen"), list(_chosen(source)))
    draw_facts(flow, source.say("whole"), list(_whole(source)))
    draw_facts(flow, source.say("proof"), list(_made(source)))


def _chosen(source: _Source) -> Iterator[Fact]:
    record = source.record
    about = source.say("about_one", record.subject) if record.subject else source.say("about_all")
    yield source.say("about"), [about]
    yield source.say("kinds"), [source.say("kinds_all")]
    if record.rows:
        told = [local_time(row.recorded_at, row.utc_offset_min) for row in record.rows]
        first, last = (day(one, source.language) for one in (min(told), max(told)))
        yield source.say("period"), [source.say("period_of", first, last)]
    counted = (number(str(n)) for n in (len(record.rows), record.n_held))
    yield source.say("count"), [source.say("count_of", *counted)]


def _whole(source: _Source) -> Iterator[Fact]:
    record = source.record
    told = [source.say(f"verified_{record.depth or 'none'}")]
    if record.depth != "full" and record.last_full:
        told.append(source.say("verified_last", moment(record.last_full, source.language, seconds=True)))
    yield source.say("verified"), told
    for origin, (seq, head) in record.heads.items():
        yield source.say("log", origin), [source.say("log_head", number(str(seq)), grouped(head))]


def _made(source: _Source) -> Iterator[Fact]:
    record = source.record
    digest = grouped(record.metadata_digest.removeprefix("sha256:"))
    yield source.say("definition"), [f"{record.definition.oid} {digest}"]
    yield source.say("authority"), [grouped(record.ca_fingerprint)]
    printed = moment(record.printed_at, source.language, seconds=True)
    yield source.say("printed"), [source.say("printed_by", printed, record.program_version)]


def _edge(source: _Source) -> Edge:
    record = source.record
    left = source.say("edge_left", record.definition.registry, record.site)
    digest = grouped(record.metadata_digest.removeprefix("sha256:")[:_HEX])
    head = record.heads.get(record.origin) or next(iter(record.heads.values()))
    printed = moment(record.printed_at, source.language)
    told = (grouped(head[1][:_HEX]), record.program_version, record.definition.oid, digest, printed)
    return Edge(left, record.subject or source.say("edge_all"), source.say("edge_foot", *told), source.say("page"))


def _people(flow: Flow, source: _Source) -> None:
    """Everybody who wrote: role now, how many rows, from when to when."""
    found: dict[str, list[Change]] = {}
    for row in source.record.rows:
        found.setdefault(row.user_oid, []).append(row)
    words = ("col_person", "col_role", "col_rows", "col_first", "col_last")
    head = Row(tuple(cell(source.say(word), True, size=7.5) for word in words), True)
    draw_table(flow, Table((TEXT_WIDTH - sum(_PEOPLE), *_PEOPLE), tuple(_writers(source, found)), (head,)))


def _writers(source: _Source, found: dict[str, list[Change]]) -> Iterator[Row]:
    for oid, rows in sorted(found.items()):
        person = source.record.people.get(oid)
        names = dict.fromkeys((person.full_name, person.user_name, oid)) if person else {oid: None}
        name = Cell(tuple(Run(f"\n{n}" if i else n, 7.0 if i else 7.5, not i) for i, n in enumerate(names)))
        first, last = (
            cell(moment(local_time(row.recorded_at, row.utc_offset_min), source.language), size=7.5)
            for row in (rows[0], rows[-1])
        )
        count = cell(number(str(len(rows))), align="right", size=7.5)
        yield Row((name, cell(role(source.language, person.role if person else "–"), size=7.5), count, first, last))
