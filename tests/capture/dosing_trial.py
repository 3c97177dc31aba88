"""The small trial with a protocol to keep: windows, a gate, a rule, a deviation log; for tests of the schedule."""

from __future__ import annotations

from functools import cache

from attrs import evolve

from crf_desktop.forms.vocabulary import answers, text
from crf_desktop.model.definition import (
    DataType,
    DeviationLog,
    FormDef,
    ItemDef,
    ItemGroupDef,
    MetaDataVersion,
    Reason,
    StudyEventDef,
)
from crf_desktop.model.integrity import require_sound
from crf_desktop.model.layout import FieldCard, Layout
from tests.small_trial import small_trial

KINDS = answers("CL.DEV", ("WINDOW", "Outside its window", "超窗"), ("MISSED", "Missed", "缺失访视"))
LOG = DeviationLog(
    "SE.LOG", "F.DEV", "I.DEV.KIND", "WINDOW", "I.DEV.VISIT", "I.DEV.DAY", "I.DEV.WHAT", "I.DEV.WHY", "MISSED"
)


def _item(oid: str, name: str, kind: DataType, code_list: str | None = None) -> ItemDef:
    words = text(name, name)
    return ItemDef(oid, name, name[:8].upper(), kind, words, words, code_list=code_list)


@cache
def dosing_trial() -> MetaDataVersion:
    """The small trial with two more visits of the protocol and a deviation log."""
    small = small_trial()
    items = (
        _item("I.DEV.KIND", "dev_kind", "code", KINDS.oid), _item("I.DEV.VISIT", "dev_visit", "text"),
        _item("I.DEV.DAY", "dev_day", "date"), _item("I.DEV.WHAT", "dev_what", "text"),
        _item("I.DEV.WHY", "dev_why", "text"),
    )  # fmt: skip
    group = ItemGroupDef("IG.DEV", text("Deviation", "偏离"), tuple(i.oid for i in items), table="deviation")
    words = text("Protocol deviation", "方案偏离")
    form = FormDef(
        "F.DEV", words, words, words, ("IG.DEV",), Layout((FieldCard(group.items),)), repeating=True,
        columns=("I.DEV.VISIT",),
    )  # fmt: skip
    made = evolve(
        small,
        items=(*small.items, *items),
        item_groups=(*small.item_groups, group),
        forms=(*small.forms, form),
        code_lists=(*small.code_lists, KINDS),
        events=(*map(_changed, small.events), _gated()),
        deviation_log=LOG,
    )
    require_sound(made)
    return made


def _changed(event: StudyEventDef) -> StudyEventDef:
    if event.oid == "SE.D2":
        return evolve(event, title=text("Rituximab 2", "利妥昔单抗第2次"))
    return evolve(event, forms=(*event.forms, "F.DEV")) if event.oid == "SE.LOG" else event


def _gated() -> StudyEventDef:
    """A third dose: closed before the second, not needed once the weight is known to be low."""
    words = text("Rituximab 3", "利妥昔单抗第3次")
    return StudyEventDef(
        "SE.D3", words, words, words, words, ("F.DOSE",),
        target="days_after(event_date('SE.W0'), 14)", window=(-1, 1), weekly=True,
        closed=(Reason("n_events('SE.D2') == 0", text("Dose 2 comes first.", "须先完成第2次给药。")),),
        not_needed=(
            Reason("latest('weight') < 20", text("The weight is {0} kg.", "体重{0} kg。"), ("latest('weight')",)),
        ),
    )  # fmt: skip
