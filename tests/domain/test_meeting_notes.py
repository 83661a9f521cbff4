"""Lines of notes: who speaks, by initials or name; text is never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from lianxin.domain.meetings.notes import Attendee, understood

PEOPLE = [
    Attendee("刘青山", "p1"),
    Attendee("吐尔逊·买买提", "p2"),
    Attendee("李清水", "p3"),
    Attendee("单志明"),
]


@pytest.mark.parametrize(
    ("line", "names", "points", "unknown"),
    [
        ("lqs 路要先修", ["刘青山", "李清水"], "路要先修", ""),
        ("LQS：路要先修", ["刘青山", "李清水"], "路要先修", ""),
        ("liuqs 路要先修", [], "liuqs 路要先修", ""),
        ("liuqing 路要先修", ["刘青山"], "路要先修", ""),
        ("szm 同意", ["单志明"], "同意", ""),
        ("tex 同意", ["吐尔逊·买买提"], "同意", ""),
        ("lqs", ["刘青山", "李清水"], "", ""),
        ("刘青山：路要先修", ["刘青山"], "路要先修", ""),
        ("刘青山 路要先修", ["刘青山"], "路要先修", ""),
        ("吐尔逊·买买提：同意", ["吐尔逊·买买提"], "同意", ""),
        ("王站长：水管已换", [], "水管已换", "王站长"),
        ("会议一致提出：先修路", [], "会议一致提出：先修路", ""),
        ("会议提出：先修路", [], "会议提出：先修路", ""),
        ("吴副镇长：先修路", [], "先修路", "吴副镇长"),
        ("GDP 增长百分之六", [], "GDP 增长百分之六", ""),
        ("还有一点，资金要到位", [], "还有一点，资金要到位", ""),
        ("   ", [], "", ""),
    ],
)
def test_a_line_is_understood(line: str, names: list[str], points: str, unknown: str) -> None:
    told = understood(line, PEOPLE, plain=lazy_pinyin)
    assert ([each.name for each in told.speakers], told.points, told.unknown) == (names, points, unknown)


@given(st.text(max_size=60))
def test_nothing_typed_is_lost(line: str) -> None:
    told = understood(line, PEOPLE, plain=lazy_pinyin)
    kept = told.points + told.unknown
    assert line.strip().endswith(told.points)
    if told.goes_on:
        assert kept == line.strip()
