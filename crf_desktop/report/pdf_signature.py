"""The signature of a PDF: PAdES B-B by pyHanko, certifying that nothing but what is foreseen may change later.

One signer: the signature certifies and allows no change. Two: the first certifies and leaves one empty field, the
second locks everything. What was measured and which traps there are: reference/security.md §4.2 of the project.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from asn1crypto import tsp, x509
from attrs import frozen
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.api import CAdESSignedAttrSpec
from pyhanko.sign.attributes import CMSAttributeProvider, SignedAttributeProviderSpec
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
    enumerate_sig_fields,
)
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigAppearanceSetup, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.report.pdf_signer import KeyFile, Signatory, SigningMaterial, SigningSource, opened
from crf_desktop.report.pdf_token import Token

FIELD: Final = "Signature"
SECOND: Final = "Signature2"
DIGEST: Final = "sha256"
Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the page's lower left corner."""
_EVERYTHING: Final = FieldMDPSpec(FieldMDPAction.ALL)
_NOWHERE: Final = (0.0, 0.0, 0.0, 0.0)


@frozen
class Stamp:
    """Where the visible signature stands and what it shows."""

    page: int
    """From 0; -1 is the last."""
    box: Box
    appearance: bytes
    """A PDF whose first page has the size of the box."""
    second: Box | None = None
    """Where on the same page the second signature is to stand; None: it is to be invisible, or there is to be none."""


def sign_pdf(
    pdf: bytes,
    source: SigningSource,
    name: str,
    reason: str,
    when: datetime,
    stamp: Stamp | None = None,
    second_foreseen: bool = False,
) -> bytes:
    """The PDF with its signature appended; same arguments, same bytes.

    ``when`` (aware) is the signing time the file states; ``second_foreseen`` leaves a field that one other person may
    sign, and nothing else. Raises what :func:`pdf_signer.opened` raises, EnvironmentProblem ``report.pdf_unreadable``
    when the PDF cannot be read.
    """
    with opened(source, when) as who:
        writer = writer_of(pdf, when)
        spec = SigFieldSpec(FIELD, on_page=stamp.page if stamp else 0, box=stamp.box if stamp else None)  # type: ignore[arg-type]
        allowed = MDPPerm.FILL_FORMS if second_foreseen else MDPPerm.NO_CHANGES
        mdp = SigMDPSetup(md_algorithm=DIGEST, certify=True, docmdp_perms=allowed)
        appearance = stamp.appearance if stamp else None
        act = _Act(who, name, reason, when, mdp, appearance, stamp.box if stamp else _NOWHERE)
        if not second_foreseen:
            return act.perform(writer, FIELD, spec)
        place = stamp.second if stamp else None
        second = SigFieldSpec(
            SECOND, on_page=stamp.page if stamp else 0, box=place, field_mdp_spec=_EVERYTHING,  # type: ignore[arg-type]
            doc_mdp_update_value=MDPPerm.NO_CHANGES,
        )  # fmt: skip
        return act.perform(writer, FIELD, spec, second)


def countersign_pdf(
    pdf: bytes, source: SigningSource, name: str, reason: str, when: datetime, appearance: bytes | None = None
) -> bytes:
    """The PDF with the second signature, which locks it; ``appearance``: a page of the size of :func:`second_place`.

    Raises Refused ``report.no_second`` where none is foreseen or it is there already; else as :func:`sign_pdf`.
    """
    place = second_place(pdf)
    with opened(source, when) as who:
        writer = writer_of(pdf, when)
        mdp = SigMDPSetup(md_algorithm=DIGEST, field_lock=_EVERYTHING, docmdp_perms=MDPPerm.NO_CHANGES)
        act = _Act(who, name, reason, when, mdp, appearance, place)
        return act.perform(writer, SECOND, None)


def second_place(pdf: bytes) -> Box:
    """Where the second signature is to stand; all zero where it is to be invisible.

    Raises Refused ``report.no_second``, EnvironmentProblem ``report.pdf_unreadable``.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf))
        empty = {name: ref for name, _, ref in enumerate_sig_fields(reader, filled_status=False)}
        found = [float(n) for n in empty[SECOND].get_object()["/Rect"]] if SECOND in empty else None
    except Exception as error:  # whatever pyHanko finds wrong with it, it means the same to a person
        raise EnvironmentProblem("report.pdf_unreadable") from error
    if found is None:
        raise Refused("report.no_second")
    left, bottom, right, top = found
    return left, bottom, right, top


def writer_of(pdf: bytes, when: datetime) -> IncrementalPdfFileWriter:
    """A writer that appends to the PDF without chance and clock; EnvironmentProblem ``report.pdf_unreadable``."""
    try:
        return _Writer(BytesIO(pdf), when)
    except Exception as error:  # whatever pyHanko finds wrong with it, it means the same to a person
        raise EnvironmentProblem("report.pdf_unreadable") from error


@frozen
class _Act:
    """One signature: by whom, what it says and what it forbids."""

    who: Signatory
    name: str
    reason: str
    when: datetime
    mdp: SigMDPSetup
    appearance: bytes | None
    box: Box

    def perform(
        self,
        writer: IncrementalPdfFileWriter,
        field: str,
        new: SigFieldSpec | None,
        further: SigFieldSpec | None = None,
    ) -> bytes:
        """The file with the signature in the field, which is made first where it is new."""
        signer = _KeyInHand(self.who)
        steps = PdfCMSEmbedder(new_field_spec=new).write_cms(field, writer, existing_fields_only=new is None)
        next(steps)
        steps.send(self._setup(signer.reserved))
        if further is not None:
            append_signature_field(writer, further)
        prepared, output = steps.send(SigIOSetup(md_algorithm=DIGEST))
        attributes = PdfCMSSignedAttributes(cades_signed_attrs=CAdESSignedAttrSpec())
        signing = signer.async_sign(prepared.document_digest, DIGEST, use_pades=True, signed_attr_settings=attributes)
        steps.send(asyncio.run(signing))
        return bytes(output.getvalue())

    def _setup(self, reserved: int) -> SigObjSetup:
        placeholder = SignatureObject(
            timestamp=self.when, subfilter=SigSeedSubFilter.PADES, name=self.name, reason=self.reason,
            bytes_reserved=reserved,
        )  # fmt: skip
        shown = None
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        if self.appearance is not None and width and height:
            picture = _Imported(self.appearance, BoxConstraints(width, height))
            style = StaticStampStyle(background=picture, background_layout=_AS_IT_IS, border_width=0)
            shown = SigAppearanceSetup(style=style, timestamp=self.when, name=self.name)
        return SigObjSetup(sig_placeholder=placeholder, mdp_setup=self.mdp, appearance_setup=shown)


_AS_IT_IS = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MIN, Margins.uniform(0))


class _KeyInHand(Signer):
    """Keeps the parsed key: pyHanko's own signer parses and checks an RSA key anew at every signature."""

    def __init__(self, who: Signatory) -> None:
        certificate, *chain = (
            x509.Certificate.load(c.public_bytes(Encoding.DER)) for c in (who.certificate, *who.chain)
        )
        store = SimpleCertificateStore()
        store.register_multiple(chain)
        super().__init__(signing_cert=certificate, cert_registry=store)
        if who.own and chain:
            self.signed_attr_prov_spec = _WithChain(certificate, chain)
        self._sign = who.sign
        self.reserved = 2 * (sum(len(c.dump()) for c in (certificate, *chain)) + 2048 + 64 * len(chain))

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """By the key in hand; a token is slow enough that nobody asks it twice."""
        return self._sign(data)


class _WithChain(SignedAttributeProviderSpec):
    """Signs the whole chain along: an authority that nobody here knows is then held to the byte too (RFC 5035 §5)."""

    def __init__(self, certificate: x509.Certificate, chain: Sequence[x509.Certificate]) -> None:
        self._bound = _BoundChain(certificate, chain)

    def signed_attr_providers(self, data_digest: bytes, digest_algorithm: str) -> Iterator[CMSAttributeProvider]:
        """The one attribute beside those that every CMS has."""
        yield self._bound


class _BoundChain(CMSAttributeProvider):
    attribute_type = "signing_certificate_v2"

    def __init__(self, certificate: x509.Certificate, chain: Sequence[x509.Certificate]) -> None:
        self._certificate, self._chain = certificate, chain

    async def build_attr_value(self, dry_run: bool = False) -> Any:
        value = as_signing_certificate_v2(self._certificate)
        for one in self._chain:
            digest = hashlib.sha256(one.dump()).digest()
            value["certs"].append(tsp.ESSCertIDv2({"hash_algorithm": {"algorithm": DIGEST}, "cert_hash": digest}))
        return value


class _Writer(IncrementalPdfFileWriter):
    """Appends without chance and clock: the file's second identifier is a digest of what is signed, its dates stay."""

    def __init__(self, stream: BytesIO, when: datetime) -> None:
        super().__init__(stream)
        digest = hashes.Hash(hashes.SHA256())
        digest.update(stream.getvalue() + when.isoformat().encode())
        self._document_id = generic.ArrayObject(
            [self._document_id[0], generic.ByteStringObject(digest.finalize()[:16])]
        )

    def _update_meta(self) -> None:
        """The summary says when it was made; signing does not change that."""


class _Imported(PdfContent):
    """A page of a PDF in memory as the content of a stamp: pyHanko's own takes a file, and none may be written."""

    def __init__(self, pdf: bytes, box: BoxConstraints) -> None:
        super().__init__(box=box)
        self._pdf = pdf

    def render(self) -> bytes:
        """The operators that show the page."""
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self._pdf)), page_ix=0)
        self.resources.xobject["/Stamp"] = page
        return b"/Stamp Do"


__all__ = [
    "Box", "KeyFile", "SigningMaterial", "SigningSource", "Stamp", "Token", "countersign_pdf", "second_place",
    "sign_pdf", "writer_of",
]  # fmt: skip
