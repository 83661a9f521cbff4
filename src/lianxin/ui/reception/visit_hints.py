"""Two lines under the form of a visit: who this is (第3次来访), and a matter that sounds alike."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.office.desk import Desk as Office
from lianxin.office.numbers import short_number
from lianxin.office.reception.visitors import KnownVisitor, Matter, known_visitor, possible_duplicates
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.reception.visit_form import VisitForm
from lianxin.ui.theme import px

_TELLING = ("phone", "name", "village", "address")


class VisitHints(QWidget):
    """Shown only when there is something to say. `taken` for 沿用上次住址, `looked(opinion)` for 查看, `joining`
    for 合并办理 with the matter that sounds alike.
    """

    taken = Signal()
    looked = Signal(str)
    joining = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._known: KnownVisitor | None = None
        self._asked: tuple[str, ...] = ()
        self._alike: list[Matter] = []
        self._said: tuple[str, ...] = ()
        self._may_join, self._joined = True, False
        self._known_line, self._alike_line = label("", "good", wrap=True), label("", "doubt", wrap=True)
        self._take = button("沿用上次住址 Ctrl+L", "link", hint="把上次登记的电话、住址填进空着的格子")
        self._take.clicked.connect(self.taken)
        self._look = button("查看", "link")
        self._look.clicked.connect(self._looked)
        self._join = button("合并办理 Ctrl+B", "link", hint="这次来访并入那一件，不另立意见；可以撤销")
        self._join.clicked.connect(self.joining)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(2))
        for line, words in (
            (self._known_line, (self._take,)),
            (self._alike_line, (self._look, self._join)),
        ):
            holder = QHBoxLayout()
            holder.addWidget(line, 1)
            for word in words:
                holder.addWidget(word, 0, Qt.AlignmentFlag.AlignTop)
            box.addLayout(holder)
        self.forget()

    def known_words(self) -> str:
        """What is said about a known visitor, "" for a stranger."""
        return "" if self._known is None else self._known_line.text()

    def alike_words(self) -> str:
        """What is said about a matter that sounds alike."""
        return self._alike_line.text() if self._alike and not self._joined else ""

    def joinable(self) -> Matter | None:
        """The matter this visit may be joined to: one that sounds alike and is still open."""
        first = self._alike[0] if self._alike else None
        may = self._may_join and not self._joined
        return first if first is not None and first.open and may else None

    def told_joined(self) -> None:
        """The form says now with which matter it is handled; nothing more to say of it here."""
        self._joined = True
        self._show()

    def forget(self) -> None:
        """Another visitor sits down."""
        self._may_join, self._joined = True, False
        self._known, self._alike, self._asked, self._said = None, [], (), ()
        self._show()

    def look(self, form: VisitForm, *, who: bool, except_contact: str, may_join: bool = True) -> None:
        """Ask the books again; about the person only when what tells them apart has changed."""
        self._may_join, self._joined = may_join, bool(form.matter.joined())
        asked = tuple(form.who.value(wire).strip() for wire in _TELLING)
        if who and asked != self._asked:
            self._asked = asked
            phone, name, village, address = asked
            self._known = known_visitor(
                self._office,
                phone=phone,
                name=name,
                village=village or None,
                address=address,
                except_contact=except_contact,
            )
        said = (form.said.value("words"), form.category.text(), form.who.value("village"), except_contact)
        if said != self._said:
            self._said = said
            words, category, village, _ = said
            self._alike = possible_duplicates(
                self._office,
                words=words,
                category=category,
                village=village or None,
                day=self._office.today(),
                except_contact=except_contact,
            )
        self._show()

    def fill(self, form: VisitForm) -> bool:
        """Put what the last visit told into the empty fields; False when nobody was recognised."""
        known = self._known
        if known is None:
            return False
        for wire, text in (
            ("name", known.name),
            ("sex", known.sex),
            ("phone", known.phone),
            ("village", known.village),
            ("address", known.address),
        ):
            if text and not form.who.value(wire).strip():
                form.who.set_value(wire, text)
        return True

    def _show(self) -> None:
        known, first = self._known, self._alike[0] if self._alike else None
        self._known_line.setText(known.sentence(self._office.today()) if known else "")
        first = None if self._joined else first
        told = f"可能重复：{short_number(first.number)} {first.title}（{first.became}）" if first else ""
        self._alike_line.setText(told)
        for widget in (self._known_line, self._take):
            widget.setVisible(known is not None)
        for widget in (self._alike_line, self._look):
            widget.setVisible(first is not None)
        self._join.setVisible(self.joinable() is not None)
        self.setVisible(known is not None or first is not None)

    def _looked(self) -> None:
        if self._alike:
            self.looked.emit(self._alike[0].opinion)
