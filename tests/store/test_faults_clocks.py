"""A clock that is wrong: nothing is lost or put in another order by it, and the clerk is told."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

from lianxin.domain.records import Contact
from lianxin.office.safekeeping.backups import LastBackup
from lianxin.office.safekeeping.clock_check import clock_warning
from lianxin.store.backup import backup
from lianxin.store.backup_file import read_facts
from lianxin.store.check import check
from lianxin.store.layout import KEYRING_NAME
from lianxin.store.record_store import RecordStore, Surroundings
from tests.store.desks import KEY, new_store, ticking, visit

CHINA, URUMQI, UTC = (timezone(timedelta(hours=hours)) for hours in (8, 6, 0))
CLOCKS = (
    datetime(2026, 11, 2, 9, tzinfo=CHINA),
    datetime(1970, 1, 1, tzinfo=CHINA),
    datetime(2035, 6, 1, 8, tzinfo=CHINA),
    datetime(2026, 11, 2, 7, 30, tzinfo=URUMQI),
    datetime(2026, 11, 2, 2, tzinfo=UTC),
    datetime(2026, 11, 2, 10, tzinfo=CHINA),
)


def opened_at(folder: Path, at: datetime, seed: int) -> RecordStore:
    around = Surroundings(ticking(at), Random(seed).randbytes, "甲", folder / "witness")
    return RecordStore.open(folder / "home", KEY, around, actor="a1")


def test_whatever_the_clock_says_the_journal_goes_on_in_order(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    written: list[str] = []
    for seed, at in enumerate(CLOCKS):
        store = opened_at(tmp_path, at, seed + 50)
        written += [visit(store, f"第{seed}次")[0], visit(store)[0]]
        store.close()
    store = opened_at(tmp_path, CLOCKS[0], 99)
    assert check(store).problems == ()
    with store.reading() as reading:
        assert {each.uid for each in reading.all(Contact)} == set(written)
        # One replica: an hour that comes twice is no copied ledger.
        assert len(reading.counters()) == 1
        order = [each.entry.lamport for uid in written for each in reading.history("contact", uid)]
        assert order == sorted(order) and len(set(written)) == len(written)
    store.close()


def test_the_clerk_is_told_before_dates_are_written_down_wrong(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    with store.reading() as reading:
        assert clock_warning(reading, datetime(1970, 1, 1, tzinfo=CHINA)) == ""
    visit(store)
    with store.reading() as reading:
        fine = datetime(2026, 11, 2, 9, 5, tzinfo=CHINA)
        assert clock_warning(reading, fine) == clock_warning(reading, fine + timedelta(days=200)) == ""
        # The same moment in another zone is no earlier.
        assert clock_warning(reading, fine.astimezone(UTC)) == ""
        told = clock_warning(reading, datetime(1970, 1, 1, tzinfo=CHINA))
        assert "1970年1月1日" in told and "比最后一条登记还早" in told and "没有改动" in told
        assert "已有8年" in clock_warning(reading, datetime(2035, 6, 1, tzinfo=CHINA))
    store.close()


def test_a_clock_at_1970_keeps_nobody_from_a_backup(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    (store.home / KEYRING_NAME).write_bytes(b"{}")
    visit(store)
    for year in (1970, 2035):
        made = backup(store.engine, KEY, store.home, tmp_path / str(year), now=datetime(year, 1, 1, 8, 1))
        assert read_facts(made).made_at.year == year
    store.close()


def test_a_backup_made_in_another_year_or_zone_is_told_by_its_own_time() -> None:
    last = LastBackup(datetime(2035, 1, 1, 8, tzinfo=CHINA), "x")
    assert last.words(datetime(2026, 11, 2, 9, tzinfo=CHINA)) == "上次备份：2035年1月1日 08:00"
