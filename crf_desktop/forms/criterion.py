"""The criteria of NCT06410833, each a whole question, with what other pages say about it. Wording is a paraphrase.

The exclusion list of the public record is longer than the copy that was read: its tail is one open question until it is
copied from the live record (docs/protocol_decisions.md).
"""

from __future__ import annotations

from attrs import frozen

from crf_desktop.forms.vocabulary import text, yes_no
from crf_desktop.model.definition import ItemDef
from crf_desktop.model.text import TranslatedText


@frozen
class Criterion:
    """One inclusion (yes is wanted) or exclusion criterion (no is wanted)."""

    key: str
    sas_name: str
    question: TranslatedText
    label: TranslatedText
    data: str | None = None
    """Expression over other pages: True where they say yes; None where no page knows."""
    source: TranslatedText | None = None
    """Where ``data`` stands, as a sentence continues: "the infection page"."""
    shown: str | None = None
    """Expression of the number there, for the message."""

    @property
    def name(self) -> str:
        """Analysis name of its question."""
        return f"elig_{self.key}"

    @property
    def oid(self) -> str:
        """OID of its question."""
        return f"I.ELIG.{self.key.upper()}"

    def item(self) -> ItemDef:
        """Its question."""
        return yes_no(self.oid, self.name, f"EL{self.sas_name}", self.question, self.label)

    def met(self) -> str:
        """An inclusion: yes, and no page says otherwise."""
        return f"({self.name} and not ({self._known()} and not ({self.data})))" if self.data else self.name

    def applies(self) -> str:
        """An exclusion: yes, or a page says so; the stricter of the two counts."""
        return f"({self.name} or ({self._known()} and ({self.data})))" if self.data else self.name

    def _known(self) -> str:
        return f"known({self.data})"


def _met(set_name: str, verdict: str, otherwise: str) -> str:
    return f"({verdict} if elig_criteria_set == '{set_name}' else {otherwise})"


CRITERIA_DATA = _met(
    "AECG_2002", "aecg_met",
    _met("JAPAN_1999", "japan1999_met", _met("JAPAN_2018", "one_of(hx_japan_2018, 'DEFINITE', 'PROBABLE')", "None")),
)  # fmt: skip

AGE = Criterion(
    "age", "AGE",
    text("Is the participant 5 to 18 completed years old at consent (5 and 18 included)?", "知情同意时年龄是否为5–18周岁（含5周岁和18周岁）？"),
    text("Age 5 to 18", "年龄5–18周岁"),
    "age_at_consent_years >= 5 and age_at_consent_years <= 18", text("the date of birth", "出生日期"), "age_at_consent_years",
)  # fmt: skip
CRITERIA = Criterion(
    "criteria", "CRIT",
    text("Are the AECG or the Japanese criteria for primary Sjögren’s fulfilled?", "是否符合原发性干燥综合征的AECG标准或日本标准？"),
    text("AECG or Japanese criteria", "AECG或日本标准"),
    CRITERIA_DATA, text("the history page", "病史页"),
)  # fmt: skip
AGREES = Criterion(
    "agrees", "AGREE",
    text("Do the participant and the guardians agree to the treatment and the visits?", "受试者及监护人是否同意接受治疗并按期随访？"),
    text("Agrees to the treatment", "同意治疗"),
    "consent_ok", text("the consent page", "知情同意页"),
)  # fmt: skip
INCLUSIONS = (AGE, CRITERIA, AGREES)

SYSTEMIC = Criterion(
    "systemic", "SYST",
    text(
        "(a) Still systemic involvement: polyarthritis, vasculitis, autoimmune cytopenia, or skin, kidney, lung, nerves or liver?",
        "（a）是否仍有系统受累：多关节炎、血管炎、自身免疫性血细胞减少，或皮肤、肾、肺、神经、肝脏受累？",
    ),
    text("(a) systemic involvement", "（a）系统受累"),
)  # fmt: skip
B_CELL = Criterion(
    "b_cell", "BCEL",
    text(
        "(b) Still B-cell activation: raised IgG, free light chains or β2-microglobulin, low C4, cryoglobulin or a monoclonal immunoglobulin?",
        "（b）是否仍有B细胞活化：IgG升高、游离轻链升高、β2微球蛋白升高、C4降低、冷球蛋白或单克隆免疫球蛋白？",
    ),
    text("(b) B-cell activation", "（b）B细胞活化"),
)  # fmt: skip
INFLAMMATION = Criterion(
    "inflammation", "INFL",
    text("(c) Still raised inflammatory markers over time, such as the ESR?", "（c）是否炎症指标（如血沉）持续升高？"),
    text("(c) inflammatory markers", "（c）炎症指标"),
)  # fmt: skip
STILL = (SYSTEMIC, B_CELL, INFLAMMATION)


def _detail(key: str, sas_name: str, en: str, zh: str, gate: Criterion) -> ItemDef:
    return yes_no(
        f"I.ELIG.{key.upper()}", f"elig_{key}", f"EL{sas_name}", text(en, zh + "？"), text(en.rstrip("?"), zh),
        relevant=f"known({gate.name}) and {gate.name}",
    )  # fmt: skip


SYSTEMIC_DETAILS = (
    _detail("polyarthritis", "SPOL", "Polyarthritis?", "多关节炎", SYSTEMIC),
    _detail("vasculitis", "SVAS", "Vasculitis?", "血管炎", SYSTEMIC),
    _detail("cytopenia", "SCYT", "Autoimmune cytopenia?", "自身免疫性血细胞减少", SYSTEMIC),
    _detail("skin", "SSKI", "Skin?", "皮肤受累", SYSTEMIC),
    _detail("kidney", "SKID", "Kidney?", "肾脏受累", SYSTEMIC),
    _detail("lung", "SLUN", "Lung?", "肺部受累", SYSTEMIC),
    _detail("nerve", "SNER", "Nerves?", "神经系统受累", SYSTEMIC),
    _detail("liver", "SLIV", "Liver?", "肝脏受累", SYSTEMIC),
)
B_CELL_DETAILS = (
    _detail("b_igg", "BIGG", "IgG raised?", "IgG升高", B_CELL),
    _detail("b_light_chain", "BFLC", "Free light chains raised?", "游离轻链升高", B_CELL),
    _detail("b_microglobulin", "BB2M", "β2-microglobulin raised?", "β2微球蛋白升高", B_CELL),
    _detail("b_c4", "BC4", "C4 low?", "C4降低", B_CELL),
    _detail("b_cryoglobulin", "BCRY", "Cryoglobulin?", "冷球蛋白阳性", B_CELL),
    _detail("b_monoclonal", "BMON", "Monoclonal immunoglobulin (M protein)?", "单克隆免疫球蛋白（M蛋白）阳性", B_CELL),
)

_PRIOR, _INFECTION = text("the page of earlier treatment", "既往治疗页"), text("the infection page", "感染筛查页")
EXCLUSIONS = (
    Criterion(
        "rituximab_6m", "XRTX",
        text("Rituximab within 6 months?", "6个月内是否用过利妥昔单抗？"), text("Rituximab within 6 months", "6个月内利妥昔单抗"),
        "prior_rtx_within_6_months", _PRIOR,
    ),
    Criterion(
        "biologic", "XBIO",
        text("Any other biologic at any time, such as belimumab or telitacicept?", "是否曾用其他任何生物制剂（如贝利尤单抗、泰它西普）？"),
        text("Another biologic, ever", "曾用其他生物制剂"), "prior_other_biologic", _PRIOR,
    ),
    Criterion(
        "trial_6m", "XTRI",
        text("Part of another clinical trial within 6 months?", "6个月内是否参加过其他临床试验？"), text("Another trial within 6 months", "6个月内其他临床试验"),
        "not longer_than_months(elig_trial_end, visit_date, 6)", text("the date given below", "下方所填日期"),
    ),
    Criterion(
        "egfr_30", "XGFR",
        text("Estimated glomerular filtration below 30 mL/min?", "估算肾小球滤过率是否低于30 mL/min？"), text("eGFR below 30", "eGFR低于30"),
        "egfr < 30", text("the laboratory page", "实验室检查页"), "egfr",
    ),
    Criterion("infection", "XINF", text("An active infection now?", "目前是否有活动性感染？"), text("Active infection", "活动性感染")),
    Criterion("hbsag_pos", "XHBS", text("HBsAg positive?", "HBsAg是否阳性？"), text("HBsAg positive", "HBsAg阳性"), "hbsag == 'POS'", _INFECTION),
    Criterion(
        "hbv_past", "XHBC",
        text("HBsAb and HBcAb both positive?", "HBsAb和HBcAb是否同时阳性？"), text("HBsAb with HBcAb", "HBsAb和HBcAb均阳性"),
        "hbsab == 'POS' and hbcab == 'POS'", _INFECTION,
    ),
    Criterion("hcv_pos", "XHCV", text("HCV antibody positive?", "丙肝抗体是否阳性？"), text("HCV antibody positive", "丙肝抗体阳性"), "hcv_ab == 'POS'", _INFECTION),
    Criterion("hiv_pos", "XHIV", text("HIV antibody positive?", "HIV抗体是否阳性？"), text("HIV antibody positive", "HIV抗体阳性"), "hiv_ab == 'POS'", _INFECTION),
    Criterion("tb", "XTB", text("Active tuberculosis?", "是否有活动性结核？"), text("Active tuberculosis", "活动性结核"), "tb_active", _INFECTION),
    Criterion(
        "suppressive", "XSUP",
        text("Suppressive treatment of a chronic infection (tuberculosis, herpes, fungi or other)?", "是否因慢性感染（结核、疱疹、真菌等）接受抑制性治疗？"),
        text("Suppressive treatment", "慢性感染抑制治疗"),
    ),
    Criterion(
        "hospital_60d", "XHOS",
        text("In hospital for an infection within 60 days of day 0?", "首次给药（第0天）前60天内是否因感染住院？"), text("In hospital for infection", "60天内因感染住院"),
    ),
    Criterion(
        "parenteral_30d", "XPAR",
        text("Antimicrobial drugs into a vein or muscle within 30 days of day 0?", "首次给药（第0天）前30天内是否静脉或肌肉注射抗感染药物？"),
        text("Parenteral antimicrobials", "30天内注射抗感染药物"),
    ),
    Criterion(
        "live_vaccine_3m", "XVAC",
        text("A live vaccine within 3 months?", "3个月内是否接种活疫苗？"), text("Live vaccine within 3 months", "3个月内活疫苗"),
        "live_vaccine_recent", _INFECTION,
    ),
    Criterion(
        "high_risk", "XRSK",
        text("A high risk for the participant in the judgement of the investigator?", "研究者是否判断受试者参加研究风险较高？"), text("High risk", "研究者判断高风险"),
    ),
    Criterion(
        "further", "XFUR",
        text("Any further exclusion criterion of the approved protocol?", "是否符合批准方案中的其他排除标准？"), text("Further exclusion", "其他排除标准"),
    ),
)  # fmt: skip
