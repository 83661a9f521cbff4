"""代表: roster, files, scores, rules and honours in one row of chips; each is a page in a module of its own."""

from __future__ import annotations

from lianxin.domain.records import (
    DeputyGroup,
    FinalSheet,
    GroupMember,
    Honour,
    Mandate,
    Person,
    ScoreBand,
    ScoreClaim,
    ScoreItem,
    ScoreRule,
)
from lianxin.office.desk import Desk
from lianxin.office.scoring.finals import SCORES
from lianxin.ui.deputies.files_section import FilesSection
from lianxin.ui.deputies.page import DeputiesPage
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.pages import Desk as Window
from lianxin.ui.scoring.honour_section import HonourSection
from lianxin.ui.scoring.rule_section import RuleSection
from lianxin.ui.scoring.score_section import ScoreSection
from lianxin.ui.sections import Section, SectionedPage

ROSTER_KINDS = (Person.KIND, Mandate.KIND, DeputyGroup.KIND, GroupMember.KIND)
RULE_KINDS = (ScoreRule.KIND, ScoreItem.KIND, ScoreBand.KIND)
DEPUTY_KINDS = (*ROSTER_KINDS, FinalSheet.KIND, ScoreClaim.KIND, *RULE_KINDS, Honour.KIND)
"""The kinds of record this page opens."""


class DeputiesDesk(SectionedPage):
    """花名册 · 履职档案 · 履职积分 · 积分办法 · 表彰推荐."""

    def __init__(self, window: Window, office: Desk, *, drafts: DraftKeeper | None = None) -> None:
        self._window, self._office, self._drafts = window, office, drafts
        sections = (
            Section("roster", "花名册", ROSTER_KINDS, self._roster),
            Section("files", "履职档案", (FinalSheet.KIND,), lambda: FilesSection(window, office, drafts)),
            Section("scores", "履职积分", (ScoreClaim.KIND,), self._scores),
            Section("rules", "积分办法", RULE_KINDS, lambda: RuleSection(window, office, drafts)),
            Section("honours", "表彰推荐", (Honour.KIND,), lambda: HonourSection(window, office, drafts)),
        )
        super().__init__(window, sections, name="代表的各部分")

    def open_record(self, kind: str, uid: str) -> None:
        if kind == FinalSheet.KIND and self._is_score(uid):
            self.choose("scores").open_record(kind, uid)
            return
        super().open_record(kind, uid)

    def _roster(self) -> DeputiesPage:
        made = DeputiesPage(self._window, self._office, drafts=self._drafts)
        made.file_wanted.connect(self.show_file)
        return made

    def _scores(self) -> ScoreSection:
        made = ScoreSection(self._window, self._office, self._drafts)
        made.rules_wanted.connect(self._show_rules)
        return made

    def show_file(self, person: str) -> None:
        """The file of a deputy, in the section of files."""
        files = self.choose("files")
        if isinstance(files, FilesSection):
            files.show_deputy(person)

    def _show_rules(self) -> None:
        self.choose("rules")

    def _is_score(self, uid: str) -> bool:
        with self._office.store.reading() as reading:
            sheet = reading.get(FinalSheet, uid)
        return sheet is not None and sheet.what == SCORES
