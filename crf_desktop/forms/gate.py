"""What must have happened before a form may be filled in: consent before everything, eligibility before doses.

A gate stops the first dose. Once a dose is on record every page stays open, whatever is corrected on the pages before: what
was given, and what came of it, must be written down.
"""

from __future__ import annotations

from attrs import evolve

from crf_desktop.forms.schedule import NO_CONSENT
from crf_desktop.forms.vocabulary import text
from crf_desktop.model.definition import FormDef, Reason

CONSENT = "F.CONSENT"
DOSES = ("F.RTX", "F.BEL")

_NO_DOSE_YET = "count_all('rtx_given') < 1"
NOT_CONFIRMED = Reason(
    f"count_all('eligibility_confirmed') < 1 and {_NO_DOSE_YET}",
    text("Eligibility is not confirmed yet. No dose before it.", "入选资格尚未确认。确认前不得给药。"),
)
NOT_RECONFIRMED = Reason(
    f"count_all('still_eligible') < 1 and {_NO_DOSE_YET}",
    text(
        "Eligibility is not confirmed again at week 0 yet. No dose before it.",
        "第0周尚未再次确认入选资格。确认前不得给药。",
    ),
)


def gated(form: FormDef) -> FormDef:
    """The form with the gates of the trial before its own."""
    gates = () if form.oid == CONSENT else (NO_CONSENT,)
    if form.oid in DOSES:
        gates = (*gates, NOT_CONFIRMED, NOT_RECONFIRMED)
    return evolve(form, closed=(*gates, *form.closed))
