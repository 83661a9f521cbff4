"""Secret ballots at a meeting: candidates, votes, who is elected or chosen, second ballot, 公告, oath, filing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lianxin.domain.records import Appointment, Decision, Filing, Meeting, MeetingBallot, Oath, Project
from lianxin.domain.tally.meeting_ballots import Candidate, Fate, Outcome, Sheets, ballot_faults, outcome_of
from lianxin.office.desk import Desk
from lianxin.office.meetings.attendance import attendance_list
from lianxin.office.meetings.record import members_of
from lianxin.office.records import new_uid
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing

Choice = Appointment | Project
"""What a ballot is held on: a person for a post, or a project."""


@dataclass(frozen=True)
class BallotFile:
    """One round with its candidates, what came of it, and what does not add up."""

    ballot: MeetingBallot
    meeting: Meeting
    choices: tuple[Choice, ...]
    members: int | None
    present: int
    outcome: Outcome
    faults: tuple[str, ...]


def ballots_of(desk: Desk, meeting: str) -> tuple[BallotFile, ...]:
    """All rounds of a meeting, in the order they were made."""
    with desk.store.reading() as reading:
        found = sorted(
            reading.children(MeetingBallot, "meeting", [meeting]), key=lambda each: (each.round, each.uid)
        )
        files = [ballot_file(reading, each.uid) for each in found]
    return tuple(each for each in files if each is not None)


def ballot_file(reading: Reading, uid: str) -> BallotFile | None:
    """One round, or None when it is not here."""
    ballot = reading.get(MeetingBallot, uid)
    meeting = reading.get(Meeting, ballot.meeting) if ballot else None
    if ballot is None or meeting is None:
        return None
    choices = _choices(reading, ballot)
    members, present = members_of(reading, meeting), attendance_list(reading, meeting.uid).tally.present
    candidates = [_candidate(each) for each in choices]
    won = "入选" if ballot.subject == "project" else "当选"
    outcome = outcome_of(
        candidates, seats=ballot.seats, members=members or 0, second=ballot.round > 1, won=won
    )
    sheets = Sheets(ballot.issued, ballot.returned, ballot.invalid)
    marks = None if ballot.subject == "project" else ballot.seats
    faults = ballot_faults(sheets, candidates, present=present, marks=marks)
    if not members:
        faults = ("还不知道全体代表有多少人，不能判断谁当选，请在“情况”里填全体人数", *faults)
    return BallotFile(ballot, meeting, choices, members, present, outcome, faults)


def _choices(reading: Reading, ballot: MeetingBallot) -> tuple[Choice, ...]:
    found: Sequence[Choice]
    if ballot.subject == "project":
        found = reading.children(Project, "ballot", [ballot.uid])
    else:
        found = reading.children(Appointment, "ballot", [ballot.uid])
    return tuple(sorted(found, key=lambda each: each.uid))


def _candidate(choice: Choice) -> Candidate:
    others = choice.others if isinstance(choice, Appointment) else None
    return Candidate(
        choice.uid, choice.name, choice.votes_for, choice.votes_against, choice.abstained, others
    )


def make_ballot(desk: Desk, meeting: str, *, subject: str, title: str, seats: int, names: str) -> str:
    """One round with its candidates, names divided by 、 or blanks; its uid. Empty names are added later."""
    ballot = MeetingBallot(
        uid=new_uid(desk), meeting=meeting, subject=subject, title=title.strip()[:60], seats=max(seats, 1)
    )
    with desk.store.writing(reason="登记投票") as writing:
        writing.put(ballot)
        _put_candidates(writing, desk, ballot, names)
    return ballot.uid


def add_candidates(desk: Desk, ballot: str, names: str) -> tuple[Change, ...]:
    """More candidates for a round."""
    with desk.store.writing(reason="增加候选人") as writing:
        known = Reading(writing.connection).get(MeetingBallot, ballot)
        if known is not None:
            _put_candidates(writing, desk, known, names)
        return tuple(writing.changes)


def _put_candidates(writing: Writing, desk: Desk, ballot: MeetingBallot, names: str) -> None:
    from lianxin.ledgers.addresses import split_names

    reading = Reading(writing.connection)
    meeting = reading.get(Meeting, ballot.meeting)
    day = meeting.day if meeting else desk.today()
    members = members_of(reading, meeting) if meeting else None
    known = {each.name for each in _choices(reading, ballot)}
    split = names.split("\n") if ballot.subject == "project" else split_names(names)
    for name in dict.fromkeys(each.strip() for each in split):
        if not name or name in known:
            continue
        if ballot.subject == "project":
            writing.put(
                Project(
                    uid=writing.new_uid(), year=day.year, name=name[:80], meeting=ballot.meeting,
                    ballot=ballot.uid, state="candidate",
                )
            )  # fmt: skip
        else:
            writing.put(
                Appointment(
                    uid=writing.new_uid(), day=day, post=ballot.title, name=name[:25], meeting=ballot.meeting,
                    members=members, ballot=ballot.uid,
                )
            )  # fmt: skip


def set_sheets(desk: Desk, ballot: str, sheets: Sheets) -> tuple[Change, ...]:
    """The counts of the sheets of one round."""
    with desk.store.writing(reason="投票计数") as writing:
        known = Reading(writing.connection).get(MeetingBallot, ballot)
        if known is not None:
            told = replace(known, issued=sheets.issued, returned=sheets.returned, invalid=sheets.invalid)
            writing.put(told, opened=known)
        return tuple(writing.changes)


@dataclass(frozen=True)
class Counted:
    """The votes of one candidate as typed."""

    agreed: int | None = None
    against: int | None = None
    abstained: int | None = None
    others: int | None = None


def set_votes(desk: Desk, choice: Choice, counted: Counted) -> tuple[Change, ...]:
    """The votes of one candidate or project."""
    with desk.store.writing(reason="登记得票") as writing:
        known = Reading(writing.connection).get(type(choice), choice.uid)
        if isinstance(known, Appointment):
            told: Choice = replace(
                known, votes_for=counted.agreed, votes_against=counted.against, abstained=counted.abstained,
                others=counted.others,
            )  # fmt: skip
            writing.put(told, opened=known)
        elif isinstance(known, Project):
            told = replace(
                known, votes_for=counted.agreed, votes_against=counted.against, abstained=counted.abstained
            )
            writing.put(told, opened=known)
        return tuple(writing.changes)


_PROJECT_STATES: Mapping[Fate, str] = {"chosen": "chosen", "tied": "voted_again"}


class NotCounted(ValueError):
    """A round cannot be confirmed yet; the message says what is missing."""

    def __init__(self, words: str) -> None:
        self.message = f"{words}，结果没有确认。"
        super().__init__(self.message)


def confirm_ballot(desk: Desk, uid: str) -> tuple[Change, ...]:
    """Writes the result to every candidate; equal votes at the last seat begin a second ballot (组织法 §29).

    Raises NotCounted while votes are missing or do not add up.
    """
    with desk.store.writing(reason="确认投票结果") as writing:
        file = ballot_file(Reading(writing.connection), uid)
        if file is None or any(each.fate == "waiting" for each in file.outcome.placed):
            raise NotCounted(file.outcome.words if file else "没有找到这次投票")
        if file.faults:
            raise NotCounted(file.faults[0])
        fates = {each.candidate.uid: each for each in file.outcome.placed}
        for choice in file.choices:
            placed = fates[choice.uid]
            if isinstance(choice, Project):
                state = _PROJECT_STATES.get(placed.fate, "not_chosen")
                writing.put(replace(choice, state=state, place=placed.place), opened=choice)
            else:
                result = "passed" if placed.fate == "chosen" else "failed"
                writing.put(replace(choice, result=result), opened=choice)
        if file.outcome.tied and not _goes_on(Reading(writing.connection), file.ballot):
            _second_ballot(writing, file)
        return tuple(writing.changes)


def _goes_on(reading: Reading, ballot: MeetingBallot) -> bool:
    """Whether the next round is there already: a result may be confirmed again."""
    return any(
        (each.subject, each.title, each.round) == (ballot.subject, ballot.title, ballot.round + 1)
        for each in reading.children(MeetingBallot, "meeting", [ballot.meeting])
    )


def _second_ballot(writing: Writing, file: BallotFile) -> None:
    """A round among those with equal votes, who stand in it anew: the first round keeps its own counts."""
    ballot = replace(
        file.ballot, uid=writing.new_uid(), seats=file.outcome.open_seats, round=file.ballot.round + 1,
        issued=None, returned=None, invalid=None,
    )  # fmt: skip
    writing.put(ballot)
    tied = {each.uid for each in file.outcome.tied}
    for choice in file.choices:
        if choice.uid not in tied:
            continue
        again = replace(
            choice,
            uid=writing.new_uid(),
            ballot=ballot.uid,
            votes_for=None,
            votes_against=None,
            abstained=None,
        )
        if isinstance(again, Appointment):
            again = replace(again, others=None, result="waiting")
        else:
            again = replace(again, state="candidate", place=None)
        writing.put(again)


def oath_of(desk: Desk, appointment: str) -> str:
    """The oath of somebody elected, made with what is known unless there is one; its uid, "" for an unknown one."""
    with desk.store.writing(reason="登记宪法宣誓") as writing:
        reading = Reading(writing.connection)
        known = reading.children(Oath, "appointment", [appointment])
        told = reading.get(Appointment, appointment)
        if known or told is None:
            return known[0].uid if known else ""
        meeting = reading.get(Meeting, told.meeting) if told.meeting else None
        oath = Oath(
            uid=writing.new_uid(), name=told.name, post=told.post, appointment=appointment,
            took_office=told.day, day=told.day, place=meeting.place if meeting else None,
        )  # fmt: skip
        writing.put(oath)
        return oath.uid


NOT_NUMBERED = "待编文号"
"""Stands for the number of a resolution that has none yet."""


def file_resolution(desk: Desk, decision: str, *, document: str = NOT_NUMBERED) -> str:
    """Registers a resolution for filing with the county; the uid of the filing, "" for an unknown decision.

    One of the same meeting and title that is there already is that one.
    """
    with desk.store.writing(reason="登记决议备案") as writing:
        reading = Reading(writing.connection)
        told = reading.get(Decision, decision)
        meeting = reading.get(Meeting, told.meeting) if told else None
        if told is None or meeting is None:
            return ""
        title = told.what.split("\n")[0][:80]
        for known in reading.children(Filing, "meeting", [meeting.uid]):
            if known.title == title:
                return known.uid
        filing = Filing(
            uid=writing.new_uid(), document=document.strip()[:40], title=title,
            meeting=meeting.uid, passed=meeting.until or meeting.day, materials="备案报告、决议文本、说明",
        )  # fmt: skip
        writing.put(filing)
        return filing.uid
