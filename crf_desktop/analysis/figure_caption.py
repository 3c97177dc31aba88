"""Sentences below a figure: what is drawn, of how many, who is left out and why, and which other options hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crf_desktop.analysis.figure_change import ordered, why_no_change
from crf_desktop.analysis.figure_data import SCORES, Course, FigureData, Line
from crf_desktop.analysis.figure_swimmer import dated_events
from crf_desktop.errors import Language
from crf_desktop.wording.analysis import OPTIONS
from crf_desktop.wording.analysis_figure import FIGURE

NAMED: Final = 12
"""Participants named one by one; the rest is counted."""


def caption(name: str, data: FigureData | Course, language: Language) -> str:
    """Of a figure by its name in :data:`crf_desktop.analysis.figures.FIGURES`."""
    zh = language == "zh"
    if isinstance(data, Course):
        axis = FIGURE["days_zero" if data.day_zero else "days_first"][zh]
        return FIGURE["caption_course"][zh].format(data.subject, axis)
    if not data.treated:
        return FIGURE["empty_study"][zh]
    n, said = len(data.treated), [FIGURE[f"caption_{name}"][zh]]
    if name == "waterfall":
        known, others = ordered(data.treated)
        said = [said[0].format(len(known), n) if known else FIGURE["empty_28"][zh]]
        reasons = [FIGURE["with_reason"][zh].format(x.subject, why_no_change(x, language)) for x in others]
        said += _named("no_change", reasons, language)
    elif name == "heat_map":
        said = [said[0].format(n, sum(x.scores["essdai_total"][2].value is not None for x in data.treated))]
    else:
        said = [said[0].format(n)]
    if name in ("spaghetti", "heat_map"):
        wanted = SCORES if name == "spaghetti" else ("essdai_total",)
        without = [x for x in data.treated if all(x.scores[s][2].value is None for s in wanted)]
        said += _named("without_value", [_reasoned(x, language) for x in without], language)
    if name == "swimmer" and (hidden := sum(len(x.course.events) - len(dated_events(x.course)) for x in data.treated)):
        said.append(FIGURE["events_not_drawn"][zh].format(hidden))
    said += _named("not_treated", [x.subject for x in data.lines if not x.treated], language)
    if len(said) == 1:
        said.append(FIGURE["nobody_left_out"][zh])
    said += _options(data, language)
    return ("" if zh else " ").join(said)


def _options(data: FigureData, language: Language) -> list[str]:
    """What differs from the proposed reading of the registry: it decides who is drawn as a responder."""
    zh = language == "zh"
    told = [(OPTIONS[name][0][zh], OPTIONS[name][1][value][zh]) for name, value in data.changed_options.items()]
    listed = FIGURE["list_options"][zh].join(FIGURE["option"][zh].format(*one) for one in told)
    return [FIGURE["options"][zh].format(listed)] if told else []


def _reasoned(line: Line, language: Language) -> str:
    return FIGURE["with_reason"][language == "zh"].format(line.subject, why_no_change(line, language))


def _named(key: str, names: Sequence[str], language: Language) -> list[str]:
    if not names:
        return []
    zh = language == "zh"
    told = FIGURE["list"][zh].join(names[:NAMED])
    if len(names) > NAMED:
        told = FIGURE["and_more"][zh].format(told, len(names) - NAMED)
    return [FIGURE[key][zh].format(told)]
