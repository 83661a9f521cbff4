"""What leaves a page of matters: papers to print, the list as a workbook, its counts as a paragraph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from lianxin.domain.dates import show_day
from lianxin.domain.records import Opinion
from lianxin.office.case_ledger import NotWritten, case_ledger, write_ledger
from lianxin.office.case_papers.dossier import dossiers
from lianxin.office.case_papers.matter_papers import handovers, matter_sheet
from lianxin.office.case_papers.supervision_papers import latest_letter, letters
from lianxin.office.case_papers.telling_paper import telling_notices
from lianxin.office.cases.states import filter_words, paragraph_of
from lianxin.office.desk import Desk, office_of
from lianxin.office.papers.box_labels import latest_labels
from lianxin.office.paperwork.paper import NoSuchMatter
from lianxin.office.paperwork.print_order import in_number_order
from lianxin.ui.asking.files import ask_save
from lianxin.ui.batch_printing import print_batch
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.numbering import Numbering, numbering_of
from lianxin.ui.opinions.filters import CaseFilters
from lianxin.ui.opinions.promise_list import PromiseList
from lianxin.ui.opinions.sheets import SheetPage
from lianxin.ui.print_marks import marking_of
from lianxin.ui.printing import paper_folder, print_beside, show_paper
from lianxin.ui.record_list import RecordList

AskPath = Callable[[QWidget, str], str]
"""Asks where to write a file; "" when the clerk thought better of it."""


class PaperedPage(SheetPage):
    """A page with a list of matters and its filters; the page itself makes them."""

    ledger_name = "意见建议台账"
    sheet_label = "办理单"
    list: RecordList
    filters: CaseFilters
    lookup: StoreLookup
    promises: PromiseList
    papers: Path | None
    ask_path: AskPath

    def sheet_paper(self, office: Desk, uid: str) -> tuple[str, bytes]:
        """The sheet Ctrl+P prints of a matter. Raises NoSuchMatter."""
        return matter_sheet(office, uid)

    def marked(self) -> Sequence[str]:
        """The marked matters when there are several, otherwise none."""
        keys = self.list.selected_keys()
        return keys if len(keys) > 1 else []

    def print_now(self) -> None:
        """Ctrl+P: the 办理单 of the chosen matter, or of all marked ones as one job in the order of their numbers."""
        marked = in_number_order(self.office, Opinion, self.marked())
        if not marked:
            self.print_paper(partial(_first, self.sheet_paper), self.sheet_label)
            return
        print_batch(
            self.desk,
            f"{self.sheet_label}_{len(marked)}件",
            [partial(self.sheet_paper, self.office, uid) for uid in marked],
            self.papers or paper_folder(),
            owner=self,
            marking=marking_of(self.desk, self.office, self.sheet_label, Opinion.KIND, marked),
        )

    def print_dossier(self) -> None:
        """The 一件一档 of every marked matter."""
        self.print_paper(dossiers, "一件一档")

    def print_handover(self) -> None:
        """The 交办单 of the latest assignment of every marked matter."""
        self.print_paper(handovers, "交办单")

    def print_letter(self) -> None:
        """The latest 督办函 of every marked matter."""
        self.print_paper(letters, "督办函", self._letter_number)

    def _letter_number(self, uids: Sequence[str]) -> Numbering | None:
        """One letter is offered a number; several are numbered in 收发文."""
        with self.office.store.reading() as reading:
            letter = latest_letter(reading, uids[0]) if len(uids) == 1 else None
        if letter is None:
            return None
        again = partial(letters, self.office, list(uids))
        return numbering_of(self.desk, self.office, letter.uid, "督办函", self.office.today(), again)

    def print_boxes(self) -> None:
        """档案盒标签 and 归档章 of the year that was archived last."""
        made = partial(latest_labels, self.office)
        print_beside(
            self.desk, "正在生成档案盒标签", made, self.papers or paper_folder(), owner=self, personal=False
        )

    def print_telling(self) -> None:
        """The 来访事项告知单 of the chosen matter."""
        self.print_paper(telling_notices, "来访事项告知单")

    def print_paper(
        self,
        made: Callable[[Desk, Sequence[str]], tuple[str, bytes]],
        document: str = "",
        numbered: Callable[[Sequence[str]], Numbering | None] = lambda _uids: None,
    ) -> None:
        """Make a paper of the marked matters, or the chosen one, and show it; says why it cannot be made.

        With the name of the `document` the matters are marked once it was printed; `numbered` offers a 发文字号.
        """
        uids = self.marked() or [self.shown_uid()]
        if not uids[0]:
            self.desk.tell("请先在列表里选一件，再打印。")
            return
        try:
            paper = made(self.office, uids)
        except NoSuchMatter as missing:
            self.desk.tell(str(missing))
            return
        marking = marking_of(self.desk, self.office, document, Opinion.KIND, uids) if document else None
        show_paper(self.desk, paper, self.papers or paper_folder(), marking, numbered(uids))

    def export(self) -> None:
        """导出 Excel of what the list shows now."""
        uids = [self.list.model.key_at(row) for row in range(self.list.shown_count())]
        narrowed = self._narrowed()
        target = self.ask_path(self, f"{self.ledger_name}{self.office.today():%Y%m%d}.xlsx")
        if target and self.desk.paper_out(Path(target).name):
            self._write(Path(target), lambda: self.workbook(uids, narrowed))

    def workbook(self, uids: Sequence[str], narrowed: str) -> bytes:
        """The ledger of these matters."""
        return case_ledger(self.office, uids, narrowed=narrowed)

    def _write(self, target: Path, made: Callable[[], bytes]) -> None:
        def work(_progress: Progress, _cancel: Cancel) -> Path:
            return write_ledger(target, made())

        def failed(wrong: Exception) -> None:
            if not isinstance(wrong, NotWritten):
                raise wrong
            self.desk.problem(Problem(str(wrong), now="", code="U310"))

        self.desk.jobs.start(work, title="正在导出 Excel", done=self._exported, failed=failed, owner=self)

    def export_promises(self) -> None:
        """导出 Excel of the promises the list shows."""
        target = self.ask_path(self, f"承诺事项台账{self.office.today():%Y%m%d}.xlsx")
        if target and self.desk.paper_out(Path(target).name):
            self._write(Path(target), self.promises.workbook)

    def print_promises(self) -> None:
        """The 承诺事项台账, opened to be looked at and printed."""
        name = f"承诺事项台账{self.office.today():%Y%m%d}.xlsx"
        show_paper(self.desk, (name, self.promises.workbook()), self.papers or paper_folder())

    def _exported(self, path: Path) -> None:
        self.desk.tell(f"已导出 {path.name}，内含群众姓名，请勿外传")

    def copy_paragraph(self) -> None:
        """复制成一段话: the counts of what is shown, to the clipboard."""
        counts = self.filters.counts()
        if not counts:
            self.desk.tell("件数还在统计，请稍候再按一次。")
            return
        with self.office.store.reading() as reading:
            office = office_of(reading)
        said = paragraph_of(
            counts,
            office=office.short_name or office.name,
            day_words=show_day(self.office.today()),
            narrowed=self._narrowed(),
        )
        QGuiApplication.clipboard().setText(said)
        self.desk.tell("已复制，可以粘贴到报告里")

    def _narrowed(self) -> str:
        told = filter_words(self.filters.chosen(), self.lookup.name_of, self.filters.category_words())
        words = self.list.filter_words()
        return "、".join(part for part in (told, f"“{words}”" if words else "") if part)


def ask_for_path(parent: QWidget, name: str) -> str:
    return ask_save(parent, "导出 Excel", name, "Excel 工作簿 (*.xlsx)")


def _first(
    made: Callable[[Desk, str], tuple[str, bytes]], office: Desk, uids: Sequence[str]
) -> tuple[str, bytes]:
    return made(office, uids[0])
