"""Duties of the year that meetings and activities fulfil: congress, presidium, activities of the groups.

Sources: 组织法 §14; domain.md 2.4 (provinces differ, so every number stands in the profile), 3.24.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from lianxin.domain.counts import Facts
from lianxin.domain.dates import show_day_short
from lianxin.domain.duties.duty import Duty, of_all, recurring, standing
from lianxin.domain.records import DeputyGroup, Meeting
from lianxin.domain.rules import Rule, RuleProfile, add_months, next_due

PRESIDIUM_NOTICE = timedelta(days=15)
"""Reminded at day 75 of 90 (domain.md 3.24)."""


def event_duties(year: int, facts: Facts, *, profile: RuleProfile, today: date) -> tuple[Duty, ...]:
    """The duties of a calendar year, as they stand on `today`."""
    held = [each for each in facts.meetings if each.held and each.day <= today]
    congresses = [each for each in held if each.meeting_type == "congress"]
    presidium = [each for each in held if each.meeting_type == "presidium"]
    return (
        _times_a_year("congress", "人代会", profile.congress, congresses, year, today),
        _long_enough(congresses, year, profile),
        presidium_duty(presidium, year, profile=profile, today=today),
        _groups(year, facts, profile, today),
    )


def _times_a_year(key: str, label: str, rule: Rule, held: Sequence[Meeting], year: int, today: date) -> Duty:
    of_year = [each for each in held if each.day.year == year]
    needed = rule.value * 12 // (rule.months or 12)
    short = max(needed - len(of_year), 0)
    over = today > date(year, 12, 31)
    said = f"还需召开{short}次，12月31日前" if short else "全年次数已够"
    return Duty(
        key, f"{label}每年{needed}次", len(of_year), needed, needed if over else 0, "次", rule.source, said,
        standing(len(of_year), needed, 0, 1 if short and over else 0), tuple(each.uid for each in of_year),
    )  # fmt: skip


def _long_enough(congresses: Sequence[Meeting], year: int, profile: RuleProfile) -> Duty:
    rule = profile.congress_days
    of_year = [each for each in congresses if each.day.year == year]
    short = [each.uid for each in of_year if each.days is not None and each.days < rule.value]
    said = f"{len(short)}次会期不足{rule.value}天"
    label = f"人代会会期不少于{rule.value}天"
    return of_all("congress_days", label, "次", rule.source, short, len(of_year), said)


def presidium_duty(held: Sequence[Meeting], year: int, *, profile: RuleProfile, today: date) -> Duty:
    """主席团会议: every three months from the last one, or once in every quarter, as the profile has it."""
    rule = profile.presidium
    label = f"主席团会议每{rule.months}个月{rule.value}次"
    days = sorted((each.day, each.uid) for each in held)
    if rule.cadence == "calendar":
        return recurring("presidium", "主席团会议每季一次", rule, days, year, today, "主席团会议")
    of_year = [uid for day, uid in days if day.year == year]
    needed = rule.value * 12 // rule.months
    late = _late_gaps([day for day, _ in days], rule, year, today)
    due = add_months(days[-1][0], rule.months) if days else None
    if due is None:
        said = "还没有主席团会议的记录"
    elif due < today:
        said = f"距上次已满{rule.months}个月，最迟应在{show_day_short(due)}召开"
    else:
        said = f"下次最迟{show_day_short(due)}"
    if late:
        said = f"{late}次间隔超过{rule.months}个月；{said}"
    state = standing(len(of_year), needed, 0, 0)
    if due is None:
        # An office that never entered a meeting is not told that it held none.
        state = "nothing"
    elif late or due < today:
        state = "behind"
    return Duty("presidium", label, len(of_year), needed, 0, "次", rule.source, said, state, tuple(of_year))


def _late_gaps(days: Sequence[date], rule: Rule, year: int, today: date) -> int:
    """How many meetings of the year came later than the interval after the one before."""
    pairs = pairwise(days)
    return sum(later.year == year and later > add_months(before, rule.months) for before, later in pairs)


def presidium_due(held: Sequence[Meeting], *, profile: RuleProfile) -> date | None:
    """By when the presidium must meet again: so many months after the last, or by the end of the next quarter.

    None before the first meeting.
    """
    rule = profile.presidium
    days = [each.day for each in held]
    return next_due(rule, max(days)) if days and rule.cadence != "once" else None


def group_shortfalls(
    year: int, facts: Facts, *, profile: RuleProfile, today: date
) -> tuple[tuple[DeputyGroup, int, int], ...]:
    """(group, activities done this year, asked) of every group that has fewer than asked; the fewest first."""
    times = Counter(
        each.group
        for each in facts.activities
        if each.group and not each.cancelled and each.day.year == year and each.day <= today
    )
    told = [
        (group, times[group.uid], least_of(group, profile))
        for group in facts.groups
        if times[group.uid] < least_of(group, profile)
    ]
    return tuple(sorted(told, key=lambda each: (each[1] - each[2], each[0].name, each[0].uid)))


def least_of(group: DeputyGroup, profile: RuleProfile) -> int:
    """How often a group must be active in a year: its own number before that of the profile."""
    return group.yearly_least if group.yearly_least is not None else profile.group_activities.value


def _groups(year: int, facts: Facts, profile: RuleProfile, today: date) -> Duty:
    rule = profile.group_activities
    short = group_shortfalls(year, facts, profile=profile, today=today)
    over = today > date(year, 12, 31)
    names = "、".join(f"{group.name}差{asked - done}次" for group, done, asked in short[:3])
    more = "等" if len(short) > 3 else ""
    said = f"{names}{more}，12月31日前" if short else "已达标" if facts.groups else "还没有代表小组"
    done = len(facts.groups) - len(short)
    return Duty(
        "group_activities", f"代表小组每年活动{rule.value}次以上", done, len(facts.groups), 0, "个小组",
        rule.source, said, standing(done, len(facts.groups), 0, len(short) if over else 0),
        tuple(group.uid for group, _, _ in short),
    )  # fmt: skip
