"""A ledger that does not open or is damaged: what is wrong with it, and the way back with as little lost as can be.

The newest sound backup is the ground; what the damaged file still holds beyond it is added; the damaged file goes
aside untouched. How much lacks is told by the witness outside the data folder, which counts what was written.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from lianxin.store.backup_file import BackupDamaged, BackupFacts, NotABackup, read_facts, require_room
from lianxin.store.backup_rotation import by_age, newest_first
from lianxin.store.database import NewerDatabase, NotADatabase, connect_keyed, sidecars
from lianxin.store.driver import DriverError, RawConnection
from lianxin.store.errors import StoreProblem
from lianxin.store.home_lock import exclusive
from lianxin.store.layout import (
    ASIDE,
    AUTOMATIC,
    DATABASE_NAME,
    KEPT_FOLDERS,
    KEY_FILES,
    KEYRING_NAME,
    WINDOWS,
)
from lianxin.store.migrate import find_damage, prepare
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.restore import restore, swap_in
from lianxin.store.salvage import Salvaged, salvage
from lianxin.store.window_presence import is_open
from lianxin.store.witness import read_witness, witnesses_of

What = Literal["missing", "foreign log", "unreadable", "damaged"]
_WORDS: dict[What, str] = {
    "missing": "数据文件不见了",
    "foreign log": "数据文件旁边的日志文件不是它的",
    "unreadable": "数据文件的开头坏了，读不出来",
    "damaged": "数据文件有一部分坏了",
}
_WORK = "repair.staging"
_ASKED = "check-at-start"


class LedgerDamaged(StoreProblem):
    """The ledger was found damaged when it was opened; ``key`` opens its backups and what is left of it."""

    code = "D180"

    def __init__(self, what: What, key: DatabaseKey) -> None:
        self.what, self.key = what, key
        super().__init__(
            f"{_WORDS[what]}，没有打开，也没有改动。备份还在，可以修复：坏了的文件会另存，不会删除。"
        )


class NothingToRepairFrom(StoreProblem):
    """No sound backup is at hand, and the damaged file gives nothing either."""

    code = "D181"

    def __init__(self) -> None:
        super().__init__(
            "没有修复成：本机没有能用的备份，坏了的文件里也读不出内容。文件没有改动。"
            "请插上存有备份的U盘，用“从备份恢复”；这台电脑先不要重装系统。"
        )


@dataclass(frozen=True)
class Repaired:
    """What a repair did: `ground` is the backup it stands on, at `ground_path` (None: the damaged file alone), `aside`
    where that lies.

    `written` counts what this computer knows to have been written in the damaged ledger, `here` what is here of it;
    `lacking` counts what the damaged file had of other streams (other desks, former replicas) and is not here;
    `until` is the latest entry now here (ISO 8601) and `broken_at` when the damaged file was last written.
    """

    what: What
    ground: BackupFacts | None
    salvaged: Salvaged
    aside: Path | None
    replica: str
    written: int | None
    here: int
    until: str
    broken_at: datetime | None
    ground_path: Path | None = None
    lacking: int = 0

    @property
    def lost(self) -> int | None:
        """How many entries lack; None when nothing outside the damaged file counts them."""
        if self.written is None:
            return 0 if self.salvaged.complete else None
        return max(0, self.written - self.here) + self.lacking

    @property
    def whole(self) -> bool:
        """Whether nothing at all is known to lack, also of what stands beside the entries."""
        return self.lost == 0 and (self.salvaged.complete or self.what == "foreign log")


def find_trouble(home: Path, key: DatabaseKey, *, thorough: bool) -> What | None:
    """What is wrong with the ledger of a data folder that nobody uses; None when it may be opened.

    Thorough reads every page, which takes a while: wanted after a power cut. Raises NoEncryption, HomeInUse, NoRoom.
    """
    database = home / DATABASE_NAME
    if not database.exists():
        return "missing" if has_data(home) else None
    with exclusive(home):
        log = sidecars(database)[0]
        if not log.exists() or not log.stat().st_size:
            return _trouble(database, key, thorough=thorough)
        # Opening folds the log in for good, whoever wrote it; so that is tried on a copy.
        work = home / _WORK
        require_room(home, database.stat().st_size + log.stat().st_size)
        try:
            found = _trouble(_copied(work, database, log), key, thorough=True)
            if found and _trouble(_copied(work, database), key, thorough=True) is None:
                return "foreign log"
            return found
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _trouble(database: Path, key: DatabaseKey, *, thorough: bool) -> What | None:
    if _opens(database, key, thorough=thorough):
        return None
    return "damaged" if thorough and _opens(database, key, thorough=False) else "unreadable"


def _copied(work: Path, *files: Path) -> Path:
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    for file in files:
        shutil.copyfile(file, work / file.name)
    return work / files[0].name


def check_wanted(home: Path) -> bool:
    """Whether every page should be read before opening: a window was killed, or a page was met that did not read."""
    left = (home / _ASKED, sidecars(home / DATABASE_NAME)[0])
    return any(path.exists() for path in left) or any((home / WINDOWS).glob("*.lock"))


def ask_check(home: Path) -> None:
    """The next opening reads every page. Raises OSError."""
    (home / _ASKED).touch()


def note_checked(home: Path) -> None:
    """All pages were read and are sound."""
    (home / _ASKED).unlink(missing_ok=True)
    for left in (home / WINDOWS).glob("*.lock"):
        # Asking takes away the marks of windows that are dead.
        is_open(home, left.stem)


def repair(
    home: Path,
    key: DatabaseKey,
    what: What,
    *,
    now: datetime,
    witnesses: Path,
    also: Iterable[Path] = (),
) -> Repaired:
    """Makes the ledger whole again as far as can be. ``also`` are backups elsewhere, such as those on a stick: of all of
    them the newest that is sound is the ground, whichever disk it lies on.

    Raises NothingToRepairFrom with everything as it was, HomeInUse, NoRoom, RestoreFailed, RestoreUnfinished.
    """
    database = home / DATABASE_NAME
    broken_at = _written_at(database)
    if what == "foreign log":
        log = _log_aside(home, now)
        return _account(what, None, Salvaged(complete=True), log, home, key, witnesses, broken_at)
    for path in newest_first((*by_age(home / AUTOMATIC, until=now), *also), until=now):
        done: list[Salvaged] = []

        def unlock(folder: Path) -> DatabaseKey:
            # The passphrase of today goes on: the key of the database is the same.
            shutil.copyfile(home / KEYRING_NAME, folder / KEYRING_NAME)
            return key

        def amend(staged: Path) -> None:
            prepare(staged, key)
            _keep_files(home, staged.parent)
            done.append(salvage(database, key, staged, work=home / _WORK))  # noqa: B023

        try:
            if read_facts(path).key_id != key.key_id:
                continue
            restored = restore(path, home, unlock=unlock, now=now, amend=amend)
        except (NotABackup, BackupDamaged, NewerDatabase, OSError):
            continue
        told = _account(what, restored.facts, done[0], restored.aside, home, key, witnesses, broken_at)
        return replace(told, ground_path=path)
    salvaged, aside = _without_backup(home, key, now)
    return _account(what, None, salvaged, aside, home, key, witnesses, broken_at)


def _without_backup(home: Path, key: DatabaseKey, now: datetime) -> tuple[Salvaged, Path | None]:
    def stage(staging: Path) -> Salvaged:
        fresh = staging / DATABASE_NAME
        prepare(fresh, key, create=True)
        done = salvage(home / DATABASE_NAME, key, fresh, work=home / _WORK)
        if not done.entries:
            raise NothingToRepairFrom
        return done

    return swap_in(home, stage, now=now)


def _keep_files(home: Path, staging: Path) -> None:
    """A backup of everything must not put its older folders in the place of what is whole here.

    Attachments and kept bundles are written once and never changed, so those that lack are added; of key files those
    here are the later ones.
    """
    for folder in KEPT_FOLDERS:
        if not (staging / folder).exists():
            continue
        for file in (home / folder).rglob("*"):
            there = staging / file.relative_to(home)
            if file.is_file() and (folder == KEY_FILES or not there.exists()):
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, there)


def _log_aside(home: Path, now: datetime) -> Path:
    """The log of another database goes aside; the database itself is sound."""
    aside = home / ASIDE / f"{now:%Y%m%d-%H%M%S}-log"
    with exclusive(home):
        aside.mkdir(parents=True, exist_ok=True)
        for path in sidecars(home / DATABASE_NAME):
            if path.exists():
                path.replace(aside / path.name)
    return aside


def _account(
    what: What,
    ground: BackupFacts | None,
    salvaged: Salvaged,
    aside: Path | None,
    home: Path,
    key: DatabaseKey,
    witnesses: Path,
    broken_at: datetime | None,
) -> Repaired:
    replica, here, until = _standing(home, key)
    known = read_witness(witnesses, replica)
    written = known.counter if known is not None else None
    note_checked(home)
    lacking = _lacking(home, key, salvaged.last, replica, witnesses)
    return Repaired(what, ground, salvaged, aside, replica, written, here, until, broken_at, lacking=lacking)


def counted_again(done: Repaired, home: Path, key: DatabaseKey, *, witnesses: Path) -> Repaired:
    """The account after more was brought in, such as a county's own copy of what it wrote."""
    _, here, until = _standing(home, key, done.replica)
    lacking = _lacking(home, key, done.salvaged.last, done.replica, witnesses)
    return replace(done, here=here, until=until, lacking=lacking)


def _standing(home: Path, key: DatabaseKey, replica: str = "") -> tuple[str, int, str]:
    """Replica id, how many entries it wrote that are here, and the time of the latest entry of all."""
    raw = connect_keyed(home / DATABASE_NAME, key, journal="as found")
    try:
        replica = replica or _text(raw, "SELECT replica FROM replica_state WHERE ended_at IS NULL")
        here = _text(raw, f"SELECT sum(counter) FROM stream_head WHERE replica = '{replica}'")
        return replica, int(here or 0), _text(raw, "SELECT max(at) FROM entry")
    finally:
        raw.close()


def _lacking(home: Path, key: DatabaseKey, last: Mapping[str, int], replica: str, witnesses: Path) -> int:
    """How many entries of streams that this replica does not write were there and are not here.

    Where the damaged file no longer says which streams it had, the witnesses name the replicas that came after the
    backup; what other desks sent after it nobody counts then.
    """
    raw = connect_keyed(home / DATABASE_NAME, key, journal="as found")
    try:
        heads = raw.execute("SELECT stream, counter FROM stream_head").fetchall()
        replicas = {str(row[0]) for row in raw.execute("SELECT replica FROM replica_state").fetchall()}
    finally:
        raw.close()
    here = {str(row[0]): int(str(row[1])) for row in heads}
    if last:
        others = {each: count for each, count in last.items() if not each.startswith(f"{replica}/")}
        return sum(max(0, count - here.get(each, 0)) for each, count in others.items())
    return sum(each.counter for each in witnesses_of(witnesses, home) if each.replica not in replicas)


def _text(raw: RawConnection, sql: str) -> str:
    row = raw.execute(sql).fetchone()
    return "" if row is None or row[0] is None else str(row[0])


def _opens(database: Path, key: DatabaseKey, *, thorough: bool) -> bool:
    try:
        raw = connect_keyed(database, key, journal="as found")
        try:
            return not thorough or find_damage(raw) is None
        finally:
            raw.close()
    except (NotADatabase, DriverError):
        return False
    except StoreProblem as problem:
        if problem.code == "D119":
            return False
        raise


def has_data(home: Path) -> bool:
    """Whether a data folder without a database is one that lost it."""
    kept = (*sidecars(home / DATABASE_NAME), home / AUTOMATIC, *(home / name for name in KEPT_FOLDERS))
    return (home / KEYRING_NAME).exists() and any(path.exists() for path in kept)


def _written_at(database: Path) -> datetime | None:
    times = [path.stat().st_mtime for path in (database, *sidecars(database)) if path.exists()]
    return datetime.fromtimestamp(max(times)) if times else None
