"""The arithmetic of a vote by ballot: which counts must agree, and by how much they do not (domain.md 3.19).

Only sums are known here: a ballot is never an object of this module. Counts of a row stand under the wire names of
`TallyRow`, those of the sheets under the wire names of `Evaluation`, so that a sentence can be shown beside its field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lianxin.domain.records import Evaluation, TallyRow

Severity = Literal["missing", "wrong", "void"]
"""missing: not everything is in yet; wrong: two numbers do not agree; void: by the rules the vote must be repeated."""

GRADES: Mapping[str, tuple[str, ...]] = {
    "three": ("满意", "基本满意", "不满意"),
    "four": ("优秀", "称职", "基本称职", "不称职"),
    "competent": ("称职", "基本称职", "不称职"),
    "percent": ("打分票",),
}
"""What a row can be marked with, best first, for each scheme."""

GRADE_WIRES = ("first", "second", "third", "fourth")
CAUSES = (("blank", "全空白"), ("several", "每行都多选"), ("illegible", "字迹不清"), ("altered", "另行涂改"))
"""Why a whole sheet is invalid (domain.md 3.19)."""
UNSTATED = ("unstated", "未注明原因")
"""Invalid sheets of a summary taken in that gives no causes."""

SHEET_WIRES = (
    "expected",
    "present",
    "issued",
    "returned",
    "valid",
    "invalid",
    *(wire for wire, _ in CAUSES),
    UNSTATED[0],
)
_LABELS = {
    "expected": "应到", "present": "实到", "issued": "发出票", "returned": "收回票", "valid": "有效票",
    "invalid": "无效票",
}  # fmt: skip
_UNITS = {"expected": "人", "present": "人"}
OVERALL = "总体评价"
"""The aspect that speaks for the whole."""
BEST_POINTS = 100
"""The most one sheet gives in 百分制."""

Counts = Mapping[str, int | None]


@dataclass(frozen=True)
class Mark:
    """One column of the count: its wire name in `TallyRow` and its word on the ballot."""

    wire: str
    label: str


@dataclass(frozen=True)
class Finding:
    """One thing that stands against confirming. `row` is the uid of a row, "" for the sheets; `wire` its field."""

    severity: Severity
    words: str
    wire: str = ""
    row: str = ""


@dataclass(frozen=True)
class CountedRow:
    """The counters of one row with its name as people read it (周桂兰, 周桂兰·联系群众)."""

    uid: str
    name: str
    counts: Counts
    points: Decimal | None = None


def grades_of(scheme: str) -> tuple[Mark, ...]:
    """The grades of a scheme, best first. KeyError for a scheme that is not known."""
    return tuple(Mark(wire, label) for wire, label in zip(GRADE_WIRES, GRADES[scheme], strict=False))


def marks_of(scheme: str, *, unknown: bool) -> tuple[Mark, ...]:
    """Every column of a row: the grades, 不了解 where the ballot has it, blanks, and rows with several marks."""
    between = (Mark("unknown", "不了解"),) if unknown and scheme != "percent" else ()
    return (*grades_of(scheme), *between, Mark("abstained", "弃权"), Mark("void", "该行无效"))


def counts_of(row: TallyRow) -> dict[str, int | None]:
    """The counters of a stored row by wire name."""
    return {
        "first": row.first, "second": row.second, "third": row.third, "fourth": row.fourth,
        "unknown": row.unknown, "abstained": row.abstained, "void": row.void,
    }  # fmt: skip


def is_overall(row: TallyRow) -> bool:
    """Whether a row judges a target as a whole: without an aspect, or in 总体评价."""
    return row.aspect in (None, "", OVERALL)


def sheets_of(evaluation: Evaluation) -> dict[str, int | None]:
    """The counts of the sheets of a stored evaluation by wire name."""
    one = evaluation
    return {
        "expected": one.expected, "present": one.present, "issued": one.issued, "returned": one.returned,
        "valid": one.valid, "invalid": one.invalid, "blank": one.blank, "several": one.several,
        "illegible": one.illegible, "altered": one.altered, "unstated": one.unstated,
    }  # fmt: skip


def row_sum(counts: Counts, marks: Sequence[Mark]) -> int:
    """What a row adds up to so far; a counter that is not in yet counts nothing."""
    return sum(counts.get(mark.wire) or 0 for mark in marks)


# ---- the sheets ----------------------------------------------------------------------------------


def sheet_findings(sheets: Counts) -> list[Finding]:
    """What the counts of the sheets say against each other: 收回 ≤ 发出 ≤ 实到 ≤ 应到; 收回 = 有效 + 无效.

    More returned than issued makes the vote void (重庆乡镇条例 §24; by analogy 选举法 §44).
    """
    missing = [
        Finding("missing", f"还没有填{label}", wire)
        for wire, label in _LABELS.items()
        if sheets.get(wire) is None
    ]
    return [*missing, *_in_order(sheets), *_returned_agree(sheets), *_causes_agree(sheets)]


def unreturned(sheets: Counts) -> int:
    """Sheets given out and not given back; people keep them, which is allowed and is said on the result."""
    issued, returned = sheets.get("issued"), sheets.get("returned")
    return max(0, issued - returned) if issued is not None and returned is not None else 0


def _in_order(sheets: Counts) -> Iterator[Finding]:
    pairs: tuple[tuple[str, str, Severity], ...] = (
        ("present", "expected", "wrong"), ("issued", "present", "wrong"), ("returned", "issued", "void"),
    )  # fmt: skip
    for more, less, severity in pairs:
        one, other = sheets.get(more), sheets.get(less)
        if one is None or other is None or one <= other:
            continue
        words = f"{_told(more, one)}多于{_told(less, other)}，多{one - other}{_unit(more)}"
        if severity == "void":
            words += "，按规定这次测评无效，应当重新投票"
        yield Finding(severity, words, more)


def _returned_agree(sheets: Counts) -> Iterator[Finding]:
    returned, valid, invalid = (sheets.get(wire) for wire in ("returned", "valid", "invalid"))
    if returned is None or valid is None or invalid is None or valid + invalid == returned:
        return
    told = f"有效票{valid}张加无效票{invalid}张是{valid + invalid}张，收回票是{returned}张"
    yield Finding("wrong", f"{told}，{_off(valid + invalid, returned, '张')}", "valid")


def _causes_agree(sheets: Counts) -> Iterator[Finding]:
    invalid = sheets.get("invalid")
    causes = sum(sheets.get(wire) or 0 for wire, _ in (*CAUSES, UNSTATED))
    if invalid is None or causes == invalid:
        return
    told = f"无效票{invalid}张，写明原因的合计{causes}张"
    yield Finding("wrong", f"{told}，{_off(causes, invalid, '张')}", "invalid")


# ---- the rows ------------------------------------------------------------------------------------


def row_findings(
    row: CountedRow, *, valid: int | None, marks: Sequence[Mark], percent: bool = False
) -> list[Finding]:
    """What one row says against the valid sheets: every valid sheet is in exactly one of its columns."""
    empty = [mark for mark in marks if row.counts.get(mark.wire) is None]
    if empty:
        told = "票数" if len(empty) == len(marks) else "、".join(f"“{mark.label}”" for mark in empty)
        return [Finding("missing", f"{row.name}：还没有填{told}", empty[0].wire, row.uid)]
    found = []
    total = row_sum(row.counts, marks)
    if valid is not None and total != valid:
        told = f"{row.name}：各项合计{total}票，有效票是{valid}票，{_off(total, valid, '票')}"
        found.append(Finding("wrong", told, marks[0].wire, row.uid))
    if percent:
        found += _points_agree(row)
    return found


def _points_agree(row: CountedRow) -> list[Finding]:
    sheets = row.counts.get("first") or 0
    if row.points is None:
        return [Finding("missing", f"{row.name}：还没有填总分", "points", row.uid)]
    if row.points < 0 or row.points > sheets * BEST_POINTS:
        most = sheets * BEST_POINTS
        told = f"{row.name}：总分{row.points}不对，{sheets}张打分票最多{most}分"
        return [Finding("wrong", told, "points", row.uid)]
    return []


def findings(
    sheets: Counts, rows: Sequence[CountedRow], *, scheme: str, unknown: bool
) -> tuple[Finding, ...]:
    """Everything that stands against confirming, what makes the vote void first, what is missing last."""
    marks = marks_of(scheme, unknown=unknown)
    found = sheet_findings(sheets)
    if not rows:
        found.append(Finding("missing", "还没有测评对象"))
    for row in rows:
        found += row_findings(row, valid=sheets.get("valid"), marks=marks, percent=scheme == "percent")
    order: dict[Severity, int] = {"void": 0, "wrong": 1, "missing": 2}
    return tuple(sorted(found, key=lambda each: order[each.severity]))


def _told(wire: str, count: int) -> str:
    return f"{_LABELS[wire]}{count}{_unit(wire)}"


def _unit(wire: str) -> str:
    return _UNITS.get(wire, "张")


def _off(found: int, wanted: int, unit: str) -> str:
    return f"{'多' if found > wanted else '少'}{abs(found - wanted)}{unit}"
