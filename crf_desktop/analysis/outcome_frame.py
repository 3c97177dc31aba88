"""Frames of end points, of what each verdict rests on, of changes, and of what a reader has to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from crf_desktop.analysis.column import NULLS
from crf_desktop.analysis.frame_column import (
    DAY,
    NUMBER,
    TEXT,
    TRUTH,
    WHY,
    Column,
    Columns,
    Row,
    choice,
    exact_number,
    framed,
    one_of,
    why,
)
from crf_desktop.analysis.measure import Lack, Measure
from crf_desktop.analysis.outcome import Determinacy, Five, Item, Outcome, Pair, Part, Star, Status, Verdict
from crf_desktop.wording.response import ITEMS

FIVE_ITEMS: Final = tuple(key for key in ITEMS if key[1] == "_")
STAR_ITEMS: Final = tuple(key for key in ITEMS if key[1] != "_")
INSTRUMENTS: Final = ("five", "star", "change", "early_five", "early_star")


def outcomes(found: Sequence[Outcome]) -> Any:
    """One row per participant: every end point, decided by the data or not."""
    columns: Columns = {
        "subject": TEXT, "status": choice(Status), "day_zero": DAY, "week_28": DAY,
        "responder": TRUTH, "determinacy": choice(Determinacy), "n_met": NUMBER, "n_not_evaluable": NUMBER,
        **dict.fromkeys(FIVE_ITEMS, TRUTH), **{f"star_{key}": TRUTH for key in STAR_ITEMS},
        **_verdict_columns("five"), **_verdict_columns("five_inclusive"),
        **_verdict_columns("star"), **_verdict_columns("star_literal"),
        "early": TRUTH, **_verdict_columns("early_five"), **_verdict_columns("early_star"), **WHY,
    }  # fmt: skip
    return framed([_outcome(o) for o in found], columns, 1)


def _outcome(o: Outcome) -> Row:
    early = {} if o.early is None else _verdict("early_five", o.early[0].literal) | _verdict(
        "early_star", o.early[1].published
    )
    return {
        "subject": o.subject, "status": o.status, "day_zero": o.day_zero, "week_28": o.followup,
        "responder": o.responder, "determinacy": o.determinacy, "n_met": o.five.n_met,
        "n_not_evaluable": o.five.n_not_evaluable, **{i.key: i.met for i in o.five.items},
        **{f"star_{i.key}": i.met for i in o.star.items},
        **_verdict("five", o.five.literal), **_verdict("five_inclusive", o.five.inclusive),
        **_verdict("star", o.star.published), **_verdict("star_literal", o.star.literal),
        "early": o.early is not None, **early, **why(o.why),
    }  # fmt: skip


def _verdict_columns(name: str) -> Columns:
    numbers = {f"{name}_{what}": NUMBER for what in ("counted", "possible", "at_least")}
    return {**numbers, f"{name}_responder": TRUTH, f"{name}_determinacy": choice(Determinacy)}


def _verdict(name: str, verdict: Verdict) -> dict[str, Any]:
    return {
        f"{name}_counted": verdict.counted, f"{name}_possible": verdict.possible, f"{name}_at_least": verdict.at_least,
        f"{name}_responder": verdict.responder, f"{name}_determinacy": verdict.determinacy,
    }  # fmt: skip


# ---- what verdicts rest on

_MEASURE: Final[Mapping[str, Column]] = {
    "": exact_number, "_text": TEXT, "_unit": TEXT, "_typed": TEXT, "_event": TEXT, "_date": DAY, "_lack": choice(Lack),
    "_null": one_of(NULLS), "_notes": TEXT,
}  # fmt: skip
_PAIR: Final[Columns] = {side + what: column for side in ("base", "followup") for what, column in _MEASURE.items()}


def parts(found: Sequence[Outcome]) -> Any:
    """The trace: one row per comparison of every item of every instrument, and per change."""
    columns: Columns = {
        "subject": TEXT, "instrument": choice(INSTRUMENTS), "item": TEXT, "part": TEXT, "item_title_en": TEXT,
        "item_title_zh": TEXT, "item_rule_en": TEXT, "item_rule_zh": TEXT, "item_met": TRUTH,
        "item_points": NUMBER, **_PAIR, "met": TRUTH, "counts": TRUTH, **WHY,
    }  # fmt: skip
    return framed([row for o in found for row in _traced(o)], columns, 4)


def _traced(o: Outcome) -> Iterator[Row]:
    early: tuple[Five | Star, ...] = o.early or ()
    instruments = ("five", "star", "early_five", "early_star")
    for instrument, evaluated in zip(instruments, (o.five, o.star, *early), strict=False):
        for item in evaluated.items:
            yield from (_part(o.subject, instrument, item, part) for part in item.parts)
    for change in o.changes:
        yield {
            "subject": o.subject, "instrument": "change", "item": change.name, "part": change.name,
            "item_title_en": change.label.en, "item_title_zh": change.label.zh, **_pair(change.pair),
            "met": change.improved, "counts": False, **why(change.why),
        }  # fmt: skip


def _part(subject: str, instrument: str, item: Item, part: Part) -> Row:
    return {
        "subject": subject, "instrument": instrument, "item": item.key, "part": part.key,
        "item_title_en": item.title.en, "item_title_zh": item.title.zh, "item_rule_en": item.rule.en,
        "item_rule_zh": item.rule.zh, "item_met": item.met,
        "item_points": item.points, **_pair(part.pair), "met": part.met, "counts": part.counts, **why(part.why),
    }  # fmt: skip


def _pair(pair: Pair) -> dict[str, Any]:
    return _measure("base", pair.base) | _measure("followup", pair.followup)


def _measure(side: str, m: Measure) -> dict[str, Any]:
    return {
        side: m.value, side + "_text": m.text or None, side + "_unit": m.unit.en or None,
        side + "_typed": m.typed or None, side + "_event": m.event or None, side + "_date": m.date,
        side + "_lack": m.lack, side + "_null": m.null, side + "_notes": " ".join(n.value for n in m.notes) or None,
    }  # fmt: skip


def changes(found: Sequence[Outcome]) -> Any:
    """One row per participant and outcome: follow-up minus week 0, exact."""
    columns: Columns = {
        "subject": TEXT, "outcome": TEXT, "label_en": TEXT, "label_zh": TEXT, **_PAIR, "change": exact_number,
        "change_text": TEXT, "improved": TRUTH, **WHY,
    }  # fmt: skip
    rows = [
        {
            "subject": o.subject, "outcome": c.name, "label_en": c.label.en, "label_zh": c.label.zh, **_pair(c.pair),
            "change": _difference(c.pair), "change_text": c.text or None, "improved": c.improved, **why(c.why),
        }
        for o in found
        for c in o.changes
    ]  # fmt: skip
    return framed(rows, columns, 2)


def _difference(pair: Pair) -> Fraction | None:
    base, followup = pair.base.value, pair.followup.value
    return None if base is None or followup is None else followup - base


def issues(found: Sequence[Outcome]) -> Any:
    """One row per thing in the data that a reader of the results has to know."""
    columns: Columns = {"subject": TEXT, "number": NUMBER, "event": TEXT, "name": TEXT, "kind": TEXT, **WHY}
    rows = [
        {
            "subject": o.subject, "number": n, "event": i.event or None, "name": i.name or None, "kind": i.kind,
            **why(i.text),
        }
        for o in found
        for n, i in enumerate(o.issues, 1)
    ]  # fmt: skip
    return framed(rows, columns, 2)
