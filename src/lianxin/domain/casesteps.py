"""Which steps a matter may take from where it stands: one table a track, the same for page, desk and command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    Assignment,
    CoHandling,
    Extension,
    HandBack,
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
    "withdraw", "keep_promise", "screen", "co_handle", "tell",
]  # fmt: skip
"""What is done with a matter; a step record is the trace of one of them."""

StepTable: TypeAlias = Mapping[str, tuple[Act, ...]]
Further: TypeAlias = (
    HandBack | Extension | Supervision | Ruling | PromiseResult | Screening | CoHandling | Telling
)
"""The steps beyond the four usual ones."""
StepRecord: TypeAlias = Routing | Assignment | Reply | Satisfaction | Further

FURTHER_KINDS: tuple[type[Further], ...] = (
    HandBack, Extension, Supervision, Ruling, PromiseResult, Screening, CoHandling, Telling
)  # fmt: skip
STEP_KINDS: tuple[type[Record], ...] = (Routing, Assignment, Reply, Satisfaction, *FURTHER_KINDS)
"""Every kind of record whose change may change where a matter stands."""

_OPINION: StepTable = {
    "registered": ("route", "merge", "withdraw"),
    "routed": ("assign", "route", "merge", "withdraw"),
    "returned": ("assign", "route", "merge", "withdraw"),
    "handling": ("reply", "supervise", "assign", "hand_back", "extend", "route", "merge", "withdraw"),
    "rehandling": ("reply", "supervise", "assign", "hand_back", "extend", "withdraw"),
    "to_county": ("reply", "route", "merge", "withdraw"),
    "answered": ("ask", "assign", "reply", "supervise", "withdraw"),
    "redo": ("assign", "supervise", "withdraw"),
    "presidium": ("rule", "withdraw"),
    # A unit's paper may still come after an answer on the spot, and once more when a plan is carried out.
    "closed": ("ask", "reply"),
    "unreached": ("ask",),
    "to_tell": ("tell", "route", "withdraw"),
    "guided": ("route",),
    "converted": (),
    "merged": ("take_apart",),
    "withdrawn": ("route",),
}
_SUGGESTION: StepTable = {
    "registered": ("route", "assign", "merge", "withdraw"),
    "review": ("screen", "merge", "withdraw"),
    "revise": ("screen", "withdraw"),
    "routed": ("assign", "route", "merge", "withdraw"),
    "returned": ("assign", "route", "withdraw"),
    "handling": ("reply", "co_handle", "supervise", "assign", "hand_back", "extend", "merge", "withdraw"),
    "rehandling": ("reply", "co_handle", "supervise", "assign", "hand_back", "extend", "withdraw"),
    "to_county": ("reply", "route", "withdraw"),
    "answered": ("ask", "co_handle", "assign", "reply", "supervise", "withdraw"),
    "redo": ("assign", "supervise", "withdraw"),
    "presidium": ("rule", "withdraw"),
    "closed": ("ask",),
    "unreached": ("ask",),
    "guided": (),
    "converted": (),
    "merged": ("take_apart",),
    "withdrawn": (),
    "to_opinion": (),
}
_TABLES: Mapping[str, StepTable] = {
    "opinion": _OPINION,
    "petition": _OPINION,
    "suggestion": _SUGGESTION,
    "bill": _SUGGESTION,
}
STAGES = ("office", "government", "deputies")
"""The three looks at a suggestion in their order: 人大初审, 政府联审, 代表协审."""
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
}
_ASSIGN_WORDS: Mapping[str, str] = {
    "returned": "改派",
    "handling": "改派",
    "rehandling": "改派",
    "answered": "退回承办",
    "redo": "重新交办",
}


def allowed(code: str, track: str = "opinion") -> tuple[Act, ...]:
    """The acts that are open from a state, the usual next one first; promises may be looked after at any time."""
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
            return "rule"
        case PromiseResult():
            return "keep_promise"
        case Screening():
            return "screen"
        case CoHandling():
            return "co_handle"
        case Telling():
            return "tell"


def may(step: StepRecord, code: str, track: str) -> bool:
    """Whether the step is open from this state."""
    act = act_of(step)
    return act == "keep_promise" or act in allowed(code, track)


def what_is_allowed(code: str, track: str, *, without: Iterable[Act] = ()) -> str:
    """梳理分流、合并办理、撤回: the acts open from a state in the clerk's words."""
    left_out = set(without)
    return "、".join(words_of(act, code) for act in allowed(code, track) if act not in left_out)
