"""Ledgers of townships without the program, in three layouts as offices keep them: two workbooks and a Word table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

import docx
from openpyxl import Workbook

from tests.county_year import invented
from tests.county_year.invented import MATTERS


@dataclass(frozen=True)
class Line:
    """One visit as a ledger tells it."""

    day: date
    visitor: str
    persons: int
    words: str
    deputy: str
    unit: str
    done: date


def lines_of(town: str, start: date, end: date, random: Random, number: int) -> list[Line]:
    """So many visits of a township between two days, oldest first."""
    span = (end - start).days
    days = sorted(start + timedelta(days=random.randrange(span)) for _ in range(number))
    found = []
    for at, day in enumerate(days):
        matter = random.choice(MATTERS)
        words = f"{invented.said(matter, random, invented.villages(random, 1)[0])}（第{at + 1}次登记）"
        found.append(
            Line(
                day, invented.person(random), random.choice((1, 1, 2, 3)), words, invented.person(random),
                f"{town[-1]}{matter.unit}", day + timedelta(days=random.randint(5, 30)),
            )
        )  # fmt: skip
    return found


def registration_book(path: Path, town: str, lines: Sequence[Line]) -> Path:
    """A title, a line with the station, and a numbered table with days as 3月5日."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([f"{town}人大代表接待群众登记台账（{lines[0].day.year}年）"])
    sheet.append([f"站点：{town}代表联络站"])
    sheet.append(
        [
            "序号",
            "接待时间",
            "接待代表",
            "来访群众",
            "人数",
            "反映问题",
            "承办单位",
            "办结时间",
            "办理结果",
            "是否满意",
        ]
    )
    for at, line in enumerate(lines, 1):
        sheet.append(
            [at, f"{line.day.month}月{line.day.day}日", line.deputy, line.visitor, line.persons, line.words, line.unit,
             line.done.isoformat(), "已解决", "满意"]
        )  # fmt: skip
    book.save(path)
    return path


def visit_list(path: Path, town: str, lines: Sequence[Line]) -> Path:
    """Columns in another order and under other headings, days as days, no number."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = f"{town}来访走访"
    sheet.append(["姓名", "来访日期", "主要内容", "来访人数", "接访代表", "处理单位"])
    for line in lines:
        sheet.append([line.visitor, line.day, line.words, line.persons, line.deputy, line.unit])
    book.save(path)
    return path


def word_table(path: Path, town: str, lines: Sequence[Line]) -> Path:
    """A table in Word under a heading."""
    document = docx.Document()
    document.add_heading(f"{town}{lines[0].day.year}年代表接待选民情况登记表", 1)
    table = document.add_table(rows=1, cols=5)
    for cell, text in zip(
        table.rows[0].cells, ("时间", "来访人", "人数", "反映事项", "接待代表"), strict=True
    ):
        cell.text = text
    for line in lines:
        told = (line.day.strftime("%Y.%m.%d"), line.visitor, str(line.persons), line.words, line.deputy)
        for cell, text in zip(table.add_row().cells, told, strict=True):
            cell.text = text
    document.save(str(path))
    return path


LAYOUTS: tuple[tuple[str, Callable[[Path, str, Sequence[Line]], Path]], ...] = (
    ("xlsx", registration_book),
    ("xlsx", visit_list),
    ("docx", word_table),
)
