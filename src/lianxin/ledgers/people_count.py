"""How many people came: the cell of a ledger, including 1-2 that a spreadsheet made a date of."""

from __future__ import annotations

import re
from datetime import date

from lianxin.domain.checks import is_nothing, read_count
from lianxin.domain.dates import Unreadable, show_day_short
from lianxin.domain.numerals import arabic, plain
from lianxin.ledgers.findings import Findings

_COUNTED = re.compile(r"(?<![几数\d])(\d+)余?(?:人次|个人|[人名位口])")


def read_persons(
    findings: Findings, visitors: int, told: int | None = None, why: str = "", field: str = "persons"
) -> tuple[int, int | None]:
    """Persons and households of a visit; what is blank or unreadable counts as the visitors named.

    `told` is the number that the visitors' own cell gives (等3人), with `why` in words.
    """
    cell = findings.cell(field)
    value = cell.value
    if isinstance(value, date):
        low, high = sorted((value.month, value.day))
        why = f"表格把“{value.month}-{value.day}”变成了日期{show_day_short(value)}，按{low}至{high}人中的{high}人理解"
        findings.read_as(field, f"{high}人", why)
        return high, None
    text = findings.text(field)
    if is_nothing(text):
        count = told or visitors
        asked = f"人数没有填，按{why}理解" if told else f"人数没有填，按来访人{visitors}人理解"
        findings.read_as(field, f"{count}人", asked)
        return count, None
    try:
        reading = read_count(text)
    except Unreadable as unreadable:
        return _found_in(findings, text, told or visitors, str(unreadable), field), None
    if reading.count == 0:
        findings.wrong(field, f"人数是0，先按{visitors}人登记")
        return visitors, None
    if reading.doubt:
        households = f"{reading.households}户" if reading.households else ""
        findings.read_as(field, f"{households}{reading.count}人", reading.doubt)
    return reading.count, reading.households


def _found_in(findings: Findings, text: str, otherwise: int, wrong: str, field: str) -> int:
    """The one number of people in a cell of more words: 集体（23人）, 2批5人."""
    found = {int(number) for number in _COUNTED.findall(arabic(plain(text)))}
    if len(found) != 1 or not 0 < min(found) <= 100_000:
        findings.wrong(field, f"{wrong}先按{otherwise}人登记")
        return otherwise
    count = found.pop()
    findings.read_as(field, f"{count}人", f"“{text}”按{count}人理解")
    return count
