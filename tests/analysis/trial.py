"""Whole trials in memory, from participants made of plain answers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from attrs import evolve

from crf_desktop.analysis.trial import Participant, TrialRecord
from crf_desktop.model.serial import digest, to_bytes
from tests.analysis.builder import TODAY, trial


@cache
def _bytes() -> bytes:
    return to_bytes(trial())


def trial_of(participants: Iterable[Participant], today: str = TODAY) -> TrialRecord:
    """The record of a trial; participants get the numbers 01-001, 01-002 … unless they have different ones already."""
    told = [who.record for who in participants]
    if len({r.subject for r in told}) < len(told):
        told = [evolve(r, subject=f"01-{n:03}") for n, r in enumerate(told, 1)]
    return TrialRecord("STUDY", _bytes(), digest(_bytes()), {"origin": (1, "00")}, today, {}, tuple(told))
