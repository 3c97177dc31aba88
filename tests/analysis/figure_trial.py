"""Participants whose figures show everything that can happen, and what is read back from a figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crf_desktop.analysis.figure_reading import Edition
from crf_desktop.analysis.trial import Participant
from crf_desktop.model.data import NullFlavor
from tests.analysis.builder import AFTER, BASE, DAY_0, TODAY, WEEK_28, head, levels, participant
from tests.forms.conftest import Answer

ND, REF = NullFlavor.NOT_DONE, NullFlavor.REFUSED
EDITION = Edition("0.1.0", "1", ("3e4aef7c", "00112233"), TODAY)
GIRL = {"sex": "F", "birth_date": "2016-09-03"}


def event(
    words: str, grade: int, start: str, stop: str = "", serious: bool = False, kind: str = "OTHER"
) -> dict[str, Answer]:
    """One adverse event; without an end it is ongoing."""
    told: dict[str, Answer] = {
        "ae_listed": kind, "ae_term": words, "ae_grade": str(grade), "ae_serious": str(serious).lower(),
        "ae_start": start, "ae_ongoing": str(not stop).lower(),
    }  # fmt: skip
    return told | ({"ae_stop": stop} if stop else {})


def eventful(subject: str = "01-101") -> Participant:
    """Gaps, bounds, a missed visit, doses left out, an unscheduled visit, six adverse events, an open query."""

    def given(day: str, **more: Answer) -> tuple[str, dict[str, Answer]]:
        return day, {"bel_given": "true", "bel_dose": "360", **more}

    interim: dict[str, Answer] = {
        "bel_given": "false", "bel_not_given_reason": "LABORATORY", "pga": ND, "esspri_dryness": "6",
        "esspri_fatigue": REF, "esspri_pain": "4", **levels(articular=2, renal=1), "essdai_pulmonary": ND, "igg": ND,
        "b_pct": ND, "ivig_recent": "false",
    }  # fmt: skip
    flare = levels(constitutional=1, articular=1, cutaneous=2, renal=2, cns=2, biological=1) | {"pga": "55"}
    spared: dict[str, Answer] = {"rtx_given": "false", "rtx_not_given_reason": "INFECTION", "b_pct": "0.6"}
    spared["b_count"] = "20"
    visits = {
        "SE.SCR": ("2026-04-10", GIRL | {"b_pct": "18.2", "igg": "12.3", "ivig_recent": "false"}),
        "SE.W0": (DAY_0, BASE | {"b_pct": "16", "b_count": "420", "rtx_dose": "410"}),
        "SE.RTX2": ("2026-05-13", {"rtx_given": "true", "b_pct": "2.1", "b_count": "38", "rtx_dose": "410"}),
        "SE.RTX3": ("2026-05-20", {"rtx_given": "true", "b_pct": "1.05", "b_count": "21", "rtx_dose": "400"}),
        "SE.RTX4": ("2026-05-27", spared),
        "SE.BEL1": given("2026-06-17", b_pct="<0.1", b_count="<5"),
        "SE.UNS#1": ("2026-08-03", flare),
        "SE.BEL3": ("2026-08-12", interim),
        "SE.BEL4": given("2026-09-09"),
        "SE.BEL5": given("2026-10-07"),
        "SE.W28": (WEEK_28, AFTER | {"b_pct": "2.3", "b_count": "61"}),
    }
    events = [
        event("Pneumonia", 3, "2026-08-20", "2026-09-02", True, "PNEUMONIA"),
        event("Urticaria $x_1$ \U0001f600", 2, "2026-05-06", "2026-05-06"),
        event("Headache", 1, "2026-05-07", "2026-05-09", kind="HEADACHE"),
        event("Neutropenia", 4, "2026-11-01", kind="NEUTROPENIA"),
        event("Fever", 1, "2026-05-10", "2026-05-11", kind="FEVER"),
        event("Cough", 1, "2026-05"),
    ]
    log = {f"F.AE#{n}": told for n, told in enumerate(events, 1)}
    return participant(
        visits, log, subject=subject, missed={"SE.BEL2": "family away"},
        heads=[head("SE.W28", "F.PGA", signed=False)],
    )  # fmt: skip


def plain(subject: str, after: dict[str, Answer] | None = None, week_28: bool = True) -> Participant:
    """Two doses of rituximab, ESSDAI 28 at week 0; at week 28 ESSDAI 8 and four items of five, or what is given."""
    visits = {
        "SE.SCR": ("2026-04-20", dict(GIRL)),
        "SE.W0": (DAY_0, BASE | {"b_pct": "15", "b_count": "300"}),
        "SE.RTX2": ("2026-05-13", {"rtx_given": "true", "b_pct": "0.3", "b_count": "9"}),
        "SE.BEL1": ("2026-06-10", {"bel_given": "true", "b_pct": "0.2", "b_count": "5"}),
    }
    if week_28:
        eyes = {"schirmer_right": "12", "schirmer_left": "10"}
        visits["SE.W28"] = (WEEK_28, AFTER | eyes | {"b_pct": "2", "b_count": "40"} | (after or {}))
    return participant(visits, subject=subject)


def stopped(subject: str) -> Participant:
    """Stopped on day 100, with the visit of early termination."""
    base = plain(subject, week_28=False).record
    visits = {at: (day, {}) for at, day in base.dates.items()}
    told = {"SE.W0": BASE, "SE.SCR": dict(GIRL), "SE.RTX2": {"rtx_given": "true"}, "SE.BEL1": {"bel_given": "true"}}
    held = {at: (day, told[at]) for at, (day, _) in visits.items()}
    held["SE.ET"] = ("2026-08-20", dict(AFTER))
    log = {"F.ET": {"stop_decided_on": "2026-08-14", "stop_kind": "CONSENT", "stop_final_visit": "true"}}
    return participant(held, log, subject=subject)


def screened(subject: str = "01-102") -> Participant:
    """Only screening."""
    told: dict[str, Answer] = {"sex": "M", "birth_date": "2018-09-03", "igg": "13.9", "ivig_recent": "false"}
    told["b_pct"] = "18.2"
    return participant({"SE.SCR": ("2026-11-20", told)}, subject=subject)


def texts(figure: Any, bold: bool | None = None) -> list[str]:
    """Every text of a figure, or those in bold, or those that are not."""
    return [t.get_text() for t in figure.texts if bold is None or ("Bold" in t.get_fontproperties().get_file()) is bold]


def surfaces(figure: Any, color: str) -> list[tuple[float, float, float, float]]:
    """(left, top, width, height) in points of every filled polygon of a colour, y downwards."""
    found = []
    for shape in figure.artists:
        corners = getattr(shape, "get_xy", None)
        if corners is not None and shape.get_fill() and _hex(shape.get_facecolor()) == color.lower():
            xs, ys = zip(*[(float(x), float(y)) for x, y in corners()], strict=True)
            found.append((min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))
    return found


def _hex(color: Any) -> str:
    return "#" + "".join(f"{round(c * 255):02x}" for c in color[:3])


def boxes(figure: Any) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Each text with (left, bottom, right, top) in points."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    renderer = FigureCanvasAgg(figure).get_renderer()
    for text in figure.texts:
        box = text.get_window_extent(renderer)
        yield text.get_text(), (box.x0, box.y0, box.x1, box.y1)
