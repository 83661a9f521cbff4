"""活动与会议: its sections in one row of chips; each is a page in a module of its own."""

from __future__ import annotations

from pathlib import Path

from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    Activity,
    ActivityStep,
    AgendaItem,
    AnnualTheme,
    Attendance,
    ContactPair,
    Decision,
    Meeting,
    MeetingBallot,
    Plan,
    PlanItem,
    Speech,
    ThemeTask,
)
from lianxin.office.desk import Desk
from lianxin.ui.activities.event_section import EventSection
from lianxin.ui.activities.year_section import YearSection
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.pages import Desk as Window
from lianxin.ui.sections import Section, SectionedPage

ACTIVITY_KINDS = (Activity.KIND, ActivityStep.KIND)
MEETING_PARTS = (AgendaItem, Speech, Decision, MeetingBallot)
MEETING_KINDS = (Meeting.KIND, *(cls.KIND for cls in MEETING_PARTS))
YEAR_KINDS = (AnnualTheme.KIND, ThemeTask.KIND, Plan.KIND, PlanItem.KIND, ContactPair.KIND)
EVENT_KINDS = (*ACTIVITY_KINDS, *MEETING_KINDS, Attendance.KIND)
"""The kinds of record this page opens."""


class MeetingsPage(SectionedPage):
    """履职活动 · 会议 · 年度计划与主题. A section is added here with one line."""

    def __init__(
        self, window: Window, office: Desk, *, drafts: DraftKeeper, papers: Path | None = None
    ) -> None:
        self.office = office
        sections = (
            Section(
                "activities", "履职活动", ACTIVITY_KINDS,
                lambda: EventSection(window, office, Activity, drafts, papers=papers),
            ),
            Section(
                "meetings", "会议", MEETING_KINDS,
                lambda: EventSection(window, office, Meeting, drafts, papers=papers),
            ),
            Section(
                "year", "年度计划与主题", YEAR_KINDS, lambda: YearSection(window, office, drafts, papers=papers)
            ),
        )  # fmt: skip
        super().__init__(window, sections, name="活动与会议的各部分")

    def open_record(self, kind: str, uid: str) -> None:
        part = next((cls for cls in MEETING_PARTS if kind == cls.KIND), None)
        if part is not None:
            with self.office.store.reading() as reading:
                found = reading.get(part, uid)
            if found is not None:
                super().open_record(Meeting.KIND, str(found.packed()["meeting"]))
                self._show_part(found)
            return
        if kind == Attendance.KIND:
            with self.office.store.reading() as reading:
                told = reading.get(Attendance, uid)
            if told is not None:
                super().open_record(told.owner_kind, told.owner)
            return
        super().open_record(kind, uid)

    def _show_part(self, part: Record) -> None:
        shown = self.section()
        if not isinstance(shown, EventSection):
            return
        if shown.detail.meeting is not None and isinstance(part, Decision | Speech):
            shown.detail.meeting.show_item(part.item)
        shown.detail.show_tab(_TABS.get(part.KIND, "agenda"))


_TABS = {Speech.KIND: "notes", Decision.KIND: "votes", MeetingBallot.KIND: "ballots"}
"""In which part of a meeting its own parts are seen."""
