"""What the registry and the papers leave open (A1 to A24) and a number depends on: named, with the value that holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import evolve, field, fields, frozen

from crf_desktop.errors import Refused


def _option(default: str, ambiguity: str, *others: str) -> str:
    found: str = field(default=default, metadata={"ambiguity": ambiguity, "values": (default, *others)})
    return found


@frozen
class Options:
    """Every choice that changes a number; the defaults are those of ``docs/protocol_decisions.md``.

    The wording of names and values is :data:`crf_desktop.wording.analysis.OPTIONS`.
    """

    response_at_least: str = _option("4", "A1", "3")
    """Items of five that make a responder: "more than three" literally, or inclusive."""
    star_at_least: str = _option("5", "A2", "6")
    """Points of STAR that make a responder: as published, or "more than 5" literally."""
    esr_normal_baseline: str = _option("counts", "A5", "not_evaluable")
    """A week 0 ESR within its limit: the fall counts, or item b cannot be evaluated."""
    b_cell_markers: str = _option("any", "A6", "both")
    """IgG or RF, or IgG and RF."""
    igg_baseline: str = _option("any", "A8", "above_limit")
    """Any IgG at week 0, or only one above the limit for age."""
    schirmer_eye: str = _option("mean", "A9", "worse", "better")
    """Mean of both eyes; the eye with the lower value at week 0, or the other. Equal eyes: the one that rose less."""
    schirmer_normal_baseline: str = _option("no_credit", "A10", "stays_normal")
    """A normal Schirmer at week 0 earns nothing in item d, or item d is met if it stays normal, as in STAR."""
    schirmer_abnormal: str = _option("below_5", "A11", "up_to_5")
    """Abnormal for STAR: mean <5 mm as published, or ≤5 mm as in AECG."""
    flow_zero_baseline: str = _option("any_rise", "A12", "not_evaluable")
    """No saliva at all at week 0: any rise counts, as in STAR, or cannot be evaluated."""
    igg_after_ivig: str = _option("not_evaluable", "A14", "counts")
    depletion: str = _option("either", "A17", "both")
    """B % or B count below its limit, or both."""
    missing: str = _option("non_responder", "A22", "excluded")
    """What the data do not decide: non-responder, or left out of the rate."""
    star_lacrimal: str = _option("schirmer_first", "4a", "either")
    """OSS only where Schirmer is missing, or whichever of both is met."""
    screening_baseline: str = _option("up_to_14_days", "9", "never")
    """Laboratory 2 and ultrasound of screening where week 0 has none."""
    rescue: str = _option("non_responder", "9", "ignored")
    """Rescue treatment before week 28."""
    population: str = _option("treated", "A22", "enrolled")
    """Whoever had a dose of rituximab, or whoever was confirmed eligible."""

    def __attrs_post_init__(self) -> None:
        for name, value in self.items():
            if value not in VALUES[name]:
                raise Refused("analysis.option_value", option=name, allowed=", ".join(VALUES[name]))

    def items(self) -> Iterator[tuple[str, str]]:
        """(name, value that holds), in order."""
        return ((a.name, getattr(self, a.name)) for a in fields(Options))

    def changed(self) -> dict[str, str]:
        """What differs from the defaults."""
        return {name: value for name, value in self.items() if value != VALUES[name][0]}

    def with_(self, name: str, value: str) -> Options:
        """The same with one value changed; Refused ``analysis.option_name``, ``analysis.option_value``."""
        if name not in VALUES:
            raise Refused("analysis.option_name", option=name, allowed=", ".join(VALUES))
        return evolve(self, **{name: value})

    def alternatives(self) -> Iterator[tuple[str, str, Options]]:
        """(name, value, options) for each single change: what a sensitivity analysis runs through."""
        for name, value in self.items():
            for other in VALUES[name]:
                if other != value:
                    yield name, other, self.with_(name, other)


VALUES: Final[Mapping[str, tuple[str, ...]]] = {a.name: a.metadata["values"] for a in fields(Options)}
"""Option → values, the default first."""
STANDARD: Final = Options()
"""As the protocol decisions have it."""
AMBIGUITIES: Final[Mapping[str, str]] = {a.name: a.metadata["ambiguity"] for a in fields(Options)}
"""Option → number in the list of ambiguities, or section of the instrument specification."""


def options_from(pairs: Iterable[str]) -> Options:
    """From ``name=value`` texts of a command line."""
    found = Options()
    for pair in pairs:
        name, _, value = pair.partition("=")
        found = found.with_(name.strip(), value.strip())
    return found
