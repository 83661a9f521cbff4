"""Which acts a matter offers in its state, the next one first, and the sheet each is filled in on."""

from __future__ import annotations

from collections.abc import Callable

from lianxin.office.case_file import CaseFile
from lianxin.office.desk import Desk
from lianxin.ui.opinions.act_form import ActForm
from lianxin.ui.opinions.matter_forms import EditForm, MergeForm
from lianxin.ui.opinions.step_forms import AssignForm, FeedbackForm, ReplyForm, RouteForm
from lianxin.ui.pick_editor import Lookup

Maker = Callable[[Desk, Lookup, CaseFile], ActForm]

ROUTE, ASSIGN, REASSIGN, REDO = "梳理分流", "交办", "改派", "重新交办"
REPLY, FEEDBACK, EDIT, MERGE, ROUTE_ANEW = "登记答复", "反馈评价", "修改", "合并办理", "重新分流"

_BY_STATE: dict[str, tuple[str, ...]] = {
    "registered": (ROUTE,),
    "routed": (ASSIGN, ROUTE_ANEW),
    "handling": (REPLY, REASSIGN, ROUTE_ANEW),
    "rehandling": (REPLY, REASSIGN),
    "to_county": (REPLY, ROUTE_ANEW),
    "answered": (FEEDBACK, REASSIGN),
    "redo": (REDO,),
    "presidium": (REDO,),
    "unreached": (FEEDBACK,),
    "closed": (FEEDBACK,),
    "guided": (ROUTE_ANEW,),
    "withdrawn": (ROUTE_ANEW,),
}


def acts_of(file: CaseFile) -> tuple[str, ...]:
    """The words of the acts, the next one first; 修改 always, 合并办理 while the matter is open."""
    first = _BY_STATE.get(file.state.code, ())
    if file.state.code == "closed" and file.state.satisfaction:
        first = ()
    merge = (MERGE,) if file.state.open and not file.opinion.merged_into and not file.merged else ()
    return (*first, EDIT, *merge)


def make_form(act: str, office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """The sheet of an act."""
    if act in (ASSIGN, REASSIGN, REDO):
        return AssignForm(office, lookup, file, act)
    if act == FEEDBACK:
        return FeedbackForm(office, file)
    makers: dict[str, Maker] = {
        ROUTE: RouteForm,
        ROUTE_ANEW: RouteForm,
        REPLY: ReplyForm,
        EDIT: EditForm,
        MERGE: MergeForm,
    }
    return makers[act](office, lookup, file)
