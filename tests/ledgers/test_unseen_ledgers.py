"""Ledgers of other towns: what a careful person would make of them, cell by cell."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from lianxin.ledgers.deputies import read_roster
from lianxin.ledgers.receptions import read_receptions
from lianxin.ledgers.visits import ReceptionLedger
from lianxin.ledgers.workbook import read_workbook
from tests.ledgers.builders import TODAY, Row, write

USUAL = ("接待日期", "来访人", "反映内容", "人数")


def ledger(path: Path, rows: list[Row], merges: tuple[str, ...] = ()) -> ReceptionLedger:
    """These rows as they stand, header and title included, read back."""
    return read_receptions(read_workbook(write(path, rows, merges)), today=TODAY)


def test_two_line_header_in_another_order(tmp_path: Path) -> None:
    found = ledger(
        tmp_path / "黄华镇.xlsx",
        [
            ["黄华镇人大代表之家接访登记簿（二〇二六年）"],
            [],
            ["编号", "来访群众", None, None, "诉求内容", "接访情况", None, "接访日期", "人次"],
            [None, "姓名", "家庭住址", "联系方式", None, "接访代表", "处理意见", None, None],
            [1, "王 芳", "黄葛村3组", 13987054321.0, "修路", "陇开贵", "转镇规划办", 3.9, "2人"],
            [2, "阿合买提•买买提", "甘田村", "'0870-4123456", "低保", "同上", "当场答复", 3.1, "一家三口"],
            [3, "𠮷田花等3人", "鲁溪村", "１３９８７０５４３２２", "水", "〃", "〃", 3.11, "3户7人"],
            [4, "匿名", "", "无", "路灯", "", "", 3.2, datetime(2026, 1, 2)],
            ["合计", None, None, None, None, None, None, None, 14],
        ],
        ("A1:I1", "B3:D3", "A3:A4", "E3:E4", "F3:G3", "H3:H4", "I3:I4"),
    )
    assert found.refused == ()
    assert [visit.day for visit in found.visits] == [
        date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 20),
    ]  # fmt: skip
    assert [(visit.persons, visit.households) for visit in found.visits] == [
        (2, None),
        (3, 1),
        (7, 3),
        (2, None),
    ]
    assert [visit.visitors for visit in found.visits] == [("王芳",), ("阿合买提·买买提",), ("𠮷田花",), ()]
    assert [visit.phone for visit in found.visits] == ["13987054321", "0870-4123456", "13987054322", None]
    assert [visit.handling for visit in found.visits] == [
        "assigned",
        "answered_on_spot",
        "answered_on_spot",
        None,
    ]
    asked = {reading.cell for visit in found.visits for reading in visit.row.readings}
    assert asked >= {"H6", "H8", "I6", "I7", "I8", "F6", "F7", "G7"}
    assert found.persons == 14


def test_days_that_pass_into_the_new_year_are_asked(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["12.20", "甲", "路", 1],
        ["12.28", "乙", "水", 1],
        ["1.05", "丙", "电", 1],
        ["1.12", "丁", "气", 1],
    ]
    found = ledger(tmp_path / "2025年冬.xlsx", [["接待台账"], USUAL, *rows])
    assert [visit.day for visit in found.visits] == [
        date(2025, 12, 20), date(2025, 12, 28), date(2026, 1, 5), date(2026, 1, 12),
    ]  # fmt: skip
    assert [bool(visit.row.readings) for visit in found.visits] == [False, False, True, True]
    # What would lie ahead of today is the year before instead.
    found = ledger(tmp_path / "2026年.xlsx", [["2026年接待台账"], USUAL, *rows])
    assert [visit.day.year for visit in found.visits] == [2025, 2025, 2026, 2026]
    # Latest first, and two whole years under each other.
    found = ledger(tmp_path / "2025年倒.xlsx", [["台账"], USUAL, *reversed(rows)])
    assert [visit.day.year for visit in found.visits] == [2026, 2026, 2025, 2025]
    twice: list[Row] = [["1.05", "甲", "路", 1], ["12.20", "乙", "水", 1]] * 2
    found = ledger(tmp_path / "2025年两村.xlsx", [["台账"], USUAL, *twice])
    assert {visit.day.year for visit in found.visits} == {2025}


def test_pages_totals_in_the_middle_and_notes_that_go_on(tmp_path: Path) -> None:
    found = ledger(
        tmp_path / "跨页.xlsx",
        [
            ["2026年接待选民登记表"],
            ["序号", "日期", "接待代表", "来访人", "反映问题", "人数"],
            [1, "元月15日", "张大山", "甲一", "路", 1],
            [2, None, None, "甲二", "水", 1],
            ["本页小计", None, None, None, None, 2],
            ["序号", "日期", "接待代表", "来访人", "反映问题", "人数"],
            [3, None, None, "甲三", "电", 1],
            ["一月小计", None, None, None, None, 3],
            [4, "2月15日", "李小山", "甲四", "气", 1],
            [5, None, None, "甲五", "网", 2],
            ["二月合计", "2件", None, None, None, 3],
            ["共5件"],
            ["注：1、本表由联络站填写"],
            ["2、每季度末报镇人大"],
            ["（此表一式两份）"],
        ],
        ("B9:B10",),
    )
    assert found.refused == ()
    assert [(visit.day.month, visit.deputies) for visit in found.visits] == [
        (1, ("张大山",)), (1, ("张大山",)), (1, ("张大山",)), (2, ("李小山",)), (2, ("李小山",)),
    ]  # fmt: skip
    assert [(day.day.month, day.visits) for day in found.days] == [(1, 3), (2, 2)]
    assert found.empty_days == ()
    assert len(found.sheets[0].skipped) == 8


def test_a_line_under_a_day_is_no_day_without_visitors(tmp_path: Path) -> None:
    rows: list[Row] = [["1月5日", "甲", "路", 1, None], [None, None, None, None, "下午停电"]]
    found = ledger(tmp_path / "a.xlsx", [["2026年台账"], (*USUAL, "备注"), *rows])
    assert (len(found.visits), len(found.empty_days), len(found.refused)) == (1, 0, 1)


@pytest.mark.parametrize(
    ("typed", "code", "asked"),
    [
        ("满意", "satisfied", False),
        ("非常满意", "satisfied", True),
        ("较满意", "basically", True),
        ("一般", "basically", True),
        ("不太满意", "unsatisfied", True),
        ("不满意", "unsatisfied", False),
    ],
)
def test_degrees_of_satisfaction(tmp_path: Path, typed: str, code: str, asked: bool) -> None:
    found = ledger(tmp_path / "a.xlsx", [(*USUAL, "满意度"), ["2026-1-5", "甲", "路", 1, typed]])
    assert found.visits[0].satisfaction == code
    assert bool(found.visits[0].row.readings) is asked


@pytest.mark.parametrize(
    ("typed", "code", "asked", "wrong"),
    [
        ("入户走访", "home_visit", False, False),
        ("微信群", "online", True, False),
        ("代表接待日", "reception_day", True, False),
        ("信箱", "letter_box", True, False),
        ("交通", None, False, True),
    ],
)
def test_where_a_matter_came_from(
    tmp_path: Path, typed: str, code: str | None, asked: bool, wrong: bool
) -> None:
    found = ledger(tmp_path / "a.xlsx", [(*USUAL, "收集方式"), ["2026-1-5", "甲", "路", 1, typed]]).visits[0]
    assert (found.channel, bool(found.row.readings), bool(found.row.problems)) == (code, asked, wrong)


def test_text_that_looks_like_a_formula_and_text_without_end(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["2026-3-5", "=SUM(A1)", "=1+1 想问补贴", 1],
        ["2026-3-6", "@李四", "+路", "１２人"],
        ["2026-3-7", "王\u200b五\ufeff", "-水\u200b管", 1],
        ["2026-3-8", "赵六", "长" * 32_000, 1],
    ]
    found = ledger(tmp_path / "a.xlsx", [USUAL, *rows])
    assert [visit.words for visit in found.visits] == ["=1+1 想问补贴", "+路", "-水管", "长" * 32_000]
    assert [bool(visit.row.readings) for visit in found.visits] == [True, True, False, False]
    assert found.visits[2].visitors == ("王五",)
    assert "32000字" in found.visits[3].row.problems[0].message


def test_levels_in_five_columns_and_in_words(tmp_path: Path) -> None:
    five = write(
        tmp_path / "五级.xlsx",
        [
            ["黄华镇人大代表基本情况表"],
            ["编号", "姓名", "性别", "五级代表", None, None, None, None, "选举单位"],
            [None, None, None, "全国", "省", "市", "县", "乡", None],
            [1, "陇开贵", "男", None, None, None, "√", "√", "第一选区"],
            [2, "王芳", "女", None, None, "√", "√", "√", "第二选区"],
            [3, "杨一", "男", None, None, "×", "", "是", "第三选区"],
            ["共3人"],
        ],
        ("D2:H2",),
    )
    roster = read_roster(read_workbook(five), today=TODAY)
    assert [deputy.levels for deputy in roster.deputies] == [
        ("county", "township"), ("city", "county", "township"), ("township",),
    ]  # fmt: skip
    assert roster.refused == () and roster.mandates == 6
    words = write(
        tmp_path / "文字.xlsx",
        [
            ["姓名", "代表层级", "性别"],
            ["李一", "县乡两级", "男"],
            ["李二", "市、县、镇", "男"],
            ["李三", "五级", "男"],
            ["李四", "", "男"],
            ["李五", "双重", "男"],
        ],
    )
    found = read_roster(read_workbook(words), today=TODAY).deputies
    assert [len(deputy.levels) for deputy in found] == [2, 3, 5, 1, 1]
    assert [bool(deputy.row.readings or deputy.row.problems) for deputy in found] == [
        False, False, False, True, True,
    ]  # fmt: skip
    county = write(
        tmp_path / "县.xlsx", [["永善县第十八届人大代表名册"], ["姓名", "性别", "选区"], ["钱一", "男", "一"]]
    )
    assert read_roster(read_workbook(county), today=TODAY).deputies[0].levels == ("county",)


@pytest.mark.parametrize(
    "mark", ["同上", "上同", "同前", "同 上", "同上。", "同", "〃", "－〃－", "″", "‖", '"', "”", "＂", "''"]
)
def test_every_form_of_as_above(tmp_path: Path, mark: str) -> None:
    header = ("接访日期", "接访代表", "来访人", "联系电话", "诉求事项", "办理方式", "责任单位", "人数")
    first = ("3月5日", "张三", "甲一", "13812345678", "路", "交办 镇农业服务中心办理", None, "一行五人")
    found = ledger(
        tmp_path / "a.xlsx",
        [["2026年接访台账"], header, first, (mark, mark, "甲二", mark, "水", mark, mark, 1)],
    )
    assert [visit.day for visit in found.visits] == [date(2026, 3, 5)] * 2
    assert {visit.deputies for visit in found.visits} == {("张三",)}
    assert {visit.phone for visit in found.visits} == {"13812345678"}
    assert {visit.unit for visit in found.visits} == {"镇农业服务中心"}
    assert found.visits[0].persons == 5
