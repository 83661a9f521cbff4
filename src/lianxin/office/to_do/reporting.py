"""述职: promises of January, written reports that are late, meetings that come up, improvements with a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from lianxin.domain.records import Commitment, Improvement, ReportSession, YearReport
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.reportback.report_sessions import session_title
from lianxin.office.reportback.report_year_promises import without_promise
from lianxin.office.reportback.report_year_view import ALWAYS, level_label, read_year
from lianxin.office.to_do.row import ToDo, View, day_badge, day_tone
from lianxin.store.reading import Condition

_AHEAD, _BEHIND = timedelta(days=7), timedelta(days=60)
_PLAN_FROM_MONTH = 10
"""From October on a year that is not planned is told about."""


def promise_reminder(view: View) -> Iterator[ToDo]:
    """In January: who has promised nothing for the year yet (founding document 003-09)."""
    if view.today.month != 1:
        return
    due = date(view.today.year, 1, 31)
    for level in ALWAYS:
        missing = len(without_promise(view.desk, view.reading, level, view.today.year))
        if missing:
            yield ToDo(
                f"{level_label(level)}还有{missing}名没有登记年初履职承诺", "登记承诺",
                day_badge(due, view.today), "soon", due=due, page="reports",
            )  # fmt: skip


def outcome_reminder(view: View) -> Iterator[ToDo]:
    """In December: promises of which nobody has said what became of them."""
    if view.today.month != 12:
        return
    told = view.reading.all(
        Commitment, Condition("year", "=", view.today.year), Condition("state", "=", "open")
    )
    if told:
        due = date(view.today.year, 12, 31)
        yield ToDo(
            f"年初履职承诺还有{len(told)}条没有登记完成情况", "登记完成情况", day_badge(due, view.today), "soon",
            due=due, page="reports",
        )  # fmt: skip


def unplanned_reminder(view: View) -> Iterator[ToDo]:
    """Towards the end of the year: levels whose deputies were not all told how they report."""
    if view.today.month < _PLAN_FROM_MONTH or not view.reading.holds_any(YearReport):
        return
    for level in ALWAYS:
        told = read_year(view.desk, view.reading, level, view.today.year)
        if told.undecided:
            words = f"{level_label(level)}还有{len(told.undecided)}名没有安排今年述职"
            yield ToDo(words, "按建议安排", "待安排", "soon", page="reports")


def late_reports(view: View) -> Iterator[ToDo]:
    """One row for all written reports whose day has passed or is near."""
    until = (view.today + _AHEAD).isoformat()
    waiting = view.reading.all(
        YearReport,
        Condition("mode", "=", "written"),
        Condition("submitted", "empty"),
        Condition("due", "<=", until),
        Condition("year", "=", view.today.year),
    )
    dues = [each.due for each in waiting if each.due]
    if dues:
        first = min(dues)
        yield ToDo(
            f"书面述职报告还有{len(dues)}名没有交", "催交", day_badge(first, view.today),
            day_tone(first, view.today), due=first, kind=YearReport.KIND,
            uid=next(each.uid for each in waiting if each.due == first),
        )  # fmt: skip


def session_rows(view: View) -> Iterator[ToDo]:
    """Meetings of the coming week, and past ones nobody closed."""
    first, last = view.today - _BEHIND, view.today + _AHEAD
    names = Names(view.reading)
    for each in view.reading.all(
        ReportSession,
        Condition("held", "=", False),
        Condition("date", ">=", first.isoformat()),
        Condition("date", "<=", last.isoformat()),
    ):
        past = each.day < view.today
        yield ToDo(
            session_title(names, each), "补登会议情况" if past else "准备述职评议会",
            "待登记" if past else day_badge(each.day, view.today).replace("到期", ""), "soon",
            short_number(each.number or ""), each.day, ReportSession.KIND, each.uid,
        )  # fmt: skip


def improvement_rows(view: View) -> Iterator[ToDo]:
    """What deputies promised to mend, when its day comes."""
    until = (view.today + _AHEAD).isoformat()
    names = Names(view.reading)
    for each in view.reading.all(Improvement, Condition("done", "empty"), Condition("due", "<=", until)):
        if each.due is not None:
            yield ToDo(
                f"{names.of('person', each.person)}整改：{each.what[:30]}", "登记整改结果",
                day_badge(each.due, view.today), day_tone(each.due, view.today), due=each.due,
                kind=Improvement.KIND, uid=each.uid,
            )  # fmt: skip


def reporting_rows(view: View) -> Iterator[ToDo]:
    """Everything about report-backs."""
    for provider in (
        session_rows, improvement_rows, late_reports, promise_reminder, outcome_reminder, unplanned_reminder,
    ):  # fmt: skip
        yield from provider(view)
