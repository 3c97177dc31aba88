"""What every control promises: one contract, one parametrised test.

Fresh shows "no answer" and looks different from every answer · repainting never emits · the wheel never answers · all
by keyboard, digits answer, Delete clears · M asks for the missing reason · accessible name · legible when read-only.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crf_desktop.model.data import Datum
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.derive import Derived, Suggestion
from crf_desktop.ui.look import Look


@frozen(slots=True)
class ItemView:
    """Everything a control shows of one item."""

    datum: Datum
    remark: str = ""
    """Free text beside a missing reason: "tube haemolysed"."""
    relevant: bool = True
    n_open_query: int = 0
    may_ask: bool = False
    """The role may raise a query: the way to it stands beside the field."""
    was: str = ""
    """Printed former value when changed after signature."""
    previous: tuple[Datum, str] | None = None
    """Value at the last visit and that visit's date, ISO; None where there is none or recall would bias."""
    unit: str = ""
    """Unit the site's laboratory reports in: that of the field while it has no answer; empty where there is none."""
    profile: str = ""
    """Printed limit of normal of the site's laboratory, ``20 mm/h``; shown beside the field, never filled in."""


@frozen(slots=True)
class BlockView:
    """Everything a block shows: repainting from it never emits."""

    items: Mapping[str, ItemView]
    """By item address: ``I.PGA.VAS``, ``I.RTX.RATE#3``."""
    derived: Mapping[str, Derived]
    """By method address."""
    suggestions: Mapping[str, Suggestion]
    visit_answers: Mapping[str, Datum]
    """All answers of the visit (laboratory values beside ESSDAI)."""
    sample_dates: Mapping[str, str] = {}
    """Laboratory item → date its sample was taken, ISO; no entry while unknown."""
    visit_date: str | None = None
    read_only: bool = False
    rows: Mapping[str, tuple[str, ...]] = {}
    """Repeating item group → keys of its rows, in order; those just added and still empty among them."""
    elsewhere: frozenset[str] = frozenset()
    """Items that imply a level here but stand on a form that this visit does not have."""


class Block(QWidget):
    """A piece of a page made from one layout block. It knows neither the store nor its neighbours: it emits wishes.

    Items are named by their address: the OID, and in a row of a repeating group ``OID#key``.
    """

    answered = Signal(str, str, str)
    """(item OID, text as typed or coded value, unit OID or ""): please store."""
    missed = Signal(str, str)
    """(item OID, null flavour): please store that there is no value."""
    cleared = Signal(str)
    """(item OID): please remove the answer."""
    missing_asked = Signal(str)
    """(item OID): show the missing reasons (key M, or the button)."""
    query_asked = Signal(str)
    """(item OID): key Q, or the flag."""
    history_asked = Signal(str)
    """(item OID): key H, or the link."""
    focused = Signal(str)
    """(item OID) has the focus now."""
    drafted = Signal(str, str)
    """(item OID, text so far): kept as an encrypted draft while typing."""
    row_added = Signal(str)
    """(item group OID): please give an empty row at the end."""
    row_removed = Signal(str, str)
    """(item group OID, key): please take the row away, after asking; an empty one without."""

    def __init__(self, definition: MetaDataVersion, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.definition = definition
        self.look = look

    def stack(self, stacked: bool) -> None:
        """Narrow or wide, where a block stands in the page head."""

    def show_view(self, view: BlockView) -> None:
        """Shows these answers; emits nothing."""
        raise NotImplementedError

    def show_refused(self, item_oid: str, message: str, kept: str) -> None:
        """A hard refusal: the typed text stays visible, marked, with the message beside it."""
        raise NotImplementedError

    def focus_item(self, item_oid: str) -> None:
        """Gives the item the keyboard."""
        raise NotImplementedError

    def show_warned(self, item_oid: str, message: str, rest: str = "") -> None:
        """A soft problem: the typed text stays, marked, with the message beside it. Empty message: the mark goes."""

    def item_oids(self) -> tuple[str, ...]:
        """The items of this block in Tab order, those of rows that exist as addresses."""
        raise NotImplementedError

    def base_oids(self) -> tuple[str, ...]:
        """The items this block shows, whatever rows exist."""
        return self.item_oids()

    def type_text(self, item_oid: str, text: str) -> None:
        """Puts a restored draft into a field without answering."""
