"""Private keys at rest: PKCS#12, PBES2 with AES-256, 600,000 rounds."""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

from lianxin.keys.macrounds import with_mac_rounds
from lianxin.keys.signing import SigningIdentity, SigningKey

# BestAvailableEncryption would use 2,048 rounds; the builder takes the number we need.
ROUNDS = 600_000


class KeyFileRefused(ValueError):
    """The key file does not open; the message is a Chinese sentence for the clerk."""


def to_key_file(identity: SigningIdentity, *, passphrase: str) -> bytes:
    """Return key and certificate as encrypted PKCS#12. Raises KeyFileRefused when the passphrase is empty."""
    if not passphrase:
        raise KeyFileRefused("没有设置口令，签名密钥没有保存。请先设置口令。")
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(passphrase.encode("utf-8"))
    )
    built = pkcs12.serialize_key_and_certificates(
        b"lianxin", identity.key.private, identity.certificate, None, encryption
    )
    return with_mac_rounds(built, passphrase=passphrase, rounds=ROUNDS)


def from_key_file(data: bytes, *, passphrase: str) -> SigningIdentity:
    """Open what to_key_file made. Raises KeyFileRefused for a wrong passphrase or file."""
    try:
        key, certificate, _others = pkcs12.load_key_and_certificates(data, passphrase.encode("utf-8"))
    except ValueError:
        raise KeyFileRefused(
            "签名密钥打不开：口令不对，或密钥文件已损坏。数据没有改动。请核对口令，仍打不开就从备份恢复。"
        ) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise KeyFileRefused(
            "这个密钥文件里不是本程序用的签名密钥（P-256）。数据没有改动。请换成正确的文件。"
        )
    if certificate is None or certificate.public_key() != key.public_key():
        raise KeyFileRefused("密钥文件里的证书与密钥不配套。数据没有改动。请从备份恢复密钥文件。")
    return SigningIdentity(SigningKey(key), certificate)
