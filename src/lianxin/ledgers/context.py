"""What a ledger says about itself outside its rows: year, month, station, from title, notes, sheet and file name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lianxin.domain.checks import clean_text
from lianxin.domain.numerals import arabic, plain
from lianxin.ledgers.cells import Sheet

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|[.\-/_\s(（]|$|度|[^\d])")
_SHORT_YEAR = re.compile(
    r"(?<!\d)(2\d)年(?=度|上半|下半|第|全|\d{1,2}月|.{0,6}(?:台账|登记|记录|花名册|名册|汇总|统计))"
)
_TO = r"(?:-|—|–|~|至|到|/)+"
_YEARS = re.compile(rf"(?<!\d)(20\d{{2}})年?度?{_TO}(?:20)?(\d{{2}})(?=年|学年|度)")
_MONTHS = re.compile(
    rf"(?<!\d)(20\d{{2}})[年.](\d{{1,2}})月?(?:[.]?\d{{1,2}}日?)?{_TO}(20\d{{2}})[年.](\d{{1,2}})(?!\d)"
)
_MONTH = re.compile(r"(?<![\d\-—–~至到、.])(1[0-2]|0?[1-9])月份?(?!\d*日|[\-—–~至到、])")
_STATION = re.compile(r"^(?:接待)?(?:站点|站名|联络站|代表联络站|工作站|接待站点|站点名称)[:：]\s*(.+)$")
_NAMED_STATION = re.compile(
    r"(?:20\d\d年?度?)?([^\d\s年月、，各全]{2,16}?(?:联络站|联络点|联系点|工作站|工作室|代表之家|代表小站))(?![:：])"
)
_NOTE = re.compile(
    r"^(?:填报|填表|制表|审核|复核|负责|记录人|统计|截止|说明|备注|注|单位|站点|测评时间|联系人|联系电话|盖章|打印|填写"
    r"|经办|主管|报送|上报|归档|.{0,6}(?:签字|签名|签章|领导|主席)|日期|时间$)[^:：]{0,14}[:：]"
)


@dataclass(frozen=True)
class Context:
    """What holds for every row of a sheet unless the row says otherwise. `year_source` names where it stood.

    `years` are two years that follow each other where the ledger runs over New Year (2024-2025年度), with the
    month it begins in where it says that; `year` is then None.
    """

    year: int | None = None
    year_source: str = ""
    month: int | None = None
    station: str = ""
    title: str = ""
    years: tuple[int, int] | None = None
    first_month: int | None = None
    station_named: bool = False  # the station was told from a title, not from a line of its own


def is_note(text: str) -> bool:
    """Whether a first cell is a line about the ledger (填表人: …) and not the beginning of a data row."""
    return bool(_NOTE.match(plain(text)))


def read_context(sheet: Sheet, header_row: int, file_name: str) -> Context:
    """Read year, month and station of a sheet from what stands above its header, its name and the file's name."""
    lines = [*sheet.before, *_lines(sheet, range(1, header_row))]
    titles = [line for line in lines if not is_note(line)]
    found = Context(month=_month([sheet.name]) or _month(titles), title=titles[0] if titles else "")
    station = _station(lines)
    named = "" if station else _station_in([*titles, sheet.name])
    found = replace(found, station=station or named, station_named=bool(named))
    for texts, said in (
        (titles, "标题"),
        ([sheet.name], "表名"),
        ([file_name], "文件名"),
        (lines, "表头说明"),
    ):
        if dated := _dated(found, texts, said):
            return dated
    return found


def read_cover(sheet: Sheet) -> Context:
    """What a sheet without a table says for its neighbours: a cover names the year of the whole file."""
    lines = [
        line
        for line in _lines(sheet, range(1, len(sheet.rows) + 1))
        if re.search(r"\d年|[〇○零一二三四五六七八九]年", line)
    ]
    return _dated(Context(), lines, f"“{sheet.name}”表") or Context()


def _dated(context: Context, texts: Sequence[str], said: str) -> Context | None:
    for text in texts:
        if match := _MONTHS.search(_digits(text)):
            first, last = int(match[1]), int(match[3])
            if last == first + 1:
                return replace(context, years=(first, last), first_month=int(match[2]), year_source=said)
        if (match := _YEARS.search(_digits(text))) and int(match[2]) == (int(match[1]) + 1) % 100:
            return replace(context, years=(int(match[1]), int(match[1]) + 1), year_source=said)
    year = _year(texts)
    return replace(context, year=year, year_source=said) if year else None


def _lines(sheet: Sheet, rows: Iterable[int]) -> list[str]:
    return [cleaned for row in rows for cell in sheet.rows[row - 1] if (cleaned := clean_text(cell.text))]


def _year(texts: Sequence[str]) -> int | None:
    for text in texts:
        years = {int(match[1]) for match in _YEAR.finditer(_digits(text))}
        years = years or {2000 + int(match[1]) for match in _SHORT_YEAR.finditer(_digits(text))}
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


def _station_in(titles: Sequence[str]) -> str:
    for title in titles:
        if (match := _NAMED_STATION.search(plain(title))) and not re.search("[各全]", plain(title)):
            return match[1]
    return ""
