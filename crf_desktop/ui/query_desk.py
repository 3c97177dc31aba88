"""Opens the queries of a field beside it, does what the person decides, and tells the page."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crf_desktop.errors import Explained
from crf_desktop.model.query import Query, QueryAct
from crf_desktop.ui.form_view import label_of
from crf_desktop.ui.query_sheet import NEW, Asked, QuerySheet
from crf_desktop.ui.query_words import place_words

if TYPE_CHECKING:
    from crf_desktop.capture.entry import FormEntry
    from crf_desktop.capture.study import Study
    from crf_desktop.model.data import Change
    from crf_desktop.model.definition import StudyEventDef
    from crf_desktop.model.path import ItemPath
    from crf_desktop.ui.form_page import FormPage
    from crf_desktop.ui.query_page import QueryPage


class QueryDesk(QObject):
    """One for the window: beside a field of the form page, or above the list for what belongs to no form."""

    written = Signal(str, str)
    """(participant, ""): a query was raised or went on."""

    def __init__(self, page: FormPage, listed: QueryPage) -> None:
        super().__init__(page)
        self.page, self.listed = page, listed
        self.sheet: QuerySheet | None = None
        page.query_asked.connect(lambda _, item: self.open(item))

    # ---- at a field

    def open(self, item: str, name: str = "") -> QuerySheet | None:
        """Shows the queries of an item, or of the whole form where ``item`` is empty; ``name`` names the one wanted."""
        from crf_desktop.capture.query import may_raise, queries  # loads with the study

        page, study, entry = self.page, self.page.study, self.page.entry
        if study is None or entry is None:
            return None
        page.leave()
        path = entry.item_path(item) if item else entry.path
        found = tuple(q for q in queries(study, path) if item or not q.path.item)
        first = found[0].name if found else NEW if may_raise(study) else ""
        shown = name if name == NEW or any(q.name == name for q in found) else first
        asked = Asked(
            study, entry, self._about(entry, item), found, shown,
            show=lambda other: self._again(item, other),
            send=lambda act, query, text, chosen: self._send(study, path, act, query, text, chosen),
            keep=lambda which, text: _keep(study, path, which, text),
        )  # fmt: skip
        sheet = self._made(asked, path, page)
        page.dialogue.open_sheet(sheet, lambda: self.open(item, shown) or sheet)
        sheet.open(sheet.first())
        if item:
            page.body.bring_into_view(item, max(0, sheet.covered() - page.foot.height()))
        return sheet

    def _about(self, entry: FormEntry, item: str) -> str:
        language = self.page.look.language
        return label_of(entry, item, language) if item else entry.form.short_title.in_(language)

    def _again(self, item: str, name: str) -> None:
        self.page.dialogue.close_all()
        self.open(item, name)

    # ---- above the list

    def open_at(self, query: Query) -> QuerySheet:
        """Shows a query about no form (a visit date) above the list of queries."""
        page, study = self.listed, self.listed.study
        assert study is not None

        def visit(subject: str, event: str) -> StudyEventDef:
            return study.planned(subject, event).event

        where = place_words(study.definition, visit, query, page.look.language)
        about = " · ".join(w for w in (query.path.subject, where[0], where[2]) if w)
        asked = Asked(
            study, None, about, (query,), query.name,
            show=lambda _: None,
            send=lambda act, q, text, chosen: self._send(study, query.path, act, q, text, chosen),
            keep=lambda which, text: _keep(study, query.path, which, text),
        )  # fmt: skip
        sheet = self._made(asked, query.path, page)
        sheet.again = lambda: self.open_at(query)
        sheet.open(sheet.first())
        return sheet

    # ---- both

    def _made(self, asked: Asked, path: ItemPath, host: FormPage | QueryPage) -> QuerySheet:
        from crf_desktop.capture.query import acts, may_raise, unsent

        study, query = asked.study, asked.query
        doable = [QueryAct.RAISE] if asked.entry is not None and may_raise(study) else []
        doable += acts(study, query) if query is not None else []
        waiting = unsent(study, path, asked.name) if asked.name else ""
        self.sheet = QuerySheet(host.look, host, asked, doable, waiting)
        self.sheet.closed.connect(self._closed)
        return self.sheet

    def _closed(self) -> None:
        self.sheet = None

    def _send(
        self, study: Study, path: ItemPath, act: QueryAct, query: Query | None, text: str, chosen: Change | None
    ) -> None:
        from crf_desktop.capture import query as asking

        if query is None:
            asking.raise_query(study, path, text)
        elif chosen is not None and act is QueryAct.RESOLVE:
            asking.resolve(study, query, chosen, text)
        else:
            asking.act(study, query, act, text)
        if self.page.entry is not None and self.page.isVisible():
            self.page.entry.reload()
            self.page.refresh()
        self.listed.refresh()
        self.written.emit(path.subject, "")


def _keep(study: Study, path: ItemPath, name: str, text: str) -> None:
    from crf_desktop.capture.query import keep_unsent

    if name:
        with contextlib.suppress(Explained):  # a full disk: it is met again when the query is sent
            keep_unsent(study, path, name, text)
