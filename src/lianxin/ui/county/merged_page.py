"""台账 at the county: what the townships sent, by kind and by office, to look at and to export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem

from lianxin.county.merged import Owners, merged_kinds, owners
from lianxin.domain.dictionary import Record, kind_named
from lianxin.office.access.access_log import is_personal, note_field
from lianxin.office.desk import Desk
from lianxin.office.papers.register_book import register_xlsx
from lianxin.ui.facts import FactSheet
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head, Page
from lianxin.ui.pieces import Act, Card, FilterCombo, ScrollCard, TwoPanes, label
from lianxin.ui.printing import paper_folder, show_paper
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.registers.columns import register_source
from lianxin.ui.sources import RecordSource
from lianxin.ui.table import Column, ListSource
from lianxin.ui.theme import px

_KIND = Qt.ItemDataRole.UserRole
FIRST = ("contact", "opinion", "visitor")
_WIRES: Mapping[str, Mapping[str, Column]] = {
    "contact": {
        "date": Column("date", "日期", width=138),
        "words": Column("words", "反映内容", width=180, stretch=True),
        "type": Column("type", "类型", width=92, drop=1),
        "persons": Column("persons", "人次", width=64, align="right", drop=2),
    },
    "opinion": {
        "registered": Column("registered", "登记日期", width=138, drop=1),
        "title": Column("title", "标题", width=180, stretch=True),
        "category": Column("category", "类别", width=110, drop=2),
    },
}
"""The columns by which a county tells records apart; other kinds have those of their register."""
READ_ONLY = "乡镇的记录只能看：要改的，请乡镇改好以后再报送。"


class OwnedSource:
    """A ListSource over one kind with the office in front; `office` narrows it to one ("" for all)."""

    def __init__(self, desk: Desk, cls: type[Record]) -> None:
        self._desk, self._cls = desk, cls
        wires = _WIRES.get(cls.KIND)
        self._inner: ListSource = (
            RecordSource(desk, cls, list(wires), columns=wires) if wires else register_source(desk, cls)
        )
        self.owners = Owners({}, {}, ())
        self.office = ""

    @property
    def columns(self) -> Sequence[Column]:
        """The office, then the columns of the register."""
        return (Column("@office", "单位", width=128, sortable=False), *self._inner.columns)

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The records of the office asked for."""
        self.owners = owners(self._desk, self._cls)
        found = self._inner.keys(sort, descending, words)
        if not self.office:
            return found
        return [uid for uid in found if self.owners.by_uid.get(uid) == self.office]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these records."""
        return [(self.name(key), *cells) for key, cells in zip(keys, self._inner.rows(keys), strict=True)]

    def name(self, uid: str) -> str:
        """The office a record belongs to."""
        return self.owners.name(uid)


class MergedPage(Page):
    """Nothing is written here: records of townships are theirs."""

    def __init__(self, window: Window, office: Desk) -> None:
        super().__init__(window)
        self.office = office
        self.rail = QListWidget()
        self.rail.setObjectName("sidelist")
        self.rail.setAccessibleName("台账种类")
        self.rail.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fill_rail()
        self.town = FilterCombo("单位", "全部单位")
        self.town.setFixedWidth(px(150))
        self.town.currentIndexChanged.connect(self._narrowed)
        self._cls: type[Record] = kind_named(FIRST[0])
        self._source = OwnedSource(office, self._cls)
        self.list = self._new_list()
        self.facts = FactSheet(lookup=StoreLookup(office))
        self.facts.disclosed.connect(self._disclosed)
        self._card = ScrollCard("这一条")
        self._card.add(label(READ_ONLY, "soft", wrap=True))
        self._card.add(self.facts)
        self._card.add_stretch()
        self._left = Card()
        self._left.body.setContentsMargins(px(12), px(8), px(12), px(6))
        self._left.add(self.list, 1)
        self.panes = TwoPanes(
            self._left, self._card, names=("台账", "这一条"), shares=(3, 2), least=(400, 330)
        )
        side = Card()
        side.body.setContentsMargins(px(2), px(6), px(2), px(6))
        side.add(self.rail, 1)
        side.setFixedWidth(px(176))
        line = QHBoxLayout()
        line.setSpacing(px(12))
        line.addWidget(side)
        line.addWidget(self.panes, 1)
        self.body.addLayout(line, 1)
        self.rail.currentItemChanged.connect(self._chosen)
        self.follow()

    def head(self) -> Head:
        """导出 Excel is what is done with merged records."""
        return Head("台账", None, (Act("导出 Excel", self.export, hint="这一类的全部记录，所有单位"),))

    def refresh(self) -> None:
        """Counts and list again."""
        if self.rail.currentItem() is None:
            self.choose(FIRST[0])
        else:
            self._count()
            self.list.refresh()

    def choose(self, kind: str) -> None:
        """Show one kind."""
        for row in range(self.rail.count()):
            if self.rail.item(row).data(_KIND) == kind:
                self.rail.setCurrentRow(row)

    def open_record(self, kind: str, uid: str) -> None:
        """Show one record, of whichever office."""
        self.town.reset()
        self.choose(kind)
        if kind == self._cls.KIND and not self.list.select(uid):
            self._picked(uid)
        self.panes.show_right()

    def focus_first(self) -> None:
        """The kinds."""
        self.rail.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.list.focus_filter()

    def print_now(self) -> None:
        """Ctrl+P: the table is what is printed."""
        self.export()

    def go_back(self) -> bool:
        """Esc."""
        return self.panes.go_back()

    def export(self) -> None:
        """The whole register as a workbook."""
        cls, office = self._cls, self.office

        def work(_progress: Progress, _cancel: Cancel) -> bytes:
            return register_xlsx(office, cls)

        def done(content: bytes) -> None:
            paper = (f"各乡镇{cls.LABEL}台账.xlsx", content)
            show_paper(self.desk, paper, paper_folder(), personal=is_personal(cls))

        self.desk.jobs.start(work, title=f"导出{cls.LABEL}台账", done=done, owner=self)

    def _fill_rail(self) -> None:
        found = {cls.KIND: cls for cls, _ in merged_kinds(self.office)}
        order = [kind for kind in FIRST if kind in found]
        for kind in [*order, *(each for each in found if each not in order)]:
            item = QListWidgetItem(found[kind].LABEL)
            item.setData(_KIND, kind)
            self.rail.addItem(item)
        self._count()

    def _count(self) -> None:
        counts = {cls.KIND: (cls.LABEL, count) for cls, count in merged_kinds(self.office)}
        for row in range(self.rail.count()):
            words, count = counts[str(self.rail.item(row).data(_KIND))]
            self.rail.item(row).setText(f"{words}  {count:,}" if count else words)

    def _new_list(self) -> RecordList:
        made = RecordList(
            self._source, name=f"{self._cls.LABEL}台账", reads=self.desk.reads, framed=False,
            empty=EmptyWords(f"还没有{self._cls.LABEL}", "乡镇的报送件接收以后，记录列在这里。"),
        )  # fmt: skip
        made.add_tool(self.town)
        made.picked.connect(self._picked)
        made.opened.connect(self._opened)
        made.counted.connect(self._counted)
        return made

    def _chosen(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is None:
            return
        self._cls = kind_named(str(item.data(_KIND)))
        self._source = OwnedSource(self.office, self._cls)
        self._source.office = self.town.value()
        old = self.list
        # The box of offices goes over to the new list before the old one takes it along.
        self.list = self._new_list()
        self._left.add(self.list, 1)
        old.hide()
        old.deleteLater()
        self._card.set_heading(self._cls.LABEL)
        self._picked("")
        self.list.refresh()
        self.head_changed.emit()

    def _narrowed(self) -> None:
        self._source.office = self.town.value()
        self.list.refresh()

    def _counted(self, _shown: int) -> None:
        self.town.offer(self._source.owners.offices)

    def _opened(self, _uid: str) -> None:
        self.panes.show_right()

    def _picked(self, uid: str) -> None:
        with self.office.store.reading() as reading:
            record = reading.get(self._cls, uid) if uid else None
        if record is None:
            self.facts.set_facts(())
            return
        self.facts.set_record(record)
        self.facts.add_fact("单位", self._source.name(uid))

    def _disclosed(self, wire: str) -> None:
        note_field(self.office, self._cls, self.list.current_key(), wire)
