"""Pages that were signed and whose PDF is not filed yet: kept in the study, so that the same file can be made again.

The rows stand in the log before the PDF is made. A power cut, a full disk or a person may come between; the pages
then wait here as a setting of the file (encrypted with it, outside the log) until their PDF is filed.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, cast

from attrs import frozen

from crf_desktop.capture.study import Study
from crf_desktop.errors import Explained, Language
from crf_desktop.model.data import Change
from crf_desktop.model.path import ItemPath
from crf_desktop.model.text import TranslatedText

if TYPE_CHECKING:
    from crf_desktop.capture.signing import Shown

PREFIX = "shown/"
Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the page's lower left corner."""


@frozen(slots=True)
class Kept:
    """The pages of one act, as they were shown."""

    path: ItemPath
    """Of the visit."""
    language: Language
    meaning: TranslatedText
    forms: tuple[tuple[str, str], ...]
    second: bool
    first: str
    place: Box
    second_place: Box | None
    n_pages: int
    pdf: bytes
    digest: str

    def __repr__(self) -> str:
        return "Kept(...)"

    @classmethod
    def of(cls, shown: Shown) -> Kept:
        """What is kept of the pages shown."""
        asked = shown.asked
        return cls(
            asked.path, shown.language, asked.meaning, asked.forms, asked.second, asked.first, shown.place,
            shown.second_place, shown.n_pages, shown.pdf, shown.digest,
        )  # fmt: skip


def _name(study: Study, digest: str = "") -> str:
    return f"{PREFIX}{study.session.person.user_oid}/{digest}"


def keep(study: Study, kept: Kept) -> None:
    """Keeps the pages; written before the rows, so that no rows stand without their pages."""
    body = {
        "visit": [kept.path.subject, kept.path.event_address],
        "language": kept.language,
        "meaning": [kept.meaning.en, kept.meaning.zh],
        "forms": kept.forms,
        "second": kept.second,
        "first": kept.first,
        "place": kept.place,
        "second_place": kept.second_place,
        "n_pages": kept.n_pages,
        "pdf": base64.b64encode(kept.pdf).decode(),
    }
    study.store.set_setting(_name(study, kept.digest), json.dumps(body))


def drop(study: Study, digest: str) -> None:
    """Forgets the pages; where the disk is full they go at the next opening."""
    if study.store.setting(_name(study, digest)):
        study.store.set_setting(_name(study, digest), "")


def unfinished(study: Study) -> list[tuple[Kept, tuple[Change, ...]]]:
    """The pages of this person whose rows stand and whose PDF was never filed, with those rows."""
    found = []
    for name, value in study.store.settings(_name(study)).items():
        if not value:
            continue
        kept = _read(name.rpartition("/")[2], value)
        rows, filed = _rows(study, kept)
        if rows and not filed:
            found.append((kept, rows))
        elif not study.store.read_only:
            forget(study, kept.digest)
    return found


def n_unfinished(study: Study) -> int:
    """How many pages of this person wait for their PDF, as far as their rows were not looked for."""
    return sum(bool(value) for value in study.store.settings(_name(study)).values())


def forget(study: Study, digest: str) -> None:
    """Forgets pages that nobody signed, or that were filed just before the power went."""
    try:
        drop(study, digest)
    except Explained:  # a full disk: they are found and asked about again
        return


def _read(digest: str, value: str) -> Kept:
    body: dict[str, Any] = json.loads(value)
    second = body["second_place"]
    return Kept(
        ItemPath.of(*body["visit"]), cast(Language, body["language"]), TranslatedText(*body["meaning"]),
        tuple((form, signed) for form, signed in body["forms"]), bool(body["second"]), str(body["first"]),
        _box(body["place"]), _box(second) if second else None, int(body["n_pages"]),
        base64.b64decode(body["pdf"]), digest,
    )  # fmt: skip


def _box(numbers: list[float]) -> Box:
    left, bottom, right, top = numbers
    return left, bottom, right, top


def _rows(study: Study, kept: Kept) -> tuple[tuple[Change, ...], bool]:
    """The rows that sign these pages, and whether a later one names the file made of them."""
    rows, filed = [], False
    for row in study.store.signatures(kept.path):
        body = json.loads(row.payload or "{}")
        if row.path.form and body.get("shown") == kept.digest and row.user_oid == study.session.person.user_oid:
            rows.append(row)
        elif body.get("type") == "pdf" and rows:
            filed = filed or [rows[-1].origin, rows[-1].seq] in body.get("signatures", [])
    return tuple(rows), filed
