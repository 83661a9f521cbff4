"""报送县人大 as a clerk does it once a month: check, freeze, print, sign, copy, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lianxin.bundle.verifying import verify
from lianxin.domain.records import Contact, Opinion, Visitor
from lianxin.office.sending.history import choose_folder
from lianxin.ui.failures import Problem
from lianxin.ui.pages import PageEntry
from lianxin.ui.sending import SendingPage
from lianxin.ui.sending.sent_panel import FOR_STRANGERS
from lianxin.ui.sending.signing_card import NO_SUBSTITUTE
from lianxin.ui.shell import MainWindow
from tests.office.township import Township, new_township
from tests.ui.made_up import MadeUpSearch
from tests.ui.small_office import OtherPage

Key = Qt.Key


class Surrounding:
    """What the dialogs answer, what was shown, what went wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.reason = str(folder), "漏登一次来访"
        self.shown: list[Path] = []
        self.problems: list[Problem] = []

    def show(self, path: Path) -> bool:
        self.shown.append(path)
        return True


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    made.clock.at(date(2026, 12, 5))
    with made.desk.store.writing(reason="准备") as writing:
        uid = writing.new_uid()
        writing.put(Contact(uid=uid, channel="visit", day=date(2026, 11, 20), words="断水", persons=3))
        writing.put(Visitor(uid=writing.new_uid(), contact=uid, name="田金玉"))
        writing.put(
            Opinion(
                uid=writing.new_uid(), title="断水", words="断水", contact=uid, registered=date(2026, 11, 20)
            )
        )
    choose_folder(made.desk, tmp_path / "out")
    yield made
    made.desk.store.close()


@pytest.fixture
def around(tmp_path: Path) -> Surrounding:
    stick = tmp_path / "stick"
    stick.mkdir()
    return Surrounding(stick)


@pytest.fixture
def window(
    qtbot: QtBot, town: Township, around: Surrounding, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    def page(desk: object) -> SendingPage:
        assert isinstance(desk, MainWindow)
        return SendingPage(
            desk, town.desk, folder_asked=lambda *_: around.folder, reason_asked=lambda _: around.reason,
            show_folder=around.show,
        )  # fmt: skip

    def others(desk: object) -> OtherPage:
        assert isinstance(desk, MainWindow)
        return OtherPage(desk, "opinions")

    entries = [
        PageEntry("sending", "报送县人大", page, kinds=("sent-file",)),
        PageEntry("opinions", "意见建议办理", others, kinds=("opinion",)),
    ]
    made = MainWindow(entries, office="石牌镇人大", search=MadeUpSearch(), clock=town.clock)
    monkeypatch.setattr(made, "problem", around.problems.append)
    qtbot.addWidget(made)
    made.setMinimumSize(0, 0)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.go("sending")
    settle(qtbot, made)
    yield made
    made.close()


@pytest.fixture
def page(window: MainWindow) -> SendingPage:
    found = window.page("sending")
    assert isinstance(found, SendingPage)
    return found


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not (window.jobs.busy() or window.reads.busy()), timeout=20_000)


@pytest.fixture
def press(qtbot: QtBot, window: MainWindow) -> Callable[[QPushButton], None]:
    def pressed(made: QPushButton) -> None:
        assert made.isVisible() and made.isEnabled(), made.text()
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
        settle(qtbot, window)

    return pressed


Press = Callable[[QPushButton], None]


def may_sign(window: MainWindow) -> bool:
    made = window.headline.main_button()
    assert made is not None and made.text() == "数字签名  F2"
    return made.isEnabled()


def sign(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Key.Key_F2)
    settle(qtbot, window)


def test_the_act_from_top_to_bottom(
    qtbot: QtBot, window: MainWindow, page: SendingPage, town: Township, around: Surrounding, press: Press
) -> None:
    cards = page.cards
    assert page.picker.period().label == "2026年11月" and not may_sign(window)
    sign(qtbot, window)
    assert not page.sent.list.shown_count()
    press(cards.freeze)
    assert may_sign(window) and "之后没有变化" in cards.final.said()
    press(cards.draft)
    (folder,) = around.shown
    assert [path.name[:3] for path in sorted(folder.iterdir())] == ["01_", "02_", "03_", "04_", "05_"]
    sign(qtbot, window)
    (made,) = (town.folder / "out").glob("*.zip")
    found = verify(made, now=town.clock())
    assert found.ok and cards.code.text() == found.spoken_code and cards.code.isVisible()
    assert "报送件（第1期）" in cards.signing.said() and not may_sign(window)
    press(cards.copy)
    assert "可以拔出" in cards.stick.said() and (Path(around.folder) / made.name).is_file()
    assert list(page.sent.list.model.cells(0)[:3]) == ["第1期", "2026年11月", found.spoken_code]
    assert around.problems == []


def test_a_finding_leads_to_its_record(page: SendingPage, window: MainWindow, press: Press) -> None:
    assert any("还没有梳理分流" in sentence for sentence in page.cards.findings.sentences)
    (see,) = [
        made
        for made in page.cards.findings.findChildren(QPushButton)
        if "还没有梳理分流" in made.accessibleName()
    ]
    press(see)
    other = window.page("opinions")
    assert isinstance(other, OtherPage) and [kind for kind, _ in other.opened] == ["opinion"]


def test_later_changes_are_shown_and_signing_waits(
    qtbot: QtBot, window: MainWindow, page: SendingPage, town: Township, press: Press
) -> None:
    press(page.cards.freeze)
    with town.desk.store.writing(reason="补登") as writing:
        writing.put(
            Contact(uid=writing.new_uid(), channel="visit", day=date(2026, 11, 21), words="断电", persons=2)
        )
    window.hub.tell(["contact"])
    qtbot.waitUntil(lambda: "之后有变化" in page.cards.final.said())
    assert "接待群众人次：定稿时3，现在5" in page.cards.differences()
    assert not may_sign(window) and not page.cards.draft.isEnabled()
    press(page.cards.thaw)
    assert page.cards.freeze.isVisible() and page.cards.differences() == ""
    press(page.cards.freeze)
    assert may_sign(window)


def test_a_freezing_is_kept_when_no_reason_is_given(
    page: SendingPage, around: Surrounding, press: Press
) -> None:
    press(page.cards.freeze)
    around.reason = ""
    press(page.cards.thaw)
    shown = page.shown()
    assert shown is not None and shown.final is not None


def test_a_stick_that_is_gone_is_told_and_nothing_is_lost(
    qtbot: QtBot, window: MainWindow, page: SendingPage, around: Surrounding, press: Press
) -> None:
    press(page.cards.freeze)
    sign(qtbot, window)
    around.folder = str(Path(around.folder) / "拔掉了")
    press(page.cards.copy)
    (problem,) = around.problems
    assert "U盘可能已拔出" in problem.what and "本机的文件完好" in problem.what and problem.code == "S205"
    assert page.cards.copy.isEnabled()


def test_what_cannot_be_signed_is_told(
    qtbot: QtBot, window: MainWindow, page: SendingPage, town: Township, around: Surrounding, press: Press
) -> None:
    press(page.cards.freeze)
    sign(qtbot, window)
    press(page.cards.thaw)
    town.clock.at(date(2020, 1, 1))
    press(page.cards.freeze)
    sign(qtbot, window)
    assert [problem.code for problem in around.problems] == ["S208"]
    assert page.sent.list.shown_count() == 1


def test_the_county_telephones_and_that_can_be_taken_back(
    qtbot: QtBot, window: MainWindow, page: SendingPage, press: Press
) -> None:
    press(page.cards.freeze)
    sign(qtbot, window)
    press(page.sent.received)
    qtbot.waitUntil(lambda: page.sent.list.model.cells(0)[3] == "电话确认收到")
    assert not page.sent.received.isVisible()
    quiet = window.status.quiet
    (undo,) = [made for made in quiet.findChildren(QPushButton) if made.text() == "撤销"]
    press(undo)
    qtbot.waitUntil(lambda: page.sent.list.model.cells(0)[3] == "已报送")


def test_a_county_without_the_program_is_told_how_to_open_it(page: SendingPage) -> None:
    assert page.sent.county_words() == FOR_STRANGERS and "Word和Excel" in FOR_STRANGERS
    assert NO_SUBSTITUTE in page.cards.signing.said()


def test_another_period_has_its_own_act(page: SendingPage, window: MainWindow, press: Press) -> None:
    press(page.cards.freeze)
    press(page.picker.back)
    shown = page.shown()
    assert shown is not None and shown.period.label == "2026年10月" and shown.final is None
    press(page.picker.forth)
    assert may_sign(window)
