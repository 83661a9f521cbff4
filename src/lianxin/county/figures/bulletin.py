"""通报 and 简报: drafted from figures, changed in words, numbered in 收发文, made as Word and Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lianxin.county.figures.as_reported import as_reported
from lianxin.county.figures.bulletin_words import ALL_NAMES, OFFICES, drafted, silent_towns
from lianxin.county.figures.town_figures import TownFigures, county_period, figures_by_town
from lianxin.county.figures.town_papers import town_book
from lianxin.county.returns.overview import Overview, overview
from lianxin.domain.counts import NOTHING
from lianxin.domain.periods import Period
from lianxin.domain.records import Bulletin
from lianxin.office.desk import Desk, office_of
from lianxin.office.paperwork.outgoing_numbers import number_about, number_year, take_number, void_number
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.store.reading import Order, Reading
from lianxin.store.writing import Change

if TYPE_CHECKING:
    from lianxin.documents.official.bulletin import BulletinTable

SIGNS = {"notice": "工作通报", "brief": "工作简报"}
COLUMNS = (
    "reception_days", "reception_deputies", "received_persons", "home_visit_households", "opinions", "assigned",
    "closed", "due_closed_rate", "satisfaction_rate", "overdue", "deeds",
)  # fmt: skip
"""The figures of the table behind the text; the workbook has all of them."""


class BulletinProblem(ValueError):
    """Nothing was written; the message is a Chinese sentence that says why."""


@dataclass(frozen=True)
class Listed:
    """One bulletin of the list with the number it bears, "" while it has none."""

    record: Bulletin
    number: str


def bulletins(reading: Reading) -> tuple[Listed, ...]:
    """Every bulletin, the latest first."""
    found = reading.all(Bulletin, order=Order("date", descending=True))
    return tuple(Listed(each, number_about(reading, [each.uid])) for each in found)


def draft_bulletin(
    desk: Desk, period: Period, *, sort: str = "notice", ranked: str = ""
) -> tuple[Bulletin, tuple[Change, ...]]:
    """起草: a bulletin of a period with words made from its figures; they are kept and can be changed."""
    words = drafted(figures_by_town(desk, period), overview(desk, period), brief=sort == "brief")
    own_cutoff = None if period.cutoff == desk.profile.cutoff_day.value else period.cutoff
    with desk.store.writing(reason="起草通报简报") as writing:
        made = Bulletin(
            uid=writing.new_uid(), sort=sort, period=period.code, cutoff=own_cutoff,
            title=words.title,
            addressee=OFFICES, day=desk.today(), opening=words.opening, overall=words.overall, good=words.good,
            short=words.short, missing=words.missing, demands=words.demands, ranked=ranked or None,
        )  # fmt: skip
        writing.put(made)
        return made, tuple(writing.changes)


def number_bulletin(desk: Desk, uid: str) -> tuple[str, tuple[Change, ...]]:
    """编号: the next issue of its sign in 收发文; one that has a number keeps it. Raises BulletinProblem."""
    with desk.store.reading() as reading:
        found = _bulletin(reading, uid)
    return take_number(
        desk, title=found.title, day=found.day, organ=found.addressee or "", about=uid, sign=SIGNS[found.sort],
        issue=True,
    )  # fmt: skip


def void_bulletin_number(desk: Desk, uid: str, *, reason: str) -> tuple[Change, ...]:
    """作废留号: the issue keeps its place in 收发文 and is never given again. Raises BulletinProblem."""
    with desk.store.reading() as reading:
        number = number_about(reading, [uid])
    if not number:
        raise BulletinProblem("这份通报还没有编号，没有可以作废的，没有改动。")
    return void_number(desk, number, reason=reason)


def numbers_words(reading: Reading, year: int) -> str:
    """How far the issues of a year are given, with gaps and void ones."""
    told = [number_year(reading, sign, year) for sign in SIGNS.values()]
    return "；".join(each.words() for each in told if each.lines) or f"{year}年还没有编过通报、简报的期号"


def bulletin_name(found: Bulletin, ending: str) -> str:
    """File name of a bulletin."""
    return f"{found.title}.{ending}"


# ---- on paper --------------------------------------------------------------------------------------


def bulletin_docx(desk: Desk, uid: str) -> tuple[str, bytes]:
    """The bulletin as Word by GB/T 9704: the words as they were changed, the tables counted now."""
    from lianxin.documents.official import bulletin as papers

    with desk.store.reading() as reading:
        found, number = _bulletin(reading, uid), number_about(reading, [uid])
        issuer = office_of(reading).name
    period = period_of_bulletin(desk, found)
    tables = _tables(desk, found, period) if found.tables else ()
    paper = papers.BulletinPaper(
        issuer=issuer, number=number, title=found.title, addressee=found.addressee or OFFICES,
        opening=found.opening or "", sections=_sections(found), tables=tables, day=found.day,
    )  # fmt: skip
    return bulletin_name(found, "docx"), papers.bulletin_docx(paper)


def bulletin_xlsx(desk: Desk, uid: str) -> tuple[str, bytes]:
    """The figures of the bulletin as a workbook with native charts and the list of differences."""
    from lianxin.documents.workbooks.town_returns import town_returns_xlsx

    with desk.store.reading() as reading:
        found, issuer = _bulletin(reading, uid), office_of(reading).name
    against = as_reported(desk, period_of_bulletin(desk, found))
    book = town_book(against.current, issuer, ranked=found.ranked or "", against=against)
    notes = (*book.notes, *(line for line in (found.missing or "").split("\n") if line))
    return bulletin_name(found, "xlsx"), town_returns_xlsx(replace(book, notes=notes))


def period_of_bulletin(desk: Desk, found: Bulletin) -> Period:
    """The period a bulletin is about, by its own cut-off day when it has one. Raises BadPeriod."""
    return county_period(desk, found.period, found.cutoff)


def _sections(found: Bulletin) -> Sequence[tuple[str, str]]:
    return (
        ("总体情况", found.overall or ""),
        ("做得好的方面", found.good or ""),
        ("存在的不足", found.short or ""),
        ("报送情况", found.missing or ""),
        ("下一步工作", found.demands or ""),
    )


def _tables(desk: Desk, found: Bulletin, period: Period) -> tuple[BulletinTable, ...]:
    counted = figures_by_town(desk, period)
    told = overview(desk, period)
    return (town_table(counted, found.ranked or ""), *_missing_table(period, told))


def town_table(found: TownFigures, ranked: str) -> BulletinTable:
    """The main figures of every township and of the county; a column of places only when asked for."""
    from lianxin.documents.official.bulletin import BulletinTable

    places = found.places(ranked) if ranked else {}
    heads = ["乡镇", *(found.whole[key].label for key in COLUMNS), *(["名次"] if ranked else [])]
    rows = [
        (
            line.town.name, *(line.figures[key].shown for key in COLUMNS),
            *([str(places[line.town.code] or NOTHING)] if ranked else []),
        )
        for line in found.lines
    ]  # fmt: skip
    rows.append(("全县", *(found.whole[key].shown for key in COLUMNS), *([NOTHING] if ranked else [])))
    note = found.whole.reconciliation.text + "。全县的比率用合计数重新计算，不是各乡镇比率的平均数。"
    note += f"名次按{found.whole[ranked].label}从大到小，相同的并列。" if ranked else ""
    return BulletinTable(f"{found.period.label}各乡镇主要工作统计表", tuple(heads), tuple(rows), note)


def _missing_table(period: Period, told: Overview) -> tuple[BulletinTable, ...]:
    from lianxin.documents.official.bulletin import BulletinTable

    silent = silent_towns(period, told)
    if len(silent) <= ALL_NAMES:
        return ()
    rows = tuple((name, months or period.label) for name, months in silent)
    return (BulletinTable("没有报送或没有报齐的乡镇", ("乡镇", "未报的月份"), rows, wide=60.0),)


def _bulletin(reading: Reading, uid: str) -> Bulletin:
    found = reading.get(Bulletin, uid)
    if found is None:
        raise BulletinProblem("没有找到这份通报，可能已经删除，没有改动。")
    return found


def _asked(made: str) -> Paper:
    def make(asked: Asked) -> bytes:
        uid = asked.uid or _latest(asked)
        try:
            return (bulletin_docx if made == "docx" else bulletin_xlsx)(asked.desk, uid)[1]
        except BulletinProblem as wrong:
            raise PapersProblem(str(wrong)) from wrong

    name, label = ("bulletin", "工作通报") if made == "docx" else ("bulletin-xlsx", "工作通报（Excel）")
    return Paper(name, label, f".{made}", "period or all", make, official=made == "docx")


def _latest(asked: Asked) -> str:
    """The latest bulletin of the period; one is drafted when there is none yet."""
    if asked.period is None:
        raise PapersProblem("通报要说明时段（--period，如 2026-Q3）或是哪一份（--for 标识），没有生成文件")
    found = [each for each in asked.reading.all(Bulletin) if each.period == asked.period.code]
    if found:
        return max(found, key=lambda each: (each.day, each.uid)).uid
    return draft_bulletin(asked.desk, asked.period)[0].uid


BULLETIN_PAPERS = (_asked("docx"), _asked("xlsx"))
