"""Backups nobody has to think of: in the rounds and on leaving, without holding up the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Station
from lianxin.office.desk import Desk
from lianxin.office.records import new_uid, save_record
from lianxin.office.safekeeping.backups import has_changed
from lianxin.store.layout import AUTOMATIC
from lianxin.ui.start.backup_rounds import BackupRounds, LeavingWindow
from tests.ui.small_office import small_office

SOON = 20_000


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    return small_office(tmp_path)


@pytest.fixture
def rounds(qapp: QApplication, office: Desk) -> BackupRounds:
    return BackupRounds(office, qapp)


def backups(office: Desk) -> int:
    return len(list((office.store.home / AUTOMATIC).glob("*.lxbak")))


def test_a_round_makes_one_when_something_changed_and_says_when(
    qtbot: QtBot, office: Desk, rounds: BackupRounds
) -> None:
    assert rounds.words() == "还没有备份"
    with qtbot.waitSignal(rounds.told, timeout=SOON) as told:
        rounds.make()
    assert told.args == ["上次备份：今天 10:52 ✓ 本机"] and backups(office) == 1
    with qtbot.waitSignal(rounds.told, timeout=SOON):
        rounds.make()
    assert backups(office) == 1 and not rounds.is_due()
    rounds.end()


def test_one_that_fails_is_said(qtbot: QtBot, office: Desk, rounds: BackupRounds) -> None:
    (office.store.home / AUTOMATIC).write_bytes(b"in the way")
    with qtbot.waitSignal(rounds.told, timeout=SOON) as told:
        rounds.make()
    assert told.args is not None and "自动备份没有做成" in told.args[0]
    # A folder in the way is no damage.
    assert not (office.store.home / "check-at-start").exists()
    rounds.end()


def test_on_leaving_it_waits_for_the_backup(qtbot: QtBot, office: Desk, rounds: BackupRounds) -> None:
    leaving = LeavingWindow(rounds)
    qtbot.addWidget(leaving)
    leaving.wait()
    assert leaving.isHidden() and backups(office) == 1
    rounds.end()


def test_on_leaving_a_person_may_skip_it(qtbot: QtBot, office: Desk, rounds: BackupRounds) -> None:
    save_record(office, Station(uid=new_uid(office), name="向阳村联络点"))
    leaving = LeavingWindow(rounds)
    qtbot.addWidget(leaving)
    QTimer.singleShot(0, leaving.skip.click)
    leaving.wait()
    rounds.end()
    with office.store.reading() as reading:
        # Either it was quick, or nothing half is left.
        assert has_changed(reading) == (backups(office) == 0)
    assert not list(office.store.home.glob("backup.staging*"))
