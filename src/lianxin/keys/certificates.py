"""Certificates an office makes for itself before any county has enrolled it."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from lianxin.keys.signing import SigningIdentity, SigningKey

# X.520 upper bound of commonName and organizationName; counted in bytes, as the strictest readers do.
_LONGEST_NAME_BYTES = 64
SELF_ISSUED_DAYS = 3652


def self_issued(
    key: SigningKey, *, org_code: str, org_name: str, not_before: datetime, days: int = SELF_ISSUED_DAYS
) -> SigningIdentity:
    """Issue a certificate for `key` signed by itself: it ties one office's files together and proves no name.

    Subject: serialNumber = org_code, CN = O = org_name (cut to 64 bytes, 21 Hanzi). `not_before` carries a time
    zone; whole seconds count. Equal arguments give equal bytes: the serial number comes from key and start.
    """
    start = not_before.replace(microsecond=0)
    name = office_name(org_code=org_code, org_name=org_name)
    public = key.private.public_key()
    key_mark = bytes.fromhex(key.key_id)[:20]
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(_serial(key, start))
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_sign_only(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier(key_mark), critical=False)
    )
    certificate = builder.sign(key.private, hashes.SHA256(), ecdsa_deterministic=True)
    return SigningIdentity(key, certificate)


def office_name(*, org_code: str, org_name: str) -> x509.Name:
    """Return the subject of an office: the code is the identity, the name is for people."""
    cut = org_name.strip().encode("utf-8")[:_LONGEST_NAME_BYTES]
    shown = cut.decode("utf-8", errors="ignore") or org_code
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, shown),
            x509.NameAttribute(NameOID.COMMON_NAME, shown),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, org_code),
        ]
    )


def covers(certificate: x509.Certificate, moment: datetime) -> bool:
    """Say whether `moment` (with time zone) lies inside the validity, so that sending can renew in time."""
    return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc


def _serial(key: SigningKey, start: datetime) -> int:
    digest = hashlib.sha256(key.public_der + str(int(start.timestamp())).encode("ascii")).digest()
    # RFC 5280: positive, at most 20 octets; the first bit is cleared, the last set so that it is never zero.
    return (int.from_bytes(digest[:20], "big") >> 1) | 1


def _sign_only() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
