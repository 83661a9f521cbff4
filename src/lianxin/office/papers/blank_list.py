"""The blank papers that bear no 表号, since nothing is typed in by one: which there are, and one of them."""

from __future__ import annotations

from lianxin.office.desk import Desk
from lianxin.office.papers.catalogue import PAPERS, make_paper

_LISTED = (
    "visit-register", "visit-register-sheet", "handover", "suggestion-handover", "supervision-letter",
    "opinion-request", "face-reply", "ballot-paper", "tally-sheet", "evaluation-summary", "sign-in-sheet",
    "event-notice", "event-agenda", "chair-script", "name-plates", "event-plan", "event-summary",
)  # fmt: skip


def other_blank_titles() -> dict[str, str]:
    """Name → title, in the order they are offered."""
    return {name: PAPERS[name].label for name in _LISTED}


def other_blank(desk: Desk, name: str) -> tuple[str, bytes]:
    """File name and content of one sheet."""
    paper = PAPERS[name]
    return f"{paper.label}（空白）{paper.ending}", make_paper(desk, name)
