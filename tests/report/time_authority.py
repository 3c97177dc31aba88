"""A timestamp authority on loopback: an HTTP server that asks ``openssl ts`` for each answer (RFC 3161)."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import define
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_CONFIGURATION = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/signer.pem
signer_key = {folder}/key.pem
certs = {folder}/root.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
"""


@define
class TimeServer:
    """A running authority; what it answers with can be changed."""

    url: str
    root: bytes
    """PEM."""
    mode: str = "good"
    """``good``, ``silent`` (nobody answers in time), ``error`` (HTTP 500), ``garbage``, ``page`` (a captive portal)."""
    asked: int = 0


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


@cache
def _keys(name: str) -> tuple[bytes, bytes, bytes]:
    """Root, signer and its key, PEM."""
    keys = [rsa.generate_private_key(65537, 2048) for _ in range(2)]
    start = datetime.now(UTC) - timedelta(days=200)
    made = []
    for key, subject, root in zip(keys, (f"{name} root", name), (True, False), strict=True):
        usage = x509.KeyUsage(not root, not root, False, False, False, root, root, False, False)
        draft = x509.CertificateBuilder().subject_name(_name(subject)).issuer_name(_name(f"{name} root"))
        draft = draft.public_key(key.public_key()).serial_number(x509.random_serial_number())
        draft = draft.not_valid_before(start).not_valid_after(start + timedelta(days=3000))
        draft = draft.add_extension(x509.BasicConstraints(root, None), critical=True)
        draft = draft.add_extension(usage, critical=True)
        if not root:
            purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            draft = draft.add_extension(purpose, critical=True)
        made.append(draft.sign(keys[0], hashes.SHA256()).public_bytes(Encoding.PEM))
    return made[0], made[1], keys[1].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@contextmanager
def time_authority(name: str = "Loopback TSA") -> Iterator[TimeServer]:
    """The authority, for as long as it is wanted."""
    root, signer, key = _keys(name)
    with TemporaryDirectory() as folder:
        place = Path(folder)
        for file, content in (("root.pem", root), ("signer.pem", signer), ("key.pem", key), ("serial", b"01\n")):
            (place / file).write_bytes(content)
        (place / "tsa.cnf").write_text(_CONFIGURATION.format(folder=folder))
        told = TimeServer("", root)
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(told, place))
        server.daemon_threads = True
        told.url = f"http://127.0.0.1:{server.server_address[1]}/"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def _handler(told: TimeServer, place: Path) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.asked += 1
            query = place / f"{told.asked}.tsq"
            query.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            if told.mode in ("error", "page"):
                self._answer(500 if told.mode == "error" else 200, "text/html", b"<html>Sign in to the network</html>")
            elif told.mode == "garbage":
                self._answer(200, "application/timestamp-reply", b"0\x82\x01\x00nonsense")
            else:
                command = ["openssl", "ts", "-reply", "-config", f"{place}/tsa.cnf", "-queryfile", str(query)]
                made = subprocess.run(command, capture_output=True, check=True, timeout=30).stdout
                self._answer(200, "application/timestamp-reply", made)

        def _answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler
