"""Whether a definition holds together: unique OIDs, no dangling reference, expressions that read what exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator

from attrs import AttrsInstance, fields

from crf_desktop.model import expression, layout
from crf_desktop.model.definition import FormDef, MetaDataVersion

CONTEXT_NAMES = frozenset({"visit_date", "event", "today"})
"""Names every expression may read beside items, methods and parameters: the date of the visit, its OID, and (never in a
derived value) the day it is asked. The banner's two items can be read from every visit."""


class DefinitionError(ValueError):
    """A definition that does not hold together; says which OID and why."""


def require_sound(definition: MetaDataVersion) -> None:
    """Raises :class:`DefinitionError` with every fault found."""
    faults = [*_duplicates(definition), *_dangling(definition), *_expressions(definition), *_layouts(definition)]
    if faults:
        raise DefinitionError("; ".join(faults))


def _duplicates(definition: MetaDataVersion) -> Iterator[str]:
    oids = Counter(d.oid for d in definition.everything())  # type: ignore[attr-defined]
    names = Counter([*(i.name for i in definition.items), *(m.name for m in definition.methods)])
    sas = Counter(i.sas_name for i in definition.items)
    placed = Counter(i for g in definition.item_groups for i in g.items)
    for what, counted in (("OID", oids), ("name", names), ("SAS name", sas), ("item group of", placed)):
        yield from (f"{what} {key} stands {n} times" for key, n in counted.items() if n > 1)


def _dangling(definition: MetaDataVersion) -> Iterator[str]:
    pairs = [*_item_references(definition), *_other_references(definition)]
    yield from (f"{owner} refers to {oid}, which does not exist" for owner, oid, table in pairs if oid not in table)
    yield from (
        f"{i.oid} is a code without a code list" for i in definition.items if i.data_type == "code" and not i.code_list
    )
    tables = Counter(g.table for g in definition.item_groups)
    yield from (f"table {name or 'without a name'} stands {n} times" for name, n in tables.items() if n > 1 or not name)


References = Iterator[tuple[str, str, Container[str]]]


def _item_references(definition: MetaDataVersion) -> References:
    d = definition
    yield from ((i.oid, i.code_list, d.code_list) for i in d.items if i.code_list)
    yield from ((i.oid, u, d.unit) for i in d.items for u in i.units)
    yield from ((i.oid, h.item, d.item) for i in d.items for h in i.hints)
    yield from ((m.oid, u, d.unit) for m in d.methods if (u := m.unit))
    yield from ((m.oid, b, d.method) for m in d.methods if (b := m.band))
    yield from ((m.oid, c, d.code_list) for m in d.methods if (c := m.code_list))
    yield from ((m.oid, i, d.item) for m in d.methods for i in (*m.counts, *m.waits_for))
    yield from ((c.oid, i, d.item) for c in d.edit_checks for i in c.items)


def _other_references(definition: MetaDataVersion) -> References:
    d = definition
    yield from ((g.oid, i, d.item) for g in d.item_groups for i in g.items)
    yield from ((g.oid, m, d.method) for g in d.item_groups for m in g.methods)
    yield from ((f.oid, g, d.item_group) for f in d.forms for g in f.item_groups)
    yield from ((f.oid, m, d.method) for f in d.forms for m in (*f.methods, *f.scores))
    yield from ((f.oid, c, {**d.item, **d.method}) for f in d.forms for c in f.columns)
    yield from ((f.oid, o, d.form) for f in d.forms for o in (*f.after, *f.records))
    yield from ((e.oid, f, d.form) for e in d.events for f in e.forms)
    yield from ((e.oid, f, e.forms) for e in d.events for f in e.optional)
    yield from (("matrix", f, d.form) for r in d.matrix_rows for f in r.forms)
    yield from (("course", m.date, {**d.item_by_name, **d.method_by_name}) for m in d.marks)
    log = d.deviation_log
    if log is not None:
        items = (log.kind, log.visit, log.day, log.description, log.reason)
        yield from (("deviation log", i, d.item) for i in items)
        yield from (("deviation log", *pair) for pair in ((log.event, d.event), (log.form, d.form)))


def _texts(definition: MetaDataVersion) -> Iterator[tuple[str, str]]:
    """Every expression with its owner."""
    d = definition
    yield from ((m.oid, text) for m in d.methods for text in (m.expression, m.lower_bound) if text)
    yield from ((c.oid, text) for c in d.edit_checks for text in (c.expression, *c.reads))
    yield from ((i.oid, i.relevant) for i in d.items if i.relevant)
    yield from ((i.oid, h.expression) for i in d.items for h in i.hints)
    yield from ((e.oid, text) for e in d.events for text in (e.target, e.not_before) if text)
    owned = [
        *((m.oid, m.reasons) for m in d.methods),
        *((f.oid, (*f.closed, *f.not_needed)) for f in d.forms),
        *((e.oid, (*e.not_needed, *e.closed, *e.confirmed)) for e in d.events),
    ]
    yield from ((oid, text) for oid, reasons in owned for r in reasons for text in (r.expression, *r.reads))


def _expressions(definition: MetaDataVersion) -> Iterator[str]:
    own = {i.name for i in definition.items} | {m.name for m in definition.methods}
    known = CONTEXT_NAMES | own | {p.name for p in definition.parameters}
    for oid, text in _texts(definition):
        try:
            unknown = expression.names(text) - known
            far = expression.reaches(text)
        except expression.ExpressionError as error:
            yield f"{oid}: {error}"
            continue
        yield from (f"{oid} reads {name}, which does not exist" for name in sorted(unknown))
        yield from _far_faults(definition, oid, far, own)
        if "today" in expression.names(text) and oid in definition.method:
            yield f"{oid} reads today: a derived value would change by itself"


def _far_faults(
    definition: MetaDataVersion, oid: str, far: frozenset[tuple[str, ...]], names: Container[str]
) -> Iterator[str]:
    for function, *arguments in sorted(far):
        event = arguments[0] if function in ("at", "event_date", "n_events") else None
        name = arguments[-1] if function not in ("event_date", "n_events") else None
        if event is not None and event not in definition.event:
            yield f"{oid} reads visit {event}, which does not exist"
        if name is not None and name not in names:
            yield f"{oid} reads {name}, which does not exist"
        elif function == "as_of" and arguments[0] not in names:
            yield f"{oid} reads {arguments[0]}, which does not exist"
        elif function.endswith("_rows") and name not in definition.repeating_group:
            yield f"{oid} counts the rows of {name}, which stands in none"


def items_in(block: AttrsInstance, definition: MetaDataVersion) -> Iterator[str]:
    """The item OIDs a layout block shows."""
    for attribute in fields(type(block)):
        value = getattr(block, attribute.name)
        if attribute.name in ("items", "options", "conditions"):
            yield from value
        elif attribute.name in ("item", "reading", "started", "before", "after", "duration"):
            yield value
        elif attribute.name in ("rows", "readings", "collections", "joints"):
            for inner in value:
                yield from items_in(inner, definition)
        elif attribute.name == "group":
            yield from definition.item_group[value].items


def _layouts(definition: MetaDataVersion) -> Iterator[str]:
    for form in definition.forms:
        shown = Counter(i for block in form.layout.blocks for i in items_in(block, definition))
        yield from _layout_faults(definition, form, shown)


def _layout_faults(definition: MetaDataVersion, form: FormDef, shown: Counter[str]) -> Iterator[str]:
    asked = {i for g in form.item_groups if g in definition.item_group for i in definition.item_group[g].items}
    yield from (f"{form.oid} asks {i} but its layout does not show it" for i in sorted(asked - set(shown)))
    yield from (f"{form.oid} shows {i} but does not ask it" for i in sorted(set(shown) - asked))
    yield from (f"{form.oid} shows {i} {n} times" for i, n in shown.items() if n > 1)
    yield from (f"{form.oid} has a block nobody knows" for b in form.layout.blocks if type(b) not in layout.BLOCKS)
