"""Rule profiles taken in as files, and public holidays handed out by the county (domain.md 2.3)."""

from __future__ import annotations

from datetime import date

from lianxin.domain.dictionary import Record, maybe, told
from lianxin.domain.kinds import DAY, LINES, TEXT, YEAR


class RuleFile(Record, kind="rule-file", label="规则库文件"):
    """A rule profile this office took in; the office record says which profile is in force."""

    name: str = told(TEXT, "名称", length=60, search=True)
    version: str = told(TEXT, "版本", length=40)
    day: date = told(DAY, "导入日期", wire="date")
    digest: str = told(TEXT, "内容指纹", length=64, ledger=False)
    text: str = told(LINES, "内容", length=200_000, ledger=False)
    file_name: str | None = maybe(TEXT, "文件名", default=None, length=120)


class CountyHolidays(Record, kind="county-holidays", label="县人大下发的放假安排", audience="common"):
    """The arrangements of one year as the county handed them out; each township takes them in itself."""

    year: int = told(YEAR, "年份")
    day: date = told(DAY, "下发日期", wire="date")
    source: str = told(TEXT, "来源", length=200)
    text: str = told(LINES, "内容", length=20_000, ledger=False)
