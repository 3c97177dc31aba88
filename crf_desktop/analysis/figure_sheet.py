"""A matplotlib figure measured in points from its top left corner, and its bytes as PDF and PNG.

Nothing of pyplot, no style of the user's: the same data give the same bytes.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, Literal

from crf_desktop.analysis.figure_color import Fill, ink
from crf_desktop.analysis.figure_type import BODY, CAP_HEIGHT, SMALL, font, prepare, printable, width

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH: Final = 515.2756
"""Points: the width of the text on an A4 page with margins of 40 points."""
HEIGHT: Final = 680.0
"""Points: the tallest figure; heading and caption stand on the same page."""
POINTS: Final = 72.0
"""To the inch."""
HAIR, THIN, LINE, THICK = 0.4, 0.7, 1.1, 1.8
"""Weights of lines in points."""

Align = Literal["left", "center", "right"]
Point = tuple[float, float]
_EPOCH: Final = "0"


@contextmanager
def inked() -> Iterator[None]:
    """Matplotlib with its own defaults, whatever the user's settings say; true fonts in PDFs."""
    prepare()
    import matplotlib  # a third of a second, and only where something is drawn

    known: Any = matplotlib.rcParamsDefault
    plain: Any = {k: v for k, v in known.items() if "backend" not in k and k != "interactive"}
    fonts = {"pdf.fonttype": 42, "ps.fonttype": 42}  # matplotlib 3.11 splits the fonts of a PDF by the setting of PS
    plain |= {**fonts, "pdf.compression": 6, "hatch.linewidth": 0.5, "path.simplify": False}
    with matplotlib.rc_context(plain):
        yield


class Sheet:
    """Draws in points, y downwards, one unit a point."""

    def __init__(self, height: float, width: float = WIDTH) -> None:
        prepare()
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        self.width, self.height = width, height
        self.figure = Figure(figsize=(width / POINTS, height / POINTS), dpi=POINTS)
        points = Affine2D().scale(1 / width, -1 / height).translate(0, 1)
        self._place = points + self.figure.transFigure
        self._order = 1.0
        self.tints: list[tuple[float, float, str]] = []
        """(left, right, colour) of bands of ground: what is cleared for words keeps their colour."""

    def text(
        self, x: float, y: float, words: str, size: float = BODY, *, bold: bool = False, color: str = "text",
        align: Align = "left", upright: bool = True, halo: bool = False, middle: bool = False,
    ) -> None:  # fmt: skip
        """One line, its baseline (``middle``: the middle of its digits) at y; ``halo`` clears the ground behind it."""
        if middle:
            y += size * CAP_HEIGHT / 2
        if halo:
            self._halo(x, y, words, size, bold, align)
        made: Any = self.figure.text(
            x, y, printable(words), fontproperties=font(bold, size), color=ink(color), ha=align, va="baseline",
            rotation=0 if upright else 90, rotation_mode="anchor", parse_math=False, zorder=self._next() + 100,
            transform=self._place,
        )  # fmt: skip
        if hasattr(made, "set_fontfeatures"):  # from 3.11 on; ligatures would make a second font of each in the PDF
            made.set_fontfeatures(("-liga", "-clig", "-dlig"))

    def _halo(self, x: float, y: float, words: str, size: float, bold: bool, align: Align) -> None:
        wide = width(words, size, bold)
        left = x - {"left": 0.0, "center": wide / 2, "right": wide}[align] - 1
        right, top = left + wide + 2, y - size * 0.78
        self.box(left, top, right - left, size, fill=Fill("surface"), above=True)
        for first, last, color in self.tints:
            if first < right and last > left:
                inside = max(first, left)
                self.box(inside, top, min(last, right) - inside, size, fill=Fill(color), above=True)

    def line(
        self, points: Sequence[Point], color: str = "text", weight: float = THIN, dash: Sequence[float] = ()
    ) -> None:
        """Straight from point to point; ``dash``: lengths of dashes and gaps in points."""
        from matplotlib.lines import Line2D

        xs, ys = zip(*points, strict=True)
        style: Any = (0, tuple(dash)) if dash else "-"
        made = Line2D(
            xs, ys, color=ink(color), linewidth=weight, linestyle=style, zorder=self._next(),
            solid_capstyle="butt", dash_capstyle="butt", solid_joinstyle="round", transform=self._place,
        )  # fmt: skip
        self.figure.add_artist(made)

    def shape(
        self, points: Sequence[Point], fill: Fill | None = None, edge: str = "", weight: float = THIN,
        dash: Sequence[float] = (), above: bool = False,
    ) -> None:  # fmt: skip
        """A closed polygon; its hatch is drawn over it in the ink of the text."""
        from matplotlib.patches import Polygon

        order = self._next() + (100 if above else 0)
        style: Any = (0, tuple(dash)) if dash else "-"
        if fill is not None:
            self._add(Polygon(points, closed=True, facecolor=ink(fill.color), linewidth=0, zorder=order))
            if fill.hatch:
                hatched = Polygon(
                    points, closed=True, fill=False, edgecolor=ink("text_2"), linewidth=0, hatch=fill.hatch,
                    zorder=order,
                )  # fmt: skip
                self._add(hatched)
        if edge:
            outline = Polygon(
                points, closed=True, fill=False, edgecolor=ink(edge), linewidth=weight, linestyle=style,
                joinstyle="miter", zorder=order,
            )  # fmt: skip
            self._add(outline)

    def box(
        self, x: float, y: float, w: float, h: float, fill: Fill | None = None, edge: str = "", weight: float = THIN,
        dash: Sequence[float] = (), above: bool = False,
    ) -> None:  # fmt: skip
        """A rectangle with its top left corner at (x, y)."""
        self.shape([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], fill, edge, weight, dash, above)

    def disc(
        self, x: float, y: float, radius: float, fill: str = "surface", edge: str = "", weight: float = LINE
    ) -> None:
        """A filled circle."""
        from matplotlib.patches import Circle

        made = Circle(
            (x, y), radius, facecolor=ink(fill), edgecolor=ink(edge or fill), linewidth=weight if edge else 0,
            zorder=self._next() + 50,
        )  # fmt: skip
        self._add(made)

    def _add(self, patch: Any) -> None:
        patch.set_transform(self._place)
        self.figure.add_artist(patch)

    def _next(self) -> float:
        """What is drawn later lies above, whatever its kind."""
        self._order += 0.001
        return self._order


@contextmanager
def _still() -> Iterator[None]:
    """The time that font files and PDFs carry is always the same; the typeface's many objects are swept once, after."""
    before, sweeping = os.environ.get("SOURCE_DATE_EPOCH"), gc.isenabled()
    os.environ["SOURCE_DATE_EPOCH"] = _EPOCH
    gc.disable()
    try:
        yield
    finally:
        if sweeping:
            gc.enable()
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def pdf_of(figures: Iterable[Figure], below: Sequence[str] = ()) -> bytes:
    """One PDF, a page for each figure and the lines ``below`` it; the typeface is embedded once."""
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.transforms import Bbox

    out = BytesIO()
    bare = {"CreationDate": None, "Creator": None, "Producer": None, "Title": None}
    with inked(), _still(), PdfPages(out, metadata=bare) as pages:
        for figure in figures:
            high = _say_below(figure, below) / POINTS
            wide, tall = figure.get_size_inches()
            pages.savefig(figure, bbox_inches=Bbox.from_bounds(0, -high, wide, tall + high) if below else None)
    return out.getvalue()


def _say_below(figure: Figure, told: Sequence[str]) -> float:
    """Writes lines under the figure, outside of it, and says how many points they take."""
    for at, line in enumerate(told, 1):
        y = -(4 + 10 * at) / (figure.get_figheight() * POINTS)
        said, kind, color = printable(line), font(False, SMALL), ink("text_2")
        figure.text(0, y, said, fontproperties=kind, color=color, va="baseline", parse_math=False)
    return 10.0 * len(told) + 8


def png_of(figure: Figure, width_px: int, ratio: float = 1.0) -> bytes:
    """A PNG ``width_px`` × ``ratio`` pixels wide."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    out, before = BytesIO(), figure.get_dpi()
    with inked():
        figure.set_dpi(width_px * ratio / figure.get_figwidth())
        canvas: Any = FigureCanvasAgg(figure)
        canvas.print_png(out, metadata={"Software": None})
        figure.set_dpi(before)
    return out.getvalue()
