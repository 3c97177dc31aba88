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

from attrs import define, field, frozen
from attrs.validators import in_, matches_re, max_len

from crf_desktop.errors import Language
from crf_desktop.model.layout import Layout
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


@frozen
class ItemGroupDef:
    """Items that belong together."""

    oid: str = field(validator=_oid)
    name: TranslatedText
    items: tuple[str, ...]
    repeating: bool = False


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


@frozen
class EditCheck:
    """A rule across items of one visit. Unknown passes."""

    oid: str = field(validator=_oid)
    items: tuple[str, ...]
    """Items beside which the message stands."""
    expression: str
    """True when all is well."""
    soft_hard: Literal["Hard", "Soft"]
    message: TranslatedText


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


@frozen
class StudyEventDef:
    """A visit."""

    oid: str = field(validator=_oid)
    title: TranslatedText
    short_title: TranslatedText
    abbreviation: TranslatedText
    """Column head of the matrix: ``W0`` over ``RTX 1``."""
    detail: TranslatedText
    forms: tuple[str, ...]
    target_day: int | None = None
    """Study day of the target; None when it hangs on another date."""
    window: tuple[int, int] | None = None
    """Days before (≤ 0) and after the target."""


@frozen
class Banner:
    """Where the participant banner reads sex, date of birth and day 0."""

    sex: str
    birth_date: str
    event: str
    form: str
    day_zero_event: str


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

    def __attrs_post_init__(self) -> None:
        from crf_desktop.model.integrity import require_sound

        require_sound(self)

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

    def items_of(self, form_oid: str) -> list[ItemDef]:
        """The items of a form in definition order."""
        return [self.item[i] for g in self.form[form_oid].item_groups for i in self.item_group[g].items]
