"""``sign``: the pages are drawn and shown, then signed; and signed PDFs are lifted by timestamps."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from errno import EISDIR, ENOENT
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crf_desktop.cli.credential import Usage, first_line, required_password, user_name
from crf_desktop.cli.progress import progress_line
from crf_desktop.errors import EnvironmentProblem, Explained, Refused
from crf_desktop.model.text import TranslatedText

if TYPE_CHECKING:
    from crf_desktop.capture.signing import Shown, SignedVisit
    from crf_desktop.capture.study import Study
    from crf_desktop.report.pdf_signer import SigningSource

Answer = dict[str, Any]


def add_parsers(commands: Any, common: argparse.ArgumentParser, run: Callable[[str], Any]) -> None:
    """The command; ``run`` makes a function of a name in this module."""
    words = "sign a visit after its pages were shown, as a second person, or have signed PDFs timestamped"
    made: argparse.ArgumentParser = commands.add_parser(
        "sign", help=words, description=words, parents=[common], allow_abbrev=False
    )
    made.set_defaults(run=run("sign"))
    made.add_argument("study", type=Path, metavar="STUDY")
    made.add_argument("participant", nargs="?", metavar="PARTICIPANT")
    made.add_argument("visit", nargs="?", metavar="VISIT", help="address of the visit, such as SE.W0")
    made.add_argument("--forms", metavar="FORM,FORM", help="only these (default: all that wait for a signature)")
    made.add_argument("--meaning", metavar="N", help="number of the meaning; an unknown one lists them (default 1)")
    made.add_argument("--lang", choices=["en", "zh"], default="en", help="language of the pages (default en)")
    made.add_argument("--show", type=Path, metavar="FILE", help="where the pages are written, to be looked at first")
    made.add_argument("--yes", action="store_true", help="do not ask: whoever runs this looks at the pages themselves")
    made.add_argument("--out", type=Path, metavar="FILE", help="where the signed PDF is written besides")
    made.add_argument(
        "--again", action="store_true", help="sign nothing: write the newest signed PDF of the visit to --out once more"
    )
    made.add_argument("--for-two", action="store_true", help="leave a place that a second person signs")
    made.add_argument("--second", action="store_true", help="sign as the second person what another signed first")
    _add_sources(made)
    _add_times(made)


def _add_sources(made: argparse.ArgumentParser) -> None:
    source = made.add_argument_group("another certificate than the study's")
    source.add_argument("--pkcs12", type=Path, metavar="FILE", help="the hospital's certificate file (.p12, .pfx)")
    source.add_argument("--pkcs11", metavar="MODULE", help="library of a token; with --token")
    source.add_argument("--token", metavar="LABEL", help="label of the token")
    source.add_argument("--certificate", default="", metavar="LABEL", help="label of the certificate on the token")
    source.add_argument(
        "--secret-file", type=Path, metavar="FILE", help="its first line is the file's password or the token's PIN; "
        "otherwise a prompt"
    )  # fmt: skip


def _add_times(made: argparse.ArgumentParser) -> None:
    times = made.add_argument_group("timestamps")
    times.add_argument(
        "--timestamp", action="store_true", help="have it timestamped too; without PARTICIPANT: all signed PDFs"
    )
    times.add_argument("--level", choices=["B-T", "B-LT", "B-LTA"], default="B-LTA", help="how far (default B-LTA)")
    times.add_argument(
        "--crl", type=Path, action="append", default=[], metavar="FILE", help="revocation list (DER or PEM) of the "
        "hospital's authority, asked before signing too; may be repeated"
    )  # fmt: skip
    times.add_argument("--set-authority", metavar="URL", help="set the timestamp authority; '' takes it away")
    times.add_argument("--root", type=Path, metavar="FILE", help="with --set-authority: its root certificate, PEM")
    times.add_argument("--reason", default="", help="with --set-authority: why")


def sign(arguments: argparse.Namespace) -> Answer:
    """Signs a visit, or lifts what is signed, or sets the authority."""
    from crf_desktop.cli.command import opened

    if arguments.again and arguments.out is None:
        raise Usage("--again goes with --out FILE")
    if arguments.set_authority is None and arguments.participant is None and not arguments.timestamp:
        raise Usage("say which PARTICIPANT and VISIT to sign, or --timestamp, or --set-authority URL")
    with opened(arguments, arguments.study) as study:
        if arguments.set_authority is not None:
            return _set_authority(study, arguments)
        if arguments.participant is None:
            return _lift_all(study, arguments)
        if arguments.visit is None:
            raise Usage("say which VISIT to sign")
        if arguments.out is not None:
            _require_place(arguments.out)
        return _again(study, arguments) if arguments.again else _sign(study, arguments)


def _set_authority(study: Study, arguments: argparse.Namespace) -> Answer:
    from crf_desktop.capture.time_authority import set_time_authority

    if arguments.set_authority and arguments.root is None:
        raise Usage("give the authority's root certificate: --root FILE")
    pem = _read(arguments.root) if arguments.root else b""
    made = set_time_authority(study, arguments.set_authority, pem, arguments.reason)
    lines = [f"Timestamps come from {made.url} from now on." if made.url else "No timestamp authority is set any more."]
    return {"url": made.url, "roots": len(made.roots), "lines": lines}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise Refused("cli.unreadable") from None


# --- signing


def _sign(study: Study, arguments: argparse.Namespace) -> Answer:
    from crf_desktop.capture.own_certificate import require_usable
    from crf_desktop.capture.signing import file_pdf
    from crf_desktop.capture.soundness import require_checked
    from crf_desktop.report.pdf_signer import public_part, require_unlisted
    from crf_desktop.report.signed_summary import signed_pages

    source, certificate = _source(arguments), None
    if source is not None:
        certificate, chain = public_part(source, study.clock.now())
        require_usable(study, certificate)  # before any row is written
        require_unlisted(certificate, chain, [_list(path) for path in arguments.crl])
    require_checked(study.store, progress_line("Checking the log"))
    signed = _unfinished(study, arguments) or _act(study, arguments)
    if signed is None:
        return {"signed": False, "lines": ["Not signed."], "exit": 1}
    digest = file_pdf(study, signed, signed_pages(signed, source), certificate)
    answer: Answer = {"signed": True, "sha256": digest, "lines": [f"Signed and stored in the study: {digest}"]}
    if arguments.timestamp:
        digest = _lift(study, digest, arguments, answer)
    if arguments.out:
        _hand_out(study, digest, arguments.out, answer)
    return answer


def _hand_out(study: Study, digest: str, out: Path, answer: Answer) -> None:
    """The signed file outside; where it cannot be written, what was signed stays signed and is told first."""
    from crf_desktop.capture.signing import export_pdf

    try:
        _write(out, export_pdf(study, digest))
    except Explained:
        if not answer.get("signed"):
            raise
        _told(answer, EnvironmentProblem("sign.kept_inside"))
        return
    answer["out"] = str(out)
    answer["lines"].append(f"Written: {out}. It lies outside the encryption now.")


def _again(study: Study, arguments: argparse.Namespace) -> Answer:
    """The newest signed file of the visit, as it is kept."""
    from crf_desktop.capture.filed_pdf import newest
    from crf_desktop.capture.signing import filed_pdfs

    kept = filed_pdfs(study, arguments.participant, arguments.visit)
    if not kept:
        raise Refused("sign.none_kept")
    digest = newest(study, kept[-1].datum.value or "").digest
    answer: Answer = {"sha256": digest, "lines": []}
    _hand_out(study, digest, arguments.out, answer)
    return answer


def _act(study: Study, arguments: argparse.Namespace) -> SignedVisit | None:
    """The pages drawn, shown and signed; None when whoever was asked said no."""
    from crf_desktop.capture.acceptance import to_accept
    from crf_desktop.capture.signing import sign_shown

    if arguments.show is None:
        raise Usage("say where the pages are to be written that you look at before you sign: --show FILE")
    shown = _second(study, arguments) if arguments.second else _first(study, arguments)
    _write(arguments.show, shown.pdf)
    _say(f"To be signed: {arguments.show}, {shown.n_pages} pages, {shown.digest}")
    _say(f"Meaning: {shown.asked.meaning.in_(arguments.lang)}")
    statement = to_accept(study)
    if statement is not None:
        _say(f"By the first signature with this key you accept: {statement.in_(arguments.lang)}")
    if not arguments.yes and not _answered_yes():
        return None
    return sign_shown(study, shown, range(shown.n_pages), user_name(arguments), required_password(arguments))


def _first(study: Study, arguments: argparse.Namespace) -> Shown:
    from crf_desktop.capture.signing import mark_seen, to_sign, unsigned
    from crf_desktop.report.signed_summary import summary_to_sign

    wanted = [f.strip() for f in (arguments.forms or "").split(",") if f.strip()]
    if not wanted:
        tasks = [t for t in unsigned(study) if (t.subject, t.address) == (arguments.participant, arguments.visit)]
        wanted = list(tasks[0].forms) if tasks else []
    for form in wanted:  # the pages that are shown have all of it
        mark_seen(study, study.form(arguments.participant, arguments.visit, form))
    meaning = _meaning(study, arguments)
    asked = to_sign(study, arguments.participant, arguments.visit, wanted, meaning, second=arguments.for_two)
    return summary_to_sign(asked, arguments.lang)


def _second(study: Study, arguments: argparse.Namespace) -> Shown:
    from crf_desktop.capture.filed_pdf import filed
    from crf_desktop.capture.right import require
    from crf_desktop.capture.signing import to_countersign, to_sign_second
    from crf_desktop.model.access import Action
    from crf_desktop.report.signed_summary import file_to_countersign

    require(study.session, Action.SIGN)
    place = (arguments.participant, arguments.visit)
    tasks = [t for t in to_countersign(study) if (t.subject, t.address) == place]
    if not tasks:
        waiting = [f for f in filed(study) if f.awaits_second and (f.path.subject, f.path.event_address) == place]
        own = any(f.row.user_oid == study.session.person.user_oid for f in waiting)
        raise Refused("sign.same_person" if own else "sign.second_stale" if waiting else "sign.no_second")
    asked, pdf = to_sign_second(study, tasks[-1], _meaning(study, arguments))
    return file_to_countersign(asked, arguments.lang, pdf)


def _unfinished(study: Study, arguments: argparse.Namespace) -> SignedVisit | None:
    """An act of this visit whose rows stand and whose PDF was never made: it is made now, of the same pages."""
    from crf_desktop.capture.signing import finish
    from crf_desktop.capture.unfinished import unfinished

    for kept, rows in unfinished(study):
        if (kept.path.subject, kept.path.event_address) == (arguments.participant, arguments.visit):
            _say(f"Signed before, and its PDF was never made: it is made now of the same pages, {kept.digest}")
            return finish(study, kept, rows, user_name(arguments), required_password(arguments))
    return None


def _meaning(study: Study, arguments: argparse.Namespace) -> TranslatedText:
    every: Sequence[TranslatedText] = study.definition.signature_meanings
    typed = arguments.meaning or "1"
    if typed.isdecimal() and 1 <= int(typed) <= len(every):
        return every[int(typed) - 1]
    listed = "; ".join(f"{n} {one.in_(arguments.lang)}" for n, one in enumerate(every, 1))
    raise Usage(f"--meaning is one of: {listed}")


def _answered_yes() -> bool:
    if not sys.stdin.isatty():
        raise Usage("look at the pages, then type yes in a terminal, or give --yes")
    _say("Look at the pages now. Type yes to sign exactly them: ", end="")
    return sys.stdin.readline().strip().casefold() == "yes"


def _say(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)


def _require_place(out: Path) -> None:
    """Asked before anything is signed: a place where no file can be, or inside a study folder."""
    from crf_desktop.capture.filing import require_outside

    require_outside(out)
    if out.is_dir() or not out.parent.is_dir():
        raise EnvironmentProblem("export.not_written", reason=os.strerror(EISDIR if out.is_dir() else ENOENT))


def _write(out: Path, content: bytes) -> None:
    from crf_desktop.capture.filing import whole_file

    with whole_file(out) as file:
        file.write(content)


def _source(arguments: argparse.Namespace) -> SigningSource | None:
    """Another certificate than the study's; None: none was named."""
    from crf_desktop.report.pdf_signer import KeyFile
    from crf_desktop.report.pdf_token import Token

    if arguments.pkcs12 and arguments.pkcs11:
        raise Usage("either --pkcs12 or --pkcs11")
    if arguments.pkcs12:
        return KeyFile(_read(arguments.pkcs12), _secret(arguments, "Password of the certificate file: "))
    if arguments.pkcs11:
        if not arguments.token:
            raise Usage("say which token: --token LABEL")
        pin = _secret(arguments, "PIN of the token: ")
        return Token(arguments.pkcs11, arguments.token, pin, arguments.certificate)
    return None


def _secret(arguments: argparse.Namespace, prompt: str) -> str:
    if arguments.secret_file:
        return first_line(arguments.secret_file)
    if not sys.stdin.isatty():
        raise Usage("no password or PIN: give --secret-file, or run in a terminal")
    return getpass.getpass(prompt)


# --- timestamps


def _lift_all(study: Study, arguments: argparse.Namespace) -> Answer:
    from crf_desktop.capture.timestamping import awaiting_timestamp

    waiting = awaiting_timestamp(study)
    answer: Answer = {"lines": [] if waiting else ["No signed PDF waits for a timestamp."], "files": []}
    for one in waiting:
        made = _lift(study, one.digest, arguments, answer)
        answer["files"].append({"of": one.digest, "sha256": made})
    return answer


def _lift(study: Study, digest: str, arguments: argparse.Namespace, answer: Answer) -> str:
    """Asks for what is wanted, files what came of it and says how far it got; returns the newest file's digest."""
    from crf_desktop.capture.filed_pdf import file_upgrade
    from crf_desktop.capture.timestamping import to_stamp
    from crf_desktop.report.pdf_timestamp import Level, level_of, upgrade_pdf

    try:
        asked = to_stamp(study, digest, [_list(path) for path in arguments.crl])
        before = level_of(asked.pdf)
        made = upgrade_pdf(asked.pdf, asked.authority, asked.crls, Level(arguments.level), study.clock.now())
    except Explained as problem:
        if not answer.get("signed"):
            raise
        _told(answer, problem)  # what was signed stays signed
        return digest
    filed = asked.digest if made.level == before else file_upgrade(study, asked.digest, made.pdf, made.level)
    answer["level"] = str(made.level)
    answer["lines"].append(f"{filed}: level {made.level}")
    if made.problem is not None:
        _told(answer, made.problem)
    return filed


def _told(answer: Answer, problem: Explained) -> None:
    answer.setdefault("refused", []).extend(s for s in problem.sentences("en") if s)
    answer["error"], answer["exit"] = problem.code, 1


def _list(path: Path) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    content = _read(path)
    try:
        load = x509.load_pem_x509_crl if content.startswith(b"-----") else x509.load_der_x509_crl
        return load(content).public_bytes(Encoding.DER)
    except ValueError:
        raise Refused("cli.unreadable") from None
