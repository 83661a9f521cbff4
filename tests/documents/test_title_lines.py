"""Long titles: few lines of about one length, none ending within a word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.documents.word.text import across
from lianxin.documents.word.title_lines import CHARACTERS_OF_A_TITLE, title_lines


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于召开第一次会议的通知", ["关于召开第一次会议的通知"]),
        (
            "关于召开石牌镇第十九届人民代表大会主席团第十六次会议的通知",
            ["关于召开石牌镇第十九届人民代表大会", "主席团第十六次会议的通知"],
        ),
        (
            "关于督促办理“关于改善卧龙村移动通信信号的建议”的函",
            ["关于督促办理“关于改善卧龙村", "移动通信信号的建议”的函"],
        ),
        (
            "关于召开第3选区乡镇人大代表述职评议会的通知",
            ["关于召开第3选区乡镇人大代表", "述职评议会的通知"],
        ),
        ("饮用水水源保护视察\n活动方案", ["饮用水水源保护视察", "活动方案"]),
    ],
)
def test_a_title_is_broken_where_the_sense_is(title: str, lines: list[str]) -> None:
    assert title_lines(title) == lines


@given(
    st.text(st.sampled_from("关于石牌镇第三次会议的通知2026年、，"), min_size=1, max_size=300).filter(
        lambda title: not re.search("[、，的]{2}", title)
    )
)
def test_nothing_is_lost_and_no_line_begins_with_a_stop(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title
    assert not any(line.startswith(("、", "，", "的")) for line in lines[1:])
    assert len(lines) == 1 or all(across(line) <= CHARACTERS_OF_A_TITLE for line in lines)
