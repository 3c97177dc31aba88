"""The signature of a PDF: PAdES B-B by pyHanko with the user's RSA key, certifying that no later change is allowed.

What was measured and which traps there are: reference/security.md §4.2 of the project's sources.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import x509
from asn1crypto.keys import PublicKeyInfo
from attrs import frozen
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.api import CAdESSignedAttrSpec
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigAppearanceSetup, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from crf_desktop.errors import EnvironmentProblem, Refused

FIELD = "Signature"
DIGEST = "sha256"


@frozen
class SigningMaterial:
    """A signer's key and certificates as bytes, so that they can be handed to a worker process."""

    private_key_pem: bytes
    """PKCS #8 without a password; RSA-3072."""
    certificate: bytes
    """PEM."""
    chain: tuple[bytes, ...] = ()
    """PEM of the study CA; empty while the certificate is not yet countersigned."""

    def __repr__(self) -> str:
        return "SigningMaterial(…)"


@frozen
class Stamp:
    """Where the visible signature stands and what it shows."""

    page: int
    """From 0; -1 is the last."""
    box: tuple[float, float, float, float]
    """Left, bottom, right, top in points from the page's lower left corner."""
    appearance: bytes
    """A PDF whose first page has the size of the box."""


def sign_pdf(
    pdf: bytes, material: SigningMaterial, name: str, reason: str, when: datetime, stamp: Stamp | None = None
) -> bytes:
    """The PDF with its signature appended; same arguments, same bytes.

    ``when`` (aware) is the signing time the file states. Raises Refused ``report.key_mismatch`` when key and
    certificate are not a pair, EnvironmentProblem ``report.pdf_unreadable`` when the PDF cannot be read.
    """
    signer = _KeyInHand(material)
    try:
        writer = _Writer(BytesIO(pdf), when)
    except Exception as error:  # whatever pyHanko finds wrong with it, it means the same to a person
        raise EnvironmentProblem("report.pdf_unreadable") from error
    spec = SigFieldSpec(FIELD, on_page=stamp.page if stamp else 0, box=stamp.box if stamp else None)  # type: ignore[arg-type]
    steps = PdfCMSEmbedder(new_field_spec=spec).write_cms(FIELD, writer)
    next(steps)
    steps.send(_setup(signer, name, reason, when, stamp))
    prepared, output = steps.send(SigIOSetup(md_algorithm=DIGEST))
    attributes = PdfCMSSignedAttributes(cades_signed_attrs=CAdESSignedAttrSpec())
    signing = signer.async_sign(prepared.document_digest, DIGEST, use_pades=True, signed_attr_settings=attributes)
    steps.send(asyncio.run(signing))
    return bytes(output.getvalue())


def _setup(signer: _KeyInHand, name: str, reason: str, when: datetime, stamp: Stamp | None) -> SigObjSetup:
    placeholder = SignatureObject(
        timestamp=when, subfilter=SigSeedSubFilter.PADES, name=name, reason=reason, bytes_reserved=signer.reserved
    )
    appearance = None
    if stamp is not None:
        size = BoxConstraints(stamp.box[2] - stamp.box[0], stamp.box[3] - stamp.box[1])
        style = StaticStampStyle(
            background=_Imported(stamp.appearance, size), background_layout=_AS_IT_IS, border_width=0
        )
        appearance = SigAppearanceSetup(style=style, timestamp=when, name=name)
    mdp = SigMDPSetup(md_algorithm=DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
    return SigObjSetup(sig_placeholder=placeholder, mdp_setup=mdp, appearance_setup=appearance)


_AS_IT_IS = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MIN, Margins.uniform(0))


class _KeyInHand(Signer):
    """Keeps the parsed key: pyHanko's own signer parses and checks an RSA key anew at every signature."""

    def __init__(self, material: SigningMaterial) -> None:
        certificate = _certificate(material.certificate)
        key = _private_key(material.private_key_pem)
        public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        if PublicKeyInfo.load(public)["public_key"].dump() != certificate.public_key["public_key"].dump():
            raise Refused("report.key_mismatch")
        store = SimpleCertificateStore()
        chain = [_certificate(pem) for pem in material.chain]
        store.register_multiple(chain)
        super().__init__(signing_cert=certificate, cert_registry=store)
        self._key = key
        self.reserved = 2 * (sum(len(c.dump()) for c in (certificate, *chain)) + 2048)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """RSA, PKCS #1 v1.5: deterministic, and PDF/A-3 allows it."""
        return self._key.sign(data, PKCS1v15(), hashes.SHA256())


def _certificate(pem: bytes) -> Any:
    from cryptography.x509 import load_pem_x509_certificate

    return x509.Certificate.load(load_pem_x509_certificate(pem).public_bytes(Encoding.DER))


def _private_key(pem: bytes) -> RSAPrivateKey:
    """Parsed for this one signature and not kept; its primes were checked when it was made and are not again."""
    key = load_pem_private_key(pem, None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, RSAPrivateKey):
        raise Refused("report.key_mismatch")
    return key


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
