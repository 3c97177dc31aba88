"""The figures of the statistical report: drawn as vectors, embedded as they are, each with its caption."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any, Final

from attrs import frozen

from crf_desktop.report.document import Document
from crf_desktop.report.drawing import MARGIN, PAGE_HEIGHT, TEXT_WIDTH, Pen
from crf_desktop.report.embedding import Picture, pictures
from crf_desktop.report.statistical_cell import SMALL, note
from crf_desktop.report.statistical_source import Source
from crf_desktop.report.typeface import Run, wrap

TITLE: Final = 26.0
"""Room for the title above a figure that takes a whole page."""


@frozen
class Plate:
    """One figure: its title, its pages, and what is drawn in a sentence."""

    name: str
    title: str
    pages: tuple[Picture, ...]
    caption: str
    """Stands under the last page."""


@frozen
class Artwork:
    """Every figure of a report."""

    study: tuple[Plate, ...]
    course: Mapping[str, Plate]
    """By participant."""


def draw_figures(document: Document, source: Source, artwork: Artwork) -> None:
    """The figures of the study, each in a section of its own."""
    for plate in artwork.study:
        document.section(f"figure-{plate.name}", plate.title, partial(_plate, document, plate))


def draw_course(document: Document, source: Source, subject: str, artwork: Artwork) -> None:
    """A participant's course on a page of its own."""
    plate = artwork.course.get(subject)
    if plate is None:
        return
    if not document.body.at_top:
        document.body.new_page()
    _plate(document, plate)


def _plate(document: Document, plate: Plate) -> None:
    flow = document.body
    below = len(wrap([Run(plate.caption, SMALL)], TEXT_WIDTH)) * SMALL * flow.leading + 10
    for n, picture in enumerate(plate.pages):
        if n:
            flow.new_page()
        room = flow.page_room - below - TITLE
        scale = min(1.0, TEXT_WIDTH / picture.width, room / picture.height)
        if picture.height * scale + below > flow.room:
            flow.new_page()

        def ink(pen: Pen, top: float, picture: Picture = picture, scale: float = scale) -> None:
            assert document.embedding is not None
            foot = PAGE_HEIGHT - top - picture.height * scale
            document.embedding.draw(pen.canvas, picture, MARGIN, foot, scale)

        flow.draw(picture.height * scale, ink)
        flow.gap(4)
    note(flow, plate.caption)


def artwork_of(source: Source, tick: Callable[[], None]) -> Artwork:
    """Draws every figure into one file, so that the typeface is embedded once; ``tick`` is told figure by figure."""
    from crf_desktop.analysis import figures  # draws with matplotlib, which takes its time to load

    data = source.figures
    names = [name for name, kind in figures.FIGURES.items() if not kind.per_participant]
    wanted: list[tuple[str, str, Any]] = [(name, "", data) for name in names]
    wanted += [("course", line.subject, line.course) for line in data.lines]
    n_pages: list[int] = []

    def drawn() -> Iterator[Any]:
        for name, _, of in wanted:
            made = figures.draw_all(name, of, source.language)
            n_pages.append(len(made))
            yield from made
            tick()

    pages = iter(pictures(figures.as_pdf(drawn())))
    plates = []
    for (name, subject, of), n in zip(wanted, n_pages, strict=True):
        title = source.tell(figures.FIGURES[name].title)
        said = figures.caption(name, of, source.language)
        plates.append((subject, Plate(name, title, tuple(islice(pages, n)), said)))
    study = tuple(plate for subject, plate in plates if not subject)
    return Artwork(study, {subject: plate for subject, plate in plates if subject})
