"""Verdicts of the classification criteria, each from the raw items; what was never done leaves a verdict open, not negative."""

from __future__ import annotations

from crf_desktop.forms.vocabulary import text
from crf_desktop.model.definition import MethodDef, Reason
from crf_desktop.model.text import TranslatedText

_TREATED = "SE.W0"
"""Week 0 is read where screening has no value: its tests lie before the first dose. Later visits never count."""


def _any_of(*sources: str) -> str:
    """True if one source says so, false if at least one is known and none does: a test never done decides nothing."""
    true = " or ".join(f"(known({s}) and {s})" for s in sources)
    known = " or ".join(f"known({s})" for s in sources)
    return f"True if {true} else (False if {known} else None)"


def _method(oid: str, name: str, en: str, zh: str, expression: str, description: TranslatedText, reasons: tuple[Reason, ...] = ()) -> MethodDef:
    return MethodDef(
        f"M.HX.{oid}", name, text(en, zh), expression, "boolean", code_list="CL.YES_NO", description=description, reasons=reasons
    )


SIGN_SCHIRMER = _method(
    "SIGN_SCHIRMER", "sign_schirmer", "Schirmer ≤5 mm in an eye", "至少一眼Schirmer≤5 mm",
    _any_of("schirmer_abnormal_aecg", f"at('{_TREATED}', 'schirmer_abnormal_aecg')", "(hx_schirmer_right <= 5 or hx_schirmer_left <= 5)"),
    text("Screening, week 0 or on record; at most 5 mm in 5 min in at least one eye.", "筛选、第0周或既往记录；至少一眼5 min不超过5 mm。"),
)  # fmt: skip
SIGN_VBS = _method(
    "SIGN_VBS", "sign_vbs", "van Bijsterveld ≥4 in an eye", "至少一眼van Bijsterveld≥4", "hx_vbs_right >= 4 or hx_vbs_left >= 4",
    text("At least 4 of 9 in at least one eye.", "至少一眼≥4分（满分9分）。"),
)  # fmt: skip
SIGN_STAINING = _method(
    "SIGN_STAINING", "sign_staining", "OSS ≥5 or van Bijsterveld ≥4", "OSS≥5或van Bijsterveld≥4",
    _any_of("sign_vbs", "oss_ge5", f"at('{_TREATED}', 'oss_ge5')", "(hx_oss_right >= 5 or hx_oss_left >= 5)"),
    text("Screening, week 0 or on record; in at least one eye (ACR/EULAR 2016).", "筛选、第0周或既往记录；至少一眼（ACR/EULAR 2016）。"),
)  # fmt: skip
SIGN_FLOW = _method(
    "SIGN_FLOW", "sign_flow", "Salivary flow ≤0.1 mL/min", "唾液流率≤0.1 mL/min",
    _any_of("saliva_abnormal", f"at('{_TREATED}', 'saliva_abnormal')", "(hx_flow <= 0.1)"),
    text("Screening, week 0 or on record; equals AECG’s 1.5 mL in 15 min.", "筛选、第0周或既往记录；等同于AECG的15 min 1.5 mL。"),
)  # fmt: skip

AECG_1 = _method(
    "AECG_1", "aecg_1", "AECG I: ocular symptoms", "AECG I：眼部症状", "hx_dry_eyes or hx_sand_eyes or hx_tears_3x",
    text("At least one of three questions.", "三项中至少一项。"),
)  # fmt: skip
AECG_2 = _method(
    "AECG_2", "aecg_2", "AECG II: oral symptoms", "AECG II：口腔症状", "hx_dry_mouth or hx_liquids",
    text(
        "At least one of two questions. The third, swollen glands as an adult, cannot apply to a child: parotitis is recorded and does not count.",
        "两项中至少一项。第三项“成年后腮腺反复肿大”不适用于儿童：记录腮腺肿大，但不计入。",
    ),
)  # fmt: skip
AECG_3 = _method(
    "AECG_3", "aecg_3", "AECG III: ocular signs", "AECG III：眼部体征", _any_of("sign_schirmer", "sign_vbs"),
    text("Schirmer at most 5 mm in 5 min or van Bijsterveld at least 4.", "Schirmer 5 min不超过5 mm或van Bijsterveld≥4。"),
)  # fmt: skip
AECG_4 = _method(
    "AECG_4", "aecg_4", "AECG IV: histology", "AECG IV：组织学", "hx_focus_score >= 1",
    text("Focus score at least 1 per 4 mm².", "灶性指数≥1/4 mm²。"),
)  # fmt: skip
AECG_5 = _method(
    "AECG_5", "aecg_5", "AECG V: salivary glands", "AECG V：唾液腺受损",
    _any_of("sign_flow", "(hx_sialography == 'ABNORMAL')", "(hx_scintigraphy == 'ABNORMAL')"),
    text("Flow at most 1.5 mL in 15 min, sialography or scintigraphy.", "唾液流率15 min不超过1.5 mL、腮腺造影或核素显像异常。"),
)  # fmt: skip
AECG_6 = _method(
    "AECG_6", "aecg_6", "AECG VI: anti-Ro/SSA or anti-La/SSB", "AECG VI：抗SSA或抗SSB", "hx_ssa == 'POS' or hx_ssb == 'POS'",
    text("Either antibody.", "任一抗体阳性。"),
)  # fmt: skip
AECG_ITEMS = (AECG_1, AECG_2, AECG_3, AECG_4, AECG_5, AECG_6)

_AECG_EXCLUDED = "(hx_radiation or hx_hcv or hx_aids or hx_lymphoma or hx_sarcoidosis or hx_gvhd or hx_anticholinergic)"
_ACR_EXCLUDED = "(hx_radiation or hx_hcv or hx_aids or hx_sarcoidosis or hx_amyloidosis or hx_gvhd or hx_igg4)"


def _fulfilled(items: tuple[str, ...]) -> tuple[str, str]:
    """How many items are fulfilled for certain, and how many could be."""
    listed, n = ", ".join(items), len(items)
    return f"count_true({listed})", f"(count_true({listed}) + {n} - count_known({listed}))"


_ALL, _ALL_MAX = _fulfilled(tuple(m.name for m in AECG_ITEMS))
_CORE, _CORE_MAX = _fulfilled(("aecg_4", "aecg_6"))
_OBJECTIVE, _OBJECTIVE_MAX = _fulfilled(("aecg_3", "aecg_4", "aecg_5", "aecg_6"))
_CERTAIN = f"(({_ALL} >= 4 and {_CORE} >= 1) or {_OBJECTIVE} >= 3)"
_POSSIBLE = f"(({_ALL_MAX} >= 4 and {_CORE_MAX} >= 1) or {_OBJECTIVE_MAX} >= 3)"
_EXCLUDED = Reason(_AECG_EXCLUDED, text("An exclusion of the criteria is present", "存在该标准的排除情况"))


def _each(items: tuple[tuple[str, str, str], ...]) -> tuple[Reason, ...]:
    """Of every item whether it is fulfilled, not fulfilled or not known."""
    return (
        *(Reason(name, text(f"Fulfilled: {en}", f"符合：{zh}")) for name, en, zh in items),
        *(Reason(f"not {name}", text(f"Not fulfilled: {en}", f"不符合：{zh}")) for name, en, zh in items),
        *(Reason(f"not known({name})", text(f"Not known: {en}", f"未知：{zh}")) for name, en, zh in items),
    )


_AECG_NAMES = (
    ("aecg_1", "I, ocular symptoms", "I，眼部症状"), ("aecg_2", "II, oral symptoms", "II，口腔症状"),
    ("aecg_3", "III, ocular signs", "III，眼部体征"), ("aecg_4", "IV, histology", "IV，组织学"),
    ("aecg_5", "V, salivary glands", "V，唾液腺受损"), ("aecg_6", "VI, antibodies", "VI，自身抗体"),
)  # fmt: skip

AECG = _method(
    "AECG_MET", "aecg_met", "AECG 2002, primary Sjögren’s", "AECG 2002，原发性干燥综合征",
    f"(True if {_CERTAIN} else (None if {_POSSIBLE} else False)) and not {_AECG_EXCLUDED}",
    text(
        "Vitali 2002: 4 of 6 including IV or VI, or 3 of III to VI, without an exclusion. Open while a test that is missing could decide.",
        "Vitali 2002：6项中符合4项且含IV或VI，或III–VI中符合3项，且无排除情况。缺失检查可改变结论时为待定。",
    ),
    (
        Reason(f"{_ALL} >= 4 and {_CORE} >= 1", text("4 or more of 6, with IV or VI", "6项中符合≥4项，且含IV或VI")),
        Reason(f"{_OBJECTIVE} >= 3", text("3 or more of III to VI", "III–VI中符合≥3项")),
        *_each(_AECG_NAMES),
        _EXCLUDED,
    ),
)  # fmt: skip

JAPAN_ORAL = _method(
    "JAPAN_ORAL", "japan_oral", "Japan 1999: oral", "日本1999：口腔",
    "hx_sialography == 'ABNORMAL' or (hx_stimulated_flow == 'ABNORMAL' and hx_scintigraphy == 'ABNORMAL')",
    text("Sialography abnormal, or stimulated saliva low and scintigraphy abnormal.", "腮腺造影异常，或刺激性唾液减少且核素显像异常。"),
)  # fmt: skip
JAPAN_OCULAR = _method(
    "JAPAN_OCULAR", "japan_ocular", "Japan 1999: ocular", "日本1999：眼部",
    "sign_schirmer and (hx_vbs_right >= 3 or hx_vbs_left >= 3 or hx_fluorescein == 'POS')",
    text("Schirmer at most 5 mm with van Bijsterveld at least 3 or fluorescein positive.", "Schirmer不超过5 mm，且van Bijsterveld≥3或荧光素染色阳性。"),
)  # fmt: skip
_JAPAN_NAMES = (
    ("aecg_4", "histology", "组织学"), ("japan_oral", "oral", "口腔"), ("japan_ocular", "ocular", "眼部"),
    ("aecg_6", "antibodies", "自身抗体"),
)  # fmt: skip
_JAPAN, _JAPAN_MAX = _fulfilled(tuple(n for n, _, _ in _JAPAN_NAMES))
JAPAN = _method(
    "JAPAN1999_MET", "japan1999_met", "Japan 1999", "日本1999标准",
    f"True if {_JAPAN} >= 2 else (None if {_JAPAN_MAX} >= 2 else False)",
    text("Revised ministry criteria: 2 of 4 (histology, oral, ocular, anti-Ro/SSA or anti-La/SSB).", "厚生省修订标准：4项（组织学、口腔、眼部、抗SSA或抗SSB）中符合2项。"),
    _each(_JAPAN_NAMES),
)  # fmt: skip

_POINTS = (
    ("aecg_4", 3, "histology", "组织学"), ("(hx_ssa == 'POS')", 3, "anti-Ro/SSA", "抗SSA/Ro"),
    ("sign_staining", 1, "staining of the eye", "眼表染色"), ("sign_schirmer", 1, "Schirmer", "Schirmer试验"),
    ("sign_flow", 1, "salivary flow", "唾液流率"),
)  # fmt: skip
_EARNED = ", ".join(f"({points} if {sign} else 0)" for sign, points, _, _ in _POINTS)
_SURE = f"sum_known({_EARNED})"
_STILL = " + ".join(f"(0 if known({sign}) else {points})" for sign, points, _, _ in _POINTS)
ACR_SCORE = MethodDef(
    "M.HX.ACR_EULAR_SCORE", "acr_eular_2016_score",
    text("ACR/EULAR 2016, points", "ACR/EULAR 2016评分"),
    f"sum({_EARNED})", "integer", maximum="9", lower_bound=_SURE,
    description=text(
        "Shiboski 2017: focus score 3, anti-Ro/SSA 3, staining 1, Schirmer 1, flow 1. Described; not a criterion of the registry.",
        "Shiboski 2017：灶性指数3分，抗SSA 3分，染色1分，Schirmer 1分，流率1分。仅作描述，非注册入选标准。",
    ),
)  # fmt: skip
_ENTRY = "(aecg_1 or aecg_2 or hx_essdai_suspected)"
ACR_MET = _method(
    "ACR_EULAR_MET", "acr_eular_2016_met", "ACR/EULAR 2016", "ACR/EULAR 2016标准",
    f"(True if {_SURE} >= 4 else (None if {_SURE} + {_STILL} >= 4 else False)) and {_ENTRY} and not {_ACR_EXCLUDED}",
    text("At least 4 points, with dryness or a sign in an ESSDAI domain, without an exclusion. Described only.", "≥4分，有口眼干或ESSDAI领域表现，且无排除情况。仅作描述。"),
    (
        *(Reason(sign, text(f"{en}: {points} points" if points > 1 else f"{en}: 1 point", f"{zh}：{points}分")) for sign, points, en, zh in _POINTS),
        Reason(f"not {_ENTRY}", text("Neither dryness nor a sign in an ESSDAI domain", "无口眼干，也无ESSDAI领域表现")),
        Reason(_ACR_EXCLUDED, text("An exclusion of the criteria is present", "存在该标准的排除情况")),
    ),
)  # fmt: skip

_BARTUNKOVA = (
    ("(aecg_2 or hx_parotitis)", "oral", "口腔"),
    ("(aecg_1 or hx_conjunctivitis)", "ocular", "眼部"),
    ("hx_mucosal", "other mucosa", "其他黏膜"),
    ("(hx_fever or hx_arthralgia or hx_hypokalaemia or hx_abdominal_pain)", "systemic", "全身"),
    ("(hx_ssa == 'POS' or hx_ssb == 'POS' or hx_ana_high == 'POS' or hx_rf_high == 'POS')", "serology", "血清学"),
    ("hx_amylase", "amylase", "淀粉酶"),
    ("hx_leucopenia_esr", "leucopenia or high ESR", "白细胞减少或血沉增快"),
    ("hx_hyperglobulin", "hyperglobulinaemia", "高球蛋白血症"),
    ("hx_rta", "renal tubular acidosis", "肾小管酸中毒"),
    ("aecg_4", "histology", "组织学"),
    ("aecg_3", "objective dry eye", "客观眼干"),
    ("(hx_sialography == 'ABNORMAL' or hx_scintigraphy == 'ABNORMAL')", "parotid imaging", "腮腺影像"),
)
_TWELVE = tuple(e for e, _, _ in _BARTUNKOVA)
_FOUND, _FOUND_MAX = _fulfilled(_TWELVE)
BARTUNKOVA = _method(
    "BARTUNKOVA_MET", "bartunkova_met", "Bartůňková 1999, juvenile", "Bartůňková 1999（儿童）",
    f"(True if {_FOUND} >= 4 else (None if {_FOUND_MAX} >= 4 else False)) and not hx_other_autoimmune",
    text("At least 4 of 12 items, and no other autoimmune disease explains them. Described only.", "12项中符合≥4项，且无其他自身免疫病可解释。仅作描述。"),
    (
        *(Reason(e, text(f"Fulfilled: {en}", f"符合：{zh}")) for e, en, zh in _BARTUNKOVA),
        Reason("hx_other_autoimmune", text("Another autoimmune disease explains the findings", "其他自身免疫病可解释上述表现")),
    ),
)  # fmt: skip

SIGNS = (SIGN_SCHIRMER, SIGN_VBS, SIGN_STAINING, SIGN_FLOW)
VERDICTS = (AECG, JAPAN, ACR_SCORE, ACR_MET, BARTUNKOVA)
METHODS = (*SIGNS, *AECG_ITEMS, JAPAN_ORAL, JAPAN_OCULAR, *VERDICTS)
