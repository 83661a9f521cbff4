"""Certificates the county root issues to desks of its townships and to the county's own operating key."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from lianxin.keys.certificates import office_name, public_key_id, serial_number, sign_only
from lianxin.keys.signing import SigningIdentity

Role = Literal["county", "desk"]
"""What the holder may sign: `county` receipts and everything downward, `desk` what goes up."""
YEARS = 3
_DAYS_PER_YEAR = 365.25


class RootExpired(ValueError):
    """The root itself is no longer valid on that day; the message is a Chinese sentence."""

    def __init__(self) -> None:
        super().__init__("县人大的根证书已经过期，没有签发。请检查电脑日期；日期没错就要重建根密钥。")


def issue(
    root: SigningIdentity,
    public_key: ec.EllipticCurvePublicKey,
    *,
    org_code: str,
    org_name: str,
    role: Role,
    device: str,
    not_before: datetime,
    years: int = YEARS,
) -> bytes:
    """Return the certificate (PEM) of a key; it names an office and a device, never a person.

    It ends with the root at the latest. Equal arguments give equal bytes. Raises RootExpired.
    """
    start = not_before.replace(microsecond=0)
    end = min(start + timedelta(days=round(years * _DAYS_PER_YEAR)), root.certificate.not_valid_after_utc)
    if end <= start:
        raise RootExpired
    name = office_name(org_code=org_code, org_name=org_name, role=role, device=device)
    facts = (root.key.public_der, bytes.fromhex(public_key_id(public_key)), name.public_bytes())
    seconds = str(int(start.timestamp())).encode("ascii")
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(root.certificate.subject)
        .public_key(public_key)
        .serial_number(serial_number(*facts, seconds))
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(sign_only(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.private.public_key()), critical=False
        )
    )
    certificate = builder.sign(root.key.private, hashes.SHA256(), ecdsa_deterministic=True)
    return certificate.public_bytes(serialization.Encoding.PEM)
