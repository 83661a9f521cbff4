"""The county root as a signer: of the answer to an enrolment and of nothing else."""

from __future__ import annotations

import hashlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lianxin.bundle.signatures import Leaf


def read_own_root(pem: bytes) -> Leaf:
    """The facts of our own root certificate; a received one is judged elsewhere. Raises ValueError."""
    certificate = x509.load_pem_x509_certificate(pem)
    key = certificate.public_key()
    codes = certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    if not isinstance(key, ec.EllipticCurvePublicKey) or len(codes) != 1:
        raise ValueError("no county root")
    public = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Leaf(
        certificate=certificate,
        key=key,
        cert_sha256=certificate.fingerprint(hashes.SHA256()).hex(),
        key_id=hashlib.sha256(public).hexdigest(),
        org_code=str(codes[0].value),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
    )
