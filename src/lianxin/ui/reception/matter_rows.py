"""What becomes of a visit: its category, where it goes, or the matter it is handled with; the last rows of the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from lianxin.domain import codes
from lianxin.domain.records import Assignment, Contact, Opinion, Routing
from lianxin.office.cases.registering import Raised
from lianxin.office.cases.visit_records import StandingVisit
from lianxin.ui.editors import ChipsEditor, Editor, LinesEditor
from lianxin.ui.enter_key import enter_pressed
from lianxin.ui.field_row import FieldRow
from lianxin.ui.form import LOOSE
from lianxin.ui.pick_editor import Lookup, PickEditor, ref_find, ref_name
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.reception.choice import ChoiceEditor
from lianxin.ui.reception.elsewhere_rows import ElsewhereRows
from lianxin.ui.theme import px

NO_MATTER = "none"
"""The way that raises no opinion: a visit to say hello, a meeting whose matters are entered apart."""

_FEW_WAYS = 4
_NOT_AT_THE_DOOR = ("merged", "withdrawn", "taken_apart", "to_suggestion")
"""What is done to a matter that stands already; a suggestion wants a sheet of its own."""
_WAYS = [
    *((code.code, code.label) for code in codes.ROUTE.codes if code.code not in _NOT_AT_THE_DOOR),
    (NO_MATTER, "只登记，不形成意见"),
]
WAY_WORDS = dict(_WAYS)
"""What each way is called."""
_CATEGORIES = [(code.code, code.label) for code in codes.CATEGORY.codes]
_USUAL = ("01", "02", "09")


class MatterRows(QWidget):
    """`changed` on every edit, `finished` on Enter in the last row, `submitted` on Ctrl+Enter, `category_picked`,
    `way_changed`, `unit_wanted(words)` for a unit not on the books, `parted` when the visit is to be on its own.
    `deputies` are those who receive, for what a deputy settles.
    """

    changed = Signal()
    finished = Signal()
    submitted = Signal()
    category_picked = Signal()
    way_changed = Signal()
    unit_wanted = Signal(str)
    parted = Signal()

    def __init__(self, lookup: Lookup, deputies: Callable[[], str]) -> None:
        super().__init__()
        self._standing: StandingVisit | None = None
        self._own_category, self._joined, self._deputies = False, "", deputies
        self.elsewhere = ElsewhereRows(lookup)
        self.category = ChoiceEditor(_CATEGORIES, more="其余…")
        self.way = ChoiceEditor(_WAYS, few=_FEW_WAYS, more="其余…")
        self.unit = PickEditor(
            ref_find(lookup, "unit"), ref_name(lookup, "unit"), placeholder="打几个字，或按 ↓ 选",
            offer_new="承办单位",
        )  # fmt: skip
        self.told = LinesEditor(least=2, most=5)
        # A visit may be registered before anybody knows where it goes: none of these is demanded here.
        self.unit_row = FieldRow(replace(Assignment.spec("unit"), required=False), self.unit)
        self.told_row = FieldRow(Contact.spec("answer"), self.told, words="答复说明")
        self.category_row = FieldRow(Opinion.spec("category"), self.category)
        self.way_row = FieldRow(replace(Routing.spec("route"), required=False), self.way)
        self._matter_line, self._joined_line = label("", "soft", wrap=True), label("", "good", wrap=True)
        self._joined_box = QWidget()
        self._lay_out()
        self._connect()

    def typed(self) -> dict[str, str]:
        """Everything typed or chosen, for a draft."""
        found = {"category": self.category.text() if self._own_category else "", "way": self.way.text()}
        found["unit"], found["unit" + LOOSE] = self.unit.text(), self.unit.loose_words()
        return found | {"told": self.told.text(), "joined": self._joined} | self.elsewhere.typed()

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put a draft back; what it does not name is left as it is. Tells nobody."""
        self.way.set_text(typed.get("way", self.way.text()))
        self.unit.set_text(typed.get("unit", self.unit.text()))
        if typed.get("unit" + LOOSE):
            self.unit.set_loose_words(typed["unit" + LOOSE])
        self.told.set_text(typed.get("told", self.told.text()))
        self.elsewhere.set_typed(typed)
        self._joined = typed.get("joined", self._joined)
        self._own_category = bool(typed.get("category", self._own_category))
        if typed.get("category"):
            self.category.set_text(typed["category"])
        self.arrange()

    def show_standing(self, standing: StandingVisit, matter: str) -> None:
        """The rows of a registered visit; `matter` says what became of it."""
        self.clear()
        self._standing = standing
        contact, opinions = standing.contact, standing.opinions
        typed = {"told": contact.answer or "", "joined": contact.joined or ""}
        if len(opinions) == 1:
            typed["category"] = opinions[0].category
        elif not contact.to_complete and not contact.joined:
            typed["way"] = NO_MATTER
        self._matter_line.setText(matter)
        self.set_typed(typed)

    def clear(self) -> None:
        """Nothing chosen, as for the next visitor."""
        self._standing, self._own_category, self._joined = None, False, ""
        self.category.set_text("")
        self.category.set_few(_USUAL)
        for editor in (self.way, self.unit, self.told):
            editor.set_text("")
        self.elsewhere.clear()
        self._matter_line.setText("")
        self.arrange()

    def suggest(self, found: Sequence[str]) -> None:
        """Offer these categories; the first is taken until the clerk chooses."""
        self.category.set_few(found or _USUAL)
        if not self._own_category:
            self.category.set_text(found[0] if found else "")

    def join(self, opinion: str, words: str) -> None:
        """合并办理: the visit speaks of this matter; "" parts them again. Counts as an edit."""
        self._joined = opinion
        self._joined_line.setText(words)
        self.arrange()
        self.changed.emit()

    def joined(self) -> str:
        """The uid of the matter this visit is joined to, "" for none."""
        return self._joined

    def say_joined(self, words: str) -> None:
        """What is said of the matter this visit is joined to."""
        self._joined_line.setText(words)

    def said(self) -> str:
        """What is said instead of the rows that cannot be filled in."""
        return self._joined_line.text() if self._joined else self._matter_line.text()

    def chosen_way(self) -> str:
        """The way, which is none for a visit that is joined to another matter."""
        return NO_MATTER if self._joined else self.way.text()

    def raised(self, *, sensitive: bool) -> Raised | None:
        """The matter as these rows tell it; None when the visit raises none."""
        way = self.chosen_way()
        if way == NO_MATTER:
            return None
        told = self.told.text().strip() or None if way == "answered_on_spot" else None
        unit = self.unit.text() or None if way == "assigned" else None
        category = self.category.text() or "18"
        return self.elsewhere.put_into(
            Raised(category=category, route=way, unit=unit, words=told, sensitive=sensitive)
        )

    def problems(self) -> dict[str, str]:
        """Why it cannot be registered yet, said beside the rows."""
        self.way_row.set_problem("")
        loose = "" if self.unit_row.isHidden() else self.unit.loose_words()
        wrong = {"unit": f"承办单位“{loose}”还没有对上，请从列表里选一个"} if loose else {}
        self.unit_row.set_problem(wrong.get("unit", ""))
        return wrong | self.elsewhere.problems(self._free_way())

    def enter_wrong(self, wrong: Mapping[str, str]) -> bool:
        """Go to the first row that is wrong; False when none is."""
        if "unit" in wrong:
            self.unit.enter()
            return True
        return self.elsewhere.enter_wrong(wrong)

    def show_refusal(self, words: str) -> None:
        """Say beside the way why the step was refused."""
        self.way_row.set_problem(words)
        self.way.setFocus()

    def arrange(self) -> None:
        """Show the rows that can be filled in: a matter that stands already has its own page."""
        standing, way = self._standing, self.way.text()
        own = len(standing.opinions) if standing else 0
        free = not own and not self._joined
        self._joined_box.setVisible(bool(self._joined))
        self._matter_line.setVisible(bool(self._matter_line.text()) and not self._joined)
        self.category_row.setVisible(own == 1 or free)
        self.way_row.setVisible(free)
        self.unit_row.setVisible(free and way == "assigned")
        answered = standing is not None and standing.contact.answered
        self.told_row.setVisible(answered or (free and way == "answered_on_spot"))
        self.elsewhere.show(self._free_way())

    def enter_first(self) -> bool:
        """Go to the first row that wants an answer; False when there is none.

        A category that the words told is shown and passed over: Shift+Tab goes back to it.
        """
        told = bool(self.category.text()) and not self.way_row.isHidden()
        return self._enter_after(0 if told else -1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = enter_pressed(event)
        if pressed == "submit":
            self.submitted.emit()
        elif pressed == "next":
            place = next((at for at, (editor, _) in enumerate(self._rows) if editor.control is watched), -1)
            if not self._enter_after(place):
                self.finished.emit()
        return bool(pressed)

    def _free_way(self) -> str:
        """The way while it can be chosen here, "" otherwise."""
        return "" if self.way_row.isHidden() else self.way.text()

    def _enter_after(self, place: int) -> bool:
        for editor, row in self._rows[place + 1 :]:
            if not row.isHidden():
                editor.setFocus()
                return True
        return False

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        told = QHBoxLayout(self._joined_box)
        told.setContentsMargins(0, 0, 0, 0)
        told.addWidget(self._joined_line, 1)
        part = button("不合并 Ctrl+B", "link", act=self.parted.emit, hint="仍按单独的一件意见登记")
        told.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        self._rows: tuple[tuple[Editor, FieldRow], ...] = (
            (self.category, self.category_row), (self.way, self.way_row), (self.unit, self.unit_row),
            (self.told, self.told_row), *self.elsewhere.rows,
        )  # fmt: skip
        for widget in (self._matter_line, self._joined_box, *(row for _, row in self._rows)):
            box.addWidget(widget)
        for _, row in self._rows:
            row.set_label_width(px(80))
        for row in (self.category_row, self.way_row, *(row for _, row in self.elsewhere.rows)):
            if not isinstance(row.editor, ChoiceEditor | ChipsEditor):
                continue
            # Chips that go on in a second line need the height for it.
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            row.setSizePolicy(policy)

    def _connect(self) -> None:
        for editor, _ in self._rows:
            editor.control.installEventFilter(self)
            editor.edited.connect(self.changed)
        self.category.picked.connect(self._category_picked)
        self.way.picked.connect(self._way_picked)
        self.unit.new_wanted.connect(self.unit_wanted)

    def _category_picked(self, code: str) -> None:
        self._own_category = bool(code)
        self.category_picked.emit()

    def _way_picked(self, code: str) -> None:
        self.way_row.set_problem("")
        self.elsewhere.begin(code, self._deputies())
        self.arrange()
        self.way_changed.emit()
        # Whom it goes to is the next thing to say: no key is needed to get there.
        if self.way.control.hasFocus():
            self._enter_whereto(code)

    def _enter_whereto(self, way: str) -> None:
        if not self.elsewhere.enter_first(way) and way == "assigned" and not self.unit.text():
            self.unit.enter()


Suggest = Callable[[str], Sequence[str]]
"""The likeliest categories for what is said."""
