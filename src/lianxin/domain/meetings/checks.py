"""What a meeting still lacks: notice, length, quorum, decisions without somebody who carries them out (domain.md 3.3, 3.24).

Every finding is a sentence to read; none of them blocks anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lianxin.domain.dates import show_day_short
from lianxin.domain.records import AgendaItem, Decision, Meeting
from lianxin.domain.rules import RuleProfile

if TYPE_CHECKING:
    # No more than the words of these two: the first page asks for a day only.
    from lianxin.domain.meetings.quorum import Quorum, Verdict


@dataclass(frozen=True)
class Dealt:
    """An item of the agenda with its verdict and what was decided on it."""

    item: AgendaItem
    verdict: Verdict
    decisions: Sequence[Decision]


def meeting_findings(
    meeting: Meeting,
    dealt: Sequence[Dealt],
    *,
    quorum: Quorum | None,
    ballots: int,
    profile: RuleProfile,
    today: date,
) -> tuple[str, ...]:
    """Everything worth a look, what concerns the whole meeting first."""
    found = [*_of_congress(meeting, profile)]
    if meeting.held and quorum is not None and not quorum.reached:
        found.append(quorum.words)
    if meeting.with_election and not ballots and (meeting.held or meeting.day <= today):
        found.append("有选举，还没有登记投票结果")
    if meeting.day <= today and not dealt:
        found.append("还没有议题")
    for place, each in enumerate(dealt, 1):
        found += [f"第{place}项：{words}" for words in _of_item(each)]
    return tuple(found)


def notice_by(meeting: Meeting, profile: RuleProfile) -> date | None:
    """The last day to send the notice of a congress; None for other meetings, and for one already sent."""
    if meeting.meeting_type != "congress" or meeting.notified is not None:
        return None
    return meeting.day - timedelta(days=profile.congress_notice.value)


def _of_congress(meeting: Meeting, profile: RuleProfile) -> Iterator[str]:
    if meeting.meeting_type != "congress":
        return
    ahead = profile.congress_notice.value
    if meeting.notified is not None and (meeting.day - meeting.notified).days < ahead:
        told = (meeting.day - meeting.notified).days
        yield f"会前{told}天发的通知，应提前{ahead}天，最迟{show_day_short(meeting.day - timedelta(days=ahead))}"
    elif meeting.notified is None and meeting.held:
        yield "没有写通知日期"
    least = profile.congress_days.value
    if meeting.days is not None and meeting.days < least:
        yield f"会期{meeting.days}天，不少于{least}天"


def _of_item(dealt: Dealt) -> Iterator[str]:
    if dealt.verdict.outcome == "passed" and not dealt.decisions:
        yield "已通过，还没有写决定事项"
    if dealt.verdict.outcome == "failed" and dealt.decisions:
        yield f"{dealt.verdict.words}，却写了决定事项，请核对"
    if "请核对" in dealt.verdict.words:
        yield dealt.verdict.words
    for decision in dealt.decisions:
        lacks = [word for word, value in (("责任单位", decision.by), ("完成期限", decision.due)) if not value]
        if decision.decision_type in ("task", "opinion") and decision.state == "open" and lacks:
            yield f"“{decision.what[:12]}”没有写{'、'.join(lacks)}"
