"""The backup container: a stored ZIP with the encrypted database, its keyring, folders and a manifest.

Everything in it but the manifest is encrypted already, and the manifest names nobody. Reading trusts
nothing: names, sizes and hashes are checked before a byte reaches its place.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from lianxin.domain.canonical import JsonValue, NotCanonical, canonical, parse_strict
from lianxin.store.backup_inside import Inside, inside_in
from lianxin.store.errors import StoreProblem
from lianxin.store.files import CHUNK
from lianxin.store.layout import DATABASE_NAME, KEPT_FOLDERS, KEYRING_NAME

SUFFIX = ".lxbak"
_FORMAT = "lianxin-backup/1"
_MANIFEST = "manifest.json"
_MAX_MANIFEST = 64 << 20
_SPARE_ROOM = 16 << 20
_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')

#: (bytes done, bytes in all)
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class NotABackup(StoreProblem):
    """The chosen file is no backup of this program."""

    code = "D150"

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path.name} 不是连心的备份文件，没有恢复，现有数据没有改动。请另选一个备份文件。")


class BackupDamaged(StoreProblem):
    """A backup whose content is not what its manifest says."""

    code = "D151"

    def __init__(self, path: Path, what: str) -> None:
        self.path, self.what = path, what
        super().__init__(
            f"备份文件 {path.name} 已损坏（{what}），没有恢复，现有数据没有改动。请改用另一个备份文件。"
        )


class NoRoom(StoreProblem):
    """The disk has too little room for what is about to be written."""

    code = "D152"

    def __init__(self, folder: Path, needed: int) -> None:
        self.folder, self.needed = folder, needed
        super().__init__(
            f"{folder} 所在磁盘空间不够，还需要约 {needed // (1 << 20) + 1} MB，没有做，数据没有改动。"
            "请腾出空间后再试。"
        )


class Stopped(StoreProblem):
    """The clerk pressed stop."""

    code = "D153"

    def __init__(self) -> None:
        super().__init__("已停止，没有做完，数据没有改动。需要时可以重新开始。")


_EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Member:
    """One file of a backup; ``path`` is relative to the data folder, with forward slashes."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class BackupFacts:
    """What a backup says of itself; ``entries`` counts journal entries, ``revision`` is the schema's.

    ``left`` names the kept folders that are not in it and stay where they are when it is restored: an automatic
    backup lies beside its attachments, which nobody writes twice. ``inside`` is None in backups of before.
    """

    made_at: datetime
    revision: str
    entries: int
    key_id: str
    files: tuple[Member, ...]
    left: tuple[str, ...] = ()
    inside: Inside | None = None

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(member.size for member in self.files)


@dataclass(frozen=True)
class Source:
    """A file to be packed under a path of the data folder."""

    path: str
    file: Path


class Meter:
    """Counts bytes towards a known total, reports them and stops when asked."""

    def __init__(self, total: int, progress: Progress, cancelled: Cancelled) -> None:
        self._done, self._total = 0, total
        self._progress, self._cancelled = progress, cancelled

    def add(self, count: int) -> None:
        """Report ``count`` more bytes; raises Stopped."""
        if self._cancelled():
            raise Stopped
        self._done = min(self._done + count, self._total)
        self._progress(self._done, self._total)


def kept_files(home: Path, without: tuple[str, ...] = ()) -> list[Source]:
    """The files of the kept folders in a fixed order; unfinished ones (hidden or .part) are left out."""
    found: list[Source] = []
    for folder in KEPT_FOLDERS:
        if folder in without:
            continue
        for file in sorted((home / folder).rglob("*")):
            if file.is_file() and not file.name.startswith(".") and file.suffix != ".part":
                found.append(Source(file.relative_to(home).as_posix(), file))
    return found


def pack(out: BinaryIO, sources: list[Source], facts: BackupFacts, meter: Meter) -> BackupFacts:
    """Write the container; answers the facts with what was truly packed.

    A kept file that vanished meanwhile (an erasure) is left out: what refers to it is erased as well.
    """
    members: list[Member] = []
    # A clock that lost its battery says 1970, which the container cannot; the manifest tells what it said.
    stamp = max(_EARLIEST, facts.made_at.timetuple()[:6])
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as container:
        for source in sources:
            try:
                content = source.file.open("rb")
            except FileNotFoundError:
                continue
            with content:
                info = zipfile.ZipInfo(source.path, stamp)
                info.file_size = os.fstat(content.fileno()).st_size
                digest, size = hashlib.sha256(), 0
                with container.open(info, "w") as target:
                    while piece := content.read(CHUNK):
                        target.write(piece)
                        digest.update(piece)
                        size += len(piece)
                        meter.add(len(piece))
            members.append(Member(source.path, size, digest.hexdigest()))
        packed = replace(facts, files=tuple(members))
        container.writestr(zipfile.ZipInfo(_MANIFEST, stamp), canonical(_manifest(packed)))
    return packed


def read_facts(path: Path) -> BackupFacts:
    """What a backup says of itself, from its manifest alone; raises NotABackup, BackupDamaged."""
    with _opened(path) as container:
        return _facts(path, container)


def check_members(path: Path, meter: Meter) -> BackupFacts:
    """Read every byte of a backup back and compare it with the manifest."""
    with _opened(path) as container:
        facts = _facts(path, container)
        for member in facts.files:
            _copy(path, container, member, None, meter)
        return facts


def unpack(path: Path, folder: Path, progress: Progress, cancelled: Cancelled) -> BackupFacts:
    """Write a backup's files under an empty folder, checked and forced to the disk.

    Raises NotABackup, BackupDamaged, NoRoom, Stopped; what was written so far is the caller's to remove.
    """
    with _opened(path) as container:
        facts = _facts(path, container)
        require_room(folder, facts.size)
        meter = Meter(facts.size, progress, cancelled)
        for member in facts.files:
            target = folder / member.path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as out:
                _copy(path, container, member, out, meter)
                out.flush()
                os.fsync(out.fileno())
        return facts


def require_room(folder: Path, size: int) -> None:
    """Raise NoRoom unless ``size`` bytes and a little more fit on the folder's disk."""
    if shutil.disk_usage(folder).free < size + _SPARE_ROOM:
        raise NoRoom(folder, size + _SPARE_ROOM)


class _Container:
    """A ZIP whose members were checked to be plain stored files with unique names."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.members: dict[str, zipfile.ZipInfo] = {}
        for info in archive.infolist():
            if (
                info.filename in self.members
                or info.compress_type != zipfile.ZIP_STORED
                or info.flag_bits & 1
            ):
                raise BackupDamaged(path, info.filename)
            self.members[info.filename] = info

    def open(self, name: str) -> Iterator[bytes]:
        with self._archive.open(self.members[name]) as source:
            while piece := source.read(CHUNK):
                yield piece

    def __enter__(self) -> _Container:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()


def _opened(path: Path) -> _Container:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        raise NotABackup(path) from None
    try:
        return _Container(path, archive)
    except BaseException:
        archive.close()
        raise


def _facts(path: Path, container: _Container) -> BackupFacts:
    manifest = container.members.get(_MANIFEST)
    if manifest is None or manifest.file_size > _MAX_MANIFEST:
        raise NotABackup(path)
    try:
        facts = _read_manifest(parse_strict(b"".join(container.open(_MANIFEST))))
    except (NotCanonical, ValueError, zipfile.BadZipFile):
        raise NotABackup(path) from None
    named = {member.path: member.size for member in facts.files}
    packed = {name: info.file_size for name, info in container.members.items() if name != _MANIFEST}
    if named != packed or len(named) != len(facts.files):
        raise BackupDamaged(path, "文件清单不符")
    for needed in (DATABASE_NAME, KEYRING_NAME):
        if needed not in named:
            raise BackupDamaged(path, needed)
    for name in named:
        if not _belongs(name):
            raise BackupDamaged(path, name)
    return facts


def _belongs(name: str) -> bool:
    parts = name.split("/")
    if _UNSAFE.search(name) or any(part != part.strip(". ") or not part for part in parts):
        return False
    return name in (DATABASE_NAME, KEYRING_NAME) or (len(parts) > 1 and parts[0] in KEPT_FOLDERS)


def _copy(path: Path, container: _Container, member: Member, out: BinaryIO | None, meter: Meter) -> None:
    digest, size = hashlib.sha256(), 0
    try:
        for piece in container.open(member.path):
            digest.update(piece)
            size += len(piece)
            if out is not None:
                out.write(piece)
            meter.add(len(piece))
    except (zipfile.BadZipFile, EOFError):
        raise BackupDamaged(path, member.path) from None
    if (size, digest.hexdigest()) != (member.size, member.sha256):
        raise BackupDamaged(path, member.path)


def _manifest(facts: BackupFacts) -> JsonValue:
    # Not said where there is nothing to say, so that such a backup opens in the programs of before.
    more: dict[str, JsonValue] = {"left": list(facts.left)} if facts.left else {}
    if facts.inside is not None:
        more["inside"] = facts.inside.as_json()
    return {
        **more,
        "format": _FORMAT,
        "made_at": facts.made_at.isoformat(),
        "revision": facts.revision,
        "entries": facts.entries,
        "key_id": facts.key_id,
        "files": [{"path": m.path, "size": m.size, "sha256": m.sha256} for m in facts.files],
    }


def _read_manifest(content: JsonValue) -> BackupFacts:
    facts = _object(content)
    if facts.get("format") != _FORMAT:
        raise ValueError("another format")
    files = facts.get("files")
    if not isinstance(files, list):
        raise ValueError("no list of files")
    members = (_object(file) for file in files)
    left = facts.get("left")
    return BackupFacts(
        made_at=datetime.fromisoformat(_text(facts, "made_at")),
        revision=_text(facts, "revision"),
        entries=_whole(facts, "entries"),
        key_id=_text(facts, "key_id"),
        files=tuple(Member(_text(m, "path"), _whole(m, "size"), _text(m, "sha256")) for m in members),
        left=tuple(each for each in KEPT_FOLDERS if isinstance(left, list) and each in left),
        inside=inside_in(facts.get("inside")),
    )


def _object(value: JsonValue) -> Mapping[str, JsonValue]:
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def _text(facts: Mapping[str, JsonValue], name: str) -> str:
    value = facts.get(name)
    if not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    return value


def _whole(facts: Mapping[str, JsonValue], name: str) -> int:
    value = facts.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{name} is no count")
    return value
