"""Where a datum stands: the ODM KeySet."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count

from attrs import evolve, frozen


def address(oid: str, key: str = "") -> str:
    """An OID with its repeat key: ``F.AE#2``; the OID alone where nothing repeats."""
    return f"{oid}#{key}" if key else oid


def split(at: str) -> tuple[str, str]:
    """OID and repeat key of an address; the key is empty where nothing repeats."""
    oid, _, key = at.partition("#")
    return oid, key


def key_order(key: str) -> tuple[tuple[int, int | str], ...]:
    """Order of repeat keys as people count: ``2`` before ``10``, ``2-1`` after both."""
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in key.split("-"))


def next_key(laptop: int, taken: Collection[str]) -> str:
    """A repeat key nobody has: ``1``, ``2`` … on the first laptop of a site, ``2-1`` … on the second."""
    lead = "" if laptop == 1 else f"{laptop}-"
    return next(key for n in count(1) if (key := f"{lead}{n}") not in taken)


@frozen(slots=True, order=True)
class ItemPath:
    """The keys of one place in a study (ODM 1.3.2, ClinicalData). An absent key is the empty string, never None.

    A path that stops early names what stands above: without item a form, without form an event, without event a
    subject. Its text form is the keys joined by ``/``; it holds the participant's number, so it never goes into a log.
    """

    subject: str = ""
    event: str = ""
    event_key: str = ""
    form: str = ""
    form_key: str = ""
    item_group: str = ""
    group_key: str = ""
    item: str = ""

    @classmethod
    def of(cls, subject: str, event: str = "", form: str = "") -> ItemPath:
        """The path of a participant, a visit or a form by their addresses: ``SE.UNS#1``, ``F.AE#2``."""
        return cls(subject, *split(event), *split(form))

    def keys(self) -> tuple[str, str, str, str, str, str, str, str]:
        """The eight keys in ODM order."""
        return (
            self.subject,
            self.event,
            self.event_key,
            self.form,
            self.form_key,
            self.item_group,
            self.group_key,
            self.item,
        )

    def at(self, item_group: str, item: str, group_key: str = "") -> ItemPath:
        """The item of this form."""
        return evolve(self, item_group=item_group, group_key=group_key, item=item)

    @property
    def event_address(self) -> str:
        """``SE.W0``, ``SE.UNS#1``."""
        return address(self.event, self.event_key)

    @property
    def form_address(self) -> str:
        """``F.ESSDAI``, ``F.AE#2``."""
        return address(self.form, self.form_key)

    @property
    def item_address(self) -> str:
        """``I.PGA.VAS``, ``I.RTX.RATE#3``: the item and the row of its group."""
        return address(self.item, self.group_key)

    @property
    def form_path(self) -> ItemPath:
        """The form this place belongs to."""
        return evolve(self, item_group="", group_key="", item="")

    @property
    def event_path(self) -> ItemPath:
        """The event (visit) this place belongs to."""
        return ItemPath(self.subject, self.event, self.event_key)

    def place(self) -> str:
        """The path without the participant: safe in a log and in an exception."""
        return "/".join(key for key in self.keys()[1:] if key)
