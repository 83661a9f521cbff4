"""Open a received file and hand out its entries by stream, never more bytes than its directory promised."""

from __future__ import annotations

import hashlib
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from lianxin.bundle.codes import Code
from lianxin.bundle.limits import KIB, Limits
from lianxin.bundle.unsealing import Decrypt, decrypted, is_encrypted
from lianxin.bundle.verdicts import Refused
from lianxin.bundle.zipshape import STORED, ZipEntry, read_zip_shape

_CHUNK = 64 * KIB


@dataclass(frozen=True)
class OpenedZip:
    """An archive whose structure was checked; its stream belongs to `opened_zip`, which closes it."""

    stream: BinaryIO
    entries: tuple[ZipEntry, ...]

    def names(self) -> list[str]:
        """Return the entry names in file order."""
        return [entry.name for entry in self.entries]

    def entry(self, name: str) -> ZipEntry | None:
        """Return the entry of that exact name, or None."""
        for entry in self.entries:
            if entry.name == name:
                return entry
        return None

    def chunks(self, entry: ZipEntry) -> Iterator[bytes]:
        """Yield the unpacked bytes; length and CRC are checked at the end. Raises Refused (E106)."""
        unpacked = self._stored(entry) if entry.method == STORED else self._inflated(entry)
        crc = 0
        left = entry.size
        for chunk in unpacked:
            left -= len(chunk)
            if left < 0:
                raise Refused(Code.CORRUPT, entry.name)
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if left or crc != entry.crc:
            raise Refused(Code.CORRUPT, entry.name)

    def read(self, entry: ZipEntry, *, most: int) -> bytes:
        """Return the whole content of a small entry. Raises Refused (E104) beyond `most` bytes."""
        if entry.size > most:
            raise Refused(Code.TOO_BIG, entry.name)
        return b"".join(self.chunks(entry))

    def sha256(self, entry: ZipEntry) -> str:
        """Return the SHA-256 of the content, 64 hex digits."""
        digest = hashlib.sha256()
        for chunk in self.chunks(entry):
            digest.update(chunk)
        return digest.hexdigest()

    def _stored(self, entry: ZipEntry) -> Iterator[bytes]:
        position, left = entry.start, entry.packed_size
        while left:
            # Seeking each time lets two entries be read in turn.
            self.stream.seek(position)
            chunk = self.stream.read(min(_CHUNK, left))
            if not chunk:
                raise Refused(Code.CORRUPT, entry.name)
            position += len(chunk)
            left -= len(chunk)
            yield chunk

    def _inflated(self, entry: ZipEntry) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        for packed in self._stored(entry):
            while packed:
                if inflater.eof:
                    raise Refused(Code.CORRUPT, entry.name)
                try:
                    chunk = inflater.decompress(packed, _CHUNK)
                except zlib.error:
                    raise Refused(Code.CORRUPT, entry.name) from None
                if chunk:
                    yield chunk
                packed = inflater.unconsumed_tail or inflater.unused_data
        yield from self._rest(inflater, entry)

    def _rest(self, inflater: zlib._Decompress, entry: ZipEntry) -> Iterator[bytes]:
        while not inflater.eof:
            try:
                chunk = inflater.decompress(b"", _CHUNK)
            except zlib.error:
                raise Refused(Code.CORRUPT, entry.name) from None
            if not chunk:
                raise Refused(Code.CORRUPT, entry.name)
            yield chunk


@contextmanager
def opened_zip(
    path: str | os.PathLike[str],
    limits: Limits,
    *,
    decrypt: Decrypt | None = None,
    scratch: str | os.PathLike[str] | None = None,
) -> Iterator[OpenedZip]:
    """Open `path` for reading only, check its structure, close it at the end. Raises Refused (E1xx, E502).

    An encrypted file is decrypted into a private file under `scratch` that is gone at the end.
    """
    try:
        # Never open a pipe or a device: that could wait for ever.
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise Refused(Code.NOT_ZIP, "这是文件夹或设备")
    except (OSError, ValueError) as error:
        raise Refused(Code.CORRUPT, _unreadable(error)) from error
    try:
        with open(path, "rb") as stream, _readable(stream, limits, decrypt, scratch) as opened:
            yield OpenedZip(opened, read_zip_shape(opened, limits))
    except OSError as error:
        raise Refused(Code.CORRUPT, _unreadable(error)) from error


@contextmanager
def _readable(
    stream: BinaryIO, limits: Limits, decrypt: Decrypt | None, scratch: str | os.PathLike[str] | None
) -> Iterator[BinaryIO]:
    if not is_encrypted(stream):
        yield stream
    elif decrypt is None:
        raise Refused(Code.CANNOT_DECRYPT)
    else:
        with decrypted(stream, decrypt, limits, scratch) as opened:
            yield opened


def _unreadable(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "找不到文件，U盘可能已拔出"
    if isinstance(error, PermissionError):
        return "没有权限读取，或文件正被别的程序占用"
    return "读取文件时出错，U盘可能已拔出或损坏"
