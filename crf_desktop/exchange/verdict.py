"""What a bundle is worth, without taking it in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from attrs import frozen

from crf_desktop.errors import Explained, Language, Refused
from crf_desktop.exchange import sender
from crf_desktop.exchange.audit_table import local_time
from crf_desktop.exchange.envelope import is_bundle
from crf_desktop.exchange.examine import authority_in, examine, require_authors
from crf_desktop.exchange.manifest import Manifest
from crf_desktop.exchange.reading import Reading, read_bundle
from crf_desktop.store import Store
from crf_desktop.wording import figure
from crf_desktop.wording.exchange import sentence


@frozen
class BundleVerdict:
    """The three answers about a bundle, and who wrote it."""

    ok: bool
    """True when everything that could be checked held, and the file could be opened."""
    intact: bool | None
    """None: it could not be opened."""
    manifest: Manifest | None = None
    sender_name: str = ""
    trust: Literal["certified", "pending"] | None = None
    """None: not checked, nor the authors of the rows."""
    rows_new: int | None = None
    """Rows this study does not hold yet; None without a study."""
    problem: Explained | None = None
    """Why it is not intact or not valid."""

    def sentences(self, language: Language = "en") -> list[str]:
        """What was found, and what could not be checked."""
        told = [] if self.problem is None else [" ".join(p for p in self.problem.sentences(language) if p)]
        if self.manifest is None:
            return told or [sentence("bundle.unopened", language)]
        told += _about(self.manifest, self.sender_name, language)
        if self.problem is not None:
            return told
        if self.trust is not None:
            told.append(sentence("bundle.trusted" if self.trust == "certified" else "bundle.pending", language))
            told.append(sentence("bundle.rows_valid", language))
        else:
            told.append(sentence("bundle.authors_unchecked", language))
        if self.rows_new is None:
            return [*told, sentence("bundle.no_study", language, fingerprint=self.manifest.ca_fingerprint)]
        return [*told, sentence("bundle.continues", language, new=self.rows_new)]


def _about(m: Manifest, sender_name: str, language: Language) -> Iterator[str]:
    yield sentence("bundle.intact", language, rows=m.rows, documents=len(m.document_digests))
    when = figure.moment(local_time(m.created_at, m.utc_offset_min), language, seconds=True)
    who = {"name": sender_name or m.sender.user_oid, "device": m.sender.device_oid, "version": m.program_version}
    yield sentence("bundle.sent_by", language, when=when, **who)
    for r in m.runs:
        told = {"origin": r.origin, "first": r.first_seq, "last": r.last_seq, "head": r.head[:16]}
        yield sentence("bundle.run", language, **told)


def check_bundle(path: Path, key: Store | str | None) -> BundleVerdict:
    """Looks at the bundle with a study, with a bare ``AGE-SECRET-KEY-…`` or with neither; changes and raises nothing.

    Without a key an age file cannot be opened: only its first line is looked at then, and ``ok`` is False.
    """
    if key is None:
        problem = None if is_bundle(path) else Refused("bundle.not_a_bundle")
        return BundleVerdict(ok=False, intact=None if problem is None else False, problem=problem)
    try:
        if isinstance(key, str):
            return _alone(read_bundle(path, key))
        return _with_study(key, read_bundle(path, key.installation.age_identity(), lambda m: sender.accept(key, m)))
    except Explained as problem:
        opened = problem.code not in ("bundle.other_recipient", "bundle.unreadable")
        return BundleVerdict(ok=False, intact=False if opened else None, problem=problem)


def _with_study(store: Store, reading: Reading) -> BundleVerdict:
    manifest = reading.manifest
    author = store.person(manifest.sender.user_oid)
    name = author.full_name if author else ""
    try:
        trust = sender.trust_here(store, manifest, reading.rows)
        new = examine(store, reading.rows)
    except Refused as problem:
        return BundleVerdict(ok=False, intact=True, manifest=manifest, sender_name=name, problem=problem)
    return BundleVerdict(True, True, manifest, name, trust, new)


def _alone(reading: Reading) -> BundleVerdict:
    """As an inspector sees it, with a key and no study: a bundle of the whole log vouches for itself."""
    manifest = reading.manifest
    authority = authority_in(manifest, reading.rows)
    if authority is None or any(run.first_seq != 1 for run in manifest.runs):
        return BundleVerdict(True, True, manifest)
    try:
        trust = sender.trust_in(manifest, authority, reading.rows)
        require_authors(authority, reading.rows)
    except Refused as problem:
        return BundleVerdict(ok=False, intact=True, manifest=manifest, problem=problem)
    return BundleVerdict(True, True, manifest, "", trust)
