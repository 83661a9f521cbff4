"""Keeping the office's data safe: backups, passphrase, recovery sheet, proving that all is well."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lianxin.domain.dates import show_day
from lianxin.office.attaching import bring_received
from lianxin.office.desk import Desk
from lianxin.store import backup as backing_up
from lianxin.store import passphrase as keyring
from lianxin.store.backup_file import Cancelled, Progress
from lianxin.store.backup_rotation import latest_backup, made_at, prune
from lianxin.store.blobs import sweep
from lianxin.store.check import check, file_damage
from lianxin.store.errors import StoreProblem
from lianxin.store.passphrase import RecoveryCode
from lianxin.store.reading import Reading

AUTOMATIC_FOLDER = "自动备份"
"""Under the data folder: one backup a day, thinned out by age."""
_LAST_BACKUP, _SHEET_KEPT = "last-backup", "recovery-sheet-kept"


@dataclass(frozen=True)
class LastBackup:
    """When and where the latest backup by hand was made."""

    at: datetime
    path: str

    def words(self, today: datetime) -> str:
        """今日备份 08:02, or the day of it."""
        clock = f"{self.at:%H:%M}"
        return (
            f"今日备份 {clock}" if self.at.date() == today.date() else f"上次备份 {show_day(self.at.date())}"
        )


def back_up(
    desk: Desk,
    to: Path,
    *,
    progress: Progress = backing_up.quiet,
    cancelled: Cancelled = backing_up.never,
) -> Path:
    """A verified backup in a folder, remembered as the latest. Raises BackupFailed and its kin."""
    store = desk.store
    _tidy(desk)
    path = backing_up.backup(
        store.engine, store.key, store.home, to, now=store.now(), progress=progress, cancelled=cancelled
    )
    store.set_setting(_LAST_BACKUP, {"at": store.now().isoformat(timespec="seconds"), "path": str(path)})
    return path


def back_up_daily(
    desk: Desk, *, progress: Progress = backing_up.quiet, cancelled: Cancelled = backing_up.never
) -> Path | None:
    """The backup of the day inside the data folder, unless it was made already; thins out the old ones."""
    folder = desk.store.home / AUTOMATIC_FOLDER
    latest = latest_backup(folder)
    made = made_at(latest) if latest is not None else None
    if made is not None and made.date() == desk.today():
        return None
    path = back_up(desk, folder, progress=progress, cancelled=cancelled)
    prune(folder)
    return path


def last_backup(reading: Reading) -> LastBackup | None:
    """The latest backup made on this computer; None when there was none."""
    told = reading.setting(_LAST_BACKUP)
    if not isinstance(told, dict):
        return None
    with contextlib.suppress(ValueError):
        return LastBackup(datetime.fromisoformat(str(told.get("at"))), str(told.get("path")))
    return None


def change_passphrase(desk: Desk, *, old: str, new: str) -> None:
    """Another passphrase for the same data. Raises WrongPassphrase, EmptyPassphrase."""
    home = desk.store.home
    key = keyring.unlock(home, old)
    keyring.change_passphrase(home, key, new, random=desk.store.random)
    desk.store.note("更换口令", "")


def new_recovery_code(desk: Desk) -> RecoveryCode:
    """A fresh recovery code; the sheet printed before no longer opens these data."""
    code = keyring.renew_recovery_code(desk.store.home, desk.store.key, random=desk.store.random)
    desk.store.note("更换恢复单", "")
    return code


def note_sheet_kept(desk: Desk) -> None:
    """Remembers that somebody said the recovery sheet is printed and put away."""
    desk.store.set_setting(_SHEET_KEPT, desk.today().isoformat())


def sheet_kept(reading: Reading) -> str:
    """The day on which the recovery sheet was put away as ISO text; empty when nobody said so."""
    told = reading.setting(_SHEET_KEPT)
    return told if isinstance(told, str) else ""


def check_data(desk: Desk, *, tell: Callable[[str], None] = lambda words: None) -> tuple[str, ...]:
    """What is wrong with the data, in Chinese sentences; empty when all is well."""
    tell("核对数据文件")
    damage = file_damage(desk.store)
    if damage is not None:
        return (f"数据文件有损坏：{damage}",)
    tell("核对流水、台账与附件")
    _tidy(desk)
    return check(desk.store).problems


def _tidy(desk: Desk) -> None:
    """Puts the attachments in order: received ones in, what a power cut left away.

    Neither stops what follows: another window may be saving now, a received file may be damaged.
    """
    with contextlib.suppress(StoreProblem, OSError):
        bring_received(desk)
    with contextlib.suppress(StoreProblem, OSError):
        sweep(desk.store)
