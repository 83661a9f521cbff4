"""A whole ledger through backup and restore: same records, a new replica id, nothing forked."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from lianxin.store.backup import backup
from lianxin.store.check import check
from lianxin.store.passphrase import Argon2Cost, create_keyring, unlock
from lianxin.store.record_store import RecordStore
from lianxin.store.restore import restore
from tests.store.desks import KEY, new_store, reopened, visit

NOW = datetime(2026, 11, 3, 16, 20)


@pytest.fixture
def ledger(tmp_path: Path) -> RecordStore:
    """A new ledger with a keyring that wraps the key of these tests."""
    create_keyring(
        tmp_path / "home",
        "口令",
        random=lambda count: KEY.raw if count == len(KEY.raw) else os.urandom(count),
        cost=Argon2Cost(iterations=1, lanes=1, memory_kib=8),
    )
    return new_store(tmp_path)


def saved(store: RecordStore, to_dir: Path) -> Path:
    return backup(store.engine, store.key, store.home, to_dir, now=NOW)


def taken_back(path: Path, home: Path) -> None:
    restore(path, home, unlock=lambda folder: unlock(folder, "口令"), now=NOW)


def content(store: RecordStore) -> str:
    return check(store).content_hash


def test_the_restored_ledger_is_the_one_saved_and_sound(ledger: RecordStore, tmp_path: Path) -> None:
    visit(ledger)
    visit(ledger, "路灯不亮", "仇国强")
    before = content(ledger)
    path = saved(ledger, tmp_path / "to")
    visit(ledger, "后来的事", "解小红")
    ledger.close()
    taken_back(path, tmp_path / "home")
    store = reopened(tmp_path)
    assert content(store) == before
    assert not check(store).problems
    store.close()


@pytest.mark.parametrize("written_after", [0, 1])
def test_the_next_write_after_a_restore_has_a_new_replica_id(
    ledger: RecordStore, tmp_path: Path, written_after: int
) -> None:
    """Also when nothing was written after the backup: the copy that lies aside could still go on writing."""
    visit(ledger)
    path = saved(ledger, tmp_path / "to")
    for _ in range(written_after):
        visit(ledger)
    former = ledger.replica
    ledger.close()
    taken_back(path, tmp_path / "home")
    store = reopened(tmp_path)
    visit(store)
    assert store.replica != former
    assert not check(store).problems
    store.close()
