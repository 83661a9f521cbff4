"""Files of a record: attach in order, list, open a copy to look at, detach, erase."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import kind_named, kinds
from lianxin.domain.records import Attachment
from lianxin.office.access.access_log import note_access
from lianxin.office.attachable import MOST_BYTES, Judged, NotAttachable, PhotoChoices, judged, tidy_name
from lianxin.office.desk import Desk
from lianxin.store.blobs import blobs_of, sweep
from lianxin.store.errors import StoreProblem
from lianxin.store.files import why_not
from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change, RecordUnknown, Writing

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]

_VIEWING = "viewing"
"""Under the data folder: copies somebody is looking at, one folder each."""
_COPY_SECONDS = 12 * 3600
_CHOICES = "photo-choices"
_TELLING = ("name", "caption", "digest")
_TRIES = 3


@dataclass(frozen=True)
class Attached:
    """What became of the files: new attachments in order, files that were there already, refusals."""

    attachments: tuple[Attachment, ...] = ()
    same: tuple[str, ...] = ()
    refused: tuple[NotAttachable, ...] = ()
    smaller: int = 0
    places_removed: int = 0
    changes: tuple[Change, ...] = ()

    def words(self) -> str:
        """已添加附件25个，缩小照片24张，去掉拍摄位置3张."""
        told = [f"已添加附件{len(self.attachments)}个"] if self.attachments else []
        told += [f"缩小照片{self.smaller}张"] if self.smaller else []
        told += [f"去掉拍摄位置{self.places_removed}张"] if self.places_removed else []
        told += [f"{len(self.same)}个原来就有，没有重复添加"] if self.same else []
        told += [f"{len(self.refused)}个没有添加"] if self.refused else []
        return "，".join(told) or "没有可以添加的文件"


class Stopped(Exception):
    """The clerk stopped it; nothing was attached."""

    message = "已停止，没有添加附件，数据没有改动。"


class _Swept(Exception):
    """A file was swept between keeping it and naming it; it is kept again."""


def attach(
    desk: Desk,
    *,
    kind: str,
    uid: str,
    files: Sequence[Path],
    choices: PhotoChoices | None = None,
    caption: str | None = None,
    personal: bool = True,
    progress: Progress = lambda done, total, words: None,
    cancelled: Cancelled = lambda: False,
) -> Attached:
    """Attach files to one record in the order given, all in one transaction; a bad one does not stop the rest.

    `choices` None means what was chosen last. Raises RecordUnknown, Stopped, and OSError when the disk is full;
    then nothing is attached.
    """
    cls = kind_named(kind)
    chosen = choices or photo_choices(desk)
    with desk.store.reading() as reading:
        if reading.get(cls, uid) is None:
            raise RecordUnknown(cls.LABEL, uid)
        known = {each.digest for each in attachments_of(reading, [uid])}
    for last in range(_TRIES):
        taken = _taken(desk, files, chosen, known, progress, cancelled)
        try:
            return _named(desk, kind, uid, taken, caption, personal)
        except _Swept:
            if last == _TRIES - 1:
                raise
    raise AssertionError


def attachments_of(reading: Reading, owners: Sequence[str]) -> tuple[Attachment, ...]:
    """The attachments of these records, record by record, each in the order they were attached."""
    found = reading.children(Attachment, "owner", owners)
    rank = {owner: number for number, owner in enumerate(owners)}
    return tuple(sorted(found, key=lambda each: (rank[each.owner], each.place, each.uid)))


def detach(desk: Desk, uid: str) -> tuple[Change, ...]:
    """Take an attachment off its record; it can be brought back, so its file stays. Raises RecordUnknown."""
    with desk.store.writing(reason="移除附件") as writing:
        writing.remove(Attachment, uid)
        return tuple(writing.changes)


def erase_attachment(desk: Desk, uid: str) -> tuple[Change, ...]:
    """Take an attachment away for good, here and, when next sent, at the county. Raises RecordUnknown.

    Earlier backups still hold it; they go with their rotation.
    """
    with desk.store.writing(reason="清除附件") as writing:
        writing.erase(Attachment, uid, _TELLING)
        writing.remove(Attachment, uid)
        changes = tuple(writing.changes)
    sweep(desk.store)
    return changes


def open_copy(desk: Desk, uid: str, *, folder: Path | None = None) -> Path:
    """A copy to look at with the computer's own programs, in a private folder; logged when it is personal.

    Raises RecordUnknown, and SealedFileMissing or SealedFileDamaged when there is no whole file to show.
    """
    sweep_copies(desk)
    with desk.store.reading() as reading:
        record = reading.get(Attachment, uid)
    if record is None or record.digest is None:
        raise RecordUnknown(Attachment.LABEL, uid)
    data = content_of(desk, record)
    if record.personal:
        note_access(desk, f"附件 {record.name or record.uid}")
    return private_copy(desk, record.name or f"附件.{record.form}", [data], folder=folder)


def private_copy(desk: Desk, name: str, chunks: Iterable[bytes], *, folder: Path | None = None) -> Path:
    """A file to look at under a folder only this user reads; swept when nobody looks any more. Raises OSError."""
    place = folder or desk.store.home / _VIEWING / desk.store.random(6).hex()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = place / tidy_name(name)
    copy.touch(mode=0o600)
    with copy.open("wb") as out:
        out.writelines(chunks)
    # What is changed in a copy would be lost: let the other program say so at once.
    copy.chmod(0o400)
    return copy


def sweep_copies(desk: Desk, *, all_of_them: bool = False) -> None:
    """Take away the copies nobody looks at any more; those another program holds open stay till next time."""
    now = desk.store.now().timestamp()
    for folder in (desk.store.home / _VIEWING).glob("*"):
        if all_of_them or abs(now - folder.stat().st_mtime) > _COPY_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def content_of(desk: Desk, attachment: Attachment) -> bytes:
    """The bytes of an attachment, for showing it here. Raises SealedFileMissing, SealedFileDamaged, RecordUnknown."""
    if attachment.digest is None:
        raise RecordUnknown(Attachment.LABEL, attachment.uid)
    bring_received(desk, [attachment])
    return blobs_of(desk.store).read(attachment.digest)


def bring_received(desk: Desk, attachments: Iterable[Attachment] | None = None) -> int:
    """Takes files that came with received bundles in among the kept ones; answers how many.

    `attachments` None means every one. A file may come in a bundle before or after the one with its record, so
    it is looked for when it is wanted, and once for all when a backup is made. Raises SealedFileDamaged.
    """
    if attachments is None:
        with desk.store.reading() as reading:
            attachments = reading.all(Attachment)
    blobs, bundles = blobs_of(desk.store), KeptBundles(desk.store.home, desk.store.key)
    places, brought = bundles.places(), 0
    for each in attachments if places else ():
        name = f"attachments/{each.digest}.{each.form}"
        if each.digest is None or blobs.holds(each.digest):
            continue
        place = next((place for place in places if bundles.holds(place, name)), None)
        if place is not None:
            blobs.keep(each.digest, bundles.chunks(place, name))
            brought += 1
    return brought


def thumbnail_of(desk: Desk, attachment: Attachment, side: int) -> bytes | None:
    """A small PNG of a picture; None for what is no picture, or is not here whole."""
    from lianxin.documents.photos import NotAPicture, thumbnail

    if attachment.form not in ("jpg", "png"):
        return None
    try:
        return thumbnail(content_of(desk, attachment), side)
    except (StoreProblem, NotAPicture, OSError):
        return None


def in_order(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Files as people count them, 2 before 10; a folder stands for the files in it."""
    files: list[Path] = []
    for path in paths:
        files += [file for file in path.iterdir() if file.is_file()] if path.is_dir() else [path]
    shown = [file for file in files if not file.name.startswith(".") and file.name != "Thumbs.db"]
    return tuple(sorted(shown, key=lambda file: _counted(file.name)))


def owner_named(reading: Reading, words: str) -> tuple[str, str] | None:
    """(kind, uid) of the record with this uid or printed number; None when there is none."""
    for cls in kinds():
        if cls is not Attachment and reading.get(cls, words) is not None:
            return cls.KIND, words
    for cls in kinds():
        if cls.NUMBERED and (found := reading.keys(cls, Condition("number", "=", words), limit=1)):
            return cls.KIND, found[0]
    return None


def owner_of(desk: Desk, uid: str) -> tuple[str, str] | None:
    """(kind, uid) of the record an attachment belongs to; None when there is no such attachment here."""
    with desk.store.reading() as reading:
        found = reading.get(Attachment, uid)
    return None if found is None else (found.owner_kind, found.owner)


def photo_choices(desk: Desk) -> PhotoChoices:
    """What was last chosen for photos; at first both."""
    with desk.store.reading() as reading:
        told = reading.setting(_CHOICES)
    if not isinstance(told, dict):
        return PhotoChoices()
    return PhotoChoices(told.get("shrink") is not False, told.get("forget_place") is not False)


def remember_choices(desk: Desk, choices: PhotoChoices) -> None:
    """Keep the choices for the next files."""
    told: dict[str, JsonValue] = {"shrink": choices.shrink, "forget_place": choices.forget_place}
    desk.store.set_setting(_CHOICES, told)


def size_words(size: int) -> str:
    """1.2 MB, 340 KB."""
    return f"{size / (1 << 20):.1f} MB" if size >= 1 << 20 else f"{max(1, round(size / 1024))} KB"


@dataclass(frozen=True)
class _Taken:
    """Files that are on the disk now and wait for their entries."""

    files: tuple[tuple[str, Judged], ...]
    same: tuple[str, ...]
    refused: tuple[NotAttachable, ...]


def _taken(
    desk: Desk,
    files: Sequence[Path],
    choices: PhotoChoices,
    known: Iterable[str | None],
    progress: Progress,
    cancelled: Cancelled,
) -> _Taken:
    blobs, seen = blobs_of(desk.store), set(known)
    taken: list[tuple[str, Judged]] = []
    same: list[str] = []
    refused: list[NotAttachable] = []
    for number, file in enumerate(files):
        if cancelled():
            raise Stopped
        progress(number, len(files), file.name)
        try:
            found = judged(file.name, _read(file), choices)
        except NotAttachable as wrong:
            refused.append(wrong)
            continue
        digest = blobs.keep_bytes(found.data)
        if digest in seen:
            same.append(found.name)
            continue
        seen.add(digest)
        # The bytes are on the disk; twenty-five photos need not stay in memory as well.
        taken.append((digest, replace(found, data=b"")))
    progress(len(files), len(files), "")
    return _Taken(tuple(taken), tuple(same), tuple(refused))


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as source:
            return source.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotAttachable(tidy_name(file.name), f"读不出来（{why_not(error)}）") from error


def _named(desk: Desk, kind: str, uid: str, taken: _Taken, caption: str | None, personal: bool) -> Attached:
    """Write the entries; the files are looked for again under the lock, since a sweep may have come between."""
    refused = Attached(same=taken.same, refused=taken.refused)
    if not taken.files:
        return refused
    blobs = blobs_of(desk.store)
    made: list[Attachment] = []
    with desk.store.writing(reason="添加附件") as writing:
        place = _next_place(writing, uid)
        for digest, file in taken.files:
            if not blobs.holds(digest):
                raise _Swept
            record = Attachment(
                uid=writing.new_uid(),
                owner_kind=kind,
                owner=uid,
                place=place + len(made),
                name=file.name,
                caption=caption,
                day=desk.today(),
                form=file.form,
                size=blobs.size(digest),
                digest=digest,
                personal=personal,
            )
            writing.put(record)
            made.append(record)
        changes = tuple(writing.changes)
    return replace(
        refused,
        attachments=tuple(made),
        smaller=sum(file.smaller for _, file in taken.files),
        places_removed=sum(file.place_removed for _, file in taken.files),
        changes=changes,
    )


def _next_place(writing: Writing, owner: str) -> int:
    found = Reading(writing.connection).children(Attachment, "owner", [owner])
    return max((each.place for each in found), default=0) + 1


def _counted(name: str) -> list[tuple[int, int, str]]:
    parts = re.findall(r"\d+|\D+", name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
