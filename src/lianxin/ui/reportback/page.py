"""述职评议: its sections in one row of chips; each is a page in a module of its own."""

from __future__ import annotations

from lianxin.domain.records import (
    Commitment,
    Evaluation,
    GradeRule,
    GradeStep,
    Improvement,
    ReportAspect,
    ReportQuestion,
    ReportSession,
    TallyRow,
    YearReport,
)
from lianxin.office.desk import Desk
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.pages import Desk as Window
from lianxin.ui.reportback.rules_section import GradeRulesSection
from lianxin.ui.reportback.session_section import SessionSection
from lianxin.ui.reportback.tally_section import TallySection
from lianxin.ui.reportback.year_section import YearSection
from lianxin.ui.sections import Section, SectionedPage

YEAR_KINDS = (YearReport.KIND, Commitment.KIND, ReportAspect.KIND)
SESSION_KINDS = (ReportSession.KIND, ReportQuestion.KIND, Improvement.KIND)
TALLY_KINDS = (Evaluation.KIND, TallyRow.KIND)
RULE_KINDS = (GradeRule.KIND, GradeStep.KIND)
REPORT_KINDS = (*YEAR_KINDS, *SESSION_KINDS, *TALLY_KINDS, *RULE_KINDS)
"""The kinds of record this page opens."""


class ReportsPage(SectionedPage):
    """年度安排 · 述职评议会 · 测评计票 · 评定办法. A section is added here with one line."""

    def __init__(self, window: Window, office: Desk, *, drafts: DraftKeeper | None = None) -> None:
        sections = (
            Section("year", "年度安排", YEAR_KINDS, lambda: YearSection(window, office, drafts)),
            Section(
                "sessions",
                "述职评议会",
                SESSION_KINDS,
                lambda: SessionSection(window, office, drafts, ballot=self._begin_ballot),
            ),
            Section("tally", "测评计票", TALLY_KINDS, lambda: TallySection(window, office, drafts)),
            Section("rules", "评定办法", RULE_KINDS, lambda: GradeRulesSection(window, office, drafts)),
        )
        super().__init__(window, sections, name="述职评议的各部分")

    def _begin_ballot(self, session: str) -> None:
        """A vote on the deputies of a meeting, set up in its own section."""
        section = self.choose("tally")
        assert isinstance(section, TallySection)
        section.begin_for_session(session)
