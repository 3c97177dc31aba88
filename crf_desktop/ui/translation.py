"""The window's own words in Chinese; the study's wording comes from its definition."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator

from crf_desktop.settings import resource
from crf_desktop.ui.look import Look


class Translation(QObject):
    """Follows the look's language; made before any widget, so that it hears of a change first."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._look = look
        self._chinese = QTranslator(self)
        self._chinese.load(str(resource("translations", "crf_desktop_zh.qm")))
        self._installed = False
        QLocale.setDefault(QLocale.c())
        look.language_changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Installs or removes the Chinese words."""
        wanted = self._look.language == "zh"
        if wanted and not self._installed:
            QCoreApplication.installTranslator(self._chinese)
        elif not wanted and self._installed:
            QCoreApplication.removeTranslator(self._chinese)
        self._installed = wanted

    def end(self) -> None:
        """Takes the words away again."""
        if self._installed:
            QCoreApplication.removeTranslator(self._chinese)
            self._installed = False
