"""Days and months: read as clerks type them, shown in one form everywhere."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lianxin.domain.numerals import arabic, plain

FIRST_YEAR, LAST_YEAR = 1900, 2100
ADULT_AGE = 18


class Unreadable(ValueError):
    """Typed text that cannot be understood; the message is a Chinese sentence for the clerk."""


@dataclass(frozen=True)
class DayReading:
    """A day as understood, and what the clerk should be asked about it (None when nothing)."""

    day: date
    doubt: str | None = None


@dataclass(frozen=True)
class MonthReading:
    """A month as understood ('YYYY-MM'), and what the clerk should be asked about it."""

    month: str
    doubt: str | None = None


_RELATIVE = {
    "今天": 0,
    "今日": 0,
    "本日": 0,
    "昨天": -1,
    "昨日": -1,
    "前天": -2,
    "前日": -2,
    "大前天": -3,
    "明天": 1,
    "明日": 1,
    "后天": 2,
}
_SEP = r"[.\-/,、]"
_TAIL = re.compile(
    r"(?:[(\[](?:星期|周|礼拜)?[一二三四五六日天]?[)\]]|(?:星期|周|礼拜)[一二三四五六日天]"
    r"|上午|下午|中午|早上|早晨|晚上|傍晚|前后|左右|左|[Tt]?\d{1,2}[:时点]\d{0,2}分?(?::\d{1,2}(?:\.\d+)?)?"
    r"|全天|半天)+$"
)
_CLOCK = re.compile(r"(?<=[\d日号])[\sT]+\d{1,2}[:：时点].*$")
_LUNAR_DAY = re.compile("初[一二三四五六七八九十]")
_YEAR_WORDS = {"去年": -1, "今年": 0, "本年": 0, "明年": 1, "前年": -2}
_FULL = re.compile(rf"(\d{{4}})(?:年|{_SEP})(\d{{1,2}})(?:月|{_SEP})(\d{{1,2}})[日号]?")
_SHORT_YEAR = re.compile(rf"(\d{{2}})(?:年|{_SEP})(\d{{1,2}})(?:月|{_SEP})(\d{{1,2}})[日号]?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_PACKED_SHORT = re.compile(r"(\d{2})(\d{2})(\d{2})")
_MONTH_DAY = re.compile(rf"(\d{{1,2}})(?:月|{_SEP})(\d{{1,2}})[日号]?")
_DAY_ONLY = re.compile(r"(\d{1,2})[日号]")
_RANGE = re.compile(r"(.+?[日号\d])(?:至|到|~|—+|–|--|-(?=\d{1,2}[月日号.])|、(?=\d{1,2}[月日号.]))\S*\d.*")
_MONTH = re.compile(rf"(\d{{4}}|\d{{2}})(?:年|{_SEP})(\d{{1,2}})月?(?:份|出?生)?")
_MONTH_PACKED = re.compile(r"(\d{4})(\d{2})")


def read_day(
    text: str,
    *,
    today: date,
    year: int | None = None,
    month: int | None = None,
    not_before: date | None = None,
) -> DayReading:
    """Read one day as typed: 3.5, 3月5日, 20260305, 2026/3/5上午, 二〇二六年三月五日, 昨天.

    `year` and `month` are what the sheet or the form already says. A day and month without a year that falls
    before `not_before` is next year's. Raises Unreadable.
    """
    typed = text.strip()
    if not typed:
        raise Unreadable("日期是空的，请填写。")
    base_year = year or (not_before.year if not_before else today.year)
    core = _core(typed)
    if core in _RELATIVE:
        return DayReading(today + timedelta(days=_RELATIVE[core]))
    if core in ("当天", "当日", "当场", "即日") and not_before:
        return DayReading(not_before, f"“{typed}”按{show_day(not_before)}理解")
    if "农历" in core or "阴历" in core or "腊月" in core or "正月" in core or _LUNAR_DAY.search(core):
        raise Unreadable(f"“{typed}”像是农历，请填公历日期，例如3月5日。")
    core = arabic(core)
    for word, shift in _YEAR_WORDS.items():
        if core.startswith(word):
            core = f"{today.year + shift}年" + core[len(word) :].lstrip(".年")
    ranged = "" if _whole(core) else _range_start(core)
    found = _one_day(ranged or core, typed, base_year, year is not None, month, not_before, today)
    if ranged:
        asked = f"“{typed}”写了不止一天，按第一天{show_day(found.day)}理解"
        return DayReading(found.day, found.doubt or asked)
    return found


def _core(typed: str) -> str:
    """The typed day without clock time, weekday and closing marks, half-width and without spaces."""
    without_clock = _CLOCK.sub("", typed)
    core = _TAIL.sub("", plain(without_clock).lstrip("'‘’")).rstrip(".,;；。、")
    return core.replace("元月", "1月").replace("元旦", "1月1日")


def _whole(core: str) -> bool:
    return any(shape.fullmatch(core) for shape in (_FULL, _SHORT_YEAR, _PACKED, _MONTH_DAY, _DAY_ONLY))


def _range_start(core: str) -> str:
    match = _RANGE.fullmatch(core)
    return match.group(1) if match else ""


def _one_day(
    core: str,
    typed: str,
    base_year: int,
    year_known: bool,
    month: int | None,
    not_before: date | None,
    today: date,
) -> DayReading:
    if match := _FULL.fullmatch(core) or _PACKED.fullmatch(core):
        return DayReading(_made(int(match[1]), int(match[2]), int(match[3]), typed))
    if match := _SHORT_YEAR.fullmatch(core) or _PACKED_SHORT.fullmatch(core):
        day = _made(2000 + int(match[1]), int(match[2]), int(match[3]), typed)
        return DayReading(day, f"“{typed}”的年份只写了两位，按{show_day(day)}理解")
    if match := _MONTH_DAY.fullmatch(core):
        return _yearless(int(match[1]), int(match[2]), typed, base_year, not_before)
    if (match := _DAY_ONLY.fullmatch(core)) and month:
        return _yearless(month, int(match[1]), typed, base_year, not_before)
    if re.fullmatch(r"\d{4}", core) and not _plausible_year(core) and not year_known:
        found = _yearless(int(core[:2]), int(core[2:]), typed, base_year, not_before)
        return DayReading(found.day, found.doubt or f"“{typed}”按{show_day(found.day)}理解")
    if _MONTH.fullmatch(core) or re.fullmatch(r"\d{1,2}月", core):
        raise Unreadable(f"“{typed}”只有月份，没有写明哪一天。")
    if _DAY_ONLY.fullmatch(core):
        raise Unreadable(f"“{typed}”没有写明月份。")
    raise Unreadable(f"看不懂日期“{typed}”，请写成3月5日或{today.year}-03-05这样。")


def _plausible_year(core: str) -> bool:
    return FIRST_YEAR <= int(core) <= LAST_YEAR


def _yearless(month: int, day: int, typed: str, year: int, not_before: date | None) -> DayReading:
    if (month, day) == (2, 29) and not_before and not calendar.isleap(year) and calendar.isleap(year + 1):
        year += 1
    found = _made(year, month, day, typed)
    if not_before and found < not_before:
        found = _made(year + 1, month, day, typed)
        return DayReading(found, f"“{typed}”早于{show_day(not_before)}，按次年{show_day(found)}理解")
    return DayReading(found)


def _made(year: int, month: int, day: int, typed: str) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"“{typed}”的年份{year}不对，请核对。")
    if not 1 <= month <= 12:
        raise Unreadable(f"“{typed}”的月份{month}不对，请核对。")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise Unreadable(f"“{typed}”不对：{year}年{month}月没有{day}日。")
    return date(year, month, day)


def day_of_serial(serial: float, *, epoch_1904: bool = False) -> DayReading:
    """The day behind a spreadsheet serial number (46086 → 2026-03-05). Raises Unreadable out of 1954–2099."""
    if not 20_000 <= serial < 73_051:
        raise Unreadable(f"数字{serial:g}不像日期，请核对。")
    origin = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
    day = origin + timedelta(days=int(serial))
    return DayReading(day, f"表格里存的是数字{int(serial)}，按{show_day(day)}理解")


def read_month(text: str, *, today: date, adult: bool = True) -> MonthReading:
    """Read a month of birth: 1959.09, 58.10, 1958-4, 1978年2月, 197802, 19780213 or an ISO day.

    Two-digit years are taken so that the person is of age today (`adult`), otherwise not in the future.
    Raises Unreadable.
    """
    typed = text.strip()
    if not typed:
        raise Unreadable("年月是空的，请填写。")
    core = arabic(_core(typed)).removesuffix("生")
    doubt: str | None = None
    if match := _FULL.fullmatch(core) or _PACKED.fullmatch(core):
        day = _made(int(match[1]), int(match[2]), int(match[3]), typed)
        year, month = day.year, day.month
    elif match := _MONTH_PACKED.fullmatch(core) or _MONTH.fullmatch(core):
        year, month = int(match[1]), int(match[2])
        if len(match[1]) == 2:
            year = _century(year, today, adult)
            doubt = f"“{typed}”的年份只写了两位，按{year}年理解"
    elif match := re.fullmatch(r"(\d{4})年?", core):
        raise Unreadable(f"“{typed}”只有年份，没有写明月份。")
    else:
        raise Unreadable(f"看不懂年月“{typed}”，请写成1965年6月这样。")
    if not 1 <= month <= 12:
        raise Unreadable(f"“{typed}”的月份{month}不对，请核对。")
    if not FIRST_YEAR <= year <= today.year or (year, month) > (today.year, today.month):
        raise Unreadable(f"“{typed}”的年份{year}不对，请核对。")
    return MonthReading(f"{year:04d}-{month:02d}", doubt)


def _century(short: int, today: date, adult: bool) -> int:
    latest = today.year - (ADULT_AGE if adult else 0)
    return 2000 + short if 2000 + short <= latest else 1900 + short


def show_day(day: date) -> str:
    """2026年11月21日, the long form for screen and paper."""
    return f"{day.year}年{day.month}月{day.day}日"


def show_day_short(day: date) -> str:
    """11月21日, where the year is plain from its surroundings."""
    return f"{day.month}月{day.day}日"


def show_day_numeric(day: date) -> str:
    """2026-11-21, for table columns and file names."""
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def show_weekday(day: date) -> str:
    """星期六."""
    return "星期" + "一二三四五六日"[day.weekday()]


def show_day_weekday(day: date) -> str:
    """2026年11月21日（星期六）."""
    return f"{show_day(day)}（{show_weekday(day)}）"


def show_month(month: str) -> str:
    """1959年9月 for '1959-09'; other text is returned as it is."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", month)
    return f"{match[1]}年{int(match[2])}月" if match else month


def show_moment(moment: datetime) -> str:
    """2026年11月21日 09:30, local time."""
    return f"{show_day(moment.date())} {moment.hour:02d}:{moment.minute:02d}"


def show_left(days: int) -> str:
    """剩2天, 今天到期, 超期3天: how far a last day is, as badges say it."""
    if days < 0:
        return f"超期{-days}天"
    return f"剩{days}天" if days else "今天到期"


def show_clock(at: time) -> str:
    """9:05, as a clerk writes it."""
    return f"{at.hour}:{at.minute:02d}"


def show_hours(start: time | None, end: time | None) -> str:
    """9:00—11:30, or what is known of it."""
    return "—".join(show_clock(at) for at in (start, end) if at)


def show_days(first: date, last: date) -> str:
    """A span, as short as it can be said: 2026年3月5日至8日, 2026年3月5日至4月2日."""
    if first == last:
        return show_day(first)
    if first.year != last.year:
        return f"{show_day(first)}至{show_day(last)}"
    if first.month != last.month:
        return f"{show_day(first)}至{show_day_short(last)}"
    return f"{show_day(first)}至{last.day}日"
