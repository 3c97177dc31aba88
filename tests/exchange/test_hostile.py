"""What a changed client, a thief or a bad cable sends: refused with a sentence, and the study stays as it was."""

from __future__ import annotations

import random
from pathlib import Path

import pyrage
import pytest
from attrs import evolve
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.exchange.manifest import Sender
from crf_desktop.exchange.merge import check_bundle, merge_bundle
from crf_desktop.model.data import Datum, Kind
from crf_desktop.store import Store
from tests.exchange.conftest import Opener
from tests.exchange.hostile import bundle_of, resealed
from tests.exchange.site import answer, begin, current_state, fingerprint_of, opened, sent

PGA = "I.PGA.ACTIVITY"


def refused(store: Store, bundle: Path, *codes: str) -> Refused | EnvironmentProblem:
    """Merge and verify refuse it with one of the codes, in words, and nothing has changed."""
    before = fingerprint_of(store), current_state(store)
    with pytest.raises((Refused, EnvironmentProblem)) as caught:
        merge_bundle(store, bundle)
    assert caught.value.code in codes, caught.value.code
    assert all(caught.value.sentences("en")) and all(caught.value.sentences("zh"))
    assert (fingerprint_of(store), current_state(store)) == before
    verdict = check_bundle(bundle, store)
    assert not verdict.ok and verdict.problem is not None and verdict.problem.code in codes
    assert verdict.sentences("en") and verdict.sentences("zh")
    return caught.value


def own_rows(store: Store) -> list:  # type: ignore[type-arg]
    return list(store.changes(store.origin))


def chained(rows: list, key: Ed25519PrivateKey, at: int, **changed: object) -> list:  # type: ignore[type-arg]
    """The rows with one altered and every later one hashed and signed again."""
    made = rows[:at]
    for n, row in enumerate(rows[at:]):
        previous = made[-1].hash if made else row.previous_hash
        made.append(resealed(row, key, previous_hash=previous, **(changed if n == 0 else {})))
    return made


def key_of(store: Store) -> Ed25519PrivateKey:
    """The log key of whoever is in, as a changed client has it."""
    return store._author._key


@pytest.mark.requirement("REQ-39")
def test_that_bundles_cut_or_flipped_anywhere_leave_the_study_alone(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    begin(b, "01-201")
    whole = sent(b, a, laptops / "1").read_bytes()
    before, bent = fingerprint_of(a), laptops / "bent"
    chance = random.Random(11)
    damaged = [whole[:end] for end in range(0, len(whole), 997)]
    for _ in range(300):
        flipped = bytearray(whole)
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        damaged.append(bytes(flipped))
    for data in damaged:
        bent.write_bytes(data)
        with pytest.raises((Refused, EnvironmentProblem)):
            merge_bundle(a, bent)
    assert fingerprint_of(a) == before
    assert merge_bundle(a, laptops / "1").rows_new > 0


@pytest.mark.requirement("REQ-03", "REQ-04")
def test_that_a_row_its_author_had_no_right_to_is_refused(laptops: Path, open_it: Opener) -> None:
    b, a = open_it(laptops / "b.crf"), open_it(laptops / "a.crf", "mon")
    rows = own_rows(a)
    last, key = rows[-1], key_of(a)
    entry = answer(PGA, "40")
    base = evolve(last, kind=Kind.ITEM, path=entry.path, datum=entry.datum, payload=None, transaction_type="Insert")
    base = evolve(base, seq=last.seq + 1, lamport=last.lamport + 1, previous_hash=last.hash)
    base = evolve(base, user_oid=a.session.person.user_oid, key_id=a.session.key_id, role="monitor")
    written = resealed(base, key, metadata_digest=a.metadata_digest)
    refused(b, bundle_of(a, b, laptops / "1", [*rows, written]), "bundle.no_right")
    claimed = resealed(written, key, role="investigator")
    refused(b, bundle_of(a, b, laptops / "2", [*rows, claimed]), "bundle.no_right")


@pytest.mark.requirement("REQ-24")
def test_that_a_row_in_a_colleagues_name_is_refused(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    begin(b, "01-201")
    b.append([answer(PGA, "40", "01-201")])
    rows, key = own_rows(b), key_of(b)
    investigator = a.session.person
    in_his_name = chained(rows, key, len(rows) - 1, user_oid=investigator.user_oid, role="investigator")
    refused(a, bundle_of(b, a, laptops / "1", in_his_name), "bundle.forged")
    with_his_key = chained(rows, key, len(rows) - 1, key_id=a.session.key_id)
    refused(a, bundle_of(b, a, laptops / "2", with_his_key), "bundle.forged")
    stranger = chained(rows, Ed25519PrivateKey.generate(), len(rows) - 1)
    problem = refused(a, bundle_of(b, a, laptops / "3", stranger), "bundle.forged")
    assert "01-201" not in str(problem) and "40" not in problem.sentences("en")[0]


def test_that_history_written_anew_is_a_fork(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    begin(b, "01-201")
    b.append([answer(PGA, "40", "01-201")])
    merge_bundle(a, sent(b, a, laptops / "1"))
    rows = own_rows(b)
    at = max(n for n, r in enumerate(rows) if r.kind is Kind.ITEM)
    rewritten = chained(rows, key_of(b), at, datum=Datum("10", "", rows[at].datum.unit_oid))
    refused(a, bundle_of(b, a, laptops / "2", rewritten), "bundle.forked")


def test_that_replaying_an_old_bundle_takes_nothing_back(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    begin(b, "01-201")
    old = sent(b, a, laptops / "1")
    b.append([answer(PGA, "40", "01-201")])
    merge_bundle(a, sent(b, a, laptops / "2"))
    state = current_state(a)
    assert merge_bundle(a, old).rows_new == 0 and current_state(a) == state


def test_that_a_laptop_nobody_introduced_is_refused(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw().hex()
    own = Sender(b.session.person.user_oid, b.origin, b.session.device_oid, public, None)
    refused(a, bundle_of(b, a, laptops / "1", sign=key.sign, sender=own), "bundle.sender_unknown")
    borrowed = evolve(own, certificate=(b.installation.certificate or b"").decode())
    refused(a, bundle_of(b, a, laptops / "2", sign=key.sign, sender=borrowed), "bundle.sender_unknown")


def test_that_a_bundle_encrypted_again_for_somebody_else_is_refused(laptops: Path, open_it: Opener) -> None:
    a, b, c = (open_it(laptops / n, u) for n, u in (("a.crf", "inv"), ("b.crf", "crc"), ("c.crf", "nurse")))
    bundle = sent(b, a, laptops / "1")
    refused(c, bundle, "bundle.other_recipient")
    mine = pyrage.x25519.Identity.from_str(a.installation.age_identity())
    theirs = pyrage.x25519.Recipient.from_str(c.installation.age_recipient())
    (laptops / "2").write_bytes(pyrage.encrypt(pyrage.decrypt(bundle.read_bytes(), [mine]), [theirs]))
    refused(c, laptops / "2", "bundle.readdressed")


def test_that_a_study_of_the_same_name_is_another_study(laptops: Path, namesake: Path, open_it: Opener) -> None:
    a, other = open_it(laptops / "a.crf", "inv"), open_it(namesake, "inv")
    refused(a, bundle_of(other, a, laptops / "1"), "bundle.other_study")
    posing = own_fingerprint(a)
    refused(a, bundle_of(other, a, laptops / "2", ca_fingerprint=posing), "bundle.sender_unknown")


def own_fingerprint(store: Store) -> str:
    from crf_desktop.store import certificate

    return certificate.fingerprint(store.ca_certificate)


def test_that_nobody_in_the_window_is_needed_to_see_that_a_file_is_no_bundle(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"not a bundle")
    verdict = check_bundle(tmp_path / "x", None)
    assert not verdict.ok and verdict.intact is False


def test_that_without_a_key_verify_says_what_it_cannot_check(laptops: Path, open_it: Opener) -> None:
    b = open_it(laptops / "b.crf")
    verdict = check_bundle(sent(b, b, laptops / "1"), None)
    assert not verdict.ok and verdict.intact is None
    assert (
        "nothing in it could be checked" in verdict.sentences("en")[0]
        and "无法作任何核查" in verdict.sentences("zh")[0]
    )


@pytest.mark.requirement("REQ-37", "REQ-39")
def test_that_an_inspector_with_a_key_and_no_study_can_check_a_whole_log(laptops: Path) -> None:
    with opened(laptops / "b.crf") as b:
        begin(b, "01-201")
        bundle = sent(b, b, laptops / "1")
        identity = b.installation.age_identity()
        latest = {origin: seq - 1 for origin, (seq, _) in b.heads().items()}
        part = sent(b, b, laptops / "2", after=latest)
        rows = own_rows(b)
        forged = bundle_of(b, b, laptops / "3", chained(rows, Ed25519PrivateKey.generate(), len(rows) - 1))
    verdict = check_bundle(bundle, identity)
    assert verdict.ok and verdict.trust == "certified" and verdict.rows_new is None
    assert any("fingerprint" in s for s in verdict.sentences("en"))
    verdict = check_bundle(part, identity)
    assert verdict.ok and verdict.trust is None and any("middle of the log" in s for s in verdict.sentences("en"))
    verdict = check_bundle(forged, identity)
    assert not verdict.ok and verdict.intact and verdict.problem is not None and verdict.problem.code == "bundle.forged"
    assert check_bundle(bundle, str(pyrage.x25519.Identity.generate())).intact is None
