"""The audit trail on paper: when, who, role, item, old → new and reason of every row, by visit and form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

from attrs import field, frozen

from crf_desktop.errors import Language
from crf_desktop.exchange.audit_table import before, local_time
from crf_desktop.model.data import Change, Datum, Kind, NullFlavor, Person
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.path import key_order, split
from crf_desktop.model.query import act_of
from crf_desktop.report.answer import answer
from crf_desktop.report.audit_trail_act import act_told
from crf_desktop.report.drawing import TEXT_WIDTH, grouped
from crf_desktop.report.flow import Flow
from crf_desktop.report.table import Cell, Row, Table, cell, draw_table
from crf_desktop.report.typeface import Run
from crf_desktop.report.words import role, say
from crf_desktop.wording.figure import NBSP, day, moment
from crf_desktop.wording.trail import TRAIL

SMALL, BODY = 6.5, 7.0
_NUMBER, _WHEN, _WHO = (30.0, 46.0), {"en": 74.0, "zh": 86.0}, 102.0
_ITEM, _CHANGE = 122.0, 112.0
"""Widths of the columns; numbers of several study files are longer, and so are Chinese dates."""
_ACTS = 40
_SAID = (Kind.SIGNATURE, Kind.ANNOTATION, Kind.USER, Kind.SYSTEM, Kind.ACKNOWLEDGEMENT)
"""Rows that say something instead of replacing a value."""


@frozen(slots=False)
class Trail:
    """Rows of the log and how they are told: in one language, under one definition."""

    rows: tuple[Change, ...] = field(repr=False)
    """In the order of the log; a row that replaces one which is not among them shows no old value."""
    people: Mapping[str, Person] = field(repr=False)
    """By ``user_oid``."""
    definition: MetaDataVersion
    language: Language
    visit_title: Callable[[str, str], str]
    """(participant, address of a visit) → its title."""

    def say(self, word: str, *values: object) -> str:
        """The wording of the trail."""
        text = TRAIL[word][self.language == "zh"]
        return text.format(*values) if values else text

    @cached_property
    def held(self) -> Mapping[tuple[str, int], Change]:
        """By origin and number."""
        return {(row.origin, row.seq): row for row in self.rows}

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """The study files in which the rows were written."""
        return tuple(sorted({row.origin for row in self.rows}))

    @cached_property
    def writers(self) -> Mapping[tuple[str, str], str]:
        """(origin, key) → ``user_oid`` of whoever wrote rows with it."""
        return {(row.origin, row.key_id): row.user_oid for row in self.rows}

    def old(self, row: Change) -> Datum:
        """What stood there before; nothing where the row replaces none."""
        return before(row, lambda origin, seq: self.held.get((origin, seq)))


def draw_visit(flow: Flow, trail: Trail, rows: Sequence[Change]) -> None:
    """One table of the rows of a visit (or of those that belong to none), each form under its title."""
    draw_table(flow, Table(_widths(trail), tuple(_body(trail, rows)), (_head(trail),), minimum=13.0))
    flow.gap(8)


def _widths(trail: Trail) -> tuple[float, ...]:
    known = (_NUMBER[len(trail.origins) > 1], _WHEN[trail.language], _WHO, _ITEM, _CHANGE)
    return (*known, TEXT_WIDTH - sum(known))


def by_visit(trail: Trail) -> list[tuple[tuple[str, str], list[Change]]]:
    """(participant, address of a visit) → its rows; what is about no visit stands first.

    Participants by number, visits in the order of the definition.
    """
    order = {event.oid: at for at, event in enumerate(trail.definition.events)}
    found: dict[tuple[str, str], list[Change]] = {}
    for row in trail.rows:
        found.setdefault((row.path.subject, row.path.event_address if row.path.event else ""), []).append(row)

    def key(pair: tuple[tuple[str, str], list[Change]]) -> tuple[Any, ...]:
        (subject, at), _ = pair
        oid, repeat = split(at)
        return subject, order.get(oid, -1 if not at else len(order)), key_order(repeat)

    return sorted(found.items(), key=key)


def _body(trail: Trail, rows: Sequence[Change]) -> Iterator[Row]:
    """The forms in page order, each with its rows in the order of the log; what is about the visit itself first."""
    event = trail.definition.event.get(rows[0].path.event)
    place = {oid: at for at, oid in enumerate(event.forms if event else ())}
    ordered = sorted(rows, key=lambda r: (place.get(r.path.form, -1), key_order(r.path.form_key), r.order))
    for form, group in groupby(ordered, lambda r: r.path.form_address if r.path.form else ""):
        told = list(group)
        if form:
            title, key = trail.definition.form_at(form).title.in_(trail.language), split(form)[1]
            named = f"{title}{'' if trail.language == 'zh' else NBSP}{key}" if key else title
            count = trail.say("n_row" if len(told) == 1 else "n_rows", len(told))
            runs = (Run(named, BODY + 0.5, True), Run(f"   {count}", SMALL))
            yield Row((Cell(runs),), True, (TEXT_WIDTH,))
        for at, row in enumerate(told):
            yield _line(trail, row, joined=bool(form) and not at)


def _head(trail: Trail) -> Row:
    words = ("row", "when", "who", "what", "change", "why")
    return Row(tuple(cell(trail.say(word), True, size=BODY) for word in words), True, centred=True)


def _line(trail: Trail, row: Change, joined: bool) -> Row:
    """A row of the log; what is said without a reason may take the room of the reason."""
    what, change = _told(trail, row)
    number = str(row.seq) if len(trail.origins) < 2 else f"{row.origin[:4]}:{row.seq}"
    texts = (number, moment(local_time(row.recorded_at, row.utc_offset_min), trail.language))
    cells = (*(Cell((Run(text, SMALL),)) for text in texts), _who(trail, row), Cell((Run(what, BODY),)), change)
    if row.kind in _SAID and not row.reason_for_change:
        columns = _widths(trail)
        return Row(cells, widths=(*columns[:4], sum(columns[4:])), joined=joined)
    return Row((*cells, _to(row.reason_for_change or "")), joined=joined)


def _who(trail: Trail, row: Change) -> Cell:
    person = trail.people.get(row.user_oid)
    name = person.user_name if person else row.user_oid
    return Cell((Run(name, BODY), Run(say(trail.language, "comma") + role(trail.language, row.role), SMALL)))


def _told(trail: Trail, row: Change) -> tuple[str, Cell]:
    """What a row is about, and what it changed."""
    payload: dict[str, Any] = json.loads(row.payload) if row.payload else {}
    match row.kind:
        case Kind.ITEM:
            return _item(trail, row, payload)
        case Kind.FORM:
            return trail.say("form_state"), _to(trail.say(f"form_{row.datum.value or 'open'}"))
        case Kind.EVENT:
            return trail.say("visit_date"), _arrow(trail, _date(trail, trail.old(row)), _date(trail, row.datum))
        case Kind.SUBJECT:
            word = f"subject_{row.datum.value}"
            return trail.say("subject"), _to(trail.say(word) if word in TRAIL else row.datum.value or "")
        case Kind.SIGNATURE:
            return _signature(trail, row, payload)
        case Kind.ANNOTATION:
            return _annotation(trail, row, payload)
        case _:
            what, words = act_told(trail, row) or (str(payload.get("act") or row.kind.value), _fields(payload))
            return what, _to(words)


def _item(trail: Trail, row: Change, payload: dict[str, Any]) -> tuple[str, Cell]:
    old, new = (_spelled(trail, row, datum) for datum in (trail.old(row), row.datum))
    marks = [trail.say(f"capture_{row.capture}")] if f"capture_{row.capture}" in TRAIL else []
    marks += [trail.say("second_entry")] if row.entry_pass == 2 else []
    marks += [trail.say("remark", payload["remark"])] if payload.get("remark") else []
    marks += [trail.say("observed", moment(row.observed_at, trail.language))] if row.observed_at else []
    return _name(trail, row), _arrow(trail, old, new, marks)


def _name(trail: Trail, row: Change) -> str:
    """The short name of the item; in a row of a table with the key of the row."""
    if row.path.item not in trail.definition.item:
        return row.path.item_address
    name, key = trail.definition.name_of(row.path.item).in_(trail.language), row.path.group_key
    return say(trail.language, "row", name, key) if key else name


def _spelled(trail: Trail, row: Change, datum: Datum) -> str:
    item = trail.definition.item.get(row.path.item)
    if item is None or not datum.answered:
        return datum.value or ""
    log = trail.definition.deviation_log
    if log is not None and item.oid == log.visit and datum.value:
        return trail.visit_title(row.path.subject, datum.value)
    text = answer(trail.definition, item, datum, trail.language)
    coded = item.code_list and item.data_type == "integer" and datum.value is not None
    return f"{datum.value} {text}" if coded else text


def _date(trail: Trail, datum: Datum) -> str:
    if isinstance(datum.null_flavor, NullFlavor):
        return trail.say("visit_missed", say(trail.language, f"null_{datum.null_flavor}"))
    return day(datum.value, trail.language) if datum.value else ""


def _signature(trail: Trail, row: Change, payload: dict[str, Any]) -> tuple[str, Cell]:
    if row.datum.value != "signed":
        return trail.say("file"), _to(trail.say("file_sha", grouped(str(row.datum.value).removeprefix("sha256:"))))
    named = (trail.definition.form_at(at).short_title.in_(trail.language) for at in payload.get("forms", ()))
    forms = say(trail.language, "and").join(named) if len(payload.get("forms", ())) <= 3 else len(payload["forms"])
    digest = grouped(str(payload.get("digest", "")).removeprefix("sha256:")[:16])
    meaning = payload.get("meaning", {}).get(trail.language, "")
    return trail.say("signature"), _to(trail.say("signature_means", meaning, forms, digest), SMALL)


def _annotation(trail: Trail, row: Change, payload: dict[str, Any]) -> tuple[str, Cell]:
    if payload.get("type") == "sdv":
        items = len(payload.get("versions", ()))
        word = trail.say("sdv_done", items) if payload.get("verified") else trail.say("sdv_undone")
        return trail.say("sdv"), _to(word)
    act = act_of(payload) if payload.get("type") == "query" else None
    if act is None:
        return str(payload.get("type", trail.say("other"))), _to(_fields(payload))
    what = trail.say("query", _name(trail, row)) if row.path.item else trail.say("query_form")
    found = payload.get("found", {}).get(trail.language, "")
    words = "\n".join(text for text in (found, payload.get("text", "")) if text)
    colon = say(trail.language, "colon") if words else ""
    return what, _to(f"{say(trail.language, f'query_{act}')}{colon}{words}")


def _fields(payload: dict[str, Any]) -> str:
    """What a row of the program says: short fields as they stand."""
    told = ((k, v) for k, v in payload.items() if k not in ("act", "type") and isinstance(v, (str, int)))
    return ", ".join(f"{k} {str(v)[:_ACTS]}" for k, v in told if "CERTIFICATE" not in str(v)[:_ACTS])


def _to(text: str, size: float = BODY) -> Cell:
    return Cell((Run(text, size),) if text else ())


def _arrow(trail: Trail, old: str, new: str, marks: Sequence[str] = ()) -> Cell:
    """``26 → 27``; what is new alone where nothing stood there; marks in lines of their own."""
    runs = [Run(f"{old} → ", BODY)] if old else []
    runs.append(Run(new or trail.say("removed" if old else "nothing"), BODY, bool(new)))
    runs += [Run(f"\n{mark}", SMALL) for mark in marks]
    return Cell(tuple(runs))
