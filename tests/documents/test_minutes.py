"""会议记录 and 会议纪要: names whole and aligned, the mark where the standard has it, blank and crowded ones."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.documents.forms.minutes import Attending, Minutes, MinutesItem, minutes_docx
from lianxin.documents.measuring.official_check import check_official
from lianxin.documents.official.meeting_summary import MeetingSummary, SummaryItem, meeting_summary_docx
from tests.documents.reading_back import all_text, document

UIGHUR = "吐尔逊·买买提"
NAMES = ("陈国强", "王芳", UIGHUR, "刘青山", "李明", "彭世荣", "覃春生", "欧阳志远", "龙志明", "单大贵")
SUMMARY = MeetingSummary(
    body_name="石牌镇人大主席团",
    title="石牌镇第十九届人民代表大会主席团第十七次会议纪要",
    issuer="石牌镇人民代表大会主席团",
    day=date(2025, 12, 22),
    number=5,
    opened="2025年12月20日，石牌镇第十九届人民代表大会主席团第十七次会议召开。",
    items=(SummaryItem("饮水安全工作情况的报告", "赵敏", "全年改造管网12公里。"), SummaryItem("年度计划")),
    held=("要先修三组、五组老水管。",),
    decided=("由镇水务站完成管网改造。", "每月通报进度。"),
    present=NAMES,
    leave=("田大海",),
    guests=("张伟（镇水务站）",),
    sent_to="镇人民政府",
    copies=30,
)
MINUTES = Minutes(
    title="主席团第十七次会议",
    when="2025年12月20日",
    people=Attending(present=NAMES, leave=("田大海（住院）",), counts="应到11人，实到10人，请假1人"),
    items=(
        MinutesItem(
            "听取报告",
            "赵敏",
            "改造管网12公里。",
            (("刘青山", "先修三组。\n列入预算。"),),
            "赞成7票。",
            ("修管网",),
        ),
        MinutesItem("研究计划"),
    ),
)


def test_a_summary_keeps_the_standard_whatever_is_left_out() -> None:
    bare = replace(
        SUMMARY, number=None, items=(), held=(), decided=(), present=(), leave=(), guests=(), sent_to="", copies=None
    )  # fmt: skip
    for told in (SUMMARY, replace(SUMMARY, decided=()), replace(SUMMARY, held=("一句",), items=()), bare):
        found = [each for each in check_official(meeting_summary_docx(told)) if each.weight == "deviation"]
        assert not found, found


def test_the_mark_stands_35_mm_below_the_type_area_in_red() -> None:
    """Where it is printed is measured with the other heads, in test_official_printed."""
    mark = document(meeting_summary_docx(SUMMARY)).paragraphs[0]
    assert mark.text == "石牌镇人大主席团会议纪要"
    colour = mark.runs[0].font.color
    assert colour is not None and str(colour.rgb) == "FF0000"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=60))
def test_no_name_is_cut_and_continued_lines_begin_below_the_first(names: list[str]) -> None:
    made = document(meeting_summary_docx(replace(SUMMARY, present=tuple(names))))
    (line,) = [each for each in made.paragraphs if each.text.startswith("出席：")]
    told = [part for row in line.text.split("：", 1)[1].split("\n") for part in row.split("、") if part]
    assert [each.replace("　", "") for each in told] == names
    indent = line._p.get_or_add_pPr().find(qn("w:ind"))
    assert indent is not None
    assert (indent.get(qn("w:leftChars")), indent.get(qn("w:hangingChars"))) == ("500", "300")


def test_minutes_tell_everything_in_order() -> None:
    text = all_text(minutes_docx(MINUTES, office="石牌镇人大"))
    order = ("主席团第十七次会议", UIGHUR, "田大海（住院）", "赵敏汇报：", "刘青山：", "列入预算。", "表决：", "修管网",
             "（没有记录发言、表决和决定事项）", "主持人（签字）")  # fmt: skip
    places = [text.index(each) for each in order]
    assert places == sorted(places)


@pytest.mark.parametrize("told", [None, Minutes(title="空的会")])
def test_a_record_without_content_is_a_form_to_write_on(told: Minutes | None) -> None:
    made = document(minutes_docx(told, office="石牌镇人大"))
    assert len(made.tables) == 2 and len(made.tables[1].rows) >= 30
    assert ("（姓名、事由）" in all_text(minutes_docx(told, office=""))) == (told is None)


def test_equal_content_gives_equal_bytes() -> None:
    assert minutes_docx(MINUTES, office="x") == minutes_docx(MINUTES, office="x")
    assert meeting_summary_docx(SUMMARY) == meeting_summary_docx(SUMMARY)


def test_the_faces_of_the_lists_of_a_summary_are_measured() -> None:
    told = document(meeting_summary_docx(SUMMARY))
    (present,) = [each for each in told.paragraphs if each.text.startswith("出席：")]
    for run, face in zip(present.runs, ("仿宋_GB2312", "宋体"), strict=False):
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    held = io.BytesIO()
    told.save(held)
    found = [each.what for each in check_official(held.getvalue()) if each.clause == "10.3"]
    assert found == ["名单的“出席”等字字体", "名单字体"]
