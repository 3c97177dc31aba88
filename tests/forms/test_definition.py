"""The definition as a whole: it holds together, comes back byte for byte, and asks for nobody's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from crf_desktop import forms
from crf_desktop.forms import METADATA_VERSION, definition
from crf_desktop.model.definition import OID, MetaDataVersion
from crf_desktop.model.layout import DerivedCard, GradeGrid, JointFigure, LevelTable, TimedCollections, TimedReadings
from crf_desktop.model.serial import digest, from_bytes, to_bytes

UCUM = {
    "mm", "cm", "kg", "Cel", "g", "s", "min", "h", "d", "a", "mL", "mL/min", "mL/h", "%", "/min", "mm[Hg]", "m2",
    "kg/m2", "mL/min/{1.73_m2}", "mg", "mg/kg", "mg/m2", "mg/kg/d", "mm/h", "g/L", "g/dL", "mg/dL", "mg/L", "[IU]/mL",
    "U/L", "U/mL", "umol/L", "mmol/L",
    "g/(24.h)", "g/g", "mg/g", "mg/mmol", "10*9/L", "10*6/L", "/uL",
}  # fmt: skip
WEEK_0 = (
    "REVIEW", "VITALS", "EXAM", "ESSPRI", "PGA", "ESSDAI", "SCHIRMER", "SALIVA", "HOCEVAR", "LAB1", "LAB2", "BCELL",
    "PREG", "RECONFIRM", "RTX", "IRR",
)  # fmt: skip


@pytest.mark.requirement("REQ-34")
def test_that_the_definition_comes_back_byte_for_byte() -> None:
    stored = to_bytes(definition())
    again = from_bytes(stored)
    assert again == definition() and to_bytes(again) == stored and digest(to_bytes(again)) == digest(stored)


def test_that_the_version_is_part_of_the_definition(trial: MetaDataVersion) -> None:
    assert trial.oid == f"MDV.{METADATA_VERSION}" and trial.registry == "NCT06410833"
    assert OID.fullmatch(trial.study_oid) and trial.study_oid == forms.STUDY_OID


def test_that_week_0_has_its_forms_in_order(trial: MetaDataVersion) -> None:
    assert trial.event["SE.W0"].forms == tuple(f"F.{name}" for name in WEEK_0)
    assert trial.banner.day_zero_event == "SE.W0" and trial.form_of_item[trial.banner.sex] == trial.banner.form


def test_that_names_are_as_long_as_every_export_allows(trial: MetaDataVersion) -> None:
    assert all(len(thing.oid) <= 40 for thing in trial.everything())  # type: ignore[attr-defined]
    assert all(len(i.name) <= 32 and len(i.sas_name) <= 8 for i in trial.items)
    assert all(len(m.name) <= 32 for m in trial.methods)


def test_that_every_unit_has_a_known_ucum_code(trial: MetaDataVersion) -> None:
    assert {u.ucum for u in trial.units} == UCUM


def test_that_nothing_is_declared_and_not_used(trial: MetaDataVersion) -> None:
    used = {c for i in trial.items if (c := i.code_list)} | {c for m in trial.methods if (c := m.code_list)}
    assert {c.oid for c in trial.code_lists} == used
    units = {u for i in trial.items for u in i.units} | {u for m in trial.methods if (u := m.unit)}
    assert {u.oid for u in trial.units} == units
    placed = {m for f in trial.forms for m in f.methods} | {m for g in trial.item_groups for m in g.methods}
    assert {m.oid for m in trial.methods} == placed
    assert {g.oid for g in trial.item_groups} == {g for f in trial.forms for g in f.item_groups}
    assert {f.oid for f in trial.forms} == {f for e in trial.events for f in e.forms}


def test_that_every_score_in_a_page_head_is_derived_on_that_page(trial: MetaDataVersion) -> None:
    assert all(set(f.scores) <= set(f.methods) and len(f.scores) <= 2 for f in trial.forms)
    scored = {f.oid: f.scores for f in trial.forms if f.scores}
    assert set(scored) == {"F.ESSDAI", "F.ESSPRI", "F.SCHIRMER", "F.SALIVA", "F.HOCEVAR", "F.EXAM"}
    assert len(scored["F.ESSDAI"]) == 2


def test_that_layouts_name_methods_that_exist(trial: MetaDataVersion) -> None:
    assert set(_methods_in_layouts(trial)) <= set(trial.method)


def _methods_in_layouts(trial: MetaDataVersion) -> Iterator[str]:
    for block in (b for f in trial.forms for b in f.layout.blocks):
        match block:
            case LevelTable():
                yield from block.scores
            case GradeGrid():
                yield from (c.method for c in block.columns)
                yield from (block.total,) if block.total else ()
            case DerivedCard():
                yield from block.methods
            case JointFigure():
                yield from (block.tender, block.swollen)
            case TimedCollections():
                yield from (m for c in block.collections for m in (c.net, c.rate))


def test_that_the_weights_of_the_table_are_the_weights_of_the_totals(trial: MetaDataVersion) -> None:
    block = trial.form["F.ESSDAI"].layout.blocks[0]
    assert isinstance(block, LevelTable)
    for column, method in enumerate(block.scores):
        found = re.findall(r"(\d+)\*(\w+)", trial.method[method].expression)
        shown = [(str(r.weights[column]), trial.item[r.item].name) for r in block.rows if r.weights[column] is not None]
        assert found == shown


def test_that_every_domain_has_its_own_levels_and_no_others(trial: MetaDataVersion) -> None:
    three, four = ["0", "1", "2"], ["0", "1", "2", "3"]
    wanted = {"constitutional": three, "glandular": three, "biological": three, "cns": ["0", "2", "3"]}
    for oid in trial.method["M.ESSDAI.TOTAL"].counts:
        item = trial.item[oid]
        codes = [i.coded_value for i in trial.code_list[item.code_list or ""].items]
        assert codes == wanted.get(item.name.removeprefix("essdai_"), four), item.oid
        assert item.note is not None and all(i.definition for i in trial.code_list[item.code_list or ""].items)


def test_that_the_maxima_are_the_published_ones(trial: MetaDataVersion) -> None:
    published = {"ESSDAI.TOTAL": "123", "CLINESSDAI.TOTAL": "135", "HOCEVAR.TOTAL": "48", "ESSPRI.MEAN": "10"}
    published |= {"HOCEVAR.PAROTID_R": "13", "HOCEVAR.SUBMAND_L": "11"}
    assert {key: trial.method[f"M.{key}"].maximum for key in published} == published


def test_that_both_timers_run_five_minutes(trial: MetaDataVersion) -> None:
    blocks = [b for f in trial.forms for b in f.layout.blocks]
    readings = [r for b in blocks if isinstance(b, TimedReadings) for r in b.readings]
    collections = [c for b in blocks if isinstance(b, TimedCollections) for c in b.collections]
    assert [r.seconds for r in (*readings, *collections)] == [300] * 4
    started = [r.started for r in readings] + [c.started for c in collections]
    assert all(trial.item[oid].data_type == "datetime" and not trial.item[oid].mandatory for oid in started)


def test_that_earlier_values_are_hidden_where_recall_biases(trial: MetaDataVersion) -> None:
    assert {f.oid for f in trial.forms if f.blind_previous} == {"F.PGA", "F.ESSPRI", "F.ESSDAI", "F.HOCEVAR"}


def test_that_every_question_must_be_answered_but_for_a_known_few(trial: MetaDataVersion) -> None:
    of_pages = {
        "ESSPRI": (), "PGA": ("pga_assessor",), "ESSDAI": ("essdai_lung_basis",),
        "HOCEVAR": ("hocevar_same_sonographer",), "SCHIRMER": ("schirmer_right_start", "schirmer_left_start"),
        "SALIVA": ("saliva_1_start", "saliva_2_start"), "VITALS": (), "EXAM": (),
        "LAB1": ("bicarbonate", "glucose", "upcr", "urine_protein_24h"), "LAB2": ("igg_uln", "ch50"),
        "BCELL": ("b_count",), "INFECTION": ("hbv_dna_load", "syphilis"), "PREG": (), "LUNG": (),
        "ORGAN": ("anti_sma", "anti_lkm", "ama_m2"),
    }  # fmt: skip
    for page, optional in of_pages.items():
        assert {i.name for i in trial.items_of(f"F.{page}") if not i.mandatory} == set(optional), page


@pytest.mark.requirement("REQ-47")
def test_that_no_item_asks_for_a_direct_identifier(trial: MetaDataVersion) -> None:
    english = re.compile(
        r"\b(names?|initials|phone|telephone|address|e-?mail|passport|hospital number|ID number|photo)\b", re.I
    )
    chinese = re.compile(r"姓名|身份证|电话|手机|住址|地址|住院号|门诊号|病案号|邮箱|护照")
    for item in trial.items:
        texts = [t for t in (item.question, item.label, item.hint) if t]
        assert not any(english.search(t.en) or chinese.search(t.zh) for t in texts), item.oid


@pytest.mark.requirement("REQ-47")
def test_that_the_demographics_page_says_what_not_to_write(trial: MetaDataVersion) -> None:
    assert "No name" in trial.form["F.DEMO"].rule.en and "不填写姓名" in trial.form["F.DEMO"].rule.zh
