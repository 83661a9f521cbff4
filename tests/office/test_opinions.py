"""Matters: their steps, the lists and counts of many at once, one matter whole, what a field held before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from lianxin.domain.records import Assignment, HandlingUnit, Opinion, Region, Visitor
from lianxin.office.case_ledger import case_ledger, write_ledger
from lianxin.office.case_papers.case_file import CaseFile, case_file, matter_of
from lianxin.office.cases import opinions
from lianxin.office.cases.states import (
    ALL,
    GROUPS,
    LATE,
    CaseBook,
    CaseFilter,
    CaseList,
    LookStopped,
    case_list,
    paragraph_of,
)
from lianxin.office.lists.field_history import field_history
from lianxin.office.records import undo_changes
from tests.office.township import Township, new_township

DAY = date(2026, 11, 20)


@pytest.fixture
def town(tmp_path: Path) -> Township:
    return new_township(tmp_path)


def registered(
    town: Township,
    words: str = "长坪村三组饮水管破损，26户断水4天。靠挑水生活",
    *,
    day: date = DAY,
    name: str = "田金玉",
    village: str = "长坪村",
    category: str = "02",
) -> str:
    place = town.uid(Region, village)
    opinion = Opinion(
        uid=uid(town), title="", words=words, category=category, channel="visit", registered=day
    )
    visitor = Visitor(uid=uid(town), contact="", name=name, phone="13912342217", village=place)
    return opinions.register_opinion(town.desk, opinion=opinion, visitor=visitor).opinion.uid


def uid(town: Township) -> str:
    from lianxin.office.records import new_uid

    return new_uid(town.desk)


def handled(town: Township, opinion: str, day: date = DAY) -> str:
    unit = town.uid(HandlingUnit, "镇水务站")
    opinions.route(town.desk, opinion=opinion, way="assigned", day=day, unit=unit)
    return unit


def file_of(town: Township, opinion: str) -> CaseFile:
    found = case_file(town.desk, opinion)
    assert found is not None
    return found


def listed(town: Township, book: CaseBook, chosen: CaseFilter, **more: str) -> CaseList:
    with town.desk.store.reading() as reading:
        return case_list(town.desk, book, reading, chosen, counted=True, **more)  # type: ignore[arg-type]


def test_registering_makes_contact_title_and_numbers(town: Township) -> None:
    found = file_of(town, registered(town))
    assert found.opinion.title == "长坪村三组饮水管破损，26户断水4天"
    assert found.number == "2026-YJ0001"
    assert found.contact is not None and found.contact.number == "439901102-2026-JF0001"
    assert found.opinion.village == town.uid(Region, "长坪村")
    assert found.visitor_line() == "田** · 长坪村 · 139****2217"
    assert found.visitor_line(masked=False) == "田金玉 · 长坪村 · 13912342217"
    assert found.state.code == "registered"


def test_the_whole_way_of_a_matter(town: Township) -> None:
    matter = registered(town)
    unit = handled(town, matter)
    found = file_of(town, matter)
    assert found.state.code == "handling"
    assert found.case.assignments[0].number == "439901102-2026-JB0001"
    assert found.standing == "镇水务站承办，期限12月20日，还剩30天"
    town.clock.at(date(2026, 12, 26))
    assert file_of(town, matter).state.badge == "超期6天"
    opinions.record_reply(
        town.desk, opinion=matter, day=date(2026, 12, 20), result="A", words="已更换主管", unit=unit
    )
    opinions.record_feedback(town.desk, opinion=matter, day=date(2026, 12, 25), overall="unsatisfied")
    found = file_of(town, matter)
    assert (found.state.code, found.state.round) == ("redo", 1)
    assert opinions.due_for(town.desk, found.opinion, found.state, date(2026, 12, 26)) == date(2027, 1, 26)
    assert [event.act for event in found.events] == ["登记", "分流", "交办", "答复", "反馈"]
    assert [event.day for event in found.events] == sorted(event.day or DAY for event in found.events)
    assert found.events[3].words == "镇水务站，A 已解决：已更换主管"


def test_the_limit_follows_the_urgency(town: Township) -> None:
    matter = file_of(town, registered(town))
    rule = town.desk.profile.opinion_urgent_days.value
    urgent = replace(matter.opinion, urgency="urgent")
    assert opinions.due_for(town.desk, urgent, matter.state, DAY) == DAY + timedelta(days=rule)


def test_merged_matters_know_each_other_and_come_apart_again(town: Township) -> None:
    main, other = registered(town), registered(town, "长坪村三组没有水吃", name="彭世荣")
    changes = opinions.merge_opinion(town.desk, opinion=other, into=main, day=DAY)
    assert file_of(town, other).state.code == "merged"
    assert file_of(town, other).main == file_of(town, main).opinion
    assert [one.uid for one in file_of(town, main).merged] == [other]
    undo_changes(town.desk, changes)
    assert file_of(town, other).state.code == "registered"
    assert file_of(town, main).merged == ()


def test_a_matter_is_not_merged_into_itself_or_a_merged_one(town: Township) -> None:
    first, second, third = (registered(town, f"第{place}件") for place in range(3))
    opinions.merge_opinion(town.desk, opinion=second, into=first, day=DAY)
    for opinion, into in ((first, first), (third, second), (third, "unknown")):
        with pytest.raises(opinions.MergeRefused):
            opinions.merge_opinion(town.desk, opinion=opinion, into=into, day=DAY)
    assert file_of(town, third).state.code == "registered"


def test_counts_agree_with_the_lists_whatever_is_chosen(town: Township) -> None:
    random = Random(11)
    unit = town.uid(HandlingUnit, "镇水务站")
    book, matters = CaseBook(town.desk), []
    for place in range(24):
        day = date(2026, 9, 1) + timedelta(days=random.randrange(80))
        village = random.choice(["长坪村", "卧龙村"])
        matters.append(
            registered(town, f"第{place}件", day=day, village=village, category=random.choice(["01", "02"]))
        )
    for matter in random.sample(matters, 18):
        came = file_of(town, matter).opinion.registered
        handled(town, matter, max(came, DAY - timedelta(days=random.randrange(50))))
        if random.random() < 0.6:
            opinions.record_reply(town.desk, opinion=matter, day=DAY, result="B", words="在办", unit=unit)
            if random.random() < 0.6:
                overall = random.choice(["satisfied", "unsatisfied", "basically"])
                opinions.record_feedback(town.desk, opinion=matter, day=DAY, overall=overall)
        chosen = CaseFilter(
            village=random.choice(["", town.uid(Region, "长坪村")]),
            category=random.choice(["", "01"]),
            unit=random.choice(["", unit]),
        )
        agree(town, book, chosen)
    fresh = listed(town, CaseBook(town.desk), CaseFilter())
    assert listed(town, book, CaseFilter()) == fresh
    assert fresh.counts is not None and fresh.counts[ALL] == 24


def agree(town: Township, book: CaseBook, chosen: CaseFilter) -> None:
    counts = listed(town, book, chosen).counts
    assert counts is not None
    assert sum(counts.get(group.key, 0) for group in GROUPS) == counts[ALL]
    for key in (ALL, LATE, *(group.key for group in GROUPS)):
        found = listed(town, book, replace(chosen, group=key))
        assert len(found.uids) == counts.get(key, 0)
        assert found.counts == counts
    with town.desk.store.reading() as reading:
        by_sql = case_list(town.desk, CaseBook(town.desk), reading, replace(chosen, unit=""))
        by_book = case_list(town.desk, book, reading, replace(chosen, unit=""))
    assert list(by_sql.uids) == list(by_book.uids)


def test_a_new_day_makes_matters_late(town: Township) -> None:
    book = CaseBook(town.desk)
    handled(town, registered(town))
    before = listed(town, book, CaseFilter()).counts
    assert before is not None and before[LATE] == 0
    town.clock.at(date(2026, 12, 21))
    after = listed(town, book, CaseFilter()).counts
    assert after is not None and after[LATE] == 1


def test_taking_a_step_back_is_seen_by_the_book(town: Township) -> None:
    book, matter = CaseBook(town.desk), registered(town)
    changes = opinions.route(town.desk, opinion=matter, way="guided", day=DAY, reason="涉诉")
    assert listed(town, book, CaseFilter(group="elsewhere")).uids == [matter]
    undo_changes(town.desk, changes)
    assert listed(town, book, CaseFilter(group="elsewhere")).uids == []
    assert listed(town, book, CaseFilter(group="registered")).uids == [matter]


def test_suggestions_have_their_own_list(town: Township) -> None:
    matter = registered(town)
    opinion = file_of(town, matter).opinion
    opinions.change_opinion(town.desk, replace(opinion, track="suggestion"), opened=opinion)
    assert listed(town, CaseBook(town.desk), CaseFilter()).uids == []


def test_words_find_a_matter_by_its_visitor_too(town: Township) -> None:
    first, second = registered(town), registered(town, "路灯不亮", name="单大贵")
    book = CaseBook(town.desk)
    assert listed(town, book, CaseFilter(), words="单大贵").uids == [second]
    assert listed(town, book, CaseFilter(), words="饮水").uids == [first]
    assert listed(town, book, CaseFilter(), words="2026-YJ0002").uids == [second]


def test_sorted_by_limit_those_without_one_stand_below(town: Township) -> None:
    closed, soon, late = (
        registered(town, f"第{place}件", day=DAY - timedelta(days=40)) for place in range(3)
    )
    opinions.route(town.desk, opinion=closed, way="answered_on_spot", day=DAY)
    handled(town, soon, DAY)
    handled(town, late, DAY - timedelta(days=40))
    found = listed(town, CaseBook(town.desk), CaseFilter(), sort="due")
    assert set(found.uids[:2]) == {soon, late} and found.uids[2] == closed
    with town.desk.store.reading() as reading:
        upward = case_list(
            town.desk, CaseBook(town.desk), reading, CaseFilter(), sort="due", descending=False
        )
    assert list(upward.uids) == [late, soon, closed]


def test_a_stopped_look_keeps_nothing(town: Township) -> None:
    book = CaseBook(town.desk)
    registered(town)
    with town.desk.store.reading() as reading:
        with pytest.raises(LookStopped):
            book.standings(reading, stop=lambda: True)
        assert len(book.standings(reading)) == 1


def test_history_of_a_field_masks_nobody_and_forgets_nothing(town: Township) -> None:
    matter = registered(town)
    opinion = file_of(town, matter).opinion
    opinions.change_opinion(town.desk, replace(opinion, title="饮水管破损"), opened=opinion)
    found = field_history(town.desk, Opinion, matter, "title")
    assert [(one.value, one.reason) for one in found] == [
        ("长坪村三组饮水管破损，26户断水4天", "登记意见"),
        ("饮水管破损", "修改意见"),
    ]
    visitor = file_of(town, matter).visitors[0]
    assert [one.value for one in field_history(town.desk, Visitor, visitor.uid, "phone")] == ["139****2217"]


def test_a_step_leads_to_its_matter(town: Township) -> None:
    matter = registered(town)
    handled(town, matter)
    step = file_of(town, matter).case.assignments[0]
    assert matter_of(town.desk, Assignment.KIND, step.uid) == matter
    assert matter_of(town.desk, "person", step.uid) is None


def test_the_ledger_holds_the_lines_of_the_list_in_order(town: Township, tmp_path: Path) -> None:
    first, second = registered(town), registered(town, "路灯不亮", name="单大贵")
    target = write_ledger(tmp_path / "台账.xlsx", case_ledger(town.desk, [second, first], narrowed="长坪村"))
    sheet = load_workbook(target).active
    assert sheet is not None
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("长坪村" in cell and "台账" in cell for cell in cells[:2])
    assert cells.index("439901102-2026-YJ0002") < cells.index("439901102-2026-YJ0001")
    assert "单大贵" in cells and "13912342217" not in cells


def test_the_paragraph_says_what_is_there_and_nothing_else() -> None:
    counts = {ALL: 5, "handling": 2, "closed": 3, LATE: 1}
    said = paragraph_of(counts, office="石牌镇", day_words="2026年11月20日", narrowed="长坪村")
    assert (
        said == "截至2026年11月20日，石牌镇（长坪村）共登记意见建议5件：办理中2件，已办结3件；其中超期1件。"
    )
    assert "没有登记" in paragraph_of({ALL: 0}, office="石牌镇", day_words="2026年11月20日")
