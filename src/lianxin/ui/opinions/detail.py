"""The chosen matter, read beside its list: who, the five steps, the unit and its day, the 经过, the words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from lianxin.domain.casework.state import Step as CaseStep
from lianxin.domain.checks import mask_phone
from lianxin.domain.dates import show_day_numeric
from lianxin.domain.records import HandlingUnit, Opinion
from lianxin.office.case_papers.case_events import Event
from lianxin.office.case_papers.case_file import CaseFile
from lianxin.office.numbers import short_number
from lianxin.ui.allowed import refused
from lianxin.ui.attachments import AttachmentStrip
from lianxin.ui.facts import FactSheet
from lianxin.ui.opinions.act_row import ActRow
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import (
    Act,
    Badge,
    FlowLayout,
    ScrollCard,
    Step,
    StepLine,
    button,
    label,
    set_look,
)
from lianxin.ui.theme import px

_FACTS = ("category", "village", "urgency", "nature", "level", "group", "person", "registrar", "remark")


class CaseDetail(ScrollCard):
    """Shows one CaseFile. `disclosed(what)` when hidden data were shown (log it), `history_asked(wire, point)` on
    right click on a fact, `event_asked(place, point)` on right click on a step, `opened(uid)` for another matter.
    """

    disclosed = Signal(str)
    history_asked = Signal(str, QPoint)
    event_asked = Signal(int, QPoint)
    opened = Signal(str)
    linked = Signal(str, str)

    def __init__(self, lookup: Lookup, attachments: AttachmentStrip) -> None:
        super().__init__()
        self.file: CaseFile | None = None
        self.attachments = attachments
        self._title = label("", "heading", wrap=True)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._badge = Badge()
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        self.body.insertLayout(0, top)
        self._who = _Hidden("反映人")
        self._who.disclosed.connect(self._who_shown)
        self._source = label("", "soft", wrap=True)
        self._steps = StepLine()
        self._standing = label("", wrap=True)
        self._next = label("", "heading", wrap=True)
        self._follow = label("", "soft", wrap=True)
        self._related = QWidget()
        self._related_box = FlowLayout(self._related, gap=px(4))
        self._past = _Past()
        self._past.event_asked.connect(self.event_asked)
        self._words_head = label("反映内容（按来访人原话）", "heading")
        self._words = label("", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._unit_head = label("承办单位", "heading")
        self._unit_lines = label("", wrap=True)
        self._unit_phone = _Hidden("承办单位电话")
        self._unit_phone.disclosed.connect(self._phone_shown)
        self._facts = FactSheet(lookup=lookup)
        self._facts.disclosed.connect(self._fact_shown)
        self._facts.history_asked.connect(self.history_asked)
        self._add_all()
        self.attachments.take_drops_of(self)
        self.acts = ActRow()
        self.foot.addWidget(self.acts, 1)

    def show_file(self, file: CaseFile, acts: Sequence[Act]) -> None:
        """Show a matter and what can be done with it, the next act first."""
        self.file = file
        opinion, state = file.opinion, file.state
        self._title.setText(f"{file.number}  {opinion.title}".strip())
        self.setAccessibleName(f"{file.number} {opinion.title}，{state.label}")
        self._badge.set_words(state.badge or state.label)
        self._who.set_words(file.visitor_line(), file.visitor_line(masked=False) if file.has_hidden else "")
        self._source.setText(file.source_line)
        self._steps.set_steps([_step(step) for step in state.steps])
        self._standing.setText(file.standing or state.label)
        self._next.setText(f"下一步：{file.next_act}" if file.next_act else "")
        self._next.setVisible(bool(file.next_act))
        self._follow.setText("\n".join(file.follow_up))
        self._follow.setVisible(bool(file.follow_up))
        set_look(self._standing, "late" if state.overdue and file.standing else "plain")
        self._show_related(file)
        self._past.show_events(file.events)
        self.attachments.show_owner(Opinion.KIND, opinion.uid, _belonging(file))
        self._words.setText(opinion.words)
        self._show_unit(file.unit)
        self._facts.set_record(opinion, [wire for wire in _FACTS if wire != "group" or opinion.group])
        self.acts.show_acts(acts)

    def act_labels(self) -> list[str]:
        """The acts on offer, in order."""
        return self.acts.labels()

    def press(self, words: str) -> None:
        """Press an act by its words; KeyError when it is not on offer."""
        self.acts.press(words)

    def focus_first_act(self) -> None:
        """Go to the next act."""
        self.acts.focus_first()

    def texts(self) -> dict[str, str]:
        """What is on screen, by name, for those who look from outside."""
        return {
            "title": self._title.text(),
            "who": self._who.text(),
            "source": self._source.text(),
            "standing": self._standing.text(),
            "next": self._next.text(),
            "follow": self._follow.text(),
            "words": self._words.text(),
            "past": "\n".join(self._past.lines()),
            "unit": f"{self._unit_lines.text()} {self._unit_phone.text()}".strip(),
            "badge": self._badge.words(),
        }

    def show_hidden(self) -> None:
        """Show the visitor in full, as 显示 does."""
        self._who.disclose()

    def _add_all(self) -> None:
        self.add(self._who)
        self.add(self._source)
        self.add_first()
        self.add(self._steps)
        self.add(self._standing)
        self.add(self._next)
        self.add(self._follow)
        self.add(self._related)
        self.add_more()
        self.add(self._words_head)
        self.add(self._words)
        self.add_beside()
        self.add(label("经过", "heading"))
        self.add(self._past)
        self.add(self.attachments)
        self.add(self._unit_head)
        self.add(self._unit_lines)
        self.add(self._unit_phone)
        self.add(label("登记情况", "heading"))
        self.add(self._facts)
        self.add_stretch()

    def add_first(self) -> None:
        """Put more below the first lines."""

    def add_more(self) -> None:
        """Put more between where the matter stands and its words."""

    def add_beside(self) -> None:
        """Put more below the words."""

    def _show_related(self, file: CaseFile) -> None:
        while self._related_box.count():
            item = self._related_box.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        others = [("已合并到", file.main)] if file.main else []
        others += [("合并来的", other) for other in file.merged]
        for words, other in others:
            if other is not None:
                name = f"{words} {short_number(other.number or '')} {other.title}"
                self._related_box.addWidget(button(name, "link", act=_opener(self.opened.emit, other.uid)))
        for link in file.linked:
            self._related_box.addWidget(
                button(link.words, "link", act=partial(self.linked.emit, link.kind, link.uid))
            )
        self._related.setVisible(bool(others) or bool(file.linked))

    def _show_unit(self, unit: HandlingUnit | None) -> None:
        for widget in (self._unit_head, self._unit_lines, self._unit_phone):
            widget.setVisible(unit is not None)
        if unit is None:
            return
        parts = [unit.name]
        if unit.contact:
            parts.append(f"联系人 {unit.contact}")
        if unit.leader:
            parts.append(f"分管领导 {unit.leader}")
        self._unit_lines.setText(" · ".join(parts))
        phone = unit.phone or ""
        self._unit_phone.set_words(mask_phone(phone) if phone else "电话未登记", phone)

    def _who_shown(self) -> None:
        self._told("反映人")

    def _phone_shown(self) -> None:
        self._told("承办单位电话")

    def _fact_shown(self, wire: str) -> None:
        self._told(wire)

    def _told(self, what: str) -> None:
        if self.file is not None:
            self.disclosed.emit(f"意见 {self.file.opinion.number or self.file.opinion.uid} {what}")


class _Hidden(QWidget):
    """A line with personal data: masked, and in full after 显示. `disclosed` when that was pressed."""

    disclosed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._full = name, ""
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(6))
        self._label = label("", wrap=True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._show = button("显示", "link", act=self.disclose, hint="显示全部内容，并记入查看记录")
        self._show.setAccessibleName(f"显示{name}")
        line.addWidget(self._label, 1)
        line.addWidget(self._show, 0, Qt.AlignmentFlag.AlignTop)

    def set_words(self, masked: str, full: str) -> None:
        """Show the masked words; without a full text there is nothing to show."""
        self._full = full if full != masked else ""
        self._label.setText(masked or "反映人未登记")
        self._label.setAccessibleName(f"{self._name}：{masked}")
        self._show.setVisible(bool(self._full))

    def text(self) -> str:
        """What is on screen."""
        return self._label.text()

    def disclose(self) -> None:
        """Show everything and tell that it was shown."""
        if self._full and not refused(self._show, "reveal"):
            self._label.setText(self._full)
            self._label.setAccessibleName(f"{self._name}：{self._full}")
            self._full = ""
            self._show.hide()
            self.disclosed.emit()


class _Past(QWidget):
    """The 经过, oldest to newest: day, act, words."""

    event_asked = Signal(int, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(2, 1)
        self._lines: list[str] = []
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._asked)
        self._rows: list[QWidget] = []

    def show_events(self, events: Sequence[Event]) -> None:
        """Show these steps."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines, self._rows = [], []
        for row, event in enumerate(events):
            day = show_day_numeric(event.day) if event.day else "日期未记"
            words = label(event.words, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
            words.setToolTip(f"经手人：{event.by}" if event.by else "")
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(label(day, "soft"), row, 0, top)
            self._grid.addWidget(label(event.act), row, 1, top)
            self._grid.addWidget(words, row, 2)
            self._rows.append(words)
            self._lines.append(f"{day} {event.act} {event.words}")

    def lines(self) -> list[str]:
        """The lines as shown."""
        return list(self._lines)

    def _asked(self, point: QPoint) -> None:
        for place, words in enumerate(self._rows):
            if words.y() <= point.y() <= words.y() + words.height():
                self.event_asked.emit(place, self.mapToGlobal(point))
                return


def _belonging(file: CaseFile) -> dict[str, str]:
    """What else may have files that belong to this matter, and what it is called."""
    told = {file.contact.uid: "来访登记"} if file.contact is not None else {}
    return told | {event.record.uid: event.act for event in file.events if event.record is not file.opinion}


def _step(step: CaseStep) -> Step:
    day = f"{step.day:%m-%d}" if step.day else "不需要" if step.mark == "skipped" else ""
    return Step(step.label, day, "todo" if step.mark == "skipped" else step.mark)


def _opener(emit: Callable[[str], None], uid: str) -> Callable[[], None]:
    def opened() -> None:
        emit(uid)

    return opened
