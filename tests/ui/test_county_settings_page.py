"""设置与密钥: a township registered by telephone, a lost computer revoked, codes changed, the root on two sticks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lianxin.county.certificates.root_key import root_state
from lianxin.office.enrolment.enrolling import accept_answer
from lianxin.office.trust.trusting import code_changes
from lianxin.ui.county.keys.codes_section import CodesSection
from lianxin.ui.county.keys.keys_section import KeysSection
from lianxin.ui.county.keys.register_section import RegisterSection
from lianxin.ui.county.keys.root_section import RebuildSection, RootSection
from lianxin.ui.county.settings_page import CountySettingsPage
from lianxin.ui.help.places import COUNTY_SETTINGS
from tests.county.offices import new_desk
from tests.county.posts import Posts, posts_in
from tests.ui.county_desk import Around, CountyClerk, county_window

Key = Qt.Key


@dataclass
class Asked:
    """What was asked before something that cannot be taken back."""

    words: str = ""
    answer: bool = True

    def __call__(self, _parent: QWidget, _title: str, words: str) -> bool:
        self.words = words
        return self.answer


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as made:
        yield made


@pytest.fixture
def around(tmp_path: Path) -> Around:
    return Around(folder=str(tmp_path / "U盘"))


@pytest.fixture
def clerk(
    qtbot: QtBot, posts: Posts, around: Around, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CountyClerk]:
    with county_window(qtbot, posts.county, around, monkeypatch.setattr) as made:
        yield made


@pytest.fixture
def page(clerk: CountyClerk) -> CountySettingsPage:
    return clerk.go("settings", CountySettingsPage)


@pytest.fixture
def register(page: CountySettingsPage, around: Around, monkeypatch: pytest.MonkeyPatch) -> RegisterSection:
    section = page.section()
    assert isinstance(section, RegisterSection)
    monkeypatch.setattr(section, "_ask_folder", lambda *_: around.folder)
    monkeypatch.setattr(section, "_ask_file", lambda *_: around.file)
    return section


def lines(section: RegisterSection) -> list[tuple[str, ...]]:
    return [tuple(section.list.model.cells(row)) for row in range(section.list.shown_count())]


def test_a_request_is_compared_and_answered(
    register: RegisterSection, clerk: CountyClerk, posts: Posts, around: Around
) -> None:
    town = new_desk(posts.offices.folder, posts.offices.clock, "439901109", "清江县古城镇人大主席团")
    try:
        around.file = str(posts.offices.request(town))
        before = len(lines(register))
        assert clerk.main() == "选择登记申请"
        clerk.press(Key.Key_F2)
        assert register.request is not None and register.code.isVisible()
        assert register.code.text() == register.request.spoken_code and clerk.main() == "核对一致，签发"
        assert dict(register.facts.texts())["已登记"].startswith("还没有")
        clerk.press(Key.Key_F2)
        assert "古城镇" in register.work.said() and "根证书核对码" in register.work.said()
        assert len(lines(register)) == before + 1 and not register.code.isVisible()
        (answer,) = [each for each in Path(around.folder).iterdir() if "登记答复" in each.name]
        assert accept_answer(town, file=answer).certified
    finally:
        town.store.close()


def test_what_is_no_request_is_refused_in_words(register: RegisterSection, posts: Posts) -> None:
    posts.visit(posts.town)
    register.read(posts.send(posts.town))
    assert register.request is None and register.work.said() != "" and "没有" in register.work.said()


def test_a_lost_computer_is_revoked_after_one_question(
    register: RegisterSection, clerk: CountyClerk, posts: Posts, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(answer=False)
    monkeypatch.setattr(register, "_agreed", asked)
    key = next(
        register.list.model.key_at(row)
        for row in range(register.list.shown_count())
        if "石牌镇" in register.list.model.cells(row)[0]
    )
    assert not register.lost.isEnabled()
    register.list.select(key)
    clerk.click(register.lost)
    assert "作废不能撤销" in asked.words and all("作废" not in line[5] for line in lines(register))
    asked.answer = True
    clerk.click(register.lost)
    assert "已作废" in next(line[5] for line in lines(register) if "石牌镇" in line[0])
    posts.visit(posts.town)
    (told,) = posts.receive(posts.send(posts.town))
    assert told.outcome.code == "E308"
    assert not register.lost.isEnabled()


def test_the_root_goes_to_two_sticks(
    page: CountySettingsPage,
    clerk: CountyClerk,
    posts: Posts,
    around: Around,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page.choose("root")
    section = page.section()
    assert isinstance(section, RootSection)
    monkeypatch.setattr(section, "_ask_folder", lambda *_: around.folder)
    assert "根密钥仍在本机" in section.words.text() and section.badge.words() == "待导出"
    clerk.click(section.export_button)
    assert root_state(posts.county).here
    for key in ("passphrase", "again"):
        section.questions.row(key).editor.set_text("清江县根密钥2026")
    clerk.click(section.export_button)
    assert root_state(posts.county).here and "已导出并读回核对" in section.work.said()
    assert section.badge.words() == "待导出第二份" and "根密钥仍在本机" in section.words.text()
    for key in ("passphrase", "again"):
        section.questions.row(key).editor.set_text("清江县根密钥2026")
    clerk.click(section.export_button)
    assert "存第一份的U盘" in section.work.said() and root_state(posts.county).here
    around.folder = str(posts.offices.folder / "第二个U盘")
    clerk.click(section.export_button)
    state = root_state(posts.county)
    assert len(state.copies) == 2 and section.badge.words() == "已分开保管"
    assert section.code.text() == state.root_code and "仍在本机" not in section.words.text()
    section.root.passphrase.setText("不是这个口令")
    clerk.click(section.check_button)
    assert "打不开" in section.work.said() and not root_state(posts.county).checked_on
    section.root.passphrase.setText("清江县根密钥2026")
    clerk.click(section.check_button)
    assert "打得开" in section.work.said() and root_state(posts.county).checked_on == "2026-11-20"


def test_without_the_root_nothing_is_issued_until_its_file_is_chosen(
    register: RegisterSection, clerk: CountyClerk, posts: Posts, around: Around
) -> None:
    from lianxin.county.certificates.root_key import export_root

    root = export_root(posts.county, to=posts.offices.folder / "root", passphrase="清江根密钥")
    around.file = str(posts.offices.request(posts.town, new_key=True))
    clerk.press(Key.Key_F2)
    assert register.root.isVisible() and "电脑1" in dict(register.facts.texts())["已登记"]
    clerk.press(Key.Key_F2)
    assert "请先选根密钥文件" in register.work.said()
    register.root.set_file(str(root.path))
    register.root.passphrase.setText("清江根密钥")
    clerk.press(Key.Key_F2)
    # It asks with a new key: the certificate of its old one goes with the answer unless the tick is taken out.
    assert "原来的证书已作废" in register.work.said()


def test_every_section_has_its_place_in_the_manual(page: CountySettingsPage) -> None:
    assert set(page._makers) == set(COUNTY_SETTINGS)


def test_a_code_that_ended_is_noted_once_it_is_written_right(
    page: CountySettingsPage, clerk: CountyClerk, posts: Posts
) -> None:
    page.choose("codes")
    section = page.section()
    assert isinstance(section, CodesSection)
    clerk.click(section.button)
    with posts.county.store.reading() as reading:
        assert code_changes(reading) == []
    for key, text in (("former", "439901103"), ("code", "439901123"), ("day", "昨天不知道")):
        section.questions.row(key).editor.set_text(text)
    clerk.click(section.button)
    with posts.county.store.reading() as reading:
        assert code_changes(reading) == []
    section.questions.row("day").editor.set_text("2026.7.1")
    clerk.click(section.button)
    assert "439901103 自2026年7月1日起由 439901123 接着用" in section.work.said()
    assert tuple(section.list.model.cells(0)) == (
        "更名", "439901103", "清江县响水乡人大主席团", "439901123", "2026-07-01", "一直收",
    )  # fmt: skip
    section.list.select(section.list.model.key_at(0))
    section.until.set_text("2026.6.1")
    clerk.click(section.until_button)
    assert "早于生效日期" in section.told.said()
    section.until.set_text("2026.12.31")
    clerk.click(section.until_button)
    assert section.list.model.cells(0)[5] == "2026-12-31"
    clerk.click(section.forget_button)
    assert section.list.shown_count() == 0
    clerk.undo()
    assert section.list.shown_count() == 1


def test_rebuilding_says_that_the_content_is_the_same(
    page: CountySettingsPage, clerk: CountyClerk, posts: Posts
) -> None:
    posts.visit(posts.town)
    posts.receive(posts.send(posts.town))
    before = posts.hash_of()
    page.choose("rebuild")
    section = page.section()
    assert isinstance(section, RebuildSection)
    clerk.click(section.rebuild_button)
    assert "已用1份留存的报送件重建，前后内容完全一样" in section.outcome.text()
    assert posts.hash_of() == before and section.rebuild_button.isEnabled()


def test_every_section_opens(page: CountySettingsPage, clerk: CountyClerk) -> None:
    for row in range(page.rail.count()):
        page.rail.setCurrentRow(row)
        clerk.rest()
        assert page.section() is not None


def test_a_lost_computer_step_by_step_and_the_next_certificates(
    page: CountySettingsPage,
    clerk: CountyClerk,
    posts: Posts,
    around: Around,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page.choose("keys")
    section = page.section()
    assert isinstance(section, KeysSection)
    monkeypatch.setattr(section, "_ask_folder", lambda *_: around.folder)
    monkeypatch.setattr(section, "_agreed", Asked())
    assert not section.revoke_button.isEnabled() and not section.renew_button.isEnabled()
    key = next(serial for serial, each in section._known.items() if "响水乡" in each.record.name)
    section.which.setCurrentIndex(section.which.findData(key))
    clerk.rest()
    assert "乡镇重新登记以前不能报送" in dict(section.facts.texts())["这个单位还能用的"]
    clerk.click(section.revoke_button)
    assert "已作废" in section.lost_work.said() and not section.revoke_button.isEnabled()
    posts.offices.clock.now += timedelta(days=1000)
    section.refresh()
    clerk.click(section.renew_button)
    assert "续发1张证书" in section.work.said() and not section.renew_button.isEnabled()
