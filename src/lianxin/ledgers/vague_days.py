"""Days told by and by: 3月上旬, 四月底, 2025年3月 → the days that may be meant."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from lianxin.domain.dates import FIRST_YEAR, LAST_YEAR
from lianxin.domain.numerals import arabic, plain

_MONTH = re.compile(
    r"(?:(?P<year>\d{4}|\d{2})[年.\-/])?(?P<month>\d{1,2})(?:月份?|(?<=\d)(?=$))"
    r"(?P<part>上旬|中上旬|中旬|中下旬|下旬|初|上半月|中|下半月|底|末)?(?:[×xX*_?？某·.…]*日?)?(?:左右|前后|间|期间|内)?"
)
_PART = re.compile(r"(?P<part>上旬|中旬|下旬|月初|月中|月底|月末)")
_SEASON = re.compile(r"(?:(?P<year>20\d{2})年?)?(?P<part>[上下]半年|第?[1-4]季度?)")
_SEASONS = {"上半年": (1, 6), "下半年": (7, 12)} | {
    f"{n}季{end}": (3 * n - 2, 3 * n) for n in range(1, 5) for end in ("", "度")
}
_DAYS = {
    "上旬": (1, 10), "中上旬": (1, 20), "中旬": (11, 20), "中下旬": (11, 31), "下旬": (21, 31),
    "初": (1, 5), "上半月": (1, 15), "中": (11, 20), "下半月": (16, 31), "底": (26, 31), "末": (26, 31),
}  # fmt: skip


@dataclass(frozen=True)
class VagueDay:
    """A stretch of days of which one is meant; `says_year` where the cell names the year itself."""

    first: date
    last: date
    says_year: bool

    def likeliest(self, low: date | None, high: date | None) -> date:
        """The first day of the stretch that lies between its neighbours, or simply the first."""
        day = max(self.first, low) if low and low <= self.last else self.first
        return min(day, high) if high and self.first <= high < day else day


def read_vague_day(text: str, *, year: int, month: int | None) -> VagueDay | None:
    """The days a cell may mean, or None when it speaks of no stretch of days in one month."""
    core = arabic(plain(text).replace("元月", "1月")).rstrip("。.,，")
    said, says_year = year, False
    if match := _SEASON.fullmatch(core):
        said = int(match["year"]) if match["year"] else year
        months = _SEASONS[match["part"].removeprefix("第")]
        end = calendar.monthrange(said, months[1])[1]
        return VagueDay(date(said, months[0], 1), date(said, months[1], end), bool(match["year"]))
    match = _PART.fullmatch(core) if month else None
    if match is None:
        match = _MONTH.fullmatch(core)
        if match is None or (not match["year"] and "月" not in core):
            return None
        month = int(match["month"])
        if match["year"]:
            says_year = True
            said = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    if month is None or not 1 <= month <= 12 or not FIRST_YEAR <= said <= LAST_YEAR:
        return None
    first, last = _DAYS.get((match["part"] or "").removeprefix("月"), (1, 31))
    end = calendar.monthrange(said, month)[1]
    return VagueDay(date(said, month, first), date(said, month, min(last, end)), says_year)


_HOURS = re.compile(
    r"[\s,，]*(?:[(（]?(?:周|星期)[一二三四五六日天][)）]?)?[\s]*(?:上午|下午|早上|晚上)?\s*\d{1,2}[:：时点]\d{0,2}分?"
    r"\s*(?:-|—|–|~|至|到)+\s*\d{1,2}[:：时点]\d{0,2}分?$"
)
_AMERICAN = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](20\d{2})")
_SPACED = re.compile(r"(20\d{2})\s+(\d{1,2})\s+(\d{1,2})")
_TWO_DAYS = re.compile(
    r"((?:20)?\d{2}[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?)(?:-|—|–|~|至|到)+(?:20)?\d{2}[年.\-/]\d{1,2}.*"
)


def tidied_day(text: str) -> tuple[str, str] | None:
    """A day in an odd shape put into a usual one, with what to ask: 12/6/2025, 2025 12 5, 2025。12。16."""
    typed = text.strip()
    if (shorter := _HOURS.sub("", typed)) != typed and shorter:
        return shorter, ""
    if match := _SPACED.fullmatch(typed):
        return "-".join(match.groups()), ""
    core = re.sub(r"(?<=\d)[。·](?=\d)", ".", plain(typed))
    if match := _AMERICAN.fullmatch(core):
        month, day = int(match[1]), int(match[2])
        month, day = (day, month) if month > 12 else (month, day)
        return f"{match[3]}-{month}-{day}", f"“{typed}”按{match[3]}年{month}月{day}日理解"
    if match := _TWO_DAYS.fullmatch(core):
        return match[1], f"“{typed}”写了不止一天，按第一天理解"
    return (core, "") if core != plain(typed) else None


def serial_in_text(text: str) -> float | None:
    """The spreadsheet serial number that a cell of text is (45992), or None."""
    core = plain(text).lstrip("'‘’")
    if re.fullmatch(r"[34]\d{4}(?:\.\d+)?", core):
        return float(core)
    return None
