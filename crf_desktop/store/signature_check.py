"""Row signatures, checked here or shared with a second process."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Signed = tuple[bytes, bytes, bytes, str, int]
"""Public key, signature, hash; origin and seq of the row."""
Place = tuple[str, int]


class Signatures(Protocol):
    """Takes rows as they come; says which signatures do not fit, sooner or later, and all of them at the end."""

    def check(self, rows: Sequence[Signed]) -> list[Place]:
        """Rows found wrong so far."""
        ...

    def rest(self) -> list[Place]:
        """Waits for what is under way."""
        ...


class Alone:
    """In this process."""

    def __init__(self) -> None:
        self._keys: dict[bytes, Ed25519PublicKey] = {}

    def check(self, rows: Sequence[Signed]) -> list[Place]:
        """Checks at once."""
        bad: list[Place] = []
        for public, signature, digest, origin, seq in rows:
            key = self._keys.get(public)
            if key is None:
                key = self._keys[public] = Ed25519PublicKey.from_public_bytes(public)
            try:
                key.verify(signature, digest)
            except (InvalidSignature, ValueError):
                bad.append((origin, seq))
        return bad

    def rest(self) -> list[Place]:
        """Nothing is under way."""
        return []


class Shared:
    """With a second process, which gets the rows whenever it has nothing to do; it ends with this one."""

    def __init__(self) -> None:
        import multiprocessing  # few verify so much

        context = multiprocessing.get_context("spawn")
        self._line, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other,), daemon=True)
        self._process.start()
        other.close()
        self._here, self._lent = Alone(), list[Sequence[Signed]]()

    def check(self, rows: Sequence[Signed]) -> list[Place]:
        """Lends the rows out, or checks them here while the other is busy."""
        bad: list[Place] = []
        if self._lent and self._line.poll():
            bad += self._back()
        if self._lent:
            return bad + self._here.check(rows)
        try:
            self._line.send(rows)
        except OSError:  # the other process is gone
            return bad + self._here.check(rows)
        self._lent.append(rows)
        return bad

    def _back(self) -> list[Place]:
        rows = self._lent.pop()
        try:
            found: list[Place] = self._line.recv()
        except (EOFError, OSError):
            return self._here.check(rows)
        return found

    def rest(self) -> list[Place]:
        """What the other process has found; it ends."""
        bad = self._back() if self._lent else []
        self.close()
        return bad

    def close(self) -> None:
        """Ends the other process."""
        self._line.close()
        self._process.terminate()
        self._process.join()


def _serve(line: Connection) -> None:
    alone: Callable[[Sequence[Signed]], list[Place]] = Alone().check
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            line.send(alone(line.recv()))
