"""A site's own rule that passwords are changed from time to time; without one they never age (NIST SP 800-63B-4)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from crf_desktop.errors import Refused
from crf_desktop.model.data import Kind
from crf_desktop.store.lineage import acts_of_file
from crf_desktop.store.log import Log, entry_of
from crf_desktop.store.people import act_of

if TYPE_CHECKING:
    from crf_desktop.store.study import Store

MOST_DAYS: Final = 3650
WARN_DAYS: Final = 14
"""So many days before, the person is told."""


@frozen(slots=True)
class PasswordAge:
    """How old the password of who is in may become, and when it was set."""

    days: int
    """0: no rule."""
    changed_at: str
    """UTC."""
    left: int
    """Days; negative when it is overdue."""

    @property
    def due(self) -> bool:
        """Whether it is to be changed now."""
        return self.days > 0 and self.left <= 0

    @property
    def soon(self) -> bool:
        """Whether the person is told."""
        return self.days > 0 and self.left <= WARN_DAYS


def set_age(store: Store, days: int, reason: str) -> None:
    """Sets the rule of this file, 0 for none; Refused ``password.age`` outside 0 to 3,650 days, ``store.no_right``."""
    if not 0 <= days <= MOST_DAYS:
        raise Refused("password.age", most=MOST_DAYS)
    store.append([evolve(entry_of(Kind.SYSTEM, "password.age", days=days), reason_for_change=reason)])


def rule(store: Store) -> int:
    """Days; 0 where there is no rule."""
    rows = acts_of_file(Log(store.parts.database), store.origin, ("password.age",))
    return int(json.loads(rows[-1].payload or "{}").get("days", 0)) if rows else 0


def age(store: Store) -> PasswordAge:
    """How it stands with the password of who is in."""
    days = rule(store)
    changed = _changed_at(store) if days else ""
    if not changed:
        return PasswordAge(0, "", 0)
    now = store.parts.author.clock.now()
    return PasswordAge(days, changed, days - (now - datetime.fromisoformat(changed)).days)


def _changed_at(store: Store) -> str:
    """The last change by the person, else when the keys under it were made."""
    person, origin = store.session.person.user_oid, store.origin
    for row in reversed(store.rows(Kind.USER)):
        if row.origin == origin and row.user_oid == person and act_of(row) == "password.changed":
            return row.recorded_at
    key = store.who.keys.get((origin, store.session.key_id))
    made = store.change(origin, key.introduced) if key else None
    return made.recorded_at if made else ""
