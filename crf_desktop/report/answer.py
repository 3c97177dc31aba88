"""Answers, scores, people and dates as paper prints them."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property

from attrs import frozen

from crf_desktop.analysis.trial import Participant
from crf_desktop.capture.record import FormRecord, ItemRecord, SignatureRecord, VisitRecord
from crf_desktop.errors import Language
from crf_desktop.model.course import Course
from crf_desktop.model.data import NOTHING, Datum, Person
from crf_desktop.model.definition import ItemDef, MetaDataVersion, MethodDef
from crf_desktop.model.derive import Derived
from crf_desktop.model.path import split
from crf_desktop.model.schedule import planned
from crf_desktop.report.words import role, say
from crf_desktop.wording.figure import NBSP, day, moment, number, percent, span, with_unit


@frozen(slots=False)
class Reader:
    """What every drawing of one record needs: the record, its definition, the language."""

    record: VisitRecord
    language: Language
    shared: Course | None = None
    """All visits of the participant, where several records are drawn; None: worked out when it is asked for."""

    @cached_property
    def course(self) -> Course | None:
        """All visits of the participant; None where the record holds this visit alone."""
        record = self.record
        if self.shared is not None:
            return self.shared
        if record.whole is None:
            return None
        return Participant(record.whole, record.definition, record.printed_at[:10], record.parameters).course

    @cached_property
    def day_zero(self) -> date | None:
        """Day 0 of the participant; None while it is not fixed."""
        dates = self.record.whole.dates if self.record.whole else {}
        zero = dates.get(self.definition.banner.day_zero_event)
        return date.fromisoformat(zero) if zero else None

    def study_day(self, on: str | None) -> int | None:
        """Days since day 0."""
        return (date.fromisoformat(on) - self.day_zero).days if on and self.day_zero else None

    def visit_name(self, short: bool = False) -> str:
        """The visit of the record, with the number of one that repeats: ``Unscheduled visit 2``."""
        event = self.record.event
        return self._numbered((event.short_title if short else event.title).in_(self.language), self.record.event_key)

    def _numbered(self, title: str, key: str) -> str:
        space = "" if self.language == "zh" else NBSP
        return f"{title}{space}{key}" if key else title

    def visit_title(self, at: str) -> str:
        """A visit by its address, with its week: ``Week 4 · belimumab 1``; what is no address as it stands."""
        if split(at)[0] not in self.definition.event:
            return at
        if self.course is None:
            return self.definition.event_at(at).short_title.in_(self.language)
        event = planned(self.course, at, self.record.printed_at[:10]).event
        return self._numbered(event.short_title.in_(self.language), split(at)[1])

    @property
    def definition(self) -> MetaDataVersion:
        """The definition in force."""
        return self.record.definition

    def say(self, word: str, *values: object) -> str:
        """The wording of paper."""
        return say(self.language, word, *values)

    def answer(self, item: ItemDef, datum: Datum) -> str:
        """The answer in words, with its unit or its reason; empty when there is none."""
        log = self.definition.deviation_log
        if log is not None and item.oid == log.visit and datum.value:
            return self.visit_title(datum.value)
        return answer(self.definition, item, datum, self.language)

    def of(self, form: FormRecord, item_oid: str) -> str:
        """The current answer to an item of a form; says so when it was not asked or not answered."""
        item, found = self.definition.item_at(item_oid), form.items.get(item_oid)
        if found is not None and found.datum.answered:
            return self.answer(item, found.datum)
        if item_oid not in form.relevant:
            return self.say("not_asked")
        return self.say("no_answer" if item.mandatory else "optional")

    def name(self, form: FormRecord, item: ItemDef) -> str:
        """The short name of an item, or its whole question where another item of the form has the same short name."""
        same = [i for i in self.definition.items_of(form.form.oid) if i.label == item.label]
        return (item.label if len(same) == 1 else item.question).in_(self.language)

    def score(self, method_oid: str, derived: Derived | None) -> tuple[str, str]:
        """A score for print and, when it is not final, why: (``≥ 26``, ``not final: 11 of 12 answered``)."""
        method = self.definition.method[method_oid]
        if derived is not None and derived.text:
            return self._value(method, derived.text), ""
        answered, total = (derived.answered, derived.total) if derived else (0, 0)
        if derived is not None and derived.lower_text:
            return "≥\u00a0" + number(derived.lower_text), self.say("not_final", answered, total)
        return "–", self.say("no_value", answered, total) if total else self.say("no_value_bare")

    def _value(self, method: MethodDef, text: str) -> str:
        if method.data_type == "boolean":
            return self.say("yes" if text == "true" else "no")
        if method.code_list:
            return self.definition.code_list[method.code_list].decode(text, self.language)
        return number(text) if method.data_type in ("integer", "decimal") else text

    def unit(self, oid: str | None) -> str:
        """The symbol of a unit; empty for none."""
        return self.definition.unit[oid].symbol.in_(self.language) if oid else ""

    def person(self, person: Person) -> str:
        """``Full Name (user)``."""
        return self.say("person", person.full_name, person.user_name) if person.full_name else person.user_name

    def role(self, name: str) -> str:
        """The role in words."""
        return role(self.language, name)

    def day(self, iso: str | None) -> str:
        """A date, or that it is not known."""
        return day(iso, self.language) if iso else self.say("not_known")

    def moment(self, iso: str, seconds: bool = False) -> str:
        """A moment on the clock of the place where it was."""
        return moment(iso, self.language, seconds)


def answer(definition: MetaDataVersion, item: ItemDef, datum: Datum, language: Language) -> str:
    """The answer in words, with its unit or its reason; empty when there is none."""
    if datum.null_flavor is not None:
        return say(language, f"null_{datum.null_flavor}")
    if datum.value is None:
        return ""
    unit = definition.unit[datum.unit_oid].symbol.in_(language) if datum.unit_oid else ""
    if item.code_list:
        return definition.code_list[item.code_list].decode(datum.value, language)
    match item.data_type:
        case "integer" | "decimal":
            text = datum.qualifier + number(datum.value)
            return percent(text, language) if unit == "%" else with_unit(text, unit)
        case "boolean":
            return say(language, "yes" if datum.value == "true" else "no")
        case "date":
            return day(datum.value, language)
        case "datetime":
            return moment(datum.value, language)
        case "document":
            return datum.value[:19] + "…"
        case _:
            return datum.value


def age(reader: Reader) -> str:
    """``12 y``, ``6 y 3 mo`` below ten, or that it is not known."""
    record = reader.record
    if record.age_years is None:
        return reader.say("not_known")
    years = reader.say("years", record.age_years)
    if record.age_months and record.age_years < 10:
        return years + (" " if reader.language == "en" else "") + reader.say("months", record.age_months)
    return years


def sex(reader: Reader) -> str:
    """The wording of the sex code."""
    record = reader.record
    item = record.definition.item.get(record.definition.banner.sex)
    if record.sex is None or item is None or item.code_list is None:
        return reader.say("not_known")
    return record.definition.code_list[item.code_list].decode(record.sex, reader.language)


def window(reader: Reader) -> str:
    """``11–25 Nov 2026``; the first and last day of the visit window, or that there is none."""
    bounds = reader.record.window
    if bounds is None:
        return reader.say("no_window")
    return span(*bounds, reader.language)


def changed_items(form: FormRecord) -> list[tuple[str, ItemRecord]]:
    """The items of a form that were changed after its first completion."""
    return [(oid, item) for oid, item in form.items.items() if item.changed]


def datum_of(form: FormRecord, item_oid: str) -> Datum:
    """The current datum, or nothing."""
    found = form.items.get(item_oid)
    return found.datum if found else NOTHING


def signed_together(signatures: tuple[SignatureRecord, ...]) -> list[list[SignatureRecord]]:
    """Signatures of one act (same person, moment and meaning), oldest first."""
    acts: dict[tuple[str, str, str], list[SignatureRecord]] = {}
    for one in sorted(signatures, key=lambda s: (datetime.fromisoformat(s.when), s.person.user_oid)):
        acts.setdefault((one.person.user_oid, one.when, one.meaning.en), []).append(one)
    return list(acts.values())
