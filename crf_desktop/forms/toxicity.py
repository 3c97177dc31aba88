"""CTCAE v5 grades: of any event, and of an infusion-related reaction (paraphrased)."""

from __future__ import annotations

from crf_desktop.forms.vocabulary import answers, text
from crf_desktop.model.definition import CodeList, ItemDef
from crf_desktop.model.text import TranslatedText

GENERAL = answers(
    "CL.CTCAE",
    ("1", "1 Mild", "1级 轻度", "No or mild symptoms; observed only, no treatment.", "无症状或症状轻微；仅需观察，无需治疗。"),
    (
        "2", "2 Moderate", "2级 中度",
        "Small, local or non-invasive treatment; play, school or other age-appropriate activity is limited.",
        "需要较小、局部或非侵入性治疗；游戏、上学等与年龄相当的活动受限。",
    ),
    (
        "3", "3 Severe", "3级 重度",
        "Serious but not at once life-threatening; hospital stay or its prolongation; self-care is limited.",
        "严重但不立即危及生命；需住院或延长住院；自理能力受限。",
    ),
    ("4", "4 Life-threatening", "4级 危及生命", "Needs urgent treatment.", "需要紧急治疗。"),
    ("5", "5 Death", "5级 死亡", "Death from this event.", "因该事件死亡。"),
)  # fmt: skip
INFUSION = answers(
    "CL.CTCAE_INFUSION",
    ("1", "1 Mild", "1级 轻度", "Mild and passing; neither interruption nor treatment.", "轻微、一过性；无需中断输注，无需治疗。"),
    (
        "2", "2 Moderate", "2级 中度",
        "Interruption or treatment, with a prompt answer (antihistamine, antipyretic, opioid, fluids).",
        "需中断输注或治疗，且很快缓解（抗组胺药、解热镇痛药、阿片类、补液）。",
    ),
    (
        "3", "3 Severe", "3级 重度",
        "Prolonged in spite of treatment or interruption, comes back after it had improved, or hospital stay.",
        "治疗或中断输注后仍持续，或缓解后复发，或需住院。",
    ),
    ("4", "4 Life-threatening", "4级 危及生命", "Needs urgent treatment.", "需要紧急治疗。"),
    ("5", "5 Death", "5级 死亡", "Death from the reaction.", "因输注反应死亡。"),
)  # fmt: skip

_SHORT = {
    GENERAL.oid: text(
        "1\u00a0no treatment · 2\u00a0local treatment, limits play or school · 3\u00a0hospital, or limits self-care · 4\u00a0urgent\u00a0treatment · 5\u00a0death",
        "1级无需治疗 · 2级局部治疗，游戏上学受限 · 3级住院或自理受限 · 4级需紧急治疗 · 5级死亡",
    ),
    INFUSION.oid: text(
        "1\u00a0neither interruption nor treatment · 2\u00a0either, prompt answer · 3\u00a0prolonged, recurrent, or hospital · 4\u00a0urgent\u00a0treatment · 5\u00a0death",
        "1级无需中断或治疗 · 2级中断或治疗后很快缓解 · 3级持续、复发或住院 · 4级需紧急治疗 · 5级死亡",
    ),
}


def grade(
    oid: str, name: str, sas_name: str, question: TranslatedText, label: TranslatedText, grades: CodeList, relevant: str | None = None
) -> ItemDef:
    """A grade, 1 to 5, with its definitions under the choice."""
    hint = _SHORT[grades.oid]
    return ItemDef(oid, name, sas_name, "integer", question, label, hint, code_list=grades.oid, relevant=relevant)
