"""Report-back summaries: numbers of votes per deputy; rows that do not add up are refused with their numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from lianxin.domain.checks import read_number
from lianxin.domain.counts import percent
from lianxin.domain.dates import DayReading, Unreadable, show_day
from lianxin.domain.numerals import plain
from lianxin.domain.tally import CountedRow, Finding, marks_of, row_findings, sheet_findings
from lianxin.domain.tally_rates import share
from lianxin.ledgers.cells import Workbook
from lianxin.ledgers.days import resolve_days
from lianxin.ledgers.findings import Findings, RefusedRow
from lianxin.ledgers.headings import Column
from lianxin.ledgers.rows import LedgerRow, SheetReading
from lianxin.ledgers.sheets import read_rows

KIND = "tally"
COLUMNS = (
    Column("number", "序号", ("编号",)),
    Column("name", "述职代表", ("姓名", "代表姓名", "代表", "述职人"), required=True),
    Column("day", "日期", ("述职日期", "测评日期", "时间", "述职时间", "测评时间")),
    Column("means", "方式", ("述职方式", "形式")),
    Column("due", "应到", ("应到人数",)),
    Column("present", "实到", ("实到人数",)),
    Column("issued", "发出票", ("发出", "发票", "发出票数", "发放")),
    Column("returned", "收回票", ("收回", "收回票数", "回收")),
    Column("valid", "有效票", ("有效", "有效票数")),
    Column("void", "无效票", ("无效", "废票", "无效票数")),
    Column("satisfied", "满意", ("满意票", "满意票数"), required=True),
    Column("basically", "基本满意", ("基本满意票", "基本满意票数")),
    Column("unsatisfied", "不满意", ("不满意票", "不满意票数")),
    Column("unknown", "不了解", ("不了解票", "不了解票数")),
    Column("abstained", "弃权", ("弃权票", "弃权票数")),
    Column("row_void", "该行无效", ("行无效", "该项无效")),
    Column("rate", "满意率", ("满意度", "满意率(%)")),
)
_SHEETS = ("due", "present", "issued", "returned", "valid", "void")
_WIRE_OF = {
    "due": "expected", "present": "present", "issued": "issued", "returned": "returned", "valid": "valid",
    "void": "invalid", "satisfied": "first", "basically": "second", "unsatisfied": "third", "unknown": "unknown",
    "abstained": "abstained", "row_void": "void",
}  # fmt: skip
"""Column of a summary → wire name of the count."""
_FIELD_OF = {wire: field for field, wire in _WIRE_OF.items()}
_COUNTS = tuple(_WIRE_OF)


@dataclass(frozen=True)
class TallyRow:
    """One deputy's vote as the summary has it. `counts` are by column (due, present, issued, … satisfied, …);
    `rate` as typed, 82.2%."""

    row: LedgerRow
    name: str
    day: date
    means: Literal["oral", "written"]
    counts: Mapping[str, int]
    rate: str | None

    def by_wire(self) -> dict[str, int]:
        """The counts under the wire names of the records."""
        return {_WIRE_OF[field]: count for field, count in self.counts.items()}


@dataclass(frozen=True)
class TallySummary:
    """A whole report-back summary as understood."""

    sheets: tuple[SheetReading, ...]
    rows: tuple[TallyRow, ...]
    refused: tuple[RefusedRow, ...]


def read_tallies(
    workbook: Workbook, *, today: date, overrides: Mapping[str, Mapping[int, str]] | None = None
) -> TallySummary:
    """Understand a report-back summary; a row whose numbers contradict each other is refused (domain.md 3.19)."""
    sheets = read_rows(workbook, COLUMNS, kind=KIND, overrides=overrides)
    rows: list[TallyRow] = []
    refused: list[RefusedRow] = []
    for sheet in sheets:
        days = resolve_days(
            sheet.rows, "day", today=today, context=sheet.context, typed_numbers=sheet.typed_numbers
        )
        for row, day in zip(sheet.rows, days, strict=True):
            found = _understood(row, day)
            if isinstance(found, TallyRow):
                rows.append(found)
            else:
                refused.append(found)
    return TallySummary(sheets, tuple(rows), tuple(refused))


def _understood(row: LedgerRow, day: DayReading | Unreadable) -> TallyRow | RefusedRow:
    findings = Findings(row)
    name = _name(findings)
    held = _day(findings, day)
    counts = _counts(findings)
    means = plain(findings.text("means"))
    wrong = tuple(_contradictions(counts, name or ""))
    for finding in wrong:
        findings.refuse(_FIELD_OF.get(finding.wire, finding.wire), finding.words)
    if doubt := _rate_doubt(counts, findings.words("rate")):
        findings.wrong("rate", doubt)
    if refused := findings.refused():
        return refused
    assert name is not None and held is not None
    spoken: Literal["oral", "written"] = "written" if "书面" in means else "oral"
    return TallyRow(findings.row, name, held, spoken, counts, findings.words("rate"))


def _name(findings: Findings) -> str | None:
    try:
        name = findings.name("name")
    except Unreadable as unreadable:
        findings.refuse("name", str(unreadable))
        return None
    if name is None:
        findings.refuse("name", "述职代表姓名是空的，请填写")
    return name


def _day(findings: Findings, day: DayReading | Unreadable) -> date | None:
    if isinstance(day, DayReading):
        if day.doubt:
            findings.read_as("day", show_day(day.day), day.doubt)
        return day.day
    findings.refuse("day", str(day) if findings.text("day") else "日期是空的，请填写")
    return None


def _counts(findings: Findings) -> dict[str, int]:
    counts: dict[str, int] = {}
    for field in _COUNTS:
        if text := findings.words(field):
            try:
                counts[field] = read_number(text)
            except Unreadable as unreadable:
                findings.wrong(field, str(unreadable))
    return counts


def _contradictions(counts: Mapping[str, int], name: str) -> list[Finding]:
    """What does not add up, by the same sums and in the same sentences as on the screen of the count.

    A number nobody wrote down contradicts nothing: columns a summary does not have are passed over.
    """
    sheets: dict[str, int | None] = {_WIRE_OF[field]: counts.get(field) for field in _SHEETS}
    # A summary tells how many sheets were invalid, not why.
    sheets["unstated"] = counts.get("void")
    marks = [mark for mark in marks_of("three", unknown=True) if _FIELD_OF.get(mark.wire) in counts]
    found = [one for one in sheet_findings(sheets) if one.severity != "missing"]
    if len(marks) >= 3:
        row = CountedRow("", name, {mark.wire: counts[_FIELD_OF[mark.wire]] for mark in marks})
        found += row_findings(row, valid=counts.get("valid"), marks=marks)
    return found


def _rate_doubt(counts: Mapping[str, int], rate: str | None) -> str:
    """A rate that is not that of its votes; the votes count, so the row is taken in all the same."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)%", plain(rate or ""))
    exact = share(counts.get("satisfied", 0), counts.get("valid"))
    if match is None or exact is None or "satisfied" not in counts:
        return ""
    decimals = len(match[1].partition(".")[2])
    if abs(exact * 100 - Fraction(match[1])) * 2 * 10**decimals <= 1:
        return ""
    return f"满意率写{rate}，按有效票应为{percent(exact)}"
