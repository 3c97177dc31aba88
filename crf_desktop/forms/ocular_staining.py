"""Ocular staining score (SICCA OSS, Whitcher 2010, Am J Ophthalmol 149:405), 0–12 per eye; not the van Bijsterveld score."""

from __future__ import annotations

from attrs import frozen

from crf_desktop.forms.vocabulary import answers, text, yes_no
from crf_desktop.model.definition import ItemDef, MethodDef
from crf_desktop.model.layout import GradeGrid, GridColumn, GridRow
from crf_desktop.model.text import TranslatedText

CORNEA = answers(
    "CL.OSS.CORNEA",
    ("0", "None", "无", "0 dots of fluorescein on the cornea", "角膜荧光素染色0点"),
    ("1", "Few", "少", "1–5 dots", "1–5点"),
    ("2", "Several", "中", "6–30 dots", "6–30点"),
    ("3", "Many", "多", ">30 dots", ">30点"),
)  # fmt: skip
CONJUNCTIVA = answers(
    "CL.OSS.CONJUNCTIVA",
    ("0", "None or few", "无或极少", "0–9 dots of lissamine green", "丽丝胺绿染色0–9点"),
    ("1", "Some", "少", "10–32 dots", "10–32点"),
    ("2", "Several", "中", "33–100 dots", "33–100点"),
    ("3", "Many", "多", ">100 dots", ">100点"),
)  # fmt: skip
EXTRA = answers("CL.OSS.EXTRA", ("0", "Absent", "无"), ("1", "Present", "有"))
CODE_LISTS = (CORNEA, CONJUNCTIVA, EXTRA)


@frozen
class Zone:
    """One row of the grid: analysis key, SAS stem, wording, grades as printed, code list."""

    key: str
    sas: str
    label: TranslatedText
    grades: TranslatedText
    code_list: str


_YES_NO_GRADES = text("0: absent · 1: present", "0：无 · 1：有")
_CONJUNCTIVA = text("0: 0–9 dots · 1: 10–32 · 2: 33–100 · 3: >100", "0：0–9点 · 1：10–32 · 2：33–100 · 3：>100")
ZONES = (
    Zone("cornea", "CORN", text("Cornea, dots", "角膜点状染色"), text("0: none · 1: 1–5 dots · 2: 6–30 · 3: >30", "0：无 · 1：1–5点 · 2：6–30 · 3：>30"), CORNEA.oid),
    Zone("confluent", "CONF", text("Cornea, confluent patches", "角膜融合斑片"), _YES_NO_GRADES, EXTRA.oid),
    Zone("pupil", "PUPL", text("Cornea, pupillary zone", "角膜瞳孔区染色"), _YES_NO_GRADES, EXTRA.oid),
    Zone("filament", "FILA", text("Cornea, filaments", "角膜丝状物"), _YES_NO_GRADES, EXTRA.oid),
    Zone("nasal", "NASA", text("Conjunctiva, nasal", "鼻侧结膜"), _CONJUNCTIVA, CONJUNCTIVA.oid),
    Zone("temporal", "TEMP", text("Conjunctiva, temporal", "颞侧结膜"), _CONJUNCTIVA, CONJUNCTIVA.oid),
)  # fmt: skip
_EYES = (("right", "R", text("Right eye", "右眼")), ("left", "L", text("Left eye", "左眼")))

DONE = yes_no(
    "I.OSS.DONE", "oss_done", "OSSDONE",
    text("Was the ocular staining score done (fluorescein and lissamine green)?", "是否进行眼表染色评分（OSS；荧光素和丽丝胺绿）？"),
    text("Ocular staining done", "已行眼表染色"),
    hint=text("Optional; after Schirmer. Not the van Bijsterveld score.", "可选；在Schirmer之后。不同于van Bijsterveld评分。"),
)  # fmt: skip
_ASKED = "known(oss_done) and oss_done"


def _item(side: str, sas: str, eye: TranslatedText, zone: Zone) -> ItemDef:
    return ItemDef(
        f"I.OSS.{side.upper()}.{zone.key.upper()}", f"oss_{side}_{zone.key}", f"OS{sas}{zone.sas}", "integer",
        text(f"OSS, {eye.en.lower()}: {zone.label.en[0].lower()}{zone.label.en[1:]}", f"OSS，{eye.zh}：{zone.label.zh}"), zone.label,
        code_list=zone.code_list, length=1, relevant=_ASKED,
    )  # fmt: skip


GRADES = {side: tuple(_item(side, sas, eye, z) for z in ZONES) for side, sas, eye in _EYES}
ITEMS = (DONE, *GRADES["right"], *GRADES["left"])


def _sum(side: str, eye: TranslatedText) -> MethodDef:
    names = ", ".join(i.name for i in GRADES[side])
    return MethodDef(
        f"M.OSS.{side.upper()}", f"oss_{side}",
        text(f"OSS, {eye.en.lower()}", f"OSS，{eye.zh}"),
        f"sum({names})", "integer", maximum="12", lower_bound=f"sum_known({names})",
        counts=tuple(i.oid for i in GRADES[side]),
        description=text("Cornea 0–6 and both sides of the conjunctiva 0–3 each.", "角膜0–6，鼻侧和颞侧结膜各0–3。"),
    )  # fmt: skip


RIGHT, LEFT = (_sum(side, eye) for side, _, eye in _EYES)
MEAN = MethodDef(
    "M.OSS.MEAN", "oss_mean",
    text("OSS, mean of both eyes", "OSS双眼均值"),
    "mean(oss_right, oss_left)", "decimal", None, 1,
    description=text("Mean of both eyes, as STAR uses it; unknown while one eye is.", "双眼均值（STAR所用）；任一眼未知则未知。"),
)  # fmt: skip
GE5 = MethodDef(
    "M.OSS.GE5", "oss_ge5",
    text("OSS ≥5 in at least one eye (ACR/EULAR)", "OSS至少一眼≥5（ACR/EULAR）"),
    "oss_right >= 5 or oss_left >= 5", "boolean", code_list="CL.YES_NO",
    description=text("Shiboski 2017: counts 1 point.", "Shiboski 2017：计1分。"),
)  # fmt: skip
GE3 = MethodDef(
    "M.OSS.GE3", "oss_ge3",
    text("OSS abnormal (STAR: mean ≥3)", "OSS异常（STAR：均值≥3）"),
    "oss_mean >= 3", "boolean", code_list="CL.YES_NO",
    description=text("Seror 2022, STAR: mean of both eyes at least 3.", "Seror 2022，STAR：双眼均值不低于3。"),
)  # fmt: skip
METHODS = (RIGHT, LEFT, MEAN, GE5, GE3)

GRID = GradeGrid(
    (GridColumn(_EYES[0][2], RIGHT.oid), GridColumn(_EYES[1][2], LEFT.oid)),
    tuple(GridRow(z.label, z.grades, (GRADES["right"][n].oid, GRADES["left"][n].oid)) for n, z in enumerate(ZONES)),
    options=(DONE.oid,),
    title=text("Ocular staining score (OSS)", "眼表染色评分（OSS）"),
)
