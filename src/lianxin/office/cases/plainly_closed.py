"""Which matters of a large ledger are over beyond doubt, told from a few columns without judging each one.

The first look at 100,000 matters takes a second by this and three quarters of a minute without. Only the plainest
courses are recognised; whatever is less plain is left to `casework.state_of`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from lianxin.domain.casesteps import FURTHER_KINDS
from lianxin.domain.records import Archiving, Assignment, Opinion, Reply, Routing, Satisfaction
from lianxin.store.reading import Condition, Reading

_ENDING = {
    "answered_on_spot": "closed",
    "deputy_solved": "closed",
    "guided": "guided",
    "to_petition": "guided",
    "withdrawn": "withdrawn",
}
_JUDGED_WELL = frozenset({"satisfied", "basically"})
_NOT_PLAIN = "9999"
"""Later than every day, so that no course with it is in order."""


class Plain(NamedTuple):
    """How a matter ended, the unit that handled it, and whether it is in the archive."""

    code: str
    unit: str
    archived: bool = False


def plainly_closed(reading: Reading, before: date) -> dict[str, Plain]:
    """Matters registered and closed before a day: ended by their only step, or routed, assigned, answered and then
    judged well, each on a later day than the one before it (assigning may be on the day of routing), and nothing
    after. Suggestions, bills, merged matters and those with further steps never.
    """
    routed, assigned, replied = _routings(reading), _assignments(reading), _replies(reading)
    judged, left_out, archived = _judgements(reading), _left_out(reading, before), _archived(reading)
    limit = before.isoformat()
    closed: dict[str, Plain] = {}
    for uid, (day, way) in routed.items():
        if day >= limit or uid in left_out:
            continue
        last = judged.get(uid)
        if way in _ENDING:
            if last is None and uid not in assigned and uid not in replied:
                closed[uid] = Plain(_ENDING[way], "", uid in archived)
        elif way == "assigned" and last is not None and uid in assigned:
            handed, unit = assigned[uid]
            if max(day, handed) < replied.get(uid, "") < last < limit:
                closed[uid] = Plain("closed", unit, uid in archived)
    return closed


def _routings(reading: Reading) -> dict[str, tuple[str, str]]:
    """Day and way of every matter's routing; one routed more than once has no way that is plain."""
    found: dict[str, tuple[str, str]] = {}
    for uid, day, way in reading.fields(Routing, ("opinion", "date", "route")):
        found[str(uid)] = (str(day), "" if str(uid) in found else str(way))
    return found


def _assignments(reading: Reading) -> dict[str, tuple[str, str]]:
    """Day and unit of every matter's assignment; one assigned more than once is not plain."""
    found: dict[str, tuple[str, str]] = {}
    for uid, day, unit in reading.fields(Assignment, ("opinion", "date", "unit")):
        found[str(uid)] = (_NOT_PLAIN if str(uid) in found else str(day), str(unit))
    return found


def _replies(reading: Reading) -> dict[str, str]:
    """The day of the latest reply."""
    found: dict[str, str] = {}
    for uid, day in reading.fields(Reply, ("opinion", "date")):
        found[str(uid)] = max(str(day), found.get(str(uid), ""))
    return found


def _judgements(reading: Reading) -> Mapping[str, str]:
    """The day of a matter's one judgement by the visitor if it was good; "" when anything about it is not plain."""
    days: dict[str, str] = {}
    for uid, day, overall, whom in reading.fields(Satisfaction, ("opinion", "date", "overall", "whom")):
        plain = str(uid) not in days and whom == "visitor" and overall in _JUDGED_WELL
        days[str(uid)] = str(day or "") if plain else ""
    return days


def _left_out(reading: Reading, before: date) -> set[str]:
    asked = (
        Condition("registered", ">=", before.isoformat()),
        Condition("track", "in", ("suggestion", "bill")),
        Condition("merged_into", "filled"),
    )
    found = {str(uid) for each in asked for (uid,) in reading.fields(Opinion, ("uid",), each)}
    # Going to the archive is no part of a matter's course: in an old ledger nearly all are there. One that was
    # taken out again is looked at whole.
    for cls in (kind for kind in FURTHER_KINDS if kind is not Archiving):
        found.update(str(uid) for (uid,) in reading.fields(cls, ("opinion",)))
    ahead = Condition("date", ">=", before.isoformat())
    found.update(str(uid) for (uid,) in reading.fields(Archiving, ("opinion",), ahead))
    return found


def _archived(reading: Reading) -> set[str]:
    return {str(uid) for (uid,) in reading.fields(Archiving, ("opinion",))}
