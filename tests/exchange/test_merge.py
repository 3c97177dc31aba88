"""Two laptops give one study: merged both ways, in any order, as often as one likes, they read the same."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.exchange.bundle import export_bundle
from crf_desktop.exchange.invitation import read_invitation, write_invitation
from crf_desktop.exchange.merge import MANIFEST_TYPE, acknowledged, check_bundle, merge_bundle
from crf_desktop.exchange.public_key import own_public_key
from crf_desktop.model.data import Datum, Entry, Kind
from crf_desktop.store import NewPerson, join
from tests.exchange.conftest import Opener
from tests.exchange.site import (
    CLINICAL,
    DIGEST,
    PASSWORD,
    StepClock,
    answer,
    begin,
    change,
    current_state,
    fingerprint_of,
    item,
    sent,
    trail,
)

PGA, ESR, ASSESSOR = "I.PGA.ACTIVITY", "I.LAB.ESR", "I.PGA.ASSESSOR"


@pytest.mark.requirement("REQ-39")
def test_that_after_merging_both_ways_both_files_read_the_same(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    begin(a)
    a.append([answer(PGA, "40"), answer(ESR, "UNK")])
    begin(b, "01-201")
    b.append([answer(PGA, "7", "01-201")])
    report = merge_bundle(a, sent(b, a, laptops / "1"))
    assert report.rows_new > 0 and not report.conflicts and report.sender_trust == "certified"
    merge_bundle(b, sent(a, b, laptops / "2"))
    assert current_state(a) == current_state(b)
    assert trail(a) == trail(b) and len(trail(a)) == 7
    assert {s.path.subject for s in a.subjects()} == {"01-001", "01-201"}
    assert [f.code for f in a.verify("full")] == [f.code for f in b.verify("full")] == ["verify.ok_full"]


def test_that_merging_twice_changes_nothing_and_says_so(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    begin(b, "01-201")
    bundle = sent(b, a, laptops / "1")
    merge_bundle(a, bundle)
    before = fingerprint_of(a)
    report = merge_bundle(a, bundle)
    assert (report.rows_new, report.documents_new) == (0, 0) and fingerprint_of(a) == before
    assert "already holds every row" in report.sentences("en")[0] and "无新增" in report.sentences("zh")[0]


@pytest.mark.requirement("REQ-16", "REQ-39")
def test_that_what_is_held_is_acknowledged_with_the_senders_signed_manifest(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    begin(b, "01-201")
    merge_bundle(a, sent(b, a, laptops / "1"))
    row = [r for r in a.rows(Kind.ACKNOWLEDGEMENT) if r.origin == a.origin and b.origin in (r.payload or "")][-1]
    told = json.loads(row.payload or "")
    held = b.change(b.origin, told["seq"])
    assert held is not None and told["head"] == held.hash.hex()
    kept = a.document(told["manifest"])
    assert kept is not None and kept[0] == MANIFEST_TYPE and b.origin in kept[1].decode()
    merge_bundle(b, sent(a, b, laptops / "2"))
    assert acknowledged(b, by=a.origin)[b.origin] == told["seq"]


def test_that_increments_after_an_acknowledgement_merge_and_a_gap_is_refused(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    begin(b, "01-201")
    first = b.heads()
    bundle_1 = sent(b, a, laptops / "1")
    b.append([answer(PGA, "7", "01-201")])
    after = {origin: seq for origin, (seq, _) in first.items()}
    bundle_2 = sent(b, a, laptops / "2", after=after)
    before = fingerprint_of(a)
    refuse(a, bundle_2, "bundle.gap", before)
    assert check_bundle(bundle_2, a).problem is not None
    merge_bundle(a, bundle_1)
    assert merge_bundle(a, bundle_2).rows_new == 2
    assert a.at(item(PGA, "01-201")) == b.at(item(PGA, "01-201"))
    everything = {origin: seq for origin, (seq, _) in b.heads().items()}
    with pytest.raises(Refused) as caught:
        export_bundle(b, laptops / "3", [own_public_key(a)], after=everything)
    assert caught.value.code == "export.nothing_new" and not (laptops / "3").exists()


def refuse(store: object, bundle: Path, code: str, before: object) -> None:
    """The merge is refused with that code, has words for it, and changed nothing."""
    with pytest.raises((Refused, EnvironmentProblem)) as caught:
        merge_bundle(store, bundle)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert all(caught.value.sentences("en")) and all(caught.value.sentences("zh"))
    assert fingerprint_of(store) == before  # type: ignore[arg-type]


@pytest.mark.requirement("REQ-12", "REQ-35")
def test_that_two_edits_of_one_answer_are_both_kept_and_one_query_asks(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    begin(a)
    a.append([answer(PGA, "40"), answer(ESR, "12")])
    merge_bundle(b, sent(a, b, laptops / "1"))
    change(a, PGA, "41")
    change(b, PGA, "42")
    change(a, ESR, "13")
    change(b, ESR, "13")
    report = merge_bundle(a, sent(b, a, laptops / "2"))
    assert [c.path for c in report.conflicts] == [item(PGA)] and report.queries_raised
    assert "query" in " ".join(report.sentences("en")) and "01-001" not in repr(report)
    assert {c.datum.value for c in a.history(item(PGA)) if c.kind is Kind.ITEM} == {"40", "41", "42"}
    head = a.form_head(item(PGA).form_path)
    assert head is not None and head.n_open_query == 1
    again = merge_bundle(b, sent(a, b, laptops / "3"))
    assert not again.conflicts, "the query came with the bundle"
    assert current_state(a) == current_state(b)
    merge_bundle(a, sent(b, a, laptops / "4"))
    assert current_state(a) == current_state(b)


def test_that_both_sides_finding_one_conflict_raise_one_query(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    begin(a)
    merge_bundle(b, sent(a, b, laptops / "1"))
    a.append([answer(PGA, "1")])
    b.append([answer(PGA, "2")])
    to_a, to_b = sent(b, a, laptops / "2"), sent(a, b, laptops / "3")
    assert len(merge_bundle(a, to_a).conflicts) == len(merge_bundle(b, to_b).conflicts) == 1
    merge_bundle(a, sent(b, a, laptops / "4"))
    merge_bundle(b, sent(a, b, laptops / "5"))
    for store in (a, b):
        head = store.form_head(item(PGA).form_path)
        assert head is not None and head.n_open_query == 1


def test_that_an_administrator_sees_conflicts_and_says_who_can_ask(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    begin(a)
    merge_bundle(b, sent(a, b, laptops / "1"))
    a.append([answer(PGA, "1")])
    b.append([answer(PGA, "2")])
    bundle = sent(b, a, laptops / "2")
    a.close()
    administrator = open_it(laptops / "a.crf", "adm")
    report = merge_bundle(administrator, bundle)
    assert len(report.conflicts) == 1 and not report.queries_raised
    assert "data manager" in " ".join(report.sentences("en"))


def test_that_an_interrupted_merge_is_made_up_for(
    laptops: Path, open_it: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    begin(a)
    merge_bundle(b, sent(a, b, laptops / "1"))
    a.append([answer(PGA, "1")])
    b.append([answer(PGA, "2")])
    bundle = sent(b, a, laptops / "2")
    with monkeypatch.context() as broken:
        broken.setattr(type(a), "requests", lambda _: 1 / 0)
        broken.setattr("crf_desktop.exchange.merge.raise_queries", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            merge_bundle(a, bundle)
    report = merge_bundle(a, bundle)
    assert report.rows_new == 0 and len(report.conflicts) == 1
    assert acknowledged(a)[b.origin] == b.heads()[b.origin][0] - 1


def test_that_the_administrators_merge_countersigns_newcomers(newcomers: Path, open_it: Opener) -> None:
    a, b = open_it(newcomers / "a.crf", "inv"), open_it(newcomers / "b.crf")
    assert b.session.trust == "pending"
    bundle = sent(b, a, newcomers / "1")
    report = merge_bundle(a, bundle)
    assert report.sender_trust == "pending" and [p.user_name for p in report.pending] == ["crc"]
    assert "trust pending" in " ".join(report.sentences("en"))
    a.close()
    administrator = open_it(newcomers / "a.crf", "adm")
    report = merge_bundle(administrator, bundle)
    assert [p.user_name for p in report.certified] == ["crc"] and not report.pending
    assert merge_bundle(administrator, bundle).sender_trust == "certified"  # unknown to the newcomer yet
    merge_bundle(b, sent(administrator, b, newcomers / "2"))
    assert b.session.trust == "certified" and b.installation.certificate
    assert merge_bundle(administrator, sent(b, administrator, newcomers / "3")).sender_trust == "certified"


def test_that_somebody_new_is_named_after_the_merge(newcomers: Path, open_it: Opener) -> None:
    a, c = open_it(newcomers / "a.crf", "adm"), open_it(newcomers / "c.crf", "nurse")
    report = merge_bundle(a, sent(c, a, newcomers / "1"))
    assert [p.user_name for p in report.people_new] == ["nurse"]
    assert "Nurse of c.crf" in " ".join(report.sentences("en"))


def test_that_a_third_laptop_learns_both_others_from_one_bundle(newcomers: Path, open_it: Opener) -> None:
    a, b, c = (open_it(newcomers / n, u) for n, u in (("a.crf", "adm"), ("b.crf", "crc"), ("c.crf", "nurse")))
    begin(b, "01-201")
    merge_bundle(a, sent(b, a, newcomers / "1"))
    report = merge_bundle(c, sent(a, c, newcomers / "2"))
    assert set(report.origins) == {a.origin, b.origin}
    assert all(c.certified(row) for row in trail(c, [b.origin], CLINICAL))
    assert current_state(c) == current_state(a)


@pytest.mark.requirement("REQ-03")
def test_that_a_monitor_may_export_and_not_merge(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "mon"), open_it(laptops / "b.crf")
    bundle = sent(b, a, laptops / "1")
    sent(a, b, laptops / "2")
    refuse(a, bundle, "exchange.no_right", fingerprint_of(a))


def test_that_a_study_opened_read_only_neither_exports_nor_merges(laptops: Path, open_it: Opener) -> None:
    b = open_it(laptops / "b.crf")
    a = open_it(laptops / "a.crf", "inv", read_only=True)
    refuse(a, sent(b, a, laptops / "1"), "store.read_only", fingerprint_of(a))
    with pytest.raises(EnvironmentProblem):
        export_bundle(a, laptops / "2", clock=StepClock())
    assert not (laptops / "2").exists()


@pytest.mark.requirement("REQ-39")
def test_that_two_copies_of_one_folder_have_forked(laptops: Path, open_it: Opener) -> None:
    shutil.copytree(laptops / "b.crf", laptops / "copy.crf")
    a, b, copy = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf"), open_it(laptops / "copy.crf")
    if copy.origin != b.origin:
        pytest.skip("a copied folder has minted a new origin: there is no fork to find")
    begin(b, "01-201")
    begin(copy, "01-202")
    merge_bundle(a, sent(b, a, laptops / "1"))
    before = fingerprint_of(a)
    forked = sent(copy, a, laptops / "2")
    refuse(a, forked, "bundle.forked", before)
    verdict = check_bundle(forked, a)
    assert not verdict.ok and verdict.problem is not None and verdict.problem.code == "bundle.forked"
    refuse(b, sent(copy, b, laptops / "3"), "bundle.forked", fingerprint_of(b))


def test_that_answers_to_repeats_of_a_participant_made_on_two_laptops_meet(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    begin(a)
    begin(b, day="2027-05-07")
    report = merge_bundle(a, sent(b, a, laptops / "1"))
    assert [c.path.item or c.path.event for c in report.conflicts] == ["SE.W0"], "the two visit dates differ"


def test_that_a_signed_document_travels_with_the_row_that_names_it(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    begin(a)
    named = a.put_document("application/pdf", b"%PDF-1.7 the signed visit")
    unnamed = a.put_document("image/png", b"a scan that no row names")
    payload = {"act": "pdf", "document": named}
    a.append(
        [Entry(Kind.SIGNATURE, item(PGA).form_path, "Insert", Datum("filed"), payload=payload, metadata_digest=DIGEST)]
    )
    report = merge_bundle(b, sent(a, b, laptops / "1"))
    assert b.document(named) == ("application/pdf", b"%PDF-1.7 the signed visit")
    assert b.document(unnamed) is None and report.documents_new >= 1


def test_that_an_invited_investigator_is_still_known_after_the_inviter_was_closed(
    joined: Path, tmp_path: Path, open_it: Opener
) -> None:
    shutil.copytree(joined / "a.crf", tmp_path / "a.crf")
    a = open_it(tmp_path / "a.crf", "adm")
    write_invitation(a, tmp_path / "i")
    join(
        tmp_path / "d.crf", read_invitation(tmp_path / "i"), NewPerson("inv", "", "investigator", PASSWORD), StepClock()
    )
    d = open_it(tmp_path / "d.crf", "inv")
    merge_bundle(a, sent(d, a, tmp_path / "1"))
    a.close()
    a = open_it(tmp_path / "a.crf", "adm")
    assert [f.code for f in a.verify("full")] == ["verify.ok_full"]
    begin(d, "01-601")
    assert merge_bundle(a, sent(d, a, tmp_path / "2")).rows_new > 0
