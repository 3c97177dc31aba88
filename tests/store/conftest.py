"""Studies made once per session and copied for each test: passwords and RSA keys are meant to be slow."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crf_desktop.store import Store, create, join, unlock
from tests.store.builders import ADMINISTRATOR, JOINER, PASSWORD, SITE_STUDY, StepClock


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh study: one investigator, one coordinator, one monitor, one administrator."""
    folder = tmp_path_factory.mktemp("made") / "study.crf"
    create(folder, SITE_STUDY, StepClock())
    return folder


@pytest.fixture(scope="session")
def made_pair(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same study with an invitation given, and the laptop that joined by it."""
    place = tmp_path_factory.mktemp("pair")
    shutil.copytree(made, place / "first.crf")
    with unlock(place / "first.crf", ADMINISTRATOR, PASSWORD, StepClock()) as store:
        invitation = store.invitation()
    join(place / "second.crf", invitation, JOINER, StepClock())
    return place / "first.crf", place / "second.crf"


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of the fresh study."""
    return Path(shutil.copytree(made, tmp_path / "study.crf"))


@pytest.fixture
def pair(made_pair: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """Copies of the first and the joined file."""
    first, second = (Path(shutil.copytree(source, tmp_path / source.name)) for source in made_pair)
    return first, second


@pytest.fixture
def opened() -> Iterator[Callable[..., Store]]:
    """Unlocks with the common pass phrase and closes at the end."""
    stores: list[Store] = []

    def open_it(folder: Path, user: str = "investigator", **more: object) -> Store:
        more.setdefault("clock", StepClock())
        stores.append(unlock(folder, user, PASSWORD, **more))  # type: ignore[arg-type]
        return stores[-1]

    yield open_it
    for store in stores:
        store.close()


@pytest.fixture
def store(folder: Path, opened: Callable[..., Store]) -> Store:
    """The fresh study, open as its investigator."""
    return opened(folder)
