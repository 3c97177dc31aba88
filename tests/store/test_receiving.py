"""Two laptops of one study: invitation, request, countersignature, and rows that travel."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest
from attrs import evolve
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crf_desktop.errors import Refused
from crf_desktop.model.data import Change, Datum, Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.store import NewPerson, NewStudy, Store, create, encoding, join
from crf_desktop.store.installation import box_recipient
from tests.store.builders import ADMINISTRATOR, JOINER, PASSWORD, PEOPLE, StepClock, answer, codes, item, query, state

Open = Callable[..., Store]


def all_rows(store: Store) -> list[Change]:
    return list(store.changes(store.origin))


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    assert refused.value.sentences("zh")[0] != refused.value.sentences("en")[0]
    return refused.value.code


def sign_in_both(pair: tuple[Path, Path], opened: Open, user: str = "investigator") -> tuple[Store, Store]:
    return opened(pair[0], user), opened(pair[1])


def test_that_the_joined_laptop_signs_pending_and_becomes_certified(pair: tuple[Path, Path], opened: Open) -> None:
    first, second = sign_in_both(pair, opened, ADMINISTRATOR)
    assert second.session.trust == "pending" and second.installation.certificate is None
    assert second.session.person.user_oid == "U.01.1" and second.session.person.role == "investigator"
    assert second.next_number() == "01-201" and second.session.device_oid == "D.01.2"
    assert second.signing_key("investigator", PASSWORD).trust == "pending"
    second.append([answer(item("01-201"), "4")])
    received = first.receive(all_rows(second), {})
    assert received.pending and received.conflicts == () and received.added == second.head()[1]
    [request] = first.requests()
    assert request.person.user_name == "investigator" and request.origin == second.origin
    first.certify(request)
    assert first.requests() == [] and codes(first) == {"verify.ok_full"}
    back = second.receive(all_rows(first), {})
    assert back.added == first.head()[1] and not back.pending
    assert second.session.trust == "certified" and second.installation.certificate is not None
    key = second.signing_key("investigator", PASSWORD)
    assert key.trust == "certified" and key.chain == (second.ca_certificate,)
    assert second.session.certificate_serial == f"{x509.load_pem_x509_certificate(key.certificate).serial_number:x}"
    assert codes(second) == {"verify.ok_full"} and state(first, ()) == state(second, ())
    second.close()
    assert opened(pair[1]).session.trust == "certified"


def test_that_everybody_is_still_known_after_closing_and_in_any_order_of_arrival(
    pair: tuple[Path, Path], opened: Open, tmp_path: Path
) -> None:
    first, second = sign_in_both(pair, opened, ADMINISTRATOR)
    join(tmp_path / "third.crf", first.invitation(), JOINER, StepClock())
    third = opened(tmp_path / "third.crf")
    second.append([answer(item("01-201"), "4")])
    first.receive(all_rows(second), {})
    first.certify(first.requests()[0])
    third.receive(all_rows(first), {})
    assert not third.receive(all_rows(second), {}).pending
    for store, folder, user in ((first, pair[0], ADMINISTRATOR), (third, third.folder, "investigator")):
        store.close()
        again = opened(folder, user)
        [row] = again.history(item("01-201"))
        assert again.certified(row) and codes(again) == {"verify.ok_full"}
        assert [r for r in again.requests() if r.origin != again.origin] == []


def test_that_only_the_authority_countersigns(pair: tuple[Path, Path], opened: Open) -> None:
    first, second = sign_in_both(pair, opened)
    first.receive(all_rows(second), {})
    assert refusal(lambda: first.certify(first.requests()[0])) == "store.not_the_authority"
    assert refusal(lambda: second.invitation()) == "store.invite_elsewhere"


def test_that_no_two_invitations_share_numbers(pair: tuple[Path, Path], opened: Open) -> None:
    first = opened(pair[0])
    blocks = [first.invitation().block, first.invitation().block, first.invitation("02").block]
    assert [(b.index, b.first, b.last) for b in blocks] == [(3, 401, 600), (4, 601, 800), (1, 1, 200)]


def test_that_a_person_no_invitation_named_joins_with_the_least_role(
    pair: tuple[Path, Path], opened: Open, tmp_path: Path
) -> None:
    first = opened(pair[0])
    join(tmp_path / "third.crf", first.invitation(), NewPerson("new", "New", "investigator", PASSWORD), StepClock())
    third = opened(tmp_path / "third.crf", "new")
    assert (third.session.person.user_oid, third.session.person.role) == ("U.01.401", "coordinator")
    first.receive(all_rows(third), {})
    assert first.person("U.01.401") == third.session.person


@pytest.mark.requirement("REQ-39")
def test_that_receiving_is_idempotent_and_refuses_gaps_and_forks(pair: tuple[Path, Path], opened: Open) -> None:
    first, second = sign_in_both(pair, opened)
    rows = second.append([answer(item("01-201"), value) for value in "12345"])
    whole = all_rows(second)
    assert refusal(lambda: first.receive(rows, {})) == "bundle.gap"
    assert refusal(lambda: first.receive([*whole[:-3], *whole[-2:]], {})) == "bundle.gap"
    first.receive(whole[:-2], {})
    again = first.receive(whole, {})
    assert (again.added, again.known) == (2, len(whole) - 2)
    before = first.heads()
    assert first.receive(whole, {}).added == 0 and first.heads() == before
    changed = [*whole[:-1], evolve(whole[-1], hash=bytes(32))]
    assert refusal(lambda: first.receive(changed, {})) == "bundle.forked"
    own = all_rows(first)
    assert refusal(lambda: first.receive([evolve(own[-1], seq=own[-1].seq + 1)], {})) == "bundle.forked"
    assert first.append([answer(item(), "1")])[0].lamport > max(row.lamport for row in whole)


def resealed(change: Change, key: Ed25519PrivateKey, **changed: object) -> Change:
    """A row altered and hashed again by somebody with a key of his own."""
    draft = evolve(change, **changed)
    found = encoding.row_hash(encoding.to_cells(draft))
    return evolve(draft, hash=found, row_signature=key.sign(found))


def test_that_what_a_changed_client_writes_is_refused_and_nothing_is_kept(
    pair: tuple[Path, Path], opened: Open
) -> None:
    first, second = sign_in_both(pair, opened)
    second.append([answer(item("01-201"), "4")])
    *front, last = all_rows(second)
    own, stranger = second._author._key, Ed25519PrivateKey.generate()
    forgeries = {
        "bundle.malformed": [
            evolve(last, datum=Datum("5")), resealed(last, own, lamport=front[-1].lamport),
            resealed(last, own, lamport=2**52), resealed(last, own, kind=Kind.SUBJECT),
            resealed(last, own, payload='{"a": 1}'), resealed(last, own, datum=Datum("x" * 4001)),
        ],
        "bundle.forged": [
            resealed(last, stranger), resealed(last, own, role="administrator"), resealed(last, own, user_oid="U.01.4"),
            resealed(last, own, key_id="0" * 32),
            resealed(last, own, kind=Kind.USER, path=ItemPath(), payload='{"act":"create","user_oid":"U.01.9"}'),
            resealed(last, own, kind=Kind.SYSTEM, path=ItemPath(), payload='{"act":"block"}'),
        ],
        "bundle.forked": [resealed(last, own, previous_hash=bytes(32))],
        "bundle.other_study": [resealed(last, own, study_oid="S.OTHER")],
        "bundle.newer": [resealed(last, own, format=2)],
    }  # fmt: skip
    before = first.heads()
    for code, rows in forgeries.items():
        for row in rows:
            assert refusal(lambda row=row: first.receive([*front, row], {})) == code  # type: ignore[misc]
            assert first.heads() == before
    assert refusal(lambda: first.receive(front, {"sha256:" + "0" * 64: ("a/b", b"x")})) == "bundle.malformed"
    assert first.heads() == before and codes(first) == {"verify.ok_full"}
    assert first.receive([*front, last], {}).added == last.seq


def test_that_rows_of_a_study_with_another_authority_are_refused(
    pair: tuple[Path, Path], opened: Open, tmp_path: Path
) -> None:
    create(tmp_path / "twin.crf", NewStudy("S.TEST", "01", b"{}", PEOPLE[3:]), StepClock())
    twin = opened(tmp_path / "twin.crf", ADMINISTRATOR)
    first = opened(pair[0])
    assert refusal(lambda: first.receive(all_rows(twin), {})) == "bundle.other_study"
    join(tmp_path / "joined.crf", twin.invitation(), JOINER, StepClock())
    joined = opened(tmp_path / "joined.crf")
    assert refusal(lambda: first.receive(all_rows(joined), {})) == "bundle.other_study"


def test_that_two_edits_of_the_same_row_are_both_kept_and_told(pair: tuple[Path, Path], opened: Open) -> None:
    first, second = sign_in_both(pair, opened)
    [base] = first.append([answer(item(), "1")])
    second.receive(all_rows(first), {})
    based = (base.origin, base.seq)
    first.append([answer(item(), "2", based), answer(item(name="DRY"), "7"), answer(item(name="SAME"), "1")])
    second.append([answer(item(), "3", based), answer(item(name="DRY"), "8"), answer(item(name="SAME"), "1")])
    assert set(first.receive(all_rows(second), {}).conflicts) == {item(), item(name="DRY")}
    assert set(second.receive(all_rows(first), {}).conflicts) == {item(), item(name="DRY")}
    assert state(first, ()) == state(second, ()) and first.history(item()) == second.history(item())
    later = first.at(item())
    assert later is not None
    first.append([answer(item(), "2", (later.origin, later.seq))])
    assert second.receive(all_rows(first), {}).conflicts == ()


def test_that_documents_and_queries_travel(pair: tuple[Path, Path], opened: Open) -> None:
    first, second = sign_in_both(pair, opened)
    digest = second.put_document("application/pdf", b"%PDF")
    [asked] = second.append([answer(item("01-201"), "4"), query(item("01-201"), "Answered")])[1:]
    first.receive(all_rows(second), {digest: ("application/pdf", b"%PDF")})
    assert first.document(digest) == ("application/pdf", b"%PDF") and first.count_states()["queries"] == 1
    first.append([query(item("01-201"), "Resolved", f"{asked.origin}.{asked.seq}")])
    second.receive(all_rows(first), {})
    assert second.count_states()["queries"] == 0


def test_that_a_revoked_key_writes_no_more(pair: tuple[Path, Path], opened: Open) -> None:
    first, second = sign_in_both(pair, opened, ADMINISTRATOR)
    second.append([answer(item("01-201"), "1")])
    first.receive(all_rows(second), {})
    revoke = {"act": "revoke", "origin": second.origin, "key_id": second.session.key_id}
    first.append([Entry(Kind.USER, ItemPath(), "Insert", payload=revoke)])
    while second.append([answer(item("01-201"), "2")])[0].lamport <= first.rows(Kind.USER)[-1].lamport:
        pass
    assert refusal(lambda: first.receive(all_rows(second), {})) == "bundle.forged"


def test_that_an_installation_signs_and_receives_with_keys_age_understands(
    pair: tuple[Path, Path], opened: Open
) -> None:
    store = opened(pair[0])
    own = store.installation
    sealed = pyrage.encrypt(b"rows", [pyrage.x25519.Recipient.from_str(own.age_recipient())])
    identity = pyrage.x25519.Identity.from_str(own.age_identity())
    assert pyrage.decrypt(sealed, [identity]) == b"rows" and str(identity.to_public()) == box_recipient(
        own.box_public
    )
    assert own.certificate is not None
    found = x509.load_pem_x509_certificate(own.certificate)
    found.public_key().verify(own.sign(b"manifest"), b"manifest")  # type: ignore[union-attr,call-arg]
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.UniformResourceIdentifier) == [f"age:{own.age_recipient()}"]
    assert json.loads(json.dumps(own.public()))["age"] == own.age_recipient()


def test_that_certificates_chain_to_the_authority_and_name_the_person(store: Store) -> None:
    key = store.signing_key("investigator", PASSWORD)
    leaf, root = (x509.load_pem_x509_certificate(pem) for pem in (key.certificate, store.ca_certificate))
    leaf.verify_directly_issued_by(root)
    assert leaf.subject.rfc4514_string() == "2.5.4.5=U.01.1,O=S.TEST,CN=Investigator (investigator)"
    assert key.private_key.public_key() == leaf.public_key()
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature and usage.content_commitment and not usage.key_cert_sign
    basic = root.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert basic.ca and basic.path_length == 0
