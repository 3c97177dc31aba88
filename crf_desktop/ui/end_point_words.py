"""What the response page says of the end points as a whole: verdicts, STAR, changes, and what a reader has to know."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from crf_desktop.analysis.blind import form_of
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Change, Determinacy, Issue, Item, Outcome, Part, Star, Status, Verdict
from crf_desktop.errors import Language
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.change_card import ChangeWords
from crf_desktop.ui.issue_card import IssueWords
from crf_desktop.ui.response_reading import Reading
from crf_desktop.ui.response_words import (
    NOTHING,
    not_shown,
    place_of,
    value_words,
    verdict_of,
    visit_name,
    waits_for,
)
from crf_desktop.ui.star_card import StarEnd, StarWords
from crf_desktop.ui.verdict_card import VerdictWords
from crf_desktop.ui.visit_words import DOT
from crf_desktop.wording import figure
from crf_desktop.wording.analysis import OPTIONS
from crf_desktop.wording.response import STAR_NOTE, VERDICTS

translate = QCoreApplication.translate
_TOKENS = {
    Determinacy.RESPONDER: (Glyph.MET, "ok", "ok_soft"),
    Determinacy.NON_RESPONDER: (Glyph.NOT_MET, "text", "sunken"),
    Determinacy.INDETERMINATE: (Glyph.NOT_EVALUABLE, "warn", "warn_soft"),
}

_ISSUES = {
    "queried": Glyph.QUERY, "unsigned": Glyph.COMPLETE, "unfinished": Glyph.IN_PROGRESS, "screening": Glyph.INFO,
    "other_unit": Glyph.INFO, "one_eye": Glyph.INFO, "one_collection": Glyph.INFO,
}  # fmt: skip
"""What is only to be known has the sign of its state; what bears on the result, the triangle."""


def _said(both: tuple[str, str], language: Language, *values: object) -> str:
    return both[1 if language == "zh" else 0].format(*values)


def span_words(verdict: Verdict, language: Language, kind: str = "") -> str:
    """``3``, ``3 or 4``, ``2 to 4``; ``kind`` is ``star_`` for points."""
    least, most = verdict.counted, verdict.possible
    key = "one" if least == most else "or" if most == least + 1 else "to"
    return _said(VERDICTS[kind + key], language, least, most)


def waiting_words(reading: Reading, language: Language) -> str:
    """Which pages have to be complete before anything that rests on them is shown."""
    by_visit: dict[str, list[str]] = {}
    for page in reading.waiting:
        by_visit.setdefault(page.event, []).append(reading.definition.form[page.form].short_title.in_(language))
    told = []
    for event, forms in by_visit.items():
        visit = visit_name(reading.definition, event, language)
        if len(forms) == 1:
            told.append(translate("Response", "Shown when the {0} page of {1} is complete.").format(forms[0], visit))
        else:
            words = translate("Response", "Shown when {0} of {1} are complete.")
            told.append(words.format(_listed(forms, language), visit))
    return ("" if language == "zh" else " ").join(told)


def _listed(names: Sequence[str], language: Language) -> str:
    """``PGA, ESSDAI and Ultrasound``, ``PGA、ESSDAI和超声``."""
    comma = "、" if language == "zh" else ", "
    return translate("Response", "{0} and {1}").format(comma.join(names[:-1]), names[-1])


def verdict_cards(reading: Reading, outcome: Outcome, language: Language) -> tuple[VerdictWords, VerdictWords]:
    """The primary end point under the options that hold, and the other reading of "more than three"."""
    literal = reading.options.response_at_least == "4"
    five = outcome.five
    first, second = (five.literal, five.inclusive) if literal else (five.inclusive, five.literal)
    as_registered = translate("Response", "Primary, as registered: at least {0} of {1}")
    by_option = translate("Response", "Primary, under this option: at least {0} of {1}")
    titles = (
        (as_registered if literal else by_option).format(first.at_least, len(five.items)),
        translate("Response", "Sensitivity: at least {0} of {1}").format(second.at_least, len(five.items)),
    )
    if reading.waiting:
        glyph, words, token = not_shown()
        why = waiting_words(reading, language)
        return VerdictWords(glyph, titles[0], words, token, why), VerdictWords(glyph, titles[1], words, token, why)
    rescued = any(i.kind == "rescue" for i in outcome.issues)
    plainly = outcome.status is Status.AT_WEEK_28 and not rescued
    why = (first.why if plainly else outcome.why).in_(language)
    return (
        _card(titles[0], outcome.determinacy, first, why, language),
        _card(titles[1], second.determinacy, second, second.why.in_(language), language),
    )


def _card(title: str, decided: Determinacy, verdict: Verdict, why: str, language: Language) -> VerdictWords:
    glyph, token, _ = _TOKENS[decided]
    if decided is Determinacy.INDETERMINATE:
        headline = _said(VERDICTS["open"], language, span_words(verdict, language))
        return VerdictWords(glyph, title, headline, "text", why)
    return VerdictWords(glyph, title, _said(VERDICTS[decided.value], language), token, why)


# ---- STAR


def star_rows(reading: Reading, star: Star, language: Language) -> list[StarWords]:
    """One line per item."""
    return [_star_row(reading, item, language) for item in star.items]


def _star_row(reading: Reading, item: Item, language: Language) -> StarWords:
    title, most = item.title.in_(language), f"/{item.points}"
    asked = [p for p in item.parts if p.counts] or list(item.parts)
    pages = [page for p in asked if (page := reading.waits(p.pair.base.name))]
    shown = [p for p in asked if not reading.waits(p.pair.base.name)]
    if pages and item.met is not True:
        glyph, verdict, _ = not_shown()
        why = waits_for(reading, pages[0], language)
        return StarWords(glyph, verdict, title, why, NOTHING, most, (pages[0].event, pages[0].form))
    glyph, verdict, _ = verdict_of(item.met)
    decisive = [p for p in shown if p.met is True] if item.met else shown
    values = next((v for p in decisive if (v := _arrow(p, language))), "")
    join = "；" if language == "zh" else "; "
    why = join.join(w for p in decisive[: 1 if item.met else None] if (w := p.why.in_(language)))
    points = str(item.points if item.met else 0)
    place = next((at for p in decisive if (at := place_of(reading, p.pair))), None)
    return StarWords(glyph, verdict, f"{title}\u2002{values}" if values else title, why, points, most, place)


def _arrow(part: Part, language: Language) -> str:
    """``21.4 → 17.2 g/L``; empty while one of the two is missing."""
    base, followup = part.pair.base, part.pair.followup
    if not base.text or not followup.text:
        return ""
    after = figure.with_unit(_number(followup.text), followup.unit.in_(language))
    return f"{_number(base.text)}{figure.NBSP}→{figure.NBSP}{after}"


def _number(text: str) -> str:
    sign, digits = (text[:1], text[1:]) if text[:1] in "<>" else ("", text)
    return sign + figure.number(digits)


def star_end(reading: Reading, star: Star, language: Language) -> StarEnd:
    """The total, the responder line and the notes."""
    notes = _said(STAR_NOTE, language)
    if reading.waiting:
        glyph, words, token = not_shown()
        return StarEnd(NOTHING, glyph, words, waiting_words(reading, language), "sunken", token, notes)
    published = star.published
    glyph, token, ground = _TOKENS[published.determinacy]
    told = span_words(published, language, "star_")
    if published.determinacy is Determinacy.INDETERMINATE:
        headline = _said(VERDICTS["open"], language, told)
    else:
        key = f"star_{published.determinacy.value}"
        headline = _said(VERDICTS[key], language, str(published.counted), published.at_least)
    literal = _of_registry(star.literal)
    return StarEnd(
        _total(star), glyph, headline, published.why.in_(language), ground, token, f"{literal}\n{notes}"
    )


def _total(star: Star) -> str:
    """A sum that missing items could still lift to another verdict says so; nothing measured is no sum."""
    if all(item.met is None for item in star.items):
        return NOTHING
    undecided = star.published.determinacy is Determinacy.INDETERMINATE
    return f"≥{figure.NBSP}{star.total}" if undecided else str(star.total)


def _of_registry(literal: Verdict) -> str:
    if literal.determinacy is Determinacy.INDETERMINATE:
        return translate("Response", "Registry wording, >5 points: not decided.")
    if literal.responder:
        return translate("Response", "Registry wording, >5 points: responder.")
    return translate("Response", "Registry wording, >5 points: non-responder.")


# ---- changes and issues


def change_lines(reading: Reading, changes: Sequence[Change], language: Language) -> list[ChangeWords]:
    """One line per outcome."""
    return [_change_line(reading, change, language) for change in changes]


def _change_line(reading: Reading, change: Change, language: Language) -> ChangeWords:
    label = change.label.in_(language)
    if page := reading.waits(change.name):
        return ChangeWords(label, NOTHING, NOTHING, "", None, "", "text_2", waits_for(reading, page, language))
    base, followup = (value_words(reading.definition, m, language) for m in (change.pair.base, change.pair.followup))
    glyph, verdict, token = _improved(change)
    why = change.why.in_(language)
    return ChangeWords(label, base, followup, change.text or NOTHING, glyph, verdict, token, why)


def _improved(change: Change) -> tuple[Glyph | None, str, str]:
    if change.improved is True:
        return Glyph.MET, translate("Response", "Improved"), "ok"
    if change.improved is False:
        return Glyph.NOT_MET, translate("Response", "Not improved"), "text"
    return None, NOTHING, "text_2"


def issue_lines(reading: Reading, issues: Sequence[Issue], language: Language) -> list[IssueWords]:
    """What is known of the data, without what concerns a page that is waited for."""
    shown = [i for i in issues if not (i.name and reading.waits(i.name))]
    return [_issue_line(reading, issue, language) for issue in shown]


def _issue_line(reading: Reading, issue: Issue, language: Language) -> IssueWords:
    definition, place = reading.definition, None
    form = form_of(definition, issue.name) if issue.name else ""
    where = definition.event_at(issue.event).short_title.in_(language).partition(DOT)[0] if issue.event else ""
    if form and issue.event:
        where = f"{where} · {definition.form[form].short_title.in_(language)}"
        place = (issue.event, form)
    return IssueWords(_ISSUES.get(issue.kind, Glyph.WARNING), issue.text.in_(language), where, place)


def options_words(options: Options, language: Language) -> str:
    """``options as registered``, or each option that differs with its value."""
    changed = options.changed()
    if not changed:
        return translate("Response", "options as registered")
    told = (f"{_said(OPTIONS[n][0], language)}: {_said(OPTIONS[n][1][v], language)}" for n, v in changed.items())
    return ("；" if language == "zh" else "; ").join(told)
