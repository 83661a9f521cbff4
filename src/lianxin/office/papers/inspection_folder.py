"""迎检目录: a year's ledgers and documents laid into numbered folders, with 卷内目录 and 盒脊 (domain.md 4.15)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lianxin.domain.codes import RETENTION
from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import kind_named, kinds
from lianxin.domain.periods import Period
from lianxin.office.beside import write_beside
from lianxin.office.desk import Desk, office_of
from lianxin.office.figuring import period_of
from lianxin.office.papers.catalogue import PAPERS, make_paper
from lianxin.office.papers.register_period import records_within
from lianxin.office.paperwork.paper import Paper, PapersProblem

Progress = Callable[[int, int, str], None]
Cancel = Callable[[], bool]

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
    "活动与会议": ("plan-ledger", "plan-item-ledger", "annual-theme-ledger", "activity-ledger", "meeting-ledger"),
    "监督与人事": ("supervision-topic-ledger", "project-ledger", "filing-ledger", "appointment-ledger",
              "oath-ledger"),
    "宣传与创新": ("publicity-ledger", "reporter-ledger", "innovation-ledger", "typical-case-ledger",
              "publication-ledger"),
    "制度与收发文": ("rule-document-ledger", "document-log-ledger", "party-report-ledger", "work-report-ledger"),
    "经费实事与表彰": ("expense-ledger", "deed-ledger", "honour-ledger"),
    "年度统计": ("monthly-return", "yearly-duties-sheet", "year-summary"),
}  # fmt: skip
"""Title of a folder → names of the papers in it, in the order they are filed."""

_FOR_EVER = frozenset({"代表与小组", "议案建议", "活动与会议", "监督与人事", "年度统计"})
"""Folders kept permanently: who was a deputy, what was decided, elected and proposed, the figures of the year
(国家档案局8号令 2006 in domain.md 2.10). The rest is kept as long as most of its records, 30 years."""

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


def _silent(_done: int, _total: int, _words: str) -> None:
    return


def lay_out_inspection(
    desk: Desk, *, period: str, to: Path, progress: Progress = _silent, cancel: Cancel = lambda: False
) -> Filed:
    """Writes the folders of a year below `to`. Raises BadPeriod, PapersProblem for a period that is no year,
    InspectionStopped, OSError.
    """
    from lianxin.documents.archive_labels import BoxYear, Folder, FolderItem, contents_docx, spines_docx

    within = _year_of(desk, period)
    with desk.store.reading() as reading:
        office = office_of(reading).name
    title = f"{within.end.year}年迎检材料"
    root, total, done = to / f"{office}{title}", sum(map(len, FOLDERS.values())), 0
    folders: list[Folder] = []
    empty: list[str] = []
    written = 0
    for heading, names in FOLDERS.items():
        place = root / f"{len(folders) + 1:02}_{heading}"
        items: list[FolderItem] = []
        for name in names:
            if cancel():
                raise InspectionStopped(root, written)
            paper, done = PAPERS[name], done + 1
            progress(done, total, paper.label)
            content = _content(desk, paper, within)
            if content is None:
                empty.append(paper.label)
                continue
            called = _CALLED.get(name, paper.label)
            write_beside(place / f"{len(items) + 1:02}_{called}{paper.ending}", content)
            items.append(FolderItem(f"{within.label}{called}", office, show_day(desk.today())))
            written += 1
        if items:
            folders.append(Folder(len(folders) + 1, heading, tuple(items), kept_of(heading)))
    year = BoxYear(office, within.end.year)
    write_beside(root / "00_卷内目录.docx", contents_docx(folders, year))
    write_beside(root / "00_盒脊标签.docx", spines_docx(folders, year))
    desk.store.note("整理迎检材料", f"{within.label} {written}份")
    return Filed(root, written, len(folders), tuple(empty))


def kept_of(heading: str) -> str:
    """保管期限 of a folder, as its box and the archive's number say it."""
    return RETENTION.label_of("permanent" if heading in _FOR_EVER else "years30")


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
