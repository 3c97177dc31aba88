"""The study's revocation list, which levels of a PDF carry: made anew where that can be, else the last one."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, Final

from cryptography import x509

from crf_desktop.capture.study import Study
from crf_desktop.model.data import Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.settings import utc_text
from crf_desktop.store import Store
from crf_desktop.store.revocation import has_authority, revocation_list

ACT: Final = "revocation.list"
MEDIA_TYPE: Final = "application/pkix-crl"
_FRESH: Final = timedelta(days=1)


def filed_list(store: Store) -> bytes | None:
    """The newest list the log names, DER; None: none was ever made, or its bytes are not here yet."""
    for row in reversed(store.rows(Kind.SYSTEM)):
        payload: dict[str, Any] = json.loads(row.payload or "{}")
        if payload.get("act") == ACT and (found := store.document(str(payload.get("document")))) is not None:
            return found[1]
    return None


def study_list(study: Study) -> bytes | None:
    """The list to go by: made now and filed where the authority's key is at hand, unless the last says the same."""
    store = study.store
    held = filed_list(store)
    if store.read_only or not has_authority(store):
        return held
    made = revocation_list(store)
    if made is None or (held is not None and not _newer(made, held)):
        return held
    found = x509.load_der_x509_crl(made)
    digest = store.put_document(MEDIA_TYPE, made)
    assert found.next_update_utc is not None
    payload = {
        "act": ACT, "document": digest, "n_revoked": len(found), "this_update": utc_text(found.last_update_utc),
        "next_update": utc_text(found.next_update_utc),
    }  # fmt: skip
    store.append([Entry(Kind.SYSTEM, ItemPath(), "Insert", payload=payload)])
    return made


def _newer(made: bytes, held: bytes) -> bool:
    """Whether the new list says more than the one held, or that one is no longer of today."""
    new, old = x509.load_der_x509_crl(made), x509.load_der_x509_crl(held)
    serials = [{one.serial_number for one in crl} for crl in (new, old)]
    return serials[0] != serials[1] or new.last_update_utc - old.last_update_utc >= _FRESH
