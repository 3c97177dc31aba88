"""The traces of a trial: why every participant counts as what, as a text to read and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import rfc8785

from crf_desktop.analysis.measure import Measure
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Five, Item, Outcome, Part, Star, Verdict
from crf_desktop.analysis.spelling import unmarked
from crf_desktop.analysis.trace import trace_line, values, verdict_line
from crf_desktop.errors import Language
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording.analysis import OPTIONS
from crf_desktop.wording.frame import CODES

_HEADS: Final[dict[str, tuple[str, str]]] = {
    "title": ("Why each participant counts as what", "各受试者判定依据"),
    "options": ("Options in force", "所用选项"),
    "five": ("Five items, at least 4 as registered", "五项，按注册至少4项"),
    "star": ("STAR, at least 5 points as published", "STAR，按发表至少5分"),
    "early_five": ("Five items, early termination", "五项，提前终止时"),
    "early_star": ("STAR, early termination", "STAR，提前终止时"),
    "changes": ("Changes from week 0", "较第0周的变化"),
    "issues": ("What has to be known of the data", "数据须知"),
    "nobody": ("There is no participant.", "无受试者。"),
}


def traces_text(found: Sequence[Outcome], options: Options, language: Language) -> str:
    """One paragraph per participant; numbers and sentences are those of the frames, the window and the report."""
    k = 1 if language == "zh" else 0
    lines = [_HEADS["title"][k], "", _HEADS["options"][k]]
    lines += [_option(name, value, k) for name, value in options.items()]
    for outcome in found:
        lines += ["", *_participant(outcome, language, k)]
    if not found:
        lines += ["", _HEADS["nobody"][k]]
    return "\n".join(lines) + "\n"


def _option(name: str, value: str, k: int) -> str:
    title, meanings = OPTIONS[name]
    between = ("  {0}={1}: {2}, {3}", "  {0}={1}：{2}，{3}")[k]
    return between.format(name, value, title[k], meanings[value][k])


def _participant(o: Outcome, language: Language, k: int) -> Iterator[str]:
    yield f"{o.subject} · {CODES[o.status.value][k]} · {CODES['responder' if o.responder else 'non-responder'][k]}"
    yield "  " + unmarked(o.why.in_(language))
    early: tuple[Five | Star, ...] = o.early or ()
    for name, evaluated in zip(("five", "star", "early_five", "early_star"), (o.five, o.star, *early), strict=False):
        verdict = evaluated.literal if isinstance(evaluated, Five) else evaluated.published
        yield f"  {_HEADS[name][k]}{(': ', '：')[k]}{verdict_line(verdict, evaluated, language)}"
        yield from ("    " + trace_line(item, language) for item in evaluated.items)
    yield "  " + _HEADS["changes"][k]
    for change in o.changes:
        numbers = values(Part("", change.pair, None, change.why)).in_(language)
        told = (", ", "，")[k].join(t for t in (change.label.in_(language), numbers) if t)
        yield f"    {told}{(': ', '：')[k]}{unmarked(change.why.in_(language))}"
    if o.issues:
        yield "  " + _HEADS["issues"][k]
        yield from ("    " + unmarked(issue.text.in_(language)) for issue in o.issues)


def traces_json(found: Sequence[Outcome], options: Options) -> bytes:
    """The same for machines (RFC 8785): exact numbers as ``n`` or ``n/d``, sentences in both languages."""
    body: Any = {"options": dict(options.items()), "participants": [_body(o) for o in found]}
    return rfc8785.dumps(body)


def _body(o: Outcome) -> dict[str, Any]:
    early = {} if o.early is None else {"early_five": _five(o.early[0]), "early_star": _star(o.early[1])}
    return {
        "subject": o.subject, "status": o.status.value, "day_zero": o.day_zero, "week_28": o.followup,
        "responder": o.responder, "determinacy": o.determinacy.value, "why": _said(o.why), "five": _five(o.five),
        "star": _star(o.star), **early,
        "changes": [
            {"name": c.name, "base": _measure(c.pair.base), "followup": _measure(c.pair.followup), "change": c.text,
             "improved": c.improved, "why": _said(c.why)} for c in o.changes
        ],
        "issues": [{"event": i.event, "name": i.name, "kind": i.kind, "text": _said(i.text)} for i in o.issues],
    }  # fmt: skip


def _five(found: Five) -> dict[str, Any]:
    verdicts = {"literal": _verdict(found.literal), "inclusive": _verdict(found.inclusive)}
    return {"n_met": found.n_met, "items": [_item(i) for i in found.items], **verdicts}


def _star(found: Star) -> dict[str, Any]:
    verdicts = {"published": _verdict(found.published), "literal": _verdict(found.literal)}
    return {"total": found.total, "possible": found.possible, "items": [_item(i) for i in found.items], **verdicts}


def _verdict(v: Verdict) -> dict[str, Any]:
    return {
        "at_least": v.at_least, "counted": v.counted, "possible": v.possible, "responder": v.responder,
        "determinacy": v.determinacy.value, "why": _said(v.why),
    }  # fmt: skip


def _item(item: Item) -> dict[str, Any]:
    return {
        "key": item.key, "title": _said(item.title), "rule": _said(item.rule), "met": item.met, "points": item.points,
        "parts": [
            {"key": p.key, "met": p.met, "counts": p.counts, "base": _measure(p.pair.base),
             "followup": _measure(p.pair.followup), "why": _said(p.why)} for p in item.parts
        ],
    }  # fmt: skip


def _measure(m: Measure) -> dict[str, Any]:
    return {
        "name": m.name, "value": None if m.value is None else str(m.value), "text": m.text, "unit": m.unit.en,
        "typed": m.typed, "event": m.event, "date": m.date, "lack": m.lack.value if m.lack else None,
        "null": m.null.value if m.null else None, "notes": [n.value for n in m.notes],
    }  # fmt: skip


def _said(words: TranslatedText) -> dict[str, str]:
    return {"en": unmarked(words.en), "zh": unmarked(words.zh)}
