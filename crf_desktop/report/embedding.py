"""Pages of another PDF in the one that is being drawn: vectors stay vectors, and fonts are taken over once."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from attrs import define, field, frozen
from reportlab.pdfbase import pdfdoc

from crf_desktop.report.hatching import unhatched


@frozen
class Picture:
    """One page of a PDF, ready to be drawn."""

    page: Any = field(repr=False)
    """A page of pypdf."""
    width: float
    """Points."""
    height: float


def pictures(pdf: bytes) -> list[Picture]:
    """The pages of a PDF; those of one file share what they share there."""
    from pypdf import PdfReader  # only where a report is drawn

    pages = PdfReader(BytesIO(pdf)).pages
    return [Picture(p, float(p.mediabox.width), float(p.mediabox.height)) for p in pages]


@define
class Embedding:
    """Copies what pages need into a reportlab document, each object once."""

    document: Any
    _copied: dict[tuple[int, int], Any] = field(factory=dict)
    """(reader, object number) → reference."""
    _count: int = 0

    def draw(self, canvas: Any, picture: Picture, left: float, foot: float, scale: float = 1.0) -> None:
        """Draws the page with its lower left corner at (left, foot) points."""
        self._count += 1
        name = f"picture{self._count}"
        self.document.Reference(self._form(picture), pdfdoc.xObjectName(name))
        canvas.saveState()
        canvas.transform(scale, 0, 0, scale, left, foot)
        canvas.doForm(name)
        canvas.restoreState()

    def _form(self, picture: Picture) -> Any:
        page = picture.page
        content, tiles = unhatched(page)
        told = {"Type": "/XObject", "Subtype": "/Form", "FormType": 1}
        box = pdfdoc.PDFArray([0, 0, picture.width, picture.height])
        told |= {"BBox": box, "Resources": self._resources(page["/Resources"], tiles)}
        if "/Group" in page:
            told["Group"] = self._copy(page["/Group"])
        return _compressed(told, content)

    def _resources(self, found: Any, tiles: dict[str, Any]) -> Any:
        """Those that the content asks for: each kind that holds something, and the tiles of its hatches."""
        found = found.get_object()
        kept = {key[1:]: self._copy(value) for key, value in found.items() if value.get_object() and key != "/Pattern"}
        if tiles:
            forms = found.get("/XObject")
            drawn = {key[1:]: self._copy(value) for key, value in (forms.get_object() if forms else {}).items()}
            kept["XObject"] = pdfdoc.PDFDictionary(drawn | {name: self._tile(name, t) for name, t in tiles.items()})
        return pdfdoc.PDFDictionary(kept)

    def _tile(self, name: str, pattern: Any) -> Any:
        """A pattern's cell as a form that can be drawn; once for all the pages of a file."""
        key = (id(pattern.indirect_reference.pdf), -pattern.indirect_reference.idnum)
        if key not in self._copied:
            told = {"Type": "/XObject", "Subtype": "/Form", "FormType": 1, "BBox": self._copy(pattern["/BBox"])}
            told["Resources"] = pdfdoc.PDFDictionary()
            self._copied[key] = self.document.Reference(_compressed(told, pattern.get_data()))
        return self._copied[key]

    def _copy(self, found: Any) -> Any:
        """An object of pypdf as one of reportlab."""
        from pypdf import generic as pdf

        match found:
            case pdf.IndirectObject():
                return self._reference(found)
            case pdf.StreamObject():
                return self._filled(pdfdoc.PDFStream(content=found._data, filters=[]), found)
            case pdf.DictionaryObject():
                return self._filled(pdfdoc.PDFDictionary(), found)
            case pdf.ArrayObject():
                return pdfdoc.PDFArray([self._copy(one) for one in found])
            case pdf.NameObject():
                return pdfdoc.PDFName(found[1:])
            case pdf.TextStringObject() | pdf.ByteStringObject():
                return f"<{bytes(found.original_bytes).hex()}>"
        written = BytesIO()
        found.write_to_stream(written)
        return written.getvalue()

    def _filled(self, made: Any, found: Any) -> Any:
        held = made.dictionary.dict if isinstance(made, pdfdoc.PDFStream) else made.dict
        held.update((key[1:], self._copy(value)) for key, value in found.items() if key not in ("/Length", "/Parent"))
        return made

    def _reference(self, found: Any) -> Any:
        """What is shared is copied when it is first met; its place is known before its content, which may lead back."""
        from pypdf import generic as pdf

        key = (id(found.pdf), found.idnum)
        if key not in self._copied:
            target = found.get_object()
            if isinstance(target, pdf.StreamObject):
                made = pdfdoc.PDFStream(content=target._data, filters=[])
            elif isinstance(target, pdf.DictionaryObject):
                made = pdfdoc.PDFDictionary()
            else:
                return self._copy(target)
            self._copied[key] = self.document.Reference(made)
            self._filled(made, target)
        return self._copied[key]


def _compressed(told: dict[str, Any], content: bytes) -> Any:
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(told), content)
    stream.filters = [pdfdoc.PDFZCompress]
    return stream
