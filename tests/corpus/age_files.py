"""Write age files that are always the same: the format of age-encryption.org/v1 with fixed secrets.

Encryption is random by design; a corpus that is compared byte by byte needs one that is not. Never for real data.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_CHUNK = 64 * 1024


def secret_of(name: str) -> str:
    """The age identity of an office of the corpus, as text."""
    return _bech32("age-secret-key-", hashlib.sha256(b"reader " + name.encode()).digest()).upper()


def encrypted_for(name: str, plain: bytes) -> bytes:
    """`plain` as an age file for that office."""
    reader = X25519PrivateKey.from_private_bytes(hashlib.sha256(b"reader " + name.encode()).digest())
    recipient = reader.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    seed = hashlib.sha256(plain).digest()
    once = X25519PrivateKey.from_private_bytes(hashlib.sha256(b"once" + seed).digest())
    share = once.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    file_key = hashlib.sha256(b"file" + seed).digest()[:16]
    wrap = _derived(once.exchange(reader.public_key()), share + recipient, b"age-encryption.org/v1/X25519")
    body = ChaCha20Poly1305(wrap).encrypt(bytes(12), file_key, None)
    head = f"age-encryption.org/v1\n-> X25519 {_text(share)}\n{_text(body)}\n---".encode()
    mac = hmac.digest(_derived(file_key, b"", b"header"), head, "sha256")
    nonce = hashlib.sha256(b"nonce" + seed).digest()[:16]
    stream = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    chunks = [plain[at : at + _CHUNK] for at in range(0, len(plain), _CHUNK)] or [b""]
    sealed = b"".join(
        stream.encrypt(number.to_bytes(11, "big") + bytes([number == len(chunks) - 1]), chunk, None)
        for number, chunk in enumerate(chunks)
    )
    return head + b" " + _text(mac).encode() + b"\n" + nonce + sealed


def _derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt or None, info).derive(secret)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def _bech32(prefix: str, data: bytes) -> str:
    """BIP 173, as age writes its keys."""
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    words = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    check = _polymod([*spread, *words, 0, 0, 0, 0, 0, 0]) ^ 1
    tail = [check >> 5 * (5 - place) & 31 for place in range(6)]
    return prefix + "1" + "".join(_LETTERS[word] for word in words + tail)


def _polymod(words: list[int]) -> int:
    check = 1
    for word in words:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ word
        for place, factor in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= factor if top >> place & 1 else 0
    return check
