"""五有自查: a station looked at against the five 有 of founding document 002-05 (domain.md 3.4.1)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, maybe, told
from lianxin.domain.kinds import DAY, DECIMAL, LINES, TEXT, YEAR, one_of, ref


class StationCheck(Record, kind="station-check", label="五有自查"):
    """One station in one year; how it stands is computed from its items, the latest check of a year counts."""

    station: str = told(ref("station"), "站点")
    year: int = told(YEAR, "年度", wire="year")
    day: date = told(DAY, "自查日期", wire="date")
    checker: str | None = maybe(TEXT, "自查人", default=None, length=25)
    reviewer: str | None = maybe(TEXT, "复核人（县）", default=None, length=25)
    reviewed: date | None = maybe(DAY, "复核日期", default=None)
    words: str | None = maybe(LINES, "自查情况", default=None, length=1000, privacy="content")


class StationCheckItem(Record, kind="station-check-item", label="五有自查项", parent="station_check"):
    """One line under one of the five 有: what was looked at, how it stands, what is to be mended by when."""

    station_check: str = told(ref("station-check"), "自查")
    item: str = told(one_of(codes.FIVE_HAVES), "五有")
    what: str | None = maybe(TEXT, "自查内容", default=None, length=60)
    result: str | None = maybe(one_of(codes.CHECK_RESULT), "结果", default=None, synonyms=("自查结果",))
    score: Decimal | None = maybe(DECIMAL, "得分", default=None, unit="分")
    problem: str | None = maybe(LINES, "存在问题", default=None, length=500, privacy="content")
    mend_by: date | None = maybe(DAY, "整改期限", default=None)
    mended: date | None = maybe(DAY, "整改完成日期", default=None)
    mending: str | None = maybe(LINES, "整改结果", default=None, length=500, privacy="content")
