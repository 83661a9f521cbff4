"""The window of a county: its own rail, 接收报送 first, merged records to look at, nothing of the township's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lianxin import bootstrap
from lianxin.bootstrap import App
from lianxin.domain.dictionary import kinds
from lianxin.domain.records import Contact, Visitor
from lianxin.office.safekeeping.setting_up import Beginning
from lianxin.office.sample.making import PASSPHRASE_FILE
from lianxin.ui.county.entries import HELP, county_entries
from lianxin.ui.county.merged_page import MergedPage
from lianxin.ui.help.practice_panel import PracticePanel
from lianxin.ui.main import office_entries
from lianxin.ui.pages import COUNTY_PAGES, HANDOVER, HELP_PLACE
from lianxin.ui.pages import HELP as PAGE_OF_HELP
from lianxin.ui.start.window_keeper import WindowKeeper
from tests.county.posts import Posts, posts_in
from tests.ui.county_desk import Around, CountyClerk, county_window
from tests.ui.small_office import Keeping, computer

WORDS = "清江县人大2026"


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as made:
        made.visit(made.town, "路灯不亮")
        made.visit(made.town, "水管破损", name="田金玉")
        made.visit(made.offices.other, "机耕道不通")
        made.receive(made.send(made.town), made.send(made.offices.other, folder="other"))
        yield made


@pytest.fixture
def clerk(qtbot: QtBot, posts: Posts, monkeypatch: pytest.MonkeyPatch) -> Iterator[CountyClerk]:
    with county_window(qtbot, posts.county, Around(), monkeypatch.setattr) as made:
        yield made


def test_a_data_folder_of_a_county_opens_with_its_own_pages(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "surroundings", lambda: computer(tmp_path))
    beginning = Beginning(role="county", code="439901", name="清江县人大常委会")
    bootstrap.begin(tmp_path / "home", WORDS, beginning)[0].close()
    # A sample's passphrase lies beside it: what is offered in a sample is not the township's practice here.
    (tmp_path / "home" / PASSPHRASE_FILE).write_text(WORDS, encoding="utf-8")
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    keeper = WindowKeeper(application, tmp_path / "home", office_entries)
    keeper.begin(WORDS)
    qtbot.waitUntil(lambda: keeper.window is not None, timeout=20_000)
    window = keeper.window
    assert window is not None and window.current_page() == "matrix"
    assert window.findChild(PracticePanel) is None
    for key in HELP:
        window.go(key)
    assert set(window.made_pages()) == set(HELP)
    keeper.set_letters(1.25)
    assert keeper.window is not None and keeper.window.current_page() == "settings"
    keeper.window.close()
    keeper.window.deleteLater()
    keeper.close()
    keeper.deleteLater()


def test_the_rail_is_the_countys_and_every_kind_has_one_home(posts: Posts) -> None:
    entries = county_entries(App(posts.county.store.home, posts.county), Keeping(posts.county))
    order = [*(key for key, _ in COUNTY_PAGES), PAGE_OF_HELP]
    shown = [entry.key for entry in entries]
    assert shown == [key for key in order if key in shown] and shown[0] == "receive"
    homes = [kind for entry in entries for kind in entry.kinds]
    assert sorted(homes) == sorted([HANDOVER, HELP_PLACE, *(cls.KIND for cls in kinds())])
    assert all(entry.help for entry in entries)


def test_merged_records_are_told_apart_by_office(clerk: CountyClerk, posts: Posts) -> None:
    page = clerk.go("registers", MergedPage)
    rows = [tuple(page.list.model.cells(row)) for row in range(page.list.shown_count())]
    assert sorted((row[0], row[2]) for row in rows) == [
        ("响水乡", "机耕道不通"), ("石牌镇", "水管破损"), ("石牌镇", "路灯不亮"),
    ]  # fmt: skip
    page.town.setCurrentIndex(page.town.findText("响水乡"))
    clerk.rest()
    assert page.list.shown_count() == 1
    page.list.select(page.list.model.key_at(0))
    clerk.rest()
    assert dict(page.facts.texts())["单位"] == "响水乡"
    page.choose(Visitor.KIND)
    clerk.rest()
    assert page.list.shown_count() == 1 and page.town.currentText() == "响水乡"


def test_nothing_can_be_written_into_a_townships_record(clerk: CountyClerk) -> None:
    clerk.go("registers", MergedPage)
    assert clerk.window.headline.main_button() is None
    clerk.press(Qt.Key.Key_F2)


def test_the_search_leads_to_the_merged_record(clerk: CountyClerk, posts: Posts) -> None:
    with posts.county.store.reading() as reading:
        found = next(each for each in reading.all(Contact) if each.words == "水管破损")
    clerk.window.open_record(Contact.KIND, found.uid)
    clerk.rest()
    page = clerk.window.page("registers")
    assert isinstance(page, MergedPage)
    assert dict(page.facts.texts())["反映内容"] == "水管破损"
