"""The analysis page in a test: opened, waited for."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crf_desktop.capture.study import Study
from crf_desktop.demo.maker import PASSWORD

PATIENCE_S = 120.0


def open_page(
    window: Any, hand: Any, folder: Path, user: str = "data-manager", password: str = PASSWORD, **how: Any
) -> Any:
    """Unlocks a study for somebody and goes to its results; the log is verified, so that no export waits for that."""
    from crf_desktop.ui.places import Where

    window.folder = folder
    study = Study.open(folder, user, password, **how)
    study.store.verify("full")
    window._opened(study)
    hand.rest()
    window.places.go(Where("analysis"))
    return window.places.analysis


def wait(hand: Any, until: Callable[[], bool]) -> None:
    """Lets the window work until something holds."""
    end = time.monotonic() + PATIENCE_S
    while not until():
        assert time.monotonic() < end, "it did not come"
        hand.rest()


def arrived(page: Any) -> bool:
    """Whether results stand, and none are on their way."""
    return page.desk.overview is not None and not page.desk.busy


def drawn(page: Any) -> bool:
    """Whether the figure that is wanted stands on the paper."""
    return bool(page.figures._shown) and page.figures._shown == page.figures._wanted()


def process(page: Any) -> int:
    """Number of the worker process."""
    return next(iter(page.desk.workshop._pool._processes))
