"""A batch of files at the county: looked at first, then received; every file told with its records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lianxin.county.received.file_review import FileReview, HintTold, hints_told
from lianxin.county.received.files_told import FileTold, told_of_verdicts
from lianxin.county.received.hints.looking import hints_of_preview
from lianxin.county.received.plain_reports import with_plain_read
from lianxin.county.received.records_told import RecordTold, records_told
from lianxin.office.desk import Desk
from lianxin.office.receiving.receive import files_of, receive
from lianxin.office.receiving.verdict import FileVerdict
from lianxin.office.safekeeping.backups import back_up_before
from lianxin.store.reading import Reading

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class Batch:
    """The files in their order, and by the key of a file what it does to records."""

    paths: tuple[Path, ...]
    files: tuple[FileTold, ...] = ()
    records: Mapping[str, tuple[RecordTold, ...]] | None = None
    hints: Mapping[str, tuple[HintTold, ...]] | None = None

    def count(self, verdict: str) -> int:
        """How many files have this verdict."""
        return sum(1 for each in self.files if each.verdict == verdict)

    @property
    def to_take(self) -> int:
        """How many files 接收 would do something with."""
        return sum(1 for each in self.files if each.looked_at and each.takes_part)

    def records_of(self, key: str) -> tuple[RecordTold, ...]:
        """The records of one file."""
        return (self.records or {}).get(key, ())

    def review_of(self, key: str) -> FileReview:
        """What a preview said of one file."""
        return FileReview((self.hints or {}).get(key, ()), self.records_of(key))

    def without(self, gone: str, waiting: Collection[str]) -> Batch:
        """The batch after the file kept at `gone` was taken back, and those that then wait for it again."""
        return replace(self, files=tuple(_after(each, gone, waiting) for each in self.files))


def look_at(desk: Desk, paths: Sequence[Path], *, progress: Progress, cancelled: Cancelled) -> Batch:
    """Verifies files and says what receiving them would do; nothing is stored. Raises as `receive`."""
    files = files_of(paths)
    records: dict[str, tuple[RecordTold, ...]] = {}
    hints: dict[str, tuple[HintTold, ...]] = {}

    def look(reading: Reading, verdicts: Sequence[FileVerdict]) -> None:
        records.update(_records(reading, verdicts))
        for each in verdicts:
            key = each.outcome.file
            found = hints_of_preview(desk, reading, each)
            hints[key] = hints_told(reading, found, records.get(key, ()))

    found = receive(desk, files, preview=True, progress=progress, cancelled=cancelled, look=look)
    with desk.store.reading() as reading:
        told = told_of_verdicts(reading, found, looked_at=True)
    return Batch(tuple(files), told, records, hints)


def take(desk: Desk, before: Batch, *, progress: Progress, cancelled: Cancelled) -> Batch:
    """Receives a batch that was looked at. Files a stop left out stay as they were told. Raises as `receive`."""
    back_up_before(desk, "接收报送件")
    found = with_plain_read(desk, receive(desk, before.paths, progress=progress, cancelled=cancelled))
    with desk.store.reading() as reading:
        told = {each.key: each for each in told_of_verdicts(reading, found, looked_at=False)}
        records = {**(before.records or {}), **_records(reading, found)}
    now = tuple(told.get(each.key, each) for each in before.files)
    return Batch(before.paths, now, records, before.hints)


def _records(reading: Reading, verdicts: Sequence[FileVerdict]) -> Mapping[str, tuple[RecordTold, ...]]:
    return {each.outcome.file: records_told(reading, each.records) for each in verdicts if each.records}


def _after(told: FileTold, gone: str, waiting: Collection[str]) -> FileTold:
    """A file of the batch after another was taken back."""
    if told.looked_at or not told.place:
        return told
    if told.place == gone and told.verdict in ("accept", "conflict", "hold"):
        return replace(told, verdict="taken_back", message="已从台账里撤回。", next="要用时请重新接收原文件")
    if told.place in waiting and told.verdict in ("accept", "conflict"):
        return replace(
            told, verdict="hold", message="它前面的一份已撤回，重新暂存等待。", next="等前面的报送件"
        )
    return told
