"""What is in each backup and in what was set aside, without opening any: a clerk chooses by content, not by file name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lianxin.domain.dates import show_moment
from lianxin.office.desk import Desk
from lianxin.office.safekeeping.backups import second_place
from lianxin.office.safekeeping.repair_account import inside_words
from lianxin.store.backup_file import SUFFIX, BackupFacts, read_facts
from lianxin.store.backup_rotation import by_age
from lianxin.store.errors import StoreProblem
from lianxin.store.layout import AUTOMATIC, DATABASE_NAME, KEYRING_NAME
from lianxin.store.restore import set_aside

_MEGABYTE = 1 << 20


@dataclass(frozen=True)
class BackupAtHand:
    """One backup: where it lies, what its manifest says, and whether today's passphrase opens it.

    `facts` is None for a file that cannot be read; `problem` then says why.
    """

    path: Path
    place: str
    facts: BackupFacts | None
    same_passphrase: bool = False
    problem: str = ""

    @property
    def made(self) -> str:
        """When it was made."""
        return show_moment(self.facts.made_at) if self.facts else self.path.stem

    @property
    def size(self) -> str:
        """12.3 MB."""
        return f"{self.facts.size / _MEGABYTE:,.1f} MB" if self.facts else ""

    @property
    def content(self) -> str:
        """来访走访86、意见建议53."""
        inside = self.facts.inside if self.facts else None
        return "、".join(f"{label}{count:,}" for label, count in inside.counts) if inside else self.problem

    @property
    def latest(self) -> str:
        """When the latest entry in it was written."""
        inside = self.facts.inside if self.facts else None
        return show_moment(datetime.fromisoformat(inside.latest)) if inside and inside.latest else ""

    @property
    def passphrase(self) -> str:
        """Which passphrase opens it."""
        return "现在的口令" if self.same_passphrase else "做备份那天的口令"

    @property
    def words(self) -> str:
        """All that is known of it, for the chosen one."""
        if self.facts is None:
            return self.problem
        version = f"，连心{self.facts.inside.version}版做的" if self.facts.inside else ""
        left = "，不含附件（附件在本机，恢复时不动）" if self.facts.left else "，含附件和密钥"
        return f"{inside_words(self.facts)}{version}{left}。用{self.passphrase}打开。{self.path}"


@dataclass(frozen=True)
class Aside:
    """Former data that a restore or repair replaced."""

    folder: Path
    written: datetime
    size: int

    @property
    def words(self) -> str:
        """When it was set aside and last written."""
        at = datetime.strptime(self.folder.name[:15], "%Y%m%d-%H%M%S")
        return f"{show_moment(at)}换下来的数据，最后写入{show_moment(self.written)}，{self.size / _MEGABYTE:,.1f} MB"


def backups_at_hand(desk: Desk) -> list[BackupAtHand]:
    """The backups in the data folder and in the second place, when it is there; newest first."""
    with desk.store.reading() as reading:
        other = second_place(reading).path
    home, now = desk.store.home, desk.store.now()
    found = list(read_backups(desk, by_age(home / AUTOMATIC, until=now), "本机"))
    if other:
        with suppress(OSError):
            found += read_backups(desk, by_age(Path(other), until=now), "另一处")
    return sorted(found, key=lambda each: each.path.name, reverse=True)


def read_backups(desk: Desk, paths: Iterable[Path], place: str) -> Iterator[BackupAtHand]:
    """What these files say of themselves; only their manifests are read."""
    keyring = hashlib.sha256((desk.store.home / KEYRING_NAME).read_bytes()).hexdigest()
    for path in paths:
        if path.suffix != SUFFIX:
            continue
        try:
            facts = read_facts(path)
        except StoreProblem as problem:
            yield BackupAtHand(path, place, None, problem=problem.message)
        except OSError:
            yield BackupAtHand(path, place, None, problem="读不出来，U盘可能已拔出")
        else:
            own = next(member.sha256 for member in facts.files if member.path == KEYRING_NAME)
            yield BackupAtHand(path, place, facts, own == keyring)


def asides(desk: Desk) -> list[Aside]:
    """What a restore or repair replaced and can be put back, latest first."""
    found = []
    for folder in set_aside(desk.store.home):
        with suppress(OSError, ValueError):
            told = (folder / DATABASE_NAME).stat()
            each = Aside(folder, datetime.fromtimestamp(told.st_mtime), told.st_size)
            # A folder somebody renamed has no time in its name.
            if each.words:
                found.append(each)
    return found


def on_same_disk(desk: Desk, folder: Path) -> bool:
    """Whether a folder lies on the disk of the data, where one fault takes both."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.stat().st_dev == desk.store.home.stat().st_dev
