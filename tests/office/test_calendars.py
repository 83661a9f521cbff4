"""The calendars of an office: years taken in, days around holidays, the rota on paper, notices in time."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from lianxin.bootstrap import profile_named
from lianxin.domain.calendar.workdays import BadCalendar
from lianxin.domain.records import Opinion, Person, ReceptionDay, ReceptionRule, Rota
from lianxin.office.cases.opinions import register_opinion
from lianxin.office.desk import Desk
from lianxin.office.handed import calendars
from lianxin.office.names import Names
from lianxin.office.overview import overview
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.reception import days as reception
from lianxin.office.reception import on_duty
from lianxin.office.reception.holidays import settle_holidays
from lianxin.office.reception.notices import comes_up, notice_due, notice_text
from lianxin.office.reception.rota_table import days_on_holidays, rota_lines
from lianxin.office.records import new_uid, undo_changes
from tests.office.township import Township, new_township

YEAR_2027 = {
    "kind": "holidays",
    "years": [
        {
            "year": 2027,
            "source": "为试验编的安排",
            "holidays": [{"name": "元旦", "from": "2027-01-01", "to": "2027-01-05", "work": ["2027-01-09"]}],
        }
    ],
}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    made.desk = Desk(made.desk.store, replace(made.desk.profile, calendar=calendars.shipped_calendar()))
    yield made
    made.desk.store.close()


def rule(town: Township, days: str, holidays: str = "postpone", kind: str = "monthly_day") -> ReceptionRule:
    made = ReceptionRule(uid="", station=town.station, recurrence=kind, days=days, holidays=holidays)
    return reception.save_rule(town.desk, made)[0]


def reopened(town: Township) -> None:
    with town.desk.store.reading() as reading:
        profile = calendars.in_force(town.desk.profile, reading)
    town.desk = Desk(town.desk.store, profile)


def test_rules_that_travel_with_the_program_know_the_published_years() -> None:
    assert profile_named("national").calendar.holiday(date(2026, 10, 1)) == "国庆节"


def test_days_made_from_a_rule_keep_clear_of_holidays(town: Township) -> None:
    rule(town, "1、8")
    made, _ = reception.make_days(town.desk, start=date(2026, 10, 1), end=date(2026, 10, 31))
    assert [day.day for day in made] == [date(2026, 10, 8)]
    (line,) = rota_lines(town.desk, date(2026, 10, 1), date(2026, 10, 31))
    assert line.note() == "代10月1日（国庆节）"
    assert reception.make_days(town.desk, start=date(2026, 10, 3), end=date(2026, 10, 31)) == ([], ())


def test_lunar_market_days_are_made(town: Township) -> None:
    rule(town, "逢四、九", kind="market_lunar")
    made, _ = reception.make_days(town.desk, start=date(2026, 11, 20), end=date(2026, 11, 30))
    assert [day.day.day for day in made] == [22, 27]


def test_a_year_from_a_file_is_kept_and_counts(town: Township, tmp_path: Path) -> None:
    assert town.desk.profile.calendar.warning(date(2026, 12, 1), date(2027, 2, 1)) == (
        "2027年的放假安排还没有，暂按法定节日和周一至周五计算"
    )
    file = tmp_path / "2027.json"
    file.write_text(json.dumps(YEAR_2027, ensure_ascii=False), "utf-8")
    calendars.take_years(town.desk, calendars.read_calendar_file(file))
    reopened(town)
    assert town.desk.profile.calendar.warning(date(2026, 12, 1), date(2027, 2, 1)) == ""
    assert town.desk.profile.calendar.holiday(date(2027, 1, 4)) == "元旦"
    newest, older = calendars.known_years(town.desk)[:2]
    assert (newest.year.year, newest.own, older.year.year, older.own) == (2027, True, 2026, False)
    calendars.forget_year(town.desk, 2027)
    reopened(town)
    assert not town.desk.profile.calendar.knows(2027)


def test_a_notice_in_gbk_is_read_and_anything_else_refused(tmp_path: Path) -> None:
    holidays = "".join(
        f"{place}、{name}：{month}月1日放假，共1天。"
        for place, name, month in zip(
            "一二三四五六七", ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"),
            (1, 2, 4, 5, 6, 9, 10), strict=True,
        )
    )  # fmt: skip
    file = tmp_path / "通知.txt"
    file.write_bytes(f"国务院办公厅关于2027年部分节假日安排的通知\n{holidays}".encode("gb18030"))
    (year,) = calendars.read_calendar_file(file)
    assert (year.year, len(year.holidays)) == (2027, 7)
    file.write_bytes(b"\xff\xfe\x00\x00\xff")
    with pytest.raises(BadCalendar):
        calendars.read_calendar_file(file)
    with pytest.raises(BadCalendar, match="没有内容"):
        calendars.understand_calendar("  ")


def test_days_made_before_the_arrangements_were_known_are_settled_by_their_rule(town: Township) -> None:
    rule(town, "4、6")
    rule(town, "5", "cancel")
    rule(town, "1", "as_usual")
    span = (date(2027, 1, 1), date(2027, 1, 31))
    made, _ = reception.make_days(town.desk, start=span[0], end=span[1])
    assert [day.day.day for day in made] == [1, 4, 5, 6]
    calendars.take_years(town.desk, calendars.understand_calendar(json.dumps(YEAR_2027)))
    reopened(town)
    assert [line.day.day.day for line in days_on_holidays(town.desk, *span)] == [4, 5]
    count, changes = settle_holidays(town.desk, *span)
    found = {line.day.day.day: line.day for line in rota_lines(town.desk, *span)}
    assert count == 2 and days_on_holidays(town.desk, *span) == ()
    assert (found[4].state, found[4].state_reason) == ("postponed", "元旦放假，并入1月6日")
    assert (found[5].state, found[1].state, found[6].state) == ("cancelled", "planned", "planned")
    undo_changes(town.desk, changes)
    assert len(days_on_holidays(town.desk, *span)) == 2


# ---- leave and standing in ------------------------------------------------------------------------


def test_whoever_is_on_leave_makes_room_and_is_not_asked_again(town: Township) -> None:
    day, _ = reception.make_day(town.desk, day=date(2026, 12, 15))
    on_duty.fill_rota(town.desk, start=day.day, end=day.day)
    with town.desk.store.reading() as reading:
        first, _ = reading.children(Rota, "reception_day", [day.uid])
    on_duty.on_leave(town.desk, first.uid, reason="住院")
    on_duty.fill_rota(town.desk, start=day.day, end=day.day)
    with town.desk.store.reading() as reading:
        now = reading.children(Rota, "reception_day", [day.uid])
    assert sorted(each.attendance for each in now) == ["leave", "planned", "planned"]
    assert [each.person for each in now].count(first.person) == 1
    with town.desk.store.reading() as reading:
        taken = {Names(reading).of("person", each.person) for each in now}
    free = on_duty.who_can_stand_in(town.desk, day.uid)
    assert len(free) == 3 and not set(free) & taken


# ---- paper and notices ----------------------------------------------------------------------------


def test_the_rota_on_paper_and_as_a_workbook(town: Township) -> None:
    rule(town, "5、20")
    made, _ = reception.make_days(town.desk, start=date(2026, 12, 1), end=date(2026, 12, 31))
    on_duty.fill_rota(town.desk, start=made[0].day, end=made[-1].day)
    gone, _ = reception.make_day(town.desk, day=date(2026, 12, 30))
    reception.cancel_day(town.desk, gone.uid, reason="防汛")
    document = Document(io.BytesIO(make_paper(town.desk, "rota", period="2026-12")))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["序号", "日期", "时间", "地点", "接待代表", "邀请部门", "备注"]
    assert [row[1] for row in rows[1:]] == ["12月5日 星期六", "12月20日 星期日"]
    assert rows[1][2] == "9:00—11:00" and rows[1][4].count("（") == 2
    book = openpyxl.load_workbook(io.BytesIO(make_paper(town.desk, "rota-sheet", period="2026-12")))
    assert book.active is not None and book.active.max_row == 5


def test_the_notice_is_due_before_the_day_by_the_rule(town: Township) -> None:
    today = date(2026, 12, 10)
    day = ReceptionDay(uid="d", day=date(2026, 12, 15), rule="r")
    with_rule = {"r": ReceptionRule(uid="r", station="s", recurrence="weekly", days="2", announce_days=5)}
    told = {"usual": 3, "today": today}
    due = notice_due(day, with_rule, **told)
    assert due is not None and (due.by, due.act) == (today, "今天发布公告")
    usual = notice_due(day, {}, **told)
    assert usual is not None and usual.act == "发布公告（12月12日前）" and comes_up(usual)
    late = notice_due(day, with_rule, usual=3, today=date(2026, 12, 13))
    assert late is not None and late.act == "补发公告（应在12月10日前）"
    assert notice_due(replace(day, state="announced"), {}, **told) is None
    assert notice_due(day, {}, usual=3, today=day.day) is None
    far = notice_due(replace(day, day=date(2027, 1, 15)), {}, **told)
    assert far is not None and not comes_up(far)


def test_a_notice_that_comes_due_stands_among_what_is_to_be_done(town: Township) -> None:
    made = replace(rule(town, "5"), announce_days=15)
    reception.save_rule(town.desk, made)
    reception.make_days(town.desk, start=date(2026, 12, 1), end=date(2026, 12, 31))
    rows = overview(town.desk).to_do.rows()
    assert [row.next_act for row in rows if row.kind == "reception-day"] == ["今天发布公告"]


def test_late_matters_do_not_push_the_notice_off_the_first_page(town: Township) -> None:
    for number in range(12):
        opinion = Opinion(
            uid=new_uid(town.desk), title=f"第{number}件", words="路不平", category="transport", channel="visit",
            registered=date(2026, 1, 5),
        )  # fmt: skip
        register_opinion(town.desk, opinion=opinion)
    rule(town, "22")
    reception.make_days(town.desk, start=date(2026, 11, 21), end=date(2026, 11, 30))
    rows = overview(town.desk).to_do.rows()
    assert (rows[0].kind, rows[0].next_act) == ("reception-day", "补发公告（应在11月19日前）")
    assert rows[1].tone == "late"


def test_the_text_of_a_notice_to_paste(town: Township) -> None:
    day, _ = reception.make_day(town.desk, day=date(2026, 12, 15))
    on_duty.put_on_duty(town.desk, day=day.uid, person=town.uid(Person, "周桂兰"))
    text = notice_text(town.desk, day.uid)
    assert "时间：2026年12月15日（星期二）（农历冬月初七） 9:00—11:00" in text
    assert "接待代表：周桂兰（县人大代表）" in text and text.startswith("【人大代表接待日公告】\n")
    assert notice_text(town.desk, "nowhere") == ""
