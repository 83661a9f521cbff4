"""Notes during a meeting: one line after the other becomes a speech, or goes on with the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from lianxin.domain.meetings.notes import Attendee
from lianxin.domain.records import AgendaItem, Decision, Meeting, Speech
from lianxin.office.desk import Desk
from lianxin.office.meetings.record import speeches_of
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change

MOST_POINTS = Speech.spec("points").length
"""Characters of one speech; what comes after becomes the next one."""


def take_note(
    desk: Desk,
    meeting: str,
    *,
    item: str | None,
    points: str,
    speaker: Attendee | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """Stores one line of notes at once. Without a speaker it goes on with the last speech of the same item."""
    with desk.store.writing(reason="会议记录") as writing:
        known = speeches_of(Reading(writing.connection), meeting)
        last = next((each for each in reversed(known) if each.item == item), None)
        if speaker is None and last is not None and len(last.points) + len(points) < MOST_POINTS:
            writing.put(replace(last, points=f"{last.points}\n{points}".strip()), opened=last)
        else:
            place = max((each.place for each in known), default=0) + 1
            for at in range(0, max(len(points), 1), MOST_POINTS):
                writing.put(
                    Speech(
                        uid=writing.new_uid(), meeting=meeting, item=item, place=place,
                        person=speaker.person if speaker else None,
                        name=speaker.name if speaker and not speaker.person else None,
                        points=points[at : at + MOST_POINTS],
                    )
                )  # fmt: skip
                place += 1
        if draft_key:
            writing.forget_draft(Speech.KIND, draft_key)
        return tuple(writing.changes)


def change_note(
    desk: Desk, uid: str, *, points: str, speaker: Attendee | None = None, draft_key: str = ""
) -> tuple[Change, ...]:
    """Writes a speech anew; without a speaker the old one stays; an empty text takes it off the record."""
    with desk.store.writing(reason="修改会议记录") as writing:
        speech = Reading(writing.connection).get(Speech, uid)
        if speech is not None and not points.strip():
            writing.remove(Speech, uid)
        elif speech is not None:
            told = replace(speech, points=points.strip()[:MOST_POINTS])
            if speaker is not None:
                told = replace(told, person=speaker.person, name=None if speaker.person else speaker.name)
            writing.put(told, opened=speech)
        if draft_key:
            writing.forget_draft(Speech.KIND, draft_key)
        return tuple(writing.changes)


@dataclass(frozen=True)
class Vote:
    """How an item was voted on, as typed. `means` is a code of VOTE_MEANS."""

    means: str | None = None
    agreed: int | None = None
    against: int | None = None
    abstained: int | None = None


def set_vote(desk: Desk, item: str, vote: Vote) -> tuple[Change, ...]:
    """Stores the vote on one item."""
    with desk.store.writing(reason="登记表决") as writing:
        known = Reading(writing.connection).get(AgendaItem, item)
        if known is not None:
            told = replace(
                known, means=vote.means, votes_for=vote.agreed, votes_against=vote.against,
                abstained=vote.abstained,
            )  # fmt: skip
            writing.put(told, opened=known)
        return tuple(writing.changes)


def set_report(desk: Desk, item: str, *, reporter: str, report: str) -> tuple[Change, ...]:
    """Who reported on an item, and the points of the report."""
    with desk.store.writing(reason="会议汇报") as writing:
        known = Reading(writing.connection).get(AgendaItem, item)
        if known is not None:
            told = replace(
                known, reporter=reporter.strip()[:40] or None, report=report.strip()[:4000] or None
            )
            writing.put(told, opened=known)
        return tuple(writing.changes)


@dataclass(frozen=True)
class Decided:
    """One decision as typed."""

    what: str
    decision_type: str = "task"
    by: str = ""
    due: date | None = None


def add_decision(desk: Desk, meeting: str, item: str | None, decided: Decided) -> tuple[Change, ...]:
    """One more decision of an item; nothing for an empty text."""
    with desk.store.writing(reason="议定事项") as writing:
        if decided.what.strip():
            known = Reading(writing.connection).children(Decision, "meeting", [meeting])
            writing.put(
                Decision(
                    uid=writing.new_uid(), meeting=meeting, item=item,
                    place=max((each.place for each in known), default=0) + 1,
                    decision_type=decided.decision_type, what=decided.what.strip()[:1000],
                    by=decided.by.strip()[:60] or None, due=decided.due,
                )
            )  # fmt: skip
        return tuple(writing.changes)


def change_decision(desk: Desk, uid: str, decided: Decided) -> tuple[Change, ...]:
    """Writes a decision anew; an empty text takes it off."""
    with desk.store.writing(reason="修改议定事项") as writing:
        known = Reading(writing.connection).get(Decision, uid)
        if known is not None and not decided.what.strip():
            writing.remove(Decision, uid)
        elif known is not None:
            told = replace(
                known, what=decided.what.strip()[:1000], decision_type=decided.decision_type,
                by=decided.by.strip()[:60] or None, due=decided.due,
            )  # fmt: skip
            writing.put(told, opened=known)
        return tuple(writing.changes)


def settle_decision(
    desk: Desk, uid: str, *, state: str, result: str = "", day: date | None = None
) -> tuple[Change, ...]:
    """Says what became of a decision: 已落实, 不再办理, or open again; `day` is today unless told."""
    with desk.store.writing(reason="议定事项落实") as writing:
        known = Reading(writing.connection).get(Decision, uid)
        if known is not None:
            done = (day or desk.today()) if state == "done" else None
            told = replace(known, state=state, done=done, result=result.strip() or known.result)
            writing.put(told, opened=known)
        return tuple(writing.changes)


def number_summary(desk: Desk, meeting: str) -> tuple[Change, ...]:
    """Gives the summary of a meeting the next number among those of its type and year, and today as its day.

    One that has a number keeps it. 纪要 are numbered by issue (第×期), each type of meeting for itself.
    """
    with desk.store.writing(reason="纪要编号") as writing:
        reading = Reading(writing.connection)
        known = reading.get(Meeting, meeting)
        if known is not None and known.summary_number is None:
            of_type = reading.all(Meeting, Condition("type", "=", known.meeting_type))
            number = _next_issue(of_type, desk.today().year)
            told = replace(known, summary_number=number, summary_day=known.summary_day or desk.today())
            writing.put(told, opened=known)
        return tuple(writing.changes)


def _next_issue(meetings: Sequence[Meeting], year: int) -> int:
    numbers = [each.summary_number or 0 for each in meetings if (each.summary_day or each.day).year == year]
    return max(numbers, default=0) + 1
