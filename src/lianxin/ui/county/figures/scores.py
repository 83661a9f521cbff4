"""评价: townships or handling units beside each other by a rule of the county, each point with its records."""

from __future__ import annotations

from lianxin.county.figures.unit_scores import COUNTY_TARGETS, county_score_table
from lianxin.office.desk import Desk as Office
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head
from lianxin.ui.pieces import Act
from lianxin.ui.scoring.rule_section import RuleSection
from lianxin.ui.scoring.score_section import ScoreSection


class EvaluationSection(ScoreSection):
    """The table of a year; off until the county made a rule of its own and switched it on."""

    def __init__(self, window: Window, office: Office, drafts: DraftKeeper, *, title: str) -> None:
        super().__init__(window, office, drafts, title=title, table=county_score_table)

    def head(self) -> Head:
        """Nobody applies for points here: what counts are records."""
        others = (
            Act("导出 Excel", self.export),
            Act("年度定稿", self.finish, hint="连同所用办法存一份 PDF，以后有变化会列出来"),
        )
        return Head(self.title, Act("打印评价表", self.print_now, "F2"), others)


def rules_section(window: Window, office: Office, drafts: DraftKeeper, *, title: str) -> RuleSection:
    """The rules, with the shipped ones for townships and units to begin from."""
    return RuleSection(window, office, drafts, title=title, targets=COUNTY_TARGETS)
