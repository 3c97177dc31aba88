"""The casebook: everything of one participant with contents, bookmarks and the audit trail, as one PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from attrs import define

from crf_desktop.capture.casebook import CasebookRecord
from crf_desktop.capture.record import FormRecord
from crf_desktop.errors import Language
from crf_desktop.report.answer import Reader
from crf_desktop.report.attachment import attachments_of_all
from crf_desktop.report.audit_section import by_visit, draw_visit
from crf_desktop.report.casebook_front import draw_front, edge_of
from crf_desktop.report.casebook_list import draw_files, draw_logged, draw_people, draw_queries, draw_schedule
from crf_desktop.report.casebook_source import Source
from crf_desktop.report.document import Document, Tick
from crf_desktop.report.form_section import draw_form
from crf_desktop.report.proof import hash_of, proof_of
from crf_desktop.report.typeface import Run
from crf_desktop.report.visit_head import draw_banner
from crf_desktop.report.visit_summary import draw_body
from crf_desktop.report.visit_tail import draw_acts

INKED = 20
"""Parts of the inking, as progress counts them."""


def ticks(record: CasebookRecord) -> int:
    """How often a casebook of that record ticks."""
    places = {(row.path.subject, row.path.event_address if row.path.event else "") for row in record.rows}
    return 2 + len(record.visits) + len(places) + INKED


def casebook(record: CasebookRecord, language: Language, tick: Tick = lambda: None) -> bytes:
    """The casebook; the same record gives the same bytes. ``tick`` is told part by part; raises to cancel."""
    source = Source(record, language)
    document = Document(language, source.say("continued"))
    attachments = attachments_of_all([reader.record for reader in source.readers])
    tick()
    draw_front(document.front, source, proof_of(record.first, hash_of(attachments)))
    document.chapter("schedule", source.say("c_schedule"), lambda: draw_schedule(document, source), fresh=True)
    for reader in source.visits:
        _visit(document, source, reader)
        tick()
    _logs(document, source)
    tick()
    _lists(document, source)
    _trail(document, source, tick)
    document.chapter("people", source.say("c_people"), lambda: draw_people(document.body, source))
    when, title = datetime.fromisoformat(record.first.printed_at), source.say("title_of", record.subject)
    pages = _Pages(tick, len(document.body.pages))
    pdf = document.inked(when, title, source.say("contents"), edge_of(source), pages.inked, attachments)
    pages.done()
    return pdf


@define
class _Pages:
    """Ticks :data:`INKED` times over all pages, however many there are."""

    tick: Tick
    of: int
    n: int = 0
    told: int = 0

    def inked(self) -> None:
        """One page more; the front pages and contents count with the last."""
        self.n += 1
        while self.told < min(INKED - 1, self.n * INKED // max(1, self.of)):
            self.told += 1
            self.tick()

    def done(self) -> None:
        """The file is whole."""
        while self.told < INKED:
            self.told += 1
            self.tick()


def _opened(document: Document, reader: Reader, chapter: str) -> Callable[[FormRecord], None]:
    """Gives every form its bookmark."""

    def opened(form: FormRecord) -> None:
        address = f"{form.form.oid}-{form.key}" if form.key else form.form.oid
        document.mark(f"{chapter}-{address}", form.form.title.in_(reader.language), 1, 22)

    return opened


def _visit(document: Document, source: Source, reader: Reader) -> None:
    """A visit as its summary shows it."""
    title, key = reader.visit_name(), f"visit-{reader.record.event.oid}-{reader.record.event_key}"
    within = source.say("within", title.replace("{", "{{").replace("}", "}}"), "{0}")

    def content() -> None:
        draw_banner(document.body, reader)
        draw_body(document.body, reader, _opened(document, reader, key), within)

    document.chapter(key, title, content, fresh=True)


def _logs(document: Document, source: Source) -> None:
    """What belongs to no visit: a list of each kind, then each in full."""
    for reader in source.logs:
        key, title = f"log-{reader.record.event.oid}", reader.record.event.title.in_(source.language)

        def content(reader: Reader = reader, key: str = key) -> None:
            draw_logged(document.body, source, reader)
            for form in reader.record.forms:
                draw_form(document.body, reader, form, _opened(document, reader, key))

        document.chapter(key, title, content, fresh=True)


def _lists(document: Document, source: Source) -> None:
    """Queries, signatures and signed files."""
    flow = document.body
    document.chapter("query", source.say("c_query"), lambda: draw_queries(document, source), fresh=True)

    def signatures() -> None:
        for reader in source.readers:
            if reader.record.signatures:
                title, key = reader.visit_name(), f"signed-{reader.record.event.oid}-{reader.record.event_key}"
                document.section(key, title, lambda reader=reader: draw_acts(flow, reader))  # type: ignore[misc]
        if not any(reader.record.signatures for reader in source.readers):
            flow.paragraph([Run(source.say("nobody_signed"), 8)])

    document.chapter("signature", source.say("c_signature"), signatures)
    document.chapter("file", source.say("c_file"), lambda: draw_files(flow, source))


def _trail(document: Document, source: Source, tick: Tick) -> None:
    """A section for each visit."""
    flow, trail = document.body, source.trail

    def content() -> None:
        for word in ("lead", "clock"):
            flow.paragraph([Run(source.say(word), 8)])
        flow.gap(4)
        for (_, at), rows in by_visit(trail):
            title = source.front.visit_title(at) if at else source.say("subject")
            document.section(f"trail-{at}", title, lambda rows=rows: draw_visit(flow, trail, rows))  # type: ignore[misc]
            tick()

    document.chapter("trail", source.say("c_trail"), content, fresh=True)
