"""``verify``: what is intact, current and valid; for what it cannot check it says so."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from attrs import asdict

from crf_desktop.capture.filed_pdf import filed_as
from crf_desktop.capture.signature import form_digest, judge
from crf_desktop.capture.study import Study
from crf_desktop.capture.time_authority import time_roots
from crf_desktop.cli.credential import password, user_name
from crf_desktop.cli.progress import progress_line
from crf_desktop.errors import Explained, Refused
from crf_desktop.model.data import Change, Kind
from crf_desktop.store import home, verified
from crf_desktop.store.log import Log
from crf_desktop.wording.signature import REASONS, SINCE

if TYPE_CHECKING:
    from crf_desktop.report.pdf_check import PdfVerdict

Answer = dict[str, Any]


def verify_path(arguments: argparse.Namespace) -> Answer:
    """Tells by its first bytes what the path is, and verifies it."""
    path: Path = arguments.path
    if path.is_dir():
        return _study(arguments, path)
    try:
        data = path.read_bytes()
    except OSError:
        raise Refused("cli.unreadable") from None
    if data.startswith(b"%PDF-"):
        return _pdf(arguments, path, data)
    if data.startswith(b"age-encryption.org/"):
        return _bundle(arguments, path)
    raise Refused("cli.unknown_kind")


def _answer(verified: bool, lines: list[str], unchecked: str = "", **more: Any) -> Answer:
    """``unchecked`` says what could not be looked at; it never makes a file worse, and never better."""
    if unchecked:
        lines = [*lines, f"Not checked against the log: {unchecked}"]
    good = "Verified as far as the file itself goes." if unchecked else "Verified."
    return {
        "verified": verified,
        "exit": 0 if verified else 1,
        "lines": [*lines, good if verified else "NOT VERIFIED."],
        **more,
    }


def _study(arguments: argparse.Namespace, folder: Path) -> Answer:
    study = Study.open(folder, user_name(arguments), password(arguments) or "", read_only=True)
    try:
        depth: Literal["quick", "full"] = "full" if arguments.full else "quick"
        findings = verified.verify(study.store, depth, progress_line("Checking the log"), state=True).findings
        findings = (*home.look(folder, Log(study.store.parts.database), study.store.parts.keys), *findings)
        lines = [f"{f.severity}: {f.sentence('en')}" for f in findings]
        last = verified.last_full(study.store)
        if depth == "quick":
            when = f"the last time was {last.when}" if last else "this file does not say when that was done last"
            lines.append(f"Entries verified before were not read again; --full reads them all ({when}).")
        if any(finding.stops for finding in findings):
            lines.append("Keep this folder as it is, restore the latest backup, and tell the data manager.")
        signatures, bad = _signatures(study)
        sound = all(f.severity in ("ok", "note") for f in findings) and not bad
        return _answer(
            sound, [*lines, *signatures], findings=[{"code": f.code, "severity": f.severity} for f in findings]
        )
    finally:
        study.close()


def _signatures(study: Study) -> tuple[list[str], int]:
    """Lines about every form signature of the study, and how many are broken; not being current is not broken."""
    counted, why = {"current": 0, "not current": 0, "pending": 0, "broken": 0}, Counter[str]()
    for row in study.store.rows(Kind.SIGNATURE):
        if row.path.form:
            verdict = _verdict(study, row)
            broken = not (verdict.intact and verdict.valid)
            counted["broken" if broken else "current" if verdict.current else "not current"] += 1
            counted["pending"] += verdict.trust == "pending"
            why.update(REASONS[code][0] for code in verdict.reasons if code != "changed")
            why.update([SINCE[verdict.since][0]] if verdict.since else [])
    total = sum(v for k, v in counted.items() if k != "pending")
    words = ", ".join(f"{n} {k}" for k, n in counted.items() if n)
    told = [f"signatures: {n}: {sentence}" for sentence, n in why.items()]
    return [f"signatures: {total}" + (f" ({words})" if words else ""), *told], counted["broken"]


def _verdict(study: Study, row: Change) -> Any:
    entry = study.form(row.path.subject, row.path.event_address, row.path.form_address)
    return judge(study.store, row, form_digest(entry))


def _beside(
    arguments: argparse.Namespace, path: Path, knows: Callable[[Study], bool] = lambda study: True
) -> tuple[Study | None, str]:
    """The study that can tell more about a file, when it and the password are at hand; else why not.

    Of several that lie beside the file, the first that ``knows`` it, else the first that opens.
    """
    if arguments.study:
        return Study.open(arguments.study, user_name(arguments), password(arguments) or "", read_only=True), ""
    folders = sorted(p for p in path.absolute().parent.glob("*.crf") if p.is_dir())
    if not folders:
        return None, "no study lies beside the file; name one with --study."
    if not (arguments.user or os.environ.get("CRF_USER")) or password(arguments, prompt=False) is None:
        return None, f"{folders[0].name} lies beside the file; give user and password to compare with its log."
    found: Study | None = None
    reason = ""
    for folder in folders:
        try:
            study = Study.open(folder, user_name(arguments), password(arguments, prompt=False) or "", read_only=True)
        except Explained as problem:
            reason = reason or f"{folder.name}: {problem}"
            continue
        better = knows(study)
        unwanted = found if better else study if found else None
        found = study if better or found is None else found
        if unwanted is not None:
            unwanted.close()
        if better:
            break
    return found, "" if found else reason


def _pdf(arguments: argparse.Namespace, path: Path, data: bytes) -> Answer:
    from crf_desktop.report.data_check import check_attached
    from crf_desktop.report.pdf_check import check_pdf

    digest = "sha256:" + hashlib.sha256(data).hexdigest()
    study, why_not = _beside(arguments, path, lambda study: filed_as(study, digest) is not None)
    try:
        attached = check_attached(data, study)
        elsewhere = any(f.code in ("other_study", "other_authority") for f in attached)
        if study is not None and elsewhere and not arguments.study:
            study.close()
            study, why_not = None, "the study beside the file is another one; name its own with --study."
            attached = check_attached(data)
        carried = [f.sentence("en") for f in attached]
        sound = not any(f.weight == "bad" for f in attached)
        told: Answer = {"sha256": digest, "data": [{"code": f.code, "weight": f.weight} for f in attached]}
        if study is None:
            verdict = check_pdf(data)
            told |= _seen(verdict)
            return _answer(verdict.verified and sound, [*verdict.sentences("en"), *carried], why_not, **told)
        named = filed_as(study, digest)
        expected = (named.signers or None) if named else None
        roots = time_roots(study.store)
        verdict = check_pdf(data, digest if named else None, study.store.ca_certificate, expected, roots)
        told |= _seen(verdict)
        lines = [f.sentence("en") for f in verdict.findings if f.code not in ("current_unknown", "digest_unknown")]
        lines += carried
        if not named:
            if not elsewhere and not any(f.code == "no_signature" for f in verdict.findings):
                lines.append("The log of this study names no PDF with these bytes: altered, or from elsewhere.")
            return _answer(False, lines, **told)
        current = _current(study, named.row)
        lines.append(_CURRENT[current])
        if named.newer:
            lines.append(f"A later file was made of it by a second signature or a timestamp: {named.newer}.")
        return _answer(verdict.verified and sound, lines, current=current, **told)
    finally:
        if study is not None:
            study.close()


def _seen(verdict: PdfVerdict) -> Answer:
    """Level, signatures and timestamps for machines."""
    signatures = [asdict(one) | {"when": one.when.isoformat()} for one in verdict.signatures]
    return {
        "level": verdict.level, "signatures": signatures,
        "timestamps": [when.isoformat() for when in verdict.timestamps],
    }  # fmt: skip


_CURRENT = {
    True: "Current: the data are as they were signed.",
    False: "Not current: data were changed after this PDF was signed.",
}


def _current(study: Study, row: Change) -> bool:
    named = json.loads(row.payload or "{}").get("signatures", [])
    rows = [study.store.change(origin, seq) for origin, seq in named]
    return bool(rows) and all(r is not None and _verdict(study, r).current for r in rows)


def _bundle(arguments: argparse.Namespace, path: Path) -> Answer:
    from crf_desktop.exchange.merge import check_bundle

    study, why_not = _beside(arguments, path, lambda study: check_bundle(path, study.store).intact is not None)
    try:
        verdict = check_bundle(path, study.store if study else None)
        lines = [*verdict.sentences("en"), *([f"Not opened: {why_not}"] if study is None else [])]
        return _answer(verdict.ok, lines)
    finally:
        if study:
            study.close()
