"""Signing and whatever leaves the study refuse, by themselves, while the log is not verified; entry goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crf_desktop.capture.exporting import record_export
from crf_desktop.capture.signing import export_pdf, mark_seen, sign_visit
from crf_desktop.capture.soundness import require_checked
from crf_desktop.capture.study import Study
from crf_desktop.errors import EnvironmentProblem

from .conftest import PASSWORD, WEEK_0
from .test_entry import fill_esspri


@pytest.mark.requirement("REQ-46")
def test_that_a_caller_that_skips_the_check_is_refused_and_nothing_is_written(study: Study, subject: str) -> None:
    study.store.checked = ""  # as after the opening of a study with entries that were never read back
    entry = study.form(subject, WEEK_0, "F.ESSPRI")
    fill_esspri(entry)
    entry.complete()  # entry is allowed
    mark_seen(study, entry)
    meaning = study.definition.signature_meanings[0]

    def sign() -> object:
        return sign_visit(study, subject, WEEK_0, ["F.ESSPRI"], meaning, "inv", PASSWORD)

    acts: list[Callable[[], object]] = [
        sign, lambda: record_export(study, "figure", b"png"), lambda: export_pdf(study, study.store.metadata_digest),
    ]  # fmt: skip
    before = study.store.head()
    for act in acts:
        with pytest.raises(EnvironmentProblem) as refused:
            act()
        assert refused.value.code == "store.unverified" and "checked" in refused.value.sentences("en")[0]
        assert study.store.head() == before
    require_checked(study.store)
    sign()
    assert len(study.store.signatures(entry.path)) == 1
