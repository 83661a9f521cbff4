"""Scores at the office: shipped rules copied off, tables from records, claims, finals, honours with their quota."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lianxin.domain.records import Attendance, Deed, Honour, ScoreClaim, ScoreItem, ScoreRule
from lianxin.domain.scoring.points import category_cap, rule_problems
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.records import new_uid, remove_record, save_record, undo_changes
from lianxin.office.scoring.honours import HonourRefused, advance, nominees, propose
from lianxin.office.scoring.papers import finish_scores, since_final, table_paper
from lianxin.office.scoring.scores import (
    ScoreProblem,
    ScoringStopped,
    book_named,
    decide_claim,
    score_table,
    switch_rule,
)
from lianxin.office.scoring.templates import copy_rule, copy_template, templates
from lianxin.store.reading import Condition
from tests.office.deputy_work import mandate_of, some_work
from tests.office.township import Township, new_township


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    some_work(made)
    yield made
    made.desk.store.close()


def test_the_shipped_rules_say_where_they_come_from_and_can_be_used(town: Township) -> None:
    assert [one.key for one in templates()] == ["ruzhou", "township", "unit", "yinchuan"]
    for template in templates():
        assert template.source
        uid, _ = copy_template(town.desk, template.key)
        with town.desk.store.reading() as reading:
            book = book_named(reading, uid)
        assert not book.rule.active, "off by default"
        assert rule_problems(book) == ()
        by_category: dict[str, list[ScoreItem]] = {}
        for item in book.items:
            by_category.setdefault(item.category, []).append(item)
        caps = [category_cap(items) for items in by_category.values()]
        assert sum(cap for cap in caps if cap is not None) == 100
    assert [(band.name, band.least) for band in book.bands] == [
        ("履职好", 80),
        ("履职较好", 60),
        ("履职差", 0),
    ]


def test_the_table_is_that_of_the_records_and_of_its_level(town: Township) -> None:
    uid, _ = copy_template(town.desk, "ruzhou")
    table = score_table(town.desk, uid, 2026)
    assert len(table.lines) == 4, "the township's deputies, not the county's"
    first = table.lines[0]
    assert (first.name, first.place) == ("龙志明", 1)
    points = {one.name: one.points for one in first.card.categories if one.points}
    assert points == {"出席人代会": 15, "学习培训": 3, "办好事实事": 5, "述职": 3}
    assert first.card.total == 26
    assert [line.place for line in table.lines[1:]] == [2, 2, 2]
    with pytest.raises(ScoringStopped):
        score_table(town.desk, uid, 2026, cancelled=lambda: True)


def test_every_change_of_a_record_changes_the_score(town: Township) -> None:
    uid, _ = copy_template(town.desk, "ruzhou")
    before = score_table(town.desk, uid, 2026).lines[0].card.total
    deed = Deed(
        uid=new_uid(town.desk), person=mandate_of(town, "龙志明").person, day=date(2026, 7, 1), what="修桥"
    )
    save_record(town.desk, deed)
    assert score_table(town.desk, uid, 2026).lines[0].card.total == before + 1
    save_record(town.desk, replace(deed, sort="charity"), opened=deed)
    assert score_table(town.desk, uid, 2026).lines[0].card.total == before + 5


def test_a_rule_is_used_only_when_it_is_whole(town: Township) -> None:
    rule = ScoreRule(uid=new_uid(town.desk), name="空办法")
    save_record(town.desk, rule)
    with pytest.raises(ScoreProblem, match="还没有积分项目"):
        switch_rule(town.desk, rule.uid, on=True)
    uid, _ = copy_template(town.desk, "ruzhou")
    switch_rule(town.desk, uid, on=True)
    copied, _ = copy_rule(town.desk, uid, "明年的办法")
    with town.desk.store.reading() as reading:
        book = book_named(reading, copied)
    assert (book.rule.active, len(book.items)) == (False, 17)


def test_claims_count_once_approved_with_their_evidence(town: Township) -> None:
    uid, _ = copy_template(town.desk, "ruzhou")
    with town.desk.store.reading() as reading:
        (item,) = reading.all(ScoreItem, Condition("category", "=", "接受媒体采访"))
    person = mandate_of(town, "向光明").person
    claim = ScoreClaim(
        uid=new_uid(town.desk),
        person=person,
        year=2026,
        item=item.uid,
        what="县电视台采访",
        points=Decimal(2),
    )
    save_record(town.desk, claim)
    with pytest.raises(ScoreProblem, match="佐证"):
        decide_claim(town.desk, claim.uid, approved=True, approver="王主席", day=date(2026, 11, 20))
    save_record(town.desk, replace(claim, evidence="报道截图"), opened=claim)
    line = next(one for one in score_table(town.desk, uid, 2026).lines if one.name == "向光明")
    assert line.card.total == 0
    decide_claim(town.desk, claim.uid, approved=True, approver="王主席", day=date(2026, 11, 20))
    line = next(one for one in score_table(town.desk, uid, 2026).lines if one.name == "向光明")
    assert line.card.total == 2


def test_a_final_table_keeps_its_rule_and_lists_what_changed(town: Township) -> None:
    uid, _ = copy_template(town.desk, "yinchuan")
    with pytest.raises(ScoreProblem, match="没有启用"):
        finish_scores(town.desk, score_table(town.desk, uid, 2026))
    switch_rule(town.desk, uid, on=True)
    sheet, _ = finish_scores(town.desk, score_table(town.desk, uid, 2026))
    assert "首次15分" in (sheet.rule_told or "")
    found = since_final(town.desk, score_table(town.desk, uid, 2026))
    assert found is not None and found[1] == ()
    with town.desk.store.reading() as reading:
        (deed,) = reading.all(Deed)
    save_record(town.desk, replace(deed, day=date(2025, 5, 1)), opened=deed)
    found = since_final(town.desk, score_table(town.desk, uid, 2026))
    assert found is not None
    assert [line[:12] for line in found[1]] == ["原来有：龙志明 总分26", "现在有：龙志明 总分21"]
    for form, start in (("docx", b"PK"), ("pdf", b"%PDF-"), ("xlsx", b"PK")):
        assert table_paper(town.desk, score_table(town.desk, uid, 2026), form=form)[1].startswith(start)
    assert make_paper(town.desk, "score-sheet", period="2026").startswith(b"PK")


def test_proposals_keep_to_exclusions_quota_and_chain(town: Township) -> None:
    found = nominees(town.desk, "township", 2026)
    excluded = {one.name: one.why_not for one in found.lines if one.why_not}
    assert excluded == {"向光明": "未经批准缺席人代会1次"}
    assert found.quota == 0, "20 % of four deputies is none"
    with pytest.raises(HonourRefused, match="名额已满"):
        propose(town.desk, found.lines[0], within=found)
    with pytest.raises(HonourRefused, match="不宜推荐"):
        propose(town.desk, found.lines[-1], within=found)
    propose(town.desk, found.lines[0], within=replace(found, quota=1))
    with town.desk.store.reading() as reading:
        (honour,) = reading.all(Honour)
    with pytest.raises(HonourRefused, match="不能直接到"):
        advance(town.desk, honour.uid, "granted", day=date(2026, 12, 1))
    advance(town.desk, honour.uid, "publicised", day=date(2026, 12, 1), until=date(2026, 12, 7))
    with pytest.raises(HonourRefused, match="公示到"):
        advance(town.desk, honour.uid, "granted", day=date(2026, 12, 7), authority="镇人大")
    advance(
        town.desk,
        honour.uid,
        "granted",
        day=date(2026, 12, 8),
        authority="镇人大主席团",
        document="石人〔2026〕9号",
    )
    with town.desk.store.reading() as reading:
        (honour,) = reading.all(Honour)
    assert (honour.state, honour.authority) == ("granted", "镇人大主席团")


def test_the_score_is_that_of_a_ledger_made_anew(town: Township) -> None:
    uid, _ = copy_template(town.desk, "ruzhou")
    with town.desk.store.reading() as reading:
        (deed,) = reading.all(Deed)
        lines = reading.all(Attendance)
    save_record(town.desk, replace(deed, sort="poor"), opened=deed)
    gone = remove_record(town.desk, Attendance, lines[0].uid)
    removed = score_table(town.desk, uid, 2026)
    town.desk.store.project_anew()
    assert score_table(town.desk, uid, 2026) == removed
    undo_changes(town.desk, gone)
    back = score_table(town.desk, uid, 2026)
    town.desk.store.project_anew()
    assert score_table(town.desk, uid, 2026) == back != removed
