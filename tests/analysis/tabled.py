"""A small trial in memory for the frames: every kind of answer, everything that repeats, someone who stopped."""

from __future__ import annotations

from functools import cache

from crf_desktop.analysis.frames import Frames
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.trial import SubjectRecord, TrialRecord
from crf_desktop.model.data import FormHead, NullFlavor
from crf_desktop.model.path import ItemPath, split
from crf_desktop.model.serial import digest, to_bytes
from tests.analysis.builder import AFTER, BASE, DAY_0, TODAY, WEEK_28, doses, participant, trial
from tests.forms.conftest import Answer

HOSTILE = "=HYPERLINK(1)，\"江\"\nDROP TABLE"
EVENTS = {
    "F.AE#1": {"ae_term": "Rash", "ae_start": "2026-05", "ae_serious": "false"},
    "F.AE#10": {"ae_term": HOSTILE, "ae_start": "2026-06-01"},
    "F.AE#2": {"ae_term": "Fever", "ae_start": "2026"},
    "F.AE#3": {},
}


def _first() -> SubjectRecord:
    """Everything: typed in other units, censored, missing with its reason, rows, adverse events, one taken back."""
    demographics: dict[str, Answer] = {"sex": "F", "birth_date": "2014-02"}
    odd: dict[str, Answer] = {
        "igg": ("2140.5", "MU.MG_DL"), "rf": "<10", "b_pct": "12.50", "lab_sample_time": "2026-05-06T07:35:00+08:00",
        "pga_before_essdai": NullFlavor.UNKNOWN, "pga_assessor": "=1+1，江",
        "rtx_rate_time#2": "10:30", "rtx_rate_time#10": "11:00", "rtx_rate_time#1": "10:00",
    }  # fmt: skip
    visits = doses(2) | {"SE.W28": (WEEK_28, AFTER), "SE.UNS#1": ("2026-07-01", {"pga": "50"})}
    visits["SE.W0"] = (DAY_0, BASE | odd)
    visits["SE.SCR"] = ("2026-04-20", demographics)
    return _headed(participant(visits, EVENTS).record)


def _second() -> SubjectRecord:
    """On the way, with a visit that was missed."""
    visits = doses(2) | {"SE.W0": (DAY_0, BASE)}
    return _headed(participant(visits, subject="01-002", missed={"SE.BEL1": "Snow."}).record)


def _headed(record: SubjectRecord) -> SubjectRecord:
    """With a status for every form that holds something, and one that holds nothing any more."""
    from attrs import evolve

    heads = [
        FormHead(ItemPath(record.subject, *split(event), form, key), len(answers), 0, True, key == "1", key == "2", 0)
        for (event, form), instances in record.answers.items()
        for key, answers in instances.items()
    ]
    return evolve(record, heads=tuple(heads))


def record_of(*subjects: SubjectRecord) -> TrialRecord:
    """A trial of these participants."""
    data = to_bytes(trial())
    heads = {"origin": (7, "ab" * 32)}
    return TrialRecord(trial().study_oid, data, digest(data), heads, TODAY, {}, subjects)


@cache
def tabled() -> Frames:
    """The frames of both; not to be changed."""
    return Frames(record_of(_first(), _second()))


def nobody(options: Options | None = None) -> Frames:
    """The frames of a trial without a participant."""
    return Frames(record_of(), options)
