"""The recovery code on paper: groups whose check character names a slip of the pen, or three shares of which two do."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Final

from crf_desktop.errors import Refused

SECRET: Final = 20
"""Bytes: 160 random bits, out of reach of guessing whatever a guess costs."""
GROUPS: Final = 8
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O (read as 1, 1, 0) and no U."""
_READ_AS: Final = str.maketrans("OIL", "011")
_DATA: Final = 4
"""Characters of a group before its check character."""
SHARES: Final = 3
NEEDED: Final = 2
"""Shares that together are the code; one alone tells nothing."""


def new_secret() -> bytearray:
    """A fresh secret."""
    return bytearray(os.urandom(SECRET))


def text_of(secret: bytes | bytearray) -> str:
    """What is stretched like a password: the secret in base 32, 32 characters, without checks."""
    number = int.from_bytes(secret, "big")
    return "".join(_ALPHABET[number >> 5 * at & 31] for at in reversed(range(SECRET * 8 // 5)))


def code_of(secret: bytes | bytearray) -> str:
    """``XXXXC-XXXXC-…``: eight groups of four characters and a check character."""
    text = text_of(secret)
    groups = (text[at : at + _DATA] for at in range(0, len(text), _DATA))
    return "-".join(group + _ALPHABET[_check(group, number)] for number, group in enumerate(groups, 1))


def secret_of(typed: str) -> bytearray:
    """The secret of a typed code; Refused ``recovery.length`` or ``recovery.group`` with the number of the group."""
    text = re.sub(r"[\s\-–—]", "", typed).upper().translate(_READ_AS)
    size = _DATA + 1
    groups = [text[at : at + size] for at in range(0, len(text), size)]
    for number, group in enumerate(groups[:GROUPS], 1):
        known = all(character in _ALPHABET for character in group)
        if not known or (len(group) == size and group[-1] != _ALPHABET[_check(group[:-1], number)]):
            raise Refused("recovery.group", group=number, typed_groups=GROUPS)
    if len(text) != GROUPS * size:
        raise Refused("recovery.length", wanted=GROUPS * size, found=len(text))
    value = 0
    for character in "".join(group[:-1] for group in groups):
        value = value << 5 | _ALPHABET.index(character)
    return bytearray(value.to_bytes(SECRET, "big"))


def _check(group: str, number: int) -> int:
    """Over GF(32): powers of the generator as weights, so that one wrong or two exchanged characters always show.

    The number of the group is part of it, so that exchanged groups show too.
    """
    check = number
    for power, character in enumerate(group, 1):
        check ^= _times(_ALPHABET.index(character), power)
    return check


def _times(value: int, power: int) -> int:
    """``value`` times the generator's power in GF(2⁵) modulo x⁵ + x² + 1."""
    for _ in range(power):
        value <<= 1
        if value & 32:
            value ^= 0b100101
    return value


def shares_of(secret: bytes | bytearray) -> tuple[str, ...]:
    """Three lines of words (SLIP-0039), any two of which are the code; readable by other people's tools."""
    from shamir_mnemonic import generate_mnemonics  # few ask for it

    (lines,) = generate_mnemonics(1, [(NEEDED, SHARES)], bytes(secret), iteration_exponent=0)
    return tuple(lines)


def secret_of_shares(typed: Sequence[str]) -> bytearray:
    """The secret of two typed shares.

    Refused ``recovery.share_word`` (which share, which word), ``.share_damaged``, ``.shares_same``, ``.shares_differ``.
    """
    from shamir_mnemonic import MnemonicError, combine_mnemonics  # few ask for it

    lines = [_words(line, number) for number, line in enumerate(typed, 1)]
    if len(lines) < NEEDED or len({read.index for read in lines}) < NEEDED:
        raise Refused("recovery.shares_same", needed=NEEDED)
    try:
        return bytearray(combine_mnemonics([read.words for read in lines[:NEEDED]]))
    except MnemonicError:
        raise Refused("recovery.shares_differ") from None


def is_share(typed: str) -> bool:
    """Whether the text is words, not a code."""
    return len(typed.split()) > GROUPS + 1


class _Share:
    def __init__(self, words: str, index: tuple[int, int]) -> None:
        self.words, self.index = words, index


def _words(typed: str, number: int) -> _Share:
    from shamir_mnemonic import MnemonicError  # few ask for it
    from shamir_mnemonic.share import Share
    from shamir_mnemonic.wordlist import WORDLIST

    words = typed.lower().split()
    for at, word in enumerate(words, 1):
        if word not in WORDLIST:
            raise Refused("recovery.share_word", share=number, word=at)
    try:
        share = Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        raise Refused("recovery.share_damaged", share=number) from None
    return _Share(" ".join(words), (share.identifier, share.index))
