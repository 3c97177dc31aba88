"""Pages with the layout blocks of criteria, verdicts, rows and grids, added to the real definition for tests."""

from __future__ import annotations

from functools import cache
from itertools import product

from attrs import evolve

from crf_desktop.forms import definition
from crf_desktop.forms.vocabulary import KG, M2, MINUTE, ML, ML_H, answers, between, text
from crf_desktop.model import layout
from crf_desktop.model.definition import (
    DataType,
    EditCheck,
    FormDef,
    ItemDef,
    ItemGroupDef,
    MetaDataVersion,
    MethodDef,
    Reason,
)
from crf_desktop.model.integrity import require_sound
from crf_desktop.model.text import TranslatedText

KNOWN = answers("CL.T_KNOWN", ("YES", "Yes", "是"), ("NO", "No", "否"), ("UNSURE", "Not certain", "不确定"))
DRUG = answers(
    "CL.T_DRUG", ("HCQ", "Hydroxychloroquine", "羟氯喹"), ("PRED", "Prednisone or equivalent", "泼尼松或等效激素"),
    ("MTX", "Methotrexate", "甲氨蝶呤"), ("MMF", "Mycophenolate mofetil", "吗替麦考酚酯"), ("CYC", "Cyclophosphamide", "环磷酰胺"),
    ("TAC", "Tacrolimus", "他克莫司"), ("OTHER", "Other immunosuppressant", "其他免疫抑制剂"),
)  # fmt: skip
RESPONSE = answers("CL.T_RESPONSE", ("FULL", "Full", "完全"), ("PART", "Partial", "部分"), ("NONE", "None", "无效"))
DOTS = answers(
    "CL.T_DOTS", ("0", "0 dots", "0个"), ("1", "1–5 dots", "1–5个"), ("2", "6–30 dots", "6–30个"), ("3", ">30 dots", ">30个")
)

CRITERIA: tuple[tuple[TranslatedText, TranslatedText], ...] = (
    (text("Age", "年龄"), text("Age 6 to 18 years on the day of screening?", "筛选当日年龄为6至18岁？")),
    (text("Diagnosis", "诊断"), text(
        "Primary juvenile Sjögren’s disease by the AECG criteria of 2002 or the Japanese criteria of 1999, with no other connective tissue disease that would explain the findings?",
        "符合2002年AECG标准或1999年日本标准的原发性儿童干燥综合征，且无其他结缔组织病可解释其表现？",
    )),
    (text("Resistant", "难治"), text(
        "Active disease in spite of at least 3 months of glucocorticoid with hydroxychloroquine and one further immunosuppressant, or unable to tolerate them?",
        "糖皮质激素联合羟氯喹及另一种免疫抑制剂治疗至少3个月后疾病仍活动，或不能耐受？",
    )),
    (text("Live vaccine", "活疫苗"), text("A live vaccine within 30 days before the first dose?", "首次给药前30天内接种过活疫苗？")),
)  # fmt: skip


def _item(oid: str, name: str, kind: DataType, label: TranslatedText, question: TranslatedText | None = None, **more: object) -> ItemDef:  # fmt: skip
    return ItemDef(oid, name, name.upper().replace("_", "")[:8], kind, question or label, label, **more)  # type: ignore[arg-type]


def _criterion(n: int) -> ItemDef:
    label, question = CRITERIA[n % len(CRITERIA)]
    return _item(
        f"I.T.C{n:02}", f"t_c{n:02}", "boolean", text(f"{label.en} {n + 1}", f"{label.zh}{n + 1}"),
        text(f"{n + 1}. {question.en}", f"{n + 1}. {question.zh}"),
        hint=text("From the medical record, not from memory", "据病历，不凭记忆") if n == 2 else None,
        code_list=KNOWN.oid if n == 5 else None,
    )  # fmt: skip


CRITERIA_ITEMS = tuple(
    evolve(i, data_type="code") if i.code_list else i for i in (_criterion(n) for n in range(25))
)
_KG = between("5", "120", "Soft", text("A weight between 5 and 120 kg is expected. Check the scale.", "体重一般在5至120 kg之间，请核对。"))
WEIGHT = _item(
    "I.T.WEIGHT", "t_weight", "decimal", text("Weight", "体重"), units=(KG,), significant_digits=1, range_checks=_KG, previous=True
)  # fmt: skip
STAINED = _item("I.T.STAINED", "t_stained", "boolean", text("Ocular staining done", "已做眼表染色"))
MINUTES = _item("I.T.MINUTES", "t_minutes", "integer", text("From minute", "开始（分钟）"), units=(MINUTE,), length=3)
RATE = _item("I.T.RATE", "t_rate", "integer", text("Rate", "滴速"), units=(ML_H,), length=3, range_checks=between("0", "400", "Hard", text("Rates above 400 mL/h are not allowed by the protocol.", "方案不允许滴速超过400 mL/h。")))  # fmt: skip
CLOCK = _item("I.T.CLOCK", "t_clock", "time", text("At", "时刻"))
CALM = _item("I.T.CALM", "t_calm", "boolean", text("Tolerated", "耐受"), mandatory=False)
NAME = _item("I.T.DRUG_NAME", "t_drug_name", "text", text("Name as written", "药名（原文）"), length=80)
CLASS = _item("I.T.DRUG", "t_drug", "code", text("Drug", "药物"), code_list=DRUG.oid)
START = _item("I.T.DRUG_START", "t_drug_start", "date", text("Start", "开始"))
STOP = _item("I.T.DRUG_STOP", "t_drug_stop", "date", text("Stop", "结束"), mandatory=False)
DOSE = _item("I.T.DOSE", "t_dose", "decimal", text("Highest dose", "最高剂量"), units=("MU.MG", "MU.MG_KG_D"), significant_digits=2)
EFFECT = _item("I.T.EFFECT", "t_effect", "code", text("Response", "疗效"), code_list=RESPONSE.oid)
TOLERANCE = _item("I.T.TOLERATED", "t_tolerated", "boolean", text("Tolerated", "耐受"))
REMARK = _item("I.T.WHY", "t_why", "text", text("Why it was stopped", "停药原因"), length=200, mandatory=False)

CORNEA = tuple(
    _item(f"I.T.OSS.{eye}_{zone}", f"t_oss_{eye.lower()}_{zone.lower()}", "integer", words, code_list=DOTS.oid, relevant="t_stained")
    for eye, (zone, words) in product(
        "RL", (("CORNEA", text("Cornea", "角膜")), ("NASAL", text("Nasal", "鼻侧")), ("TEMPORAL", text("Temporal", "颞侧")))
    )
)  # fmt: skip
VERDICT = MethodDef(
    "M.T.ELIGIBLE", "t_eligible", text("Eligible", "符合入选"), "t_c00 and t_c01 and not t_c03", "boolean",
    reasons=(
        Reason("t_c00 == False", text("Criterion 1 is not met: age 6 to 18 years.", "不符合标准1：年龄6至18岁。")),
        Reason("t_c01 == False", text("Criterion 2 is not met: primary juvenile Sjögren’s disease by the AECG or the Japanese criteria.", "不符合标准2：AECG或日本标准的原发性儿童干燥综合征。")),
        Reason("t_c03", text("Exclusion 4 applies: a live vaccine within 30 days before the first dose.", "符合排除标准4：首次给药前30天内接种活疫苗。")),
    ),
)  # fmt: skip
METHODS = (
    VERDICT,
    MethodDef("M.T.BSA", "t_bsa", text("Body surface area (Mosteller)", "体表面积（Mosteller）"), "t_weight / 30", "decimal", M2, 2,
              reasons=(Reason("t_weight > 0", text("From {0} kg.", "据{0} kg计算。"), ("t_weight",)),)),
    MethodDef("M.T.VOLUME", "t_volume", text("Volume so far", "累计容量"), "t_minutes * t_rate / 60", "decimal", ML, 1),
    MethodDef("M.T.ALL", "t_all", text("Volume in all", "总容量"), "sum_rows('t_volume')", "decimal", ML, 1),
    MethodDef("M.T.OSS_R", "t_oss_r", text("Right eye", "右眼"), "t_oss_r_cornea + t_oss_r_nasal + t_oss_r_temporal", "integer", maximum="9"),
    MethodDef("M.T.OSS_L", "t_oss_l", text("Left eye", "左眼"), "t_oss_l_cornea + t_oss_l_nasal + t_oss_l_temporal", "integer", maximum="9"),
)  # fmt: skip
CHECKS = (
    EditCheck(
        "EC.T.1", ("I.T.C03",), "not (t_c03 and t_c00)", "Soft",
        text("A live vaccine was given within 30 days: the first dose cannot be given before the interval has passed.", "30天内接种过活疫苗：间隔期满前不能首次给药。"),
    ),
)  # fmt: skip

CHOICES = layout.ChoiceRows(
    tuple(i.oid for i in CRITERIA_ITEMS), text("Inclusion", "入选标准"),
    text("Every criterion is answered; one that was not examined gets a reason.", "每条标准都要回答；未评估者请填原因。"),
)  # fmt: skip
DERIVED = layout.DerivedCard(("M.T.ELIGIBLE", "M.T.BSA", "M.T.ALL"), text("What follows", "结论"))
STEPS = layout.RepeatTable(
    "IG.T.STEP", text("Rate steps", "滴速调整"), text("One line for every change of the rate.", "每次调整滴速填一行。"), text("Add a step", "添加一步")
)  # fmt: skip
DRUGS = layout.RepeatTable("IG.T.DRUG", text("Drugs before the trial", "既往用药"))
OSS = layout.GradeGrid(
    (layout.GridColumn(text("Right eye", "右眼"), "M.T.OSS_R"), layout.GridColumn(text("Left eye", "左眼"), "M.T.OSS_L")),
    tuple(
        layout.GridRow(words, text("0 none · 1 few · 2 many · 3 confluent", "0 无 · 1 少 · 2 多 · 3 融合"), (CORNEA[n].oid, CORNEA[n + 3].oid))
        for n, words in enumerate((text("Cornea, fluorescein", "角膜，荧光素"), text("Nasal conjunctiva", "鼻侧结膜"), text("Temporal conjunctiva", "颞侧结膜")))
    ),
    title=text("Ocular staining score", "眼表染色评分"),
)  # fmt: skip
CARD = layout.FieldCard(("I.T.WEIGHT", "I.T.STAINED"), columns=2)
NEW: dict[str, layout.Block] = {
    "choices": CHOICES, "derived": DERIVED, "steps": STEPS, "drugs": DRUGS, "oss": OSS, "card": CARD
}  # fmt: skip


def _form(oid: str, groups: tuple[str, ...], blocks: tuple[layout.Block, ...], *methods: str) -> FormDef:
    words = text(oid, oid)
    return FormDef(oid, words, words, words, groups, layout.Layout(blocks), methods)


def _group(oid: str, items: tuple[ItemDef, ...], repeating: bool = False, methods: tuple[str, ...] = ()) -> ItemGroupDef:
    words = text("Group", "组")
    return ItemGroupDef(oid, words, tuple(i.oid for i in items), repeating, oid.lower().replace(".", "_"), methods)


STEP_ITEMS, DRUG_ITEMS = (CLOCK, MINUTES, RATE, CALM), (NAME, CLASS, START, STOP, DOSE, EFFECT, TOLERANCE, REMARK)
GROUPS = (
    _group("IG.T.CRITERIA", CRITERIA_ITEMS), _group("IG.T.MORE", (WEIGHT, STAINED)),
    _group("IG.T.STEP", STEP_ITEMS, True, ("M.T.VOLUME",)), _group("IG.T.DRUG", DRUG_ITEMS, True),
    _group("IG.T.OSS", CORNEA),
)  # fmt: skip
FORMS = (
    _form("F.T.CRITERIA", ("IG.T.CRITERIA", "IG.T.MORE", "IG.T.STEP"), (CHOICES, CARD, STEPS, DERIVED), "M.T.ELIGIBLE", "M.T.BSA", "M.T.ALL"),
    _form("F.T.DRUGS", ("IG.T.DRUG",), (DRUGS,)),
    _form("F.T.OSS", ("IG.T.OSS",), (OSS,), "M.T.OSS_R", "M.T.OSS_L"),
)  # fmt: skip


@cache
def staged() -> MetaDataVersion:
    """The real definition with these pages behind it."""
    real = definition()
    made = evolve(
        real,
        code_lists=(*real.code_lists, KNOWN, DRUG, RESPONSE, DOTS),
        items=(*real.items, *CRITERIA_ITEMS, WEIGHT, STAINED, *STEP_ITEMS, *DRUG_ITEMS, *CORNEA),
        item_groups=(*real.item_groups, *GROUPS),
        methods=(*real.methods, *METHODS),
        edit_checks=(*real.edit_checks, *CHECKS),
        forms=(*real.forms, *FORMS),
    )
    require_sound(made)
    return made
