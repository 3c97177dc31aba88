"""Change from week 0 to week 28 over all participants: spread, exact tests, bands, clinically important improvement."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from crf_desktop.analysis.exact_test import Interval, SignedRank, SignTest, clopper_pearson, sign_test, signed_rank
from crf_desktop.analysis.outcome import Change, Outcome, Status
from crf_desktop.analysis.quantile import Spread, spread
from crf_desktop.analysis.sentence import said
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording.analysis_summary import BANDS, IMPORTANT

BANDED: Final = ("essdai_total", "clinessdai_total")
LIMITS: Final = (5, 14)
"""Low below 5, moderate 5 to 13, high from 14 on (instruments, 1.4)."""


@frozen
class ChangeRow:
    """One outcome: only participants with a value at both visits are paired."""

    name: str
    label: TranslatedText
    unit: TranslatedText
    digits: int
    """Decimals in print."""
    n: int
    missing: tuple[tuple[str, TranslatedText], ...] = field(repr=False)
    """(participant, why there is no pair), of those whose week 28 has come or will not come."""
    base: Spread | None
    followup: Spread | None
    change: Spread | None
    sign: SignTest
    rank: SignedRank
    improved: tuple[int, int] | None
    """(improved by the published minimal important difference, could be told); None where none is published."""
    interval: Interval | None
    """Of the share that improved."""
    rule: TranslatedText | None
    """``fall ≥3``"""


@frozen
class BandTable:
    """Participants by band at week 0 (rows) and week 28 (columns)."""

    name: str
    """``essdai_total``, ``clinessdai_total``."""
    title: TranslatedText
    bands: tuple[TranslatedText, ...]
    counts: tuple[tuple[int, ...], ...]
    without: int
    """Counted participants without both totals."""


def paired_changes(counted: Sequence[Outcome]) -> tuple[ChangeRow, ...]:
    """Every outcome over the participants who are counted; values of early termination are not among them."""
    names = [c.name for c in counted[0].changes] if counted else []
    return tuple(_row(name, [(o, c) for o in counted for c in o.changes if c.name == name]) for name in names)


def _row(name: str, found: Sequence[tuple[Outcome, Change]]) -> ChangeRow:
    whole = [(b, f) for _, c in found for b, f in _values(c)]
    differences = [f - b for b, f in whole]
    told = [c.improved for _, c in found if c.improved is not None]
    rule = IMPORTANT.get(name)
    first = found[0][1]
    return ChangeRow(
        name, first.label, first.pair.base.unit, max(_decimals(c) for _, c in found), len(whole),
        tuple((o.subject, _missing(o, c)) for o, c in found if not _values(c)),
        spread(b for b, _ in whole), spread(f for _, f in whole), spread(differences), sign_test(differences),
        signed_rank(differences), (sum(told), len(told)) if rule else None,
        clopper_pearson(sum(told), len(told)) if rule and told else None,
        TranslatedText(*rule) if rule else None,
    )  # fmt: skip


def _values(change: Change) -> tuple[tuple[Fraction, Fraction], ...]:
    """Both values, or nothing."""
    before, after = change.pair.base.value, change.pair.followup.value
    return ((before, after),) if before is not None and after is not None else ()


def _decimals(change: Change) -> int:
    texts = (m.text for m in (change.pair.base, change.pair.followup) if m.value is not None)
    return max((len(text.partition(".")[2]) for text in texts), default=0)


def _missing(outcome: Outcome, change: Change) -> TranslatedText:
    if outcome.status is Status.AT_WEEK_28:
        return change.why
    return said(str(outcome.status))


def band_tables(counted: Sequence[Outcome]) -> tuple[BandTable, ...]:
    """ESSDAI and ClinESSDAI: how participants moved between bands."""
    found = {name: [c for o in counted for c in o.changes if c.name == name] for name in BANDED}
    return tuple(_bands(name, changes, len(counted)) for name, changes in found.items() if changes)


def _bands(name: str, changes: Sequence[Change], counted: int) -> BandTable:
    counts = [[0] * (len(LIMITS) + 1) for _ in range(len(LIMITS) + 1)]
    pairs = [pair for c in changes for pair in _values(c)]
    for before, after in pairs:
        counts[_band(before)][_band(after)] += 1
    bands = tuple(TranslatedText(*words) for words in BANDS)
    return BandTable(name, changes[0].label, bands, tuple(map(tuple, counts)), counted - len(pairs))


def _band(total: Fraction) -> int:
    return sum(total >= limit for limit in LIMITS)
