"""What a 通报 says before anybody changed a word: counts and names from figures and returns, no praise and no blame.

Every sentence tells a fact that can be counted again; what is well done and what falls short are lists of names
behind a fact (应办结件全部办结的, 期末有超期件的), never a verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lianxin.county.figures.town_figures import TownFigures, TownLine
from lianxin.county.returns.overview import Overview, Row
from lianxin.domain.counts import Figure
from lianxin.domain.dates import show_day
from lianxin.domain.periods import Period

ALL_NAMES = 30
"""So many are named in the text; of more the first are, and the list stands behind it."""
_FIRST_NAMES = 15
OFFICES = "各乡镇人大主席团"


@dataclass(frozen=True)
class BulletinWords:
    """The parts of a bulletin in words, each to be changed by hand."""

    title: str
    opening: str
    overall: str
    good: str
    short: str
    missing: str
    demands: str


def drafted(found: TownFigures, told: Overview, *, brief: bool = False) -> BulletinWords:
    """The draft of a period from its figures and from how the returns came in; a 简报 instead of a 通报 with `brief`."""
    period, ends, says = found.period, "简报" if brief else "的通报", "简要报告" if brief else "通报"
    return BulletinWords(
        title=f"关于{period.label}各乡镇代表联络站工作情况{ends}",
        opening=(
            f"现将{period.label}（{show_day(period.start)}至{show_day(period.end)}）各乡镇代表联络站工作情况{says}如下。"
            f"数字由各乡镇报送的记录统计，截至{show_day(told.today)}。"
        ),
        overall=_overall(found),
        good="\n".join(_good(found.lines)) or "本期没有可以列出的事项。",
        short="\n".join(_short(found.lines)) or "本期没有可以列出的事项。",
        missing="\n".join(_missing(found, told)),
        demands="（下一步工作要求，请研究后在此填写。）",
    )


def _overall(found: TownFigures) -> str:
    said = {figure.key: figure.shown for figure in found.whole.all}
    parts = "、".join(f"{label}{count}条" for label, count in found.whole.reconciliation.parts if count)
    collected = f"收集意见建议{said['opinions']}条" + (f"，其中{parts}" if parts else "")
    return (
        f"全县{len(found.lines)}个乡镇开展代表接待日{said['reception_days']}次，代表参加{said['reception_deputies']}人次，"
        f"接待群众{said['received_persons']}人次，入户走访{said['home_visit_households']}户次，召开座谈会{said['symposiums']}次。\n"
        f"{collected}。办结{said['closed']}件，应办件办结率{said['due_closed_rate']}，满意率{said['satisfaction_rate']}，"
        f"期末超期{said['overdue']}件。\n"
        f"口头述职{said['oral_reports']}人，书面述职{said['written_reports']}人；开展视察、调研、执法检查和培训{said['activities']}次；"
        f"代表提出建议{said['suggestions']}件，办实事{said['deeds']}件。"
    )


def _good(lines: Sequence[TownLine]) -> Iterable[str]:
    yield from _listed("应办结件全部办结的", lines, _full("due_closed_rate"), _base("due_closed_rate", "件"))
    yield from _listed(
        "评价全部为满意的", lines, _full("satisfaction_rate"), _base("satisfaction_rate", "件")
    )
    yield from _listed(
        "应开展的接待日全部开展的", lines, _full("reception_days_rate"), _base("reception_days_rate", "次")
    )
    yield from _listed("收集意见并且期末没有超期件的", lines, _nothing_late, lambda line: "")


def _short(lines: Sequence[TownLine]) -> Iterable[str]:
    yield from _listed("期末有超期件的", lines, _some("overdue"), _amount("overdue", "件"))
    yield from _listed(
        "应开展的接待日没有全部开展的", lines, _part("reception_days_rate"), _of("reception_days_rate", "次")
    )
    yield from _listed("没有登记接待日的", lines, _none("reception_days"), lambda line: "")
    yield from _listed("收集的意见还没有全部分流的", lines, _some("unrouted"), _amount("unrouted", "条"))
    yield from _listed("评价中有不满意的", lines, _some("unsatisfied"), _amount("unsatisfied", "件"))


def _listed(
    what: str, lines: Sequence[TownLine], holds: Callable[[TownLine], bool], more: Callable[[TownLine], str]
) -> Iterable[str]:
    """期末有超期件的3个乡镇：石牌镇（2件）、…"""
    found = [f"{line.town.name}{more(line)}" for line in lines if holds(line)]
    if found and len(found) == len(lines) > 1:
        yield f"{what}：全部{len(found)}个乡镇。"
    elif found:
        yield f"{what}{len(found)}个乡镇：{names_told(found)}。"


def names_told(names: Sequence[str]) -> str:
    """All of them, or the first and how many there are."""
    if len(names) <= ALL_NAMES:
        return "、".join(names)
    return f"{'、'.join(names[:_FIRST_NAMES])}等{len(names)}个乡镇，名单见附件"


def _figure(line: TownLine, key: str) -> Figure:
    return line.figures[key]


def _full(key: str) -> Callable[[TownLine], bool]:
    return lambda line: bool((each := _figure(line, key)).whole) and each.part == each.whole


def _part(key: str) -> Callable[[TownLine], bool]:
    return lambda line: bool((each := _figure(line, key)).whole) and each.part != each.whole


def _some(key: str) -> Callable[[TownLine], bool]:
    return lambda line: bool(_figure(line, key).value)


def _none(key: str) -> Callable[[TownLine], bool]:
    return lambda line: _figure(line, key).value == 0


def _nothing_late(line: TownLine) -> bool:
    return bool(_figure(line, "opinions").value) and _figure(line, "overdue").value == 0


def _amount(key: str, unit: str) -> Callable[[TownLine], str]:
    return lambda line: f"（{_figure(line, key).shown}{unit}）"


def _base(key: str, unit: str) -> Callable[[TownLine], str]:
    return lambda line: f"（{_figure(line, key).whole}{unit}）"


def _of(key: str, unit: str) -> Callable[[TownLine], str]:
    return lambda line: f"（应{_figure(line, key).whole}{unit}，{_figure(line, key).part}{unit}）"


def _missing(found: TownFigures, told: Overview) -> Iterable[str]:
    silent = silent_towns(found.period, told)
    late = [row.town.name for row in told.asked if row.tardy and not row.shown.missing]
    if silent:
        names = names_told([f"{name}{f'（{months}）' if months else ''}" for name, months in silent])
        yield f"截至{show_day(told.today)}，{len(silent)}个乡镇没有报送或没有报齐：{names}。"
    else:
        yield f"截至{show_day(told.today)}，各乡镇都已报送。"
    if late:
        yield f"迟报的{len(late)}个乡镇：{names_told(late)}。"
    behalf = [line.town.name for line in found.lines if line.told]
    if behalf:
        yield f"按代录报表所填的数计入的{len(behalf)}个乡镇：{names_told(behalf)}。"


def silent_towns(period: Period, told: Overview) -> tuple[tuple[str, str], ...]:
    """Name and missing months of the townships whose return of the period is not here, in the register's order.

    Of a quarter or a year the return of that very length counts, and else every month of it.
    """
    found = []
    for row in told.asked:
        if period.months == 1:
            if row.shown.missing:
                found.append((row.town.name, ""))
        elif row.shown.missing and (months := _months_owed(period, row)):
            found.append((row.town.name, "、".join(months)))
    return tuple(found)


def _months_owed(period: Period, row: Row) -> list[str]:
    known = ((part, row.year.get(part.code)) for part in period.parts)
    return [f"{part.first_month % 12 + 1}月" for part, each in known if each is not None and each.missing]
