"""Chooses a rule and a year: shared by the table of scores and the rules."""

from __future__ import annotations

from lianxin.domain.records import ScoreRule
from lianxin.office.desk import Desk
from lianxin.office.scoring.scores import level_words, rules
from lianxin.ui.pieces import QuietCombo
from lianxin.ui.theme import px

_YEARS_BACK = 5


class RuleCombo(QuietCombo):
    """The rules by name with whether they are in use."""

    def __init__(self, office: Desk) -> None:
        super().__init__("积分办法")
        self._office = office
        self.setMinimumWidth(px(330))

    def read(self) -> None:
        """Offer the rules there are now; what was chosen stays chosen."""
        kept = self.value()
        with self._office.store.reading() as reading:
            known = rules(reading)
        self.blockSignals(True)
        self.clear()
        for rule in known:
            self.addItem(rule_title(rule), rule.uid)
        self.blockSignals(False)
        self.set_value(kept)


class YearCombo(QuietCombo):
    """This year and some before."""

    def __init__(self, this_year: int) -> None:
        super().__init__("年度")
        for year in range(this_year, this_year - _YEARS_BACK - 1, -1):
            self.addItem(f"{year}年", str(year))

    def year(self) -> int:
        """The chosen year."""
        return int(self.value())

    def set_year(self, year: int) -> None:
        """Choose a year, offering it when it is further back."""
        if self.findData(str(year)) < 0:
            self.addItem(f"{year}年", str(year))
        self.set_value(str(year))


def rule_title(rule: ScoreRule) -> str:
    """启用 · 乡级 · 履职积分办法: what matters first, for a long name is cut."""
    level = level_words(rule.level) if rule.target == "deputy" else rule.shown("target")
    year = f"{rule.year}年" if rule.year else ""
    parts = ["启用" if rule.active else "停用", level, year, rule.name]
    return " · ".join(part for part in parts if part)
