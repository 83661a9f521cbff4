"""Working days: public holidays and the weekends worked for them, year by year as the State Council publishes them.

The table is data handed in from outside (resources/calendars/holidays.json, or what the office imported). A year
without a table is counted Monday to Friday less the law's own days, and whoever counts with it can say so
(`WorkCalendar.warning`).
"""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from lianxin.domain.canonical import JsonValue, NotCanonical, parse_strict

KIND = "holidays"
_LONGEST = 16
"""Days of the longest arrangement a table may hold; 2020 had ten."""


class BadCalendar(ValueError):
    """The table cannot be used; the message is a Chinese sentence and says that nothing was changed."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}原来的放假安排没有变。")


@dc.dataclass(frozen=True)
class Holiday:
    """One arrangement: off from `first` to `last`; `work` are the weekend days worked in exchange."""

    name: str
    first: date
    last: date
    work: tuple[date, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """Every day off."""
        return tuple(self.first + timedelta(days=step) for step in range((self.last - self.first).days + 1))


@dc.dataclass(frozen=True)
class HolidayYear:
    """The published arrangements of a year. The first may begin in the last days of the year before."""

    year: int
    source: str
    holidays: tuple[Holiday, ...]


@dc.dataclass(frozen=True)
class WorkCalendar:
    """Answers for any day whether it is worked; without years every week is Monday to Friday.

    `provisional` years hold only the days off that the law itself names: nothing is published of them yet.
    """

    years: tuple[HolidayYear, ...] = ()
    provisional: tuple[HolidayYear, ...] = ()
    _off: Mapping[date, str] = dc.field(init=False, repr=False, compare=False)
    _worked: Mapping[date, str] = dc.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        told = [holiday for year in self._counted() for holiday in year.holidays]
        off = {day: holiday.name for holiday in told for day in holiday.days}
        object.__setattr__(self, "_off", off)
        object.__setattr__(self, "_worked", {day: each.name for each in told for day in each.work})

    def _counted(self) -> tuple[HolidayYear, ...]:
        """The published years, and the law's days of the others."""
        return (*self.years, *(year for year in self.provisional if not self.knows(year.year)))

    def is_workday(self, day: date) -> bool:
        """Worked: a weekday that is no holiday, or a weekend day worked in exchange."""
        return day in self._worked or (day.weekday() < 5 and day not in self._off)

    def holiday(self, day: date) -> str:
        """The name of the holiday a day off belongs to; empty on working days and plain weekends."""
        return self._off.get(day, "")

    def worked_for(self, day: date) -> str:
        """The holiday for which this weekend day is worked (调休上班); empty on any other day."""
        return self._worked.get(day, "")

    def next_workday(self, day: date) -> date:
        """The first working day after a day. Raises BadCalendar when two months have none."""
        for step in range(1, 62):
            found = day + timedelta(days=step)
            if self.is_workday(found):
                return found
        raise BadCalendar(f"放假安排里{day.year}年{day.month}月{day.day}日以后两个月都不上班，请核对。")

    def knows(self, year: int) -> bool:
        """Whether the arrangements of the year are in the table."""
        return any(known.year == year for known in self.years)

    def unknown(self, first: date, last: date) -> tuple[int, ...]:
        """The years of a span whose arrangements are not in the table."""
        return tuple(year for year in range(first.year, last.year + 1) if not self.knows(year))

    def warning(self, first: date, last: date) -> str:
        """2027年的放假安排还没有，暂按法定节日和周一至周五计算; empty when every year of the span is known."""
        years = self.unknown(first, last)
        if not years:
            return ""
        law = {year.year for year in self.provisional}
        by = "暂按法定节日和周一至周五计算" if law.issuperset(years) else "按周一至周五计算"
        return f"{'、'.join(f'{year}年' for year in years)}的放假安排还没有，{by}"

    def within(self, first: date, last: date) -> tuple[Holiday, ...]:
        """The arrangements that touch a span, in order of time."""
        told = (holiday for year in self._counted() for holiday in year.holidays)
        return tuple(
            sorted(
                (
                    each
                    for each in told
                    if (each.first <= last and each.last >= first)
                    or any(first <= d <= last for d in each.work)
                ),
                key=lambda each: each.first,
            )
        )

    def with_years(self, years: Iterable[HolidayYear]) -> WorkCalendar:
        """The same calendar with these years in place of what it had of them."""
        found = {year.year: year for year in self.years} | {year.year: year for year in years}
        return dc.replace(self, years=tuple(found[year] for year in sorted(found)))


MONDAY_TO_FRIDAY = WorkCalendar()
"""The calendar of an office without any table."""


def load_years(text: str) -> tuple[HolidayYear, ...]:
    """Reads the table file (docs/manual, 放假安排文件): {"kind": "holidays", "years": [...]}. Raises BadCalendar."""
    try:
        data = parse_strict(text.encode("utf-8", "surrogatepass"))
    except NotCanonical as wrong:
        raise BadCalendar(f"放假安排文件读不懂（{wrong}），请换一个文件。") from wrong
    top = _mapping(data, "放假安排文件")
    if top.get("kind") != KIND:
        raise BadCalendar('这不是放假安排文件（缺少 "kind": "holidays"）。')
    found = tuple(_year(each) for each in _items(top.get("years"), "years"))
    if not found:
        raise BadCalendar("放假安排文件里一年也没有。")
    twice = {year.year for year in found if sum(other.year == year.year for other in found) > 1}
    if twice:
        raise BadCalendar(f"放假安排文件里{min(twice)}年写了两次。")
    return found


def year_as_json(year: HolidayYear) -> JsonValue:
    """One year in the form `load_years` reads."""
    return {
        "year": year.year,
        "source": year.source,
        "holidays": [
            {
                "name": each.name,
                "from": each.first.isoformat(),
                "to": each.last.isoformat(),
                "work": [day.isoformat() for day in each.work],
            }
            for each in year.holidays
        ],
    }


def checked_year(year: HolidayYear) -> HolidayYear:
    """The year when it can be true: days near the year, none both off and worked or off twice. Raises BadCalendar."""
    off: set[date] = set()
    worked: set[date] = set()
    for each in year.holidays:
        if not each.first <= each.last or len(each.days) > _LONGEST:
            raise BadCalendar(f"{year.year}年{each.name}从{each.first}放到{each.last}，不对，请核对。")
        far = [day for day in (*each.days, *each.work) if not _near(day, year.year)]
        if far:
            raise BadCalendar(f"{year.year}年{each.name}里的{far[0]}不在这一年，请核对。")
        if off & set(each.days):
            raise BadCalendar(f"{year.year}年{each.name}与别的节日放在同一天，请核对。")
        off |= set(each.days)
        worked |= set(each.work)
    if off & worked:
        raise BadCalendar(f"{min(off & worked)}又放假又上班，请核对。")
    if not year.holidays:
        raise BadCalendar(f"{year.year}年的放假安排是空的。")
    return year


def _near(day: date, year: int) -> bool:
    return date(year - 1, 12, 20) <= day <= date(year + 1, 1, 10)


def _year(value: JsonValue) -> HolidayYear:
    told = _mapping(value, "years")
    year = told.get("year")
    if not isinstance(year, int) or isinstance(year, bool) or not 1990 <= year <= 2100:
        raise BadCalendar("放假安排文件里的年份不对，应在1990到2100之间。")
    holidays = []
    for each in _items(told.get("holidays"), f"{year}年"):
        one = _mapping(each, f"{year}年")
        name = _text(one, "name", year)
        work = tuple(sorted(_day(day, f"{year}年{name}") for day in _items(one.get("work", []), name)))
        first, last = _day(one.get("from"), f"{year}年{name}"), _day(one.get("to"), f"{year}年{name}")
        holidays.append(Holiday(name, first, last, work))
    ordered = tuple(sorted(holidays, key=lambda each: each.first))
    return checked_year(HolidayYear(year, _text(told, "source", year), ordered))


def _mapping(value: JsonValue, where: str) -> Mapping[str, JsonValue]:
    if not isinstance(value, dict):
        raise BadCalendar(f"放假安排文件里“{where}”应是一组带名称的内容。")
    return value


def _items(value: JsonValue, where: str) -> list[JsonValue]:
    if not isinstance(value, list):
        raise BadCalendar(f"放假安排文件里“{where}”应是一列内容。")
    return value


def _text(found: Mapping[str, JsonValue], name: str, year: int) -> str:
    value = found.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > 200:
        raise BadCalendar(f"放假安排文件里{year}年缺少文字 {name}。")
    return value.strip()


def _day(value: JsonValue, where: str) -> date:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else date.min
    except ValueError as wrong:
        raise BadCalendar(f"{where}的日期“{value}”不对，应像 2027-01-01。") from wrong
