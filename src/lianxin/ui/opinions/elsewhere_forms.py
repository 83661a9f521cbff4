"""What is asked when a matter is not handed to a unit: told where it belongs, or settled by a deputy."""

from __future__ import annotations

from datetime import date

from lianxin.domain import codes
from lianxin.domain.dates import show_day, show_day_short
from lianxin.domain.dictionary import Record
from lianxin.domain.records import Deed, Routing, Telling
from lianxin.office.case_papers.case_file import CaseFile
from lianxin.office.cases.leading_elsewhere import guide, solve, tell
from lianxin.office.desk import Desk
from lianxin.store.writing import Change
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, ChoiceRow
from lianxin.ui.opinions.further_forms import Sheet, StepSheet
from lianxin.ui.pick_editor import Lookup

GUIDING = ("guided", "to_petition")


class GuideFields:
    """告知引导: what it is about, where to, and whether the visitor was told on the spot."""

    def __init__(self, office: Desk, lookup: Lookup, file: CaseFile) -> None:
        self._office, self._file = office, file
        self.about = ChoiceRow(
            "guidance", "引导事由", [(each.code, each.label) for each in codes.GUIDANCE.codes]
        )
        self.told = ChoiceRow(
            "telling", "告知方式", [(each.code, each.label) for each in codes.TELLING.codes]
        )
        self.where = FormFields(Routing, ["guided_to"], today=office.today, lookup=lookup)
        self.where.set_hint("guided_to", "如县人民法院")
        self.parts = (self.about, self.told, self.where)

    def start(self) -> None:
        """Begin with what is usual."""
        self.about.set_value("petition")
        self.told.set_value("on_spot")

    def arrange(self, way: str) -> None:
        """Show the fields while this way is chosen."""
        for part in self.parts:
            part.setVisible(way in GUIDING)
        last = self._office.profile.limit(self._file.opinion.registered, self._office.profile.tell_days)
        later = self.told.value() == "later"
        self.where.set_hint("guided_to", f"{show_day_short(last)}前告知" if later else "如县人民法院")

    def store(self, routing: Routing, draft_key: str) -> tuple[Change, ...]:
        """Record it. Raises StepRefused."""
        return guide(
            self._office,
            opinion=routing.opinion,
            way=routing.route,
            day=routing.day,
            guidance=self.about.value() or None,
            destination=self.where.value("guided_to").strip() or None,
            reason=routing.reason,
            on_spot=self.told.value() != "later",
            draft_key=draft_key,
        )


class DeedFields(FormFields[Deed]):
    """代表协调解决: which deputy did what for whom; the 办实事 record is made of it."""

    def __init__(self, office: Desk, lookup: Lookup) -> None:
        super().__init__(
            Deed,
            ["person", "what", ("households", "persons"), "witness"],
            today=office.today,
            lookup=lookup,
            tall={"what": 2},
            labels={"what": "怎样解决"},
        )
        self._office = office

    def store(self, routing: Routing, draft_key: str) -> tuple[Change, ...] | None:
        """Record it; None with the problems shown when something is missing. Raises StepRefused."""
        deed = self.read("", also={"date": routing.day.isoformat()})
        if deed is None:
            return None
        return solve(
            self._office, opinion=routing.opinion, day=routing.day, person=deed.person, what=deed.what,
            households=deed.households, persons=deed.persons, witness=deed.witness, draft_key=draft_key,
        )  # fmt: skip


def tell_sheet(office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """登记告知: when and how the visitor was told; ends the clock."""
    last: date | None = file.state.due
    routing = file.case.routings[-1] if file.case.routings else None
    sheet = Sheet(
        heading="登记告知",
        cls=Telling,
        choice=("means", "告知方式", codes.MEANS),
        chosen="written",
        wires=["date", "destination", "words", "by"],
        start={
            "date": office.today().isoformat(),
            "destination": (routing.guided_to if routing else "") or "",
            "words": (routing.reason if routing else "") or "",
        },
        note=f"书面告知不晚于{show_day(last)}。保存后可以打印来访事项告知单。" if last else "",
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, Telling)
        return tell(
            office, opinion=record.opinion, day=record.day, means=record.means,
            destination=record.destination, words=record.words, by=record.by, draft_key=form.key,
        )  # fmt: skip

    form = StepSheet(office, lookup, file, sheet, store=store, told="已告知来访人")
    return form
