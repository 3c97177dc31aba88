"""Definitions of a study, named as in CDISC ODM 1.3.2; a wrong one fails when it is made.

One frozen :class:`MetaDataVersion` yields the Qt page, the paper page, the ODM metadata, the checks, the dictionary and
the pandas columns. It serialises to canonical JSON (:mod:`crf_desktop.model.serial`), and everything is built from the
serialised form, so that old rows render as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal

from attrs import define, evolve, field, frozen
from attrs.validators import in_, matches_re, max_len

from crf_desktop.errors import Language
from crf_desktop.model.layout import Layout
from crf_desktop.model.path import split
from crf_desktop.model.text import TranslatedText

OID = re.compile(r"[A-Z][A-Z0-9_]*(\.[A-Z0-9_]+)*")
DataType = Literal["integer", "decimal", "boolean", "date", "time", "datetime", "text", "code", "document"]
DATA_TYPES: tuple[DataType, ...] = (
    "integer",
    "decimal",
    "boolean",
    "date",
    "time",
    "datetime",
    "text",
    "code",
    "document",
)

_oid: Any = [matches_re(OID, func=re.fullmatch), max_len(40)]
_name = matches_re(r"[a-z][a-z0-9_]{0,31}", func=re.fullmatch)
_sas = matches_re(r"[A-Z_][A-Z0-9_]{0,7}", func=re.fullmatch)


@frozen
class MeasurementUnit:
    """A unit as it is printed beside a number, with its UCUM code and its exact relation to the base unit."""

    oid: str = field(validator=_oid)
    symbol: TranslatedText
    ucum: str
    factor: str = "1"
    """Exact: value in this unit × factor = value in the base unit (first of an item's units); ``1/88.4`` is allowed."""


@frozen
class CodeListItem:
    """One answer that exists."""

    coded_value: str
    decode: TranslatedText
    definition: TranslatedText | None = None
    """Paraphrased definition that stands beside the choice (an ESSDAI level, an ultrasound grade)."""


@frozen
class CodeList:
    """The answers of an item, in the order they are shown."""

    oid: str = field(validator=_oid)
    items: tuple[CodeListItem, ...]

    def decode(self, coded_value: str, language: Language) -> str:
        """The wording of one answer; the coded value itself when the list does not have it."""
        return next((i.decode.in_(language) for i in self.items if i.coded_value == coded_value), coded_value)


@frozen
class RangeCheck:
    """A limit of one item in its base unit (ODM RangeCheck). Hard: refused, not stored. Soft: kept with a reason."""

    comparator: Literal["GE", "GT", "LE", "LT"]
    value: str
    soft_hard: Literal["Hard", "Soft"]
    message: TranslatedText
    """What the limit is and what to do; shown beside the field, never with a suggested "right" value."""


@frozen
class LevelHint:
    """What one other item of the visit implies for a level; a suggestion, never an answer."""

    item: str = field(validator=_oid)
    """The item that implies, e.g. ``I.LAB.IGG``."""
    expression: str
    """Level implied (integer), unknown when the item is."""
    reason: TranslatedText
    """Why, without the value: ``IgG lies above 20 g/L``; used when the level is not 0."""


@frozen
class Reason:
    """A sentence that holds while its expression is true: why a verdict is what it is, why a visit is not needed."""

    expression: str
    text: TranslatedText
    """May hold ``{0}``, ``{1}``: the printed values of ``reads``."""
    reads: tuple[str, ...] = ()


@frozen
class ItemDef:
    """One question."""

    oid: str = field(validator=_oid)
    name: str = field(validator=_name)
    """Analysis name: the column in pandas and REDCap, and the name in expressions."""
    sas_name: str = field(validator=_sas)
    data_type: DataType = field(validator=in_(DATA_TYPES))
    question: TranslatedText
    """The whole question as paper prints it."""
    label: TranslatedText
    """The short name beside the field and in lists."""
    hint: TranslatedText | None = None
    """How to measure or answer; shown under the field."""
    note: TranslatedText | None = None
    """What not to rate."""
    code_list: str | None = None
    units: tuple[str, ...] = ()
    """Units that can be chosen; the first is the base unit and the default."""
    significant_digits: int | None = None
    """Decimals allowed at most (ODM SignificantDigits); None for other types."""
    length: int = 4000
    """Characters at most; also gives the field its width."""
    range_checks: tuple[RangeCheck, ...] = ()
    qualifiers: bool = False
    """True when ``<`` or ``>`` may stand before the number (laboratory limits of quantification)."""
    mandatory: bool = True
    """False: a form is complete without it."""
    relevant: str | None = None
    """Expression; the item is asked only while it is true (unknown: asked). Inverse of ODM's exception condition."""
    hints: tuple[LevelHint, ...] = ()
    identifying: bool = False
    """True: no learning keyboard, no spell-check."""
    previous: bool = False
    """True: the value of the last visit stands beside the field; never where recall biases (the form's choice wins)."""


@frozen
class ItemGroupDef:
    """Items that belong together."""

    oid: str = field(validator=_oid)
    name: TranslatedText
    items: tuple[str, ...]
    repeating: bool = False
    """True: rows; an item stands at ``I.RTX.RATE#3``, its row beside it."""
    table: str = field(default="", validator=matches_re(r"[a-z][a-z0-9_]{0,39}|", func=re.fullmatch))
    """Plain-words name of its table in exports: ``concomitant_medication``."""
    methods: tuple[str, ...] = ()
    """Derived values of each row of a repeating group."""


@frozen
class MethodDef:
    """A derived value: computed, never stored; part of the signed digest and of every export."""

    oid: str = field(validator=_oid)
    name: str = field(validator=_name)
    label: TranslatedText
    expression: str
    data_type: Literal["integer", "decimal", "boolean", "code", "text"]
    unit: str | None = None
    digits: int | None = None
    """Decimals in print (ROUND_HALF_UP on the exact value); None: as it is."""
    maximum: str | None = None
    """Printed small behind the score: ``123``."""
    code_list: str | None = None
    lower_bound: str | None = None
    """Expression of what is certain while the value is unknown; printed as ``≥ 26``."""
    counts: tuple[str, ...] = ()
    """Items the score is made of: "11 of 12 rated"."""
    waits_for: tuple[str, ...] = ()
    """Items that need an answer (a value or a reason) before there is a value, so that one eye not read yet is not
    taken for one eye missing."""
    band: str | None = None
    """OID of the method that names this score's band."""
    description: TranslatedText | None = None
    """Rule and source, for the dictionary."""
    reasons: tuple[Reason, ...] = ()
    """Why the value is what it is: those that hold stand under it."""


@frozen
class EditCheck:
    """A rule across items, forms and visits, asked where one of its items stands. Unknown passes."""

    oid: str = field(validator=_oid)
    items: tuple[str, ...]
    """Items beside which the message stands."""
    expression: str
    """True when all is well."""
    soft_hard: Literal["Hard", "Soft"]
    message: TranslatedText
    """May hold ``{0}``, ``{1}``: the printed values of ``reads``."""
    reads: tuple[str, ...] = ()


@frozen
class FormDef:
    """One page of the case report form."""

    oid: str = field(validator=_oid)
    title: TranslatedText
    short_title: TranslatedText
    """For buttons and the matrix."""
    rule: TranslatedText
    """The one line under the title."""
    item_groups: tuple[str, ...]
    layout: Layout
    methods: tuple[str, ...] = ()
    """Derived values of this form, in the order of print."""
    scores: tuple[str, ...] = ()
    """Methods shown live in the page head; at most two."""
    blind_previous: bool = False
    """True where earlier values are hidden because recall biases (PGA, ESSPRI, ESSDAI)."""
    repeating: bool = False
    """True: as many as there are (adverse events, drugs); each is ``F.AE#2`` with a state of its own."""
    columns: tuple[str, ...] = ()
    """Items (or methods) that name one of a repeating form in lists, the most telling first."""
    closed: tuple[Reason, ...] = ()
    """While one holds, nothing may be entered (no data before consent); the sentence says why."""
    not_needed: tuple[Reason, ...] = ()
    """While one holds, the form is not asked at this visit (pregnancy test before menarche); the sentence says why."""
    after: tuple[str, ...] = ()
    """Forms of the visit that are better complete before this one is begun, so that it does not colour them; a hint."""
    records: tuple[str, ...] = ()
    """Forms that belong to no visit and to which this page leads: any new adverse event?"""


@frozen
class StudyEventDef:
    """A visit, or what belongs to no visit (ODM Type Common: adverse events, drugs)."""

    oid: str = field(validator=_oid)
    title: TranslatedText
    """Without the week where ``weekly``: ``Belimumab 1``."""
    short_title: TranslatedText
    abbreviation: TranslatedText
    """Column head of the matrix where there is no week: ``SCR`` over ``screening``."""
    detail: TranslatedText
    forms: tuple[str, ...]
    optional: tuple[str, ...] = ()
    """Those of them without which the visit is complete."""
    type: Literal["Scheduled", "Unscheduled", "Common"] = "Scheduled"
    repeating: bool = False
    """True: as many as there are; each is ``SE.UNS#1``."""
    target: str | None = None
    """Expression: the date it is due; None when it is never due by itself."""
    window: tuple[int, int] | None = None
    """Days before (≤ 0) and after the target; None: any day will do."""
    not_before: str | None = None
    """Expression: the first date the window may open (the day after the last dose)."""
    weekly: bool = False
    """True: the week of its date, or of its target, since day 0 stands before its title."""
    not_needed: tuple[Reason, ...] = ()
    """While one holds, the visit is not part of this participant's course; the sentence says why."""
    closed: tuple[Reason, ...] = ()
    """While one holds, the visit cannot begin."""
    confirmed: tuple[Reason, ...] = ()
    """Why a visit that depends on a rule is needed."""

    def in_week(self, week: int | None) -> StudyEventDef:
        """The visit with its week in its titles; unchanged where it has none."""
        if not self.weekly or week is None:
            return self
        lower = self.title.en[:1].lower() + self.title.en[1:]
        return evolve(
            self,
            title=TranslatedText(f"Week {week} · {lower}", f"第{week}周 · {self.title.zh}"),
            short_title=TranslatedText(f"Week {week} · {self.short_title.en}", f"第{week}周 · {self.short_title.zh}"),
            abbreviation=TranslatedText(f"W{week}", f"W{week}"),
        )


@frozen
class Banner:
    """Where the participant banner reads sex, date of birth and day 0."""

    sex: str
    birth_date: str
    event: str
    form: str
    day_zero_event: str


@frozen
class MatrixRow:
    """Forms that share one row of the schedule."""

    title: TranslatedText
    forms: tuple[str, ...]


@frozen
class DeviationLog:
    """Where a visit outside its window is written down by itself: a repeating form and its items."""

    event: str
    form: str
    kind: str
    code: str
    """Coded value of ``kind`` for a visit outside its window."""
    visit: str
    """Text: the visit, as its address."""
    day: str
    """Date of the visit."""
    description: str
    """Text: target, window and date."""
    reason: str
    """Text: why, as given on the spot."""
    missed: str = ""
    """Coded value of ``kind`` for a visit that did not take place; empty: the same ``code``."""


@frozen
class CourseMark:
    """What is marked on the time axis of a participant, once per date: the doses of a drug."""

    date: str = field(validator=_name)
    """Analysis name of an item or method that is a date where it happened."""
    name: TranslatedText
    """As it stands after a number: ``rituximab``."""
    glyph: Literal["rituximab", "belimumab"]


@frozen
class Parameter:
    """A number of the protocol that a site may set, readable in expressions under its name."""

    name: str = field(validator=_name)
    value: str
    """Default: an integer or a decimal."""
    label: TranslatedText
    unit: str | None = None


@define(frozen=True, slots=False)
class MetaDataVersion:
    """Everything a study asks, in force from one version on."""

    oid: str = field(validator=_oid)
    name: str
    study_oid: str = field(validator=_oid)
    registry: str
    """Public registry number."""
    study_name: TranslatedText
    short_name: TranslatedText
    units: tuple[MeasurementUnit, ...]
    code_lists: tuple[CodeList, ...]
    items: tuple[ItemDef, ...]
    item_groups: tuple[ItemGroupDef, ...]
    methods: tuple[MethodDef, ...]
    edit_checks: tuple[EditCheck, ...]
    forms: tuple[FormDef, ...]
    events: tuple[StudyEventDef, ...]
    banner: Banner
    signature_meanings: tuple[TranslatedText, ...]
    matrix_rows: tuple[MatrixRow, ...] = ()
    deviation_log: DeviationLog | None = None
    parameters: tuple[Parameter, ...] = ()
    marks: tuple[CourseMark, ...] = ()

    def everything(self) -> Iterator[object]:
        """All definitions that carry an OID."""
        for kind in (
            self.units,
            self.code_lists,
            self.items,
            self.item_groups,
            self.methods,
            self.edit_checks,
            self.forms,
            self.events,
        ):
            yield from kind

    @cached_property
    def unit(self) -> dict[str, MeasurementUnit]:
        """Units by OID."""
        return {d.oid: d for d in self.units}

    @cached_property
    def code_list(self) -> dict[str, CodeList]:
        """Code lists by OID."""
        return {d.oid: d for d in self.code_lists}

    @cached_property
    def item(self) -> dict[str, ItemDef]:
        """Items by OID."""
        return {d.oid: d for d in self.items}

    @cached_property
    def item_by_name(self) -> dict[str, ItemDef]:
        """Items by analysis name."""
        return {d.name: d for d in self.items}

    @cached_property
    def item_group(self) -> dict[str, ItemGroupDef]:
        """Item groups by OID."""
        return {d.oid: d for d in self.item_groups}

    @cached_property
    def method(self) -> dict[str, MethodDef]:
        """Methods by OID."""
        return {d.oid: d for d in self.methods}

    @cached_property
    def method_by_name(self) -> dict[str, MethodDef]:
        """Methods by analysis name."""
        return {d.name: d for d in self.methods}

    @cached_property
    def form(self) -> dict[str, FormDef]:
        """Forms by OID."""
        return {d.oid: d for d in self.forms}

    @cached_property
    def event(self) -> dict[str, StudyEventDef]:
        """Events by OID."""
        return {d.oid: d for d in self.events}

    @cached_property
    def form_of_item(self) -> dict[str, str]:
        """Form OID of each item OID."""
        return {i: f.oid for f in self.forms for g in f.item_groups for i in self.item_group[g].items}

    @cached_property
    def group_of_item(self) -> dict[str, str]:
        """Item group OID of each item OID."""
        return {i: g.oid for g in self.item_groups for i in g.items}

    @cached_property
    def checks_of_form(self) -> dict[str, tuple[EditCheck, ...]]:
        """Checks asked on a form, by its OID: those with an item of it."""
        found: dict[str, list[EditCheck]] = {f.oid: [] for f in self.forms}
        for check in self.edit_checks:
            for form in dict.fromkeys(self.form_of_item[i] for i in check.items):
                found[form].append(check)
        return {oid: tuple(checks) for oid, checks in found.items()}

    @cached_property
    def form_of_method(self) -> dict[str, str]:
        """Form OID of each method OID: the one that shows it, or whose rows have it."""
        own = {m: f.oid for f in self.forms for m in f.methods}
        rows = {m: f.oid for f in self.forms for g in f.item_groups for m in self.item_group[g].methods}
        return own | rows

    @cached_property
    def repeating_group(self) -> dict[str, ItemGroupDef]:
        """By the analysis name of each item and method that stands in rows: its group."""
        rows = [g for g in self.item_groups if g.repeating]
        items = {self.item[i].name: g for g in rows for i in g.items}
        return items | {self.method[m].name: g for g in rows for m in g.methods}

    def items_of(self, form_oid: str) -> list[ItemDef]:
        """The items of a form in definition order; those of rows once."""
        return [self.item[i] for g in self.form[form_oid].item_groups for i in self.item_group[g].items]

    def name_of(self, item_oid: str) -> TranslatedText:
        """The label of an item, or its question where another item of the form has the same label (four glands)."""
        item = self.item[item_oid]
        same = [i for i in self.items_of(self.form_of_item[item_oid]) if i.label == item.label]
        return item.label if len(same) == 1 else item.question

    def item_at(self, address: str) -> ItemDef:
        """The item of an address: ``I.RTX.RATE#3`` is ``I.RTX.RATE``."""
        return self.item[split(address)[0]]

    def event_at(self, address: str) -> StudyEventDef:
        """The visit of an address: ``SE.UNS#1`` is ``SE.UNS``."""
        return self.event[split(address)[0]]

    def form_at(self, address: str) -> FormDef:
        """The form of an address: ``F.AE#2`` is ``F.AE``."""
        return self.form[split(address)[0]]
