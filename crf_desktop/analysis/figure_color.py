"""The inks of the figures: tokens of the light theme, and fills that a colour-blind reader and a grey print tell apart.

Wherever a colour carries a meaning, a hatch, a shape or a dash carries it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

TOKENS: Final[Mapping[str, str]] = {
    "surface": "#FFFFFF", "sunken": "#E9EEF2", "line": "#D5DDE4", "control": "#73828F", "text": "#14212C",
    "text_2": "#435362", "text_3": "#566775", "accent": "#0B5A85", "accent_soft": "#E1EFF7", "ok": "#1A6B40",
    "warn": "#824D00", "bad": "#AF231C",
}  # fmt: skip
"""Of the guide's light theme."""


@frozen
class Fill:
    """A surface and the hatch over it (matplotlib's letters; empty: none)."""

    color: str
    hatch: str = ""


DOMAIN_FILLS: Final[tuple[Fill, ...]] = (
    Fill("#0B5A85"), Fill("#9CCBE6", "////"), Fill("#C98A00"), Fill("#F6DFA0", "\\\\\\\\"), Fill("#8A2F5E"),
    Fill("#E3B5CD", "...."), Fill("#3B8C5A"), Fill("#A5D3B4", "----"), Fill("#20282F"), Fill("#CBD2D8", "xxxx"),
    Fill("#B4451F"), Fill("#F5C3AE", "||||"),
)  # fmt: skip
"""In the order of the domains: dark and plain, then light and hatched, so that neighbours differ in grey too."""
GROUP_FILLS: Final[Mapping[str, Fill]] = {
    "responder": Fill("#0B5A85"), "non-responder": Fill("#F0B65A", "////"), "indeterminate": Fill("#FFFFFF", "...."),
    "no_week_28": Fill("#FFFFFF"),
}  # fmt: skip
GROUP_LINES: Final[Mapping[str, tuple[str, tuple[float, ...]]]] = {
    "responder": ("#0B5A85", ()), "non-responder": ("#B25E00", (4, 2)), "indeterminate": ("#566775", (6, 1.6, 1, 1.6)),
    "no_week_28": ("#566775", (1, 1.6)),
}  # fmt: skip
"""Group → (colour, dash and gap in points)."""
LEVELS: Final[tuple[str, ...]] = ("#FFFFFF", "#C6DDEB", "#6CA6CA", "#0B5A85")
"""ESSDAI levels 0 to 3: one hue, darker with the level."""
LEVEL_INKS: Final[tuple[str, ...]] = ("#566775", "#14212C", "#14212C", "#FFFFFF")
"""The digit in a cell of that level."""


def ink(name: str) -> str:
    """A token by its name; any other text is a colour already."""
    return TOKENS.get(name, name)
