"""Kept bundles: every member of a received file opened and sealed at rest, one folder per file (journal.md).

Names on the disk say nothing; a member is bound to its folder and name, so none can change places.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from lianxin.domain.canonical import canonical
from lianxin.store.files import sync_file, sync_folder
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.sealed_files import SealedFileMissing, seal_file, sealed_chunks

FOLDER = "bundles"
_PASSING = "incoming-"
_NAMES = "names"
_AT_ONCE = 8


class KeptBundles:
    """The folder `bundles` of a data folder, under the database's key."""

    def __init__(self, home: Path, key: DatabaseKey) -> None:
        self.folder = home / FOLDER
        self._key = key.derived("kept bundles")

    def keep(self, place: str, members: Iterable[tuple[str, Iterable[bytes]]]) -> None:
        """Writes a folder of members (name, bytes) under a passing name; `settle` gives it its place.

        Raises OSError and whatever the members raise; nothing is then left.
        """
        folder = self._passing(place)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            names = []
            for name, chunks in members:
                seal_file(
                    folder / _disk_name(name), chunks, self._key, about=_about(place, name), durable=False
                )
                names.append(name)
            told = [canonical(names)]
            seal_file(
                folder / _disk_name(_NAMES), told, self._key, about=_about(place, _NAMES), durable=False
            )
            _force(folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def settle(self, place: str) -> None:
        """Puts what `keep` wrote in its place, over what was there."""
        target = self.folder / place
        shutil.rmtree(target, ignore_errors=True)
        self._passing(place).replace(target)
        sync_folder(self.folder)

    def drop(self, place: str) -> None:
        """Takes a folder away, settled or not."""
        for folder in (self._passing(place), self.folder / place):
            shutil.rmtree(folder, ignore_errors=True)

    def drop_passing(self, place: str) -> None:
        """Takes away what `keep` wrote and nobody settled."""
        shutil.rmtree(self._passing(place), ignore_errors=True)

    def sweep(self) -> None:
        """Takes away what a killed reception left; nobody else is receiving."""
        for left in self.folder.glob(f"{_PASSING}*"):
            shutil.rmtree(left, ignore_errors=True)

    def names(self, place: str) -> list[str]:
        """The members of a kept file. Raises SealedFileMissing, SealedFileDamaged."""
        told: object = json.loads(b"".join(self.chunks(place, _NAMES)))
        return [str(name) for name in told] if isinstance(told, list) else []

    def holds(self, place: str, name: str) -> bool:
        """Whether this member is (still) kept."""
        return (self._where(place) / _disk_name(name)).exists()

    def chunks(self, place: str, name: str) -> Iterator[bytes]:
        """The bytes of a member. Raises SealedFileMissing, SealedFileDamaged."""
        return sealed_chunks(self._where(place) / _disk_name(name), self._key, about=_about(place, name))

    def lines(self, place: str, name: str) -> Iterator[bytes]:
        """The lines of a member without their ends; none when it is not there."""
        if self.holds(place, name):
            yield from lines_of(self.chunks(place, name))

    def keep_lines(self, place: str, name: str, wanted: Callable[[bytes], bool]) -> None:
        """Writes a member anew with only the wanted lines."""
        left = (line + b"\n" for line in list(self.lines(place, name)) if wanted(line))
        seal_file(self._where(place) / _disk_name(name), left, self._key, about=_about(place, name))

    def put_back(self, place: str, name: str, chunks: Iterable[bytes]) -> None:
        """Keeps a member again that was taken away. Raises OSError and whatever the chunks raise."""
        seal_file(self._where(place) / _disk_name(name), chunks, self._key, about=_about(place, name))

    def remove(self, place: str, name: str) -> None:
        """Takes one member away for good; its name stays in the list."""
        (self._where(place) / _disk_name(name)).unlink(missing_ok=True)

    def places(self) -> list[str]:
        """The folders that are here."""
        if not self.folder.is_dir():
            return []
        return sorted(
            each.name
            for each in self.folder.iterdir()
            if each.is_dir() and not each.name.startswith(_PASSING)
        )

    def damage(self, place: str) -> str | None:
        """What is wrong with a kept file in a few words; None when every member opens."""
        from lianxin.store.errors import StoreProblem

        try:
            for name in self.names(place):
                for _ in self.chunks(place, name) if self.holds(place, name) else ():
                    pass
        except SealedFileMissing:
            return "文件不见了"
        except (StoreProblem, ValueError):
            return "文件已损坏"
        return None

    def _passing(self, place: str) -> Path:
        return self.folder / f"{_PASSING}{place}"

    def _where(self, place: str) -> Path:
        passing = self._passing(place)
        return passing if passing.exists() else self.folder / place


def _force(folder: Path) -> None:
    """All files of a folder to the disk at once: one after another each would wait for the medium by itself."""
    list(_workers().map(sync_file, folder.iterdir()))
    sync_folder(folder)


@lru_cache(maxsize=1)
def _workers() -> ThreadPoolExecutor:
    """Kept from file to file: two hundred that lie on one stick would begin and end a thousand threads."""
    return ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="lianxin-sync")


def lines_of(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Lines of a stream of bytes without their ends."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
    if rest:
        yield rest


def _disk_name(name: str) -> str:
    return f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.sealed"


def _about(place: str, name: str) -> bytes:
    return f"{place}\0{name}".encode()
