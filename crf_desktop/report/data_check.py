"""The data a PDF carries: there, unaltered, in agreement with each other and with the log of its study."""

from __future__ import annotations

from crf_desktop.capture.study import Study
from crf_desktop.exchange.document_check import DataFinding, bad, check_data
from crf_desktop.report.attachment import AUDIT, ODM
from crf_desktop.report.extraction import Unreadable, attachments_in, replaced


def check_attached(pdf: bytes, study: Study | None = None) -> tuple[DataFinding, ...]:
    """What can be said of the data inside a PDF; never raises, garbage has findings too."""
    try:
        found = attachments_in(pdf)
    except Unreadable:
        return (bad("attachments_unreadable"),)
    later = replaced(pdf, found)
    names = [one.name for one in found]
    if not {ODM, AUDIT} & {*names, *later}:
        return (DataFinding("no_data", "note"),)
    findings = [bad("attachment_replaced", name=name) for name in later if name in (ODM, AUDIT)]
    for name in (ODM, AUDIT):
        held = [one for one in found if one.name == name]
        if len(held) != 1:
            findings.append(bad("attachment_twice" if held else "attachment_missing", name=name))
        elif held[0].data is None:
            findings.append(bad("attachment_unreadable", name=name))
        elif not held[0].as_stated:
            findings.append(bad("attachment_altered", name=name))
    data = {one.name: one.data for one in found if names.count(one.name) == 1}
    odm, audit = data.get(ODM), data.get(AUDIT)
    if odm is not None and audit is not None:
        findings += check_data(odm, audit, study)
    return tuple(findings)
