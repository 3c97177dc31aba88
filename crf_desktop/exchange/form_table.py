"""The rows of an item group's table: canonical values, missing reasons, derived values as printed, state, signature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from crf_desktop.capture.course import course_of
from crf_desktop.capture.profile import profile_of
from crf_desktop.model.course import Course
from crf_desktop.model.data import NOTHING, Datum, FormHead
from crf_desktop.model.definition import ItemDef, ItemGroupDef, MetaDataVersion, MethodDef
from crf_desktop.model.derive import Answers, Derived, Occurrence, Visit
from crf_desktop.model.path import ItemPath, address, key_order, split
from crf_desktop.model.schedule import day_and_week
from crf_desktop.model.table_shape import WHEN, Shape
from crf_desktop.store import Store


def rows(
    store: Store, definition: MetaDataVersion, known: Sequence[Shape], subject: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(file, row) for every form of one participant that has been begun, visit by visit in time."""
    course = participant(store, definition, subject)
    shapes_of: dict[str, list[Shape]] = {}
    for shape in known:
        shapes_of.setdefault(shape.form.oid, []).append(shape)
    heads = [h for h in store.form_heads(subject) if h.path.form in shapes_of and not _emptied(definition, h)]
    times = {o.address: n for n, o in enumerate(course.occurrences)}
    places = {f.oid: n for n, f in enumerate(definition.forms)}
    heads.sort(key=lambda h: (times.get(h.path.event_address, len(times)), h.path.event_address, places[h.path.form],
                              key_order(h.path.form_key)))  # fmt: skip
    for head in heads:
        instance = Instance.of(store, course, head)
        for shape in shapes_of[head.path.form]:
            for row in instance.rows(shape):
                yield shape.name, row


def _emptied(definition: MetaDataVersion, head: FormHead) -> bool:
    """An instance of a repeating form of which nothing is left: it was entered by mistake."""
    return definition.form[head.path.form].repeating and not (head.n_value or head.n_null)


def participant(store: Store, definition: MetaDataVersion, subject: str) -> Course:
    """All visits of one participant, as derived values see them."""
    banner = definition.banner
    found = store.form_items(ItemPath(subject=subject, event=banner.event, form=banner.form))
    told = {r.path.item: r.datum for r in found if r.path.item in (banner.sex, banner.birth_date)}
    return course_of(store, definition, subject, told, parameters=profile_of(store, definition).parameters)


@frozen
class Instance:
    """One recorded form."""

    head: FormHead
    when: tuple[str, str, str]
    answers: Answers
    remarks: Mapping[str, str]
    derived: Mapping[str, Derived]

    @classmethod
    def of(cls, store: Store, course: Course, head: FormHead) -> Instance:
        path, definition = head.path, course.definition
        held = next((o for o in course.occurrences if o.address == path.event_address), None)
        at = held or Occurrence(path.event, path.event_key)
        form = definition.form[path.form]
        visit: Visit = course.visit(at, path.form_address if form.repeating else "")
        answers = course.data(at, path.form).get(path.form_key, {})
        missing = any(d.null_flavor for d in answers.values())
        rows = [r for r in store.form_items(path) if r.datum.null_flavor] if missing else []
        remarks = {p.item_address: text for p, text in store.remarks(rows).items()}
        return cls(head, day_and_week(course, at.date), answers, remarks, visit.form(form))

    def rows(self, shape: Shape) -> Iterator[tuple[str, ...]]:
        """The rows of one item group of this form."""
        for key in self._group_keys(shape.group) if shape.group.repeating else [""]:
            found = [(i, self.answers.get(address(i.oid, key), NOTHING)) for i in shape.items]
            cells = [c for item, datum in found for c in _item_cells(item, datum)]
            computed = [c for m in shape.methods for c in _method_cells(m, self.derived.get(address(m.oid, key)))]
            said = (f"{i.name}: {self.remarks[at]}" for i in shape.items if (at := address(i.oid, key)) in self.remarks)
            yield (*self._named(shape, key), *cells, *computed, *self._flags(), "; ".join(said))

    def _group_keys(self, group: ItemGroupDef) -> list[str]:
        held = (split(at) for at, datum in self.answers.items() if datum.answered)
        return sorted({key for oid, key in held if oid in group.items}, key=key_order)

    def _named(self, shape: Shape, group_key: str) -> Iterator[str]:
        path = self.head.path
        told = {"subject": path.subject, "event": path.event, "event_key": path.event_key, "form_key": path.form_key}
        told |= {"group_key": group_key} | dict(zip(WHEN, self.when, strict=True))
        return (told[key] for key in shape.keys)

    def _flags(self) -> tuple[str, ...]:
        head = self.head
        return (
            head.state.value, _flag(head.signed), _flag(head.changed_after_signature), str(head.n_open_query),
        )  # fmt: skip


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _item_cells(item: ItemDef, datum: Datum) -> Iterator[str]:
    yield datum.value or ""
    if len(item.units) > 1:
        yield datum.unit_oid or "" if datum.value is not None else ""
    if item.qualifiers:
        yield datum.qualifier
    yield datum.null_flavor.value if datum.null_flavor else ""


def _method_cells(method: MethodDef, derived: Derived | None) -> Iterator[str]:
    yield derived.text if derived else ""
    if method.lower_bound:
        yield derived.lower_text if derived else ""
