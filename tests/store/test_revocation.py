"""The revocation list of the study's authority: made by an administrator, always the same bytes, read by OpenSSL."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from crf_desktop.store import Store, accounts, certificate
from crf_desktop.store.revocation import DAYS, has_authority, revocation_list
from tests.store.builders import ADMINISTRATOR, StepClock

Open = Callable[..., Store]


def loaded(store: Store) -> x509.CertificateRevocationList:
    made = revocation_list(store)
    assert made is not None
    return x509.load_der_x509_crl(made)


def test_that_only_the_authoritys_key_makes_a_list(folder: Path, opened: Open) -> None:
    store = opened(folder)
    assert not has_authority(store) and revocation_list(store) is None


def test_that_nobody_is_on_the_list_of_a_new_study_and_that_it_is_the_authoritys(folder: Path, opened: Open) -> None:
    store = opened(folder, ADMINISTRATOR)
    found = loaded(store)
    issuer = certificate.load(store.ca_certificate)
    assert len(found) == 0 and found.issuer == issuer.subject
    assert found.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    assert found.next_update_utc is not None
    assert found.next_update_utc - found.last_update_utc == timedelta(days=DAYS)


def test_that_the_same_log_and_clock_give_the_same_bytes(folder: Path, opened: Open) -> None:
    class Still(StepClock):
        def now(self):
            return self.moment

    store = opened(folder, ADMINISTRATOR, clock=Still())
    assert revocation_list(store) == revocation_list(store)


@pytest.mark.requirement("REQ-24")
def test_that_a_closed_account_and_a_reset_one_are_on_the_list_from_then_on(folder: Path, opened: Open) -> None:
    store = opened(folder, ADMINISTRATOR)
    people = {p.user_name: p.user_oid for p in store.people()}
    before = {
        name: certificate.load(key.signing_certificate).serial_number
        for name in ("investigator", "monitor", "coordinator")
        for key in store.who.keys.values()
        if key.user_oid == people[name]
    }
    accounts.close(store, people["investigator"], "Left")
    accounts.reset(store, people["monitor"], "another good sentence for it", "Lost")
    found = {one.serial_number: one.revocation_date_utc for one in loaded(store)}
    assert set(found) == {before["investigator"], before["monitor"]}
    closing = store.who.closed[people["investigator"]]
    row = store.change(closing[1], closing[2])
    assert row is not None and found[before["investigator"]].isoformat()[:19] > row.recorded_at[:19]


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_that_openssl_reads_it_and_refuses_what_is_on_it(folder: Path, opened: Open, tmp_path: Path) -> None:
    store = opened(folder, ADMINISTRATOR)
    people = {p.user_name: p.user_oid for p in store.people()}
    keys = {key.user_oid: key.signing_certificate for key in store.who.keys.values()}
    accounts.close(store, people["investigator"], "Left")
    made = revocation_list(store)
    assert made is not None
    (tmp_path / "list.der").write_bytes(made)
    (tmp_path / "authority.pem").write_bytes(store.ca_certificate)
    said = openssl(tmp_path, "crl", "-inform", "DER", "-in", "list.der", "-noout", "-CAfile", "authority.pem")
    assert "verify OK" in said
    openssl(tmp_path, "crl", "-inform", "DER", "-in", "list.der", "-out", "list.pem")
    for name, told in (("investigator", "certificate revoked"), ("coordinator", "OK")):
        (tmp_path / "who.pem").write_bytes(keys[people[name]])
        clock = str(int(store.parts.author.clock.now().timestamp()))
        command = ("verify", "-attime", clock, "-crl_check", "-CAfile", "authority.pem", "-CRLfile", "list.pem")
        assert told in openssl(tmp_path, *command, "who.pem")


def openssl(place: Path, *arguments: str) -> str:
    done = subprocess.run(["openssl", *arguments], cwd=place, capture_output=True, text=True, timeout=60, check=False)
    return done.stdout + done.stderr
