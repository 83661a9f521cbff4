"""The form of one visit: who came, what was said in their own words, what kind of matter it is, where it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from lianxin.domain.records import Contact, Visitor
from lianxin.domain.validity import problems_of
from lianxin.office.cases.registering import NOT_TOLD, Raised
from lianxin.office.cases.visit_records import StandingVisit
from lianxin.ui.editors import ChipsEditor
from lianxin.ui.enter_key import enter_pressed
from lianxin.ui.field_row import FieldRow
from lianxin.ui.form import FormFields
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces.buttons import label
from lianxin.ui.reception.companions import Companions
from lianxin.ui.reception.matter_rows import MatterRows, Suggest
from lianxin.ui.reception.visit_fields import PLACE_WIRES, VisitFields, part
from lianxin.ui.theme import px
from lianxin.ui.understanding import typed_of

SENSITIVE = "sensitive"
"""The tick that marks the matter 涉密敏感; the others are the visitor's."""
_TICKS = [("confidential", "要求保密"), ("informed", "已告知"), (SENSITIVE, "涉密敏感")]
_OF_VISITOR = ("confidential", "informed")


@dataclass(frozen=True)
class Visit:
    """What the form says, read: the contact, who came (the first at the head), and the typed choices."""

    contact: Contact
    visitors: tuple[Visitor, ...]
    category: str
    sensitive: bool
    raised: Raised | None


class VisitForm(QWidget):
    """Both pages' form. `with_place` adds channel, date, place and deputies; otherwise `background` tells them.

    A registered visit is shown by `show_standing` in the same fields and order; `changes` is what differs then.

    `changed` on every edit, `draft_due` when typing rests, `submitted` on Ctrl+Enter or Enter on the last field,
    `left(group)` when a field that tells who came (`who`) or what was said (`said`) is done, `new_wanted(wire,
    words)` for a village or unit not on the books, `dropped(key, typed)` when a person who came along was taken off
    the form, `history_asked(cls, wire, point)` on right click on a label. `matter` holds the rows of what becomes
    of it.
    """

    changed = Signal()
    draft_due = Signal()
    submitted = Signal()
    ended = Signal()
    left = Signal(str)
    new_wanted = Signal(str, str)
    dropped = Signal(str, object)
    history_asked = Signal(object, str, QPoint)

    def __init__(
        self,
        *,
        today: Callable[[], date],
        lookup: Lookup,
        suggest: Suggest,
        most_persons: int,
        with_place: bool = False,
    ) -> None:
        super().__init__()
        self._today, self._suggest, self._most_persons = today, suggest, most_persons
        self._standing: StandingVisit | None = None
        self._stood: dict[str, str] = {}
        self._place_before: dict[str, str] = {}
        self.background: dict[str, str] = {}
        fields = self.fields = VisitFields(today=today, lookup=lookup, with_place=with_place)
        self.place, self.who, self.count = fields.place, fields.who, fields.count
        self.said, self.asked = fields.said, fields.asked
        self.others = Companions(lookup, today)
        self.ticks = ChipsEditor(_TICKS, many=True, may_clear=True)
        self.matter = MatterRows(lookup, self._receiving)
        self.category, self.way = self.matter.category, self.matter.way
        self.unit, self.unit_row = self.matter.unit, self.matter.unit_row
        self.waits = label("", "doubt", wrap=True)
        self._ticks_row = FieldRow(Visitor.spec("informed"), self.ticks, words="保密告知")
        self._lay_out()
        self._connect()
        self.clear()

    # ---- what is typed --------------------------------------------------------------------------

    def typed(self) -> dict[str, str]:
        """Everything typed, by name, for a draft."""
        found = self.fields.typed()
        found["ticks"] = self.ticks.text()
        found.update(self.matter.typed())
        found.update({f"o.{name}": text for name, text in self.others.typed().items()})
        return found

    def changes(self) -> dict[str, str]:
        """What is typed otherwise than the visit of `show_standing` stands; everything for a new one."""
        return {name: text for name, text in self.typed().items() if self._stood.get(name) != text}

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put a draft back; what it does not name is left as it is. Tells nobody."""
        self.fields.set_typed(typed)
        self.ticks.set_text(typed.get("ticks", self.ticks.text()))
        self.others.set_typed(part(typed, "o."))
        self.matter.set_typed(typed)
        self.suggest_now()
        self._say_waits()

    def show_standing(self, standing: StandingVisit, *, matter: str = "") -> None:
        """Show a registered visit to be corrected or completed; `matter` says what became of it."""
        self.clear()
        self._standing = standing
        self._place_before = self.place.typed() if self.place is not None else {}
        typed = {f"c.{wire}": text for wire, text in typed_of(standing.contact).items()}
        if standing.contact.words == NOT_TOLD:
            typed["c.words"] = ""
        ticked = [SENSITIVE] if any(each.confidential for each in standing.opinions) else []
        if standing.visitors:
            first = typed_of(standing.visitors[0])
            typed |= {f"v.{wire}": text for wire, text in first.items()}
            ticked = [wire for wire in _OF_VISITOR if first[wire] == "是"] + ticked
        typed["ticks"] = ",".join(ticked)
        self.matter.show_standing(standing, matter)
        self.others.show_visitors(standing.visitors[1:])
        self.set_typed(typed)
        self._stood = self.typed()

    def blank(self) -> bool:
        """Whether nothing of this visit was typed yet; date and place of the day do not count."""
        beginnings = {"c.persons": "1", "v.anonymous": "否"}
        place = tuple(f"c.{wire}" for wire in (*PLACE_WIRES, *(["recorder"] if self.fields.by_paper else [])))
        return not any(
            text.strip() and beginnings.get(name) != text
            for name, text in self.typed().items()
            if not name.startswith(place)
        )

    def clear(self) -> None:
        """Ready for the next visitor; date, place and deputies stay, not those of a visit that was corrected."""
        if self.place is not None and self._standing is not None:
            self.place.set_typed(self._place_before)
        self._standing, self._stood = None, {}
        self.fields.clear()
        self.others.clear()
        self.count.set_hint("persons", "人次", offer="＋ 同来的人 Ctrl+J")
        self.ticks.set_text("")
        self._say_waits()
        self.matter.clear()

    def contact_typed(self) -> dict[str, str]:
        """The typed fields of the contact with what the day tells, or as it stands when it is registered."""
        standing = self._standing
        typed = dict(self.background) if standing is None else typed_of(standing.contact)
        typed.update(self.fields.contact_typed())
        typed["joined"] = self.matter.joined()
        if standing is not None and standing.contact.answered:
            typed["answer"] = self.matter.told.text()
        return typed

    def channel(self) -> str:
        """The code of the channel."""
        return self.contact_typed().get("type", "")

    def read(self) -> Visit | None:
        """The visit as typed, over the standing one when there is one; None, with the problems shown and the
        first one focused, when it cannot be registered yet."""
        problems = self.problems()
        wrong_lines = False
        # From the last to the first, so that the first one that is wrong has the focus in the end.
        wrong_rows = self.matter.enter_wrong(problems)
        for group in reversed(self.fields.all()):
            if group is self.count:
                wrong_lines = self.others.show_problems()
            group.show_problems({w: p for w, p in problems.items() if w in group.wires()})
        if problems or wrong_lines or wrong_rows:
            return None
        uid = self._standing.contact.uid if self._standing else ""
        sensitive = SENSITIVE in self.ticks.text().split(",")
        parsed = Contact.parse(self.contact_typed(), uid=uid, today=self._today()).record
        assert parsed is not None
        return Visit(
            contact=parsed,
            visitors=self._visitors(),
            category=self.category.text() or "18",
            sensitive=sensitive,
            raised=self.matter.raised(sensitive=sensitive),
        )

    def problems(self) -> dict[str, str]:
        """Wire name → why the visit cannot be registered yet."""
        typed = self.contact_typed()
        found: dict[str, str] = {}
        for group in self.fields.of_contact():
            found |= {w: p for w, p in group.problems(also=typed).items() if w in group.wires()}
        asked = self.who.problems(also={"contact": "-"})
        found |= {wire: problem for wire, problem in asked.items() if wire in self.who.wires()}
        found |= self.matter.problems()
        if not found:
            parsed = Contact.parse(typed, uid="", today=self._today())
            found.update(parsed.problems)
            if parsed.record is not None:
                found.update(problems_of(parsed.record, today=self._today()))
        return found

    def focus_first(self) -> None:
        """Go to the visitor's name."""
        self.who.focus_field("name")

    def suggest_now(self) -> None:
        """Offer the categories the words speak of; the first is taken until the clerk chooses."""
        self.matter.suggest(list(self._suggest(self.said.value("words"))))

    def drop_focused(self) -> None:
        """Ctrl+D: take off the form the person in whose fields the focus is."""
        at = QApplication.focusWidget()
        if not self.others.drop_focused() and at is not None and self.who.isAncestorOf(at):
            for wire in self.who.wires():
                self.who.set_value(wire, "")
            self.draft_due.emit()

    def turn_paper(self) -> None:
        """补录纸质表: the fields that only the printed form has come and go (Ctrl+M)."""
        self.fields.show_paper(not self.fields.by_paper)
        if self.fields.by_paper:
            self.fields.head.focus_first()
        else:
            self.focus_first()

    # ---- keys -----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = enter_pressed(event)
        if pressed == "submit":
            self.submitted.emit()
        elif pressed == "next":
            self._after(watched)
        return bool(pressed)

    def _after(self, done: QObject) -> None:
        """Go on to what comes after a field or group that is done."""
        groups = self._in_order()
        place = next((at for at, group in enumerate(groups) if group is done), -1)
        for group in groups[place + 1 :]:
            # What is rarely said is reached by Tab, so that Enter gets through a simple visit as before.
            by_paper = self.fields.by_paper or self.asked.value("request").strip()
            skipped = group is self.asked and not by_paper
            if not skipped and self._enter(group):
                return
        self.ended.emit()

    def _enter(self, group: QWidget) -> bool:
        if group is self.matter:
            # What the words tell of the category decides where to go.
            self.suggest_now()
            return self.matter.enter_first()
        if group.isHidden():
            return False
        if isinstance(group, FormFields | Companions):
            group.focus_first()
        else:
            group.setFocus()
        return True

    # ---- inside ---------------------------------------------------------------------------------

    def _visitors(self) -> tuple[Visitor, ...]:
        """Everybody on the form: a blank first visitor is 匿名 when alone, and nobody when others came."""
        ticks = self.ticks.text().split(",")
        told = {wire: "是" if wire in ticks else "否" for wire in _OF_VISITOR}
        typed = self.fields.visitor_typed()
        lines = self.others.lines()
        found = []
        if not lines or any(typed[wire].strip() for wire in self.who.wires()):
            stood = self._standing.visitors[:1] if self._standing else ()
            found.append(self._visitor({**typed, **told}, stood[0] if stood else None))
        for line in lines:
            known = self._standing.visitor(line.key) if self._standing else None
            found.append(self._visitor(line.told() if known else {**line.told(), **told}, known))
        return tuple(found)

    def _visitor(self, typed: Mapping[str, str], stood: Visitor | None) -> Visitor:
        named = bool(typed["name"].strip())
        if stood is None or named != bool(stood.name):
            typed = {**typed, "anonymous": "否" if named else "是"}
        if stood is not None:
            read = stood.with_typed(typed, today=self._today()).record
        else:
            read = Visitor.parse({**typed, "contact": "-"}, uid="", today=self._today()).record
        assert read is not None
        return read

    def _in_order(self) -> list[QWidget]:
        """Fields and rows in the order of the paper, as Enter goes through them."""
        fields = self.fields
        place: list[QWidget] = [fields.place] if fields.place is not None else []
        return [
            *place, fields.head, fields.who, fields.age, fields.count, self.others, self.ticks.control,
            fields.said, fields.asked, fields.proposal, self.matter,
        ]  # fmt: skip

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        self.ticks.control.setAccessibleName("要求保密、已告知")
        self.ticks.control.setToolTip("已告知：已向来访人说明所留信息只用于登记、办理和反馈")
        for row in (self._ticks_row, *self.fields.all()):
            if row is not self.place:
                row.set_label_width(px(80))
        for widget in self._in_order():
            if widget is self.ticks.control:
                box.addWidget(self._ticks_row)
                box.addWidget(self.waits)
            else:
                box.addWidget(widget)
        box.addStretch(1)

    def _connect(self) -> None:
        for group in self.fields.all():
            group.changed.connect(self._edited)
            group.draft_due.connect(self.draft_due)
            group.submitted.connect(self.submitted)
            group.finished.connect(self._group_finished)
            group.history_asked.connect(self._history_asked)
        self.count.hint_taken.connect(self._one_more)
        self.others.changed.connect(self._others_changed)
        self.others.draft_due.connect(self.draft_due)
        self.others.dropped.connect(self.dropped)
        for rows in (self.others, self.matter):
            rows.submitted.connect(self.submitted)
            rows.finished.connect(self._group_finished)
        self.who.new_wanted.connect(self.new_wanted)
        self.who.draft_due.connect(self._who_left)
        self.said.draft_due.connect(self._said_left)
        self.ticks.control.installEventFilter(self)
        self.ticks.edited.connect(self._own_edited)
        self.matter.changed.connect(self._own_edited)
        self.matter.category_picked.connect(self._category_picked)
        self.matter.unit_wanted.connect(self._unit_wanted)
        if self.place is not None:
            self.place.changed.connect(self._place_changed)
        for keys, act in (
            ("Ctrl+J", self.others.add_one),
            ("Ctrl+D", self.drop_focused),
            ("Ctrl+M", self.turn_paper),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _group_finished(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._after(sender)

    def _history_asked(self, wire: str, point: QPoint) -> None:
        self.history_asked.emit(
            Visitor if self.sender() in self.fields.of_visitor() else Contact, wire, point
        )

    def _one_more(self, _wire: str) -> None:
        self.others.add_one()

    def _others_changed(self) -> None:
        """Those who are named came: 人次 is never less."""
        named = len(self.others.lines()) + 1
        count = self.count.value("persons").strip()
        if count.isdecimal() and int(count) < named:
            self.count.set_value("persons", str(named))
        self.changed.emit()

    def _edited(self, wire: str) -> None:
        if wire == "persons":
            self._say_waits()
        self.changed.emit()

    def _say_waits(self) -> None:
        """A group and what is sensitive is looked at by the chair before it goes on (domain.md 3.12)."""
        count = self.count.value("persons").strip()
        told = []
        if count.isdecimal() and int(count) > self._most_persons:
            told.append(f"超过{self._most_persons}人，按集体来访登记，转交前由主席审阅。")
        if SENSITIVE in self.ticks.text().split(","):
            told.append("涉密敏感的事转交前由主席审阅；国家秘密不要写在这里。")
        self.waits.setText("".join(told))
        self.waits.setVisible(bool(told))

    def _receiving(self) -> str:
        """The deputies who receive, as this visit is registered."""
        return self.contact_typed().get("deputies", "")

    def _own_edited(self) -> None:
        self._say_waits()
        self.changed.emit()
        self.draft_due.emit()

    def _who_left(self) -> None:
        self.left.emit("who")

    def _said_left(self) -> None:
        self.suggest_now()
        self.left.emit("said")

    def _category_picked(self) -> None:
        self.left.emit("said")

    def _unit_wanted(self, words: str) -> None:
        self.new_wanted.emit("unit", words)

    def _place_changed(self, wire: str) -> None:
        if wire == "type":
            self.fields.show_place()
