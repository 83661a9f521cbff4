"""What each deputy who signed a suggestion thought of the reply: asked apart, with a day by which to answer.

A deputy who has not answered by that day is left out of one rate and counted in the other (domain.md 3.17; 重庆 §29).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.records import Satisfaction
from lianxin.domain.rules import Rule, RuleProfile

JUDGED = ("satisfied", "basically", "unsatisfied")
SIGNER = "signer"
"""One of those who put an inquiry: none of them leads, their number decides."""


def feedback_rule(profile: RuleProfile) -> Rule:
    """By when a deputy is to say what he thinks of a reply."""
    return profile.deputy_feedback or profile.feedback_days


@dataclass(frozen=True)
class DeputyAnswer:
    """One deputy who is to be asked, and the latest answer since the reply; `due` is the last day to answer in time."""

    person: str
    lead: bool
    due: date | None
    evaluation: Satisfaction | None
    today: date

    @property
    def judged(self) -> bool:
        """Whether the deputy said how satisfied he is."""
        return self.evaluation is not None and self.evaluation.overall in JUDGED

    @property
    def late(self) -> bool:
        """Whether the last day passed without an answer, or the answer came after it."""
        if self.due is None:
            return False
        answered = self.evaluation.day if self.judged and self.evaluation is not None else None
        return (answered or self.today) > self.due

    @property
    def words(self) -> str:
        """满意, 不满意（逾期）, 逾期未评价, 待征询: as lists show it."""
        if self.evaluation is None or not self.judged:
            return "逾期未评价" if self.late else "待征询"
        return self.evaluation.shown("overall") + ("（逾期）" if self.late else "")


def answers_of(
    *,
    lead: str | None,
    joint: Sequence[str],
    replied: date | None,
    evaluations: Iterable[Satisfaction],
    today: date,
    profile: RuleProfile,
) -> tuple[DeputyAnswer, ...]:
    """Every deputy who signed, the leading one first, with what he said of the reply of that day; () without one."""
    if replied is None:
        return ()
    due = profile.limit(replied, feedback_rule(profile))
    told = sorted(
        (
            each
            for each in evaluations
            if each.whom != "visitor" and replied <= (each.day or replied) <= today
        ),
        key=lambda each: (each.day or replied, each.uid),
    )
    latest: dict[str, Satisfaction] = {}
    for each in told:
        person = each.person or (lead if each.whom == "lead" else None)
        if person:
            latest[person] = each
    people = [uid for uid in dict.fromkeys((lead or "", *joint)) if uid]
    return tuple(DeputyAnswer(uid, uid == lead, due, latest.get(uid), today) for uid in people)


@dataclass(frozen=True)
class JudgingRates:
    """Two counts of the same answers: 满意 of those judged in time, and of those judged or past their day."""

    satisfied_in_time: int
    judged_in_time: int
    satisfied: int
    counted: int


def rates_of(answers: Iterable[DeputyAnswer]) -> JudgingRates:
    """Overdue answers are left out of the first count; in the second they stand below the line, late praise above."""
    known = list(answers)
    in_time = [each for each in known if each.judged and not each.late]
    counted = [each for each in known if each.judged or each.late]
    return JudgingRates(_satisfied(in_time), len(in_time), _satisfied(counted), len(counted))


def _satisfied(answers: Iterable[DeputyAnswer]) -> int:
    return sum(each.evaluation is not None and each.evaluation.overall == "satisfied" for each in answers)


def inquiry_outcome(answers: Sequence[DeputyAnswer], profile: RuleProfile) -> str:
    """What those who put an inquiry decided together, "" while it is open (代表法 §20).

    `unsatisfied` once enough of them are dissatisfied to demand another reply; otherwise, when everybody was asked
    or enough others spoke that it cannot come to that, the word most of them gave.
    """
    total = len(answers)
    words = [each.evaluation.overall for each in answers if each.judged and each.evaluation is not None]
    against, silent = words.count("unsatisfied"), total - len(words)
    if not total:
        return ""
    if _reaches(against, total, profile):
        return "unsatisfied"
    if _reaches(against + silent, total, profile):
        return ""
    return max(("satisfied", "basically"), key=words.count)


def _reaches(count: int, total: int, profile: RuleProfile) -> bool:
    return count * 100 >= profile.inquiry_again.value * total
