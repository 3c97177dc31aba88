"""What must have happened before a form may be filled in: consent before everything, eligibility before doses."""

from __future__ import annotations

from attrs import evolve

from crf_desktop.forms.schedule import NO_CONSENT
from crf_desktop.forms.vocabulary import text
from crf_desktop.model.definition import FormDef, Reason

CONSENT = "F.CONSENT"
DOSES = ("F.RTX", "F.BEL")

NOT_CONFIRMED = Reason(
    "count_all('eligibility_confirmed') < 1",
    text("Eligibility is not confirmed yet. No dose before it.", "入选资格尚未确认。确认前不得给药。"),
)
NOT_RECONFIRMED = Reason(
    "count_all('still_eligible') < 1",
    text(
        "Eligibility is not confirmed again at week 0 yet. No dose before it.",
        "第0周尚未再次确认入选资格。确认前不得给药。",
    ),
)
PREGNANT = Reason(
    "latest('preg_result') == 'POS'",
    text("The last pregnancy test is positive. No dose.", "最近一次妊娠试验阳性。不得给药。"),
)


def gated(form: FormDef) -> FormDef:
    """The form with the gates of the trial before its own."""
    gates = () if form.oid == CONSENT else (NO_CONSENT,)
    if form.oid in DOSES:
        gates = (*gates, NOT_CONFIRMED, NOT_RECONFIRMED, PREGNANT)
    return evolve(form, closed=(*gates, *form.closed))
