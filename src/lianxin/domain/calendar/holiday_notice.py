"""Reads the State Council's yearly notice as it is published, so that a clerk only has to copy its text.

关于2026年部分节假日安排的通知: “一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。”
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from lianxin.domain.calendar.workdays import BadCalendar, Holiday, HolidayYear, WorkCalendar, checked_year

_TITLE = re.compile(r"关于(?P<year>\d{4})年部分节假日安排的通知")
_NUMBER = re.compile(r"国办发明电[〔\[［(（]\d{4}[〕\]］)）]\d+号")
_ITEM = re.compile(
    r"[一二三四五六七八九十]+、(?P<name>(?:元旦|春节|清明节|劳动节|端午节|中秋节|国庆节|、|和)+)[:：]"
    r"(?P<words>.*?)(?=[一二三四五六七八九十]+、(?:元旦|春节|清明|劳动|端午|中秋|国庆)|节假日期间|鼓励单位|$)"
)
_DAY = r"(?:(?P<{0}y>\d{{4}})年)?(?:(?P<{0}m>\d{{1,2}})月)?(?P<{0}d>\d{{1,2}})日"
_SPAN = re.compile(_DAY.format("a") + "(?:至" + _DAY.format("b") + ")?")
_COUNT = re.compile(r"共(\d+)天")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日])")
_NOTES = re.compile(r"[（(][^（()）]*[)）]")


def read_notice(text: str) -> HolidayYear:
    """The year a copied notice arranges. Whatever does not add up is refused. Raises BadCalendar."""
    joined = re.sub(r"\s+", "", text)
    title = _TITLE.search(joined)
    if title is None:
        raise BadCalendar("没有找到“关于××××年部分节假日安排的通知”，请复制通知全文。")
    year = int(title["year"])
    number = _NUMBER.search(joined)
    source = f"国务院办公厅关于{year}年部分节假日安排的通知" + (f"（{number[0]}）" if number else "")
    found = tuple(_item(match["name"], match["words"], year) for match in _ITEM.finditer(joined))
    if len(found) < 6:
        raise BadCalendar(f"通知里只认出{len(found)}个节日，请复制通知全文。")
    return checked_year(HolidayYear(year, source, tuple(sorted(found, key=lambda each: each.first))))


def _item(name: str, words: str, year: int) -> Holiday:
    sentences = [part for part in words.split("。") if part]
    off = next((part for part in sentences if "放假" in part or "休息" in part), "")
    _check_weekdays(words, year)
    span = _SPAN.search(_NOTES.sub("", off))
    if span is None:
        raise BadCalendar(f"看不懂{name}的放假日期：“{words[:40]}”。")
    first, last = _days(span, name, year)
    extra = re.findall(r"(\d{1,2})月(\d{1,2})日补休", _NOTES.sub("", off))
    for month, day in extra:
        last = max(last, _made(year, int(month), int(day), name))
    count = _COUNT.search(off)
    if count and int(count[1]) != (last - first).days + 1:
        raise BadCalendar(f"{name}写的是共{count[1]}天，日期却有{(last - first).days + 1}天，请核对。")
    work: list[date] = []
    for part in (part for part in sentences if "上班" in part):
        month = ""
        for match in _SPAN.finditer(_NOTES.sub("", part)):
            month = match["am"] or month
            worked = _made(int(match["ay"] or year), int(month or 0), int(match["ad"]), name)
            work.append(worked)
    return Holiday(name.replace("和", "、"), first, last, tuple(sorted(work)))


def _days(span: re.Match[str], name: str, year: int) -> tuple[date, date]:
    first = _made(int(span["ay"] or year), int(span["am"] or 0), int(span["ad"]), name)
    if span["bd"] is None:
        return first, first
    last_year = int(span["by"]) if span["by"] else first.year
    last = _made(last_year, int(span["bm"] or first.month), int(span["bd"]), name)
    return first, last


def _check_weekdays(words: str, year: int) -> None:
    """Where the notice names the weekday of a day in full, both must agree: a slip in copying shows here."""
    for match in re.finditer(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日[（(]([^（()）]*)[)）]", words):
        told = _WEEKDAY.search(match[4])
        day = _made(int(match[1] or year), int(match[2]), int(match[3]), "通知")
        if told and told[1] != "一二三四五六日"[day.weekday()]:
            raise BadCalendar(f"{match[2]}月{match[3]}日不是周{told[1]}，请核对通知的年份和文字。")


def _made(year: int, month: int, day: int, name: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as wrong:
        raise BadCalendar(f"{name}里有不存在的日期（{month}月{day}日），请核对。") from wrong


def as_notice_line(holiday: Holiday) -> str:
    """国庆节：10月1日至7日放假，共7天；9月20日、10月10日上班: an arrangement in one line."""
    span = _short(holiday.first)
    if holiday.last != holiday.first:
        same = holiday.last.month == holiday.first.month
        span += f"至{holiday.last.day}日" if same else f"至{_short(holiday.last)}"
    days = (holiday.last - holiday.first) // timedelta(days=1) + 1
    told = f"{holiday.name}：{span}放假，共{days}天"
    return told + (f"；{'、'.join(map(_short, holiday.work))}上班" if holiday.work else "")


def month_notes(known: WorkCalendar, year: int, month: int) -> list[str]:
    """What is special in a month, a note each: 1–7日国庆节, 10日上班."""
    first = date(year, month, 1)
    last = first + timedelta(days=monthrange(year, month)[1] - 1)
    off: list[str] = []
    work: list[str] = []
    for each in known.within(first, last):
        days = [day.day for day in each.days if first <= day <= last]
        if days:
            off.append(f"{days[0]}{f'–{days[-1]}' if len(days) > 1 else ''}日{each.name}")
        work += [f"{day.day}日" for day in each.work if first <= day <= last]
    return [*off, *([f"{'、'.join(work)}上班"] if work else [])]


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
