"""Fills in one form: what the story says, then what fits the participant, then whatever is plausible and passes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from attrs import evolve, field, frozen

from crf_desktop.capture.entry import FormEntry, Given
from crf_desktop.demo import generic
from crf_desktop.errors import Refused
from crf_desktop.model.data import NOTHING, Datum, NullFlavor
from crf_desktop.model.definition import EditCheck, ItemDef, RangeCheck
from crf_desktop.model.derive import Visit
from crf_desktop.model.expression import Value
from crf_desktop.model.path import address, split
from crf_desktop.model.value import first_broken, parse

_TRIES: Final = 12
_ROUNDS: Final = 40
LEAVE: Final = Given()
"""Leave the item open."""


@frozen
class Asked:
    """One item at the moment it is answered: what else is known, and dice that belong to this item alone."""

    item: ItemDef
    row: str
    """Key of its row; empty where it stands in none."""
    event: str
    """Address of the visit."""
    when: datetime
    seen: Visit
    rng: random.Random = field(repr=False)

    @property
    def name(self) -> str:
        """Analysis name."""
        return self.item.name

    def value(self, name: str) -> Value:
        """The value of an item or method of this visit, as answered so far."""
        known = self.seen.definition
        return self.seen.named(name) if name in known.item_by_name or name in known.method_by_name else None

    def reach(self, function: str, *names: str) -> Value:
        """``reach("previous", "weight")``: what an expression would see beyond this visit."""
        return self.seen.named(":".join((function, *names)))


Choose = Callable[[Asked], Given | str | None]
"""Says what is answered; None: no opinion."""
Why = Callable[[Iterable[str]], str]
"""Why a value is kept although these checks find it unusual."""


@frozen
class Filled:
    """The answers of a form, and what remains unusual about them."""

    answers: Mapping[str, Given]
    unusual: tuple[str, ...]
    """OIDs of soft checks and limits that were kept with a reason."""


class Answering:
    """Answers the items of one form in page order, each knowing those before it."""

    def __init__(
        self, entry: FormEntry, choose: Choose, rows: Mapping[str, int], seed: str, why: Why,
        when: datetime | None = None,
    ) -> None:  # fmt: skip
        self.entry = entry
        self.definition = entry.definition
        self._choose = choose
        self._rows = rows
        self._seed = seed
        self._why = why
        self._when = when or entry.clock.now()
        self._data: dict[str, Datum] = {}
        self._given: dict[str, Given] = {}
        self._fixed: set[str] = set()
        """Addresses where story or participant had an opinion."""

    def fill(self) -> Filled:
        """Chooses every answer, then mends what a rule refuses; what cannot be mended is kept with a reason."""
        for at in self._addresses():
            self._answer(at)
        self._mend()
        return Filled(self._with_reasons(), tuple(self._unusual))

    def _addresses(self) -> Iterable[str]:
        for oid in self.entry.form.item_groups:
            group = self.definition.item_group[oid]
            keys = [str(n + 1) for n in range(self._rows.get(group.table, 2))] if group.repeating else [""]
            yield from (address(item, key) for key in keys for item in group.items)

    def visit(self, changed: Mapping[str, Datum] | None = None) -> Visit:
        """The visit with the answers chosen so far."""
        entry = self.entry
        answers = {**entry.visit.answers, **self._data, **(changed or {})}
        return Visit(
            self.definition, answers, entry.visit_date, entry.course.banner, at=entry.visit.at,
            instance=entry.visit.instance, beyond=entry.course, today=self._when.date().isoformat(),
            parameters=entry.course.parameters,
        )  # fmt: skip

    def _answer(self, at: str) -> None:
        oid, key = split(at)
        item = self.definition.item[oid]
        whole = self.visit()
        seen = whole.row(self.definition.group_of_item[oid], key) if key else whole
        if not seen.relevant(item):
            self._forget(at)
            return
        if at in self._given or self.entry.datum(at).answered:  # what the program wrote itself stays: a deviation
            return
        asked = Asked(item, key, self.entry.path.event_address, self._when, seen, self._dice(at))
        chosen = self._choose(asked)
        if chosen is None and item.hints and (hint := seen.suggestion(item)) is not None:
            chosen = str(hint.level)
        if chosen is not None:
            self._fixed.add(at)
            self._put(at, Given(chosen) if isinstance(chosen, str) else chosen)
        elif item.mandatory:
            self._put(at, self._usual(at, item))

    def _dice(self, at: str, attempt: int = 0) -> random.Random:
        return random.Random(f"{self._seed}/{self.entry.path.place()}/{at}/{attempt}")

    def _usual(self, at: str, item: ItemDef) -> Given:
        """The first candidate inside the soft limits."""
        found = list(generic.candidates(self.definition, item, self._dice(at), self._when, _TRIES))
        inside = (g for g in found if first_broken(self.definition, item, self._datum(item, g), "Soft") is None)
        return next(inside, found[0])

    def _fitting(self, at: str, item: ItemDef, attempt: int) -> Given:
        """The candidate with which the fewest rules are broken."""
        best: tuple[int, Given] | None = None
        for given in generic.candidates(self.definition, item, self._dice(at, attempt), self._when, _TRIES):
            datum = self._datum(item, given)
            if first_broken(self.definition, item, datum, "Soft") is None:
                faults = len(self.visit({at: datum}).broken(self.entry.form))
                best = min((best, (faults, given)), key=lambda b: b[0]) if best else (faults, given)
                if not faults:
                    break
        return best[1] if best else Given(flavor="ND")

    def _datum(self, item: ItemDef, given: Given) -> Datum:
        if given.flavor:
            return Datum(null_flavor=NullFlavor(given.flavor))
        return parse(self.definition, item, given.typed, given.unit or None, self._when.tzinfo)

    def _put(self, at: str, given: Given) -> None:
        if given == LEAVE:
            return
        item = self.definition.item_at(at)
        try:
            self._data[at] = self._datum(item, given)
        except Refused as problem:
            raise ValueError(f"{item.oid} refuses what the demo would answer: {problem.code}") from problem
        self._given[at] = given

    def _forget(self, at: str) -> None:
        self._given.pop(at, None)
        self._data.pop(at, None)

    # ---- rules

    def _broken(self) -> list[EditCheck]:
        return self.visit().broken(self.entry.form)

    def _mend(self) -> None:
        """Answers nobody had an opinion about give way until the rules hold; then what is asked anew is answered."""
        for attempt in range(1, _ROUNDS):
            free = [at for c in self._broken() for at in c.items if at in self._given and at not in self._fixed]
            if not free:
                return
            at = free[attempt % len(free)]
            self._forget(at)
            self._put(at, self._fitting(at, self.definition.item_at(at), attempt))
            for other in self._addresses():
                self._answer(other)

    @property
    def _unusual(self) -> list[str]:
        return [*(c.oid for c in self._broken()), *(at for at in self._given if self._limit(at) is not None)]

    def _limit(self, at: str) -> RangeCheck | None:
        return first_broken(self.definition, self.definition.item_at(at), self._data.get(at, NOTHING), "Soft")

    def _with_reasons(self) -> dict[str, Given]:
        """Every soft problem has its reason beside the value it is about."""
        needs: dict[str, list[str]] = {at: [split(at)[0]] for at in self._given if self._limit(at) is not None}
        for check in self._broken():
            for at in check.items:
                needs.setdefault(at, []).append(check.oid)
        return {at: evolve(g, override=self._why(needs[at])) if at in needs else g for at, g in self._given.items()}
