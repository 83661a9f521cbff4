"""Blank forms: which there are, which bear a 表号 and why others do not, and so many sheets of one in one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lianxin.office.desk import Desk
from lianxin.office.papers.catalogue import PAPERS, make_paper
from lianxin.office.paperwork.form_numbers import numbers_span, take_numbers
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.office.reception.contact_forms import CONTACT_PAPERS, blank_contact_forms
from lianxin.office.reception.visit_papers import blank_forms
from lianxin.store.writing import Change

_RECEPTION = "reception-form"
_LETTER = "公文用发文字号，不编表号。"
UNNUMBERED: Mapping[str, str] = {
    "ballot-paper": "测评表无记名，编了号就认得出是谁投的，不编表号。",
    "name-plates": "桌牌不用收回登记，不编表号。",
    **dict.fromkeys(("supervision-letter", "event-notice", "event-plan", "event-summary"), _LETTER),
    "visit-register-sheet": "Excel 文件可以一直往下填，不编表号。",
}
"""Blank papers without a 表号 → why."""
_NOT_A_FORM = ("quick-card",)
_PAGES = {"minutes": 2, "oath": 2, "report-blank": 2}
"""How many pages one sheet has, for programs that do not count those of a section."""


@dataclass(frozen=True)
class Blanks:
    """Sheets of a blank form, ready to be printed: file name, content, their numbers and what was written of those."""

    name: str
    content: bytes
    numbers: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def paper(self) -> tuple[str, bytes]:
        """As what shows papers takes it."""
        return self.name, self.content


def blank_titles() -> dict[str, str]:
    """Name → title of every blank form: those of contacts first, then those of other work."""
    contacts = (_RECEPTION, *(paper.name for paper in CONTACT_PAPERS))
    others = (paper.name for paper in PAPERS.values() if paper.blank and paper.name not in _NOT_A_FORM)
    return {name: PAPERS[name].label for name in (*contacts, *others)}


def print_blanks(desk: Desk, name: str, copies: int, *, numbered: bool, by: str = "") -> Blanks:
    """So many sheets in one file, each with its own 表号 if `numbered`. Raises PapersProblem; then no number was taken."""
    titles = blank_titles()
    if name not in titles:
        raise PapersProblem(f"“{name}”没有空白表，没有生成文件")
    if numbered and name in UNNUMBERED:
        raise PapersProblem(f"{UNNUMBERED[name]}没有生成文件")
    if not numbered:
        return Blanks(*blank_sheets(desk, name, ("",) * copies))
    taken = take_numbers(desk, copies, form=titles[name], by=by)
    return Blanks(*blank_sheets(desk, name, taken.numbers), taken.numbers, taken.changes)


def blank_sheets(desk: Desk, name: str, numbers: Sequence[str]) -> tuple[str, bytes]:
    """File name and content of one sheet for each number; "" for a sheet that bears none."""
    paper = PAPERS[name]
    if name == _RECEPTION:
        return blank_forms(desk, numbers)
    if name in {each.name for each in CONTACT_PAPERS}:
        return blank_contact_forms(desk, name, numbers)
    from lianxin.documents.forms.numbered_sheets import sheets_docx

    made = make_paper(desk, name)
    if paper.ending == ".docx":
        made = sheets_docx(made, numbers, pages=_PAGES.get(name, 1))
    return f"{paper.label.removesuffix('（空白）')}（空白）{numbers_span(numbers)}{paper.ending}", made
