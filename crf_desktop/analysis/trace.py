"""The reasons of a verdict as one line, for tables, exports and STAR's column."""

from __future__ import annotations

from crf_desktop.analysis import spelling
from crf_desktop.analysis.outcome import Five, Item, Part, Star, Verdict
from crf_desktop.analysis.spelling import capital, shown, unmarked
from crf_desktop.analysis.threshold import headline
from crf_desktop.errors import Language
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording.response import MET, TRACE

ARROW = " → "


def deciding(item: Item) -> Part:
    """The part a reader wants to see first: one that is met, else one that could be evaluated, else the first."""
    asked = [p for p in item.parts if p.counts] or list(item.parts)
    return next((p for p in asked if p.met is True), next((p for p in asked if p.met is not None), asked[0]))


def star_line(item: Item) -> TranslatedText:
    """The reason as STAR's column has it: the part that meets the item, else all that were asked."""
    told = [deciding(item)] if item.met else [p for p in item.parts if p.counts]
    said = spelling.joined(*(p.why for p in told), between=("; ", "；"))
    return TranslatedText(capital(said.en), said.zh)


def values(part: Part) -> TranslatedText:
    """``62 → 31 mm``, ``21.4 → 17.2 g/L``; empty where a value is missing."""
    base, followup = part.pair.base, part.pair.followup
    if not base.text or not followup.text:
        return spelling.NONE
    bare, full = shown(base, bare=True), shown(followup)
    return TranslatedText(bare.en + ARROW + full.en, bare.zh + ARROW + full.zh)


def trace(item: Item) -> TranslatedText:
    """``b ESR 26 → 20 mm/h: Fell by 6 of 26 mm/h: 23.1 %, <30 %. Normalised: … → met`` in both languages."""
    asked = [p for p in item.parts if p.counts]
    sentences = all(p.why.en.endswith(".") for p in asked)
    why = spelling.joined(*(p.why for p in asked), between=(" ", "") if sentences else ("; ", "；"))
    told: list[TranslatedText] = []
    for part in asked:
        found = values(part)
        if found.en and found not in told:
            told.append(found)
    numbers = spelling.joined(*told, between=(", ", "，"))
    letter = item.key[0] + " " if item.key[1:2] == "_" else ""
    kind = "line" if numbers.en else "bare"
    return spelling.both(TRACE[kind], letter, item.title, numbers, why, spelling.both(MET[item.met]))


def trace_line(item: Item, language: Language) -> str:
    """The same in one language, without marks: what an export has."""
    return unmarked(trace(item).in_(language))


def verdict_line(verdict: Verdict, found: Five | Star, language: Language) -> str:
    """``Not decided by the data: 3 or 4. Item d would decide. …``"""
    head = headline(verdict, found.items, isinstance(found, Star)).in_(language)
    return unmarked(head + (". " if language == "en" else "。") + verdict.why.in_(language))
