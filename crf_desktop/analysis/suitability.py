"""Whether a definition asks what the end points rest on: a study of an older form, or another study, may not."""

from __future__ import annotations

from crf_desktop.analysis.treatment import treatment_of
from crf_desktop.analysis.trial import Participant, SubjectRecord
from crf_desktop.analysis.verdict import outcome_of
from crf_desktop.errors import Refused
from crf_desktop.model.definition import MetaDataVersion


def suitable(definition: MetaDataVersion) -> bool:
    """True when every name that the end points read exists: the outcome of nobody in particular can be worked out."""
    nobody = Participant(SubjectRecord("", {}, {}, {}, ()), definition, "2000-01-01", {})
    try:
        outcome_of(nobody)
        treatment_of(nobody)
    except (KeyError, StopIteration):
        return False
    return True


def require_suitable(definition: MetaDataVersion) -> None:
    """Raises Refused ``analysis.other_form`` where the end points cannot be worked out."""
    if not suitable(definition):
        raise Refused("analysis.other_form", version=definition.oid)
