"""What a person may do about the keys of a study, and how they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from attrs import frozen

from crf_desktop.capture.right import require, require_writable
from crf_desktop.capture.study import Study
from crf_desktop.errors import Refused
from crf_desktop.model.access import Action
from crf_desktop.model.data import Kind
from crf_desktop.store import attempts, escrow, own_password, password_age, recovery, rotation
from crf_desktop.store.log import entry_of
from crf_desktop.store.password import Judgement, judge, words_about
from crf_desktop.store.password_age import PasswordAge
from crf_desktop.store.recovery import Made, RecoveryState

quiet: Final = rotation.quiet


@frozen
class KeyFacts:
    """How the keys of a study file stand."""

    people: int
    """Accounts that open it with a password."""
    epoch: int
    rotated_at: str
    """UTC; empty while the first data key is in force."""
    recovery: RecoveryState
    escrow: str
    """Recipient; empty where the sponsor has no way in."""
    age: PasswordAge
    may_keep: bool
    """Whether who is in may make a recovery code and change the data key."""
    may_administer: bool
    blocked: tuple[tuple[int, str], ...]
    """(slot, user name) of accounts that rest after too many wrong passwords."""


def key_facts(study: Study) -> KeyFacts:
    """As they stand now."""
    store = study.store
    keys, writable = store.parts.keys, not store.read_only
    failed = attempts.failures(store.folder)
    rotated = [row.recorded_at for row in rotation.rotations(store)]
    resting = tuple(
        (slot.slot, slot.user_name)
        for slot in keys.of_kind("user")
        if failed.get(slot.slot, 0) >= attempts.BLOCK_AFTER
    )
    return KeyFacts(
        len(keys.of_kind("user")), keys.epoch, rotated[-1] if rotated else "", recovery.state(store),
        escrow.recipient(keys), password_age.age(store), writable and recovery.may_keep(store),
        study.may(Action.ADMINISTER) and study.session.trust == "certified", resting,
    )  # fmt: skip


def lacks_recovery(study: Study) -> bool:
    """Whether who is in has yet to see to a recovery code; a demonstration, whose password is printed, needs none."""
    store = study.store
    demonstration = store.setting(own_password.KEEP_COST) == "floor"
    return not store.read_only and not demonstration and recovery.may_keep(store) and not recovery.state(store).kind


def rotate(study: Study, progress: Callable[[int, int], None] = quiet) -> None:
    """A new data key, nobody's password asked; raises Refused ``store.no_right`` and what rotating raises."""
    require_writable(study.store)
    recovery.require_keeper(study.store)
    rotation.rotate(study.store, progress)


def make_recovery(study: Study, *, shares: bool = False) -> Made:
    """A new code, or three shares, to be printed and typed back."""
    require_writable(study.store)
    return recovery.make(study.store, shares=shares)


def drill_recovery(study: Study, typed: Sequence[str]) -> None:
    """The code typed back from the paper: from now on it counts."""
    require_writable(study.store)
    recovery.drill(study.store, typed)


def change_password(study: Study, old: str, new: str) -> None:
    """One's own password."""
    require_writable(study.store)
    own_password.change_password(study.store, old, new)


def judge_own(study: Study, password: str) -> Judgement:
    """What is to be said of a new password for whoever is in."""
    return judge(password, words_about(study.session.person, study.store.study_oid, study.store.site))


def make_escrow(study: Study, public: bytes) -> str:
    """The sponsor's way in; returns the recipient."""
    require_writable(study.store)
    require(study.session, Action.ADMINISTER)
    return escrow.make(study.store, public)


def remove_escrow(study: Study) -> None:
    """Takes it away and changes the data key, since its holder may have copied the old one."""
    require_writable(study.store)
    require(study.session, Action.ADMINISTER)
    escrow.remove(study.store)
    rotation.rotate(study.store)


def set_password_age(study: Study, typed: str, reason: str) -> None:
    """The site's own rule, in days; 0 for none."""
    require_writable(study.store)
    require(study.session, Action.CONFIGURE)
    if not typed.strip().isdecimal():
        raise Refused("password.age", most=password_age.MOST_DAYS)
    password_age.set_age(study.store, int(typed), reason)


def lift_block(study: Study, slot: int) -> None:
    """Lets an account be tried again at once; a row says who lifted it."""
    require_writable(study.store)
    require(study.session, Action.ADMINISTER)
    found = next((held for held in study.store.parts.keys.slots if held.slot == slot), None)
    if found is None:
        raise Refused("people.unknown")
    study.store.append([entry_of(Kind.USER, "unblock", user_oid=found.user_oid)])
    attempts.lift(study.store.folder, slot)
