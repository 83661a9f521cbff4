"""A year of report-back for the sample office: promises, plan, one meeting held and one to come. All invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from lianxin.domain.records import (
    District,
    Improvement,
    Office,
    ReportQuestion,
    ReportSession,
    Term,
    YearReport,
)
from lianxin.domain.reporting_year import DeputyYear
from lianxin.office.desk import Desk, office_of
from lianxin.office.records import new_uid
from lianxin.office.reportback import report_sessions, report_year
from lianxin.office.reportback.report_sessions_view import session_file
from lianxin.office.reportback.report_year_promises import promise, settle_promise
from lianxin.office.reportback.report_year_view import promises_of, read_year
from lianxin.store.reading import Reading

YEAR = 2025
_TERM_START = date(2021, 12, 28)
_PROMISES = (
    ("走访联系选民｜50户", "帮助解决三组饮水问题", "参加代表接待日｜4次"),
    ("走访联系选民｜30户", "领衔提出高质量建议｜2件", "为群众办一件实事"),
    ("每季度到联络站接待选民", "动员农户参加合作医疗", "参加学习培训｜12学时"),
)
_OUTCOMES = (
    ("done", "全年走访联系52户，有走访记录。"),
    ("done", "协调水务站换管，11月已通水。"),
    ("partly", "参加3次，一次因公请假。"),
)


@dataclass(frozen=True)
class _Meeting:
    level: str
    district: str
    day: date
    voters: int
    held: bool


def make_sample_reports(desk: Desk) -> None:
    """Fills the year so that the page has something to show; nothing where there are no deputies."""
    _tell_terms(desk)
    for level in ("county", "township"):
        people = _deputies(desk, level)
        if not people:
            continue
        _add_history(desk, level, people)
        _add_promises(desk, level, people)
        _add_plan(desk, level)
    held = _add_meeting(desk, _Meeting("county", "第1选区", date(YEAR, 12, 12), 58, True))
    _add_meeting(desk, _Meeting("township", "第3选区", date(YEAR, 12, 26), 46, False))
    if held:
        _add_words(desk, held)


def _tell_terms(desk: Desk) -> None:
    """The terms with their first day, and that this office counts its own deputies by the shares, too."""
    with desk.store.writing(reason="示例：届和述职比例") as writing:
        reading = Reading(writing.connection)
        office: Office = office_of(reading)
        writing.put(replace(office, township_shares=True), opened=office)
        for term in reading.all(Term):
            if term.level == "township" and term.start is None:
                writing.put(replace(term, start=_TERM_START), opened=term)
        if not any(each.level == "county" for each in reading.all(Term)):
            writing.put(Term(uid=writing.new_uid(), level="county", ordinal=18, start=_TERM_START))


def _deputies(desk: Desk, level: str) -> Sequence[DeputyYear]:
    with desk.store.reading() as reading:
        return read_year(desk, reading, level, YEAR).deputies


def _add_history(desk: Desk, level: str, people: Sequence[DeputyYear]) -> None:
    """Oral reports of the earlier years of the term: a fifth of the deputies a year, leaving some without."""
    share = max(1, len(people) // 6)
    with desk.store.writing(reason="示例：以前年度述职") as writing:
        for place, year in enumerate(range(YEAR - 3, YEAR)):
            for each in people[len(people) - (place + 1) * share : len(people) - place * share]:
                writing.put(
                    YearReport(
                        uid=writing.new_uid(), person=each.person, level=level, year=year, mode="oral",
                        told_on=date(year, 12, 8),
                    )
                )  # fmt: skip


def _add_promises(desk: Desk, level: str, people: Sequence[DeputyYear]) -> None:
    for place, each in enumerate(people[: len(people) * 5 // 6]):
        lines = _PROMISES[place % len(_PROMISES)]
        promise(desk, person=each.person, level=level, year=YEAR, lines=lines)
    with desk.store.reading() as reading:
        told = promises_of(reading, level, YEAR)
    for place, each in enumerate(people[: len(people) // 3]):
        for held, (state, evidence) in zip(told[each.person], _OUTCOMES, strict=False):
            if (place + held.place) % 3:
                changed = replace(held, state=state, evidence=evidence, done=date(YEAR, 11, 28))
                settle_promise(desk, changed, opened=held)


def _add_plan(desk: Desk, level: str) -> None:
    oral = report_year.suggested(desk, level, YEAR)
    report_year.arrange(desk, level=level, year=YEAR, oral=oral, due=date(YEAR, 12, 20))
    with desk.store.reading() as reading:
        written = read_year(desk, reading, level, YEAR).written
    early = [each.report.uid for each in written[::2] if each.report]
    report_year.hand_in(desk, reports=early, day=date(YEAR, 12, 15))
    report_year.hand_out(desk, reports=early, day=date(YEAR, 12, 18), where="各村村务公开栏")


def _add_meeting(desk: Desk, told: _Meeting) -> str:
    """A meeting of the deputies of one district; "" where none serves there."""
    with desk.store.reading() as reading:
        names = _district_names(reading)
        people = [
            each.person
            for each in read_year(desk, reading, told.level, YEAR).deputies
            if names.get(each.mandate.district or "") == told.district and not each.reported
        ]
        district = next((uid for uid, name in names.items() if name == told.district), None)
    if not people:
        return ""
    uid = new_uid(desk)
    report_sessions.save_session(
        desk,
        ReportSession(
            uid=uid, day=told.day, level=told.level, district=district, start=time(9), end=time(11, 30),
            place="石牌村村部会议室", chair="人大主席", expected=60 if told.held else 50,
            voters=told.voters if told.held else None, attending="石牌村支书、镇人大专干",
            notified=date(told.day.year, told.day.month, told.day.day - 7),
            result_means=("announced", "posted") if told.held else (), held=told.held,
            published=told.day if told.held else None,
        ),
        deputies=people,
    )  # fmt: skip
    return uid


def _add_words(desk: Desk, session: str) -> None:
    """What voters asked at the meeting that was held, and what the deputies will do about it."""
    told = session_file(desk, session)
    if told is None:
        return
    first = told.deputies[0].report.person
    for words, answer in (
        ("三组到学校的路一下雨就难走，什么时候能硬化？", "已列入明年计划，开春动工。"),
        ("农网改造后电压还是不稳，请代表帮忙反映。", None),
        ("希望多到村里接待，不要只在镇上。", "今后每季度到村一次。"),
    ):
        question = ReportQuestion(
            uid="", report_session=session, person=first, words=words, answer=answer, asker=None
        )
        report_sessions.add_question(desk, question)
    again = session_file(desk, session)
    if again is not None:
        report_sessions.turn_into_opinion(desk, question=again.questions[1].question.uid, category="05")
    for person, what, due in (
        (first, "每季度到村接待选民一次，公布接待日期", date(YEAR + 1, 3, 31)),
        (told.deputies[-1].report.person, "补齐走访记录，报镇人大", date(YEAR, 12, 20)),
    ):
        report_sessions.save_improvement(
            desk, Improvement(uid="", person=person, session=session, what=what, due=due)
        )


def _district_names(reading: Reading) -> dict[str, str]:
    return {each.uid: each.name or each.number for each in reading.all(District)}
