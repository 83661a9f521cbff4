"""The chosen record of a register: its form, the lines that belong to it, what became of it, its attachments."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.domain.dictionary import Record
from lianxin.office.cases.courses import PastLine, past_of
from lianxin.office.desk import Desk as Office
from lianxin.office.names import Names
from lianxin.office.papers.register_groups import lines_of
from lianxin.store.reading import Condition
from lianxin.ui.attachments import AttachmentStrip
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.pieces.line_section import LineSection
from lianxin.ui.pieces.part_stack import PartStack
from lianxin.ui.pieces.scroll_card import ScrollCard
from lianxin.ui.registers.child_panel import ChildPanel
from lianxin.ui.registers.columns import register_source
from lianxin.ui.registers.course_form import CourseForm, wires_of_line
from lianxin.ui.theme import px

FORM, PAST, FILES = "form", "past", "files"


class RegisterDetail(QWidget):
    """Shows one record of `cls`, one part at a time (Ctrl+1 …). `stored(uid)` and `gone` as the form tells them."""

    stored = Signal(str)
    gone = Signal()

    def __init__(
        self,
        window: Desk,
        office: Office,
        cls: type[Record],
        drafts: DraftKeeper,
        *,
        elsewhere: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__()
        self._window, self._office, self._cls = window, office, cls
        self.form = CourseForm(window, office, cls, drafts)
        self.lines = {
            line.KIND: _line_panel(window, office, drafts, line) for line in lines_of(cls.KIND, elsewhere)
        }
        self.past = LineSection("历次版本")
        self.files = AttachmentStrip(window, office, empty="照片、扫描件、Word、Excel 可以拖到这里。")
        self.tabs = ChipRow([], name="看哪一部分", numbered=False)
        self._stack = PartStack()
        self._panels: dict[str, QWidget] = {
            FORM: self.form,
            **self.lines,
            PAST: _in_card(self.past),
            FILES: _in_card(self.files),
        }
        for panel in self._panels.values():
            self._stack.addWidget(panel)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addWidget(self.tabs)
        box.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self.show_part)
        self.form.stored.connect(self._stored)
        self.form.gone.connect(self._gone)
        for panel in self.lines.values():
            panel.changed.connect(self._name_parts)
        for place in range(1, len(self._panels) + 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place}"), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda at=place: self._go_to(at))
        self.begin_new()

    @property
    def uid(self) -> str:
        """The record that is shown, "" for a new one."""
        return self.form.uid

    def begin_new(self) -> None:
        """An empty form."""
        self.form.begin_new()
        self._known()

    def begin_like(self, record: Record) -> None:
        """A new form that begins as this record does."""
        self.form.begin_like(record)
        self._known()

    def open(self, uid: str) -> bool:
        """Show a record; False when it is not here any more."""
        if not self.form.open(uid):
            return False
        self._known()
        return True

    def refresh(self) -> None:
        """Read again what stands beside the form."""
        self._name_parts()

    def show_part(self, key: str) -> None:
        """Have this part on screen."""
        self.tabs.set_code(key)
        self._stack.setCurrentWidget(self._panels[key])

    def part(self) -> str:
        """The part on screen."""
        return self.tabs.code()

    def show_line(self, kind: str, uid: str) -> None:
        """Have one line of the record on screen."""
        self.show_part(kind)
        self.lines[kind].list.select(uid)

    def keep(self) -> None:
        """Keep what is typed."""
        self.form.keep()
        for panel in self.lines.values():
            panel.keep()

    def _go_to(self, place: int) -> None:
        parts = self._parts()
        if not self.isVisible() or not self.uid or place > len(parts):
            return
        self.show_part(parts[place - 1][0])
        panel = self._stack.currentWidget()
        if panel is self.form:
            self.form.form.focus_first()
        elif isinstance(panel, ChildPanel):
            panel.begin_new()

    def _stored(self, uid: str) -> None:
        self._known()
        self.stored.emit(uid)

    def _gone(self) -> None:
        self._known()
        self.gone.emit()

    def _known(self) -> None:
        """Lines and files belong to a record that is stored; before that there is the form alone."""
        uid, key = self.uid, self.part()
        with self._office.store.reading() as reading:
            record = reading.get(self._cls, uid) if uid else None
            title = Names(reading).title(record) if record is not None else ""
            past = past_of(reading, record) if record is not None else ()
        for panel in self.lines.values():
            panel.show_parent(uid, title)
        self.files.show_owner(self._cls.KIND, uid)
        self._show_past(past)
        self._name_parts()
        self.show_part(key if uid and key in dict(self._parts()) else FORM)

    def _show_past(self, past: Sequence[PastLine]) -> None:
        self.past.clear()
        for line in past:
            here = line.uid == self.uid
            open_it = partial(self._window.open_record, line.kind, line.uid)
            words = f"{line.words}（这一条）" if here else line.words
            self.past.add_line(words, [] if here else [("打开", open_it)], soft=not here)

    def _name_parts(self) -> None:
        parts = self._parts()
        self.tabs.set_choices(parts)
        self.tabs.setVisible(len(parts) > 1)
        self.tabs.set_code(self.part() or FORM)

    def _parts(self) -> list[tuple[str, str]]:
        parts = [(FORM, self._cls.LABEL)]
        if not self.uid:
            return parts
        with self._office.store.reading() as reading:
            for panel in self.lines.values():
                cls = panel.form.record_class()
                count = reading.count(cls, Condition(cls.PARENT, "=", self.uid))
                parts.append((cls.KIND, f"{cls.LABEL} {count}" if count else cls.LABEL))
        if len(self.past.lines()) > 1:
            parts.append((PAST, f"历次版本 {len(self.past.lines())}"))
        return [*parts, (FILES, "附件")]


def _line_panel(window: Desk, office: Office, drafts: DraftKeeper, cls: type[Record]) -> ChildPanel:
    source = register_source(office, cls, without=cls.PARENT)
    return ChildPanel(window, office, drafts, cls, cls.PARENT, source, tuple(wires_of_line(cls)))


def _in_card(widget: QWidget) -> ScrollCard:
    card = ScrollCard()
    card.add(widget)
    card.add_stretch()
    return card
