"""All visits of one participant, read as far as an expression asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from crf_desktop.model.data import Datum
from crf_desktop.model.definition import ItemDef, MetaDataVersion
from crf_desktop.model.derive import Answers, ByForm, Occurrence, Visit
from crf_desktop.model.path import address, key_order, split

Fetch = Callable[[Occurrence, str], Mapping[str, Answers]]
"""(visit, form OID) → form key → item address → datum; an instance without an answer may be absent."""


class Course:
    """The participant's visits; each form of each visit is fetched once, when something reads it."""

    def __init__(
        self,
        definition: MetaDataVersion,
        occurrences: Sequence[Occurrence],
        fetch: Fetch,
        *,
        banner: Answers | None = None,
        today: str | None = None,
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        self.definition = definition
        self.occurrences = tuple(sorted(occurrences, key=lambda o: (o.date or "9999", o.event, key_order(o.key))))
        self.banner = banner or {}
        self.today = today
        self.parameters = parameters or {}
        self._fetch = fetch
        self._read: dict[tuple[str, str], Mapping[str, Answers]] = {}
        self._visits: dict[tuple[str, str], Visit] = {}
        self._contexts: dict[str, list[Visit]] = {}

    def data(self, occurrence: Occurrence, form_oid: str) -> Mapping[str, Answers]:
        """Form key → answers of one form of one visit."""
        at = (occurrence.address, form_oid)
        if at not in self._read:
            self._read[at] = self._fetch(occurrence, form_oid)
        return self._read[at]

    def visit(self, occurrence: Occurrence, instance: str = "") -> Visit:
        """A visit, with the answers of one repeating form where ``instance`` names it."""
        at = (occurrence.address, instance)
        if at not in self._visits:
            self._visits[at] = Visit(
                self.definition, Instance(self, occurrence, instance), occurrence.date, self.banner, at=occurrence,
                instance=instance, beyond=self, today=self.today, parameters=self.parameters,
            )  # fmt: skip
        return self._visits[at]

    def contexts(self, form_oid: str) -> list[Visit]:
        """Every recorded instance of a form, by date, each seen in its own visit."""
        if form_oid not in self._contexts:
            self._contexts[form_oid] = self._contexts_of(form_oid)
        return self._contexts[form_oid]

    def _contexts_of(self, form_oid: str) -> list[Visit]:
        repeats = self.definition.form[form_oid].repeating
        found = []
        for occurrence in self.occurrences:
            if form_oid not in self.definition.event[occurrence.event].forms:
                continue
            for key, answers in sorted(self.data(occurrence, form_oid).items(), key=lambda pair: key_order(pair[0])):
                if any(d.answered for d in answers.values()):
                    found.append(self.visit(occurrence, address(form_oid, key) if repeats else ""))
        return found

    def before(self, day: str, item: ItemDef) -> tuple[Datum, str] | None:
        """The last value of an item known before a day, as it was answered, and the date of that visit."""
        form = self.definition.form_of_item[item.oid]
        for occurrence in reversed(self.occurrences):
            asked = form in self.definition.event[occurrence.event].forms
            if asked and occurrence.date is not None and occurrence.date < day:
                datum = self.data(occurrence, form).get("", {}).get(item.oid)
                if datum is not None and datum.value is not None:
                    return datum, occurrence.date
        return None

    def anywhere(self) -> Visit:
        """No visit in particular: what the schedule asks from."""
        if ("", "") not in self._visits:
            self._visits["", ""] = Visit(
                self.definition, {}, None, self.banner, at=None, beyond=self, today=self.today,
                parameters=self.parameters,
            )  # fmt: skip
        return self._visits["", ""]


class Instance(ByForm):
    """The answers of one visit, fetched form by form as they are asked for."""

    def __init__(self, course: Course, occurrence: Occurrence, instance: str) -> None:
        self._course, self._occurrence = course, occurrence
        self._form, self._key = split(instance)
        self._form_of = course.definition.form_of_item
        self._held: dict[str, Answers] = {}

    def of_form(self, form_oid: str) -> Answers:
        """Those of one form of the visit, looked for once."""
        held = self._held.get(form_oid)
        if held is None:
            held = self._held[form_oid] = self._of(form_oid)
        return held

    def _of(self, form_oid: str) -> Answers:
        repeats = self._course.definition.form[form_oid].repeating
        if form_oid not in self._course.definition.event[self._occurrence.event].forms or (
            repeats and form_oid != self._form
        ):
            return {}
        return self._course.data(self._occurrence, form_oid).get(self._key if repeats else "", {})

    def __getitem__(self, at: str) -> Datum:
        return self.of_form(self._form_of[split(at)[0]])[at]

    def get(self, at: str, default: Any = None) -> Any:
        """As of any mapping; an answer that is not there is the usual case, and an exception costs more than asking."""
        return self.of_form(self._form_of[split(at)[0]]).get(at, default)

    def __iter__(self) -> Iterator[str]:
        for form_oid in self._course.definition.event[self._occurrence.event].forms:
            yield from self.of_form(form_oid)

    def __len__(self) -> int:
        return sum(1 for _ in self)
