"""A laptop is lost and its backup restored: bundles to and from the others, and from the lost one when it turns up."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crf_desktop.capture.soundness import require_checked
from crf_desktop.errors import Refused
from crf_desktop.exchange.bundle import export_bundle
from crf_desktop.exchange.merge import merge_bundle
from crf_desktop.exchange.public_key import inviter_recipients, own_public_key
from crf_desktop.store import Store, backup, restoring
from tests.exchange.site import PASSWORD, StepClock, begin, change, current_state, opened, sent

Opener = Callable[..., Store]


def restored(store: Store, folder: Path, user: str) -> Store:
    made = backup.make_and_record(store, "asked")
    store = restoring.restore(made.path, folder, user, PASSWORD, StepClock())
    require_checked(store)
    return store


@pytest.mark.requirement("REQ-44")
def test_that_the_restored_centre_and_the_others_find_each_other_again(
    laptops: Path, open_it: Opener, tmp_path: Path
) -> None:
    a, b = open_it(laptops / "a.crf", "adm"), open_it(laptops / "b.crf")
    with restored(a, tmp_path / "again.crf", "adm") as again:
        merge_bundle(b, sent(again, b, tmp_path / "told"))
        assert own_public_key(again).age in inviter_recipients(b)
        begin(b, b.next_number())
        export_bundle(b, tmp_path / "back", clock=StepClock())
        merge_bundle(again, tmp_path / "back")
        assert current_state(again) == current_state(b)
        merge_bundle(a, sent(b, a, tmp_path / "old"))  # the old centre turns up and hears of everything
        assert current_state(a) == current_state(b)


@pytest.mark.requirement("REQ-44")
def test_that_a_lost_laptop_and_its_restored_copy_both_end_up_at_the_centre(
    laptops: Path, open_it: Opener, tmp_path: Path
) -> None:
    a, b = open_it(laptops / "a.crf", "adm"), open_it(laptops / "b.crf")
    first = b.next_number()
    begin(b, first)
    change(b, "I.ESSPRI.PAIN", "5", first)
    with restored(b, tmp_path / "again.crf", "crc") as again:
        lost, new = b.next_number(), again.next_number()
        begin(b, lost)
        begin(again, new)
        change(b, "I.ESSPRI.PAIN", "6", first)
        change(again, "I.ESSPRI.PAIN", "7", first)
        report = merge_bundle(a, sent(again, a, tmp_path / "one"))
        assert report.sender_trust == "pending" and [p.user_name for p in report.certified] == ["crc"]
        report = merge_bundle(a, sent(b, a, tmp_path / "two"))
        assert len(report.conflicts) == 1
        subjects = {row.path.subject for row in a.subjects()}
        assert {first, lost, new} <= subjects
        merge_bundle(again, sent(a, again, tmp_path / "three"))
        assert again.session.trust == "certified" and again.installation.certificate is not None
        merge_bundle(a, sent(again, a, tmp_path / "four"))  # with the query about the conflict, which a site raises
        assert current_state(again) == current_state(a)
        assert a.verify("full")[-1].code == again.verify("full")[-1].code == "verify.ok_full"


def test_that_bundles_of_one_origin_that_went_on_twice_are_refused(laptops: Path, tmp_path: Path) -> None:
    shutil.copytree(laptops / "b.crf", tmp_path / "twin.crf")
    with opened(laptops / "a.crf", "adm") as a, opened(laptops / "b.crf") as b, opened(tmp_path / "twin.crf") as twin:
        begin(b, b.next_number())
        begin(twin, twin.next_number(), "2027-05-05")
        merge_bundle(a, sent(b, a, tmp_path / "one"))
        with pytest.raises(Refused) as raised:
            merge_bundle(a, sent(twin, a, tmp_path / "two"))
        assert raised.value.code == "bundle.forked"
