"""The list of revoked certificates, numbered and signed by the root."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from lianxin.keys.certificates import covers, issued_by, org_code_of, role_of
from lianxin.keys.signing import SigningIdentity

_DESK = "desk"


class BadList(ValueError):
    """The text is no revocation list of this root."""


@dataclass(frozen=True)
class RevokedList:
    """A list as read: its rising number, its days, and serial number → moment of revocation (UTC)."""

    number: int
    this_update: datetime
    next_update: datetime
    revoked: Mapping[int, datetime]


def make_list(
    root: SigningIdentity,
    revoked: Iterable[tuple[int, datetime]],
    *,
    number: int,
    this_update: datetime,
    next_update: datetime,
) -> bytes:
    """Return the list (CRL, PEM) of these (serial number, moment) pairs; `number` rises with every list."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.certificate.subject)
        .last_update(this_update.replace(microsecond=0))
        .next_update(next_update.replace(microsecond=0))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.private.public_key()), critical=False
        )
    )
    for serial, when in sorted(revoked):
        one = x509.RevokedCertificateBuilder().serial_number(serial)
        builder = builder.add_revoked_certificate(one.revocation_date(when.replace(microsecond=0)).build())
    made = builder.sign(root.key.private, hashes.SHA256(), ecdsa_deterministic=True)
    return made.public_bytes(serialization.Encoding.PEM)


def read_list(pem: bytes, root: x509.Certificate) -> RevokedList:
    """Return a list of this root. Raises BadList when it is none, another root's, or its signature is wrong."""
    try:
        read = x509.load_pem_x509_crl(pem)
        key = root.public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey) or read.issuer != root.subject:
            raise BadList("another issuer")
        if not read.is_signature_valid(key):
            raise BadList("wrong signature")
        number = read.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
        until = read.next_update_utc
        if until is None:
            raise BadList("no end")
        revoked = {each.serial_number: each.revocation_date_utc for each in read}
    except BadList:
        raise
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.ExtensionNotFound, x509.DuplicateExtension):
        raise BadList("no list") from None
    return RevokedList(number, read.last_update_utc, until, revoked)


def certifies_desk(
    certificate: x509.Certificate, root: x509.Certificate, listed: RevokedList, org_code: str, now: datetime
) -> bool:
    """Whether the root issued this to a desk of this office, and it is neither on the list nor outside its days."""
    return (
        issued_by(certificate, root)
        and role_of(certificate) == _DESK
        and org_code_of(certificate.subject) == org_code
        and certificate.serial_number not in listed.revoked
        and covers(certificate, now)
    )
