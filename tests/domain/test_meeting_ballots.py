"""Elections and the choice of projects: majority of all deputies, ties, second ballots, sums that do not agree."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.tally.meeting_ballots import Candidate, Sheets, ballot_faults, outcome_of


def candidates(*votes: int | None) -> list[Candidate]:
    return [Candidate(str(at), f"候选人{at}", each) for at, each in enumerate(votes)]


def test_24_of_47_are_needed_whoever_came() -> None:
    told = outcome_of(candidates(23), seats=1, members=47)
    assert (told.needed, told.chosen, told.open_seats) == (24, (), 1)
    assert told.words == "须获得全体代表47人的过半数即24票；没有人达到；还差1名，应另行选举"
    assert [each.name for each in outcome_of(candidates(24), seats=1, members=47).chosen] == ["候选人0"]


def test_a_tie_at_the_last_seat_asks_for_a_second_ballot() -> None:
    told = outcome_of(candidates(40, 30, 30, 24), seats=2, members=47)
    assert [each.name for each in told.chosen] == ["候选人0"]
    assert [each.name for each in told.tied] == ["候选人1", "候选人2"]
    assert "再次投票" in told.words and told.open_seats == 1
    second = outcome_of(candidates(20, 18), seats=1, members=47, second=True)
    assert [each.name for each in second.chosen] == ["候选人0"], "the most votes win"


def test_a_tie_within_the_seats_is_none() -> None:
    told = outcome_of(candidates(30, 30, 25), seats=2, members=47)
    assert len(told.chosen) == 2 and not told.tied and told.words.endswith("当选")


def test_votes_that_are_not_in_are_waited_for() -> None:
    told = outcome_of(candidates(30, None), seats=1, members=47)
    assert {each.fate for each in told.placed} == {"waiting"} and "没有填齐" in told.words
    assert outcome_of([], seats=1, members=47).words == "还没有候选人"


def test_what_does_not_add_up_is_told() -> None:
    one = [Candidate("a", "李明", 30, 5, 3, 2)]
    assert ballot_faults(Sheets(42, 41, 1), one, present=42) == ()
    assert ballot_faults(Sheets(42, 42, 1), one, present=42) == ("李明：各项合计40票，有效票41张，少1票",)
    faults = ballot_faults(Sheets(42, 43, 50), [], present=41)
    assert [word in fault for word, fault in zip(("发出票", "重新投票", "无效票"), faults, strict=True)] == [
        True
    ] * 3


def test_more_names_than_a_sheet_may_agree_to_are_told() -> None:
    two = [Candidate("a", "彭𠮷", 30, 0, 0, 0), Candidate("b", "向丽", 28, 2, 0, 0)]
    assert ballot_faults(Sheets(32, 32, 2), two, present=32) == ()
    (fault,) = ballot_faults(Sheets(32, 32, 2), two, present=32, marks=1)
    assert "合计58票" in fault and "至多30票" in fault
    assert ballot_faults(Sheets(32, 32, 2), two, present=32, marks=2) == ()


@given(votes=st.lists(st.integers(0, 60), min_size=1, max_size=12), seats=st.integers(1, 6))
def test_nobody_gets_a_seat_who_should_not(votes: list[int], seats: int) -> None:
    told = outcome_of(candidates(*votes), seats=seats, members=60)
    chosen = [each.agreed or 0 for each in told.chosen]
    assert len(chosen) <= seats and all(each * 2 > 60 for each in chosen)
    out = [each.candidate.agreed or 0 for each in told.placed if each.fate != "chosen"]
    assert not chosen or not out or min(chosen) > max(out) or min(chosen) == max(out) == 0 or (
        len(chosen) == seats and min(chosen) >= max(out)
    )  # fmt: skip
    assert len({each.agreed for each in told.tied}) <= 1
    assert not told.tied or len(told.tied) > told.open_seats >= 1
