"""Which steps a matter may take from where it stands: one table a track, the same for page, desk and command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from lianxin.domain.casework.referral import COUNTY_STEP_KINDS, CountyStep
from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    ArchiveOpening,
    Archiving,
    Assignment,
    ChairReview,
    CoHandling,
    Consultation,
    CountyAssignment,
    CountyDecision,
    CountyReply,
    CountySupervision,
    Extension,
    HandBack,
    Informing,
    PromiseResult,
    Reply,
    Routing,
    Ruling,
    Satisfaction,
    Screening,
    Supervision,
    Telling,
)

Act: TypeAlias = Literal[
    "route", "assign", "hand_back", "extend", "supervise", "reply", "ask", "rule", "merge", "take_apart",
    "withdraw", "keep_promise", "screen", "co_handle", "tell", "consult", "inform", "turn_bill",
    "chair_review", "archive", "open_archive", "county_assign", "county_supervise", "county_reply", "county_decide",
]  # fmt: skip
"""What is done with a matter; a step record is the trace of one of them."""

StepTable: TypeAlias = Mapping[str, tuple[Act, ...]]
Further: TypeAlias = (
    HandBack
    | Extension
    | Supervision
    | Ruling
    | PromiseResult
    | Screening
    | CoHandling
    | Telling
    | Consultation
    | Informing
    | ChairReview
    | Archiving
    | ArchiveOpening
    | CountyStep
)
"""The steps beyond the four usual ones."""
StepRecord: TypeAlias = Routing | Assignment | Reply | Satisfaction | Further

FURTHER_KINDS: tuple[type[Further], ...] = (
    HandBack, Extension, Supervision, Ruling, PromiseResult, Screening, CoHandling, Telling, Consultation,
    Informing, ChairReview, Archiving, ArchiveOpening, *COUNTY_STEP_KINDS,
)  # fmt: skip
STEP_KINDS: tuple[type[Record], ...] = (Routing, Assignment, Reply, Satisfaction, *FURTHER_KINDS)
"""Every kind of record whose change may change where a matter stands."""

_OPINION: StepTable = {
    "registered": ("route", "merge", "withdraw"),
    "chair": ("chair_review", "route", "merge", "withdraw"),
    "supplement": ("chair_review", "route", "merge", "withdraw"),
    "routed": ("assign", "route", "merge", "withdraw"),
    "returned": ("assign", "route", "merge", "withdraw"),
    "handling": ("reply", "supervise", "assign", "hand_back", "extend", "route", "merge", "withdraw"),
    "rehandling": ("reply", "supervise", "assign", "hand_back", "extend", "withdraw"),
    "to_county": ("reply", "route", "merge", "withdraw"),
    "answered": ("ask", "assign", "reply", "supervise", "withdraw"),
    "redo": ("assign", "supervise", "withdraw"),
    "presidium": ("rule", "withdraw"),
    # A unit's paper may still come after an answer on the spot, and once more when a plan is carried out.
    "closed": ("ask", "reply", "archive"),
    "unreached": ("ask", "archive"),
    "to_tell": ("tell", "route", "withdraw"),
    "guided": ("route", "archive"),
    "converted": ("archive",),
    "merged": ("take_apart", "archive"),
    "withdrawn": ("route", "archive"),
}
_SUGGESTION: StepTable = {
    "registered": ("route", "assign", "merge", "withdraw"),
    "review": ("screen", "merge", "withdraw"),
    "revise": ("screen", "withdraw"),
    "routed": ("assign", "route", "merge", "withdraw"),
    "returned": ("assign", "route", "withdraw"),
    "handling": (
        "reply",
        "consult",
        "co_handle",
        "supervise",
        "assign",
        "hand_back",
        "extend",
        "merge",
        "withdraw",
    ),
    "rehandling": (
        "reply",
        "consult",
        "co_handle",
        "supervise",
        "assign",
        "hand_back",
        "extend",
        "withdraw",
    ),
    "to_county": ("reply", "route", "withdraw"),
    "answered": ("ask", "inform", "co_handle", "assign", "reply", "consult", "supervise", "withdraw"),
    # Joint deputies may still say what they think of the reply the leading one was not satisfied with.
    "redo": ("assign", "supervise", "ask", "withdraw"),
    "presidium": ("rule", "withdraw"),
    "closed": ("ask", "inform", "archive"),
    "unreached": ("ask", "archive"),
    "guided": ("archive",),
    "converted": ("archive",),
    "merged": ("take_apart", "archive"),
    "withdrawn": ("archive",),
    "to_opinion": ("archive",),
}
_ARCHIVED: tuple[Act, ...] = ("open_archive",)
"""What is archived stays as it is until it is taken out with a reason."""
_NOT_HANDED_OVER = ("review", "revise", "routed", "returned")
_BILL: StepTable = {
    **_SUGGESTION,
    **{code: (*_SUGGESTION[code], "turn_bill") for code in _NOT_HANDED_OVER},
}
_TABLES: Mapping[str, StepTable] = {
    "opinion": _OPINION,
    "petition": _OPINION,
    "suggestion": _SUGGESTION,
    "bill": _BILL,
}
STAGES = ("office", "government", "deputies")
"""The three looks at a suggestion in their order: 人大初审, 政府联审, 代表协审."""
_OF_COUNTY: Mapping[Act, tuple[str, ...]] = {
    "county_assign": ("to_county",),
    "county_supervise": ("to_county", "answered"),
    "county_reply": ("to_county", "answered"),
    "county_decide": ("to_county",),
}
"""From which states a step of the county moves a referred matter; no township takes one."""
_WORDS: Mapping[Act, str] = {
    "route": "梳理分流",
    "assign": "交办",
    "hand_back": "登记退回",
    "extend": "延期",
    "supervise": "督办",
    "reply": "登记答复",
    "ask": "反馈评价",
    "rule": "主席团研究",
    "merge": "合并办理",
    "take_apart": "拆开单独办理",
    "withdraw": "撤回",
    "keep_promise": "核实承诺",
    "screen": "登记审查",
    "co_handle": "增加协办",
    "tell": "登记告知",
    "consult": "面商",
    "inform": "答复送代表",
    "turn_bill": "议案转建议",
    "chair_review": "主席审阅",
    "archive": "归档",
    "open_archive": "取消归档",
    "county_assign": "县级交办",
    "county_supervise": "县级督办",
    "county_reply": "县级答复",
    "county_decide": "县级处理",
}
_ASSIGN_WORDS: Mapping[str, str] = {
    "returned": "改派",
    "handling": "改派",
    "rehandling": "改派",
    "answered": "退回承办",
    "redo": "重新交办",
}


def allowed(code: str, track: str = "opinion", *, archived: bool = False) -> tuple[Act, ...]:
    """The acts that are open from a state, the usual next one first; promises may be looked after at any time
    until the matter is archived.
    """
    if archived:
        return _ARCHIVED
    return _TABLES.get(track, _OPINION).get(code, ())


def words_of(act: Act, code: str) -> str:
    """What the act is called from this state: 交办, 改派, 重新交办 are one act."""
    if act == "assign":
        return _ASSIGN_WORDS.get(code, _WORDS[act])
    if act == "route" and code != "registered":
        return "重新分流"
    return _WORDS[act]


def act_of(step: StepRecord) -> Act:
    """The act a step record is the trace of."""
    match step:
        case Routing():
            routes: Mapping[str, Act] = {
                "merged": "merge",
                "taken_apart": "take_apart",
                "withdrawn": "withdraw",
            }
            return routes.get(step.route, "route")
        case Assignment():
            return "assign"
        case Reply():
            return "reply"
        case Satisfaction():
            return "ask"
        case HandBack():
            return "hand_back"
        case Extension():
            return "extend"
        case Supervision():
            return "supervise"
        case Ruling():
            return "turn_bill" if step.decision == "to_suggestion" else "rule"
        case PromiseResult():
            return "keep_promise"
        case Screening():
            return "screen"
        case CoHandling():
            return "co_handle"
        case Telling():
            return "tell"
        case Consultation():
            return "consult"
        case Informing():
            return "inform"
        case ChairReview():
            return "chair_review"
        case Archiving():
            return "archive"
        case ArchiveOpening():
            return "open_archive"
        case CountyAssignment():
            return "county_assign"
        case CountySupervision():
            return "county_supervise"
        case CountyReply():
            return "county_reply"
        case CountyDecision():
            return "county_decide"


def heeds_county(act: Act, code: str) -> bool:
    """Whether a step of the county means anything to a matter in this state: it was sent up and not taken back."""
    return code in _OF_COUNTY.get(act, ())


def may(step: StepRecord, code: str, track: str, *, archived: bool = False) -> bool:
    """Whether the step is open from this state."""
    act = act_of(step)
    return (act == "keep_promise" and not archived) or act in allowed(code, track, archived=archived)


def what_is_allowed(code: str, track: str, *, archived: bool = False, without: Iterable[Act] = ()) -> str:
    """梳理分流、合并办理、撤回: the acts open from a state in the clerk's words."""
    left_out = set(without)
    acts = allowed(code, track, archived=archived)
    return "、".join(words_of(act, code) for act in acts if act not in left_out)
