"""A copied or restored ledger never writes under the replica id of the one it came from (journal.md, "Copies")."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lianxin.domain.records import Contact, Opinion
from lianxin.store.check import check
from lianxin.store.database import DATABASE_NAME
from lianxin.store.numbers import next_serial
from lianxin.store.record_store import NEW_REPLICA, NUMBER_JUMP, RecordStore
from lianxin.store.witness import Witness, read_witness, write_witness
from tests.store.desks import DAY, ORG, contact, new_store, reopened, visit


def numbered(store: RecordStore) -> int:
    """Registers one contact and says which serial it got."""
    with store.writing(reason="登记") as door:
        serial = next_serial(door, ORG, Contact, DAY)
        door.put(contact(door.new_uid(), number=f"{ORG}-2026-JF{serial:04d}"))
    return serial


def ids(store: RecordStore) -> list[tuple[str, int, str]]:
    """(stream, counter, hash) of every entry."""
    with store.reading() as now:
        rows = now.connection.exec_driver_sql("SELECT stream, counter, hash FROM entry").all()
    return [(str(row[0]), int(row[1]), str(row[2])) for row in rows]


def kept_as_it_was(tmp_path: Path) -> Path:
    """A copy of the closed ledger aside."""
    aside = tmp_path / "aside"
    shutil.copytree(tmp_path / "home", aside)
    return aside


def put_back(tmp_path: Path, aside: Path) -> None:
    """Puts the file kept aside where the newer one was, as somebody without our restore would."""
    shutil.copy(aside / DATABASE_NAME, tmp_path / "home" / DATABASE_NAME)


def never_two_under_one_id(*stores: RecordStore) -> None:
    """No (stream, counter) stands for two entries in all these ledgers, and each holds."""
    known: dict[tuple[str, int], str] = {}
    for store in stores:
        assert check(store).ok
        for stream, counter, digest in ids(store):
            assert known.setdefault((stream, counter), digest) == digest


def test_a_ledger_goes_on_under_its_own_id_after_every_start(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    replica = store.replica
    for seed in range(3):
        assert numbered(store) == seed + 1
        store.close()
        store = reopened(tmp_path, seed=seed + 5)
    assert store.replica == replica
    store.close()


def test_a_copied_folder_writes_under_a_new_id_and_the_first_one_under_its_own(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    numbered(store)
    store.close()
    shutil.copytree(tmp_path / "home", tmp_path / "copy")
    first, copy = reopened(tmp_path), reopened(tmp_path, home="copy", seed=3)
    replica = first.replica
    assert copy.replica == replica
    assert (numbered(first), numbered(copy)) == (2, 2 + NUMBER_JUMP)
    assert first.replica == replica != copy.replica
    begun = copy.replica
    assert (numbered(first), numbered(copy)) == (3, 3 + NUMBER_JUMP)
    assert copy.replica == begun
    never_two_under_one_id(first, copy)
    with copy.reading() as now:
        lines = now.connection.exec_driver_sql("SELECT what, detail FROM local_log").all()
    assert [line[0] for line in lines] == [NEW_REPLICA] and begun in lines[0][1]
    first.close()
    copy.close()


def test_a_copy_made_before_the_first_write_is_a_copy_too(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    shutil.copytree(tmp_path / "home", tmp_path / "copy")
    first, copy = reopened(tmp_path), reopened(tmp_path, home="copy", seed=3)
    visit(first)
    visit(copy)
    assert first.replica != copy.replica
    never_two_under_one_id(first, copy)
    first.close()
    copy.close()


def test_an_old_file_put_back_never_uses_a_counter_or_number_again(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    numbered(store)
    store.close()
    aside = kept_as_it_was(tmp_path)
    lost = reopened(tmp_path)
    replica = lost.replica
    given = [numbered(lost) for _ in range(3)]
    with lost.writing(reason="登记") as door:
        opinion = next_serial(door, ORG, Opinion, DAY)
    gone = ids(lost)
    lost.close()
    put_back(tmp_path, aside)
    store = reopened(tmp_path, seed=9)
    assert numbered(store) > max(given)
    with store.writing(reason="登记") as door:
        # A kind the old file had no number of yet jumps as well.
        assert next_serial(door, ORG, Opinion, DAY) > opinion
    assert store.replica != replica
    mine = {(stream, counter) for stream, counter, _ in ids(store) if not stream.startswith(replica)}
    assert mine and not mine & {(stream, counter) for stream, counter, _ in gone}
    assert check(store).ok
    store.close()


def test_another_computer_or_another_user_is_a_new_id(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    visit(store)
    replica = store.replica
    store.close()
    moved = reopened(tmp_path, machine="乙", seed=4)
    visit(moved)
    assert moved.replica != replica
    moved.close()
    shutil.rmtree(tmp_path / "witness")
    other = reopened(tmp_path, machine="乙", seed=5)
    before = other.replica
    visit(other)
    assert other.replica != before
    never_two_under_one_id(other)
    other.close()


@pytest.mark.parametrize("behind", [1, 2, 50])
def test_a_witness_that_a_crash_left_behind_changes_nothing(tmp_path: Path, behind: int) -> None:
    store = new_store(tmp_path)
    for _ in range(30):
        visit(store)
    replica = store.replica
    store.close()
    kept = read_witness(tmp_path / "witness", replica)
    assert kept is not None and kept.counter == 60
    lagging = Witness(kept.replica, kept.place, kept.file_identity, 60 - behind)
    write_witness(tmp_path / "witness", lagging)
    store = reopened(tmp_path)
    visit(store)
    assert store.replica == replica
    kept = read_witness(tmp_path / "witness", replica)
    assert kept is not None and kept.counter == 62
    store.close()


def test_a_witness_that_cannot_be_written_costs_no_save_and_one_id_a_start(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    shutil.rmtree(tmp_path / "witness")
    (tmp_path / "witness").write_text("in the way")
    store.close()
    store = reopened(tmp_path)
    saved = [visit(store)[0] for _ in range(3)]
    with store.reading() as now:
        assert list(now.by_uid(Contact, saved)) == saved
        assert now.connection.exec_driver_sql("SELECT count(*) FROM replica_state").scalar() == 2
    store.close()


def test_two_windows_on_one_ledger_are_one_replica(tmp_path: Path) -> None:
    one = new_store(tmp_path)
    other = reopened(tmp_path)
    replica = one.replica
    for store in (one, other, other, one, other):
        visit(store)
    assert one.replica == other.replica == replica
    kept = read_witness(tmp_path / "witness", replica)
    assert kept is not None and kept.counter == 10
    never_two_under_one_id(one)
    one.close()
    other.close()


def test_a_write_that_fails_begins_no_new_id(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    shutil.copytree(tmp_path / "home", tmp_path / "copy")
    copy = reopened(tmp_path, home="copy")
    replica = copy.replica
    with pytest.raises(ZeroDivisionError), copy.writing(reason="中断"):
        raise ZeroDivisionError
    assert copy.replica == replica
    copy.close()
