"""Checks what a document carries, without the program: ``pdfdetach -saveall FILE.pdf``, then
``python check_document.py audit.json odm.xml`` (docs/document_format.md)."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

try:
    from tests.store.check_log import encode
except ImportError:  # beside it, as a file
    from check_log import encode  # type: ignore[import-not-found, no-redef]

ODM = "{http://www.cdisc.org/ns/odm/v1.3}"


def row_faults(audit: dict[str, Any]) -> list[str]:
    """Rows whose hash or signature does not hold."""
    keys = {(k["origin"], k["key_id"]): bytes.fromhex(k["public_key"]) for k in audit["keys"]}
    found = [f"key {i}" for (_, i), raw in keys.items() if hashlib.sha256(raw).hexdigest()[:32] != i]
    for row in audit["rows"]:
        where, digest = f"{row['origin']}:{row['seq']}", hashlib.sha256(encode(row)).digest()
        if digest.hex() != row["hash"]:
            found.append(f"{where}: hash")
        try:
            key = Ed25519PublicKey.from_public_bytes(keys[row["origin"], row["key_id"]])
            key.verify(bytes.fromhex(row["row_signature"]), digest)
        except (KeyError, InvalidSignature):
            found.append(f"{where}: signature")
    return found


def answer_faults(audit: dict[str, Any], odm: bytes) -> list[str]:
    """Answers of the ODM that are not what the row they name says."""
    rows, found = {f"{row['origin']}:{row['seq']}": row for row in audit["rows"]}, []
    for item in ElementTree.fromstring(odm).iter(ODM + "ItemData"):
        source = item.findtext(f"{ODM}AuditRecord/{ODM}SourceID")
        if source is not None:
            row = rows.get(source, {})
            same = row.get("item", "CRF.VISIT.DATE") == item.get("ItemOID")
            value = row["qualifier"] + row["value"] if "value" in row else None
            found += [] if same and value == item.get("Value") else [source]
        elif not str(item.get("ItemOID")).startswith("CRF."):
            found.append(f"{item.get('ItemOID')} names no row")
    return found


if __name__ == "__main__":
    raw, odm = (Path(name).read_bytes() for name in sys.argv[1:3])
    told = row_faults(json.loads(raw)) + answer_faults(json.loads(raw), odm)
    told += [] if hashlib.sha256(raw).hexdigest().encode() in odm else ["odm.xml names another audit.json"]
    sys.stdout.write("\n".join(told or ["whole", "record hash " + hashlib.sha256(odm).hexdigest()]) + "\n")
    sys.exit(bool(told))
