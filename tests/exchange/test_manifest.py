"""A manifest that is signed and does not tell the truth about its rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from crf_desktop.errors import Refused
from crf_desktop.exchange.bundle import _plan
from crf_desktop.exchange.merge import merge_bundle
from tests.exchange.conftest import Opener
from tests.exchange.hostile import bundle_of
from tests.exchange.site import fingerprint_of


@pytest.mark.requirement("REQ-39")
@pytest.mark.parametrize("field", ["head", "previous_head"])
def test_that_rows_which_do_not_end_or_begin_where_the_manifest_says_are_refused(
    laptops: Path, open_it: Opener, field: str
) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    runs = _plan(b, {}).runs
    merge_bundle(a, bundle_of(b, a, laptops / "true"))
    before = fingerprint_of(a)
    lying = (*runs[:-1], evolve(runs[-1], **{field: "ab" * 32}))
    with pytest.raises(Refused) as no:
        merge_bundle(a, bundle_of(b, a, laptops / "lying", runs=lying))
    assert no.value.code == "bundle.inconsistent" and fingerprint_of(a) == before
