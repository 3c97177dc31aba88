"""What the demo without a screen does with an earlier one."""

from __future__ import annotations

from pathlib import Path

from crf_desktop.cli import tour


def study_in(folder: Path, content: bytes) -> Path:
    study = folder / tour.STUDY
    study.mkdir(parents=True)
    (study / "log.db").write_bytes(content)
    return study


def test_that_a_demo_somebody_has_written_to_is_kept_under_another_name(tmp_path: Path) -> None:
    for content in (b"entered by hand", b"entered by hand, again"):
        study_in(tmp_path, content)
        tour._put_aside(tmp_path)
    kept = sorted(tmp_path.glob("*.crf"))
    assert [p.name for p in kept] == ["demo-kept-1.crf", "demo-kept-2.crf"]
    assert (kept[0] / "log.db").read_bytes() == b"entered by hand"


def test_that_an_untouched_demo_makes_room(tmp_path: Path) -> None:
    study = study_in(tmp_path, b"as the tour left it")
    (tmp_path / "screens").mkdir()
    (tmp_path / tour.UNTOUCHED).write_text(tour._fingerprint(study))
    tour._put_aside(tmp_path)
    assert list(tmp_path.glob("*.crf")) == []
