"""What the statistician's page says is so: its example runs, and every frame, column kind and option stands in it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from crf_desktop.analysis.frames import BESIDE
from crf_desktop.analysis.option import AMBIGUITIES, VALUES
from crf_desktop.demo.maker import PASSWORD, STUDY
from crf_desktop.model.table_shape import shapes
from crf_desktop.wording.frame import SUFFIXES
from tests.analysis.builder import trial

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "analysis.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_that_the_worked_example_runs_as_it_stands(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(finished, tmp_path / STUDY)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("getpass.getpass", lambda *prompt: PASSWORD)
    assert STUDY == "demo.crf" and len(EXAMPLES) == 6
    names: dict[str, object] = {}
    for example in EXAMPLES:
        exec(compile(example, "docs/analysis.md", "exec"), names)
    told = capsys.readouterr().out
    assert "of 2 respond" in told and "response_at_least 3" in told


def test_that_every_frame_stands_on_the_page_with_its_index() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", PAGE, re.MULTILINE))
    for shape in shapes(trial()):
        keys = [k for k in shape.keys if k.endswith("_key")]
        assert rows[shape.name] == (", ".join(f"`{k}`" for k in keys) or "–"), shape.name
    assert all(name in rows for name in BESIDE)


def test_that_every_kind_of_column_stands_on_the_page() -> None:
    assert [suffix for suffix in SUFFIXES if f"`__{suffix}`" not in PAGE] == []


def test_that_every_option_stands_on_the_page_with_its_values() -> None:
    rows = {row.split("`")[1]: row for row in PAGE.splitlines() if row.startswith("| `")}
    for name, values in VALUES.items():
        assert all(f"`{value}` " in rows[name] for value in values)
        assert AMBIGUITIES[name] in rows[name]
