"""The form of one visit: who came, what was said in their own words, what kind of matter it is, where it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from lianxin.domain import codes
from lianxin.domain.records import Assignment, Contact, Opinion, Routing, Visitor
from lianxin.domain.validity import problems_of
from lianxin.ui.editors import ChipsEditor, Editor, LinesEditor
from lianxin.ui.enter_key import enter_pressed
from lianxin.ui.field_row import FieldRow
from lianxin.ui.form import LOOSE, FormFields
from lianxin.ui.pick_editor import Lookup, PickEditor, ref_find, ref_name
from lianxin.ui.reception.choice import ChoiceEditor
from lianxin.ui.theme import px

NO_MATTER = "none"
"""The way that raises no opinion: a visit to say hello, a meeting whose matters are entered apart."""

_FEW_WAYS = 4
_WAYS = [
    *((code.code, code.label) for code in codes.ROUTE.codes if code.code not in ("merged", "withdrawn")),
    (NO_MATTER, "只登记，不形成意见"),
]
WAY_WORDS = dict(_WAYS)
"""What each way is called."""
_CATEGORIES = [(code.code, code.label) for code in codes.CATEGORY.codes]
_USUAL = ("01", "02", "09")
_TICKS = [("confidential", "要求保密"), ("informed", "已告知")]
_WAYS_WITH_WORDS = frozenset({"answered_on_spot", "guided", "to_petition"})
_PLACE_LINES = (("type", "date"), "station", "place", ("deputies", "time"), "households")
_PLACE_WIRES = ("type", "date", "time", "station", "place", "deputies", "households")
_AT_STATION = frozenset({"reception_day", "visit", "phone", "sms", "letter_box", "online", "via_deputy", ""})


@dataclass(frozen=True)
class Visit:
    """What the form says, read: the contact, its visitor, and the typed choices."""

    contact: Contact
    visitor: Visitor
    category: str
    way: str
    unit: str | None
    words: str | None


class VisitForm(QWidget):
    """Both pages' form. `with_place` adds channel, date, place and deputies; otherwise `background` tells them.

    `changed` on every edit, `draft_due` when typing rests, `submitted` on Ctrl+Enter or Enter on the last field,
    `left(group)` when a field that tells who came (`who`) or what was said (`said`) is done, `new_wanted(wire,
    words)` for a village or unit not on the books, `due_wanted` when way or unit changed.
    """

    changed = Signal()
    draft_due = Signal()
    submitted = Signal()
    ended = Signal()
    left = Signal(str)
    new_wanted = Signal(str, str)
    way_changed = Signal()

    def __init__(
        self,
        *,
        today: Callable[[], date],
        lookup: Lookup,
        suggest: Callable[[str], Sequence[str]],
        with_place: bool = False,
    ) -> None:
        super().__init__()
        self._today, self._suggest = today, suggest
        self._own_category = False
        self.background: dict[str, str] = {}
        self.place: FormFields[Contact] | None = None
        if with_place:
            self.place = FormFields(Contact, _PLACE_LINES, today=today, lookup=lookup)
        who = (("name", "sex"), "phone", ("village", "address"))
        labels = {"village": "所在村", "phone": "联系电话"}
        self.who: FormFields[Visitor] = FormFields(
            Visitor, who, today=today, lookup=lookup, offer_new=("village",), labels=labels
        )
        self.count: FormFields[Contact] = FormFields(
            Contact, ("persons",), today=today, labels={"persons": "来访人数"}
        )
        self.ticks = ChipsEditor(_TICKS, many=True, may_clear=True)
        self.said: FormFields[Contact] = FormFields(Contact, ("words",), today=today, tall={"words": 4})
        self.category = ChoiceEditor(_CATEGORIES, more="其余…")
        self.way = ChoiceEditor(_WAYS, few=_FEW_WAYS, more="其余…")
        self.unit = PickEditor(
            ref_find(lookup, "unit"), ref_name(lookup, "unit"), placeholder="打几个字，或按 ↓ 选",
            offer_new="承办单位",
        )  # fmt: skip
        self.told = LinesEditor(least=2, most=5)
        # A visit may be registered before anybody knows where it goes: none of these is demanded here.
        self.unit_row = FieldRow(replace(Assignment.spec("unit"), required=False), self.unit)
        self._told_row = FieldRow(Contact.spec("answer"), self.told, words="答复说明")
        self._ticks_row = FieldRow(Visitor.spec("informed"), self.ticks, words="保密告知")
        self._category_row = FieldRow(Opinion.spec("category"), self.category)
        self._way_row = FieldRow(replace(Routing.spec("route"), required=False), self.way)
        self._lay_out()
        self._connect()
        self.clear()

    # ---- what is typed --------------------------------------------------------------------------

    def typed(self) -> dict[str, str]:
        """Everything typed, by name, for a draft."""
        found = {f"v.{wire}": text for wire, text in self.who.typed().items()}
        for group in self._contact_groups():
            found.update({f"c.{wire}": text for wire, text in group.typed().items()})
        found["ticks"] = self.ticks.text()
        found["category"] = self.category.text() if self._own_category else ""
        found["way"] = self.way.text()
        found["unit"], found["unit" + LOOSE] = self.unit.text(), self.unit.loose_words()
        found["told"] = self.told.text()
        return found

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put a draft back; what it does not name is left as it is. Tells nobody."""
        self.who.set_typed(_part(typed, "v."))
        for group in self._contact_groups():
            group.set_typed(_part(typed, "c."))
        self.ticks.set_text(typed.get("ticks", self.ticks.text()))
        self.way.set_text(typed.get("way", self.way.text()))
        self.unit.set_text(typed.get("unit", self.unit.text()))
        if typed.get("unit" + LOOSE):
            self.unit.set_loose_words(typed["unit" + LOOSE])
        self.told.set_text(typed.get("told", self.told.text()))
        self._own_category = bool(typed.get("category"))
        if self._own_category:
            self.category.set_text(typed["category"])
        self.suggest_now()
        self._way_shown()
        self._place_shown()

    def blank(self) -> bool:
        """Whether nothing of this visit was typed yet; date and place of the day do not count."""
        beginnings = {"c.persons": "1", "v.anonymous": "否"}
        place = tuple(f"c.{wire}" for wire in _PLACE_WIRES)
        return not any(
            text.strip() and beginnings.get(name) != text
            for name, text in self.typed().items()
            if not name.startswith(place)
        )

    def clear(self) -> None:
        """Ready for the next visitor; date, place and deputies stay."""
        self.who.clear()
        self.count.clear()
        self.said.clear()
        self.ticks.set_text("")
        self._own_category = False
        self.category.set_text("")
        self.category.set_few(_USUAL)
        self.way.set_text("")
        self.unit.set_text("")
        self.told.set_text("")
        if self.place is not None:
            self.place.set_typed({"time": "", "households": ""})
        self._way_shown()
        self._place_shown()

    def contact_typed(self) -> dict[str, str]:
        """The typed fields of the contact with what the day tells."""
        typed = dict(self.background)
        for group in self._contact_groups():
            typed.update({wire: text for wire, text in group.typed().items() if not wire.endswith(LOOSE)})
        return typed

    def channel(self) -> str:
        """The code of the channel."""
        return self.contact_typed().get("type", "")

    def read(self, *, contact_uid: str = "", visitor_uid: str = "") -> Visit | None:
        """The visit as typed; None, with the problems shown and the first one focused, when it cannot be yet."""
        problems = self.problems()
        for group in reversed(self._groups()):
            group.show_problems({w: p for w, p in problems.items() if w in group.wires()})
        self.unit_row.set_problem(problems.get("unit", ""))
        if problems:
            return None
        parsed = Contact.parse(self.contact_typed(), uid=contact_uid, today=self._today()).record
        ticks = self.ticks.text().split(",")
        also = {"anonymous": "否" if self.who.value("name").strip() else "是", "contact": contact_uid or "-"}
        also |= {wire: "是" if wire in ticks else "否" for wire, _ in _TICKS}
        typed = {wire: text for wire, text in self.who.typed().items() if not wire.endswith(LOOSE)}
        visitor = Visitor.parse({**typed, **also}, uid=visitor_uid, today=self._today()).record
        assert parsed is not None and visitor is not None
        way = self.way.text()
        return Visit(
            contact=parsed,
            visitor=visitor,
            category=self.category.text() or "18",
            way=way,
            unit=self.unit.text() or None if way == "assigned" else None,
            words=self.told.text().strip() or None if way in _WAYS_WITH_WORDS else None,
        )

    def problems(self) -> dict[str, str]:
        """Wire name → why the visit cannot be registered yet."""
        typed = self.contact_typed()
        found: dict[str, str] = {}
        for group in self._contact_groups():
            found |= {w: p for w, p in group.problems(also=typed).items() if w in group.wires()}
        asked = self.who.problems(also={"contact": "-"})
        found |= {wire: problem for wire, problem in asked.items() if wire in self.who.wires()}
        if self.way.text() == "assigned" and self.unit.loose_words():
            found["unit"] = f"承办单位“{self.unit.loose_words()}”还没有对上，请从列表里选一个"
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
        found = list(self._suggest(self.said.value("words")))
        self.category.set_few(found or _USUAL)
        if not self._own_category:
            self.category.set_text(found[0] if found else "")

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
        stops = self._stops()
        place = next((at for at, (owner, _) in enumerate(stops) if owner is done), -1)
        for owner, enter in stops[place + 1 :]:
            shown = owner if isinstance(owner, FormFields) else owner.parentWidget()
            if shown is None or not shown.isHidden():
                enter()
                return
        self.ended.emit()

    def _stops(self) -> list[tuple[QWidget, Callable[[], None]]]:
        stops: list[tuple[QWidget, Callable[[], None]]] = []
        if self.place is not None:
            stops.append((self.place, self.place.focus_first))
        stops += [
            (self.who, self.who.focus_first),
            (self.count, self.count.focus_first),
            (self.ticks.control, self.ticks.setFocus),
            (self.said, self.said.focus_first),
            (self.category.control, self.category.setFocus),
            (self.way.control, self.way.setFocus),
        ]
        if not self.unit_row.isHidden():
            stops.append((self.unit.control, self.unit.setFocus))
        if not self._told_row.isHidden():
            stops.append((self.told.control, self.told.setFocus))
        return stops

    # ---- inside ---------------------------------------------------------------------------------

    def _groups(self) -> list[FormFields[Contact] | FormFields[Visitor]]:
        place: list[FormFields[Contact] | FormFields[Visitor]] = [self.place] if self.place else []
        return [*place, self.who, self.count, self.said]

    def _contact_groups(self) -> list[FormFields[Contact]]:
        return [*([self.place] if self.place else []), self.count, self.said]

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        self.ticks.control.setAccessibleName("要求保密、已告知")
        self.ticks.control.setToolTip("已告知：已向来访人说明所留信息只用于登记、办理和反馈")
        if self.place is not None:
            box.addWidget(self.place)
        box.addWidget(self.who)
        for widget in (
            self.count,
            self._ticks_row,
            self.said,
            self._category_row,
            self._way_row,
            self.unit_row,
            self._told_row,
        ):
            box.addWidget(widget)
        box.addStretch(1)
        for row in (self._ticks_row, self._category_row, self._way_row, self.unit_row, self._told_row):
            row.set_label_width(px(80))
        for row in (self._category_row, self._way_row):
            # Chips that go on in a second line need the height for it.
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            row.setSizePolicy(policy)

    def _connect(self) -> None:
        for group in self._groups():
            group.changed.connect(self._edited)
            group.draft_due.connect(self.draft_due)
            group.submitted.connect(self.submitted)
            group.finished.connect(self._group_finished)
        self.who.new_wanted.connect(self.new_wanted)
        self.who.draft_due.connect(self._who_left)
        self.said.draft_due.connect(self._said_left)
        own: tuple[Editor, ...] = (self.ticks, self.category, self.way, self.unit, self.told)
        for editor in own:
            editor.control.installEventFilter(self)
            editor.edited.connect(self._own_edited)
        self.category.picked.connect(self._category_picked)
        self.way.picked.connect(self._way_picked)
        self.unit.new_wanted.connect(self._unit_wanted)
        if self.place is not None:
            self.place.changed.connect(self._place_changed)

    def _group_finished(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._after(sender)

    def _edited(self, _wire: str) -> None:
        self.changed.emit()

    def _own_edited(self) -> None:
        self.changed.emit()
        self.draft_due.emit()

    def _who_left(self) -> None:
        self.left.emit("who")

    def _said_left(self) -> None:
        self.suggest_now()
        self.left.emit("said")

    def _category_picked(self, code: str) -> None:
        self._own_category = bool(code)
        self.left.emit("said")

    def _way_picked(self, _code: str) -> None:
        self._way_shown()
        self.way_changed.emit()

    def _unit_wanted(self, words: str) -> None:
        self.new_wanted.emit("unit", words)

    def _place_changed(self, wire: str) -> None:
        if wire == "type":
            self._place_shown()

    def _place_shown(self) -> None:
        if self.place is not None:
            channel = self.place.value("type")
            self.place.set_shown("station", channel in _AT_STATION)
            self.place.set_shown("place", channel not in _AT_STATION)
            self.place.set_shown("households", channel == "home_visit")

    def _way_shown(self) -> None:
        way = self.way.text()
        self.unit_row.setVisible(way == "assigned")
        self._told_row.setVisible(way in _WAYS_WITH_WORDS)


def _part(typed: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): text for name, text in typed.items() if name.startswith(prefix)}
