"""One form of one visit of one participant as it stands: answers, what is derived from them, what is missing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Literal

from attrs import frozen

from crf_desktop.capture.problem import Check
from crf_desktop.capture.right import has_room, no_room
from crf_desktop.model.course import Course
from crf_desktop.model.data import NOTHING, Change, Datum, FormState, HeadRow, Kind
from crf_desktop.model.definition import EditCheck, FormDef, MetaDataVersion, StudyEventDef
from crf_desktop.model.derive import Derived, Occurrence, Suggestion, Visit
from crf_desktop.model.expression import evaluate, names, reaches
from crf_desktop.model.path import ItemPath, address, key_order, next_key, split
from crf_desktop.model.query import QuerySource
from crf_desktop.model.text import TranslatedText
from crf_desktop.model.value import first_broken
from crf_desktop.settings import Clock
from crf_desktop.store import Store


@frozen(slots=True)
class FormView:
    """Everything a page shows of a form."""

    items: Mapping[str, Datum]
    remarks: Mapping[str, str]
    relevant: frozenset[str]
    derived: Mapping[str, Derived]
    suggestions: Mapping[str, Suggestion]
    visit_answers: Mapping[str, Datum]
    was: Mapping[str, Datum]
    """The signed answer of items that were changed after the signature."""
    state: FormState
    rows: Mapping[str, tuple[str, ...]] = {}
    """Repeating group OID → keys of its rows; their items and derived values stand at ``OID#key``."""
    previous: Mapping[str, tuple[Datum, str]] = {}
    """Item → value at the last visit where it is known, and that visit's date, ISO."""


class FormReading:
    """The answers of one form as they stand, and what may be asked before an act."""

    def __init__(
        self,
        store: Store,
        definition: MetaDataVersion,
        path: ItemPath,
        course: Course,
        session_start: int,
        clock: Clock,
    ) -> None:
        self.store = store
        self.clock = clock
        self.definition = definition
        self.path = path
        self.form: FormDef = definition.form[path.form]
        self.event: StudyEventDef = definition.event[path.event]
        self.capture: Literal["direct", "transcribed"] = "direct"
        self.course = course
        self._session_start = session_start
        self._trial: tuple[Mapping[str, Datum], Visit] | None = None
        self.reload()
        self.without_room = self.head is None and not has_room(store)
        """Nothing is recorded in the form yet, and the disk was almost full when it was opened."""

    def reload(self) -> None:
        """Reads the answers again (after a merge, or when shown anew)."""
        rows = self.store.visit_items(self.path.event_path)
        alone = (r for r in rows if not r.path.form_key or r.path.form_path == self.path)
        self._visit_rows = {row.path.item_address: row for row in alone}
        event = self.store.at(self.path.event_path)
        self.visit_date = event.datum.value if event else None
        self.data: dict[str, HeadRow] = {at: r for at, r in self._visit_rows.items() if r.path.form == self.form.oid}
        by_path = self.store.remarks([row for row in self.data.values() if row.datum.null_flavor])
        self._remarks = {path.item_address: text for path, text in by_path.items()}
        self._signed: dict[str, Datum] | None = None
        self._new_rows: dict[str, list[str]] = {}
        half = [p for p in self.store.drafts() if p.form_path == self.path and p.group_key]
        for oid in self.form.item_groups:
            if self.definition.item_group[oid].repeating:
                begun = (p.group_key for p in half if p.item_group == oid)
                self._new_rows[oid] = list(dict.fromkeys((*self.rows(oid, added=False), *begun)))
        self._after_write()

    def _after_write(self) -> None:
        self.head = self.store.form_head(self.path)
        self.visit, self._trial = self._visit_with({}), None
        self._note_items()

    def _note_items(self) -> None:
        self._items = {at: self.definition.item_at(at) for at in self.addresses(added=True)}

    def addresses(self, added: bool = False) -> Iterator[str]:
        """The items of the form in order, those of rows once per row; rows just ``added`` only when asked for."""
        for oid in self.form.item_groups:
            group = self.definition.item_group[oid]
            keys = self.rows(oid, added) if group.repeating else [""]
            yield from (address(item, key) for key in keys for item in group.items)

    def rows(self, group_oid: str, added: bool = True) -> list[str]:
        """Keys of the rows of a repeating group that hold an answer, and of those ``added`` or emptied since shown."""
        held = {split(at)[1] for at, r in self.data.items() if r.datum.answered and r.path.item_group == group_oid}
        return sorted(held.union(self._new_rows.get(group_oid, ()) if added else ()), key=key_order)

    def add_row(self, group_oid: str) -> str:
        """An empty row at the end of a repeating group; nothing is written until it is answered. Returns its key."""
        keys = {split(at)[1] for at, r in self.data.items() if r.path.item_group == group_oid}
        key = next_key(self.store.block.index, keys.union(self._new_rows.get(group_oid, ())))
        self._new_rows.setdefault(group_oid, []).append(key)
        self._note_items()
        return key

    def _tried(self, given: Mapping[str, Datum]) -> Visit:
        """The visit as it would be; what is asked of the same answers twice is worked out once."""
        if self._trial is None or self._trial[0] != given:
            self._trial = (given, self._visit_with(given))
        return self._trial[1]

    def _visit_with(self, changed: Mapping[str, Datum]) -> Visit:
        answers = {at: row.datum for at, row in self._visit_rows.items()} | dict(changed)
        at = Occurrence(self.path.event, self.path.event_key, self.visit_date)
        instance = self.path.form_address if self.form.repeating else ""
        return Visit(
            self.definition, answers, self.visit_date, self.course.banner, at=at, instance=instance,
            beyond=self.course, today=self.clock.now().date().isoformat(), parameters=self.course.parameters,
        )  # fmt: skip

    @property
    def state(self) -> FormState:
        """The state the matrix shows."""
        return self.head.state if self.head else FormState.DUE

    @property
    def completed(self) -> bool:
        """True from the first completion until it is reopened."""
        return bool(self.head and self.head.completed)

    def item_path(self, item_at: str) -> ItemPath:
        """Where the answer of an item address stands."""
        oid, key = split(item_at)
        return self.path.at(self.definition.group_of_item[oid], oid, key)

    def _seen_from(self, item_at: str) -> Visit:
        """The visit, or the row of it that the item stands in."""
        oid, key = split(item_at)
        return self.visit.row(self.definition.group_of_item[oid], key) if key else self.visit

    def relevant(self, item_at: str) -> bool:
        """Whether the item is asked under the present answers."""
        return self._seen_from(item_at).relevant(self._items[item_at])

    def datum(self, item_oid: str) -> Datum:
        """The present answer; ``Datum()`` when there is none."""
        row = self.data.get(item_oid)
        return row.datum if row else NOTHING

    def view(self) -> FormView:
        """Everything the page shows."""
        items = {at: self.datum(at) for at in self._items}
        suggestions = {at: s for at, i in self._items.items() if i.hints and (s := self.visit.suggestion(i))}
        return FormView(
            items=items,
            remarks=self._remarks,
            relevant=frozenset(at for at in self._items if self.relevant(at)),
            derived=self.visit.form(self.form),
            suggestions=suggestions,
            visit_answers=self.visit.answers,
            was=self._signed_before(),
            state=self.state,
            rows={g: tuple(self.rows(g)) for g in self.form.item_groups if self.definition.item_group[g].repeating},
            previous=self._previous(),
        )

    def _previous(self) -> dict[str, tuple[Datum, str]]:
        """Item → its value at the last visit and that visit's date; nothing where recall biases."""
        if self.form.blind_previous or self.visit_date is None:
            return {}
        found = {}
        for at, item in self._items.items():
            told = self.course.before(self.visit_date, item) if item.previous and at == item.oid else None
            if told is not None:
                found[at] = told
        return found

    def _signed_before(self) -> dict[str, Datum]:
        """What stood at the last signature, for items changed after it."""
        if self.state is not FormState.CHANGED:
            return {}
        if self._signed is None:  # a signature makes the page read everything anew
            rows = self.store.history(self.path)
            last = max((r.order for r in rows if r.kind is Kind.SIGNATURE), default=None)
            kept = (r for r in rows if r.kind is Kind.ITEM and last and r.order < last)
            self._signed = {r.path.item_address: r.datum for r in kept}
        signed = self._signed
        return {oid: signed.get(oid, NOTHING) for oid in self._items if signed.get(oid, NOTHING) != self.datum(oid)}

    # ---- what may be asked before an act

    def closed(self) -> tuple[TranslatedText, ...]:
        """Why nothing may be entered here yet; empty when it may."""
        return self.visit.holding(self.form.closed) or ((no_room(),) if self.without_room else ())

    def gates(self) -> list[tuple[TranslatedText, str]]:
        """Why nothing may be entered here yet, each with the form that opens it: its OID, empty where none does."""
        true = [r for r in self.form.closed if evaluate(r.expression, self.visit.named) is True]
        told = [(self.visit.filled(r.text, r.reads), self._opens(r.expression)) for r in true]
        return told or ([(no_room(), "")] if self.without_room else [])

    def _opens(self, expression: str) -> str:
        d, called = self.definition, [*names(expression), *(call[-1] for call in reaches(expression))]
        told = (n for n in sorted(called, key=expression.find) if n in d.item_by_name or n in d.method_by_name)
        forms = (self.visit.form_of(n) for n in told)
        return next((f for f in forms if f != self.form.oid), "")

    def not_needed(self) -> tuple[TranslatedText, ...]:
        """Why the form is not asked at this visit; empty when it is, or when it holds answers already."""
        return () if any(r.datum.answered for r in self.data.values()) else self.visit.holding(self.form.not_needed)

    def needs_reason(self, item_oid: str) -> bool:
        """Whether a change of this item asks why: always once the form was completed, else for an older answer.

        Older: another laptop's, or from before this session began.
        """
        row = self.data.get(item_oid)
        if self.completed or (self.head is not None and self.head.signed):
            return True
        if row is None or not row.datum.answered:
            return False
        return row.origin != self.store.origin or row.seq <= self._session_start

    def soft_problems(self, item_oid: str, datum: Datum) -> list[Check]:
        """What is unusual about an answer: soft limits it breaks, soft checks it newly breaks."""
        limit = first_broken(self.definition, self._items[item_oid], datum, "Soft")
        new = [c for c in self._newly_broken({item_oid: datum}) if item_oid in c.items]
        return ([limit] if limit else []) + new

    def _newly_broken(self, given: Mapping[str, Datum]) -> list[EditCheck]:
        about = {split(at)[0] for at in given}
        after = [c for c in self._tried(given).broken(self.form, about) if c.soft_hard == "Soft"]
        before = {(c.oid, c.items) for c in self.visit.broken(self.form, about)} if after else set()
        return [c for c in after if (c.oid, c.items) not in before]

    def unanswered(self) -> list[str]:
        """Mandatory items that are asked and have neither value nor reason, in page order; empty rows ask nothing."""
        held = {(r.path.item_group, r.path.group_key) for r in self.data.values() if r.datum.answered}
        asked = (at for at, i in self._items.items() if i.mandatory and not self.datum(at).answered)
        return [at for at in asked if self._in_use(at, held) and self.relevant(at)]

    def _in_use(self, item_at: str, held: set[tuple[str, str]]) -> bool:
        oid, key = split(item_at)
        return not key or (self.definition.group_of_item[oid], key) in held

    def open_problems(self) -> list[EditCheck]:
        """Checks that fail now and were not kept with a reason where they arose."""
        broken = self.problems()
        kept = self._kept() if broken else set()
        return [c for c in broken if c.soft_hard == "Hard" or not any((c.oid, at) in kept for at in c.items)]

    def _kept(self) -> set[tuple[str, str]]:
        """(check, item address) of what was kept with a reason."""
        told = ((r.path.item_address, json.loads(r.payload)) for r in self.store.annotations(self.path) if r.payload)
        from_checks = ((at, payload["checks"]) for at, payload in told if payload.get("source") == QuerySource.CHECK)
        return {(c, at) for at, checks in from_checks for c in checks}

    def problems(self) -> list[EditCheck]:
        """Checks that fail now."""
        return self.visit.broken(self.form)

    def history(self, item_oid: str) -> list[Change]:
        """Every row of one item, oldest first."""
        return self.store.history(self.item_path(item_oid))
