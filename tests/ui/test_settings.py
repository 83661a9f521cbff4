"""设置与备份 as a clerk uses it: office data, letters, passphrase, sheet, backup, check, recycle bin."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Station
from lianxin.office.desk import Desk, office_of
from lianxin.office.records import remove_record
from lianxin.office.safekeeping.backups import back_up, second_place
from lianxin.office.safekeeping.keeping import sheet_kept
from lianxin.store import passphrase as keyring
from lianxin.ui.pages import PageEntry
from lianxin.ui.registers.register_form import RegisterForm
from lianxin.ui.registers.register_panel import RegisterPanel
from lianxin.ui.settings.backups import BackupSection
from lianxin.ui.settings.checking import CheckSection
from lianxin.ui.settings.display import DisplaySection
from lianxin.ui.settings.recycle_bin import RecycleBin
from lianxin.ui.settings.rules import RulesSection
from lianxin.ui.settings.secrets import SecretsSection
from lianxin.ui.settings.settings_page import SettingsPage
from lianxin.ui.shell import MainWindow
from tests.ui.small_office import PASSPHRASE, Keeping, small_office, window_with

SOON = 20_000


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    return small_office(tmp_path)


@pytest.fixture
def keeper(office: Desk) -> Keeping:
    return Keeping(office)


@pytest.fixture
def page(qtbot: QtBot, office: Desk, keeper: Keeping) -> SettingsPage:
    window = window_with(
        office, PageEntry("settings", "设置与备份", lambda desk: SettingsPage(desk, office, keeper))
    )
    qtbot.addWidget(window)
    window.show()
    window.go("settings")
    made = window.page("settings")
    assert isinstance(made, SettingsPage)
    return made


def window_of(page: SettingsPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def test_the_office_is_changed_by_its_form_and_the_window_takes_the_name(
    page: SettingsPage, office: Desk, keeper: Keeping
) -> None:
    form = page.section()
    assert isinstance(form, RegisterForm) and not form.remove_button.isVisible()
    form.form.set_value("clerk", "周桂兰")
    assert form.save()
    with office.store.reading() as reading:
        assert office_of(reading).clerk == "周桂兰"
    assert keeper.asked == [("rename", None)] and not form.form.row("profile").isVisible()


def test_terms_stations_villages_and_units_are_registers(page: SettingsPage) -> None:
    for key, words in (
        ("terms", "届"),
        ("stations", "站点"),
        ("villages", "行政区划"),
        ("units", "承办单位"),
    ):
        page.choose(key)
        section = page.section()
        assert isinstance(section, RegisterPanel)
        main = window_of(page).headline.main_button()
        assert main is not None and main.text() == f"新增{words}  F2"


def test_every_section_has_its_place_in_the_manual(page: SettingsPage) -> None:
    for row in range(page.rail.count()):
        page.rail.setCurrentRow(row)
        assert page.chapter(), page.rail.item(row).text()


def test_letters_are_asked_of_the_keeper(page: SettingsPage, keeper: Keeping) -> None:
    page.choose("display")
    section = page.section()
    assert isinstance(section, DisplaySection)
    section.letters.findChildren(QPushButton)[1].click()
    assert keeper.asked == [("letters", 1.25)]


def test_the_passphrase_changes_only_with_the_old_one(qtbot: QtBot, page: SettingsPage, office: Desk) -> None:
    page.choose("secrets")
    section = page.section()
    assert isinstance(section, SecretsSection)
    for old, fine in (("不是它", False), (PASSPHRASE, True)):
        section.questions.row("old").editor.set_text(old)
        for key in ("passphrase", "again"):
            section.questions.row(key).editor.set_text("换过的新口令")
        section.change()
        qtbot.waitUntil(section.change_button.isEnabled, timeout=SOON)
        assert bool(section.questions.row("old").problem()) is not fine
    assert keyring.unlock(office.store.home, "换过的新口令") == office.store.key


def test_a_new_sheet_is_shown_once_and_its_code_works(qtbot: QtBot, page: SettingsPage, office: Desk) -> None:
    page.choose("secrets")
    section = page.section()
    assert isinstance(section, SecretsSection)
    section.make_sheet()
    qtbot.waitUntil(lambda: section.sheet is not None, timeout=SOON)
    assert section.sheet is not None
    code = "-".join(section.sheet._facts.groups)
    assert keyring.unlock_with_recovery(office.store.home, code) == office.store.key
    section.sheet.kept.setChecked(True)
    assert section.sheet is None
    with office.store.reading() as reading:
        assert sheet_kept(reading) == "2026-11-22"


def second_days(office: Desk) -> int:
    with office.store.reading() as reading:
        return second_place(reading).days


def test_a_backup_is_made_and_its_time_is_shown(
    qtbot: QtBot, page: SettingsPage, office: Desk, tmp_path: Path
) -> None:
    page.choose("backup")
    section = page.section()
    assert isinstance(section, BackupSection) and "还没有做过备份" in section._told.text()
    section.back_up_to(tmp_path / "stick")
    qtbot.waitUntil(lambda: "已读回核对" in section.outcome.text(), timeout=SOON)
    assert "上次备份：2026年11月22日 10:52" in section.place.text() and section.days.code() == "7"
    qtbot.waitUntil(section.backup_button.isEnabled)
    # From now on one button does it again, and what is in each is told.
    section.backup_button.click()
    qtbot.waitUntil(lambda: section.restoring.list.shown_count() == 2, timeout=SOON)
    (row, _) = section.restoring._source.rows(section.restoring._source.keys("", False, ""))
    assert row[:2] == ("2026年11月22日 10:52", "另一处") and row[-1] == "现在的口令"
    section.days.chosen.emit("30")
    assert second_days(office) == 30


def test_a_backup_that_cannot_be_written_is_said(qtbot: QtBot, page: SettingsPage, tmp_path: Path) -> None:
    page.choose("backup")
    section = page.section()
    assert isinstance(section, BackupSection)
    (tmp_path / "stick").write_text("not a folder")
    section.back_up_to(tmp_path / "stick")
    qtbot.waitUntil(lambda: "备份没有做成" in section.outcome.text(), timeout=SOON)


def test_restoring_is_handed_to_the_keeper(
    page: SettingsPage, office: Desk, keeper: Keeping, tmp_path: Path
) -> None:
    page.choose("backup")
    section = page.section()
    assert isinstance(section, BackupSection)
    section.restore()
    assert keeper.asked == []
    file = back_up(office, tmp_path / "stick")
    section.choose(file)
    assert (
        "清江县石牌镇" in section.restoring.chosen.text()
        and "含附件和密钥" in section.restoring.chosen.text()
    )
    section.restore()
    assert keeper.asked == []
    section.questions.row("passphrase").editor.set_text(PASSPHRASE)
    section.restore()
    assert keeper.asked == [("restore", (file, PASSPHRASE))]


def test_what_a_restore_replaced_can_be_put_back(page: SettingsPage, office: Desk, keeper: Keeping) -> None:
    aside = office.store.home / "aside" / "20261122-090000"
    aside.mkdir(parents=True)
    (aside / "ledger.db").write_bytes(b"x")
    page.choose("backup")
    section = page.section()
    assert isinstance(section, BackupSection)
    (line,) = section.restoring.before.lines()
    assert line.startswith("2026年11月22日 09:00换下来的数据")
    section.questions.row("passphrase").editor.set_text(PASSPHRASE)
    section.restoring.before.findChildren(QPushButton)[-1].click()
    assert keeper.asked == [("put back", (aside, PASSPHRASE))]


def test_checking_says_that_all_is_well(qtbot: QtBot, page: SettingsPage) -> None:
    page.choose("check")
    section = page.section()
    assert isinstance(section, CheckSection)
    section.check()
    qtbot.waitUntil(lambda: "没有发现问题" in section.outcome.text(), timeout=SOON)


def test_what_was_removed_comes_back_from_the_bin(qtbot: QtBot, page: SettingsPage, office: Desk) -> None:
    with office.store.reading() as reading:
        (station,) = reading.all(Station)
    remove_record(office, Station, station.uid)
    page.choose("bin")
    section = page.section()
    assert isinstance(section, RecycleBin) and section.list.shown_count() == 1
    section.list.select(section.list.model.key_at(0))
    section.restore_button.click()
    assert section.list.shown_count() == 0
    assert window_of(page).status.quiet.words() == "已恢复站点“石牌镇代表联络站”"
    with office.store.reading() as reading:
        assert reading.get(Station, station.uid) == station


def test_rules_show_their_sources_and_another_profile_counts_only_after_its_differences_were_seen(
    page: SettingsPage, keeper: Keeping
) -> None:
    page.choose("rules")
    section = page.section()
    assert isinstance(section, RulesSection)
    cells = section.list.model.cells(0)
    assert cells[0] == "代表建议答复期限" and cells[1] == "3个月" and "代表法" in cells[3]
    assert section.use.isHidden() and section.offer.isHidden()
    section.profiles.findChildren(QPushButton)[1].click()
    assert keeper.asked == [] and "项不同" in section.told.text()
    changed = [section.changes.model.cells(row) for row in range(section.changes.shown_count())]
    assert ["退回交办期限", "没有规定", "10个工作日"] in [list(cells[:3]) for cells in changed]
    section.use.click()
    assert keeper.asked == [("profile", "henan")]


def test_a_rule_file_is_shown_with_its_differences_and_a_wrong_one_refused(
    page: SettingsPage, keeper: Keeping, tmp_path: Path
) -> None:
    page.choose("rules")
    section = page.section()
    assert isinstance(section, RulesSection)
    file = tmp_path / "县里的规则.json"
    file.write_text("不是规则库", "utf-8")
    section.read_file(file)
    assert "原来的规则没有变" in section.refused.text() and not section.refused.isHidden()
    told = (Path(__file__).parents[2] / "resources" / "profiles" / "national.json").read_text("utf-8")
    file.write_text(told.replace('"国家规定"', '"清江县规定"').replace('"value": 30', '"value": 20'), "utf-8")
    section.read_file(file)
    assert section.refused.isHidden() and "清江县规定" in section.told.text()
    assert section.changes.shown_count() == told.count('"value": 30') and keeper.asked == []
    section.use.click()
    ((what, key),) = keeper.asked
    assert what == "profile" and str(key).startswith("national-")


def test_locking_is_asked_of_the_keeper(page: SettingsPage, keeper: Keeping) -> None:
    lock = next(one for one in window_of(page).headline.other_buttons() if one.text() == "锁定")
    lock.click()
    assert keeper.asked == [("lock", None)]
