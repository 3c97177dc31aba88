"""Bech32 (BIP 173) as the age tool writes its keys."""

from __future__ import annotations

from typing import Final

_ALPHABET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, data: bytes) -> str:
    """``prefix`` + 1 + data + checksum, lower case."""
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    words = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    polymod = _polymod([*expanded, *words, 0, 0, 0, 0, 0, 0]) ^ 1
    checksum = [(polymod >> 5 * (5 - i)) & 31 for i in range(6)]
    return prefix + "1" + "".join(_ALPHABET[word] for word in words + checksum)


def decode(prefix: str, text: str) -> bytes:
    """The data of a lower-case text of that prefix; raises ValueError for a wrong prefix, character or checksum."""
    front, _, tail = text.rpartition("1")
    words = [_ALPHABET.index(character) for character in tail]
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    if front != prefix or len(words) < 6 or _polymod([*expanded, *words]) != 1:
        raise ValueError("not such a key")
    bits = "".join(f"{word:05b}" for word in words[:-6])
    whole = len(bits) // 8 * 8
    if "1" in bits[whole:]:
        raise ValueError("not such a key")
    return bytes(int(bits[at : at + 8], 2) for at in range(0, whole, 8))


def _polymod(words: list[int]) -> int:
    check = 1
    for word in words:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ word
        for i in range(5):
            check ^= _GENERATOR[i] if (top >> i) & 1 else 0
    return check
