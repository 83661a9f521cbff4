"""A damaged ledger at the start: told plainly, mended by one button, the account read, the office open."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lianxin import bootstrap
from lianxin.domain.records import Station
from lianxin.office.records import new_uid, save_record
from lianxin.office.safekeeping.backups import back_up_automatically
from lianxin.office.safekeeping.setting_up import Beginning
from lianxin.store.database import DATABASE_NAME
from lianxin.store.repair import ask_check
from lianxin.ui.start.repairing import AccountScreen, RepairScreen
from lianxin.ui.start.start_window import StartWindow
from lianxin.ui.start.unlock import UnlockScreen
from tests.store.light_passphrase import light_passphrases

SOON = 20_000
WORDS = "石牌镇的口令"
TOWN = Beginning("township", "439901102", "清江县石牌镇人大主席团", station="石牌镇代表联络站")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder whose database lost a page after its last backup."""
    place = tmp_path / "数据"
    with light_passphrases():
        app, _ = bootstrap.begin(place, WORDS, TOWN)
    back_up_automatically(app.desk)
    save_record(app.desk, Station(uid=new_uid(app.desk), name="备份以后设的站点"))
    app.close()
    with (place / DATABASE_NAME).open("r+b") as file:
        file.seek(0)
        file.write(b"\x5a" * 64)
    return place


def test_mended_with_one_button_and_told_what_lacks(qtbot: QtBot, home: Path) -> None:
    start = StartWindow(home)
    qtbot.addWidget(start)
    start.show()
    start.unlock(WORDS)
    qtbot.waitUntil(lambda: isinstance(start.now_shown(), RepairScreen), timeout=SOON)
    asked = start.now_shown()
    assert isinstance(asked, RepairScreen) and "没有打开，也没有改动" in asked.sentence.text()
    asked.mend.click()
    qtbot.waitUntil(lambda: isinstance(start.now_shown(), AccountScreen), timeout=SOON)
    told = start.now_shown()
    assert isinstance(told, AccountScreen) and told.heading.text() == "修复好了，请看缺了什么"
    with qtbot.waitSignal(start.opened, timeout=SOON) as opened:
        told.go_on.click()
    app = opened.args[0]
    with app.desk.store.reading() as reading:
        assert [each.name for each in reading.all(Station)] == ["石牌镇代表联络站"]
    app.close()
    assert (next((home / "aside").iterdir()) / DATABASE_NAME).read_bytes()[:64] == b"\x5a" * 64


def test_a_backup_on_the_stick_is_found_by_itself(
    qtbot: QtBot, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "U盘"
    (stick / "连心").mkdir(parents=True)
    for made in (home / "自动备份").iterdir():
        made.rename(stick / "连心" / made.name)
    plugged: list[Path] = []
    monkeypatch.setattr("lianxin.ui.sending.sticks.sticks", lambda: plugged)
    start = StartWindow(home)
    qtbot.addWidget(start)
    start.unlock(WORDS)
    qtbot.waitUntil(lambda: isinstance(start.now_shown(), RepairScreen), timeout=SOON)
    asked = start.now_shown()
    assert isinstance(asked, RepairScreen) and "没有找到插着的U盘备份" in asked.found.text()
    plugged.append(stick)
    asked.again.click()
    assert f"在{stick / '连心'}" in asked.found.text()
    asked.mend.click()
    qtbot.waitUntil(lambda: isinstance(start.now_shown(), AccountScreen), timeout=SOON)


def test_a_second_window_is_no_damage(tmp_path: Path) -> None:
    place = tmp_path / "两个窗口"
    with light_passphrases():
        first, _ = bootstrap.begin(place, WORDS, TOWN)
    # Its log lies there, and a mark as a killed window leaves it; but somebody is at work.
    ask_check(place)
    second = bootstrap.unlock(place, WORDS)
    for app in (first, second):
        save_record(app.desk, Station(uid=new_uid(app.desk), name=f"站点{id(app)}"))
    with second.desk.store.reading() as reading:
        assert reading.count(Station) == 3 and len(reading.counters()) == 1
    second.close()
    first.close()


def test_after_a_power_cut_all_is_looked_at_and_a_sound_ledger_just_opens(
    qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    place = tmp_path / "另一处"
    with light_passphrases():
        bootstrap.begin(place, WORDS, TOWN)[0].close()
    (place / "windows").mkdir()
    (place / "windows" / "dead.lock").touch()
    ask_check(place)
    start = StartWindow(place)
    qtbot.addWidget(start)
    start.begin()
    assert isinstance(start.now_shown(), UnlockScreen)
    with qtbot.waitSignal(start.opened, timeout=SOON) as opened:
        start.unlock(WORDS)
    opened.args[0].close()
    assert not list((place / "windows").iterdir()) and not (place / "check-at-start").exists()
