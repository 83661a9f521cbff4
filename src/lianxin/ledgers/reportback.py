"""Report-back summaries: numbers of votes per deputy; rows that do not add up are refused with their numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Literal

from lianxin.domain.checks import read_number
from lianxin.domain.counts import percent
from lianxin.domain.dates import DayReading, Unreadable, show_day
from lianxin.domain.numerals import plain
from lianxin.domain.tally.arithmetic import (
    GRADE_WIRES,
    CountedRow,
    Finding,
    marks_of,
    row_findings,
    sheet_findings,
)
from lianxin.domain.tally.rates import share
from lianxin.ledgers.cells import Workbook
from lianxin.ledgers.days import resolve_days
from lianxin.ledgers.findings import Findings, RefusedRow
from lianxin.ledgers.headings import Column, Heading
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
    Column("satisfied", "满意", ("满意票", "满意票数")),
    Column("basically", "基本满意", ("基本满意票", "基本满意票数")),
    Column("unsatisfied", "不满意", ("不满意票", "不满意票数")),
    Column("excellent", "优秀", ("优秀票", "优秀票数")),
    Column("competent", "称职", ("称职票", "称职票数")),
    Column("barely", "基本称职", ("基本称职票", "基本称职票数")),
    Column("incompetent", "不称职", ("不称职票", "不称职票数")),
    Column("scored", "打分票", ("打分票数",)),
    Column("points", "总分", ("总得分", "得分合计")),
    Column("unknown", "不了解", ("不了解票", "不了解票数")),
    Column("abstained", "弃权", ("弃权票", "弃权票数")),
    Column("row_void", "该行无效", ("行无效", "该项无效")),
    Column("rate", "满意率", ("满意度", "满意率(%)")),
)
_SHEETS = ("due", "present", "issued", "returned", "valid", "void")
_GRADES: Mapping[str, tuple[str, ...]] = {
    "three": ("satisfied", "basically", "unsatisfied"),
    "four": ("excellent", "competent", "barely", "incompetent"),
    "competent": ("competent", "barely", "incompetent"),
    "percent": ("scored",),
}
"""Scheme of grades → its columns, best first; those of a sheet are told by the columns it has."""
_WIRE_OF = {
    "due": "expected", "present": "present", "issued": "issued", "returned": "returned", "valid": "valid",
    "void": "invalid", "unknown": "unknown", "abstained": "abstained", "row_void": "void",
}  # fmt: skip
"""Column of a summary → wire name of the count, whatever the scheme."""
_NO_VOTES = "没有各等次的票数，请填写"


@dataclass(frozen=True)
class TallyRow:
    """One deputy's vote as the summary has it, in its `scheme` of grades. `counts` are by column (due, present,
    issued, … satisfied, …); `points` the sum of 百分制; `rate` as typed, 82.2%."""

    row: LedgerRow
    name: str
    day: date
    means: Literal["oral", "written"]
    counts: Mapping[str, int]
    rate: str | None
    scheme: str = "three"
    points: Decimal | None = None

    def by_wire(self) -> dict[str, int]:
        """The counts under the wire names of the records; columns of another scheme are left out."""
        wires = _wires(self.scheme)
        return {wires[field]: count for field, count in self.counts.items() if field in wires}


@dataclass(frozen=True)
class TallySummary:
    """A whole report-back summary as understood."""

    sheets: tuple[SheetReading, ...]
    rows: tuple[TallyRow, ...]
    refused: tuple[RefusedRow, ...]


def has_votes(heading: Heading) -> bool:
    """Whether a sheet has the votes of any scheme in its columns."""
    return any(heading.column_of(fields[0]) for fields in _GRADES.values()) or bool(
        heading.column_of("points")
    )


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
            found = _understood(row, day, _scheme(sheet))
            if isinstance(found, TallyRow):
                rows.append(found)
            else:
                refused.append(found)
    return TallySummary(sheets, tuple(rows), tuple(refused))


def _scheme(sheet: SheetReading) -> str:
    """The scheme whose best grade has a column; 三档 where none has."""
    heading = sheet.heading
    if heading is None or heading.column_of("satisfied"):
        return "three"
    if heading.column_of("points") or heading.column_of("scored"):
        return "percent"
    return next((name for name in ("four", "competent") if heading.column_of(_GRADES[name][0])), "three")


def _wires(scheme: str) -> dict[str, str]:
    return {**_WIRE_OF, **dict(zip(_GRADES[scheme], GRADE_WIRES, strict=False))}


def _understood(row: LedgerRow, day: DayReading | Unreadable, scheme: str) -> TallyRow | RefusedRow:
    findings = Findings(row)
    name = _name(findings)
    held = _day(findings, day)
    counts, points = _counts(findings, scheme), _points(findings) if scheme == "percent" else None
    means = plain(findings.text("means"))
    field_of = {wire: field for field, wire in _wires(scheme).items()}
    if not any(field in counts for field in _GRADES[scheme]):
        findings.refuse(_GRADES[scheme][0], _NO_VOTES)
    else:
        for finding in _contradictions(counts, points, name or "", scheme):
            findings.refuse(field_of.get(finding.wire, finding.wire), finding.words)
    if doubt := _rate_doubt(counts, findings.words("rate")):
        findings.wrong("rate", doubt)
    if refused := findings.refused():
        return refused
    assert name is not None and held is not None
    spoken: Literal["oral", "written"] = "written" if "书面" in means else "oral"
    return TallyRow(findings.row, name, held, spoken, counts, findings.words("rate"), scheme, points)


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


def _counts(findings: Findings, scheme: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for field in _wires(scheme):
        if text := findings.words(field):
            try:
                counts[field] = read_number(text)
            except Unreadable as unreadable:
                findings.wrong(field, str(unreadable))
    if scheme == "percent" and "scored" not in counts and "valid" in counts:
        # A summary in points seldom says how many sheets gave some: all valid ones but those without a mark.
        counts["scored"] = counts["valid"] - counts.get("abstained", 0) - counts.get("row_void", 0)
    return counts


def _points(findings: Findings) -> Decimal | None:
    text = findings.words("points")
    try:
        points = Decimal(plain(text)) if text else None
    except InvalidOperation:
        findings.refuse("points", f"“{text}”不是分数，请核对")
        return None
    if points is None:
        findings.refuse("points", "百分制要有总分（各张票得分之和），请填写")
    return points


def _contradictions(
    counts: Mapping[str, int], points: Decimal | None, name: str, scheme: str
) -> list[Finding]:
    """What does not add up, by the same sums and in the same sentences as on the screen of the count.

    A number nobody wrote down contradicts nothing: columns a summary does not have are passed over.
    """
    wires = _wires(scheme)
    sheets: dict[str, int | None] = {wires[field]: counts.get(field) for field in _SHEETS}
    # A summary tells how many sheets were invalid, not why.
    sheets["unstated"] = counts.get("void")
    found = [one for one in sheet_findings(sheets) if one.severity != "missing"]
    by_wire = {wires[field]: count for field, count in counts.items() if field in wires}
    marks = [mark for mark in marks_of(scheme, unknown=True) if mark.wire in by_wire]
    if len(marks) >= len(_GRADES[scheme]):
        row = CountedRow("", name, by_wire, points)
        sums = row_findings(row, valid=counts.get("valid"), marks=marks, percent=scheme == "percent")
        found += [one for one in sums if one.severity != "missing"]
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
