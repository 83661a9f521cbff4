"""Which number a meeting is counted against: who must be there to begin, who must agree to decide (domain.md 0.6).

Congress: two thirds of all deputies present, decisions by more than half of ALL deputies (组织法 §14, §25).
Presidium: more than half of all members present, decisions by more than half of ALL members (河南条例 §5, 浙江条例
§24). Never of those present. Other meetings have no such rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from lianxin.domain.rules import Rule, RuleProfile

Outcome: TypeAlias = Literal["passed", "failed", "unknown"]
"""unknown: no votes in yet, nobody knows how many there are, or no rule for this kind of meeting."""

_CONGRESS = frozenset({"congress", "preparatory"})


@dataclass(frozen=True)
class Share:
    """A part of a whole: `at_least` counts the share itself (三分之二以上), otherwise more is asked (过半数)."""

    rule: Rule
    at_least: bool = False

    def needed(self, whole: int) -> int:
        """The least whole number that fulfils the share: 32 of 47 for two thirds, 5 of 9 for more than half."""
        top, bottom = self.rule.value, int(self.rule.unit.removeprefix("/"))
        if self.at_least:
            return -(-whole * top // bottom)
        return whole * top // bottom + 1

    @property
    def words(self) -> str:
        """三分之二以上, 过半数, or 三分之二多数 where a place asks for more."""
        if self.rule.shown == "二分之一":
            return "半数以上" if self.at_least else "过半数"
        return f"{self.rule.shown}以上" if self.at_least else f"超过{self.rule.shown}"


@dataclass(frozen=True)
class Body:
    """Whose meeting it is: what its members are called, and the two shares."""

    people: str
    short: str
    present: Share
    agreed: Share


@dataclass(frozen=True)
class Quorum:
    """Whether a meeting may begin. `members` None: nobody wrote down how many there are."""

    members: int | None
    present: int
    needed: int
    reached: bool
    words: str
    source: str = ""


@dataclass(frozen=True)
class Votes:
    """What was counted; None is not counted. `acclaimed`: carried by applause, nobody counted (鼓掌通过)."""

    agreed: int | None = None
    against: int | None = None
    abstained: int | None = None
    acclaimed: bool = False

    @property
    def cast(self) -> int:
        """How many votes there are."""
        return (self.agreed or 0) + (self.against or 0) + (self.abstained or 0)


@dataclass(frozen=True)
class Verdict:
    """Whether something was carried, in a sentence that says why."""

    outcome: Outcome
    words: str
    source: str = ""


def body_of(meeting_type: str, profile: RuleProfile) -> Body | None:
    """The body that meets, None for a kind of meeting without a quorum. A preparatory meeting is one of all deputies."""
    if meeting_type in _CONGRESS:
        return Body(
            "全体代表",
            "代表",
            Share(profile.congress_quorum, at_least=True),
            Share(profile.congress_majority),
        )
    if meeting_type == "presidium":
        return Body("全体成员", "成员", Share(profile.presidium_quorum), Share(profile.presidium_majority))
    return None


def quorum_of(meeting_type: str, *, members: int | None, present: int, profile: RuleProfile) -> Quorum | None:
    """Whether so many present are enough, against ALL members; None where no rule asks."""
    body = body_of(meeting_type, profile)
    if body is None:
        return None
    source = body.present.rule.source
    if not members:
        words = f"还不知道{body.people}有多少人，不能判断够不够法定人数"
        return Quorum(None, present, 0, False, words, source)
    needed = body.present.needed(members)
    share = f"{body.people}{members}人的{body.present.words}是{needed}人"
    if present >= needed:
        return Quorum(members, present, needed, True, f"{share}，实到{present}人，符合法定人数", source)
    short = needed - present
    return Quorum(
        members, present, needed, False, f"{share}，实到{present}人，还差{short}人，不能举行", source
    )


def verdict_of(
    meeting_type: str, votes: Votes, *, members: int | None, present: int, profile: RuleProfile
) -> Verdict:
    """Whether something was carried: by more than half of ALL members, not of those who came."""
    body = body_of(meeting_type, profile)
    if votes.acclaimed:
        if body is None or votes.agreed is None:
            return Verdict("passed", "鼓掌通过")
    elif votes.agreed is None:
        return Verdict("unknown", "还没有表决")
    said = f"赞成{votes.agreed}票"
    if votes.cast > present > 0:
        return Verdict("unknown", f"票数合计{votes.cast}，多于实到{present}人，请核对")
    if body is None:
        return Verdict("unknown", f"{said}；这类会议没有法定的通过票数，由会议自己约定")
    if not members:
        return Verdict("unknown", f"{said}；还不知道{body.people}有多少人，不能判断是否通过")
    agreed = votes.agreed or 0
    needed = body.agreed.needed(members)
    share = f"{body.people}{members}人的{body.agreed.words}是{needed}票"
    source = body.agreed.rule.source
    quorum = quorum_of(meeting_type, members=members, present=present, profile=profile)
    if quorum is not None and not quorum.reached:
        return Verdict("failed", f"{said}；{quorum.words}，表决无效", quorum.source)
    if agreed >= needed:
        return Verdict("passed", f"{said}，{share}，通过", source)
    return Verdict("failed", f"{said}，{share}，还差{needed - agreed}票，没有通过", source)
