"""Papers of a meeting or an activity: what stands in them, names whole, sheets that hold everybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.documents.forms.event_lists import (
    ROWS_A_PAGE,
    WALK_INS,
    name_plates_docx,
    plate_size,
    sign_in_docx,
)
from lianxin.documents.official.event_papers import (
    Event,
    EventPerson,
    EventStep,
    agenda_docx,
    notice_docx,
    plan_docx,
    script_docx,
    summary_docx,
)
from lianxin.documents.word.person_names import even_name, name_lines
from lianxin.documents.word.text import across
from tests.documents.reading_back import all_text, document

UIGHUR = "吐尔逊·买买提"
EVENT = Event(
    title="石牌镇第十九届人民代表大会主席团第十二次会议",
    issuer="石牌镇人民代表大会主席团",
    day=date(2025, 12, 20),
    signed=date(2025, 12, 10),
    start=time(9),
    end=time(11, 30),
    place="镇政府三楼会议室",
    chair="陈国强",
    agenda=("听取和审议工作报告", "讨论年度计划"),
    people=(
        EventPerson("王芳", "大坪村党支部书记", "县代表", "组长"),
        EventPerson(UIGHUR, "", "乡镇代表"),
    ),
)
MAKERS: tuple[Callable[[Event], bytes], ...] = (
    notice_docx,
    agenda_docx,
    script_docx,
    plan_docx,
    summary_docx,
    sign_in_docx,
    name_plates_docx,
)


@pytest.mark.parametrize("make", MAKERS)
def test_equal_events_give_equal_bytes_and_an_empty_one_a_paper_to_fill_in(
    make: Callable[[Event], bytes],
) -> None:
    assert make(EVENT) == make(replace(EVENT))
    bare = Event(title="会议", issuer="石牌镇人大", day=EVENT.day, signed=EVENT.signed)
    assert document(make(bare)).sections


def test_a_notice_says_when_where_who_and_what() -> None:
    text = all_text(notice_docx(EVENT)).replace("\n", "")
    for said in (
        "2025年12月20日（星期六）9:00—11:30",
        "镇政府三楼会议室",
        UIGHUR,
        "2. 讨论年度计划",
        "2025年12月10日",
    ):
        assert said in text
    days = replace(EVENT, until=date(2025, 12, 22))
    assert "2025年12月20日至2025年12月22日" in all_text(notice_docx(days))


def test_what_the_chair_reads_leaves_room_until_somebody_has_counted() -> None:
    assert "应到2人，实到＿＿＿＿人" in all_text(script_docx(EVENT)).replace("\n", "")
    counted = script_docx(replace(EVENT, present=1, on_leave=1))
    text = all_text(counted).replace("\n", "")
    assert "应到2人，实到1人，请假1人" in text and "首先进行第一项，听取和审议工作报告" in text


def test_lines_of_names_fit_the_type_area_as_it_is_printed() -> None:
    """28 characters of 16 points are 448 points, the type area has 442: a line of names has 27 at most."""
    names = ("司马文辉", "冯春生", "彭芳", "田堃", "唐喆", "宋喆", "田小军", "何强")
    people = tuple(EventPerson(name, "", "乡镇代表") for name in names)
    lead = "乡镇代表："
    told = [each.text for each in document(plan_docx(replace(EVENT, people=people))).paragraphs]
    lines = [text.removeprefix(lead) for text in told if any(name in text for name in names)]
    assert "".join(lines) == "、".join(names)
    assert all(across(line) + across(lead) + 2 <= 27 for line in lines), lines


def test_a_plan_lists_who_does_what_before_during_and_after() -> None:
    steps = (EventStep("活动前", "选题", "李敏"), EventStep("活动后", "总结"))
    text = all_text(plan_docx(replace(EVENT, meeting=False, steps=steps))).replace("\n", "")
    assert re.search("（一）活动前1. 选题（李敏）（二）活动后1. 总结", text)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 70))
def test_a_sign_in_sheet_has_whole_pages_and_room_for_people_nobody_expected(count: int) -> None:
    people = tuple(EventPerson(f"代表{at}") for at in range(count))
    found = document(sign_in_docx(replace(EVENT, people=people)))
    told = [cell.text for table in found.tables for cell in table.column_cells(1)]
    assert len(found.tables) == -(-(count + WALK_INS) // ROWS_A_PAGE)
    assert len(told) == len(found.tables) * (ROWS_A_PAGE + 1)
    assert [words for words in told if words not in ("", "姓名")] == [each.name for each in people]


def test_plates_are_folded_and_turned_both_ways() -> None:
    body = document(name_plates_docx(EVENT)).element.body
    turned = [each.get(qn("w:val")) for each in body.iter(qn("w:textDirection"))]
    assert turned == ["tbRl", "btLr"] * 2
    words = [node.text for node in body.iter(qn("w:t"))]
    assert words == ["王　芳", "王　芳", UIGHUR, UIGHUR]
    assert plate_size("王芳") > plate_size(UIGHUR) > 90


NAMES = st.lists(st.text("王芳刘青山欧阳买提·", min_size=2, max_size=9), max_size=40)


@given(NAMES, st.integers(10, 26))
def test_no_name_is_cut_in_two_and_no_line_is_too_wide(names: list[str], width: int) -> None:
    lines = name_lines(names, width)
    assert "".join(lines) == "、".join(names)
    assert all(across(line) <= width for line in lines)
    assert [part for line in lines for part in line.rstrip("、").split("、")] == names


def test_two_characters_take_the_room_of_three() -> None:
    assert [even_name(name) for name in ("王芳", "刘青山", UIGHUR, " 何强 ")] == [
        "王　芳",
        "刘青山",
        UIGHUR,
        "何　强",
    ]
