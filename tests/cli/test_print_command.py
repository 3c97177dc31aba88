"""``print`` on the command line: what may be had, under which name, what the log says of it, and what goes wrong."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crf_desktop.capture.printing import EMPTY, KINDS, Order, file_name, in_both
from crf_desktop.capture.study import Study
from crf_desktop.cli import run
from crf_desktop.model import serial
from crf_desktop.model.data import Kind
from crf_desktop.report import printing
from crf_desktop.store import NewPerson, NewStudy, create
from tests.capture.asking import PASSWORD, make
from tests.small_trial import small_trial

WHO = "01-001"
ASKED: dict[str, tuple[str, ...]] = {
    "blank": ("--blank",), "annotated": ("--annotated",), "dictionary": ("--dictionary",),
    "visit": ("--visit", WHO, "SE.W0"), "form": ("--form", WHO, "w0", "dose"), "casebook": ("--casebook", WHO),
    "audit": ("--audit",), "authorised": ("--authorised",),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("print") / "s.crf")


@pytest.fixture
def study(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRF_USER", "mon")
    monkeypatch.setenv("CRF_PASSWORD", PASSWORD)
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    return Path(shutil.copytree(made, tmp_path / "s.crf"))


def answered(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = run(["print", *map(str, arguments), "--json"])
    return code, json.loads(capsys.readouterr().out or "{}")


def exports(study: Path) -> list[dict[str, Any]]:
    opened = Study.open(study, "inv", PASSWORD, read_only=True)
    try:
        told = (json.loads(row.payload or "{}") for row in opened.store.rows(Kind.SYSTEM))
        return [payload for payload in told if payload.get("act") == "export"]
    finally:
        opened.close()


@pytest.mark.requirement("REQ-37", "REQ-38", "REQ-15", "REQ-09")
@pytest.mark.parametrize("kind", KINDS)
def test_that_every_document_is_written_under_its_usual_name_and_what_holds_data_is_a_row_of_the_log(
    study: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    code, told = answered(capsys, study, *ASKED[kind], "--lang", "zh")
    assert code == 0, told
    out = Path(told["out"])
    pdf = out.read_bytes()
    assert pdf.startswith(b"%PDF-1.7") and told["sha256"] == hashlib.sha256(pdf).hexdigest()
    assert WHO not in out.name and told["recorded"] is (kind not in EMPTY)
    assert [e["sha256"] for e in exports(study)] == ([] if kind in EMPTY else [told["sha256"]])
    assert [p.name for p in Path().iterdir()] == [out.name]


def test_that_the_row_says_whose_paper_it_was_and_of_which_form(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answered(capsys, study, *ASKED["form"])[0] == 0
    (said,) = exports(study)
    assert {k: said[k] for k in ("format", "subject", "event", "form")} == {
        "format": "filled_form", "subject": WHO, "event": "SE.W0", "form": "F.DOSE",
    }  # fmt: skip


def test_that_both_languages_are_for_forms_and_the_dictionary(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in KINDS:
        if not in_both(Order(kind)):
            assert run(["print", str(study), *ASKED[kind], "--lang", "both"]) == 2
            assert "in one language" in capsys.readouterr().err
    assert run(["print", str(study), *ASKED["form"], "--lang", "both"]) == 0


def test_that_paper_is_there_before_any_participant_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    people = (NewPerson("adm", "Adm", "administrator", PASSWORD),)
    create(tmp_path / "e.crf", NewStudy("ST.SMALL", "01", serial.to_bytes(small_trial()), people))
    monkeypatch.setenv("CRF_USER", "adm")
    monkeypatch.setenv("CRF_PASSWORD", PASSWORD)
    for asked in (*(ASKED[kind] for kind in sorted(EMPTY)), ("--blank", "w0"), ("--audit",), ("--authorised",)):
        out = tmp_path / f"{len(list(tmp_path.iterdir()))}.pdf"
        code, told = answered(capsys, tmp_path / "e.crf", *asked, "--out", out)
        assert code == 0, (asked, told)


@pytest.mark.parametrize(("asked", "code", "named"), [
    (("--blank", "nowhere"), "print.no_visit", "SE.W0"),
    (("--visit", "01-099", "SE.W0"), "print.no_participant", ""),
    (("--casebook", "01-099"), "print.no_participant", ""),
    (("--audit", "01-099"), "print.no_participant", ""),
    (("--visit", WHO, "SE.W99"), "print.no_visit", "SE.SCR"),
    (("--visit", WHO, "SE.W4"), "print.not_begun", "SE.W0"),
    (("--form", WHO, "SE.W0", "F.NONE"), "print.no_form", "F.DOSE"),
])  # fmt: skip
def test_that_what_is_not_there_is_refused_with_what_is(
    study: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], code: str, named: str
) -> None:
    if asked[2:] == ("SE.W4",):
        asked = (*asked[:2], not_begun(study))
    failed, told = answered(capsys, study, *asked)
    assert (failed, told["error"]) == (1, code) and named in told["todo"]
    assert "01-0" not in "".join((told["happened"], told["kept"], told["todo"]))
    assert list(Path().iterdir()) == [] and exports(study) == []


def not_begun(study: Path) -> str:
    """A visit of the participant that is still to come."""
    opened = Study.open(study, "inv", PASSWORD, read_only=True)
    try:
        return next(v.address for v in opened.matrix(WHO).columns if not v.date)
    finally:
        opened.close()


def test_that_nothing_is_written_over_and_a_folder_takes_the_usual_name(
    study: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    Path("mine.pdf").write_text("mine")
    code, told = answered(capsys, study, *ASKED["visit"], "--out", "mine.pdf")
    assert (code, told["error"]) == (1, "export.exists") and Path("mine.pdf").read_text() == "mine"
    (tmp_path / "folder").mkdir()
    code, told = answered(capsys, study, *ASKED["visit"], "--out", tmp_path / "folder")
    assert code == 0 and Path(told["out"]) == tmp_path / "folder" / file_name(Order("visit", WHO, "SE.W0"))
    code, told = answered(capsys, study, *ASKED["visit"], "--out", tmp_path / "folder")
    assert (code, told["error"]) == (1, "export.exists") and len(exports(study)) == 1
    code, told = answered(capsys, study, *ASKED["blank"], "--out", study / "b.pdf")
    assert (code, told["error"]) == (1, "export.inside_study")


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "export.disk_full"), (errno.EROFS, "export.not_written")])
def test_that_a_full_disk_and_a_folder_that_may_not_be_written_leave_nothing(
    study: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(descriptor: int) -> None:
        if Path(f"/proc/self/fd/{descriptor}").readlink().name.endswith(".part"):
            raise OSError(number, os.strerror(number))
        real(descriptor)

    real = os.fsync
    monkeypatch.setattr(os, "fsync", fail)
    for kind in ("blank", "visit"):
        failed, told = answered(capsys, study, *ASKED[kind])
        assert (failed, told["error"]) == (1, code) and list(Path().iterdir()) == []
    monkeypatch.undo()
    assert exports(study) == []


def test_that_ctrl_c_in_the_middle_leaves_nothing_half_written_and_no_row(
    study: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: Any) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(printing, "_document", stopped)
    failed, told = answered(capsys, study, *ASKED["casebook"])
    assert (failed, told["error"]) == (1, "cli.interrupted")
    assert list(Path().iterdir()) == [] and exports(study) == []


def test_that_a_study_that_can_only_be_read_gives_paper_and_refuses_data(
    study: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Study.open
    monkeypatch.setattr(Study, "open", lambda *a, **k: real(*a, **{**k, "read_only": True}))
    assert answered(capsys, study, *ASKED["blank"])[0] == 0
    code, told = answered(capsys, study, *ASKED["visit"])
    assert (code, told["error"]) == (1, "store.read_only")


def test_that_a_label_is_for_blank_forms_and_days_are_days(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answered(capsys, study, "--blank", "w0", "--label", WHO)[0] == 0
    assert exports(study) == []
    code, told = answered(capsys, study, "--blank", "--label", "01-099")
    assert (code, told["error"]) == (1, "print.no_participant")
    assert run(["print", str(study), "--dictionary", "--label", WHO]) == 2
    assert answered(capsys, study, "--authorised", "2026-11-20")[1]["out"] == "authorised-persons-2026-11-20.pdf"
    for wrong in (("--authorised", "yesterday"), (), ("--blank", "--audit"), ("--visit", WHO)):
        with pytest.raises(SystemExit, match="2"):
            run(["print", str(study), *wrong])


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_that_progress_is_told_at_a_terminal_and_nowhere_else(study: Path) -> None:
    command = [sys.executable, "-m", "crf_desktop", "print", str(study), "--blank", "--lang", "both"]
    told = subprocess.run(command, capture_output=True, check=True, timeout=120)
    assert told.stderr == b"" and told.stdout.decode().startswith("Written: blank-forms.pdf")
    if not shutil.which("script"):
        pytest.skip("script is not installed")
    Path("blank-forms.pdf").unlink()
    shown = ["script", "-qec", " ".join(command), "/dev/null"]
    seen = subprocess.run(shown, capture_output=True, check=True, timeout=120)
    assert b"Drawing 100 %" in seen.stdout
