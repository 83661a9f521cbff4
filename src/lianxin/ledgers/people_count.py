"""How many people came: the cell of a ledger, including 1-2 that a spreadsheet made a date of."""

from __future__ import annotations

import re
from datetime import date

from lianxin.domain.checks import is_nothing, read_count
from lianxin.domain.dates import Unreadable, show_day_short
from lianxin.domain.numerals import plain
from lianxin.ledgers.findings import Findings


def read_persons(findings: Findings, visitors: int, field: str = "persons") -> tuple[int, int | None]:
    """Persons and households of a visit; what is blank or unreadable counts as the visitors named."""
    cell = findings.cell(field)
    value = cell.value
    if isinstance(value, date):
        low, high = sorted((value.month, value.day))
        why = f"表格把“{value.month}-{value.day}”变成了日期{show_day_short(value)}，按{low}至{high}人中的{high}人理解"
        findings.read_as(field, f"{high}人", why)
        return high, None
    text = findings.text(field)
    if is_nothing(text):
        return _from_names(findings, visitors, field)
    try:
        reading = read_count(text)
    except Unreadable as unreadable:
        findings.wrong(field, f"{unreadable}先按{visitors}人登记")
        return visitors, None
    if reading.count == 0:
        findings.wrong(field, f"人数是0，先按{visitors}人登记")
        return visitors, None
    if reading.doubt:
        households = f"{reading.households}户" if reading.households else ""
        findings.read_as(field, f"{households}{reading.count}人", reading.doubt)
    return reading.count, reading.households


def _from_names(findings: Findings, visitors: int, field: str) -> tuple[int, int | None]:
    match = re.search(r"等(\d+|[一二两三四五六七八九十]+)[人名位]", plain(findings.text("visitors")))
    count = read_count(match[1]).count if match else visitors
    why = "人数没有填，按来访人一栏写的人数理解" if match else f"人数没有填，按来访人{visitors}人理解"
    findings.read_as(field, f"{count}人", why)
    return count, None
