"""Shares of a vote, compared exactly and shown with one decimal; equal shares are equal; grades by a rule only."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lianxin.domain import codes
from lianxin.domain.counts import NOTHING
from lianxin.domain.kinds import plain_decimal
from lianxin.domain.records import GradeRule, GradeStep
from lianxin.domain.tally.arithmetic import GRADE_WIRES, Counts, grades_of


@dataclass(frozen=True)
class Base:
    """What shares are counted of: its code, its words and its number in this vote."""

    code: str
    label: str
    number: int | None


@dataclass(frozen=True)
class Standing:
    """One target for comparing: the best grade's votes, and the people who took part."""

    uid: str
    best: int
    whole: int
    people: int


@dataclass(frozen=True)
class Ranked:
    """A target with its place; equal shares have one place (并列)."""

    uid: str
    place: int
    shared: bool


@dataclass(frozen=True)
class Step:
    """One grade of a rule: the share of the first `marks` grades must reach `least` percent."""

    name: str
    marks: int
    least: Decimal


def base_of(code: str, sheets: Counts) -> Base:
    """The base of shares: 有效票, 收回票 or 参评人数 (domain.md 5.1)."""
    label = {"present": "参评人数"}.get(code) or codes.RATE_BASE.label_of(code)
    return Base(code, label, sheets.get(code))


def share(part: int, whole: int | None) -> Fraction | None:
    """The exact share; None of nothing. Whoever compares takes this, never what is shown."""
    return Fraction(part, whole) if whole else None


def good_share(counts: Counts, marks: int, whole: int | None) -> Fraction | None:
    """The share of the first `marks` grades together: 1 满意率, 2 满意（含基本满意）率."""
    return share(sum(counts.get(wire) or 0 for wire in GRADE_WIRES[:marks]), whole)


def average(points: Decimal | None, sheets: int | None) -> str:
    """The mean of 百分制 with two decimals, halves upwards; — when nobody gave points."""
    if points is None or not sheets:
        return NOTHING
    exact = Fraction(points) / sheets
    hundredths = (exact.numerator * 200 + exact.denominator) // (2 * exact.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def ranked(standings: Sequence[Standing]) -> tuple[Ranked, ...]:
    """By share; equal shares share a place, within it first who has more best votes, then more people (S36)."""
    order = sorted(
        standings,
        key=lambda one: (-(share(one.best, one.whole) or Fraction(0)), -one.best, -one.people, one.uid),
    )
    shares = [share(one.best, one.whole) or Fraction(0) for one in order]
    return tuple(
        Ranked(one.uid, shares.index(its) + 1, shares.count(its) > 1)
        for one, its in zip(order, shares, strict=True)
    )


# ---- grades --------------------------------------------------------------------------------------


def steps_of(steps: Sequence[GradeStep]) -> tuple[Step, ...]:
    """The steps of a rule, best first."""
    return tuple(
        Step(each.name, each.marks, each.least) for each in sorted(steps, key=lambda each: each.place)
    )


def grade(counts: Counts, steps: Sequence[Step], whole: int | None) -> str:
    """The first step whose share is reached, exactly; "" where the base is nothing or no step is reached."""
    for step in steps:
        value = good_share(counts, step.marks, whole)
        if value is not None and value >= Fraction(step.least) / 100:
            return step.name
    return ""


def rule_problems(rule: GradeRule, steps: Sequence[Step]) -> dict[str, str]:
    """What stands against using a rule: without a document number there is no grade (domain.md 5.1, M4)."""
    wrong: dict[str, str] = {}
    if not rule.active:
        wrong["active"] = "评定办法没有启用"
    if not rule.document.strip():
        wrong["document"] = "评定办法没有文号，不能用来评定等次"
    if not steps:
        wrong["name"] = "评定办法还没有写等次，不能使用"
    grades = len(grades_of(rule.scheme))
    for one in steps:
        if not 1 <= one.marks <= grades:
            wrong["steps"] = f"“{one.name}”写的是计入前{one.marks}档，{rule.shown('scheme')}只有{grades}档"
        elif not 0 <= one.least <= 100:
            wrong["steps"] = f"“{one.name}”写的是达到{one.least}%，应在0到100之间"
    if any(a.marks == b.marks and a.least <= b.least for a, b in itertools.pairwise(steps)):
        wrong["steps"] = "等次要从高到低写，前一等次的百分比应高于后一等次"
    return wrong


def rule_words(rule: GradeRule, steps: Sequence[Step]) -> str:
    """The rule in one sentence, as it is kept with the result: 《…》（文号，版本）：以有效票为基数，…"""
    version = f"，{rule.version}" if rule.version else ""
    labels = [mark.label for mark in grades_of(rule.scheme)]
    told = [
        f"{'、'.join(labels[: one.marks])}票{'合计' if one.marks > 1 else ''}达到{plain_decimal(one.least)}%为{one.name}"
        if one.least
        else f"其余为{one.name}"
        for one in steps
    ]
    base = base_of(rule.base, {}).label
    return f"《{rule.name}》（{rule.document}{version}）：以{base}为基数，{'，'.join(told)}"
