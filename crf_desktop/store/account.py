"""A person with fresh keys: what becomes a slot of the key file and two certificates."""

from __future__ import annotations

from attrs import define, field
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from crf_desktop.model.data import Person
from crf_desktop.store import certificate, keyring
from crf_desktop.store.keyring import KeyFile, Slot
from crf_desktop.store.stretch import Cost, calibrated


@define
class Account:
    """A person with fresh keys; the private halves live until the slot is made."""

    person: Person
    password: str = field(repr=False)
    cost: Cost | None = None
    """None: what this machine takes half a second for."""
    box: X25519PrivateKey = field(factory=X25519PrivateKey.generate, repr=False)
    log: Ed25519PrivateKey = field(factory=Ed25519PrivateKey.generate, repr=False)
    signing: RSAPrivateKey = field(factory=certificate.new_rsa, repr=False)

    @property
    def key_id(self) -> str:
        """What rows call the log key."""
        return certificate.key_id(certificate.raw_public(self.log))

    def slot(self, number: int, keys: KeyFile, data_key: bytearray, ca_key: RSAPrivateKey | None) -> Slot:
        """The slot that the password opens; ``ca_key`` is an administrator's alone."""
        person = self.person
        draft = Slot(
            number, "user", person.user_oid, person.user_name, person.role, self.cost or calibrated(),
            self.box.public_key().public_bytes_raw(), certificate.raw_public(self.log), {}, b"",
        )  # fmt: skip
        secrets = {
            "slot_key": bytearray(self.box.private_bytes_raw()), "log_key": bytearray(self.log.private_bytes_raw()),
            "signing_key": certificate.rsa_bytes(self.signing),
        }  # fmt: skip
        if ca_key is not None:
            secrets["ca_key"] = certificate.rsa_bytes(ca_key)
        return keyring.make_slot(draft, keys.db_id, keys.epoch, self.password, data_key, secrets)
