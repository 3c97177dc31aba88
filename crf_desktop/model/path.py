"""Where a datum stands: the ODM KeySet."""

from __future__ import annotations

from attrs import evolve, frozen


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
