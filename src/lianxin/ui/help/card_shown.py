"""一页纸: the quick card made and shown as it prints."""

from __future__ import annotations

from lianxin.office.desk import Desk as Office
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.ui.pages import Desk
from lianxin.ui.printing import paper_folder, paper_problem, show_paper


def show_quick_card(window: Desk, office: Office) -> None:
    """Word, so that the office can write its own telephone numbers into it."""
    from lianxin.office.papers.catalogue import make_paper

    try:
        content = make_paper(office, "quick-card")
    except PapersProblem as wrong:
        paper_problem(window, wrong)
        return
    show_paper(window, ("连心一页纸.docx", content), paper_folder(), personal=False)
