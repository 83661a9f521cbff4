"""履职档案 on paper: the facts of the deputy, then a table for each section, in Word or PDF (domain.md 4.13)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lianxin.documents.pdf.blocks_pdf import blocks_pdf
from lianxin.documents.word.blocks import Block, BlockPaper, Grid, GridColumn, Heading, NewPage, Text, Title
from lianxin.documents.word.blocks_docx import blocks_docx
from lianxin.domain.dates import show_day_numeric
from lianxin.domain.scoring.performance import FileSection, PerformanceFile

_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_FACTS = (GridColumn("", 18, "center"), GridColumn("", 32), GridColumn("", 18, "center"), GridColumn("", 32))
_LINES = (
    GridColumn("序号", 8, "center"), GridColumn("日期", 16, "center"), GridColumn("事项", 52), GridColumn("情况", 24),
)  # fmt: skip


def performance_docx(files: Sequence[PerformanceFile]) -> bytes:
    """One or more files in one Word document, each on pages of its own."""
    return blocks_docx(_paper(files))


def performance_pdf(files: Sequence[PerformanceFile]) -> bytes:
    """One or more files as PDF, each on pages of its own."""
    return blocks_pdf(_paper(files))


def _paper(files: Sequence[PerformanceFile]) -> BlockPaper:
    blocks: list[Block] = []
    for file in files:
        blocks += [NewPage()] if blocks else []
        blocks += _blocks(file)
    first = files[0]
    return BlockPaper(blocks, f"{first.title}（{first.year}年度）", first.office)


def _blocks(file: PerformanceFile) -> Iterator[Block]:
    yield Title(file.title, f"{file.office}　{file.year}年度　{file.name}")
    yield Heading("一、基本情况")
    yield Grid(_FACTS, tuple(_in_pairs(file.facts)))
    for at, section in enumerate(file.sections, 1):
        yield Heading(f"{_NUMERALS[at]}、{section.title}", section.counted if section.rows else "")
        yield _section(section)
    yield Text("本档案由工作台账的记录自动汇总，每一项都有记录可查。", small=True)
    yield Text("代表签名：　　　　　　　　审核人：　　　　　　　　　　　年　　月　　日", "right")


def _in_pairs(facts: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    padded = [*facts, ("", "")] if len(facts) % 2 else list(facts)
    for first, second in zip(padded[::2], padded[1::2], strict=True):
        yield (*first, *second)


def _section(section: FileSection) -> Block:
    if not section.rows:
        return Text("本年度没有记录。", small=True)
    rows = tuple(
        (str(at), show_day_numeric(row.day) if row.day else "", row.words, row.result)
        for at, row in enumerate(section.rows, 1)
    )
    return Grid(_LINES, rows)
