"""Figures of report-backs, ballots, activities, meetings, publicity and honours a return asks for (domain.md 6.3, 6.4)."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain.counts import Facts, Figure, number, persons_in, serving, share
from lianxin.domain.periods import Period
from lianxin.domain.records import Activity
from lianxin.domain.reporting_year import report_day

_ACTIVITIES = (
    ("inspections", "视察", "inspection"),
    ("researches", "专题调研", "research"),
    ("law_checks", "执法检查", "law_check"),
    ("trainings", "学习培训", "training"),
)


def year_figures(period: Period, facts: Facts) -> list[Figure]:
    """述职, 测评, 活动, 会议 and 表彰 of a period, by the date of each."""
    return [
        *_reports(period, facts),
        _ballots(period, facts),
        *_activities(period, facts.activities),
        *_meetings(period, facts),
        *_honours(period, facts),
    ]


def _reports(period: Period, facts: Facts) -> list[Figure]:
    days = {report.uid: report_day(report, facts.sessions) for report in facts.reports}
    in_period = [report for report in facts.reports if days[report.uid] in period]
    oral = [report.uid for report in in_period if report.mode == "oral"]
    written = [report.uid for report in in_period if report.mode == "written"]
    year = period.end.year
    of_year = {
        report.person
        for report in facts.reports
        if report.year == year
        and report.level == "township"
        and (day := days[report.uid]) is not None
        and day <= period.end
    }
    deputies = persons_in(m for m in serving(facts.mandates, period.end) if m.level == "township")
    reported = [person for person in deputies if person in of_year]
    return [
        number("oral_reports", "口头述职", "人", "本期在已召开的述职评议会上口头述职的代表人数。", "year-report", oral),
        number("written_reports", "书面述职", "人", "本期交来书面述职报告的代表人数。", "year-report", written),
        share(
            "reported_rate", "述职率（乡镇代表）",
            f"{year}年到期末已述职（口头或书面）的在任乡镇人大代表 ÷ 在任乡镇人大代表；各级分别计算，不混在一起。",
            "person", reported, len(deputies),
        ),
    ]  # fmt: skip


def _ballots(period: Period, facts: Facts) -> Figure:
    counted = [
        each
        for each in facts.evaluations
        if each.day in period and each.state == "confirmed" and each.target == "deputy"
    ]
    said = "本期已确认的代表述职测评中收回的测评票数之和，即参加测评的人数。"
    total = sum(each.returned or 0 for each in counted)
    return number("ballots", "测评人数", "人", said, "evaluation", [each.uid for each in counted], total)


def _activities(period: Period, activities: Sequence[Activity]) -> list[Figure]:
    done = [each for each in activities if each.day in period and not each.cancelled]
    counted = {code for _, _, code in _ACTIVITIES}
    four = [each.uid for each in done if each.activity_type in counted]
    said = "本期视察、专题调研、执法检查、学习培训的次数之和，取消的不计。"
    found = [number("activities", "活动", "次", said, "activity", four)]
    for key, label, code in _ACTIVITIES:
        of_type = [each.uid for each in done if each.activity_type == code]
        found.append(number(key, label, "次", f"本期开展的{label}次数，取消的不计。", "activity", of_type))
    themed = [each.uid for each in done if each.activity_type == "theme" or each.theme]
    said = "本期开展的主题活动次数，以及归入年度主题的其他活动，取消的不计。"
    return [*found, number("theme_activities", "主题活动", "次", said, "activity", themed)]


def _meetings(period: Period, facts: Facts) -> list[Figure]:
    held = [each for each in facts.meetings if each.held and each.day in period]
    told = (("presidium_meetings", "主席团会议", "presidium"), ("congresses", "人代会", "congress"))
    return [
        number(
            key, label, "次", f"本期召开的{label}次数，按开始日期计。", "meeting",
            [each.uid for each in held if each.meeting_type == code],
        )
        for key, label, code in told
    ]  # fmt: skip


def _honours(period: Period, facts: Facts) -> list[Figure]:
    granted = [each.uid for each in facts.honours if each.state == "granted" and each.granted in period]
    taken = [each.uid for each in facts.publicity if each.day is not None and each.day in period]
    typical = [each.uid for each in facts.typical if each.day in period]
    return [
        number(
            "publicity", "信息采用", "篇", "本期被采用的信息宣传稿件篇数，按采用日期计。", "publicity", taken
        ),
        number("honours", "表彰", "项", "本期授予的表彰奖励项数，按表彰日期计。", "honour", granted),
        number(
            "typical_cases",
            "典型案例",
            "个",
            "本期总结的典型案例个数，按案例日期计。",
            "typical-case",
            typical,
        ),
    ]
