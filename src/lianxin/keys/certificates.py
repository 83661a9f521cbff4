"""Certificates: how an office is named in them, and the one it makes for itself before a county enrols it."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
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
        .add_extension(sign_only(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier(key_mark), critical=False)
    )
    certificate = builder.sign(key.private, hashes.SHA256(), ecdsa_deterministic=True)
    return SigningIdentity(key, certificate)


def office_name(*, org_code: str, org_name: str, role: str = "", device: str = "") -> x509.Name:
    """Return the subject of an office: the code is the identity, the name is for people.

    `role` stands as OU (a self-issued certificate has none); `device` names the computer as CN.
    """
    shown = _cut(org_name) or org_code
    attributes = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, shown),
        x509.NameAttribute(NameOID.COMMON_NAME, _cut(device) or shown),
        x509.NameAttribute(NameOID.SERIAL_NUMBER, org_code),
    ]
    if role:
        attributes.insert(2, x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, role))
    return x509.Name(attributes)


class BadCertificate(ValueError):
    """The text is no certificate this program reads."""


def read_certificate(pem: bytes) -> x509.Certificate:
    """Return the one P-256 certificate of a PEM text. Raises BadCertificate."""
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        if not p256_key(certificate.public_key()):
            raise BadCertificate("not P-256")
    except (ValueError, TypeError, UnsupportedAlgorithm) as wrong:
        raise BadCertificate("no certificate") from wrong
    return certificate


def p256_key(key: object) -> bool:
    """Say whether a public key is of the one curve used here."""
    return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)


def public_key_id(key: ec.EllipticCurvePublicKey) -> str:
    """SHA-256 of the SubjectPublicKeyInfo of a public key, 64 hex digits; as SigningKey.key_id."""
    spki = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(spki).hexdigest()


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate in DER, 64 hex digits."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def self_made(certificate: x509.Certificate) -> bool:
    """Say whether a certificate names itself as its issuer."""
    return certificate.issuer == certificate.subject


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Say whether `issuer` signed `certificate` and is named in it."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def role_of(certificate: x509.Certificate) -> str:
    """The OU that says what the holder may sign; empty when there is none."""
    return _single(certificate.subject, NameOID.ORGANIZATIONAL_UNIT_NAME)


def org_code_of(name: x509.Name) -> str:
    """The division code of a subject; empty when there is none."""
    return _single(name, NameOID.SERIAL_NUMBER)


def org_name_of(name: x509.Name) -> str:
    """The office's name as far as a certificate holds it."""
    return _single(name, NameOID.ORGANIZATION_NAME)


def covers(certificate: x509.Certificate, moment: datetime) -> bool:
    """Say whether `moment` (with time zone) lies inside the validity, so that sending can renew in time."""
    return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc


def sign_only() -> x509.KeyUsage:
    """The use of a leaf: signatures and nothing else."""
    return key_usage(issuing=False)


def key_usage(*, issuing: bool) -> x509.KeyUsage:
    """Digital signature, and for the root also certificates and revocation lists."""
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=issuing,
        crl_sign=issuing,
        encipher_only=False,
        decipher_only=False,
    )


def serial_number(*facts: bytes) -> int:
    """A serial number that depends on these facts only, so that equal arguments give equal certificates."""
    digest = hashlib.sha256(b"".join(len(fact).to_bytes(4, "big") + fact for fact in facts)).digest()
    return positive(digest)


def positive(digest: bytes) -> int:
    """RFC 5280: positive, at most 20 octets; the first bit is cleared, the last set so that it is never zero."""
    return (int.from_bytes(digest[:20], "big") >> 1) | 1


def _single(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    value = found[0].value if len(found) == 1 else ""
    return value if isinstance(value, str) else ""


def _cut(text: str) -> str:
    return text.strip().encode("utf-8")[:_LONGEST_NAME_BYTES].decode("utf-8", errors="ignore")


def _serial(key: SigningKey, start: datetime) -> int:
    return positive(hashlib.sha256(key.public_der + str(int(start.timestamp())).encode("ascii")).digest())
