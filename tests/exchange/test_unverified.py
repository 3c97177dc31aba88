"""Whoever does not wait for the check of the log is refused by the act itself, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crf_desktop.capture.soundness import require_checked
from crf_desktop.errors import EnvironmentProblem
from crf_desktop.exchange.bundle import export_bundle
from crf_desktop.exchange.merge import merge_bundle
from crf_desktop.exchange.tables import export_csv
from crf_desktop.store import Store, unlock
from tests.exchange.conftest import Opener
from tests.exchange.site import DEFINITION, PASSWORD, StepClock, begin, fingerprint_of, sent


@pytest.mark.requirement("REQ-46")
def test_that_export_and_merge_refuse_until_the_log_is_checked(
    laptops: Path, open_it: Opener, tmp_path: Path
) -> None:
    other = open_it(laptops / "b.crf")
    begin(other, "02-001")
    out = tmp_path / "out"
    with unlock(laptops / "a.crf", "dat", PASSWORD, StepClock()) as store:
        bundle = sent(other, store, tmp_path / "in")
        acts: list[Callable[[Store], object]] = [
            lambda s: export_bundle(s, out), lambda s: export_csv(s, DEFINITION, out), lambda s: merge_bundle(s, bundle)
        ]  # fmt: skip
        assert store.checked == ""  # it holds entries of other laptops that were never read back
        before = fingerprint_of(store)
        for act in acts:
            with pytest.raises(EnvironmentProblem) as refused:
                act(store)
            assert refused.value.code == "store.unverified" and all(refused.value.sentences("zh"))
            assert fingerprint_of(store) == before and not out.exists()
    with unlock(laptops / "a.crf", "dat", PASSWORD, StepClock()) as store:
        require_checked(store)
        assert merge_bundle(store, bundle).rows_new and export_bundle(store, out).rows
