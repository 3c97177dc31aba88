"""``sign`` at a terminal: pages shown first, one or two people, the hospital's certificates, timestamps."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crf_desktop.capture.filed_pdf import file_upgrade, filed, filed_as, newest
from crf_desktop.capture.own_certificate import NAMED, own_certificates, withdraw
from crf_desktop.capture.study import Study
from crf_desktop.capture.time_authority import time_authority as authority_of
from crf_desktop.cli import run, sign_command
from crf_desktop.errors import EnvironmentProblem, Explained, Refused
from crf_desktop.exchange.bundle import export_bundle
from crf_desktop.exchange.merge import merge_bundle
from crf_desktop.exchange.public_key import own_public_key
from crf_desktop.model import serial
from crf_desktop.model.data import Kind
from crf_desktop.report.pdf_check import check_pdf
from crf_desktop.store import NewPerson, NewStudy, accounts, create, join, unlock
from tests.report.hospital import PASSPHRASE, PIN, file_of, issued, needs_token, token_of
from tests.report.time_authority import TimeServer, time_authority
from tests.small_trial import small_trial

PASSWORD = "a sentence that opens the test study"
PEOPLE = tuple(
    NewPerson(name, f"{name.title()} 张", role, PASSWORD)
    for name, role in (
        ("first", "investigator"), ("second", "investigator"), ("crc", "coordinator"), ("dat", "data_manager"),
        ("adm", "administrator"),
    )
)  # fmt: skip
VISIT = "SE.SCR"
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A participant whose screening is complete."""
    folder = tmp_path_factory.mktemp("sign") / "trial.crf"
    create(folder, NewStudy(small_trial().study_oid, "01", serial.to_bytes(small_trial()), PEOPLE))
    with_study = Study.open(folder, "first", PASSWORD)
    subject = with_study.enrol()
    with_study.start_event(subject, VISIT, with_study.today())
    complete(with_study, subject)
    with_study.close()
    return folder


def complete(study: Study, subject: str, born: str = "2015-03-04") -> None:
    entry = study.form(subject, VISIT, "F.DEMO")
    entry.set("I.SEX", "F")
    entry.set("I.BORN", born)
    entry.complete()


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRF_PASSWORD", PASSWORD)
    monkeypatch.setenv("CRF_USER", "first")
    return Path(shutil.copytree(made, tmp_path / "trial.crf"))


@pytest.fixture
def ask(folder: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs ``sign`` on the study and gives the answer for machines, with its exit code and what stood on stderr."""

    def call(*arguments: object, user: str = "first") -> dict[str, Any]:
        code = run(["sign", str(folder), *map(str, arguments), "--user", user, "--json"])
        out, err = capsys.readouterr()
        return {**json.loads(out or "{}"), "code": code, "err": err}

    return call


@pytest.fixture
def opened(folder: Path) -> Iterator[Callable[[str], Study]]:
    studies: list[Study] = []

    def open_as(user: str) -> Study:
        studies.append(Study.open(folder, user, PASSWORD))
        return studies[-1]

    yield open_as
    for study in studies:
        study.close()


def visit(place: Path, *more: object) -> tuple[object, ...]:
    return ("01-001", VISIT, "--show", place / "show.pdf", "--yes", *more)


@pytest.mark.requirement("REQ-21", "REQ-22", "REQ-23")
def test_that_what_is_signed_begins_with_exactly_the_pages_that_were_shown(
    ask: Ask, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ask(*visit(tmp_path, "--out", tmp_path / "signed.pdf"))
    shown, signed = (tmp_path / "show.pdf").read_bytes(), (tmp_path / "signed.pdf").read_bytes()
    assert told["code"] == 0 and signed.startswith(shown)
    assert told["sha256"] == "sha256:" + hashlib.sha256(signed).hexdigest()
    assert hashlib.sha256(shown).hexdigest() in told["err"] and "show.pdf" in told["err"]
    assert "legally binding equivalent of my handwritten signature" in told["err"]  # accepted by the first one
    assert run(["verify", str(tmp_path / "signed.pdf"), "--study", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "Level B-B: signed, timestamp pending." in said and "First 张 (first)" in said


@pytest.mark.requirement("REQ-21")
def test_that_nothing_is_signed_without_a_look_at_the_pages_and_a_yes(ask: Ask, tmp_path: Path, opened: Any) -> None:
    assert ask("01-001", VISIT, "--yes")["code"] == 2
    told = ask("01-001", VISIT, "--show", tmp_path / "show.pdf")  # no terminal to type yes into
    assert told["code"] == 2 and (tmp_path / "show.pdf").exists()
    assert not filed(opened("first"))


@pytest.mark.requirement("REQ-21", "REQ-23")
@pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
@pytest.mark.parametrize(("typed", "code"), [("no\n", 1), ("\n", 1), ("yes\n", 0)])
def test_that_a_typed_yes_signs_and_anything_else_does_not(
    ask: Ask, tmp_path: Path, opened: Any, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    control, terminal = os.openpty()
    with os.fdopen(control, "w") as keys, os.fdopen(terminal) as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        keys.write(typed)
        keys.flush()
        told = ask("01-001", VISIT, "--show", tmp_path / "show.pdf")
    assert told["code"] == code and told["signed"] is (code == 0)
    assert len(filed(opened("first"))) == 1 - code


@pytest.mark.parametrize(
    ("user", "why"), [("crc", "access.no_right"), ("dat", "access.no_right"), ("adm", "access.no_right")]
)
def test_that_who_may_not_sign_is_told_so(ask: Ask, tmp_path: Path, user: str, why: str) -> None:
    told = ask(*visit(tmp_path), user=user)
    assert (told["code"], told["error"]) == (1, why) and not (tmp_path / "show.pdf").exists()


def test_that_a_wrong_word_is_told_and_writes_nothing(ask: Ask, tmp_path: Path, opened: Any) -> None:
    assert ask(*visit(tmp_path, "--meaning", "99"))["code"] == 2
    assert ask("01-001", "SE.W0", "--show", tmp_path / "x.pdf", "--yes")["error"] == "sign.nothing"
    assert ask()["code"] == 2
    assert not filed(opened("first"))


@pytest.mark.requirement("REQ-21")
def test_that_what_was_signed_stays_signed_where_its_file_cannot_be_written_and_is_written_again_elsewhere(
    ask: Ask, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, opened: Any
) -> None:
    out, write = tmp_path / "signed.pdf", sign_command._write

    def full(place: Path, content: bytes) -> None:
        if place == out:
            raise EnvironmentProblem("export.disk_full")
        write(place, content)

    assert ask(*visit(tmp_path, "--out", tmp_path / "nowhere" / "s.pdf"))["error"] == "export.not_written"
    assert ask(*visit(tmp_path, "--out", folder / "s.pdf"))["error"] == "export.inside_study"
    assert ask("01-001", VISIT, "--again", "--out", out)["error"] == "sign.none_kept"
    with monkeypatch.context() as patch:
        patch.setattr(sign_command, "_write", full)
        told = ask(*visit(tmp_path, "--out", out))
    assert (told["code"], told["signed"], told["error"], out.exists()) == (1, True, "sign.kept_inside", False)
    assert ask("01-001", VISIT, "--again")["code"] == 2
    assert ask("01-001", VISIT, "--again", "--out", out)["code"] == 0
    assert "sha256:" + hashlib.sha256(out.read_bytes()).hexdigest() == told["sha256"]
    assert len(filed(opened("first"))) == 1


# --- two people


@pytest.mark.requirement("REQ-22")
def test_that_a_second_person_signs_the_same_file(ask: Ask, folder: Path, tmp_path: Path, opened: Any) -> None:
    first = ask(*visit(tmp_path, "--for-two"))["sha256"]
    assert ask(*visit(tmp_path, "--second"))["error"] == "sign.same_person"
    assert ask(*visit(tmp_path, "--second"), user="crc")["error"] == "access.no_right"
    told = ask(*visit(tmp_path, "--second", "--meaning", "1", "--out", tmp_path / "two.pdf"), user="second")
    assert told["code"] == 0
    study = opened("first")
    found = filed_as(study, told["sha256"])
    assert found is not None and [s.user_oid for s in found.signers] == ["U.01.1", "U.01.2"]
    assert all(s.in_force and s.may_sign and not s.own for s in found.signers)
    assert newest(study, first).digest == told["sha256"] and not found.awaits_second
    verdict = check_pdf((tmp_path / "two.pdf").read_bytes(), found.digest, study.store.ca_certificate, found.signers)
    assert verdict.verified and verdict.valid and len(verdict.signatures) == 2
    study.close()
    assert ask(*visit(tmp_path, "--second"), user="second")["error"] == "sign.no_second"


def test_that_what_was_changed_since_is_not_signed_a_second_time(ask: Ask, tmp_path: Path, folder: Path) -> None:
    ask(*visit(tmp_path, "--for-two"))
    study = Study.open(folder, "first", PASSWORD)
    study.form("01-001", VISIT, "F.DEMO").set("I.BORN", "2015-03-05", reason="Misread")
    study.close()
    assert ask(*visit(tmp_path, "--second"), user="second")["error"] == "sign.second_stale"


@pytest.mark.requirement("REQ-25")
def test_that_a_file_without_its_second_signature_is_not_the_one_the_log_names_last(
    ask: Ask, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(*visit(tmp_path, "--for-two"))
    ask(*visit(tmp_path, "--second", "--out", tmp_path / "two.pdf"), user="second")
    two = (tmp_path / "two.pdf").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(two[:-1])
    assert run(["verify", str(tmp_path / "cut.pdf"), "--study", str(folder)]) == 1
    begin = two.index(b"%%EOF", two.index(b"/ByteRange")) + 6  # the first signature's own file: named by the log too
    (tmp_path / "first.pdf").write_bytes(two[:begin])
    capsys.readouterr()
    assert run(["verify", str(tmp_path / "first.pdf"), "--study", str(folder)]) == 0
    assert "A later file was made of it" in capsys.readouterr().out


# --- certificates of one's own


@pytest.mark.requirement("REQ-22", "REQ-24")
def test_that_the_hospitals_certificate_signs_and_the_log_says_before_whose_it_is(
    ask: Ask, folder: Path, tmp_path: Path, opened: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "li.p12").write_bytes(file_of(issued(days=2000)))
    (tmp_path / "secret").write_text(PASSPHRASE + "\n")
    source = ("--pkcs12", tmp_path / "li.p12", "--secret-file", tmp_path / "secret")
    told = ask(*visit(tmp_path, *source, "--out", tmp_path / "own.pdf"))
    assert told["code"] == 0
    study = opened("first")
    found = filed_as(study, told["sha256"])
    assert found is not None and [(s.own, s.in_force, s.may_sign) for s in found.signers] == [(True, True, True)]
    rows = [row for row in study.store.rows(Kind.USER) if json.loads(row.payload or "{}").get("act") == NAMED]
    assert len(rows) == 1 and rows[0].user_oid == "U.01.1" and rows[0].order < found.row.order
    study.close()
    assert run(["verify", str(tmp_path / "own.pdf"), "--study", str(folder)]) == 0
    assert "a certificate of their own" in capsys.readouterr().out
    assert run(["verify", str(folder)]) == 0  # the forms themselves are signed by the study's key
    assert run(["verify", str(tmp_path / "own.pdf")]) == 0  # alone: the authority's fingerprint is told instead


@pytest.mark.parametrize("wrong", ["password", "key", "ecdsa", "expired"])
def test_that_a_certificate_that_cannot_sign_leaves_no_row(ask: Ask, tmp_path: Path, opened: Any, wrong: str) -> None:
    content = {
        "password": file_of(issued(days=2000), "another"), "key": file_of(issued(days=2000), key=False),
        "ecdsa": file_of(issued(kind="ec", days=2000)), "expired": file_of(issued(days=30)),
    }[wrong]  # fmt: skip
    (tmp_path / "li.p12").write_bytes(content)
    (tmp_path / "secret").write_text(PASSPHRASE)
    told = ask(*visit(tmp_path, "--pkcs12", tmp_path / "li.p12", "--secret-file", tmp_path / "secret"))
    expected = {"password": "password", "key": "no_key", "ecdsa": "not_rsa", "expired": "expired"}
    assert (told["code"], told["error"]) == (1, "signer." + expected[wrong])
    assert not opened("first").store.rows(Kind.SIGNATURE)


@pytest.mark.requirement("REQ-24")
def test_that_a_certificate_is_one_persons_and_counts_no_more_once_it_is_withdrawn(
    ask: Ask, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "li.p12").write_bytes(file_of(issued(days=2000)))
    (tmp_path / "secret").write_text(PASSPHRASE)
    source = ("--pkcs12", tmp_path / "li.p12", "--secret-file", tmp_path / "secret")
    before = ask(*visit(tmp_path, *source))["sha256"]
    study = Study.open(folder, "second", PASSWORD)
    (fingerprint,) = own_certificates(study.store)
    for reason, why in (("", "access.no_right"), ("Lost", "access.no_right")):
        with pytest.raises(Refused) as refused:
            withdraw(study, fingerprint, reason)
        assert refused.value.code == why
    study.close()
    study = Study.open(folder, "first", PASSWORD)
    study.form("01-001", VISIT, "F.DEMO").set("I.BORN", "2015-03-05", reason="Misread")
    study.close()
    assert ask(*visit(tmp_path, *source), user="second")["error"] == "signer.of_another"
    study = Study.open(folder, "adm", PASSWORD)
    withdraw(study, fingerprint, "The card was lost")
    found = filed_as(study, before)
    assert found is not None and found.signers[0].in_force  # what was signed before counts
    with pytest.raises(Refused):
        withdraw(study, fingerprint, "Once more")
    study.close()
    assert ask(*visit(tmp_path, *source))["error"] == "signer.withdrawn"


@needs_token
def test_that_a_token_signs_a_visit(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: Any
) -> None:
    token = token_of(tmp_path, monkeypatch, ("Li Wei", issued(days=2000)))
    (tmp_path / "secret").write_text("000000")
    source = ("--pkcs11", token.module, "--token", token.label, "--secret-file", tmp_path / "secret")
    assert ask(*visit(tmp_path, *source))["error"] == "token.pin"
    (tmp_path / "secret").write_text(PIN)
    told = ask(*visit(tmp_path, *source, "--certificate", "Li Wei", "--out", tmp_path / "own.pdf"))
    assert told["code"] == 0
    study = opened("first")
    found = filed_as(study, told["sha256"])
    assert found is not None and found.signers[0].own
    verdict = check_pdf((tmp_path / "own.pdf").read_bytes(), found.digest, study.store.ca_certificate, found.signers)
    assert verdict.verified and verdict.valid and verdict.signatures[0].authority == "Hospital root"


@needs_token
def test_that_a_pdf_that_was_never_made_is_made_of_the_same_pages(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: Any
) -> None:
    from crf_desktop.report import signed_summary

    def gone(*_: object) -> bytes:
        raise EnvironmentProblem("token.removed")

    with monkeypatch.context() as patch:
        patch.setattr(signed_summary, "signed_pages", gone)
        assert ask(*visit(tmp_path))["error"] == "token.removed"
    shown = (tmp_path / "show.pdf").read_bytes()
    told = ask("01-001", VISIT, "--out", tmp_path / "signed.pdf")
    assert told["code"] == 0 and (tmp_path / "signed.pdf").read_bytes().startswith(shown)


# --- timestamps


@pytest.fixture(scope="module")
def server() -> Iterator[TimeServer]:
    with time_authority() as told:
        yield told


@pytest.fixture
def set_up(server: TimeServer, ask: Ask, tmp_path: Path) -> TimeServer:
    server.mode = "good"
    (tmp_path / "root.pem").write_bytes(server.root)
    told = ask("--set-authority", server.url, "--root", tmp_path / "root.pem", "--reason", "Start", user="dat")
    assert told["code"] == 0
    return server


@pytest.mark.requirement("REQ-22")
def test_that_signed_files_are_lifted_and_the_history_is_kept(
    ask: Ask, set_up: TimeServer, folder: Path, tmp_path: Path, opened: Any
) -> None:
    first = ask(*visit(tmp_path))["sha256"]
    told = ask("--timestamp", user="dat")
    assert told["level"] == "B-T" and told["error"] == "timestamp.no_list"  # nobody has made a revocation list yet
    told = ask("--timestamp", user="adm")
    assert (told["code"], told["level"]) == (0, "B-LTA")
    assert ask("--timestamp", user="dat")["files"] == []
    study = opened("first")
    levels = [(f.level, bool(f.newer)) for f in filed(study)]
    assert levels == [("B-B", True), ("B-T", True), ("B-LTA", False)]
    last = newest(study, first)
    row = study.store.rows(Kind.SYSTEM)[-1]
    assert row.based_on is not None and study.store.document(first) is not None
    (tmp_path / "last.pdf").write_bytes(study.store.document(last.digest)[1])  # type: ignore[index]
    study.close()
    assert run(["verify", str(tmp_path / "last.pdf"), "--study", str(folder)]) == 0


def test_that_signing_and_timestamp_are_one_command_and_a_down_authority_leaves_the_signature(
    ask: Ask, set_up: TimeServer, tmp_path: Path, opened: Any
) -> None:
    set_up.mode = "error"
    told = ask(*visit(tmp_path, "--timestamp", "--out", tmp_path / "signed.pdf"))
    assert told["signed"] and told["error"] == "timestamp.refused" and told["level"] == "B-B" and told["code"] == 1
    assert check_pdf((tmp_path / "signed.pdf").read_bytes()).verified
    assert [f.level for f in filed(opened("first"))] == ["B-B"]


def test_that_a_file_that_waits_for_its_second_signature_waits_with_its_timestamp(
    ask: Ask, set_up: TimeServer, tmp_path: Path
) -> None:
    told = ask(*visit(tmp_path, "--for-two", "--timestamp"))
    assert told["signed"] and told["error"] == "timestamp.second_awaited"
    assert ask("--timestamp", user="adm")["files"] == []
    assert ask(*visit(tmp_path, "--second", "--timestamp", "--level", "B-T"), user="second")["level"] == "B-T"


def test_that_the_authority_is_set_by_whoever_configures_and_holds_no_secret(
    ask: Ask, server: TimeServer, tmp_path: Path, opened: Any
) -> None:
    (tmp_path / "root.pem").write_bytes(server.root)
    (tmp_path / "leaf.pem").write_bytes(issued().pem)
    root = ("--root", tmp_path / "root.pem", "--reason", "Start")
    for user in ("first", "crc"):
        assert ask("--set-authority", "https://tsa.example/", *root, user=user)["error"] == "access.no_right"
    for url in ("ftp://tsa.example", "https://me:secret@tsa.example/", "tsa", "https://"):
        assert ask("--set-authority", url, *root, user="dat")["error"] == "timestamp.address"
    assert ask("--set-authority", "https://a/", "--root", tmp_path / "root.pem", user="dat")["code"] == 1
    leaf = ("--root", tmp_path / "leaf.pem", "--reason", "Start")
    assert ask("--set-authority", "https://a/", *leaf, user="dat")["error"] == "timestamp.root_unreadable"
    assert ask("--timestamp", user="dat")["files"] == []
    assert ask("--set-authority", "https://tsa.example/tsr", *root, user="adm")["code"] == 0
    study = opened("dat")
    found = authority_of(study.store)
    assert found is not None and found.url == "https://tsa.example/tsr" and found.roots == (server.root,)
    study.close()
    assert ask("--set-authority", "", "--reason", "Closed", user="adm")["code"] == 0
    assert authority_of(opened("dat").store) is None


def test_that_no_file_is_filed_as_what_a_timestamp_made_of_another(ask: Ask, tmp_path: Path, opened: Any) -> None:
    digest = ask(*visit(tmp_path))["sha256"]
    study = opened("dat")
    with pytest.raises(EnvironmentProblem) as problem:
        file_upgrade(study, digest, b"%PDF-1.7 another", "B-T")
    assert problem.value.code == "sign.other_pages"
    with pytest.raises(Refused):
        file_upgrade(study, "sha256:" + "0" * 64, b"", "B-T")
    study.close()
    with pytest.raises(Explained):
        file_upgrade(opened("crc"), digest, b"", "B-T")


@pytest.mark.requirement("REQ-24", "REQ-46")
def test_that_all_of_it_travels_to_another_laptop(
    ask: Ask, set_up: TimeServer, folder: Path, tmp_path: Path
) -> None:
    first = ask(*visit(tmp_path, "--timestamp"), user="first")["sha256"]
    ask("--timestamp", user="adm")
    with unlock(folder, "adm", PASSWORD) as here:
        join(tmp_path / "there.crf", here.invitation(), PEOPLE[2])
        with unlock(tmp_path / "there.crf", "crc", PASSWORD) as there:
            export_bundle(here, tmp_path / "bundle", [own_public_key(there)])
            merge_bundle(there, tmp_path / "bundle")
    study = Study.open(tmp_path / "there.crf", "crc", PASSWORD)
    found = newest(study, first)
    pdf = study.store.document(found.digest)
    assert found.level == "B-LTA" and pdf is not None
    assert check_pdf(pdf[1], found.digest, study.store.ca_certificate, found.signers).verified
    assert authority_of(study.store) is not None
    study.close()


@pytest.mark.requirement("REQ-24")
def test_that_a_revoked_key_is_on_the_list_and_what_it_signed_before_counts(
    ask: Ask, set_up: TimeServer, folder: Path, tmp_path: Path, opened: Any
) -> None:
    digest = ask(*visit(tmp_path))["sha256"]
    with unlock(folder, "adm", PASSWORD) as store:
        accounts.close(store, "U.01.1", "Left the hospital")
    told = ask("--timestamp", user="adm")
    assert (told["code"], told["level"]) == (0, "B-LTA")
    study = opened("adm")
    found = newest(study, digest)
    held = study.store.document(found.digest)
    assert held is not None
    assert check_pdf(held[1], found.digest, study.store.ca_certificate, found.signers).verified
    assert b"/CRLs" in held[1]
