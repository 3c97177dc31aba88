"""Whether a participant may be treated: derived criterion by criterion, three-valued, and explained."""

from __future__ import annotations

from crf_desktop.forms.censored import lies_below
from crf_desktop.forms.criterion import B_CELL, EXCLUSIONS, INCLUSIONS, STILL, SYSTEMIC, Criterion
from crf_desktop.forms.prior_treatment import TREATMENT_REASONS
from crf_desktop.forms.vocabulary import text
from crf_desktop.model.definition import EditCheck, MethodDef, Reason


def _open(criterion: Criterion) -> Reason:
    return Reason(
        f"not known({criterion.name})", text(f"Still open: {criterion.label.en}", f"待填：{criterion.label.zh}")
    )


def _inclusion_reasons(criterion: Criterion) -> tuple[Reason, ...]:
    label, name = criterion.label, criterion.name
    said = Reason(f"not {name}", text(f"Not fulfilled: {label.en}", f"不符合入选标准：{label.zh}"))
    if criterion.data is None or criterion.source is None:
        return (said, _open(criterion))
    source = criterion.source
    denied = Reason(
        f"{name} and not ({criterion.data})",
        text(f"Answered yes, but {source.en} says no: {label.en}", f"回答“是”，但{source.zh}不支持：{label.zh}"),
    )
    return (said, denied, _open(criterion))


def _exclusion_reasons(criterion: Criterion) -> tuple[Reason, ...]:
    label, name = criterion.label, criterion.name
    said = Reason(name, text(f"Excluded: {label.en}", f"排除：{label.zh}"))
    if criterion.data is None or criterion.source is None:
        return (said, _open(criterion))
    source = criterion.source
    denied = Reason(
        f"not {name} and ({criterion.data})",
        text(f"Excluded: answered no, but {source.en} says yes: {label.en}", f"排除：回答“否”，但{source.zh}显示为“是”：{label.zh}"),
    )
    silent = Reason(
        f"not known({name}) and ({criterion.data})",
        text(f"Excluded by {source.en}: {label.en}", f"依据{source.zh}排除：{label.zh}"),
    )
    return (said, denied, silent, _open(criterion))


_ANY_STILL = f"({' or '.join(c.name for c in STILL)})"
RESISTANT = MethodDef(
    "M.ELIG.RESISTANT", "resistant",
    text("Resistant disease", "难治性"),
    f"resistant_treatment and {_ANY_STILL}", "boolean", code_list="CL.YES_NO",
    reasons=(
        *TREATMENT_REASONS,
        *(Reason(c.name, text(f"Still {c.label.en}", f"仍有{c.label.zh}")) for c in STILL),
        Reason(f"not {_ANY_STILL}", text("None of (a), (b), (c) is still present", "（a）（b）（c）均不存在")),
        *(_open(c) for c in STILL),
        Reason("not known(prior_any)", text("Still open: earlier treatment", "待填：既往治疗")),
    ),
    description=text(
        "At least 2 immunosuppressants, or prednisone and an immunosuppressant, each for more than 3 months, and still one of (a), (b), (c).",
        "≥2种免疫抑制剂，或泼尼松加免疫抑制剂，各用超过3个月，且仍有（a）（b）（c）之一。",
    ),
)  # fmt: skip
INCLUDED = MethodDef(
    "M.ELIG.INCLUDED", "inclusion_met",
    text("Every inclusion criterion is fulfilled", "符合全部入选标准"),
    f"{' and '.join(c.met() for c in INCLUSIONS)} and resistant", "boolean", code_list="CL.YES_NO",
    description=text("The answers, where no other page says otherwise, and resistant disease.", "以回答为准，其他页面有相反数据时不算符合；并须为难治性。"),
)  # fmt: skip
NOT_EXCLUDED = MethodDef(
    "M.ELIG.NOT_EXCLUDED", "no_exclusion",
    text("No exclusion criterion applies", "无任何排除标准"),
    f"not ({' or '.join(c.applies() for c in EXCLUSIONS)})", "boolean", code_list="CL.YES_NO",
    description=text("The answer or the data: the stricter of the two counts.", "回答与数据以更严者为准。"),
)  # fmt: skip
ELIGIBLE = MethodDef(
    "M.ELIG.ELIGIBLE", "eligible",
    text("Eligible", "符合入组条件"),
    "inclusion_met and no_exclusion", "boolean", code_list="CL.YES_NO",
    reasons=(
        Reason("inclusion_met and no_exclusion", text("Every inclusion criterion is fulfilled and no exclusion applies", "符合全部入选标准，无排除标准")),
        *(r for c in INCLUSIONS for r in _inclusion_reasons(c)),
        Reason("not resistant", text("Not fulfilled: resistant disease", "不符合入选标准：难治性")),
        Reason("not known(resistant)", text("Still open: resistant disease", "待定：难治性")),
        *(r for c in EXCLUSIONS for r in _exclusion_reasons(c)),
    ),
    description=text("All inclusion criteria and none of the exclusion criteria of NCT06410833.", "符合NCT06410833全部入选标准且无任何排除标准。"),
)  # fmt: skip
CONFIRMED = MethodDef(
    "M.ELIG.CONFIRMED", "eligibility_confirmed",
    text("Eligibility confirmed", "入选资格已确认"),
    "eligible and elig_confirmed", "boolean", code_list="CL.YES_NO",
    reasons=(
        Reason("eligible and elig_confirmed", text("Eligible and confirmed by the investigator on {0}", "符合标准，研究者于{0}确认"), ("elig_confirmed_on",)),
        Reason("eligible and not elig_confirmed", text("Eligible, but the investigator does not confirm", "符合标准，但研究者未确认")),
        Reason("eligible and not known(elig_confirmed)", text("Eligible; the investigator has not confirmed yet", "符合标准，待研究者确认")),
        Reason("not eligible", text("Not eligible", "不符合标准")),
        Reason("not known(eligible)", text("Eligibility is still open", "入选资格待定")),
    ),
    description=text("No dose is given before it.", "确认前不得给药。"),
)  # fmt: skip
METHODS = (RESISTANT, INCLUDED, NOT_EXCLUDED, ELIGIBLE, CONFIRMED)


def _differs(number: int, criterion: Criterion) -> EditCheck:
    assert criterion.source is not None
    source, label = criterion.source, criterion.label
    there = text(f"{label.en}: {{0}}", f"{label.zh}：{{0}}") if criterion.shown else label
    return EditCheck(
        f"EC.ELIG.{number:03}", (criterion.oid,), f"{criterion.name} == ({criterion.data})", "Soft",
        text(
            f"This answer and {source.en} differ ({there.en}). Check both; the stricter one counts.",
            f"该回答与{source.zh}不一致（{there.zh}）。请核对，以更严者为准。",
        ),
        (criterion.shown,) if criterion.shown else (),
    )  # fmt: skip


_LABORATORY = (
    ("b_microglobulin", "b2m_above_uln", "β2-microglobulin", "β2微球蛋白"),
    ("b_igg", "igg_above_age_uln", "IgG", "IgG"), ("b_c4", lies_below("c4", "c4_lln"), "C4", "C4"),
    ("b_cryoglobulin", "cryoglobulin == 'POS'", "cryoglobulin", "冷球蛋白"),
    ("b_monoclonal", "clonal_component == 'POS'", "the clonal component", "单克隆成分"),
    ("inflammation", "esr_above_uln", "the ESR", "血沉"),
)  # fmt: skip


def _laboratory_differs(number: int, key: str, finding: str, en: str, zh: str) -> EditCheck:
    return EditCheck(
        f"EC.ELIG.{number:03}", (f"I.ELIG.{key.upper()}",), f"not (elig_{key} and not ({finding}))", "Soft",
        text(f"The laboratory of this visit does not show it: {en}.", f"本次访视化验未显示：{zh}。"),
    )


def _without_detail(number: int, criterion: Criterion, details: tuple[str, ...]) -> EditCheck:
    none = " or ".join(details)
    return EditCheck(
        f"EC.ELIG.{number:03}", (criterion.oid, f"I.ELIG.{details[-1].removeprefix('elig_').upper()}"),
        f"not ({criterion.name} and not ({none}))", "Soft",
        text(f"{criterion.label.en} is answered yes, but none of its findings is.", f"{criterion.label.zh}回答“是”，但各项均为“否”。"),
    )  # fmt: skip


WITH_DATA = tuple(c for c in (*INCLUSIONS, *EXCLUSIONS) if c.data is not None)
CONTRADICTIONS = (
    *(_differs(n, c) for n, c in enumerate(WITH_DATA, 1)),
    *(_laboratory_differs(n, *row) for n, row in enumerate(_LABORATORY, 20)),
    _without_detail(
        26, SYSTEMIC,
        ("elig_polyarthritis", "elig_vasculitis", "elig_cytopenia", "elig_skin", "elig_kidney", "elig_lung", "elig_nerve", "elig_liver"),
    ),
    _without_detail(
        27, B_CELL,
        ("elig_b_igg", "elig_b_light_chain", "elig_b_microglobulin", "elig_b_c4", "elig_b_cryoglobulin", "elig_b_monoclonal"),
    ),
)  # fmt: skip
