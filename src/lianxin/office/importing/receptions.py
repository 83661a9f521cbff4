"""A reception ledger's rows as reception days, contacts, visitors and opinions with their steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from lianxin.domain.casework import due_date
from lianxin.domain.categories import suggest_category
from lianxin.domain.codes import CHANNEL
from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    Assignment,
    Contact,
    Opinion,
    ReceptionDay,
    Reply,
    Rota,
    Routing,
    Satisfaction,
    Visitor,
)
from lianxin.domain.rules import RuleProfile
from lianxin.ledgers.headings import Column
from lianxin.ledgers.receptions import read_receptions
from lianxin.ledgers.rows import LedgerRow, Reading
from lianxin.ledgers.visit_columns import COLUMNS
from lianxin.ledgers.visits import EmptyDay, ReceptionLedger, VisitRow
from lianxin.ledgers.workbook import read_workbook
from lianxin.office.importing.further import further_columns, with_further
from lianxin.office.importing.outcome import Intake, SheetCount, Understood
from lianxin.office.registering import opinion_from, put_contact, put_opinion, title_of
from lianxin.store.reading import Condition

_UNTOLD_CHANNEL = "visit"
_ENDS_AT_ONCE = ("answered_on_spot", "guided")


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
    ledger = read_receptions(read_workbook(path), today=today, overrides=overrides, more=more)
    sums = {
        "visits": len(ledger.visits),
        "persons": ledger.persons,
        "days": len(ledger.days),
        "empty_days": len(ledger.empty_days),
    }

    def take_in(intake: Intake) -> None:
        _Receptions(intake, profile, more, today, opinions=opinions).take(ledger)

    return Understood(
        "opinion" if opinions else "contact", ledger.sheets, ledger.refused, sums, take_in, _counted(ledger)
    )


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
        self._intake, self._profile, self._more, self._today = intake, profile, more, today
        self._opinions = opinions
        self._days: dict[tuple[date, str | None], ReceptionDay] = {}

    def take(self, ledger: ReceptionLedger) -> None:
        for found in _in_order(ledger):
            if isinstance(found, EmptyDay):
                self._intake.take(found.row, partial(self._empty, found))
            elif self._opinions and not found.row.values.get("visitors"):
                self._intake.take(_of_nobody(found), partial(self._matter, found))
            else:
                self._intake.take(found.row, partial(self._visit, found))
        for refused in ledger.refused:
            self._intake.refuse(refused)

    def _empty(self, empty: EmptyDay) -> Sequence[Record]:
        return [self._day(empty.day, empty.place, empty.deputies)]

    def _visit(self, visit: VisitRow) -> Sequence[Record]:
        writing, uid_of = self._intake.writing, self._intake.references.uid_of
        channel = visit.channel or "reception_day"
        held = channel == "reception_day"
        day = self._day(visit.day, visit.place, visit.deputies) if held else None
        contact = Contact(
            uid=writing.new_uid(),
            channel=channel,
            day=visit.day,
            station=day.station if day else uid_of("station", visit.place) if visit.place else None,
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
        contact = with_further(contact, visit.row, self._more, today=self._today)
        village = uid_of("region", visit.village) if visit.village else None
        stored = put_contact(writing, contact, list(self._visitors(visit, village)))
        category = visit.category or next(iter(suggest_category(visit.words)), "18")
        made = opinion_from(stored, uid=writing.new_uid(), category=category, nature=nature_of(visit.words))
        opinion = self._opinion(visit, made, village)
        return [opinion, stored] if self._opinions else [stored]

    def _matter(self, visit: VisitRow) -> Sequence[Record]:
        """An opinion of which the ledger does not say who came with it."""
        uid_of = self._intake.references.uid_of
        village = uid_of("region", visit.village) if visit.village else None
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
        return [self._opinion(visit, made, village)]

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

    def _opinion(self, visit: VisitRow, made: Opinion, village: str | None) -> Opinion:
        writing = self._intake.writing
        unit = self._intake.references.uid_of("unit", visit.unit) if visit.unit else None
        level = "county" if visit.unit and visit.unit.startswith("县") else "township"
        opinion = put_opinion(
            writing,
            Opinion.unpacked({**made.packed(), "uid": made.uid, "village": village, "level": level}),
        )
        if visit.handling:
            writing.put(
                Routing(
                    uid=writing.new_uid(),
                    opinion=opinion.uid,
                    day=visit.day,
                    route=visit.handling,
                    reason=visit.handling_words,
                )
            )
        if unit and visit.handling not in _ENDS_AT_ONCE:
            assigned = visit.assigned or visit.day
            writing.put(
                Assignment(
                    uid=writing.new_uid(),
                    opinion=opinion.uid,
                    day=assigned,
                    unit=unit,
                    due=visit.due or due_date(assigned, self._profile),
                )
            )
        self._answer(visit, opinion, unit)
        return opinion

    def _answer(self, visit: VisitRow, opinion: Opinion, unit: str | None) -> None:
        writing = self._intake.writing
        if visit.closed or visit.result or visit.outcome.answered:
            writing.put(
                Reply(
                    uid=writing.new_uid(),
                    opinion=opinion.uid,
                    day=visit.closed or visit.day,
                    unit=unit,
                    result=visit.result,
                    words=visit.result_words,
                )
            )
        if visit.satisfaction:
            writing.put(
                Satisfaction(
                    uid=writing.new_uid(),
                    opinion=opinion.uid,
                    day=visit.closed,
                    overall=visit.satisfaction,
                    words=visit.feedback,
                )
            )

    def _day(self, day: date, place: str | None, deputies: Sequence[str]) -> ReceptionDay:
        """The reception day of this date and place, made with its rota when it is new."""
        key = (day, place)
        known = self._days.get(key)
        if known is None:
            station = self._intake.references.uid_of("station", place) if place else None
            same_day = self._intake.reading.all(ReceptionDay, Condition("date", "=", day.isoformat()))
            known = next((each for each in same_day if each.station == station), None)
            if known is None:
                known = ReceptionDay(
                    uid=self._intake.writing.new_uid(), day=day, station=station, state="held"
                )
                self._intake.writing.put(known)
            self._days[key] = known
        self._rota(known, deputies)
        return known

    def _rota(self, day: ReceptionDay, deputies: Sequence[str]) -> None:
        planned = {each.person for each in self._intake.reading.children(Rota, "reception_day", [day.uid])}
        for name in deputies:
            person = self._intake.references.uid_of("person", name)
            if person is not None and person not in planned:
                self._intake.writing.put(
                    Rota(
                        uid=self._intake.writing.new_uid(),
                        reception_day=day.uid,
                        person=person,
                        attendance="present",
                    )
                )


def _phone_of(visit: VisitRow, place: int) -> str | None:
    """The number of one visitor: as many numbers as visitors are theirs in order, else the first has the first."""
    if len(visit.phones) == len(visit.visitors):
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


def _in_order(ledger: ReceptionLedger) -> list[VisitRow | EmptyDay]:
    sheets = {sheet.sheet: place for place, sheet in enumerate(ledger.sheets)}
    found: list[VisitRow | EmptyDay] = [*ledger.visits, *ledger.empty_days]
    return sorted(found, key=lambda each: (sheets.get(each.row.sheet, 0), each.row.row))
