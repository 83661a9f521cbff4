"""After a restored backup a county's settings say what to look through, until 已核对作废名单."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from lianxin import bootstrap
from lianxin.county.certificates.after_restore import to_check
from lianxin.county.enrolment.enrolling import revoke
from lianxin.office.safekeeping.setting_up import Beginning
from lianxin.ui.county.entries import county_entries
from lianxin.ui.county.keys.register_section import RegisterSection
from lianxin.ui.county.keys.root_section import RootSection
from lianxin.ui.county.settings_page import CountySettingsPage
from lianxin.ui.start.window_keeper import WindowKeeper
from tests.county.posts import Posts, posts_in
from tests.ui.county_desk import Around, CountyClerk, county_window
from tests.ui.small_office import computer

WORDS = "清江县人大2026"


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as made:
        # What a restore leaves in the ledger it puts in place.
        with made.county.store.bookkeeping() as connection:
            connection.exec_driver_sql("UPDATE replica_state SET file_identity = ''")
        yield made


@pytest.fixture
def clerk(
    qtbot: QtBot, posts: Posts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CountyClerk]:
    around = Around(folder=str(tmp_path / "U盘"))
    with county_window(qtbot, posts.county, around, monkeypatch.setattr) as made:
        yield made


def test_the_notice_stands_on_both_sections_until_it_is_confirmed(clerk: CountyClerk, posts: Posts) -> None:
    page = clerk.go("settings", CountySettingsPage)
    register = page.section()
    assert isinstance(register, RegisterSection) and register.notice.isVisible()
    assert "石牌镇、响水乡" in register.notice.words.text()
    revoke(posts.county, code="439901102", to=posts.offices.folder / "answers")
    page.choose("root")
    clerk.rest()
    root = page.section()
    assert isinstance(root, RootSection) and root.notice.isVisible()
    assert "石牌镇" not in root.notice.words.text() and "响水乡" in root.notice.words.text()
    clerk.click(root.notice.confirm)
    assert not root.notice.isVisible() and to_check(posts.county) is None
    assert "核对过了" in clerk.told()
    page.choose("register")
    clerk.rest()
    assert not register.notice.isVisible()


def test_a_county_that_never_was_restored_sees_no_notice(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        posts_in(tmp_path) as posts,
        county_window(qtbot, posts.county, Around(), monkeypatch.setattr) as clerk,
    ):
        section = clerk.go("settings", CountySettingsPage).section()
        assert isinstance(section, RegisterSection) and not section.notice.isVisible()


def test_the_window_says_it_at_every_opening(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "surroundings", lambda: computer(tmp_path))
    home = tmp_path / "home"
    beginning = Beginning(role="county", code="439901", name="清江县人大常委会")
    app, _ = bootstrap.begin(home, WORDS, beginning)
    saved = bootstrap.backup(app, tmp_path / "stick")
    app.close()
    bootstrap.restore(home, saved, WORDS)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    keeper = WindowKeeper(application, home, county_entries)
    keeper.begin(WORDS)
    qtbot.waitUntil(lambda: keeper.window is not None, timeout=20_000)
    window = keeper.window
    assert window is not None
    try:
        assert "重新作废一次" in window.notice.words() and "已核对作废名单" in window.notice.words()
        next(each for each in window.notice.findChildren(QPushButton)).click()
        assert window.notice.words() == ""
    finally:
        window.close()
        window.deleteLater()
        keeper.close()
        keeper.deleteLater()
