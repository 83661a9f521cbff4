"""Disks that fill up, refuse or vanish: each ends in a sentence, and what was saved before is all there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest

from lianxin.domain.records import Contact
from lianxin.store.backup import BackupFailed, CopyFailed, backup
from lianxin.store.backup_file import SUFFIX, NoRoom, read_facts
from lianxin.store.check import check, file_damage
from lianxin.store.database import DATABASE_NAME, DiskFull, NotWritable
from lianxin.store.errors import StoreProblem
from lianxin.store.layout import KEYRING_NAME
from lianxin.store.places import PathTooLong, require_here
from lianxin.store.record_store import RecordStore
from lianxin.store.restore import RestoreUnfinished, put_back, restore, set_aside, settle
from tests.house.measures import ROOT
from tests.store.desks import KEY, new_store, reopened, visit
from tests.store.disks import no_file_beyond, read_only, small_disk

NOW = datetime(2026, 11, 3, 16, 20)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RecordStore]:
    """A ledger with one visit and something that stands for its key file."""
    made = new_store(tmp_path / "这里")
    (made.home / KEYRING_NAME).write_bytes(b"{}")
    visit(made)
    yield made
    made.close()


def save(store: RecordStore, to: Path, hook: Callable[[str], None] = lambda step: None) -> Path:
    return backup(store.engine, KEY, store.home, to, now=NOW, hook=hook)


def visits(store: RecordStore) -> int:
    with store.reading() as reading:
        return reading.count(Contact)


def sound(store: RecordStore) -> bool:
    return check(store).ok and file_damage(store) is None


def test_a_full_disk_costs_the_save_at_hand_and_nothing_else(tmp_path: Path) -> None:
    pattern = new_store(tmp_path / "pattern")
    size = (pattern.home / DATABASE_NAME).stat().st_size
    pattern.close()
    with small_disk(tmp_path / "disk", kib=size // 1024 + 600) as disk:
        store = new_store(disk)
        saved = 0
        with pytest.raises(StoreProblem, match="没有存上") as refused:
            while saved < 400:
                visit(store, "饮水管破损" * 400)
                saved += 1
        # Where the disk is a real one the reason is known; a limit on files looks like any failing disk.
        assert isinstance(refused.value, DiskFull) or "检查" in str(refused.value)
        assert 0 < saved == visits(store)
        store.close()
        again = reopened(disk)
        assert visits(again) == saved and sound(again)
        again.close()


def test_a_disk_that_fills_up_under_a_backup_is_left_clean(store: RecordStore, tmp_path: Path) -> None:
    to = tmp_path / "U盘"
    with pytest.raises(CopyFailed, match="没有改动"), no_file_beyond(300 * 1024):
        save(store, to)
    with ExitStack() as limit, pytest.raises(BackupFailed, match="没有留下半个文件"):
        # Only the target is short of room: the copy beside the data is there already.
        save(store, to, lambda step: limit.enter_context(no_file_beyond(300 * 1024)))
    with small_disk(tmp_path / "小盘", kib=64) as small, pytest.raises((NoRoom, BackupFailed)):
        save(store, small)
    for left in (to, tmp_path / "小盘"):
        assert not left.exists() or list(left.iterdir()) == []
    assert not list(store.home.glob("backup.staging*")) and sound(store)


def test_a_ledger_in_a_read_only_folder_is_said_to_be_that(store: RecordStore, tmp_path: Path) -> None:
    store.close()
    before = (store.home / DATABASE_NAME).read_bytes()
    with read_only(store.home), pytest.raises(NotWritable, match=r"不能写入.*数据没有改动.*换到能写入的位置"):
        reopened(tmp_path / "这里")
    assert (store.home / DATABASE_NAME).read_bytes() == before
    again = reopened(tmp_path / "这里")
    assert visits(again) == 1
    again.close()


def test_a_stick_that_cannot_be_written_is_said_to_be_that(store: RecordStore, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    with read_only(stick), pytest.raises(BackupFailed, match=r"写保护|没有写入权限"):
        save(store, stick)
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize("moment", ["copied", "packed"])
def test_a_stick_pulled_while_it_is_written(store: RecordStore, tmp_path: Path, moment: str) -> None:
    stick = tmp_path / "盘" / "U盘"
    stick.mkdir(parents=True)

    def pull(step: str) -> None:
        if step == moment:
            shutil.rmtree(stick.parent)
            # Where the stick was there is a file now, so that no folder of its name is made instead.
            stick.parent.write_bytes(b"")

    with pytest.raises(BackupFailed, match=r"数据没有改动.*检查U盘"):
        save(store, stick, pull)
    assert sound(store) and not list(store.home.glob("backup.staging*"))


def test_a_target_another_program_holds_is_finished_later(store: RecordStore, tmp_path: Path) -> None:
    path = save(store, tmp_path / "to")
    visit(store)
    store.close()
    held = store.home / "aside" / "20261103-162000" / DATABASE_NAME

    def hold(step: str) -> None:
        if step == "marked":
            (held / "held").mkdir(parents=True)

    with pytest.raises(RestoreUnfinished, match=r"新旧数据都在.*关闭连心再打开"):
        restore(path, store.home, unlock=lambda _folder: KEY, now=NOW, hook=hold)
    shutil.rmtree(held)
    settle(store.home)
    again = reopened(tmp_path / "这里")
    assert visits(again) == 1 and sound(again)
    again.close()


def test_a_restore_is_taken_back(store: RecordStore, tmp_path: Path) -> None:
    path = save(store, tmp_path / "to")
    visit(store)
    store.close()
    restore(path, store.home, unlock=lambda _folder: KEY, now=NOW)
    (former,) = set_aside(store.home)
    put_back(former, store.home, unlock=lambda _folder: KEY, now=NOW)
    again = reopened(tmp_path / "这里")
    assert visits(again) == 2 and sound(again)
    visit(again)
    assert sound(again) and len(set_aside(store.home)) == 2
    again.close()


_KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from lianxin.store.backup import backup
from tests.store.desks import KEY, reopened
folder, to, fatal = sys.argv[1:]
store = reopened(Path(folder))
def hook(step):
    if step == fatal:
        os.kill(os.getpid(), signal.SIGKILL)
backup(store.engine, KEY, store.home, Path(to), now=datetime(2026, 11, 3, 16, 20), hook=hook)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX word")
def test_killed_during_a_backup_the_ledger_is_whole_and_the_next_backup_tidies_up(
    store: RecordStore, tmp_path: Path
) -> None:
    store.close()
    to = tmp_path / "to"
    for step in ("copied", "packed"):
        child = subprocess.run(
            [sys.executable, "-c", _KILLED, str(tmp_path / "这里"), str(to), step],
            cwd=ROOT,
            capture_output=True,
        )
        assert child.returncode == -signal.SIGKILL, child.stderr.decode()
    (left,) = to.iterdir()
    assert left.suffix == ".part" and set(store.home.glob("backup.staging*"))
    settle(store.home)
    assert not set(store.home.glob("backup.staging*"))
    os.utime(left, (1, 1))
    again = reopened(tmp_path / "这里")
    assert [path.name for path in (save(again, to), *to.iterdir())] == [f"连心备份_20261103-1620{SUFFIX}"] * 2
    assert visits(again) == 1 and sound(again)
    again.close()


NAMES = ("数据（新）【2026】", "😀𠮷石牌镇", "a b%20&'c;", "很深" * 20, "x" * 160)


def test_names_of_every_kind_and_more_than_260_characters(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*NAMES)
    assert len(str(folder)) > 260
    with pytest.raises(PathTooLong, match=r"移到浅一点.*D:"):
        require_here(folder / ("深" * 60), {})
    require_here(folder, {})
    store = new_store(folder)
    (store.home / KEYRING_NAME).write_bytes(b"{}")
    visit(store)
    to = folder / "另一处（U盘）😀"
    path = save(store, to)
    assert read_facts(path).entries == 2
    visit(store)
    store.close()
    done = restore(path, store.home, unlock=lambda _folder: KEY, now=NOW)
    assert done.aside is not None and (done.aside / DATABASE_NAME).exists()
    again = reopened(folder)
    assert visits(again) == 1 and sound(again)
    again.close()
