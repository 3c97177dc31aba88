"""The look: colours, type, language, handed down to every widget; no colour literal stands anywhere else."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase

from crf_desktop.errors import Language
from crf_desktop.settings import resource

FAMILY = "CRF Sans"


class Tokens(NamedTuple):
    """One theme; names and contrast as the look guide gives them."""

    canvas: str = "#F3F6F8"
    surface: str = "#FFFFFF"
    raised: str = "#F8FAFB"
    sunken: str = "#E9EEF2"
    line: str = "#D5DDE4"
    control: str = "#73828F"
    text: str = "#14212C"
    text_2: str = "#435362"
    text_3: str = "#566775"
    accent: str = "#0B5A85"
    on_accent: str = "#FFFFFF"
    accent_hover: str = "#084A6E"
    accent_press: str = "#063A57"
    accent_text: str = "#0B5A85"
    accent_soft: str = "#E1EFF7"
    ok: str = "#1A6B40"
    ok_soft: str = "#E2F2E8"
    warn: str = "#824D00"
    warn_soft: str = "#FCF0DA"
    bad: str = "#AF231C"
    bad_soft: str = "#FBE8E6"
    query: str = "#71388F"
    query_soft: str = "#F2E8F7"
    disabled: str = "#5F6E7A"
    disabled_soft: str = "#EDF1F4"
    focus: str = "#0B5A85"

    def color(self, name: str) -> QColor:
        """The token as a colour."""
        return QColor(getattr(self, name))


LIGHT = Tokens()
DARK = LIGHT._replace(
    canvas="#0E151B", surface="#161F27", raised="#1B2630", sunken="#111A21", line="#2C3945", control="#748796",
    text="#E9EFF4", text_2="#B7C4CF", text_3="#9AABB8", accent="#79BFEA", on_accent="#06202F", accent_hover="#97CFF2",
    accent_press="#B6DEF8", accent_text="#8BC9EF", accent_soft="#173447", ok="#6CCB95", ok_soft="#16301F",
    warn="#F0B65A", warn_soft="#33270F", bad="#FF9A90", bad_soft="#3A1B19", query="#D3A4EE", query_soft="#2E1F3A",
    disabled="#8F9FAC", disabled_soft="#1C2731", focus="#8BC9EF",
)  # fmt: skip


class Look(QObject):
    """What every widget is drawn with. ``changed`` asks to repaint, ``language_changed`` to read the words again."""

    changed = Signal()
    language_changed = Signal()

    def __init__(self, language: Language = "en", dark: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.language: Language = language
        self.dark = dark
        self.touch = False
        self.scale = 1.0
        """Text and space scale, 1.0 to 2.0; multiplies every px below."""

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return DARK if self.dark else LIGHT

    def color(self, name: str) -> QColor:
        """A colour in force by token name."""
        return self.tokens.color(name)

    def px(self, value: float) -> int:
        """A measure of the guide in logical pixels at the present scale."""
        return round(value * self.scale)

    def font(self, px: int = 15, bold: bool = False) -> QFont:
        """The one typeface at a size of the guide (13, 15, 17, 21, 28, 40)."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(px))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        return font

    def set_language(self, language: Language) -> None:
        """Switches every wording at once."""
        if language != self.language:
            self.language = language
            self.language_changed.emit()
            self.changed.emit()

    def set_dark(self, dark: bool) -> None:
        """Switches the theme at once."""
        if dark != self.dark:
            self.dark = dark
            self.changed.emit()

    def set_scale(self, scale: float) -> None:
        """Switches the size of everything at once."""
        if scale != self.scale:
            self.scale = scale
            self.changed.emit()


def load_fonts() -> None:
    """Registers the shipped typeface; must run before the first widget is painted."""
    for weight in ("Regular", "Bold"):
        QFontDatabase.addApplicationFont(str(resource("fonts", f"CRFSans-{weight}.ttf")))
