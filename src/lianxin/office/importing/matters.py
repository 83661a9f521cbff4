"""What a visit's row says of its matter: the opinion's steps, made new or brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from lianxin.domain.casework.standing import due_date
from lianxin.domain.codes import ROUTE
from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import Record
from lianxin.domain.records import Assignment, Deed, Mandate, Opinion, Person, Reply, Routing, Satisfaction
from lianxin.domain.rules import RuleProfile
from lianxin.ledgers.rows import LedgerRow, Problem, Reading
from lianxin.ledgers.visits import VisitRow
from lianxin.office.cases.visit_records import put_opinion
from lianxin.office.desk import office_of
from lianxin.office.importing.intake import Intake
from lianxin.office.numbers import next_number
from lianxin.store import batches
from lianxin.store.reading import Condition

R = TypeVar("R", bound=Record)
_ENDS_AT_ONCE = ("answered_on_spot", "guided", "deputy_solved")
_GOES_AWAY = ("to_county", "to_petition")
_NOT_HANDED = (*_GOES_AWAY, "deputy_solved")
"""Ways by which the unit named in the ledger is not one this office handed the matter to."""

_NO_ANSWER_DAY = "台账没有写明答复日期，暂按"


class Matters:
    """Puts a visit's opinion with routing, assignment, reply and satisfaction."""

    def __init__(self, intake: Intake, profile: RuleProfile, today: date) -> None:
        self._intake, self._profile, self._today = intake, profile, today

    def make(self, visit: VisitRow, made: Opinion, village: str | None) -> Opinion:
        """A new opinion and its steps."""
        level = "county" if visit.unit and visit.unit.startswith("县") else "township"
        opinion = put_opinion(self._intake.writing, replace(made, village=village, level=level))
        for step in self._steps(visit, opinion):
            self._put_new(step)
        return opinion

    def amend(self, visit: VisitRow, opinion: Opinion) -> None:
        """Adds the steps a corrected row tells of; those that stand are brought up to date."""
        for told in self._steps(visit, opinion):
            standing = self._intake.reading.children(type(told), "opinion", [opinion.uid])
            if standing:
                self._intake.writing.put(amended(self._intake, standing[-1], told))
            else:
                self._put_new(told)

    def asked(self, visit: VisitRow) -> LedgerRow:
        """The row with what has to be asked about its matter's steps; nothing is stored."""
        row = visit.row
        if visit.raises_matter and visit.handling == "deputy_solved" and self._solver(visit) is None:
            who = f"“{'、'.join(visit.deputies)}”不是花名册里的代表" if visit.deputies else "没有写是哪位代表"
            said = f"代表协调解决的要记入代表办实事，{who}，这件已登记，办实事请核对后补登"
            row = replace(row, problems=(*row.problems, Problem("deputies", row.place("deputies"), said)))
        if visit.raises_matter and _was_answered(visit) and _guesses_day(visit):
            day = show_day(_handed_on(visit) if _is_handed(visit) else visit.day)
            typed, place = row.typed.get("closed", ""), row.place("closed")
            guessed = Reading("closed", place, typed, day, f"{_NO_ANSWER_DAY}{day}登记，请核对")
            row = replace(row, readings=(*row.readings, guessed))
        return row

    def _put_new(self, step: Record) -> None:
        writing = self._intake.writing
        if isinstance(step, Deed):
            code = office_of(self._intake.reading).code
            step = replace(step, number=next_number(writing, code, Deed, step.day))
        writing.put(step)

    def _solver(self, visit: VisitRow) -> str | None:
        """The deputy who settled the matter: the first one named who is or was one; None when nobody is known."""
        for name in visit.deputies:
            for person in self._intake.reading.all(Person, Condition("name", "=", name)):
                if self._intake.reading.children(Mandate, "person", [person.uid]):
                    return person.uid
        return None

    def _deed(self, visit: VisitRow, opinion: Opinion) -> Iterator[Deed]:
        """代表协调解决 always makes the 办实事 record it is counted by (domain.md 0.4)."""
        person = self._solver(visit) if visit.handling == "deputy_solved" else None
        if person is not None:
            said = (visit.result_words, visit.handling_words)
            own_words = next((words for words in said if words and ROUTE.find(words) is None), None)
            yield Deed(
                uid=self._intake.writing.new_uid(), person=person, day=visit.day, opinion=opinion.uid,
                what=own_words or opinion.title,
            )  # fmt: skip

    def _steps(self, visit: VisitRow, opinion: Opinion) -> list[Record]:
        """The steps in the order in which they must have been taken.

        A day before the step before it was asked about when the ledger was read; here the step takes the day of the
        one before, so that the matter stands where the ledger says, and the ledger's day is kept beside it.
        """
        new_uid, steps, at = self._intake.writing.new_uid, list[Record](), visit.day
        unit = self._intake.references.uid_of("unit", visit.unit) if visit.unit else None
        if visit.handling:
            away = f"（{visit.unit}）" if visit.unit and visit.handling in _NOT_HANDED else ""
            steps.append(
                Routing(
                    uid=new_uid(), opinion=opinion.uid, day=at, route=visit.handling,
                    reason=f"{visit.handling_words or ''}{away}" or None,
                )
            )  # fmt: skip
        steps += self._deed(visit, opinion)
        if unit and _is_handed(visit):
            at, beside = _not_before(at, visit.assigned, "交办日期")
            due = visit.due if visit.due and visit.due >= at else due_date(at, self._profile)
            steps.append(
                Assignment(
                    uid=new_uid(), opinion=opinion.uid, day=at, unit=unit, due=due, remark=beside
                )
            )  # fmt: skip
        judged = visit.closed
        if _was_answered(visit):
            at, beside = _not_before(at, visit.closed, "答复日期")
            if _guesses_day(visit):
                beside = f"{_NO_ANSWER_DAY}{show_day(at)}登记，请核对"
            judged = at if visit.closed else None
            steps.append(
                Reply(
                    uid=new_uid(), opinion=opinion.uid, day=at, unit=unit, result=visit.result,
                    words=visit.result_words, remark=beside,
                )
            )  # fmt: skip
        if visit.satisfaction:
            steps.append(
                Satisfaction(
                    uid=new_uid(), opinion=opinion.uid, day=judged, overall=visit.satisfaction,
                    words=visit.feedback,
                )
            )  # fmt: skip
        return steps


def _is_handed(visit: VisitRow) -> bool:
    """Whether this office handed the matter to the unit of the row."""
    return bool(visit.unit) and visit.handling not in (*_ENDS_AT_ONCE, *_GOES_AWAY)


def _guesses_day(visit: VisitRow) -> bool:
    """Whether the day of an answer is not told; one given on the spot is of the day of the visit."""
    return visit.closed is None and visit.handling not in _ENDS_AT_ONCE


def _handed_on(visit: VisitRow) -> date:
    return _not_before(visit.day, visit.assigned, "")[0]


def _was_answered(visit: VisitRow) -> bool:
    """Whether the ledger tells of an answer beside the one given on the spot; who judged one was given one."""
    if visit.handling == "deputy_solved" and not visit.closed:
        # 代表协调解决 itself reads like a result.
        return bool(visit.result_words) and visit.result_words != visit.handling_words
    if visit.closed or visit.result:
        return True
    if visit.handling in _ENDS_AT_ONCE:
        return visit.outcome.answered and visit.result_words != visit.handling_words
    return visit.outcome.answered or visit.satisfaction is not None


def _not_before(earliest: date, told: date | None, label: str) -> tuple[date, str | None]:
    """The day of a step, and what the ledger says of it when that cannot be."""
    if told is None or told >= earliest:
        return told or earliest, None
    return earliest, f"台账写的{label}是{show_day(told)}，早于上一步，请核对"


def amended(intake: Intake, known: R, told: R) -> R:
    """The known record with what a corrected row tells of it.

    What somebody wrote here since the import outweighs the ledger: then only empty fields are filled.
    """
    standing = known.packed()
    free = batches.only_imported(intake.writing.connection, known.uid)
    values = {
        wire: value
        for wire, value in told.packed().items()
        if value is not None and (free or standing.get(wire) in (None, False))
    }
    return type(known).unpacked({**standing, **values, "uid": known.uid})
