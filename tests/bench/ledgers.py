"""A ledger of 20,000 rows by ten columns against the same cells written by openpyxl row by row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random

from openpyxl import Workbook

from lianxin.documents.workbooks.ledger import Column, table_xlsx
from lianxin.documents.workbooks.looks import Look
from lianxin.documents.workbooks.writer import Value
from tests.bench.lists import WORDS
from tests.bench.table import Measured, side_by_side

_ROWS = 20_000
_ROUNDS = 3
_COLUMNS = (
    Column("序号", Look.ORDER),
    Column("编号", Look.TEXT),
    Column("日期", Look.DAY),
    Column("姓名", Look.TEXT),
    Column("村（社区）", Look.TEXT),
    Column("人数", Look.COUNT),
    Column("反映内容", Look.TEXT, share=3),
    Column("类别", Look.TEXT),
    Column("办理单位", Look.TEXT),
    Column("办理结果", Look.TEXT, share=2),
)


def measure(folder: Path, quick: bool) -> Iterator[Measured]:
    """Both write a whole file."""
    body = list(_body())
    ours, plain = side_by_side(
        partial(_ours, folder / "ours.xlsx", body),
        partial(_plain, folder / "plain.xlsx", body),
        1 if quick else _ROUNDS,
    )
    yield Measured("ledger of 20,000 rows × 10 to .xlsx", ours, 0.3, "openpyxl write-only", plain)


def _body() -> Iterator[tuple[Value, ...]]:
    random = Random(5)
    for place in range(_ROWS):
        words = "".join(random.choices(WORDS, k=random.randint(8, 40)))
        day = date(2026, 1, 1) + timedelta(days=place % 300)
        yield (
            place + 1, f"439901102-2026-JF{place:06d}", day, "单志明", "长坪村", 1 + place % 5, words,
            "水利", "镇水务站", f"已办理，{words[:12]}",
        )  # fmt: skip


def _ours(path: Path, body: list[tuple[Value, ...]]) -> None:
    path.write_bytes(
        table_xlsx(_COLUMNS, body, title="接待群众台账", office_name="石牌镇人大", label="来访走访")
    )


def _plain(path: Path, body: list[tuple[Value, ...]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("来访走访")
    sheet.append([column.label for column in _COLUMNS])
    for values in body:
        sheet.append(values)
    book.save(path)
