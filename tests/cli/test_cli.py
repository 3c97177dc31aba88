"""The command line as a stranger would use it: two laptops, one study."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from crf_desktop.cli import run
from crf_desktop.demo.maker import PASSWORD

SECRET = "four words make a password"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "d"
    assert run(["demo", str(folder), "--participants", "2", "--seed", "3", "--no-window"]) == 0
    return folder


@pytest.fixture(autouse=True)
def investigator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRF_USER", "investigator")
    monkeypatch.setenv("CRF_PASSWORD", PASSWORD)


def answered(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, object]]:
    capsys.readouterr()
    code = run([*map(str, arguments), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_that_the_demo_leaves_four_things_and_its_password(demo: Path) -> None:
    assert {p.name for p in demo.iterdir()} == {"demo.crf", "visit.pdf", "demo.bundle", "password.txt"}
    assert (demo / "password.txt").read_text().strip() == PASSWORD


def test_that_study_pdf_and_bundle_verify(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("demo.crf", "visit.pdf", "demo.bundle"):
        code, answer = answered(capsys, "verify", demo / name)
        assert code == 0 and answer["verified"] is True, name


@pytest.mark.requirement("REQ-25")
@pytest.mark.parametrize("place", [0, 1, 5000, 0.31, 0.5, 0.77, -1])
def test_that_a_flipped_byte_anywhere_in_the_pdf_is_found(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], place: float
) -> None:
    data = bytearray((demo / "visit.pdf").read_bytes())
    at = int(len(data) * place) if isinstance(place, float) else place
    data[at] ^= 1
    (tmp_path / "flipped.pdf").write_bytes(data)
    assert run(["verify", str(tmp_path / "flipped.pdf"), "--study", str(demo / "demo.crf")]) == 1
    assert run(["verify", str(tmp_path / "flipped.pdf")]) == 1


def test_that_without_the_study_a_pdf_says_what_was_not_checked(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "alone.pdf").write_bytes((demo / "visit.pdf").read_bytes())
    assert run(["verify", str(tmp_path / "alone.pdf")]) == 0
    assert "Not checked against the log" in capsys.readouterr().out


def test_that_a_second_laptop_joins_and_both_come_to_the_same_state(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = demo / "demo.crf", tmp_path / "second.crf"
    secret = tmp_path / "secret"
    secret.write_text(SECRET + "\n")
    assert run(["invite", str(first), "--out", str(tmp_path / "invitation")]) == 0
    assert (
        run(
            [
                "new",
                str(second),
                "--join",
                str(tmp_path / "invitation"),
                "--user",
                "coordinator",
                "--new-password-file",
                str(secret),
            ]
        )
        == 0
    )
    there = ["--user", "coordinator", "--password-file", str(secret)]
    assert run(["key", "public", str(second), "--out", str(tmp_path / "second.key"), *there]) == 0
    assert (
        run(
            [
                "export",
                str(first),
                "--format",
                "bundle",
                "--out",
                str(tmp_path / "a"),
                "--to",
                str(tmp_path / "second.key"),
            ]
        )
        == 0
    )
    assert run(["merge", str(second), str(tmp_path / "a"), *there]) == 0
    assert run(["merge", str(second), str(tmp_path / "a"), *there]) == 0
    assert run(["key", "public", str(first), "--out", str(tmp_path / "first.key")]) == 0
    assert (
        run(
            [
                "export",
                str(second),
                "--format",
                "bundle",
                "--out",
                str(tmp_path / "b"),
                "--to",
                str(tmp_path / "first.key"),
                *there,
            ]
        )
        == 0
    )
    assert run(["merge", str(first), str(tmp_path / "b"), "--user", "administrator"]) == 0
    for folder, name, who in ((first, "t1", []), (second, "t2", there)):
        assert run(["export", str(folder), "--format", "csv", "--out", str(tmp_path / name), *who]) == 0
    tables = sorted(p.name for p in (tmp_path / "t1").glob("*.csv") if p.name not in ("audit_trail.csv", "people.csv"))
    assert tables
    for name in tables:
        assert (tmp_path / "t1" / name).read_bytes() == (tmp_path / "t2" / name).read_bytes(), name
    assert run(["verify", str(second), *there]) == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["score"], 2),
        (["nonsense", "x"], 2),
        (["export", "x"], 2),
        (["verify", "nowhere"], 1),
        (["demo", "d", "--participants", "0"], 2),
        (["--version"], 0),
    ],
)
def test_that_exit_codes_tell_usage_from_refusal(arguments: list[str], code: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "crf_desktop", *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_that_a_wrong_password_is_a_sentence(
    demo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRF_PASSWORD", "certainly not this one")
    assert run(["verify", str(demo / "demo.crf")]) == 1
    assert "password" in capsys.readouterr().err.lower()


def test_that_no_user_is_a_usage_error(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CRF_USER")
    assert run(["invite", str(demo / "demo.crf"), "--out", "x"]) == 2


@pytest.mark.requirement("REQ-17")
def test_that_the_same_seed_gives_the_same_values_times_and_oids(demo: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert run(["demo", str(again), "--participants", "2", "--seed", "3", "--no-window"]) == 0
    from crf_desktop.capture.study import Study

    dumps = []
    for folder in (demo, again):
        study = Study.open(folder / "demo.crf", "monitor", PASSWORD, read_only=True)
        rows = [row for row in study.store.changes(study.store.origin) if row.path.subject and row.kind != "signature"]
        dumps.append(
            [
                (r.path, r.datum, r.recorded_at, r.user_oid, r.location_oid, r.device_oid, r.reason_for_change)
                for r in rows
            ]
        )
        study.close()
    assert dumps[0] and dumps[0] == dumps[1][: len(dumps[0])]


def test_that_a_score_file_that_cannot_be_read_is_the_only_refusal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.json").write_text("{")
    assert run(["score", str(tmp_path / "bad.json")]) == 1
    (tmp_path / "good.json").write_text('{"examples": [{"id": "X", "function": "sledai", "inputs": {}}]}')
    capsys.readouterr()
    assert run(["score", str(tmp_path / "good.json")]) == 0
    assert json.loads(capsys.readouterr().out) == {"X": {"error": "unknown function: sledai"}}
