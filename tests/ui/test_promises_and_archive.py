"""承诺台账 in the list's place, the chair's look and the archive as a clerk meets them on the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Opinion
from lianxin.office.case_papers.case_file import case_file
from lianxin.office.case_papers.promised import promise_lines
from lianxin.office.cases import opinions, steps
from lianxin.office.cases.archive import archive_many
from lianxin.office.desk import Desk
from lianxin.office.records import new_uid
from lianxin.ui.jobs import Stopped
from lianxin.ui.opinions.closing_forms import BatchArchiveForm
from lianxin.ui.opinions.history_popup import HistoryPopup
from lianxin.ui.opinions.matter_forms import EditForm
from tests.ui.small_office import NOW, small_office, unit
from tests.ui.test_opinions_page import settle, shown

TODAY = NOW.date()


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    return small_office(tmp_path)


def closed(office: Desk, place: str, title: str, *, promise: str = "", until: date | None = None) -> str:
    start = TODAY - timedelta(days=40)
    opinion = Opinion(uid=new_uid(office), title=title, words=title, registered=start)
    uid = opinions.register_opinion(office, opinion=opinion).opinion.uid
    opinions.route(office, opinion=uid, way="assigned", day=start, unit=place)
    opinions.record_reply(
        office, opinion=uid, day=start + timedelta(days=9), result="B", words="列入计划", unit=place,
        promise=promise or None, promised_day=until,
    )  # fmt: skip
    opinions.record_feedback(office, opinion=uid, day=start + timedelta(days=19), overall="basically")
    return uid


def test_promises_stand_in_the_lists_place_and_lead_to_their_matter(
    qtbot: QtBot, office: Desk, tmp_path: Path
) -> None:
    place = unit(office)
    kept = closed(office, place, "修水管", promise="换主管", until=TODAY - timedelta(days=3))
    closed(office, place, "装路灯", promise="年底前装灯", until=TODAY + timedelta(days=30))
    target = tmp_path / "承诺.xlsx"
    window, page = shown(qtbot, office, ask_path=str(target))
    qtbot.waitUntil(lambda: not page.desk.reads.busy())
    assert page.promises_due.text() == "承诺待核实 1 项"
    page.promises_due.click()
    qtbot.waitUntil(lambda: page.promises.list.shown_count() == 2)
    assert page.in_promises() and not page.filters.isVisible()
    assert page.shown_uid() == kept
    page.open_act("核实承诺")
    assert page.form is not None
    page.form.submit()
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.promises_due.text() == "承诺台账")
    page.export_promises()
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: not page.desk.jobs.busy())
    rows = list(load_workbook(target).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert any("换主管" in row and "已兑现" in row for row in rows)
    assert page.go_back() and not page.in_promises()
    assert page.list.current_key() == page.shown_uid()
    window.close()


def test_a_promise_without_a_day_comes_back_by_the_rules(qtbot: QtBot, office: Desk) -> None:
    place = unit(office)
    uid = closed(office, place, "修桥", promise="资金到位后修桥")
    rule = office.profile.promise_check
    assert rule is not None
    with office.store.reading() as reading:
        (line,) = promise_lines(office, reading, TODAY)
    assert line.back == office.profile.limit(TODAY - timedelta(days=31), rule)
    file = case_file(office, uid)
    assert file is not None and file.open_promise is not None
    steps.keep_promise(office, reply=file.open_promise.reply, day=TODAY, outcome="kept", replied=TODAY)
    with office.store.reading() as reading:
        (line,) = promise_lines(office, reading, TODAY)
    assert line.back is None and line.promise.replied == TODAY and line.badge == "已兑现"


def test_archived_by_the_sheet_it_offers_only_to_be_taken_out(qtbot: QtBot, office: Desk) -> None:
    uid = closed(office, unit(office), "修水管")
    _, page = shown(qtbot, office)
    page.show_matter(uid)
    page.open_act("归档")
    form = page.form
    assert form is not None
    form.submit()
    assert "全宗号" in form.problem()
    form.set_typed({"1.number": "Z109-WS·2026-D10-RDB-0007"})
    form.submit()
    settle(qtbot, page)
    assert page.detail.act_labels() == ["取消归档"]
    assert page.detail.texts()["badge"] == "已办结，已归档"
    page.filters.choose("archived")
    settle(qtbot, page)
    assert page.list.shown_count() == 1
    page.open_act("取消归档")
    assert page.form is not None
    page.form.set_typed({"0.reason": "补材料"})
    page.form.submit()
    settle(qtbot, page)
    file = case_file(office, uid)
    assert file is not None and file.state.archived is None


def test_a_group_waits_for_the_chair_and_its_unit_is_kept(qtbot: QtBot, office: Desk) -> None:
    place = unit(office)
    opinion = Opinion(uid=new_uid(office), title="八人反映", words="断水", registered=TODAY, group=True)
    uid = opinions.register_opinion(office, opinion=opinion).opinion.uid
    _, page = shown(qtbot, office)
    page.show_matter(uid)
    page.open_act("梳理分流")
    assert page.form is not None
    page.form.set_typed({"1.unit": place})
    page.form.submit()
    settle(qtbot, page)
    assert page.detail.texts()["next"] == "下一步：送主席审阅"
    assert page.detail.act_labels()[0] == "主席审阅"
    page.open_act("主席审阅")
    assert page.form is not None
    page.form.submit()
    settle(qtbot, page)
    page.open_act("交办")
    form = page.form
    assert form is not None
    form.submit()
    settle(qtbot, page)
    file = case_file(office, uid)
    assert file is not None and file.unit is not None and file.unit.name == "镇水务站"


def test_the_history_of_a_step_tells_every_writing(qtbot: QtBot, office: Desk) -> None:
    uid = closed(office, unit(office), "修水管")
    _, page = shown(qtbot, office)
    qtbot.waitUntil(lambda: page.shown_uid() == uid)
    file = page.detail.file
    assert file is not None
    place = next(at for at, event in enumerate(file.events) if event.act == "答复")
    reply = file.case.replies[0]
    steps.correct_step(office, step=replace(reply, words="已修好"), opened=reply)
    page.step_history(place, QPoint(10, 10))
    (popup,) = page.findChildren(HistoryPopup)
    said = popup.lines()
    assert len(said) == 2 and "列入计划" in said[0][1] and said[1][1:] == ("答复内容 已修好", "更正答复")
    popup.close()


def test_what_nobody_chose_is_read_beside_the_window(qtbot: QtBot, office: Desk) -> None:
    uid = closed(office, unit(office), "修水管")
    _, page = shown(qtbot, office)
    qtbot.waitUntil(lambda: page.shown_uid() == uid)
    page.list.setFocus()
    assert page.list.current_key() == uid
    qtbot.keyClick(page.list.view, Qt.Key.Key_Down)
    assert page.shown_uid() == uid


def test_a_batch_runs_beside_the_window_and_has_one_way_back(qtbot: QtBot, office: Desk) -> None:
    place = unit(office)
    uids = [closed(office, place, f"第{number}件") for number in range(4)]
    window, page = shown(qtbot, office)
    page.list.view.selectAll()
    page.open_batch(BatchArchiveForm)
    form = page.form
    assert isinstance(form, BatchArchiveForm)
    form.submit()
    settle(qtbot, page)
    assert page.form is form and "全宗号" in form.problem() and form.isEnabled()
    form.set_typed({"1.number": "Z109-WS·2026-D10-RDB-0003"})
    form.submit()
    assert not form.isEnabled()
    settle(qtbot, page)
    assert window.status.quiet.words() == "已归档4件"
    found = [case_file(office, uid) for uid in uids]
    numbers = sorted(file.state.archive_number[-4:] for file in found if file is not None)
    assert numbers == ["0003", "0004", "0005", "0006"]
    undo = next(each for each in window.status.quiet.findChildren(QPushButton) if each.text() == "撤销")
    undo.click()
    settle(qtbot, page)
    assert [file.state.archived for uid in uids if (file := case_file(office, uid))] == [None] * 4


def test_a_batch_stopped_in_the_middle_leaves_everything_as_it_was(qtbot: QtBot, office: Desk) -> None:
    uids = [closed(office, unit(office), f"第{number}件") for number in range(2)]

    def stop(done: int, _total: int) -> None:
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        archive_many(
            office, opinions=uids, day=TODAY, first="Z1-WS·2026-D10-RDB-0001", retention="years10", told=stop
        )
    assert [file.state.archived for uid in uids if (file := case_file(office, uid))] == [None, None]


def test_a_category_changed_after_the_end_asks_why(qtbot: QtBot, office: Desk) -> None:
    uid = closed(office, unit(office), "修水管")
    _, page = shown(qtbot, office)
    page.show_matter(uid)
    page.open_act("修改")
    form = page.form
    assert isinstance(form, EditForm) and form.why.isHidden()
    form.form.set_value("category", "06")
    form.arrange()
    assert not form.why.isHidden()
    form.submit()
    assert "改类别要写明理由" in form.problem()
    form.why.set_value("reason", "原来归错了类")
    form.submit()
    settle(qtbot, page)
    file = case_file(office, uid)
    assert file is not None and file.opinion.category == "06"
