"""The outline of a person seen from the front with large hands, in a 100 × 100 box: thick strokes with round ends.

Drawn twice, first a little wider in the colour of the edge, then in that of the ground, the strokes become one outline;
alike on the screen and in PDFs.
"""

from __future__ import annotations

from typing import Final, NamedTuple

Point = tuple[float, float]


class Limb(NamedTuple):
    """A line of points as thick as a part of the body."""

    points: tuple[Point, ...]
    width: float
    closed: bool = False
    """True: what lies inside belongs to it."""


def _mirrored(limb: Limb) -> Limb:
    return Limb(tuple((100 - x, y) for x, y in limb.points), limb.width, limb.closed)


_ONE_SIDE: Final = (
    Limb(((38.5, 24.5), (27, 43), (18, 61)), 6.4),
    Limb(((17.4, 62), (7, 71.4), (7.4, 74), (13, 75), (21, 75.6), (28, 73.6)), 6, True),
    Limb(((19, 63), (33, 66), (39, 74), (39.4, 75.4)), 5),
    Limb(((28.6, 74), (31, 86), (32, 91.6)), 5.2),
    Limb(((21, 75), (22, 89), (22.4, 94.6)), 5.2),
    Limb(((13, 75), (13, 87), (13, 92.4)), 5.2),
    Limb(((5.6, 73), (5, 76), (5, 83), (5, 87.6)), 5),
    Limb(((45.6, 58), (45, 85), (45.4, 95.4)), 5.8),
    Limb(((45.2, 96.4), (43.4, 97)), 3.4),
)
OUTLINE: Final[tuple[Limb, ...]] = (
    Limb(((50, 7), (50, 9)), 10.6),
    Limb(((50, 14), (50, 20)), 5.2),
    Limb(((39.4, 23.4), (60.6, 23.4), (57.6, 34), (56, 46), (56, 57.6), (44, 57.6), (44, 46), (42.4, 34)), 5, True),
    *_ONE_SIDE,
    *(_mirrored(limb) for limb in _ONE_SIDE),
)
"""The participant's right lies at the left, as one faces them."""
