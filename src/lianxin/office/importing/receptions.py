"""A reception ledger's rows as reception days, contacts, visitors and opinions with their steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from lianxin.domain.categories import suggest_category
from lianxin.domain.codes import CHANNEL
from lianxin.domain.dictionary import Record
from lianxin.domain.records import Contact, Opinion, Visitor
from lianxin.domain.rules import RuleProfile
from lianxin.ledgers.findings import RefusedRow
from lianxin.ledgers.headings import Column
from lianxin.ledgers.receptions import read_receptions
from lianxin.ledgers.rows import LedgerRow, Problem, Reading
from lianxin.ledgers.titles import surname_addressed
from lianxin.ledgers.visit_columns import COLUMNS
from lianxin.ledgers.visits import EmptyDay, ReceptionLedger, VisitRow
from lianxin.ledgers.workbook import read_workbook
from lianxin.office.cases.visit_records import opinion_from, put_contact, title_of
from lianxin.office.desk import office_of
from lianxin.office.importing.further import further_columns, with_further
from lianxin.office.importing.intake import Intake
from lianxin.office.importing.matters import Matters, amended
from lianxin.office.importing.reception_days import Addressed, ReceptionDays
from lianxin.office.importing.understood import SheetCount, Understood
from lianxin.office.numbers import next_number
from lianxin.store.reading import Condition

_UNTOLD_CHANNEL = "visit"


def understand_receptions(
    path: Path,
    *,
    today: date,
    profile: RuleProfile,
    overrides: Mapping[str, Mapping[int, str]] | None = None,
    opinions: bool = False,
) -> Understood:
    """Reads a reception ledger; nothing is stored. With `opinions` it is one of matters: see `_Receptions`."""
    more = further_columns(Contact, COLUMNS)
    ledger = read_receptions(
        read_workbook(path), today=today, overrides=overrides, more=more, calendar=profile.calendar
    )
    sums = {
        "visits": len(ledger.visits),
        "persons": ledger.persons,
        "days": len(ledger.days),
        "empty_days": len(ledger.empty_days),
    }

    def take_in(intake: Intake) -> None:
        _Receptions(intake, profile, more, today, opinions=opinions).take(ledger)

    return Understood(
        "opinion" if opinions else "contact", ledger.sheets, ledger.refused, sums, take_in, _counted(ledger),
        looks=True,
    )  # fmt: skip


def _counted(ledger: ReceptionLedger) -> dict[str, SheetCount]:
    """Visits and persons sheet by sheet; a row that cannot be read is a visit all the same."""
    counted: dict[str, SheetCount] = {}
    for sheet in ledger.sheets:
        visits = [visit for visit in ledger.visits if visit.row.sheet == sheet.sheet]
        refused = sum(each.row.sheet == sheet.sheet for each in ledger.refused)
        counted[sheet.sheet] = SheetCount(len(visits) + refused, sum(visit.persons for visit in visits))
    return counted


class _Receptions:
    """Takes rows in the ledger's order, so that numbers follow the paper.

    In a ledger of opinions the row is its opinion; a contact is made only where the ledger names who came.
    """

    def __init__(
        self, intake: Intake, profile: RuleProfile, more: Sequence[Column], today: date, *, opinions: bool
    ) -> None:
        self._intake, self._more, self._today = intake, more, today
        self._opinions = opinions
        self._days = ReceptionDays(intake)
        self._matters = Matters(intake, profile, today)
        self._addressed = Addressed(intake.reading)
        self._code = office_of(intake.reading).code

    def take(self, ledger: ReceptionLedger) -> None:
        for found in _in_order(ledger):
            if isinstance(found, RefusedRow):
                self._intake.refuse(found)
            elif isinstance(found, EmptyDay):
                row, deputies = self._addressed_rightly(found.row, found.deputies)
                self._intake.take(row, partial(self._empty, replace(found, row=row, deputies=deputies)))
            elif self._opinions and not found.row.values.get("visitors"):
                asked = replace(found, row=self._matters.asked(found))
                self._intake.take(_of_nobody(asked), partial(self._matter, asked))
            else:
                self._take_visit(found)

    def _take_visit(self, found: VisitRow) -> None:
        row, deputies = self._addressed_rightly(found.row, found.deputies)
        named = replace(found, row=row, deputies=deputies)
        visit = replace(named, row=self._matters.asked(named))
        core = ("visit", visit.day.isoformat(), "、".join(visit.visitors), visit.words)
        # A ledger of opinions names the opinion of a row, which carries no visitor to know it by.
        amend = None if self._opinions else partial(self._amend, visit)
        self._intake.take(visit.row, partial(self._visit, visit), core=core, amend=amend)

    def _addressed_rightly(
        self, row: LedgerRow, deputies: tuple[str, ...]
    ) -> tuple[LedgerRow, tuple[str, ...]]:
        """The row and its deputies with 王代表 told by name, or asked about where that is not clear."""
        names: list[str] = []
        readings, problems = list(row.readings), list(row.problems)
        for written in deputies:
            name = self._addressed.name_of(written)
            names.append(name or written)
            typed, place = row.typed.get("deputies", written), row.place("deputies")
            if name:
                why = f"“{written}”按这个姓的唯一一名代表{name}理解"
                readings.append(Reading("deputies", place, typed, name, why))
            elif surname_addressed(written):
                problems.append(Problem("deputies", place, f"“{written}”看不出是哪一位代表，只按原话保留"))
        told = replace(row, readings=tuple(readings), problems=tuple(problems))
        return told, tuple(dict.fromkeys(names))

    def _empty(self, empty: EmptyDay) -> Sequence[Record]:
        return [self._days.day(empty.day, empty.place, empty.deputies)]

    def _visit(self, visit: VisitRow) -> Sequence[Record]:
        writing = self._intake.writing
        contact = replace(self._contact(visit), number=next_number(writing, self._code, Contact, visit.day))
        village = self._village(visit)
        stored = put_contact(writing, contact, list(self._visitors(visit, village)))
        if not visit.raises_matter:
            return [stored]
        category = visit.category or next(iter(suggest_category(visit.words)), "18")
        made = opinion_from(stored, uid=writing.new_uid(), category=category, nature=nature_of(visit.words))
        opinion = self._matters.make(visit, self._numbered(made), village)
        return [opinion, stored] if self._opinions else [stored]

    def _contact(self, visit: VisitRow) -> Contact:
        channel = visit.channel or "reception_day"
        held = channel == "reception_day"
        day = self._days.day(visit.day, visit.place, visit.deputies) if held else None
        station = day.station if day else None
        if station is None and visit.place:
            station = self._intake.references.uid_of("station", visit.place)
        contact = Contact(
            uid=self._intake.writing.new_uid(),
            channel=channel,
            day=visit.day,
            station=station,
            reception_day=day.uid if day else None,
            deputies="、".join(visit.deputies) or None,
            words=visit.words,
            request=visit.request,
            persons=visit.persons,
            households=visit.households,
            proposal=visit.handling_words,
            answered=visit.handling == "answered_on_spot",
            remark=visit.remark,
        )
        return with_further(contact, visit.row, self._more, today=self._today)

    def _amend(self, visit: VisitRow, uid: str) -> Sequence[Record] | None:
        """The contact of an edited row brought up to date, with its visitors and its matter."""
        reading, writing = self._intake.reading, self._intake.writing
        contact = reading.get(Contact, uid)
        if contact is None:
            return None
        told = replace(self._contact(visit), number=contact.number)
        told = amended(self._intake, contact, told)
        writing.names_people(visit.visitors)
        writing.put(told)
        came = reading.children(Visitor, "contact", [uid])
        named = list(self._visitors(visit, self._village(visit)))
        if len(came) == len(named):
            for known, visitor in zip(came, named, strict=True):
                writing.put(amended(self._intake, known, replace(visitor, contact=uid)))
        for opinion in reading.all(Opinion, Condition("contact", "=", uid)):
            self._matters.amend(visit, opinion)
        return [told]

    def _matter(self, visit: VisitRow) -> Sequence[Record]:
        """An opinion of which the ledger does not say who came with it."""
        uid_of = self._intake.references.uid_of
        made = Opinion(
            uid=self._intake.writing.new_uid(),
            title=title_of(visit.words),
            words=visit.words,
            category=visit.category or next(iter(suggest_category(visit.words)), "18"),
            channel=visit.channel or _UNTOLD_CHANNEL,
            person=uid_of("person", visit.deputies[0]) if visit.deputies else None,
            registered=visit.day,
            nature=nature_of(visit.words),
            remark=visit.remark,
        )
        return [self._matters.make(visit, self._numbered(made), self._village(visit))]

    def _numbered(self, made: Opinion) -> Opinion:
        return replace(made, number=next_number(self._intake.writing, self._code, Opinion, made.registered))

    def _village(self, visit: VisitRow) -> str | None:
        return self._intake.references.uid_of("region", visit.village) if visit.village else None

    def _visitors(self, visit: VisitRow, village: str | None) -> Iterator[Visitor]:
        for place, name in enumerate(visit.visitors or (None,)):
            first = place == 0
            yield Visitor(
                uid=self._intake.writing.new_uid(),
                contact="",
                name=name,
                anonymous=name is None,
                sex=visit.sex if first else None,
                phone=_phone_of(visit, place),
                village=village,
                address=visit.address if first else None,
            )


def _phone_of(visit: VisitRow, place: int) -> str | None:
    """The number of one visitor: as many numbers as visitors are theirs in order, else the first has the first."""
    if visit.phones and len(visit.phones) == len(visit.visitors):
        return visit.phones[place]
    return visit.phone if place == 0 else None


def _of_nobody(visit: VisitRow) -> LedgerRow:
    """The row without what was asked about people, whom a ledger of opinions need not name; its source is asked."""
    row, people = visit.row, ("visitors", "persons")
    readings = [each for each in row.readings if each.field not in people]
    if visit.channel is None:
        label = CHANNEL.label_of(_UNTOLD_CHANNEL)
        typed = row.typed.get("channel", "")
        readings.append(
            Reading("channel", row.place("channel"), typed, label, f"没有写明来源，按{label}登记，请核对")
        )
    problems = tuple(each for each in row.problems if each.field not in people)
    return replace(row, readings=tuple(readings), problems=problems)


def nature_of(words: str) -> str:
    """What kind of matter the words are, by their usual opening (codes of 性质)."""
    for mark, nature in (
        ("咨询", "question"),
        ("感谢", "thanks"),
        ("建议", "suggestion"),
        ("举报", "complaint"),
    ):
        if words.lstrip("=＝ ").startswith(mark):
            return nature
    return "request"


def _in_order(ledger: ReceptionLedger) -> list[VisitRow | EmptyDay | RefusedRow]:
    sheets = {sheet.sheet: place for place, sheet in enumerate(ledger.sheets)}
    found: list[VisitRow | EmptyDay | RefusedRow] = [*ledger.visits, *ledger.empty_days, *ledger.refused]
    return sorted(found, key=lambda each: (sheets.get(each.row.sheet, 0), each.row.row))
