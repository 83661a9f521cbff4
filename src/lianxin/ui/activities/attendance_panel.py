"""出勤: the list of one event with everybody's mark; the exceptions by digit, the rest by one button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from lianxin.domain import codes
from lianxin.domain.meetings.attendance import LEAVE
from lianxin.office.desk import Desk as Office
from lianxin.office.lists.list_sources import list_named
from lianxin.office.meetings.attendance import (
    AttendanceList,
    ListLine,
    NobodyThere,
    add_expected,
    add_named,
    approve_leave,
    attendance_list,
    mark,
    mark_rest_present,
    set_role,
    take_off,
)
from lianxin.store.writing import Change
from lianxin.ui.activities.add_line import AddLine
from lianxin.ui.activities.leave_line import LeaveLine
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import Act, act_button, label
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.table import Column
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written

MARKS = (
    ("present", "出席"), ("sick", "病假"), ("private", "事假"), ("official", "公假"), ("absent", "缺席"),
    ("expected", "未记"),
)  # fmt: skip
"""What the digits 1 to 6 mean while the list has the focus."""
_COLUMNS = (
    Column("place", "序号", 54, align="right", sortable=False, drop=4),
    Column("name", "姓名", 96, sortable=False, stretch=True),
    Column("post", "单位（选区）", 150, sortable=False, look="soft", drop=3),
    Column("level", "级别", 66, sortable=False, drop=2),
    Column("role", "身份", 66, sortable=False, drop=1),
    Column("presence", "出勤", 74, sortable=False),
    Column("leave", "事由（审批）", 150, sortable=False, look="soft", drop=2),
)


class AttendanceSource:
    """A ListSource over the list of one event."""

    def __init__(self) -> None:
        self.lines: dict[str, ListLine] = {}

    @property
    def columns(self) -> Sequence[Column]:
        """The columns in order."""
        return _COLUMNS

    def keys(self, _sort: str, _descending: bool, words: str) -> Sequence[str]:
        """The uids in the order of the list."""
        return [uid for uid, line in self.lines.items() if words in line.name]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these lines."""
        places = {uid: place for place, uid in enumerate(self.lines, 1)}
        return [self._cells(places[uid], self.lines[uid]) if uid in self.lines else [] for uid in keys]

    def _cells(self, place: int, line: ListLine) -> Sequence[str]:
        told = line.attendance
        role = "" if told.role == "member" else told.shown("role")
        presence = "" if told.presence == "expected" else told.shown("presence")
        return (str(place), line.name, line.post, line.level, role, presence, line.leave)


class AttendancePanel(QWidget):
    """Shows and keeps the attendance of one record of any kind. `changed` after every write."""

    changed = Signal()

    def __init__(self, window: Desk, office: Office) -> None:
        super().__init__()
        self._window, self._office = window, office
        self._owner, self._day = ("", ""), office.today()
        self._told: AttendanceList | None = None
        self._source = AttendanceSource()
        self.list = RecordList(
            self._source, name="出勤名单", unit="人", with_filter=False, framed=False,
            empty=EmptyWords("名单还是空的", "从下面选一份名单，或写姓名加入。"),
        )  # fmt: skip
        self.counts = label("", "heading", wrap=True)
        self.rest = act_button(Act("其余都到", self.mark_rest, "F4", "没有记的都记为出席"))
        self.marks = ChipRow(MARKS, name="出勤")
        self.marks.setToolTip("先选人（可按住 Ctrl 或 Shift 选多人），再按数字或点这里")
        self.leave = LeaveLine()
        self.adding = AddLine(office)
        self._lay_out()
        self.marks.chosen.connect(self._chip_chosen)
        self.leave.done.connect(self._leave_told)
        self.leave.dropped.connect(self._into_list)
        self.adding.list_wanted.connect(self._add_list)
        self.adding.names_given.connect(self._add_names)
        self.list.asked.connect(self._menu)
        self.list.view.installEventFilter(self)
        rest = QShortcut(QKeySequence("F4"), self)
        rest.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        rest.activated.connect(self.mark_rest)

    def show_owner(self, kind: str, uid: str, day: date) -> None:
        """Show the list of this event."""
        other = self._owner != (kind, uid)
        self._owner, self._day = (kind, uid), day
        if other:
            self.leave.close_line()
        self.adding.offer(uid)
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        with self._office.store.reading() as reading:
            self._told = attendance_list(reading, self._owner[1])
        self._source.lines = {line.uid: line for line in self._told.lines}
        self.list.refresh()
        tally = self._told.tally
        self.counts.setText(tally.words if tally.expected or tally.guests else "还没有名单")
        self.rest.setEnabled(tally.unmarked > 0)
        self.marks.setEnabled(bool(self._told.lines))

    def focus_list(self) -> None:
        """Go to the first line of the list, or to adding people when it is empty."""
        if self._source.lines:
            self._into_list()
        else:
            self.adding.focus_first()

    def mark_rest(self) -> None:
        """其余都到."""
        self._write(lambda: mark_rest_present(self._office, self._owner[1]), "其余人员已记为出席")

    def mark_chosen(self, presence: str) -> None:
        """Mark the chosen lines; leave asks for its reason first."""
        uids = self.list.selected_keys()
        if not uids:
            self._window.tell("请先在名单里选人，再按数字。")
            return
        if presence in LEAVE:
            names = "、".join(self._source.lines[uid].name for uid in uids[:3])
            more = f"等{len(uids)}人" if len(uids) > 3 else ""
            known = self._source.lines[uids[0]].attendance
            self.leave.begin(f"{names}{more}", presence, known.reason or "", known.approver or "")
            return
        next_up = self._after(uids[-1])
        self._mark(uids, presence)
        self.list.select(next_up)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            text = event.text()
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier,
            )  # fmt: skip
            if plain and len(text) == 1 and "1" <= text <= str(len(MARKS)):
                self.mark_chosen(MARKS[int(text) - 1][0])
                return True
            if event.key() == Qt.Key.Key_Delete and plain:
                self._take_off()
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.counts, 1)
        head.addWidget(self.rest, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        box.addLayout(head)
        box.addWidget(self.list, 1)
        box.addWidget(self.marks)
        box.addWidget(self.leave)
        box.addWidget(self.adding)

    def _after(self, uid: str) -> str:
        order = list(self._source.lines)
        place = order.index(uid) + 1 if uid in order else 0
        return order[min(place, len(order) - 1)] if order else ""

    def _into_list(self) -> None:
        if not self.list.current_key() and self._source.lines:
            self.list.select(next(iter(self._source.lines)))
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chip_chosen(self, presence: str) -> None:
        self.marks.set_code("")
        if presence:
            self.mark_chosen(presence)

    def _mark(
        self, uids: Sequence[str], presence: str, reason: str = "", approval: str = "", approver: str = ""
    ) -> None:
        shown = codes.PRESENCE.label_of(presence) if presence != "expected" else "未记"
        names = self._source.lines[uids[0]].name + (f"等{len(uids)}人" if len(uids) > 1 else "")
        self._write(
            lambda: mark(
                self._office, uids, presence, reason=reason, approval=approval or None, approver=approver
            ),
            f"{names}：{shown}",
        )  # fmt: skip

    def _leave_told(self, presence: str, reason: str, approval: str, approver: str) -> None:
        uids = self.list.selected_keys()
        if uids:
            next_up = self._after(uids[-1])
            self._mark(uids, presence, reason, approval, approver)
            self.list.select(next_up)
        self._into_list()

    def _add_list(self, code: str) -> None:
        source = list_named(code)
        if source is None:
            return
        owner_kind, owner = self._owner
        try:
            self._write(
                lambda: add_expected(
                    self._office, owner_kind=owner_kind, owner=owner, source=source, on=self._day
                ),
                "应到名单已加上",
            )
        except NobodyThere as nobody:
            self._window.tell(nobody.message)
            return
        self._into_list()

    def _add_names(self, names: str, guest: bool) -> None:
        owner_kind, owner = self._owner
        self._write(
            lambda: add_named(self._office, owner_kind=owner_kind, owner=owner, names=names, guest=guest),
            f"已加入{names}",
        )

    def _take_off(self) -> None:
        uids = self.list.selected_keys()
        if uids:
            names = self._source.lines[uids[0]].name + (f"等{len(uids)}人" if len(uids) > 1 else "")
            self._write(lambda: take_off(self._office, uids), f"已把{names}移出名单")

    def _menu(self, _uid: str, _column: str, point: QPoint) -> None:
        uids = self.list.selected_keys()
        menu = QMenu(self)
        for code in codes.ATTENDING_ROLE.codes:
            menu.addAction(f"身份：{code.label}", partial(self._set_role, uids, code.code))
        menu.addSeparator()
        menu.addAction("同意请假", lambda: self._approve(uids, "approved"))
        menu.addAction("不同意请假", lambda: self._approve(uids, "refused"))
        menu.addSeparator()
        menu.addAction("移出名单（Delete）", self._take_off)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    def _set_role(self, uids: Sequence[str], role: str) -> None:
        self._write(lambda: set_role(self._office, uids, role), "身份已改")

    def _approve(self, uids: Sequence[str], approval: str) -> None:
        said = "已同意请假" if approval == "approved" else "已记为不同意请假"
        self._write(lambda: approve_leave(self._office, uids, approval=approval), said)

    def _write(self, act: Callable[[], tuple[Change, ...]], said: str) -> None:
        changes = act()
        if any(each.outcome != "same" for each in changes):
            tell_written(self._window, self._office, said, changes, shown=self._shown)

    def _shown(self) -> None:
        self.refresh()
        self.changed.emit()
