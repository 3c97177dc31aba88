"""The one object that tells panels what changed; the core has no observers."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class StudyNotifier(QObject):
    """Emitted by whoever made a change; read by whoever shows something."""

    committed = Signal(str)
    """Something was written at (local time ``10:42``)."""
    failed = Signal()
    """Something could not be written and is kept on its page."""
    states_changed = Signal(str)
    """The states of this participant's forms changed; "" for all."""
