"""What a form page says around its questions: title, place in the visit, what closes it, where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from crf_desktop.errors import Language
from crf_desktop.model.access import Action
from crf_desktop.model.data import FormState
from crf_desktop.model.definition import FormDef
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.form_notice import Notice
from crf_desktop.ui.paint import Icon

if TYPE_CHECKING:
    from crf_desktop.capture.entry import FormEntry
    from crf_desktop.capture.study import Study

translate = QCoreApplication.translate
BEGUN = (FormState.COMPLETE, FormState.SIGNED, FormState.CHANGED, FormState.MISSING)
FORM, RECORDS = "form:", "records:"
"""What the key of a notice's button begins with: a form of this participant, the records of a form."""


def title_of(entry: FormEntry, language: Language) -> str:
    """The title, with its number where there are several: ``Adverse event #2``."""
    title, key = entry.form.title.in_(language), entry.path.form_key
    return f"{title} #{key}" if key else title


def place_of(study: Study, entry: FormEntry, language: Language) -> str:
    """Where the form stands: ``Form 3 of 12``, or the name of what belongs to no visit."""
    if entry.event.type == "Common":
        return entry.event.title.in_(language)
    forms = visit_forms(study, entry)
    return translate("FormWords", "Form {0} of {1}").format(forms.index(entry.form) + 1, len(forms))


def visit_forms(study: Study, entry: FormEntry) -> list[FormDef]:
    """The forms asked at the visit in order, and this one."""
    asked = {form.oid for form, _ in study.visit_forms(entry.path.subject, entry.path.event_address)}
    return [study.definition.form[f] for f in entry.event.forms if f in asked or f == entry.form.oid]


def visit_of(study: Study, subject: str, form: str) -> str:
    """The visit at which a form is to be filled in: where work goes on, else the last that began, else the first."""
    matrix = study.matrix(subject)
    having = [v for v in matrix.columns if form in v.event.forms]
    now = [v for v in having if matrix.current is not None and v.address == matrix.current.address]
    begun = [v for v in having if v.date]
    if found := (now or begun[-1:] or having[:1]):
        return found[0].address
    return next((e.oid for e in study.definition.events if form in e.forms), "")


def notices(study: Study, entry: FormEntry, first: Sequence[str], language: Language) -> list[Notice]:
    """The lines between head and questions; ``first``: forms that are better completed before this one."""
    found = gate_notices(study, entry, language)
    found += [Notice(Glyph.NOT_NEEDED, why.in_(language), ground="sunken") for why in entry.not_needed()]
    if first and not entry.closed():
        actions = tuple((study.definition.form[f].short_title.in_(language), FORM + f) for f in first)
        found.append(Notice(Icon.INFO, translate("FormWords", "Better completed before this page:"), actions))
    if entry.form.records:
        actions = tuple((_records(study, entry, f, language), RECORDS + f) for f in entry.form.records)
        found.append(Notice(Icon.RIGHT, translate("FormWords", "Recorded of this participant:"), actions))
    return found


def gate_notices(study: Study, entry: FormEntry, language: Language) -> list[Notice]:
    """Why nothing may be entered yet, each with the way to what opens it."""
    return [_gate(study, why.in_(language), form, language) for why, form in entry.gates()]


def _gate(study: Study, why: str, form: str, language: Language) -> Notice:
    title = study.definition.form[form].short_title.in_(language) if form else ""
    actions = ((translate("FormWords", "Open: {0}").format(title), FORM + form),) if form else ()
    return Notice(Icon.LOCK, why, actions, "warn_soft")


def better_first(study: Study, entry: FormEntry) -> tuple[str, ...]:
    """Forms that are better completed before this one, while it has not begun: ESSPRI before PGA."""
    if not entry.form.after or entry.completed or not study.may(Action.ENTER):
        return ()
    if any(row.datum.answered for row in entry.data.values()):
        return ()
    states = {f.oid: s for f, s in study.visit_forms(entry.path.subject, entry.path.event_address)}
    return tuple(f for f in entry.form.after if f in states and states[f] not in BEGUN)


def _records(study: Study, entry: FormEntry, form: str, language: Language) -> str:
    title = study.definition.form[form].short_title.in_(language)
    events = [e for e in study.definition.events if form in e.forms]
    n = sum(len(study.repeats(entry.path.subject, e.oid, form)) for e in events)
    return f"{title}（{n}）" if language == "zh" else f"{title} ({n})"


def locked_words(study: Study, entry: FormEntry, frozen: bool) -> str:
    """Why nothing can be entered, in the head; empty when it can."""
    if frozen:
        return translate("FormWords", "Read-only after a fault of the program: lock and unlock")
    if study.store.read_only:
        return translate("FormWords", "Read-only: nothing can be written to this study")
    if not study.may(Action.ENTER):
        return translate("FormWords", "Read-only: your role does not enter data")
    if entry.visit_date is None and entry.event.type != "Common":
        return translate("FormWords", "Read-only: the visit has not begun")
    if entry.without_room:
        return translate("FormWords", "Closed: the disk is almost full")
    if entry.closed():
        return translate("FormWords", "Closed: something else comes first")
    return translate("FormWords", "Not asked at this visit") if entry.not_needed() else ""
