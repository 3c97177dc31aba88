"""A definition of few words with everything that repeats: visits, forms, rows; for tests of what reads them."""

from __future__ import annotations

from functools import cache

from crf_desktop.forms.vocabulary import CODE_LISTS, G_L, KG, MG, MG_DL, UNITS, answers, text
from crf_desktop.model.definition import (
    Banner,
    DataType,
    EditCheck,
    FormDef,
    ItemDef,
    ItemGroupDef,
    MetaDataVersion,
    MethodDef,
    Parameter,
    Reason,
    StudyEventDef,
)
from crf_desktop.model.integrity import require_sound
from crf_desktop.model.layout import FieldCard, Layout, RepeatTable

SEX = answers("CL.SEX", ("F", "Female", "女"), ("M", "Male", "男"))
DRUG = answers("CL.DRUG", ("PRED", "Prednisone", "泼尼松"), ("OTHER", "Other", "其他"))


def _item(oid: str, name: str, data_type: DataType, **more: object) -> ItemDef:
    words = text(name, name)
    return ItemDef(oid, name, name[:8].upper(), data_type, words, words, **more)  # type: ignore[arg-type]


ITEMS = (
    _item("I.SEX", "sex", "code", code_list=SEX.oid),
    _item("I.BORN", "birth_date", "date"),
    _item("I.WEIGHT", "weight", "decimal", units=(KG,), significant_digits=1, previous=True),
    _item("I.DOSE", "dose", "decimal", units=(MG,), qualifiers=True),
    _item("I.IGG", "igg", "decimal", units=(G_L, MG_DL), qualifiers=True),
    _item("I.NOTE", "dose_note", "text", mandatory=False),
    _item("I.STEP.MINUTE", "step_minute", "integer"),
    _item("I.STEP.RATE", "step_rate", "integer"),
    _item("I.AE.TERM", "ae_term", "text"),
    _item("I.AE.START", "ae_start", "date"),
    _item("I.AE.SERIOUS", "ae_serious", "boolean"),
    _item("I.AE.DRUG", "ae_drug", "code", code_list=DRUG.oid, mandatory=False),
)
METHODS = (
    MethodDef("M.SEX", "sex_known", text("Known", "已知"), "known(sex)", "boolean"),
    MethodDef(
        "M.WEIGHT.CHANGE", "weight_change", text("Change", "变化"), "weight - previous('weight')", "decimal", KG, 1
    ),
    MethodDef("M.STEP.ML", "step_ml", text("Volume", "容量"), "step_minute * step_rate / 60", "decimal", None, 1),
    MethodDef(
        "M.DOSE.ML", "dose_ml", text("Volume in all", "总量"), "sum_rows('step_ml')", "decimal", None, 1,
        reasons=(Reason("dose_ml > 100", text("More than 100 mL: {0}", "超过100 mL：{0}"), ("dose_ml",)),),
    ),
    MethodDef("M.AE.DAY", "ae_day", text("Day", "天"), "days(event_date('SE.W0'), ae_start)", "integer"),
)  # fmt: skip
GROUPS = (
    ItemGroupDef("IG.DEMO", text("Demographics", "人口学"), ("I.SEX", "I.BORN"), table="demographics"),
    ItemGroupDef("IG.DOSE", text("Dose", "给药"), ("I.WEIGHT", "I.DOSE", "I.IGG", "I.NOTE"), table="dose"),
    ItemGroupDef(
        "IG.STEP", text("Rate", "滴速"), ("I.STEP.MINUTE", "I.STEP.RATE"), True, "dose_rate", ("M.STEP.ML",)
    ),
    ItemGroupDef(
        "IG.AE", text("Adverse event", "不良事件"), ("I.AE.TERM", "I.AE.START", "I.AE.SERIOUS", "I.AE.DRUG"),
        table="adverse_event",
    ),
)  # fmt: skip
CHECKS = (
    EditCheck(
        "EC.STEP.001", ("I.STEP.RATE",), "step_rate <= 400", "Soft",
        text("{0} mL/h is fast.", "{0} mL/h偏快。"), ("step_rate",),
    ),
    EditCheck(
        "EC.WEIGHT.001", ("I.WEIGHT",), "abs(weight_change) * 10 <= previous('weight')", "Soft",
        text("More than 10 % from {0}.", "与{0}相差超过10%。"), ("previous('weight')",),
    ),
)  # fmt: skip


def _form(oid: str, groups: tuple[str, ...], blocks: tuple[object, ...], *methods: str, **more: object) -> FormDef:
    words = text(oid, oid)
    return FormDef(oid, words, words, words, groups, Layout(blocks), methods, **more)  # type: ignore[arg-type]


FORMS = (
    _form("F.DEMO", ("IG.DEMO",), (FieldCard(("I.SEX", "I.BORN")),), "M.SEX"),
    _form(
        "F.DOSE",
        ("IG.DOSE", "IG.STEP"),
        (FieldCard(GROUPS[1].items), RepeatTable("IG.STEP", text("Rate", "滴速"))),
        "M.WEIGHT.CHANGE",
        "M.DOSE.ML",
        closed=(Reason("not any_all('sex_known')", text("Sex first", "先填性别")),),
    ),
    _form("F.AE", ("IG.AE",), (FieldCard(GROUPS[3].items),), "M.AE.DAY", repeating=True, columns=("I.AE.TERM",)),
)


def _event(oid: str, *forms: str, **more: object) -> StudyEventDef:
    words = text(oid, oid)
    return StudyEventDef(oid, words, words, words, words, forms, **more)  # type: ignore[arg-type]


EVENTS = (
    _event("SE.SCR", "F.DEMO"),
    _event("SE.W0", "F.DOSE"),
    _event("SE.D2", "F.DOSE", target="days_after(event_date('SE.W0'), 7)", window=(-1, 1), weekly=True),
    _event("SE.UNS", "F.DOSE", type="Unscheduled", repeating=True),
    _event("SE.LOG", "F.AE", type="Common"),
)


@cache
def small_trial() -> MetaDataVersion:
    """The definition, found sound."""
    made = MetaDataVersion(
        "MDV.1", "small", "ST.SMALL", "NCT00000000", text("Small", "小"), text("Small", "小"),
        UNITS, (*(c for c in CODE_LISTS if c.oid not in ("CL.SEX", "CL.DRUG")), SEX, DRUG), ITEMS, GROUPS,
        METHODS, CHECKS, FORMS, EVENTS,
        Banner("I.SEX", "I.BORN", "SE.SCR", "F.DEMO", "SE.W0"), (text("I sign.", "我签名。"),),
        parameters=(Parameter("sae_clock_hours", "24", text("Clock", "时限")),),
    )  # fmt: skip
    require_sound(made)
    return made

