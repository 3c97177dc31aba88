"""Who and which data a page is about, and what its marks mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crf_desktop.analysis import figure_mark as mark
from crf_desktop.analysis.figure_color import Fill
from crf_desktop.analysis.figure_data import Course
from crf_desktop.analysis.figure_reading import Edition, Reading
from crf_desktop.analysis.figure_sheet import THIN, Sheet
from crf_desktop.analysis.figure_track import LEFT_OUT
from crf_desktop.analysis.figure_type import SMALL, width
from crf_desktop.errors import Language
from crf_desktop.wording import figure
from crf_desktop.wording.analysis_figure import FIGURE

HIGH: Final = 32.0
"""Points: the banner."""


def heads(edition: Edition) -> str:
    """``3e4a ef7c`` of the only log, or of the first with how many more there are."""
    if not edition.heads:
        return "–"
    first = edition.heads[0]
    grouped = f"{first[:4]}\u00a0{first[4:]}"
    return grouped if len(edition.heads) == 1 else f"{grouped} +{len(edition.heads) - 1}"


def _fields(course: Course, language: Language) -> Iterator[tuple[str, str]]:
    zh = language == "zh"
    unknown = FIGURE["not_known"][zh]
    yield FIGURE["sex"][zh], course.sex.in_(language) if course.sex else unknown
    age = unknown if course.age is None else FIGURE["years"][zh].format(course.age)
    yield FIGURE["age" if course.day_zero else "age_first"][zh], age
    yield FIGURE["day_zero"][zh], figure.day(course.day_zero, language) if course.day_zero else FIGURE["not_yet"][zh]
    if course.edition is not None:
        yield FIGURE["data_of"][zh], figure.day(course.edition.today, language)
        yield FIGURE["version"][zh], f"{course.edition.program}, {course.edition.form}"
        yield FIGURE["head"][zh], heads(course.edition)


def draw_banner(sheet: Sheet, course: Course, language: Language) -> None:
    """Number in a filled block, then what else tells the page from another."""
    number = width(course.subject, 13, True) + 20
    label = FIGURE["participant"][language == "zh"]
    number = max(number, width(label, SMALL) + 20)
    sheet.box(0, 0, number, HIGH, Fill("accent"))
    sheet.text(10, 11, label, SMALL, color="surface")
    sheet.text(10, 25, course.subject, 13, bold=True, color="surface")
    x, fields = number, list(_fields(course, language))
    wide = [max(width(a, SMALL), width(b, 9, True)) for a, b in fields]
    pad = min(10.0, (sheet.width - number - sum(wide)) / (2 * len(wide)))
    for (name, value), room in zip(fields, wide, strict=True):
        sheet.text(x + pad, 11, name, SMALL, color="text_2")
        sheet.text(x + pad, 24, value, 9, bold=True)
        if x > number:
            sheet.line([(x, 6), (x, HIGH - 6)], "line", THIN)
        x += room + 2 * pad
    sheet.box(0, 0, sheet.width, HIGH, None, "line", THIN)


def draw_keys(sheet: Sheet, course: Course, y: float, language: Language) -> None:
    """What the marks on this page mean; only those that are on it."""
    x, zh = 0.0, language == "zh"
    readings = list(_readings(course))
    if any(r.why is not None for r in readings):
        mark.gap(sheet, x + 4, y - 2.5)
        x = _word(sheet, x + 11, y, FIGURE["key_gap"][zh])
    if any(r.bound in ("<", ">") for r in readings):
        mark.point(sheet, x + 4, y - 2.5, "<")
        x = _word(sheet, x + 11, y, FIGURE["key_bound"][zh])
    if any(d.told in LEFT_OUT for e in course.treatment.exposures.values() for d in e.doses):
        mark.left_out(sheet, x + 4, y - 2.5, "belimumab")
        x = _word(sheet, x + 11, y, FIGURE["key_missed"][zh])
    if any(e.serious for e in course.events):
        x = _word(sheet, x + mark.event(sheet, x, y - 2.5, "", True) + 4, y, FIGURE["serious"][zh])
    if any(r.flagged for r in readings):
        _word(sheet, x, y, FIGURE["key_flag"][zh])


def _word(sheet: Sheet, x: float, y: float, words: str) -> float:
    sheet.text(x, y, words, SMALL, color="text_2")
    return x + width(words, SMALL) + 12


def _readings(course: Course) -> Iterator[Reading]:
    yield from (b.total for b in course.essdai)
    for readings in (*course.esspri, course.pga, course.igg, course.b_percent, course.b_count):
        yield from readings
