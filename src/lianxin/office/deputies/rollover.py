"""换届: one term closed, the next opened, people carried into new mandates, in one act that can be undone whole.

代表法 §2: a term runs from its first session to the first session of the next. What was begun under the old term
keeps its term and goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lianxin.domain.codes import LEVEL
from lianxin.domain.meetings.electoral import seat_problem
from lianxin.domain.records import District, FinalSheet, GroupMember, Mandate, Person, Suggestion, Term
from lianxin.office.desk import Desk, current_term
from lianxin.office.names import Names, term_title
from lianxin.office.scoring.finals import FILE
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change, Writing


class RolloverRefused(ValueError):
    """Nothing was written; `wire` names the field of the sheet, the message is a Chinese sentence."""

    def __init__(self, wire: str, words: str) -> None:
        self.wire = wire
        super().__init__(words)


@dataclass(frozen=True)
class Holder:
    """One deputy of the closing term, who may be carried into the next."""

    mandate: str
    person: str
    name: str
    district: str | None
    district_name: str


@dataclass(frozen=True)
class RolloverSheet:
    """What the guided sheet begins with: the term that closes, who is in it, what is still open."""

    level: str
    closing: Term
    holders: tuple[Holder, ...]
    districts: tuple[tuple[str, str], ...]
    suggestions: int
    files_not_final: int

    @property
    def closing_title(self) -> str:
        """第十九届."""
        return term_title(self.closing)

    @property
    def open_words(self) -> str:
        """What goes on under its old term, and which files are not final yet."""
        told = [f"{self.closing_title}的议案建议{self.suggestions}件保留届次，继续办理"]
        if self.files_not_final:
            told.append(f"还有{self.files_not_final}名代表本年度的履职档案没有定稿，建议先定稿")
        return "；".join(told)


@dataclass(frozen=True)
class Carried:
    """A deputy elected again: the old mandate and the district of the new one (None: as before)."""

    mandate: str
    district: str | None = None


@dataclass(frozen=True)
class Newcomer:
    """Somebody newly elected; `person` when the office knows them already."""

    name: str
    district: str | None = None
    person: str | None = None


@dataclass(frozen=True)
class RolledOver:
    """What the act did, in numbers, and what was written."""

    term: Term
    carried: int
    new: int
    left: int
    changes: tuple[Change, ...]

    @property
    def words(self) -> str:
        """第二十届已建立：连任20名，新当选12名，不再担任15名."""
        told = f"连任{self.carried}名，新当选{self.new}名，不再担任{self.left}名"
        return f"{term_title(self.term)}已建立：{told}"


def rollover_sheet(desk: Desk, level: str) -> RolloverSheet:
    """The sheet of a level. Raises RolloverRefused when there is no term to close."""
    with desk.store.reading() as reading:
        closing = _closing(reading, level, desk.today())
        names = Names(reading)
        held = _holders(reading, level, closing.uid)
        holders = [
            Holder(
                one.uid, one.person, names.of("person", one.person), one.district,
                names.of("district", one.district),
            )
            for one in held
        ]  # fmt: skip
        districts = reading.all(District, Condition("level", "=", level))
        final = _finished(reading, level, desk.today().year)
        return RolloverSheet(
            level,
            closing,
            tuple(sorted(holders, key=lambda one: (len(one.district_name), one.district_name, one.name))),
            tuple((one.uid, one.name or one.number) for one in districts),
            reading.count(Suggestion, Condition("term", "=", closing.uid)),
            sum(one.person not in final for one in held),
        )


def roll_over(
    desk: Desk, level: str, *, first_session: date, document: str = "", seats: int | None = None,
    carried: Sequence[Carried] = (), newcomers: Sequence[Newcomer] = (),
) -> RolledOver:  # fmt: skip
    """Close the term and open the next, all in one transaction. Raises RolloverRefused."""
    today = desk.today()
    if first_session > today:
        raise RolloverRefused("first_session", "新一届第一次会议还没有召开，召开以后再换届，数据没有改动")
    with desk.store.writing(reason=f"{LEVEL.label_of(level)}级换届") as writing:
        reading = Reading(writing.connection)
        closing = _closing(reading, level, today)
        if closing.start is not None and first_session <= closing.start:
            raise RolloverRefused(
                "first_session", f"首次会议日期应在{term_title(closing)}首次会议之后，请核对"
            )
        held = {one.uid: one for one in _holders(reading, level, closing.uid)}
        wanted = {one.mandate: one for one in carried if one.mandate in held}
        opening = _opened(writing, reading, closing, first_session, seats)
        writing.put(replace(closing, end=first_session), opened=closing)
        districts = _districts(writing, reading, closing.uid, opening.uid)
        seated = _Seated(writing, opening, first_session, districts)
        for uid, mandate in held.items():
            _end(writing, mandate, first_session, document)
            if uid in wanted:
                seated.again(mandate, wanted[uid].district)
        for one in newcomers:
            seated.new(one)
        _check_seats(desk, reading, opening)
        left = [one for uid, one in held.items() if uid not in wanted]
        _leave_groups(writing, reading, [one.person for one in left])
        return RolledOver(opening, len(wanted), len(newcomers), len(left), tuple(writing.changes))


class _Seated:
    """Puts the mandates of the new term."""

    def __init__(self, writing: Writing, term: Term, elected: date, districts: Mapping[str, str]) -> None:
        self._writing, self._term, self._elected, self._districts = writing, term, elected, districts

    def again(self, old: Mandate, district: str | None) -> None:
        """The same person for one more term; what belongs to the person's station and rank stays."""
        self._put(
            replace(
                old, uid=self._writing.new_uid(), certificate=None, remark=None,
                district=self._mapped(district or old.district),
            )
        )  # fmt: skip

    def new(self, one: Newcomer) -> None:
        """Somebody newly elected, registered when not known yet."""
        person = one.person or self._writing.new_uid()
        if one.person is None:
            self._writing.put(Person(uid=person, name=one.name))
        self._put(
            Mandate(
                uid=self._writing.new_uid(), person=person, level=self._term.level,
                district=self._mapped(one.district),
            )
        )  # fmt: skip

    def _mapped(self, district: str | None) -> str | None:
        return self._districts.get(district or "", district)

    def _put(self, mandate: Mandate) -> None:
        self._writing.put(
            replace(
                mandate, term=self._term.uid, elected=self._elected, elected_how="general", state="serving",
                state_day=None, state_document=None,
            )
        )  # fmt: skip


def _closing(reading: Reading, level: str, today: date) -> Term:
    term = current_term(reading, level, today)
    if term is None:
        raise RolloverRefused("level", f"还没有登记{LEVEL.label_of(level)}级的届，请先在“届”里登记现在这一届")
    return term


def _opened(
    writing: Writing, reading: Reading, closing: Term, first_session: date, seats: int | None
) -> Term:
    """The next term, made or, when somebody registered it before, begun."""
    asked = (Condition("level", "=", closing.level), Condition("ordinal", "=", closing.ordinal + 1))
    known = next((one for one in reading.all(Term, *asked) if reading.is_own(Term, one.uid)), None)
    blank = Term(uid=writing.new_uid(), level=closing.level, ordinal=closing.ordinal + 1)
    opening = replace(known or blank, start=first_session, provisional=False)
    opening = replace(opening, seats=seats or opening.seats or closing.seats)
    writing.put(opening, opened=known)
    return opening


def _holders(reading: Reading, level: str, term: str) -> list[Mandate]:
    """Those in office in the closing term; where no term was ever told, it is the closing one."""
    serving = reading.all(Mandate, Condition("level", "=", level), Condition("state", "=", "serving"))
    people = reading.by_uid(Person, [one.person for one in serving])
    return [one for one in serving if one.term in (None, term) and one.person in people]


def _end(writing: Writing, mandate: Mandate, day: date, document: str) -> None:
    told = document.strip() or "换届"
    writing.put(replace(mandate, state="expired", state_day=day, state_document=told), opened=mandate)


def _districts(writing: Writing, reading: Reading, closing: str, opening: str) -> dict[str, str]:
    """Districts are drawn for a term: those of the closing one are copied, so that its own stay as they were."""
    copied: dict[str, str] = {}
    for one in reading.all(District, Condition("term", "=", closing)):
        made = replace(one, uid=writing.new_uid(), term=opening)
        writing.put(made)
        copied[one.uid] = made.uid
    return copied


def _check_seats(desk: Desk, reading: Reading, opening: Term) -> None:
    rule = desk.profile.district_seats
    if rule is None:
        return
    elected: dict[str, list[str]] = {}
    for one in reading.all(Mandate, Condition("term", "=", opening.uid)):
        if one.district:
            elected.setdefault(one.district, []).append(one.person)
    names = Names(reading)
    for uid, people in elected.items():
        district = reading.get(District, uid)
        most = district.seats if district is not None and district.seats else rule.value
        wrong = seat_problem(most, most=rule.value)
        if len(people) > most or wrong:
            who = "、".join(names.of("person", person) for person in people)
            raise RolloverRefused(
                "carried",
                f"{names.of('district', uid)}最多选{most}名，现在选了{len(people)}名（{who}），"
                f"请核对（{rule.source}）。还没有换届，数据没有改动。",
            )


def _leave_groups(writing: Writing, reading: Reading, people: Sequence[str]) -> None:
    """Who holds no other mandate is in no group of deputies any more."""
    for person in people:
        if not any(one.state == "serving" for one in reading.children(Mandate, "person", [person])):
            for member in reading.children(GroupMember, "person", [person]):
                writing.remove(GroupMember, member.uid)


def _finished(reading: Reading, level: str, year: int) -> set[str]:
    asked = (Condition("what", "=", FILE), Condition("year", "=", year), Condition("level", "=", level))
    return {one.person for one in reading.all(FinalSheet, *asked) if one.person}
