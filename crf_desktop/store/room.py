"""How much may still be written where a study lies: told when it is little; when almost none, nothing new begins."""

from __future__ import annotations

import shutil
from enum import Enum
from pathlib import Path
from typing import Final

LITTLE: Final = 200_000_000
"""Bytes; below it a person is told."""
ALMOST_NONE: Final = 50_000_000
"""Bytes; below it no participant, visit or form is begun, so that what is begun can be finished."""
UNKNOWN: Final = 1 << 62


class Room(Enum):
    """What the disk still takes."""

    AMPLE = "ample"
    LITTLE = "little"
    ALMOST_NONE = "almost_none"


def free_bytes(folder: Path) -> int:
    """Free bytes a user may still write where the study lies; a large number when the system does not say."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return UNKNOWN


def room_for(free: int) -> Room:
    """What so many free bytes allow."""
    if free >= LITTLE:
        return Room.AMPLE
    return Room.LITTLE if free >= ALMOST_NONE else Room.ALMOST_NONE
