"""The case report form of this trial, declared once; compiled by :func:`definition`."""

from crf_desktop.forms.trial import METADATA_VERSION, STUDY_OID, definition

__all__ = ["METADATA_VERSION", "STUDY_OID", "definition"]
