"""来访事项告知单 made and shown, from the form of a visit and from its facts."""

from __future__ import annotations

from pathlib import Path

from lianxin.office.desk import Desk as Office
from lianxin.office.matter_papers import NoSuchMatter
from lianxin.office.telling_paper import telling_notice
from lianxin.ui.pages import Desk
from lianxin.ui.printing import show_paper


def show_notice(desk: Desk, office: Office, opinion: str, folder: Path) -> None:
    """Writes the paper of a matter that was guided elsewhere and opens it; says so when there is none."""
    try:
        paper = telling_notice(office, opinion)
    except NoSuchMatter as wrong:
        desk.tell(str(wrong))
        return
    show_paper(desk, paper, folder)
