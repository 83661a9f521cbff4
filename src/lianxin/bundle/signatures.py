"""Certificates and signatures as received: parsed defensively, checked before any JSON is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lianxin.bundle.codes import Code
from lianxin.bundle.verdicts import Refused


class SignerRole(StrEnum):
    """What the county issued a certificate for; written in its subject as OU."""

    ROOT = "root"
    COUNTY = "county"
    DESK = "desk"


@dataclass(frozen=True)
class Leaf:
    """A signer's certificate with the facts verification compares; moments are UTC, digests 64 hex digits.

    `role` is None for a certificate that names none of ours; `ca` is true for one that issues others.
    """

    certificate: x509.Certificate
    key: ec.EllipticCurvePublicKey
    cert_sha256: str
    key_id: str
    org_code: str
    not_before: datetime
    not_after: datetime
    role: SignerRole | None = None
    ca: bool = False


def read_leaf(pem: bytes) -> Leaf:
    """Parse the certificate of the P-256 slot. Raises Refused (E302) unless it is one plain signing certificate.

    The PEM must be the one spelling of its certificate, so nothing can hide before or behind it.
    """
    leaf = read_certificate(pem)
    if leaf.ca:
        raise Refused(Code.BAD_CERT, "这是颁发证书用的证书")
    return leaf


def read_certificate(pem: bytes) -> Leaf:
    """Parse a signing certificate or a county root, which signs profiles. Raises Refused (E302)."""
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        if certificate.public_bytes(serialization.Encoding.PEM) != pem:
            raise Refused(Code.BAD_CERT)
        key = certificate.public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
            raise Refused(Code.BAD_CERT, "不是 P-256 密钥")
        if not isinstance(certificate.signature_hash_algorithm, hashes.SHA256):
            raise Refused(Code.BAD_CERT)
        ca = _may_issue(certificate)
        return Leaf(
            certificate=certificate,
            key=key,
            cert_sha256=certificate.fingerprint(hashes.SHA256()).hex(),
            key_id=hashlib.sha256(_public_der(key)).hexdigest(),
            org_code=_org_code(certificate),
            not_before=certificate.not_valid_before_utc,
            not_after=certificate.not_valid_after_utc,
            role=_role(certificate),
            ca=ca,
        )
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.ExtensionNotFound, x509.DuplicateExtension):
        raise Refused(Code.BAD_CERT) from None


def check_signature(leaf: Leaf, signature: bytes, signed: bytes) -> None:
    """Check an ECDSA P-256/SHA-256 signature (DER) over the raw bytes. Raises Refused (E303)."""
    try:
        leaf.key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Refused(Code.BAD_SIGNATURE) from None


def names_itself(leaf: Leaf) -> bool:
    """Say whether a certificate names itself as its issuer: nobody but its own key vouches for it."""
    return leaf.certificate.issuer == leaf.certificate.subject


def check_self_issued(leaf: Leaf) -> None:
    """Check that the certificate names itself as issuer (else E304) and that its own signature fits (E302)."""
    if not names_itself(leaf):
        raise Refused(Code.UNTRUSTED_ISSUER)
    try:
        leaf.certificate.verify_directly_issued_by(leaf.certificate)
    except (InvalidSignature, ValueError, TypeError):
        raise Refused(Code.BAD_CERT, "证书自身的签名不对") from None


def _may_issue(certificate: x509.Certificate) -> bool:
    """Tell a county root from a plain signing certificate; whatever is neither is refused."""
    extensions = certificate.extensions
    ca = extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    usage = extensions.get_extension_for_class(x509.KeyUsage).value
    if not usage.digital_signature or (usage.key_cert_sign or usage.crl_sign) is not ca:
        raise Refused(Code.BAD_CERT, "证书不是签名用的")
    return ca


def _role(certificate: x509.Certificate) -> SignerRole | None:
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    named = [role for role in SignerRole for unit in units if unit.value == role.value]
    return named[0] if len(units) == 1 and named else None


def _org_code(certificate: x509.Certificate) -> str:
    attributes = certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    if len(attributes) != 1 or not isinstance(attributes[0].value, str):
        raise Refused(Code.BAD_CERT, "证书上没有单位代码")
    return attributes[0].value


def _public_der(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
