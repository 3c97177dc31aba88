"""Palette and style sheet from the tokens, applied once per change of the look."""

from __future__ import annotations

from string import Template

from PySide6.QtCore import QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget

from crf_desktop.ui.focus_ring import FocusRing
from crf_desktop.ui.look import Look

_SHEET = Template("""
QToolTip { background: $text; color: $surface; border: 0; padding: $p4; font-size: $f13; }
QMainWindow, QDialog { background: $canvas; }
QScrollArea, QScrollArea > QWidget > QWidget[kind="page"] { background: transparent; border: 0; }
QFrame[card="true"] { background: $surface; border: 1px solid $line; border-radius: $p8; }
QFrame[card="menu"] { background: $surface; border: 1px solid $control; border-radius: $p8; }
QFrame[card="focus"] { background: $surface; border: 2px solid $accent; border-radius: $p8; }
QFrame[card="bar"] { background: $surface; border: 0; border-bottom: 1px solid $line; border-radius: 0; }
QFrame[card="foot"] { background: $surface; border: 0; border-top: 1px solid $line; border-radius: 0; }
QFrame[card="note"] { background: $sunken; border: 0; border-radius: $p4; }
QFrame[card="tint"] { background: $accent_soft; border: 0; border-radius: $p4; }
QFrame[card="ok"] { background: $ok_soft; border: 0; border-radius: $p4; }
QFrame[card="warn"] { background: $warn_soft; border: 0; border-radius: $p4; }
QFrame[card="bad"] { background: $bad_soft; border: 0; border-radius: $p4; }
QFrame[kind="divider"] { background: $line; border: 0; }

QLabel { background: transparent; color: $text; }
QLabel[kind="label"], QLabel[kind="hint"] { color: $text_2; font-size: $f13; }
QLabel[kind="quiet"] { color: $text_3; font-size: $f13; }
QLabel[kind="second"] { color: $text_2; }
QLabel[kind="strong"] { font-weight: 700; }
QLabel[kind="name"] { font-size: $f17; font-weight: 700; }
QLabel[kind="title"] { font-size: $f21; font-weight: 700; }
QLabel[kind="score"] { font-size: $f28; font-weight: 700; }
QLabel[kind="error"] { color: $bad; font-weight: 700; }
QLabel[kind="warn"] { color: $warn; font-weight: 700; }
QLabel[kind="key"] { color: $text_2; background: $raised; border: 1px solid $line; border-bottom-width: 2px;
    border-radius: $p4; font-size: $f13; padding: 0 $p5; }
QFrame[pill] { border: 0; border-radius: $p12; min-height: $p24; max-height: $p24; }
QLabel[pill] { border-radius: $p12; padding: 0 $p10; font-size: $f13; }
QLabel[pill="count"] { padding: 0 $p7; border-radius: $p10; }
*[pill="neutral"], *[pill="count"] { background: $sunken; color: $text; }
*[pill="accent"] { background: $accent_soft; color: $accent_text; }
*[pill="ok"] { background: $ok_soft; color: $ok; }
*[pill="warn"] { background: $warn_soft; color: $warn; }
*[pill="bad"] { background: $bad_soft; color: $bad; }
*[pill="query"] { background: $query_soft; color: $query; }
*[pill="accent"] QLabel { color: $accent_text; font-size: $f13; }
*[pill="ok"] QLabel { color: $ok; font-size: $f13; }
*[pill="warn"] QLabel { color: $warn; font-size: $f13; }
*[pill="bad"] QLabel { color: $bad; font-size: $f13; }
*[pill="query"] QLabel { color: $query; font-size: $f13; }
*[pill="neutral"] QLabel { color: $text; font-size: $f13; }

QPushButton { outline: none; background: $surface; color: $text; border: 1px solid $control; border-radius: $p6;
    padding: 0 $p15; min-height: $control_inner; }
QPushButton:hover { background: $raised; border-color: $accent; }
QPushButton:pressed { background: $accent_soft; border-color: $accent_press; color: $accent_press; }
QPushButton:checked { background: $accent_soft; border: 2px solid $accent; padding: 0 $p14;
    min-height: $control_inner2; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 700; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_press; border-color: $accent_press; color: $on_accent; }
QPushButton[kind="quiet"], QPushButton[kind="link"] { background: transparent; color: $accent_text;
    border: 1px solid transparent; padding: 0 $p7; font-size: $f13; }
QPushButton[kind="quiet"]:hover, QPushButton[kind="link"]:hover { background: $accent_soft; }
QPushButton[kind="quiet"]:pressed, QPushButton[kind="link"]:pressed { background: $accent_soft; color: $accent_press;
    border-color: $accent_press; }
QPushButton[kind="link"] { padding: 0 $p8 0 $p32; text-align: left; }
QPushButton[kind="unit"] { padding: 0 $p32 0 $p12; text-align: left; }
QPushButton[kind="chip"] { border-radius: $half; font-size: $f13; padding: 0 $p13; }
QPushButton[kind="chip"]:checked { padding: 0 $p12; }
QPushButton:disabled, QPushButton[kind="primary"]:disabled { background: $disabled_soft; color: $disabled;
    border: 1px solid $line; font-weight: 400; }
QPushButton[kind="quiet"]:disabled, QPushButton[kind="link"]:disabled { background: transparent;
    color: $disabled; border-color: transparent; }
QPushButton[large="true"] { min-height: $large_inner; }

QLineEdit, QPlainTextEdit { background: $surface; color: $text; border: 1px solid $control; border-radius: $p6;
    padding: 0 $p9; selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $text_3; }
QLineEdit { min-height: $control_inner; }
QLineEdit[large="true"] { min-height: $large_inner; font-size: $f17; }
QPlainTextEdit { padding: $p4 $p5; }
QLineEdit:hover, QPlainTextEdit:hover { border-color: $accent; }
QLineEdit:focus, QPlainTextEdit:focus { border-color: $focus; }
QLineEdit[state="error"], QPlainTextEdit[state="error"] { border: 2px solid $bad;
    padding: 0 $p8; min-height: $control_inner2; }
QLineEdit[state="warn"], QPlainTextEdit[state="warn"] { border: 2px solid $warn;
    padding: 0 $p8; min-height: $control_inner2; }
QLineEdit[large="true"][state="error"], QLineEdit[large="true"][state="warn"] { min-height: $large_inner2; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $raised; border: 1px solid $line; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: $disabled_soft; color: $disabled; border: 1px solid $line; }

QHeaderView { background: $raised; border: 0; }
QHeaderView::section { background: $raised; color: $text_2; border: 0; border-bottom: 1px solid $line; padding: 0 $p8;
    min-height: $p36; font-size: $f13; font-weight: 400; }
QTableView, QListView, QTreeView { background: $surface; alternate-background-color: $raised; border: 0;
    outline: none; gridline-color: $line; selection-background-color: $accent_soft; selection-color: $text; }
QMenu { background: $surface; color: $text; border: 1px solid $control; border-radius: $p6; padding: $p4; }
QMenu::item { padding: $p8 $p16; border-radius: $p4; min-height: $menu_inner; }
QMenu::item:selected { background: $accent_soft; color: $accent_text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: $p4 $p8; }
QProgressBar { background: $surface; border: 1px solid $control; border-radius: $p4; min-height: $p6;
    max-height: $p6; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: $p3; }

QScrollBar:vertical { background: transparent; width: 8px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 8px; margin: 0; }
QScrollBar::handle { background: $control; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $text_2; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def style_sheet(look: Look) -> str:
    """The one style sheet, filled with the tokens and measures of the look.

    Properties: ``card`` on frames (true, focus, menu, bar, foot, note, tint, ok, warn, bad); ``kind`` on buttons
    (primary, plain, quiet, link, unit, chip), labels (label, hint, quiet, second, strong, name, title, score, error,
    warn, key), frames (divider); ``pill`` on labels and frames (neutral, count, accent, ok, warn, bad, query);
    ``state`` on fields (error, warn); ``large`` on fields and buttons (true).
    """
    tokens = look.tokens
    values = {name: getattr(tokens, name) for name in type(tokens).__annotations__}
    values |= {f"p{n}": f"{look.px(n)}px" for n in range(1, 49)}
    values |= {f"f{n}": f"{look.px(n)}px" for n in (13, 15, 17, 21, 28, 40)}
    control, large = control_height(look), large_height(look)
    values |= {"control_inner": f"{control - 2}px", "control_inner2": f"{control - 4}px", "half": f"{control // 2}px"}
    values["menu_inner"] = f"{control - 2 * look.px(8)}px"
    values |= {"large_inner": f"{large - 2}px", "large_inner2": f"{large - 4}px"}
    return _SHEET.substitute(values)


def control_height(look: Look) -> int:
    """Height of an ordinary control: 36, with touch 48."""
    return look.px(48 if look.touch else 36)


def large_height(look: Look) -> int:
    """Height of a field that is read aloud: 44, with touch 48."""
    return look.px(48 if look.touch else 44)


def palette(look: Look) -> QPalette:
    """The tokens as a palette, for everything the style sheet does not reach."""
    role, found = QPalette.ColorRole, QPalette()
    table = {
        role.Window: "canvas", role.WindowText: "text", role.Base: "surface", role.AlternateBase: "raised",
        role.Text: "text", role.PlaceholderText: "text_3", role.Button: "surface", role.ButtonText: "text",
        role.Highlight: "accent", role.HighlightedText: "on_accent", role.Link: "accent_text",
        role.LinkVisited: "accent_text", role.BrightText: "bad", role.ToolTipBase: "text", role.ToolTipText: "surface",
        role.Mid: "line", role.Dark: "control", role.Accent: "accent",
    }  # fmt: skip
    for which, token in table.items():
        found.setColor(which, look.color(token))
    for which in (role.WindowText, role.Text, role.ButtonText):
        found.setColor(QPalette.ColorGroup.Disabled, which, look.color("disabled"))
    for which in (role.Base, role.Button):
        found.setColor(QPalette.ColorGroup.Disabled, which, look.color("disabled_soft"))
    return found


def restyle(widget: QWidget, **properties: object) -> None:
    """Sets dynamic properties and lets the style sheet see them; does nothing when none changed."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


class _Stylist(QObject):
    def __init__(self, app: QApplication, look: Look) -> None:
        super().__init__(look)
        self._app, self._look = app, look
        look.changed.connect(self.renew)

    def renew(self, always: bool = False) -> None:
        """Another language changes neither colours nor sizes, and a style sheet read again costs half a second."""
        sheet = style_sheet(self._look)
        if always or sheet != self._app.styleSheet():
            self._app.setFont(self._look.font(15))
            self._app.setPalette(palette(self._look))
            self._app.setStyleSheet(sheet)


def apply(app: QApplication, look: Look) -> None:
    """Fusion, palette, style sheet and focus ring; again by itself whenever the look changes."""
    app.setStyle("Fusion")
    ring = app.findChild(FocusRing)
    if ring is None:
        FocusRing(app, look)
    else:
        ring.look = look
    _Stylist(app, look).renew(always=True)
