"""Files sealed at rest: any size goes in and out by chunks, and only a whole, unchanged file comes out.

Layout: magic, 32 random bytes, then AES-256-GCM chunks of at most 256 KiB. The file key is derived from the
caller's key and the random bytes, so the chunk number alone is a nonce never used twice. Associated data hold
what the file is for, the chunk's number and whether it is the last: cut, reordered, swapped or appended
chunks do not open.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from lianxin.store.errors import StoreProblem
from lianxin.store.files import sync_folder

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_MAGIC = b"lianxin-sealed/1\n"
_SALT_BYTES, _TAG_BYTES, _NONCE_BYTES = 32, 16, 12
CHUNK_BYTES = 256 * 1024

RandomBytes = Callable[[int], bytes]


class SealedFileMissing(StoreProblem):
    """A sealed file the records speak of is not on the disk."""

    code = "D160"

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"没有找到加密文件 {path.name}，其他数据没有改动。它可能被移走或删除，请从备份恢复后再打开。"
        )


class SealedFileDamaged(StoreProblem):
    """A sealed file is cut short, changed, put together from others or sealed under another key."""

    code = "D161"

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"加密文件 {path.name} 已损坏或被改动，没有采用，其他数据没有改动。请从备份恢复后再打开。"
        )


class WrongContent(StoreProblem):
    """The bytes to be sealed are not those that were announced."""

    code = "D162"

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            "文件在保存时发生了变化，没有保存，已有的数据没有改动。请关闭正在修改它的程序后再试。"
        )


@dataclass(frozen=True)
class Sealed:
    """What went into a sealed file: plain bytes counted, and their SHA-256 as 64 hex digits."""

    size: int
    sha256: str


def seal_file(
    path: Path,
    chunks: Iterable[bytes],
    key: bytes,
    *,
    about: bytes = b"",
    expected: str | None = None,
    random: RandomBytes = secrets.token_bytes,
    durable: bool = True,
) -> Sealed:
    """Write ``chunks`` (of any sizes) sealed under the 32-byte ``key``; on the disk before it has its name.

    ``about`` says what the file is for (its name, its bundle): the same must be given to open it, so two
    sealed files cannot change places. ``expected`` is the SHA-256 the bytes must have (WrongContent).
    Without ``durable`` the caller forces it to the disk. Raises OSError and whatever ``chunks`` raises; ``path``
    is then as before.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}-{random(4).hex()}.part")
    digest, size = hashlib.sha256(), 0
    try:
        with part.open("xb") as out:
            salt = random(_SALT_BYTES)
            out.write(_MAGIC + salt)
            cipher = _cipher(key, salt)
            for number, last, piece in _numbered(_even(chunks)):
                digest.update(piece)
                size += len(piece)
                out.write(cipher.encrypt(_nonce(number), piece, _bound(about, number, last)))
            if durable:
                out.flush()
                os.fsync(out.fileno())
        if expected not in (None, digest.hexdigest()):
            raise WrongContent(path)
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)
    return Sealed(size, digest.hexdigest())


def sealed_chunks(path: Path, key: bytes, *, about: bytes = b"") -> Iterator[bytes]:
    """The plain bytes of a sealed file, at most 256 KiB at a time; each piece was proven before it is given.

    A cut or changed file raises SealedFileDamaged no later than its end, so use nothing before the last
    piece came. Raises SealedFileMissing, SealedFileDamaged, OSError.
    """
    from cryptography.exceptions import InvalidTag

    try:
        source = path.open("rb")
    except FileNotFoundError:
        raise SealedFileMissing(path) from None
    with source:
        if source.read(len(_MAGIC)) != _MAGIC:
            raise SealedFileDamaged(path)
        salt = source.read(_SALT_BYTES)
        if len(salt) != _SALT_BYTES:
            raise SealedFileDamaged(path)
        cipher = _cipher(key, salt)
        for number, last, piece in _numbered(_stored(source)):
            try:
                plain = cipher.decrypt(_nonce(number), piece, _bound(about, number, last))
            except (InvalidTag, ValueError):
                raise SealedFileDamaged(path) from None
            if plain:
                yield plain


def sealed_size(path: Path) -> int:
    """Plain bytes of a sealed file by its length on the disk alone; raises SealedFileMissing, SealedFileDamaged."""
    try:
        stored = path.stat().st_size - len(_MAGIC) - _SALT_BYTES
    except FileNotFoundError:
        raise SealedFileMissing(path) from None
    pieces = -(-stored // (CHUNK_BYTES + _TAG_BYTES))
    if pieces < 1 or stored < pieces * _TAG_BYTES:
        raise SealedFileDamaged(path)
    return stored - pieces * _TAG_BYTES


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(key) != 32:
        raise ValueError("a sealing key has 32 bytes")
    return AESGCM(hmac.new(key, b"lianxin sealed file\0" + salt, hashlib.sha256).digest())


def _nonce(number: int) -> bytes:
    return number.to_bytes(_NONCE_BYTES, "big")


def _bound(about: bytes, number: int, last: bool) -> bytes:
    return _MAGIC + number.to_bytes(8, "big") + (b"\1" if last else b"\0") + about


def _even(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of CHUNK_BYTES, the last one shorter; nothing at all gives one empty piece."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) > CHUNK_BYTES:
            yield bytes(held[:CHUNK_BYTES])
            del held[:CHUNK_BYTES]
    yield bytes(held)


def _stored(source: BinaryIO) -> Iterator[bytes]:
    while piece := source.read(CHUNK_BYTES + _TAG_BYTES):
        yield piece


def _numbered(pieces: Iterable[bytes]) -> Iterator[tuple[int, bool, bytes]]:
    """Each piece with its number from 0 and whether it is the last; no piece at all gives one empty last one."""
    walk = iter(pieces)
    current, number = next(walk, b""), 0
    for following in walk:
        yield number, False, current
        current, number = following, number + 1
    yield number, True, current
