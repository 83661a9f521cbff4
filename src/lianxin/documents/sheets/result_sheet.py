"""计票结果宣读稿, to be read out within a minute, and 测评结果汇总表, to be signed and kept (domain.md 4.10).

Counts and rates; a grade and the sentence of its rule stand there only when the office chose a rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.documents.official.page import DAY_TO_FILL
from lianxin.documents.pdf.blocks_pdf import blocks_pdf
from lianxin.documents.word.blocks import Block, BlockPaper, Grid, GridColumn, Heading, Text, Title
from lianxin.documents.word.blocks_docx import blocks_docx
from lianxin.documents.workbooks.ledger import Column, table_xlsx
from lianxin.documents.workbooks.looks import Look
from lianxin.documents.workbooks.writer import Value
from lianxin.domain.counts import NOTHING
from lianxin.domain.dates import show_day
from lianxin.domain.tally.arithmetic import grades_of, marks_of, unreturned
from lianxin.domain.tally.result import ResultRow, VoteResult, announcement, base_said

NO_GRADE = "本次测评公布票数和比率，不评等次、不排名次。"
_LINE = "＿＿＿＿＿＿"


def result_sheet_docx(result: VoteResult, *, office: str) -> bytes:
    """The sheet for reading out, as .docx."""
    return blocks_docx(_result_paper(result, office))


def result_sheet_pdf(result: VoteResult, *, office: str) -> bytes:
    """The sheet for reading out, as PDF."""
    return blocks_pdf(_result_paper(result, office))


def summary_docx(result: VoteResult, *, office: str, notes: Sequence[str] = ()) -> bytes:
    """The summary to be signed, lying across."""
    return blocks_docx(_summary_paper(result, office, notes))


def summary_xlsx(result: VoteResult, *, office: str, notes: Sequence[str] = ()) -> bytes:
    """The summary as a workbook: votes as numbers, rates as people read them."""
    columns = [Column("序号", Look.ORDER), Column(_heading(result), Look.TEXT, share=1)]
    columns += [Column("测评项目", Look.TEXT, share=1)] if _has_aspects(result) else []
    columns += [Column(word, Look.COUNT) for word in _SHEET_WORDS.values()]
    for mark in result.marks:
        columns += [Column(f"{mark.label}（票）", Look.COUNT)]
        columns += [Column(f"{mark.label}率", Look.MIDDLE)] if mark in _rated(result) else []
    columns += [Column(word, Look.MIDDLE) for word in _judged_words(result)]
    body = [(at, *_xlsx_row(result, row)) for at, row in enumerate(result.rows, 1)]
    # The line below the title is short: of the rule it names the document, the Word paper has its words.
    by = [f"按{result.rule.partition('：')[0]}"] if result.rule else []
    note = "；".join([f"比率以{base_said(result.base)}为基数", *by, *notes])
    return table_xlsx(
        columns, body, title=f"{result.name}结果汇总表", office_name=office, label="测评结果汇总", note=note
    )


# ---- reading out ---------------------------------------------------------------------------------


def _result_paper(result: VoteResult, office: str) -> BlockPaper:
    under = f"{show_day(result.day)}{f'　{result.place}' if result.place else ''}"
    blocks: list[Block] = [Title("计票结果宣读稿", under)]
    blocks += [Text(f"　　{sentence}", large=True) for sentence in announcement(result)]
    if result.state == "confirmed":
        blocks.append(Text(f"　　{f'评定依据：{result.rule}。' if result.rule else NO_GRADE}"))
        blocks.append(Heading("票数和比率", _sheets_note(result)))
        blocks.append(_votes(result))
    blocks += _signatures(result)
    return BlockPaper(blocks, f"{result.name}计票结果宣读稿", office)


def _sheets_note(result: VoteResult) -> str:
    told = {word: result.sheets.get(wire) for wire, word in _SHEET_WORDS.items()}
    kept = unreturned(result.sheets)
    said = "　".join(f"{word}{count}" for word, count in told.items() if count is not None)
    return f"{said}{f'　未收回{kept}' if kept else ''}"


def _votes(result: VoteResult) -> Grid:
    first = [GridColumn(_heading(result), 1.6, "center")]
    if _has_aspects(result):
        first.append(GridColumn("测评项目", 1.6, "center"))
    marks = [GridColumn(mark.label, 1.2, "center") for mark in result.marks]
    last = [GridColumn(word, 1.3, "center") for word in _judged_words(result)]
    return Grid((*first, *marks, *last), tuple(_votes_row(result, row) for row in result.rows))


def _votes_row(result: VoteResult, row: ResultRow) -> tuple[str, ...]:
    rated = _rated(result)
    votes = tuple(f"{count}票\n{rate}" if mark in rated else f"{count}票" for mark, count, rate in row.counts)
    return (*_named(result, row), *votes, *_judged(result, row))


def _signatures(result: VoteResult) -> list[Block]:
    return _signing(result.chair, result.caller, result.counters, result.scrutineers, result.reader)


def _signing(*names: str) -> list[Block]:
    people = zip(("主持人", "唱票人", "计票人", "监票人", "宣读人"), names, strict=True)
    lines = [f"{word}：{name}{_LINE if not name else '（签名）' + _LINE}" for word, name in people]
    signed = ("　　".join(lines[:2]), "　　".join(lines[2:4]), f"{lines[4]}　　　　年　　月　　日")
    # A blank line between them: a hand needs 12 mm (domain.md 9.6).
    return [block for line in signed for block in (Text(""), Text(line))]


# ---- the summary ---------------------------------------------------------------------------------

_SHEET_WORDS = {
    "expected": "应到", "present": "实到", "issued": "发出票", "returned": "收回票", "valid": "有效票",
    "invalid": "无效票",
}  # fmt: skip


def _summary_paper(result: VoteResult, office: str, notes: Sequence[str]) -> BlockPaper:
    named = f"　编号：{result.number}" if result.number else ""
    place = f"　{result.place}" if result.place else ""
    blocks: list[Block] = [
        Title("测评结果汇总表", result.name),
        Text(f"{office}　{show_day(result.day)}{place}{named}", small=True),
        Grid(
            tuple(GridColumn(word, 1, "center") for word in _SHEET_WORDS.values()),
            (tuple(_known(result.sheets.get(wire)) for wire in _SHEET_WORDS),),
        ),
        _votes(result),
        Text(f"比率以{base_said(result.base)}为基数计算。{result.rule or NO_GRADE}", small=True),
    ]
    told = [*notes, *([f"更正说明：{result.correction}"] if result.correction else [])]
    blocks += [Text(note, small=True) for note in told]
    blocks += _signatures(result)
    return BlockPaper(blocks, f"{result.name}结果汇总表", office, landscape=True)


def blank_summary_docx(*, office: str, scheme: str, rows: int) -> bytes:
    """The summary to be filled in by hand, with so many rows."""
    marks = marks_of(scheme, unknown=True)
    votes = GridColumn("测评对象", 1.6, "center"), *(GridColumn(mark.label, 1.2, "center") for mark in marks)
    empty = ("", *(_VOTES_TO_FILL if mark in grades_of(scheme) else _COUNT_TO_FILL for mark in marks), "", "")
    last = GridColumn("满意（含基本满意）率", 1.3, "center"), GridColumn("等次", 1.3, "center")
    blocks: list[Block] = [
        Title("测评结果汇总表", "＿＿＿＿＿＿＿＿＿＿测评"),
        Text(f"{office}　{DAY_TO_FILL}　地点：", small=True),
        Grid(
            tuple(GridColumn(word, 1, "center") for word in _SHEET_WORDS.values()),
            (("\n",) * len(_SHEET_WORDS),),
        ),
        Grid((*votes, *last), (empty,) * rows),
        *_signing("", "", "", "", ""),
    ]
    return blocks_docx(BlockPaper(blocks, "测评结果汇总表（空白）", office, landscape=True))


_COUNT_TO_FILL, _VOTES_TO_FILL = "　　票", "　　票\n　　％"


def _xlsx_row(result: VoteResult, row: ResultRow) -> tuple[Value, ...]:
    cells: list[Value] = [*_named(result, row), *(result.sheets.get(wire) for wire in _SHEET_WORDS)]
    for mark, count, rate in row.counts:
        cells += [count, rate] if mark in _rated(result) else [count]
    return (*cells, *_judged(result, row))


def _known(count: int | None) -> str:
    """A number nobody wrote down is no nought."""
    return NOTHING if count is None else str(count)


# ---- shared ----------------------------------------------------------------------------------------


def _heading(result: VoteResult) -> str:
    return {"deputy": "述职代表", "unit": "单位", "station": "站点", "official": "姓名"}.get(
        result.target, "测评对象"
    )


def _has_aspects(result: VoteResult) -> bool:
    return any(row.aspect for row in result.rows)


def _named(result: VoteResult, row: ResultRow) -> tuple[str, ...]:
    return (row.target, row.aspect or "总体评价") if _has_aspects(result) else (row.target,)


def _rated(result: VoteResult) -> frozenset[object]:
    return frozenset(grades_of(result.scheme)) if result.scheme != "percent" else frozenset()


def _judged_words(result: VoteResult) -> tuple[str, ...]:
    first = ("平均分",) if result.scheme == "percent" else (result.good_label,)
    return (*first, *(("等次",) if result.graded else ()), *(("名次",) if result.ranking else ()))


def _judged(result: VoteResult, row: ResultRow) -> tuple[str, ...]:
    first = (row.average,) if result.scheme == "percent" else (row.good,)
    return (*first, *((row.grade,) if result.graded else ()), *((row.place,) if result.ranking else ()))
