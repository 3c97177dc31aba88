"""Derived values, relevance, checks and suggestions of one visit, from its answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from attrs import frozen

from crf_desktop.model.data import NOTHING, Datum
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, LevelHint, MetaDataVersion, MethodDef
from crf_desktop.model.expression import Value, evaluate
from crf_desktop.model.value import exact

Answers = Mapping[str, Datum]
"""Item OID → datum, for one visit."""


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


@frozen(slots=True)
class Suggestion:
    """The level the laboratory implies: never fills the answer."""

    level: int
    reasons: tuple[LevelHint, ...]
    implied: tuple[tuple[str, int], ...]
    """(item OID, level) for every item that is known."""


class Visit:
    """The answers of one visit as names for expressions; methods are computed once, when first asked for."""

    def __init__(
        self,
        definition: MetaDataVersion,
        answers: Answers,
        visit_date: str | None = None,
        banner: Answers | None = None,
    ) -> None:
        self.definition = definition
        self.answers = {**(banner or {}), **answers}
        self._visit_date = date.fromisoformat(visit_date) if visit_date and len(visit_date) == 10 else None
        self._methods: dict[str, Value] = {}

    def named(self, name: str) -> Value:
        """The value of an item, a method or a context name."""
        item = self.definition.item_by_name.get(name)
        if item is not None:
            return self.item(item)
        method = self.definition.method_by_name.get(name)
        if method is not None:
            return self.method(method)
        return {"visit_date": self._visit_date}[name]

    def item(self, item: ItemDef) -> Value:
        """The exact value of an item; unknown when it is missing, censored or not relevant."""
        datum = self.answers.get(item.oid, NOTHING)
        return exact(self.definition, item, datum) if self.relevant(item) else None

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

    def derived(self, method: MethodDef) -> Derived:
        """The method with its printed form."""
        value = self.method(method)
        lower = evaluate(method.lower_bound, self.named) if value is None and method.lower_bound else None
        known = sum(self.answers.get(i, NOTHING).value is not None for i in method.counts)
        text = "" if value is None else printed(value, method.digits)
        return Derived(value, text, "" if not lower else printed(lower, method.digits), known, len(method.counts))

    def form(self, form: FormDef) -> dict[str, Derived]:
        """Every derived value of a form by method OID."""
        return {oid: self.derived(self.definition.method[oid]) for oid in form.methods}

    def broken(self, form: FormDef) -> list[EditCheck]:
        """The checks of a form's items that fail; unknown passes."""
        oids = {i for g in form.item_groups for i in self.definition.item_group[g].items}
        checks = (c for c in self.definition.edit_checks if oids.intersection(c.items))
        return [c for c in checks if evaluate(c.expression, self.named) is False]

    def suggestion(self, item: ItemDef) -> Suggestion | None:
        """The highest level other items imply, with its reasons; None when nothing is known."""
        implied = [(h, v) for h in item.hints if isinstance(v := evaluate(h.expression, self.named), int)]
        if not implied:
            return None
        level = max(v for _, v in implied)
        return Suggestion(
            level, tuple(h for h, v in implied if v == level and level), tuple((h.item, v) for h, v in implied)
        )


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
    scaled = abs(number) * 10**digits
    whole = scaled.numerator // scaled.denominator
    whole += 2 * (scaled - whole) >= 1
    with localcontext(prec=60, rounding=ROUND_HALF_UP):
        text = str(Decimal(whole).scaleb(-digits)) if digits else str(whole)
    return "-" + text if number < 0 and whole else text
