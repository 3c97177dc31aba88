"""The traces as one table of text, for exports: who counts as what, item by item, comparison by comparison, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from crf_desktop.analysis.outcome import Five, Item, Outcome, Part, Star, Verdict
from crf_desktop.analysis.spelling import unmarked
from crf_desktop.analysis.trace import trace_line, verdict_line
from crf_desktop.model.text import TranslatedText

NAME: Final = "response"
COLUMNS: Final = (
    "subject", "instrument", "response_item", "response_part", "week_0", "week_28", "response_unit", "response_verdict",
    "why_en", "why_zh",
)  # fmt: skip
_NAMES: Final = ("five", "star", "early_five", "early_star")
Row = tuple[str, ...]


def rows(found: Iterable[Outcome]) -> Iterator[Row]:
    """Per participant: the primary verdict, then every instrument with its items and their comparisons, then changes.

    A row without item is the verdict of the instrument; one without part that of the item.
    """
    for o in found:
        yield _row(o, "primary", "", "", o.determinacy.value, o.why.en, o.why.zh)
        early: tuple[Five | Star, ...] = o.early or ()
        for name, evaluated in zip(_NAMES, (o.five, o.star, *early), strict=False):
            yield _verdict(o, name, evaluated)
            for item in evaluated.items:
                yield _item(o, name, item)
                yield from (_part(o, name, item.key, part) for part in item.parts)
        for change in o.changes:
            told = {None: "", True: "improved", False: "not_improved"}[change.improved]
            yield _compared(o, "change", change.name, Part("", change.pair, None, change.why), told)


def _verdict(o: Outcome, name: str, found: Five | Star) -> Row:
    verdict: Verdict = found.literal if isinstance(found, Five) else found.published
    said = (verdict_line(verdict, found, "en"), verdict_line(verdict, found, "zh"))
    return _row(o, name, "", "", verdict.determinacy.value, *said)


def _item(o: Outcome, name: str, item: Item) -> Row:
    return _row(o, name, item.key, "", _met(item.met), trace_line(item, "en"), trace_line(item, "zh"))


def _part(o: Outcome, name: str, item: str, part: Part) -> Row:
    return _compared(o, name, item, part, _met(part.met))


def _compared(o: Outcome, name: str, item: str, part: Part, verdict: str) -> Row:
    base, followup = part.pair.base, part.pair.followup
    values = (base.text, followup.text, (followup.unit or base.unit).en)
    return _row(o, name, item, part.key, verdict, part.why.en, part.why.zh, values)


def _row(
    o: Outcome, name: str, item: str, part: str, verdict: str, en: str, zh: str,
    values: tuple[str, str, str] = ("", "", ""),
) -> Row:  # fmt: skip
    said = TranslatedText(unmarked(en), unmarked(zh))
    return (o.subject, name, item, part, *values, verdict, said.en, said.zh)


def _met(met: bool | None) -> str:
    return "not_evaluable" if met is None else "met" if met else "not_met"
