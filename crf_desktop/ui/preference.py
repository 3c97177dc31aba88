"""Window geometry, look and idle time, kept between sessions; never anything about a study."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings

from crf_desktop.errors import LANGUAGES
from crf_desktop.settings import user_data
from crf_desktop.ui.look import Look

SCALES = (1.0, 1.25, 1.5, 2.0)
IDLE_MINUTES, IDLE_CHOICES = 10, range(5, 16)
"""Minutes without key or mouse until the study is locked, and what can be chosen; never longer, never off."""


class Preference:
    """A small file in the user's data folder."""

    def __init__(self) -> None:
        self._file = QSettings(str(user_data() / "window.ini"), QSettings.Format.IniFormat)

    def apply(self, look: Look) -> None:
        """Gives the look what was chosen last; nonsense in the file is ignored."""
        language = str(self._file.value("language", look.language))
        if language in LANGUAGES:
            look.set_language(language)
        look.set_dark(str(self._file.value("theme", "dark" if look.dark else "light")) == "dark")
        try:
            scale = float(str(self._file.value("scale", look.scale)))
        except ValueError:
            scale = look.scale
        if scale in SCALES:
            look.set_scale(scale)

    def keep(self, look: Look) -> None:
        """Remembers the look."""
        self._file.setValue("language", look.language)
        self._file.setValue("theme", "dark" if look.dark else "light")
        self._file.setValue("scale", str(look.scale))

    def idle_minutes(self) -> int:
        """After how many minutes this machine locks."""
        try:
            chosen = int(str(self._file.value("idle_minutes", IDLE_MINUTES)))
        except ValueError:
            return IDLE_MINUTES
        return chosen if chosen in IDLE_CHOICES else IDLE_MINUTES

    def keep_idle_minutes(self, minutes: int) -> None:
        """Remembers after how many minutes this machine locks."""
        self._file.setValue("idle_minutes", minutes)
        self._file.sync()

    def geometry(self) -> QByteArray | None:
        """Where the window stood."""
        found = self._file.value("geometry")
        return found if isinstance(found, QByteArray) else None

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Remembers where the window stands."""
        self._file.setValue("geometry", geometry)
        self._file.sync()
