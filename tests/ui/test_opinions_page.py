"""意见建议办理 as a clerk drives it: by keys, on a real ledger; list and detail always the same matter."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Opinion, Region, Reply, Visitor
from lianxin.office.access.access_log import access_notes
from lianxin.office.case_papers.case_file import case_file
from lianxin.office.cases import opinions
from lianxin.office.cases.states import ALL, GROUPS, LATE
from lianxin.office.desk import Desk
from lianxin.office.records import new_uid
from lianxin.ui.opinions import OpinionsPage
from lianxin.ui.opinions.history_popup import HistoryPopup
from lianxin.ui.opinions.step_forms import ReplyForm, RouteForm
from lianxin.ui.pages import PageEntry
from lianxin.ui.shell import MainWindow
from tests.ui.made_up import commit
from tests.ui.small_office import NOW, matter, small_office, unit, window_with

TODAY = NOW.date()
ENTER = Qt.Key.Key_Return


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    return small_office(tmp_path)


def shown(
    qtbot: QtBot, office: Desk, *, ask_path: str = "", papers: Path | None = None
) -> tuple[MainWindow, OpinionsPage]:
    def factory(window: object) -> OpinionsPage:
        assert isinstance(window, MainWindow)
        return OpinionsPage(window, office, ask_path=lambda _parent, _name: ask_path, papers=papers)

    window = window_with(office, PageEntry("opinions", "意见建议办理", factory, kinds=("opinion", "reply")))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.go("opinions")
    page = window.page("opinions")
    assert isinstance(page, OpinionsPage)
    settle(qtbot, page)
    return window, page


def settle(qtbot: QtBot, page: OpinionsPage) -> None:
    """Wait until list and counts are read."""
    qtbot.waitUntil(lambda: not page.desk.jobs.busy(), timeout=10_000)
    page.desk.hub.flush()
    qtbot.waitUntil(lambda: not page.desk.reads.busy() and bool(page.filters.counts()), timeout=10_000)


def numbered(office: Desk, title: str, *, words: str = "", days_ago: int = 0, name: str = "田金玉") -> str:
    """A registered matter with its visitor."""
    opinion = Opinion(
        uid=new_uid(office), title=title, words=words or title, category="02", channel="visit",
        registered=TODAY - timedelta(days=days_ago),
    )  # fmt: skip
    visitor = Visitor(uid=new_uid(office), contact="", name=name, phone="13912342217")
    return opinions.register_opinion(office, opinion=opinion, visitor=visitor).opinion.uid


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_on(qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(focused(), text)


def same_matter(page: OpinionsPage) -> bool:
    return page.list.current_key() == page.shown_uid()


def test_list_and_detail_are_always_the_same_matter(qtbot: QtBot, office: Desk) -> None:
    for place in range(4):
        numbered(office, f"第{place}件", days_ago=place)
    handling = numbered(office, "在办的")
    opinions.route(office, opinion=handling, way="assigned", day=TODAY, unit=unit(office))
    _, page = shown(qtbot, office)
    assert page.list.current_key() and same_matter(page)
    for _ in range(3):
        qtbot.keyClick(page.list.view, Qt.Key.Key_Down)
        assert same_matter(page) and page.detail.texts()["title"].startswith("2026-YJ")
    page.filters.choose("handling")
    settle(qtbot, page)
    assert page.list.current_key() == handling and same_matter(page)
    page.filters.choose("answered")
    settle(qtbot, page)
    assert (
        page.list.face() == "empty"
        and page.shown_uid() == ""
        and page.right.currentWidget() is not page.detail
    )


def test_ctrl_p_prints_the_matter_and_says_what_is_not_there(
    qtbot: QtBot, office: Desk, tmp_path: Path
) -> None:
    uid = numbered(office, "三组饮水管破损", days_ago=3)
    window, page = shown(qtbot, office, papers=tmp_path / "papers")
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    number = page.detail.file.opinion.number if page.detail.file else ""
    assert [each.name for each in (tmp_path / "papers").iterdir()] == [f"意见办理单_{number}.docx"]
    page.print_handover()
    assert window.status.quiet.words().startswith("这件意见还没有交办")
    opinions.route(office, opinion=uid, way="assigned", day=TODAY, unit=unit(office))
    page.print_handover()
    assert len(list((tmp_path / "papers").glob("交办单_*.docx"))) == 1


def test_every_chip_holds_as_many_as_it_says(qtbot: QtBot, office: Desk) -> None:
    place = unit(office)
    matter(office, TODAY - timedelta(days=50), unit=place)
    matter(office, TODAY - timedelta(days=5), unit=place)
    closed = matter(office, TODAY - timedelta(days=9))
    opinions.route(office, opinion=closed, way="guided", day=TODAY)
    matter(office, TODAY)
    _, page = shown(qtbot, office)
    counts = dict(page.filters.counts())
    assert counts[ALL] == 4 and counts[LATE] == 1
    for key in (ALL, LATE, *(group.key for group in GROUPS)):
        page.filters.choose(key)
        settle(qtbot, page)
        assert page.list.shown_count() == counts.get(key, 0)
    page.filters.choose(ALL)
    page.filters.unit.setCurrentIndex(1)
    settle(qtbot, page)
    assert page.list.shown_count() == page.filters.counts()[ALL] == 2
    assert page.list.model.cells(0)[4] == "镇水务站"


def test_a_reply_is_recorded_without_the_mouse_and_taken_back(qtbot: QtBot, office: Desk) -> None:
    number_one = numbered(office, "三组饮水管破损", days_ago=20)
    numbered(office, "路灯不亮")
    opinions.route(
        office, opinion=number_one, way="assigned", day=TODAY - timedelta(days=20), unit=unit(office)
    )
    window, page = shown(qtbot, office)
    qtbot.keyClick(window, "f", Qt.KeyboardModifier.ControlModifier)
    type_on(qtbot, "YJ0001")
    qtbot.keyClick(focused(), ENTER)
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.list.current_key() == number_one)
    qtbot.keyClick(page.list.view, ENTER)
    first = focused()
    assert isinstance(first, QPushButton) and first.accessibleName() == "登记答复"
    qtbot.keyClick(first, Qt.Key.Key_Space)
    type_on(qtbot, "11.20")
    qtbot.keyClick(focused(), ENTER)
    type_on(qtbot, "1")
    qtbot.keyClick(focused(), ENTER)
    commit(focused(), "已更换主管")
    qtbot.keyClick(focused(), ENTER, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page)
    file = case_file(office, number_one)
    assert file is not None and file.state.code == "answered"
    (reply,) = file.case.replies
    assert (reply.day.isoformat(), reply.result, reply.words) == ("2026-11-20", "A", "已更换主管")
    assert reply.unit == file.state.unit
    assert same_matter(page) and "反馈评价" in page.detail.act_labels()
    assert window.status.quiet.words().startswith("2026-YJ0001 已登记答复")
    undo = next(each for each in window.status.quiet.findChildren(QPushButton) if each.text() == "撤销")
    undo.click()
    settle(qtbot, page)
    file = case_file(office, number_one)
    assert file is not None and file.state.code == "handling" and file.case.replies == ()
    assert page.detail.act_labels()[0] == "登记答复"


def test_why_a_step_is_refused_is_seen_without_scrolling(qtbot: QtBot, office: Desk) -> None:
    matter(office, TODAY - timedelta(days=5), unit=unit(office))
    _, page = shown(qtbot, office)
    page.open_act("登记答复")
    form = page.form
    assert isinstance(form, ReplyForm)
    form.day.set_value("date", (TODAY - timedelta(days=6)).isoformat())
    form.result.set_value("A")
    form.submit()
    (said,) = (each for each in form.findChildren(QLabel) if form.problem() and form.problem() in each.text())
    # On the sheet itself, not on what scrolls inside it.
    assert said.parentWidget() is form and said.isVisibleTo(form)


def test_c_and_d_need_a_reason_and_the_future_no_reply(qtbot: QtBot, office: Desk) -> None:
    matter(office, TODAY - timedelta(days=5), unit=unit(office))
    _, page = shown(qtbot, office)
    page.open_act("登记答复")
    form = page.form
    assert isinstance(form, ReplyForm)
    form.submit()
    assert form.day.row("date").problem() and page.form is form
    form.day.set_value("date", "11.23")
    form.result.set_value("C")
    form.submit()
    assert form.day.row("date").problem() == "答复日期还没有到，请核对"
    form.day.set_value("date", "今天")
    form.submit()
    assert form.words.row("words").problem() == "选 C 或 D 时请写明原因"
    form.words.set_value("words", "资金不足")
    form.submit()
    assert page.form is None


def test_routing_by_keys_assigns_with_the_limit_of_the_rules(qtbot: QtBot, office: Desk) -> None:
    place, one = unit(office), numbered(office, "三组饮水管破损", days_ago=3)
    _, page = shown(qtbot, office)
    page.open_act("梳理分流")
    form = page.form
    assert isinstance(form, RouteForm)
    qtbot.keyClick(focused(), "2")
    assert form.ways.value() == "to_county" and form.unit.isHidden()
    qtbot.keyClick(focused(), "1")
    assert not form.unit.isHidden()
    days = office.profile.opinion_days.value
    assert form.unit.value("due") == (TODAY + timedelta(days=days)).isoformat()
    form.why.set_value("date", "11.20")
    assert form.unit.value("due") == (TODAY + timedelta(days=days - 2)).isoformat()
    form.submit()
    assert form.unit.row("unit").problem() and page.form is form
    form.unit.set_value("unit", place)
    form.unit.set_value("due", "12.1")
    form.submit()
    file = case_file(office, one)
    assert file is not None and file.state.code == "handling"
    assert (
        file.case.assignments[0].due is not None and file.case.assignments[0].due.isoformat() == "2026-12-01"
    )
    assert file.case.routings[0].day.isoformat() == "2026-11-20"


def test_a_matter_that_leaves_the_filter_gives_way_to_its_neighbour(qtbot: QtBot, office: Desk) -> None:
    for day in range(3):
        numbered(office, f"第{day}件", days_ago=day)
    _, page = shown(qtbot, office)
    page.filters.choose("registered")
    settle(qtbot, page)
    qtbot.keyClick(page.list.view, Qt.Key.Key_Down)
    gone, below = page.list.current_key(), page.list.model.key_at(2)
    page.open_act("梳理分流")
    assert isinstance(page.form, RouteForm)
    page.form.ways.set_value("answered_on_spot")
    page.form.arrange()
    page.form.submit()
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.list.current_key() == below)
    assert page.list.model.row_of(gone) == -1 and same_matter(page)
    assert page.filters.counts()["registered"] == 2


def test_what_is_typed_survives_a_fall_and_goes_with_the_save(qtbot: QtBot, office: Desk) -> None:
    one = matter(office, TODAY - timedelta(days=5), unit=unit(office))
    window, page = shown(qtbot, office)
    page.open_act("登记答复")
    assert isinstance(page.form, ReplyForm)
    page.form.day.set_value("date", "11.20")
    page.form.words.set_value("words", "管子已")
    page.form.result.row.setFocus()
    qtbot.keyClick(page.form.result.row, "2")
    with qtbot.waitSignal(page.form.draft_due):
        pass
    with office.store.reading() as reading:
        assert reading.draft(Reply.KIND, one) is not None
    window.hide()
    _, again = shown(qtbot, office)
    again.open_act("登记答复")
    assert isinstance(again.form, ReplyForm)
    assert again.form.words.value("words") == "管子已" and again.form.result.value() == "B"
    assert "找回" in again.form.note_words()
    again.form.submit()
    assert again.form is None
    with office.store.reading() as reading:
        assert reading.draft(Reply.KIND, one) is None


def test_choosing_another_matter_parks_the_sheet(qtbot: QtBot, office: Desk) -> None:
    place = unit(office)
    first, second = (matter(office, TODAY - timedelta(days=day), unit=place) for day in (1, 2))
    _, page = shown(qtbot, office)
    assert page.list.current_key() == first
    page.open_act("登记答复")
    assert isinstance(page.form, ReplyForm)
    page.form.words.set_value("words", "已答")
    qtbot.keyClick(page.list.view, Qt.Key.Key_Down)
    assert page.form is None and page.shown_uid() == second and same_matter(page)
    with office.store.reading() as reading:
        kept = reading.draft(Reply.KIND, first)
    assert kept is not None and "已答" in kept.payload.values()


def test_f2_registers_a_visitor_with_the_matter(qtbot: QtBot, office: Desk) -> None:
    with office.store.writing(reason="准备") as writing:
        village = writing.new_uid()
        writing.put(Region(uid=village, name="长坪村"))
    window, page = shown(qtbot, office)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    commit(focused(), "田金玉")
    form = page.form
    assert form is not None
    fields = {part.wire if hasattr(part, "wire") else place: part for place, part in enumerate(form.parts)}
    who, what = fields[1], fields[3]
    who.set_value("phone", "139 1234 2217")
    who.set_value("village", village)
    what.set_value("words", "三组饮水管破损。靠挑水生活")
    what.set_value("category", "02")
    form.submit()
    settle(qtbot, page)
    (uid,) = [page.list.model.key_at(0)]
    file = case_file(office, uid)
    assert file is not None and file.opinion.title == "三组饮水管破损"
    assert file.opinion.village == village and file.visitors[0].name == "田金玉"
    qtbot.waitUntil(lambda: page.shown_uid() == uid)
    assert page.detail.act_labels()[0] == "梳理分流"
    assert page.detail.texts()["who"] == "田** · 长坪村 · 139****2217"


def test_an_unfinished_registration_waits_to_be_continued(qtbot: QtBot, office: Desk) -> None:
    matter(office, TODAY)
    _, page = shown(qtbot, office)
    page.register_new()
    assert page.form is not None
    page.form.parts[3].set_value("words", "桥上的护栏")  # type: ignore[call-arg, arg-type]
    page.go_back()
    assert page.form is None and "1 件意见没有登记完" in page._resume.text()
    page._resume.click()
    assert page.form is not None and "桥上的护栏" in page.form.typed().values()


def test_hidden_data_are_shown_on_demand_and_that_is_logged(qtbot: QtBot, office: Desk) -> None:
    numbered(office, "三组饮水管破损")
    _, page = shown(qtbot, office)
    assert "田金玉" not in page.detail.texts()["who"]
    assert page.list.model.cells(0)[2] == "田**"
    page.detail.show_hidden()
    assert "田金玉" in page.detail.texts()["who"] and "13912342217" in page.detail.texts()["who"]
    with office.store.reading() as reading:
        (noted,) = access_notes(reading)
    assert noted.sort == "shown" and "YJ0001" in noted.what and noted.actor == "01"


def test_feedback_unsatisfied_takes_the_matter_up_again(qtbot: QtBot, office: Desk) -> None:
    place = unit(office)
    one = matter(office, TODAY - timedelta(days=9), unit=place)
    opinions.record_reply(office, opinion=one, day=TODAY - timedelta(days=2), result="B", words="在办")
    _, page = shown(qtbot, office)
    page.open_act("反馈评价")
    qtbot.keyClick(focused(), "3")
    qtbot.keyClick(focused(), ENTER, Qt.KeyboardModifier.ControlModifier)
    assert page.form is None
    assert page.detail.act_labels()[0] == "重新交办"
    assert page.detail.texts()["past"].splitlines()[-1].endswith("电话征询反映人：不满意")


def test_a_wrong_step_is_corrected_or_removed(qtbot: QtBot, office: Desk) -> None:
    one = matter(office, TODAY - timedelta(days=9), unit=unit(office))
    opinions.record_reply(office, opinion=one, day=TODAY - timedelta(days=2), result="B", words="在办")
    window, page = shown(qtbot, office)
    page.correct_step(3)
    assert page.form is not None
    page.form.parts[0].set_value("words", "正在办理")  # type: ignore[call-arg, arg-type]
    page.form.submit()
    assert "正在办理" in page.detail.texts()["past"]
    page.remove_step(3)
    settle(qtbot, page)
    assert "答复" not in page.detail.texts()["past"]
    assert "已删除一步：答复" in window.status.quiet.words()


def test_history_of_a_fact_is_shown_where_it_was_asked_for(qtbot: QtBot, office: Desk) -> None:
    numbered(office, "三组饮水管破损")
    _, page = shown(qtbot, office)
    page.open_act("修改")
    assert page.form is not None
    page.form.parts[0].set_value("category", "01")  # type: ignore[call-arg, arg-type]
    page.form.submit()
    settle(qtbot, page)
    page.detail.history_asked.emit("category", QPoint(10, 10))
    (popup,) = page.findChildren(HistoryPopup)
    assert [value for _, value, _ in popup.lines()] == ["饮水水利", "行路交通"]
    popup.close()


def test_merging_shows_the_main_matter(qtbot: QtBot, office: Desk) -> None:
    main = numbered(office, "长坪村三组饮水管破损", days_ago=2)
    other = numbered(office, "长坪村三组没有水")
    _, page = shown(qtbot, office)
    assert page.shown_uid() == other
    page.open_act("合并办理")
    assert page.form is not None
    page.form.submit()
    assert page.form is not None, "nothing was chosen yet"
    page.form.parts[0].set_value("merged_into", main)  # type: ignore[call-arg, arg-type]
    page.form.submit()
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.shown_uid() == main)
    assert same_matter(page)


def test_export_and_paragraph_are_of_what_is_shown(qtbot: QtBot, office: Desk, tmp_path: Path) -> None:
    place = unit(office)
    matter(office, TODAY - timedelta(days=3), title="在办的一件", unit=place)
    matter(office, TODAY, title="还没有分流")
    target = tmp_path / "台账.xlsx"
    window, page = shown(qtbot, office, ask_path=str(target))
    page.filters.choose("handling")
    settle(qtbot, page)
    page.export()
    qtbot.waitUntil(lambda: not window.jobs.busy() and target.exists(), timeout=10_000)
    sheet = load_workbook(target).active
    assert sheet is not None
    text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert "在办的一件" in text and "还没有分流" not in text
    page.filters.choose(ALL)
    settle(qtbot, page)
    page.copy_paragraph()
    said = QGuiApplication.clipboard().text()
    assert said == "截至2026年11月22日，石牌镇共登记意见建议2件：待分流1件，办理中1件。"


def test_a_matter_opened_from_elsewhere_is_found_behind_a_filter(qtbot: QtBot, office: Desk) -> None:
    one = matter(office, TODAY, title="还没有分流")
    window, page = shown(qtbot, office)
    page.filters.choose("closed")
    settle(qtbot, page)
    window.open_record("opinion", one)
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.list.current_key() == one)
    assert same_matter(page) and page.filters.chosen().group == ALL


def test_an_empty_office_is_told_what_goes_here(qtbot: QtBot, office: Desk) -> None:
    _, page = shown(qtbot, office)
    assert page.list.face() == "empty" and page.filters.counts()[ALL] == 0
    page.list.empty_acted.emit()
    assert page.form is not None
