"""述职评议会: one meeting of deputies of one level with voters of one district, its questions and what follows.

Founding documents 000-19, 003-13 to 003-16; 代表法 §58; 组织法 §43.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lianxin.domain.casework.step_checks import NOTHING_CHANGED
from lianxin.domain.records import Improvement, Opinion, ReportQuestion, ReportSession, YearReport
from lianxin.domain.rules import RuleProfile
from lianxin.office.cases.visit_records import put_opinion, title_of
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.numbers import next_number, short_number
from lianxin.office.reportback.report_year import ReportRefused, district_of, possible, put_decision
from lianxin.office.reportback.report_year_view import level_label, read_year
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change, Writing

_ANY_CATEGORY = str(Opinion.spec("category").default)


def save_session(
    desk: Desk,
    session: ReportSession,
    *,
    opened: ReportSession | None = None,
    deputies: Sequence[str] | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """Registers or changes a meeting; with `deputies` these, in this order, report orally there in its year.

    A deputy of another district or level is refused with a sentence, as is a meeting held on a day to come.
    Raises ReportRefused.
    """
    possible(desk, session)
    with desk.store.writing(reason="修改述职评议会" if opened else "登记述职评议会") as writing:
        reading = Reading(writing.connection)
        if opened is None and session.number is None:
            number = next_number(writing, office_of(reading).code, ReportSession, session.day)
            session = replace(session, number=number)
        writing.put(session, opened=opened)
        if deputies is not None:
            _put_deputies(writing, session, deputies)
        elif opened is not None and (opened.level, opened.district) != (session.level, session.district):
            _put_deputies(writing, session, [each.person for each in reports_at(reading, session.uid)])
        if draft_key:
            writing.forget_draft(ReportSession.KIND, draft_key)
        return tuple(writing.changes)


def reports_at(reading: Reading, session: str) -> list[YearReport]:
    """The reports of a meeting in their order."""
    found = reading.all(YearReport, Condition("session", "=", session))
    return sorted(found, key=lambda each: (each.order, each.uid))


def few_note(profile: RuleProfile, people: int | None) -> str:
    """What to say of a meeting with fewer people than the rule has in mind; never a refusal (domain.md 0.7)."""
    rule = profile.ballots
    if people is None or people >= rule.value:
        return ""
    return f"参加{people}人，测评人员一般不少于{rule.shown}（依据：{rule.source}）。可以照常召开，请在记录里说明。"


def add_question(desk: Desk, question: ReportQuestion, *, draft_key: str = "") -> tuple[Change, ...]:
    """登记提问或意见, behind those there are; the voter's name stays beside the words."""
    with desk.store.writing(reason="登记提问和意见") as writing:
        stood = Reading(writing.connection).children(
            ReportQuestion, "report_session", [question.report_session]
        )
        place = max((each.place for each in stood), default=0) + 1
        writing.names_people([question.asker or ""])
        writing.put(replace(question, uid=question.uid or writing.new_uid(), place=place))
        if draft_key:
            writing.forget_draft(ReportQuestion.KIND, draft_key)
        return tuple(writing.changes)


def change_question(
    desk: Desk, question: ReportQuestion, *, opened: ReportQuestion, draft_key: str = ""
) -> tuple[Change, ...]:
    """修改提问, also 登记回答."""
    with desk.store.writing(reason="修改提问和意见") as writing:
        writing.names_people([question.asker or ""])
        writing.put(question, opened=opened)
        if draft_key:
            writing.forget_draft(ReportQuestion.KIND, draft_key)
        return tuple(writing.changes)


def turn_into_opinion(desk: Desk, *, question: str, category: str = "") -> tuple[Opinion, tuple[Change, ...]]:
    """转为意见: the words become a matter of their own that tells where it came from. Raises ReportRefused."""
    with desk.store.writing(reason="提问转为意见") as writing:
        reading = Reading(writing.connection)
        asked = reading.get(ReportQuestion, question)
        session = reading.get(ReportSession, asked.report_session) if asked else None
        if asked is None or session is None:
            raise ReportRefused(f"没有找到这条提问，{NOTHING_CHANGED}")
        known = reading.get(Opinion, asked.opinion) if asked.opinion else None
        if known is not None:
            raise ReportRefused(f"这条提问已经转为意见 {short_number(known.number or '')}，{NOTHING_CHANGED}")
        if session.day > desk.today():
            raise ReportRefused(f"会议还没有召开，提问不能转为意见，{NOTHING_CHANGED}")
        writing.names_people([asked.asker or ""])
        made = put_opinion(
            writing,
            Opinion(
                uid=writing.new_uid(),
                title=title_of(asked.words),
                words=asked.words,
                category=category or _ANY_CATEGORY,
                channel="report_back",
                person=asked.person,
                registered=session.day,
                remark=f"{session_title(Names(reading), session)}上选民提出",
            ),
        )
        writing.put(replace(asked, opinion=made.uid), opened=asked)
        return made, tuple(writing.changes)


def save_improvement(
    desk: Desk, improvement: Improvement, *, opened: Improvement | None = None, draft_key: str = ""
) -> tuple[Change, ...]:
    """登记整改措施 with its day, or what became of it. Raises ReportRefused."""
    possible(desk, improvement)
    with desk.store.writing(reason="整改措施") as writing:
        writing.put(replace(improvement, uid=improvement.uid or writing.new_uid()), opened=opened)
        if draft_key:
            writing.forget_draft(Improvement.KIND, draft_key)
        return tuple(writing.changes)


def session_title(names: Names, session: ReportSession) -> str:
    """第3选区县人大代表述职评议会."""
    return f"{names.of('district', session.district)}{level_label(session.level)}述职评议会"


def candidates(desk: Desk, *, level: str, district: str | None, year: int) -> tuple[tuple[str, str], ...]:
    """(uid, name) of the deputies who can report at a meeting of this level and district, its own and oral ones
    first, then those whose district is not known."""
    with desk.store.reading() as reading:
        names = Names(reading)
        told = [
            each
            for each in read_year(desk, reading, level, year).deputies
            if not (district and each.mandate.district) or each.mandate.district == district
        ]
        told.sort(
            key=lambda each: (each.mandate.district != district, each.mode != "oral", bool(each.reported))
        )
        return tuple((each.person, names.of("person", each.person)) for each in told)


def _put_deputies(writing: Writing, session: ReportSession, persons: Sequence[str]) -> None:
    reading = Reading(writing.connection)
    _check_one_district(reading, session, persons)
    for held in reports_at(reading, session.uid):
        if held.person not in persons:
            writing.put(replace(held, session=None, order=0), opened=held)
    for order, person in enumerate(persons, 1):
        put_decision(
            writing, level=session.level, year=session.day.year, person=person, mode="oral",
            session=session.uid, order=order,
        )  # fmt: skip


def _check_one_district(reading: Reading, session: ReportSession, persons: Sequence[str]) -> None:
    """Deputies of several districts cannot report at one meeting, also where the meeting names none."""
    names = Names(reading)
    known: dict[str, str] = {}
    for person in persons:
        district = district_of(reading, person, session.level)
        if district:
            known.setdefault(district, person)
    if len(known) > 1:
        told = "，".join(
            f"{names.of('person', who)}是{names.of('district', uid)}" for uid, who in known.items()
        )
        raise ReportRefused(f"一次述职评议会只能安排同一选区的代表：{told}。请分开召开，{NOTHING_CHANGED}")
