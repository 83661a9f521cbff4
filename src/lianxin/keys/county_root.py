"""The county root: the one certificate everybody pins, made once for ten years."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from lianxin.keys.certificates import key_usage, office_name, serial_number
from lianxin.keys.signing import SigningIdentity, SigningKey

ROOT_DAYS = 3652
ROOT_ROLE = "root"


def make_root(
    key: SigningKey, *, org_code: str, org_name: str, not_before: datetime, days: int = ROOT_DAYS
) -> SigningIdentity:
    """Issue the self-signed root of a county: CA, path length 0, signs certificates, lists and profiles.

    `not_before` carries a time zone; whole seconds count. Equal arguments give equal bytes.
    """
    start = not_before.replace(microsecond=0)
    name = office_name(org_code=org_code, org_name=org_name, role=ROOT_ROLE)
    public = key.private.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(serial_number(b"root", key.public_der, name.public_bytes(), _seconds(start)))
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(key_usage(issuing=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    certificate = builder.sign(key.private, hashes.SHA256(), ecdsa_deterministic=True)
    return SigningIdentity(key, certificate)


def _seconds(moment: datetime) -> bytes:
    return str(int(moment.timestamp())).encode("ascii")
