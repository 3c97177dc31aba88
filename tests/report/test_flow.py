"""Titles that stay with what stands under them, and what a summary of the log leaves out."""

from __future__ import annotations

from attrs import evolve

from crf_desktop.report.answer import Reader
from crf_desktop.report.flow import Flow
from crf_desktop.report.visit_head import banner_fields, lead, title
from tests.report.builder import definition, visit


def piece(flow: Flow, height: float) -> None:
    flow.draw(height, lambda pen, top: None)


def drawn(flow: Flow) -> list[int]:
    return [len(page) for page in flow.pages]


def test_that_a_title_goes_on_with_its_first_block_where_that_does_not_fit_under_it() -> None:
    flow = Flow(0, 0, 100)
    piece(flow, 60)
    flow.begin(lambda: piece(flow, 10), lambda: piece(flow, 50))
    assert drawn(flow) == [1, 2] and flow.y == 60


def test_that_a_title_stays_where_part_of_its_block_stands_under_it() -> None:
    flow = Flow(0, 0, 100)
    piece(flow, 60)

    def block() -> None:
        for _ in range(3):
            piece(flow, 25)

    flow.begin(lambda: piece(flow, 10), block)
    assert drawn(flow) == [3, 2]


def test_that_what_is_taller_than_a_page_does_not_send_its_title_on_for_ever() -> None:
    flow = Flow(0, 0, 100)
    flow.begin(lambda: piece(flow, 10), lambda: piece(flow, 95))
    assert drawn(flow) == [1, 1]


def test_that_the_summary_of_the_log_has_no_visit_in_its_banner() -> None:
    log = next(e for e in definition().events if e.type == "Common")
    reader = Reader(evolve(visit(), event=log), "en")
    assert [label for label, _ in banner_fields(reader)] == ["Sex", "Age"]
    assert title(reader) == "Summary: participant log" and "no visit" in lead(reader)
    of_a_visit = [label for label, _ in banner_fields(Reader(visit(), "en"))]
    assert of_a_visit[2:] == ["Visit", "Visit date", "Study day", "Window"]
