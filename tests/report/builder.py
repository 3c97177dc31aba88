"""A realistic record of a week-0 visit under the real definition; everything in it is invented."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha512

from attrs import evolve

from crf_desktop.capture.record import (
    FormRecord,
    ItemChange,
    ItemRecord,
    QueryLine,
    QueryRecord,
    SignatureRecord,
    Slice,
    VisitRecord,
)
from crf_desktop.demo.generic import limits, spelled
from crf_desktop.forms import definition as compiled
from crf_desktop.model.data import Change, Datum, FormState, Kind, NullFlavor, Person
from crf_desktop.model.definition import FormDef, ItemDef, MetaDataVersion
from crf_desktop.model.derive import Visit
from crf_desktop.model.path import ItemPath
from crf_desktop.model.query import QueryAct, QuerySource, QueryState
from crf_desktop.model.serial import digest, from_bytes, to_bytes
from crf_desktop.model.value import parse

DAY = "2026-05-06"
INVESTIGATOR = Person("U.01.1", "inv01", "Li Wei 李伟", "investigator")
COORDINATOR = Person("U.01.2", "coord01", "Novák Jiří", "coordinator")

ANSWERS = {
    "sex": "F", "birth_date": "2014-03-11", "ethnicity": "HAN", "first_symptom_date": "2022-08",
    "diagnosis_date": "2023-01-17",
    "esspri_respondent": "CHILD", "esspri_dryness": "7", "esspri_fatigue": "6", "esspri_pain": "5",
    "pga": "62", "pga_before_essdai": "true", "pga_assessor": "A01",
    "essdai_constitutional": "1", "essdai_lymphadenopathy": "1", "essdai_glandular": "2", "essdai_articular": "2",
    "essdai_cutaneous": "0", "essdai_pulmonary": "0", "essdai_renal": "1", "essdai_muscular": "0", "essdai_pns": "0",
    "essdai_cns": "0", "essdai_haematological": "3", "essdai_biological": "2", "essdai_lung_basis": "NOT_SUSPECTED",
    "schirmer_right_start": f"{DAY}T09:31:00+08:00", "schirmer_right": "4",
    "schirmer_left_start": f"{DAY}T09:32:10+08:00", "schirmer_left": "6",
    "saliva_1_start": f"{DAY}T09:05:00+08:00", "saliva_1_before": "12.304", "saliva_1_after": "12.801",
    "saliva_1_seconds": "300",
    "saliva_2_start": f"{DAY}T09:15:00+08:00", "saliva_2_before": "12.296", "saliva_2_after": "12.904",
    "saliva_2_seconds": "304",
    "hocevar_reference": "THYROID", "hocevar_thyroid_disease": "false", "hocevar_same_sonographer": "true",
    "lab_sample_time": f"{DAY}T08:10:00+08:00", "esr": "48", "esr_uln": "20", "esr_uln_source": "CERTIFICATE",
    "esr_method": "WESTERGREN", "igg": "21.4", "igg_uln": "14.30", "ivig_recent": "false", "rf": "<20",
    "rf_type": "IGM",
    "rf_uln": "20", "c3": "0.91", "c3_lln": "0.73", "c4": "0.08", "c4_lln": "0.10", "cryoglobulin": "NEG",
    "clonal_component": "NEG", "bcell_sample_time": f"{DAY}T08:10:00+08:00", "b_pct": "14.2", "lymphocytes": "1.24",
}  # fmt: skip
GRADES = (1, 2, 2, 3, 2)


@cache
def definition() -> MetaDataVersion:
    return from_bytes(to_bytes(compiled()))


def _typed(item: ItemDef, answers: Mapping[str, str]) -> str:
    if item.name in answers:
        return answers[item.name]
    if item.oid.startswith("I.HOCEVAR.") and item.data_type == "integer":
        order = definition().items_of("F.HOCEVAR").index(item) - 4
        return str(min(GRADES[order % 5], int(definition().code_list[item.code_list or ""].items[-1].coded_value)))
    return "true" if item.data_type == "boolean" else _usual(item) if item.mandatory else ""


def _usual(item: ItemDef) -> str:
    """The first answer, the middle of the usual range, the day of the visit."""
    if item.code_list is not None:
        return definition().code_list[item.code_list].items[0].coded_value
    if item.data_type in ("integer", "decimal"):
        return spelled(sum(limits(item)) / 2, 0 if item.data_type == "integer" else item.significant_digits or 0)
    times = {"date": DAY, "datetime": f"{DAY}T08:10:00+08:00", "time": "08:10"}
    return times.get(item.data_type) or item.label.en[: item.length]


def answers_of(
    form: FormDef, typed: Mapping[str, str], missing: Mapping[str, NullFlavor], others: Mapping[str, Datum]
) -> dict[str, Datum]:
    """What is asked of a form, answered; ``others``: the forms before it."""
    found: dict[str, Datum] = {}
    groups = (definition().item_group[g] for g in form.item_groups)
    for item in (definition().item[i] for g in groups if not g.repeating for i in g.items):
        if not Visit(definition(), {**others, **found}, DAY).relevant(item):
            continue
        flavor = missing.get(item.name)
        text = typed[item.name] if item.name in typed else _typed(item, typed)
        datum = Datum(null_flavor=flavor) if flavor else parse(definition(), item, text)
        if datum.answered:
            found[item.oid] = datum
    return found


def visit(
    answers: Mapping[str, str] = ANSWERS,
    missing: Mapping[str, NullFlavor] | None = None,
    remarks: Mapping[str, str] | None = None,
    signed: bool = True,
    empty_forms: tuple[str, ...] = (),
) -> VisitRecord:
    """A visit: by default complete, two items missing with a reason, one changed, signed by the investigator."""
    missing = (
        {"hocevar_clips_stored": NullFlavor.NOT_DONE, "b_count": NullFlavor.NOT_APPLICABLE}
        if missing is None
        else missing
    )
    d = definition()
    event = d.events[0]
    by_form: dict[str, dict[str, Datum]] = {}
    for f in event.forms:
        told = {oid: datum for data in by_form.values() for oid, datum in data.items()}
        by_form[f] = {} if f in empty_forms else answers_of(d.form[f], answers, missing, told)
    facts = Visit(d, {oid: datum for data in by_form.values() for oid, datum in data.items()}, DAY)
    state = FormState.SIGNED if signed else FormState.COMPLETE
    forms = tuple(
        FormRecord(
            d.form[f], state if data else FormState.DUE, _items(data, remarks or {}),
            facts.form(d.form[f]) if data else {},
            frozenset(i.oid for i in d.items_of(f) if facts.relevant(i)),
        )
        for f, data in by_form.items()
    )  # fmt: skip
    return VisitRecord(
        d.study_name, d.registry, "01", d.study_oid, d, digest(to_bytes(d)), "01-003", "F", "2014-03-11", 12, 1, event,
        DAY, 0, forms, _signatures(event.forms) if signed else (),
        ("QJ4TWRVBZLMNA", 214, "7b1e94c02f5da81603e7c9b25a41d86f" * 2),
        "c41d7a905be218f3" * 4, "0.1.0", f"{DAY}T16:43:05+08:00",
    )  # fmt: skip


def _items(data: Mapping[str, Datum], remarks: Mapping[str, str]) -> dict[str, ItemRecord]:
    made = {
        oid: ItemRecord(datum, COORDINATOR, f"{DAY}T09:{i % 60:02}:10+08:00", remarks.get(oid, ""))
        for i, (oid, datum) in enumerate(data.items())
    }
    if "I.ESSDAI.ARTICULAR" in made:
        old = Datum("1")
        why = "Synovitis of both wrists on repeat examination, not arthralgia only."
        change = ItemChange(old, made["I.ESSDAI.ARTICULAR"].datum, f"{DAY}T11:05:44+08:00", INVESTIGATOR, why)
        made["I.ESSDAI.ARTICULAR"] = evolve(
            made["I.ESSDAI.ARTICULAR"], changed=True, by=INVESTIGATOR, history=(change,)
        )
    if "I.LAB.ESR" in made:
        made["I.LAB.ESR"] = evolve(made["I.LAB.ESR"], reason="Repeated on a second sample; same result.")
    return made


def _signatures(forms: tuple[str, ...]) -> tuple[SignatureRecord, ...]:
    meaning = definition().signature_meanings[0]
    return tuple(
        SignatureRecord(
            INVESTIGATOR,
            "investigator",
            f"{DAY}T16:42:08+08:00",
            meaning,
            f,
            "sha256:" + "0" * 64,
            "5f3a09c1",
            True,
            True,
            True,
        )
        for f in forms
    )


def with_queries(record: VisitRecord, *texts: str) -> VisitRecord:
    monitor = Person("U.01.3", "mon01", "Monitor", "monitor")
    lines = [QueryLine(QueryAct.RAISE, text, f"{DAY}T15:00:00+08:00", monitor) for text in texts]
    queries = tuple(QueryRecord("I.LAB.ESR", QueryState.OPEN, QuerySource.MANUAL, (line,)) for line in lines)
    forms = (evolve(f, queries=queries) if f.form.oid == "F.LAB1" else f for f in record.forms)
    return evolve(record, forms=tuple(forms), n_open_query=len(queries))


def with_rows(record: VisitRecord) -> VisitRecord:
    """The record with a row of the log for each of its answers; hashes and signatures are of the right length only."""
    rows: list[Change] = []
    for form in record.forms:
        for item, told in form.items.items():
            seq, oid = len(rows) + 1, item.partition("#")[0]
            path = ItemPath.of(record.subject, record.event.oid, form.form.oid).at(definition().group_of_item[oid], oid)
            marks = [sha512(f"{seq} {n}".encode()).digest() for n in range(3)]
            row = Change(
                record.head[0], seq, 1, record.study_oid, seq, Kind.ITEM, path, "Insert", told.datum, None, 1, "direct",
                None, told.by.user_oid, told.by.role, "0" * 32, "L.01", "D.01.1", "0.1.0", f"{DAY}T01:00:00.000Z", 480,
                marks[0].hex()[:32], 60_000 + seq, "Monitoring", None, record.metadata_digest, None, marks[0][:32],
                marks[1][:32], marks[2],
            )  # fmt: skip
            rows.append(row)
    heads = {record.head[0]: record.head[1:]}
    return evolve(record, log=Slice(tuple(rows), heads))
