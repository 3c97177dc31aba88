"""The figures of the analysis by name: drawn once, as vectors for paper and as pixels for the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from crf_desktop.analysis import figure_change, figure_course, figure_domain, figure_swimmer
from crf_desktop.analysis.figure_caption import caption as caption
from crf_desktop.analysis.figure_data import Course, FigureData
from crf_desktop.analysis.figure_sheet import HEIGHT, WIDTH, inked, pdf_of, png_of
from crf_desktop.analysis.figure_type import SMALL, lines
from crf_desktop.errors import Language
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording.analysis_figure import FIGURE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIZE: Final = (WIDTH, HEIGHT)
"""Points: no figure is wider or taller; all are as wide as the text of an A4 page with margins of 40 points."""


@frozen
class FigureKind:
    """One kind of figure."""

    title: TranslatedText
    per_participant: bool
    """True: drawn of a :class:`Course`; False: of :class:`FigureData`."""
    pages: Callable[[Any], int]
    """How many figures the data take; one, unless there are many participants."""
    make: Callable[[Any, Language, int], Figure]


def _title(name: str) -> TranslatedText:
    return TranslatedText(*FIGURE[name])


def _one(data: object) -> int:
    return 1


FIGURES: Final[Mapping[str, FigureKind]] = {
    "course": FigureKind(
        _title("course"), True, _one, lambda course, language, page: figure_course.draw_course(course, language)
    ),
    "waterfall": FigureKind(
        _title("waterfall"), False, _one, lambda data, language, page: figure_change.draw_waterfall(data, language)
    ),
    "spaghetti": FigureKind(
        _title("spaghetti"), False, _one, lambda data, language, page: figure_change.draw_spaghetti(data, language)
    ),
    "heat_map": FigureKind(_title("heat_map"), False, figure_domain.pages, figure_domain.draw_heat_map),
    "swimmer": FigureKind(_title("swimmer"), False, figure_swimmer.pages, figure_swimmer.draw_swimmer),
}
"""Name → kind, in the order of the report."""


def draw(name: str, data: FigureData | Course, language: Language, page: int = 0) -> Figure:
    """A figure of at most :data:`SIZE` points; KeyError for a name that is not in :data:`FIGURES`."""
    with inked():
        return FIGURES[name].make(data, language, page)


def draw_all(name: str, data: FigureData | Course, language: Language) -> list[Figure]:
    """Every page of a figure."""
    return [draw(name, data, language, page) for page in range(FIGURES[name].pages(data))]


def as_pdf(figure: Figure | Iterable[Figure], below: str = "") -> bytes:
    """A PDF with a page for each figure and the words ``below`` it, as large as both; the same give the same bytes.

    The typeface takes nearly a second to embed, once for all pages: draw many figures into one PDF.
    """
    told = lines(below, WIDTH, SMALL) if below else []
    return pdf_of(figure if isinstance(figure, Iterable) else [figure], told)


def as_png(figure: Figure, width_px: int, ratio: float = 1.0) -> bytes:
    """A PNG for a place ``width_px`` logical pixels wide on a screen of that pixel ratio."""
    return png_of(figure, width_px, ratio)
