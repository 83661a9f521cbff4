"""Backups of the office: the automatic ones on this computer, and those in the second place.

The automatic ones hold the ledger and its keys and lie beside the attachments, so they cost little and are made
whenever something changed; a backup in the second place holds everything.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lianxin import __version__
from lianxin.domain.canonical import JsonValue
from lianxin.domain.dates import show_day
from lianxin.domain.records import Activity, Contact, Meeting, Opinion, Person, ReceptionDay, Suggestion
from lianxin.office.desk import Desk, NotSetUp, office_of
from lianxin.office.safekeeping.elsewhere import remember_place
from lianxin.office.safekeeping.keeping import put_in_order
from lianxin.store import backup as backing_up
from lianxin.store.backup_file import Cancelled, Progress, read_facts
from lianxin.store.backup_inside import Inside, describe, mark_of
from lianxin.store.backup_rotation import prune
from lianxin.store.errors import StoreProblem
from lianxin.store.layout import AUTOMATIC, BLOBS, KEPT_BUNDLES
from lianxin.store.reading import Reading

_LAST, _LAST_SECOND, _SECOND = "last-backup", "last-second-backup", "second-place"
REMIND_DAYS = 7
"""After so many days without a backup in the second place the first page says so, unless told otherwise."""
_LEFT = (BLOBS, KEPT_BUNDLES)
"""What an automatic backup leaves where it is: files that are written once and never changed."""
_COUNTED = (Contact, Opinion, Suggestion, Person, ReceptionDay, Activity, Meeting)


@dataclass(frozen=True)
class LastBackup:
    """When and where a backup was made, and what stood in the ledger then (see `mark_of`)."""

    at: datetime
    path: str
    mark: str = ""

    def words(self, now: datetime) -> str:
        """上次备份：今天 16:20, or the day of it."""
        return f"上次备份：{_day(self.at, now)} {self.at:%H:%M}"


@dataclass(frozen=True)
class SecondPlace:
    """The folder on another drive or a stick ("" until one was chosen), and after how many days to remind."""

    path: str = ""
    days: int = REMIND_DAYS


def back_up(
    desk: Desk,
    to: Path,
    *,
    progress: Progress = backing_up.quiet,
    cancelled: Cancelled = backing_up.never,
) -> Path:
    """A verified backup of everything in a folder, remembered as the latest. Raises BackupFailed and its kin."""
    put_in_order(desk)
    return _made(desk, to, (), progress, cancelled)


def remember(desk: Desk, path: Path) -> None:
    """This file is the latest backup; one outside the data folder also the latest in a second place."""
    told = _told(desk, path)
    desk.store.set_setting(_LAST, told)
    if not path.resolve().is_relative_to(desk.store.home.resolve()):
        remember_place(desk.store.home, path.parent)
        desk.store.set_setting(_LAST_SECOND, told)


def back_up_automatically(
    desk: Desk, *, progress: Progress = backing_up.quiet, cancelled: Cancelled = backing_up.never
) -> Path | None:
    """A backup in the data folder; None when nothing changed since the latest. Thins out the old ones.

    Raises BackupFailed and its kin.
    """
    folder = desk.store.home / AUTOMATIC
    with desk.store.reading() as reading:
        if not has_changed(reading):
            return None
    path = _made(desk, folder, _LEFT, progress, cancelled)
    prune(folder, keep=path)
    return path


def back_up_before(desk: Desk, what: str) -> None:
    """An automatic backup before something big, such as an import; that it failed is noted and stops nothing."""
    try:
        back_up_automatically(desk)
    except StoreProblem as problem:
        desk.store.note(f"{what}前的备份没有做成", problem.message)


def has_changed(reading: Reading) -> bool:
    """Whether anything was written since the latest backup, or that backup is gone."""
    last = last_backup(reading)
    return last is None or last.mark != mark_of(reading) or not Path(last.path).exists()


def last_backup(reading: Reading) -> LastBackup | None:
    """The latest backup of this ledger wherever it lies; None when there was none."""
    return _read(reading.setting(_LAST))


def last_second_backup(reading: Reading) -> LastBackup | None:
    """The latest backup outside the data folder; None when there was none."""
    return _read(reading.setting(_LAST_SECOND))


def second_place(reading: Reading) -> SecondPlace:
    """The second place as it was chosen."""
    told = reading.setting(_SECOND)
    if not isinstance(told, dict):
        return SecondPlace()
    path, days = told.get("path"), told.get("days")
    return SecondPlace(str(path or ""), days if isinstance(days, int) and days > 0 else REMIND_DAYS)


def choose_second_place(desk: Desk, place: SecondPlace) -> None:
    """Remembers the second place and its rule, also where a ledger that no longer opens finds it."""
    if place.path:
        remember_place(desk.store.home, Path(place.path))
    desk.store.set_setting(_SECOND, {"path": place.path, "days": place.days})


def second_overdue(reading: Reading, now: datetime) -> str:
    """Why a backup in the second place is due, in a few words; empty when it is not."""
    last = last_second_backup(reading)
    if last is None:
        return "还没有在U盘或另一块盘上备份过"
    days = (now.date() - last.at.date()).days
    if days < -1:
        return "上次另存备份的时间比现在还晚，请核对电脑的日期"
    return f"U盘或另一块盘上的备份已有{days}天" if days > second_place(reading).days else ""


def backup_line(reading: Reading, now: datetime) -> str:
    """The words of the status line: 上次备份：今天 16:20 ✓ 本机，3月5日 U盘."""
    last, second = last_backup(reading), last_second_backup(reading)
    if last is None:
        return "还没有备份"
    if second is not None and second.path == last.path:
        return f"{last.words(now)} ✓ 另一处"
    more = f"，{_day(second.at, now)} 另一处" if second else ""
    return f"{last.words(now)} ✓ 本机{more}"


def describe_office(reading: Reading) -> Inside | None:
    """What the manifest of a backup tells of this office; None when there is none yet."""
    try:
        office = office_of(reading).name
    except NotSetUp:
        return None
    return describe(reading, office=office, version=__version__, counted=_COUNTED)


def _made(desk: Desk, to: Path, without: tuple[str, ...], progress: Progress, cancelled: Cancelled) -> Path:
    store = desk.store
    path = backing_up.backup(
        store.engine, store.key, store.home, to, now=store.now(), progress=progress, cancelled=cancelled,
        without=without, describe=describe_office,
    )  # fmt: skip
    remember(desk, path)
    return path


def _told(desk: Desk, path: Path) -> dict[str, JsonValue]:
    # What was written while the backup was made is not in it, so its own mark is remembered and not today's.
    inside = read_facts(path).inside
    at = desk.store.now().isoformat(timespec="seconds")
    return {"at": at, "path": str(path), "mark": inside.mark if inside else ""}


def _read(told: JsonValue) -> LastBackup | None:
    for at, path, mark in _texts(told, "at", "path", "mark"):
        with contextlib.suppress(ValueError):
            return LastBackup(datetime.fromisoformat(at), path, mark)
    return None


def _texts(told: JsonValue, *names: str) -> Iterator[tuple[str, ...]]:
    if isinstance(told, dict):
        yield tuple(str(told.get(name) or "") for name in names)


def _day(at: datetime, now: datetime) -> str:
    days = (now.date() - at.date()).days
    return {0: "今天", 1: "昨天"}.get(days, show_day(at.date()))
