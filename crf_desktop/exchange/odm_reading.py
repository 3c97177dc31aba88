"""ODM read back from a document: strict, without DTD or entity, bounded in size and depth."""

from __future__ import annotations

from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element

from attrs import define, field, frozen
from defusedxml.common import DefusedXmlException, DTDForbidden  # type: ignore[import-untyped]
from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

from crf_desktop.exchange import odm_metadata as meta
from crf_desktop.exchange.odm_xml import NAMESPACE
from crf_desktop.model.path import ItemPath

MOST_BYTES: Final = 64 << 20
MOST_DEEP: Final = 64
MOST_TEXT: Final = 64_000
"""Characters of one attribute; the log takes 4,000."""

_ROOT: Final = f"{{{NAMESPACE}}}"


class NotOdm(ValueError):
    """The bytes are not a snapshot of ODM 1.3.2; ``code`` names the finding."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@frozen
class OdmItem:
    """One ItemData."""

    value: str | None = field(repr=False)
    """With ``<`` or ``>`` before a number; None: no value."""
    unit: str | None
    missing: str | None
    """Null flavour."""
    source: str
    """``origin:seq`` of the row of the log; empty where it names none."""


@define
class Odm:
    """What a snapshot says."""

    study_oid: str = ""
    description: str = field(default="", repr=False)
    items: dict[ItemPath, OdmItem] = field(factory=dict, repr=False)
    """Answers, and under the path of a visit its date."""
    derived: dict[ItemPath, OdmItem] = field(factory=dict, repr=False)
    """By the path of the computed item, its ``CRF.`` taken off."""


def read_odm(data: bytes) -> Odm:
    """The content of a snapshot; raises :class:`NotOdm` ``odm_large``, ``odm_dtd``, ``odm_deep``, ``odm_malformed``."""
    if len(data) > MOST_BYTES:
        raise NotOdm("odm_large")
    reader = _Reader()
    try:
        for event, element in iterparse(BytesIO(data), events=("start", "end"), forbid_dtd=True):
            reader.start(element) if event == "start" else reader.end(element)
    except NotOdm:
        raise
    except DTDForbidden:
        raise NotOdm("odm_dtd") from None
    except (DefusedXmlException, SyntaxError, ValueError, LookupError):  # what expat and ElementTree raise
        raise NotOdm("odm_malformed") from None
    if not reader.found.study_oid:
        raise NotOdm("odm_malformed")
    return reader.found


class _Reader:
    """Follows the elements from the root; only those of the ODM namespace count."""

    def __init__(self) -> None:
        self.found = Odm()
        self._open: list[tuple[str, dict[str, str]]] = []
        self._item: dict[str, str] = {}

    def start(self, element: Element) -> None:
        """An element begins."""
        tag, attributes = element.tag, dict(element.attrib)
        if len(self._open) >= MOST_DEEP:
            raise NotOdm("odm_deep")
        if not tag.startswith(_ROOT) or any(len(v) > MOST_TEXT for v in attributes.values()):
            raise NotOdm("odm_malformed")
        name = tag.removeprefix(_ROOT)
        if not self._open:
            if name != "ODM" or attributes.get("ODMVersion") != "1.3.2" or attributes.get("FileType") != "Snapshot":
                raise NotOdm("odm_malformed")
            self.found.description = attributes.get("Description", "")
        self._open.append((name, attributes))
        if name == "ItemData":
            self._item = {}

    def end(self, element: Element) -> None:
        """An element is complete."""
        name, attributes = self._open[-1]
        text = (element.text or "").strip()
        above = [tag for tag, _ in self._open]
        match name:
            case "ClinicalData":
                self.found.study_oid = attributes.get("StudyOID", "")
            case "SourceID" if above[-3:-1] == ["ItemData", "AuditRecord"]:
                self._item["source"] = text
            case "MeasurementUnitRef" if above[-2] == "ItemData":
                self._item["unit"] = attributes.get("MeasurementUnitOID", "")
            case "FlagValue" if attributes.get("CodeListOID") == meta.MISSING_LIST:
                self._item["missing"] = text
            case "ItemData":
                self._data(attributes)
        self._open.pop()
        if "ClinicalData" in above or "Study" in above:
            element.clear()

    def _data(self, attributes: dict[str, str]) -> None:
        keys = dict(self._open)
        null, value = attributes.get("IsNull") == "Yes", attributes.get("Value")
        if null == (value is not None):
            raise NotOdm("odm_malformed")
        event, form, group = keys["StudyEventData"], keys["FormData"], keys["ItemGroupData"]
        oid = attributes["ItemOID"]
        path = ItemPath(
            keys["SubjectData"]["SubjectKey"],
            event["StudyEventOID"],
            event.get("StudyEventRepeatKey", ""),
            form["FormOID"],
            form.get("FormRepeatKey", ""),
            group["ItemGroupOID"],
            group.get("ItemGroupRepeatKey", ""),
            oid.removeprefix(meta.ADDED_OID),
        )
        told = self._item
        item = OdmItem(value, told.get("unit"), told.get("missing"), told.get("source", ""))
        if oid == meta.VISIT_DATE:
            path, held = path.event_path, self.found.items
        else:
            held = self.found.derived if oid.startswith(meta.ADDED_OID) else self.found.items
        if path in held:
            raise NotOdm("odm_malformed")
        held[path] = item
