"""Every form filled in from its definition alone, always the same: the data of the goldens."""

from __future__ import annotations

from datetime import timedelta, timezone
from fractions import Fraction
from functools import cache

from attrs import evolve

from crf_desktop.capture.record import FormRecord, ItemRecord, VisitRecord
from crf_desktop.demo.generic import limits, spelled
from crf_desktop.model.course import Course
from crf_desktop.model.data import Datum, FormState, NullFlavor
from crf_desktop.model.definition import FormDef, ItemDef
from crf_desktop.model.derive import Occurrence, Visit
from crf_desktop.model.path import address, split
from crf_desktop.model.value import parse
from tests.report.builder import COORDINATOR, definition, visit

DAY = "2026-05-06"
CHINA = timezone(timedelta(hours=8))
EVERY_SO_MANY = 9
"""One in so many items has a reason instead of an answer."""
REMARK = "tube haemolysed 标本溶血"


def typed(item: ItemDef, place: int) -> tuple[str, str | None]:
    """What is typed into an item, and its unit: the first answer, the middle of a range, a date known in part."""
    unit = item.units[place % len(item.units)] if item.units else None
    if item.code_list is not None:
        return definition().code_list[item.code_list].items[0].coded_value, None
    match item.data_type:
        case "boolean":
            return "true", None
        case "integer" | "decimal":
            return _middle(item, unit), unit
        case "date":
            return DAY if place % 2 else DAY[:7], None
        case "datetime":
            return f"{DAY}T09:{place % 60:02}:00+08:00", None
        case "time":
            return f"09:{place % 60:02}", None
    return f"{item.label.en[:20]} {item.label.zh}"[: item.length], None


def _middle(item: ItemDef, unit: str | None) -> str:
    low, high = limits(item)
    middle = (low + high) / 2
    if unit is not None:
        factor = Fraction(definition().unit[unit].factor) / Fraction(definition().unit[item.units[0]].factor)
        middle /= factor
    return spelled(middle, 0 if item.data_type == "integer" else item.significant_digits or 0)


class Filled:
    """One form at its first visit, all that is asked answered; two rows in each of its tables."""

    def __init__(self, form: FormDef) -> None:
        self.form = form
        event = next(e for e in definition().events if form.oid in e.forms)
        self.at = Occurrence(event.oid, "", None if event.type == "Common" else DAY)
        self.key = "1" if form.repeating else ""
        self.answers: dict[str, Datum] = {}
        for place, at in enumerate(self._addresses()):
            self._answer(place, at)

    def _addresses(self) -> list[str]:
        groups = [definition().item_group[g] for g in self.form.item_groups]
        rows = [(i, key) for g in groups for key in (("1", "2") if g.repeating else ("",)) for i in g.items]
        return [address(oid, key) for oid, key in rows]

    def seen(self) -> Visit:
        """The visit as it stands now."""
        held = {self.key: self.answers}
        course = Course(definition(), [self.at], lambda o, f: held if f == self.form.oid else {}, today=DAY)
        return course.visit(self.at, address(self.form.oid, self.key) if self.key else "")

    def _answer(self, place: int, at: str) -> None:
        oid, key = split(at)
        item, seen = definition().item[oid], self.seen()
        if not (seen.row(definition().group_of_item[oid], key) if key else seen).relevant(item):
            return
        if place % EVERY_SO_MANY == EVERY_SO_MANY - 1:
            self.answers[at] = Datum(null_flavor=list(NullFlavor)[place % 4])
        else:
            self.answers[at] = parse(definition(), item, *typed(item, place), CHINA)

    def record(self) -> FormRecord:
        """The form as paper gets it."""
        items = {
            at: ItemRecord(d, COORDINATOR, f"{DAY}T10:00:00+08:00", REMARK if d.null_flavor else "")
            for at, d in self.answers.items()
        }
        seen = self.seen()
        return FormRecord(self.form, FormState.COMPLETE, items, seen.form(self.form), frozenset(self.answers))


@cache
def filled(form_oid: str) -> Filled:
    """One form, filled in."""
    return Filled(definition().form[form_oid])


def visit_of(form_oid: str) -> VisitRecord:
    """A visit that holds nothing but that form."""
    return evolve(visit(), forms=(filled(form_oid).record(),))
