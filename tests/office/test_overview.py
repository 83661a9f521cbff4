"""The first page's facts, against a small ledger counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from lianxin.domain.records import Contact, ReceptionDay, Station
from lianxin.office.cases import opinions
from lianxin.office.desk import Desk, main_station
from lianxin.office.figuring import period_of
from lianxin.office.overview import office_line, overview, sent_line
from lianxin.office.papers.register_book import register_xlsx
from lianxin.office.records import (
    RecordRefused,
    StillUsed,
    new_uid,
    remove_record,
    removed_records,
    restore_record,
    save_record,
    undo_changes,
)
from lianxin.office.safekeeping.keeping import check_data, kept_for_later, note_sheet_kept
from lianxin.office.to_do.listing import MOST_TO_DO
from tests.office.counting import figures_of
from tests.store.desks import Elsewhere
from tests.ui.small_office import NOW, matter, small_office, unit

TODAY = NOW.date()


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    return small_office(tmp_path)


def _numbers(office: Desk) -> dict[str, tuple[str, str]]:
    return {fact.key: (fact.number, fact.note) for fact in overview(office).numbers}


def test_a_new_office_is_told_three_steps_and_no_made_up_numbers(office: Desk) -> None:
    found = overview(office)
    assert found.fresh and found.office == "石牌镇人大"
    assert [step.title for step in found.steps] == ["导入代表花名册", "导入接待群众台账", "安排接待日"]
    assert not any(step.done for step in found.steps)
    assert found.to_do.dated == () and _numbers(office)["late"] == ("0", "没有超期的")
    assert _numbers(office)["day"][0] == "—"


def test_the_most_urgent_matter_comes_first_with_its_unit(office: Desk) -> None:
    handler = unit(office)
    late = matter(office, TODAY - timedelta(days=36), title="饮水管破损", unit=handler)
    soon = matter(office, TODAY - timedelta(days=28), title="没有减速带", unit=handler)
    first, second = overview(office).to_do.dated
    assert (first.uid, first.badge, first.next_act, first.tone) == (late, "超期6天", "催办：镇水务站", "late")
    assert (second.uid, second.badge, second.next_act) == (soon, "剩2天", "等待答复：镇水务站")


def test_numbers_compare_the_same_days_of_the_month_before(office: Desk) -> None:
    matter(office, date(2026, 11, 1))
    matter(office, date(2026, 10, 22))
    matter(office, date(2026, 10, 23))
    assert _numbers(office)["persons"] == ("3", "上月1日至22日：3")
    assert _numbers(office)["open"][0] == "3"


def test_what_is_closed_this_month_is_the_number_of_the_return(office: Desk) -> None:
    on_spot, handled = matter(office, date(2026, 11, 2)), matter(office, date(2026, 11, 3), unit=unit(office))
    opinions.route(office, opinion=on_spot, way="answered_on_spot", day=date(2026, 11, 2))
    opinions.record_reply(office, opinion=handled, day=date(2026, 11, 9), result="A", words="修好了")
    opinions.record_feedback(office, opinion=handled, day=date(2026, 11, 10), overall="satisfied")
    told = figures_of(office, period_of(office, "2026-11"))
    assert (_numbers(office)["closed"][0], told["closed"].shown) == ("1", "1")


def test_reminders_keep_the_last_rows_however_many_matters_wait(office: Desk) -> None:
    for place in range(12):
        matter(office, TODAY - timedelta(days=40 + place))
    found = overview(office)
    rows = found.to_do.rows()
    assert len(rows) == MOST_TO_DO and found.to_do.count == 12
    assert [row.page for row in rows if not row.uid] == [row.page for row in found.to_do.reminders[:2]]


def test_the_months_of_the_year_end_with_this_one(office: Desk) -> None:
    matter(office, date(2026, 3, 5))
    found = overview(office)
    assert [point.label for point in found.months][-1] == "11月" and len(found.months) == 11
    assert {point.label: point.value for point in found.months}["3月"] == 3
    assert found.this_month == "2026-11"


def test_a_past_reception_day_nobody_closed_is_to_do(office: Desk) -> None:
    with office.store.writing(reason="准备") as writing:
        writing.put(ReceptionDay(uid=writing.new_uid(), day=TODAY - timedelta(days=2)))
        writing.put(ReceptionDay(uid=writing.new_uid(), day=TODAY + timedelta(days=3), state="announced"))
        writing.put(ReceptionDay(uid=writing.new_uid(), day=TODAY + timedelta(days=30)))
    rows = overview(office).to_do.dated
    assert [(row.badge, row.next_act) for row in rows] == [
        ("超期2天", "补登并结束接待"),
        ("剩3天", "准备接待"),
    ]
    assert _numbers(office)["day"] == ("11月25日", "还没有排代表")


def test_names_for_rail_and_status_line(office: Desk) -> None:
    assert office_line(office) == "石牌镇人大" and sent_line(office) == ""


def test_a_used_record_is_not_removed_and_says_by_what(office: Desk) -> None:
    handler = unit(office)
    matter(office, TODAY, unit=handler)
    from lianxin.domain.records import HandlingUnit

    with pytest.raises(StillUsed) as refused:
        remove_record(office, HandlingUnit, handler)
    assert refused.value.uses == (("交办", 1),) and "镇水务站" in refused.value.message


def test_removed_restored_and_undone_leave_the_record_as_it_was(office: Desk) -> None:
    uid = new_uid(office)
    save_record(office, Station(uid=uid, name="向阳村联络点"))
    remove_record(office, Station, uid)
    (gone,) = removed_records(office)
    assert (gone.title, gone.label, gone.reason) == ("向阳村联络点", "站点", "删除站点")
    changes = restore_record(office, Station, uid)
    assert removed_records(office) == ()
    undo_changes(office, changes)
    assert [one.uid for one in removed_records(office)] == [uid]


def test_what_cannot_be_registered_is_refused_whole(office: Desk) -> None:
    future = Contact(uid=new_uid(office), channel="visit", day=TODAY + timedelta(days=1), words="明天的事")
    with pytest.raises(RecordRefused) as refused:
        save_record(office, future)
    assert set(refused.value.problems) == {"date"}


def test_a_register_without_a_paper_of_its_own_becomes_a_workbook(office: Desk) -> None:
    from lianxin.domain.records import Rota

    assert register_xlsx(office, Station)[:2] == b"PK" and register_xlsx(office, Rota)[:2] == b"PK"


def test_check_finds_nothing_and_a_kept_sheet_ends_its_reminder(office: Desk) -> None:
    assert check_data(office) == () and kept_for_later(office) == ""
    Elsewhere().write(office.store, "of-a-newer-program", "t1", {"title": "远方"}, schema=2)
    assert check_data(office) == () and kept_for_later(office).startswith("有1条记录")
    assert any("恢复单" in row.title for row in overview(office).to_do.reminders)
    note_sheet_kept(office)
    assert not any("恢复单" in row.title for row in overview(office).to_do.reminders)
    with office.store.reading() as reading:
        assert main_station(reading) is not None
