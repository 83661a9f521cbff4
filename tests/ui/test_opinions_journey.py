"""The whole course of 群众意见 through the window by keyboard: from the visit to the second, better answer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lianxin.domain.periods import Period
from lianxin.domain.records import Opinion, Visitor
from lianxin.office.case_papers.case_file import CaseFile, case_file
from lianxin.office.cases import opinions, steps
from lianxin.office.desk import Desk
from lianxin.office.records import new_uid
from lianxin.ui.opinions import OpinionsPage
from lianxin.ui.opinions.step_forms import RouteForm
from lianxin.ui.pages import PageEntry
from lianxin.ui.shell import MainWindow
from tests.office.counting import figures_of
from tests.ui.made_up import commit
from tests.ui.small_office import NOW, small_office, unit, window_with
from tests.ui.test_opinions_page import settle

TODAY = NOW.date()
ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    # Steps of one day are told apart by when they were written: the clock must go on.
    return small_office(tmp_path, ticking=True)


class Clerk:
    """Presses keys and counts them; words that are typed with an IME do not count."""

    def __init__(self, qtbot: QtBot, window: MainWindow, page: OpinionsPage) -> None:
        self.qtbot, self.window, self.page, self.pressed = qtbot, window, page, 0

    def key(self, key: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.pressed += 1
        self.qtbot.keyClick(self.focused(), key, held)

    def types(self, text: str) -> None:
        for letter in text:
            self.key(letter)

    def words(self, text: str) -> None:
        commit(self.focused(), text)

    def saves(self) -> None:
        self.key(ENTER, CTRL)
        assert self.page.form is None, self.page.form.problem()
        settle(self.qtbot, self.page)

    def finds(self, number: str) -> None:
        """Ctrl+F, the number, Enter: the focus is in the list on that matter."""
        self.pressed += 1
        self.qtbot.keyClick(self.window, "f", CTRL)
        self.types(number)
        self.key(ENTER)
        settle(self.qtbot, self.page)
        self.qtbot.waitUntil(lambda: self.page.list.shown_count() == 1)

    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget


def clerk_at(qtbot: QtBot, office: Desk, papers: Path | None = None) -> Clerk:
    def factory(window: object) -> OpinionsPage:
        assert isinstance(window, MainWindow)
        return OpinionsPage(window, office, papers=papers)

    window = window_with(office, PageEntry("opinions", "意见建议办理", factory, kinds=("opinion",)))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.go("opinions")
    page = window.page("opinions")
    assert isinstance(page, OpinionsPage)
    settle(qtbot, page)
    return Clerk(qtbot, window, page)


def came(office: Desk, title: str, days_ago: int) -> str:
    opinion = Opinion(
        uid=new_uid(office), title=title, words=title, category="02", channel="visit",
        registered=TODAY - timedelta(days=days_ago),
    )  # fmt: skip
    visitor = Visitor(uid=new_uid(office), contact="", name="田金玉", phone="13912342217")
    return opinions.register_opinion(office, opinion=opinion, visitor=visitor).opinion.uid


def file_of(office: Desk, uid: str) -> CaseFile:
    found = case_file(office, uid)
    assert found is not None
    return found


def test_a_matter_goes_its_whole_way_by_keyboard(qtbot: QtBot, office: Desk) -> None:
    unit(office)
    uid = came(office, "三组饮水管破损", 60)
    came(office, "路灯不亮", 3)
    clerk = clerk_at(qtbot, office)
    clerk.finds("YJ0001")
    # 梳理分流: the unit, the day long past.
    clerk.key("1")
    clerk.key(ENTER)
    clerk.words("水务")
    clerk.key(ENTER)
    form = clerk.page.form
    assert isinstance(form, RouteForm)
    form.why.set_value("date", (TODAY - timedelta(days=58)).isoformat())
    clerk.saves()
    assert file_of(office, uid).state.overdue
    assert "下一步：催办：镇水务站" in clerk.page.detail.texts()["next"]
    # 督办 by letter, then the answer to it.
    clerk.key("2")
    clerk.key("2")
    clerk.saves()
    found = file_of(office, uid)
    assert found.open_supervision is not None and found.open_supervision.number
    assert clerk.page.detail.act_labels()[:3] == ["登记答复", "督办回复", "督办"]
    # The paper: number → 登记答复 → date of the paper.
    before = clerk.pressed
    clerk.finds("YJ0001")
    clerk.key("1")
    clerk.types("11.15")
    clerk.key(ENTER)
    clerk.key("2")
    clerk.saves()
    assert clerk.pressed - before == 17, (
        "a reply on paper: number 6, Ctrl+F, Enter, 1, date 5, Enter, class, save"
    )
    assert file_of(office, uid).state.code == "answered"
    # 不满意 at the telephone: one step, three keys.
    before = clerk.pressed
    clerk.key("1")
    clerk.key("3")
    clerk.saves()
    assert clerk.pressed - before == 3
    assert file_of(office, uid).state.round == 1
    assert clerk.page.detail.act_labels()[0] == "重新交办"
    # 重办: the same unit is filled in already.
    clerk.key("1")
    clerk.saves()
    assert file_of(office, uid).state.code == "rehandling"
    assert file_of(office, uid).state.handling_due == office.profile.limit(TODAY, office.profile.redo)
    clerk.key("1")
    clerk.words("今天")
    clerk.key(ENTER)
    clerk.key("1")
    clerk.saves()
    before = clerk.pressed
    clerk.key("1")
    clerk.key("1")
    clerk.saves()
    assert clerk.pressed - before == 3, "closing: the act, the judgement, save"
    closed = file_of(office, uid)
    assert (closed.state.code, closed.state.round, closed.state.satisfaction) == ("closed", 1, "satisfied")
    assert [event.act for event in closed.events] == [
        "登记", "分流", "交办", "答复", "督办", "反馈", "交办", "答复", "反馈",
    ]  # fmt: skip
    told = figures_of(office, Period.parse("2026-11"))
    assert told["closed"].uids == (uid,) and told["redone"].uids == (uid,) and told["letters"].value == 1
    assert told.reconciliation.difference == 0


def test_marked_matters_are_assigned_and_supervised_at_once_and_taken_back(
    qtbot: QtBot, office: Desk, tmp_path: Path
) -> None:
    place = unit(office)
    uids = [came(office, f"第{number}件", number) for number in range(3)]
    clerk = clerk_at(qtbot, office, papers=tmp_path / "papers")
    clerk.page.list.view.setFocus()
    clerk.page.list.view.selectAll()
    assert clerk.page.right.currentWidget() is clerk.page.batch
    assert clerk.page.batch.acts.labels() == [
        "批量交办",
        "批量督办",
        "打印办理单",
        "打印交办单",
        "打印督办函",
        "打印一件一档",
        "批量归档",
        "打印档案盒标签",
    ]
    clerk.key("1")
    form = clerk.page.form
    assert form is not None
    form.parts[0].set_value("unit", place)  # type: ignore[call-arg]
    form.submit()
    settle(qtbot, clerk.page)
    assert {file_of(office, uid).state.code for uid in uids} == {"handling"}
    quiet = clerk.window.status.quiet
    assert quiet.words() == "已交办3件"
    clerk.page.list.view.setFocus()
    clerk.key("2")
    clerk.key(ENTER, CTRL)
    settle(qtbot, clerk.page)
    assert quiet.words() == "已督办3件"
    clerk.page.list.view.setFocus()
    clerk.key("5")
    assert [each.name for each in (tmp_path / "papers").iterdir()] == ["督办函_2026-DB0001.docx"]
    clerk.page.list.view.setFocus()
    clerk.key("2")
    clerk.key(ENTER, CTRL)
    settle(qtbot, clerk.page)
    undo = next(each for each in quiet.findChildren(QPushButton) if each.text() == "撤销")
    undo.click()
    settle(qtbot, clerk.page)
    assert [file_of(office, uid).state.supervised for uid in uids] == [1, 1, 1]
    model = clerk.page.list.view.selectionModel()
    model.clearSelection()
    clerk.page.list.select(uids[0])
    model.select(clerk.page.list.model.index(0, 0), QItemSelectionModel.SelectionFlag.Rows)
    assert clerk.page.marked() == []


def test_what_the_matter_does_not_allow_is_said_on_the_sheet_and_typing_stays(
    qtbot: QtBot, office: Desk
) -> None:
    uid = came(office, "三组饮水管破损", 30)
    opinions.route(office, opinion=uid, way="assigned", day=TODAY - timedelta(days=20), unit=unit(office))
    clerk = clerk_at(qtbot, office)
    clerk.page.open_act("登记答复")
    form = clerk.page.form
    assert form is not None
    form.set_typed({"0.date": "10.25", "1.result": "A", "2.words": "修好了"})
    form.submit()
    assert clerk.page.form is form and "早于上一步（2026年11月2日交办）" in form.problem()
    assert "修好了" in form.typed().values()
    with office.store.reading() as reading:
        counters = reading.counters()
    form.submit()
    with office.store.reading() as reading:
        assert reading.counters() == counters


def test_extension_hand_back_and_withdrawal_have_their_sheets(qtbot: QtBot, office: Desk) -> None:
    uid = came(office, "三组饮水管破损", 9)
    opinions.route(office, opinion=uid, way="assigned", day=TODAY - timedelta(days=8), unit=unit(office))
    clerk = clerk_at(qtbot, office)
    page = clerk.page
    page.open_act("延期")
    assert page.form is not None
    page.form.set_typed({"1.until": "2027-1-20", "1.reason": "等材料", "1.date": "今天"})
    page.form.submit()
    settle(qtbot, page)
    assert page.detail.act_labels()[0] == "审批延期" and "审批延期" in page.detail.texts()["next"]
    page.open_act("审批延期")
    assert page.form is not None
    page.form.submit()
    assert page.form is not None, "who approved it is asked for"
    page.form.set_typed({"1.decided_by": "何主席"})
    page.form.submit()
    settle(qtbot, page)
    assert file_of(office, uid).state.extended == 1 and "已延期1次" in page.detail.texts()["follow"]
    page.open_act("登记退回")
    assert page.form is not None
    page.form.set_typed({"0.reason": "不属我站职责"})
    page.form.submit()
    settle(qtbot, page)
    assert page.detail.act_labels()[0] == "改派"
    steps.withdraw(office, opinion=uid, day=TODAY, reason="已自行解决")
    page.refresh()
    settle(qtbot, page)
    assert page.detail.act_labels() == ["重新分流", "归档", "修改"]
