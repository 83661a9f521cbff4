"""What a vote on the deputies of a report-back meeting begins with, so that nothing is typed twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lianxin.domain.dates import show_day
from lianxin.domain.records import ReportSession
from lianxin.office.desk import office_of
from lianxin.office.evaluations.targets import targets_of_session
from lianxin.office.names import Names
from lianxin.store.reading import Reading


@dataclass(frozen=True)
class SessionVote:
    """Fields as typed, by wire name, and the names of the deputies who report."""

    fields: Mapping[str, str]
    targets: tuple[str, ...]


def vote_for_session(reading: Reading, session: str) -> SessionVote:
    """Name, day and place of the meeting and its deputies; empty when it is not here."""
    meeting = reading.get(ReportSession, session)
    if meeting is None:
        return SessionVote({}, ())
    names, office = Names(reading), office_of(reading)
    where = names.of("district", meeting.district)
    # The office's own name says its level already.
    level = "" if meeting.level == "township" else meeting.shown("level")
    fields = {
        "name": f"{office.short_name or ''}{where}{level}人大代表述职评议测评",
        "date": show_day(meeting.day),
        "place": meeting.place or "",
    }
    told = [names.of("person", one.person) for one in targets_of_session(reading, session)]
    return SessionVote(fields, tuple(name for name in told if name))
