"""The parts of one record in a small list with the form of the chosen part below: tasks of a plan, claims of a theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from lianxin.domain.dictionary import Record
from lianxin.office.desk import Desk as Office
from lianxin.store.reading import Condition
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.form import Line
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.card import Card
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.registers.register_form import RegisterForm
from lianxin.ui.sources import RecordSource
from lianxin.ui.theme import px


class PartForm(RegisterForm):
    """The form of a part: its parent is filled in and not shown; a blank one with nothing else typed is no draft."""

    def __init__(
        self,
        window: Desk,
        office: Office,
        cls: type[Record],
        drafts: DraftKeeper,
        wire: str,
        lines: Sequence[Line],
    ) -> None:
        self.parent_uid, self._wire = "", wire
        self.beginning: dict[str, str] = {}
        super().__init__(window, office, cls, drafts, wires=(*lines, wire))
        self.form.set_shown(wire, False)
        # Lines are typed one after another: Enter in the last field stores one and begins the next.
        self.form.finished.disconnect(self.save_button.setFocus)
        self.form.finished.connect(self.save_and_next)

    def begin_new(self) -> None:
        super().begin_new()
        begun = {**self.beginning, self._wire: self.parent_uid}
        self._blank = {**self._blank, **begun}
        empty = {wire: text for wire, text in begun.items() if not self.form.value(wire)}
        self.form.set_typed({**empty, self._wire: self.parent_uid})


class ChildPanel(QWidget):
    """`wire` is the reference to the parent; it stands in the form and is filled in. `changed` after every write."""

    changed = Signal()

    def __init__(
        self,
        window: Desk,
        office: Office,
        drafts: DraftKeeper,
        cls: type[Record],
        wire: str,
        source: RecordSource,
        lines: Sequence[Line],
    ) -> None:
        super().__init__()
        self._wire, self._source, self._parent = wire, source, ""
        self.list = RecordList(
            source, name=cls.LABEL, with_filter=False, framed=False,
            empty=EmptyWords(f"还没有{cls.LABEL}", "", f"新增{cls.LABEL}"),
        )  # fmt: skip
        self.counts = label("", "heading", wrap=True)
        self.form = PartForm(window, office, cls, drafts, wire, lines)
        card = Card()
        card.add(self.counts)
        card.add(self.list, 1)
        below = QHBoxLayout()
        below.addWidget(button(f"新增{cls.LABEL}", act=self.begin_new))
        below.addStretch(1)
        card.body.addLayout(below)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(card)
        halves.addWidget(self.form)
        halves.setSizes([px(340), px(260)])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(halves)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.list.empty_acted.connect(self.begin_new)
        self.form.stored.connect(self._stored)
        self.form.gone.connect(self._gone)

    def show_parent(self, uid: str, words: str, beginning: Mapping[str, str] | None = None) -> None:
        """Show the parts of this record; `words` stand above them, `beginning` is what a new part begins with."""
        self.counts.setText(words)
        self.form.beginning = dict(beginning or {})
        if uid != self._parent:
            self.form.keep()
            self._parent = self.form.parent_uid = uid
            self._source.conditions = (Condition(self._wire, "=", uid),)
            self._begin()
        self.list.refresh()

    def begin_new(self) -> None:
        """An empty form of a part."""
        self._begin()
        self.form.form.focus_first()

    def keep(self) -> None:
        """Keep what is typed."""
        self.form.keep()

    def _begin(self) -> None:
        self.form.begin_new()

    def _picked(self, uid: str) -> None:
        if uid and uid != self.form.uid:
            self.form.open(uid)

    def _opened(self, uid: str) -> None:
        self._picked(uid)
        self.form.form.focus_first()

    def _stored(self, uid: str) -> None:
        self.changed.emit()
        self.list.refresh()
        self.list.select(uid)

    def _gone(self) -> None:
        self.changed.emit()
        self.list.refresh()
        self._begin()
