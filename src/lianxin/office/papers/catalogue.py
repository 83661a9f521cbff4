"""Every document the office can print, by name: what it is about and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import Record, kind_named
from lianxin.domain.periods import Period
from lianxin.domain.records import Contact, Mandate, Opinion, ReceptionDay, Rota
from lianxin.office.case_papers.dossier import DOSSIER_PAPERS
from lianxin.office.case_papers.promised import PROMISE_PAPERS
from lianxin.office.case_papers.supervision_papers import SUPERVISION_PAPERS
from lianxin.office.desk import Desk, office_of
from lianxin.office.duties.work_reports import WORK_REPORT_PAPERS
from lianxin.office.duties.yearly_duties import DUTY_PAPERS
from lianxin.office.evaluations.papers import EVALUATION_PAPERS
from lianxin.office.figuring import counted_of, period_of
from lianxin.office.handover.handover_list import HANDOVER_PAPERS
from lianxin.office.meetings.ballot_papers import BALLOT_PAPERS
from lianxin.office.meetings.event_file import EVENT_PAPERS
from lianxin.office.meetings.group_record import GROUP_PAPERS
from lianxin.office.meetings.minutes import MINUTES_PAPERS
from lianxin.office.meetings.theme_papers import THEME_PAPERS
from lianxin.office.names import Names
from lianxin.office.papers.box_labels import BOX_PAPERS
from lianxin.office.papers.quick_card import QUICK_CARD_PAPERS
from lianxin.office.papers.record_paper import RECORD_PAPERS
from lianxin.office.papers.register_charts import register_charts
from lianxin.office.papers.register_groups import ledger_kinds
from lianxin.office.papers.register_period import records_within
from lianxin.office.paperwork.blank_forms import blank_handover
from lianxin.office.paperwork.outgoing_numbers import number_about
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem, of_one, or_blank
from lianxin.office.paperwork.templates import in_own_look
from lianxin.office.reception.contact_forms import CONTACT_PAPERS
from lianxin.office.reception.visit_register import VISIT_REGISTER_PAPERS
from lianxin.office.reportback.report_form import REPORT_FORM_PAPERS
from lianxin.office.reportback.report_sessions_papers import SESSION_PAPERS
from lianxin.office.reportback.report_year_paper import PLAN_PAPERS
from lianxin.office.scoring.duty_register import DUTY_REGISTER_PAPERS
from lianxin.office.scoring.papers import SCORE_PAPERS
from lianxin.office.scoring.performance_file import FILE_PAPERS
from lianxin.office.scoring.publications import PUBLICATION_PAPERS
from lianxin.office.sending.papers import cover_letter, opinion_lines, period_records, return_xlsx
from lianxin.office.sending.verification import VERIFICATION_PAPERS
from lianxin.office.suggestions.papers import SUGGESTION_PAPERS
from lianxin.store.reading import Reading


def make_paper(
    desk: Desk,
    name: str,
    *,
    uid: str | None = None,
    period: str | None = None,
    also: Mapping[str, Paper] = MappingProxyType({}),
) -> bytes:
    """Makes a document, one of `PAPERS` or `also`. Raises PapersProblem for an unknown name or a missing subject,
    BadPeriod.
    """
    papers = {**PAPERS, **also}
    paper = papers.get(name) or next((each for each in papers.values() if each.label == name), None)
    if paper is None:
        near = _near(name, papers)
        raise PapersProblem(f"没有名为“{name}”的文书{near}。lianxin document 列出全部名称；没有生成文件")
    if paper.about == "record" and uid is None:
        raise PapersProblem(f"{paper.label}要说明是哪一条记录（--for 标识），没有生成文件")
    if paper.about == "period" and period is None:
        raise PapersProblem(f"{paper.label}要说明时段（--period，如 2026-11），没有生成文件")
    told = period_of(desk, period) if period is not None else None
    with desk.store.reading() as reading:
        return paper.make(Asked(desk, reading, uid, told))


def _near(name: str, papers: Mapping[str, Paper]) -> str:
    """Which papers are called nearly so, as a part of the sentence that refuses the name."""
    called = {word: each for each in papers.values() for word in (each.name, each.label)}
    like = dict.fromkeys(called[word] for word in get_close_matches(name, called, n=3, cutoff=0.5))
    like |= dict.fromkeys(each for each in papers.values() if name and name in each.label)
    told = "、".join(f"{each.name}（{each.label}）" for each in list(like)[:3])
    return f"，相近的有：{told}" if told else ""


def _period(asked: Asked) -> Period:
    assert asked.period is not None
    return asked.period


def _return(asked: Asked) -> bytes:
    counted = counted_of(asked.reading, _period(asked), profile=asked.desk.profile)
    return return_xlsx(office_of(asked.reading), counted, asked.desk.today())


def _letter(asked: Asked) -> bytes:
    from lianxin.documents.official.cover_letter import cover_letter_docx

    files = ["02_月报表.xlsx", "03_意见建议台账.xlsx", "04_接待日台账.xlsx", "05_来访走访台账.xlsx"]
    letter = cover_letter(office_of(asked.reading), _period(asked), asked.desk.today(), files)
    return cover_letter_docx(letter)


def _opinions(asked: Asked) -> bytes:
    from lianxin.documents.workbooks.opinion_ledger import opinion_ledger_xlsx

    opinions = (
        period_records(asked.reading, Opinion, "registered", asked.period)
        if asked.period
        else asked.reading.all(Opinion)
    )
    lines = opinion_lines(asked.reading, opinions, asked.desk.profile, asked.desk.today())
    return opinion_ledger_xlsx(lines, office_name=office_of(asked.reading).name, redact=False)


def _ledger(cls: type[Record]) -> Callable[[Asked], bytes]:
    def make(asked: Asked) -> bytes:
        from lianxin.documents.workbooks.ledger import ledger_xlsx

        office = office_of(asked.reading)
        records, within = records_within(asked.reading, cls, asked.period)
        return ledger_xlsx(
            cls,
            records,
            title=f"{office.short_name or office.name}{within.label if within else ''}{cls.LABEL}台账",
            office_name=office.name,
            redact=False,
            names=Names(asked.reading).of,
            further=register_charts(cls, records),
        )

    return make


def _form(asked: Asked) -> bytes:
    # The papers of a visit build on this list; only making one needs them.
    from lianxin.office.reception.visit_papers import reception_form

    if asked.uid is not None and asked.reading.get(Contact, asked.uid) is None:
        raise PapersProblem(f"没有找到这次来访（{asked.uid}），没有生成文件")
    return reception_form(asked.desk, asked.uid)[1]


def _sheet(desk: Desk, uid: str) -> tuple[str, bytes]:
    from lianxin.office.case_papers.matter_papers import matter_sheet

    return matter_sheet(desk, uid)


def _handover(desk: Desk, uid: str) -> tuple[str, bytes]:
    from lianxin.office.case_papers.matter_papers import handover

    return handover(desk, uid)


def _telling(desk: Desk, uid: str) -> tuple[str, bytes]:
    from lianxin.office.case_papers.telling_paper import telling_notice

    return telling_notice(desk, uid)


def _notice(asked: Asked) -> bytes:
    from lianxin.documents.official.notice import NoticeDeputy, ReceptionNotice, reception_notice_docx

    assert asked.uid is not None
    day = asked.reading.get(ReceptionDay, asked.uid)
    if day is None:
        raise PapersProblem(f"没有找到这个接待日（{asked.uid}），没有生成文件")
    office, names = office_of(asked.reading), Names(asked.reading)
    deputies = [
        NoticeDeputy(names.of("person", each.person), _level_of(asked.reading, each.person))
        for each in asked.reading.children(Rota, "reception_day", [day.uid])
    ]
    return reception_notice_docx(
        ReceptionNotice(
            issuer=office.name,
            number=number_about(asked.reading, [day.uid]),
            day=day.day,
            signed=day.announced or asked.desk.today(),
            place=day_place(names, day),
            deputies=tuple(deputies),
            start=day.start,
            end=day.end,
            topic=day.topic or "",
            invited=day.invited or "",
            phone=office.phone or "",
        )
    )


_own_blank_handover = in_own_look("handover", blank_handover)
_own_notice = in_own_look("reception-notice", _notice)
_own_letter = in_own_look("cover-letter", _letter)


def _rota(*, word: bool) -> Callable[[Asked], bytes]:
    def make(asked: Asked) -> bytes:
        from lianxin.office.reception.rota_table import rota_paper

        # A rota is kept by the months of the calendar, whatever the statistical month is.
        span = Period.parse(_period(asked).code)
        return rota_paper(asked.desk, asked.reading, span.start, span.end, span.label, word=word)

    return make


def day_place(names: Names, day: ReceptionDay) -> str:
    """Where a reception day is held, in words."""
    return names.of("station", day.station)


def _level_of(reading: Reading, person: str) -> str:
    mandates = [each for each in reading.children(Mandate, "person", [person]) if each.state == "serving"]
    # The level is called 乡 everywhere; on the notice of a 镇 its deputies are 镇人大代表.
    # Its own word stands behind that of the county: 镇平县高丘乡, 新乡县七里营镇.
    own = max("乡镇", key=office_of(reading).name.rfind)
    levels = (own if each.level == "township" else each.shown("level") for each in mandates)
    return "、".join(dict.fromkeys(f"{level}人大代表" for level in levels))


PAPERS: Mapping[str, Paper] = {
    paper.name: paper
    for paper in (
        Paper("monthly-return", "月报表", ".xlsx", "period", _return),
        Paper("cover-letter", "报送函", ".docx", "period", _own_letter, official=True),
        Paper("opinion-ledger", "意见建议台账", ".xlsx", "period or all", _opinions),
        Paper("reception-form", "代表接待选民登记表", ".docx", "record or blank", _form),
        Paper("reception-notice", "接待日公告", ".docx", "record", _own_notice, official=True),
        Paper("rota", "代表接待日轮值表", ".docx", "period", _rota(word=True)),
        Paper("rota-sheet", "代表接待日轮值表（Excel）", ".xlsx", "period", _rota(word=False)),
        Paper("matter-sheet", "意见建议办理单", ".docx", "record", of_one(_sheet)),
        Paper("telling-notice", "来访事项告知单", ".docx", "record", of_one(_telling), official=True),
        Paper(
            "handover", "交办单", ".docx", "record or blank", or_blank(of_one(_handover), _own_blank_handover)
        ),
        *CONTACT_PAPERS,
        *GROUP_PAPERS,
        *VISIT_REGISTER_PAPERS,
        *HANDOVER_PAPERS,
        *DUTY_REGISTER_PAPERS,
        *DOSSIER_PAPERS,
        *EVALUATION_PAPERS,
        *EVENT_PAPERS,
        *MINUTES_PAPERS,
        *BALLOT_PAPERS,
        *THEME_PAPERS,
        *PROMISE_PAPERS,
        *PLAN_PAPERS,
        *REPORT_FORM_PAPERS,
        *SESSION_PAPERS,
        *SUGGESTION_PAPERS,
        *SUPERVISION_PAPERS,
        *FILE_PAPERS,
        *PUBLICATION_PAPERS,
        *RECORD_PAPERS,
        *DUTY_PAPERS,
        *WORK_REPORT_PAPERS,
        *QUICK_CARD_PAPERS,
        *SCORE_PAPERS,
        *VERIFICATION_PAPERS,
        *BOX_PAPERS,
        *(
            Paper(
                f"{kind}-ledger",
                f"{kind_named(kind).LABEL}台账",
                ".xlsx",
                "period or all",
                _ledger(kind_named(kind)),
            )
            for kind in ledger_kinds()
            if kind not in ("opinion", "suggestion")
        ),
    )
}


def named_notice(desk: Desk, day: str) -> tuple[str, bytes]:
    """File name and content of the notice of a reception day. Raises PapersProblem."""
    with desk.store.reading() as reading:
        found = reading.get(ReceptionDay, day)
    told = show_day(found.day) if found else ""
    return f"接待日公告_{told}.docx", make_paper(desk, "reception-notice", uid=day)
