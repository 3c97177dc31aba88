"""Pages that fill from top to bottom: what is drawn is kept until the number of pages is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import define, field

from crf_desktop.report.drawing import MARGIN, PAGE_HEIGHT, TEXT_WIDTH, Pen, middle
from crf_desktop.report.typeface import Run, wrap

Draw = Callable[[Pen], None]


@define
class Flow:
    """A cursor on the current page; y is measured from the top."""

    first_top: float
    """Where the first page's text begins."""
    next_top: float
    """Where the others' begins, under the small banner."""
    bottom: float
    """Where text ends, above the foot."""
    leading: float = 1.4
    """Line height in em."""
    heading: str = ""
    """What goes on: stands small at the top of the pages that continue it."""
    y: float = field(init=False)
    top: float = field(init=False)
    """Where this page's text begins."""
    pages: list[list[Draw]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.pages = [[]]
        self.y = self.top = self.first_top

    @property
    def room(self) -> float:
        """Points left on this page."""
        return self.bottom - self.y

    @property
    def page_room(self) -> float:
        """Points on a fresh page."""
        return self.bottom - self.next_top - (14 if self.heading else 0)

    @property
    def at_top(self) -> bool:
        """True when nothing stands on this page yet."""
        return self.y <= self.top

    def new_page(self) -> None:
        """Goes on at the top of the next page."""
        self.pages.append([])
        self.y = self.next_top
        if self.heading:
            head, base = Run(self.heading, 8, True), self.y + 8
            self.pages[-1].append(lambda pen: pen.text(MARGIN, base, head))
            self.y += 14
        self.top = self.y

    def need(self, height: float) -> None:
        """Begins a new page when less than that is left."""
        if height > self.room and not self.at_top:
            self.new_page()

    def draw(self, height: float, draw: Callable[[Pen, float], None]) -> None:
        """Something of that height in one piece; ``draw`` gets the pen and its top."""
        self.need(height)
        top = self.y
        self.pages[-1].append(lambda pen: draw(pen, top))
        self.y += height

    def gap(self, height: float) -> None:
        """Empty space; none at the top of a page."""
        if not self.at_top:
            self.y = min(self.y + height, self.bottom)

    def begin(self, opening: Callable[[], None], first: Callable[[], None]) -> None:
        """A title and what stands under it: where nothing of that fits on the page, both begin on the next one."""
        page, drawn, heading, fresh = len(self.pages), len(self.pages[-1]), self.heading, self.at_top
        opening()
        opened = len(self.pages[page - 1])
        first()
        alone = opened > drawn and len(self.pages) > page and len(self.pages[page - 1]) == opened
        if alone and not fresh:
            del self.pages[page:], self.pages[page - 1][drawn:]
            self.heading = heading
            self.new_page()
            opening()
            first()

    def title(self, text: str, right: Sequence[Run] = (), keep: float = 60, size: float = 11) -> None:
        """A section's title, never left alone at the foot of a page: ``keep`` points follow on the same one."""
        lines = wrap([Run(text, size, True)], TEXT_WIDTH - sum(r.width for r in right) - 8)
        height = len(lines) * size * self.leading + 3
        self.need(height + keep)

        def ink(pen: Pen, top: float) -> None:
            for i, line in enumerate(lines):
                pen.line_of(MARGIN, middle(top + i * size * self.leading, size * self.leading, size), line)
            pen.line_of(
                MARGIN + TEXT_WIDTH - sum(r.width for r in right), middle(top, size * self.leading, size), right
            )

        self.draw(height, ink)

    def paragraph(
        self, runs: Sequence[Run], indent: float = 0, mark: Callable[[Pen, float, float], None] | None = None
    ) -> None:
        """Wrapped text, split between pages by line; ``mark`` draws at (x, top) of the first line."""
        for i, line in enumerate(wrap(runs, TEXT_WIDTH - indent)):
            height = max((r.size for r in line), default=8) * self.leading
            self.draw(height, _text_line(line, indent, height, mark if i == 0 else None))


def _text_line(
    line: Sequence[Run], indent: float, height: float, mark: Callable[[Pen, float, float], None] | None
) -> Callable[[Pen, float], None]:
    def ink(pen: Pen, top: float) -> None:
        if mark is not None:
            mark(pen, MARGIN, top)
        pen.line_of(MARGIN + indent, middle(top, height, max((r.size for r in line), default=8)), line)

    return ink


FOOT = 26.0
"""Height of the foot of every page."""
PAGE_BOTTOM = PAGE_HEIGHT - 30 - FOOT
