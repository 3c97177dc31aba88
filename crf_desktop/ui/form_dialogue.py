"""What a form page says back: menus of reasons, refusals, soft checks, failures, history."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject

from crf_desktop.errors import EnvironmentProblem, Explained, Refused
from crf_desktop.model.definition import EditCheck
from crf_desktop.ui.check_sheet import CheckSheet
from crf_desktop.ui.controls.item_field import ItemField
from crf_desktop.ui.controls.missing import MissingMenu
from crf_desktop.ui.form_binding import Act, with_override, with_reason
from crf_desktop.ui.form_body import FormBody
from crf_desktop.ui.form_sheets import ReasonSheet, RowSheet, SoftSheet, VoidSheet
from crf_desktop.ui.form_view import label_of, row_items, row_words
from crf_desktop.ui.form_words import title_of
from crf_desktop.ui.history_panel import HistorySheet
from crf_desktop.ui.problem_panel import ProblemSheet, problem_of
from crf_desktop.ui.sheet import Sheet

if TYPE_CHECKING:
    from crf_desktop.ui.form_page import FormPage


class FormDialogue(QObject):
    """Owns whatever panel stands above the page."""

    def __init__(self, page: FormPage) -> None:
        super().__init__(page)
        self.page = page
        self.sheet: Sheet | None = None
        self.menu: MissingMenu | None = None
        self._refused: dict[str, tuple[Act, Refused]] = {}
        """What stands marked in a field, by item."""
        binding = page.binding
        binding.reason_needed.connect(self._ask_reason)
        binding.soft_found.connect(self._ask_soft)
        binding.refused.connect(self._show_refused)
        binding.failed.connect(self._show_failed)
        binding.committed.connect(self._close_failed)
        binding.committed.connect(self._forget_refused)
        page.look.language_changed.connect(self._say_refused_again)

    def connect_body(self, body: FormBody) -> None:
        """Listens to the blocks of a form just built."""
        want, page = self.page.binding.want, self.page
        body.answered.connect(lambda item, text, unit: want(Act("set", item, text, unit)))
        body.missed.connect(lambda item, flavor: want(Act("missing", item, flavor)))
        body.cleared.connect(self._clear)
        body.missing_asked.connect(self._ask_missing)
        body.history_asked.connect(self._show_history)
        body.drafted.connect(page.binding.keep_draft)
        body.query_asked.connect(lambda item: page.query_asked.emit(page.entry, item))
        body.row_added.connect(page.add_row)
        body.row_removed.connect(self._ask_row)

    def close_all(self) -> None:
        """Takes every panel away without storing anything."""
        self._refused.clear()
        if self.menu is not None and shiboken6.isValid(self.menu):
            self.menu.close_menu()
            self.menu.deleteLater()
        self.menu = None
        if self.sheet is not None and shiboken6.isValid(self.sheet):
            self.sheet.close_sheet()
        self.sheet = None

    def asks(self) -> bool:
        """Whether a question about an answer stands open."""
        return self.sheet is not None and self.sheet.waits()

    def open_sheet(self, sheet: Sheet, again: Callable[[], Sheet]) -> None:
        """A card of somebody else's takes the place of the one that stood there."""
        self._open(sheet, again)

    def _open(self, sheet: Sheet, again: Callable[[], Sheet]) -> None:
        if self.sheet is not None and shiboken6.isValid(self.sheet):
            self.sheet.close_sheet()
        self.sheet = sheet
        sheet.closed.connect(self._closed)
        sheet.again = again

    def _closed(self) -> None:
        self.sheet = None

    # ---- wishes that need a word first

    def _clear(self, item: str) -> None:
        entry = self.page.entry
        if entry is not None and entry.datum(item).answered:
            self.page.binding.want(Act("clear", item))
        elif entry is not None:
            self.page.binding.keep_draft(item, "")
            self.page.refresh()

    def _ask_missing(self, item: str) -> None:
        page = self.page
        if page.entry is None or page.study is None or page.read_only():
            return
        if self.menu is None or not shiboken6.isValid(self.menu):
            self.menu = MissingMenu(page.look, page.window())
            self.menu.chosen.connect(self._missing_chosen)
        self._missing_item = item
        datum = page.entry.datum(item)
        anchor, near = page.body.anchor(item)
        remark = page.view.remarks.get(item, "") if page.view else ""
        self.menu.ask(anchor, self._label(item), datum.null_flavor.value if datum.null_flavor else "", remark, near)

    def _missing_chosen(self, flavor: str, remark: str) -> None:
        self.page.binding.want(Act("missing", self._missing_item, flavor, remark=remark))

    def _label(self, item: str) -> str:
        entry, language = self.page.entry, self.page.look.language
        assert entry is not None
        if item in entry.definition.item_group:
            return entry.definition.item_group[item].name.in_(language)
        if item in entry.definition.form:
            return title_of(entry, language)
        return label_of(entry, item, language)

    def _ask_row(self, group: str, key: str) -> None:
        """A row that holds an answer goes after a question; an empty one at once."""
        page, entry = self.page, self.page.entry
        if entry is None or page.read_only():
            return
        act, held = Act("remove_row", group, key), row_items(entry, group, key)
        if not held or any(entry.needs_reason(at) for at in held):
            page.binding.want(act)
            return

        def ask() -> RowSheet:
            words = row_words(entry, held, page.look.language)
            sheet = RowSheet(page.look, page, words, lambda: page.binding.want(act))
            self._open(sheet, ask)
            sheet.open(sheet.buttons[0])
            return sheet

        ask()

    def ask_void(self) -> None:
        """Takes the record back, after the reason."""
        page, entry = self.page, self.page.entry
        if entry is None or page.read_only():
            return

        def done(reason: str) -> None:
            page.binding.attempt(Act("void", entry.form.oid, reason=reason))

        def ask() -> VoidSheet:
            sheet = VoidSheet(page.look, page, title_of(entry, page.look.language), done, lambda: None)
            self._open(sheet, ask)
            sheet.open(sheet.chips)
            return sheet

        page.leave()
        ask()

    def show_checks(self, checks: list[EditCheck]) -> CheckSheet:
        """What is unusual now, each with the way to its item."""
        page = self.page
        sheet = CheckSheet(page.look, page, checks, self._label, page.body.focus_item)
        self._open(sheet, lambda: self.show_checks(page.entry.open_problems() if page.entry else []))
        sheet.open(sheet.ways[0])
        return sheet

    # ---- answers from the binding

    def _ask_reason(self, act: Act) -> ReasonSheet:
        def done(reason: str) -> None:
            self.page.binding.attempt(with_reason(act, reason))

        label = self._label(act.item)
        if len(act.items) > 1:
            label = self.tr("{0} and {1} more").format(label, len(act.items) - 1)
        sheet = ReasonSheet(self.page.look, self.page, label, done, self._back_to_stored)
        if act.kind == "set":
            sheet.waiting = ((self.tr("new answer"), self._typed(act)),)
        self._open(sheet, lambda: self._ask_reason(act))
        sheet.open(sheet.chips)
        return sheet

    def _ask_soft(self, act: Act, problem: Refused) -> SoftSheet:
        page, language = self.page, self.page.look.language
        assert page.study is not None
        message = problem.sentences(language)[0]

        def done(why: str) -> None:
            self._warn(act.item, "")
            page.binding.attempt(with_override(act, why))

        def cancelled() -> None:
            page.body.focus_item(act.item)

        self._warn(act.item, message)
        sheet = SoftSheet(page.look, page, message, self._typed(act), done, cancelled)
        self._open(sheet, lambda: self._ask_soft(act, problem))
        sheet.open(sheet.words)
        page.body.bring_into_view(act.item, max(0, sheet.covered() - page.foot.height()))
        return sheet

    def _typed(self, act: Act) -> str:
        assert self.page.study is not None
        definition, language = self.page.study.definition, self.page.look.language
        unit = definition.unit[act.unit].symbol.in_(language) if act.unit else ""
        item = definition.item_at(act.item)
        words = definition.code_list[item.code_list].decode(act.text, language) if item.code_list else act.text
        gap = "" if unit == "%" and language == "zh" else "\u00a0"
        return f"{words}{gap}{unit}" if unit else words

    def _warn(self, item: str, message: str) -> None:
        warned = getattr(self.page.body.block_of(item), "show_warned", None)
        if warned is not None:
            warned(item, message, "")

    def _show_refused(self, act: Act, problem: Refused) -> None:
        if act.kind in ("remove_row", "void"):
            self.show_problem(problem, self._label(act.item))
            return
        if act.kind == "set":
            self.page.binding.keep_draft(act.item, act.text)
            self._refused[act.item] = (act, problem)
        happened, kept, todo = problem.sentences(self.page.look.language)
        gap = "" if self.page.look.language == "zh" else " "
        self.page.body.block_of(act.item).show_refused(act.item, happened, gap.join(w for w in (kept, todo) if w))

    def _say_refused_again(self) -> None:
        """In the language now in force, where the typed text still stands refused."""
        for item, (act, problem) in list(self._refused.items()):
            fields = self.page.body.block_of(item).findChildren(ItemField)
            field = next((f for f in fields if getattr(f, "address", f.item.oid) == item), None)
            if field is not None and field.message.state == "error":
                self._show_refused(act, problem)

    def _show_failed(self, act: Act, problem: EnvironmentProblem) -> ProblemSheet:
        page = self.page
        page.write_failed.emit()
        told = problem_of(problem, self.tr("Saving: {0}").format(self._label(act.item)), page.look.language)
        acts = [(self.tr("Save again"), "primary", page.binding.again)]
        sheet = ProblemSheet(page.look, page, told, acts, docked=True)  # type: ignore[arg-type]
        self._open(sheet, lambda: self._show_failed(act, problem))
        sheet.open(sheet.first_button())
        return sheet

    def _forget_refused(self, act: Act, _: object) -> None:
        for item in act.items:
            self._refused.pop(item, None)

    def _close_failed(self) -> None:
        if isinstance(self.sheet, ProblemSheet):
            self.sheet.close_sheet()

    def _back_to_stored(self) -> None:
        self.page.refresh()

    def show_problem(self, problem: Explained, during: str) -> ProblemSheet:
        """A problem that is not about one field."""
        page = self.page
        told = problem_of(problem, during, page.look.language)
        sheet = ProblemSheet(page.look, page, told, [(self.tr("Back to the form"), "primary", self.close_all)])
        self._open(sheet, lambda: self.show_problem(problem, during))
        sheet.open(sheet.first_button())
        return sheet

    def _show_history(self, item: str) -> HistorySheet:
        page = self.page
        assert page.entry is not None and page.study is not None
        sheet = HistorySheet(page.look, page, page.study, item, page.entry.history(item))
        self._open(sheet, lambda: self._show_history(item))
        sheet.open()
        return sheet
