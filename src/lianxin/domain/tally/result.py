"""A counted vote as people hear and read it: counts and rates; a grade only where a rule was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lianxin.domain.counts import percent
from lianxin.domain.records import Evaluation, TallyRow
from lianxin.domain.rules import RuleProfile
from lianxin.domain.tally.arithmetic import (
    CAUSES,
    OVERALL,
    UNSTATED,
    Counts,
    Mark,
    counts_of,
    grades_of,
    marks_of,
    sheets_of,
    unreturned,
)
from lianxin.domain.tally.rates import Base, Ranked, Standing, average, base_of, good_share, ranked, share

_BEST = {"three": "满意率", "four": "优秀率", "competent": "称职率"}
_GOOD = {"three": "满意（含基本满意）率", "four": "称职以上率", "competent": "称职（含基本称职）率"}


@dataclass(frozen=True)
class ResultRow:
    """One row: who, in which aspect, and every count with its rate as shown. `place` is "" without a ranking."""

    uid: str
    target: str
    aspect: str
    counts: tuple[tuple[Mark, int, str], ...]
    best: str
    good: str
    average: str
    grade: str
    place: str

    @property
    def name(self) -> str:
        """周桂兰, or with its aspect 周桂兰·联系群众."""
        return f"{self.target}·{self.aspect}" if self.aspect else self.target

    def count(self, wire: str) -> int:
        """One counter; 0 where the ballot has no such column."""
        return next((number for mark, number, _ in self.counts if mark.wire == wire), 0)


@dataclass(frozen=True)
class VoteResult:
    """A whole vote. `best_label` is what the first rate is called, "" in 百分制."""

    name: str
    number: str
    day: date
    place: str
    target: str
    scheme: str
    state: str
    sheets: Counts
    base: Base
    rows: tuple[ResultRow, ...]
    marks: tuple[Mark, ...]
    best_label: str
    good_label: str
    rule: str
    reason: str
    correction: str
    caller: str
    counters: str
    scrutineers: str
    reader: str
    chair: str

    @property
    def graded(self) -> bool:
        """Whether a rule gave grades."""
        return bool(self.rule)

    @property
    def ranking(self) -> bool:
        """Whether the rule asks for places."""
        return any(row.place for row in self.rows)


def rate_label(scheme: str) -> str:
    """What the share of the best grade is called; in 百分制 the mean is shown in its place."""
    return _BEST.get(scheme, "平均分")


def result_of(
    evaluation: Evaluation,
    rows: Sequence[tuple[str, TallyRow]],
    *,
    ranking: bool = False,
    chair: str = "",
) -> VoteResult:
    """The vote with its rates; `rows` are (target's name, row) in order. A planned vote shows dashes."""
    sheets = sheets_of(evaluation)
    base = base_of(evaluation.base, sheets)
    marks = marks_of(evaluation.scheme, unknown=evaluation.unknown)
    places = _places(rows, base, sheets) if ranking else {}
    return VoteResult(
        name=evaluation.name,
        number=evaluation.number or "",
        day=evaluation.day,
        place=evaluation.place or "",
        target=evaluation.target,
        scheme=evaluation.scheme,
        state=evaluation.state,
        sheets=sheets,
        base=base,
        rows=tuple(_row(name, row, marks, base, evaluation.scheme, places) for name, row in rows),
        marks=marks,
        best_label=_BEST.get(evaluation.scheme, ""),
        good_label=_GOOD.get(evaluation.scheme, ""),
        rule=evaluation.grade_rule_told or "",
        reason=evaluation.reason or "",
        correction=evaluation.correction or "",
        caller=evaluation.caller or "",
        counters=evaluation.counters or "",
        scrutineers=evaluation.scrutineers or "",
        reader=evaluation.reader or "",
        chair=chair,
    )


def floor_note(present: int | None, profile: RuleProfile) -> str:
    """A note with the rule's source when fewer evaluate than it asks for; never more than a note (domain.md 0.7)."""
    rule = profile.ballots
    if present is None or present >= rule.value:
        return ""
    return f"参加测评{present}人，不到{rule.value}人（{rule.source}），不影响确认"


def announcement(result: VoteResult) -> tuple[str, ...]:
    """What is read out: the sheets, then one sentence a row, then how the rates were counted (domain.md 4.10).

    Of a vote in aspects that has 总体评价 only that is read out, so that it stays within a minute.
    """
    if result.state == "void":
        return (f"{result.name}作废，需要重新投票。原因：{result.reason}。",)
    overall = [row for row in result.rows if row.aspect == OVERALL]
    told = [_sheets_said(result)]
    told += [f"{_row_said(result, row)}。" for row in overall or result.rows]
    if overall and len(overall) < len(result.rows):
        told.append("各个项目的票数见附表。")
    if result.scheme != "percent":
        told.append(f"以上比率以{base_said(result.base)}为基数计算。")
    return tuple(told)


def base_said(base: Base) -> str:
    """有效票52张, 参评人数54人."""
    return f"{base.label}{base.number or 0}{'人' if base.code == 'present' else '张'}"


def invalid_said(sheets: Counts) -> str:
    """Why sheets are invalid: 全空白1张、字迹不清1张; "" when none is."""
    return "、".join(
        f"{label}{sheets.get(wire)}张" for wire, label in (*CAUSES, UNSTATED) if sheets.get(wire)
    )


def _sheets_said(result: VoteResult) -> str:
    """The sheets in one sentence; of a vote of the past a number nobody wrote down is not spoken of."""
    sheets = result.sheets
    kept, why = unreturned(sheets), invalid_said(sheets)
    told = [
        f"{words}{sheets.get(wire)}{unit}" for wire, words, unit in _SPOKEN if sheets.get(wire) is not None
    ]
    if kept:
        told.insert(min(4, len(told)), f"未收回{kept}张")
    return f"{result.name}{'，'.join(told)}{f'（{why}）' if why else ''}。"


_SPOKEN = (
    ("expected", "应到", "人"), ("present", "实到", "人"), ("issued", "发出测评票", "张"), ("returned", "收回", "张"),
    ("valid", "其中有效票", "张"), ("invalid", "无效票", "张"),
)  # fmt: skip


def _row_said(result: VoteResult, row: ResultRow) -> str:
    title = "代表" if result.target == "deputy" else ""
    about = f"的“{row.aspect}”" if row.aspect and row.aspect != OVERALL else ""
    who = f"{row.target}{title}{about}"
    rest = [
        f"{mark.label}{count}张" for mark, count, _ in row.counts[len(grades_of(result.scheme)) :] if count
    ]
    beside = f"，{'、'.join(rest)}" if rest else ""
    if result.scheme == "percent":
        return f"{who}收到打分票{row.count('first')}张{beside}，平均{row.average}分"
    grades = [(mark.label, row.count(mark.wire)) for mark in grades_of(result.scheme)]
    got = "、".join(f"{label}票{count}张" for label, count in grades if count)
    none = [label for label, count in grades if not count]
    without = f"，无{_and(none)}票" if none and got else ""
    graded = f"，评定为{row.grade}" if row.grade else ""
    return f"{who}{f'获{got}' if got else '没有得票'}{without}{beside}，{result.best_label}{row.best}{graded}"


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{'、'.join(words[:-1])}和{words[-1]}"


def _row(
    target: str, row: TallyRow, marks: Sequence[Mark], base: Base, scheme: str, places: Mapping[str, Ranked]
) -> ResultRow:
    counts = counts_of(row)
    rated = scheme != "percent"
    place = places.get(row.uid)
    return ResultRow(
        row.uid,
        target,
        row.aspect or "",
        tuple((mark, counts.get(mark.wire) or 0, _rate(counts, mark, base)) for mark in marks),
        percent(good_share(counts, 1, base.number)) if rated else "",
        percent(good_share(counts, 2, base.number)) if rated else "",
        average(row.points, row.first) if not rated else "",
        row.grade or "",
        f"{place.place}{'（并列）' if place.shared else ''}" if place else "",
    )


def _rate(counts: Counts, mark: Mark, base: Base) -> str:
    return percent(share(counts.get(mark.wire) or 0, base.number))


def _places(rows: Sequence[tuple[str, TallyRow]], base: Base, sheets: Counts) -> dict[str, Ranked]:
    """Places among the rows of one aspect: what is compared are targets, not aspects."""
    found: dict[str, Ranked] = {}
    for aspect in dict.fromkeys(row.aspect for _, row in rows):
        standings = [
            Standing(row.uid, *_compared(row, base), sheets.get("present") or 0)
            for _, row in rows
            if row.aspect == aspect
        ]
        found |= {one.uid: one for one in ranked(standings)}
    return found


def _compared(row: TallyRow, base: Base) -> tuple[int, int]:
    """Best votes of the base; in 百分制 the hundredths of points of the sheets that gave some."""
    if row.points is not None:
        return int(row.points * Decimal(100)), (row.first or 0) * 100
    return row.first or 0, base.number or 0
