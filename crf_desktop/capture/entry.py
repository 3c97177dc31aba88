"""One form of one visit of one participant, while somebody fills it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from crf_desktop.capture.form_reading import FormReading, FormView
from crf_desktop.capture.problem import Check, Closed, HardProblem, SoftProblem
from crf_desktop.capture.right import require, require_writable
from crf_desktop.errors import Refused
from crf_desktop.model.access import Action
from crf_desktop.model.data import NOTHING, Change, Datum, Entry, FormState, HeadRow, Kind, NullFlavor
from crf_desktop.model.definition import EditCheck
from crf_desktop.model.layout import TimedCollections, TimedReadings
from crf_desktop.model.path import split
from crf_desktop.model.query import QuerySource, QueryState, queries_in, said
from crf_desktop.model.value import first_broken, parse

__all__ = ("Closed", "Commit", "FormEntry", "FormView", "Given", "HardProblem", "SoftProblem")


@frozen(slots=True)
class Commit:
    """What one act changed; the page repaints just that."""

    changed: frozenset[str]
    derived_changed: frozenset[str]
    state: FormState
    recorded_at: str


@frozen(slots=True)
class Given:
    """One answer among many: as typed, or the reason why there is none; neither clears."""

    typed: str = ""
    unit: str = ""
    flavor: str = ""
    remark: str = ""
    override: str | None = None
    """Why the value is kept although it is unusual."""


class FormEntry(FormReading):
    """What may be done with the answers of a form. Each act is one transaction of the log."""

    def set(
        self, item_oid: str, typed: str, unit_oid: str = "", *, reason: str | None = None, override: str | None = None
    ) -> Commit:
        """Stores an answer as typed. Empty text clears.

        Raises Refused ``value.*`` (nothing stored), :class:`HardProblem`, :class:`SoftProblem` unless ``override``
        gives the reason to keep the value, and ``entry.reason_needed`` when a change needs ``reason``.
        """
        item = self._items[item_oid]
        datum = parse(self.definition, item, typed, unit_oid or None, self.clock.now().tzinfo, self.visit_date)
        if not datum.answered:
            return self.clear(item_oid, reason=reason)
        self._refuse_hard({item_oid: datum})
        soft = self.soft_problems(item_oid, datum) if datum != self.datum(item_oid) else []
        if soft and not override:
            raise SoftProblem(item_oid, soft)
        extra = [self._override(item_oid, soft, override)] if soft and override else []
        return self._write({item_oid: datum}, reason, extra=extra)

    def set_missing(self, item_oid: str, flavor: str, remark: str = "", *, reason: str | None = None) -> Commit:
        """Stores why there is no value; ``remark`` says more in words."""
        return self._write({item_oid: Datum(null_flavor=NullFlavor(flavor))}, reason, {item_oid: remark.strip()})

    def clear(self, item_oid: str, *, reason: str | None = None) -> Commit:
        """Removes the answer; what stood there stays in the log. A completed form is open again."""
        extra = [self._status("open", reason)] if self.completed and self._items[item_oid].mandatory else []
        return self._write({item_oid: NOTHING}, reason, extra=extra)

    def fill(self, answers: Mapping[str, Given], *, reason: str | None = None) -> Commit:
        """Stores many answers in one transaction, rows of groups included; refused as one answer would be.

        Rules across items are asked once, of all of them together.
        """
        self._make_rows(answers)
        given = {at: self._datum_of(at, answer) for at, answer in answers.items()}
        self._refuse_hard(given)
        extra = []
        for at, soft in self._soft_among(given).items():
            if not (why := answers[at].override):
                raise SoftProblem(at, soft)
            extra.append(self._override(at, soft, why))
        if self.completed and any(not d.answered and self._items[at].mandatory for at, d in given.items()):
            extra.append(self._status("open", reason))
        return self._write(given, reason, {at: a.remark.strip() for at, a in answers.items() if a.flavor}, extra)

    def remove_row(self, group_oid: str, key: str, *, reason: str | None = None) -> Commit:
        """Takes a row out of a repeating group: all its answers in one transaction; its number is not used again."""
        held = {at: NOTHING for at, row in self.data.items() if self._in_row(row, group_oid, key)}
        needed = self.completed and any(self._items[at].mandatory for at in held)
        commit = self._write(held, reason, extra=[self._status("open", reason)] if needed else [])
        if key in (added := self._new_rows.get(group_oid, [])):
            added.remove(key)
            self._note_items()
        return commit

    def void(self, reason: str) -> Commit:
        """Takes back an instance of a repeating form entered by mistake: every answer, in one transaction.

        It leaves the lists and stays in the log; its number is not used again.
        """
        if not self.form.repeating:
            raise Refused("form.not_repeating", form=self.form.oid)
        if not reason.strip():
            raise Refused("entry.reason_needed", item=self.form.oid)
        held = {at: NOTHING for at, row in self.data.items() if row.datum.answered}
        return self._write(held, reason, extra=[self._status("open", reason)] if self.completed else [])

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
        return {p.item_address: t for p, t in self.store.drafts().items() if p.form_path == self.path}

    def drop_draft(self, item_oid: str) -> None:
        """Forgets the half-typed text."""
        self.store.drop_draft(self.item_path(item_oid))

    # ---- how an act is written

    def _require_right(self) -> None:
        require_writable(self.store)
        require(self.store.session, Action.ENTER)
        if self.visit_date is None and self.event.type != "Common":
            raise Refused("event.not_started", event=self.path.event)
        if why := self.closed():
            raise Closed(self.form.oid, why)

    def _refuse_hard(self, given: Mapping[str, Datum]) -> None:
        for check in self._tried(given).broken(self.form, {split(at)[0] for at in given}):
            if check.soft_hard == "Hard" and (touched := [at for at in check.items if at in given]):
                raise HardProblem(touched[0], check)

    def _datum_of(self, item_at: str, answer: Given) -> Datum:
        if answer.flavor:
            return Datum(null_flavor=NullFlavor(answer.flavor))
        item = self._items[item_at]
        return parse(self.definition, item, answer.typed, answer.unit or None, self.clock.now().tzinfo, self.visit_date)

    def _soft_among(self, given: Mapping[str, Datum]) -> dict[str, list[Check]]:
        """Item → what is unusual: each limit where it is broken, each check at the first of its items given."""
        found: dict[str, list[Check]] = {}
        for at, datum in given.items():
            limit = first_broken(self.definition, self._items[at], datum, "Soft")
            if limit is not None and datum != self.datum(at):
                found.setdefault(at, []).append(limit)
        for check in self._newly_broken(given):
            touched = [at for at in check.items if at in given]
            if touched:
                found.setdefault(next((at for at in touched if given[at].answered), touched[0]), []).append(check)
        return found

    def _make_rows(self, addresses: Iterable[str]) -> None:
        for oid, key in map(split, addresses):
            group = self.definition.group_of_item[oid]
            if key and key not in self.rows(group):
                self._new_rows.setdefault(group, []).append(key)
        self._note_items()

    @staticmethod
    def _in_row(row: HeadRow, group_oid: str, key: str) -> bool:
        return row.datum.answered and row.path.item_group == group_oid and row.path.group_key == key

    def _write(
        self,
        given: Mapping[str, Datum],
        reason: str | None,
        remarks: Mapping[str, str] | None = None,
        extra: Iterable[Entry] = (),
    ) -> Commit:
        """Appends the answers that differ from what is stored; nothing at all when none does."""
        self._require_right()
        remarks = remarks or {}
        new = {
            at: datum
            for at, datum in given.items()
            if datum != self.datum(at) or remarks.get(at, "") != self._remarks.get(at, "")
        }
        if not new:
            return Commit(frozenset(), frozenset(), self.state, "")
        why = (reason or "").strip() or None
        for at in new:
            if why is None and self.needs_reason(at):
                raise Refused("entry.reason_needed", item=at)
        entries = [self._entry(at, datum, why, remarks.get(at, ""), given) for at, datum in new.items()]
        written = self.store.append([*entries, *extra])
        for at in new:
            self._remarks.pop(at, None)
        self._remarks |= {at: remarks[at] for at in new if remarks.get(at)}
        return self._done(written, frozenset(new))

    def _entry(self, item_at: str, datum: Datum, why: str | None, remark: str, given: Mapping[str, Datum]) -> Entry:
        before = self.data.get(item_at)
        held = before is not None and before.datum.answered
        return Entry(
            Kind.ITEM,
            self.item_path(item_at),
            ("Update" if held else "Insert") if datum.answered else "Remove",
            datum,
            payload={"remark": remark} if remark else None,
            capture=self.capture,
            observed_at=self._observed_at(item_at, given),
            reason_for_change=why,
            metadata_digest=self.store.metadata_digest,
            based_on=(before.origin, before.seq) if before else None,
        )

    def _done(self, written: Sequence[Change], changed: frozenset[str]) -> Commit:
        before = self.visit.form(self.form)
        for row in written:
            if row.kind is Kind.ITEM:
                head = HeadRow(row.path, row.datum, row.lamport, row.origin, row.seq)
                self.data[row.path.item_address] = self._visit_rows[row.path.item_address] = head
        self._after_write()
        after = self.visit.form(self.form)
        differ = frozenset(m for m in {**before, **after} if before.get(m) != after.get(m))
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
        """A query whose answer is the reason; one that waits for the same checks of this item goes on."""
        path, named = self.item_path(item_oid), [_name(c, item_oid) for c in checks]
        told = queries_in(row for row in self.store.queries(self.path) if row.path == path)
        waiting = [q for q in told if q.source is QuerySource.CHECK and not q.state.done and q.checks == set(named)]
        last = waiting[-1].told[-1].change if waiting else None
        begun = {"type": "query", "state": QueryState.ANSWERED.value, "source": QuerySource.CHECK.value}
        found = {"en": " ".join(c.message.en for c in checks), "zh": "".join(c.message.zh for c in checks)}
        payload = begun | {"checks": named, "found": found, "text": said(why)}
        return Entry(
            Kind.ANNOTATION, path, "Update" if last else "Insert",
            payload=payload | ({"query": waiting[-1].name} if waiting else {}),
            metadata_digest=self.store.metadata_digest,
            based_on=(last.origin, last.seq) if last else None,
        )  # fmt: skip

    def _observed_at(self, item_oid: str, given: Mapping[str, Datum]) -> str | None:
        """A timed reading was made when its timer was started."""
        for block in self.form.layout.blocks:
            if isinstance(block, TimedReadings):
                pairs = {r.reading: r.started for r in block.readings}
            elif isinstance(block, TimedCollections):
                pairs = {i: c.started for c in block.collections for i in (c.before, c.after, c.duration)}
            else:
                continue
            if item_oid in pairs:
                started = pairs[item_oid]
                return given.get(started, self.datum(started)).value
        return None


def _name(check: Check, item_oid: str) -> str:
    return check.oid if isinstance(check, EditCheck) else f"{item_oid}:{check.comparator}:{check.value}"
