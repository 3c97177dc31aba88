"""The ClinicalData of ODM 1.3.2: the answers of visits, each with who, where, when, why and the row of the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen

from crf_desktop.capture.record import FormRecord, ItemRecord, QueryRecord, SignatureRecord, VisitRecord
from crf_desktop.exchange import odm_metadata as meta
from crf_desktop.exchange.audit_table import local_time
from crf_desktop.exchange.odm_xml import Node, add, node, sound, yes
from crf_desktop.model.data import Change, Datum, FormState, Kind
from crf_desktop.model.definition import ItemDef, ItemGroupDef, MetaDataVersion
from crf_desktop.model.derive import Derived
from crf_desktop.model.path import address, key_order, split

_SPONSOR: Final = ("monitor", "data_manager")


@frozen
class Mark:
    """Who wrote something, where, when and why: an AuditRecord."""

    user: str
    location: str
    when: str
    """ISO 8601 with offset."""
    reason: str = ""
    source: str = ""
    """``origin:seq`` of the row; empty where no row is known."""
    edit_point: str = ""

    @classmethod
    def of(cls, row: Change) -> Mark:
        """The mark of a row."""
        when = local_time(row.recorded_at, row.utc_offset_min)
        why = row.reason_for_change or ""
        return cls(row.user_oid, row.location_oid, when, why, f"{row.origin}:{row.seq}", row.edit_point)


def signature_oids(records: Sequence[VisitRecord]) -> dict[str, str]:
    """The meaning of a signature, in English → OID of its SignatureDef, in the order they are met."""
    meanings = dict.fromkeys(s.meaning.en for record in records for s in record.signatures)
    return {meaning: f"CRF.SIGNATURE.{n}" for n, meaning in enumerate(meanings, 1)}


def clinical_element(records: Sequence[VisitRecord]) -> Node:
    """The element for visits of one participant under one definition."""
    first = records[0]
    made = node("ClinicalData", {"StudyOID": first.study_oid, "MetaDataVersionOID": first.definition.oid})
    subject = add(made, "SubjectData", {"SubjectKey": first.subject})
    add(subject, "SiteRef", {"LocationOID": f"L.{first.site}"})
    signs = signature_oids(records)
    for record in records:
        _Visit(record, signs).write(subject)
    return made


class _Visit:
    """One visit on its way into XML."""

    def __init__(self, record: VisitRecord, signs: Mapping[str, str]) -> None:
        self.record = record
        self.definition: MetaDataVersion = record.definition
        self.signs = signs
        self.event: Change | None = None
        """The row that dates the visit."""
        self.status: dict[str, Change] = {}
        """Form address → the row that gave it its state."""
        self.items: dict[str, dict[str, Change]] = {}
        """Form address → item address → the row that holds."""
        for row in sorted((r for r in record.log.rows if r.entry_pass == 1), key=lambda r: r.order):
            at = row.path.form_address
            match row.kind:
                case Kind.ITEM:
                    self.items.setdefault(at, {})[row.path.item_address] = row
                case Kind.FORM:
                    self.status[at] = row
                case Kind.EVENT:
                    self.event = row

    def write(self, subject: Node) -> None:
        """StudyEventData: the date of the visit as a form of its own, then its forms."""
        record = self.record
        told = {"StudyEventOID": record.event.oid} | _key("StudyEventRepeatKey", record.event_key)
        made = add(subject, "StudyEventData", told)
        row = self.event
        if row is not None:
            _audit(made, Mark.of(row))
        if record.event.type != "Common":
            self._date(made, row)
        for form in (*record.forms, *self._unasked()):
            self._form(made, form)

    def _unasked(self) -> Iterable[FormRecord]:
        """Forms that hold answers and are not asked any more: what was recorded stays part of the data."""
        shown = {address(f.form.oid, f.key) for f in self.record.forms}
        for at in sorted(set(self.items) - shown, key=lambda a: (split(a)[0], key_order(split(a)[1]))):
            form, key = self.definition.form_at(at), split(at)[1]
            yield FormRecord(form, FormState.NOT_NEEDED, {}, {}, frozenset(), (), key)

    def _date(self, event: Node, row: Change | None) -> None:
        datum = row.datum if row is not None else Datum(self.record.visit_date)
        if not datum.answered:
            return
        form = add(event, "FormData", {"FormOID": meta.VISIT_FORM})
        group = add(form, "ItemGroupData", {"ItemGroupOID": meta.VISIT_GROUP})
        item = _value(group, meta.VISIT_DATE, datum)
        if row is not None:
            _audit(item, Mark.of(row))
        _missing(item, datum, "", 1)

    def _form(self, event: Node, form: FormRecord) -> None:
        at = address(form.form.oid, form.key)
        answers = self._answers(form, at)
        row = self.status.get(at)
        if not answers and row is None and not any(d.text or d.lower_text for d in form.derived.values()):
            return
        made = add(event, "FormData", {"FormOID": form.form.oid} | _key("FormRepeatKey", form.key))
        if row is not None:
            _audit(made, Mark.of(row))
        self._signature(made, at)
        _flag(_annotation(made, 1), str(form.state), meta.STATE_LIST, "FORM_STATE")
        self._queries(made, 2, [q for q in form.queries if not q.item])
        for group in (self.definition.item_group[g] for g in self.definition.form_at(at).item_groups):
            self._group(made, group, answers, form)
        self._derived(made, form)

    def _answers(self, form: FormRecord, at: str) -> dict[str, tuple[Datum, Mark | None, ItemRecord | None]]:
        """Item address → what holds now, who wrote it, and what paper knows of it."""
        found: dict[str, tuple[Datum, Mark | None, ItemRecord | None]] = {}
        rows = self.items.get(at, {})
        for item, told in form.items.items():
            row = rows.get(item)
            mark = Mark.of(row) if row else Mark(told.by.user_oid, f"L.{self.record.site}", told.recorded_at)
            found[item] = (told.datum, mark, told)
        found |= {item: (row.datum, Mark.of(row), None) for item, row in rows.items() if item not in found}
        return {item: held for item, held in found.items() if held[0].answered}

    def _group(
        self,
        form_data: Node,
        group: ItemGroupDef,
        answers: Mapping[str, tuple[Datum, Mark | None, ItemRecord | None]],
        form: FormRecord,
    ) -> None:
        held = {split(at)[1] for at in answers if split(at)[0] in group.items}
        for key in sorted(held, key=key_order):
            told = {"ItemGroupOID": group.oid} | _key("ItemGroupRepeatKey", key)
            made = add(form_data, "ItemGroupData", told)
            for oid in group.items:
                found = answers.get(address(oid, key))
                if found is not None:
                    about = [q for q in form.queries if q.item == address(oid, key)]
                    self._item(made, self.definition.item[oid], *found, about)
            for oid in group.methods:
                self._computed(made, oid, form.derived.get(address(oid, key)))

    def _item(
        self,
        group: Node,
        item: ItemDef,
        datum: Datum,
        mark: Mark | None,
        told: ItemRecord | None,
        about: Sequence[QueryRecord],
    ) -> None:
        made = _value(group, item.oid, datum)
        if mark is not None:
            _audit(made, mark)
        if datum.unit_oid:
            add(made, "MeasurementUnitRef", {"MeasurementUnitOID": datum.unit_oid})
        n = _missing(made, datum, told.remark if told else "", 1)
        if told is not None and told.reason:
            _flag(_annotation(made, n, told.reason, "Site"), "KEPT", meta.FLAG_LIST)
            n += 1
        if told is not None and told.observed_at:
            _flag(_annotation(made, n, told.observed_at, "Site"), "OBSERVED", meta.FLAG_LIST)
            n += 1
        self._queries(made, n, about)

    def _derived(self, form_data: Node, form: FormRecord) -> None:
        known = [oid for oid in form.form.methods if (d := form.derived.get(oid)) and (d.text or d.lower_text)]
        if known:
            made = add(form_data, "ItemGroupData", {"ItemGroupOID": meta.computed_group(form.form.oid)})
            for oid in known:
                self._computed(made, oid, form.derived[oid])

    def _computed(self, group: Node, oid: str, derived: Derived | None) -> None:
        if derived is None or not (derived.text or derived.lower_text):
            return
        method = self.definition.method[oid]
        told = {"Value": derived.text} if derived.text else {"IsNull": yes(True)}
        made = add(group, "ItemData", {"ItemOID": meta.computed(oid)} | told)
        if method.unit:
            add(made, "MeasurementUnitRef", {"MeasurementUnitOID": method.unit})
        if not derived.text:
            _flag(_annotation(made, 1, derived.lower_text), "AT_LEAST", meta.FLAG_LIST)

    def _signature(self, form_data: Node, at: str) -> None:
        """The latest that holds for what stands here; one that lapsed would claim what it does not cover."""
        holding = [s for s in self.record.signatures if s.form == at and s.intact and s.current and s.valid]
        if holding:
            _sign(form_data, holding[-1], f"L.{self.record.site}", self.signs)

    def _queries(self, parent: Node, n: int, about: Sequence[QueryRecord]) -> None:
        for query in about:
            for line in query.lines:
                side = "Sponsor" if line.by.role in _SPONSOR else "Site"
                words = line.text or (line.found.en if line.found else "")
                _flag(_annotation(parent, n, words, side), str(query.state), meta.QUERY_LIST, "QUERY")
                n += 1


def _key(name: str, key: str) -> dict[str, str]:
    return {name: key} if key else {}


def spelled(datum: Datum) -> str:
    """The value as ODM has it: with ``<`` or ``>`` before the number."""
    return sound(datum.qualifier + (datum.value or ""))


def _value(group: Node, oid: str, datum: Datum) -> Node:
    told = {"Value": spelled(datum)} if datum.value is not None else {"IsNull": yes(True)}
    return add(group, "ItemData", {"ItemOID": oid} | told)


def _audit(parent: Node, mark: Mark) -> None:
    made = add(parent, "AuditRecord", {"EditPoint": mark.edit_point} if mark.edit_point else {})
    add(made, "UserRef", {"UserOID": mark.user})
    add(made, "LocationRef", {"LocationOID": mark.location})
    add(made, "DateTimeStamp", text=mark.when)
    if mark.reason:
        add(made, "ReasonForChange", text=sound(mark.reason))
    if mark.source:
        add(made, "SourceID", text=mark.source)


def _sign(parent: Node, signature: SignatureRecord, location: str, oids: Mapping[str, str]) -> None:
    made = add(parent, "Signature")
    add(made, "UserRef", {"UserOID": signature.person.user_oid})
    add(made, "LocationRef", {"LocationOID": location})
    add(made, "SignatureRef", {"SignatureOID": oids[signature.meaning.en]})
    add(made, "DateTimeStamp", text=signature.when)


def _annotation(parent: Node, n: int, comment: str = "", side: str = "") -> Node:
    made = add(parent, "Annotation", {"SeqNum": str(n)})
    if comment:
        add(made, "Comment", {"SponsorOrSite": side} if side else {}, sound(comment))
    return made


def _flag(annotation: Node, value: str, codes: str, kind: str = "") -> None:
    made = add(annotation, "Flag")
    add(made, "FlagValue", {"CodeListOID": codes}, value)
    if kind:
        add(made, "FlagType", {"CodeListOID": meta.FLAG_LIST}, kind)


def _missing(item: Node, datum: Datum, remark: str, n: int) -> int:
    """Why there is no value, in an annotation; returns the number of the next one."""
    if datum.null_flavor is None:
        return n
    made = _annotation(item, n, remark, "Site")
    _flag(made, str(datum.null_flavor), meta.MISSING_LIST, "MISSING_REASON")
    return n + 1
