"""Liver and other organ involvement: registry criterion (a) lists liver, which has no ESSDAI domain (A21)."""

from __future__ import annotations

from crf_desktop.forms.measurement import card
from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import NEG_POS, answers, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef, Reason
from crf_desktop.model.layout import DerivedCard, Layout
from crf_desktop.model.text import TranslatedText

LIVER_BIOPSY = answers(
    "CL.ORGAN.LIVER_BIOPSY",
    ("NONE", "None", "未活检"), ("AIH", "Autoimmune hepatitis", "自身免疫性肝炎"),
    ("PBC", "PBC", "原发性胆汁性胆管炎", "Primary biliary cholangitis", "原发性胆汁性胆管炎（PBC）"), ("OTHER", "Other", "其他"),
)  # fmt: skip
KIDNEY_BIOPSY = answers(
    "CL.ORGAN.KIDNEY_BIOPSY",
    ("NONE", "None", "未活检"), ("INTERSTITIAL", "Interstitial infiltrate", "间质淋巴细胞浸润"),
    ("MEMBRANOUS", "Membranous", "膜性肾小球肾炎", "Extramembranous glomerulonephritis", "膜性肾小球肾炎"),
    ("PROLIFERATIVE", "Proliferative", "增殖性肾小球肾炎", "Proliferative glomerulonephritis", "增殖性肾小球肾炎"),
    ("CRYO", "Cryoglobulin", "冷球蛋白相关"), ("OTHER", "Other", "其他"),
)  # fmt: skip


def _involved(key: str, sas: str, label: TranslatedText) -> ItemDef:
    return yes_no(
        f"I.ORGAN.{key.upper()}", f"organ_{key}", sas,
        text(f"{label.en}: involved by Sjögren’s, now or earlier?", f"{label.zh}：现在或既往是否因干燥综合征受累？"),
        text(f"{label.en}: involved", f"{label.zh}：是否受累"),
    )  # fmt: skip


def _words(key: str, sas: str, label: TranslatedText) -> ItemDef:
    return ItemDef(
        f"I.ORGAN.{key.upper()}_TEXT", f"organ_{key}_text", sas, "text",
        text(f"{label.en}: what, since when?", f"{label.zh}：何种受累，自何时起？"), text(f"{label.en}: describe", f"{label.zh}：描述"),
        length=100, relevant=f"known(organ_{key}) and organ_{key}",
    )  # fmt: skip


def _marker(key: str, sas: str, label: TranslatedText) -> ItemDef:
    return ItemDef(
        f"I.ORGAN.{key.upper()}", key, sas, "code", label, label, code_list=NEG_POS.oid, mandatory=False, previous=True,
        relevant="known(organ_liver) and organ_liver",
    )  # fmt: skip


def _biopsy(key: str, sas: str, label: TranslatedText, code_list: str, organ: str) -> tuple[ItemDef, ItemDef]:
    finding = ItemDef(
        f"I.ORGAN.{key.upper()}_BIOPSY", f"{key}_biopsy", sas, "code", label, label, code_list=code_list,
        relevant=f"known({organ}) and {organ}", previous=True,
    )  # fmt: skip
    day = ItemDef(
        f"I.ORGAN.{key.upper()}_BIOPSY_DATE", f"{key}_biopsy_date", f"{sas}D", "date",
        text(f"Date of the {label.en.lower()}", f"{label.zh}日期"), text("Date of biopsy", "活检日期"), length=10,
        relevant=f"known({organ}) and {organ} and known({key}_biopsy) and {key}_biopsy != 'NONE'",
    )  # fmt: skip
    return finding, day


_LIVER, _KIDNEY = text("Liver", "肝脏"), text("Kidney", "肾脏")
LIVER, KIDNEY = _involved("liver", "ORGLIV", _LIVER), _involved("kidney", "ORGKID", _KIDNEY)
LIVER_TEXT, KIDNEY_TEXT = _words("liver", "ORGLIVT", _LIVER), _words("kidney", "ORGKIDT", _KIDNEY)
SMA = _marker("anti_sma", "ORGSMA", text("Smooth muscle antibody (SMA)", "抗平滑肌抗体（SMA）"))
LKM = _marker("anti_lkm", "ORGLKM", text("LKM-1 antibody", "抗肝肾微粒体抗体（LKM-1）"))
AMA = _marker("ama_m2", "ORGAMA", text("Mitochondrial antibody (AMA, M2)", "抗线粒体抗体（AMA-M2）"))
LIVER_BIOPSY_ITEM, LIVER_BIOPSY_DATE = _biopsy("liver", "LIVBX", text("Liver biopsy", "肝活检"), LIVER_BIOPSY.oid, "organ_liver")
RTA = yes_no(
    "I.ORGAN.TUBULAR_ACIDOSIS", "tubular_acidosis", "ORGRTA",
    text("Renal tubular acidosis (low potassium, low bicarbonate, urine pH too high)?", "是否有肾小管酸中毒（低钾、低碳酸氢根、尿pH偏高）？"),
    text("Tubular acidosis", "肾小管酸中毒"), relevant="known(organ_kidney) and organ_kidney",
)  # fmt: skip
KIDNEY_BIOPSY_ITEM, KIDNEY_BIOPSY_DATE = _biopsy("kidney", "KIDBX", text("Kidney biopsy", "肾活检"), KIDNEY_BIOPSY.oid, "organ_kidney")
_OTHERS = (
    ("nerve", "ORGNRV", text("Nervous system", "神经系统")),
    ("skin", "ORGSKN", text("Skin (vasculitis, purpura)", "皮肤（血管炎、紫癜）")),
    ("joint", "ORGJNT", text("Joints (polyarthritis)", "关节（多关节炎）")),
    ("blood", "ORGBLD", text("Blood cells (autoimmune cytopenia)", "血细胞（自身免疫性血细胞减少）")),
    ("other", "ORGOTH", text("Any other organ", "其他器官")),
)
OTHER_ITEMS = tuple(i for key, sas, label in _OTHERS for i in (_involved(key, sas, label), _words(key, f"{sas}T", label)))
LIVER_ITEMS = (LIVER, LIVER_TEXT, SMA, LKM, AMA, LIVER_BIOPSY_ITEM, LIVER_BIOPSY_DATE)
KIDNEY_ITEMS = (KIDNEY, KIDNEY_TEXT, RTA, KIDNEY_BIOPSY_ITEM, KIDNEY_BIOPSY_DATE)

LIVER_ENZYMES = MethodDef(
    "M.ORGAN.LIVER_ENZYMES", "liver_enzymes_high",
    text("ALT or AST above its upper limit", "ALT或AST高于上限"),
    "alt > alt_uln or ast > ast_uln", "boolean", code_list="CL.YES_NO",
    description=text("From the laboratory of this visit.", "取自本次访视化验。"),
    reasons=(
        Reason("alt > alt_uln", text("ALT is {0} times its upper limit", "ALT为上限的{0}倍"), ("alt_times_uln",)),
        Reason("ast > ast_uln", text("AST is {0} times its upper limit", "AST为上限的{0}倍"), ("ast_times_uln",)),
    ),
)  # fmt: skip


def _times(key: str, label: TranslatedText) -> MethodDef:
    return MethodDef(
        f"M.ORGAN.{key.upper()}_TIMES_ULN", f"{key}_times_uln",
        text(f"{label.en}, times its upper limit", f"{label.zh}为上限的倍数"), f"{key} / {key}_uln", "decimal", None, 1,
    )  # fmt: skip


ALT_TIMES, AST_TIMES = _times("alt", text("ALT", "ALT")), _times("ast", text("AST", "AST"))
RTA_SO_FAR = MethodDef(
    "M.ORGAN.TUBULAR_ACIDOSIS", "tubular_acidosis_known",
    text("Tubular acidosis as last known", "肾小管酸中毒（最近一次已知）"),
    "tubular_acidosis if known(tubular_acidosis) else previous('tubular_acidosis')", "boolean", code_list="CL.YES_NO",
    description=text("As answered at this visit, else at the last visit before it.", "以本次访视回答为准，否则取之前最近一次回答。"),
)  # fmt: skip
METHODS = (LIVER_ENZYMES, ALT_TIMES, AST_TIMES, RTA_SO_FAR)

CHECKS = (
    EditCheck(
        "EC.ORGAN.001", (LIVER.oid,), "not (not organ_liver and (alt_times_uln > 2 or ast_times_uln > 2))", "Soft",
        text(
            "ALT or AST lies above twice its upper limit ({0} and {1} times), but the liver is called not involved.",
            "ALT或AST超过上限2倍（分别为{0}倍、{1}倍），但记录为肝未受累。",
        ),
        ("alt_times_uln", "ast_times_uln"),
    ),
    EditCheck(
        "EC.ORGAN.002", (LIVER_BIOPSY_DATE.oid,), "not before(visit_date, liver_biopsy_date)", "Soft",
        text("The biopsy lies after the visit date. Check the date.", "活检日期晚于访视日期。请核对日期。"),
    ),
    EditCheck(
        "EC.ORGAN.003", (KIDNEY_BIOPSY_DATE.oid,), "not before(visit_date, kidney_biopsy_date)", "Soft",
        text("The biopsy lies after the visit date. Check the date.", "活检日期晚于访视日期。请核对日期。"),
    ),
    EditCheck(
        "EC.ORGAN.004", (RTA.oid,), "not (not tubular_acidosis and potassium < 3.5 and bicarbonate < 18)", "Soft",
        text(
            "Potassium ({0} mmol/L) and bicarbonate ({1} mmol/L) are both low, but tubular acidosis is answered no.",
            "血钾（{0} mmol/L）和碳酸氢根（{1} mmol/L）均降低，但肾小管酸中毒回答为“否”。",
        ),
        ("potassium", "bicarbonate"),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.ORGAN",
        text("Liver and other organ involvement", "肝脏及其他器官受累"),
        text("Organs", "器官受累"),
        text("What Sjögren’s has done to each organ; liver has no place in ESSDAI", "干燥综合征对各器官的影响；肝脏不在ESSDAI之内"),
        ("IG.ORGAN",),
        Layout(
            (
                card(LIVER_ITEMS, _LIVER),
                DerivedCard((LIVER_ENZYMES.oid, ALT_TIMES.oid, AST_TIMES.oid), text("Liver enzymes of this visit", "本次访视肝酶")),
                card(KIDNEY_ITEMS, _KIDNEY),
                card(OTHER_ITEMS, text("Other organs", "其他器官")),
            )
        ),
        tuple(m.oid for m in METHODS),
    ),
    (*LIVER_ITEMS, *KIDNEY_ITEMS, *OTHER_ITEMS),
    METHODS,
    CHECKS,
    (LIVER_BIOPSY, KIDNEY_BIOPSY),
    table="organ_involvement",
)  # fmt: skip
