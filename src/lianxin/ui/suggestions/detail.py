"""The chosen suggestion: what an opinion shows, with its signers, its 案据 and 方案, the four roles, further units."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lianxin.office.case_file import CaseFile
from lianxin.office.suggestion_file import SuggestionFile
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
        self._roles.setText(" · ".join(told.roles))
        self._roles.setVisible(bool(told.roles))
        self._parts.setText("\n".join(told.co_lines))
        self._parts.setVisible(bool(told.co_lines))
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
            "basis": self._basis.text(), "plan": self._plan.text(),
        }  # fmt: skip
        return {**super().texts(), **own}

    def add_beside(self) -> None:
        self.add(self._basis_head)
        self.add(self._basis)
        self.add(self._plan_head)
        self.add(self._plan)

    def add_first(self) -> None:
        self.add(self._signers)
        self.add(self._roles)
        self.add(self._parts)
