"""Encryption for readers: age (X25519) by stream, so that a bundle of any size needs no memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO


class NotForThisKey(Exception):
    """The file was encrypted for others, or its head was changed so that nobody can tell."""


class DamagedEncryption(Exception):
    """The file is cut off, altered, or no encrypted file at all."""


class BadRecipient(ValueError):
    """The text is no age recipient."""


@dataclass(frozen=True)
class ReaderKey:
    """A key for reading: `secret` stays in the encrypted database, `recipient` is given to whoever sends."""

    secret: str
    recipient: str


def new_reader() -> ReaderKey:
    """Make a reader key from the randomness of the operating system."""
    from pyrage import x25519  # type: ignore[import-untyped]

    identity = x25519.Identity.generate()
    return ReaderKey(str(identity), str(identity.to_public()))


def require_recipient(text: str) -> str:
    """Return the recipient when it is one. Raises BadRecipient."""
    from pyrage import RecipientError, x25519

    try:
        return str(x25519.Recipient.from_str(text))
    except RecipientError:
        raise BadRecipient(text[:80]) from None


def encrypt(src: BinaryIO, dst: BinaryIO, recipients: Sequence[str]) -> None:
    """Encrypt a stream for all of these recipients. Raises BadRecipient, OSError of either stream."""
    from pyrage import EncryptError, RecipientError, encrypt_io, x25519

    if not recipients:
        raise BadRecipient("")
    try:
        readers = [x25519.Recipient.from_str(each) for each in recipients]
    except RecipientError:
        raise BadRecipient(" ".join(recipients)[:200]) from None
    streams = _Streams(src, dst)
    try:
        encrypt_io(streams.source, streams.target, readers)
    except (EncryptError, OSError):
        streams.raise_first()
        raise
    # The library swallows a write that fails at the very end.
    streams.raise_first()


def decrypt(src: BinaryIO, dst: BinaryIO, secret: str) -> None:
    """Decrypt a stream; what was written before an error is raised must be thrown away.

    Raises NotForThisKey, DamagedEncryption, OSError of either stream.
    """
    from pyrage import DecryptError, decrypt_io, x25519

    streams = _Streams(src, dst)
    try:
        decrypt_io(streams.source, streams.target, [x25519.Identity.from_str(secret)])
    except DecryptError as wrong:
        streams.raise_first()
        # The one case the library names no other way.
        if "No matching keys" in str(wrong):
            raise NotForThisKey from None
        raise DamagedEncryption from None
    except OSError:
        streams.raise_first()
        raise DamagedEncryption from None
    streams.raise_first()


class _Streams:
    """Both streams with a memory of what failed: the library turns their errors into words or forgets them."""

    def __init__(self, src: BinaryIO, dst: BinaryIO) -> None:
        self._failed: list[BaseException] = []
        self.source, self.target = _Source(src.read, self._failed), _Target(dst, self._failed)

    def raise_first(self) -> None:
        """Raise what a stream raised first, if anything."""
        if self._failed:
            raise self._failed[0]


class _Source:
    def __init__(self, read: Callable[[int], bytes], failed: list[BaseException]) -> None:
        self._read, self._failed = read, failed

    def read(self, size: int = -1) -> bytes:
        try:
            return self._read(size)
        except BaseException as error:
            self._failed.append(error)
            raise


class _Target:
    def __init__(self, dst: BinaryIO, failed: list[BaseException]) -> None:
        self._dst, self._failed = dst, failed

    def write(self, data: bytes) -> int:
        try:
            return self._dst.write(data)
        except BaseException as error:
            self._failed.append(error)
            raise

    def flush(self) -> None:
        try:
            self._dst.flush()
        except BaseException as error:
            self._failed.append(error)
            raise
