"""The parts of a meeting beside its form and its list: notes, votes, ballots, and the quorum above them all."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from lianxin.office.desk import Desk as Office
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.meetings.ballots_panel import BallotsPanel
from lianxin.ui.meetings.notes_panel import NotesPanel
from lianxin.ui.meetings.quorum_line import QuorumLine
from lianxin.ui.meetings.votes_panel import VotesPanel
from lianxin.ui.pages import Desk


class MeetingParts:
    """Holds the panels by the key of their tab; all show the same meeting."""

    def __init__(self, window: Desk, office: Office, drafts: DraftKeeper) -> None:
        self.quorum = QuorumLine(office)
        self.notes = NotesPanel(window, office, drafts)
        self.votes = VotesPanel(window, office)
        self.ballots = BallotsPanel(window, office)
        self.panels: dict[str, QWidget] = {
            "notes": self.notes, "votes": self.votes, "ballots": self.ballots,
        }  # fmt: skip
        self._uid = ""

    def show_meeting(self, uid: str) -> None:
        """Show this meeting in every part."""
        self._uid = uid
        self.quorum.show_meeting(uid)
        self.notes.show_meeting(uid)
        self.votes.show_meeting(uid)
        self.ballots.show_meeting(uid)

    def show_item(self, item: str | None) -> None:
        """Have this item of the agenda on screen among notes and votes."""
        for panel in (self.notes, self.votes):
            panel.items.set_item(item)
            panel.refresh()

    def keep(self) -> None:
        """Keep what is typed."""
        self.votes.keep()
        self.ballots.keep()
