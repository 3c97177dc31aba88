"""What is given before an infusion: antipyretic, antihistamine, methylprednisolone, each with dose and time."""

from __future__ import annotations

from crf_desktop.forms.measurement import limits, number
from crf_desktop.forms.question import moment, only_if, words
from crf_desktop.forms.vocabulary import MG, text, yes_no
from crf_desktop.model.definition import EditCheck, ItemDef
from crf_desktop.model.layout import FieldCard
from crf_desktop.model.text import TranslatedText


def _which(drug: str, sas: str, label: TranslatedText, name: str, given: str) -> ItemDef:
    return words(
        f"I.{drug}.{name.upper()}_DRUG", f"{drug.lower()}_{name}_drug", f"{sas}D",
        text(f"{label.en}: drug and dose", f"{label.zh}：药物和剂量"), text(f"{label.en}: drug, dose", f"{label.zh}名称和剂量"),
        relevant=only_if(given), length=60,
    )  # fmt: skip


def _steroid_dose(drug: str, sas: str, given: str) -> ItemDef:
    return number(
        f"I.{drug}.STEROID_DOSE", f"{drug.lower()}_steroid_dose", f"{sas}D",
        text("Methylprednisolone before the infusion: dose", "输注前甲泼尼龙剂量"), text("Methylprednisolone: dose", "甲泼尼龙剂量"),
        (MG,), limits(("0.1", "2000"), ("10", "125"), text("The dose", "剂量"), "mg"),
        digits=1, relevant=only_if(given), previous=False,
    )  # fmt: skip


def premedication(drug: str, sas: str, given: str) -> tuple[ItemDef, ...]:
    """Three drugs by three questions: given, which and how much, when. ``drug`` is the key of the form in OIDs."""
    found: list[ItemDef] = []
    for name, letter, label in (
        ("antipyretic", "A", text("Antipyretic", "解热药")),
        ("antihistamine", "H", text("Antihistamine", "抗组胺药")),
        ("steroid", "M", text("Methylprednisolone", "甲泼尼龙")),
    ):
        answer, code = f"{drug.lower()}_{name}", f"{sas}P{letter}"
        asked = yes_no(
            f"I.{drug}.{name.upper()}", answer, code,
            text(f"{label.en} before the infusion?", f"输注前是否给予{label.zh}？"), label, relevant=given,
        )  # fmt: skip
        amount = _steroid_dose(drug, code, answer) if name == "steroid" else _which(drug, code, label, name, answer)
        when = moment(
            f"I.{drug}.{name.upper()}_TIME", f"{answer}_time", f"{code}T",
            text(f"{label.en}: date and time", f"{label.zh}：日期和时间"), text(f"{label.en} given at", f"{label.zh}给药时间"), relevant=only_if(answer),
        )  # fmt: skip
        found += [asked, amount, when]
    return tuple(found)


def card(items: tuple[ItemDef, ...], note: TranslatedText) -> FieldCard:
    """One line per drug."""
    return FieldCard(
        tuple(i.oid for i in items),
        text("Premedication", "输注前用药"),
        note,
        columns=3,
    )


def checks(drug: str, first: int, items: tuple[ItemDef, ...], start: ItemDef) -> tuple[EditCheck, ...]:
    """Each premedication lies before the start of the infusion."""
    times = [i for i in items if i.data_type == "datetime"]
    return tuple(
        EditCheck(
            f"EC.{drug}.{first + n:03}", (i.oid, start.oid), f"minutes({i.name}, {start.name}) >= 0", "Soft",
            text(
                "Premedication is given before the infusion; this time lies after its start.",
                "输注前用药应早于输注开始；该时间晚于开始时间。",
            ),
        )
        for n, i in enumerate(times)
    )  # fmt: skip
