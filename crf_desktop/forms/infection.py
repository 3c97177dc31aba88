"""Infection screen: hepatitis B and C, HIV, syphilis, tuberculosis; the last live vaccine.

HBV screening before rituximab is a boxed warning; the registry excludes HBsAg, or HBsAb together with HBcAb (A23).
"""

from __future__ import annotations

from crf_desktop.forms.measurement import card, limits, number
from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import IU_ML, MM, NEG_POS, answers, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef, Reason
from crf_desktop.model.layout import DerivedCard, Layout
from crf_desktop.model.text import TranslatedText

HBV_PLAN = answers(
    "CL.INFECTION.HBV_PLAN",
    ("PROPHYLAXIS", "Antiviral drug", "抗病毒药物"), ("MONITORING", "Monitoring", "监测", "HBV DNA at intervals", "定期监测HBV DNA"),
    ("NONE", "None", "无"),
)  # fmt: skip
TB_TEST = answers(
    "CL.INFECTION.TB_TEST",
    ("IGRA", "IGRA", "γ干扰素释放试验", "Interferon-γ release assay", "γ干扰素释放试验（IGRA）"),
    ("TST", "Skin test", "皮肤试验", "Tuberculin skin test", "结核菌素皮肤试验（TST）"),
    ("BOTH", "Both", "两者"),
)  # fmt: skip
IGRA_RESULT = answers(
    "CL.INFECTION.IGRA", ("NEG", "Negative", "阴性"), ("POS", "Positive", "阳性"), ("INDETERMINATE", "Indeterminate", "不确定"),
)  # fmt: skip
CHEST = answers(
    "CL.INFECTION.CHEST",
    ("NORMAL", "None", "无"), ("TB", "Yes", "有"), ("OLD_TB", "Healed only", "仅陈旧性"),
)  # fmt: skip


def _serology(key: str, sas: str, label: TranslatedText, *, mandatory: bool = True, relevant: str | None = None) -> ItemDef:
    return ItemDef(
        f"I.INFECTION.{key.upper()}", key, sas, "code", label, label,
        code_list=NEG_POS.oid, mandatory=mandatory, relevant=relevant,
    )  # fmt: skip


SAMPLE_DATE = ItemDef(
    "I.INFECTION.SAMPLE_DATE", "infection_sample_date", "INFDTC", "date",
    text("Date of the blood sample for viral serology", "病毒血清学采血日期"), text("Sample taken", "采血日期"),
    text("Within 28 days before week 0", "第0周前28天内"), length=10,
)  # fmt: skip
HBSAG = _serology("hbsag", "HBSAG", text("HBsAg", "乙肝表面抗原（HBsAg）"))
HBSAB = _serology("hbsab", "HBSAB", text("HBsAb", "乙肝表面抗体（HBsAb）"))
HBCAB = _serology("hbcab", "HBCAB", text("HBcAb", "乙肝核心抗体（HBcAb）"))
_HBV_MET = "(known(hbsag) and hbsag == 'POS') or (known(hbcab) and hbcab == 'POS')"
HBV_DNA = _serology("hbv_dna", "HBVDNA", text("HBV DNA", "乙肝病毒DNA（HBV DNA）"), relevant=_HBV_MET)
HBV_LOAD = number(
    "I.INFECTION.HBV_DNA_LOAD", "hbv_dna_load", "HBVLOAD",
    text("HBV DNA, amount", "HBV DNA定量"), text("HBV DNA, amount", "HBV DNA定量"),
    (IU_ML,), limits(("0", "999999999"), ("0", "10000000"), text("HBV DNA", "HBV DNA"), "IU/mL"), data_type="integer", qualifiers=True,
    relevant="known(hbv_dna) and hbv_dna == 'POS'", mandatory=False, previous=False,
)  # fmt: skip
HBV_PLAN_ITEM = ItemDef(
    "I.INFECTION.HBV_PLAN", "hbv_plan", "HBVPLAN", "code",
    text("What is planned against reactivation of hepatitis B?", "预防乙肝再激活的计划"),
    text("Plan against HBV reactivation", "预防乙肝再激活"), code_list=HBV_PLAN.oid, relevant=_HBV_MET,
)  # fmt: skip
HCV = _serology("hcv_ab", "HCVAB", text("HCV antibody", "丙肝抗体（HCV Ab）"))
HIV = _serology("hiv_ab", "HIVAB", text("HIV antibody", "HIV抗体"))
SYPHILIS = _serology("syphilis", "SYPH", text("Syphilis serology", "梅毒血清学"), mandatory=False)
HEPATITIS_B = (SAMPLE_DATE, HBSAG, HBSAB, HBCAB, HBV_DNA, HBV_LOAD, HBV_PLAN_ITEM)
OTHER_VIRAL = (HCV, HIV, SYPHILIS)

TB_DATE = ItemDef(
    "I.INFECTION.TB_DATE", "tb_test_date", "TBDTC", "date",
    text("Date of the test for tuberculosis", "结核筛查日期"), text("Tested on", "筛查日期"), length=10,
)  # fmt: skip
TB_KIND = ItemDef(
    "I.INFECTION.TB_TEST", "tb_test", "TBTEST", "code",
    text("Which test for tuberculosis?", "采用何种结核筛查？"), text("Test for tuberculosis", "结核筛查方法"), code_list=TB_TEST.oid,
)  # fmt: skip
IGRA = ItemDef(
    "I.INFECTION.IGRA", "tb_igra", "TBIGRA", "code",
    text("Interferon-γ release assay, result", "γ干扰素释放试验结果"), text("IGRA", "γ干扰素释放试验"), code_list=IGRA_RESULT.oid,
    relevant="known(tb_test) and one_of(tb_test, 'IGRA', 'BOTH')",
)  # fmt: skip
TST = number(
    "I.INFECTION.TST", "tb_tst_mm", "TBTSTMM",
    text("Tuberculin skin test, induration at 48–72 h", "结核菌素皮肤试验，48–72小时硬结直径"), text("Skin test, induration at 48–72 h", "皮试48–72小时硬结直径"),
    (MM,), limits(("0", "60"), ("0", "40"), text("Induration", "硬结"), "mm"), data_type="integer", previous=False,
    relevant="known(tb_test) and one_of(tb_test, 'TST', 'BOTH')",
)  # fmt: skip
CHEST_ITEM = ItemDef(
    "I.INFECTION.CHEST", "chest_imaging", "TBCHEST", "code",
    text("Signs of tuberculosis on chest X-ray or CT", "胸部X线或CT的结核征象"), text("Tuberculosis on chest imaging", "胸部影像结核征象"), code_list=CHEST.oid,
)  # fmt: skip
CHEST_DATE = ItemDef(
    "I.INFECTION.CHEST_DATE", "chest_imaging_date", "TBCHESTD", "date",
    text("Date of the chest imaging", "胸部影像日期"), text("Imaged on", "影像日期"), length=10,
)  # fmt: skip
TB_ACTIVE = yes_no(
    "I.INFECTION.TB_ACTIVE", "tb_active", "TBACTIVE",
    text("Active tuberculosis, judged from all findings?", "综合判断是否为活动性结核？"), text("Active tuberculosis", "活动性结核"),
)  # fmt: skip
TB_TREATED = yes_no(
    "I.INFECTION.TB_PREVENTION", "tb_preventive", "TBPREV",
    text("Is preventive treatment for latent tuberculosis given?", "是否对潜伏性结核给予预防性治疗？"), text("Preventive treatment", "预防性治疗"),
    relevant="(known(tb_igra) and tb_igra == 'POS') or (known(tb_tst_mm) and tb_tst_mm >= 10)",
)  # fmt: skip
TUBERCULOSIS = (TB_KIND, TB_DATE, IGRA, TST, CHEST_ITEM, CHEST_DATE, TB_ACTIVE, TB_TREATED)

VACCINE = yes_no(
    "I.INFECTION.LIVE_VACCINE", "live_vaccine", "LIVEVAC",
    text("Any live vaccine in the last 12 months (measles, mumps, rubella, varicella, BCG, oral polio, nasal influenza)?", "近12个月内是否接种过活疫苗（麻疹、腮腺炎、风疹、水痘、卡介苗、口服脊髓灰质炎、鼻喷流感）？"),
    text("Live vaccine within 12 months", "近12个月内接种活疫苗"),
)  # fmt: skip
VACCINE_DATE = ItemDef(
    "I.INFECTION.LIVE_VACCINE_DATE", "live_vaccine_date", "LIVEVACD", "date",
    text("Date of the last live vaccine", "末次活疫苗接种日期"), text("Last live vaccine", "末次活疫苗"),
    text("As exactly as known; month and year, or the year alone, is enough", "按已知精度填写，可只填年月或年份"),
    length=10, relevant="known(live_vaccine) and live_vaccine",
)  # fmt: skip
VACCINE_KIND = ItemDef(
    "I.INFECTION.LIVE_VACCINE_KIND", "live_vaccine_kind", "LIVEVACK", "text",
    text("Which live vaccine?", "何种活疫苗？"), text("Which vaccine", "疫苗种类"),
    length=80, relevant="known(live_vaccine) and live_vaccine",
)  # fmt: skip
VACCINES_DUE = yes_no(
    "I.INFECTION.VACCINES_COMPLETE", "vaccines_complete", "VACCOMPL",
    text("Are the routine vaccines for the age complete?", "本年龄的计划免疫是否已完成？"), text("Routine vaccines complete", "计划免疫完成"),
    hint=text("Inactivated vaccines are best given at least 4 weeks before rituximab.", "灭活疫苗宜在利妥昔单抗前至少4周接种。"),
)  # fmt: skip
VACCINATION = (VACCINE, VACCINE_DATE, VACCINE_KIND, VACCINES_DUE)

HBV_EXCLUDED = MethodDef(
    "M.INFECTION.HBV_EXCLUDED", "hbv_excluded",
    text("Excluded for hepatitis B", "因乙肝排除"),
    "hbsag == 'POS' or (hbsab == 'POS' and hbcab == 'POS')", "boolean", code_list="CL.YES_NO",
    description=text(
        "HBsAg positive, or HBsAb and HBcAb both positive: the registry’s wording read as a conjunction, so that HBsAb alone (vaccinated) does not exclude.",
        "HBsAg阳性，或HBsAb与HBcAb均阳性：注册条文按“且”理解，故仅HBsAb阳性（接种疫苗）不排除。",
    ),
    reasons=(
        Reason("hbsag == 'POS'", text("HBsAg is positive", "HBsAg阳性")),
        Reason("hbsab == 'POS' and hbcab == 'POS'", text("HBsAb and HBcAb are both positive", "HBsAb和HBcAb均阳性")),
        Reason(
            "hbsag == 'NEG' and hbsab == 'POS' and hbcab == 'NEG'",
            text("HBsAb alone: as after vaccination", "仅HBsAb阳性：符合疫苗接种后表现"),
        ),
        Reason(
            "hbsag == 'NEG' and hbsab == 'NEG' and hbcab == 'POS'",
            text("HBcAb alone: not excluded by the registry; HBV DNA and a plan are needed before rituximab", "仅HBcAb阳性：注册标准未排除；利妥昔单抗前需查HBV DNA并制定计划"),
        ),
    ),
)  # fmt: skip
VACCINE_RECENT = MethodDef(
    "M.INFECTION.LIVE_VACCINE_RECENT", "live_vaccine_recent",
    text("Live vaccine within 3 months", "3个月内接种活疫苗"),
    "not longer_than_months(live_vaccine_date, visit_date, 3) if live_vaccine else False", "boolean", code_list="CL.YES_NO",
    description=text("An exclusion criterion. Unknown where a partial date leaves it open.", "排除标准之一。日期不完整、无法判断时为未知。"),
)  # fmt: skip
METHODS = (HBV_EXCLUDED, VACCINE_RECENT)

CHECKS = (
    EditCheck(
        "EC.INFECTION.001", (HBSAG.oid, HBSAB.oid, HBCAB.oid), "not hbv_excluded", "Soft",
        text("HBsAg, or HBsAb with HBcAb, is positive: an exclusion criterion. Check the result.", "HBsAg阳性，或HBsAb与HBcAb均阳性，属排除标准。请核对结果。"),
    ),
    EditCheck(
        "EC.INFECTION.002", (HBV_PLAN_ITEM.oid,), "not (hbcab == 'POS' and hbv_plan == 'NONE')", "Soft",
        text("HBcAb is positive and nothing is planned against reactivation. Rituximab carries a boxed warning: give prophylaxis or monitor HBV DNA.", "HBcAb阳性而无再激活预防计划。利妥昔单抗有黑框警告：应给予抗病毒预防或监测HBV DNA。"),
    ),
    EditCheck(
        "EC.INFECTION.003", (HBV_DNA.oid,), "not (hbcab == 'POS' and hbv_dna == 'POS')", "Soft",
        text("HBV DNA is detected. No rituximab before a hepatologist has been asked.", "检出HBV DNA。未经肝病专科会诊不得使用利妥昔单抗。"),
    ),
    EditCheck(
        "EC.INFECTION.004", (HCV.oid,), "hcv_ab == 'NEG'", "Soft",
        text("HCV antibody is positive: an exclusion criterion. Check the result.", "丙肝抗体阳性，属排除标准。请核对结果。"),
    ),
    EditCheck(
        "EC.INFECTION.005", (HIV.oid,), "hiv_ab == 'NEG'", "Soft",
        text("HIV antibody is positive: an exclusion criterion. Check the result.", "HIV抗体阳性，属排除标准。请核对结果。"),
    ),
    EditCheck(
        "EC.INFECTION.006", (TB_ACTIVE.oid,), "not tb_active", "Soft",
        text("Active tuberculosis is an exclusion criterion.", "活动性结核属排除标准。"),
    ),
    EditCheck(
        "EC.INFECTION.007", (TB_ACTIVE.oid, CHEST_ITEM.oid), "not (chest_imaging == 'TB' and not tb_active)", "Soft",
        text("The chest imaging shows signs of tuberculosis, but it is not called active.", "胸部影像有结核征象，但未判断为活动性。"),
    ),
    EditCheck(
        "EC.INFECTION.008", (TB_TREATED.oid,), "tb_preventive", "Soft",
        text("The test for tuberculosis is positive without preventive treatment. State why.", "结核筛查阳性而未予预防性治疗。请说明原因。"),
    ),
    EditCheck(
        "EC.INFECTION.009", (VACCINE_DATE.oid,), "not live_vaccine_recent", "Soft",
        text("A live vaccine within 3 months is an exclusion criterion (last one: {0}).", "3个月内接种活疫苗属排除标准（末次：{0}）。"),
        ("live_vaccine_date",),
    ),
    EditCheck(
        "EC.INFECTION.010", (VACCINE_DATE.oid,), "not before(visit_date, live_vaccine_date)", "Hard",
        text("The live vaccine lies after the visit date.", "活疫苗接种日期晚于访视日期。"),
    ),
    EditCheck(
        "EC.INFECTION.011", (SAMPLE_DATE.oid,), "not before(visit_date, infection_sample_date)", "Soft",
        text("The sample lies after the visit date.", "采血日期晚于访视日期。"),
    ),
    EditCheck(
        "EC.INFECTION.012", (SAMPLE_DATE.oid,), "not before(infection_sample_date, days_after(visit_date, -28))", "Soft",
        text("The sample lies more than 28 days before the visit.", "采血日期早于访视超过28天。"),
    ),
    EditCheck(
        "EC.INFECTION.013", (CHEST_DATE.oid,), "not longer_than_months(chest_imaging_date, visit_date, 3)", "Soft",
        text("The chest imaging is more than 3 months old.", "胸部影像距今超过3个月。"),
    ),
    EditCheck(
        "EC.INFECTION.014", (TB_DATE.oid, CHEST_DATE.oid),
        "not before(visit_date, tb_test_date) and not before(visit_date, chest_imaging_date)", "Soft",
        text("The test or the imaging lies after the visit date.", "筛查或影像日期晚于访视日期。"),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.INFECTION",
        text("Infection screen", "感染筛查"),
        text("Infection", "感染筛查"),
        text("Before the first rituximab", "首次利妥昔单抗之前"),
        ("IG.INFECTION",),
        Layout(
            (
                card(HEPATITIS_B, text("Hepatitis B", "乙肝")),
                card(OTHER_VIRAL, text("Hepatitis C, HIV, syphilis", "丙肝、HIV、梅毒"), 3),
                card(TUBERCULOSIS, text("Tuberculosis", "结核")),
                card(VACCINATION, text("Vaccination", "疫苗接种")),
                DerivedCard(tuple(m.oid for m in METHODS), text("What follows", "判定")),
            )
        ),
        tuple(m.oid for m in METHODS),
    ),
    (*HEPATITIS_B, *OTHER_VIRAL, *TUBERCULOSIS, *VACCINATION),
    METHODS,
    CHECKS,
    (HBV_PLAN, TB_TEST, IGRA_RESULT, CHEST),
    table="infection_screen",
)  # fmt: skip
