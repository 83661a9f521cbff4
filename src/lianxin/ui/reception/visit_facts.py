"""One registered visit to read: who, what was said, what became of it; personal values hidden until asked for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.domain.checks import mask_name
from lianxin.domain.dates import show_day_weekday
from lianxin.domain.records import Contact, Routing, Visitor
from lianxin.office.access.access_log import note_field
from lianxin.office.desk import Desk as Office
from lianxin.office.lists.field_history import field_history
from lianxin.office.numbers import short_number
from lianxin.office.reception.visitors import Matter, matters_of
from lianxin.office.returned import returned_words
from lianxin.ui.attachments import AttachmentStrip
from lianxin.ui.facts import FactSheet
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.opinions.history_popup import HistoryPopup
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.badge import Badge
from lianxin.ui.pieces.buttons import Act, act_button, button, label
from lianxin.ui.pieces.scroll_card import ScrollCard
from lianxin.ui.reception.elsewhere_rows import GUIDING
from lianxin.ui.theme import px

_VISITOR = ("name", "sex", "age", "phone", "village", "address", "standing", "confidential", "informed")
_CONTACT = (
    "type", "time", "station", "place", "deputies", "persons", "households", "topic", "host", "helped",
    "opened_by", "letters", "leaflets", "request", "proposal", "answer", "recorder",
    "paper_number", "remark",
)  # fmt: skip


class VisitFacts(ScrollCard):
    """Shows one contact. `editing(uid)` for 修改 or 补全, `printing(uid)`, `back` for 返回登记, `notice_wanted(opinion)`
    for the 来访事项告知单 of a matter that was guided elsewhere.
    """

    editing = Signal(str)
    printing = Signal(str)
    back = Signal()
    notice_wanted = Signal(str)

    def __init__(self, desk: Desk, office: Office, *, back_words: str = "返回登记") -> None:
        super().__init__("")
        self._desk, self._office = desk, office
        self._uid, self._visitor = "", ""
        self._lookup = StoreLookup(office)
        self._badge = Badge("")
        self._words = label("", wrap=True)
        self._who, self._more = FactSheet(lookup=self._lookup), FactSheet(lookup=self._lookup)
        self._matters = QVBoxLayout()
        self._matters.setSpacing(px(4))
        self._returned = label("", "doubt", wrap=True)
        self._returned.hide()
        self.add_tool(self._badge)
        self.add(self._returned)
        self.add(self._who)
        self.add(label("反映内容", "soft"))
        self.add(self._words)
        self.add(self._more)
        self.add_layout(self._matters)
        self.attachments = AttachmentStrip(desk, office)
        self.attachments.take_drops_of(self)
        self.add(self.attachments)
        self.add_stretch()
        self._who.disclosed.connect(self._disclosed)
        self._who.history_asked.connect(partial(self._history, Visitor))
        self._more.history_asked.connect(partial(self._history, Contact))
        self._words.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._words.customContextMenuRequested.connect(self._words_asked)
        self._words.setToolTip("右键可看修改历史")
        QShortcut(QKeySequence("Ctrl+E"), self).activated.connect(self._edit_now)
        self._edit = act_button(Act("修改", self._edit_now, "Ctrl+E"))
        self._print = button("打印登记表", act=self._print_now)
        self._back = button(back_words, act=self.back.emit)
        self._guided = ""
        self.notice = button("打印告知单", act=lambda: self.notice_wanted.emit(self._guided))
        for each in (self._edit, self._print, self.notice, self._back):
            self.foot.addWidget(each)
        self.foot.addStretch(1)

    def uid(self) -> str:
        """The contact shown, "" for none."""
        return self._uid

    def texts(self) -> list[tuple[str, str]]:
        """The facts on screen."""
        return [*self._who.texts(), ("反映内容", self._words.text()), *self._more.texts()]

    def show_contact(self, uid: str) -> bool:
        """Read and show a contact; False when it is not here any more."""
        with self._office.store.reading() as reading:
            contact = reading.get(Contact, uid)
            if contact is None:
                self._uid = ""
                return False
            visitors = reading.children(Visitor, "contact", [uid])
            matters = matters_of(self._office, reading, [uid])
            routings = reading.children(
                Routing, "opinion", [each.opinion for each in matters if not each.joined]
            )
            returned = returned_words(reading, uid)
        self._guided = next((each.opinion for each in routings if each.route in GUIDING), "")
        self.notice.setVisible(bool(self._guided))
        self._uid, self._visitor = uid, visitors[0].uid if visitors else ""
        self.set_heading(short_number(contact.number or "来访"), show_day_weekday(contact.day))
        self._badge.set_words("待补全" if contact.to_complete else "")
        self._who.set_facts(())
        if visitors:
            self._who.set_record(visitors[0], _shown_wires(visitors[0]))
            for other in visitors[1:]:
                self._who.add_fact("同来", mask_name(other.name) if other.name else "匿名")
        self._returned.setText(returned)
        self._returned.setVisible(bool(returned))
        self._words.setText(contact.words)
        self._more.set_record(contact, _CONTACT)
        self._show_matters(matters)
        self.attachments.show_owner(Contact.KIND, uid)
        self._edit.setText(f"{'补全' if contact.to_complete else '修改'}  Ctrl+E")
        self._edit.setAccessibleName("补全" if contact.to_complete else "修改")
        return True

    def _show_matters(self, matters: list[Matter]) -> None:
        while self._matters.count():
            item = self._matters.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for matter in matters:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, px(4), 0, 0)
            row.addWidget(label(f"{short_number(matter.number)}  {matter.became}", wrap=True), 1)
            row.addWidget(button("查看办理", act=partial(self._open, matter.opinion)))
            self._matters.addWidget(line)

    def _open(self, opinion: str) -> None:
        self._desk.open_record("opinion", opinion)

    def _disclosed(self, wire: str) -> None:
        note_field(self._office, Contact, self._uid, Visitor.spec(wire).label)

    def _words_asked(self, point: QPoint) -> None:
        self._history(Contact, "words", self._words.mapToGlobal(point))

    def _history(self, cls: type[Contact] | type[Visitor], wire: str, point: QPoint) -> None:
        uid = self._uid if cls is Contact else self._visitor
        if uid:
            HistoryPopup(cls.spec(wire).label, field_history(self._office, cls, uid, wire), self).show_at(
                point
            )

    def _edit_now(self) -> None:
        if self._uid:
            self.editing.emit(self._uid)

    def _print_now(self) -> None:
        self.printing.emit(self._uid)


def _shown_wires(visitor: Visitor) -> tuple[str, ...]:
    """Ticks that are not set are not worth a line."""
    ticks = {"confidential": visitor.confidential, "informed": visitor.informed}
    return tuple(wire for wire in _VISITOR if ticks.get(wire, True))
