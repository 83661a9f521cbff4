"""核对码: the manifest's SHA-256 in forms people can read over the telephone."""

from __future__ import annotations

import hashlib

_DECIMALS_OF_SHA256 = 78


def manifest_digest(manifest_bytes: bytes) -> str:
    """Return the SHA-256 of the exact manifest bytes, 64 hex digits."""
    return hashlib.sha256(manifest_bytes).hexdigest()


def spoken_code(digest: str) -> str:
    """Return the first 20 decimal digits in groups of five: for screen, cover sheet and telephone."""
    number = str(int(digest, 16)).zfill(_DECIMALS_OF_SHA256)
    return _grouped(number[:20], 5)


def hex_code(digest: str) -> str:
    """Return the first 32 hex digits in groups of four: for details, `--json` and machine-read lines."""
    return _grouped(digest[:32], 4)


def _grouped(digits: str, size: int) -> str:
    return " ".join(digits[start : start + size] for start in range(0, len(digits), size))
