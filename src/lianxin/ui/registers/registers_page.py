"""台账: the registers of the dictionary in a rail, the chosen one beside it; no screen of its own for any kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.domain.dictionary import Record, kind_named, kinds
from lianxin.domain.records import DocumentLog, Filing, WorkReport
from lianxin.office.access.access_log import is_personal
from lianxin.office.desk import Desk as Office
from lianxin.office.names import Names
from lianxin.office.papers.record_paper import record_paper
from lianxin.office.papers.register_book import register_xlsx
from lianxin.office.papers.register_groups import IN_SETTINGS, WRITTEN_BY_PROGRAM, has_subject, parent_of
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.numbering import Numbering, numbering_of
from lianxin.ui.pages import LEDGER, REGISTER, Desk, Head, Page
from lianxin.ui.pieces.buttons import Act
from lianxin.ui.pieces.card import Card
from lianxin.ui.pieces.part_stack import PartStack
from lianxin.ui.print_marks import marking_of
from lianxin.ui.printing import paper_folder, print_beside, show_paper
from lianxin.ui.registers.kind_rail import KindRail
from lianxin.ui.registers.number_line import NumberLine
from lianxin.ui.registers.register_panel import RegisterPanel
from lianxin.ui.registers.report_line import ReportLine
from lianxin.ui.theme import px


class RegistersPage(Page):
    """Every kind; those in `elsewhere` are kept on their own pages and shown and exported here."""

    def __init__(
        self, window: Desk, office: Office, *, drafts: DraftKeeper, elsewhere: frozenset[str]
    ) -> None:
        super().__init__(window)
        self.office, self._drafts = office, drafts
        self._elsewhere = elsewhere | WRITTEN_BY_PROGRAM
        self._panels: dict[str, RegisterPanel] = {}
        self.rail = KindRail(self._shown_kinds(here=True), self._shown_kinds(here=False))
        self._card, self._stack = Card(), PartStack()
        self._lay_out()
        self.rail.chosen.connect(self._chosen)
        self.follow()

    def head(self) -> Head:
        panel: RegisterPanel | None = self.panel()
        others = (
            Act("打印这一条", self.print_record),
            Act("打印台账", self.export, hint="这一类的全部记录，Excel 表，按 A4 横向排好"),
            Act("导入台账", self.import_here, hint="从 Excel、Word 表格导入这一类"),
        )
        if panel is None or not panel.kept_here:
            return Head("台账", None, others)
        own = Act("复制上一条", self.copy_last, hint="照选中的（或最近的）一条起一条新的")
        return Head("台账", Act(f"新增{panel.cls.LABEL}", panel.begin_new, keys="F2"), (own, *others))

    def refresh(self) -> None:
        self._count()
        panel = self.panel()
        if panel is None:
            self.choose(self.rail.first_kind())
        else:
            panel.refresh()

    def choose(self, kind: str) -> None:
        """Show the register of a kind, or the one it is a line of. KeyError for one that is not kept."""
        self.rail.choose(self._whole(kind))

    def panel(self) -> RegisterPanel | None:
        """The register that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, RegisterPanel) else None

    def open_record(self, kind: str, uid: str) -> None:
        if kind == REGISTER:
            self.choose(uid)
            return
        cls, parent = kind_named(kind), parent_of(kind_named(kind))
        with self.office.store.reading() as reading:
            record = reading.get(cls, uid)
        owner = str(record.packed()[cls.PARENT]) if record is not None and parent else ""
        if not self._in_rail(cls) and not self._kept_here(parent):
            self.desk.open_record(parent, owner)
            return
        self.choose(kind)
        panel = self.panel()
        if panel is None:
            return
        if self._whole(kind) == kind:
            panel.show_record(uid)
        elif record is not None:
            panel.show_line(owner, uid, kind)

    def export(self) -> None:
        """The whole register as a workbook, opened when it is written."""
        panel = self.panel()
        if panel is None:
            return
        cls = panel.cls

        def work(_progress: Progress, _cancel: Cancel) -> bytes:
            return register_xlsx(self.office, cls)

        def done(content: bytes) -> None:
            paper = (f"{cls.LABEL}台账.xlsx", content)
            show_paper(self.desk, paper, paper_folder(), personal=is_personal(cls))

        self.desk.jobs.start(work, title=f"导出{cls.LABEL}台账", done=done, owner=self)

    def print_record(self) -> None:
        """The chosen record on one sheet, with its lines."""
        panel = self.panel()
        uid = panel.current() if panel is not None else ""
        if panel is None or not uid:
            self.desk.tell("请先选一条记录，再打印这一条")
            return
        cls = panel.cls
        print_beside(
            self.desk,
            f"打印{cls.LABEL}",
            lambda: record_paper(self.office, cls, uid),
            paper_folder(),
            owner=self,
            marking=marking_of(self.desk, self.office, f"{cls.LABEL}登记卡", cls.KIND, [uid]),
            numbering=self._numbering(cls, uid),
            personal=is_personal(cls),
        )

    def _numbering(self, cls: type[Record], uid: str) -> Numbering | None:
        """A report of filing and a report of the year go out under a number of the office."""
        if cls not in (Filing, WorkReport):
            return None
        make = partial(record_paper, self.office, cls, uid)
        with self.office.store.reading() as reading:
            record = reading.get(cls, uid)
            title = Names(reading).title(record) if record is not None else cls.LABEL
        return numbering_of(self.desk, self.office, uid, title, self.office.today(), make)

    def copy_last(self) -> None:
        """复制上一条."""
        panel = self.panel()
        if panel is not None and not panel.copy_last():
            self.desk.tell(f"还没有{panel.cls.LABEL}可以复制")

    def import_here(self) -> None:
        """A ledger of the kind that is shown."""
        panel = self.panel()
        if panel is not None:
            self.desk.open_record(LEDGER, panel.cls.KIND)

    def focus_first(self) -> None:
        self.rail.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        panel = self.panel()
        if panel is not None:
            panel.list.focus_filter()

    def print_now(self) -> None:
        """The record while somebody is at it, otherwise the register."""
        panel = self.panel()
        if panel is not None and panel.current() and _holds_focus(panel.detail):
            self.print_record()
        else:
            self.export()

    def go_back(self) -> bool:
        panel = self.panel()
        return panel is not None and panel.panes.go_back()

    def close_down(self) -> None:
        for panel in self._panels.values():
            panel.keep()

    def _kept_here(self, kind: str) -> bool:
        return kind not in self._elsewhere

    def _whole(self, kind: str) -> str:
        """The kind in whose detail this kind is kept; itself when it stands in the rail."""
        parent = parent_of(kind_named(kind))
        return self._whole(parent) if parent and self._kept_here(kind) and self._kept_here(parent) else kind

    def _shown_kinds(self, *, here: bool) -> Sequence[type[Record]]:
        """The kinds of one group; lines, steps and parts are seen with their whole."""
        return [cls for cls in kinds() if self._in_rail(cls) and self._kept_here(cls.KIND) is here]

    def _in_rail(self, cls: type[Record]) -> bool:
        """What stands by itself, and the few lines that are kept here though their whole is not."""
        if cls.KIND in IN_SETTINGS:
            return False
        return not cls.PARENT or (
            self._kept_here(cls.KIND) and not self._kept_here(parent_of(cls)) and has_subject(cls.KIND)
        )

    def _count(self) -> None:
        with self.office.store.reading() as reading:
            self.rail.show_counts({kind: reading.count(kind_named(kind)) for kind in self.rail.all_kinds()})

    def _lay_out(self) -> None:
        self._card.body.setContentsMargins(px(6), px(8), px(2), px(6))
        self._card.add(self.rail, 1)
        self._card.setFixedWidth(px(172))
        line = QHBoxLayout()
        line.setSpacing(px(12))
        line.addWidget(self._card)
        line.addWidget(self._stack, 1)
        self.body.addLayout(line, 1)

    def _chosen(self, kind: str) -> None:
        panel = self._panels.get(kind)
        if panel is None:
            panel = RegisterPanel(
                self.desk, self.office, kind_named(kind), self._drafts, kept_here=self._kept_here(kind),
                elsewhere=self._elsewhere,
            )  # fmt: skip
            if kind == DocumentLog.KIND:
                panel.list.add_tool(NumberLine(self.desk, self.office))
            if kind == WorkReport.KIND:
                panel.list.add_tool(ReportLine(self.desk, self.office, panel.show_record))
            self._panels[kind] = panel
            self._stack.addWidget(panel)
        self._stack.setCurrentWidget(panel)
        panel.refresh()
        self.head_changed.emit()


def _holds_focus(widget: QWidget | None) -> bool:
    focused = widget.window().focusWidget() if widget is not None else None
    return widget is not None and focused is not None and widget.isAncestorOf(focused)
