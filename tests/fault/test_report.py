"""The page about faults is what its figures say."""

from __future__ import annotations

import json

from tests.fault.report import KEPT, PAGE, merged, page, table


def test_that_the_page_about_faults_is_made_of_the_figures_that_are_kept() -> None:
    made = page(json.loads(KEPT.read_text("utf-8")))
    assert PAGE.read_text("utf-8") == made and "{" not in made


def test_that_every_last_result_kept_is_without_a_fault() -> None:
    for figure in merged(())["figures"]:
        weaker = figure["fault"] == "power loss, weaker setting"
        assert (figure.get("bad", 0) > 0) is weaker, figure
        assert not figure.get("missed", 0) and not figure.get("found", 0), figure


def test_that_a_table_adds_up_its_rows() -> None:
    rows = [{"fault": "x", "what": name, "n": n} for name, n in (("a", 1200), ("b", 3))]
    assert table(rows, "x", (("how many", "n"),)).splitlines()[-1] == "| **all** | **1,203** |"
