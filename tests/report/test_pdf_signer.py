"""Whose key signs: the hospital's file and token, what is refused of them, and that nothing shows a secret."""

from __future__ import annotations

import pickle
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from cryptography.hazmat.primitives.serialization import Encoding

from crf_desktop.errors import LANGUAGES, Explained, Refused
from crf_desktop.report.pdf_check import check_pdf
from crf_desktop.report.pdf_signature import sign_pdf
from crf_desktop.report.pdf_signer import KeyFile, SigningSource, opened, public_part, require_unlisted
from crf_desktop.report.pdf_token import Token
from crf_desktop.wording.problem_signer import PROBLEMS
from tests.report.hospital import PASSPHRASE, PIN, START, file_of, issued, lists, needs_token, token_of
from tests.report.plain import WHEN, document


def signed(source: SigningSource) -> bytes:
    return sign_pdf(document(), source, "Li Wei 李伟", "I have reviewed these data.", WHEN)


def refusal(source: SigningSource) -> str:
    with pytest.raises(Explained) as told:
        signed(source)
    for language in LANGUAGES:
        assert all(told.value.sentences(language))
        assert PASSPHRASE not in str(told.value.sentences(language)) and PIN not in str(told.value.sentences(language))
    return told.value.code


@pytest.mark.requirement("REQ-22", "REQ-24")
@pytest.mark.parametrize("above", [0, 1, 2])
def test_that_the_hospitals_file_signs_with_as_much_of_its_chain_as_is_in_it(above: int) -> None:
    who = issued()
    pdf = signed(KeyFile(file_of(who, above=above), PASSPHRASE))
    verdict = check_pdf(pdf)
    assert verdict.verified and verdict.level == "B-B"
    assert verdict.signatures[0].signer == "Li Wei 李伟"
    assert verdict.signatures[0].authority == ("", "Hospital office 签发处", "Hospital root")[above]
    assert signed(KeyFile(file_of(who, above=above), PASSPHRASE)) == pdf


@pytest.mark.requirement("REQ-25")
def test_that_a_flipped_bit_in_a_certificate_of_an_authority_nobody_knows_is_found() -> None:
    pdf = signed(KeyFile(file_of(issued(), above=1), PASSPHRASE))
    office = issued().above[0].public_bytes(Encoding.DER)
    begin = pdf.index(office.hex().upper().encode())
    for at in range(begin, begin + 2 * len(office), 61):
        changed = bytearray(pdf)
        changed[at] ^= 1
        assert not check_pdf(bytes(changed)).verified


def test_that_a_certificate_for_non_repudiation_alone_and_one_without_key_usage_will_do() -> None:
    for usage in ("repudiation", "none"):
        assert check_pdf(signed(KeyFile(file_of(issued(usage=usage)), PASSPHRASE))).verified


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (lambda: KeyFile(file_of(issued()), "wrong"), "signer.password"),
        (lambda: KeyFile(b"not a certificate file", PASSPHRASE), "signer.unreadable"),
        (lambda: KeyFile(file_of(issued(), key=False), PASSPHRASE), "signer.no_key"),
        (lambda: KeyFile(file_of(issued(), certificate=False), PASSPHRASE), "signer.no_certificate"),
        (lambda: KeyFile(file_of(issued(kind="ec")), PASSPHRASE), "signer.not_rsa"),
        (lambda: KeyFile(file_of(issued(kind="ed25519")), PASSPHRASE), "signer.not_rsa"),
        (lambda: KeyFile(file_of(issued(kind="short")), PASSPHRASE), "signer.weak"),
        (lambda: KeyFile(file_of(issued(days=30)), PASSPHRASE), "signer.expired"),
        (lambda: KeyFile(file_of(issued(begin=300)), PASSPHRASE), "signer.not_yet"),
        (lambda: KeyFile(file_of(issued(usage="encipher")), PASSPHRASE), "signer.usage"),
    ],
)
def test_that_a_file_that_cannot_sign_says_why(made: Any, why: str) -> None:
    assert refusal(made()) == why


def test_that_a_certificate_on_its_authoritys_list_is_told_before_it_signs() -> None:
    who, other = issued(), issued("Somebody else")
    certificate, chain = public_part(KeyFile(file_of(who), PASSPHRASE), WHEN)
    require_unlisted(certificate, chain, lists(other))
    with pytest.raises(Refused) as refused:
        require_unlisted(certificate, chain, lists(other, who))
    assert refused.value.code == "signer.revoked"


def test_that_why_ecdsa_is_refused_names_what_it_would_cost() -> None:
    assert "PDF/A-3" in PROBLEMS["signer.not_rsa"][0][0] and "PDF/A-3" in PROBLEMS["signer.not_rsa"][1][0]


def test_that_a_source_travels_to_the_worker_and_shows_no_secret() -> None:
    for source in (KeyFile(file_of(issued()), PASSPHRASE), Token("/m.so", "Ward 7", PIN, "Li Wei")):
        assert pickle.loads(pickle.dumps(source)) == source
        assert PASSPHRASE not in repr(source) and PIN not in repr(source)
    with opened(KeyFile(file_of(issued()), PASSPHRASE), WHEN) as found:
        assert "PRIVATE" not in repr(found)


# --- tokens


@needs_token
@pytest.mark.requirement("REQ-22", "REQ-24")
def test_that_a_token_signs_and_its_key_never_leaves_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    who = issued()
    token = token_of(tmp_path, monkeypatch, ("Li Wei", who))
    pdf = signed(token)
    verdict = check_pdf(pdf)
    assert verdict.verified and verdict.signatures[0].authority == "Hospital root"
    assert pdf == signed(KeyFile(file_of(who), PASSPHRASE))  # RSA PKCS #1 v1.5 knows no chance
    assert public_part(token, WHEN)[0] == who.pem


@needs_token
def test_that_a_token_that_cannot_sign_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two = token_of(tmp_path, monkeypatch, ("Li Wei", issued()), ("old", issued(days=30)), ("ec", issued(kind="ec")))
    assert refusal(two) == "token.several"
    assert check_pdf(signed(evolve(two, certificate="Li Wei"))).verified
    assert refusal(evolve(two, certificate="old")) == "signer.expired"
    assert refusal(evolve(two, certificate="ec")) == "signer.not_rsa"
    assert refusal(evolve(two, certificate="nobody")) == "token.no_certificate"
    assert refusal(evolve(two, certificate="above")) == "signer.no_key"
    assert refusal(evolve(two, pin="000000")) == "token.pin"
    assert refusal(evolve(two, label="Ward 8")) == "token.absent"
    assert refusal(evolve(two, module=str(tmp_path / "none.so"))) == "token.no_module"
    (tmp_path / "text.so").write_text("no library")
    assert refusal(evolve(two, module=str(tmp_path / "text.so"))) == "token.module"


@needs_token
def test_that_a_token_pulled_out_while_it_is_open_costs_the_signature_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of(tmp_path, monkeypatch, ("Li Wei", issued()))
    assert check_pdf(signed(token)).verified
    with pytest.raises(Explained) as told, opened(token, WHEN) as found:
        shutil.rmtree(tmp_path / "tokens")
        (tmp_path / "tokens").mkdir()
        found.sign(b"data")
    assert told.value.code in ("token.removed", "token.failed")
    assert refusal(token) == "token.absent"


def test_that_what_cards_say_and_a_soft_token_never_does_has_its_sentence(tmp_path: Path) -> None:
    import pkcs11

    from crf_desktop.report.pdf_token import _told

    assert _told(pkcs11.PinLocked()).code == "token.blocked"
    assert _told(pkcs11.DeviceRemoved()).code == "token.removed"
    assert _told(pkcs11.FunctionRejected()).code == "token.failed"


def test_that_every_sentence_is_told_in_both_languages() -> None:
    for english, chinese in PROBLEMS.values():
        assert all(english) and all(chinese)
        assert all(s.endswith(".") for s in english) and all(s.endswith("。") for s in chinese)


def test_that_the_dates_are_those_of_the_signature() -> None:
    source = KeyFile(file_of(issued(days=30)), PASSPHRASE)
    assert sign_pdf(document(), source, "Li Wei", "", START + timedelta(days=3))
