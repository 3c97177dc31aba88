"""A backup becomes a study again: by password or by the code on paper, under an origin of its own, or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crf_desktop.errors import EnvironmentProblem, Explained
from crf_desktop.model.data import Datum, Entry, Kind
from crf_desktop.model.path import ItemPath, next_key
from crf_desktop.store import Store, backup, keyring, lineage, recovery, restoring, unlock
from crf_desktop.store.log import Log
from tests.store.builders import ADMINISTRATOR, PASSWORD, StepClock, answer, codes, item


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Explained) as raised:
        act()
    return raised.value.code


def enrol(store: Store) -> str:
    subject = store.next_number()
    store.append([Entry(Kind.SUBJECT, ItemPath(subject), "Insert", Datum("enrolled"))])
    return subject


@pytest.fixture
def kept(store: Store, tmp_path: Path) -> Path:
    """A backup of a study with two participants and an answer, on a stick."""
    enrol(store)
    enrol(store)
    store.append([answer(item(), "5")])
    made = backup.make_and_record(store, "asked")
    return Path(shutil.copy(made.path, tmp_path / "stick.crfbackup"))


@pytest.mark.requirement("REQ-44")
def test_that_a_restored_study_holds_everything_and_goes_on_under_another_origin(
    store: Store, kept: Path, tmp_path: Path
) -> None:
    with restoring.restore(kept, tmp_path / "again.crf", "investigator", PASSWORD, StepClock()) as again:
        assert again.origin != store.origin
        end = backup.last(store).seq
        assert [c.hash for c in again.changes(store.origin)] == [c.hash for c in store.changes(store.origin, 0, end)]
        head = again.at(item())
        assert head is not None and head.datum.value == "5"
        first = [json.loads(row.payload or "{}") for row in again.changes(again.origin, 0, 2)]
        assert [body["act"] for body in first] == ["request", "restored"]
        assert (first[1]["from_origin"], first[1]["from_seq"]) == (store.origin, end)
        assert first[1]["made_at"] == backup.last(store).made_at
        assert codes(again) == {"verify.ok_full"} and not again.findings
        assert again.installation.sign_public != store.installation.sign_public
        again.append([answer(item(), "6", based_on=(head.origin, head.seq), reason_for_change="Read again.")])
    with unlock(tmp_path / "again.crf", "coordinator", PASSWORD, StepClock()) as again:
        assert codes(again) == {"verify.ok_full"} and not again.findings


def test_that_keys_wait_for_the_authority_and_an_administrator_answers_for_those_it_knew(
    kept: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "again.crf"
    with restoring.restore(kept, folder, "investigator", PASSWORD, StepClock()) as again:
        assert again.session.trust == "pending" and again.installation.certificate is None
    with unlock(folder, ADMINISTRATOR, PASSWORD, StepClock()) as again:
        assert again.session.trust == "certified" and again.installation.certificate is not None
        assert again.requests() == [] and codes(again) == {"verify.ok_full"}
    for name in ("investigator", "coordinator", "monitor"):
        with unlock(folder, name, PASSWORD, StepClock()) as again:
            assert again.session.trust == "certified"


def test_that_an_administrator_who_restores_certifies_at_once(kept: Path, tmp_path: Path) -> None:
    with restoring.restore(kept, tmp_path / "again.crf", ADMINISTRATOR, PASSWORD, StepClock()) as again:
        assert again.session.trust == "certified" and again.installation.certificate is not None
        assert codes(again) == {"verify.ok_full"}


@pytest.mark.requirement("REQ-44")
def test_that_the_code_on_paper_restores_where_nobody_knows_a_password(
    folder: Path, opened: Callable[..., Store], tmp_path: Path
) -> None:
    with unlock(folder, ADMINISTRATOR, PASSWORD, StepClock()) as store:
        code = recovery.make(store)
        recovery.drill(store, [code.code])
        store_origin = store.origin
        made = backup.make_and_record(store, "asked")
    fresh = "an entirely new sentence for it"
    with restoring.restore_by_code(
        made.path, tmp_path / "again.crf", [code.code], ADMINISTRATOR, fresh, StepClock()
    ) as again:
        assert again.origin != store_origin and again.session.trust == "certified"
        assert codes(again) == {"verify.ok_full"}
    with unlock(tmp_path / "again.crf", "investigator", PASSWORD, StepClock()) as again:
        assert again.session.trust == "certified" and codes(again) == {"verify.ok_full"}
    former = code_of(lambda: unlock(tmp_path / "again.crf", ADMINISTRATOR, PASSWORD, StepClock()))
    assert former == "keys.wrong_password"


def test_that_another_code_restores_nothing(kept: Path, folder: Path, tmp_path: Path) -> None:
    from crf_desktop.store import recovery_code

    wrong = recovery_code.code_of(recovery_code.new_secret())
    target = tmp_path / "again.crf"
    assert code_of(
        lambda: restoring.restore_by_code(kept, target, [wrong], ADMINISTRATOR, PASSWORD, StepClock())
    ).startswith("recovery.")
    assert not target.exists() and not target.with_name("again.crf.part").exists()


@pytest.mark.requirement("REQ-46")
@pytest.mark.parametrize("fault", ["wrong password", "no such user", "damaged", "cut off", "not one", "exists"])
def test_that_what_cannot_be_restored_leaves_nothing_behind(kept: Path, tmp_path: Path, fault: str) -> None:
    target, name, secret = tmp_path / "again.crf", "investigator", PASSWORD
    whole = bytearray(kept.read_bytes())
    wanted = {"wrong password": "keys.wrong_password", "no such user": "keys.no_such_user", "exists": "study.exists",
              "not one": "backup.not_one"}.get(fault, "backup.damaged")  # fmt: skip
    if fault == "wrong password":
        secret = "not the pass phrase at all"
    elif fault == "no such user":
        name = "nobody"
    elif fault == "damaged":
        whole[len(whole) // 3] ^= 4
    elif fault == "cut off":
        whole = whole[: len(whole) // 2]
    elif fault == "not one":
        whole = bytearray(b"%PDF-1.7 and more")
    else:
        target.mkdir()
    kept.write_bytes(whole)
    assert code_of(lambda: restoring.restore(kept, target, name, secret, StepClock())) == wanted
    assert target.exists() == (fault == "exists") and not target.with_name("again.crf.part").exists()
    absent = code_of(lambda: restoring.restore(tmp_path / "none", target.with_name("b"), name, secret))
    assert absent == "backup.not_read"


def test_that_both_laptops_go_on_and_nothing_is_given_twice(
    store: Store, kept: Path, tmp_path: Path
) -> None:
    """The old laptop turns up again: numbers, repeat keys and user numbers of the two never meet."""
    later = [enrol(store) for _ in range(3)]
    with restoring.restore(kept, tmp_path / "again.crf", "investigator", PASSWORD, StepClock()) as again:
        mine = [enrol(again) for _ in range(3)]
        assert not set(mine) & set(later) and len(set(mine)) == 3
        assert next_key(store.block.index, set()) != next_key(again.block.index, set())
        old = [*store.changes(store.origin)]
        got = again.receive(old, {})
        assert got.added == len(old) - lineage.before(Log(again.parts.database), again.origin)[0][1]
        subjects = [row.path.subject for row in again.subjects()]
        assert sorted(subjects) == sorted({*later, *mine, "01-001", "01-002"})
        back = store.receive([*again.changes(again.origin)], {})
        assert back.added == again.head()[1] and back.pending
        assert [row.path.subject for row in store.subjects()] == subjects
        assert codes(again) == codes(store) == {"verify.ok_full"}
        assert store.next_number() not in subjects and again.next_number() not in subjects


def test_that_the_same_answer_changed_on_both_is_kept_twice_and_shown_as_a_conflict(
    store: Store, kept: Path, tmp_path: Path
) -> None:
    with restoring.restore(kept, tmp_path / "again.crf", "investigator", PASSWORD, StepClock()) as again:
        for one, value in ((store, "6"), (again, "7")):
            head = one.at(item())
            assert head is not None
            one.append([answer(item(), value, based_on=(head.origin, head.seq), reason_for_change="Read again.")])
        got = again.receive([*store.changes(store.origin)], {})
        assert got.conflicts == (item(),)
        assert {row.datum.value for row in again.history(item())} == {"5", "6", "7"}


def test_that_one_origin_that_went_on_twice_is_refused_as_a_fork(folder: Path, tmp_path: Path) -> None:
    """Tests copy on purpose here, so nobody minted: the receiver finds it."""
    twin = Path(shutil.copytree(folder, tmp_path / "twin.crf"))
    with (
        unlock(folder, "investigator", PASSWORD, StepClock()) as one,
        unlock(twin, "investigator", PASSWORD, StepClock()) as two,
    ):
        one.append([answer(item(), "5")])
        two.append([answer(item(), "6")])
        assert code_of(lambda: one.receive([*two.changes(two.origin)], {})) == "bundle.forked"


def test_that_a_file_that_grew_out_of_another_past_is_refused(
    store: Store, kept: Path, pair: tuple[Path, Path], opened: Callable[..., Store], tmp_path: Path
) -> None:
    """A row that names a past which is not the one held here."""
    from crf_desktop.store import receiving

    with restoring.restore(kept, tmp_path / "again.crf", "investigator", PASSWORD, StepClock()) as again:
        rows = [*again.changes(again.origin)]
        body = json.loads(rows[1].payload or "{}")
        run = type("Run", (), {"log": Log(store.parts.database)})()
        receiving._check_past(run, rows[1], body)
        with pytest.raises(Explained) as raised:
            receiving._check_past(run, rows[1], {**body, "from_head": "00" * 32})
        assert raised.value.code == "bundle.forked"


def test_that_a_joined_laptop_restored_knows_the_people_its_invitation_named(
    pair: tuple[Path, Path], opened: Callable[..., Store], tmp_path: Path
) -> None:
    second = opened(pair[1])
    made = backup.make_and_record(second, "asked")
    with restoring.restore(made.path, tmp_path / "again.crf", "investigator", PASSWORD, StepClock()) as again:
        assert again.people() == second.people()
        assert again.block.index > 9_999 and not again.parts.founding
        first = opened(pair[0], ADMINISTRATOR)
        first.receive([*again.changes(second.origin), *again.changes(again.origin)], {})
        waiting = {request.origin for request in first.requests()}
        assert waiting == {second.origin, again.origin}
        assert codes(first) == {"verify.ok_full"}


def test_that_a_restored_founder_invites_with_numbers_nobody_could_have_counted_to(
    store: Store, kept: Path, tmp_path: Path
) -> None:
    with restoring.restore(kept, tmp_path / "again.crf", ADMINISTRATOR, PASSWORD, StepClock()) as again:
        invited = again.invitation().block
        assert invited.index > 9_999 and invited.index != again.block.index
    assert store.block.index == 1


def test_that_a_key_that_was_revoked_is_not_countersigned_under_another_origin(
    folder: Path, tmp_path: Path, opened: Callable[..., Store]
) -> None:
    """A stolen backup and an old password: whoever restores it stays unknown to the study, for good."""
    from crf_desktop.store import accounts

    with unlock(folder, "investigator", PASSWORD, StepClock()) as store:
        made = backup.make_and_record(store, "asked")
    stolen = Path(shutil.copy(made.path, tmp_path / "stolen.crfbackup"))
    with unlock(folder, ADMINISTRATOR, PASSWORD, StepClock()) as home:
        person = next(p for p in home.people() if p.user_name == "investigator")
        accounts.reset(home, person.user_oid, "a fresh sentence after the theft", "Laptop stolen")
        with restoring.restore(stolen, tmp_path / "thief.crf", "investigator", PASSWORD, StepClock()) as thief:
            thief.append([answer(item(), "5")])
            rows = [*thief.changes(thief.origin)]
        try:
            home.receive(rows, {})
        except Explained as problem:
            assert problem.code == "bundle.forged"
        assert home.requests() == []
        assert not home.certified(rows[-1])


def test_that_a_restoring_cut_off_before_its_first_rows_is_gone_on_with(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "again.crf"
    with monkeypatch.context() as patched:
        patched.setattr(restoring, "unlock", lambda *_: (_ for _ in ()).throw(EnvironmentProblem("store.io")))
        assert code_of(lambda: restoring.restore(kept, target, "investigator", PASSWORD, StepClock())) == "store.io"
    origin = keyring.read(target).best.origin
    with unlock(target, "coordinator", PASSWORD, StepClock()) as again:
        assert again.origin == origin and again.head()[1] > 0 and not again.findings
        assert codes(again) == {"verify.ok_full"}


def test_that_the_witness_of_a_restored_study_holds_from_its_first_rows_on(kept: Path, tmp_path: Path) -> None:
    target = tmp_path / "again.crf"
    restoring.restore(kept, target, "investigator", PASSWORD, StepClock()).close()
    (old := tmp_path / "old").write_bytes((target / "log.db").read_bytes())
    with unlock(target, "investigator", PASSWORD, StepClock()) as again:
        again.append([answer(item(), "6", based_on=None)])
    (target / "log.db").write_bytes(old.read_bytes())
    with unlock(target, "investigator", PASSWORD, StepClock()) as again:
        assert again.read_only and "verify.lost_rows" in {finding.code for finding in again.findings}
