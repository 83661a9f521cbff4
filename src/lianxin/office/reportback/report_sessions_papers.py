"""Papers of a 述职评议会: 通知, 议程, 主持词, 签到表, 桌牌, from the same `Event` as those of every other meeting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from lianxin.domain.dates import show_day
from lianxin.domain.records import Person, ReportSession
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.paperwork.outgoing_numbers import number_about
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.office.paperwork.templated import ABOUT
from lianxin.office.paperwork.templates import in_own_look
from lianxin.office.reportback.report_sessions import reports_at, session_title
from lianxin.office.reportback.report_year_view import level_label
from lianxin.store.reading import Reading

if TYPE_CHECKING:
    from lianxin.documents.official.event_papers import Event, EventPerson


def session_event(desk: Desk, reading: Reading, uid: str) -> Event:
    """The meeting in words, with its usual order of business. Raises PapersProblem."""
    from lianxin.documents.official.event_papers import Event

    session = reading.get(ReportSession, uid)
    if session is None:
        raise PapersProblem(f"没有找到这次述职评议会（{uid}），没有生成文件")
    office, names = office_of(reading), Names(reading)
    people = [_person(reading, session, each.person) for each in reports_at(reading, uid)]
    return Event(
        title=session_title(names, session),
        issuer=office.name,
        day=session.day,
        signed=session.notified or desk.today(),
        start=session.start,
        end=session.end,
        place=session.place or "",
        chair=session.chair or "",
        agenda=agenda_lines(tuple(each.name for each in people)),
        people=(*people, *_guests(session)),
        addressee="各位代表、本选区各村（社区）选民小组",
        purpose="密切代表同选民的联系，自觉接受选民监督",
        number=number_about(reading, [session.uid]),
        requirements="请述职代表准备好《人大代表述职报告表》；请按时组织选民到会。",
        contact=" ".join(part for part in (office.clerk, office.phone) if part),
    )


def agenda_lines(deputies: tuple[str, ...]) -> tuple[str, ...]:
    """The usual order of business (founding document 003-13 to 003-15)."""
    who = "、".join(deputies) if deputies else "代表"
    return (
        f"{who}口头述职，报告年初履职承诺完成情况",
        "选民提问和评议，代表回答",
        "推选监票人，发放测评表，选民填写",
        "计票，宣读测评结果",
        "代表表态，主持人讲话",
    )


_NOTICE_AGENDA = ("代表口头述职", "选民提问和评议", "测评并宣布结果")
"""Short, so that the notice is one page."""


def announcement(desk: Desk, uid: str) -> str:
    """The notice as a text to paste into a group chat; it holds no voter's data. Raises PapersProblem."""
    from lianxin.documents.official.event_papers import when_words

    with desk.store.reading() as reading:
        event = session_event(desk, reading, uid)
        office = office_of(reading)
    who = "、".join(each.name for each in event.people if each.role != "列席")
    where = f"，地点：{event.place}" if event.place else ""
    told = f"，述职代表：{who}" if who else ""
    return (
        f"【述职评议会】{when_words(event)}召开{event.title}{where}{told}。"
        f"请各位选民按时到会评议。{office.short_name or office.name}人大"
    )


def _person(reading: Reading, session: ReportSession, uid: str) -> EventPerson:
    from lianxin.documents.official.event_papers import EventPerson

    person = reading.get(Person, uid)
    return EventPerson(
        name=person.name if person else "",
        post=(person.work if person else "") or "",
        level=level_label(session.level),
        role="述职代表",
    )


def _guests(session: ReportSession) -> list[EventPerson]:
    from lianxin.documents.official.event_papers import EventPerson

    words = (session.attending or "").replace("，", "、").replace("\n", "、").replace("；", "、")
    return [EventPerson(each.strip(), role="列席") for each in words.split("、") if each.strip()]


def _made(name: str) -> Callable[[Asked], bytes]:
    def make(asked: Asked) -> bytes:
        from lianxin.documents.forms import event_lists
        from lianxin.documents.official import event_papers

        assert asked.uid is not None
        event = session_event(asked.desk, asked.reading, asked.uid)
        match name:
            case "report-notice":
                return event_papers.notice_docx(replace(event, agenda=_NOTICE_AGENDA))
            case "report-agenda":
                return event_papers.agenda_docx(event)
            case "report-script":
                # Those expected are the voters, whom nobody lists; the demands of the notice are no words of a chair.
                return event_papers.script_docx(replace(event, people=(), requirements=""))
            case "report-sign-in":
                return event_lists.sign_in_docx(event)
        return event_lists.name_plates_docx(event)

    return make


SESSION_PAPERS: tuple[Paper, ...] = tuple(
    Paper(
        name,
        f"述职评议会{label}",
        ".docx",
        "record",
        in_own_look(name, _made(name)) if name in ABOUT else _made(name),
        official=name == "report-notice",
    )
    for name, label in (
        ("report-notice", "通知"),
        ("report-agenda", "议程"),
        ("report-script", "主持词"),
        ("report-sign-in", "签到表"),
        ("report-plates", "桌牌"),
    )
)


def session_paper(desk: Desk, name: str, uid: str) -> tuple[str, bytes]:
    """File name and content of one of these papers. Raises PapersProblem, KeyError for an unknown name."""
    paper = {each.name: each for each in SESSION_PAPERS}[name]
    with desk.store.reading() as reading:
        session = reading.get(ReportSession, uid)
        made = paper.make(Asked(desk, reading, uid, None))
    day = show_day(session.day) if session else ""
    return f"{paper.label}_{day}.docx", made
