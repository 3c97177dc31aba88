"""What the worker process of the analysis page runs; no Qt here, and what is heavy is read here alone."""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from crf_desktop.errors import Language
from crf_desktop.ui.progress import tell

if TYPE_CHECKING:
    from crf_desktop.analysis.figure_data import Course, FigureData
    from crf_desktop.analysis.option import Options
    from crf_desktop.analysis.outcome import Outcome
    from crf_desktop.analysis.summary import Summary
    from crf_desktop.analysis.trial import Progress, SubjectRecord, TrialRecord
    from crf_desktop.model.definition import MetaDataVersion

NAMED = ("heat_map", "waterfall")
"""Figures of the study that show the ratings of a participant by their number."""


@frozen
class Overview:
    """What the page shows of a trial under some options."""

    summary: Summary
    """Without the outcomes: they stay in the process."""
    essdai: Mapping[str, tuple[str, bool | None]] = field(repr=False)
    """Participant → (printed change of ESSDAI, whether it is clinically important); absent: cannot be computed."""


@frozen
class Drawn:
    """One page of a figure as the screen shows it."""

    png: bytes = field(repr=False)
    """Empty where it must not be seen."""
    caption: str = field(repr=False)
    pages: int = 1
    hidden: tuple[str, ...] = field(default=(), repr=False)
    """Participants who are left out for whoever rates: a visit of theirs is being rated."""


@frozen
class Tables:
    """What was written into a folder: for the log."""

    sha256: str
    """Of the manifest."""
    rows: int
    options: Options


class _Held:
    """The trial the process works on, and what was worked out last."""

    def __init__(self, record: TrialRecord) -> None:
        self.record = record
        self.worked: tuple[Options, Summary] | None = None
        self.seen: tuple[Options, FigureData] | None = None

    @cached_property
    def rated(self) -> frozenset[str]:
        """Who has a visit whose ratings, which are given without a look at earlier ones, are not complete."""
        definition = self.record.definition()
        blind = {oid for oid, form in definition.form.items() if form.blind_previous}
        return frozenset(s.subject for s in self.record.subjects if _is_rated(definition, s, blind))

    def summary(self, options: Options) -> Summary:
        """Worked out once for each choice of options."""
        if self.worked is None or self.worked[0] != options:
            from crf_desktop.analysis.summary import summarise  # the window knows only its shape

            self.worked = options, summarise(self.record, options, progress=tell)
        return self.worked[1]

    def pictured(self, options: Options) -> FigureData:
        """What the figures draw, gathered once for each choice of options."""
        if self.seen is None or self.seen[0] != options:
            from crf_desktop.analysis.figure_data import figure_data  # the window draws no figure

            self.seen = options, figure_data(self.record, self.summary(options).outcomes, options)
        return self.seen[1]


_held: dict[int, _Held] = {}
"""At most one."""


def take(key: int, trial: TrialRecord, parts: Mapping[str, bytes]) -> None:
    """Holds a trial until another comes or the process ends; ``key`` names it."""
    _held.clear()
    subjects = []
    for done, part in enumerate(parts.values()):
        subjects.append(pickle.loads(zlib.decompress(part)))
        tell(done + 1, len(parts))
    _held[key] = _Held(evolve(trial, subjects=tuple(subjects)))


def on(key: int, function: Callable[..., Any], *arguments: Any) -> Any:
    """Runs one of the functions below on the trial that was taken under this key; KeyError: it is not here."""
    return function(_held[key], *arguments)


def overview(held: _Held, options: Options) -> Overview:
    """Everything the page shows but the figures."""
    summary = held.summary(options)
    return Overview(evolve(summary, outcomes=()), {o.subject: found for o in summary.outcomes if (found := _essdai(o))})


def _essdai(outcome: Outcome) -> tuple[str, bool | None] | None:
    change = next((c for c in outcome.changes if c.name == "essdai_total"), None)
    return (change.text, change.improved) if change is not None and change.text else None


def get_ready(held: _Held, options: Options) -> None:
    """Reads what draws, and gathers what is drawn, so that the first figure is there at once."""
    import crf_desktop.analysis.figures  # noqa: F401  # matplotlib belongs to the process

    held.pictured(options)


@frozen
class Picture:
    """Which figure: its name, the participant where it is of one, and whether whoever looks rates participants too."""

    name: str
    subject: str = field(repr=False)
    blind: bool


def figure(
    held: _Held, of: Picture, page: int, language: Language, options: Options, wide: int, ratio: float
) -> Drawn:
    """A page of a figure for a place ``wide`` logical pixels wide."""
    from crf_desktop.analysis.figures import FIGURES, as_png, caption, draw  # matplotlib belongs to the process

    data, hidden = _drawn_from(held, of, options)
    if data is None:
        return Drawn(b"", "", 1, hidden)
    pages = FIGURES[of.name].pages(data)
    png = as_png(draw(of.name, data, language, min(page, pages - 1)), wide, ratio)
    return Drawn(png, caption(of.name, data, language), pages, hidden)


def figure_pdf(held: _Held, of: Picture, language: Language, options: Options) -> bytes:
    """Every page of a figure with its caption as a PDF; KeyError where it must not be seen."""
    from crf_desktop.analysis.figures import as_pdf, caption, draw_all  # see above

    data, _ = _drawn_from(held, of, options)
    if data is None:
        raise KeyError(of.name)
    return as_pdf(draw_all(of.name, data, language), caption(of.name, data, language))


def _drawn_from(
    held: _Held, of: Picture, options: Options
) -> tuple[FigureData | Course | None, tuple[str, ...]]:
    """What is drawn, and who is left out of what shows ratings by participant."""
    data, hidden = held.pictured(options), held.rated if of.blind else frozenset()
    if of.subject:
        return (None, (of.subject,)) if of.subject in hidden else (data.course(of.subject), ())
    if of.name not in NAMED or not hidden:
        return data, ()
    kept = tuple(line for line in data.lines if line.subject not in hidden)
    return evolve(data, lines=kept), tuple(line.subject for line in data.lines if line.subject in hidden)


def _is_rated(definition: MetaDataVersion, record: SubjectRecord, blind: set[str]) -> bool:
    done = {(h.path.event_address, h.path.form_address) for h in record.heads if h.completed}
    return any(
        form in blind and form not in definition.event_at(at).optional and (at, form) not in done
        for at in record.dates
        for form in definition.event_at(at).forms
    )


def report(held: _Held, language: Language, options: Options) -> bytes:
    """The statistical report."""
    from crf_desktop.report.statistical import statistical_report  # reportlab belongs to the process

    summary = held.summary(options)
    return statistical_report(held.record, summary, summary.outcomes, language, options, tell)


def tables(held: _Held, folder: str, language: Language, options: Options) -> Tables:
    """Writes frames, traces, codebook and report into the new folder, all or nothing."""
    from crf_desktop.analysis.writing import write_analysis  # pandas and pyarrow belong to the process
    from crf_desktop.report.statistical import statistical_report  # see above

    def drawn(
        record: TrialRecord, outcomes: Sequence[Outcome], chosen: Options, said: Language, told: Progress
    ) -> bytes:
        return statistical_report(record, held.summary(chosen), outcomes, said, chosen, told)

    made = write_analysis(held.record, Path(folder), options, language, drawn, tell)
    return Tables(hashlib.sha256(made.manifest).hexdigest(), made.rows, options)
