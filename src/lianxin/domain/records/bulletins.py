"""What a county issues about its townships' work: 通报 and 简报, editable in words before they are made."""

from __future__ import annotations

from datetime import date

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import COUNT, DAY, LINES, TEXT, YES_NO, one_of


class Bulletin(Record, kind="bulletin", label="通报简报", of_county=True):
    """One 通报 or 简报 of a period in words; tables, list of those missing and charts are made from figures again.

    Its number stands in 收发文, tied to this record (office/paperwork/outgoing_numbers.py); a void one keeps its place there.
    """

    sort: str = given(one_of(codes.BULLETIN_SORT), "种类", default="notice")
    period: str = told(TEXT, "统计期", length=10, note="如 2026-Q3、2026-10")
    cutoff: int | None = maybe(COUNT, "统计截止日", default=None, unit="日")
    title: str = told(TEXT, "标题", length=100, search=True)
    addressee: str | None = maybe(TEXT, "主送", default=None, length=100)
    day: date = told(DAY, "日期", wire="date")
    opening: str | None = maybe(LINES, "开头", default=None, length=2000)
    overall: str | None = maybe(LINES, "总体情况", default=None, length=6000)
    good: str | None = maybe(LINES, "做得好的", default=None, length=6000)
    short: str | None = maybe(LINES, "存在的不足", default=None, length=6000)
    missing: str | None = maybe(LINES, "报送情况", default=None, length=4000)
    demands: str | None = maybe(LINES, "下一步工作", default=None, length=4000)
    ranked: str | None = maybe(TEXT, "排名指标", default=None, length=40, ledger=False)
    tables: bool = given(YES_NO, "附统计表", default=True)
