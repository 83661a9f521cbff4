"""履职档案: the files of a level and year; one or all of them printed, made final, and published without personal data."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from lianxin.domain.codes import LEVEL
from lianxin.domain.records import FinalSheet
from lianxin.office.desk import Desk
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.office.scoring.finals import FinalProblem, file_name, final_paper
from lianxin.office.scoring.performance_file import (
    FilesStopped,
    Written,
    characters_lacking,
    file_paper,
    finish_file,
    finish_files,
    write_files,
)
from lianxin.ui.deputies.file_card import FileCard
from lianxin.ui.deputies.files_source import FilesSource
from lianxin.ui.deputies.publication_form import PublicationForm
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.opinions.act_form import Done
from lianxin.ui.opinions.sheets import SheetPage
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head
from lianxin.ui.pieces import Act, EmptyState
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.printing import paper_folder, print_beside, show_paper
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.scoring.level_line import LevelLine
from lianxin.ui.scoring.rule_combo import YearCombo

FOLLOWED = (
    "person", "mandate", "group", "group-member", "meeting", "activity", "attendance", "rota", "contact", "deed",
    "suggestion", "signer", "opinion", "year-report", "commitment", "evaluation", "tally-row", "improvement",
    "honour", "score-rule", "score-item", "score-claim", "final-sheet",
)  # fmt: skip


class _Batch(Protocol):
    """Work on everybody's file that tells how far it is and can be stopped."""

    def __call__(self, *, progress: Progress, cancelled: Cancel) -> Written: ...


class FilesSection(SheetPage):
    """The deputies of a level with what their files count, and the chosen file whole."""

    papers: Path | None = None

    def __init__(self, window: Window, office: Desk, drafts: DraftKeeper | None) -> None:
        super().__init__(window, office, drafts)
        self.levels = LevelLine(office, "各级分开，由工作记录自动汇总，点“查看”打开那条记录")
        self.source = FilesSource(office, self.levels.level(), office.today().year)
        self._wanted = ""
        self.levels.narrowed.connect(self._narrowed)
        self.year = YearCombo(office.today().year)
        self.year.currentIndexChanged.connect(self._narrowed)
        self.list = RecordList(
            self.source, name="履职档案", unit="份", reads=window.reads,
            empty=EmptyWords("这个层级还没有代表", "先登记代表，或导入花名册，履职档案由记录自动汇总。", ""),
        )  # fmt: skip
        self.list.add_tool(self.year)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.list.counted.connect(self._counted)
        self.card = FileCard()
        self.card.opened.connect(window.open_record)
        self.card.final_wanted.connect(self.show_final)
        self._nothing = EmptyState("还没有选中代表", "请在列表里选一名，这里显示他这一年的履职档案。")
        self.right.addWidget(self._nothing)
        self.right.addWidget(self.card)
        self.panes = TwoPanes(
            self.list, self.right, names=("名单", "这份档案"), shares=(12, 10), least=(430, 400)
        )
        self.body.addWidget(self.levels)
        self.body.addWidget(self.panes, 1)
        self.go_with_list(self.levels)
        self.follow(FOLLOWED)

    # ---- what the window asks -------------------------------------------------------------------

    def head(self) -> Head:
        others = (
            Act("全部导出 Word", partial(self.write_all, pdf=False), hint="每名代表一份，写到文书文件夹"),
            Act("全部导出 PDF", partial(self.write_all, pdf=True)),
            Act("全部定稿", self.finish_all, hint="没有变化的不重复定稿"),
            Act("公示", self.open_publication, hint="不含个人信息的公示表，并登记到公示台账"),
        )
        return Head("代表", Act("打印档案", self.print_now, "Ctrl+P"), others)

    def refresh(self) -> None:
        self.levels.read()
        self.list.refresh()

    def open_record(self, kind: str, uid: str) -> None:
        with self.office.store.reading() as reading:
            sheet = reading.get(FinalSheet, uid) if kind == FinalSheet.KIND else None
        if sheet is not None and sheet.person:
            self.show_deputy(sheet.person, sheet.level or self.source.level, sheet.year)

    def print_now(self) -> None:
        """Ctrl+P: the chosen file as Word, looked at before it is printed."""
        self._print(pdf=False)

    # ---- list and card --------------------------------------------------------------------------

    def show_deputy(self, person: str, level: str = "", year: int = 0) -> None:
        """Choose a deputy in the year and level asked for."""
        self.source.level, self.source.year = level or self.source.level, year or self.source.year
        self.year.set_year(self.source.year)
        self.levels.set_level(self.source.level)
        self._wanted = person
        self.list.set_filter("")
        self.list.refresh()

    def shown_uid(self) -> str:
        return self.card.line.mandate if self.card.line else ""

    def show_record(self, uid: str) -> None:
        line = self.source.line(uid)
        if line is None:
            self.card.line = None
            self.right.setCurrentWidget(self._nothing)
            return
        acts = [Act("存为 PDF", partial(self._print, pdf=True)), Act("年终定稿", self.finish_one)]
        self.card.show_line(line, acts)
        self.right.setCurrentWidget(self.card)

    def sheet_closed(self) -> None:
        self.show_record(self.list.current_key())
        self.list.setFocus()

    def sheet_saved(self, done: Done) -> None:
        self.show_record(self.list.current_key())
        self.list.setFocus()

    def _counted(self, _shown: int) -> None:
        if self._wanted:
            person, self._wanted = self._wanted, ""
            self.list.select(self.source.mandate_of(person))
        if not self.list.current_key() and self.list.shown_count():
            self.list.select(self.list.model.key_at(0))
        if self.form is None:
            self.show_record(self.list.current_key())

    def _narrowed(self) -> None:
        self.source.level, self.source.year = self.levels.level(), self.year.year()
        self.list.refresh()

    # ---- acts -----------------------------------------------------------------------------------

    def _print(self, *, pdf: bool) -> None:
        if self.card.line is None:
            self.desk.tell("请先在列表里选一名代表，再打印他的履职档案。")
            return
        made = partial(file_paper, self.office, self.card.line.mandate, self.source.year, pdf=pdf)
        print_beside(self.desk, "打印履职档案", made, self.papers or paper_folder(), owner=self)

    def show_final(self) -> None:
        """The PDF as it was made final."""
        line = self.card.line
        if line is None or not line.shown.finals:
            return
        file = line.shown.file
        name = file_name("履职档案定稿", f"{file.year}年", file.level, file.name) + ".pdf"
        try:
            content = final_paper(self.office, line.shown.finals[0])
        except FinalProblem as wrong:
            self.desk.problem(Problem(what=str(wrong), code="U341"))
            return
        show_paper(self.desk, (name, content), self.papers or paper_folder())

    def finish_one(self) -> None:
        """年终定稿 of the chosen file."""
        line = self.card.line
        if line is None:
            return
        office, year = self.office, self.source.year

        def finished(*, progress: Progress, cancelled: Cancel) -> Written:
            changes = finish_file(office, line.mandate, year)[1]
            return Written(1, None, changes, characters_lacking(line.shown.file))

        self._run("年终定稿", finished, self._finished)

    def finish_all(self) -> None:
        """年终定稿 of everybody, beside the window."""
        self._run(
            "全部定稿",
            partial(finish_files, self.office, self.source.level, self.source.year),
            self._finished,
        )

    def write_all(self, *, pdf: bool) -> None:
        """Everybody's file into one folder, beside the window."""
        level = LEVEL.label_of(self.source.level)
        folder = (self.papers or paper_folder()) / f"履职档案_{self.source.year}年_{level}级"
        if not self.desk.paper_out(f"{folder.name}（每名代表一份）"):
            return
        made = partial(write_files, self.office, self.source.level, self.source.year, folder, pdf=pdf)
        self._run("导出履职档案", made, self._wrote)

    def _run(self, title: str, made: _Batch, done: Callable[[Written], None]) -> None:
        def work(progress: Progress, cancel: Cancel) -> Written:
            return made(progress=progress, cancelled=cancel)

        def failed(wrong: Exception) -> None:
            if isinstance(wrong, FilesStopped):
                self.desk.tell(str(wrong))
                self.desk.hub.tell({FinalSheet.KIND})
                return
            if not isinstance(wrong, FinalProblem | OSError | PapersProblem):
                raise wrong
            self.desk.problem(Problem(what=f"{title}没有全部完成：{wrong}", code="U343"))

        self.desk.jobs.start(work, title=title, done=done, failed=failed, owner=self)

    def _wrote(self, written: Written) -> None:
        self.desk.tell(f"已导出{written.count}份履职档案：{written.folder}{written.lacking_words}")

    def _finished(self, written: Written) -> None:
        if not written.count:
            self.desk.tell("都已定稿，记录没有变化，没有重复定稿")
            return
        self.after_write(f"已定稿{written.count}份履职档案{written.lacking_words}", written.changes)

    def open_publication(self) -> None:
        """公示: where it is put up and who checked it, then the sheet."""
        form = PublicationForm(self.desk, self.office, self.source.level, self.source.year)
        form.printed.connect(self._published)
        self.open_sheet(form)

    def _published(self, name: str, content: bytes) -> None:
        show_paper(self.desk, (name, content), self.papers or paper_folder(), personal=False)
