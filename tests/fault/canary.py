"""Values that exist nowhere else, and every form in which one of them may have been written."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

NOTE = "Zwergelstern-47-Gewebe"
HALF_TYPED = "Halbgetippt-83-Fieber"
REASON = "Begruendung-29-Waage"
WRONG_PASSWORD = "ein falsches Kennwort 5512"


def forms(secret: bytes) -> Iterator[bytes]:
    """As it is, in hex, and in Base64 from each of the three places a byte may have in it."""
    yield secret
    yield secret.hex().encode()
    yield secret.hex().upper().encode()
    for skipped in range(3):
        coded = base64.b64encode(bytes(skipped) + secret)
        yield coded[skipped + 1 if skipped else 0 : len(coded) - 4]
        yield base64.urlsafe_b64encode(bytes(skipped) + secret)[skipped + 1 if skipped else 0 : len(coded) - 4]


def patterns(words: dict[str, str], keys: dict[str, bytes]) -> dict[bytes, str]:
    """What to look for → what it is."""
    found: dict[bytes, str] = {}
    for name, word in words.items():
        for coding in ("utf-8", "utf-16-le", "utf-16-be"):
            found |= dict.fromkeys(forms(word.encode(coding)), f"{name} ({coding})")
    for name, key in keys.items():
        found |= dict.fromkeys(forms(key), name)
    return found


def seen(data: bytes, looked_for: dict[bytes, str]) -> set[str]:
    """What of it is there."""
    return {name for pattern, name in looked_for.items() if pattern in data}


def seen_below(folder: Path, looked_for: dict[bytes, str]) -> dict[str, set[str]]:
    """File → what of it is there, names of files included."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        if here := seen(name.encode() + b"\n" + data, looked_for):
            found[name] = here
    return found
