"""迎检目录: a year's ledgers and documents laid into numbered folders, with 卷内目录 and 盒脊 (domain.md 4.15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lianxin.domain.casework.archive_numbers import read_archive_number, retention_of
from lianxin.domain.codes import RETENTION
from lianxin.domain.dictionary import kind_named, kinds
from lianxin.domain.periods import Period
from lianxin.domain.records import Archiving
from lianxin.domain.rules import rules_of
from lianxin.office.beside import write_beside
from lianxin.office.desk import Desk, office_of
from lianxin.office.figuring import period_of
from lianxin.office.papers.catalogue import PAPERS, make_paper
from lianxin.office.papers.register_period import records_within
from lianxin.office.paperwork.paper import Paper, PapersProblem
from lianxin.store.reading import Reading

Progress = Callable[[int, int, str], None]
Cancel = Callable[[], bool]
CountPages = Callable[[Sequence[tuple[bytes, str]]], Sequence[int | None]]
"""Contents of files with their endings → how many pages each prints as; None when that cannot be told here."""

FOLDERS: Mapping[str, Sequence[str]] = {
    "机构与站点": ("staff-ledger", "station-ledger", "station-change-ledger", "station-check-ledger",
              "station-check-item-ledger", "station-money-ledger"),
    "代表与小组": ("mandate-ledger", "group-ledger", "district-ledger", "contact-pair-ledger",
              "deputy-information-ledger"),
    "接待群众": ("rota", "reception-day-ledger", "contact-ledger"),
    "意见建议办理": ("opinion-ledger", "promise-ledger"),
    "议案建议": ("suggestion-ledger", "suggestion-report"),
    "述职评议": ("report-plan-county", "report-plan-township", "commitment-ledger", "year-report-ledger",
             "report-session-ledger", "improvement-ledger"),
    "计划与活动": ("plan-ledger", "plan-item-ledger", "annual-theme-ledger", "activity-ledger"),
    "会议": ("meeting-ledger",),
    "监督与人事": ("supervision-topic-ledger", "project-ledger", "filing-ledger", "appointment-ledger",
              "oath-ledger"),
    "宣传与创新": ("publicity-ledger", "reporter-ledger", "innovation-ledger", "typical-case-ledger",
              "publication-ledger"),
    "制度与收发文": ("rule-document-ledger", "document-log-ledger", "party-report-ledger", "work-report-ledger"),
    "经费实事与表彰": ("expense-ledger", "deed-ledger", "honour-ledger"),
    "年度统计": ("monthly-return", "yearly-duties-sheet", "year-summary"),
}  # fmt: skip
"""Title of a folder → names of the papers in it, in the order they are filed."""

_KEPT_BY: Mapping[str, str] = {
    "代表与小组": "archive_deputies", "议案建议": "archive_bills", "会议": "archive_meetings",
    "监督与人事": "archive_meetings", "宣传与创新": "archive_publicity", "年度统计": "archive_statistics",
}  # fmt: skip
"""Title of a folder → the rule that says how long it is kept; 议案 and 建议 share a box, which is kept as long as the
longer of the two. The rest are ledgers."""
_LEDGERS = "archive_ledgers"
_CHOSEN = "inspection-retention"
"""The setting with what the office chose instead of the rule."""

_IN_FORCE = frozenset({"rule-document-ledger"})
"""Filed whole: what is in force counts, whenever it was passed."""

_CALLED = {"monthly-return": "年度统计报表", "yearly-duties-sheet": "年度任务进度"}
"""What a paper is called in the folder of a year where its own name speaks of something else."""


class InspectionStopped(Exception):
    """The clerk stopped it; `folder` holds what was written so far."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, self.count = folder, count
        self.message = f"已停止。已写好的{count}份在 {folder}，台账数据没有改动。"
        super().__init__(self.message)


@dataclass(frozen=True)
class Filed:
    """What was laid out: where, how many papers, and what of the list had no records this year."""

    folder: Path
    papers: int
    folders: int
    empty: tuple[str, ...]

    def words(self) -> str:
        """已整理成12盒、43份."""
        left = f"；没有记录的{len(self.empty)}种没有放：{'、'.join(self.empty)}" if self.empty else ""
        return f"已整理成{self.folders}盒、{self.papers}份，另有卷内目录和盒脊标签：{self.folder}{left}"


@dataclass(frozen=True)
class Kept:
    """How long a folder is kept: the code chosen, what the rule says, and where that stands."""

    heading: str
    chosen: str
    by_rule: str
    source: str


def kept_folders(desk: Desk) -> tuple[Kept, ...]:
    """保管期限 of every folder: as the office chose it, else by the rules of the place."""
    with desk.store.reading() as reading:
        setting = reading.setting(_CHOSEN)
    chosen = setting if isinstance(setting, dict) else {}
    known = {each.code for each in RETENTION.codes}
    rules = {name: rule for name, _label, rule in rules_of(desk.profile)}
    found = []
    for heading in FOLDERS:
        rule = rules.get(_KEPT_BY.get(heading, _LEDGERS))
        code = retention_of(rule)
        own = chosen.get(heading)
        source = rule.source if rule else ""
        found.append(Kept(heading, own if isinstance(own, str) and own in known else code, code, source))
    return tuple(found)


def choose_kept(desk: Desk, chosen: Mapping[str, str]) -> None:
    """Keeps what the office chose for its folders, heading → code; what the rule says is not kept."""
    by_rule = {each.heading: each.by_rule for each in kept_folders(desk)}
    own = {heading: code for heading, code in chosen.items() if by_rule.get(heading) not in (None, code)}
    desk.store.set_setting(_CHOSEN, dict(own))


def not_counted(papers: Sequence[tuple[bytes, str]]) -> Sequence[int | None]:
    """Pages are written in by hand."""
    return [None] * len(papers)


def _silent(_done: int, _total: int, _words: str) -> None:
    return


def lay_out_inspection(
    desk: Desk,
    *,
    period: str,
    to: Path,
    count_pages: CountPages = not_counted,
    progress: Progress = _silent,
    cancel: Cancel = lambda: False,
) -> Filed:
    """Writes the folders of a year below `to`. Raises BadPeriod, PapersProblem for a period that is no year,
    InspectionStopped, OSError.

    `count_pages` tells how many pages each paper prints as, None when it cannot: these are written in by hand.
    """
    from lianxin.documents.sheets.archive_labels import (
        BoxYear,
        Folder,
        FolderItem,
        contents_docx,
        spines_docx,
    )

    within = _year_of(desk, period)
    with desk.store.reading() as reading:
        office, fonds = office_of(reading).name, _fonds(reading)
    root = to / f"{office}{within.end.year}年迎检材料"
    laid, empty = _lay_papers(desk, within, root, progress, cancel)
    pages = iter(
        count_pages([(each.content, each.path.suffix) for papers in laid.values() for each in papers])
    )
    kept = {each.heading: RETENTION.label_of(each.chosen) for each in kept_folders(desk)}
    day = f"{desk.today():%Y%m%d}"
    folders: list[Folder] = []
    begun: Counter[str] = Counter()
    for number, (heading, papers) in enumerate(laid.items(), 1):
        items = tuple(
            FolderItem(f"{within.label}{each.called}", office, day, pages=next(pages, 0) or 0)
            for each in papers
        )
        folders.append(Folder(number, heading, items, kept[heading], begun[kept[heading]] + 1))
        begun[kept[heading]] += len(items)
    year = BoxYear(office, within.end.year, fonds)
    for folder in folders:
        place = root / f"{folder.number:02}_{folder.title}"
        write_beside(place / "00_卷内目录.docx", contents_docx([folder], year))
    write_beside(root / "00_卷内目录（全部）.docx", contents_docx(folders, year))
    write_beside(root / "00_盒脊标签.docx", spines_docx(folders, year))
    written = sum(map(len, laid.values()))
    desk.store.note("整理迎检材料", f"{within.label} {written}份")
    return Filed(root, written, len(folders), empty)


@dataclass(frozen=True)
class _Laid:
    """One paper that was written, and what it is called."""

    called: str
    path: Path
    content: bytes


def _lay_papers(
    desk: Desk, within: Period, root: Path, progress: Progress, cancel: Cancel
) -> tuple[Mapping[str, Sequence[_Laid]], tuple[str, ...]]:
    """Writes the papers into numbered folders; those in each folder by its title, and what had no records."""
    laid: dict[str, list[_Laid]] = {}
    empty: list[str] = []
    total, done = sum(map(len, FOLDERS.values())), 0
    for heading, names in FOLDERS.items():
        place = root / f"{len(laid) + 1:02}_{heading}"
        for name in names:
            if cancel():
                raise InspectionStopped(root, sum(map(len, laid.values())))
            paper, done = PAPERS[name], done + 1
            progress(done, total, paper.label)
            content = _content(desk, paper, within)
            if content is None:
                empty.append(paper.label)
                continue
            here, called = laid.setdefault(heading, []), _CALLED.get(name, paper.label)
            path = write_beside(place / f"{len(here) + 1:02}_{called}{paper.ending}", content)
            here.append(_Laid(called, path, content))
    return laid, tuple(empty)


def _fonds(reading: Reading) -> str:
    """The 全宗号 of the office as it stands in the latest 档号; "" before anything was archived."""
    given = sorted(reading.all(Archiving), key=lambda each: (each.day, each.uid))
    read = [number for each in given if (number := read_archive_number(each.number)) is not None]
    return read[-1].fonds if read else ""


def _year_of(desk: Desk, text: str) -> Period:
    period = period_of(desk, text)
    if period.months != 12:
        raise PapersProblem("迎检材料按年度整理，请把时段写成年份，如 2025；没有生成文件")
    return period


def _content(desk: Desk, paper: Paper, period: Period) -> bytes | None:
    """The paper of the year; None when its register has no record of the year, or there is nothing to tell."""
    whole = None if paper.name in _IN_FORCE else period
    kind = paper.name.removesuffix("-ledger")
    if kind != paper.name and kind in {cls.KIND for cls in kinds()}:
        with desk.store.reading() as reading:
            records, _ = records_within(reading, kind_named(kind), whole)
        if not records:
            return None
    try:
        return make_paper(desk, paper.name, period=str(period.end.year) if whole is not None else None)
    except PapersProblem:
        return None
