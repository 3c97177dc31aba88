"""What is written and read: a datum, a row of the change log, a signature."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

from attrs import field, frozen

from crf_desktop.model.path import ItemPath


class NullFlavor(StrEnum):
    """Why there is no value (ISO 21090 NullFlavor, narrowed to what a case report form needs)."""

    NOT_DONE = "ND"
    NOT_APPLICABLE = "NA"
    UNKNOWN = "UNK"
    REFUSED = "REF"


class Kind(StrEnum):
    """What a row of the log is about."""

    ITEM = "item"
    FORM = "form"
    EVENT = "event"
    SUBJECT = "subject"
    SIGNATURE = "signature"
    ANNOTATION = "annotation"
    USER = "user"
    SYSTEM = "system"
    ACKNOWLEDGEMENT = "acknowledgement"


TransactionType = Literal["Insert", "Update", "Remove"]
Qualifier = Literal["", "<", ">"]


@frozen(slots=True)
class Datum:
    """The answer to one item: a canonical value **or** a null flavour, never both.

    ``Datum()`` (neither) means cleared and stands only in a Remove row and as "no answer yet".
    """

    value: str | None = None
    qualifier: Qualifier = ""
    unit_oid: str | None = None
    null_flavor: NullFlavor | None = None

    def __attrs_post_init__(self) -> None:
        if self.value is not None and self.null_flavor is not None:
            raise ValueError("a datum is a value or a null flavour, never both")

    @property
    def answered(self) -> bool:
        """True when there is a value or a reason why there is none."""
        return self.value is not None or self.null_flavor is not None


NOTHING = Datum()


@frozen(slots=True)
class Entry:
    """What a caller asks the log to append; the store adds who, when, where and the chain."""

    kind: Kind
    path: ItemPath
    transaction_type: TransactionType
    datum: Datum = NOTHING
    payload: dict[str, Any] | None = None
    """RFC 8785 JSON without floats; None when absent."""
    entry_pass: Literal[1, 2] = 1
    capture: Literal["direct", "transcribed", "device", "import"] = "direct"
    observed_at: str | None = None
    """ISO 8601 date-time with offset at which the observation was made; None: when it was recorded."""
    edit_point: Literal["Monitoring", "DataManagement", "DBAudit"] = "Monitoring"
    reason_for_change: str | None = None
    metadata_digest: str | None = None
    """``sha256:`` + 64 hex of the definition the row was made under; None for rows about users and the system."""
    based_on: tuple[str, int] | None = None
    """(origin, seq) of the row this one replaces."""


@frozen(slots=True)
class Change:
    """One row of the change log: datum, audit record and unit of sync at the same time. ``docs/log_format.md``."""

    origin: str
    seq: int
    format: int
    study_oid: str
    lamport: int
    kind: Kind
    path: ItemPath
    transaction_type: TransactionType
    datum: Datum
    payload: str | None
    entry_pass: int
    capture: str
    observed_at: str | None
    user_oid: str
    role: str
    key_id: str
    location_oid: str
    device_oid: str
    program_version: str
    recorded_at: str
    utc_offset_min: int
    boot_id: str
    boot_ms: int
    edit_point: str
    reason_for_change: str | None
    metadata_digest: str | None
    based_on: tuple[str, int] | None
    previous_hash: bytes
    hash: bytes
    row_signature: bytes

    @property
    def order(self) -> tuple[int, str, int]:
        """Order for readers: (lamport, origin, seq); never the clock."""
        return (self.lamport, self.origin, self.seq)


@frozen(slots=True)
class HeadRow:
    """The current answer at one path and the row it came from."""

    path: ItemPath
    datum: Datum
    lamport: int
    origin: str
    seq: int


class FormState(StrEnum):
    """State of one form of one visit, as the matrix shows it."""

    PLANNED = "planned"
    DUE = "due"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    SIGNED = "signed"
    CHANGED = "changed"
    """Changed after signature."""
    MISSING = "missing"
    """Complete, and every item carries a reason instead of a value."""
    NOT_NEEDED = "not_needed"


@frozen(slots=True)
class FormHead:
    """One status row per (subject, event, form); kept by the log's triggers."""

    path: ItemPath
    n_value: int
    n_null: int
    completed: bool
    signed: bool
    changed_after_signature: bool
    n_open_query: int = 0
    touched: tuple[int, str, int] = (0, "", 0)
    """(lamport, origin, seq) of the newest answer or change of status: which version of the form this is."""

    @property
    def version(self) -> str:
        """Names this version of the form, for "seen by you"."""
        return "/".join(map(str, self.touched))

    @property
    def state(self) -> FormState:
        """The state to show; DUE, PLANNED and NOT_NEEDED are the schedule's to tell."""
        if self.signed:
            return FormState.CHANGED if self.changed_after_signature else FormState.SIGNED
        if self.completed:
            return FormState.COMPLETE if self.n_value else FormState.MISSING
        return FormState.IN_PROGRESS if self.n_value or self.n_null else FormState.DUE


@frozen(slots=True)
class Person:
    """An account: one person, one ``user_oid`` for ever, one role at a time."""

    user_oid: str
    user_name: str
    full_name: str
    role: str


ROLES = ("investigator", "coordinator", "monitor", "data_manager", "administrator")


@frozen(slots=True)
class Session:
    """Who writes, where, with which key; every row carries it."""

    person: Person
    key_id: str
    """SHA-256 hex (first 32) of the public log key that signs the rows."""
    location_oid: str
    device_oid: str
    origin: str
    certificate_serial: str
    """Hex serial of the signing certificate."""
    trust: Literal["certified", "pending"] = "certified"
    unlocked_at: str = field(default="")
