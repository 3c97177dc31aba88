"""One site made once, the shim built once, one nursery per file of tests."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from crf_desktop.store import engine, stretch
from tests.fault import shim
from tests.fault.children import Nursery
from tests.fault.site import copy_site, light, make_site
from tests.ui.conftest import hand, window  # noqa: F401  (the window, for what only it can show)


@contextlib.contextmanager
def lightly() -> Iterator[None]:
    """While this lasts no memory is locked and no password stretched."""
    kept = engine._CIPHER_PRAGMAS, stretch.hash_secret_raw
    light()
    try:
        yield
    finally:
        engine._CIPHER_PRAGMAS, stretch.hash_secret_raw = kept  # type: ignore[misc]


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """Thousands of openings are cheap while these tests run."""
    with lightly():
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two laptops, bundles, a signed PDF; not to be written to."""
    place = tmp_path_factory.mktemp("site") / "site"
    place.mkdir()
    with lightly():
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
