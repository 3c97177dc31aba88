"""The form digest, recomputed from the page about the format with nothing but hashlib and struct."""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path
from typing import Any

import pytest

from crf_desktop.capture.entry import FormEntry
from crf_desktop.capture.signature import form_digest
from crf_desktop.capture.study import Study

from .conftest import WEEK_0

VECTORS = json.loads((Path(__file__).parent / "vectors" / "form_digest.json").read_text("utf-8"))


def cell(it: Any) -> bytes:
    """docs/log_format.md, Encoding 1."""
    if it is None:
        return b"\x00"
    if isinstance(it, int):
        return b"\x02" + struct.pack(">q", it)
    raw, tag = (it.encode("utf-8"), b"\x01") if isinstance(it, str) else (it, b"\x03")
    return tag + struct.pack(">I", len(raw)) + raw


def recomputed(form: dict[str, Any]) -> bytes:
    """docs/log_format.md, Form digest. Items: OID, value, qualifier, unit, flavour, origin, seq."""
    cells = [form["study_oid"], *form["keys"], form["metadata_digest"]]
    for item in form["items"]:
        cells += item
    for oid, text, expression in form["derived"]:
        cells += [oid, text, hashlib.sha256(expression.encode("utf-8")).digest()]
    return hashlib.sha256(b"CRF-DESKTOP-FORM\x01" + b"".join(cell(c) for c in cells)).digest()


def told(entry: FormEntry) -> dict[str, Any]:
    """The form as the serialised definition and the rows of ``head`` tell it."""
    metadata = json.loads(entry.store.definition_bytes)["metadata"]
    form = next(f for f in metadata["forms"] if f["oid"] == entry.path.form)
    groups = {g["oid"]: g["items"] for g in metadata["item_groups"]}
    methods = {m["oid"]: m["expression"] for m in metadata["methods"]}
    held = {row.path.item: row for row in entry.store.form_items(entry.path)}
    items: list[list[Any]] = []
    for oid in (oid for group in form["item_groups"] for oid in groups[group]):
        if row := held.get(oid):
            d = row.datum
            flavor = str(d.null_flavor) if d.null_flavor else None
            items.append([oid, d.value, d.qualifier, d.unit_oid, flavor, row.origin, row.seq])
        else:
            items.append([oid, None, "", None, None, None, None])
    derived = entry.view().derived
    return {
        "study_oid": entry.store.study_oid,
        "keys": [entry.path.subject, entry.path.event, None, entry.path.form, None, None, None, None],
        "metadata_digest": entry.store.metadata_digest,
        "items": items,
        "derived": [[oid, derived[oid].text, methods[oid]] for oid in form["methods"]],
    }


@pytest.mark.requirement("REQ-22")
@pytest.mark.parametrize("vector", VECTORS["forms"], ids=lambda v: v["name"])
def test_that_the_format_of_the_digest_has_not_moved(vector: dict[str, Any]) -> None:
    assert (recomputed(vector).hex() == vector["digest"]) is vector["right"]


@pytest.fixture
def laboratory(study: Study, subject: str) -> FormEntry:
    """A page with a unit that was chosen, a value below the limit, a missing reason, a removed answer, an open one."""
    entry = study.form(subject, WEEK_0, "F.LAB")
    entry.set("I.LAB.IGG", "1650", "MU.MG_DL")
    entry.set("I.LAB.RF", "<20")
    entry.set_missing("I.LAB.C3", "ND")
    entry.set("I.LAB.C4", "0.2")
    entry.clear("I.LAB.C4")
    return entry


@pytest.mark.requirement("REQ-22")
def test_that_an_independent_reader_finds_the_digest_that_is_signed(laboratory: FormEntry) -> None:
    form = told(laboratory)
    assert {tuple(i[2:5]) for i in form["items"]} >= {("", "MU.MG_DL", None), ("<", "MU.IU_ML", None), ("", None, "ND")}
    assert recomputed(form) == form_digest(laboratory)


@pytest.mark.requirement("REQ-22", "REQ-25")
def test_that_everything_the_form_says_is_in_the_digest(laboratory: FormEntry) -> None:
    form = told(laboratory)
    seen = {recomputed(form)}
    for at in range(len(form["items"])):
        for place in range(7):
            other = json.loads(json.dumps(form))
            other["items"][at][place] = 77 if place == 6 else "other"
            seen.add(recomputed(other))
    changes = 1 + 7 * len(form["items"])
    assert len(seen) == changes
    for oid, typed in (("I.LAB.IGG", "1651"), ("I.LAB.IGG", "1650"), ("I.LAB.RF", ">20")):
        laboratory.set(oid, typed, "MU.MG_DL" if oid == "I.LAB.IGG" else "")
        seen.add(form_digest(laboratory))
    assert len(seen) == changes + 3, "the same value committed again is another row, so another digest"
