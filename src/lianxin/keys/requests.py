"""Certificate requests: what a desk asks the county to certify, signed by the key itself."""

from __future__ import annotations

from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from lianxin.keys.certificates import office_name, org_code_of, org_name_of
from lianxin.keys.signing import SigningKey


class BadRequest(ValueError):
    """The text is no request of ours; the message is a Chinese sentence."""


class Requested(NamedTuple):
    """What a request asks: a certificate of this key for this office."""

    org_code: str
    org_name: str
    public_key: ec.EllipticCurvePublicKey


def make_request(key: SigningKey, org_code: str, org_name: str) -> bytes:
    """Return a request (PKCS#10, PEM) that proves possession of the key."""
    request = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(office_name(org_code=org_code, org_name=org_name))
        .sign(key.private, hashes.SHA256(), ecdsa_deterministic=True)
    )
    return request.public_bytes(serialization.Encoding.PEM)


def read_request(pem: bytes) -> Requested:
    """Return what a request asks. Raises BadRequest for any other text and for a signature that does not fit."""
    try:
        request = x509.load_pem_x509_csr(pem)
        key = request.public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
            raise BadRequest("登记申请里的密钥不是本程序用的（P-256），没有签发。请让对方重新生成申请。")
        if not request.is_signature_valid:
            raise BadRequest("登记申请自身的签名不对，文件可能被改动过，没有签发。请让对方重新生成申请。")
        return Requested(org_code_of(request.subject), org_name_of(request.subject), key)
    except BadRequest:
        raise
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise BadRequest("这不是登记申请，没有签发。请向对方要“enrol request”生成的文件。") from None
