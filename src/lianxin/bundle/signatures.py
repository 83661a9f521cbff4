"""Certificates and signatures as received: parsed defensively, checked before any JSON is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lianxin.bundle.codes import Code
from lianxin.bundle.verdicts import Refused


@dataclass(frozen=True)
class Leaf:
    """A signer's certificate with the facts verification compares; moments are UTC, digests 64 hex digits."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePublicKey
    cert_sha256: str
    key_id: str
    org_code: str
    not_before: datetime
    not_after: datetime


def read_leaf(pem: bytes) -> Leaf:
    """Parse the certificate of the P-256 slot. Raises Refused (E302) unless it is one plain signing certificate.

    The PEM must be the one spelling of its certificate, so nothing can hide before or behind it.
    """
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        if certificate.public_bytes(serialization.Encoding.PEM) != pem:
            raise Refused(Code.BAD_CERT)
        key = certificate.public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
            raise Refused(Code.BAD_CERT, "不是 P-256 密钥")
        if not isinstance(certificate.signature_hash_algorithm, hashes.SHA256):
            raise Refused(Code.BAD_CERT)
        _refuse_other_uses(certificate)
        return Leaf(
            certificate=certificate,
            key=key,
            cert_sha256=certificate.fingerprint(hashes.SHA256()).hex(),
            key_id=hashlib.sha256(_public_der(key)).hexdigest(),
            org_code=_org_code(certificate),
            not_before=certificate.not_valid_before_utc,
            not_after=certificate.not_valid_after_utc,
        )
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.ExtensionNotFound, x509.DuplicateExtension):
        raise Refused(Code.BAD_CERT) from None


def check_signature(leaf: Leaf, signature: bytes, signed: bytes) -> None:
    """Check an ECDSA P-256/SHA-256 signature (DER) over the raw bytes. Raises Refused (E303)."""
    try:
        leaf.key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Refused(Code.BAD_SIGNATURE) from None


def check_self_issued(leaf: Leaf) -> None:
    """Check that the certificate names itself as issuer (else E304) and that its own signature fits (E302)."""
    if leaf.certificate.issuer != leaf.certificate.subject:
        raise Refused(Code.UNTRUSTED_ISSUER)
    try:
        leaf.certificate.verify_directly_issued_by(leaf.certificate)
    except (InvalidSignature, ValueError, TypeError):
        raise Refused(Code.BAD_CERT, "证书自身的签名不对") from None


def _refuse_other_uses(certificate: x509.Certificate) -> None:
    extensions = certificate.extensions
    if extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
        raise Refused(Code.BAD_CERT, "这是颁发证书用的证书")
    usage = extensions.get_extension_for_class(x509.KeyUsage).value
    if not usage.digital_signature or usage.key_cert_sign or usage.crl_sign:
        raise Refused(Code.BAD_CERT, "证书不是签名用的")


def _org_code(certificate: x509.Certificate) -> str:
    attributes = certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    if len(attributes) != 1 or not isinstance(attributes[0].value, str):
        raise Refused(Code.BAD_CERT, "证书上没有单位代码")
    return attributes[0].value


def _public_der(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
