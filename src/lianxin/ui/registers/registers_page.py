"""台账: the registers of the dictionary in a rail, the chosen one beside it; no screen of its own for any kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget

from lianxin.domain.dictionary import Record, kind_named, kinds
from lianxin.office.desk import Desk as Office
from lianxin.office.register_book import register_xlsx
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk, Head, Page
from lianxin.ui.pieces.buttons import Act
from lianxin.ui.pieces.card import Card
from lianxin.ui.printing import paper_folder, show_paper
from lianxin.ui.registers.register_panel import RegisterPanel
from lianxin.ui.theme import px

IN_SETTINGS = frozenset({"office"})
"""Kinds of which there is one record, kept on the settings page."""
_KIND = Qt.ItemDataRole.UserRole


class RegistersPage(Page):
    """Every kind; those in `elsewhere` are kept on their own pages and shown and exported here."""

    def __init__(
        self, window: Desk, office: Office, *, drafts: DraftKeeper, elsewhere: frozenset[str]
    ) -> None:
        super().__init__(window)
        self.office, self._drafts, self._elsewhere = office, drafts, elsewhere
        self._panels: dict[str, RegisterPanel] = {}
        self.rail = QListWidget()
        self.rail.setObjectName("sidelist")
        self.rail.setAccessibleName("台账种类")
        self.rail.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._card, self._stack = Card(), QStackedWidget()
        self._fill_rail()
        self._lay_out()
        self.rail.currentItemChanged.connect(self._chosen)
        self.follow()

    def head(self) -> Head:
        panel: RegisterPanel | None = self.panel()
        others = (
            Act("导出 Excel", self.export, hint="这一类的全部记录"),
            Act("导入台账", lambda: self.desk.go("import")),
        )
        if panel is None or not panel.kept_here:
            return Head("台账", None, others)
        return Head("台账", Act(f"新增{panel.cls.LABEL}", panel.begin_new, keys="F2"), others)

    def refresh(self) -> None:
        self._count()
        panel = self.panel()
        if panel is None:
            self.choose(self._first_kind())
        else:
            panel.refresh()

    def choose(self, kind: str) -> None:
        """Show the register of a kind. KeyError for one that is not kept."""
        kind_named(kind)
        for row in range(self.rail.count()):
            if self.rail.item(row).data(_KIND) == kind:
                self.rail.setCurrentRow(row)

    def panel(self) -> RegisterPanel | None:
        """The register that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, RegisterPanel) else None

    def open_record(self, kind: str, uid: str) -> None:
        self.choose(kind)
        panel = self.panel()
        if panel is not None:
            panel.show_record(uid)

    def export(self) -> None:
        """The whole register as a workbook, opened when it is written."""
        panel = self.panel()
        if panel is None:
            return
        cls = panel.cls

        def work(_progress: Progress, _cancel: Cancel) -> bytes:
            return register_xlsx(self.office, cls)

        def done(content: bytes) -> None:
            self.office.store.note("导出台账", cls.KIND)
            show_paper(self.desk, (f"{cls.LABEL}台账.xlsx", content), paper_folder())

        self.desk.jobs.start(work, title=f"导出{cls.LABEL}台账", done=done, owner=self)

    def focus_first(self) -> None:
        self.rail.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        panel = self.panel()
        if panel is not None:
            panel.list.focus_filter()

    def print_now(self) -> None:
        self.export()

    def go_back(self) -> bool:
        panel = self.panel()
        return panel is not None and panel.panes.go_back()

    def close_down(self) -> None:
        for panel in self._panels.values():
            panel.keep()

    def _shown_kinds(self, *, here: bool) -> Sequence[type[Record]]:
        """The kinds of one group; steps and parts that another page keeps are seen there with their whole."""
        return [
            cls
            for cls in kinds()
            if cls.KIND not in IN_SETTINGS
            and (cls.KIND not in self._elsewhere) is here
            and (here or not cls.PARENT)
        ]

    def _first_kind(self) -> str:
        return self._shown_kinds(here=True)[0].KIND

    def _fill_rail(self) -> None:
        for words, here in (("在这里登记", True), ("查看和导出", False)):
            heading = QListWidgetItem(words)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            self.rail.addItem(heading)
            for cls in self._shown_kinds(here=here):
                item = QListWidgetItem(cls.LABEL)
                item.setData(_KIND, cls.KIND)
                self.rail.addItem(item)

    def _count(self) -> None:
        with self.office.store.reading() as reading:
            for row in range(self.rail.count()):
                item = self.rail.item(row)
                kind = item.data(_KIND)
                if kind:
                    cls = kind_named(str(kind))
                    count = reading.count(cls)
                    item.setText(f"{cls.LABEL}  {count:,}" if count else cls.LABEL)

    def _lay_out(self) -> None:
        self._card.body.setContentsMargins(px(2), px(6), px(2), px(6))
        self._card.add(self.rail, 1)
        self._card.setFixedWidth(px(168))
        line = QHBoxLayout()
        line.setSpacing(px(12))
        line.addWidget(self._card)
        line.addWidget(self._stack, 1)
        self.body.addLayout(line, 1)

    def _chosen(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is None:
            return
        kind = str(item.data(_KIND))
        panel = self._panels.get(kind)
        if panel is None:
            cls = kind_named(kind)
            here = kind not in self._elsewhere
            panel = RegisterPanel(self.desk, self.office, cls, self._drafts, kept_here=here)
            self._panels[kind] = panel
            self._stack.addWidget(panel)
        self._stack.setCurrentWidget(panel)
        panel.refresh()
        self.head_changed.emit()
