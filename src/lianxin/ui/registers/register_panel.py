"""One register: its list left, the chosen record right; for any kind of the dictionary."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.domain.dictionary import Record
from lianxin.office.desk import Desk as Office
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.facts import FactSheet
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.scroll_card import ScrollCard
from lianxin.ui.pieces.two_panes import TwoPanes
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.registers.columns import register_source
from lianxin.ui.registers.register_form import RegisterForm


class RegisterPanel(QWidget):
    """Keeps the records of one kind, or only shows them when another page keeps them (`kept_here` False)."""

    def __init__(
        self, window: Desk, office: Office, cls: type[Record], drafts: DraftKeeper, *, kept_here: bool = True
    ) -> None:
        super().__init__()
        self.cls, self.kept_here = cls, kept_here
        self._window, self._office = window, office
        action = f"新增{cls.LABEL}" if kept_here else ""
        sentence = (
            "按 F2 新增，或从 Excel 台账导入。" if kept_here else "在它自己的页面登记以后，这里也能看到。"
        )
        self.list = RecordList(
            register_source(office, cls), name=f"{cls.LABEL}台账", reads=window.reads,
            empty=EmptyWords(f"还没有{cls.LABEL}", sentence, action),
        )  # fmt: skip
        self.form = RegisterForm(window, office, cls, drafts) if kept_here else None
        self.facts = FactSheet(lookup=StoreLookup(office))
        self.panes = TwoPanes(
            self.list, self.form or self._reader(), least=(360, 380), names=("台账", "这一条")
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.panes)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.list.empty_acted.connect(self.begin_new)
        if self.form is not None:
            self.form.stored.connect(self._stored)
            self.form.gone.connect(self._gone)
            self.form.begin_new()
        self.facts.disclosed.connect(self._disclosed)

    def refresh(self) -> None:
        """Read the list again."""
        self.list.refresh()

    def begin_new(self) -> None:
        """F2: an empty form."""
        if self.form is not None:
            self.list.view.clearSelection()
            self.form.begin_new()
            self.panes.show_right()
            self.form.form.focus_first()

    def show_record(self, uid: str) -> None:
        """Show one record, whether the list has it on screen or not."""
        if not self.list.select(uid):
            self._picked(uid)
        self.panes.show_right()

    def keep(self) -> None:
        """Keep what is typed."""
        if self.form is not None:
            self.form.keep()

    def _reader(self) -> ScrollCard:
        card = ScrollCard(self.cls.LABEL)
        card.add(label("这一类在自己的页面登记，这里查看和导出。", "soft", wrap=True))
        card.add(self.facts)
        card.add_stretch()
        self._go = button("到它的页面打开", act=self._go_there)
        self._go.setEnabled(False)
        card.foot.addWidget(self._go)
        card.foot.addStretch(1)
        return card

    def _picked(self, uid: str) -> None:
        if self.form is not None:
            if uid and uid != self.form.uid:
                self.form.open(uid)
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
        self.panes.show_right()
        if self.form is not None:
            self.form.form.focus_first()
        else:
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
        if self.form is not None:
            self.form.begin_new()
        self.panes.show_left()

    def _disclosed(self, wire: str) -> None:
        self._office.store.note("显示个人信息", f"{self.cls.KIND} {self.list.current_key()} {wire}")
