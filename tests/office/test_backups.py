"""Backups by themselves and in the second place: made when something changed, remembered, and told of."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from lianxin.domain.records import Station
from lianxin.office.desk import Desk
from lianxin.office.records import new_uid, save_record
from lianxin.office.safekeeping.backups import (
    SecondPlace,
    back_up,
    back_up_automatically,
    back_up_before,
    backup_line,
    choose_second_place,
    has_changed,
    last_backup,
    second_overdue,
    second_place,
)
from lianxin.store.backup_file import read_facts
from lianxin.store.layout import AUTOMATIC
from tests.ui.small_office import NOW, small_office


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    return small_office(tmp_path / "here")


def test_a_backup_is_made_when_something_changed_and_only_then(office: Desk) -> None:
    path = back_up_automatically(office)
    assert path is not None and path.parent == office.store.home / AUTOMATIC
    assert back_up_automatically(office) is None
    save_record(office, Station(uid=new_uid(office), name="向阳村联络点"))
    with office.store.reading() as reading:
        assert has_changed(reading)
    back_up_before(office, "导入")
    with office.store.reading() as reading:
        assert not has_changed(reading)
        last = last_backup(reading)
        assert last is not None and last.words(NOW) == "上次备份：今天 10:52"
        assert backup_line(reading, NOW) == "上次备份：今天 10:52 ✓ 本机"
        assert last.words(NOW + timedelta(days=1)) == "上次备份：昨天 10:52"
    facts = read_facts(Path(last.path))
    assert facts.inside is not None and "石牌镇" in facts.inside.office
    assert facts.left == ("blobs", "bundles") and facts.inside.latest.startswith(f"{NOW:%Y-%m-%d}")


def test_one_that_cannot_be_made_stops_nothing(office: Desk) -> None:
    (office.store.home / AUTOMATIC).write_bytes(b"a file where the folder belongs")
    back_up_before(office, "导入")
    with office.store.reading() as reading:
        assert last_backup(reading) is None
        noted = reading.connection.exec_driver_sql("SELECT what FROM local_log").scalars().all()
    assert "导入前的备份没有做成" in noted


def test_the_second_place_is_reminded_by_its_own_rule(office: Desk, tmp_path: Path) -> None:
    with office.store.reading() as reading:
        assert second_place(reading) == SecondPlace() and "还没有" in second_overdue(reading, NOW)
    choose_second_place(office, SecondPlace(str(tmp_path / "stick"), 14))
    path = back_up(office, tmp_path / "stick")
    with office.store.reading() as reading:
        last = last_backup(reading)
        assert last is not None and last.path == str(path) and second_place(reading).days == 14
        assert second_overdue(reading, NOW + timedelta(days=14)) == ""
        assert "15天" in second_overdue(reading, NOW + timedelta(days=15))
        assert "另一处" in backup_line(reading, NOW)
