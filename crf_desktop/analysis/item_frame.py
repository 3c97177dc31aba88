"""One frame per item group: a row per form, or per row of the group where it repeats, of everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd
from attrs import Factory, define

from crf_desktop.analysis.column import Array, category, days, integers, item_arrays, method_arrays, text, truths
from crf_desktop.analysis.trial import Participant
from crf_desktop.model.data import NOTHING, Datum, FormHead, FormState
from crf_desktop.model.definition import ItemGroupDef, MetaDataVersion
from crf_desktop.model.derive import Answers, Occurrence, Visit
from crf_desktop.model.path import address, key_order, split
from crf_desktop.model.schedule import day_and_week
from crf_desktop.model.table_shape import WHEN, Shape, shapes

STATES: Final = pd.CategoricalDtype([s.value for s in FormState], ordered=True)
STATUS: Final = ("form_state", "signed", "changed_after_signature", "open_queries")
REPEATS: Final = ("event_key", "form_key", "group_key")


@define
class Rows:
    """The rows of one frame while they are gathered."""

    shape: Shape
    keys: list[tuple[str, str, str, str, str]] = Factory(list)
    """Participant, visit, and the repeats of visit, form and row."""
    when: list[tuple[str, str, str]] = Factory(list)
    data: list[list[Datum]] = Factory(list)
    seen: list[Visit] = Factory(list)
    """Whom to ask for the derived values of each row."""
    heads: list[FormHead] = Factory(list)


class ItemFrames(Mapping[str, Any]):
    """Table name → frame with its derived values, which are worked out when it is first asked for."""

    def __init__(self, definition: MetaDataVersion, everybody: Sequence[Participant]) -> None:
        self._definition = definition
        self._events = pd.CategoricalDtype([e.oid for e in definition.events], ordered=True)
        self._rows = {shape.name: Rows(shape) for shape in shapes(definition)}
        by_form: dict[str, list[Rows]] = {}
        for rows in self._rows.values():
            by_form.setdefault(rows.shape.form.oid, []).append(rows)
        for who in everybody:
            for instance in _instances(definition, who, by_form):
                for rows in by_form[instance.head.path.form]:
                    instance.add_to(rows)
        self._whole: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._whole:
            rows = self._rows[name]
            self._whole[name] = self._framed(rows, self._derived(rows))
        return self._whole[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def shape(self, name: str) -> Shape:
        """Which item group of which form a table holds."""
        return self._rows[name].shape

    @cached_property
    def entered(self) -> dict[str, Any]:
        """Table name → frame of what was entered alone, in the order of the definition; also one without rows."""
        return {name: self._framed(rows, {}) for name, rows in self._rows.items()}

    def _framed(self, rows: Rows, derived: Mapping[str, Array]) -> Any:
        columns = {**self._entered(rows), **derived, **_status(rows.heads)}  # made anew: two frames share nothing
        return pd.DataFrame(columns, index=_index(rows.shape, rows.keys, self._events), copy=False)

    def _entered(self, rows: Rows) -> dict[str, Array]:
        definition, shape, columns = self._definition, rows.shape, dict[str, Array]()
        if set(WHEN) <= set(shape.keys):
            dates, day, week = _turned(rows.when, 3)
            columns["visit_date"] = days(d or None for d in dates)
            columns |= {"study_day": integers(d or None for d in day), "study_week": integers(w or None for w in week)}
        for item, data in zip(shape.items, _turned(rows.data, len(shape.items)), strict=True):
            columns.update(item_arrays(definition, item, data))
        return columns

    def _derived(self, rows: Rows) -> dict[str, Array]:
        columns = dict[str, Array]()
        for method in rows.shape.methods:
            values = [seen.method(method) for seen in rows.seen]
            least = [seen.least(method) if v is None else None for seen, v in zip(rows.seen, values, strict=True)]
            codes = self._definition.code_list[method.code_list] if method.code_list else None
            columns.update(method_arrays(method, values, least, codes))
        return columns


class Instance:
    """One recorded form of one participant."""

    def __init__(self, who: Participant, head: FormHead, held: Occurrence, when: tuple[str, str, str]) -> None:
        self.head, self.when = head, when
        path = head.path
        self.answers: Answers = who.record.answers.get((held.address, path.form), {}).get(path.form_key, {})
        repeating = who.definition.form[path.form].repeating
        self.visit: Visit = who.course.visit(held, path.form_address if repeating else "")

    def add_to(self, rows: Rows) -> None:
        """Its rows in one frame."""
        shape, path, answers = rows.shape, self.head.path, self.answers
        for key in self._row_keys(shape.group) if shape.group.repeating else ("",):
            rows.keys.append((path.subject, path.event, path.event_key, path.form_key, key))
            rows.when.append(self.when)
            rows.heads.append(self.head)
            rows.data.append([answers.get(address(i.oid, key), NOTHING) for i in shape.items])
            rows.seen.append(self.visit.row(shape.group.oid, key) if key and shape.methods else self.visit)

    def _row_keys(self, group: ItemGroupDef) -> list[str]:
        items = set(group.items)
        held = (split(at) for at, datum in self.answers.items() if datum.answered)
        return sorted({key for oid, key in held if oid in items}, key=key_order)


def _instances(definition: MetaDataVersion, who: Participant, known: dict[str, list[Rows]]) -> Iterator[Instance]:
    """Every form that was begun, visit by visit in time, forms in the order of the definition."""
    held = {o.address: o for o in who.course.occurrences}
    times = {at: n for n, at in enumerate(held)}
    places = {f.oid: n for n, f in enumerate(definition.forms)}
    when: dict[str, tuple[str, str, str]] = {}
    begun = (h for h in who.record.heads if h.path.form in known and not _emptied(definition, h))
    found = [(h, h.path.event_address) for h in begun]
    found.sort(key=lambda p: (times.get(p[1], len(times)), p[1], places[p[0].path.form], key_order(p[0].path.form_key)))
    for head, at in found:
        occurrence = held.get(at) or Occurrence(head.path.event, head.path.event_key)
        if at not in when:
            when[at] = day_and_week(who.course, occurrence.date)
        yield Instance(who, head, occurrence, when[at])


def _emptied(definition: MetaDataVersion, head: FormHead) -> bool:
    """An instance of a repeating form of which nothing is left: it was entered by mistake."""
    return definition.form[head.path.form].repeating and not (head.n_value or head.n_null)


def _turned(rows: Sequence[Sequence[Any]], width: int) -> list[Any]:
    """The same turned on its side; as many columns where there is no row."""
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _status(heads: Sequence[FormHead]) -> dict[str, Array]:
    return {
        "form_state": category(STATES, (h.state.value for h in heads)),
        "signed": truths(h.signed for h in heads),
        "changed_after_signature": truths(h.changed_after_signature for h in heads),
        "open_queries": integers(h.n_open_query for h in heads),
    }


def _index(shape: Shape, keys: Sequence[tuple[str, ...]], events: Any) -> Any:
    """Participant, visit, then the repeats as far as there are any; made of its levels, which pandas need not find."""
    subject, event, *repeats = _turned(keys, 5)
    visits = category(events, event)
    known = pd.CategoricalIndex(visits.categories, dtype=visits.dtype)
    told = {"subject": _level(subject), "event": (known, visits.codes)}
    told |= {name: _level(k) for name, k in zip(REPEATS, repeats, strict=True) if name in shape.keys}
    levels, codes = zip(*told.values(), strict=True)
    return pd.MultiIndex(levels, codes, names=list(told), verify_integrity=False)


def _level(keys: Sequence[str]) -> tuple[Any, Array]:
    known = sorted(set(keys))
    at = {key: n for n, key in enumerate(known)}
    return pd.Index(text(known)), np.fromiter((at[key] for key in keys), np.int32, len(keys))
