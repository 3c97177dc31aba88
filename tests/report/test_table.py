"""Tables break between pages where an eye would break them."""

from __future__ import annotations

from crf_desktop.report.drawing import Pen
from crf_desktop.report.emphasis import emphasised, plain
from crf_desktop.report.flow import Flow
from crf_desktop.report.table import Row, Table, cell, draw_table
from tests.golden.make import Reading


def pages(flow: Flow) -> list[list[str]]:
    """The words of each page."""
    found = []
    for page in flow.pages:
        pen: Pen = Reading()
        for draw in page:
            draw(pen)
        found.append([text for _, _, text in pen.words])  # type: ignore[attr-defined]
    return found


def groups(n: int, size: int) -> tuple[Row, ...]:
    return tuple(Row((cell(f"{g}.{i}"),), joined=bool(i)) for g in range(n) for i in range(size))


def test_that_rows_that_go_on_with_one_another_stay_on_one_page() -> None:
    flow = Flow(40, 40, 40 + 17 * 7.5)
    draw_table(flow, Table((100,), groups(5, 3)))
    told = pages(flow)
    assert [len(page) for page in told] == [6, 6, 3]
    assert all(page[0].endswith(".0") for page in told)


def test_that_a_group_taller_than_half_a_page_breaks_rather_than_leaves_a_page_empty() -> None:
    flow = Flow(40, 40, 40 + 17 * 4)
    draw_table(flow, Table((100,), groups(1, 9)))
    assert [word for page in pages(flow) for word in page] == [f"0.{i}" for i in range(9)]


def test_that_a_head_never_stands_alone_above_a_row_that_goes_to_the_next_page() -> None:
    flow = Flow(40, 40, 240)
    flow.y = 180
    draw_table(flow, Table((100,), (Row((cell("\n".join("abcdef")),)),), (Row((cell("head", True),), True),)))
    assert [page[:1] for page in pages(flow)] == [[], ["head"]]


def test_that_what_is_marked_is_bold_and_the_marks_are_gone() -> None:
    runs = emphasised("Fell by **25.0 %**, exactly.", 8)
    assert [(r.text, r.bold) for r in runs] == [("Fell by ", False), ("25.0 %", True), (", exactly.", False)]
    assert plain("Fell by **25.0 %**.") == "Fell by 25.0 %."
