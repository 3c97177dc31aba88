"""Derived values, relevance, checks and suggestions of one visit, from its answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Protocol

from attrs import evolve, frozen

from crf_desktop.errors import Language
from crf_desktop.model.data import NOTHING, Datum
from crf_desktop.model.definition import (
    EditCheck,
    FormDef,
    ItemDef,
    ItemGroupDef,
    LevelHint,
    MetaDataVersion,
    MethodDef,
    Reason,
)
from crf_desktop.model.expression import PartialDate, Value, evaluate, reaches
from crf_desktop.model.path import address, key_order, split
from crf_desktop.model.text import TranslatedText
from crf_desktop.model.value import exact
from crf_desktop.wording import figure

Answers = Mapping[str, Datum]
"""Item address → datum: the forms of one visit that do not repeat, and one form that does."""


class ByForm(Mapping[str, Datum]):
    """Answers that can be asked for those of one form alone."""

    def of_form(self, form_oid: str) -> Answers:
        """Those of the form, none where it is not among them."""
        raise NotImplementedError


@frozen(slots=True)
class Derived:
    """A computed value with what print needs."""

    value: Value
    text: str
    """Printed form, rounded as the method says; empty while unknown."""
    lower_text: str = ""
    """What is certain while the value is unknown: printed behind ``≥``; empty when nothing is."""
    answered: int = 0
    total: int = 0
    reasons: tuple[TranslatedText, ...] = ()
    """Why it is what it is."""


@frozen(slots=True)
class Suggestion:
    """The level the laboratory implies: never fills the answer."""

    level: int
    reasons: tuple[LevelHint, ...]
    implied: tuple[tuple[str, int], ...]
    """(item OID, level) for every item that is known."""


@frozen(slots=True)
class Occurrence:
    """A visit of one participant."""

    event: str
    key: str = ""
    date: str | None = None
    """ISO; None for what belongs to no visit."""

    @property
    def address(self) -> str:
        """``SE.W0``, ``SE.UNS#1``."""
        return address(self.event, self.key)


class Beyond(Protocol):
    """What a visit asks of the participant's other visits (:class:`crf_desktop.model.course.Course`)."""

    occurrences: tuple[Occurrence, ...]

    def contexts(self, form_oid: str) -> list[Visit]:
        """Every recorded instance of a form, by date, each seen in its own visit."""

    def visit(self, occurrence: Occurrence) -> Visit:
        """One visit."""


class Visit:
    """The answers of one visit as names for expressions; they stay as they are, and everything is worked out once."""

    def __init__(
        self,
        definition: MetaDataVersion,
        answers: Answers,
        visit_date: str | None = None,
        banner: Answers | None = None,
        *,
        at: Occurrence | None = None,
        instance: str = "",
        beyond: Beyond | None = None,
        today: str | None = None,
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        self.definition = definition
        self.answers = answers
        self.banner = banner or {}
        self.at = at
        self.instance = instance
        """Address of the repeating form whose answers are among these; empty where none is."""
        self.beyond = beyond
        self.visit_date = _day(visit_date)
        self.today = _day(today)
        self.parameters = parameters or {}
        self._row: tuple[str, str] = ("", "")
        self._methods: dict[str, Value] = {}
        self._known: dict[str, Value] = {}
        """By name; what reaches beyond stands here too."""
        self._rows: dict[str, Visit] = {}
        self._others: dict[str, list[Visit]] = {}
        self._derived: dict[str, dict[str, Derived]] = {}

    # ---- names

    def named(self, name: str) -> Value:
        """The value of an item, a method, a parameter, a context name or of a reaching call."""
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> Value:
        if ":" in name:
            return self._reached(*name.split(":"))
        item = self.definition.item_by_name.get(name)
        if item is not None:
            return self.item(item)
        method = self.definition.method_by_name.get(name)
        if method is not None:
            return self.method(method)
        match name:
            case "visit_date":
                return self.visit_date
            case "today":
                return self.today
            case "event":
                return self.at.event if self.at else None
        return self._parameter(name)

    def _parameter(self, name: str) -> Value:
        default = next(p.value for p in self.definition.parameters if p.name == name)
        number = Fraction(self.parameters.get(name, default))
        return number.numerator if number.denominator == 1 else number

    def address(self, oid: str) -> str:
        """Where an item's answer stands seen from here: in a row, in the row."""
        group, key = self._row
        return address(oid, key) if key and self.definition.group_of_item[oid] == group else oid

    def datum(self, item: ItemDef) -> Datum:
        """The answer as it is."""
        found = self.answers.get(self.address(item.oid), NOTHING)
        return found if found.answered else self.banner.get(item.oid, found)

    def item(self, item: ItemDef) -> Value:
        """The exact value of an item; unknown when it is missing, censored or not relevant."""
        datum = self.datum(item)
        return exact(self.definition, item, datum) if datum.value is not None and self.relevant(item) else None

    def relevant(self, item: ItemDef) -> bool:
        """Whether the item is asked; unknown counts as asked."""
        return item.relevant is None or evaluate(item.relevant, self.named) is not False

    def method(self, method: MethodDef) -> Value:
        """The value of a method."""
        if method.oid not in self._methods:
            self._methods[method.oid] = None  # a method that reads itself is unknown, not endless
            if all(self.answers.get(i, NOTHING).answered for i in method.waits_for):
                self._methods[method.oid] = evaluate(method.expression, self.named)
        return self._methods[method.oid]

    def least(self, method: MethodDef) -> Value:
        """What is certain of a method while its value is unknown; None where nothing is."""
        return evaluate(method.lower_bound, self.named) if method.lower_bound else None

    # ---- rows

    def keys(self, group_oid: str) -> list[str]:
        """The rows of a repeating group that hold an answer, in order."""
        items = set(self.definition.item_group[group_oid].items)
        held = self.answers
        if isinstance(held, ByForm):
            held = held.of_form(self.definition.form_of_item[next(iter(items))])
        found = {key for (oid, key), d in ((split(at), d) for at, d in held.items()) if oid in items and d.answered}
        return sorted(found, key=key_order)

    def row(self, group_oid: str, key: str) -> Visit:
        """The same visit seen from one row: names of the group are those of the row."""
        at = address(group_oid, key)
        if at not in self._rows:
            seen = Visit(
                self.definition, self.answers, None, self.banner, at=self.at, instance=self.instance,
                beyond=self.beyond, parameters=self.parameters,
            )  # fmt: skip
            seen.visit_date, seen.today, seen._row = self.visit_date, self.today, (group_oid, key)
            self._rows[at] = seen
        return self._rows[at]

    def _column(self, name: str) -> list[Value]:
        """The values of a name in this form: one, or one per row."""
        group = self.definition.repeating_group.get(name)
        if group is None:
            return [self.named(name)]
        return [self.row(group.oid, key).named(name) for key in self.keys(group.oid)]

    # ---- beyond

    def form_of(self, name: str) -> str:
        """The form a name belongs to."""
        item = self.definition.item_by_name.get(name)
        if item is not None:
            return self.definition.form_of_item[item.oid]
        return self.definition.form_of_method[self.definition.method_by_name[name].oid]

    def _contexts(self, form_oid: str) -> list[Visit]:
        """Every instance of a form by date, this one as it stands now."""
        if form_oid not in self._others:
            self._others[form_oid] = self._contexts_of(form_oid)
        return self._others[form_oid]

    def _contexts_of(self, form_oid: str) -> list[Visit]:
        found = self.beyond.contexts(form_oid) if self.beyond else []
        others = [c for c in found if not self._same(c, form_oid)]
        mine = self.definition.form[form_oid].repeating and split(self.instance)[0] != form_oid
        if self.at is None:
            asked = self.beyond is None
        else:
            asked = form_oid in self.definition.event[self.at.event].forms
        if asked and not mine:
            others.append(self)
        return sorted(others, key=_by_date)

    def _same(self, other: Visit, form_oid: str) -> bool:
        same_visit = self.at is not None and other.at is not None and self.at.address == other.at.address
        return same_visit and (other.instance == self.instance or not self.definition.form[form_oid].repeating)

    def _reached(self, function: str, *arguments: str) -> Value:
        match function:
            case "event_date" | "n_events":
                return self._of_events(function, arguments[0])
            case "qualifier" | "limit":
                return self._as_reported(function, self.definition.item_by_name[arguments[0]])
            case "at":
                there = [c for c in self._contexts(self.form_of(arguments[1])) if c.at and c.at.event == arguments[0]]
                return _last_known([v for c in there for v in c._column(arguments[1])])
            case "as_of":
                return self._as_of(*arguments)
            case "previous" | "latest" | "first":
                return self._in_time(function, arguments[0])
        what, _, where = function.partition("_")
        name = arguments[0]
        if where == "rows":
            return _gathered(what, self._column(name))
        return _gathered(what, [v for c in self._contexts(self.form_of(name)) for v in c._column(name)])

    def _as_reported(self, function: str, item: ItemDef) -> Value:
        datum = self.datum(item)
        if datum.value is None or not self.relevant(item):
            return None
        return datum.qualifier if function == "qualifier" else exact(self.definition, item, evolve(datum, qualifier=""))

    def _of_events(self, function: str, event: str) -> Value:
        dates = [o.date for o in (self.beyond.occurrences if self.beyond else ()) if o.event == event and o.date]
        if function == "n_events":
            return len(dates)
        if self.at is not None and self.at.event == event and self.visit_date:
            return self.visit_date
        return _day(dates[-1]) if dates else None

    def _in_time(self, function: str, name: str) -> Value:
        contexts = self._contexts(self.form_of(name))
        if function == "previous":
            contexts = [c for c in contexts if c is not self and self._earlier(c)]
        values = [v for c in contexts for v in c._column(name)]
        return next((v for v in values if v is not None), None) if function == "first" else _last_known(values)

    def _as_of(self, name: str, on: str) -> Value:
        day = self.named(on)
        day = day.first if isinstance(day, PartialDate) else day.date() if isinstance(day, datetime) else day
        if not isinstance(day, date):
            return None
        told = [(c.visit_date, c.named(name)) for c in self._contexts(self.form_of(name))]
        known = [(when, value) for when, value in told if when is not None and value is not None]
        before = [value for when, value in known if when <= day]
        return before[-1] if before else next((value for _, value in known), None)

    def _earlier(self, other: Visit) -> bool:
        return self.visit_date is None or (other.visit_date is not None and other.visit_date < self.visit_date)

    # ---- what is shown

    def derived(self, method: MethodDef) -> Derived:
        """The method with its printed form and the reasons that hold."""
        value = self.method(method)
        lower = self.least(method) if value is None else None
        known = sum(self.answers.get(i, NOTHING).value is not None for i in method.counts)
        text = "" if value is None else printed(value, method.digits)
        least = "" if not lower else printed(lower, method.digits)
        return Derived(value, text, least, known, len(method.counts), self.holding(method.reasons))

    def holding(self, reasons: Iterable[Reason]) -> tuple[TranslatedText, ...]:
        """The sentences that are true now, with their values."""
        true = (r for r in reasons if evaluate(r.expression, self.named) is True)
        return tuple(self.filled(r.text, r.reads) for r in true)

    def filled(self, words: TranslatedText, reads: tuple[str, ...]) -> TranslatedText:
        """A sentence with the printed values of its expressions."""
        if not reads:
            return words
        said = {language: [self._said(r, language) for r in reads] for language in ("en", "zh")}
        return TranslatedText(words.en.format(*said["en"]), words.zh.format(*said["zh"]))

    def _said(self, read: str, language: Language) -> str:
        value = evaluate(read, self.named)
        about, raw = self._spoken_of(read)
        if isinstance(raw, PartialDate):
            return figure.day(raw.known, language)
        if isinstance(raw, datetime):
            return figure.moment(raw.isoformat(), language)
        if about is not None and about.code_list and value is not None:
            return self.definition.code_list[about.code_list].decode(printed(value, None), language)
        if isinstance(value, datetime):
            return figure.moment(value.isoformat(), language)
        if isinstance(value, date):
            return figure.day(value.isoformat(), language)
        if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
            digits = about.digits if isinstance(about, MethodDef) else None
            return figure.number(shortest(Fraction(value)) if digits is None else fixed(Fraction(value), digits))
        return printed(value, None) or "–"

    def _spoken_of(self, read: str) -> tuple[ItemDef | MethodDef | None, Value]:
        """What a read that is one name, here or at another visit, is about, and its value as it is; else nothing."""
        far = next(iter(reaches(read)), ())
        name = (far[1] if far[0] == "as_of" else far[-1]) if far else read
        about = self.definition.item_by_name.get(name) or self.definition.method_by_name.get(name)
        alone = read.endswith(")") and read.count("(") == 1 if far else read == name
        return (about, self.named(":".join(far) or name)) if about and alone else (None, None)

    def form(self, form: FormDef) -> dict[str, Derived]:
        """Every derived value of a form by the address of its method: those of the form, then those of its rows."""
        if form.oid not in self._derived:
            self._derived[form.oid] = self._derived_of(form)
        return self._derived[form.oid]

    def _derived_of(self, form: FormDef) -> dict[str, Derived]:
        found = {oid: self.derived(self.definition.method[oid]) for oid in form.methods}
        for group in self._groups(form):
            for key in self.keys(group.oid) if group.methods else ():
                seen = self.row(group.oid, key)
                found |= {address(m, key): seen.derived(self.definition.method[m]) for m in group.methods}
        return found

    def _groups(self, form: FormDef) -> list[ItemGroupDef]:
        groups = (self.definition.item_group[g] for g in form.item_groups)
        return [g for g in groups if g.repeating]

    def broken(self, form: FormDef, about: Collection[str] | None = None) -> list[EditCheck]:
        """The checks of a form's items that fail, their items as addresses, their sentences filled; unknown passes.

        ``about``: only those of these items (OIDs).
        """
        asked = self.definition.checks_of_form[form.oid]
        if about is not None:
            asked = tuple(c for c in asked if any(i in about for i in c.items))
        rows = {g.oid for g in self._groups(form)}
        return [c for check in asked for c in self._failing(check, rows)]

    def _failing(self, check: EditCheck, repeating: set[str]) -> Iterator[EditCheck]:
        rows = repeating.intersection(self.definition.group_of_item[i] for i in check.items) if repeating else ()
        seen = [self.row(g, key) for g in rows for key in self.keys(g)] if rows else [self]
        for visit in seen:
            if evaluate(check.expression, visit.named) is False:
                items = tuple(visit.address(i) for i in check.items)
                yield evolve(check, items=items, message=visit.filled(check.message, check.reads))

    def suggestion(self, item: ItemDef) -> Suggestion | None:
        """The highest level other items imply, with its reasons; None when nothing is known."""
        implied = [(h, v) for h in item.hints if isinstance(v := evaluate(h.expression, self.named), int)]
        if not implied:
            return None
        level = max(v for _, v in implied)
        return Suggestion(
            level, tuple(h for h, v in implied if v == level and level), tuple((h.item, v) for h, v in implied)
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and len(text) == 10 else None


def _by_date(visit: Visit) -> tuple[date, tuple[tuple[int, int | str], ...]]:
    return visit.visit_date or date.max, key_order(split(visit.instance)[1])


def _last_known(values: list[Value]) -> Value:
    return next((v for v in reversed(values) if v is not None), None)


def _gathered(what: str, values: list[Value]) -> Value:
    if what == "count":
        return sum(v is True for v in values)
    if what == "any":
        return True if any(v is True for v in values) else None if None in values else False
    known = [v for v in values if v is not None and not isinstance(v, PartialDate)]
    if what == "sum":
        total = sum((Fraction(v) for v in known), Fraction())  # type: ignore[arg-type]
        return total.numerator if total.denominator == 1 else total
    if not known:
        return None
    return max(known) if what == "max" else min(known)


def shortest(number: Fraction) -> str:
    """A number in as few decimals as say it exactly, four at most."""
    text = fixed(number, 4)
    return text.rstrip("0").rstrip(".") if "." in text else text


def printed(value: Value, digits: int | None) -> str:
    """The printed form of a derived value: exact until here, ROUND_HALF_UP at ``digits`` decimals; minus is U+002D."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and digits is None:
        return str(value)
    if isinstance(value, (int, Fraction)):
        return fixed(Fraction(value), 3 if digits is None else digits)
    return "" if value is None else str(value)


def fixed(number: Fraction, digits: int) -> str:
    """The number with that many decimals, half away from zero, exactly."""
    over, under = abs(number.numerator), number.denominator
    whole = (2 * over * 10**digits + under) // (2 * under)
    text = str(whole).zfill(digits + 1)
    text = f"{text[:-digits]}.{text[-digits:]}" if digits else text
    return "-" + text if number < 0 and whole else text
