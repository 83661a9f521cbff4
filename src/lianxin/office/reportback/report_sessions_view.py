"""One 述职评议会 whole, as the page shows it: deputies, questions, improvements, and where its ballots stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lianxin.domain.dates import show_day
from lianxin.domain.records import Evaluation, Improvement, Opinion, ReportQuestion, ReportSession, YearReport
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.reportback.report_sessions import few_note, reports_at, session_title
from lianxin.store.reading import Condition, Reading


@dataclass(frozen=True)
class Reporting:
    """One deputy of a meeting."""

    report: YearReport
    name: str


@dataclass(frozen=True)
class Asked:
    """A question with whom it was put to and the number of the matter it became, "" for none."""

    question: ReportQuestion
    to: str
    matter: str


@dataclass(frozen=True)
class Improving:
    """An improvement with its deputy and how many days are left; late ones have less than none."""

    improvement: Improvement
    name: str
    days_left: int | None


@dataclass(frozen=True)
class SessionFile:
    """One meeting with everything that belongs to it. `note` tells of few people, "" for enough."""

    session: ReportSession
    title: str
    district: str
    deputies: tuple[Reporting, ...]
    questions: tuple[Asked, ...]
    improvements: tuple[Improving, ...]
    evaluations: tuple[Evaluation, ...]
    note: str

    @property
    def number(self) -> str:
        """2026-SZ0003."""
        return short_number(self.session.number or "")


def session_file(desk: Desk, uid: str) -> SessionFile | None:
    """The meeting, or None when it is not here any more."""
    with desk.store.reading() as reading:
        session = reading.get(ReportSession, uid)
        if session is None:
            return None
        names = Names(reading)
        return SessionFile(
            session=session,
            title=session_title(names, session),
            district=names.of("district", session.district),
            deputies=tuple(
                Reporting(each, names.of("person", each.person)) for each in reports_at(reading, uid)
            ),
            questions=tuple(_asked(reading, names, uid)),
            improvements=tuple(_improving(reading, names, uid, desk.today())),
            evaluations=tuple(reading.all(Evaluation, Condition("session", "=", uid))),
            note=few_note(desk.profile, session.voters),
        )


def session_of(desk: Desk, kind: str, uid: str) -> str | None:
    """The meeting a question or an improvement belongs to."""
    with desk.store.reading() as reading:
        if kind == ReportQuestion.KIND:
            question = reading.get(ReportQuestion, uid)
            return question.report_session if question else None
        improvement = reading.get(Improvement, uid)
        return improvement.session if improvement else None


def improvement_words(each: Improving) -> str:
    """周桂兰：修通三组机耕道（2026年12月20日前，超期3天）."""
    told, improvement = "", each.improvement
    if improvement.done:
        told = f"（{show_day(improvement.done)}完成）"
    elif improvement.due:
        late = f"，超期{-each.days_left}天" if each.days_left is not None and each.days_left < 0 else ""
        told = f"（{show_day(improvement.due)}前{late}）"
    return f"{each.name}：{improvement.what}{told}"


def _asked(reading: Reading, names: Names, uid: str) -> list[Asked]:
    found = reading.children(ReportQuestion, "report_session", [uid])
    found.sort(key=lambda each: (each.place, each.uid))
    return [Asked(each, names.of("person", each.person), _matter(reading, each)) for each in found]


def _matter(reading: Reading, question: ReportQuestion) -> str:
    made = reading.get(Opinion, question.opinion) if question.opinion else None
    return short_number(made.number or "") if made else ""


def _improving(reading: Reading, names: Names, uid: str, today: date) -> list[Improving]:
    found = reading.all(Improvement, Condition("session", "=", uid))
    return [
        Improving(
            each,
            names.of("person", each.person),
            (each.due - today).days if each.due and not each.done else None,
        )
        for each in found
    ]
