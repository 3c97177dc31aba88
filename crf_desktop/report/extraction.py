"""The attachments of a PDF taken out again: bounded, and told apart from what was put in later."""

from __future__ import annotations

import hashlib
import logging
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from attrs import field, frozen

MOST_BYTES: Final = 256 << 20
"""Of one attachment, unpacked."""
_MOST_FILES: Final = 64
_RANGE: Final = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")


class Unreadable(Exception):
    """The list of attachments cannot be read."""


@frozen
class Found:
    """One attachment."""

    name: str
    data: bytes | None = field(repr=False)
    """None: it cannot be unpacked."""
    as_stated: bool
    """Whether it is as long as the file states, and has the checksum where one is stated."""


def attachments_in(pdf: bytes) -> tuple[Found, ...]:
    """Every attachment in the list of embedded files; raises :class:`Unreadable`."""
    from pypdf import PdfReader  # only where a document is checked

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is told as a finding
    try:
        root: Any = PdfReader(BytesIO(pdf)).root_object
        names = root.get("/Names")
        tree = names.get_object().get("/EmbeddedFiles") if names is not None else None
        return tuple(_found(name, spec) for name, spec in _listed(tree.get_object())) if tree is not None else ()
    except Exception as error:  # pypdf raises whatever a byte leads it to
        raise Unreadable from error


def replaced(pdf: bytes, now: tuple[Found, ...]) -> list[str]:
    """Names of attachments that a revision after the first signature put in the place of others, or took away."""
    ends = [int(a) + int(b) for _, a, b in _RANGE.findall(pdf)]
    if not ends or min(ends) >= len(pdf):
        return []
    try:
        signed = {found.name: found.data for found in attachments_in(pdf[: min(ends)])}
    except Unreadable:
        return []
    present = {found.name: found.data for found in now}
    return sorted(name for name in {*signed, *present} if signed.get(name) != present.get(name))


def _listed(tree: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """The leaves of the name tree."""
    if depth > 8:
        raise ValueError("a name tree without end")
    names = tree.get("/Names", [])
    if len(names) > 2 * _MOST_FILES:
        raise ValueError("too many attachments")
    for at in range(0, len(names) - 1, 2):
        yield str(names[at]), names[at + 1].get_object()
    for kid in tree.get("/Kids", [])[:_MOST_FILES]:
        yield from _listed(kid.get_object(), depth + 1)


def _found(name: str, spec: Any) -> Found:
    stream = spec["/EF"]["/F"].get_object()
    data = _unpacked(stream)
    stated = stream.get("/Params")
    stated = stated.get_object() if stated is not None else {}
    same = data is not None and stated.get("/Size") == len(data)
    if data is not None and "/CheckSum" in stated:
        digest = getattr(stated["/CheckSum"], "original_bytes", b"")
        same = same and digest == hashlib.md5(data, usedforsecurity=False).digest()
    return Found(name, data, same)


def _unpacked(stream: Any) -> bytes | None:
    filters = stream.get("/Filter")
    raw: bytes = stream._data
    if filters is None:
        return raw
    if filters not in ("/FlateDecode", ["/FlateDecode"]):
        return None
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(raw, MOST_BYTES)
    except zlib.error:
        return None
    return data if unpacking.eof else None
