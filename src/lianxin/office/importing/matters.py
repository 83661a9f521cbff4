"""What a visit's row says of its matter: the opinion's steps, made new or brought up to date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

from lianxin.domain.casework import due_date
from lianxin.domain.dictionary import Record
from lianxin.domain.records import Assignment, Opinion, Reply, Routing, Satisfaction
from lianxin.domain.rules import RuleProfile
from lianxin.ledgers.visits import VisitRow
from lianxin.office.importing.intake import Intake
from lianxin.office.visit_records import put_opinion
from lianxin.store import batches

R = TypeVar("R", bound=Record)
_ENDS_AT_ONCE = ("answered_on_spot", "guided")


class Matters:
    """Puts a visit's opinion with routing, assignment, reply and satisfaction."""

    def __init__(self, intake: Intake, profile: RuleProfile, today: date) -> None:
        self._intake, self._profile, self._today = intake, profile, today

    def make(self, visit: VisitRow, made: Opinion, village: str | None) -> Opinion:
        """A new opinion and its steps."""
        level = "county" if visit.unit and visit.unit.startswith("县") else "township"
        opinion = put_opinion(self._intake.writing, replace(made, village=village, level=level))
        for step in self._steps(visit, opinion):
            self._intake.writing.put(step)
        return opinion

    def amend(self, visit: VisitRow, opinion: Opinion) -> None:
        """Adds the steps a corrected row tells of; those that stand are brought up to date."""
        for told in self._steps(visit, opinion):
            standing = self._intake.reading.children(type(told), "opinion", [opinion.uid])
            self._intake.writing.put(amended(self._intake, standing[-1], told) if standing else told)

    def _steps(self, visit: VisitRow, opinion: Opinion) -> list[Record]:
        new_uid, steps = self._intake.writing.new_uid, list[Record]()
        unit = self._intake.references.uid_of("unit", visit.unit) if visit.unit else None
        if visit.handling:
            steps.append(
                Routing(
                    uid=new_uid(), opinion=opinion.uid, day=visit.day, route=visit.handling,
                    reason=visit.handling_words,
                )
            )  # fmt: skip
        if unit and visit.handling not in _ENDS_AT_ONCE:
            assigned = visit.assigned or visit.day
            due = visit.due or due_date(assigned, self._profile)
            steps.append(Assignment(uid=new_uid(), opinion=opinion.uid, day=assigned, unit=unit, due=due))
        if visit.closed or visit.result or visit.outcome.answered:
            steps.append(
                Reply(
                    uid=new_uid(), opinion=opinion.uid, day=visit.closed or visit.day, unit=unit,
                    result=visit.result, words=visit.result_words,
                )
            )  # fmt: skip
        if visit.satisfaction:
            steps.append(
                Satisfaction(
                    uid=new_uid(), opinion=opinion.uid, day=visit.closed, overall=visit.satisfaction,
                    words=visit.feedback,
                )
            )  # fmt: skip
        return steps


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
