"""Hočevar ultrasound score: four glands × five parameters, 0–48 (Hočevar 2005, Rheumatology 44:768)."""

from __future__ import annotations

from attrs import frozen

from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import answers, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef
from crf_desktop.model.layout import GradeGrid, GridColumn, GridRow, Layout
from crf_desktop.model.text import TranslatedText


@frozen
class Gland:
    """One salivary gland."""

    key: str
    sas: str
    label: TranslatedText
    parotid: bool


@frozen
class Parameter:
    """One parameter: its grades as printed under its name, and the code list of each kind of gland."""

    key: str
    sas: str
    label: TranslatedText
    grades: TranslatedText
    parotid_list: str
    submandibular_list: str


GLANDS = (
    Gland("parotid_r", "PR", text("Right parotid", "右腮腺"), True),
    Gland("parotid_l", "PL", text("Left parotid", "左腮腺"), True),
    Gland("submand_r", "SR", text("Right submandibular", "右下颌下腺"), False),
    Gland("submand_l", "SL", text("Left submandibular", "左下颌下腺"), False),
)

CODE_LISTS = (
    answers("CL.HOCEVAR.ECHOGENICITY", ("0", "Comparable to thyroid", "与甲状腺相当"), ("1", "Decreased", "减低")),
    answers(
        "CL.HOCEVAR.HOMOGENEITY",
        ("0", "Homogeneous", "均匀"), ("1", "Mild inhomogeneity", "轻度不均"),
        ("2", "Evident inhomogeneity", "明显不均"), ("3", "Gross inhomogeneity", "重度不均"),
    ),
    answers(
        "CL.HOCEVAR.HYPOECHOGENIC",
        ("0", "None", "无"), ("1", "Few, scattered", "少数散在"), ("2", "Several", "多个"), ("3", "Numerous", "大量"),
    ),
    answers(
        "CL.HOCEVAR.HYPERECHO_PAROTID",
        ("0", "None", "无"), ("1", "Few, scattered", "少数散在"), ("2", "Several", "多个"), ("3", "Numerous", "大量"),
    ),
    answers("CL.HOCEVAR.HYPERECHO_SUBMAND", ("0", "Absent", "无"), ("1", "Present", "有")),
    answers(
        "CL.HOCEVAR.BORDERS",
        ("0", "Clear, regular", "清晰规则"), ("1", "Partly defined", "部分清晰"),
        ("2", "Ill-defined", "不清"), ("3", "Not visible", "不可见"),
    ),
)  # fmt: skip

PARAMETERS = (
    Parameter(
        "echogenicity", "ECHO", text("Echogenicity", "回声"),
        text("0 as thyroid · 1 decreased", "0 与甲状腺相当 · 1 减低"),
        "CL.HOCEVAR.ECHOGENICITY", "CL.HOCEVAR.ECHOGENICITY",
    ),
    Parameter(
        "homogeneity", "HOMO", text("Homogeneity", "均匀性"),
        text("0 homogeneous · 1 mild · 2 evident · 3 gross", "0 均匀 · 1 轻 · 2 明显 · 3 重度不均"),
        "CL.HOCEVAR.HOMOGENEITY", "CL.HOCEVAR.HOMOGENEITY",
    ),
    Parameter(
        "hypoechogenic", "HYPO", text("Hypoechogenic areas", "低回声区"),
        text("0 none · 1 few · 2 several · 3 numerous", "0 无 · 1 少数散在 · 2 多个 · 3 大量"),
        "CL.HOCEVAR.HYPOECHOGENIC", "CL.HOCEVAR.HYPOECHOGENIC",
    ),
    Parameter(
        "hyperechogenic", "HYPR", text("Hyperechogenic reflections", "高回声反射"),
        text("Parotid 0 none to 3 numerous · subm. 0 / 1", "腮腺0 无至3 大量 · 下颌下腺0 / 1"),
        "CL.HOCEVAR.HYPERECHO_PAROTID", "CL.HOCEVAR.HYPERECHO_SUBMAND",
    ),
    Parameter(
        "borders", "BORD", text("Clearness of borders", "边界清晰度"),
        text("0 clear · 1 partly · 2 ill-defined · 3 not visible", "0 清晰 · 1 部分 · 2 不清 · 3 不可见"),
        "CL.HOCEVAR.BORDERS", "CL.HOCEVAR.BORDERS",
    ),
)  # fmt: skip

_GRADES = {c.oid: c.items for c in CODE_LISTS}


def _list_of(gland: Gland, parameter: Parameter) -> str:
    return parameter.parotid_list if gland.parotid else parameter.submandibular_list


def _item(gland: Gland, parameter: Parameter) -> ItemDef:
    return ItemDef(
        f"I.HOCEVAR.{gland.key.upper()}.{parameter.key.upper()}",
        f"hocevar_{gland.key}_{parameter.key}",
        f"H{gland.sas}{parameter.sas}",
        "integer",
        text(f"{gland.label.en}: {parameter.label.en.lower()}", f"{gland.label.zh}：{parameter.label.zh}"),
        parameter.label,
        code_list=_list_of(gland, parameter),
        length=1,
    )


GRADES = {gland.key: tuple(_item(gland, p) for p in PARAMETERS) for gland in GLANDS}


def _sum(gland: Gland) -> MethodDef:
    names = ", ".join(i.name for i in GRADES[gland.key])
    highest = sum(max(int(i.coded_value) for i in _GRADES[_list_of(gland, p)]) for p in PARAMETERS)
    return MethodDef(
        f"M.HOCEVAR.{gland.key.upper()}", f"hocevar_{gland.key}",
        text(f"{gland.label.en}, sum", f"{gland.label.zh}小计"),
        f"sum({names})", "integer", maximum=str(highest), lower_bound=f"sum_known({names})",
        counts=tuple(i.oid for i in GRADES[gland.key]),
        description=text("Sum of the five grades of this gland.", "该腺体5项分级之和。"),
    )  # fmt: skip


SUMS = tuple(_sum(g) for g in GLANDS)
_ALL = tuple(i for g in GLANDS for i in GRADES[g.key])
TOTAL = MethodDef(
    "M.HOCEVAR.TOTAL", "hocevar_total",
    text("Hočevar total", "Hočevar总分"),
    f"sum({', '.join(m.name for m in SUMS)})", "integer",
    maximum=str(sum(int(m.maximum or "0") for m in SUMS)),
    lower_bound=f"sum_known({', '.join(i.name for i in _ALL)})",
    counts=tuple(i.oid for i in _ALL),
    description=text(
        "Sum of four glands. A gland not scanned leaves the total missing.",
        "四个腺体之和。任一腺体未扫查则总分缺失。",
    ),
)  # fmt: skip
GE17 = MethodDef(
    "M.HOCEVAR.GE17", "hocevar_ge17",
    text("Positive (≥17)", "阳性（≥17）"),
    "hocevar_total >= 17", "boolean", code_list="CL.YES_NO",
    description=text("Published cut-off 17, read as ≥17.", "已发表界值17，按≥17判读。"),
)  # fmt: skip
NOT_SCANNED = MethodDef(
    "M.HOCEVAR.NOT_SCANNED", "hocevar_not_scanned",
    text("A grade is missing for a reason", "有分级因故缺失"),
    f"count_known({', '.join(i.name for i in _ALL)}) < {len(_ALL)}", "boolean", code_list="CL.YES_NO",
    waits_for=tuple(i.oid for i in _ALL),
    description=text("Flag: a gland or part of it was not scanned, so that there is no total.", "标记：有腺体或其部分未扫查，故无总分。"),
)  # fmt: skip

TISSUE = answers(
    "CL.HOCEVAR.REFERENCE",
    ("THYROID", "Thyroid", "甲状腺"),
    ("SOFT_TISSUE", "Surrounding soft tissue", "周围软组织"),
)
REFERENCE = ItemDef(
    "I.HOCEVAR.REFERENCE", "hocevar_reference", "HOCREF", "code",
    text("Tissue to which echogenicity was compared", "回声比较所用的参照组织"),
    text("Reference tissue", "参照组织"),
    text("Thyroid; if it is diseased or absent, the surrounding soft tissue.", "甲状腺；甲状腺病变或缺如时用周围软组织。"),
    code_list=TISSUE.oid,
)  # fmt: skip
THYROID_DISEASE = yes_no(
    "I.HOCEVAR.THYROID_DISEASE", "hocevar_thyroid_disease", "HOCTHYR",
    text("Known or visible thyroid disease (thyroiditis)?", "有无已知或超声可见的甲状腺疾病（甲状腺炎）？"),
    text("Thyroid disease", "甲状腺疾病"),
)  # fmt: skip
SAME_SONOGRAPHER = yes_no(
    "I.HOCEVAR.SAME_SONOGRAPHER", "hocevar_same_sonographer", "HOCSAME",
    text("Same sonographer as at week 0?", "是否与第0周为同一操作者？"),
    text("Same sonographer as week 0", "与第0周同一操作者"),
    hint=text("From the second scan on.", "自第二次检查起填写。"),
    mandatory=False,
    relevant="not one_of(event, 'SE.SCR', 'SE.W0')",
)  # fmt: skip
CLIPS = yes_no(
    "I.HOCEVAR.CLIPS_STORED", "hocevar_clips_stored", "HOCCLIPS",
    text("Are clips of all four glands stored?", "四个腺体的动态图像是否均已存储？"),
    text("Clips stored", "已存图像"),
)  # fmt: skip
OPTIONS = (REFERENCE, THYROID_DISEASE, SAME_SONOGRAPHER, CLIPS)

CHECKS = (
    EditCheck(
        "EC.HOCEVAR.001", (REFERENCE.oid, THYROID_DISEASE.oid), "not (hocevar_reference == 'THYROID' and hocevar_thyroid_disease)", "Soft",
        text("A diseased thyroid is no reference for echogenicity.", "甲状腺有病变时不宜作为回声参照。"),
    ),
    EditCheck(
        "EC.HOCEVAR.002", tuple(i.oid for i in _ALL), "not hocevar_not_scanned", "Soft",
        text(
            "Not scanned in full: no total. Scan again if possible.",
            "腺体未完整扫查：无总分。尽可能补扫。",
        ),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.HOCEVAR",
        text("Salivary gland ultrasound", "唾液腺超声"),
        text("Ultrasound", "超声"),
        text(
            "Hočevar score, 4 glands × 5 parameters · earlier grades stay hidden until this form is complete",
            "Hočevar评分，4个腺体×5项参数 · 完成本表前不显示既往分级",
        ),
        ("IG.HOCEVAR",),
        Layout(
            (
                GradeGrid(
                    tuple(GridColumn(g.label, m.oid) for g, m in zip(GLANDS, SUMS, strict=True)),
                    tuple(
                        GridRow(p.label, p.grades, tuple(GRADES[g.key][n].oid for g in GLANDS))
                        for n, p in enumerate(PARAMETERS)
                    ),
                    TOTAL.oid,
                    17,
                    text("Mark at 17: published cut-off, ≥17 positive", "17处标线：已发表界值，≥17为阳性"),
                    tuple(i.oid for i in OPTIONS),
                ),
            )
        ),
        (*(m.oid for m in SUMS), TOTAL.oid, GE17.oid, NOT_SCANNED.oid),
        (TOTAL.oid,),
        blind_previous=True,
    ),
    (*OPTIONS, *_ALL),
    (*SUMS, TOTAL, GE17, NOT_SCANNED),
    CHECKS,
    (*CODE_LISTS, TISSUE),
    table="ultrasound",
)
