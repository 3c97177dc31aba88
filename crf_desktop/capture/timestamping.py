"""Which signed PDFs wait for a timestamp, and what asking for one takes; the asking itself is the worker's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import field, frozen

from crf_desktop.capture.filed_pdf import FiledPdf, filed, newest, require_upgrading
from crf_desktop.capture.revocation import study_list
from crf_desktop.capture.right import require_writable
from crf_desktop.capture.study import Study
from crf_desktop.capture.time_authority import TimeAuthority, time_authority
from crf_desktop.errors import Refused

HIGHEST: Final = "B-LTA"


@frozen(slots=True)
class ToStamp:
    """One PDF and what its timestamp needs; picklable, without any key."""

    digest: str
    pdf: bytes = field(repr=False)
    authority: TimeAuthority
    crls: tuple[bytes, ...] = field(repr=False)
    """DER."""


def awaiting_timestamp(study: Study) -> list[FiledPdf]:
    """The newest file of each signature that is not at the highest level and waits for nobody's second signature."""
    found = {one.digest: one for one in filed(study) if not one.newer}
    return [one for one in found.values() if not one.awaits_second and one.level != HIGHEST]


def to_stamp(study: Study, digest: str, crls: Sequence[bytes] = ()) -> ToStamp:
    """What lifting a PDF takes: the newest file made of it, the authority in force, and revocation lists.

    ``crls``: DER, of authorities other than the study's. In an administrator's session the study's list is made anew.
    Refused ``access.no_right``, ``timestamp.not_set``, ``timestamp.second_awaited``, ``document.not_filed``,
    ``document.unknown`` where the bytes are not here yet.
    """
    require_writable(study.store)
    require_upgrading(study)
    authority = time_authority(study.store)
    if authority is None:
        raise Refused("timestamp.not_set")
    found = newest(study, digest)
    if found.awaits_second:
        raise Refused("timestamp.second_awaited")
    held = study.store.document(found.digest)
    if held is None:
        raise Refused("document.unknown")
    own = study_list(study)
    return ToStamp(found.digest, held[1], authority, (*([own] if own else []), *crls))
