"""An order becomes a PDF: one way for the command, the window and its worker process."""

from __future__ import annotations

from datetime import datetime

from attrs import evolve

from crf_desktop.capture.casebook import CasebookRecord
from crf_desktop.capture.printing import (
    KINDS,
    Order,
    OrderKind,
    OrderRecord,
    PaperRecord,
    at_place,
    file_name,
    in_both,
    order_record,
)
from crf_desktop.capture.record import VisitRecord
from crf_desktop.capture.roster import Roster
from crf_desktop.capture.trail import TrailRecord
from crf_desktop.errors import Language, Refused
from crf_desktop.exchange.sdtm import variables
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.path import split
from crf_desktop.report.document import Tick
from crf_desktop.report.paper_sheet import PaperLanguage

__all__ = ["KINDS", "Order", "OrderKind", "at_place", "file_name", "in_both", "order_record", "printed", "ticks"]


def ticks(record: OrderRecord, order: Order) -> int:
    """How often :func:`printed` ticks, as nearly as it can be said before."""
    if isinstance(record, CasebookRecord):
        from crf_desktop.report import casebook

        return casebook.ticks(record)
    if isinstance(record, TrailRecord):
        from crf_desktop.report import audit_trail

        return audit_trail.ticks(record)
    if isinstance(record, PaperRecord):
        return len(record.definition.forms) if order.kind == "dictionary" else 2 * _prints(record.definition, order)
    return 1


def _prints(definition: MetaDataVersion, order: Order) -> int:
    """Forms of a book; each is laid out and inked."""
    from crf_desktop.report.paper_book import COPIES

    visit, form = split(order.visit)[0], split(order.form)[0]
    events = [event for event in definition.events if visit in ("", event.oid)]
    found = [oid for event in events for oid in event.forms if form in ("", oid)]
    if order.kind == "annotated":
        return len(found if visit else set(found))
    return sum(COPIES if definition.form[oid].repeating and not form else 1 for oid in found)


def printed(record: OrderRecord, order: Order, language: PaperLanguage, tick: Tick = lambda: None) -> bytes:
    """The PDF; the same record gives the same bytes. ``tick`` is told part by part and raises to cancel.

    ``record`` is what :func:`order_record` read for the order, as ``capture.printing.at_place`` gives it. Refused
    ``print.one_language`` where ``both`` is asked of what is printed in one (:func:`in_both`), ``report.no_forms``
    where nothing is left to print.
    """
    if isinstance(record, PaperRecord):
        return _paper(record, order, language, tick)
    if isinstance(record, VisitRecord) and order.kind == "form":
        from crf_desktop.report.paper_book import filled_forms

        pdf = filled_forms(record, language, (order.form,))
    else:
        pdf = _document(record, _one(language), tick)
    if isinstance(record, VisitRecord | Roster):
        tick()
    return pdf


def _document(record: VisitRecord | CasebookRecord | TrailRecord | Roster, language: Language, tick: Tick) -> bytes:
    match record:
        case CasebookRecord():
            from crf_desktop.report.casebook import casebook

            return casebook(record, language, tick)
        case TrailRecord():
            from crf_desktop.report.audit_trail import audit_trail

            return audit_trail(record, language, tick)
        case Roster():
            from crf_desktop.report.authorised import authorised_pdf

            return authorised_pdf(record, language)
        case VisitRecord():
            from crf_desktop.report.visit_summary import visit_summary

            return visit_summary(record, language)


def _paper(record: PaperRecord, order: Order, language: PaperLanguage, tick: Tick) -> bytes:
    """What holds no data."""
    from crf_desktop.report import data_dictionary, paper_book

    when = datetime.fromisoformat(record.printed_at)
    if order.kind != "blank":
        record = evolve(record, sdtm=variables(record.definition))
    visits, forms = (_only(at) for at in (order.visit, order.form))
    if order.kind == "dictionary":
        return data_dictionary.data_dictionary(record, language, tick)
    if order.kind == "annotated":
        return paper_book.annotated_book(
            record.definition, language, when=when, sdtm=record.sdtm, visits=visits, forms=forms, tick=tick
        )
    label = paper_book.PaperLabel(order.subject, record.site)
    return paper_book.blank_book(record.definition, language, visits, label, when=when, forms=forms, tick=tick)


def _one(language: PaperLanguage) -> Language:
    if language == "both":
        raise Refused("print.one_language")
    return language


def _only(at: str) -> tuple[str, ...]:
    """The OID of an address that was given, as the book takes it."""
    return (split(at)[0],) if at else ()
