"""Three laptops of one study, made once; every test works on copies."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crf_desktop.exchange.invitation import read_invitation, write_invitation
from crf_desktop.exchange.merge import merge_bundle
from crf_desktop.store import NewPerson, Store, create, join
from tests.exchange.site import PASSWORD, SITE_STUDY, StepClock, opened, sent

NAMES = ("a.crf", "b.crf", "c.crf")


@pytest.fixture(scope="session")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A has invited, B (``crc``) and C (``nurse``, whom nobody named) have joined; nothing was merged yet."""
    place = tmp_path_factory.mktemp("joined")
    create(place / "a.crf", SITE_STUDY, StepClock())
    for name, user in (("b.crf", "crc"), ("c.crf", "nurse")):
        with opened(place / "a.crf", "inv") as store:
            write_invitation(store, place / f"{name}.invitation")
        newcomer = NewPerson(user, f"{user.title()} of {name}", "coordinator", PASSWORD)
        join(place / name, read_invitation(place / f"{name}.invitation"), newcomer, StepClock())
    return place


@pytest.fixture(scope="session")
def trusted(joined: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, countersigned by A's administrator and told to B and C."""
    place = tmp_path_factory.mktemp("trusted")
    for name in NAMES:
        shutil.copytree(joined / name, place / name)
    with opened(place / "a.crf", "adm") as a, opened(place / "b.crf") as b, opened(place / "c.crf", "nurse") as c:
        for number, other in enumerate((b, c)):
            merge_bundle(a, sent(other, a, place / f"in{number}"))
        for number, other in enumerate((b, c)):
            merge_bundle(other, sent(a, other, place / f"out{number}"))
    return place


@pytest.fixture(scope="session")
def namesake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another study of the same name, people and definition: only its authority differs."""
    folder = tmp_path_factory.mktemp("namesake") / "other.crf"
    create(folder, SITE_STUDY, StepClock())
    return folder


Opener = Callable[..., Store]


@pytest.fixture
def laptops(trusted: Path, tmp_path: Path) -> Path:
    """Copies of the three countersigned laptops."""
    for name in NAMES:
        shutil.copytree(trusted / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def newcomers(joined: Path, tmp_path: Path) -> Path:
    """Copies of the three laptops before the first merge."""
    for name in NAMES:
        shutil.copytree(joined / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def open_it() -> Iterator[Opener]:
    """Unlocks a study and closes it at the end."""
    stores: list[Store] = []

    def unlocked(folder: Path, user: str = "crc", **more: object) -> Store:
        stores.append(opened(folder, user, **more))
        return stores[-1]

    yield unlocked
    for store in stores:
        store.close()
