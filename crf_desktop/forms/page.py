"""What one page of the case report form adds to the study."""

from __future__ import annotations

from attrs import frozen

from crf_desktop.model.definition import CodeList, EditCheck, FormDef, ItemDef, ItemGroupDef, MethodDef


@frozen
class Page:
    """A form with everything that belongs to it alone; what pages share is in :mod:`crf_desktop.forms.vocabulary`."""

    form: FormDef
    item_groups: tuple[ItemGroupDef, ...]
    items: tuple[ItemDef, ...]
    methods: tuple[MethodDef, ...] = ()
    edit_checks: tuple[EditCheck, ...] = ()
    code_lists: tuple[CodeList, ...] = ()


def page(
    form: FormDef,
    items: tuple[ItemDef, ...],
    methods: tuple[MethodDef, ...] = (),
    edit_checks: tuple[EditCheck, ...] = (),
    code_lists: tuple[CodeList, ...] = (),
    *,
    table: str,
    rows: tuple[ItemGroupDef, ...] = (),
    row_items: tuple[ItemDef, ...] = (),
) -> Page:
    """A page whose ``items`` form one group, its first; ``table`` is its plain-words name in exports.

    ``rows`` are its repeating groups (``form.item_groups`` names them after the first), ``row_items`` their items.
    """
    group = ItemGroupDef(form.item_groups[0], form.title, tuple(i.oid for i in items), table=table)
    return Page(form, (group, *rows), (*items, *row_items), methods, edit_checks, code_lists)
