"""The papers of a vote: ballot, sheet of strokes, result to be read out, summary."""

from __future__ import annotations

from collections.abc import Callable

from lianxin.domain.records import Evaluation
from lianxin.domain.tally.arithmetic import grades_of
from lianxin.domain.tally.result import VoteResult, floor_note
from lianxin.office.desk import Desk, office_of
from lianxin.office.evaluations.result import result_in
from lianxin.office.paperwork.blank_forms import blank_ballot, blank_strokes, blank_summary
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem, or_blank
from lianxin.office.paperwork.templates import in_own_look

_HEADINGS = {"deputy": "述职代表", "unit": "单位", "station": "站点", "official": "姓名"}
_NOT_BEFORE = "这次测评还没有确认结果，不能印结果；请先把票数填全、对上并确认。没有生成文件"


def vote_paper(desk: Desk, name: str, evaluation: str) -> tuple[str, bytes]:
    """File name and content of a paper of this vote. Raises PapersProblem."""
    paper = next(each for each in EVALUATION_PAPERS if each.name == name)
    with desk.store.reading() as reading:
        asked = Asked(desk, reading, evaluation, None)
        vote = _vote(asked)
        return f"{paper.label}_{vote.name}{paper.ending}", paper.make(asked)


def _vote(asked: Asked) -> Evaluation:
    found = asked.reading.get(Evaluation, asked.uid) if asked.uid else None
    if found is None:
        raise PapersProblem(f"没有找到这次测评（{asked.uid}），没有生成文件")
    return found


def _ballot(asked: Asked) -> bytes:
    from lianxin.documents.forms.ballot_paper import BallotPaper, BallotRow, ballot_paper_docx

    vote = _vote(asked)
    result = _printable(asked, vote)
    percent = vote.scheme == "percent"
    unknown = ("不了解",) if vote.unknown and not percent else ()
    return ballot_paper_docx(
        BallotPaper(
            title=vote.name if vote.name.endswith("表") else f"{vote.name}表",
            day=vote.day,
            place=vote.place or "",
            heading=_HEADINGS.get(vote.target, "测评对象"),
            rows=tuple(BallotRow(row.target, row.aspect) for row in result.rows),
            grades=("得分",) if percent else (*(mark.label for mark in grades_of(vote.scheme)), *unknown),
            percent=percent,
        )
    )


def _strokes(asked: Asked) -> bytes:
    from lianxin.documents.forms.tally_sheet import TallySheet, tally_sheet_docx

    vote = _vote(asked)
    result = _printable(asked, vote)
    points = ("总分",) if vote.scheme == "percent" else ()
    return tally_sheet_docx(
        TallySheet(
            title=vote.name,
            day=vote.day,
            place=vote.place or "",
            heading=_HEADINGS.get(vote.target, "测评对象"),
            rows=tuple((row.target, row.aspect) for row in result.rows),
            marks=(*points, *(mark.label for mark in result.marks)),
        )
    )


def _printable(asked: Asked, vote: Evaluation) -> VoteResult:
    result = result_in(asked.reading, vote)
    if not result.rows:
        raise PapersProblem("这次测评还没有测评对象，没有生成文件")
    return result


def _counted(asked: Asked) -> tuple[VoteResult, str]:
    vote = _vote(asked)
    if vote.state == "planned":
        raise PapersProblem(_NOT_BEFORE)
    return result_in(asked.reading, vote), office_of(asked.reading).name


def _reading_out(*, word: bool) -> Callable[[Asked], bytes]:
    def make(asked: Asked) -> bytes:
        from lianxin.documents.sheets.result_sheet import result_sheet_docx, result_sheet_pdf

        result, office = _counted(asked)
        return (result_sheet_docx if word else result_sheet_pdf)(result, office=office)

    return make


def _summary(*, word: bool) -> Callable[[Asked], bytes]:
    def make(asked: Asked) -> bytes:
        from lianxin.documents.sheets.result_sheet import summary_docx, summary_xlsx

        result, office = _counted(asked)
        note = floor_note(result.sheets.get("present"), asked.desk.profile)
        return (summary_docx if word else summary_xlsx)(result, office=office, notes=[note] if note else [])

    return make


EVALUATION_PAPERS = (
    Paper("ballot-paper", "测评表", ".docx", "record or blank", or_blank(_ballot, blank_ballot)),
    Paper("tally-sheet", "正字计票单", ".docx", "record or blank", or_blank(_strokes, blank_strokes)),
    Paper(
        "result-sheet",
        "计票结果宣读稿",
        ".docx",
        "record",
        in_own_look("result-sheet", _reading_out(word=True)),
    ),
    Paper("result-sheet-pdf", "计票结果宣读稿（PDF）", ".pdf", "record", _reading_out(word=False)),
    Paper(
        "evaluation-summary",
        "测评结果汇总表",
        ".docx",
        "record or blank",
        in_own_look("evaluation-summary", or_blank(_summary(word=True), blank_summary)),
    ),
    Paper("evaluation-summary-sheet", "测评结果汇总表（Excel）", ".xlsx", "record", _summary(word=False)),
)
