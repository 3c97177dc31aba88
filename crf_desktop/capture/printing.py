"""What is ordered to be printed, and what the making of it needs: plain data for the command and a worker process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, get_args

from attrs import evolve, field, frozen

from crf_desktop.capture.casebook import CasebookRecord, Tick, casebook_steps
from crf_desktop.capture.exporting import record_export
from crf_desktop.capture.record import VisitRecord
from crf_desktop.capture.recording import form_addresses, visit_record
from crf_desktop.capture.right import require, require_writable
from crf_desktop.capture.roster import Roster, roster
from crf_desktop.capture.soundness import require_verified
from crf_desktop.capture.step import Steps, run_through
from crf_desktop.capture.study import Study
from crf_desktop.capture.trail import TrailRecord, trail_steps
from crf_desktop.errors import Refused
from crf_desktop.model.access import Action
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.path import split

OrderKind = Literal["blank", "annotated", "visit", "form", "casebook", "audit", "dictionary", "authorised"]
KINDS: tuple[OrderKind, ...] = get_args(OrderKind)
EMPTY: frozenset[OrderKind] = frozenset({"blank", "annotated", "dictionary"})
"""Those that hold no data: whoever may print may have them, no row of the log says so, a new study has them too."""
EXPORTS: Mapping[OrderKind, str] = {
    "visit": "visit_summary", "form": "filled_form", "casebook": "casebook", "audit": "audit_trail",
    "authorised": "authorised_persons",
}  # fmt: skip
"""What the row of the log calls the others."""
_NAMES: Mapping[OrderKind, str] = {
    "blank": "blank-forms", "annotated": "annotated-forms", "visit": "visit-summary", "form": "form",
    "casebook": "casebook", "audit": "audit-trail", "dictionary": "data-dictionary",
    "authorised": "authorised-persons",
}  # fmt: skip
_BOTH: frozenset[OrderKind] = frozenset({"blank", "annotated", "form", "dictionary"})


@frozen
class Order:
    """What is to be printed."""

    kind: OrderKind
    subject: str = field(default="", repr=False)
    """Participant number. Of ``blank`` it stands on the label; of ``audit`` it chooses whose rows, none: all."""
    visit: str = ""
    """Address; of ``blank`` the OID of a visit, none: the whole book."""
    form: str = ""
    """Address; of ``blank`` the OID of one form."""
    on: date | None = None
    """Of ``authorised``: the day; None: everybody who ever was."""

    @property
    def holds_data(self) -> bool:
        """Whether it is an export, of which a row of the log tells."""
        return self.kind not in EMPTY


@frozen
class PaperRecord:
    """What paper without data is made of."""

    definition: MetaDataVersion
    metadata_digest: str
    """``sha256:`` and 64 hex."""
    site: str
    printed_at: str
    """ISO 8601 with offset."""
    sdtm: Mapping[str, str] = field(factory=dict)
    """Item OID → SDTM variable; put in where it is printed, and empty where the study has no mapping."""


OrderRecord = PaperRecord | VisitRecord | CasebookRecord | TrailRecord | Roster


def in_both(order: Order) -> bool:
    """Whether it can be printed in English and Chinese side by side."""
    return order.kind in _BOTH


def file_name(order: Order) -> str:
    """``visit-summary-SE.W0.pdf``: what a file of it is called; never with the number of a participant."""
    day = order.on.isoformat() if order.on else ""
    parts = [_NAMES[order.kind], *(split(at)[0] for at in (order.visit, order.form)), day]
    return "-".join(part for part in parts if part) + ".pdf"


def require_print(study: Study, order: Order) -> None:
    """Refused ``access.no_right``; of what holds data EnvironmentProblem too where no row of the log can tell of it."""
    require(study.session, Action.PRINT)
    if order.holds_data:
        require_writable(study.store)
        require(study.session, Action.EXPORT)


def order_record(study: Study, order: Order, tick: Tick = lambda: None) -> OrderRecord:
    """Reads what the order needs, as :func:`at_place` gives it; it can be pickled.

    Raises what :func:`require_print` raises; EnvironmentProblem ``store.unverified`` where it holds data and nobody
    waited for the check of the log (``capture.soundness.require_whole``); Refused ``print.no_participant``,
    ``print.no_visit``, ``print.no_form`` (both name those there are), ``print.not_begun``.
    """
    return run_through(order_steps(study, order), tick)


def order_steps(study: Study, order: Order) -> Steps[OrderRecord]:
    """The same in steps, for a window that goes on meanwhile."""
    require_print(study, order)
    if order.holds_data:
        require_verified(study.store)
    placed = at_place(study, order)
    match order.kind:
        case "visit" | "form":
            return visit_record(study, placed.subject, placed.visit)
        case "casebook":
            return (yield from casebook_steps(study, placed.subject))
        case "audit":
            return (yield from trail_steps(study, placed.subject))
        case "authorised":
            return roster(study.store, _now(study), order.on)
    store = study.store
    return PaperRecord(study.definition, store.metadata_digest, store.site, _now(study))


def record_print(study: Study, order: Order, pdf: bytes) -> None:
    """Says in the log that the paper leaves the study, where it holds data; call it before it can be read outside."""
    if order.holds_data:
        day = order.on.isoformat() if order.on else ""
        said = {"subject": order.subject, "event": order.visit, "form": order.form, "on": day}
        record_export(study, EXPORTS[order.kind], pdf, **said)


def _now(study: Study) -> str:
    return study.clock.now().isoformat(timespec="seconds")


# ---- places


def at_place(study: Study, order: Order) -> Order:
    """The order with visit and form as the study calls them: ``w0`` is ``SE.W0``; raises as :func:`order_record`."""
    if order.subject and order.subject not in study.subjects():
        raise Refused("print.no_participant")
    if order.kind in EMPTY:
        return _of_definition(study.definition, order)
    if order.kind not in ("visit", "form"):
        return order
    if not order.subject:
        raise Refused("print.no_participant")
    held = _visits(study, order.subject)
    visit = _chosen(order.visit, held)
    if visit is None:
        raise Refused("print.no_visit", known=", ".join(held))
    if not held[visit]:
        raise Refused("print.not_begun", known=", ".join(at for at, begun in held.items() if begun))
    if order.kind == "visit":
        return evolve(order, visit=visit)
    forms = form_addresses(study, order.subject, visit)
    form = _chosen(order.form, forms)
    if form is None:
        raise Refused("print.no_form", known=", ".join(forms) or "–")
    return evolve(order, visit=visit, form=form)


def _of_definition(definition: MetaDataVersion, order: Order) -> Order:
    if order.visit:
        visit = _chosen(split(order.visit)[0], definition.event)
        if visit is None:
            raise Refused("print.no_visit", known=", ".join(definition.event))
        order = evolve(order, visit=visit)
    if order.form:
        forms = definition.event[order.visit].forms if order.visit else tuple(definition.form)
        form = _chosen(split(order.form)[0], forms)
        if form is None:
            raise Refused("print.no_form", known=", ".join(forms))
        order = evolve(order, form=form)
    return order


def _visits(study: Study, subject: str) -> dict[str, bool]:
    """Address of a visit of the participant, or of what belongs to no visit → whether it has begun."""
    found = {visit.address: bool(visit.date) for visit in study.matrix(subject).columns}
    return found | {event.oid: True for event in study.definition.events if event.type == "Common"}


def _chosen(typed: str, known: Iterable[str]) -> str | None:
    """As it is written, else whatever the case and without what stands before the first dot."""
    held = list(known)
    if typed in held:
        return typed
    wanted = typed.strip().casefold()
    same = [at for at in held if wanted in (at.casefold(), at.partition(".")[2].casefold())]
    return same[0] if wanted and len(same) == 1 else None
