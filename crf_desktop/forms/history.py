"""History: other illness, allergy, menarche, and the raw items of every set of classification criteria with its verdict."""

from __future__ import annotations

from crf_desktop.forms import criteria, criteria_verdict
from crf_desktop.forms.page import page
from crf_desktop.forms.question import day, words
from crf_desktop.forms.vocabulary import text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef
from crf_desktop.model.layout import ChoiceRows, DerivedCard, FieldCard, Layout
from crf_desktop.model.text import TranslatedText

FAMILY = yes_no(
    "I.HX.FAMILY", "hx_family_autoimmune", "HXFAMILY",
    text("Autoimmune disease in a parent, brother, sister or child?", "一级亲属是否有自身免疫病？"), text("Autoimmune disease in the family", "自身免疫病家族史"),
)  # fmt: skip
ALLERGY = yes_no(
    "I.HX.ALLERGY", "hx_allergy", "HXALLERG",
    text("Allergy or severe reaction to a drug, an antibody or mouse protein?", "是否对药物、单抗或鼠蛋白过敏或有过严重反应？"), text("Allergy to a drug, antibody or mouse protein", "药物、单抗或鼠蛋白过敏"),
)  # fmt: skip
ALLERGY_TO = words(
    "I.HX.ALLERGY_TO", "hx_allergy_to", "HXALGTO",
    text("To what, and which reaction?", "过敏药物及反应表现"), text("To what, and which reaction", "过敏药物及反应表现"),
    relevant="known(hx_allergy) and hx_allergy", length=120,
)  # fmt: skip
OTHER = yes_no(
    "I.HX.OTHER_DISEASE", "hx_other_disease", "HXOTHDIS",
    text("Any other illness that lasts or may return?", "是否有其他慢性或可能复发的疾病？"), text("Other lasting or recurrent illness", "其他慢性或复发性疾病"),
)  # fmt: skip
OTHER_WHICH = words(
    "I.HX.OTHER_WHICH", "hx_other_disease_which", "HXOTHWHI",
    text("Which illness, and since when?", "何种疾病，何时起病？"), text("Which illness, since when", "疾病及起病时间"),
    relevant="known(hx_other_disease) and hx_other_disease", length=120,
)  # fmt: skip
MENARCHE = yes_no(
    "I.HX.MENARCHE", "menarche", "HXMENARC",
    text("Female participants: has the first period come?", "女性受试者：是否已有月经初潮？"), text("First period has come", "已有月经初潮"),
    hint=text("Decides whether pregnancy tests are asked", "决定是否需要妊娠试验"),
    relevant="known(sex) and sex == 'F'",
)  # fmt: skip
MENARCHE_DATE = day(
    "I.HX.MENARCHE_DATE", "menarche_date", "MENARDTC",
    text("Date of the first period", "月经初潮日期"), text("Date of first period", "初潮日期"),
    hint=text("Year or month and year is enough.", "可只填年或年月。"),
    relevant="known(menarche) and menarche",
)  # fmt: skip

CHECKS = (
    EditCheck(
        "EC.HX.001", (MENARCHE_DATE.oid,), "not before(visit_date, menarche_date)", "Hard",
        text("The first period lies after the visit date.", "初潮日期晚于访视日期。"),
    ),
    EditCheck(
        "EC.HX.002", (MENARCHE_DATE.oid,), "years(birth_date, menarche_date) >= 8", "Soft",
        text("A first period at {0} years, before 8, is unusual. Check the date.", "{0}岁初潮（早于8岁）少见。请核对日期。"),
        ("years(birth_date, menarche_date)",),
    ),
    EditCheck(
        "EC.HX.003", (MENARCHE.oid,), "menarche or years(birth_date, visit_date) < 16", "Soft",
        text("No first period at {0} years is unusual. Check the answer.", "{0}岁仍无初潮少见。请核对。"),
        ("years(birth_date, visit_date)",),
    ),
    EditCheck(
        "EC.HX.004", (criteria.BIOPSY_DATE.oid,), "not before(visit_date, hx_biopsy_date)", "Soft",
        text("The biopsy lies after the visit date. Check it, unless it was done during screening.", "活检日期晚于访视日期。如非筛选期内所做，请核对。"),
    ),
    EditCheck(
        "EC.HX.005", (criteria.SYMPTOMS[0].oid, criteria.SYMPTOMS[4].oid),
        "hx_essdai_suspected or hx_parotitis or aecg_1 or aecg_2", "Soft",
        text("No dryness, no parotitis and no sign in an ESSDAI domain: check the symptoms.", "无口眼干、无腮腺肿大，也无ESSDAI领域表现：请核对症状。"),
    ),
)  # fmt: skip


def _rows(items: tuple[ItemDef, ...], title: TranslatedText, note: TranslatedText | None = None) -> ChoiceRows:
    return ChoiceRows(tuple(i.oid for i in items), title, note)


def _card(items: tuple[ItemDef, ...], title: TranslatedText, note: TranslatedText | None = None) -> FieldCard:
    return FieldCard(tuple(i.oid for i in items), title, note, columns=2)


_GENERAL = (ALLERGY, ALLERGY_TO, OTHER, OTHER_WHICH, MENARCHE, MENARCHE_DATE, FAMILY)
_EVER = text("Ever, and not explained by another illness", "曾有即为“是”，且不能以其他疾病解释")
_ON_RECORD = text(
    "From before screening; tests of the screening visit and of week 0 are read from their own pages",
    "填写筛选前的结果；筛选访视和第0周的检查取自相应页面",
)

PAGE = page(
    FormDef(
        "F.HX",
        text("History and classification criteria", "病史与分类标准"),
        text("History", "病史"),
        text("Raw findings are asked once; each set of criteria is worked out from them", "原始表现只填一次；各套分类标准由此推导"),
        ("IG.HX",),
        Layout(
            (
                _card(_GENERAL, text("General history", "一般病史")),
                _rows(criteria.SYMPTOMS, text("Symptoms and signs", "症状与体征"), _EVER),
                _card(criteria.EYE_RECORDS, text("Eyes: results on record", "眼部：既往检查结果"), _ON_RECORD),
                _card(criteria.MOUTH_RECORDS, text("Salivary glands: results on record", "唾液腺：既往检查结果"), _ON_RECORD),
                _card(criteria.SEROLOGY, text("Serology", "血清学")),
                _rows(criteria.OTHER_FINDINGS, text("Other findings", "其他检查异常")),
                _rows(criteria.EXCLUSIONS, text("What excludes classification", "分类标准的排除情况")),
                DerivedCard(
                    (criteria_verdict.AECG.oid, criteria_verdict.JAPAN.oid),
                    text("Criteria of the registry", "注册入选所用标准"),
                ),
                DerivedCard(
                    tuple(m.oid for m in (criteria_verdict.ACR_SCORE, criteria_verdict.ACR_MET, criteria_verdict.BARTUNKOVA)),
                    text("Described only", "仅作描述"),
                ),
                _card(criteria.DESCRIBED, text("Other proposals for children, as judged by the physician", "其他儿童标准，医师判断")),
                _rows(criteria.PATHWAYS, text("International algorithm 2025", "国际流程2025")),
            )
        ),
        tuple(m.oid for m in criteria_verdict.METHODS),
    ),
    (*_GENERAL, *criteria.ITEMS),
    criteria_verdict.METHODS,
    CHECKS,
    criteria.CODE_LISTS,
    table="history",
)  # fmt: skip
