"""年度安排: who reports this year and how, per level, with the promises of January."""

from __future__ import annotations

from lianxin.office.desk import Desk
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head, Page
from lianxin.ui.pieces import EmptyState


class YearSection(Page):
    """The year's plan of one level: the deputies left, the chosen one right."""

    def __init__(self, window: Window, office: Desk, drafts: DraftKeeper | None) -> None:
        super().__init__(window)
        self.office, self.drafts = office, drafts
        self.body.addWidget(EmptyState("年度安排", "这里列出今年谁述职、怎样述职。"), 1)

    def head(self) -> Head:
        return Head("述职评议")
