"""Which document is chosen on the page, of whom and in which language; and why it cannot be had."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from attrs import evolve, frozen

from crf_desktop.capture.printing import Order, OrderKind, in_both
from crf_desktop.errors import EnvironmentProblem, Explained, Language, Refused
from crf_desktop.model.access import Action
from crf_desktop.model.path import split
from crf_desktop.model.text import TranslatedText

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study
    from crf_desktop.capture.visit_document import VisitDocument
    from crf_desktop.report.paper_sheet import PaperLanguage

DocumentKind = Literal["blank", "annotated", "dictionary", "visit", "form", "casebook", "audit", "trail", "authorised"]
GROUPS: tuple[tuple[str, tuple[DocumentKind, ...]], ...] = (
    ("paper", ("blank", "annotated", "dictionary")),
    ("participant", ("visit", "form", "casebook", "audit")),
    ("study", ("trail", "authorised")),
)
KINDS: tuple[DocumentKind, ...] = tuple(kind for _, kinds in GROUPS for kind in kinds)
OF_ONE: frozenset[DocumentKind] = frozenset(GROUPS[1][1])
_ORDERED: dict[DocumentKind, OrderKind] = {
    "blank": "blank", "annotated": "annotated", "dictionary": "dictionary", "visit": "visit", "form": "form",
    "casebook": "casebook", "audit": "audit", "trail": "audit", "authorised": "authorised",
}  # fmt: skip
Option = tuple[str, str]
"""(value, words)"""


@frozen
class Choice:
    """What stands on the page."""

    kind: DocumentKind = "blank"
    subject: str = ""
    """Participant number; empty: none is chosen."""
    visit: str = ""
    """Address of a visit of the participant; empty: none."""
    form: str = ""
    """Address of a form; empty: none, or on blank paper all of them."""
    book: str = ""
    """OID of the visit that blank paper is for; empty: the whole book."""
    label: str = ""
    """Participant number that blank paper says; empty: none."""
    language: PaperLanguage = "en"
    signed: bool = False
    """The file that was signed, not a summary drawn anew."""
    day: str = ""
    """``2026-11-22``, as it was typed; empty: everybody who ever was."""

    def order(self) -> Order:
        """What the program is asked for; ValueError where the day is none."""
        kind = _ORDERED[self.kind]
        if self.kind in ("blank", "annotated"):
            label = self.label if self.kind == "blank" else ""
            return Order(kind, label, self.book, split(self.form)[0] if self.book else "")
        if self.kind == "authorised":
            return Order(kind, on=date.fromisoformat(self.day.strip()) if self.day.strip() else None)
        if self.kind not in OF_ONE:
            return Order(kind)
        visit = self.visit if self.kind in ("visit", "form") else ""
        return Order(kind, self.subject, visit, self.form if self.kind == "form" else "")

    @property
    def holds_data(self) -> bool:
        """Whether it is an export."""
        return Order(_ORDERED[self.kind]).holds_data

    def languages(self) -> tuple[PaperLanguage, ...]:
        """Those it can be printed in."""
        return ("en", "zh", "both") if in_both(Order(_ORDERED[self.kind])) else ("en", "zh")

    def spoken(self) -> PaperLanguage:
        """The language chosen, or English where only one can be had."""
        return self.language if self.language in self.languages() else "en"


def refusal(study: Study, kind: DocumentKind) -> Explained | None:
    """Why this person cannot have such a document, whatever it is of."""
    order = Order(_ORDERED[kind])
    wanted = (Action.PRINT, Action.EXPORT) if order.holds_data else (Action.PRINT,)
    for action in wanted:
        if not study.may(action):
            return Refused("access.no_right", action=action.value, role=study.session.person.role)
    problem = study.store.parts.problem
    if order.holds_data and problem is not None:  # that it leaves could not be recorded
        return EnvironmentProblem(problem.code, **problem.context)
    return None


# ---- what can be chosen


def books(study: Study, language: Language) -> list[Option]:
    """Visits that blank paper can be for."""
    return [(event.oid, event.title.in_(language)) for event in study.definition.events if event.forms]


def book_forms(study: Study, event: str, language: Language) -> list[Option]:
    """Forms of a visit of the definition."""
    forms = study.definition.event[event].forms if event in study.definition.event else ()
    return [(oid, study.definition.form[oid].title.in_(language)) for oid in forms]


def visits(study: Study, subject: str, language: Language) -> list[Option]:
    """Visits of a participant that have begun, the newest first, then what belongs to none."""
    begun = [(v.address, v.event.title) for v in study.matrix(subject).columns if v.date]
    common = [(event.oid, event.title) for event in study.definition.events if event.type == "Common"]
    return [(at, title.in_(language)) for at, title in (*reversed(begun), *common)]


def forms(study: Study, subject: str, visit: str, language: Language) -> list[Option]:
    """Forms of a visit that are needed; of what belongs to none, those that have been begun."""
    from crf_desktop.capture.recording import form_addresses  # loads with the study

    return [(at, _form_title(study, at).in_(language)) for at in form_addresses(study, subject, visit)]


def is_begun(study: Study, choice: Choice) -> bool:
    """Whether anything was entered on the form of the choice."""
    held = [at for at, _ in forms(study, choice.subject, choice.visit, "en")]
    return choice.form in held and study.form(choice.subject, choice.visit, choice.form).head is not None


def _form_title(study: Study, address: str) -> TranslatedText:
    oid, key = split(address)
    title = study.definition.form[oid].title
    return TranslatedText(f"{title.en} {key}", f"{title.zh} {key}") if key else title


def signed_file(study: Study, subject: str, visit: str) -> VisitDocument | None:
    """The newest signed PDF of a visit."""
    from crf_desktop.capture.visit_document import visit_documents  # loads with the signing code

    return next(iter(visit_documents(study, subject, visit)), None)


def settled(study: Study, choice: Choice) -> Choice:
    """The choice with a participant, a visit and a form that there are; the newest visit where none is named."""
    known = study.subjects()
    subject = choice.subject if choice.subject in known else (known[-1] if known and choice.kind in OF_ONE else "")
    choice = evolve(choice, subject=subject, label=choice.label if choice.label in known else "")
    if choice.book not in ("", *(at for at, _ in books(study, "en"))):
        choice = evolve(choice, book="")
    if choice.kind in ("blank", "annotated"):
        held = [at for at, _ in book_forms(study, choice.book, "en")]
        return evolve(choice, form=choice.form if split(choice.form)[0] in held else "")
    if choice.kind not in ("visit", "form") or not subject:
        return choice
    visit = _held(choice.visit, visits(study, subject, "en"))
    choice = evolve(choice, visit=visit)
    if choice.kind == "visit":
        return evolve(choice, signed=choice.signed and signed_file(study, subject, visit) is not None)
    return evolve(choice, form=_held(choice.form, forms(study, subject, visit, "en") if visit else []))


def _held(value: str, options: list[Option]) -> str:
    known = [at for at, _ in options]
    return value if value in known else next(iter(known), "")
