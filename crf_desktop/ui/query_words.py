"""What queries are called in the window: states, acts, places."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from crf_desktop.errors import Language
from crf_desktop.model.data import Change
from crf_desktop.model.definition import MetaDataVersion, StudyEventDef
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.query import Query, QueryAct, QuerySource, QueryState

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study

translate = QCoreApplication.translate


def state_of(state: QueryState) -> tuple[str, Glyph, str, str]:
    """Words, glyph, and the tokens of ground and ink of its pill."""
    return {
        QueryState.CANDIDATE: (translate("Query", "Proposed"), Glyph.QUERY, "query_soft", "query"),
        QueryState.OPEN: (translate("Query", "Open"), Glyph.QUERY, "query_soft", "query"),
        QueryState.ANSWERED: (translate("Query", "Answered"), Glyph.QUERY, "query_soft", "query"),
        QueryState.CLOSED: (translate("Query", "Closed"), Glyph.COMPLETE, "ok_soft", "ok"),
        QueryState.CANCELLED: (translate("Query", "Cancelled"), Glyph.NOT_NEEDED, "sunken", "text_2"),
        QueryState.RESOLVED: (translate("Query", "Decided"), Glyph.COMPLETE, "ok_soft", "ok"),
    }[state]


def told_word(act: QueryAct) -> str:
    """What somebody did, behind their name and the time."""
    return {
        QueryAct.RAISE: translate("Query", "asked"),
        QueryAct.OVERRIDE: translate("Query", "kept the value with a reason"),
        QueryAct.REPORT: translate("Query", "took in the entries of another laptop"),
        QueryAct.ANSWER: translate("Query", "answered"),
        QueryAct.CLOSE: translate("Query", "closed"),
        QueryAct.CANCEL: translate("Query", "cancelled"),
        QueryAct.REOPEN: translate("Query", "asked again"),
        QueryAct.RESOLVE: translate("Query", "decided"),
    }[act]


def act_word(act: QueryAct) -> str:
    """The verb on the button."""
    return {
        QueryAct.RAISE: translate("Query", "Send query"),
        QueryAct.ANSWER: translate("Query", "Send answer"),
        QueryAct.CLOSE: translate("Query", "Close query"),
        QueryAct.CANCEL: translate("Query", "Cancel query"),
        QueryAct.REOPEN: translate("Query", "Ask again"),
        QueryAct.RESOLVE: translate("Query", "Decide, with reason"),
    }[act]


def asks_for(act: QueryAct | None) -> str:
    """What the text is, above its field."""
    if act is None:
        return ""
    return {
        QueryAct.RAISE: translate("Query", "What should the site confirm or correct?"),
        QueryAct.ANSWER: translate("Query", "Answer"),
        QueryAct.RESOLVE: translate("Query", "Reason for the decision"),
        QueryAct.REOPEN: translate("Query", "What is still open?"),
    }.get(act, translate("Query", "Remark (needed to ask again or to cancel)"))


def first_words(query: Query, language: Language) -> str:
    """What the query is about, in one line."""
    if query.source is QuerySource.CONFLICT:
        return translate("Query", "Two laptops changed this answer at once.")
    first = query.told[0]
    found = first.found.in_(language) if first.found else ""
    return " ".join(f"{found} {first.text}".split())


Visits = Callable[[str, str], StudyEventDef]
"""(participant, visit address) → the visit with its week in its title."""


def place_words(
    definition: MetaDataVersion, visits: Visits, query: Query, language: Language
) -> tuple[str, str, str]:
    """Visit, form and item; empty where there is none, in words where the whole form is meant."""
    path = query.path
    visit = ""
    if path.event:
        event = visits(path.subject, path.event_address)
        visit = event.short_title.in_(language) if event.type != "Common" else ""
    form = definition.form[path.form].short_title.in_(language) if path.form in definition.form else ""
    if path.form_key:
        form = f"{form} {path.form_key}"
    if path.item in definition.item:
        label = definition.name_of(path.item).in_(language)
        row = translate("FormView", "{0}, row {1}")
        return visit, form, row.format(label, path.group_key) if path.group_key else label
    whole = translate("Query", "whole form")
    return visit, form, whole if form else translate("Query", "visit date")


def who(study: Study, change: Change) -> str:
    """``Monitor One (monitor)``."""
    person = study.store.person(change.user_oid)
    name = person.full_name if person else change.user_oid
    return translate("Query", "{0} ({1})").format(name, role_word(change.role))


def role_word(role: str) -> str:
    """A role in a sentence."""
    return {
        "investigator": translate("Query", "investigator"),
        "coordinator": translate("Query", "coordinator"),
        "monitor": translate("Query", "monitor"),
        "data_manager": translate("Query", "data manager"),
        "administrator": translate("Query", "administrator"),
    }.get(role, role)


def days_word(days: int) -> str:
    """``6 days``."""
    if days == 0:
        return translate("Query", "today")
    return translate("Query", "1 day") if days == 1 else translate("Query", "{0} days").format(days)
