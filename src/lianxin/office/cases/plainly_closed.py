"""Which matters of a large ledger are over beyond doubt, told from a few columns without judging each one.

The first look at 100,000 matters takes a second by this and three quarters of a minute without. Only the plainest
courses are recognised; whatever is less plain is left to `casework.state_of`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, cast

from lianxin.domain.casework.standing import DEPUTIES_TRACKS
from lianxin.domain.casework.steps import FURTHER_KINDS
from lianxin.domain.dictionary import Record
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


class Plain(NamedTuple):
    """How a matter ended, the unit that handled it, whether it is in the archive; of one that a unit was handed also
    the day of that and its time limit if one was set, the day of the answer, how urgent it was, and whether an
    answer promised something. Days are ISO texts, "" for none.
    """

    code: str
    unit: str
    archived: bool = False
    handed: str = ""
    due: str = ""
    answered: str = ""
    urgency: str = ""
    promised: bool = False


def plainly_closed(reading: Reading, before: date) -> dict[str, Plain]:
    """Matters registered and closed before a day: ended by their only step, or routed, assigned, answered and then
    judged well, each on a later day than the one before it, and nothing after. Assigning may be on the day of routing
    and judging on that of the answer, as old ledgers have it. Suggestions, bills, merged matters and those with further steps never.
    """
    limit = before.isoformat()
    urgencies, further, archived = _matters(reading, limit), _further(reading, limit), _archived(reading)
    assigned, twice = _assignments(reading)
    (replied, promised), judged = _replies(reading), _judgements(reading)
    closed: dict[str, Plain] = {}
    for uid, (day, way) in _routings(reading).items():
        if day >= limit or uid not in urgencies or uid in further:
            continue
        last = judged.get(uid)
        if way in _ENDING:
            if last is None and uid not in assigned and uid not in replied:
                closed[uid] = Plain(_ENDING[way], "", uid in archived)
        elif way == "assigned" and last is not None and uid in assigned and uid not in twice:
            _, handed, unit, due = assigned[uid]
            answered = replied.get(uid, "")
            if day < answered and handed < answered <= last < limit:
                closed[uid] = Plain(
                    "closed",
                    unit,
                    uid in archived,
                    handed,
                    due or "",
                    answered,
                    urgencies[uid],
                    uid in promised,
                )
    return closed


def _texts(reading: Reading, cls: type[Record], *wires: str) -> list[tuple[str, ...]]:
    """Of every record these fields, all of them texts; one that may be empty is None."""
    return cast("list[tuple[str, ...]]", reading.fields(cls, wires))


def _matters(reading: Reading, limit: str) -> dict[str, str]:
    """uid → urgency of what the public raised before the day and was not merged."""
    wires = ("uid", "registered", "track", "merged_into", "urgency")
    return {
        uid: urgency
        for uid, day, track, merged, urgency in _texts(reading, Opinion, *wires)
        if day < limit and not merged and track not in DEPUTIES_TRACKS
    }


def _routings(reading: Reading) -> dict[str, tuple[str, str]]:
    """Day and way of every matter's routing; one routed more than once has no way that is plain."""
    found: dict[str, tuple[str, str]] = {}
    for uid, day, way in _texts(reading, Routing, "opinion", "date", "route"):
        found[uid] = (day, "" if uid in found else way)
    return found


def _assignments(reading: Reading) -> tuple[dict[str, tuple[str, ...]], set[str]]:
    """Matter, day, unit and limit of every assignment by the matter; and the matters assigned more than once."""
    rows = _texts(reading, Assignment, "opinion", "date", "unit", "due")
    found = {row[0]: row for row in rows}
    if len(found) == len(rows):
        return found, set()
    counted = Counter(row[0] for row in rows)
    return found, {uid for uid, times in counted.items() if times > 1}


def _replies(reading: Reading) -> tuple[dict[str, str], set[str]]:
    """The day of the latest reply to each matter, and the matters that were promised something."""
    found: dict[str, str] = {}
    promised: set[str] = set()
    for uid, day, promise, until in _texts(reading, Reply, "opinion", "date", "promise", "promised_day"):
        known = found.get(uid)
        if known is None or day > known:
            found[uid] = day
        if promise or until:
            promised.add(uid)
    return found, promised


def _judgements(reading: Reading) -> Mapping[str, str]:
    """The day of a matter's one judgement by the visitor if it was good; "" when anything about it is not plain."""
    days: dict[str, str] = {}
    for uid, day, overall, whom in _texts(reading, Satisfaction, "opinion", "date", "overall", "whom"):
        plain = uid not in days and whom == "visitor" and overall in _JUDGED_WELL
        days[uid] = (day or "") if plain else ""
    return days


def _further(reading: Reading, limit: str) -> set[str]:
    """The matters with a step beyond the four usual ones."""
    # Going to the archive is no part of a matter's course: in an old ledger nearly all are there. One that was
    # taken out again is looked at whole.
    found: set[str] = set()
    for cls in (kind for kind in FURTHER_KINDS if kind is not Archiving):
        found.update(str(uid) for (uid,) in reading.fields(cls, ("opinion",)))
    ahead = Condition("date", ">=", limit)
    found.update(str(uid) for (uid,) in reading.fields(Archiving, ("opinion",), ahead))
    return found


def _archived(reading: Reading) -> set[str]:
    return {uid for (uid,) in _texts(reading, Archiving, "opinion")}
