"""Which acts a matter offers in its state, the next one first, and the sheet each is filled in on."""

from __future__ import annotations

from collections.abc import Callable

from lianxin.domain.casework.steps import allowed, words_of
from lianxin.domain.figures.opinion import OWN_TRACKS
from lianxin.office.case_papers.case_file import CaseFile
from lianxin.office.desk import Desk
from lianxin.ui.opinions.act_form import ActForm
from lianxin.ui.opinions.closing_forms import ArchiveForm, chair_sheet, open_archive_sheet
from lianxin.ui.opinions.elsewhere_forms import tell_sheet
from lianxin.ui.opinions.further_forms import (
    decide_extension_sheet,
    extension_sheet,
    hand_back_sheet,
    leaving_sheet,
    promise_sheet,
    ruling_sheet,
    supervise_sheet,
    supervision_answer_sheet,
)
from lianxin.ui.opinions.matter_forms import EditForm, MergeForm
from lianxin.ui.opinions.propose_form import ProposeForm
from lianxin.ui.opinions.step_forms import AssignForm, FeedbackForm, ReplyForm, RouteForm
from lianxin.ui.pick_editor import Lookup

Maker = Callable[[Desk, Lookup, CaseFile], ActForm]

EDIT, MERGE, PROMISE, CONVERT = "修改", "合并办理", "核实承诺", "转为代表建议"
DECIDE, ANSWERED = "审批延期", "督办回复"
ASSIGNS = ("交办", "改派", "退回承办", "重新交办")
_LEAVES = ("撤回", "拆开单独办理")
_MAKERS: dict[str, Maker] = {
    "梳理分流": RouteForm,
    "重新分流": RouteForm,
    "登记答复": ReplyForm,
    "督办": supervise_sheet,
    ANSWERED: supervision_answer_sheet,
    "登记退回": hand_back_sheet,
    "延期": extension_sheet,
    DECIDE: decide_extension_sheet,
    "主席团研究": ruling_sheet,
    PROMISE: promise_sheet,
    EDIT: EditForm,
    MERGE: MergeForm,
    "登记告知": tell_sheet,
    "主席审阅": chair_sheet,
    "归档": ArchiveForm,
    "取消归档": open_archive_sheet,
}


def acts_of(file: CaseFile) -> tuple[str, ...]:
    """The words of the acts, the next one first: what the table of steps allows, with what waits for an answer."""
    state = file.state
    if state.archived:
        return tuple(words_of(act, state.code) for act in allowed(state.code, archived=True))
    acts = [words_of(act, state.code) for act in allowed(state.code, file.opinion.track)]
    if state.referral is not None and state.referral.stage == "answered":
        # The county answered: its unit is the county's to urge, and 不满意 sends the matter back there by itself.
        acts = [act for act in acts if act not in ("督办", *ASSIGNS)]
    if file.merged or file.opinion.merged_into:
        acts = [act for act in acts if act != MERGE]
    if "route" in allowed(state.code, file.opinion.track) and file.opinion.track in OWN_TRACKS and state.open:
        acts.append(CONVERT)
    if file.open_supervision is not None and state.open:
        acts.insert(1, ANSWERED)
    if file.pending_extension is not None:
        acts.insert(0, DECIDE)
    if file.open_promise is not None:
        acts.insert(0 if not state.open else 1, PROMISE)
    return (*acts, EDIT)


def make_form(act: str, office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """The sheet of an act."""
    if act in ASSIGNS:
        return AssignForm(office, lookup, file, act)
    if act in _LEAVES:
        return leaving_sheet(office, lookup, file, act)
    if act == "反馈评价":
        return FeedbackForm(office, file)
    if act == CONVERT:
        return ProposeForm(office, lookup, f"convert-{file.opinion.uid}", file)
    return _MAKERS[act](office, lookup, file)
