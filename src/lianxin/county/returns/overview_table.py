"""各乡镇报送情况 as a table: the same cells on the page, on paper and in Excel."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.county.returns.overview import Overview, Row
from lianxin.county.returns.overview_words import head_line, next_act
from lianxin.county.returns.states import Return
from lianxin.documents.workbooks.ledger import Column, table_xlsx
from lianxin.documents.workbooks.looks import Look
from lianxin.documents.workbooks.writer import Value
from lianxin.domain.dates import show_day_numeric
from lianxin.office.desk import Desk, office_of

TITLE = "各乡镇报送情况"
_OF_STATE = {
    "returned": "退",
    "held": "等",
    "aside": "查",
    "refused": "✗",
    "taken_back": "撤",
    "exempt": "",
}
_LONGER = "季报年报"
"""Left out of the paper of a year in which nobody sent one."""
_OF_WAY = {"plain": "普", "behalf": "代"}
_PERIOD = ("乡镇", "情况", "期次", "核验并入", "回执", "盖章件", "来源", "下一步")


def period_cells(told: Overview, row: Row) -> tuple[str, ...]:
    """One township in one period: how it stands, number, what came in, receipt, stamped paper, source, next act."""
    shown = row.shown
    return (
        row.town.name,
        row.badge(told.today),
        shown.short_issue or "—",
        _brought(shown),
        _receipt(row),
        ("旧的" if shown.stamped_behind else "✓") if shown.stamped is not None else "—",
        shown.source,
        next_act(told, row).words or "✓ 都齐了",
    )


def year_cells(row: Row) -> tuple[str, ...]:
    """One township in a year: twelve marks, what was sent for longer periods, how many of those due are in."""
    months = (mark_of(each) for each in row.year.values() if each.period.months == 1)
    longer = (
        each.period.label[5:] or "全年"
        for each in row.year.values()
        if each.period.months > 1 and each.arrived
    )
    arrived, asked = row.sent_in_year
    return (row.town.name, *months, "、".join(longer), f"{arrived}/{asked}")


def mark_of(told: Return) -> str:
    """One return in a narrow cell: ✓7, ✓普, ✓代, 迟7, 缺, ·."""
    if told.state == "in":
        last = told.last
        number = _OF_WAY.get(last.way, str(last.seq)) if last is not None else ""
        return f"{'迟' if told.late else '✓'}{number}"
    if told.missing:
        return "缺" if told.late else "·"
    return _OF_STATE[told.state]


def overview_xlsx(
    desk: Desk, told: Overview, rows: Sequence[Row], *, year: bool = False
) -> tuple[str, bytes]:
    """Name and content of the workbook of these townships in this order: one period, or the twelve months."""
    with desk.store.reading() as reading:
        office = office_of(reading).name
    span = f"{told.period.code[:4]}年" if year else told.period.label
    title = f"{TITLE}（{span}）"
    body = [year_cells(each) if year else (*period_cells(told, each), _stamped(each)) for each in rows]
    columns = _year_columns() if year else _period_columns()
    table: list[tuple[Value, ...]] = [(at, *cells) for at, cells in enumerate(body, 1)]
    kept = [at for at, each in enumerate(columns) if each.label != _LONGER or any(line[at] for line in table)]
    content = table_xlsx(
        [columns[at] for at in kept],
        [tuple(line[at] for at in kept) for line in table],
        title=title,
        office_name=office,
        label=TITLE,
        note=f"截至{show_day_numeric(told.today)}，✓后是期号" if year else head_line(told),
    )
    return f"{title}.xlsx", content


def _period_columns() -> tuple[Column, ...]:
    labels = [Column(each, Look.MIDDLE) for each in _PERIOD[:-1]]
    return (
        Column("序号", Look.ORDER),
        *labels,
        Column(_PERIOD[-1], Look.TEXT, share=1),
        Column("盖章件收到日期和经办人", Look.MIDDLE),
    )


def _year_columns() -> tuple[Column, ...]:
    months = (Column(f"{at}月", Look.MIDDLE) for at in range(1, 13))
    return (
        Column("序号", Look.ORDER), Column("乡镇", Look.MIDDLE), *months,
        Column(_LONGER, Look.TEXT, share=1), Column("已收/应收", Look.MIDDLE),
    )  # fmt: skip


def _brought(shown: Return) -> str:
    last = shown.last
    if last is None or not shown.arrived:
        return "—"
    if not last.merged:
        return "核验留存"
    if last.way != "signed":
        return f"已代录{last.brought[0]}条" if last.brought[0] else "已代录"
    told = "、".join(
        f"{word}{count}" for word, count in zip(("新增", "修改"), last.brought, strict=True) if count
    )
    return told or "没有新内容"


def _receipt(row: Row) -> str:
    if not row.shown.arrived or not row.town.enrolled or row.shown.source != "报送件":
        return "—"
    return "✓" if row.shown.receipt else "待写"


def _stamped(row: Row) -> str:
    paper = row.shown.stamped
    return f"{show_day_numeric(paper.day)} {paper.seen_by or ''}".strip() if paper is not None else ""
