"""Figures of meetings and activities: days and attendance of the congress, presidium, groups, training, days of duty
(domain.md 6.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from lianxin.domain.counts import (
    NOTHING,
    Facts,
    Figure,
    decimal,
    mean,
    number,
    percent,
    persons_in,
    serving,
    share,
)
from lianxin.domain.meetings.attendance import days_of_event, duty_days, tally_of
from lianxin.domain.periods import Period
from lianxin.domain.records import Activity, Attendance, Meeting


def activity_figures(period: Period, facts: Facts) -> list[Figure]:
    """会期, 出席率, 小组活动次数, 代表参加率, 培训覆盖率, 履职天数人均 of a period, by the date of each event."""
    held = [each for each in facts.meetings if each.held and each.day in period]
    done = [each for each in facts.activities if not each.cancelled and each.day in period]
    congress = [each for each in held if each.meeting_type == "congress"]
    presidium = [each for each in held if each.meeting_type == "presidium"]
    return [
        _congress_days(congress),
        _rate("congress_rate", "人代会出席率", "人代会", congress, facts.attendances),
        _rate("presidium_rate", "主席团会议出席率", "主席团会议", presidium, facts.attendances),
        *_groups(done, facts),
        *_people(period, held, done, facts),
    ]


def _congress_days(congresses: Sequence[Meeting]) -> Figure:
    days = sum((Fraction(days_of_event(each)) for each in congresses), Fraction())
    said = "本期召开的人代会会期之和；没有填写会期的按日期和时间算，半天计0.5天。"
    return Figure(
        "congress_days", "人代会会期", "天", days, _halves(days), said, "meeting",
        tuple(each.uid for each in congresses),
    )  # fmt: skip


def _rate(
    key: str, label: str, what: str, held: Sequence[Meeting], attendances: Sequence[Attendance]
) -> Figure:
    """实到 ÷ 应到 over all meetings together; the meetings are what it leads to."""
    uids = frozenset(each.uid for each in held)
    tally = tally_of(each for each in attendances if each.owner in uids)
    value = tally.rate
    said = f"本期召开的{what}实到人次 ÷ 应到人次；列席不计，请假和缺席都计入应到。没有名单的会议不计。"
    return Figure(
        key, label, "%", value, percent(value), said, "meeting", tuple(each.uid for each in held),
        tally.present, tally.expected,
    )  # fmt: skip


def _groups(done: Sequence[Activity], facts: Facts) -> list[Figure]:
    of_groups = [each for each in done if each.group or each.activity_type == "group"]
    times = {group.uid: sum(each.group == group.uid for each in of_groups) for group in facts.groups}
    said = "本期代表小组活动次数（类型是小组活动，或写明了代表小组），取消的不计。"
    each = "本期写明了代表小组的活动次数 ÷ 代表小组数。"
    return [
        number("group_activities", "代表小组活动", "次", said, "activity", [act.uid for act in of_groups]),
        mean("group_activities_each", "每个小组活动", "次", each, "group", times),
    ]


def _people(period: Period, held: Sequence[Meeting], done: Sequence[Activity], facts: Facts) -> list[Figure]:
    deputies = persons_in(serving(facts.mandates, period.end))
    active = _present(facts.attendances, (each.uid for each in done))
    trained = _present(facts.attendances, (each.uid for each in done if each.activity_type == "training"))
    whole = len(deputies)
    events: dict[str, Activity | Meeting] = {each.uid: each for each in done}
    events.update((each.uid, each) for each in held)
    told = duty_days(events, facts.attendances)
    days = sum((Fraction(told[person].days) for person in deputies if person in told), Fraction())
    value = days / whole if whole else None
    return [
        share(
            "activity_participation", "代表参加活动率",
            "本期至少参加一次履职活动的在任代表 ÷ 在任代表（按人计）。", "person",
            [person for person in deputies if person in active], whole,
        ),
        share(
            "training_coverage", "培训覆盖率", "本期至少参加一次学习培训的在任代表 ÷ 在任代表（按人计）。", "person",
            [person for person in deputies if person in trained], whole,
        ),
        Figure(
            "duty_days_each", "人均履职天数", "天", value, NOTHING if value is None else decimal(value),
            "本期在任代表出席会议和参加活动的天数之和 ÷ 在任代表；按半天计，个人另填天数的按个人的。", "person",
            tuple(person for person in deputies if person in told),
        ),
    ]  # fmt: skip


def _present(attendances: Iterable[Attendance], owners: Iterable[str]) -> frozenset[str]:
    wanted = frozenset(owners)
    return frozenset(
        each.person
        for each in attendances
        if each.person and each.presence == "present" and each.owner in wanted
    )


def _halves(days: Fraction) -> str:
    return str(days.numerator) if days.denominator == 1 else decimal(days)
