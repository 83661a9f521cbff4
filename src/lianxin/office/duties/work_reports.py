"""主席团工作报告 and 年度工作总结: begun from the year's records, kept as the office words them, printed (domain.md 4.15)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from lianxin.domain.records import Meeting, Office
from lianxin.domain.records import WorkReport as WorkReportRecord
from lianxin.office.desk import Desk, office_of
from lianxin.office.duties.work_report_facts import YearTold, plans_told, shortfalls_told, work_told
from lianxin.office.meetings.minutes import short_issuer
from lianxin.office.names import Names
from lianxin.office.paperwork.outgoing_numbers import number_about
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.office.paperwork.templates import in_own_look
from lianxin.office.records import new_uid
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change

if TYPE_CHECKING:
    from lianxin.documents.official.work_report import WorkReport


def begin_report(desk: Desk, year: int, report_type: str) -> tuple[str, tuple[Change, ...]]:
    """按记录起草: the report of a year, its words made from the records; the one there is when it was begun before.

    Answers its uid. The words are the office's own from then on.
    """
    with desk.store.reading() as reading:
        kept = _kept(reading, year, report_type)
        draft = None if kept is not None else _draft(desk, reading, year, report_type)
    if kept is not None:
        return kept.uid, ()
    assert draft is not None
    with desk.store.writing(reason=f"起草{draft.shown('type')}") as writing:
        writing.put(draft)
        return draft.uid, tuple(writing.changes)


def _kept(reading: Reading, year: int, report_type: str) -> WorkReportRecord | None:
    found = reading.all(WorkReportRecord, Condition("year", "=", year), Condition("type", "=", report_type))
    return max(found, key=lambda each: each.uid, default=None)


def _draft(desk: Desk, reading: Reading, year: int, report_type: str) -> WorkReportRecord:
    told = YearTold(desk, reading, year)
    congresses = reading.all(Meeting, Condition("type", "=", "congress"))
    # The report on a year is given at the first session after it.
    heard = [each for each in congresses if each.day.year == year + 1]
    return WorkReportRecord(
        uid=new_uid(desk), year=year, report_type=report_type,
        meeting=min(heard, key=lambda each: each.day).uid if heard and report_type == "presidium" else None,
        done=work_told(told), lacking=shortfalls_told(told), plans=plans_told(told),
    )  # fmt: skip


def _told(desk: Desk, reading: Reading, record: WorkReportRecord) -> WorkReport:
    from lianxin.documents.official.work_report import WorkReport

    office = office_of(reading)
    meeting = reading.get(Meeting, record.meeting) if record.meeting else None
    presidium = record.report_type == "presidium"
    number = number_about(reading, [record.uid])
    return WorkReport(
        title=_title(office, record),
        issuer=office.name,
        day=record.day or desk.today(),
        sections=(
            (f"{record.year}年主要工作", record.done or ""),
            ("存在的不足", record.lacking or ""),
            ("下一步工作安排", record.plans or ""),
        ),
        where=meeting.name if meeting and presidium else "",
        addressee="各位代表" if presidium else (office.county_name or "") if number else "",
        number=number,
        approver=Names(reading).of("person", office.chair),
    )


def _title(office: Office, record: WorkReportRecord) -> str:
    kind = "工作报告" if record.report_type == "presidium" else f"{record.year}年度工作总结"
    return f"{short_issuer(office)}\n{kind}"


def _of_year(report_type: str) -> Callable[[Asked], bytes]:
    """The report as the office words it, from the records where it did not begin yet."""

    def make(asked: Asked) -> bytes:
        assert asked.period is not None
        year = asked.period.end.year
        record = _kept(asked.reading, year, report_type)
        record = record or _draft(asked.desk, asked.reading, year, report_type)
        return _docx(asked, record)

    return make


def _of_record(asked: Asked) -> bytes:
    record = asked.reading.get(WorkReportRecord, asked.uid or "")
    if record is None:
        raise PapersProblem(f"没有找到这份工作报告（{asked.uid}），没有生成文件")
    return _docx(asked, record)


def _docx(asked: Asked, record: WorkReportRecord) -> bytes:
    from lianxin.documents.official.work_report import work_report_docx

    return work_report_docx(_told(asked.desk, asked.reading, record))


REPORT_PAPER = Paper(
    "work-report", "工作报告", ".docx", "record", in_own_look("work-report", _of_record), official=True
)
WORK_REPORT_PAPERS: Sequence[Paper] = (
    Paper(
        "presidium-report",
        "主席团工作报告",
        ".docx",
        "period",
        in_own_look("presidium-report", _of_year("presidium")),
        official=True,
    ),
    Paper(
        "year-summary",
        "年度工作总结",
        ".docx",
        "period",
        in_own_look("year-summary", _of_year("year")),
        official=True,
    ),
    REPORT_PAPER,
)
"""For a year, or for the uid of a report that was begun."""
