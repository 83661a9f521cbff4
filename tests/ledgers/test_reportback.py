"""Report-back summaries in other schemes than 三档: the columns tell the scheme, and every scheme must add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from lianxin.ledgers.guess import guess_kind
from lianxin.ledgers.reportback import TallySummary, read_tallies
from lianxin.ledgers.workbook import read_workbook

_BEFORE = ("序号", "述职代表", "日期", "有效票")
_FOUR = (*_BEFORE, "优秀", "称职", "基本称职", "不称职")
_POINTS = (*_BEFORE, "弃权", "总分")


def summary(folder: Path, header: tuple[str, ...], *rows: tuple[object, ...]) -> TallySummary:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("石牌镇2026年述职评议测评汇总表",), header, *rows):
        sheet.append(list(row))
    path = folder / "汇总.xlsx"
    book.save(path)
    assert guess_kind(read_workbook(path)) == "tally"
    return read_tallies(read_workbook(path), today=date(2026, 11, 20))


def test_four_grades_are_read_as_four(tmp_path: Path) -> None:
    found = summary(
        tmp_path,
        _FOUR,
        (1, "龙志明", "2026.11.2", 50, 30, 15, 4, 1),
        (2, "向光明", "2026.11.2", 50, 30, 15, 4, 2),
    )
    (row,), (refused,) = found.rows, found.refused
    assert (row.scheme, row.by_wire()) == (
        "four", {"valid": 50, "first": 30, "second": 15, "third": 4, "fourth": 1},
    )  # fmt: skip
    assert [one.message for one in refused.problems] == ["向光明：各项合计51票，有效票是50票，多1票"]


def test_three_grades_of_competence_are_a_scheme_of_their_own(tmp_path: Path) -> None:
    found = summary(
        tmp_path, (*_BEFORE, "称职", "基本称职", "不称职"), (1, "龙志明", "2026.11.2", 50, 40, 9, 1)
    )
    assert found.rows[0].scheme == "competent"
    assert found.rows[0].by_wire() == {"valid": 50, "first": 40, "second": 9, "third": 1}


def test_points_are_within_what_the_sheets_can_give(tmp_path: Path) -> None:
    found = summary(
        tmp_path, _POINTS, (1, "龙志明", "2026.11.2", 50, 2, 4555.5), (2, "向光明", "2026.11.2", 50, 2, 4801),
        (3, "单大贵", "2026.11.2", 50, 0, None),
    )  # fmt: skip
    (row,) = found.rows
    assert (row.scheme, row.points, row.by_wire()["first"]) == ("percent", Decimal("4555.5"), 48)
    assert [one.problems[0].message for one in found.refused] == [
        "向光明：总分4801不对，48张打分票最多4800分", "百分制要有总分（各张票得分之和），请填写",
    ]  # fmt: skip


@pytest.mark.parametrize("grades", [(None, None, None, None), ("", "", "", "")])
def test_a_row_without_any_votes_is_no_vote(tmp_path: Path, grades: tuple[object, ...]) -> None:
    found = summary(tmp_path, _FOUR, (1, "龙志明", "2026.11.2", 50, *grades))
    assert not found.rows
    assert [one.problems[0].message for one in found.refused] == ["没有各等次的票数，请填写"]
