"""The main job end to end by real key and mouse events, pictures included."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from crf_desktop.capture.study import Study
from tests.ui.conftest import PASSWORD, WEEK_0


def test_that_the_tour_fills_in_and_signs_a_visit_and_pictures_every_page_in_both_languages(
    qt_application: Any, pristine: Path, tmp_path: Path
) -> None:
    from crf_desktop.ui.tour import tour

    os.environ["CRF_DATA_HOME"] = str(tmp_path / "home")
    folder = Path(shutil.copytree(pristine, tmp_path / "trial.crf"))
    lines = tour(tmp_path, folder, "inv", PASSWORD)
    pictures = {p.name: p.read_bytes() for p in (tmp_path / "screens").glob("*.png")}
    english = {name for name in pictures if name.endswith("-en.png") and "-part" not in name}
    assert len(english) >= 35 and len(lines) == 3
    for name in english:
        assert pictures[name] != pictures[name.replace("-en.png", "-zh.png")], name
    study = Study.open(folder, "inv", PASSWORD)
    try:
        states = {s.value for _, s in study.visit_forms(study.subjects()[-1], WEEK_0)}
        assert states == {"signed"}
    finally:
        study.close()
