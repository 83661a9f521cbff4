"""Acts on the year's plan of report-backs: who reports how, handing in, handing out; each one act with one way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from lianxin.domain.casework.step_checks import NOTHING_CHANGED
from lianxin.domain.dates import show_day
from lianxin.domain.records import Commitment, Improvement, Mandate, ReportSession, YearReport
from lianxin.domain.report_checks import report_problems
from lianxin.domain.reporting_year import report_day, suggest
from lianxin.office.cases.steps import StepRefused
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.reportback.report_year_view import level_label, read_year
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change, Writing

R = TypeVar("R", ReportSession, YearReport, Commitment, Improvement)


class ReportRefused(StepRefused):
    """The year's plan cannot be changed so; the sentence says why. Nothing was written."""


def decide(
    desk: Desk,
    *,
    level: str,
    year: int,
    persons: Sequence[str],
    mode: str,
    due: date | None = None,
    session: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """改为口头 / 改为书面 of one or several deputies; `due` for written reports, `session` for oral ones.

    Raises ReportRefused, for one who has reported already, or whom that meeting is not for.
    """
    with desk.store.writing(reason="述职安排") as writing:
        for person in persons:
            put_decision(writing, level=level, year=year, person=person, mode=mode, due=due, session=session)
        if draft_key:
            writing.forget_draft(YearReport.KIND, draft_key)
        return tuple(writing.changes)


def arrange(
    desk: Desk, *, level: str, year: int, oral: Sequence[str], due: date | None = None
) -> tuple[Change, ...]:
    """按建议安排: these deputies orally, everybody else of the level who was not decided yet in writing.

    Who was decided by hand stays so, and those who leave are left alone. Raises ReportRefused.
    """
    with desk.store.writing(reason="按建议安排述职") as writing:
        told = read_year(desk, Reading(writing.connection), level, year)
        for each in told.undecided:
            if each.leaving:
                continue
            mode = "oral" if each.person in oral else "written"
            put_decision(
                writing, level=level, year=year, person=each.person, mode=mode,
                due=due if mode == "written" else None,
            )  # fmt: skip
        if not writing.changes:
            raise ReportRefused(f"{level_label(level)}已经全部安排，{NOTHING_CHANGED}要改请选中代表再改。")
        return tuple(writing.changes)


def suggested(desk: Desk, level: str, year: int) -> tuple[str, ...]:
    """The uids of those whose turn it is, as many as the share still misses."""
    with desk.store.reading() as reading:
        return suggest(read_year(desk, reading, level, year))


def undecide(desk: Desk, *, reports: Sequence[str]) -> tuple[Change, ...]:
    """取消安排. Raises ReportRefused for one who has reported already."""

    def one(writing: Writing, report: YearReport) -> None:
        _refuse_reported(Reading(writing.connection), report, "不能取消安排")
        writing.remove(YearReport, report.uid)

    return _on_each(desk, reports, "取消述职安排", one)


def hand_in(desk: Desk, *, reports: Sequence[str], day: date, draft_key: str = "") -> tuple[Change, ...]:
    """登记已交: the written reports came in on this day. Raises ReportRefused."""

    def one(writing: Writing, report: YearReport) -> None:
        if report.mode != "written":
            who = Names(Reading(writing.connection)).of("person", report.person)
            raise ReportRefused(f"{who}今年是口头述职，开了述职评议会就算述职，{NOTHING_CHANGED}")
        writing.put(possible(desk, replace(report, submitted=day)), opened=report)

    return _on_each(desk, reports, "登记书面述职已交", one, draft_key)


def take_in_back(desk: Desk, *, reports: Sequence[str]) -> tuple[Change, ...]:
    """改为未交, 取消述职日期: what was told by mistake."""

    def one(writing: Writing, report: YearReport) -> None:
        writing.put(replace(report, submitted=None, told_on=None), opened=report)

    return _on_each(desk, reports, "述职改为未交", one)


def tell_day(desk: Desk, *, reports: Sequence[str], day: date, draft_key: str = "") -> tuple[Change, ...]:
    """登记述职日期 of oral reports of which no meeting is on record, such as those of earlier years.

    Raises ReportRefused.
    """

    def one(writing: Writing, report: YearReport) -> None:
        if report.mode != "oral" or report.session is not None:
            who = Names(Reading(writing.connection)).of("person", report.person)
            raise ReportRefused(f"{who}的述职日期按述职评议会或交来日期算，不另外填写，{NOTHING_CHANGED}")
        writing.put(possible(desk, replace(report, told_on=day)), opened=report)

    return _on_each(desk, reports, "登记述职日期", one, draft_key)


def set_due(desk: Desk, *, reports: Sequence[str], due: date | None) -> tuple[Change, ...]:
    """应交日期 of written reports."""

    def one(writing: Writing, report: YearReport) -> None:
        if report.mode == "written":
            writing.put(replace(report, due=due), opened=report)

    return _on_each(desk, reports, "书面述职应交日期", one)


def hand_out(
    desk: Desk, *, reports: Sequence[str], day: date, where: str | None, draft_key: str = ""
) -> tuple[Change, ...]:
    """登记印发: the report forms were handed out in the district (founding document 003-13). Raises ReportRefused."""

    def one(writing: Writing, report: YearReport) -> None:
        told = replace(report, handed_out=day, handed_where=where)
        writing.put(possible(desk, told), opened=report)

    return _on_each(desk, reports, "述职报告表印发", one, draft_key)


def unsubmitted_text(desk: Desk, year: int, level: str = "") -> str:
    """催交: a text to paste of the written reports that are not in yet, by level; empty when all are."""
    with desk.store.reading() as reading:
        office, names = office_of(reading), Names(reading)
        levels = [level] if level else ["county", "township"]
        parts = []
        for each in levels:
            waiting = [one for one in read_year(desk, reading, each, year).written if not one.reported]
            if waiting:
                who = "、".join(names.of("person", one.person) for one in waiting)
                dues = sorted({one.report.due for one in waiting if one.report and one.report.due})
                by = f"，应于{show_day(dues[0])}前交" if len(dues) == 1 else ""
                parts.append(f"{level_label(each)}{len(waiting)}名：{who}{by}")
    if not parts:
        return ""
    head = f"各位代表：{year}年度书面述职报告还没有交到{office.short_name or office.name}人大的有："
    return f"{head}{'；'.join(parts)}。请尽快把《人大代表述职报告表》交来。"


def put_decision(
    writing: Writing,
    *,
    level: str,
    year: int,
    person: str,
    mode: str,
    due: date | None = None,
    session: str | None = None,
    order: int = 0,
) -> YearReport:
    """The one plan record of a deputy, level and year, made or changed, inside a transaction. Raises ReportRefused."""
    reading = Reading(writing.connection)
    held = report_of(reading, person, level, year)
    made = held or YearReport(uid=writing.new_uid(), person=person, level=level, year=year, mode=mode)
    if held is not None and mode != held.mode:
        _refuse_reported(reading, held, "不能改变述职方式")
    if session is not None:
        _check_session(reading, session, person, level)
    wanted = replace(
        made,
        mode=mode,
        due=(due or made.due) if mode == "written" else None,
        session=(session or made.session) if mode == "oral" else None,
        order=order or made.order,
    )
    writing.put(wanted, opened=held)
    return wanted


def possible(desk: Desk, record: R) -> R:
    """The record itself when nothing speaks against it. Raises ReportRefused with the sentences."""
    wrong = report_problems(record, desk.today())
    if wrong:
        raise ReportRefused(f"{'；'.join(wrong.values())}，{NOTHING_CHANGED}")
    return record


def check_new(reading: Reading, report: YearReport) -> None:
    """A plan record told by file: one of a deputy, level and year, at a meeting of his own. Raises ReportRefused."""
    known = report_of(reading, report.person, report.level, report.year)
    if known is not None:
        who = Names(reading).of("person", report.person)
        raise ReportRefused(
            f"{who}{report.year}年作为{level_label(report.level)}已有述职安排（{known.uid}），"
            f"{NOTHING_CHANGED}请带上它的 uid 修改"
        )
    if report.session is not None:
        _check_session(reading, report.session, report.person, report.level)


def report_of(reading: Reading, person: str, level: str, year: int) -> YearReport | None:
    """The plan record of one deputy, level and year."""
    found = reading.all(
        YearReport,
        Condition("person", "=", person),
        Condition("level", "=", level),
        Condition("year", "=", year),
        limit=1,
    )
    return found[0] if found else None


def _refuse_reported(reading: Reading, report: YearReport, what: str) -> None:
    day = report_day(report, reading.all(ReportSession))
    if day is not None:
        who = Names(reading).of("person", report.person)
        raise ReportRefused(f"{who}{show_day(day)}已经述职，{what}，{NOTHING_CHANGED}")


def _check_session(reading: Reading, uid: str, person: str, level: str) -> None:
    """One meeting is for deputies of one level and one district (domain.md 3.18)."""
    session, names = reading.get(ReportSession, uid), Names(reading)
    if session is None:
        raise ReportRefused(f"没有找到这次述职评议会，{NOTHING_CHANGED}请重新选择。")
    who = names.of("person", person)
    if session.level != level:
        raise ReportRefused(
            f"这次述职评议会是{level_label(session.level)}的，{who}是作为{level_label(level)}述职，"
            f"层级不同不能放在一次会上，{NOTHING_CHANGED}"
        )
    own = district_of(reading, person, level)
    if session.district and own and own != session.district:
        raise ReportRefused(
            f"这次述职评议会在{names.of('district', session.district)}召开，{who}是"
            f"{names.of('district', own)}选出的，要在原选区述职（组织法第四十三条），{NOTHING_CHANGED}"
        )


def district_of(reading: Reading, person: str, level: str) -> str | None:
    """The district that elected a deputy at this level."""
    held = [each for each in reading.children(Mandate, "person", [person]) if each.level == level]
    serving = [each for each in held if each.state == "serving"]
    return next((each.district for each in serving or held), None)


def _on_each(
    desk: Desk,
    uids: Sequence[str],
    reason: str,
    act: Callable[[Writing, YearReport], None],
    draft_key: str = "",
) -> tuple[Change, ...]:
    with desk.store.writing(reason=reason) as writing:
        for report in Reading(writing.connection).by_uid(YearReport, list(uids)).values():
            act(writing, report)
        if draft_key:
            writing.forget_draft(YearReport.KIND, draft_key)
        return tuple(writing.changes)
