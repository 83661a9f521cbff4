"""The files of the office beside its database: each once, under the SHA-256 of its content, sealed at rest.

A file is on the disk before the entry that names it commits, and stays as long as a value in the ledger names it.
What a crash left in between, and what an erasure cut loose, is swept away.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from lianxin.domain.dictionary import Record, Spec, kinds
from lianxin.domain.streams import org_of
from lianxin.store.errors import StoreProblem
from lianxin.store.files import sync_folder
from lianxin.store.layout import BLOBS
from lianxin.store.sealed_files import SealedFileDamaged, seal_file, sealed_chunks, sealed_size
from lianxin.store.statements import run
from lianxin.store.tables import table_name

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from sqlalchemy import Connection

    from lianxin.store.record_store import RecordStore

_PURPOSE = "sealed attachments"
_NAME = re.compile(r"[0-9a-f]{64}")
_DAY_SECONDS = 24 * 3600
_HEAD_BYTES = 64
"""Enough of a sealed file to make the rest of it unreadable: magic and the random bytes of its key."""


class Blobs:
    """The sealed files of one data folder."""

    def __init__(self, home: Path, key: bytes) -> None:
        self._folder, self._key = home / BLOBS, key

    def keep(self, digest: str, chunks: Iterable[bytes]) -> int:
        """Keep these bytes under their SHA-256; on the disk when this returns. Answers their size.

        What is here already and sound is not written again; a damaged copy is replaced. Raises WrongContent
        when the bytes have another SHA-256, OSError; nothing new is then here.
        """
        path = self._path(digest)
        if self.sound(digest):
            return sealed_size(path)
        sealed = seal_file(path, chunks, self._key, about=digest.encode(), expected=digest)
        # The folder of this first pair of digits may be as new as the file.
        for folder in (path.parent, self._folder, self._folder.parent):
            sync_folder(folder)
        return sealed.size

    def keep_bytes(self, data: bytes) -> str:
        """Keep a file that is in memory; answers its SHA-256."""
        digest = hashlib.sha256(data).hexdigest()
        self.keep(digest, [data])
        return digest

    def holds(self, digest: str) -> bool:
        """Whether there is a file under this SHA-256, sound or not."""
        return self._path(digest).is_file()

    def size(self, digest: str) -> int:
        """Bytes of its content, without reading it. Raises SealedFileMissing, SealedFileDamaged."""
        return sealed_size(self._path(digest))

    def chunks(self, digest: str) -> Iterator[bytes]:
        """Its content by pieces, each proven. Raises SealedFileMissing, SealedFileDamaged, at the latest at the end."""
        path, found = self._path(digest), hashlib.sha256()
        for piece in sealed_chunks(path, self._key, about=digest.encode()):
            found.update(piece)
            yield piece
        if found.hexdigest() != digest:
            raise SealedFileDamaged(path)

    def open(self, digest: str) -> BinaryIO:
        """Its content as a readable stream, for what wants one. Raises as `chunks` does, while reading."""
        return cast("BinaryIO", BufferedReader(_Stream(self.chunks(digest))))

    def read(self, digest: str) -> bytes:
        """Its whole content. Raises as `chunks` does."""
        return b"".join(self.chunks(digest))

    def sound(self, digest: str) -> bool:
        """Whether it is here and every byte of it proves right."""
        try:
            for _ in self.chunks(digest):
                pass
        except StoreProblem:
            return False
        return True

    def every(self) -> Iterator[str]:
        """The SHA-256 of every file here, in order."""
        for folder in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
            for file in sorted(folder.iterdir()):
                if _NAME.fullmatch(file.name) and file.name.startswith(folder.name):
                    yield file.name

    def strange(self) -> Iterator[Path]:
        """Files that are no kept ones: what a crash left half written, or what somebody else put there."""
        for file in sorted(self._folder.rglob("*")):
            right = _NAME.fullmatch(file.name) and file.parent == self._path(file.name).parent
            if file.is_file() and not right:
                yield file

    def destroy(self, digest: str) -> None:
        """Take a file away so that its content does not come back from the freed disk either."""
        path = self._path(digest)
        try:
            with path.open("r+b") as sealed:
                # Without these random bytes nobody can make the key of the rest.
                sealed.write(bytes(_HEAD_BYTES))
                sealed.flush()
                os.fsync(sealed.fileno())
        except FileNotFoundError:
            return
        path.unlink(missing_ok=True)
        sync_folder(path.parent)

    def _path(self, digest: str) -> Path:
        if not _NAME.fullmatch(digest):
            raise ValueError("a kept file is named by 64 hex digits")
        return self._folder / digest[:2] / digest


class _Stream(RawIOBase):
    """Pieces as one readable stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, target: WriteableBuffer) -> int:
        if not self._rest:
            self._rest = memoryview(next(self._pieces, b""))
        room = memoryview(target).cast("B")
        count = min(len(room), len(self._rest))
        room[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


def blobs_of(store: RecordStore) -> Blobs:
    """The sealed files of an open ledger."""
    return Blobs(store.home, store.key.derived(_PURPOSE))


def sweep(store: RecordStore) -> int:
    """Takes away every file that no value in the ledger names any more, and half written ones; answers how many.

    It holds the one writer's lock, so that no entry commits while it decides: who adds a file looks again under
    that lock whether it is still there.
    """
    blobs = blobs_of(store)
    if not any(blobs.every()) and not any(blobs.strange()):
        return 0
    with store.bookkeeping() as connection:
        named = named_blobs(connection)
        loose = [digest for digest in blobs.every() if digest not in named]
        for digest in loose:
            blobs.destroy(digest)
    left = [file for file in blobs.strange() if file.suffix == ".part" and _old(file, store.now())]
    for file in left:
        file.unlink(missing_ok=True)
    return len(loose) + len(left)


def _old(file: Path, now: datetime) -> bool:
    # A younger one may be on its way in another window.
    return abs(now.timestamp() - file.stat().st_mtime) > _DAY_SECONDS


def named_blobs(connection: Connection) -> frozenset[str]:
    """The SHA-256 of every file that the journal names, also of removed records and unknown kinds."""
    rows = run(connection, "SELECT value FROM value WHERE state = 'known' AND length(value) = 66")
    quoted = (str(row[0]) for row in rows)
    beside = {text[1:-1] for text in quoted if _NAME.fullmatch(text[1:-1])}
    return frozenset(
        beside.union(
            *(_named_openly(connection, cls) for cls, spec in blob_fields() if not spec.withheld_able)
        )
    )


def _named_openly(connection: Connection, cls: type[Record]) -> set[str]:
    """What the entries of a kind name themselves: a field that is not personal has no value beside its entry."""
    sql = (
        f'SELECT CAST(e.line AS TEXT) FROM "{table_name(cls)}" AS r JOIN entry AS e INDEXED BY entry_record '
        "ON e.uid = r.uid AND e.kind = ?"
    )
    lines = (str(row[0]) for row in run(connection, sql, (cls.KIND,)))
    return {name for line in lines for name in _NAME.findall(line)}


def blob_fields() -> Iterator[tuple[type[Record], Spec]]:
    """The fields of the dictionary that name a kept file."""
    for cls in kinds():
        for spec in cls.specs():
            if spec.kind.name == "blob":
                yield cls, spec


def blob_problems(store: RecordStore, connection: Connection) -> Iterator[str]:
    """What is wrong between ledger and files, in Chinese sentences: missing, changed, left over.

    A file of another office may still be on its way; only our own must be here.
    """
    blobs = blobs_of(store)
    here = set(blobs.every())
    for cls, spec in blob_fields():
        sql = (
            f'SELECT uid, "{spec.wire}" FROM "{table_name(cls)}" WHERE "{spec.wire}" IS NOT NULL ORDER BY uid'
        )
        ours = _written_by(connection, cls.KIND, org_of(f"{store.replica}/office"))
        seen: dict[str, bool] = {}
        for row in run(connection, sql):
            uid, digest = str(row[0]), str(row[1])
            if digest not in here:
                if uid in ours:
                    yield f"{cls.LABEL} {uid} 的文件不见了，请从备份恢复"
                continue
            if digest not in seen:
                seen[digest] = blobs.sound(digest)
            if not seen[digest]:
                yield f"{cls.LABEL} {uid} 的文件已损坏或被改动，请从备份恢复"
    loose = len(here - named_blobs(connection)) + sum(1 for _ in blobs.strange())
    if loose:
        yield f"附件文件夹里有{loose}个没有登记的文件（多为断电留下），不影响数据，下次备份时自动清理"


def _written_by(connection: Connection, kind: str, org_code: str) -> frozenset[str]:
    rows = run(
        connection,
        "SELECT DISTINCT uid FROM entry WHERE kind = ? AND stream LIKE ?",
        (kind, f"{org_code}-%"),
    )
    return frozenset(str(row[0]) for row in rows)
