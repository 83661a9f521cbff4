"""Backup and restore: a proven copy, the way back, and no half state wherever it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from lianxin.store import backup_file, schema
from lianxin.store.backup import BackupFailed, backup
from lianxin.store.backup_file import SUFFIX, BackupDamaged, NoRoom, NotABackup, Stopped, read_facts
from lianxin.store.database import DATABASE_NAME, NewerDatabase, immediate, open_database, reading
from lianxin.store.home_lock import HomeInUse
from lianxin.store.layout import KEPT_FOLDERS
from lianxin.store.migrate import prepare
from lianxin.store.passphrase import (
    KEYRING_NAME,
    Argon2Cost,
    DatabaseKey,
    RecoveryCode,
    WrongPassphrase,
    change_passphrase,
    create_keyring,
    unlock,
    unlock_with_recovery,
)
from lianxin.store.restore import Restored, restore, settle
from tests.store.verified_backup import verified_backup

LIGHT = Argon2Cost(iterations=1, lanes=1, memory_kib=8)
NOW = datetime(2026, 11, 3, 16, 20)
LATER = datetime(2026, 11, 4, 9, 0)
BLOB = "blobs/ab/" + "ab" * 32


@dataclass(frozen=True)
class Office:
    """A data folder with one attachment, a recovery code, and the engine of its open window."""

    home: Path
    key: DatabaseKey
    code: RecoveryCode
    engine: Engine

    def write(self, counter: int) -> None:
        with immediate(self.engine) as connection:
            connection.execute(
                schema.entry.insert().values(
                    stream="439901102-a", counter=counter, lamport=counter, prev="", kind="contact", uid="u1",
                    op="put", schema=1, at="2026-11-03T09:00:00+08:00", actor="z", reason="", line=b"{}",
                    hash=str(counter), replica="439901102-a",
                )
            )  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    home = tmp_path / "数据"
    key, code = create_keyring(home, "旧口令", random=os.urandom, cost=LIGHT)
    prepare(home / DATABASE_NAME, key, create=True)
    (home / BLOB).parent.mkdir(parents=True)
    (home / BLOB).write_bytes(b"sealed attachment")
    engine = open_database(home / DATABASE_NAME, key)
    made = Office(home, key, code, engine)
    with immediate(engine) as connection:
        connection.execute(
            schema.replica_state.insert().values(
                replica="439901102-a", place="x", file_identity="f1", number_block=1, began_at="2026-11-03"
            )
        )
    for counter in range(1, 4):
        made.write(counter)
    yield made
    engine.dispose()


def old_passphrase(folder: Path) -> DatabaseKey:
    return unlock(folder, "旧口令")


def contents(home: Path, key: DatabaseKey) -> tuple[int, bytes | None]:
    """Journal entries and the attachment of a data folder, opened as at a normal start."""
    settle(home)
    prepare(home / DATABASE_NAME, key)
    engine = open_database(home / DATABASE_NAME, key)
    with reading(engine) as connection:
        entries: int = connection.execute(text("SELECT count(*) FROM entry")).scalar_one()
    engine.dispose()
    blob = home / BLOB
    return entries, blob.read_bytes() if blob.exists() else None


def save(office: Office, to_dir: Path) -> Path:
    return backup(office.engine, office.key, office.home, to_dir, now=NOW)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the lock, whose bytes mean nothing."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != "in-use.lock"
    }


def test_a_backup_is_one_file_that_opens_and_names_nobody(office: Office, tmp_path: Path) -> None:
    path = save(office, tmp_path / "U盘")
    assert [file.name for file in (tmp_path / "U盘").iterdir()] == [f"连心备份_20261103-1620{SUFFIX}"]
    facts = verified_backup(path, old_passphrase, work=tmp_path / "work")
    assert (facts.made_at, facts.entries, facts.revision, facts.key_id) == (
        NOW, 3, schema.HEAD, office.key.key_id,
    )  # fmt: skip
    assert [member.path for member in facts.files] == [DATABASE_NAME, KEYRING_NAME, BLOB]
    assert read_facts(path) == facts
    assert not list(office.home.glob("backup.staging*"))


def test_windows_go_on_while_a_backup_is_made(office: Office, tmp_path: Path) -> None:
    """The copy is of one moment: an entry written in the middle is not in it, and is not lost either."""
    counters = iter(range(4, 100))
    path = backup(
        office.engine,
        office.key,
        office.home,
        tmp_path / "to",
        now=NOW,
        hook=lambda step: office.write(next(counters)),
        progress=lambda done, total: office.write(next(counters)),
    )
    assert read_facts(path).entries == 3
    office.engine.dispose()
    assert contents(office.home, office.key)[0] > 5


def test_a_second_backup_in_the_same_minute_keeps_the_first(office: Office, tmp_path: Path) -> None:
    first, second = save(office, tmp_path / "to"), save(office, tmp_path / "to")
    assert (first.name, second.name) == (
        f"连心备份_20261103-1620{SUFFIX}",
        f"连心备份_20261103-1620（2）{SUFFIX}",
    )


def test_stopping_a_backup_leaves_nothing(office: Office, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    with pytest.raises(Stopped):
        backup(
            office.engine, office.key, office.home, tmp_path / "to", now=NOW,
            progress=lambda done, total: seen.append((done, total)), cancelled=lambda: bool(seen),
        )  # fmt: skip
    assert seen
    assert list((tmp_path / "to").iterdir()) == []
    assert not list(office.home.glob("backup.staging*"))


def test_a_target_that_cannot_be_written_is_named(office: Office, tmp_path: Path) -> None:
    (tmp_path / "U盘").write_bytes(b"a file where a folder should be")
    with pytest.raises(BackupFailed, match="没有留下半个文件"):
        save(office, tmp_path / "U盘")


def test_too_little_room_is_said_before_anything_is_written(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_file, "_SPARE_ROOM", 1 << 60)
    with pytest.raises(NoRoom, match="腾出空间"):
        save(office, tmp_path / "to")
    assert not (tmp_path / "to").exists()
    assert not list(office.home.glob("backup.staging*"))


def test_what_the_target_spoils_is_found_by_reading_back(office: Office, tmp_path: Path) -> None:
    def spoil(step: str) -> None:
        if step == "packed":
            (part,) = (tmp_path / "to").glob(".*.part")
            with part.open("r+b") as file:
                file.seek(20_000)
                file.write(b"\0\0\0\0")

    with pytest.raises(BackupDamaged):
        backup(office.engine, office.key, office.home, tmp_path / "to", now=NOW, hook=spoil)
    assert list((tmp_path / "to").iterdir()) == []


def test_the_way_back(office: Office, tmp_path: Path) -> None:
    path = save(office, tmp_path / "to")
    office.write(4)
    (office.home / BLOB).write_bytes(b"changed later")
    (office.home / "keys").mkdir()
    (office.home / "keys" / "later.p12").write_bytes(b"made after the backup")
    office.engine.dispose()
    done = restore(path, office.home, unlock=old_passphrase, now=LATER)
    assert done.facts.entries == 3
    assert contents(office.home, office.key) == (3, b"sealed attachment")
    assert not list((office.home / "keys").iterdir())
    assert done.aside == office.home / "aside" / "20261104-090000"
    assert (done.aside / "keys" / "later.p12").exists()
    assert contents(done.aside, office.key) == (4, b"changed later")


def test_a_restored_copy_must_take_a_new_replica_id(office: Office, tmp_path: Path) -> None:
    path = save(office, tmp_path / "to")
    office.engine.dispose()
    restore(path, office.home, unlock=old_passphrase, now=LATER)
    engine = open_database(office.home / DATABASE_NAME, office.key)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT replica, file_identity FROM replica_state")).all() == [
            ("439901102-a", "")
        ]
    engine.dispose()


def test_onto_a_new_computer_with_the_recovery_sheet(office: Office, tmp_path: Path) -> None:
    path = save(office, tmp_path / "to")
    fresh = tmp_path / "new" / "home"
    done = restore(
        path, fresh, unlock=lambda folder: unlock_with_recovery(folder, office.code.text), now=LATER
    )
    assert done.aside is None
    assert unlock(fresh, "旧口令") == office.key
    assert contents(fresh, office.key) == (3, b"sealed attachment")


def test_a_backup_opens_with_the_passphrase_of_its_day(office: Office, tmp_path: Path) -> None:
    path = save(office, tmp_path / "to")
    change_passphrase(office.home, office.key, "新口令", random=os.urandom, cost=LIGHT)
    office.engine.dispose()
    before = tree(office.home)
    with pytest.raises(WrongPassphrase):
        restore(path, office.home, unlock=lambda folder: unlock(folder, "新口令"), now=LATER)
    assert tree(office.home) == before
    restore(path, office.home, unlock=old_passphrase, now=LATER)
    assert unlock(office.home, "旧口令") == office.key


def test_a_ruined_database_can_be_replaced(office: Office, tmp_path: Path) -> None:
    path = save(office, tmp_path / "to")
    office.engine.dispose()
    (office.home / DATABASE_NAME).write_bytes(b"\x07" * 9000)
    (office.home / f"{DATABASE_NAME}-wal").write_bytes(b"\x07" * 500)
    done = restore(path, office.home, unlock=old_passphrase, now=LATER)
    assert contents(office.home, office.key) == (3, b"sealed attachment")
    assert done.aside is not None
    assert (done.aside / f"{DATABASE_NAME}-wal").read_bytes() == b"\x07" * 500


def test_no_restore_under_an_open_window(office: Office, tmp_path: Path) -> None:
    path = save(office, tmp_path / "to")
    with pytest.raises(HomeInUse):
        restore(path, office.home, unlock=old_passphrase, now=LATER)
    office.engine.dispose()
    assert contents(office.home, office.key) == (3, b"sealed attachment")


def test_stopping_a_restore_changes_nothing(office: Office, tmp_path: Path) -> None:
    path = save(office, tmp_path / "to")
    office.engine.dispose()
    before = tree(office.home)
    with pytest.raises(Stopped):
        restore(path, office.home, unlock=old_passphrase, now=LATER, cancelled=lambda: True)
    assert tree(office.home) == before


def test_a_backup_of_a_newer_program_is_refused(office: Office, tmp_path: Path) -> None:
    with immediate(office.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    path = save(office, tmp_path / "to")
    office.engine.dispose()
    before = tree(office.home)
    with pytest.raises(NewerDatabase):
        restore(path, office.home, unlock=old_passphrase, now=LATER)
    assert tree(office.home) == before


def repacked(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The backup with other contents, packed as a ZIP anew."""
    with zipfile.ZipFile(path) as container:
        files = {name: container.read(name) for name in container.namelist()}
    change(files)
    with zipfile.ZipFile(path, "w") as container:
        for name, content in files.items():
            container.writestr(name, content)
    return path


def rename_in_manifest(files: dict[str, bytes], name: str, new: str) -> None:
    files[new] = files.pop(name)
    files["manifest.json"] = files["manifest.json"].replace(f'"{name}"'.encode(), f'"{new}"'.encode())


DAMAGES: dict[str, Callable[[dict[str, bytes]], None]] = {
    "attachment changed": lambda files: files.update({BLOB: b"sealed attachmenT"}),
    "database cut": lambda files: files.update({DATABASE_NAME: files[DATABASE_NAME][:-4096]}),
    "keyring gone": lambda files: files.__delitem__(KEYRING_NAME),
    "file added": lambda files: files.update({"blobs/cd/more": b"x"}),
    "climbs out": lambda files: rename_in_manifest(files, BLOB, "blobs/../../out"),
    "absolute": lambda files: rename_in_manifest(files, BLOB, "/tmp/out"),
    "another folder": lambda files: rename_in_manifest(files, BLOB, "windows/out"),
    "over the marker": lambda files: rename_in_manifest(files, BLOB, "restore.json"),
    "drive": lambda files: rename_in_manifest(files, BLOB, "blobs/C:out"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_or_hostile_backup_changes_nothing(office: Office, tmp_path: Path, damage: str) -> None:
    path = repacked(save(office, tmp_path / "to"), DAMAGES[damage])
    office.engine.dispose()
    before = tree(office.home)
    with pytest.raises(BackupDamaged, match="另一个备份文件"):
        restore(path, office.home, unlock=old_passphrase, now=LATER)
    assert tree(office.home) == before
    assert not (tmp_path / "out").exists()


def test_one_flipped_bit_of_any_file_is_noticed(office: Office, tmp_path: Path) -> None:
    path = save(office, tmp_path / "to")
    good = path.read_bytes()
    for member in read_facts(path).files:
        start = good.index(f"{member.path}".encode()) + len(member.path)
        for place in range(start, start + member.size, member.size // 10):
            path.write_bytes(good[:place] + bytes([good[place] ^ 0x20]) + good[place + 1 :])
            with pytest.raises(BackupDamaged):
                verified_backup(path, old_passphrase, work=tmp_path / "work")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"x" * 5000])
def test_another_file_is_no_backup(office: Office, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "报表.xlsx"
    path.write_bytes(content)
    office.engine.dispose()
    with pytest.raises(NotABackup, match="不是连心的备份文件"):
        restore(path, office.home, unlock=old_passphrase, now=LATER)


def test_a_zip_of_something_else_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "资料.zip"
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("a.txt", "x")
    with pytest.raises(NotABackup):
        read_facts(path)


_KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from lianxin.store.passphrase import unlock
from lianxin.store.restore import restore
path, home, fatal = sys.argv[1:]
def hook(step):
    if step == fatal:
        os.kill(os.getpid(), signal.SIGKILL)
restore(Path(path), Path(home), unlock=lambda folder: unlock(folder, "旧口令"),
        now=datetime(2026, 11, 4, 9, 0), hook=hook)
"""
STEPS = [
    "staged",
    "marked",
    "database aside",
    "database in place",
    *(f"{name} {where}" for name in (KEYRING_NAME, *KEPT_FOLDERS) for where in ("aside", "in place")),
]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX word")
@pytest.mark.parametrize("step", STEPS)
def test_killed_during_a_restore_it_is_all_old_or_all_new(office: Office, tmp_path: Path, step: str) -> None:
    path = save(office, tmp_path / "to")
    office.write(4)
    (office.home / BLOB).write_bytes(b"changed later")
    change_passphrase(office.home, office.key, "新口令", random=os.urandom, cost=LIGHT)
    office.engine.dispose()
    child = subprocess.run(
        [sys.executable, "-c", _KILLED, str(path), str(office.home), step], capture_output=True, text=True
    )
    assert child.returncode == -signal.SIGKILL, child.stderr
    settle(office.home)
    if step == "staged":
        assert unlock(office.home, "新口令") == office.key
        assert contents(office.home, office.key) == (4, b"changed later")
    else:
        assert unlock(office.home, "旧口令") == office.key
        assert contents(office.home, office.key) == (3, b"sealed attachment")
        assert contents(office.home / "aside" / "20261104-090000", office.key) == (4, b"changed later")
    left = {file.name for file in office.home.iterdir()} - {"in-use.lock", "aside", *KEPT_FOLDERS}
    assert left == {DATABASE_NAME, KEYRING_NAME}


def test_two_restores_keep_both_former_states(office: Office, tmp_path: Path) -> None:
    path = save(office, tmp_path / "to")
    office.engine.dispose()
    asides: list[Restored] = [restore(path, office.home, unlock=old_passphrase, now=LATER) for _ in range(2)]
    assert len({done.aside for done in asides}) == 2
    assert contents(office.home, office.key) == (3, b"sealed attachment")
