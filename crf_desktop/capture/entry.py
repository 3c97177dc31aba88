"""One form of one visit of one participant, while somebody fills it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from attrs import frozen

from crf_desktop.capture.right import require, require_writable
from crf_desktop.errors import Refused
from crf_desktop.model.access import Action
from crf_desktop.model.data import NOTHING, Change, Datum, Entry, FormState, HeadRow, Kind, NullFlavor
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MetaDataVersion, RangeCheck
from crf_desktop.model.derive import Derived, Suggestion, Visit
from crf_desktop.model.layout import TimedCollections, TimedReadings
from crf_desktop.model.path import ItemPath
from crf_desktop.model.value import first_broken, parse
from crf_desktop.settings import Clock
from crf_desktop.store import Store

Check = RangeCheck | EditCheck


@frozen(slots=True)
class Commit:
    """What one act changed; the page repaints just that."""

    changed: frozenset[str]
    derived_changed: frozenset[str]
    state: FormState
    recorded_at: str


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


class SoftProblem(Refused):
    """Unusual but possible: kept when a reason is given, corrected otherwise."""

    def __init__(self, item_oid: str, checks: Sequence[Check]) -> None:
        super().__init__("entry.soft", item=item_oid)
        self.checks = tuple(checks)

    def sentences(self, language: str = "en") -> tuple[str, str, str]:
        """The checks' own words."""
        text = " ".join(c.message.zh if language == "zh" else c.message.en for c in self.checks)
        return (text, "", "")


class HardProblem(Refused):
    """A rule across items refused the value."""

    def __init__(self, item_oid: str, check: EditCheck) -> None:
        super().__init__("entry.hard", item=item_oid, check=check.oid)
        self.check = check

    def sentences(self, language: str = "en") -> tuple[str, str, str]:
        """The check's own words."""
        kept = "未保存。" if language == "zh" else "Not saved."
        return (self.check.message.zh if language == "zh" else self.check.message.en, kept, "")


class FormEntry:
    """The answers of one form and what may be done with them. Each act is one transaction of the log."""

    def __init__(
        self,
        store: Store,
        definition: MetaDataVersion,
        path: ItemPath,
        banner: Mapping[str, Datum],
        session_start: int,
        clock: Clock,
    ) -> None:
        self.store = store
        self.clock = clock
        self.definition = definition
        self.path = path
        self.form: FormDef = definition.form[path.form]
        self.capture: Literal["direct", "transcribed"] = "direct"
        self._banner = dict(banner)
        self._session_start = session_start
        self.reload()

    def reload(self) -> None:
        """Reads the answers again (after a merge, or when shown anew)."""
        self._visit_rows = {row.path.item: row for row in self.store.visit_items(self.path.event_path)}
        event = self.store.at(self.path.event_path)
        self.visit_date = event.datum.value if event else None
        self._items = {i.oid: i for i in self.definition.items_of(self.form.oid)}
        self.data: dict[str, HeadRow] = {oid: self._visit_rows[oid] for oid in self._items if oid in self._visit_rows}
        by_path = self.store.remarks([row for row in self.data.values() if row.datum.null_flavor])
        self._remarks = {path.item: text for path, text in by_path.items()}
        self._after_write()

    def _after_write(self) -> None:
        self.head = self.store.form_head(self.path)
        self.visit = self._visit_with({})

    def _visit_with(self, changed: Mapping[str, Datum]) -> Visit:
        answers = {oid: row.datum for oid, row in self._visit_rows.items()} | dict(changed)
        return Visit(self.definition, answers, self.visit_date, self._banner)

    @property
    def state(self) -> FormState:
        """The state the matrix shows."""
        return self.head.state if self.head else FormState.DUE

    @property
    def completed(self) -> bool:
        """True from the first completion until it is reopened."""
        return bool(self.head and self.head.completed)

    def item_path(self, item_oid: str) -> ItemPath:
        """Where the item's answer stands."""
        return self.path.at(self.definition.group_of_item[item_oid], item_oid)

    def datum(self, item_oid: str) -> Datum:
        """The present answer; ``Datum()`` when there is none."""
        row = self.data.get(item_oid)
        return row.datum if row else NOTHING

    def view(self) -> FormView:
        """Everything the page shows."""
        items = {oid: self.datum(oid) for oid in self._items}
        suggestions = {oid: s for oid, i in self._items.items() if i.hints and (s := self.visit.suggestion(i))}
        return FormView(
            items=items,
            remarks=self._remarks,
            relevant=frozenset(o for o, i in self._items.items() if self.visit.relevant(i)),
            derived=self.visit.form(self.form),
            suggestions=suggestions,
            visit_answers=self.visit.answers,
            was=self._signed_before(),
            state=self.state,
        )

    def _signed_before(self) -> dict[str, Datum]:
        """What stood at the last signature, for items changed after it."""
        if self.state is not FormState.CHANGED:
            return {}
        rows = self.store.history(self.path)
        last = max((r.order for r in rows if r.kind is Kind.SIGNATURE), default=None)
        signed = {r.path.item: r.datum for r in rows if r.kind is Kind.ITEM and last and r.order < last}
        return {oid: signed.get(oid, NOTHING) for oid in self._items if signed.get(oid, NOTHING) != self.datum(oid)}

    # ---- what may be asked before an act

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
        item = self._items[item_oid]
        limit = first_broken(self.definition, item, datum, "Soft")
        before = {c.oid for c in self.visit.broken(self.form)}
        after = self._visit_with({item_oid: datum}).broken(self.form)
        new = [c for c in after if c.soft_hard == "Soft" and c.oid not in before and item_oid in c.items]
        return ([limit] if limit else []) + new

    def unanswered(self) -> list[str]:
        """Mandatory items that are asked and have neither a value nor a reason, in page order."""
        asked = (i for i in self._items.values() if i.mandatory and self.visit.relevant(i))
        return [i.oid for i in asked if not self.datum(i.oid).answered]

    def problems(self) -> list[EditCheck]:
        """Checks that fail now."""
        return self.visit.broken(self.form)

    # ---- acts

    def set(
        self, item_oid: str, typed: str, unit_oid: str = "", *, reason: str | None = None, override: str | None = None
    ) -> Commit:
        """Stores an answer as typed. Empty text clears.

        Raises Refused ``value.*`` (nothing stored), :class:`HardProblem`, :class:`SoftProblem` unless ``override``
        gives the reason to keep the value, and ``entry.reason_needed`` when a change needs ``reason``.
        """
        item = self._items[item_oid]
        datum = parse(self.definition, item, typed, unit_oid or None, self.clock.now().tzinfo)
        if not datum.answered:
            return self.clear(item_oid, reason=reason)
        self._refuse_hard(item, datum)
        soft = self.soft_problems(item_oid, datum) if datum != self.datum(item_oid) else []
        if soft and not override:
            raise SoftProblem(item_oid, soft)
        extra = [self._override(item_oid, soft, override)] if soft and override else []
        return self._write(item_oid, datum, reason, extra=extra)

    def set_missing(self, item_oid: str, flavor: str, remark: str = "", *, reason: str | None = None) -> Commit:
        """Stores why there is no value; ``remark`` says more in words."""
        return self._write(item_oid, Datum(null_flavor=NullFlavor(flavor)), reason, remark=remark.strip())

    def clear(self, item_oid: str, *, reason: str | None = None) -> Commit:
        """Removes the answer; what stood there stays in the log. A completed form is open again."""
        extra = [self._status("open", reason)] if self.completed and self._items[item_oid].mandatory else []
        return self._write(item_oid, NOTHING, reason, extra=extra)

    def complete(self) -> Commit:
        """Declares the form complete; Refused ``form.unanswered`` while a mandatory item is open."""
        self._require_right()
        if missing := self.unanswered():
            raise Refused("form.unanswered", n=len(missing))
        if hard := [c for c in self.problems() if c.soft_hard == "Hard"]:
            raise HardProblem(hard[0].items[0], hard[0])
        written = self.store.append([self._status("complete", None)])
        return self._done(written, frozenset())

    def reopen(self, reason: str) -> Commit:
        """Takes completeness back, with the reason."""
        self._require_right()
        return self._done(self.store.append([self._status("open", reason)]), frozenset())

    def history(self, item_oid: str) -> list[Change]:
        """Every row of one item, oldest first."""
        return self.store.history(self.item_path(item_oid))

    # ---- drafts: a half-typed field, encrypted, outside the log

    def save_draft(self, item_oid: str, text: str) -> None:
        """Keeps what is typed so far; an empty text drops it."""
        if self.store.read_only:
            return
        if text:
            self.store.save_draft(self.item_path(item_oid), text)
        else:
            self.store.drop_draft(self.item_path(item_oid))

    def drafts(self) -> dict[str, str]:
        """Half-typed text of this form by item."""
        return {p.item: t for p, t in self.store.drafts().items() if p.form_path == self.path}

    def drop_draft(self, item_oid: str) -> None:
        """Forgets the half-typed text."""
        self.store.drop_draft(self.item_path(item_oid))

    # ---- how an act is written

    def _require_right(self) -> None:
        require_writable(self.store)
        require(self.store.session, Action.ENTER)
        if self.visit_date is None:
            raise Refused("event.not_started", event=self.path.event)

    def _refuse_hard(self, item: ItemDef, datum: Datum) -> None:
        for check in self._visit_with({item.oid: datum}).broken(self.form):
            if check.soft_hard == "Hard" and item.oid in check.items:
                raise HardProblem(item.oid, check)

    def _write(
        self, item_oid: str, datum: Datum, reason: str | None, *, remark: str = "", extra: Iterable[Entry] = ()
    ) -> Commit:
        self._require_right()
        before = self.data.get(item_oid)
        if datum == self.datum(item_oid) and remark == self._remarks.get(item_oid, ""):
            return Commit(frozenset(), frozenset(), self.state, "")
        if self.needs_reason(item_oid) and not (reason or "").strip():
            raise Refused("entry.reason_needed", item=item_oid)
        held = before is not None and before.datum.answered
        entry = Entry(
            Kind.ITEM,
            self.item_path(item_oid),
            ("Update" if held else "Insert") if datum.answered else "Remove",
            datum,
            payload={"remark": remark} if remark else None,
            capture=self.capture,
            observed_at=self._observed_at(item_oid),
            reason_for_change=(reason or "").strip() or None,
            metadata_digest=self.store.metadata_digest,
            based_on=(before.origin, before.seq) if before else None,
        )
        written = self.store.append([entry, *extra])
        if remark:
            self._remarks[item_oid] = remark
        else:
            self._remarks.pop(item_oid, None)
        return self._done(written, frozenset({item_oid}))

    def _done(self, written: Sequence[Change], changed: frozenset[str]) -> Commit:
        before = self.visit.form(self.form)
        for row in written:
            if row.kind is Kind.ITEM:
                head = HeadRow(row.path, row.datum, row.lamport, row.origin, row.seq)
                self.data[row.path.item] = self._visit_rows[row.path.item] = head
        self._after_write()
        after = self.visit.form(self.form)
        differ = frozenset(m for m, value in after.items() if before[m] != value)
        return Commit(changed, differ, self.state, written[-1].recorded_at)

    def _status(self, value: str, reason: str | None) -> Entry:
        held = self.store.at(self.path)
        return Entry(
            Kind.FORM,
            self.path,
            "Update" if held else "Insert",
            Datum(value),
            reason_for_change=reason,
            metadata_digest=self.store.metadata_digest,
            based_on=(held.origin, held.seq) if held else None,
        )

    def _override(self, item_oid: str, checks: Sequence[Check], why: str) -> Entry:
        named = [c.oid if isinstance(c, EditCheck) else f"{item_oid}:{c.comparator}:{c.value}" for c in checks]
        payload = {"type": "override", "checks": named, "reason": why}
        return Entry(
            Kind.ANNOTATION,
            self.item_path(item_oid),
            "Insert",
            payload=payload,
            metadata_digest=self.store.metadata_digest,
        )

    def _observed_at(self, item_oid: str) -> str | None:
        """A timed reading was made when its timer was started."""
        for block in self.form.layout.blocks:
            if isinstance(block, TimedReadings):
                pairs = {r.reading: r.started for r in block.readings}
            elif isinstance(block, TimedCollections):
                pairs = {i: c.started for c in block.collections for i in (c.before, c.after, c.duration)}
            else:
                continue
            if item_oid in pairs:
                return self.datum(pairs[item_oid]).value
        return None
