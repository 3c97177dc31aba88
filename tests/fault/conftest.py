"""One site made once, the shim built once, one nursery per file of tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from crf_desktop.store import engine
from tests.fault import shim
from tests.fault.children import Nursery
from tests.fault.site import copy_site, make_site, unlocked_memory


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """Thousands of openings: memory is not locked while these tests run."""
    kept = engine._CIPHER_PRAGMAS
    unlocked_memory()
    yield
    engine._CIPHER_PRAGMAS = kept  # type: ignore[misc]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two laptops, bundles, a signed PDF; not to be written to."""
    place = tmp_path_factory.mktemp("site") / "site"
    place.mkdir()
    make_site(place)
    return place


@pytest.fixture
def place(site: Path, tmp_path: Path) -> Path:
    """A copy to break."""
    return copy_site(site, tmp_path / "site")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shim; skips where there is no C compiler."""
    if shim.compiler() is None:
        pytest.skip(shim.NO_COMPILER)
    return shim.build(tmp_path_factory.mktemp("shim"))


@pytest.fixture(scope="module")
def watched(built: Path) -> Iterator[Nursery]:
    """A nursery whose children are recorded and made to fail."""
    nursery = Nursery(built)
    yield nursery
    nursery.close()


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """A nursery whose children are left alone."""
    if shutil.which("true") is None:
        pytest.skip("no POSIX here")
    nursery = Nursery(None)
    yield nursery
    nursery.close()
