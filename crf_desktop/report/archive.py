"""What makes a reportlab file PDF/A-3b: XMP, an sRGB output intent, associated files, its own clock, no page effects.

Recipe: reference/security.md §4.1 of the project's sources; ``docs/document_format.md``.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache
from io import BytesIO
from typing import Any, Literal
from xml.sax.saxutils import escape

from attrs import field, frozen
from reportlab.pdfbase import pdfdoc

from crf_desktop.report.drawing import PAGE_HEIGHT, PAGE_WIDTH
from crf_desktop.report.inking import InkedCanvas
from crf_desktop.report.typeface import REGULAR, register

PRODUCER = "CRF Desktop"
_LEVEL, _STEADY_LEVEL = 4, 9
"""Of zlib, for attachments: what is packed anew for each document, and once for many."""


@frozen
class Attachment:
    """A file inside the PDF."""

    name: str
    """ASCII, without a folder."""
    data: bytes = field(repr=False)
    media_type: str
    relationship: Literal["Data", "Supplement"]
    """Data: what the pages are drawn from; Supplement: what they do not show."""
    description: str
    """For whoever opens the list of attachments."""
    steady: tuple[int, int] = (0, 0)
    """From which byte to which many documents say the same: that is packed once."""


class _Catalog(pdfdoc.PDFCatalog):  # type: ignore[misc]  # reportlab is untyped
    """reportlab's own knows neither output intents nor associated files."""

    __NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents", "AF"]
    __Refs__ = pdfdoc.PDFCatalog.__NoDefault__


class _Moment:
    """The document's clock: the moment the record was taken, never the machine's."""

    def __init__(self, when: datetime) -> None:
        offset = int((when.utcoffset() or when - when).total_seconds()) // 60
        self.t = when.timestamp()
        self.YMDhms = when.timetuple()[:6]
        self.dhh, self.dmm = int(offset / 60), abs(offset) % 60


def canvas(
    out: BytesIO,
    when: datetime,
    title: str,
    language: str,
    size: tuple[float, float] = (PAGE_WIDTH, PAGE_HEIGHT),
    attachments: Sequence[Attachment] = (),
) -> Any:
    """A canvas that gives the same bytes for the same drawing; the attachments belong to the whole document."""
    register()
    made = InkedCanvas(
        out, size, pageCompression=1, invariant=1, initialFontName=REGULAR, pdfVersion=(1, 7), lang=language
    )
    document = made._doc
    document._timeStamp = _Moment(when)
    document.__class__ = _Document
    catalog = _Catalog()
    catalog.__dict__.update(document.Catalog.__dict__)
    document.Catalog = document._catalog = catalog
    document.info.producer = document.info.creator = PRODUCER
    document.info.title, document.info.author, document.info.subject = title, PRODUCER, ""
    catalog.Metadata = _plain_stream(_xmp(title, when), Type="/Metadata", Subtype="/XML")
    profile = document.Reference(_plain_stream(srgb(), N=3))
    intent = {"Type": "/OutputIntent", "S": "/GTS_PDFA1", "DestOutputProfile": profile}
    names = {k: pdfdoc.PDFString("sRGB") for k in ("OutputConditionIdentifier", "Info")}
    catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent | names)])
    if attachments:
        _attach(document, sorted(attachments, key=lambda a: a.name))
    return made


def _attach(document: Any, attachments: list[Attachment]) -> None:
    """Each under its name in the list of embedded files, and as a file associated with the document (ISO 19005-3)."""
    found = [(a.name, document.Reference(_file(document, a))) for a in attachments]
    listed = [part for name, at in found for part in (pdfdoc.PDFString(name), at)]
    tree = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(listed)})
    document.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": tree})
    document.Catalog.AF = pdfdoc.PDFArray([at for _, at in found])


def _file(document: Any, attachment: Attachment) -> Any:
    when = pdfdoc.PDFDate(document._timeStamp)
    about = {"Size": len(attachment.data), "CreationDate": when, "ModDate": when}
    told = {"Type": pdfdoc.PDFName("EmbeddedFile"), "Subtype": "/" + attachment.media_type.replace("/", "#2F")}
    told |= {"Params": pdfdoc.PDFDictionary(about), "Filter": pdfdoc.PDFName("FlateDecode")}
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(told), _packed(attachment.data, *attachment.steady))
    held = document.Reference(stream)
    name = pdfdoc.PDFString(attachment.name)
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Filespec"),
            "F": name,
            "UF": name,
            "Desc": pdfdoc.PDFString(attachment.description),
            "AFRelationship": pdfdoc.PDFName(attachment.relationship),
            "EF": pdfdoc.PDFDictionary({"F": held, "UF": held}),
        }
    )


def _packed(data: bytes, first: int, last: int) -> bytes:
    """The bytes as one zlib stream (RFC 1950), of which the part from ``first`` to ``last`` is packed only once."""
    if first >= last:
        return zlib.compress(data, _LEVEL)
    begin, end = zlib.compressobj(_LEVEL), zlib.compressobj(_LEVEL, wbits=-zlib.MAX_WBITS)
    head = begin.compress(data[:first]) + begin.flush(zlib.Z_FULL_FLUSH)
    tail = end.compress(data[last:]) + end.flush()
    return head + _block(data[first:last]) + tail + zlib.adler32(data).to_bytes(4, "big")


@lru_cache(maxsize=16)
def _block(data: bytes) -> bytes:
    """Deflated so that other blocks may stand before and behind it."""
    packing = zlib.compressobj(_STEADY_LEVEL, wbits=-zlib.MAX_WBITS)
    return packing.compress(data) + packing.flush(zlib.Z_FULL_FLUSH)


class _Document(pdfdoc.PDFDocument):  # type: ignore[misc]
    """Pages without an effect of transition, which PDF/A forbids, and without ASCII armour."""

    def addPage(self, page: Any) -> None:
        page.Trans = None
        page.Contents = pdfdoc.PDFStream(content=page.stream)
        page.Contents.filters = [pdfdoc.PDFZCompress]
        super().addPage(page)


def _plain_stream(content: bytes, **keys: Any) -> Any:
    dictionary = {k: pdfdoc.PDFName(v[1:]) if isinstance(v, str) else v for k, v in keys.items()}
    stream = pdfdoc.PDFStream(dictionary=pdfdoc.PDFDictionary(dictionary), content=content)
    stream.filters = []
    return stream


def _xmp(title: str, when: datetime) -> bytes:
    moment = when.isoformat(timespec="seconds")
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{PRODUCER}</rdf:li></rdf:Seq></dc:creator>
<pdf:Producer>{PRODUCER}</pdf:Producer><xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode()


@cache
def srgb() -> bytes:
    """An sRGB profile (ICC 4.2, IEC 61966-2-1 curve), written out so that no file of unknown licence is shipped."""

    def fixed(*numbers: float) -> bytes:
        return b"".join(struct.pack(">i", round(n * 65536)) for n in numbers)

    def words(text: str) -> bytes:
        body = text.encode("utf-16-be")
        return b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, len(body), 28) + body

    xyz = {
        b"rXYZ": (0.43607, 0.22249, 0.01392),
        b"gXYZ": (0.38515, 0.71687, 0.09708),
        b"bXYZ": (0.14307, 0.06061, 0.71410),
    }
    curve = b"para" + struct.pack(">IHH", 0, 3, 0) + fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    adapt = fixed(1.04790, 0.02290, -0.05020, 0.02960, 0.99046, -0.01707, -0.00925, 0.01506, 0.75179)
    tags = {b"desc": words("sRGB"), b"cprt": words("CC0"), b"wtpt": b"XYZ \0\0\0\0" + fixed(0.96420, 1, 0.82491)}
    tags |= {name: b"XYZ \0\0\0\0" + fixed(*point) for name, point in xyz.items()}
    tags |= {b"rTRC": curve, b"gTRC": curve, b"bTRC": curve, b"chad": b"sf32\0\0\0\0" + adapt}
    table, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = at + len(body)
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x04200000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s4sI4s4sII", 2020, 1, 1, 0, 0, 0, b"acsp", bytes(4), 0, bytes(4), bytes(4), 0, 0)
    head = head + struct.pack(">I", 0) + fixed(0.96420, 1, 0.82491)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body
