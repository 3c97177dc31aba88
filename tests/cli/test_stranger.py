"""The command line under a stranger's and an attacker's hands: whatever is asked, a sentence and nothing lost."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crf_desktop import cli
from crf_desktop.cli import run
from crf_desktop.demo.maker import PASSWORD


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "d"
    assert run(["demo", str(folder), "--participants", "1", "--no-window"]) == 0
    return folder


@pytest.fixture
def demo(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "d"))


@pytest.fixture(autouse=True)
def investigator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRF_USER", "investigator")
    monkeypatch.setenv("CRF_PASSWORD", PASSWORD)


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


@pytest.mark.requirement("REQ-46")
@pytest.mark.parametrize(
    "harm",
    [
        lambda study: flip(study / "log.db", 0),
        lambda study: flip(study / "log.db", -1),
        lambda study: (study / "log.db").unlink(),
        lambda study: [flip(study / "witness", at) for at in (5, 600)],
        lambda study: [flip(study / name, 40) for name in ("keys.a", "keys.b")],
        shutil.rmtree,
        lambda study: (study / "log.db").write_bytes(b""),
    ],
)
def test_that_whatever_is_damaged_verify_ends_with_not_verified(
    demo: Path, capsys: pytest.CaptureFixture[str], harm: object
) -> None:
    harm(demo / "demo.crf")  # type: ignore[operator]
    assert run(["verify", str(demo / "demo.crf")]) == 1
    told = capsys.readouterr()
    assert "NOT VERIFIED." in told.out + told.err
    assert run(["verify", str(demo / "demo.crf"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["verified"] is False


def test_that_a_wrong_password_verifies_nothing(
    demo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRF_PASSWORD", "not this one")
    assert run(["verify", str(demo / "demo.crf")]) == 1
    assert "password is not right" in (told := capsys.readouterr().err) and told.endswith("NOT VERIFIED.\n")


@pytest.mark.parametrize("what", ["key", "bundle", "csv", "invite"])
def test_that_nothing_is_written_into_a_study_folder(demo: Path, capsys: pytest.CaptureFixture[str], what: str) -> None:
    study, log = str(demo / "demo.crf"), demo / "demo.crf" / "log.db"
    place = str(log if what != "csv" else log.parent / "tables")
    commands = {
        "key": ["key", "public", study, "--out", place],
        "bundle": ["export", study, "--format", "bundle", "--out", place],
        "csv": ["export", study, "--format", "csv", "--out", place],
        "invite": ["invite", study, "--out", place],
    }
    assert run(commands[what]) == 1
    assert "inside a study folder" in capsys.readouterr().err
    assert run(["verify", study]) == 0


def test_that_the_demo_overwrites_no_file_and_leaves_none_when_it_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "password.txt").write_text("mine")
    assert run(["demo", str(tmp_path), "--participants", "1", "--no-window"]) == 1
    assert (tmp_path / "password.txt").read_text() == "mine" and len(list(tmp_path.iterdir())) == 1
    assert run(["demo", str(tmp_path / "password.txt" / "d"), "--no-window"]) == 1
    assert "refused a file operation" in capsys.readouterr().err


def test_that_an_interrupted_demo_is_made_anew(tmp_path: Path) -> None:
    half = tmp_path / "d" / ".making-demo" / "demo.crf"
    half.mkdir(parents=True)
    (half / "log.db").write_bytes(b"half")
    assert run(["demo", str(tmp_path / "d"), "--participants", "1", "--no-window"]) == 0
    assert {p.name for p in (tmp_path / "d").iterdir()} == {"demo.crf", "visit.pdf", "demo.bundle", "password.txt"}


@pytest.mark.parametrize("key", [KeyboardInterrupt, EOFError])
def test_that_ctrl_c_and_ctrl_d_end_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], key: type[BaseException]
) -> None:
    def interrupted(*_: object) -> None:
        raise key

    monkeypatch.setattr("crf_desktop.cli.command.score", interrupted)
    assert run(["score", "x"]) == 1
    assert capsys.readouterr().err.startswith("Interrupted.")


def test_that_one_refused_bundle_does_not_hide_what_the_others_brought(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text").write_text("no bundle")
    capsys.readouterr()
    assert run(["merge", str(demo / "demo.crf"), str(demo / "demo.bundle"), str(tmp_path / "text")]) == 1
    told = capsys.readouterr()
    assert "demo.bundle: Nothing new" in told.out
    assert "text: This file is not a bundle." in told.err and "demo.bundle" not in told.err


def test_that_of_two_studies_beside_a_pdf_the_one_that_names_it_answers(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", str(demo / "another.crf"), "--user", "investigator"]) == 0
    assert run(["verify", str(demo / "visit.pdf")]) == 0
    assert "the one the study's log names" in capsys.readouterr().out


def test_that_who_joins_learns_the_role_that_the_study_gives(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["invite", str(demo / "demo.crf"), "--out", str(tmp_path / "i")]) == 0
    joining = ["new", str(tmp_path / "b.crf"), "--join", str(tmp_path / "i"), "--user", "newcomer"]
    assert run([*joining, "--role", "investigator", "--site", "07"]) == 0
    told = capsys.readouterr().out
    assert "Account newcomer, role coordinator" in told and "was not taken" in told


def test_that_a_terminal_of_few_characters_gets_whole_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.json").write_text('{"examples": [{"id": "é中", "function": "\\ud800", "inputs": {}}]}', "utf-8")
    for encoding in ("ascii", "utf-8", "gb18030"):
        out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(cli.sys, "stdout", out)
        assert run(["score", str(tmp_path / "x.json")]) == 0
        out.seek(0)
        assert json.loads(out.read()) == {"é中": {"error": "unknown function: \ud800"}}


def test_that_a_reader_who_leaves_early_sees_no_traceback(demo: Path) -> None:
    command = [sys.executable, "-m", "crf_desktop", "verify", str(demo / "visit.pdf")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None and process.stderr.read() == b""
    process.stderr.close()
    process.wait()


@pytest.mark.parametrize("arguments", [["--user", "administrator"], ["--user", "x", "--site", ""]])
def test_that_a_study_is_not_made_with_a_name_or_site_it_cannot_have(tmp_path: Path, arguments: list[str]) -> None:
    assert run(["new", str(tmp_path / "s.crf"), *arguments]) == 1
    assert not (tmp_path / "s.crf").exists()
