"""述职评议会: the meetings at which deputies report to voters of one district."""

from __future__ import annotations

from lianxin.office.desk import Desk
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head, Page
from lianxin.ui.pieces import EmptyState


class SessionSection(Page):
    """The meetings left, the chosen one right."""

    def __init__(self, window: Window, office: Desk, drafts: DraftKeeper | None) -> None:
        super().__init__(window)
        self.office, self.drafts = office, drafts
        self.body.addWidget(EmptyState("述职评议会", "这里列出述职评议会。"), 1)

    def head(self) -> Head:
        return Head("述职评议")
