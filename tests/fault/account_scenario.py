"""What an administrator does with accounts and codes when the fault comes: every one of them changes the slots."""

from __future__ import annotations

import os
from typing import ClassVar

from attrs import define, evolve, field

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.store import NewPerson, accounts, keyring, recovery, unlock
from crf_desktop.store.own_password import change_password
from tests.fault.scenario import Said, Scenario, Slots
from tests.fault.site import PASSWORD

THEIRS = "seven grey herons over the estuary"
"""The password that others are given."""
TYPED = "typed by the person, not written down"


@define
class _Accounts(Slots):
    """One act on one account each round."""

    someone: str = "crc"
    people: dict[str, tuple[str, ...]] = field(factory=dict)
    """User name → passwords one of which opens the account; none where it is closed."""
    makes_keys: ClassVar[bool] = True

    def add(self) -> None:
        """A new account; one that was named before the disk failed gets its keys by a reset, as a person would."""
        named = self.store.who.named(self.someone)
        if named:
            accounts.reset(self.store, named[0].user_oid, THEIRS, "Again.")
        else:
            accounts.add(self.store, NewPerson(self.someone, "Some One", "monitor", THEIRS), "New here.")

    @property
    def oid(self) -> str:
        """Of whoever it is about."""
        return self.store.who.named(self.someone)[0].user_oid

    def said(self) -> Said:
        return evolve(super().said(), people=dict(self.people))


class NewAccounts(_Accounts):
    """Keys and certificates for another person, in a slot."""

    name = "user add"

    def before(self, n: int) -> None:
        self.someone = f"person {n} {os.urandom(3).hex()}"

    def step(self, n: int) -> None:
        self.add()
        self.people[self.someone] = (THEIRS,)


class Revocations(_Accounts):
    """An account is closed: its slot goes and its keys are revoked."""

    name = "user revoke"

    def before(self, n: int) -> None:
        self.someone = f"person {n} {os.urandom(3).hex()}"
        self.add()

    def step(self, n: int) -> None:
        accounts.close(self.store, self.oid, "Left.")
        self.people[self.someone] = ()


class Resets(_Accounts):
    """A lost password: new keys and certificates, the former revoked."""

    name = "user reset"

    def step(self, n: int) -> None:
        accounts.reset(self.store, self.oid, THEIRS, "Lost.")
        self.people[self.someone] = (THEIRS,)


class Roles(_Accounts):
    """Another role."""

    name = "user role"
    makes_keys = False

    def step(self, n: int) -> None:
        held = self.store.who.named(self.someone)[0].role
        accounts.set_role(self.store, self.oid, "monitor" if held == "coordinator" else "coordinator", "Another post.")


@define
class OwnPasswords(_Accounts):
    """Somebody's own password, changed to and fro."""

    now: str = PASSWORD
    name = "own password"
    user = "dat"
    makes_keys = False

    def begin(self) -> None:
        self.someone = self.user
        if not opens(keyring.read(self.folder).best, self.user, (PASSWORD,)):
            self.now = TYPED
        self.store = unlock(self.folder, self.user, self.now)

    def step(self, n: int) -> None:
        if not opens(self.store.parts.keys, self.user, (self.now,)):  # told as failed, and done all the same
            self.now = self.other
        change_password(self.store, self.now, self.other)
        self.now = self.other
        self.people[self.user] = (PASSWORD, TYPED)

    @property
    def other(self) -> str:
        """The one that is not in force."""
        return TYPED if self.now == PASSWORD else PASSWORD


class Codes(Slots):
    """A recovery code, made and typed back; the one before goes."""

    name = "recovery code"

    def step(self, n: int) -> None:
        made = recovery.make(self.store)
        recovery.drill(self.store, [made.code])

    def said(self) -> Said:
        return evolve(super().said(), recovery=True)


def opens(keys: keyring.KeyFile, user: str, passwords: tuple[str, ...]) -> bool:
    """Whether one of the passwords opens the account; with none, whether it is closed."""
    try:
        slot = keys.slot_of(user)
    except EnvironmentProblem:
        return not passwords
    for password in passwords:
        try:
            keyring.open_slot(keys, slot, password).close()
        except EnvironmentProblem:
            continue
        return True
    return False


ACCOUNTS: tuple[type[Scenario], ...] = (NewAccounts, Revocations, Resets, Roles, OwnPasswords, Codes)
