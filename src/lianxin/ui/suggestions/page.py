"""代表议案建议: the page of the opinions over the deputies' own track, with its own words and sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from lianxin.domain.records import Suggestion
from lianxin.office.case_papers.case_file import CaseFile
from lianxin.office.desk import Desk
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.suggestions.file import matter_of_suggestion, suggestion_file
from lianxin.office.suggestions.papers import (
    face_reply,
    opinion_requests,
    reply_letter,
    suggestion_handovers,
    suggestion_ledger,
    suggestion_sheet,
)
from lianxin.office.suggestions.steps import BEFORE_HANDING_OVER
from lianxin.ui.attachments import AttachmentStrip
from lianxin.ui.opinions.act_form import ActForm
from lianxin.ui.opinions.acts import ASSIGNS, EDIT, acts_of, make_form
from lianxin.ui.opinions.detail import CaseDetail
from lianxin.ui.opinions.page import OpinionsPage, Words
from lianxin.ui.opinions.propose_form import ProposeForm
from lianxin.ui.pages import Head
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import Act
from lianxin.ui.printing import paper_folder, show_paper
from lianxin.ui.record_list import EmptyWords
from lianxin.ui.suggestions.deputies_forms import InformForm, JudgeForm, SignersForm
from lianxin.ui.suggestions.detail import SuggestionDetail
from lianxin.ui.suggestions.forms import (
    ChangeForm,
    RolesForm,
    co_handle_sheet,
    co_reply_sheet,
    consult_sheet,
    turn_bill_sheet,
)
from lianxin.ui.suggestions.hand_over_form import HandOverForm
from lianxin.ui.suggestions.screening_form import ScreeningForm
from lianxin.ui.suggestions.source import SuggestionSource

ROLES, CO_REPLY, SIGNERS, ASK, INFORM = "四方督办", "登记协办答复", "联名代表", "反馈评价", "答复送代表"
_SHEETS: dict[str, Callable[[Desk, Lookup, CaseFile], ActForm]] = {
    "登记审查": ScreeningForm,
    "增加协办": co_handle_sheet,
    CO_REPLY: co_reply_sheet,
    "面商": consult_sheet,
    "议案转建议": turn_bill_sheet,
}


class SuggestionsPage(OpinionsPage):
    """Same list, chips, keys and steps as the opinions; F2 takes in a suggestion or bill."""

    deputies = True
    words = Words(
        "代表议案建议",
        "这件建议",
        EmptyWords(
            "这里没有代表议案建议", "按 F2 登记，或在意见里选“转为代表建议”，就会列在这里。", "登记议案建议"
        ),
        ("还没有选中建议", "请在列表里选一件，这里显示它的审查和办理经过。"),
        short="建议",
    )
    ledger_name = "代表议案建议台账"
    sheet_label = "建议办理单"
    draft_kind = Suggestion.KIND

    def head(self) -> Head:
        others = (
            Act("导出 Excel", self.export, hint="现在列表里的议案建议，按台账格式"),
            Act("办理情况报告", self.print_report, hint="今年的，向人民代表大会报告并公开，不含个人信息"),
            Act("打印办理单", self.print_now, hint="Ctrl+P，选中的这件建议"),
            Act("打印交办单", self.print_handover, hint="选中的建议最近一次交办，一式三联，选多件时连着印"),
        )
        return Head("代表议案建议", Act("登记议案建议", self.register_new, "F2"), others)

    def paper_acts(self, file: CaseFile) -> Sequence[Act]:
        acts = []
        if file.case.replies:
            acts.append(
                Act("打印征询意见表", partial(self.print_paper, _of_first(opinion_requests), "征询意见表"))
            )
            acts.append(Act("打印答复函", partial(self.print_paper, _of_first(reply_letter), "答复函")))
        if file.case.assignments:
            acts.append(
                Act("打印当面答复记录", partial(self.print_paper, _of_first(face_reply), "当面答复记录"))
            )
        return [*super().paper_acts(file), *acts]

    def sheet_paper(self, office: Desk, uid: str) -> tuple[str, bytes]:
        return suggestion_sheet(office, uid)

    def print_handover(self) -> None:
        self.print_paper(suggestion_handovers, "交办单")

    def print_report(self) -> None:
        """The public report on the suggestions of this year."""
        year = f"{self.office.today():%Y}"
        made = make_paper(self.office, "suggestion-report", period=year)
        show_paper(
            self.desk,
            (f"代表建议办理情况报告_{year}年.docx", made),
            self.papers or paper_folder(),
            personal=False,
        )

    def workbook(self, uids: Sequence[str], narrowed: str) -> bytes:
        return suggestion_ledger(self.office, uids, narrowed=narrowed)

    def open_record(self, kind: str, uid: str) -> None:
        matter = matter_of_suggestion(self.office, kind, uid)
        if matter is not None and self.is_elsewhere(matter):
            self.show_matter(matter)
        else:
            super().open_record(kind, uid)

    def make_source(self) -> SuggestionSource:
        return SuggestionSource(self.office, self.book, deputies=True)

    def make_detail(self, attachments: AttachmentStrip) -> CaseDetail:
        return SuggestionDetail(self.lookup, attachments, partial(suggestion_file, self.office))

    def acts_of(self, file: CaseFile) -> Sequence[str]:
        told = suggestion_file(self.office, file)
        acts = [act for act in acts_of(file) if act != INFORM or told.to_inform]
        if file.state.co_waiting:
            acts.insert(1, CO_REPLY)
        if file.state.code in BEFORE_HANDING_OVER:
            acts.insert(1, SIGNERS)
        if file.state.open:
            acts.insert(min(4, len(acts) - 1), ROLES)
        return acts

    def make_sheet(self, act: str, file: CaseFile) -> ActForm:
        if act in _SHEETS:
            return _SHEETS[act](self.office, self.lookup, file)
        told = suggestion_file(self.office, file)
        if act in ASSIGNS:
            return HandOverForm(self.office, self.lookup, file, told, act)
        if act == SIGNERS:
            return SignersForm(self.office, self.lookup, file, told)
        if act == INFORM:
            return InformForm(self.office, file, told)
        if act == ASK and told.answers:
            return JudgeForm(self.office, file, told)
        if act == ROLES:
            return RolesForm(self.office, self.lookup, file, told)
        if act == EDIT:
            return ChangeForm(self.office, self.lookup, file, told)
        return make_form(act, self.office, self.lookup, file)

    def new_sheet(self, key: str) -> ActForm:
        return ProposeForm(self.office, self.lookup, key)


def _of_first(
    made: Callable[[Desk, str], tuple[str, bytes]],
) -> Callable[[Desk, Sequence[str]], tuple[str, bytes]]:
    """A paper of one matter, for a page that prints what is chosen."""

    def of_first(office: Desk, uids: Sequence[str]) -> tuple[str, bytes]:
        return made(office, uids[0])

    return of_first
