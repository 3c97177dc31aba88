"""ESSDAI and ClinESSDAI: twelve domains, totals and bands, and what the laboratory implies."""

from __future__ import annotations

from crf_desktop.forms.censored import lies_below
from crf_desktop.forms.essdai_domain import DOMAINS, Domain
from crf_desktop.forms.essdai_hint import HINTS, NO_IVIG, REACHED
from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import answers, text
from crf_desktop.model.definition import CodeList, CodeListItem, EditCheck, FormDef, ItemDef, MethodDef
from crf_desktop.model.layout import FieldCard, Layout, LevelRow, LevelTable

_LEVEL_NAMES = {0: text("None", "无"), 1: text("Low", "低"), 2: text("Moderate", "中"), 3: text("High", "高")}

BAND = answers(
    "CL.ESSDAI.BAND",
    ("low", "Low (<5)", "低（<5）"),
    ("moderate", "Moderate (5–13)", "中（5–13）"),
    ("high", "High (≥14)", "高（≥14）"),
)
LUNG_BASIS = answers(
    "CL.ESSDAI.LUNG_BASIS",
    ("NOT_SUSPECTED", "Not suspected, no test done", "临床不怀疑，未检查"),
    ("TESTED", "Lung function or HRCT done", "已行肺功能或HRCT"),
)


def _code_list(domain: Domain) -> CodeList:
    levels = (CodeListItem(str(n), _LEVEL_NAMES[n], definition) for n, definition in domain.levels.items())
    return CodeList(f"CL.ESSDAI.{domain.key.upper()}", tuple(levels))


def _item(domain: Domain) -> ItemDef:
    return ItemDef(
        f"I.ESSDAI.{domain.key.upper()}",
        f"essdai_{domain.key}",
        domain.sas_name,
        "integer",
        text(f"{domain.label.en}: highest level that applies, last 4 weeks", f"{domain.label.zh}：近4周，取最高级别"),
        domain.label,
        note=domain.note,
        code_list=f"CL.ESSDAI.{domain.key.upper()}",
        length=1,
        hints=HINTS.get(domain.key, ()),
    )


def _points(clinical: bool) -> list[str]:
    weights = ((d.clin_weight if clinical else d.weight, d.key) for d in DOMAINS)
    return [f"{weight}*essdai_{key}" for weight, key in weights if weight is not None]


def _maximum(clinical: bool) -> str:
    weights = ((d.clin_weight if clinical else d.weight, max(d.levels)) for d in DOMAINS)
    return str(sum(weight * highest for weight, highest in weights if weight is not None))


def _band(oid: str, name: str, total: str) -> MethodDef:
    return MethodDef(
        oid, name,
        text("Activity band", "活动度分级"),
        f"'low' if {total} < 5 else ('moderate' if {total} < 14 else 'high')", "code", code_list=BAND.oid,
        description=text("Low <5, moderate 5–13, high ≥14; derived in adults.", "低<5，中5–13，高≥14；来源于成人研究。"),
    )  # fmt: skip


ITEMS = tuple(_item(d) for d in DOMAINS)
ESSDAI_BAND = _band("M.ESSDAI.BAND", "essdai_band", "essdai_total")
CLINESSDAI_BAND = _band("M.CLINESSDAI.BAND", "clinessdai_band", "clinessdai_total")
ESSDAI = MethodDef(
    "M.ESSDAI.TOTAL", "essdai_total",
    text("ESSDAI", "ESSDAI"),
    " + ".join(_points(clinical=False)), "integer", maximum=_maximum(clinical=False),
    lower_bound=f"sum_known({', '.join(_points(clinical=False))})",
    counts=tuple(i.oid for i in ITEMS),
    band=ESSDAI_BAND.oid,
    description=text(
        "Sum of level × weight over 12 domains (Seror 2010). A domain without a level leaves the total missing; it is not estimated.",
        "12个领域级别×权重之和（Seror 2010）。任一领域未评级则总分缺失，不作推算。",
    ),
)  # fmt: skip
CLINESSDAI = MethodDef(
    "M.CLINESSDAI.TOTAL", "clinessdai_total",
    text("ClinESSDAI", "ClinESSDAI"),
    " + ".join(_points(clinical=True)), "integer", maximum=_maximum(clinical=True),
    lower_bound=f"sum_known({', '.join(_points(clinical=True))})",
    counts=tuple(i.oid for i, d in zip(ITEMS, DOMAINS, strict=True) if d.clin_weight is not None),
    band=CLINESSDAI_BAND.oid,
    description=text(
        "The same levels without Biological, with their own weights (Seror 2016); valid when only Biological is missing.",
        "相同级别，不含生物学，另用权重（Seror 2016）；仅生物学缺失时仍有效。",
    ),
)  # fmt: skip

LUNG = ItemDef(
    "I.ESSDAI.LUNG_BASIS", "essdai_lung_basis", "ESDLUNGB", "code",
    text("Pulmonary rated 0: on what basis?", "肺部评0级的依据"),
    text("Basis of Pulmonary 0", "肺部0级的依据"),
    text(
        "Lung function and HRCT are done only when clinically indicated.",
        "仅在有临床指征时行肺功能和HRCT检查。",
    ),
    code_list=LUNG_BASIS.oid,
    mandatory=False,
    relevant="known(essdai_pulmonary) and essdai_pulmonary == 0",
)  # fmt: skip

_COUNTS = ("anc", "hb", "platelets", "lymphocytes")
_OF_TREATMENT = ", ".join(f"one_of({c}_attribution, 'TREATMENT', 'OTHER')" for c in _COUNTS)
_NOT_EXCLUDED = ", ".join(f"one_of({c}_attribution, 'AUTOIMMUNE', 'UNKNOWN')" for c in _COUNTS)


def _below(number: int, domain: Domain) -> EditCheck:
    """Asks about a rating below the level that the data of the visit reach."""
    reached = REACHED[domain.key]
    return EditCheck(
        f"EC.ESSDAI.{number:03}", (f"I.ESSDAI.{domain.key.upper()}",), f"essdai_{domain.key} >= ({reached})", "Soft",
        text(
            f"The data of this visit reach level {{0}}, but {domain.label.en} is rated lower. Rate again, or say why they do not count.",
            f"本次访视数据已达{{0}}级，但{domain.label.zh}评级较低。请重新评级，或说明不计入的原因。",
        ),
        (reached,),
    )  # fmt: skip


CHECKS = (
    EditCheck(
        "EC.ESSDAI.001", ("I.ESSDAI.BIOLOGICAL", "I.LAB.LOW_IGG_ATTRIBUTION"),
        "not (essdai_biological == 2 and igg < 5 and low_igg_attribution == 'TREATMENT'"
        " and not (known(cryoglobulin) and cryoglobulin == 'POS'))",
        "Soft",
        text(
            "Biological 2 rests on IgG of {0} g/L, below 5, that is attributed to treatment. A drug effect is not activity: record it as an adverse event.",
            "生物学2级的依据为治疗所致的IgG {0} g/L（低于5）。药物作用不属于疾病活动，应记为不良事件。",
        ),
        ("igg",),
    ),
    EditCheck(
        "EC.ESSDAI.002", ("I.ESSDAI.BIOLOGICAL",), "not (essdai_biological < 2 and cryoglobulin == 'POS')", "Soft",
        text("Cryoglobulin is positive, but Biological is rated below 2.", "冷球蛋白阳性，但生物学评级低于2级。"),
    ),
    EditCheck(
        "EC.ESSDAI.003", ("I.ESSDAI.BIOLOGICAL",), f"not (essdai_biological == 0 and ({lies_below('c3', 'c3_lln')} or {lies_below('c4', 'c4_lln')}))", "Soft",
        text("C3 or C4 lies below its lower limit, but Biological is rated 0.", "C3或C4低于正常下限，但生物学评为0级。"),
    ),
    EditCheck(
        "EC.ESSDAI.004", ("I.ESSDAI.BIOLOGICAL",),
        f"not ({NO_IVIG} and ((igg > 20 and essdai_biological < 2) or (igg >= 16 and essdai_biological == 0)"
        " or (igg < 5 and low_igg_attribution == 'DISEASE' and essdai_biological < 2)))", "Soft",
        text("IgG ({0} g/L) reaches a level that Biological does not show.", "IgG（{0} g/L）已达到的级别高于生物学评级。"),
        ("igg",),
    ),
    EditCheck(
        "EC.ESSDAI.005", ("I.ESSDAI.BIOLOGICAL",), f"not (essdai_biological == 0 and ({lies_below('ch50', 'ch50_lln')} or clonal_component == 'POS'))", "Soft",
        text("CH50 is low or a clonal component is present, but Biological is rated 0.", "CH50降低或存在单克隆成分，但生物学评为0级。"),
    ),
    EditCheck(
        "EC.ESSDAI.006", ("I.ESSDAI.HAEMATOLOGICAL",),
        f"not (essdai_haematological > 0 and count_true({_OF_TREATMENT}) > 0 and count_true({_NOT_EXCLUDED}) == 0)", "Soft",
        text(
            "Haematological is rated, but every low count is attributed to treatment or another cause. That is not activity.",
            "血液系统已评级，但所有减低的血细胞均归因于治疗或其他原因，不属于疾病活动。",
        ),
    ),
    *(_below(n, d) for n, d in enumerate((d for d in DOMAINS if d.key in REACHED), 11)),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.ESSDAI",
        text("ESSDAI", "ESSDAI"),
        text("ESSDAI", "ESSDAI"),
        text(
            "Rate activity due to Sjögren’s, last 4 weeks, present state, not damage",
            "评定近4周干燥综合征所致的当前活动性，不评损伤",
        ),
        ("IG.ESSDAI",),
        Layout(
            (
                LevelTable(
                    tuple(LevelRow(i.oid, (d.weight, d.clin_weight), d.short) for i, d in zip(ITEMS, DOMAINS, strict=True)),
                    (ESSDAI.oid, CLINESSDAI.oid),
                ),
                FieldCard((LUNG.oid,)),
            )
        ),
        (ESSDAI.oid, ESSDAI_BAND.oid, CLINESSDAI.oid, CLINESSDAI_BAND.oid),
        (ESSDAI.oid, CLINESSDAI.oid),
        blind_previous=True,
        after=("F.ESSPRI", "F.PGA"),
    ),
    (*ITEMS, LUNG),
    (ESSDAI, ESSDAI_BAND, CLINESSDAI, CLINESSDAI_BAND),
    CHECKS,
    (*(_code_list(d) for d in DOMAINS), BAND, LUNG_BASIS),
    table="essdai",
)
