"""One register: its list left, the chosen record right; for any kind of the dictionary."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.domain.dictionary import Record
from lianxin.office.access.access_log import note_field
from lianxin.office.desk import Desk as Office
from lianxin.office.papers.register_groups import WRITTEN_BY_PROGRAM
from lianxin.store.reading import Order
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.facts import FactSheet
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.scroll_card import ScrollCard
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.registers.columns import register_source
from lianxin.ui.registers.register_detail import RegisterDetail

_WHERE = {
    True: "这一类在自己的页面登记，这里查看和导出。",
    False: "这一类由程序记下，这里只能查看和导出。",
}
_OPENED_ELSEWHERE = frozenset({"sent-file", "final-sheet"})


class RegisterPanel(QWidget):
    """Keeps the records of one kind, or only shows them when another page keeps them (`kept_here` False)."""

    def __init__(
        self,
        window: Desk,
        office: Office,
        cls: type[Record],
        drafts: DraftKeeper,
        *,
        kept_here: bool = True,
        elsewhere: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__()
        self.cls, self.kept_here = cls, kept_here
        self._window, self._office = window, office
        action = f"新增{cls.LABEL}" if kept_here else ""
        sentence = "按 F2 新增，或从 Excel 台账导入。" if kept_here else _WHERE[self._has_page()]
        self.list = RecordList(
            register_source(office, cls), name=f"{cls.LABEL}台账", reads=window.reads,
            empty=EmptyWords(f"还没有{cls.LABEL}", sentence, action),
        )  # fmt: skip
        self.detail = RegisterDetail(window, office, cls, drafts, elsewhere=elsewhere) if kept_here else None
        self.form = self.detail.form if self.detail is not None else None
        self.facts = FactSheet(lookup=StoreLookup(office))
        self.panes = TwoPanes(
            self.list, self.detail or self._reader(), least=(360, 380), names=("台账", "这一条")
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.panes)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.list.empty_acted.connect(self.begin_new)
        if self.detail is not None:
            self.detail.stored.connect(self._stored)
            self.detail.gone.connect(self._gone)
        self.facts.disclosed.connect(self._disclosed)

    def refresh(self) -> None:
        """Read the list again, and what stands beside the record."""
        self.list.refresh()
        if self.detail is not None:
            self.detail.refresh()

    def begin_new(self) -> None:
        """F2: an empty form."""
        if self.detail is not None:
            self.list.view.clearSelection()
            self.detail.begin_new()
            self._to_form()

    def copy_last(self) -> bool:
        """复制上一条: a new form that begins as the chosen record, or the latest; False when there is none."""
        if self.detail is None:
            return False
        with self._office.store.reading() as reading:
            latest = reading.keys(self.cls, order=Order(descending=True), limit=1)
            record = reading.get(self.cls, self.detail.uid or "".join(latest))
        if record is None:
            return False
        self.list.view.clearSelection()
        self.detail.begin_like(record)
        self._to_form()
        return True

    def current(self) -> str:
        """The record that is shown, "" for none."""
        return self.detail.uid if self.detail is not None else self.list.current_key()

    def show_line(self, uid: str, line: str, kind: str) -> None:
        """Show one line of a record."""
        self.show_record(uid)
        if self.detail is not None:
            self.detail.show_line(kind, line)

    def show_record(self, uid: str) -> None:
        """Show one record, whether the list has it on screen or not."""
        if not self.list.select(uid):
            self._picked(uid)
        self.panes.show_right()

    def keep(self) -> None:
        """Keep what is typed."""
        if self.detail is not None:
            self.detail.keep()

    def _to_form(self) -> None:
        self.panes.show_right()
        if self.form is not None:
            self.form.form.focus_first()

    def _has_page(self) -> bool:
        return self.cls.KIND not in WRITTEN_BY_PROGRAM or self.cls.KIND in _OPENED_ELSEWHERE

    def _reader(self) -> ScrollCard:
        card = ScrollCard(self.cls.LABEL)
        card.add(label(_WHERE[self._has_page()], "soft", wrap=True))
        card.add(self.facts)
        card.add_stretch()
        self._go = button("到它的页面打开", act=self._go_there)
        self._go.setEnabled(False)
        self._go.setVisible(self._has_page())
        card.foot.addWidget(self._go)
        card.foot.addStretch(1)
        return card

    def _picked(self, uid: str) -> None:
        if self.detail is not None:
            if uid and uid != self.detail.uid:
                self.detail.open(uid)
            return
        with self._office.store.reading() as reading:
            record = reading.get(self.cls, uid) if uid else None
        if record is None:
            self.facts.set_facts(())
        else:
            self.facts.set_record(record)
        self._go.setEnabled(record is not None)

    def _opened(self, uid: str) -> None:
        self._picked(uid)
        self._to_form()
        if self.form is None and self._has_page():
            self._go_there()

    def _go_there(self) -> None:
        uid = self.list.current_key()
        if uid:
            self._window.open_record(self.cls.KIND, uid)

    def _stored(self, uid: str) -> None:
        self.list.refresh()
        self.list.select(uid)

    def _gone(self) -> None:
        self.list.refresh()
        if self.detail is not None:
            self.detail.begin_new()
        self.panes.show_left()

    def _disclosed(self, wire: str) -> None:
        note_field(self._office, self.cls, self.list.current_key(), wire)
