"""What every infusion is asked: lot, start and stop, interruptions, volume, rate steps, vital signs meanwhile."""

from __future__ import annotations

from crf_desktop.forms.measurement import limits, number
from crf_desktop.forms.question import moment, only_if, words
from crf_desktop.forms.vocabulary import CELSIUS, MINUTE, ML, ML_H, MMHG, PER_MIN, text, yes_no
from crf_desktop.model.definition import EditCheck, ItemDef, ItemGroupDef, MethodDef
from crf_desktop.model.layout import FieldCard, RepeatTable


def product(drug: str, sas: str, given: str) -> tuple[ItemDef, ...]:
    """Lot numbers."""
    return (
        words(
            f"I.{drug}.LOT", f"{drug.lower()}_lot", f"{sas}LOT",
            text("Lot numbers of all vials", "所有药瓶的批号"), text("Lots", "批号"),
            hint=text("Several with a comma between", "多个批号用逗号分隔"), relevant=given, length=120,
        ),
    )  # fmt: skip


def course(drug: str, sas: str, given: str) -> tuple[ItemDef, ...]:
    """Start, stop, whether it was interrupted, for how long, volume; the start comes first."""
    low = drug.lower()
    return (
        moment(
            f"I.{drug}.START", f"{low}_start", f"{sas}STDTC",
            text("Infusion started: date and time", "输注开始日期和时间"), text("Start", "开始"), relevant=given,
        ),
        moment(
            f"I.{drug}.STOP", f"{low}_stop", f"{sas}ENDTC",
            text("Infusion ended: date and time", "输注结束日期和时间"), text("End", "结束"), relevant=given,
        ),
        number(
            f"I.{drug}.VOLUME", f"{low}_volume", f"{sas}VOL",
            text("Volume infused", "输入体积"), text("Volume", "体积"), (ML,),
            limits(("1", "2000"), ("50", "1000"), text("The volume", "体积"), "mL"),
            digits=1, relevant=given, previous=False,
        ),
        yes_no(
            f"I.{drug}.PAUSED", f"{low}_paused", f"{sas}PAUSED",
            text("Was the infusion interrupted?", "输注是否中断？"), text("Interrupted", "中断"), relevant=given,
        ),
        number(
            f"I.{drug}.PAUSE_MINUTES", f"{low}_pause_minutes", f"{sas}PAUMIN",
            text("Interruptions, all together", "中断总时长"), text("Interruptions", "中断时长"), (MINUTE,),
            limits(("1", "1440"), ("1", "240"), text("The interruption", "中断时长"), "min"),
            data_type="integer", relevant=only_if(f"{low}_paused"), previous=False,
        ),
    )  # fmt: skip


def rates(drug: str, sas: str, table: str) -> tuple[ItemGroupDef, tuple[ItemDef, ...]]:
    """Rate steps: when, how fast."""
    items = (
        ItemDef(
            f"I.{drug}.RATE_TIME", f"{drug.lower()}_rate_time", f"{sas}RATTM", "time",
            text("Rate step: from", "调速时间"), text("From", "起始时间"), length=5,
        ),
        number(
            f"I.{drug}.RATE", f"{drug.lower()}_rate", f"{sas}RATE",
            text("Rate step: rate", "输注速度"), text("Rate", "速度"), (ML_H,),
            limits(("0", "1000"), ("5", "400"), text("The rate", "速度"), "mL/h"), digits=1, previous=False,
        ),
    )  # fmt: skip
    named = text("Rate steps", "输注速度")
    return ItemGroupDef(f"IG.{drug}.RATE", named, tuple(i.oid for i in items), repeating=True, table=table), items


def signs(drug: str, sas: str, table: str) -> tuple[ItemGroupDef, tuple[ItemDef, ...]]:
    """Vital signs while it runs: when, pulse, pressures, temperature."""
    low = drug.lower()
    pulse, pressure = text("Pulse", "脉搏"), text("Pressure", "血压")
    items = (
        ItemDef(
            f"I.{drug}.SIGN_TIME", f"{low}_sign_time", f"{sas}VSTM", "time",
            text("Vital signs: measured at", "生命体征测量时间"), text("At", "时间"), length=5,
        ),
        number(
            f"I.{drug}.PULSE", f"{low}_pulse", f"{sas}PULSE", text("Pulse during the infusion", "输注期间脉搏"), pulse,
            (PER_MIN,), limits(("20", "260"), ("50", "150"), pulse, "/min"), data_type="integer", previous=False,
        ),
        number(
            f"I.{drug}.SBP", f"{low}_sbp", f"{sas}SYSBP", text("Systolic pressure during the infusion", "输注期间收缩压"),
            text("Systolic", "收缩压"), (MMHG,), limits(("40", "260"), ("80", "150"), pressure, "mmHg"),
            data_type="integer", previous=False,
        ),
        number(
            f"I.{drug}.DBP", f"{low}_dbp", f"{sas}DIABP", text("Diastolic pressure during the infusion", "输注期间舒张压"),
            text("Diastolic", "舒张压"), (MMHG,), limits(("20", "180"), ("40", "100"), pressure, "mmHg"),
            data_type="integer", previous=False,
        ),
        number(
            f"I.{drug}.TEMPERATURE", f"{low}_temperature", f"{sas}TEMP",
            text("Temperature during the infusion", "输注期间体温"), text("Temperature", "体温"), (CELSIUS,),
            limits(("32", "43"), ("35.5", "37.9"), text("Temperature", "体温"), "°C"), digits=1, previous=False,
        ),
    )  # fmt: skip
    named = text("Vital signs during the infusion", "输注期间生命体征")
    return ItemGroupDef(f"IG.{drug}.SIGNS", named, tuple(i.oid for i in items), repeating=True, table=table), items


def duration(drug: str) -> MethodDef:
    """Minutes from start to end, interruptions included; by the clock's offsets, so that summer time does not matter."""
    low = drug.lower()
    return MethodDef(
        f"M.{drug}.DURATION", f"{low}_duration",
        text("Duration of the infusion", "输注时长"),
        f"minutes({low}_start, {low}_stop)", "decimal", MINUTE, 0,
        description=text("From start to end, interruptions included.", "从开始到结束，含中断时间。"),
    )  # fmt: skip


def card(items: tuple[ItemDef, ...], given: tuple[ItemDef, ...]) -> FieldCard:
    """The course of the infusion, and ``given``: dose and lots, known when it is over; start and end come first."""
    oids = tuple(i.oid for i in (*items[:2], *given, *items[2:]))
    return FieldCard(oids, text("Infusion", "输注"), columns=2)


def rate_table(group: ItemGroupDef) -> RepeatTable:
    """The rate steps."""
    return RepeatTable(group.oid, text("Rate steps", "输注速度"), add=text("Add a step", "添加一步"))


def checks(drug: str, first: int, items: tuple[ItemDef, ...]) -> tuple[EditCheck, ...]:
    """End after start, on the day of the visit, a possible duration, interruptions shorter than the whole."""
    start, stop, _, _, pause = items
    low = drug.lower()
    return (
        EditCheck(
            f"EC.{drug}.{first:03}", (start.oid, stop.oid), f"{low}_duration > 0", "Hard",
            text("The infusion must end after it starts.", "输注结束时间应晚于开始时间。"),
        ),
        EditCheck(
            f"EC.{drug}.{first + 1:03}", (start.oid,), f"days({low}_start, visit_date) == 0", "Soft",
            text("The infusion does not start on the visit date. Check both dates.", "输注开始日期与访视日期不一致。请核对两个日期。"),
        ),
        EditCheck(
            f"EC.{drug}.{first + 2:03}", (stop.oid,), f"{low}_duration <= 720", "Soft",
            text("An infusion of {0} min, more than 12 h, is unusual. Check start and end.", "输注{0}分钟（超过12 h）少见。请核对开始和结束时间。"),
            (f"{low}_duration",),
        ),
        EditCheck(
            f"EC.{drug}.{first + 3:03}", (pause.oid,), f"{low}_pause_minutes < {low}_duration", "Soft",
            text("The interruptions are as long as the whole infusion ({0} min). Check the minutes.", "中断总时长不短于整个输注时长（{0}分钟）。请核对分钟数。"),
            (f"{low}_duration",),
        ),
    )  # fmt: skip
