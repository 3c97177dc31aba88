"""The paper pack: blank and annotated books of a visit or of all of them, and forms filled from a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from crf_desktop.capture.record import FormRecord, VisitRecord
from crf_desktop.model.definition import FormDef, MetaDataVersion, StudyEventDef
from crf_desktop.model.path import address
from crf_desktop.model.serial import digest, to_bytes
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.answer import Reader
from crf_desktop.report.document import Tick
from crf_desktop.report.paper_pack import NOWHERE, Pack, Print
from crf_desktop.report.paper_page import Filled, PaperLabel
from crf_desktop.report.paper_sheet import PaperLanguage, Sheet, spelled
from crf_desktop.wording.figure import NBSP, moment

__all__ = ["PaperLabel", "PaperLanguage", "annotated_book", "blank_book", "filled_forms"]

COPIES = 3
"""Page sets of a form of which there are as many as there are: adverse events, drugs."""


def _no_tick() -> None:
    return


def blank_book(
    definition: MetaDataVersion,
    language: PaperLanguage,
    visits: Sequence[str] = (),
    label: PaperLabel | None = None,
    *,
    when: datetime,
    forms: Sequence[str] = (),
    tick: Tick = _no_tick,
) -> bytes:
    """Blank forms of the visits (OIDs; none: the whole book), only those of ``forms`` where given.

    ``when`` is the moment of printing; ``tick`` is told after each form and raises to cancel.
    """
    pack = Pack(definition, language, when, digest(to_bytes(definition)), label)
    for event, form in _chosen(definition, visits, forms):
        copies = COPIES if form.repeating and not forms else 1
        for _ in range(copies):
            pack.add(Print(Sheet(definition, language, form, event.oid), event, event.oid, form.oid))
            tick()
    return pack.inked(_title("book", definition, visits), spelled("contents_rule"), len(pack.prints) > 1, tick)


def annotated_book(
    definition: MetaDataVersion,
    language: PaperLanguage,
    *,
    when: datetime,
    sdtm: Mapping[str, str] | None = None,
    visits: Sequence[str] = (),
    forms: Sequence[str] = (),
    tick: Tick = _no_tick,
) -> bytes:
    """Every form once, or those of the visits, with OIDs, names and coded values; ``sdtm``: item OID → variable."""
    pack = Pack(definition, language, when, digest(to_bytes(definition)))
    seen: set[str] = set()
    for event, form in _chosen(definition, visits, forms):
        if visits or form.oid not in seen:
            at = event.oid if visits else None
            sheet = Sheet(definition, language, form, at, annotated=True, sdtm=sdtm or {})
            pack.add(Print(sheet, event, event.oid if visits else NOWHERE, form.oid))
            tick()
        seen.add(form.oid)
    title = _title("book_annotated", definition, visits)
    return pack.inked(title, spelled("contents_annotated"), len(pack.prints) > 1, tick)


def filled_forms(record: VisitRecord, language: PaperLanguage, forms: Sequence[str] = ()) -> bytes:
    """The forms of a visit (OIDs or addresses; none: all) with the answers in their boxes; same record, same bytes."""
    definition, when = record.definition, datetime.fromisoformat(record.printed_at)
    label = PaperLabel(record.subject, record.site)
    pack = Pack(definition, language, when, record.metadata_digest, label)
    for found in record.forms:
        at = _address(definition, found)
        if forms and at not in forms and found.form.oid not in forms:
            continue
        sheet = Sheet(definition, language, found.form, record.event.oid, record=found, visit=record)
        pack.add(Print(sheet, record.event, record.event.oid, at, _filled(record, found, at, sheet)))
    title = _joined(spelled("book_filled"), record.event.title)
    return pack.inked(title, spelled("contents_rule"), len(pack.prints) > 1, _no_tick)


def _chosen(
    definition: MetaDataVersion, visits: Sequence[str], forms: Sequence[str]
) -> Iterator[tuple[StudyEventDef, FormDef]]:
    for event in definition.events:
        for oid in event.forms if not visits or event.oid in visits else ():
            if not forms or oid in forms:
                yield event, definition.form[oid]


def _title(word: str, definition: MetaDataVersion, visits: Sequence[str]) -> TranslatedText:
    """With the visit, where it is one."""
    title = spelled(word)
    event = definition.event.get(visits[0]) if len(visits) == 1 else None
    return _joined(title, event.title) if event else title


def _joined(first: TranslatedText, second: TranslatedText) -> TranslatedText:
    return TranslatedText(f"{first.en}: {second.en}", f"{first.zh}：{second.zh}")


def _address(definition: MetaDataVersion, found: FormRecord) -> str:
    """``F.AE#2``: a repeat carries its number at the end of its title."""
    key = found.form.title.en.removeprefix(definition.form[found.form.oid].title.en)
    return address(found.form.oid, key.removeprefix(NBSP))


def _filled(record: VisitRecord, found: FormRecord, at: str, sheet: Sheet) -> Filled:
    """Who recorded and signed the form, and from which row of the log it was printed."""
    origin, seq, head = record.head
    first = sheet.languages[0]
    held = found.items.values()
    people = dict.fromkeys(Reader(record, first).person(i.by) for i in held)
    last = max((i.recorded_at for i in held), default="")
    signed = next((s for s in reversed(record.signatures) if s.form == at), None)
    by = f"{sheet.say('signed_electronically')} {signed.person.full_name or signed.person.user_name}" if signed else ""
    when = signed.when if signed else last
    printed = f"{sheet.say('printed')} {moment(record.printed_at, first)}"
    printed += f" · {sheet.say('log')} {origin} {seq} {head[:16]} · CA {record.ca_fingerprint[:16]}"
    return Filled(printed, tuple(people), by, moment(when, first) if when else "")
