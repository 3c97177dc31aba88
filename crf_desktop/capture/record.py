"""A visit as paper needs it: plain data that can be pickled into a worker process, with no hold on the store."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from crf_desktop.model.data import Change, Datum, FormHead, FormState, Person
from crf_desktop.model.definition import FormDef, MetaDataVersion, StudyEventDef
from crf_desktop.model.derive import Answers, Derived
from crf_desktop.model.query import QueryAct, QuerySource, QueryState
from crf_desktop.model.text import TranslatedText


@frozen
class ItemChange:
    """One replacement of an answer after the form was first completed."""

    old: Datum
    new: Datum
    when: str
    """ISO 8601 with offset, local time of the writer."""
    by: Person
    reason: str


@frozen
class ItemRecord:
    """The current answer to one item and how it came to be."""

    datum: Datum
    by: Person
    recorded_at: str
    """ISO 8601 with offset."""
    remark: str = ""
    reason: str = ""
    """Why a value that breaks a soft limit was kept; empty when it broke none."""
    changed: bool = False
    """True when it was replaced after the form was first completed."""
    history: tuple[ItemChange, ...] = ()
    """Oldest first."""
    observed_at: str | None = None
    """ISO 8601 with offset; None: when it was recorded."""


@frozen
class QueryLine:
    """What one person said about a query."""

    act: QueryAct
    text: str
    """Empty where an act needs no words."""
    when: str
    """ISO 8601 with offset."""
    by: Person
    found: TranslatedText | None = None
    """What the overridden checks said; None where no check spoke."""


@frozen
class QueryRecord:
    """An open query about a form or one of its items."""

    item: str
    """Address; empty: about the whole form."""
    state: QueryState
    source: QuerySource
    lines: tuple[QueryLine, ...]
    """Oldest first."""


@frozen
class FormRecord:
    """One page of the visit with its answers."""

    form: FormDef
    state: FormState
    items: Mapping[str, ItemRecord]
    """By item OID; an item that was never answered is absent."""
    derived: Mapping[str, Derived]
    """By method OID."""
    relevant: frozenset[str]
    """OIDs of the items that are asked under the present answers."""
    queries: tuple[QueryRecord, ...] = ()
    """Those that are open, the oldest first."""
    key: str = ""
    """Which of several; empty where the form does not repeat."""

    @property
    def asked(self) -> frozenset[str]:
        """Addresses of the items that a query is open about; the empty one: the whole form."""
        return frozenset(query.item for query in self.queries)


@frozen
class SignatureRecord:
    """One electronic signature of one form, as it stands at the time of printing."""

    person: Person
    role: str
    """The role signed in; the person may have another one now."""
    when: str
    """ISO 8601 with seconds and offset."""
    meaning: TranslatedText
    form: str
    """Address: ``F.AE#2``."""
    digest: str
    """``sha256:`` and 64 hex of the form digest."""
    certificate_serial: str
    """Hex."""
    intact: bool
    current: bool
    valid: bool
    trust: str = "certified"
    """``certified`` or ``pending``: the certificate is not yet countersigned by the study CA."""
    reasons: tuple[str, ...] = ()
    """Why an answer is no; codes of ``wording.signature.REASONS``."""
    since: str = ""
    """What befell the certificate after the signature; codes of ``wording.signature.SINCE``."""


@frozen
class SubjectRecord:
    """Everything that was recorded of one participant; derived values are worked out from it."""

    subject: str = field(repr=False)
    dates: Mapping[str, str]
    """Address of a visit that took place → ISO date."""
    missed: Mapping[str, str] = field(repr=False)
    """Address of a visit that was said not to have taken place → why."""
    answers: Mapping[tuple[str, str], Mapping[str, Answers]] = field(repr=False)
    """(event address, form OID) → form key → item address → datum."""
    heads: tuple[FormHead, ...] = field(repr=False)
    queried: frozenset[tuple[str, str, str]] = field(default=frozenset(), repr=False)
    """(event address, form address, item address) with a query that somebody still has to answer or close."""


@frozen
class Writer:
    """Who wrote rows of the log, and the public key that tells so."""

    person: Person
    origin: str
    key_id: str
    public_key: str
    """Ed25519, 64 hex."""
    certificate: str
    """PEM: the study's authority says whose key it is; self-signed while that is pending."""
    certified: bool


@frozen
class Slice:
    """A part of the log with what its rows can be checked with (``docs/document_format.md``)."""

    rows: tuple[Change, ...] = field(default=(), repr=False)
    """All that the log holds of it, in order."""
    heads: Mapping[str, tuple[int, str]] = field(factory=dict)
    """Origin → (seq, hash as hex): everything that was held then."""
    writers: tuple[Writer, ...] = ()
    """Those of the rows, by origin and key."""
    authority: str = ""
    """Certificate of the study's authority, PEM."""


@frozen
class VisitRecord:
    """Everything the visit summary draws."""

    study_name: TranslatedText
    registry: str
    site: str
    study_oid: str
    definition: MetaDataVersion
    metadata_digest: str
    """``sha256:`` and 64 hex."""
    subject: str
    sex: str | None
    """Code of the banner's sex item; None: not known."""
    birth_date: str | None
    """``YYYY[-MM[-DD]]``; None: not known."""
    age_years: int | None
    age_months: int | None
    """Months beyond the full years; None unless both dates are complete."""
    event: StudyEventDef
    visit_date: str | None
    study_day: int | None
    forms: tuple[FormRecord, ...]
    """In the order of the visit; forms without any answer included."""
    signatures: tuple[SignatureRecord, ...]
    head: tuple[str, int, str]
    """(origin, seq, hash as hex) of the log when the record was taken."""
    ca_fingerprint: str
    """SHA-256 of the study CA certificate, hex."""
    program_version: str
    printed_at: str
    """ISO 8601 with offset."""
    n_open_query: int = 0
    """Open queries of this visit."""
    window: tuple[str, str] | None = None
    """First and last ISO day of the visit window; None: it has none."""
    whole: SubjectRecord | None = field(default=None, repr=False)
    """Everything recorded of the participant at that moment: what is derived across visits rests on it."""
    parameters: Mapping[str, str] = field(factory=dict)
    """What the site has set of the protocol's numbers."""
    log: Slice = field(factory=Slice, repr=False)
    """The rows of the log about this visit."""
    event_key: str = ""
    """Which of several; empty where the visit does not repeat."""

    @property
    def rows(self) -> tuple[Change, ...]:
        """The visit's slice of the log, in order."""
        return self.log.rows
