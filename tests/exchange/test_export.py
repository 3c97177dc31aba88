"""What leaves a study: whole or not at all, recorded, to the right people, in bounded memory."""

from __future__ import annotations

import hashlib
import json
import tracemalloc
from pathlib import Path

import pytest

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.exchange.bundle import export_bundle
from crf_desktop.exchange.invitation import read_invitation, study_fingerprint, write_invitation
from crf_desktop.exchange.merge import check_bundle
from crf_desktop.exchange.public_key import own_public_key, read_public_key, write_public_key
from crf_desktop.exchange.reading import read_bundle
from crf_desktop.exchange.tables import export_csv
from crf_desktop.model.data import Kind
from crf_desktop.store import Store
from tests.exchange.checker import check
from tests.exchange.conftest import Opener
from tests.exchange.site import DEFINITION, StepClock, answer, begin, sent


def exports(store: Store) -> list[dict]:  # type: ignore[type-arg]
    told = [json.loads(r.payload or "{}") for r in store.rows(Kind.SYSTEM)]
    return [t for t in told if t.get("act") == "export"]


@pytest.mark.requirement("REQ-16", "REQ-49")
def test_that_an_export_is_a_row_which_is_not_in_what_it_describes(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    earlier = exports(a)
    key = own_public_key(b)
    written = export_bundle(a, laptops / "1", [key], clock=StepClock())
    (row,) = exports(a)[len(earlier) :]
    assert row["sha256"] == written.sha256 == hashlib.sha256((laptops / "1").read_bytes()).hexdigest()
    assert row["rows"] == written.rows and row["recipients"] == [key.fingerprint] and row["format"] == "bundle"
    reading = read_bundle(laptops / "1", b.installation.age_identity())
    assert written.sha256 not in " ".join(r.payload or "" for r in reading.rows)
    assert a.head()[1] == {r.origin: r.last_seq for r in reading.manifest.runs}[a.origin] + 1


@pytest.mark.requirement("REQ-37")
def test_that_an_independent_checker_reads_a_real_bundle(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    begin(a)
    a.append([answer("I.PGA.ASSESSOR", "江医生")])
    manifest = check(sent(a, b, laptops / "1").read_bytes(), b.installation.age_identity())
    assert "江医生" in manifest["values"] and len(manifest["runs"]) == 3


def test_that_without_recipients_this_laptop_and_its_inviter_can_open_it(laptops: Path, open_it: Opener) -> None:
    a, b, c = (open_it(laptops / n, u) for n, u in (("a.crf", "inv"), ("b.crf", "crc"), ("c.crf", "nurse")))
    export_bundle(b, laptops / "1", clock=StepClock())
    assert check_bundle(laptops / "1", a).ok and check_bundle(laptops / "1", b).ok
    assert check_bundle(laptops / "1", c).intact is None
    export_bundle(a, laptops / "2", clock=StepClock())
    assert check_bundle(laptops / "2", a).ok and check_bundle(laptops / "2", b).intact is None


def test_that_a_named_recipient_is_the_only_one(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    bundle = sent(b, a, laptops / "1")
    assert check_bundle(bundle, b).intact is None


@pytest.mark.parametrize("what", ["bundle", "csv", "key", "invitation"])
def test_that_a_full_disk_leaves_no_part_of_a_file_and_no_row(what: str, laptops: Path, open_it: Opener) -> None:
    resource = pytest.importorskip("resource", reason="only Unix limits the size of a file")
    a = open_it(laptops / "a.crf", "inv")
    write = {
        "bundle": lambda out: export_bundle(a, out, clock=StepClock()),
        "csv": lambda out: export_csv(a, DEFINITION, out),
        "key": lambda out: write_public_key(a, out),
        "invitation": lambda out: write_invitation(a, out),
    }[what]
    before, files = exports(a), set(laptops.rglob("*"))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (700, limits[1]))  # every file of this process ends here
        with pytest.raises(EnvironmentProblem) as caught:
            write(laptops / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "disk_full" in caught.value.code or caught.value.code == "store.io"
    assert set(laptops.rglob("*")) - files == set() and exports(a) == before
    write(laptops / "out")
    assert (laptops / "out").exists()


def test_that_a_place_where_one_may_not_write_is_a_sentence(laptops: Path, open_it: Opener) -> None:
    a = open_it(laptops / "a.crf", "inv")
    with pytest.raises(EnvironmentProblem) as caught:
        export_bundle(a, laptops / "nowhere" / "x.bundle", clock=StepClock())
    assert caught.value.code == "export.not_written" and all(caught.value.sentences("zh"))


def test_that_an_export_that_fails_leaves_the_older_file(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    older = sent(a, b, laptops / "1").read_bytes()
    everything = {origin: seq for origin, (seq, _) in a.heads().items()}
    with pytest.raises(Refused):
        export_bundle(a, laptops / "1", [own_public_key(b)], after=everything)
    assert (laptops / "1").read_bytes() == older


def test_that_memory_does_not_grow_with_what_is_exported(laptops: Path, open_it: Opener) -> None:
    a = open_it(laptops / "a.crf", "inv")
    begin(a)
    big = a.put_document("application/pdf", bytes(range(256)) * 4096)
    a.append([answer("I.PGA.ASSESSOR", "x" * 1000, based_on=None) for _ in range(1500)])
    tracemalloc.start()
    export_bundle(a, laptops / "1", clock=StepClock())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (laptops / "1").stat().st_size > 2_000_000 and peak < 4_000_000, peak
    assert big


# ---- public key, invitation


def test_that_a_public_key_reads_back_and_holds_no_secret(laptops: Path, open_it: Opener) -> None:
    b = open_it(laptops / "b.crf")
    written = write_public_key(b, laptops / "b.key")
    assert read_public_key(laptops / "b.key") == written == own_public_key(b)
    assert "SECRET" not in (laptops / "b.key").read_text().upper()
    assert len(written.fingerprint.split()) == 8


def test_that_a_bent_public_key_is_refused_wherever_it_is_bent(laptops: Path, open_it: Opener) -> None:
    b = open_it(laptops / "b.crf")
    write_public_key(b, laptops / "b.key")
    whole = (laptops / "b.key").read_bytes()
    for at in range(0, len(whole), 7):
        bent = bytearray(whole)
        bent[at] ^= 1
        (laptops / "bent").write_bytes(bent)
        with pytest.raises(Refused) as caught:
            read_public_key(laptops / "bent")
        assert caught.value.code in {"key.unreadable", "key.altered"} and all(caught.value.sentences("zh"))
    with pytest.raises(EnvironmentProblem):
        read_public_key(laptops / "none")


def test_that_a_key_of_another_study_is_refused(laptops: Path, namesake: Path, open_it: Opener) -> None:
    a, other = open_it(laptops / "a.crf", "inv"), open_it(namesake, "inv")
    with pytest.raises(Refused) as caught:
        export_bundle(a, laptops / "1", [own_public_key(other)])
    assert caught.value.code == "key.other_study" and not (laptops / "1").exists()


def test_that_an_invitation_reads_back_and_holds_no_secret(laptops: Path, open_it: Opener) -> None:
    a = open_it(laptops / "a.crf", "inv")
    written = write_invitation(a, laptops / "i")
    read = read_invitation(laptops / "i")
    assert read == written and read.definition == a.definition_bytes
    text = (laptops / "i").read_text(encoding="utf-8")
    assert "PRIVATE KEY" not in text and "AGE-SECRET-KEY" not in text
    assert study_fingerprint(read).replace(" ", "") == own_public_key(a).ca_fingerprint


def test_that_every_invitation_has_its_own_numbers(laptops: Path, open_it: Opener) -> None:
    a = open_it(laptops / "a.crf", "inv")
    blocks = {write_invitation(a, laptops / f"i{n}").block.first for n in range(3)}
    assert len(blocks) == 3


@pytest.mark.requirement("REQ-03")
def test_that_a_monitor_may_not_invite(laptops: Path, open_it: Opener) -> None:
    a = open_it(laptops / "a.crf", "mon")
    with pytest.raises(Refused) as caught:
        write_invitation(a, laptops / "i")
    assert caught.value.code == "exchange.no_right" and not (laptops / "i").exists()


def test_that_a_tampered_invitation_is_refused(laptops: Path, open_it: Opener) -> None:
    a = open_it(laptops / "a.crf", "inv")
    write_invitation(a, laptops / "i")
    whole = (laptops / "i").read_bytes()
    told = json.loads(whole)
    bent = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), len(whole) // 60)]
    role = whole.replace(b'"role":"coordinator"', b'"role":"investigator"', 1)
    receiver = whole.replace(told["receiver"]["age"].encode(), b"age1" + b"q" * 58)
    numbers = whole.replace(b'"first":%d' % told["block"]["first"], b'"first":1')
    for data in (*bent, role, receiver, numbers, whole[:-1], whole + b"{}", b"", b"{}"):
        if data == whole:
            continue
        (laptops / "bent").write_bytes(data)
        with pytest.raises((Refused, EnvironmentProblem)) as caught:
            read_invitation(laptops / "bent")
        assert caught.value.code.split(".")[0] in {"invitation", "definition"}
        assert all(caught.value.sentences("en")) and all(caught.value.sentences("zh"))
    (laptops / "bent").write_bytes(whole.replace(b'"format":1,"kind"', b'"format":2,"kind"'))
    with pytest.raises(Refused) as newer:
        read_invitation(laptops / "bent")
    assert newer.value.code == "invitation.newer"
