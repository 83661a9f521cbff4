"""Raise the rounds of a PKCS#12 integrity code, which the builder leaves at 2,048 whatever it is told.

The integrity code is computed from the same passphrase, so whoever steals the file would try passphrases
against 2,048 rounds and the 600,000 rounds of the encryption beside it would protect nothing.
"""

from __future__ import annotations

import hashlib
import hmac

_SEQUENCE, _INTEGER, _OCTETS, _CONTEXT_0 = 0x30, 0x02, 0x04, 0xA0
_SHA256 = bytes.fromhex("300d06096086480165030402010500")
_BLOCK = 64
_PURPOSE_MAC = 3


def with_mac_rounds(pkcs12: bytes, *, passphrase: str, rounds: int) -> bytes:
    """Return the same PKCS#12 (DER, SHA-256 integrity code) with the code made anew in `rounds` rounds."""
    pfx, _rest = _take(pkcs12, _SEQUENCE)
    version, rest = _take(pfx, _INTEGER)
    content_info, rest = _take(rest, _SEQUENCE)
    mac_data, _rest = _take(rest, _SEQUENCE)
    _digest_info, rest = _take(mac_data, _SEQUENCE)
    salt, _rest = _take(rest, _OCTETS)
    key = _mac_key(passphrase, salt, rounds)
    code = hmac.digest(key, _content(content_info), "sha256")
    new_mac = _wrap(
        _SEQUENCE,
        _wrap(_SEQUENCE, _SHA256 + _wrap(_OCTETS, code)) + _wrap(_OCTETS, salt) + _integer(rounds),
    )
    return _wrap(_SEQUENCE, _wrap(_INTEGER, version) + _wrap(_SEQUENCE, content_info) + new_mac)


def _mac_key(passphrase: str, salt: bytes, rounds: int) -> bytes:
    """Derive the 32-byte key of RFC 7292 appendix B.2 with SHA-256: one block is enough for one digest."""
    password = passphrase.encode("utf-16-be") + b"\0\0"
    block = bytes([_PURPOSE_MAC]) * _BLOCK + _filled(salt) + _filled(password)
    digest = hashlib.sha256(block).digest()
    for _ in range(rounds - 1):
        digest = hashlib.sha256(digest).digest()
    return digest


def _filled(part: bytes) -> bytes:
    size = -(-len(part) // _BLOCK) * _BLOCK
    return (part * (size // len(part) + 1))[:size]


def _content(content_info: bytes) -> bytes:
    header = 2 + content_info[1]
    explicit, _rest = _take(content_info[header:], _CONTEXT_0)
    octets, _rest = _take(explicit, _OCTETS)
    return octets


def _take(data: bytes, tag: int) -> tuple[bytes, bytes]:
    """Split one definite-length DER element off the front: its content and what follows."""
    if len(data) < 2 or data[0] != tag:
        raise ValueError("PKCS#12 of an unexpected shape")
    length, start = data[1], 2
    if length & 0x80:
        start += length & 0x7F
        length = int.from_bytes(data[2:start], "big")
    if start + length > len(data):
        raise ValueError("PKCS#12 of an unexpected shape")
    return data[start : start + length], data[start + length :]


def _wrap(tag: int, content: bytes) -> bytes:
    if len(content) < 0x80:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def _integer(number: int) -> bytes:
    return _wrap(_INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))
