"""The chosen suggestion: what an opinion shows, with its signers, its 案据 and 方案, the four roles, further units."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lianxin.domain.dates import show_day
from lianxin.domain.records import Signer
from lianxin.office.case_papers.case_file import CaseFile
from lianxin.office.numbers import short_number
from lianxin.office.suggestions.file import SuggestionFile
from lianxin.ui.attachments import AttachmentStrip
from lianxin.ui.opinions.detail import CaseDetail
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import Act, label

Told = Callable[[CaseFile], SuggestionFile]


class SuggestionDetail(CaseDetail):
    """`told_of` reads what makes the shown matter a suggestion."""

    def __init__(self, lookup: Lookup, attachments: AttachmentStrip, told_of: Told) -> None:
        self._told_of = told_of
        self._signers = label("", wrap=True)
        self._roles = label("", "soft", wrap=True)
        self._parts = label("", wrap=True)
        self._deputies = label("", wrap=True)
        self._handlers = label("", wrap=True)
        self._hard = label("", "soft", wrap=True)
        self._basis_head, self._basis = label("案据", "heading"), label("", wrap=True)
        self._plan_head, self._plan = label("方案", "heading"), label("", wrap=True)
        super().__init__(lookup, attachments)
        self._words_head.setText("案由")

    def show_file(self, file: CaseFile, acts: Sequence[Act]) -> None:
        super().show_file(file, acts)
        told = self._told_of(file)
        self._who.hide()
        when = f"{told.suggestion.shown('form')} · {told.when}"
        self._source.setText(f"{file.source_line.partition(' ')[0]} 提出 · {when}")
        self._signers.setText(told.signers_line)
        self._signers.setToolTip("\n".join(_signed(name, signer) for name, signer in told.signers))
        key = ("重点督办件",) if told.suggestion.key_matter else ()
        for line, lines in (
            (self._roles, [" · ".join((*key, *told.roles))]),
            (self._hard, _kept(told)),
            (self._parts, told.co_lines),
            (self._deputies, told.deputies_lines),
            (self._handlers, [told.handlers_line]),
        ):
            line.setText("\n".join(lines))
            line.setVisible(bool(line.text()))
        for head, body, words in (
            (self._basis_head, self._basis, told.suggestion.basis),
            (self._plan_head, self._plan, told.suggestion.proposal),
        ):
            body.setText(words or "")
            head.setVisible(bool(words))
            body.setVisible(bool(words))

    def texts(self) -> dict[str, str]:
        own = {
            "signers": self._signers.text(), "roles": self._roles.text(), "parts": self._parts.text(),
            "basis": self._basis.text(), "plan": self._plan.text(), "deputies": self._deputies.text(),
            "handlers": self._handlers.text(), "hard": self._hard.text(),
        }  # fmt: skip
        return {**super().texts(), **own}

    def add_beside(self) -> None:
        self.add(self._basis_head)
        self.add(self._basis)
        self.add(self._plan_head)
        self.add(self._plan)

    def add_first(self) -> None:
        self.add(self._signers)

    def add_more(self) -> None:
        for line in (self._deputies, self._parts, self._handlers, self._roles, self._hard):
            self.add(line)


def _signed(name: str, signer: Signer) -> str:
    return f"{name} {show_day(signer.signed)}签名" if signer.signed else f"{name} 签名日期未填"


def _kept(told: SuggestionFile) -> list[str]:
    """What else makes this one particular: an inquiry's object and question, hard, once a bill."""
    own, lines = told.suggestion, []
    if own.form == "inquiry":
        lines += [f"质询对象 {own.target or '未填'}", f"质询的问题 {own.question or '未填'}"]
    if own.hard:
        lines.append(f"难办：{own.hard_reason or '理由未填'}")
    if own.from_bill:
        number = f"（原议案{short_number(own.bill_number)}）" if own.bill_number else ""
        lines.append(f"议案转建议{number}")
    return lines
