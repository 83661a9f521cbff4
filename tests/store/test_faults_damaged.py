"""A damaged ledger is found at the start and mended from backup and what is left of it; the account says what lacks."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from lianxin.domain.records import Contact, Visitor
from lianxin.office.safekeeping.repair_account import account
from lianxin.store.backup import backup
from lianxin.store.check import check, file_damage
from lianxin.store.database import DATABASE_NAME, DatabaseDamaged, connect_keyed, sidecars
from lianxin.store.drafts import save_draft
from lianxin.store.layout import AUTOMATIC, KEYRING_NAME
from lianxin.store.record_store import RecordStore
from lianxin.store.repair import NothingToRepairFrom, Repaired, What, find_trouble, repair
from lianxin.store.tables import table_name
from tests.store.desks import KEY, new_store, reopened, visit

NOW = datetime(2026, 11, 3, 9, 0)
LATER = datetime(2026, 11, 4, 9, 0)
BEFORE, AFTER = 30, 12
TABLE = table_name(Contact)


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a backup, and visits and a draft written after it."""
    folder = tmp_path_factory.mktemp("damaged")
    store = new_store(folder)
    (store.home / KEYRING_NAME).write_bytes(b"{}")
    for number in range(BEFORE):
        visit(store, f"第{number}件：饮水管破损")
    backup(store.engine, KEY, store.home, store.home / AUTOMATIC, now=NOW, without=("blobs", "bundles"))
    for number in range(AFTER):
        visit(store, f"备份以后第{number}件")
    with store.bookkeeping() as connection:
        save_draft(connection, kind="contact", key="new", window="w1", payload={"words": "写到一半"}, at=NOW)
    store.close()
    return folder


@pytest.fixture
def folder(pattern: Path, tmp_path: Path) -> Path:
    shutil.copytree(pattern, tmp_path / "here")
    return tmp_path / "here"


def path_of(folder: Path) -> Path:
    return folder / "home" / DATABASE_NAME


def spoil(path: Path, start: int, length: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\x5a" * length)


def root_page_of(path: Path, table: str) -> int:
    raw = connect_keyed(path, KEY, journal="as found")
    row = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    size = raw.execute("PRAGMA page_size").fetchone()
    raw.close()
    assert row is not None and size is not None
    return (int(str(row[0])) - 1) * int(str(size[0]))


def mended(folder: Path, what: What) -> tuple[Repaired, RecordStore]:
    home = folder / "home"
    assert find_trouble(home, KEY, thorough=True) == what
    done = repair(home, KEY, what, now=LATER, witnesses=folder / "witness")
    assert find_trouble(home, KEY, thorough=True) is None
    store = reopened(folder, home="home")
    assert check(store).problems == () and file_damage(store) is None
    return done, store


def held(store: RecordStore) -> tuple[int, int, int]:
    with store.reading() as reading:
        return reading.count(Contact), reading.count(Visitor), len(reading.drafts())


DAMAGES: dict[str, tuple[What, Callable[[Path], None], int]] = {
    "a page of the search index": ("damaged", lambda path: spoil(path, root_page_of(path, "words_data"), 4096), 12),
    "a page of a table": ("damaged", lambda path: spoil(path, root_page_of(path, TABLE), 100), 12),
    "the index of the journal": (
        "damaged", lambda path: spoil(path, root_page_of(path, "sqlite_autoindex_entry_1"), 100), 12,
    ),
    "the journal itself": ("damaged", lambda path: spoil(path, root_page_of(path, "entry"), 100), 0),
    "the header": ("unreadable", lambda path: spoil(path, 0, 32), 0),
    "cut short": ("unreadable", lambda path: path.open("r+b").truncate(path.stat().st_size // 2), 0),
    "emptied": ("unreadable", lambda path: path.write_bytes(b""), 0),
    "not encrypted any more": ("unreadable", lambda path: path.write_bytes(b"SQLite format 3\0" * 512), 0),
    "gone": ("missing", lambda path: path.unlink(), 0),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_is_damaged_the_ledger_comes_back(folder: Path, damage: str) -> None:
    what, spoiled, saved = DAMAGES[damage]
    spoiled(path_of(folder))
    left = path_of(folder).read_bytes() if path_of(folder).exists() else None
    done, store = mended(folder, what)
    assert done.ground is not None and done.ground.made_at == NOW
    assert held(store) == (BEFORE + saved, BEFORE + saved, 1 if what == "damaged" else 0)
    assert done.lost == 2 * (AFTER - saved) and done.salvaged.entries == 2 * saved
    # It goes on, under another replica id and without a number given twice; the damaged file is as it was.
    visit(store)
    assert check(store).problems == ()
    store.close()
    if left is not None:
        assert done.aside is not None and (done.aside / DATABASE_NAME).read_bytes() == left


def test_a_bad_page_met_first_of_all_is_called_damage(folder: Path) -> None:
    spoil(path_of(folder), root_page_of(path_of(folder), "alembic_version"), 100)
    with pytest.raises(DatabaseDamaged):
        reopened(folder, home="home")
    assert find_trouble(folder / "home", KEY, thorough=True) == "damaged"


def test_what_a_former_replica_wrote_is_missed_as_well(folder: Path) -> None:
    spoil(path_of(folder), root_page_of(path_of(folder), TABLE), 100)
    done, store = mended(folder, "damaged")
    assert done.lost == 0
    visit(store)
    store.close()
    # From the first repair on another replica writes; no backup holds yet what the former one wrote last.
    spoil(path_of(folder), root_page_of(path_of(folder), "entry"), 100)
    done, store = mended(folder, "damaged")
    assert done.lost == 2 * (AFTER + 1) and "没有丢失内容" not in "".join(account(done))
    store.close()


def test_what_a_later_replica_wrote_is_missed_though_the_file_says_nothing_any_more(folder: Path) -> None:
    spoil(path_of(folder), 0, 32)
    mended(folder, "unreadable")[1].close()
    store = reopened(folder, home="home")
    visit(store)
    store.close()
    spoil(path_of(folder), 0, 32)
    done, store = mended(folder, "unreadable")
    assert done.lost == 2 * (AFTER + 1)
    store.close()


def test_names_that_cannot_be_read_are_told_though_every_entry_is_here(folder: Path) -> None:
    spoil(path_of(folder), root_page_of(path_of(folder), "value"), 100)
    done, store = mended(folder, "damaged")
    assert done.lost == 0 and not done.salvaged.values
    assert any("姓名、电话" in words for words in account(done))
    store.close()


def test_the_newest_sound_backup_is_taken_from_a_stick_and_the_attachments_here_stay(folder: Path) -> None:
    home, stick = folder / "home", folder / "stick"
    for name, words in (("blobs/aa/old", b"as it was"), ("keys/signing.p12", b"key of then")):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(words)
    with_all = reopened(folder)
    backup(with_all.engine, KEY, home, stick, now=LATER)
    newer = backup(with_all.engine, KEY, home, stick, now=LATER.replace(hour=8))
    with_all.close()
    (home / "blobs/aa/new").write_bytes(b"attached since")
    (home / "keys/signing.p12").write_bytes(b"key of now")
    # The newest of all was pulled out too early; the one before it lies on the stick as well.
    spoil(stick / "连心备份_20261104-0900.lxbak", 4096, 4096)
    path_of(folder).write_bytes(b"")
    done = repair(
        home, KEY, "unreadable", now=LATER, witnesses=folder / "witness", also=list(stick.iterdir())
    )
    assert done.ground_path == newer and done.lost == 0
    assert {each.name for each in (home / "blobs/aa").iterdir()} == {"old", "new"}
    assert (home / "keys/signing.p12").read_bytes() == b"key of now"
    store = reopened(folder)
    assert held(store) == (BEFORE + AFTER, BEFORE + AFTER, 1)
    store.close()


def test_a_log_of_another_ledger_is_put_aside_and_nothing_is_lost(folder: Path, tmp_path: Path) -> None:
    other = new_store(tmp_path / "other", seed=5)
    visit(other)
    wal = sidecars(path_of(tmp_path / "other"))[0]
    shutil.copyfile(wal, sidecars(path_of(folder))[0])
    other.close()
    home = folder / "home"
    assert find_trouble(home, KEY, thorough=False) == "foreign log"
    done = repair(home, KEY, "foreign log", now=LATER, witnesses=folder / "witness")
    assert done.lost == 0 and done.aside is not None
    store = reopened(folder)
    assert held(store) == (BEFORE + AFTER, BEFORE + AFTER, 1) and check(store).problems == ()
    store.close()


def test_a_log_left_without_its_ledger_is_no_new_office(folder: Path) -> None:
    path_of(folder).unlink()
    sidecars(path_of(folder))[0].write_bytes(b"\x07" * 500)
    done, store = mended(folder, "missing")
    assert held(store)[0] == BEFORE and done.lost == 2 * AFTER
    store.close()


def test_damaged_backups_are_passed_over(folder: Path) -> None:
    automatic = folder / "home" / AUTOMATIC
    (good,) = automatic.iterdir()
    (automatic / "连心备份_20261103-1200.lxbak").write_bytes(good.read_bytes()[:-500])
    (automatic / "连心备份_20350101-0000.lxbak").write_bytes(good.read_bytes())
    spoil(path_of(folder), 0, 32)
    done, store = mended(folder, "unreadable")
    assert done.ground is not None and held(store)[0] == BEFORE
    store.close()


def test_without_any_backup_what_is_left_is_all_there_is(folder: Path) -> None:
    shutil.rmtree(folder / "home" / AUTOMATIC)
    spoil(path_of(folder), root_page_of(path_of(folder), TABLE), 100)
    done, store = mended(folder, "damaged")
    assert done.ground is None and done.lost == 0 and held(store) == (BEFORE + AFTER, BEFORE + AFTER, 1)
    store.close()


def test_with_nothing_left_nothing_is_touched(folder: Path) -> None:
    shutil.rmtree(folder / "home" / AUTOMATIC)
    spoil(path_of(folder), 0, 32)
    before = path_of(folder).read_bytes()
    with pytest.raises(NothingToRepairFrom, match="U盘"):
        repair(folder / "home", KEY, "unreadable", now=LATER, witnesses=folder / "witness")
    assert path_of(folder).read_bytes() == before and not (folder / "home" / "restore.staging").exists()
