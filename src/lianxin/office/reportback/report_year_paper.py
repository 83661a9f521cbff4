"""The year's plan of one level as a workbook: who reports how, handed in, promises and what became of them."""

from __future__ import annotations

from collections.abc import Callable

from lianxin.domain.dates import show_day_numeric
from lianxin.office.desk import Desk, office_of
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.office.reportback.report_year_view import PlanLine, YearPlan, level_label, year_plan


def plan_xlsx(desk: Desk, level: str, year: int) -> tuple[str, bytes]:
    """File name and content. Raises PapersProblem where the level has no deputies."""
    plan = year_plan(desk, level, year)
    if not plan.lines:
        raise PapersProblem(f"还没有{level_label(level)}，没有生成文件")
    return f"{year}年{level_label(level)}述职安排.xlsx", _workbook(desk, plan)


def _workbook(desk: Desk, plan: YearPlan) -> bytes:
    from lianxin.documents.workbooks.ledger import Column, table_xlsx
    from lianxin.documents.workbooks.looks import Look

    with desk.store.reading() as reading:
        office = office_of(reading)
    columns = (
        Column("序号", Look.ORDER),
        Column("姓名", Look.MIDDLE),
        Column("选区", Look.MIDDLE),
        Column("述职方式", Look.MIDDLE),
        Column("述职情况", Look.MIDDLE),
        Column("应交日期", Look.MIDDLE),
        Column("印发日期", Look.MIDDLE),
        Column("上次口头述职", Look.MIDDLE),
        Column("年初履职承诺及完成情况", Look.TEXT, share=3),
    )
    told, label = plan.told, level_label(plan.told.level)
    return table_xlsx(
        columns,
        [(at, *_cells(line)) for at, line in enumerate(plan.lines, 1)],
        title=f"{told.year}年{label}述职安排",
        office_name=office.name,
        label="述职安排",
        note=plan.headline,
    )


def _cells(line: PlanLine) -> tuple[str, ...]:
    report = line.deputy.report
    promises = [
        f"{place}. {each.what}{f'（{each.target}）' if each.target else ''}：{each.shown('state')}"
        for place, each in enumerate(line.promises, 1)
    ]
    return (
        line.name,
        line.district,
        report.shown("mode") if report else "",
        line.state or "未安排",
        show_day_numeric(report.due) if report and report.due else "",
        show_day_numeric(report.handed_out) if report and report.handed_out else "",
        line.last_oral,
        "\n".join(promises),
    )


def _made(level: str) -> Callable[[Asked], bytes]:
    def make(asked: Asked) -> bytes:
        assert asked.period is not None
        year = asked.period.end.year
        return plan_xlsx(asked.desk, level, year)[1]

    return make


PLAN_PAPERS = tuple(
    Paper(f"report-plan-{level}", f"述职安排（{level_label(level)}）", ".xlsx", "period", _made(level))
    for level in ("county", "township")
)
