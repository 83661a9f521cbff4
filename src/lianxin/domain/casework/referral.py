"""转报县人大: what becomes of a matter while the county has it, computed from the steps of both and never stored.

The township's steps and the county's stand in one course (`domain.course`), whatever order they arrived in. A step of
the county that meets a matter the township has taken back changes nothing, and stays in sight as `unheeded`.
"""

from __future__ import annotations

import dataclasses as dc
from datetime import date
from typing import TypeAlias

from lianxin.domain.codes import Code, CodeList
from lianxin.domain.dates import show_day_short, show_left
from lianxin.domain.records import CountyAssignment, CountyDecision, CountyReply, CountySupervision
from lianxin.domain.rules import Rule, RuleProfile

CountyStep: TypeAlias = CountyAssignment | CountySupervision | CountyReply | CountyDecision
COUNTY_STEP_KINDS: tuple[type[CountyStep], ...] = (
    CountyAssignment,
    CountySupervision,
    CountyReply,
    CountyDecision,
)

REFERRAL_STAGE = CodeList(
    "referral_stage",
    "转报办理状态",
    (
        Code("sent", "待交办"),
        Code("assigned", "办理中"),
        Code("upward", "已转报上级"),
        Code("answered", "待乡镇反馈"),
        Code("again", "不满意，待重办"),
        Code("closed", "已办结"),
        Code("unreached", "无法反馈"),
        Code("returned", "已退回乡镇"),
        Code("taken_back", "乡镇已收回"),
    ),
)
"""Where a referred matter stands at the county; the labels are what its list and filters show."""

COUNTY_HAS_IT = frozenset({"sent", "assigned", "upward", "again"})
"""The county has the next act."""
AT_COUNTY = COUNTY_HAS_IT | {"answered"}
"""Not over yet, seen from the county."""


@dc.dataclass(frozen=True)
class Referral:
    """How a referred matter stands. `sent` is the day the township sent it up, `sent_by` that routing's uid.

    `due` is what the county told its unit. `again` is the day somebody was 不满意 with the county's answer and
    `again_by` that judgement's uid; `rounds` counts those. `unheeded` are county steps that changed nothing.
    """

    sent: date
    sent_by: str
    stage: str = "sent"
    times: int = 1
    unit: str = ""
    assigned: date | None = None
    due: date | None = None
    answered: date | None = None
    again: date | None = None
    again_by: str = ""
    rounds: int = 0
    ended: date | None = None
    destination: str = ""
    words: str = ""
    supervisions: tuple[CountySupervision, ...] = ()
    unheeded: tuple[CountyStep, ...] = ()

    @property
    def label(self) -> str:
        """The stage in the county clerk's words."""
        return REFERRAL_STAGE.label_of(self.stage)

    @property
    def waiting(self) -> bool:
        """Whether the county has the next act."""
        return self.stage in COUNTY_HAS_IT

    @property
    def supervised(self) -> int:
        """How often the county urged its unit on."""
        return len(self.supervisions)


def sent_up(before: Referral | None, day: date, uid: str) -> Referral:
    """The township sends the matter up, for the first time or once more after it came back."""
    if before is None:
        return Referral(sent=day, sent_by=uid)
    return Referral(sent=day, sent_by=uid, times=before.times + 1, supervisions=before.supervisions,
                    rounds=before.rounds, unheeded=before.unheeded)  # fmt: skip


def never_sent(step: CountyStep) -> Referral:
    """What a step of the county hangs on when no routing to the county is here (any more): the township undid it."""
    return Referral(sent=step.day, sent_by="", stage="taken_back", times=0)


def taken_back(referral: Referral, day: date) -> Referral:
    """The township handles it another way, or it was withdrawn or merged; what is over stays as it ended."""
    return dc.replace(referral, stage="taken_back", ended=day) if referral.stage in AT_COUNTY else referral


def ignored(referral: Referral, step: CountyStep) -> Referral:
    """A step of the county that met a matter it does not have."""
    return dc.replace(referral, unheeded=(*referral.unheeded, step))


def assigned(referral: Referral, step: CountyAssignment) -> Referral:
    """A county unit is handed the matter, or another one."""
    return dc.replace(
        referral, stage="assigned", unit=step.unit, assigned=step.day, due=step.due, answered=None
    )


def supervised(referral: Referral, step: CountySupervision) -> Referral:
    """The county urges its unit on."""
    return dc.replace(referral, supervisions=(*referral.supervisions, step))


def answered(referral: Referral, day: date, unit: str) -> Referral:
    """An answer came; the township tells the visitor."""
    return dc.replace(referral, stage="answered", answered=day, unit=unit or referral.unit)


def decided(referral: Referral, step: CountyDecision) -> Referral:
    """It goes back to the township, or on to the level above."""
    if step.decision == "upward":
        return dc.replace(
            referral, stage="upward", destination=step.destination or "上级人大", words=step.reason
        )
    return dc.replace(referral, stage="returned", ended=step.day, words=step.reason)


def unsatisfied(referral: Referral, day: date, uid: str) -> Referral:
    """Whoever raised it is 不满意 with the answer: the county's matter again (持续重办)."""
    return dc.replace(
        referral, stage="again", again=day, again_by=uid, rounds=referral.rounds + 1, ended=None
    )


def ended(referral: Referral, stage: str, day: date) -> Referral:
    """The visitor was told and content ("closed"), or could not be reached ("unreached")."""
    over = referral.stage in ("answered", "closed", "unreached")
    return dc.replace(referral, stage=stage, ended=day) if over else referral


# ---- clocks of the county ----------------------------------------------------------------------


@dc.dataclass(frozen=True)
class Clock:
    """By when the next act is due, and the badge that says so."""

    due: date | None
    days_left: int | None
    badge: str
    tone: str


def unit_rule(profile: RuleProfile, *, urgency: str = "ordinary", again: bool = False) -> Rule:
    """How long a county unit has for a referred matter, by the county's profile.

    Urgent and pressing matters have the days every urgent matter has, another round those of 重办.
    """
    if again:
        return profile.redo
    by_urgency = {"urgent": profile.opinion_urgent_days, "pressing": profile.opinion_pressing_days}
    return by_urgency.get(urgency, profile.referral_days or profile.opinion_days)


def unit_limit(day: date, profile: RuleProfile, *, urgency: str = "ordinary", again: bool = False) -> date:
    """The last day a county unit has when it is handed a referred matter on `day`."""
    return profile.limit(day, unit_rule(profile, urgency=urgency, again=again))


def clock_of(
    referral: Referral, *, arrived: date, came_back: date, today: date, profile: RuleProfile, urgency: str
) -> Clock:
    """The county's clock. It runs from the day a report brought the matter (`arrived`), or the judgement (`came_back`),
    not from the day the township wrote it down: the stick came later, and that is nobody's delay at the county.
    """
    due = _due(referral, arrived, came_back, profile, urgency)
    left = (due - today).days if due else None
    if left is None:
        return Clock(None, None, "", "")
    tone = "late" if left < 0 else "soon" if left <= profile.soon_days.value else "calm"
    return Clock(due, left, show_left(left), tone)


def _due(
    referral: Referral, arrived: date, came_back: date, profile: RuleProfile, urgency: str
) -> date | None:
    hand_over = profile.referral_assign or profile.tell_days
    match referral.stage:
        case "sent":
            return profile.limit(max(arrived, referral.sent), hand_over)
        case "again":
            return profile.limit(max(came_back, referral.again or came_back), hand_over)
        case "assigned" if referral.assigned is not None:
            return referral.due or unit_limit(
                referral.assigned, profile, urgency=urgency, again=referral.rounds > 0
            )
        case "answered" if referral.answered is not None and profile.referral_feedback:
            return profile.limit(referral.answered, profile.referral_feedback)
    return None


def county_next_act(referral: Referral, clock: Clock) -> str:
    """What the county does next, in its clerk's words."""
    late = clock.days_left is not None and clock.days_left < 0
    match referral.stage:
        case "sent":
            return "交办县直部门，或退回、转报上级"
        case "again":
            return f"重新交办（第{referral.rounds}次重办）"
        case "assigned":
            waits = [each for each in referral.supervisions if each.reply_by and each.answered is None]
            if waits and not late:
                return f"等督办回复：{referral.unit}"
            return (
                f"{'再次督办' if referral.supervisions else '催办'}：{referral.unit}"
                if late
                else "等承办单位答复"
            )
        case "upward":
            return f"等{referral.destination}答复"
        case "answered":
            return "催乡镇反馈来访人" if late else "等乡镇反馈来访人"
    return ""


def township_words(referral: Referral) -> str:
    """Where the matter is, said at the township while the county has it."""
    match referral.stage:
        case "assigned":
            until = f"（{show_day_short(referral.due)}前）" if referral.due else ""
            again = f"第{referral.rounds}次重办，" if referral.rounds else ""
            return f"等待县人大答复：{again}{referral.unit}承办{until}"
        case "upward":
            return f"等待县人大答复：已转报{referral.destination}"
        case "again":
            return f"等待县人大重办（第{referral.rounds}次）"
    return "等待县人大答复"


def township_line(referral: Referral) -> str:
    """县里12月3日已答复，请向来访人反馈: the sentence under the five steps at the township; "" when there is none."""
    match referral.stage:
        case "assigned":
            until = f"，期限{show_day_short(referral.due)}" if referral.due else ""
            urged = f" · 县里督办{referral.supervised}次" if referral.supervisions else ""
            return f"县里交{referral.unit}承办{until}{urged}"
        case "upward":
            return f"县里已转报{referral.destination}：{referral.words}"
        case "again":
            return f"反映人不满意，由县里重办（第{referral.rounds}次），随下次报送件告诉县里"
        case "answered" if referral.answered is not None:
            return f"县里{show_day_short(referral.answered)}已答复，请向来访人反馈"
        case "returned" if referral.ended is not None:
            return f"县里{show_day_short(referral.ended)}退回：{referral.words}"
    return ""
