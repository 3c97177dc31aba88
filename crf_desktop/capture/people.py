"""What an administrator does about people: every act asks the right and a reason, and is a row."""

from __future__ import annotations

import re
from typing import Final

from crf_desktop.capture.right import require, require_writable
from crf_desktop.capture.study import Study
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.model.access import Action
from crf_desktop.model.data import Person
from crf_desktop.store import NewPerson, accounts
from crf_desktop.store.people import folded

_SHARED: Final = re.compile(
    r"(site|cent(er|re)|hospital|clinic|ward|department|office|study|trial|team|group|everybody|everyone|all|anyone|user|"
    r"users|staff|nurse|nurses|doctor|doctors|physician|investigator|investigators|coordinator|coordinators|monitor|"
    r"monitors|data.?manager|crc|cra|shared|common|guest|test|demo|default|temp|laptop|computer|pc|admin|administrator|"
    r"root|system)[\s._-]*\d*",
)
"""A user name that names no person: a place, a function, a group."""


def looks_shared(user_name: str, role: str) -> bool:
    """Whether a user name reads as if several people used it; an administrator may be called one (REQ-01, REQ-02)."""
    found = _SHARED.fullmatch(folded(user_name))
    return found is not None and not (role == accounts.ADMINISTRATOR and found[1] in ("admin", "administrator"))


def found(study: Study, user_name: str) -> Person:
    """The person of that user name; raises Refused ``people.unknown``."""
    named = study.store.who.named(user_name)
    if not named:
        raise Refused("people.unknown")
    return next((p for p in named if accounts.has_slot(study.store, p.user_oid)), named[0])


def add_person(study: Study, new: NewPerson, reason: str, identity: str = "") -> Person:
    """A new account; ``identity`` says how the person was identified (21 CFR 11.100(b)).

    Raises Refused ``access.no_right``, ``people.*``, ``study.bad_user``, ``password.*``.
    """
    return accounts.add(study.store, new, _reason(study, reason), identity)


def reset_person(
    study: Study, user_oid: str, password: str, reason: str, identity: str = ""
) -> EnvironmentProblem | None:
    """New password, keys and certificates; returns why the data key could not be changed, None when it was."""
    accounts.reset(study.store, user_oid, password, _reason(study, reason), identity)
    return _rotate(study)


def close_account(study: Study, user_oid: str, reason: str) -> EnvironmentProblem | None:
    """Ends an account for good; returns why the data key could not be changed, None when it was."""
    accounts.close(study.store, user_oid, _reason(study, reason))
    return _rotate(study)


def change_role(study: Study, user_oid: str, role: str, reason: str) -> None:
    """Another role from now on."""
    accounts.set_role(study.store, user_oid, role, _reason(study, reason))


def let_in(study: Study, user_oid: str, password: str, reason: str, identity: str = "") -> None:
    """A password on a laptop without the authority, for a person the study knows; who lets in answers for who it is.

    Raises Refused ``access.no_right``, ``people.*``, ``password.*``.
    """
    require_writable(study.store)
    require(study.session, Action.INVITE)
    if study.session.trust != "certified":
        raise Refused("people.not_countersigned")
    if not reason.strip():
        raise Refused("people.reason_needed")
    accounts.let_in(study.store, user_oid, password, reason.strip(), identity)


def may_let_in(study: Study) -> bool:
    """Whether who is in may do that here: on a file that has no administrator."""
    here = study.store.parts.keys.of_kind("user")
    return study.may(Action.INVITE) and all(slot.role != accounts.ADMINISTRATOR for slot in here)


def admit_rows(study: Study, user_oid: str, origin: str, seq: int, reason: str) -> None:
    """Takes what a person wrote elsewhere before the closing of the account was known there."""
    accounts.admit(study.store, user_oid, origin, seq, _reason(study, reason))


def may_administer(study: Study) -> bool:
    """Whether the person may do any of it here, with a certificate that counts."""
    return study.may(Action.ADMINISTER) and study.session.trust == "certified"


def _reason(study: Study, reason: str) -> str:
    require_writable(study.store)
    require(study.session, Action.ADMINISTER)
    if not reason.strip():
        raise Refused("people.reason_needed")
    return reason.strip()


def _rotate(study: Study) -> EnvironmentProblem | None:
    """Whoever kept a copy of the old key file reads nothing that is written from now on."""
    from crf_desktop.store.rotation import rotate  # few ever close an account

    try:
        rotate(study.store)
    except EnvironmentProblem as problem:
        return problem
    return None
