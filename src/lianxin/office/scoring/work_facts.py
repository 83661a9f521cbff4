"""The records of a span that tell what deputies, groups and units did, read in one snapshot."""

from __future__ import annotations

from collections import Counter
from datetime import date

from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    Activity,
    Assignment,
    Attachment,
    Attendance,
    Commitment,
    Contact,
    Deed,
    Evaluation,
    GroupMember,
    Honour,
    Improvement,
    Mandate,
    Meeting,
    Opinion,
    Person,
    PublicityPiece,
    ReceptionDay,
    Reply,
    ReportSession,
    Rota,
    Satisfaction,
    ScoreClaim,
    Signer,
    Suggestion,
    TallyRow,
    Term,
    YearReport,
)
from lianxin.domain.work_facts import WorkFacts
from lianxin.store.reading import Condition, Reading


def year_facts(reading: Reading, year: int, today: date) -> WorkFacts:
    """What was done in a calendar year, of everybody; one reading serves a hundred files."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    within = (Condition("date", ">=", start.isoformat()), Condition("date", "<=", end.isoformat()))
    of_year = Condition("year", "=", year)
    meetings, activities = reading.all(Meeting, *within), reading.all(Activity, *within)
    days = reading.all(ReceptionDay, *within)
    votes = reading.all(Evaluation, *within)
    return WorkFacts(
        start,
        end,
        today,
        meetings=meetings,
        activities=activities,
        attendances=reading.children(Attendance, "owner", _uids(meetings) + _uids(activities)),
        opinions=reading.all(Opinion),
        suggestions=reading.all(Suggestion),
        signers=reading.all(Signer),
        assignments=reading.all(Assignment),
        replies=reading.all(Reply),
        satisfactions=reading.all(Satisfaction, *within),
        contacts=reading.all(Contact, *within),
        days=days,
        rota=reading.children(Rota, "reception_day", _uids(days)),
        deeds=reading.all(Deed, *within),
        commitments=reading.all(Commitment, of_year),
        reports=reading.all(YearReport, of_year),
        sessions=reading.all(ReportSession),
        evaluations=votes,
        rows=reading.children(TallyRow, "evaluation", _uids(votes)),
        improvements=reading.all(Improvement),
        honours=reading.all(Honour),
        pieces=reading.all(PublicityPiece, *within),
        members=reading.all(GroupMember),
        claims=reading.all(ScoreClaim, of_year),
        terms=reading.all(Term),
        named=_deputies_named(reading),
        evident=frozenset(str(owner) for (owner,) in reading.fields(Attachment, ["owner"])),
    )


def _uids(records: list[Meeting] | list[Activity] | list[ReceptionDay] | list[Evaluation]) -> list[str]:
    found: list[Record] = list(records)
    return [one.uid for one in found]


def _deputies_named(reading: Reading) -> dict[str, str]:
    """Name → the one deputy who is called so; namesakes are told apart by nobody, so they are left out."""
    people = {str(uid) for (uid,) in reading.fields(Mandate, ["person"])}
    named = [(str(name), str(uid)) for name, uid in reading.fields(Person, ["name", "uid"]) if uid in people]
    often = Counter(name for name, _ in named)
    return {name: uid for name, uid in named if often[name] == 1}


def deputies_of_year(reading: Reading, level: str, year: int) -> list[Mandate]:
    """The mandates of a level held at some time of a year, one a person, the latest first chosen."""
    found: dict[str, Mandate] = {}
    for mandate in sorted(reading.all(Mandate, Condition("level", "=", level)), key=_latest):
        ended = mandate.state != "serving" and mandate.state_day is not None
        begun = mandate.elected is None or mandate.elected.year <= year
        if begun and not (ended and mandate.state_day is not None and mandate.state_day.year < year):
            found.setdefault(mandate.person, mandate)
    people = reading.by_uid(Person, list(found))
    return [found[uid] for uid in sorted(people)]


def _latest(mandate: Mandate) -> tuple[bool, int, str]:
    elected = mandate.elected.toordinal() if mandate.elected else 0
    return mandate.state != "serving", -elected, mandate.uid
