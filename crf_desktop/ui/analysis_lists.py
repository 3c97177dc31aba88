"""Participants, sensitivity and issues of a trial as rows of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from crf_desktop.analysis.outcome import Determinacy, Status
from crf_desktop.errors import Language
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.analysis_words import NONE, Rows, of, said
from crf_desktop.ui.result_table import Cell, Column, Entry

if TYPE_CHECKING:
    from crf_desktop.analysis.response_rate import Line
    from crf_desktop.analysis.sensitivity import Alternative
    from crf_desktop.analysis.summary import Summary
    from crf_desktop.model.definition import MetaDataVersion
    from crf_desktop.ui.analysis_work import Overview

MOST = 200
"""Issues shown; the report and the tables hold all."""
ITEMS = "abcde"
MET = {True: Glyph.MET, False: Glyph.NOT_MET, None: Glyph.NOT_EVALUABLE}
translate = QCoreApplication.translate


# ---- participants


def listing_rows(found: Overview, language: Language) -> Rows:
    """One row for each participant; items of the five as glyphs where there is room."""
    columns = (
        Column(said("who", language), 124), Column(said("status", language), 190, True),
        *(Column(letter, 40, needs=1000) for letter in ITEMS), Column(said("n_met", language), 90),
        Column(said("verdict", language), 200, True), Column("STAR", 110),
        Column(translate("AnalysisPage", "ESSDAI change"), 170, True),
    )  # fmt: skip
    return columns, tuple(_line(line, found, language) for line in found.summary.listing)


def _line(line: Line, found: Overview, language: Language) -> Entry:
    open_yet = line.responder is None
    words = line.status_text.in_(language)
    state = Cell(words[:1].upper() + words[1:], order=list(Status).index(line.status))
    items = [Cell(glyph=None if open_yet else MET[met], order=str(met)) for met in line.items]
    met = Cell(NONE if open_yet else of(line.n_met, 5, language), order=-1 if open_yet else line.n_met)
    cells = (
        Cell(line.subject, bold=True, px=17), state, *items, met, _verdict(line, language), _star(line, language),
        _essdai(found.essdai.get(line.subject), language),
    )  # fmt: skip
    return Entry(cells, line.subject)


def _verdict(line: Line, language: Language) -> Cell:
    if line.responder is None:
        words = translate("AnalysisPage", "not counted yet")
        if line.status is Status.NOT_TREATED:
            words = translate("AnalysisPage", "not counted")
        return Cell(words, token="text_2", order="~")
    if line.determinacy is Determinacy.INDETERMINATE:
        counted = translate("AnalysisPage", "counts as non-responder") if line.counted else ""
        if not line.counted:
            counted = translate("AnalysisPage", "left out of the rate")
        return Cell(said("det_indeterminate", language), counted, Glyph.NOT_EVALUABLE, True, "warn")
    if line.responder:
        return Cell(said("det_responder", language), glyph=Glyph.MET, bold=True, token="ok")
    return Cell(said("det_non-responder", language), glyph=Glyph.NOT_MET, bold=True)


def _star(line: Line, language: Language) -> Cell:
    if line.star_ge5 is None:
        return Cell(NONE, token="text_2", order=-1)
    most = translate("AnalysisPage", "at most {0}").format(line.star_possible)
    return Cell(f"{line.star} /9", most if line.star_possible != line.star else "", order=line.star)


def _essdai(found: tuple[str, bool | None] | None, language: Language) -> Cell:
    if found is None:
        return Cell(NONE, token="text_2", order=1000)
    text, improved = found
    told = {
        True: translate("AnalysisPage", "clinically important"),
        False: translate("AnalysisPage", "below ≥3"),
        None: "",
    }[improved]
    return Cell(text, told, order=int(text.replace("−", "-").replace("+", "")))


# ---- sensitivity


def sensitivity_rows(summary: Summary, language: Language) -> Rows:
    """What the primary end point would be with one option changed."""
    columns = (
        Column(said("option", language), 230, True), Column(said("rate_k", language), 100),
        Column(said("rate_share", language), 80), Column(translate("AnalysisPage", "95 % interval"), 116),
        Column(said("gained_lost", language), 100, True), Column(said("star_short", language), 90),
    )  # fmt: skip
    primary, star = summary.primary, next(r for r in summary.rates if r.key == "star_ge5")
    share, interval = NONE, NONE
    if primary.interval is not None:
        share, interval = primary.interval.rate(language), primary.interval.text(language)
    words = (
        translate("AnalysisPage", "Under the options that hold"), of(primary.responders, primary.n, language), share,
        interval, "", of(star.responders, star.n, language),
    )  # fmt: skip
    first = Entry(tuple(Cell(w, bold=True) for w in words), strong=True)
    return columns, (first, *(_alternative(one, language) for one in summary.sensitivity))


def _alternative(one: Alternative, language: Language) -> Entry:
    share, interval = NONE, NONE
    if one.interval is not None:
        share, interval = one.interval.rate(language), one.interval.text(language)
    comma = said("comma", language)
    moved = "\n".join(
        said(key, language, comma.join(who)) for key, who in (("gained", one.gained), ("lost", one.lost)) if who
    )
    option = one.option
    title = Cell(f"{option.ambiguity}  {option.title.in_(language)}", option.value_title.in_(language), px=15)
    cells = (of(one.responders, one.n, language), share, interval, moved or NONE, of(*one.star, language))
    return Entry((title, *(Cell(w, bold=bool(moved)) for w in cells)))


# ---- issues


def issue_rows(summary: Summary, definition: MetaDataVersion, language: Language) -> Rows:
    """What a reader of the results has to know of the data."""
    columns = (
        Column(said("who", language), 110), Column(said("visit", language), 190),
        Column(said("issue", language), 500, True),
    )  # fmt: skip
    return columns, tuple(
        Entry(
            (Cell(issue.subject, bold=True), Cell(_visit(definition, issue.event, language)),
             Cell(issue.text.in_(language))),
            issue.subject,
        )
        for issue in summary.issues[:MOST]
    )  # fmt: skip


def _visit(definition: MetaDataVersion, event: str, language: Language) -> str:
    return definition.event_at(event).title.in_(language) if event else ""
