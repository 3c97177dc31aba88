"""Unstimulated whole saliva: two weighed 5-minute collections; 1 g counts as 1 mL."""

from __future__ import annotations

from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import GRAM, ML_MIN, SECOND, between, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef
from crf_desktop.model.layout import Layout, TimedCollection, TimedCollections

_WEIGHT_HARD = text("A tube weighs more than 0 and less than 200 g.", "试管重量应大于0且小于200 g。")
_WEIGHT_SOFT = text("A collection tube usually weighs 2–60 g. Check the reading and the unit.", "收集管通常重2–60 g。请核对读数和单位。")
_SECONDS_HARD = text("Seconds of collection, 1–3600.", "收集秒数，1–3600。")
_SECONDS_SOFT = text("Planned is 300 s for every participant and both collections.", "所有受试者的两次收集均计划为300 s。")


def _weight(n: int, when: str, en: str, zh: str, sas_name: str) -> ItemDef:
    return ItemDef(
        f"I.SALIVA.{when.upper()}_{n}", f"saliva_{n}_{when}", sas_name, "decimal",
        text(f"Collection {n}: weight of the tube {when}", f"第{n}次收集：{zh}"),
        text(en, zh),
        text("To 0.001 g, with the same balance", "精确到0.001 g，使用同一天平"),
        units=(GRAM,), significant_digits=3, length=8,
        range_checks=(*between("0.001", "199.999", "Hard", _WEIGHT_HARD), *between("2", "60", "Soft", _WEIGHT_SOFT)),
    )  # fmt: skip


def _collection(n: int) -> tuple[ItemDef, ItemDef, ItemDef, ItemDef]:
    """Start, tube before, tube after, seconds."""
    started = ItemDef(
        f"I.SALIVA.START_{n}", f"saliva_{n}_start", f"SAL{n}ST", "datetime",
        text(f"Collection {n}: started at", f"第{n}次收集：开始时间"),
        text("Started", "开始时间"),
        length=25, mandatory=False,
    )  # fmt: skip
    seconds = ItemDef(
        f"I.SALIVA.SECONDS_{n}", f"saliva_{n}_seconds", f"SAL{n}SEC", "integer",
        text(f"Collection {n}: seconds of collection", f"第{n}次收集：收集秒数"),
        text("Duration", "收集时长"),
        text("Filled by the timer; planned 300 s", "由计时器填入；计划300 s"),
        units=(SECOND,), length=4,
        range_checks=(*between("1", "3600", "Hard", _SECONDS_HARD), *between("295", "305", "Soft", _SECONDS_SOFT)),
    )  # fmt: skip
    before = _weight(n, "before", "Tube before", "收集前管重", f"SAL{n}BEF")
    after = _weight(n, "after", "Tube after", "收集后管重", f"SAL{n}AFT")
    return started, before, after, seconds


def _net(n: int) -> MethodDef:
    return MethodDef(
        f"M.SALIVA.NET_{n}", f"saliva_{n}_net",
        text(f"Collection {n}, saliva", f"第{n}次收集，唾液量"),
        f"saliva_{n}_after - saliva_{n}_before", "decimal", GRAM, 3,
        description=text("Tube after minus tube before.", "收集后管重减收集前管重。"),
    )  # fmt: skip


def _rate(n: int) -> MethodDef:
    return MethodDef(
        f"M.SALIVA.RATE_{n}", f"saliva_{n}_rate",
        text(f"Collection {n}, flow", f"第{n}次收集，流率"),
        f"saliva_{n}_net * 60 / saliva_{n}_seconds", "decimal", ML_MIN, 3,
        description=text("Grams × 60 / seconds; 1 g counts as 1 mL.", "克数×60/秒数；1 g计为1 mL。"),
    )  # fmt: skip


FIRST, SECOND_TIME = _collection(1), _collection(2)
NETS, RATES = (_net(1), _net(2)), (_rate(1), _rate(2))
_MEASURED = tuple(i.oid for collection in (FIRST, SECOND_TIME) for i in collection[1:])

NOTHING_BY_MOUTH = yes_no(
    "I.SALIVA.NOTHING_BY_MOUTH", "saliva_nothing_by_mouth", "SALNPO",
    text("Nothing by mouth and no smoking for 60 min before?", "收集前60 min未进食饮水、未吸烟？"),
    text("Nothing by mouth 60 min", "禁食禁饮60 min"),
)  # fmt: skip
MORNING = yes_no(
    "I.SALIVA.MORNING", "saliva_morning", "SALMORN",
    text("Collected in the morning at the fixed time of the SOP?", "是否在SOP规定的上午固定时间收集？"),
    text("Morning, fixed time", "上午固定时间"),
)  # fmt: skip
NO_SECRETAGOGUE = yes_no(
    "I.SALIVA.NO_SECRETAGOGUE", "saliva_no_secretagogue", "SALNOSEC",
    text("No secretagogue (pilocarpine, cevimeline) this morning?", "当日上午未用促泌药物（毛果芸香碱、西维美林）？"),
    text("No secretagogue today", "当日未用促泌药物"),
)  # fmt: skip
CONDITIONS = (NOTHING_BY_MOUTH, MORNING, NO_SECRETAGOGUE)

FLOW = MethodDef(
    "M.SALIVA.FLOW", "saliva_flow",
    text("Salivary flow", "唾液流率"),
    "mean_known(saliva_1_rate, saliva_2_rate)", "decimal", ML_MIN, 3, waits_for=_MEASURED,
    description=text(
        "Mean of the exact rates of both collections; if one is missing with a reason, the other, flagged. Rounded in print only.",
        "两次收集精确流率的均值；一次缺失（有原因）时取另一次，并作标记。仅打印时取整。",
    ),
)  # fmt: skip
ONE_COLLECTION = MethodDef(
    "M.SALIVA.ONE_COLLECTION", "saliva_one_collection",
    text("One collection only", "仅一次收集"),
    "count_known(saliva_1_rate, saliva_2_rate) == 1", "boolean", code_list="CL.YES_NO", waits_for=_MEASURED,
    description=text("Flag: the flow rests on one collection.", "标记：流率仅来自一次收集。"),
)  # fmt: skip
ABNORMAL = MethodDef(
    "M.SALIVA.ABNORMAL", "saliva_abnormal",
    text("Abnormal (≤0.1 mL/min)", "异常（≤0.1 mL/min）"),
    "saliva_flow <= 0.1", "boolean", code_list="CL.YES_NO",
    description=text("ACR/EULAR 2016; equals AECG’s 1.5 mL in 15 min.", "ACR/EULAR 2016；等同于AECG的15 min 1.5 mL。"),
)  # fmt: skip

_STARTED = "(saliva_1_start if known(saliva_1_start) else saliva_2_start)"
CHECKS = tuple(
    EditCheck(
        f"EC.SALIVA.00{n}", (collection[1].oid, collection[2].oid), f"saliva_{n}_after >= saliva_{n}_before", "Hard",
        text("The tube weighs less after the collection than before.", "收集后管重小于收集前。"),
    )
    for n, collection in ((1, FIRST), (2, SECOND_TIME))
) + tuple(
    EditCheck(
        f"EC.SALIVA.00{n + 2}", tuple(i.oid for i in collection[1:]), f"saliva_{n}_rate <= 3", "Soft",
        text("{0} mL/min, more than 3, is unusual for unstimulated saliva. Check both weights.", "非刺激性唾液流率{0} mL/min（超过3）少见。请核对两次管重。"),
        (f"saliva_{n}_rate",),
    )
    for n, collection in ((1, FIRST), (2, SECOND_TIME))
) + (
    EditCheck(
        "EC.SALIVA.005", (FIRST[2].oid, SECOND_TIME[2].oid),
        "not (known(event) and event == 'SE.W0' and count_known(saliva_1_after, saliva_2_after) > 0"
        f" and (days({_STARTED}, visit_date) < 0 or days({_STARTED}, visit_date) > 7))", "Soft",
        text(
            "Saliva of week 0 is collected on day 0 before the dose, or up to 7 days before; this began on {0}.",
            "第0周的唾液应在第0天给药前或之前7天内收集；本次开始于{0}。",
        ),
        (_STARTED,),
    ),
)  # fmt: skip


def _timed(n: int, items: tuple[ItemDef, ItemDef, ItemDef, ItemDef]) -> TimedCollection:
    started, before, after, seconds = (i.oid for i in items)
    title = text(f"Collection {n}", f"第{n}次收集")
    return TimedCollection(title, before, after, started, seconds, NETS[n - 1].oid, RATES[n - 1].oid)


PAGE = page(
    FormDef(
        "F.SALIVA",
        text("Unstimulated whole saliva", "非刺激性全唾液"),
        text("Saliva", "唾液"),
        text("Mean of two collections · 5:00 min, fixed for all participants", "两次收集的均值 · 所有受试者固定5:00 min"),
        ("IG.SALIVA",),
        Layout(
            (
                TimedCollections(
                    (_timed(1, FIRST), _timed(2, SECOND_TIME)),
                    tuple(i.oid for i in CONDITIONS),
                    text(
                        "≤0.100 mL/min is abnormal. The rate is the mean of both collections, kept to 3 decimals; one missing collection is flagged, not filled.",
                        "≤0.100 mL/min为异常。流率为两次收集的均值，保留3位小数；缺失一次则作标记，不予填补。",
                    ),
                ),
            )
        ),
        (*(m.oid for pair in zip(NETS, RATES, strict=True) for m in pair), FLOW.oid, ONE_COLLECTION.oid, ABNORMAL.oid),
        (FLOW.oid,),
    ),
    (*CONDITIONS, *FIRST, *SECOND_TIME),
    (*NETS, *RATES, FLOW, ONE_COLLECTION, ABNORMAL),
    CHECKS,
    table="saliva",
)
