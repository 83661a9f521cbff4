"""填县里的表: the county's own workbook is tied to our figures once, from then on one click fills a copy.

The workbook and its ties are kept in the ledger's settings, so they are encrypted and backed up with it. Cells are
guessed by what stands above and beside them; the clerk corrects the guess in a small table.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lianxin.domain.canonical import JsonValue
from lianxin.domain.counts import NOTHING, Figure
from lianxin.domain.dates import show_day
from lianxin.domain.figures.of_period import Figures
from lianxin.office.county_guess import DAY, OFFICE, PERIOD, WORDS, guessed
from lianxin.office.desk import Desk, office_of
from lianxin.office.figuring import counted_of, period_of

if TYPE_CHECKING:
    from lianxin.documents.county_tables.county_cells import Cell

MOST_BYTES = 5_000_000
_ENDINGS = (".xlsx", ".xls", ".et")
"""What a county's table is called; which of the two forms it has, its bytes say."""
_MONTH = re.compile(r" (1[0-2]|[1-9])月份?$")
_SETTING = "county-table"


class CountyTableProblem(ValueError):
    """The workbook cannot be tied or filled; the message says why and what to do."""

    code = "C230"

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


@dataclass(frozen=True)
class Tie:
    """One cell of the county's table: where it stands, the headings that lead to it, and the figure it takes.

    `key` is that of a figure or of WORDS, "" while it takes none.
    """

    sheet: str
    cell: str
    heading: str
    key: str

    @property
    def place(self) -> str:
        """汇总表!C5."""
        return f"{self.sheet}!{self.cell}"

    @property
    def month(self) -> int:
        """The month whose column the cell stands in, 0 for the period that is filled."""
        found = _MONTH.search(self.heading)
        return int(found[1]) if found is not None else 0


@dataclass(frozen=True)
class CountyTable:
    """The workbook as it was opened, and what each of its cells takes."""

    name: str
    content: bytes
    ties: tuple[Tie, ...]

    def with_key(self, place: str, key: str) -> CountyTable:
        """The same with another figure in one cell."""
        ties = tuple(Tie(t.sheet, t.cell, t.heading, key) if t.place == place else t for t in self.ties)
        return CountyTable(self.name, self.content, ties)


def tie_table(desk: Desk, path: Path) -> CountyTable:
    """Opens the county's workbook, guesses its cells and keeps both. Raises CountyTableProblem."""
    from lianxin.documents.county_tables.county_cells import NotFillable
    from lianxin.documents.county_tables.county_fill import cells_to_fill, form_of

    content = _content_of(path)
    with desk.store.reading() as reading:
        office = office_of(reading)
    names = tuple(name for name in (office.short_name, office.name) if name)
    told = offered(desk)
    try:
        name = f"{path.stem}{form_of(content)}"
        cells = list(cells_to_fill(content, names))
    except NotFillable as wrong:
        raise CountyTableProblem(f"“{path.name}”{wrong}；没有保存。") from wrong
    ties = list(_guesses(cells, told))
    if not any(tie.key for tie in ties):
        raise CountyTableProblem(
            f"“{path.name}”里没有认出要填的格子，没有保存。请确认表头写着指标名称（如“收集意见”），并有一行空格可填。"
        )
    table = CountyTable(name, content, _once_each(ties))
    keep_table(desk, table)
    return table


def keep_table(desk: Desk, table: CountyTable) -> None:
    """Keeps the table with its ties; there is one at a time."""
    ties: list[JsonValue] = [[tie.sheet, tie.cell, tie.heading, tie.key] for tie in table.ties]
    kept: JsonValue = {
        "name": table.name,
        "content": base64.b64encode(table.content).decode("ascii"),
        "ties": ties,
    }
    desk.store.set_setting(_SETTING, kept)


def kept_table(desk: Desk) -> CountyTable | None:
    """The table that was tied; None before the first."""
    with desk.store.reading() as reading:
        kept = reading.setting(_SETTING)
    if not isinstance(kept, dict):
        return None
    rows = kept.get("ties")
    ties = [Tie(*map(str, row)) for row in rows if isinstance(row, list)] if isinstance(rows, list) else []
    return CountyTable(str(kept.get("name")), base64.b64decode(str(kept.get("content"))), tuple(ties))


def offered(desk: Desk) -> Mapping[str, str]:
    """Key → words of everything a cell may take."""
    period = period_of(desk, str(desk.today().year))
    with desk.store.reading() as reading:
        told = counted_of(reading, period, profile=desk.profile).told
    return {**WORDS, **{figure.key: figure.label for figure in told.all}}


def fill_table(desk: Desk, period: str) -> tuple[str, bytes]:
    """File name and workbook of a period, all else as the county made it. Raises CountyTableProblem, BadPeriod.

    Columns of months are filled up to the last month of the period, each with the figures of its own.
    """
    from lianxin.documents.county_tables.county_cells import NotFillable
    from lianxin.documents.county_tables.county_fill import filled

    table = kept_table(desk)
    if table is None:
        raise CountyTableProblem(
            "还没有打开过县里的表，没有生成文件。请先选县里发的空表（.xlsx 或 .xls），核对各格填什么。"
        )
    within = period_of(desk, period)
    with desk.store.reading() as reading:
        told = {0: counted_of(reading, within, profile=desk.profile).told}
        for month in {tie.month for tie in table.ties if tie.key and 0 < tie.month <= within.end.month}:
            of_month = period_of(desk, f"{within.end.year}-{month:02d}")
            told[month] = counted_of(reading, of_month, profile=desk.profile).told
        office = office_of(reading)
    words = {OFFICE: office.name, PERIOD: within.label, DAY: show_day(desk.today())}
    values = {
        (tie.sheet, tie.cell): partial(_filling, told[tie.month], words, tie.key)
        for tie in table.ties
        if tie.key and tie.month in told
    }
    try:
        content = filled(table.content, values)
    except NotFillable as wrong:
        raise CountyTableProblem(f"“{table.name}”{wrong}；没有生成文件。") from wrong
    desk.store.note("填县里的表", f"{table.name} {within.code}")
    return f"{Path(table.name).stem}_{within.label}{Path(table.name).suffix}", content


def _filling(told: Figures, words: Mapping[str, str], key: str, percent: bool) -> int | float | str | None:
    return words[key] if key in words else filling(told, key, percent=percent)


def filling(told: Figures, key: str, *, percent: bool) -> int | float | str | None:
    """What a cell takes of a figure: a share as the number it is where the cell shows percent, else in words."""
    figure: Figure | None = next((each for each in told.all if each.key == key), None)
    if figure is None:
        return None
    if isinstance(figure.value, int):
        return figure.value
    if not isinstance(figure.value, Fraction):
        return NOTHING
    share = figure.unit == "%"
    if share and percent:
        return float(figure.value)
    return f"{figure.shown}".removesuffix("%") + "%" if share else round(float(figure.value), 1)


def _content_of(path: Path) -> bytes:
    if path.suffix.lower() not in _ENDINGS:
        raise CountyTableProblem(f"“{path.name}”不是 Excel 表格，没有保存。请选县里发的 Excel 表。")
    content = path.read_bytes()
    if len(content) > MOST_BYTES:
        raise CountyTableProblem(f"“{path.name}”超过 5 MB，没有保存。请删去里面的图片后再选。")
    return content


def _guesses(cells: Sequence[tuple[str, Cell]], told: Mapping[str, str]) -> Iterator[Tie]:
    """Each cell with the figure its headings name, seen beside the other headings of its sheet."""
    for sheet, cell in cells:
        beside = " ".join(other.heading for name, other in cells if name == sheet)
        yield Tie(sheet, cell.address, cell.heading, guessed(cell.headings, beside, told))


def _once_each(ties: Sequence[Tie]) -> tuple[Tie, ...]:
    """A figure guessed for two cells of a sheet stays with the first: the clerk decides about the other."""
    return tuple(_first_only(ties))


def _first_only(ties: Sequence[Tie]) -> Iterator[Tie]:
    taken: set[tuple[str, str]] = set()
    for tie in ties:
        what = (tie.sheet, f"{tie.key} {tie.month}")
        again = what in taken and tie.key not in WORDS
        taken.add(what)
        yield Tie(tie.sheet, tie.cell, tie.heading, "" if again else tie.key)
