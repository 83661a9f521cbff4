"""Parts: the files a bundle carries, measured before anything is signed and read by stream when it is written."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import BinaryIO

from lianxin.bundle.filetypes import file_type
from lianxin.bundle.manifest import ListedFile, Role
from lianxin.bundle.zipwriting import chunks_of

_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True)
class Part:
    """One file of a bundle: its path inside ("/"), what it is, its measure, and how to read it from the start.

    `sha256` is 64 hex digits; `personal` says that it holds personal data, so that it may travel encrypted only.
    `fixed` are bytes held in memory, which cannot become others between being measured and being written.
    """

    path: str
    role: Role
    size: int
    sha256: str
    media_type: str
    personal: bool
    open: Callable[[], BinaryIO]
    fixed: bool = False

    def listed(self) -> ListedFile:
        """The line of the manifest that vouches for it."""
        return ListedFile(self.path, self.size, self.sha256, self.role, self.media_type, self.personal)


def part_of_bytes(path: str, role: Role, data: bytes, *, personal: bool = False) -> Part:
    """A small file held in memory."""
    digest = hashlib.sha256(data).hexdigest()
    return replace(_part(path, role, len(data), digest, personal, lambda: io.BytesIO(data)), fixed=True)


def part_of_stream(path: str, role: Role, source: Callable[[], BinaryIO], *, personal: bool = False) -> Part:
    """Whatever can be opened twice: measured now, and read again when it is written. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    with source() as stream:
        for chunk in chunks_of(stream):
            digest.update(chunk)
            size += len(chunk)
    return _part(path, role, size, digest.hexdigest(), personal, source)


def _part(
    path: str, role: Role, size: int, sha256: str, personal: bool, source: Callable[[], BinaryIO]
) -> Part:
    path = unicodedata.normalize("NFC", path)
    kind = file_type(path)
    return Part(path, role, size, sha256, kind.media_type if kind else _UNKNOWN, personal, source)
