"""How a page is laid out; the data do not know it.

A closed table: each class here has one control in :mod:`crf_desktop.ui` and one drawing in :mod:`crf_desktop.report`.
"""

from __future__ import annotations

from typing import get_args

from attrs import frozen

from crf_desktop.model.text import TranslatedText


@frozen
class FieldCard:
    """A card of ordinary fields, one under the other or in columns."""

    items: tuple[str, ...]
    title: TranslatedText | None = None
    note: TranslatedText | None = None
    columns: int = 1


@frozen
class HeadChoice:
    """A choice in the page head (who answers the scales)."""

    item: str


@frozen
class ScaleRows:
    """Rows of eleven boxes 0 to 10 with anchors in words (ESSPRI)."""

    items: tuple[str, ...]
    anchors: tuple[tuple[TranslatedText, TranslatedText], ...]
    """Per item: what 0 means, what 10 means."""


@frozen
class VisualAnalogue:
    """A bare track from 0 to 100 mm without a handle until the first press (PGA)."""

    item: str
    low: TranslatedText
    high: TranslatedText
    maximum: int = 100
    note: TranslatedText | None = None


@frozen
class LevelRow:
    """One domain: its item and its weight in each score."""

    item: str
    weights: tuple[int | None, ...]
    """One per score column; None: the domain is not part of that score."""
    short: TranslatedText | None = None
    """Name where room is short: PNS."""


@frozen
class LevelTable:
    """Domains with levels 0 to 3, definitions beside the choice, weighted points (ESSDAI)."""

    rows: tuple[LevelRow, ...]
    scores: tuple[str, ...]
    """Method OIDs, one per column of points."""


@frozen
class GridColumn:
    """One gland: name and the method of its sum."""

    title: TranslatedText
    method: str


@frozen
class GridRow:
    """One parameter: name, what the grades mean, one item per column."""

    title: TranslatedText
    grades: TranslatedText
    items: tuple[str, ...]


@frozen
class GradeGrid:
    """A grid of grades, columns by rows, with sums and a bar (Hočevar)."""

    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    total: str | None = None
    """Method of the sum over all columns; None: there is none, and no bar (OSS: each eye stands alone)."""
    mark: int = 0
    """Published cut-off drawn on the bar."""
    mark_note: TranslatedText | None = None
    options: tuple[str, ...] = ()
    """Items above the grid: reference tissue, sonographer, clips."""
    title: TranslatedText | None = None


@frozen
class TimedReading:
    """A countdown and the reading it ends in (Schirmer, one eye). The start time is the time of observation."""

    title: TranslatedText
    reading: str
    started: str
    """Item (datetime) that keeps the start."""
    seconds: int = 300


@frozen
class TimedReadings:
    """Timed readings side by side (both eyes)."""

    readings: tuple[TimedReading, ...]
    conditions: tuple[str, ...] = ()
    note: TranslatedText | None = None


@frozen
class TimedCollection:
    """A weighed, timed collection (saliva): tube before, countdown, tube after, seconds."""

    title: TranslatedText
    before: str
    after: str
    started: str
    duration: str
    """Item (integer, seconds); filled from the timer, editable."""
    net: str
    """Method: grams collected."""
    rate: str
    """Method: mL/min."""
    seconds: int = 300


@frozen
class TimedCollections:
    """Collections one under the other, conditions above."""

    collections: tuple[TimedCollection, ...]
    conditions: tuple[str, ...] = ()
    note: TranslatedText | None = None


@frozen
class ChoiceRows:
    """Whole questions one under the other, the answers at the right (criteria of eligibility)."""

    items: tuple[str, ...]
    title: TranslatedText | None = None
    note: TranslatedText | None = None


@frozen
class DerivedCard:
    """Derived values with their reasons: verdicts, body surface, doses that were worked out."""

    methods: tuple[str, ...]
    title: TranslatedText | None = None
    note: TranslatedText | None = None


@frozen
class RepeatTable:
    """The rows of a repeating item group: one line each, a line can be added and removed (rate steps, drugs)."""

    group: str
    """OID of the item group; its items are the columns, its methods stand behind them."""
    title: TranslatedText
    note: TranslatedText | None = None
    add: TranslatedText | None = None
    """On the button: Add a step."""
    hidden: tuple[str, ...] = ()
    """Methods of the group that are not shown: what other values are worked out from."""


@frozen
class Joint:
    """One joint of the figure: its item and where it lies."""

    item: str
    x: int
    """0 to 100, from the participant's right to the left: as one faces them."""
    y: int
    """0 to 100, from the head down."""


@frozen
class JointFigure:
    """The 28 joints on a figure: not tender, tender, swollen, both (by mouse, touch and keyboard)."""

    joints: tuple[Joint, ...]
    """In the order of examination, which is the order of the arrow keys."""
    tender: str
    """Method of the number of tender joints."""
    swollen: str


Block = (
    FieldCard
    | HeadChoice
    | ScaleRows
    | VisualAnalogue
    | LevelTable
    | GradeGrid
    | TimedReadings
    | TimedCollections
    | ChoiceRows
    | DerivedCard
    | RepeatTable
    | JointFigure
)
BLOCKS: tuple[type, ...] = get_args(Block)


@frozen
class Layout:
    """A page: blocks from top to bottom."""

    blocks: tuple[Block, ...]
