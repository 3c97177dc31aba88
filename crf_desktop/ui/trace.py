"""What Qt itself would remember of a day: folders and files that its dialogues were in."""

from __future__ import annotations

import os
import sys
from typing import Final

from PySide6.QtCore import QSettings

_GROUP: Final = "FileDialog"
"""QFileDialog keeps ``lastVisited``, ``history`` and ``shortcuts`` there, native dialogues too (qfiledialog.cpp)."""


def leave_no_history() -> None:
    """Qt's own settings of this user go nowhere; what older sessions left is taken away.

    On Windows and macOS Qt writes them to the registry or to a property list, which cannot be sent elsewhere: there
    they are taken away again, now and when the study is closed.
    """
    if sys.platform == "win32" or sys.platform == "darwin":
        forget_history()
    else:
        nowhere = os.path.join(os.devnull, "nothing")  # noqa: PTH118  # no folder can be made there
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, nowhere)


def forget_history() -> None:
    """Takes away what the file dialogues of this user remember."""
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    kept.remove(_GROUP)
    kept.sync()
