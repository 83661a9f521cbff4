"""The fields of a visit in the order of the printed form, in groups of one record class each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from lianxin.domain.records import Contact, Visitor
from lianxin.ui.form import LOOSE, FormFields
from lianxin.ui.pick_editor import Lookup

_OCCASION: Mapping[str, frozenset[str]] = {
    "households": frozenset({"home_visit"}),
    "topic": frozenset({"home_visit", "symposium", "street"}),
    "host": frozenset({"symposium"}),
    "opened_by": frozenset({"letter_box"}),
    "letters": frozenset({"letter_box"}),
    "leaflets": frozenset({"street"}),
    "helped": frozenset({"home_visit"}),
}
"""Fields that only some channels have (domain.md 3.11)."""
PLACE_WIRES = ("type", "date", "time", "station", "place", "deputies", *_OCCASION)
"""What the day tells of every visit."""
_PLACE_LINES = (
    ("type", "date"), "station", "place", ("deputies", "time"), "topic", "host", ("opened_by", "letters"), "leaflets",
    "households", "helped",
)  # fmt: skip
_OF_ONE_HOUSEHOLD = ("households", "helped")
_AT_STATION = frozenset({"reception_day", "visit", "phone", "sms", "letter_box", "online", "via_deputy", ""})


class VisitFields:
    """`place` only where the page asks for it. `head`, `age` and `proposal` are what a printed form has beside the
    usual fields: hidden until a form is typed in from paper (补录) or one of them says something.
    """

    def __init__(self, *, today: Callable[[], date], lookup: Lookup, with_place: bool) -> None:
        self.place: FormFields[Contact] | None = None
        if with_place:
            self.place = FormFields(Contact, _PLACE_LINES, today=today, lookup=lookup)
        self.head: FormFields[Contact] = FormFields(Contact, (("paper_number", "recorder"),), today=today)
        who = (("name", "sex"), "phone", ("village", "address"))
        self.who: FormFields[Visitor] = FormFields(
            Visitor, who, today=today, lookup=lookup, offer_new=("village",),
            labels={"village": "所在村", "phone": "联系电话"},
        )  # fmt: skip
        self.age: FormFields[Visitor] = FormFields(Visitor, ("age",), today=today)
        self.count: FormFields[Contact] = FormFields(
            Contact, ("persons",), today=today, labels={"persons": "来访人数"}
        )
        self.said: FormFields[Contact] = FormFields(Contact, ("words",), today=today, tall={"words": 4})
        self.asked: FormFields[Contact] = FormFields(Contact, ("request",), today=today)
        self.proposal: FormFields[Contact] = FormFields(
            Contact, ("proposal",), today=today, tall={"proposal": 2}
        )
        self.by_paper = False
        self.show_paper(False)

    def of_contact(self) -> list[FormFields[Contact]]:
        """The groups that tell of the contact."""
        place = [self.place] if self.place is not None else []
        return [*place, self.head, self.count, self.said, self.asked, self.proposal]

    def of_visitor(self) -> list[FormFields[Visitor]]:
        """The groups that tell of the first visitor."""
        return [self.who, self.age]

    def all(self) -> list[FormFields[Contact] | FormFields[Visitor]]:
        """Every group in the order of the paper."""
        place: list[FormFields[Contact] | FormFields[Visitor]] = [self.place] if self.place else []
        return [
            *place, self.head, self.who, self.age, self.count, self.said, self.asked, self.proposal,
        ]  # fmt: skip

    def typed(self) -> dict[str, str]:
        """Everything typed: v. and the wire name for the visitor, c. for the contact."""
        found = {f"v.{wire}": text for group in self.of_visitor() for wire, text in group.typed().items()}
        for group in self.of_contact():
            found.update({f"c.{wire}": text for wire, text in group.typed().items()})
        return found

    def set_typed(self, typed: Mapping[str, str]) -> None:
        """Put a draft back; what it does not name is left as it is."""
        for visitors in self.of_visitor():
            visitors.set_typed(part(typed, "v."))
        for contacts in self.of_contact():
            contacts.set_typed(part(typed, "c."))
        self.show_place()
        self.show_paper(self.by_paper)

    def clear(self) -> None:
        """Empty for the next visitor; date, place and deputies stay, and so does who writes from paper."""
        recorder = self.head.value("recorder") if self.by_paper else ""
        for group in self.all():
            if group is not self.place:
                group.clear()
        self.head.set_typed({"recorder": recorder})
        if self.place is not None:
            self.place.set_typed({"time": "", **dict.fromkeys(_OF_ONE_HOUSEHOLD, "")})
        self.show_place()
        self.show_paper(self.by_paper)

    def show_paper(self, by_paper: bool) -> None:
        """Show what only the printed form has; what says something is shown in any case."""
        self.by_paper = by_paper
        for group in (self.head, self.age, self.proposal):
            group.setVisible(by_paper or any(text.strip() for text in group.typed().values()))

    def show_place(self) -> None:
        """Show the fields of place that belong to the channel."""
        if self.place is not None:
            channel = self.place.value("type")
            self.place.set_shown("station", channel in _AT_STATION)
            self.place.set_shown("place", channel not in _AT_STATION)
            for wire, channels in _OCCASION.items():
                self.place.set_shown(wire, channel in channels)

    def visitor_typed(self) -> dict[str, str]:
        """The first visitor as typed, without words that stand for nothing."""
        return {
            wire: text
            for group in self.of_visitor()
            for wire, text in group.typed().items()
            if not wire.endswith(LOOSE)
        }

    def contact_typed(self) -> dict[str, str]:
        """The contact as typed, without words that stand for nothing."""
        return {
            wire: text
            for group in self.of_contact()
            for wire, text in group.typed().items()
            if not wire.endswith(LOOSE)
        }


def part(typed: Mapping[str, str], prefix: str) -> dict[str, str]:
    """What is typed under names that begin so, by the rest of the name."""
    return {name.removeprefix(prefix): text for name, text in typed.items() if name.startswith(prefix)}
