"""Hatches of a drawn figure as plain lines: a tiling pattern is laid tile by tile, so that nothing is left unchecked.

Whoever checks a PDF/A approves patterns in parts at best; a form drawn again and again inside the shape looks the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor
from typing import Any, Final

from attrs import define, field

_BUILD: Final = {b"m": 2, b"l": 2, b"c": 6, b"v": 4, b"y": 4, b"h": 0, b"re": 4}
"""Operators that build a path."""
_FILL: Final = {b"f": b"", b"F": b"", b"f*": b"", b"B": b"S", b"B*": b"S", b"b": b"s", b"b*": b"s"}
"""Operators that fill → what is left to do with the path when its fill is done."""
_PLAIN: Final = (b"g", b"rg", b"k", b"sc")
Operation = tuple[Any, bytes]


def unhatched(page: Any) -> tuple[bytes, dict[str, Any]]:
    """The content of a page of pypdf without patterns, and the tiles it draws: name → stream of the pattern."""
    from pypdf.generic import ContentStream

    held = page["/Resources"].get("/Pattern")
    patterns = held.get_object() if held is not None else {}
    content = page.get_contents()
    if not patterns:
        return bytes(content.get_data()), {}
    stream = ContentStream(content, None)
    laid = _Laying({str(name): pattern.get_object() for name, pattern in patterns.items()})
    for operands, operator in stream.operations:
        laid.take(operands, operator)
    stream.operations = laid.out
    return bytes(stream.get_data()), {name[1:]: laid.patterns[name] for name in sorted(laid.used)}


@define
class _Laying:
    """Follows the colour of fills through saved and restored states."""

    patterns: dict[str, Any]
    out: list[Operation] = field(factory=list)
    used: set[str] = field(factory=set)
    _hatch: str = ""
    _moved: bool = False
    """Whether the axes are not the page's any more: then a tile would stand elsewhere."""
    _saved: list[tuple[str, bool]] = field(factory=list)
    _path: list[Operation] = field(factory=list)

    def take(self, operands: Any, operator: bytes) -> None:
        """The next operation."""
        if operator in _BUILD:
            self._path.append((operands, operator))
            return
        if self._hatch and operator in _FILL:
            self._lay(operator)
            return
        if operator in (b"scn", b"cs") and self._pattern(operands, operator):
            return
        self.out += [*self._path, (operands, operator)]
        self._path = []
        match operator:
            case b"q":
                self._saved.append((self._hatch, self._moved))
            case b"Q":
                self._hatch, self._moved = self._saved.pop()
            case b"cm":
                self._moved = True
            case _ if operator in _PLAIN or operator in (b"cs", b"scn"):
                self._hatch = ""

    def _pattern(self, operands: Any, operator: bytes) -> bool:
        """Whether a colour is a pattern; that is remembered and not written."""
        name = str(operands[-1]) if operands else ""
        if operator == b"scn" and name in self.patterns:
            if self._moved:
                raise ValueError("a hatch on moved axes")
            self._hatch = name
            return True
        return operator == b"cs" and name == "/Pattern"

    def _lay(self, operator: bytes) -> None:
        """The pattern's tiles inside the path, then what is left to do with the path."""
        pattern = self.patterns[self._hatch]
        self.used.add(self._hatch)
        clip = b"W*" if operator.endswith(b"*") else b"W"
        self.out += [([], b"q"), *self._path, ([], clip), ([], b"n")]
        for x, y in _tiles(pattern, self._path):
            self.out += [([], b"q"), (_numbers(1, 0, 0, 1, x, y), b"cm"), (_name(self._hatch), b"Do"), ([], b"Q")]
        self.out.append(([], b"Q"))
        if _FILL[operator]:
            self.out += [*self._path, ([], _FILL[operator])]
        self._path = []


def _tiles(pattern: Any, path: Sequence[Operation]) -> list[tuple[float, float]]:
    """Where the tiles stand that touch the path, in its axes."""
    left, foot = (float(n) for n in pattern["/Matrix"][4:6])
    wide, high = float(pattern["/XStep"]), float(pattern["/YStep"])
    xs, ys = _corners(path)
    columns = range(floor((min(xs) - left) / wide), floor((max(xs) - left) / wide) + 1)
    rows = range(floor((min(ys) - foot) / high), floor((max(ys) - foot) / high) + 1)
    return [(left + i * wide, foot + j * high) for j in rows for i in columns]


def _corners(path: Sequence[Operation]) -> tuple[list[float], list[float]]:
    xs, ys = [], []
    for operands, operator in path:
        numbers = [float(n) for n in operands]
        if operator == b"re":
            x, y, w, h = numbers
            numbers = [x, y, x + w, y + h]
        xs += numbers[0::2]
        ys += numbers[1::2]
    return xs, ys


def _numbers(*numbers: float) -> Any:
    from pypdf.generic import ArrayObject, FloatObject

    return ArrayObject([FloatObject(n) for n in numbers])


def _name(name: str) -> Any:
    from pypdf.generic import ArrayObject, NameObject

    return ArrayObject([NameObject(name)])
