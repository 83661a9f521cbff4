"""年度任务进度: every duty of a year that can be counted, and where each is done; as a list and as papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.counts import Facts
from lianxin.domain.duties.compliance import duties
from lianxin.domain.duties.duty import Duty
from lianxin.domain.duties.record_duties import YearRecords, record_duties
from lianxin.domain.duties.year_plan import times_together
from lianxin.domain.records import (
    AnnualTheme,
    Appointment,
    Commitment,
    ContactPair,
    DocumentLog,
    Filing,
    GroupMember,
    Oath,
    PartyReport,
    Plan,
    Publication,
    PublicityPiece,
    SupervisionTopic,
)
from lianxin.office.desk import Desk, office_of
from lianxin.office.figuring import facts_of, period_of
from lianxin.office.meetings.year_plans import year_facts
from lianxin.office.names import Names
from lianxin.office.paperwork.paper import Asked, Paper
from lianxin.office.paperwork.templates import in_own_look
from lianxin.store.reading import Reading


@dataclass(frozen=True)
class YearDuties:
    """All duties of a year as they stood on a day, those that are behind first."""

    year: int
    today: date
    lines: tuple[Duty, ...]

    def told(self) -> str:
        """32项任务：已达标9项，进行中15项，有欠缺5项."""
        counts = [
            (words, sum(each.standing == code for each in self.lines)) for code, words in STANDINGS.items()
        ]
        shown = "，".join(f"{words}{count}项" for words, count in counts if count)
        return f"{len(self.lines)}项任务：{shown}"


STANDINGS: Mapping[str, str] = {
    "behind": "有欠缺",
    "on_track": "进行中",
    "met": "已达标",
    "nothing": "没有可统计的",
}
"""How a duty stands, in words, the most pressing first."""


def yearly_duties(desk: Desk, year: int) -> YearDuties:
    """Every duty of a calendar year as of today."""
    with desk.store.reading() as reading:
        return duties_in(desk, reading, year)


def duties_in(desk: Desk, reading: Reading, year: int) -> YearDuties:
    """The same within a snapshot that is open already."""
    today = desk.today()
    facts = facts_of(reading)
    records = _records(reading, year, facts, today)
    found = (
        *duties(year, facts, profile=desk.profile, today=today),
        *record_duties(year, facts, records, profile=desk.profile, today=today),
    )
    order = list(STANDINGS)
    return YearDuties(year, today, tuple(sorted(found, key=lambda duty: order.index(duty.standing))))


def _records(reading: Reading, year: int, facts: Facts, today: date) -> YearRecords:
    pairs = reading.all(ContactPair)
    return YearRecords(
        activities=facts.activities,
        meetings=facts.meetings,
        plans=reading.all(Plan),
        themes=reading.all(AnnualTheme),
        commitments=reading.all(Commitment),
        party_reports=reading.all(PartyReport),
        stations=facts.stations,
        checks=facts.checks,
        check_items=facts.check_items,
        publications=reading.all(Publication),
        pieces=reading.all(PublicityPiece),
        pairs=pairs,
        together=_together(reading, pairs, year, today),
        filings=reading.all(Filing),
        appointments=reading.all(Appointment),
        oaths=reading.all(Oath),
        topics=reading.all(SupervisionTopic),
        documents=reading.all(DocumentLog),
        members=reading.all(GroupMember),
    )


def _together(reading: Reading, pairs: Sequence[ContactPair], year: int, today: date) -> dict[str, int]:
    asked = [pair for pair in pairs if pair.yearly_least]
    if not asked:
        return {}
    facts, names = year_facts(reading, year), Names(reading)
    return {
        pair.uid: times_together(
            pair, year, facts, (names.of("person", pair.person), pair.household or ""), today=today
        )
        for pair in asked
    }


_COLUMNS = ("序号", "任务", "已完成", "应完成", "还差", "单位", "情况", "说明和期限", "依据")


def _rows(told: YearDuties) -> list[tuple[str | int, ...]]:
    return [
        (
            at, duty.label, duty.done, duty.needed, max(duty.needed - duty.done, 0), duty.unit,
            STANDINGS[duty.standing], duty.due_text, duty.source,
        )
        for at, duty in enumerate(told.lines, 1)
    ]  # fmt: skip


def _xlsx(asked: Asked) -> bytes:
    from lianxin.documents.workbooks.ledger import Column, table_xlsx
    from lianxin.documents.workbooks.looks import Look

    told, office = _asked(asked), office_of(asked.reading)
    looks = (
        Look.ORDER,
        Look.TEXT,
        Look.COUNT,
        Look.COUNT,
        Look.COUNT,
        Look.MIDDLE,
        Look.MIDDLE,
        Look.TEXT,
        Look.TEXT,
    )
    shares = (0, 1, 0, 0, 0, 0, 0, 2, 2)
    columns = [Column(label, look, share) for label, look, share in zip(_COLUMNS, looks, shares, strict=True)]
    return table_xlsx(
        columns, _rows(told), title=f"{office.short_name or office.name}{told.year}年度任务进度", office_name=office.name,
        label="年度任务进度",
    )  # fmt: skip


def _docx(asked: Asked) -> bytes:
    from lianxin.documents.word.blocks import BlockPaper, Grid, GridColumn, Text, Title
    from lianxin.documents.word.blocks_docx import blocks_docx

    told, office = _asked(asked), office_of(asked.reading)
    shares = (0.5, 2.2, 0.7, 0.7, 0.6, 0.7, 1, 2.6, 3.2)
    columns = tuple(GridColumn(label, share) for label, share in zip(_COLUMNS, shares, strict=True))
    rows = tuple(tuple(str(cell) for cell in row) for row in _rows(told))
    title = f"{told.year}年度任务进度"
    when = f"截至{told.today.year}年{told.today.month}月{told.today.day}日，{told.told()}。"
    blocks = (Title(title, office.name), Text(when), Grid(columns, rows))
    return blocks_docx(BlockPaper(blocks, title, office.name, landscape=True))


_own_docx = in_own_look("yearly-duties-sheet", _docx)


def _asked(asked: Asked) -> YearDuties:
    year = asked.period.end.year if asked.period is not None else asked.desk.today().year
    return duties_in(asked.desk, asked.reading, year)


def duties_paper(desk: Desk, year: int, *, word: bool) -> tuple[str, bytes]:
    """File name and content of the year's list, as Word to print or as a workbook."""
    with desk.store.reading() as reading:
        asked = Asked(desk, reading, None, period_of(desk, str(year)))
        return f"{year}年度任务进度{'.docx' if word else '.xlsx'}", (_own_docx if word else _xlsx)(asked)


DUTY_PAPERS: Sequence[Paper] = (
    Paper("yearly-duties", "年度任务进度", ".xlsx", "period", _xlsx),
    Paper("yearly-duties-sheet", "年度任务进度（打印）", ".docx", "period", _own_docx),
)
