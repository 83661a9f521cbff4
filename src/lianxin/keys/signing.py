"""The private signing key of an office: made here, used here, never shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass(frozen=True)
class SigningKey:
    """A P-256 private key; the wrapped object stays inside this room."""

    private: ec.EllipticCurvePrivateKey

    def sign(self, data: bytes) -> bytes:
        """Sign `data` with ECDSA P-256/SHA-256 as DER; deterministic (RFC 6979): equal in, equal out."""
        return self.private.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))

    @property
    def public_der(self) -> bytes:
        """SubjectPublicKeyInfo in DER."""
        return self.private.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    @property
    def key_id(self) -> str:
        """SHA-256 of the SubjectPublicKeyInfo, 64 hex digits."""
        return hashlib.sha256(self.public_der).hexdigest()


@dataclass(frozen=True)
class SigningIdentity:
    """A key with the certificate that names its office: what sealing needs to sign."""

    key: SigningKey
    certificate: x509.Certificate

    @property
    def certificate_pem(self) -> bytes:
        """The certificate as PEM, LF line ends."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def sign(self, data: bytes) -> bytes:
        """Sign `data` as SigningKey.sign does."""
        return self.key.sign(data)


def generate_key() -> SigningKey:
    """Make a new P-256 key from the randomness of the operating system."""
    return SigningKey(ec.generate_private_key(ec.SECP256R1()))
