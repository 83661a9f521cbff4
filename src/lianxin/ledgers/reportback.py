"""Report-back summaries: numbers of votes per deputy, and which rows do not add up. Preview only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lianxin.domain.checks import read_number
from lianxin.domain.dates import DayReading, Unreadable, show_day
from lianxin.domain.numerals import plain
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
    Column("abstained", "弃权", ("弃权票", "弃权票数")),
    Column("rate", "满意率", ("满意度", "满意率(%)")),
)
_COUNTS = (
    "due", "present", "issued", "returned", "valid", "void", "satisfied", "basically", "unsatisfied", "abstained"
)  # fmt: skip


@dataclass(frozen=True)
class TallyRow:
    """One deputy's vote as the summary has it. `wrong` says in sentences what does not add up."""

    row: LedgerRow
    name: str
    day: date | None
    means: Literal["oral", "written"] | None
    counts: Mapping[str, int]  # due, present, issued, returned, valid, void, satisfied, basically, …
    rate: str | None  # as typed, "82.2%"
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class TallySummary:
    """A whole report-back summary as understood."""

    sheets: tuple[SheetReading, ...]
    rows: tuple[TallyRow, ...]
    refused: tuple[RefusedRow, ...]


def read_tallies(
    workbook: Workbook, *, today: date, overrides: Mapping[str, Mapping[int, str]] | None = None
) -> TallySummary:
    """Understand a report-back summary, checking every row against domain.md 3.19."""
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
    try:
        name = findings.name("name")
    except Unreadable as unreadable:
        name = None
        findings.refuse("name", str(unreadable))
    if name is None:
        findings.refuse("name", "述职代表姓名是空的，请填写")
        return RefusedRow(findings.row, tuple(findings.fatal))
    held: date | None = None
    if isinstance(day, DayReading):
        held = day.day
        if day.doubt:
            findings.read_as("day", show_day(day.day), day.doubt)
    elif findings.text("day"):
        findings.wrong("day", str(day))
    counts: dict[str, int] = {}
    for field in _COUNTS:
        if text := findings.words(field):
            try:
                counts[field] = read_number(text)
            except Unreadable as unreadable:
                findings.wrong(field, str(unreadable))
    means = plain(findings.text("means"))
    rate = findings.words("rate")
    wrong = tuple(_wrong(counts, rate))
    for sentence in wrong:
        findings.wrong("returned" if "收回" in sentence else "valid", sentence)
    spoken: Literal["oral", "written"] | None = (
        "oral" if "口头" in means else "written" if "书面" in means else None
    )
    return TallyRow(findings.row, name, held, spoken, counts, rate, wrong)


def _wrong(counts: Mapping[str, int], rate: str | None) -> list[str]:
    """What does not add up, each as a sentence with its numbers."""
    found: list[str] = []

    def above(more: str, less: str, more_label: str, less_label: str) -> None:
        if more in counts and less in counts and counts[more] > counts[less]:
            found.append(f"{more_label}{counts[more]}多于{less_label}{counts[less]}")

    above("present", "due", "实到", "应到")
    above("issued", "present", "发出票", "实到")
    above("returned", "issued", "收回票", "发出票")
    if {"returned", "valid", "void"} <= counts.keys() and counts["valid"] + counts["void"] != counts[
        "returned"
    ]:
        total = counts["valid"] + counts["void"]
        found.append(f"有效票加无效票是{total}，收回票是{counts['returned']}")
    grades = [counts[g] for g in ("satisfied", "basically", "unsatisfied", "abstained") if g in counts]
    if "valid" in counts and len(grades) >= 3 and sum(grades) != counts["valid"]:
        found.append(f"各项票数合计{sum(grades)}，有效票是{counts['valid']}")
    match = re.fullmatch(r"(\d+(?:\.\d+)?)%", plain(rate or ""))
    if match and counts.get("valid") and "satisfied" in counts:
        right = counts["satisfied"] * 100 / counts["valid"]
        decimals = len(match[1].partition(".")[2])
        if abs(right - float(match[1])) > 0.5 * 10**-decimals + 1e-9:
            found.append(f"满意率写{rate}，按有效票应为{right:.1f}%")
    return found
