"""A paper of many chapters: title pages, contents with page numbers, bookmarks, links, head and foot on every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO

from attrs import define, field, frozen

from crf_desktop.errors import Language
from crf_desktop.report import archive
from crf_desktop.report.archive import Attachment
from crf_desktop.report.drawing import HAIR, MARGIN, PAGE_HEIGHT, RIGHT, TEXT_WIDTH, THIN, Pen, middle
from crf_desktop.report.embedding import Embedding
from crf_desktop.report.emphasis import emphasised
from crf_desktop.report.flow import PAGE_BOTTOM, Draw, Flow
from crf_desktop.report.lacking import Lack, draw_lacking, heard
from crf_desktop.report.typeface import Run, wrap

TOP = 32.0
HEAD = 22.0
"""Height of the head of every page."""
LEADING: dict[Language, float] = {"en": 1.4, "zh": 1.5}
_CHAPTER, _SECTION = 14.0, 10.5
_INDENT = 16.0
_LISTED = 8.5
_WITH_SECTIONS = 40.0
"""A chapter in the contents with two of its sections."""

Tick = Callable[[], None]
"""Told after each piece of work; raises to cancel."""


@frozen
class Place:
    """Where a chapter or section begins."""

    title: str
    level: int
    """0 a chapter, 1 a section of it."""
    page: int
    """Of the body, from 0."""


@frozen
class Edge:
    """What stands at the edges of every page."""

    head_left: str
    head_right: str
    foot: str
    page: str
    """``Page {0} of {1}``"""


@define
class Document:
    """Front pages, contents, and the body that fills from top to bottom."""

    language: Language
    continued: str
    """What stands small above pages that go on: ``{0}, continued``."""
    front: Flow = field(init=False)
    body: Flow = field(init=False)
    embedding: Embedding | None = field(init=False, default=None)
    """Takes in pages of other files while the pages are inked."""
    places: dict[str, Place] = field(init=False, factory=dict)
    """Bookmark → place, in order; a title that moved to the next page stands where it came to stand."""

    def __attrs_post_init__(self) -> None:
        self.front, self.body = self.flow(), self.flow()

    def flow(self) -> Flow:
        """Pages under the head and above the foot."""
        return Flow(TOP + HEAD, TOP + HEAD, PAGE_BOTTOM, LEADING[self.language])

    def chapter(self, key: str, title: str, content: Callable[[], None], fresh: bool = False) -> None:
        """A chapter with its bookmark; ``fresh`` begins it on a new page, and so does the lower third of one."""
        if not self.body.at_top:
            if fresh or self.body.room < self.body.page_room / 3:
                self.body.new_page()
            else:
                self.body.gap(18)
        self._open(key, title, 0, _CHAPTER, content, 90)

    def section(
        self, key: str, title: str, content: Callable[[], None], fresh: bool = False, keep: float = 90
    ) -> None:
        """A section with its bookmark; ``keep`` points follow its title on the same page."""
        if fresh and not self.body.at_top:
            self.body.new_page()
        self.body.gap(8)
        self._open(key, title, 1, _SECTION, content, keep)

    def mark(self, key: str, title: str, level: int, above: float) -> None:
        """A bookmark at what was just drawn; ``above``: points from its top down to here."""
        top = self.body.y - above
        self.places[key] = Place(title, level, len(self.body.pages) - 1)
        self.body.pages[-1].append(lambda pen: _bookmark(pen, key, title, level, top))

    def _open(
        self, key: str, title: str, level: int, size: float, content: Callable[[], None], keep: float
    ) -> None:
        def opening() -> None:
            self.body.title(title, keep=keep, size=size)
            self.mark(key, title, level, size * self.body.leading + 6)
            self.body.gap(2 if level else 4)

        def inner() -> None:
            self.body.heading = self.continued.format(title)
            content()

        around = self.body.heading
        self.body.begin(opening, inner)
        self.body.heading = around

    def inked(
        self, when: datetime, title: str, contents: str, edge: Edge, tick: Tick = lambda: None,
        attachments: Sequence[Attachment] = (),
    ) -> bytes:  # fmt: skip
        """All pages as a PDF; ``when`` is the moment it states. What cannot be printed is named at the end."""
        pdf, found = self._ink(when, title, contents, edge, tick, attachments)
        if found:
            self.body.gap(14)
            draw_lacking(self.body, self.language, found)
            pdf, _ = self._ink(when, title, contents, edge, lambda: None, attachments)
        return pdf

    def _ink(
        self, when: datetime, title: str, contents: str, edge: Edge, tick: Tick, attachments: Sequence[Attachment]
    ) -> tuple[bytes, list[Lack]]:
        out, lacking = BytesIO(), list[Lack]()
        canvas = archive.canvas(out, when, title, self.language, attachments=attachments)
        self.embedding = Embedding(canvas._doc)
        listed = self._contents(contents)
        pages = [*self.front.pages, *listed, *self.body.pages]
        for i, page in enumerate(pages):
            pen = Pen(canvas)
            draw_edge(pen, edge, i + 1, len(pages))
            for draw in page:
                draw(pen)
            canvas.showPage()
            lacking += heard(pen, i + 1)
            tick()
        canvas.showOutline()
        canvas.save()
        return out.getvalue(), list(dict.fromkeys(lacking))

    def _contents(self, title: str) -> list[list[Draw]]:
        """The pages of contents, each line a link; their number does not depend on the numbers they print."""
        before, pages = len(self.front.pages), self._listed(title, 0)
        return self._listed(title, before + len(pages))

    def _listed(self, title: str, offset: int) -> list[list[Draw]]:
        flow = self.flow()
        flow.title(title, size=_CHAPTER)
        flow.gap(6)
        for key, place in self.places.items():
            flow.gap(0 if place.level else 4)
            flow.need(0 if place.level else _WITH_SECTIONS)
            _entry(flow, key, place, offset + place.page + 1)
        return flow.pages


def _bookmark(pen: Pen, key: str, title: str, level: int, top: float) -> None:
    pen.canvas.bookmarkPage(key, fit="XYZ", left=0, top=PAGE_HEIGHT - top, zoom=0)
    pen.canvas.addOutlineEntry(title, key, level, closed=level > 0)


def _entry(flow: Flow, key: str, place: Place, number: int) -> None:
    """Title, dots and page number in one line or more, as a link."""
    indent, page = _INDENT * place.level, Run(str(number), _LISTED)
    lines = wrap([Run(place.title, _LISTED, not place.level)], TEXT_WIDTH - indent - 40)
    line = _LISTED * LEADING["en"]
    last = sum(r.width for r in lines[-1])

    def ink(pen: Pen, top: float) -> None:
        for i, runs in enumerate(lines):
            pen.line_of(MARGIN + indent, middle(top + i * line, line, _LISTED), runs)
        base = middle(top + (len(lines) - 1) * line, line, _LISTED)
        _dots(pen, MARGIN + indent + last + 6, RIGHT - page.width - 6, base)
        pen.text(RIGHT, base, page, "right")
        foot = PAGE_HEIGHT - top - len(lines) * line
        box = (MARGIN + indent, foot, RIGHT, PAGE_HEIGHT - top)
        pen.canvas.linkRect("", key, box, relative=0, thickness=0, Border="[0 0 0]", F=4)

    flow.draw(len(lines) * line + 0.5, ink)


def _dots(pen: Pen, left: float, right: float, y: float) -> None:
    canvas = pen.canvas
    canvas.setDash(0.7, 2.3)
    pen.rule(left, y, right, y, 0.5)
    canvas.setDash()


def draw_edge(pen: Pen, edge: Edge, page: int, pages: int) -> None:
    """The head and the foot of a page."""
    pen.text(MARGIN, TOP + 6, Run(edge.head_left, 7.5))
    pen.text(RIGHT, TOP + 6, Run(edge.head_right, 7.5), "right")
    pen.rule(MARGIN, TOP + 11, RIGHT, TOP + 11, HAIR)
    top = PAGE_BOTTOM + 8
    pen.rule(MARGIN, top, RIGHT, top, THIN)
    pen.text(MARGIN, top + 13, Run(edge.foot, 7))
    pen.text(RIGHT, top + 13, Run(edge.page.format(page, pages), 8, True), "right")


def inked_flow(flow: Flow, edge: Edge, made: str, title: str, language: Language) -> tuple[bytes, list[Lack]]:
    """The pages of a short paper without contents as a PDF, and what its typeface lacks; ``made`` is an ISO moment."""
    out, lacking = BytesIO(), list[Lack]()
    canvas = archive.canvas(out, datetime.fromisoformat(made), title, language)
    for at, page in enumerate(flow.pages):
        pen = Pen(canvas)
        draw_edge(pen, edge, at + 1, len(flow.pages))
        for draw in page:
            draw(pen)
        canvas.showPage()
        lacking += heard(pen, at + 1)
    canvas.save()
    return out.getvalue(), lacking


def boxes(flow: Flow, found: Sequence[tuple[str, Sequence[Run], Sequence[str]]]) -> None:
    """Numbers in boxes side by side: label, value, lines under it, what they mark bold; as high as the tallest."""
    width = TEXT_WIDTH / len(found)
    room = width - 16
    laid = [
        (wrap([Run(label, 7.5)], room), value, [w for line in under for w in wrap(emphasised(line, 7.5), room)])
        for label, value, under in found
    ]
    line = 7.5 * flow.leading
    first = 4 + line * max(len(label) for label, _, _ in laid)
    height = first + 24 + line * max(len(under) for _, _, under in laid) + 5

    def ink(pen: Pen, top: float) -> None:
        for i, (label, value, under) in enumerate(laid):
            x = MARGIN + i * width
            for j, runs in enumerate(label):
                pen.line_of(x + 8, middle(top + 4 + j * line, line, 7.5), runs)
            pen.line_of(x + 8, top + first + 17, value)
            for j, runs in enumerate(under):
                pen.line_of(x + 8, middle(top + first + 24 + j * line, line, 7.5), runs)
            if i:
                pen.rule(x, top, x, top + height, HAIR)
        pen.box(MARGIN, top, TEXT_WIDTH, height, 1.2)

    flow.draw(height, ink)
    flow.gap(8)
