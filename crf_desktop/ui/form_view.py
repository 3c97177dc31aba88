"""What the blocks of a form show, from the form's view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from crf_desktop.errors import Language
from crf_desktop.model.data import Datum
from crf_desktop.model.path import split
from crf_desktop.ui.controls.contract import BlockView, ItemView
from crf_desktop.ui.controls.speech import missing_words, printed

if TYPE_CHECKING:
    from crf_desktop.capture.entry import FormEntry, FormView
    from crf_desktop.capture.profile import Profile


def block_view(
    entry: FormEntry, view: FormView, profile: Profile, language: Language, read_only: bool, may_ask: bool = False
) -> BlockView:
    """The view as the blocks read it; ``may_ask``: the role may raise queries."""
    from crf_desktop.capture.query import open_counts  # loads with the study; not before the window stands

    definition, queries = entry.definition, open_counts(entry)
    items = {}
    for at, datum in view.items.items():
        was, item = view.was.get(at), definition.item_at(at)
        items[at] = ItemView(
            datum=datum,
            remark=view.remarks.get(at, ""),
            relevant=at in view.relevant,
            n_open_query=queries.get(at, 0),
            may_ask=may_ask,
            was=printed(definition, item, was, language) if was is not None else "",
            previous=view.previous.get(at),
            unit=profile.unit(item),
            profile=_limit(entry, profile, at, language),
        )
    return BlockView(
        items=items,
        derived=view.derived,
        suggestions=view.suggestions,
        visit_answers=view.visit_answers,
        sample_dates=sample_dates(entry, view),
        visit_date=entry.visit_date,
        read_only=read_only,
        rows=view.rows,
        elsewhere=frozenset(_implying(entry) - _asked(entry)),
    )


def _implying(entry: FormEntry) -> set[str]:
    """The items whose values stand beside the levels of this form."""
    return {h.item for i in entry.definition.items_of(entry.form.oid) for h in i.hints}


def _asked(entry: FormEntry) -> set[str]:
    """All items of the visit."""
    return {i.oid for form in entry.event.forms for i in entry.definition.items_of(form)}


def _limit(entry: FormEntry, profile: Profile, item_at: str, language: Language) -> str:
    """The limit of normal as the site's laboratory prints it: ``20 mm/h``; empty where the profile has none."""
    item = entry.definition.item_at(item_at)
    value = profile.limits.get(item.oid)
    return printed(entry.definition, item, Datum(value, "", profile.unit(item) or None), language) if value else ""


def sample_dates(entry: FormEntry, view: FormView) -> dict[str, str]:
    """By laboratory item shown beside this form: when its sample was taken, which its own form asks first."""
    definition, found = entry.definition, {}
    for oid in _implying(entry):
        first = definition.items_of(definition.form_of_item[oid])[0]
        taken = view.visit_answers.get(first.oid) if first.data_type in ("date", "datetime") else None
        if taken is not None and taken.value:
            found[oid] = taken.value[:10]
    return found


def label_of(entry: FormEntry, item_at: str, language: Language) -> str:
    """The label of an item, or its question where another item of the form has the same label; ``Rate, row 2``."""
    oid, key = split(item_at)
    label = entry.definition.name_of(oid).in_(language)
    if not key:
        return label
    rows = entry.rows(entry.definition.group_of_item[oid])
    number = rows.index(key) + 1 if key in rows else key
    return QCoreApplication.translate("FormView", "{0}, row {1}").format(label, number)


def row_items(entry: FormEntry, group: str, key: str) -> list[str]:
    """The items of a row that hold an answer."""
    row = (r for r in entry.data.values() if r.path.item_group == group and r.path.group_key == key)
    return [r.path.item_address for r in row if r.datum.answered]


def row_words(entry: FormEntry, held: list[str], language: Language) -> list[str]:
    """What stands in a row, printed."""
    told = ((entry.definition.item_at(at), entry.datum(at)) for at in held)
    views = ((item, ItemView(datum)) for item, datum in told)
    words = (printed(entry.definition, i, v.datum, language) or missing_words(v, language) for i, v in views)
    return [w for w in words if w]
