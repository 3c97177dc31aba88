"""The Study element of ODM 1.3.2: what one or more visits ask, with units, answers, limits, conditions and methods.

It holds the part of the definition that those visits use, under the definition's own OID; its digest names the whole.
OIDs that begin with ``CRF.`` are not the definition's: what ODM has no other place for (``docs/document_format.md``).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Literal

from crf_desktop.exchange.odm_xml import Node, add, node, translated, written, yes
from crf_desktop.model.definition import (
    CodeList,
    FormDef,
    ItemDef,
    ItemGroupDef,
    MetaDataVersion,
    MethodDef,
    RangeCheck,
    StudyEventDef,
)
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording import document as words
from crf_desktop.wording.column import NULLS

CONTEXT: Final = "CRF Desktop expression 1"
"""What reads a FormalExpression; ``docs/document_format.md`` says how."""
ADDED_OID: Final = "CRF."
"""What the OID of everything begins with that the definition does not have."""
VISIT_FORM: Final = "CRF.VISIT"
VISIT_GROUP: Final = "CRF.VISIT.GROUP"
VISIT_DATE: Final = "CRF.VISIT.DATE"
MISSING_LIST: Final = "CRF.MISSING"
FLAG_LIST: Final = "CRF.FLAG"
QUERY_LIST: Final = "CRF.QUERY"
STATE_LIST: Final = "CRF.STATE"
_DATA_TYPES: Final = {
    "integer": "integer", "decimal": "float", "boolean": "boolean", "date": "partialDate", "time": "partialTime",
    "datetime": "datetime", "text": "text", "code": "text", "document": "text",
}  # fmt: skip
ADDED: Final = {key: TranslatedText(*both) for key, both in words.ADDED.items()}
_NUMBER_LENGTH: Final = "16"
"""Digits before the point, 15, and the sign."""


def computed(method_oid: str) -> str:
    """OID of the item that holds a derived value."""
    return ADDED_OID + method_oid


def computed_group(form_oid: str) -> str:
    """OID of the item group of a form's derived values."""
    return f"CRF.{form_oid}.DERIVED"


def not_asked(oid: str) -> str:
    """OID of the condition under which an item or a form is not asked."""
    return "CRF.NOT." + oid


@lru_cache(maxsize=32)
def _study(digest: str, events: tuple[str, ...], held: _Held) -> bytes:
    return written(_Part(held.definition, events).study(digest))


class _Held:
    """A definition as a key: equal where its digest is, so that nothing is compared."""

    def __init__(self, definition: MetaDataVersion, digest: str) -> None:
        self.definition = definition
        self.digest = digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.digest == self.digest


def study_element(definition: MetaDataVersion, digest: str, events: Iterable[str]) -> bytes:
    """The element for some visits (OIDs), written; ``digest`` is the definition's (``sha256:`` + 64 hex)."""
    wanted = set(events)
    return _study(digest, tuple(e.oid for e in definition.events if e.oid in wanted), _Held(definition, digest))


class _Part:
    """The part of a definition that some visits use."""

    def __init__(self, definition: MetaDataVersion, events: tuple[str, ...]) -> None:
        self.whole = definition
        self.events = [definition.event[oid] for oid in events]
        asked = {form for event in self.events for form in event.forms}
        self.forms = [form for form in definition.forms if form.oid in asked]
        groups = [definition.item_group[g] for form in self.forms for g in form.item_groups]
        self.groups = list({g.oid: g for g in groups}.values())
        self.items = [definition.item[i] for g in self.groups for i in g.items]
        oids = [m for form in self.forms for m in form.methods] + [m for g in self.groups for m in g.methods]
        self.methods = [definition.method[oid] for oid in dict.fromkeys(oids)]
        self.coded: list[tuple[str | None, str]] = [(i.code_list, i.data_type) for i in self.items]
        self.coded += [(m.code_list, m.data_type) for m in self.methods]
        """(code list or None, data type) of everything that may have one."""
        self.lists = {oid for oid, _ in self.coded if oid}
        self.units = {u for item in self.items for u in item.units} | {m.unit for m in self.methods if m.unit}

    def study(self, digest: str) -> Node:
        """Study: names, units, definitions."""
        whole = self.whole
        made = node("Study", {"OID": whole.study_oid})
        about = add(made, "GlobalVariables")
        add(about, "StudyName", text=whole.study_name.en)
        add(about, "StudyDescription", text=f"{whole.study_name.en} / {whole.study_name.zh}")
        add(about, "ProtocolName", text=whole.registry)
        basic = add(made, "BasicDefinitions")
        for unit in (u for u in whole.units if u.oid in self.units):
            one = add(basic, "MeasurementUnit", {"OID": unit.oid, "Name": unit.symbol.en})
            translated(one, "Symbol", unit.symbol)
            if unit.ucum:
                add(one, "Alias", {"Context": "UCUM", "Name": unit.ucum})
        told = f"The part of this version that the visits below use; the whole has the digest {digest}."
        version = add(made, "MetaDataVersion", {"OID": whole.oid, "Name": whole.name, "Description": told})
        self._fill(version)
        return made

    def _fill(self, version: Node) -> None:
        protocol = add(version, "Protocol")
        for n, event in enumerate(self.events, 1):
            at = {"StudyEventOID": event.oid, "OrderNumber": str(n), "Mandatory": yes(event.type == "Scheduled")}
            add(protocol, "StudyEventRef", at)
        for event in self.events:
            self._event(version, event)
        _visit_form(version)
        for form in self.forms:
            self._form(version, form)
        _group(version, VISIT_GROUP, ADDED["visit"], [(VISIT_DATE, True, {})])
        for form in self.forms:
            self._groups_of(version, form)
        date = add(version, "ItemDef", {"OID": VISIT_DATE, "Name": "visit_date", "DataType": "date", "Origin": "CRF"})
        translated(date, "Question", ADDED["visit_date"])
        for item in self.items:
            self._item(version, item)
        for method in self.methods:
            self._computed(version, method)
        for codes in (c for c in self.whole.code_lists if c.oid in self.lists):
            self._codes(version, codes)
        _added_lists(version)
        self._conditions(version)
        for method in self.methods:
            self._method(version, method)

    def _event(self, version: Node, event: StudyEventDef) -> None:
        told = {"OID": event.oid, "Name": event.title.en, "Repeating": yes(event.repeating), "Type": event.type}
        made = add(version, "StudyEventDef", told)
        translated(made, "Description", event.title)
        dated = [] if event.type == "Common" else [VISIT_FORM]
        for n, oid in enumerate([*dated, *event.forms], 1):
            needed = oid not in event.optional
            at = {"FormOID": oid, "OrderNumber": str(n), "Mandatory": yes(needed and event.type != "Common")}
            if oid in self.whole.form and self.whole.form[oid].not_needed:
                at["CollectionExceptionConditionOID"] = not_asked(oid)
            add(made, "FormRef", at)

    def _form(self, version: Node, form: FormDef) -> None:
        made = add(version, "FormDef", {"OID": form.oid, "Name": form.title.en, "Repeating": yes(form.repeating)})
        translated(made, "Description", form.title)
        own = [computed_group(form.oid)] if form.methods else []
        for n, oid in enumerate([*form.item_groups, *own], 1):
            add(made, "ItemGroupRef", {"ItemGroupOID": oid, "OrderNumber": str(n), "Mandatory": yes(oid not in own)})

    def _groups_of(self, version: Node, form: FormDef) -> None:
        for group in (self.whole.item_group[g] for g in form.item_groups):
            items = [(i, self.whole.item[i].mandatory, self._when(self.whole.item[i])) for i in group.items]
            rows = [(computed(m), False, {"MethodOID": m}) for m in group.methods]
            _group(version, group.oid, group.name, [*items, *rows], group)
        if form.methods:
            found = [(computed(m), False, {"MethodOID": m}) for m in form.methods]
            _group(version, computed_group(form.oid), ADDED["derived"], found)

    def _when(self, item: ItemDef) -> dict[str, str]:
        return {} if item.relevant is None else {"CollectionExceptionConditionOID": not_asked(item.oid)}

    def data_type(self, item: ItemDef) -> str:
        """Text where ``<`` or ``>`` may stand before the number: so nobody takes a limit for a measured value."""
        if item.qualifiers or (item.code_list and self._list_type(item.code_list) == "text"):
            return "text"
        return _DATA_TYPES[item.data_type]

    def _list_type(self, oid: str) -> Literal["integer", "text"]:
        return "integer" if all(kind == "integer" for named, kind in self.coded if named == oid) else "text"

    def _item(self, version: Node, item: ItemDef) -> None:
        told = {"OID": item.oid, "Name": item.name, "DataType": self.data_type(item)}
        told |= self._size(item) | {"SASFieldName": item.sas_name, "Origin": "CRF"}
        made = add(version, "ItemDef", told)
        translated(made, "Description", item.label)
        translated(made, "Question", item.question)
        for unit in item.units:
            add(made, "MeasurementUnitRef", {"MeasurementUnitOID": unit})
        for check in item.range_checks:
            _limit(made, item, check)
        for rule in self.whole.edit_checks:
            if rule.items[0] == item.oid:
                _rule(made, rule.soft_hard, rule.expression, rule.message)
        if item.code_list:
            add(made, "CodeListRef", {"CodeListOID": item.code_list})

    def _size(self, item: ItemDef) -> dict[str, str]:
        if item.code_list:
            return {"Length": str(max(len(i.coded_value) for i in self.whole.code_list[item.code_list].items))}
        match item.data_type:
            case "integer" | "decimal":
                digits = {} if item.significant_digits is None else {"SignificantDigits": str(item.significant_digits)}
                return {"Length": _NUMBER_LENGTH} | (digits if item.data_type == "decimal" else {})
            case "text":
                return {"Length": str(item.length)}
        return {}

    def _computed(self, version: Node, method: MethodDef) -> None:
        told = {"OID": computed(method.oid), "Name": method.name, "DataType": self._computed_type(method)}
        if method.digits is not None:
            told["SignificantDigits"] = str(method.digits)
        made = add(version, "ItemDef", told | {"Origin": "Derived"})
        translated(made, "Description", method.label)
        if method.unit:
            add(made, "MeasurementUnitRef", {"MeasurementUnitOID": method.unit})
        if method.code_list:
            add(made, "CodeListRef", {"CodeListOID": method.code_list})

    def _computed_type(self, method: MethodDef) -> str:
        if method.code_list:
            return self._list_type(method.code_list)
        return _DATA_TYPES[method.data_type]

    def _codes(self, version: Node, codes: CodeList) -> None:
        told = {"OID": codes.oid, "Name": codes.oid, "DataType": self._list_type(codes.oid)}
        made = add(version, "CodeList", told)
        for n, item in enumerate(codes.items, 1):
            _code(made, n, item.coded_value, item.decode)

    def _conditions(self, version: Node) -> None:
        for item in self.items:
            if item.relevant is not None:
                made = add(version, "ConditionDef", {"OID": not_asked(item.oid), "Name": f"{item.name} not asked"})
                translated(made, "Description", ADDED["not_asked"], item.label)
                _expression(made, f"not ({item.relevant})")
        for form in (f for f in self.forms if f.not_needed):
            made = add(version, "ConditionDef", {"OID": not_asked(form.oid), "Name": f"{form.oid} not asked"})
            translated(made, "Description", *(reason.text for reason in form.not_needed))
            _expression(made, " or ".join(f"({reason.expression})" for reason in form.not_needed))

    def _method(self, version: Node, method: MethodDef) -> None:
        made = add(version, "MethodDef", {"OID": method.oid, "Name": method.name, "Type": "Computation"})
        translated(made, "Description", method.description or method.label)
        _expression(made, method.expression)


def _visit_form(version: Node) -> None:
    made = add(version, "FormDef", {"OID": VISIT_FORM, "Name": ADDED["visit"].en, "Repeating": "No"})
    translated(made, "Description", ADDED["visit"])
    add(made, "ItemGroupRef", {"ItemGroupOID": VISIT_GROUP, "OrderNumber": "1", "Mandatory": "Yes"})


def _group(
    version: Node,
    oid: str,
    name: TranslatedText,
    items: list[tuple[str, bool, dict[str, str]]],
    group: ItemGroupDef | None = None,
) -> None:
    repeating = group is not None and group.repeating
    made = add(version, "ItemGroupDef", {"OID": oid, "Name": name.en or oid, "Repeating": yes(repeating)})
    if name.en:
        translated(made, "Description", name)
    for n, (item, mandatory, more) in enumerate(items, 1):
        add(made, "ItemRef", {"ItemOID": item, "OrderNumber": str(n), "Mandatory": yes(mandatory)} | more)


def _limit(parent: Node, item: ItemDef, check: RangeCheck) -> None:
    if item.qualifiers:
        sign = {"GE": ">=", "GT": ">", "LE": "<=", "LT": "<"}[check.comparator]
        _rule(parent, check.soft_hard, f"limit('{item.name}') {sign} {check.value}", check.message)
        return
    made = add(parent, "RangeCheck", {"Comparator": check.comparator, "SoftHard": check.soft_hard})
    add(made, "CheckValue", text=check.value)
    if item.units:
        add(made, "MeasurementUnitRef", {"MeasurementUnitOID": item.units[0]})
    translated(made, "ErrorMessage", check.message)


def _rule(parent: Node, soft_hard: str, expression: str, message: TranslatedText) -> None:
    made = add(parent, "RangeCheck", {"SoftHard": soft_hard})
    _expression(made, expression)
    translated(made, "ErrorMessage", message)


def _expression(parent: Node, text: str) -> None:
    add(parent, "FormalExpression", {"Context": CONTEXT}, text)


def _code(parent: Node, n: int, value: str, decode: TranslatedText) -> None:
    translated(add(parent, "CodeListItem", {"CodedValue": value, "OrderNumber": str(n)}), "Decode", decode)


def _added_lists(version: Node) -> None:
    """Why a value is missing, what a flag says, the states of a query and of a form."""
    lists = {
        MISSING_LIST: NULLS,
        FLAG_LIST: words.FLAGS,
        QUERY_LIST: words.QUERY_STATES,
        STATE_LIST: words.FORM_STATES,
    }
    for oid, codes in lists.items():
        made = add(version, "CodeList", {"OID": oid, "Name": oid, "DataType": "text"})
        for n, (value, both) in enumerate(codes.items(), 1):
            _code(made, n, value, TranslatedText(*both))
