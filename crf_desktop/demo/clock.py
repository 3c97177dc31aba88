"""A clock that tells the demo's time: the same seed and the same day give the same times."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

SITE_ZONE = timezone(timedelta(hours=8))


class DemoClock:
    """Stands still but for a few seconds with every question; can be set to a later moment."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._start = start

    def now(self) -> datetime:
        """The next moment."""
        self._now += timedelta(seconds=3)
        return self._now

    @property
    def day(self) -> date:
        """The date it shows."""
        return self._now.date()

    def boot(self) -> tuple[str, int]:
        """One machine start for the whole demo."""
        ms = (self._now - self._start) // timedelta(milliseconds=1)
        return f"00000000-0000-0000-0000-{self._start:%Y%m%d%H%M}", ms

    def set(self, moment: datetime) -> None:
        """Moves on to a later moment; never back."""
        self._now = max(self._now, moment)
