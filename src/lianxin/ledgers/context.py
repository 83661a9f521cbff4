"""What a ledger says about itself outside its rows: year, month, station, from title, notes, sheet and file name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lianxin.domain.checks import clean_text
from lianxin.domain.numerals import arabic, plain
from lianxin.ledgers.cells import Sheet

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|[.\-/_\s(（]|$|度|[^\d])")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月(?!\d*日)")
_STATION = re.compile(r"^(?:接待)?(?:站点|站名|联络站|代表联络站|工作站|接待站点|站点名称)[:：]\s*(.+)$")
_NOTE = re.compile(
    r"^(?:填报|填表|制表|审核|复核|负责|记录|统计|截止|说明|备注|注|单位|站点|测评时间|联系|盖章|打印|填写|经办|主管)"
    r"[^:：]{0,14}[:：]"
)


@dataclass(frozen=True)
class Context:
    """What holds for every row of a sheet unless the row says otherwise. `year_source` names where it stood."""

    year: int | None = None
    year_source: str = ""
    month: int | None = None
    station: str = ""
    title: str = ""


def is_note(text: str) -> bool:
    """Whether a first cell is a line about the ledger (填表人: …) and not the beginning of a data row."""
    return bool(_NOTE.match(plain(text)))


def read_context(sheet: Sheet, header_row: int, file_name: str) -> Context:
    """Read year, month and station of a sheet from what stands above its header, its name and the file's name."""
    lines = [*sheet.before, *_lines(sheet, range(1, header_row))]
    titles = [line for line in lines if not is_note(line)]
    year, source = None, ""
    for found, said in (
        (titles, "标题"),
        ([sheet.name], "表名"),
        ([file_name], "文件名"),
        (lines, "表头说明"),
    ):
        year = _year(found)
        if year:
            source = said
            break
    month = _month([sheet.name]) or _month(titles)
    return Context(year, source, month, _station(lines), titles[0] if titles else "")


def _lines(sheet: Sheet, rows: Iterable[int]) -> list[str]:
    return [cleaned for row in rows for cell in sheet.rows[row - 1] if (cleaned := clean_text(cell.text))]


def _year(texts: Sequence[str]) -> int | None:
    for text in texts:
        years = {int(match[1]) for match in _YEAR.finditer(_digits(text))}
        if len(years) == 1:
            return years.pop()
    return None


def _month(texts: Sequence[str]) -> int | None:
    for text in texts:
        months = {int(match[1]) for match in _MONTH.finditer(_digits(text))}
        if len(months) == 1:
            return months.pop()
    return None


def _digits(text: str) -> str:
    return arabic(plain(text)) if re.search("[年月]", text) else plain(text)


def _station(lines: Sequence[str]) -> str:
    for line in lines:
        for part in re.split(r"\s{2,}|\n", line):
            if match := _STATION.match(part.strip()):
                return match[1].strip()
    return ""
