"""Papers of a vote: ballots fill their page and name nobody, the result says the counts, equal input gives equal bytes."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from docx import Document

from lianxin.documents.forms.ballot_paper import BallotPaper, BallotRow, ballot_paper_docx, ballots_a_page
from lianxin.documents.forms.tally_sheet import TallySheet, tally_sheet_docx
from lianxin.documents.sheets.result_sheet import (
    NO_GRADE,
    result_sheet_docx,
    result_sheet_pdf,
    summary_docx,
    summary_xlsx,
)
from lianxin.domain.records import Evaluation, TallyRow
from lianxin.domain.tally.result import VoteResult, result_of

DAY = date(2026, 11, 18)
NAMES = ("周桂兰", "龙志明", "向光明", "欧阳长青", "彭芳", "单大贵")
GRADES = ("满意", "基本满意", "不满意", "不了解")


def words(data: bytes) -> str:
    """All text of a Word paper, tables too."""
    made = Document(io.BytesIO(data))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in made.paragraphs), *cells])


def ballot(*rows: BallotRow, percent: bool = False) -> BallotPaper:
    return BallotPaper(
        "第3选区述职评议测评表",
        DAY,
        "镇政府",
        "述职代表",
        rows,
        ("得分",) if percent else GRADES,
        percent=percent,
    )


def result(*, rule: str | None = None) -> VoteResult:
    vote = Evaluation(
        uid="e", name="述职评议测评", day=DAY, state="confirmed", expected=58, present=54, issued=54, returned=53,
        valid=52, invalid=1, several=1, grade_rule_told=rule,
    )  # fmt: skip
    counts = [(46, 4, 1, 0, 1, 0), (52, 0, 0, 0, 0, 0)]
    rows = [
        TallyRow(
            uid=name, evaluation="e", first=a, second=b, third=c, unknown=d, abstained=e, void=f,
            grade="称职" if rule else None,
        )
        for name, (a, b, c, d, e, f) in zip(NAMES, counts, strict=False)
    ]  # fmt: skip
    return result_of(vote, [(row.uid, row) for row in rows], chair="覃春生")


@pytest.mark.parametrize(("rows", "fits"), [(1, 3), (3, 3), (4, 2), (6, 2), (12, 1)])
def test_short_ballots_stand_several_to_a_page(rows: int, fits: int) -> None:
    paper = ballot(*(BallotRow(f"代表{at}") for at in range(rows)))
    assert ballots_a_page(paper) >= fits
    told = words(ballot_paper_docx(paper))
    assert told.count("每行限选一项") == ballots_a_page(paper) == told.count("意见建议：")
    assert told.count("裁开") == ballots_a_page(paper) - 1


def test_a_ballot_in_aspects_names_each_target_once() -> None:
    paper = ballot(*(BallotRow(name, aspect) for name in NAMES[:2] for aspect in ("出席会议", "总体评价")))
    told = words(ballot_paper_docx(paper))
    assert "测评项目" in told and "出席会议" in told
    assert not re.search("签名|姓名：|编号", told), "nothing on it could tell who filled it in"
    assert "0到100的分数" in words(ballot_paper_docx(ballot(BallotRow("周桂兰"), percent=True)))


def test_every_page_of_strokes_is_whole() -> None:
    rows = tuple((name, aspect) for name in NAMES for aspect in ("一", "二", "三", "四", "五"))
    told = words(
        tally_sheet_docx(TallySheet("测评", DAY, "", "述职代表", rows, (*GRADES, "弃权", "该行无效")))
    )
    assert told.count("监票人：") == told.count("正字计票单") == 3, "two deputies of five aspects a page"


def test_the_result_is_counts_and_rates_and_a_grade_only_by_a_rule() -> None:
    told = words(result_sheet_docx(result(), office="石牌镇人大主席团"))
    assert "周桂兰代表获满意票46张、基本满意票4张、不满意票1张，弃权1张，满意率88.5%。" in told
    assert NO_GRADE in told and "等次\n" not in told and "主持人：覃春生" in told
    graded = words(
        result_sheet_docx(result(rule="《办法》（石人〔2026〕3号）：以有效票为基数"), office="石牌镇")
    )
    assert "评定依据：《办法》（石人〔2026〕3号）" in graded and "评定为称职" in graded


def test_papers_of_equal_counts_are_equal_and_the_workbook_holds_numbers() -> None:
    one = result()
    for make in (result_sheet_docx, result_sheet_pdf, summary_docx, summary_xlsx):
        assert make(one, office="石牌镇") == make(result(), office="石牌镇")
    page = openpyxl.load_workbook(io.BytesIO(summary_xlsx(one, office="石牌镇"))).worksheets[0]
    table = [list(row) for row in page.iter_rows(values_only=True)]
    heads, first = table[2], table[3]
    assert heads[2:8] == ["应到", "实到", "发出票", "收回票", "有效票", "无效票"]
    assert first[2:10] == [58, 54, 54, 53, 52, 1, 46, "88.5%"]
