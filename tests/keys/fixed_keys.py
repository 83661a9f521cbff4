"""Keys that are the same in every run."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import ec

from lianxin.keys.signing import SigningKey


def key_from_number(secret: int) -> SigningKey:
    """The key of a known secret number (1 ≤ secret < group order)."""
    return SigningKey(ec.derive_private_key(secret, ec.SECP256R1()))
