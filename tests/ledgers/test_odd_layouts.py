"""Lists side by side, forms with labels beside values, columns of 年月日, rosters with brackets and congresses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest

from lianxin.ledgers.deputies import read_roster
from lianxin.ledgers.groups import read_groups
from lianxin.ledgers.receptions import read_receptions
from lianxin.ledgers.workbook import read_workbook
from tests.ledgers.builders import TODAY, write


def test_a_list_printed_in_two_columns_loses_no_half(tmp_path: Path) -> None:
    header = ["序号", "姓名", "电话", "序号", "姓名", "电话"]
    rows = [
        [1, "丙一", 13800138000, 3, "丙三", 13800138002],
        [2, "丙二", 13800138001, 4, "丙四", 13800138003],
    ]
    path = write(tmp_path / "a.xlsx", [["石牌镇人大代表名单"], header, *rows])
    roster = read_roster(read_workbook(path), today=TODAY)
    assert [(each.row.row, each.name, each.phone) for each in roster.deputies] == [
        (3, "丙一", "13800138000"), (4, "丙二", "13800138001"),
        (3, "丙三", "13800138002"), (4, "丙四", "13800138003"),
    ]  # fmt: skip
    assert roster.deputies[2].row.place("name") == "E3"


def test_a_form_of_one_visit_to_a_table(tmp_path: Path) -> None:
    document = docx.Document()
    for number, name in enumerate(("李四", "王五"), 5):
        document.add_paragraph("石牌镇人大代表接待选民登记表")
        table = document.add_table(rows=4, cols=4)
        for line, texts in enumerate(
            (
                ("接待时间", f"2025年3月{number}日", "接待代表", "张三"),
                ("来访人", name, "电话", "13800138000"),
                ("反映问题", "路灯不亮", "", ""),
                ("处理意见", "转供电所", "", ""),
            )
        ):
            for column, text in enumerate(texts):
                table.cell(line, column).text = text
    document.save(str(tmp_path / "a.docx"))
    found = read_receptions(read_workbook(tmp_path / "a.docx"), today=TODAY)
    assert [(v.day, v.visitors, v.deputies, v.words, v.unit) for v in found.visits] == [
        (date(2025, 3, 5), ("李四",), ("张三",), "路灯不亮", "供电所"),
        (date(2025, 3, 6), ("王五",), ("张三",), "路灯不亮", "供电所"),
    ]
    assert found.refused == ()


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("15个工作日", date(2026, 1, 19)),
        ("30天内", date(2026, 1, 28)),
        ("1月底前", date(2026, 1, 31)),
        ("1个月", date(2026, 1, 29)),
        ("2026.2.1", date(2026, 2, 1)),
    ],
)
def test_time_limits(tmp_path: Path, typed: str, due: date) -> None:
    header = ("日期", "来访人", "反映问题", "承办单位", "交办日期", "期限")
    row = ("2025-12-28", "甲", "路", "镇规建站", "12.29", typed)
    found = read_receptions(read_workbook(write(tmp_path / "a.xlsx", [header, row])), today=TODAY)
    assert found.visits[0].due == due


def test_who_is_on_leave_did_not_receive(tmp_path: Path) -> None:
    rows = [("日期", "接待代表", "来访人", "反映问题"), ("2025-3-5", "唐喆、杨敏（请假）", "甲", "路")]
    visit = read_receptions(read_workbook(write(tmp_path / "a.xlsx", rows)), today=TODAY).visits[0]
    assert visit.deputies == ("唐喆",)
    assert [reading.field for reading in visit.row.readings if reading.field == "deputies"] == ["deputies"]


def test_congress_brackets_and_parties_of_a_roster(tmp_path: Path) -> None:
    rows = [
        ["龙山县第十八届人民代表大会石牌镇代表团代表名单"],
        ["姓名", "性别", "党派", "层级", "届次"],
        ["甲一（女，苗族）", "", "中共", "", ""],
        ["甲二", "男", "无", "县、乡", "县18届、镇十九届"],
        ["甲三", "男", "群众", "乡", "第19届"],
    ]
    found = read_roster(read_workbook(write(tmp_path / "a.xlsx", rows)), today=TODAY).deputies
    assert [(d.name, d.sex, d.party, d.levels, dict(d.ordinals)) for d in found] == [
        ("甲一", "female", "01", ("county",), {"county": 18}),
        ("甲二", "male", "13", ("county", "township"), {"county": 18, "township": 19}),
        ("甲三", "male", "13", ("township",), {"township": 19}),
    ]


def test_groups_by_list_by_row_and_by_words(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["组别", "组成人员"],
        ["一组", "组长：周桂兰  副组长：龙志明  成员：向光明、单大贵、田 勇"],
        ["二组", "彭世荣（组长）、覃春生（副组长）、石玉\n田三、田四"],
    ]
    found = read_groups(read_workbook(write(tmp_path / "a.xlsx", rows)))
    assert [row.members for row in found.rows] == [
        (
            ("周桂兰", "leader"), ("龙志明", "deputy_leader"), ("向光明", "member"), ("单大贵", "member"),
            ("田勇", "member"),
        ),
        (
            ("彭世荣", "leader"), ("覃春生", "deputy_leader"), ("石玉", "member"), ("田三", "member"),
            ("田四", "member"),
        ),
    ]  # fmt: skip
    rows = [["小组名称", "姓名", "组内职务"], ["第一组", "周桂兰", "组长"], [None, "龙志明", None]]
    singly = read_groups(read_workbook(write(tmp_path / "b.xlsx", rows))).rows
    assert [(row.name, row.members[0]) for row in singly] == [
        ("第一组", ("周桂兰", "leader")), ("第一组", ("龙志明", "member")),
    ]  # fmt: skip
    assert [reading.why for reading in singly[1].row.readings] == ["小组名称是空的，按上一行理解"]
