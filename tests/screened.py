"""A participant who may be treated: consent and assent given, two immunosuppressants before, eligible and confirmed."""

from __future__ import annotations

from datetime import date, timedelta

from crf_desktop.capture.entry import FormEntry, Given
from crf_desktop.capture.study import Study

SCREENING = "SE.SCR"
YES, NO = "true", "false"
CONSENT = {
    "consent_version": "2.0", "consent_age": "12", "consent_explained_by": "I.O.", "guardian_consent": YES,
    "child_assent": YES, "guardians_signed": "BOTH", "guardian_relationship": "MOTHER",
    "guardian_relationship_2": "FATHER", "assent_version": "2.0", "consent_before_procedures": YES,
    "consent_staff_signed": YES, "witness_needed": NO, "consent_copy_given": YES,
}  # fmt: skip
PRIOR = ("AZATHIOPRINE", "METHOTREXATE")
ELIGIBLE = {
    "elig_age", "elig_criteria", "elig_agrees", "elig_systemic", "elig_kidney", "elig_inflammation", "elig_confirmed",
}  # fmt: skip


def screen(study: Study, subject: str, day: str) -> None:
    """Screening on a day, as far as later visits hang on it: consent, earlier treatment, eligibility."""
    study.start_event(subject, SCREENING, day)
    give_consent(study, subject, day)
    _prior(study.form(subject, SCREENING, "F.PRIOR"))
    _eligibility(study.form(subject, SCREENING, "F.ELIG"), day)


def screened(study: Study, day: str) -> str:
    """A new participant, screened eight days before a day."""
    subject = study.enrol()
    screen(study, subject, (date.fromisoformat(day) - timedelta(days=8)).isoformat())
    return subject


def give_consent(study: Study, subject: str, day: str) -> None:
    """Consent of both parents and assent of the child; the form is left open."""
    entry = study.form(subject, SCREENING, "F.CONSENT")
    told = {**CONSENT, "consent_time": f"{day} 08:30", "assent_time": f"{day} 08:40"}
    _fill(entry, told)


def _prior(entry: FormEntry) -> None:
    _fill(entry, {"prior_any": YES})
    group = entry.definition.group_of_item[entry.definition.item_by_name["prior_drug"].oid]
    for drug in PRIOR:
        key = entry.add_row(group)
        told = {
            "prior_drug": drug, "prior_dose": "2 mg/kg", "prior_start": "2024-01", "prior_ongoing": NO,
            "prior_stop": "2025-06", "prior_stop_reason": "NO_EFFECT",
        }  # fmt: skip
        _fill(entry, told, f"#{key}")


def _eligibility(entry: FormEntry, day: str) -> None:
    asked = [at for at in entry.addresses() if entry.definition.item_at(at).data_type == "boolean"]
    while open_now := [at for at in asked if not entry.datum(at).answered and entry.relevant(at)]:
        named = {at: entry.definition.item_at(at).name in ELIGIBLE for at in open_now}
        entry.fill({at: _given(YES if yes else NO) for at, yes in named.items()})
    more = {"elig_criteria_set": "AECG_2002", "elig_confirmed_on": day, "elig_confirmed_by": "I.O."}
    _fill(entry, more)


def _fill(entry: FormEntry, told: dict[str, str], row: str = "") -> None:
    entry.fill({entry.definition.item_by_name[name].oid + row: _given(typed) for name, typed in told.items()})


def _given(typed: str) -> Given:
    return Given(typed, override="As in the source")
