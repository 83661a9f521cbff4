"""评定办法 as a clerk writes it: from the published one, with a number of its own, then chosen for a vote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lianxin.domain.records import GradeRule, GradeStep
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.finding import StoreSearch
from lianxin.ui.pages import PageEntry
from lianxin.ui.reportback.rules_section import GradeRuleForm, GradeRulesSection
from lianxin.ui.shell import MainWindow
from tests.office.township import Township, new_township
from tests.ui.clerk import Clerk, page_of
from tests.ui.test_tally_section import picture


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    found = new_township(tmp_path)
    yield found
    found.desk.store.close()


def test_a_published_rule_needs_a_number_of_our_own(qtbot: QtBot, town: Township) -> None:
    keeper = DraftKeeper(town.desk, "one")
    entry = PageEntry(
        "rules", "评定办法", lambda w: GradeRulesSection(w, town.desk, keeper), kinds=("grade-rule",)
    )
    window = MainWindow([entry], office="石牌镇人大", search=StoreSearch(town.desk), clock=town.clock)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    section, clerk = page_of(window, "rules", GradeRulesSection), Clerk(qtbot, window)
    section.head().others[0].run()
    form = section.form
    assert isinstance(form, GradeRuleForm) and form.rule.value("document") == ""
    picture(window, "11-rule-sheet")
    form.submit()
    assert section.form is form, "without its document number it is not stored"
    form.rule.focus_field("document")
    clerk.say("石人〔2026〕3号").save()
    qtbot.waitUntil(lambda: section.list.shown_count() == 1)
    with town.desk.store.reading() as reading:
        (rule,), steps = reading.all(GradeRule), reading.all(GradeStep)
    assert (rule.active, rule.scheme, rule.base) == (False, "competent", "present"), "off by default"
    assert sorted((step.place, step.name, int(step.least)) for step in steps) == [
        (1, "称职代表", 80), (2, "基本称职代表", 50), (3, "不称职代表", 0),
    ]  # fmt: skip
    picture(window, "12-rule")
