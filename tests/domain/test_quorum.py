"""Quorums and majorities: against all members, never against those who came."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.bootstrap import profile_named
from lianxin.domain.codes import MEETING_TYPE
from lianxin.domain.meetings.quorum import Votes, quorum_of, verdict_of
from lianxin.domain.rules import RuleProfile

PROFILES = [profile_named(name) for name in ("national", "henan", "hunan")]
NATIONAL = PROFILES[0]
BODIES = st.sampled_from(["congress", "preparatory", "presidium"])
COUNTS = st.integers(1, 400)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.key)
def test_a_congress_of_47_needs_32(profile: RuleProfile) -> None:
    enough = quorum_of("congress", members=47, present=32, profile=profile)
    short = quorum_of("congress", members=47, present=31, profile=profile)
    assert enough is not None and short is not None
    assert (enough.needed, enough.reached, short.reached) == (32, True, False)
    assert enough.words == "全体代表47人的三分之二以上是32人，实到32人，符合法定人数"
    assert short.words.endswith("还差1人，不能举行") and "第十四条" in short.source


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.key)
def test_five_of_nine_may_meet_but_four_of_them_decide_nothing(profile: RuleProfile) -> None:
    quorum = quorum_of("presidium", members=9, present=5, profile=profile)
    assert quorum is not None and quorum.reached
    told = verdict_of("presidium", Votes(4, 1, 0), members=9, present=5, profile=profile)
    assert told.outcome == "failed"
    assert told.words == "赞成4票，全体成员9人的过半数是5票，还差1票，没有通过"
    assert verdict_of("presidium", Votes(5, 0, 0), members=9, present=5, profile=profile).outcome == "passed"


def test_what_cannot_be_judged_says_so() -> None:
    def told(kind: str, votes: Votes, members: int | None, present: int) -> tuple[str, str]:
        verdict = verdict_of(kind, votes, members=members, present=present, profile=NATIONAL)
        return verdict.outcome, verdict.words

    assert told("presidium", Votes(), 9, 5) == ("unknown", "还没有表决")
    assert told("symposium", Votes(acclaimed=True), None, 0) == ("passed", "鼓掌通过")
    assert told("symposium", Votes(7), None, 9)[1].endswith("由会议自己约定")
    assert told("congress", Votes(20), None, 30)[1].endswith("不能判断是否通过")
    assert told("presidium", Votes(4, 3, 0), 9, 6)[1] == "票数合计7，多于实到6人，请核对"
    assert told("presidium", Votes(4, 0, 0), 9, 4)[1].endswith("不能举行，表决无效")
    missing = quorum_of("congress", members=None, present=30, profile=NATIONAL)
    assert missing is not None and not missing.reached and "还不知道" in missing.words


@pytest.mark.parametrize("code", [code.code for code in MEETING_TYPE.codes])
def test_only_congress_and_presidium_have_a_quorum(code: str) -> None:
    told = quorum_of(code, members=9, present=9, profile=NATIONAL)
    assert (told is not None) == (code in ("congress", "preparatory", "presidium"))


@given(kind=BODIES, members=COUNTS, present=st.integers(0, 400))
def test_a_quorum_is_the_share_of_all_members(kind: str, members: int, present: int) -> None:
    told = quorum_of(kind, members=members, present=present, profile=NATIONAL)
    assert told is not None and 0 < told.needed <= members + 1
    share = Fraction(present, members)
    asked = share > Fraction(1, 2) if kind == "presidium" else share >= Fraction(2, 3)
    assert told.reached == asked == (present >= told.needed)


@given(kind=BODIES, members=COUNTS, votes=st.tuples(*[st.integers(0, 130)] * 3))
def test_nothing_passes_without_more_than_half_of_all(
    kind: str, members: int, votes: tuple[int, int, int]
) -> None:
    present = sum(votes)
    told = verdict_of(kind, Votes(*votes), members=members, present=present, profile=NATIONAL)
    quorum = quorum_of(kind, members=members, present=present, profile=NATIONAL)
    assert quorum is not None
    assert (told.outcome == "passed") == (votes[0] * 2 > members and quorum.reached)


@given(members=COUNTS, agreed=st.integers(0, 200), more=st.integers(0, 200))
def test_more_votes_never_undo_a_decision(members: int, agreed: int, more: int) -> None:
    def outcome(count: int) -> str:
        votes, present = Votes(count), max(count, members)
        return verdict_of("congress", votes, members=members, present=present, profile=NATIONAL).outcome

    assert outcome(agreed) != "passed" or outcome(agreed + more) == "passed"
