"""规则, year calendar and 轮值表 as a clerk uses them, and 放假安排 in the settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Person, ReceptionRule
from lianxin.office.desk import Desk
from lianxin.office.handed import calendars
from lianxin.office.reception import days as reception
from lianxin.office.reception import on_duty
from lianxin.ui.pages import PageEntry
from lianxin.ui.reception import ReceptionPage
from lianxin.ui.reception.duty_line import DutyLine
from lianxin.ui.reception.year_calendar import YearCalendar
from lianxin.ui.settings.holidays import HolidaySection
from lianxin.ui.settings.settings_page import SettingsPage
from lianxin.ui.shell import MainWindow
from tests.domain.test_workdays import NOTICE_2026
from tests.office.township import Township, new_township
from tests.ui.clerk import Clerk, choose, page_of
from tests.ui.small_office import Keeping, small_office, window_with


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    made.desk = Desk(made.desk.store, replace(made.desk.profile, calendar=calendars.shipped_calendar()))
    rule = ReceptionRule(uid="", station=made.station, recurrence="monthly_day", days="5、20")
    reception.save_rule(made.desk, rule)
    days, _ = reception.make_days(made.desk, start=date(2026, 12, 1), end=date(2027, 1, 31))
    on_duty.fill_rota(made.desk, start=days[0].day, end=days[-1].day)
    yield made
    made.desk.store.close()


@pytest.fixture
def page(window: MainWindow) -> ReceptionPage:
    return page_of(window, "reception", ReceptionPage)


def test_the_year_is_seen_while_the_rule_is_typed(page: ReceptionPage, qtbot: QtBot) -> None:
    choose(page.state.menu(), "接待日规则")
    preview = page.rules.preview
    assert preview.year == 2026 and preview.summary.text() == "全年24天，顺延5天"
    assert preview.calendar.words_of(date(2026, 10, 8)) == "10月8日 星期四，代10月5日（国庆节）"
    assert "代2月20日（春节）" in preview.calendar.words_of(date(2026, 2, 24))
    assert preview.calendar.notes(10) == ["1–7日国庆节", "10日上班"]
    page.rules.fields.row("days").editor.set_text("1")
    page.rules.fields.changed.emit("days")
    qtbot.waitUntil(lambda: preview.summary.text() == "全年12天，顺延3天")
    page.rules.fields.set_typed({"recurrence": "market_lunar", "days": "逢四、九", "holidays": "cancel"})
    page.rules.show_preview()
    assert "取消" in preview.summary.text()
    assert preview.calendar.words_of(date(2026, 11, 22)) == "11月22日 星期日，农历十月十四"
    page.rules.fields.set_typed({"days": "全天"})
    page.rules.show_preview()
    assert preview.summary.text().startswith("“全天”不是赶集的日子")


def test_a_year_nobody_published_is_said(page: ReceptionPage) -> None:
    choose(page.state.menu(), "接待日规则")
    assert page.rules.preview.warning.text() == ""
    page.rules.preview._turn(1)
    told = page.rules.preview.warning.text()
    assert told.startswith("2027年的放假安排还没有，暂按法定节日和周一至周五计算。") and "设置" in told


def test_every_day_of_the_calendar_is_found_under_the_pointer(qtbot: QtBot) -> None:
    calendar = YearCalendar()
    qtbot.addWidget(calendar)
    calendar.show()

    def found() -> int:
        points = ((x, y) for x in range(0, calendar.width(), 9) for y in range(0, calendar.height(), 9))
        return len({calendar.day_at(x + 0.5, y + 0.5) for x, y in points} - {None})

    for width in (170, 700):
        calendar.resize(width, calendar.heightForWidth(width))
        qtbot.waitUntil(lambda: found() == 366)


def test_the_rota_is_changed_in_its_lines(page: ReceptionPage, town: Township, qtbot: QtBot) -> None:
    page.strip.rota_wanted.emit()
    assert page.whole.title() == "接待日 · 轮值表"
    lines = page.rota.words()
    assert [line.split("：")[0] for line in lines] == ["12月5日", "12月20日", "1月5日", "1月20日"]
    with town.desk.store.reading() as reading:
        (first, *_rest) = reception.duties_of(reading, _day(town, date(2026, 12, 5)))
    page.rota.asked.emit("leave", first.rota.uid)
    dialog = page.acts.dialog
    assert dialog is not None
    dialog.fields.set_typed({"reason": "住院"})
    dialog.settle()
    qtbot.waitUntil(lambda: "请假" in page.rota.words()[0])
    page.rota.proposal_wanted.emit(_day(town, date(2026, 12, 5)))
    qtbot.waitUntil(lambda: page.rota.words()[0].count("、") == 2)
    assert page.go_back() and page.whole.title() == ""


def test_a_whole_year_is_made_and_its_rota_shown(
    page: ReceptionPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.rules.year_wanted.emit(2027)
    assert page.whole.currentWidget() is page.rota and len(page.rota.words()) == 24
    assert Clerk(qtbot, window).told() == "已按规则生成22个接待日，并安排了接待代表"
    assert "2027年的放假安排还没有，暂按法定节日和周一至周五计算" in page.rota.told.text()


def test_the_table_is_written_for_the_wall(page: ReceptionPage, town: Township) -> None:
    page.rota.choose("2026-12")
    page.show_rota()
    page.print_now()
    assert [each.name for each in (town.folder / "papers").iterdir()] == ["代表接待日轮值表_2026年12月.docx"]


def test_the_notice_is_copied_and_marked(page: ReceptionPage, town: Township, qtbot: QtBot) -> None:
    page.open_record("reception-day", _day(town, date(2026, 12, 5)))
    choose(page.state.menu(), "复制公告文字")
    assert "时间：2026年12月5日（星期六）" in QGuiApplication.clipboard().text()
    choose(page.state.menu(), "已公告")
    qtbot.waitUntil(lambda: page.state.text() == "已公告")


def _day(town: Township, on: date) -> str:
    (day,) = reception.days_between(town.desk, on, on)
    return day.uid


# ---- 放假安排 ---------------------------------------------------------------------------------------


def test_a_pasted_notice_is_seen_before_it_counts(qtbot: QtBot, tmp_path: Path) -> None:
    office = small_office(tmp_path)
    keeper = Keeping(office)
    window = window_with(
        office, PageEntry("settings", "设置与备份", lambda desk: SettingsPage(desk, office, keeper))
    )
    qtbot.addWidget(window)
    window.show()
    window.go("settings")
    made = window.page("settings")
    assert isinstance(made, SettingsPage)
    made.choose("holidays")
    section = made.section()
    assert isinstance(section, HolidaySection)
    assert "国庆节" in section.told.text()
    section.text.setPlainText(NOTICE_2026.replace("共9天", "共8天"))
    section.understand()
    assert "春节写的是共8天，日期却有9天" in section.found.text()
    section.take()
    assert calendars.known_years(office)[0].own is False
    section.text.setPlainText(NOTICE_2026)
    section.understand()
    assert "国庆节：10月1日至7日放假，共7天；9月20日、10月10日上班" in section.found.text()
    section.take()
    assert calendars.known_years(office)[0].own is True
    section.refresh()
    section.years.set_code("2026")
    section.forget()
    assert calendars.known_years(office)[0].own is False
    window.close()


def test_deputies_who_can_stand_in_are_named(page: ReceptionPage, town: Township) -> None:
    with town.desk.store.reading() as reading:
        (first, *_rest) = reception.duties_of(reading, _day(town, date(2026, 12, 5)))
    free = on_duty.who_can_stand_in(town.desk, first.rota.reception_day)
    assert len(free) == 3 and first.name not in free
    assert town.uid(Person, free[0])


def test_a_leave_of_several_days_is_one_act_and_one_step_back(
    page: ReceptionPage, town: Township, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_rota()
    before = page.rota.words()
    name = before[0].partition("：")[2].split("（")[0]
    choose(page.rota.findChildren(DutyLine)[0].chips()[0].menu(), "请假多天")
    dialog = page.acts.dialog
    assert dialog is not None and dialog.fields.row("person").editor.shown().startswith(name)
    clerk = Clerk(qtbot, window)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    clerk.enter().say("外出学习").enter().type("12.1").enter().type("2027.1.31").save()
    assert clerk.told().startswith(f"已记{name}")
    qtbot.waitUntil(
        lambda: f"{name}（" not in "".join(each for each in page.rota.words() if "替班" not in each)
    )
    with qtbot.waitActive(window):
        window.activateWindow()
    clerk.undo()
    qtbot.waitUntil(lambda: page.rota.words() == before)


def test_a_leave_without_duties_is_said_in_the_dialog(page: ReceptionPage, town: Township) -> None:
    page.acts.span_of_leave(town.uid(Person, "周桂兰"))
    dialog = page.acts.dialog
    assert dialog is not None and dialog.also is not None
    dialog.settle()
    assert dialog.also.row("date").problem() != ""
    dialog.also.set_typed({"date": "11.1", "announced": "11.3"})
    dialog.settle()
    assert "没有排周桂兰接待，没有改动" in dialog.wrong.text()
