"""分乡镇统计表: the workbook of all townships, from the same figures as the page and the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lianxin.county.figures.as_reported import AsReported
from lianxin.county.figures.town_figures import TownFigures, counted_by_town
from lianxin.documents.workbooks.monthly_return import ReturnChart
from lianxin.domain.counts import NOTHING, Figure
from lianxin.domain.dates import show_day
from lianxin.domain.figures.summed import NOT_TOLD
from lianxin.office.desk import Desk, office_of
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.office.sending.papers import return_charts
from lianxin.office.trust.trusting import is_county

if TYPE_CHECKING:
    from lianxin.documents.workbooks.town_returns import TownBook

_MOST_BARS = 40
"""Townships a chart shows by name; of more only the greatest stand, or none could be read."""


def town_returns(
    desk: Desk, found: TownFigures, *, ranked: str = "", against: AsReported | None = None
) -> tuple[str, bytes]:
    """File name and content. `ranked` is the figure whose places were asked for, `against` adds the differences."""
    from lianxin.documents.workbooks.town_returns import town_returns_xlsx

    with desk.store.reading() as reading:
        office = office_of(reading).name
    return f"分乡镇统计表_{found.period.label}.xlsx", town_returns_xlsx(
        town_book(found, office, ranked=ranked, against=against)
    )


def town_book(
    found: TownFigures, office: str, *, ranked: str = "", against: AsReported | None = None
) -> TownBook:
    """The workbook in words and numbers."""
    from lianxin.documents.workbooks.town_returns import TownBook, TownColumn

    period = found.period
    columns = [
        TownColumn(
            figure.label, figure.unit, figure.definition,
            tuple(cell(line.figures[figure.key]) for line in found.lines), cell(figure),
        )
        for figure in found.whole.columns()
    ]  # fmt: skip
    if ranked:
        places = found.places(ranked)
        label = found.whole[ranked].label
        columns.append(
            TownColumn(
                f"名次（{label}）", "", f"按{label}从大到小排，数相同的名次并列，没有数的不排。",
                tuple(places[line.town.code] or NOTHING for line in found.lines), NOTHING,
            )
        )  # fmt: skip
    lines = [(line.town.name, line.figures.reconciliation.text) for line in found.lines]
    return TownBook(
        title=f"{period.label}各乡镇人大工作统计表",
        office=office,
        period_words=f"{period.label}（{show_day(period.start)}至{show_day(period.end)}）",
        towns=tuple(line.town.name for line in found.lines),
        columns=tuple(columns),
        lines=(*lines, ("全县", found.whole.reconciliation.text)),
        notes=notes_of(found),
        charts=tuple(return_charts(found.charts, found.period)),
        town_charts=tuple(town_charts(found)),
        differences=difference_rows(against) if against is not None else None,
    )


def difference_rows(found: AsReported) -> tuple[tuple[str, ...], ...]:
    """The list of differences as rows."""
    return tuple(
        (each.town.name, each.label, each.then, each.now, "；".join(each.causes))
        for each in found.differences
    )


def cell(figure: Figure) -> int | str:
    """A whole number, or the words of a share."""
    return figure.value if isinstance(figure.value, int) else figure.shown


def notes_of(found: TownFigures) -> tuple[str, ...]:
    """What has to be said below the table."""
    told = [line.town.name for line in found.lines if line.told]
    notes = [
        f"勾稽关系：{found.whole.reconciliation.text}",
        "全县的比率用分子、分母合计数重新计算，不是各乡镇比率的平均数。",
    ]
    if told:
        notes.append(
            f"{'、'.join(told)}按代录报表所填的数计入，没有逐条记录；“{NOT_TOLD}”是报表上没有这个数。"
        )
    if found.strangers:
        notes.append(f"{'、'.join(found.strangers)}报过数，但不在乡镇名录里，没有计入。")
    return tuple(notes)


def town_charts(found: TownFigures) -> Sequence[ReturnChart]:
    """The townships beside each other."""
    drawn: list[ReturnChart] = []
    for key, unit in (("opinions", "条"), ("received_persons", "人次"), ("closed", "件")):
        bars = found.by_town(key)
        if any(each.value for each in bars):
            shown = (
                bars if len(bars) <= _MOST_BARS else sorted(bars, key=lambda each: -each.value)[:_MOST_BARS]
            )
            title = f"{found.period.label}各乡镇{found.whole[key].label}"
            title += f"（最多的{_MOST_BARS}个）" if len(shown) < len(bars) else ""
            names = tuple(each.label for each in shown)
            drawn.append(
                ReturnChart(title, names, ((unit, tuple(each.value for each in shown)),), lying=True)
            )
    return drawn


def _asked(asked: Asked) -> bytes:
    from lianxin.documents.workbooks.town_returns import town_returns_xlsx

    assert asked.period is not None
    office = office_of(asked.reading)
    if not is_county(office.office_type):
        raise PapersProblem("分乡镇统计表由县人大生成，乡镇请用月报表，没有生成文件")
    found = counted_by_town(asked.reading, asked.period, profile=asked.desk.profile)
    return town_returns_xlsx(town_book(found, office.name))


TOWN_PAPERS = (Paper("town-returns", "分乡镇统计表", ".xlsx", "period", _asked),)
