"""换电脑: everything of this office in one file, proven by opening it; on the new computer counted against it.

The old computer keeps its data and says from then on that the work goes on elsewhere: whoever writes on both makes two
streams, which only 交接到另一台电脑 brings together again (journal.md, "Copies").
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lianxin.domain.dates import show_moment
from lianxin.office.desk import Desk, office_of
from lianxin.office.safekeeping.backups import back_up, describe_office, remember
from lianxin.office.safekeeping.keeping import check_data
from lianxin.store.backup import BackupFailed, check_database, never, quiet
from lianxin.store.backup_file import SUFFIX, BackupFacts, Cancelled, Progress, unpack
from lianxin.store.files import why_not
from lianxin.store.layout import BLOBS, DATABASE_NAME
from lianxin.store.reading import Reading

NAME = "连心搬家"
_MOVED, _CHECKED = "moved-out", "move.staging"
_WORDS_OF_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>| '))


@dataclass(frozen=True)
class MovedOut:
    """That the work of this computer goes on elsewhere: since when, and the file it went in."""

    at: datetime
    file: str

    @property
    def words(self) -> str:
        """What the old computer says at every opening."""
        return (
            f"{show_moment(self.at)}，这份台账已装进 {Path(self.file).name} 搬往新电脑，请在新电脑上登记。"
            "两台都登记，就成了两套记录，编号各走各的，要用“县人大登记”里的“交接到另一台电脑”才合得起来。"
        )


@dataclass(frozen=True)
class MovedIn:
    """What came to the new computer: a line per kind as the file says and as it is here, and what is wrong if anything."""

    office: str
    lines: tuple[tuple[str, int, int], ...]
    problems: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether everything is here."""
        return not self.problems and all(told == here for _, told, here in self.lines)

    @property
    def words(self) -> tuple[str, ...]:
        """The account, a line each."""
        counted = (
            f"{label}：{here:,}，{'和旧电脑一样 ✓' if told == here else f'旧电脑上是{told:,}，不一样'}"
            for label, told, here in self.lines
        )
        return (self.office, *counted, *(self.problems or ("流水、台账、附件逐项核对过，没有问题 ✓",)))


def move_out(desk: Desk, to: Path, *, progress: Progress = quiet, cancelled: Cancelled = never) -> MovedOut:
    """One file with database, attachments, wrapped keys, settings and templates; opened once more where it lies.

    Remembers on this computer that it moved. Raises NotAllowed, BackupFailed and its kin.
    """
    desk.require("restore")
    made = back_up(desk, to, progress=progress, cancelled=cancelled)
    with desk.store.reading() as reading:
        office = office_of(reading)
    place = (office.short_name or office.name).translate(_WORDS_OF_NAMES)
    _open_once(desk, made, cancelled)
    try:
        file = made.replace(to / f"{NAME}_{place}_{desk.store.now():%Y%m%d-%H%M}{SUFFIX}")
    except OSError as pulled_out:
        raise BackupFailed(to, why_not(pulled_out)) from pulled_out
    # The handover list and the page of backups name the file as it is called now.
    remember(desk, file)
    told = MovedOut(desk.store.now(), str(file))
    desk.store.set_setting(_MOVED, {"at": told.at.isoformat(), "file": told.file, "place": desk.store.place})
    desk.store.note("换电脑，装成一个文件", str(file))
    return told


def _open_once(desk: Desk, made: Path, cancelled: Cancelled) -> None:
    """Opens the file where it lies as the new computer will; one that does not open is taken away."""
    work = desk.store.home / _CHECKED
    shutil.rmtree(work, ignore_errors=True)
    try:
        work.mkdir()
        facts = unpack(made, work, quiet, cancelled)
        check_database(made, work / DATABASE_NAME, desk.store.key, facts)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def moved_out(desk: Desk, reading: Reading) -> MovedOut | None:
    """That this computer handed its work on; None for one that did not, and for a copy of one that did."""
    told = reading.setting(_MOVED)
    if not isinstance(told, dict) or told.get("place") != desk.store.place:
        return None
    return MovedOut(datetime.fromisoformat(str(told["at"])), str(told["file"]))


def stay_here(desk: Desk) -> None:
    """The new computer is not used after all: this one goes on. Raises NotAllowed."""
    desk.require("restore")
    desk.store.set_setting(_MOVED, None)
    desk.store.note("换电脑作罢，接着在这台用", "")


def moved_in(desk: Desk, facts: BackupFacts) -> MovedIn:
    """Counts and checks what came, against what the file says of the old computer."""
    with desk.store.reading() as reading:
        here = describe_office(reading)
    told = facts.inside
    counted = dict(here.counts) if here is not None else {}
    lines = (
        [(label, count, counted.get(label, 0)) for label, count in told.counts] if told is not None else []
    )
    sealed = sum(each.path.startswith(f"{BLOBS}/") for each in facts.files)
    lying = sum(each.is_file() for each in (desk.store.home / BLOBS).rglob("*"))
    lines.append(("附件的文件", sealed, lying))
    return MovedIn(here.office if here is not None else "", tuple(lines), check_data(desk))
