"""Reading that takes long, in steps: the command runs through them, a window takes one per turn of its loop."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TypeVar

T = TypeVar("T")
Steps = Generator[None, None, T]
"""Yields after each part that was read; returns what was asked for."""


def run_through(steps: Steps[T], tick: Callable[[], None]) -> T:
    """All steps at once; ``tick`` is told after each, and raises to cancel."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result
        tick()
