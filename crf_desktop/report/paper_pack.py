"""Forms in the order of printing become one PDF: contents, bookmarks, and each page that is alike drawn once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from attrs import define, field, frozen

from crf_desktop.errors import Refused
from crf_desktop.model.definition import FormDef, MetaDataVersion, StudyEventDef
from crf_desktop.model.layout import Layout
from crf_desktop.model.text import TranslatedText
from crf_desktop.report import archive
from crf_desktop.report.document import Tick
from crf_desktop.report.drawing import PAGE_HEIGHT, Pen
from crf_desktop.report.flow import Draw
from crf_desktop.report.paper_contents import Entry, contents_pages
from crf_desktop.report.paper_form import form_pages, variant
from crf_desktop.report.paper_mark import PageName, draw_qr
from crf_desktop.report.paper_page import Filled, PaperLabel, draw_frame, draw_numbers, draw_title, draw_visit
from crf_desktop.report.paper_sheet import PaperLanguage, Sheet

NOWHERE, CONTENTS = "-", "CONTENTS"
"""In the code of a page: instead of a visit, of a form."""


@frozen
class Print:
    """One form of one visit."""

    sheet: Sheet
    event: StudyEventDef
    visit: str
    """Address of the visit, as the code of its pages says it."""
    form: str
    """Address of the form."""
    filled: Filled | None = None

    @property
    def bookmark(self) -> str:
        """The same for every copy."""
        return f"{self.visit}/{self.form}"


@define
class Pack:
    """What is printed together."""

    definition: MetaDataVersion
    language: PaperLanguage
    when: datetime
    """The moment the file states."""
    digest: str
    """``sha256:`` and 64 hex of the definition."""
    label: PaperLabel | None = None
    prints: list[tuple[Print, list[list[Draw]]]] = field(factory=list)
    """Each with its pages."""
    _laid: dict[tuple[str, ...], list[list[Draw]]] = field(factory=dict)
    _drawn: dict[object, str] = field(factory=dict)
    """What is drawn already → its name in the file."""

    def add(self, one: Print) -> None:
        """Lays out a form, unless one that reads the same was laid out before."""
        key = (one.form, one.visit if one.filled else "", *variant(one.sheet))
        if key not in self._laid:
            self._laid[key] = form_pages(one.sheet)
        self.prints.append((one, self._laid[key]))

    def inked(self, title: TranslatedText, rule: TranslatedText, contents: bool, tick: Tick) -> bytes:
        """The PDF, with ``contents`` a list of all forms before them; Refused ``report.no_forms`` without any."""
        if not self.prints:
            raise Refused("report.no_forms")
        book = FormDef("F.CONTENTS", title, title, rule, (), Layout(()))
        plain = Sheet(self.definition, self.language, book, annotated=any(o.sheet.annotated for o, _ in self.prints))
        out = BytesIO()
        told = f"{plain.inline(title)} · {self.definition.registry}"
        canvas = archive.canvas(out, self.when, told, "zh" if self.language == "zh" else "en")
        front = contents_pages(plain, list(self._entries())) if contents else []
        total = len(front) + sum(len(pages) for _, pages in self.prints)
        for n, page in enumerate(front):
            self._page(canvas, plain, page, (n + 1, len(front)), (n + 1, total), None)
        at = len(front)
        for one, pages in self._bookmarked(canvas):
            for n, page in enumerate(pages):
                at += 1
                self._page(canvas, one.sheet, page, (n + 1, len(pages)), (at, total), one)
            tick()
        canvas.showOutline()
        canvas.save()
        return out.getvalue()

    def _entries(self) -> Iterator[Entry]:
        """What the contents list, with the number of its first page among the forms, from 1."""
        at, visit, form = 1, "", ""
        for one, pages in self.prints:
            if one.bookmark != form:
                first = one.event.title if one.visit not in (visit, NOWHERE) else None
                optional = one.visit != NOWHERE and one.sheet.form.oid in one.event.optional
                yield Entry(one.bookmark, first, one.sheet.form.title, at, optional)
            at, visit, form = at + len(pages), one.visit, one.bookmark

    def _bookmarked(self, canvas: Any) -> Iterator[tuple[Print, list[list[Draw]]]]:
        """Each print, its bookmarks set on the page that follows."""
        visit = form = ""
        for one, pages in self.prints:
            if one.visit not in (visit, NOWHERE):
                _bookmark(canvas, one.visit, one.sheet.inline(one.event.title), 0)
            if one.bookmark != form:
                _bookmark(canvas, one.bookmark, one.sheet.inline(one.sheet.form.title), int(one.visit != NOWHERE))
            visit, form = one.visit, one.bookmark
            yield one, pages

    def _page(
        self,
        canvas: Any,
        sheet: Sheet,
        page: Sequence[Draw],
        number: tuple[int, int],
        whole: tuple[int, int],
        one: Print | None,
    ) -> None:
        """One page: what all share, what this page says in every visit, what this sheet alone says."""
        filled = one.filled if one else None
        self._once(canvas, ("frame", filled, one is None), lambda pen: draw_frame(pen, sheet, self.label, filled))

        def body(pen: Pen) -> None:
            draw_title(pen, sheet)
            for draw in page:
                draw(pen)

        if one is None:
            body(Pen(canvas))
        else:
            self._once(canvas, id(page), body)
        pen = Pen(canvas)
        if one is not None:
            draw_visit(pen, sheet, one.event, _numbered(one))
        draw_numbers(pen, sheet, self._head(sheet), number, whole)
        subject = self.label.subject if self.label else ""
        visit, form = (one.visit, one.form) if one else (NOWHERE, CONTENTS)
        draw_qr(pen, PageName(self.definition.study_oid, self.digest, visit, form, *number, subject).text)
        canvas.showPage()

    def _once(self, canvas: Any, key: object, draw: Callable[[Pen], None]) -> None:
        """Draws it as a part of its own the first time, and shows it."""
        if key not in self._drawn:
            self._drawn[key] = f"paper{len(self._drawn)}"
            canvas.beginForm(self._drawn[key])
            draw(Pen(canvas))
            canvas.endForm()
        canvas.doForm(self._drawn[key])

    def _head(self, sheet: Sheet) -> str:
        """``NCT06410833 · site 01 · forms MDV.1 · 7b1e94c0``."""
        site = f" · {sheet.say('site', self.label.site)}" if self.label and self.label.site else ""
        version = f"{self.definition.oid} · {self.digest.removeprefix('sha256:')[:8]}"
        return f"{self.definition.registry}{site} · {sheet.say('version')} {version}"


def _bookmark(canvas: Any, key: str, title: str, level: int) -> None:
    canvas.bookmarkPage(key, fit="XYZ", left=0, top=PAGE_HEIGHT, zoom=0)
    canvas.addOutlineEntry(title, key, level, closed=level > 0)


def _numbered(one: Print) -> tuple[str, ...]:
    """Words before the boxes for the number of what repeats; a filled form has them in its title."""
    if one.filled is not None:
        return ()
    found = ["visit_number"] if one.event.repeating else []
    found += ["number"] if one.sheet.form.repeating else []
    return tuple(one.sheet.say(word) for word in found)
