"""JSON read without mercy: what a careless parser would accept is refused."""

from __future__ import annotations

import json
from typing import Any, NoReturn

MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1
"""RFC 8785 numbers are exact up to here."""


class StrictError(ValueError):
    """The text is not JSON as this program writes it; says why, without the text."""


def read(data: bytes, most: int) -> Any:
    """The value in the bytes: UTF-8, no duplicate key, no float, NaN or huge integer, no lone surrogate, not deep."""
    if len(data) > most:
        raise StrictError("too long")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise StrictError("not UTF-8") from None
    if _depth(text) > MAX_DEPTH:
        raise StrictError("too deep")
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_float=_no_float, parse_constant=_no_float, parse_int=_integer
        )
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except StrictError:
        raise
    except (ValueError, RecursionError):
        raise StrictError("not JSON") from None
    return value


def read_object(data: bytes, most: int) -> dict[str, Any]:
    """The object in the bytes; raises StrictError for anything else."""
    value = read(data, most)
    if not isinstance(value, dict):
        raise StrictError("not an object")
    return value


def _depth(text: str) -> int:
    deepest = depth = 0
    quoted = escaped = False
    for c in text:
        if quoted:
            quoted = escaped or c != '"'
            escaped = not escaped and c == "\\"
        elif c == '"':
            quoted = True
        elif c in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif c in "]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise StrictError("a key stands twice")
    return found


def _no_float(text: str) -> NoReturn:
    raise StrictError("a number that is not whole")


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > MAX_INTEGER:
        raise StrictError("a number too large")
    return int(text)
