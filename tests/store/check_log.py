"""Checks a dump of the log without the program, by hashlib and struct alone: ``python check_log.py DUMP.json``."""

from __future__ import annotations

import hashlib
import json
import struct
import sys
import unicodedata
from typing import Any

COLUMNS = """origin seq format study_oid lamport kind subject event event_key form form_key item_group group_key item
transaction_type value qualifier unit_oid null_flavor payload entry_pass capture observed_at user_oid role key_id
location_oid device_oid program_version recorded_at utc_offset_min boot_id boot_ms edit_point reason_for_change
metadata_digest based_on_origin based_on_seq previous_hash""".split()  # noqa: SIM905 (easier to compare)


def encode(row: dict[str, Any]) -> bytes:
    """Encoding 1; bytes stand in the dump as hex, in the columns whose name ends in ``hash``."""
    out = b"CRF-DESKTOP-ROW\x01"
    for name in COLUMNS:
        value = row.get(name)
        if value is None:
            out += b"\x00"
        elif isinstance(value, int):
            out += b"\x02" + struct.pack(">q", value)
        elif name.endswith("hash"):
            data = bytes.fromhex(value)
            out += b"\x03" + struct.pack(">I", len(data)) + data
        else:
            if unicodedata.normalize("NFC", value) != value:
                raise ValueError(f"{name} is not NFC")
            data = value.encode("utf-8")
            out += b"\x01" + struct.pack(">I", len(data)) + data
    return out


def faults(rows: list[dict[str, Any]]) -> list[str]:
    """What is wrong with the rows of one or several origins, each from its first row on."""
    found, ends = [], {}
    for row in rows:
        where = f"{row['origin']}/{row['seq']}"
        try:
            digest = hashlib.sha256(encode(row)).hexdigest()
        except (ValueError, struct.error) as error:
            found.append(f"{where}: {error}")
            continue
        seq, head, lamport = ends.get(row["origin"], (0, "00" * 32, 0))
        if row["seq"] != seq + 1 or row["lamport"] <= lamport:
            found.append(f"{where}: not the next row")
        if row["previous_hash"] != head:
            found.append(f"{where}: the chain is broken")
        if digest != row["hash"]:
            found.append(f"{where}: the hash does not fit")
        ends[row["origin"]] = (row["seq"], row["hash"], row["lamport"])
    return found


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as dump:  # noqa: PTH123
        told = faults(json.load(dump)["rows"])
    sys.stdout.write("\n".join(told or ["whole"]) + "\n")
    sys.exit(bool(told))
