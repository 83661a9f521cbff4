"""What the record of a meeting says of its secret ballots: sheets, votes, who is elected or chosen (domain.md 4.11)."""

from __future__ import annotations

from lianxin.domain.records import MeetingBallot
from lianxin.domain.tally.meeting_ballots import Placed
from lianxin.office.meetings.ballots import BallotFile, ballot_file
from lianxin.store.reading import Reading


def counted_ballots(reading: Reading, meeting: str) -> tuple[BallotFile, ...]:
    """The rounds of a meeting in which every vote was counted, the first round first."""
    rounds = sorted(
        reading.children(MeetingBallot, "meeting", [meeting]), key=lambda each: (each.round, each.uid)
    )
    files = (ballot_file(reading, each.uid) for each in rounds)
    return tuple(
        each
        for each in files
        if each and each.choices and all(placed.fate != "waiting" for placed in each.outcome.placed)
    )


def ballot_title(file: BallotFile) -> str:
    """选举副镇长, 票决2026年民生实事项目（第2轮）."""
    act = "票决" if file.ballot.subject == "project" else "选举"
    title = file.ballot.title
    again = f"（第{file.ballot.round}轮）" if file.ballot.round > 1 else ""
    return f"{'' if act in title else act}{title}{again}"


def ballot_words(file: BallotFile) -> str:
    """无记名投票，发出票33张，收回票33张，无效票1张。陈志远赞成26票，反对6票，弃权0票；…。陈志远当选。"""
    ballot = file.ballot
    sheets = [
        f"{word}{count}张"
        for word, count in (
            ("发出票", ballot.issued),
            ("收回票", ballot.returned),
            ("无效票", ballot.invalid),
        )
        if count is not None
    ]
    votes = "；".join(_votes(each) for each in file.outcome.placed)
    return f"{'，'.join(['无记名投票', *sheets])}。{votes}。{file.outcome.words}。"


def ballot_decision(file: BallotFile) -> str:
    """选举陈志远为副镇长。; "" while nobody is elected or chosen."""
    chosen = "、".join(each.name for each in file.outcome.chosen)
    if not chosen:
        return ""
    if file.ballot.subject == "project":
        return f"{ballot_title(file)}：{chosen}。"
    return f"选举{chosen}为{file.ballot.title}。"


def _votes(placed: Placed) -> str:
    told = placed.candidate
    counts = (
        ("赞成", told.agreed),
        ("反对", told.against),
        ("弃权", told.abstained),
        ("另选他人", told.others or None),
    )
    return told.name + "，".join(f"{word}{count}票" for word, count in counts if count is not None)
