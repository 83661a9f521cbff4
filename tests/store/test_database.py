"""The engine: encrypted, durable, and refusing what is not ours in words a clerk understands."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from lianxin.store import database
from lianxin.store.database import (
    DATABASE_NAME,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseMissing,
    DiskFull,
    KeyDoesNotFit,
    NewerDatabase,
    NotWritable,
    OlderDatabase,
    PlainDatabase,
    immediate,
    open_database,
    reading,
    sidecars,
)
from lianxin.store.home_lock import HomeInUse, exclusive
from lianxin.store.migrate import prepare
from lianxin.store.passphrase import DatabaseKey

KEY = DatabaseKey(bytes(range(32)))
OTHER_KEY = DatabaseKey(bytes(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "数据 100%" / DATABASE_NAME
    prepare(made, KEY, create=True)
    return made


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    opened = open_database(path, KEY)
    yield opened
    opened.dispose()


def put(engine: Engine, name: str, value: str = "1") -> None:
    with immediate(engine) as connection:
        connection.execute(text("INSERT INTO setting VALUES (:n, :v)"), {"n": name, "v": value})


def names(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.execute(text("SELECT name FROM setting ORDER BY name")).scalars())


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 0),
        ("secure_delete", 1),
        ("busy_timeout", 5000),
    ],
)
def test_what_was_asked_for_is_in_force_on_every_connection(
    engine: Engine, pragma: str, value: str | int
) -> None:
    with reading(engine) as first, reading(engine) as second:
        for connection in (first, second):
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar_one() == value
            assert connection.execute(text("PRAGMA cipher_version")).scalar_one()


def test_nothing_readable_lies_on_the_disk(engine: Engine, path: Path) -> None:
    put(engine, "来访人", "刘青山 13900002217")
    for file in (path, *sidecars(path)):
        if file.exists():
            content = file.read_bytes()
            assert b"SQLite format 3" not in content[:16]
            assert "刘青山".encode() not in content
            assert b"CREATE TABLE" not in content
    engine.dispose()
    assert "刘青山".encode() not in path.read_bytes()


def test_another_key_does_not_open_and_changes_nothing(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(KeyDoesNotFit, match="没有改动"):
        open_database(path, OTHER_KEY)
    assert path.read_bytes() == before


def test_a_wrong_key_says_nothing_on_standard_error(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyDoesNotFit):
        open_database(path, OTHER_KEY)
    assert capfd.readouterr() == ("", "")


def test_plain_sqlite_is_refused(tmp_path: Path) -> None:
    path = tmp_path / DATABASE_NAME
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE setting (name TEXT, value TEXT)")
    plain.close()
    with pytest.raises(PlainDatabase, match="没有加密"):
        open_database(path, KEY)


def test_a_missing_database_is_never_made_in_silence(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing):
        open_database(tmp_path / DATABASE_NAME, KEY)
    assert not (tmp_path / DATABASE_NAME).exists()


@pytest.mark.parametrize("content", [b"", b"x" * 100, b"\x07" * 5000])
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / DATABASE_NAME
    path.write_bytes(content)
    with pytest.raises(KeyDoesNotFit):
        open_database(path, KEY)
    assert path.read_bytes() == content


def test_a_revision_of_a_newer_program_is_refused(path: Path) -> None:
    engine = open_database(path, KEY)
    with immediate(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(NewerDatabase, match="新版本"):
        open_database(path, KEY)


def test_an_unprepared_database_is_refused(path: Path) -> None:
    engine = open_database(path, KEY)
    with immediate(engine) as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    engine.dispose()
    with pytest.raises(OlderDatabase):
        open_database(path, KEY)


def test_a_write_is_whole_or_not_at_all(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), immediate(engine) as connection:
        connection.execute(text("INSERT INTO setting VALUES ('half', '1')"))
        raise ZeroDivisionError
    assert names(engine) == []
    put(engine, "whole")
    assert names(engine) == ["whole"]


def test_a_snapshot_stays_while_another_window_writes(engine: Engine, path: Path) -> None:
    other = open_database(path, KEY)
    with reading(engine) as connection:
        count = text("SELECT count(*) FROM setting")
        assert connection.execute(count).scalar_one() == 0
        put(other, "later")
        assert connection.execute(count).scalar_one() == 0
    assert names(engine) == ["later"]
    other.dispose()


def test_reading_cannot_write_and_leaves_no_mark(engine: Engine) -> None:
    with reading(engine) as connection, pytest.raises(DBAPIError, match="readonly"):
        connection.execute(text("INSERT INTO setting VALUES ('no', '1')"))
    put(engine, "yes")
    assert names(engine) == ["yes"]


def test_a_second_writer_waits_then_hears_that_it_is_busy(
    engine: Engine, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_SECONDS", 0.05)
    other = open_database(path, KEY)
    with immediate(engine), pytest.raises(DatabaseBusy, match="另一个窗口"), immediate(other):
        raise AssertionError("two writers at once")
    put(other, "afterwards")
    other.dispose()


def test_writers_of_two_windows_take_turns(engine: Engine, path: Path) -> None:
    """Read-then-write of two windows: the lock is taken before the first read, so no count is lost."""
    put(engine, "n", "0")

    def count_up(mine: Engine) -> None:
        for _ in range(25):
            with immediate(mine) as connection:
                now = int(connection.execute(text("SELECT value FROM setting")).scalar_one())
                connection.execute(text("UPDATE setting SET value = :v"), {"v": str(now + 1)})

    other = open_database(path, KEY)
    threads = [threading.Thread(target=count_up, args=(mine,)) for mine in (engine, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.dispose()
    with reading(engine) as connection:
        assert connection.execute(text("SELECT value FROM setting")).scalar_one() == "50"


def test_a_full_disk_is_named_and_takes_the_write_back(engine: Engine) -> None:
    with pytest.raises(DiskFull, match="磁盘已满"), immediate(engine) as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.execute(text("INSERT INTO setting VALUES ('big', :v)"), {"v": "x" * 100_000})
    assert names(engine) == []


class _Failed(Exception):
    """What the driver raises, with the code of SQLite."""

    def __init__(self, code: int) -> None:
        super().__init__("disk")
        self.sqlite_errorcode = code


@pytest.mark.parametrize(
    ("code", "free", "named"),
    [(10, 20_000, DiskFull), (14, 20_000, DiskFull), (10, 1 << 30, DatabaseDamaged), (11, 20_000, DatabaseDamaged),
     (8, 1 << 30, NotWritable), (14, 1 << 30, NotWritable)],
)  # fmt: skip
def test_a_disk_that_is_full_or_read_only_is_not_told_as_a_damaged_one(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, code: int, free: int, named: type[Exception]
) -> None:
    monkeypatch.setattr("lianxin.store.database.shutil.disk_usage", lambda _: _Usage(free))
    with pytest.raises(named), immediate(engine):
        raise DBAPIError("SELECT", None, _Failed(code))


@dataclass(frozen=True)
class _Usage:
    free: int


def test_the_folder_cannot_be_swapped_while_a_window_is_open(engine: Engine, path: Path) -> None:
    with pytest.raises(HomeInUse, match="关闭其他"), exclusive(path.parent):
        raise AssertionError("swapped under an open window")
    engine.dispose()
    with exclusive(path.parent):
        pass


_OTHER_WINDOW = """
import sys
from pathlib import Path
from lianxin.store.database import open_database, immediate
from lianxin.store.passphrase import DatabaseKey
engine = open_database(Path(sys.argv[1]), DatabaseKey(bytes(range(32))))
with immediate(engine) as connection:
    connection.exec_driver_sql("INSERT INTO setting VALUES ('from outside', '1')")
print("open", flush=True)
sys.stdin.readline()
engine.dispose()
"""


# Bytes 0x40000002 to 0x400001FF are where SQLite readers hold their shared lock on the file itself.
_TAKES_THE_FILE = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)
    except BlockingIOError:
        sys.exit(1)
"""


def test_two_programs_share_a_database_and_neither_takes_the_log_from_the_other(
    engine: Engine, path: Path
) -> None:
    put(engine, "mine")
    child = subprocess.Popen(
        [sys.executable, "-c", _OTHER_WINDOW, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    with pytest.raises(HomeInUse), exclusive(path.parent):
        raise AssertionError("swapped under another program")
    # More connections of this program, opened while another one is: its locks must survive their opening.
    with reading(engine), reading(engine), reading(engine):
        pass
    with pytest.raises(KeyDoesNotFit):
        open_database(path, OTHER_KEY)
    child.communicate("\n", timeout=30)
    assert child.returncode == 0
    assert sidecars(path)[0].exists(), "the other program removed our write-ahead log on leaving"
    if sys.platform != "win32":
        assert subprocess.run([sys.executable, "-c", _TAKES_THE_FILE, str(path)]).returncode == 1
    put(engine, "after")
    assert names(engine) == ["after", "from outside", "mine"]


def test_the_last_window_leaves_one_file(engine: Engine, path: Path) -> None:
    put(engine, "x")
    engine.dispose()
    assert sorted(os.listdir(path.parent)) == ["in-use.lock", DATABASE_NAME]
