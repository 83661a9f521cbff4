"""The 意见建议台账, the sheet a county asks for most: one line a matter with all its steps (domain.md 4.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.documents.blackout import blacked_out
from lianxin.documents.workbooks.ledger import REDACTED_NOTE, Column, table_xlsx
from lianxin.documents.workbooks.ledger_charts import by_word, charts_of
from lianxin.documents.workbooks.looks import Look
from lianxin.documents.workbooks.monthly_return import ReturnChart
from lianxin.documents.workbooks.writer import Value
from lianxin.domain.records import Assignment, Opinion, Reply, Satisfaction

LABEL = "意见建议台账"
_SUMMARY = 60


@dataclass(frozen=True)
class OpinionLine:
    """One matter with the words of its steps; codes and references are already words.

    `visitors` are names of members of the public (empty for the anonymous), `persons` how many they were;
    `deputies` are names of deputies who raised it. `progress` is 办理进度, such as 已交办 or 已答复.
    """

    number: str = ""
    source: str = ""
    raised: date | None = None
    visitors: tuple[str, ...] = ()
    persons: int = 0
    deputies: tuple[str, ...] = ()
    village: str = ""
    category: str = ""
    summary: str = ""
    unit: str = ""
    assigned: date | None = None
    progress: str = ""
    result: str = ""
    replied: date | None = None
    satisfaction: str = ""
    remark: str = ""


def opinion_ledger_xlsx(
    lines: Sequence[OpinionLine], *, office_name: str, redact: bool, title: str = LABEL
) -> bytes:
    """The 意见建议台账 of these lines, in their order.

    `redact` turns 反映人/代表 into numbers of people and takes names and numbers out of summary and remark.
    """
    body = [_values(at, line, redact) for at, line in enumerate(lines, 1)]
    return table_xlsx(
        _columns(redact),
        body,
        title=title,
        office_name=office_name,
        label=LABEL,
        note=REDACTED_NOTE * redact,
        further=() if redact else charts_of(_charts(lines)),
    )


def _charts(lines: Sequence[OpinionLine]) -> tuple[ReturnChart, ...]:
    return (
        by_word("按类别", (line.category for line in lines)),
        by_word("按办理进度", (line.progress for line in lines)),
    )


def _columns(redact: bool) -> tuple[Column, ...]:
    label = Opinion.spec
    return (
        Column("序号", Look.ORDER),
        Column(label("number").label, Look.MIDDLE),
        Column("来源", Look.MIDDLE),
        Column("反映时间", Look.DAY),
        Column("反映人数" if redact else "反映人/代表", Look.MIDDLE),
        Column("村（社区）", Look.MIDDLE),
        Column(label("category").label, Look.MIDDLE),
        Column("内容摘要", Look.TEXT, share=2),
        Column(Assignment.spec("unit").label, Look.MIDDLE),
        Column("交办时间", Look.DAY),
        Column("办理进度", Look.MIDDLE),
        Column(Reply.spec("result").label, Look.MIDDLE),
        Column("答复时间", Look.DAY),
        Column(Satisfaction.spec("overall").label, Look.MIDDLE),
        Column(label("remark").label, Look.TEXT, share=1),
    )


def _values(at: int, line: OpinionLine, redact: bool) -> tuple[Value, ...]:
    known = (*line.visitors, *line.deputies) if redact else ()
    summary, remark = line.summary, line.remark
    if redact:
        summary, remark = blacked_out(summary, known), blacked_out(remark, known)
    return (
        at,
        line.number,
        line.source,
        line.raised,
        _raised_by(line, redact),
        line.village,
        line.category,
        _short(summary),
        line.unit,
        line.assigned,
        line.progress,
        line.result,
        line.replied,
        line.satisfaction,
        remark,
    )


def _raised_by(line: OpinionLine, redact: bool) -> str:
    people = max(line.persons, len(line.visitors))
    if redact:
        groups = (("群众", people), ("代表", len(line.deputies)))
        return "、".join(f"{word}{count}人" for word, count in groups if count)
    names = "、".join((*line.visitors, *line.deputies))
    if line.visitors and people > len(line.visitors):
        names = "、".join((*line.visitors[:-1], f"{line.visitors[-1]}等{people}人", *line.deputies))
    return names or (f"群众{people}人" if people else "")


def _short(text: str) -> str:
    """At most sixty characters on one line, as the county's column asks."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SUMMARY else flat[: _SUMMARY - 1] + "…"
