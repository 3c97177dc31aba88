"""Where somebody was when the study was locked: kept in the study's own file, encrypted, one place for each person."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from crf_desktop.errors import Explained
from crf_desktop.ui.places import Places, Where

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study

TIMERS = "timers"
"""Setting: the forms whose countdowns run, whoever started them."""


class Kept(NamedTuple):
    """A place down to the field and how far was scrolled; never a value."""

    where: tuple[str, str, str, str] = ("today", "", "", "")
    item: str = ""
    """Address of the item that had the keyboard."""
    typed: tuple[str, ...] = ()
    """Addresses of the fields that something unsaved stood in; the text is a draft."""
    scrolled: tuple[int, ...] = ()
    """Of each scroll area that was seen, in pixels at the present scale."""


def _name(study: Study) -> str:
    return f"place/{study.session.person.user_oid}"


def keep_place(study: Study, places: Places) -> None:
    """Keeps text that no field has sent yet as drafts, and the place; a disk that is full keeps what it can."""
    form, where = places.form, places.where
    item, typed = "", {}
    if where.page == "form" and form.entry is not None:
        typed = {} if form.read_only() else form.body.unsaved()
        item = form.body.at if form.isAncestorOf(form.window().focusWidget() or form) else ""
        for address, text in typed.items():
            form.binding.keep_draft(address, text)
    kept = Kept((where.page, where.subject, where.event, where.form), item, tuple(typed), _scrolled(places.page()))
    form.keep_typed()
    _set(study, _name(study), json.dumps(kept))


def go_back(study: Study, places: Places) -> None:
    """Shows the place this person left at the lock, or today; the place is forgotten, since it was used."""
    text = study.store.setting(_name(study))
    kept = _kept(text)
    if text:
        _set(study, _name(study), "")
    places.show_study(study, Where(*kept.where))
    if (places.where.page, places.where.subject) != kept.where[:2]:
        return
    page = places.page()
    if kept.where[0] == "form" and places.form.entry is not None:
        _type_again(places, kept)
    QTimer.singleShot(0, page, lambda: _scroll(page, kept.scrolled))  # once it is laid out


def _type_again(places: Places, kept: Kept) -> None:
    form = places.form
    offered = set(form.strip.buttons)
    for address in kept.typed:
        if address in offered and address != kept.item:
            form.restore_draft(address)
    if kept.item in offered and kept.item in kept.typed:
        form.restore_draft(kept.item)
        form.body.focus_text(kept.item)
    elif any(kept.item in block.item_oids() for block in form.body.blocks):
        form.body.focus_item(kept.item)


def _kept(text: str) -> Kept:
    try:
        where, item, typed, scrolled = json.loads(text)
        page, subject, event, form = where
        return Kept((page, subject, event, form), item, tuple(typed), tuple(scrolled))
    except (ValueError, TypeError):
        return Kept()


def _areas(page: QWidget) -> list[QAbstractScrollArea]:
    return [area for area in page.findChildren(QAbstractScrollArea) if area.isVisibleTo(page)]


def _scrolled(page: QWidget) -> tuple[int, ...]:
    return tuple(area.verticalScrollBar().value() for area in _areas(page))


def _scroll(page: QWidget, scrolled: tuple[int, ...]) -> None:
    areas = _areas(page)
    if len(areas) == len(scrolled):
        for area, value in zip(areas, scrolled, strict=True):
            area.verticalScrollBar().setValue(value)


# ---- countdowns


def keep_timers(study: Study, running: list[tuple[str, str, str]]) -> None:
    """Keeps which forms (participant, visit, form) have a running countdown."""
    text = json.dumps(running) if running else ""
    if text != study.store.setting(TIMERS):
        _set(study, TIMERS, text)


def kept_timers(study: Study) -> list[tuple[str, str, str]]:
    """Forms that had a running countdown when the study was closed, as far as they are still there."""
    try:
        found = [(subject, event, form) for subject, event, form in json.loads(study.store.setting(TIMERS) or "[]")]
    except (ValueError, TypeError):
        return []
    subjects = set(study.subjects())
    return [at for at in found if at[0] in subjects]


def _set(study: Study, name: str, text: str) -> None:
    with contextlib.suppress(Explained):  # read-only media, a full disk: the next time begins with today
        study.store.set_setting(name, text)
