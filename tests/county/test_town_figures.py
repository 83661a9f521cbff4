"""A county's figures end to end: townships sent, records came late, totals were told; every number is explained."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from lianxin.bootstrap import App
from lianxin.cli.reports import COMMANDS as REPORTS
from lianxin.cli.saying import CommandProblem, Voice
from lianxin.cli.town_commands import COMMANDS, tell_by_township
from lianxin.county.figures.as_reported import as_reported
from lianxin.county.figures.bulletin import (
    bulletin_docx,
    bulletin_xlsx,
    bulletins,
    draft_bulletin,
    number_bulletin,
    numbers_words,
    town_table,
    void_bulletin_number,
)
from lianxin.county.figures.town_figures import counted_by_town, county_period, figures_by_town
from lianxin.county.figures.town_papers import town_book
from lianxin.county.figures.unit_scores import county_score_table
from lianxin.county.townships.belonging import belonging
from lianxin.documents.measuring.official_check import check_official
from lianxin.domain.canonical import JsonValue
from lianxin.domain.figures.summed import NOT_TOLD
from lianxin.domain.records import BehalfSource, Bulletin, Contact, DocumentLog, Township
from lianxin.office.scoring.scores import book_named
from lianxin.office.scoring.templates import copy_template
from tests.county.offices import OTHER, TOWN
from tests.county.posts import Posts, posts_in
from tests.ui.small_office import matter, unit

DAY = date(2026, 11, 4)


@contextmanager
def sent_in(folder: Path) -> Iterator[Posts]:
    """Two matters of one township and one of the other, all in."""
    with posts_in(folder) as made:
        for desk, times in ((made.town, 2), (made.offices.other, 1)):
            whose = unit(desk)
            for at in range(times):
                matter(desk, DAY, title=f"第{at}件", unit=whose)
            made.visit(desk)
            made.receive(made.send(desk))
        yield made


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Posts]:
    """For tests that leave the townships' records as they are."""
    with sent_in(tmp_path_factory.mktemp("county")) as made:
        yield made


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with sent_in(tmp_path) as made:
        yield made


def test_townships_stand_beside_their_sum_and_each_number_leads_to_its_records(shared: Posts) -> None:
    county = shared.county
    found = figures_by_town(county, county_period(county, "2026-11"))
    told = {line.town.name: line.figures for line in found.lines}
    assert list(told) == ["石牌镇", "响水乡"]
    assert [each["opinions"].value for each in told.values()] == [2, 1]
    assert found.whole["opinions"].value == 3 and found.whole.reconciliation.difference == 0
    with county.store.reading() as reading:
        owners = belonging(reading, Contact)
    assert {owners[uid] for uid in told["响水乡"]["contact_persons"].uids} == {OTHER}
    assert "各乡镇数相加" in found.whole["opinions"].definition
    assert found.whole["satisfaction_rate"].shown == "—", "no share of nothing"
    assert found.strangers == ()
    assert [point.value for point in found.by_town("opinions")] == [2, 1]


def test_places_are_told_only_when_asked(shared: Posts) -> None:
    found = figures_by_town(shared.county, county_period(shared.county, "2026-11"))
    assert found.places("opinions") == {TOWN: 1, OTHER: 2}
    assert found.places("received_persons")[OTHER] == 2
    assert not any("名次" in each.label for each in town_book(found, "县").columns)
    assert "名次" not in town_table(found, "").heads and town_table(found, "opinions").heads[-1] == "名次"


def test_another_cut_off_day_counts_other_days(shared: Posts) -> None:
    county = shared.county
    early = figures_by_town(county, county_period(county, "2026-11", cutoff=3))
    assert early.whole["opinions"].value == 0
    assert figures_by_town(county, county_period(county, "2026-12", cutoff=3)).whole["opinions"].value == 3


def test_what_came_after_the_signed_return_is_named_with_its_cause(posts: Posts) -> None:
    county = posts.county
    period = county_period(county, "2026-11")
    same = as_reported(county, period)
    assert same.differences == () and "一致" in same.words() and same.silent == ()
    late = matter(posts.town, DAY + timedelta(days=1), title="补登的一件")
    posts.offices.clock.now += timedelta(hours=1)
    # The late record travels with the next month's return; that of November stays as it was signed.
    from lianxin.office.figuring import period_of
    from lianxin.office.sending.report import send

    to = posts.offices.folder / "later"
    posts.receive(send(posts.town, period=period_of(posts.town, "2026-12"), to=to).path)
    found = as_reported(county, period)
    assert {each.town.code for each in found.differences} == {TOWN}
    (opinions,) = [each for each in found.differences if each.key == "opinions"]
    assert (opinions.then, opinions.now, opinions.change) == ("2", "3", "+1")
    assert opinions.causes == ("定稿以后补报意见建议1条",) and opinions.uids == (late,)
    assert found.then(TOWN, "opinions") == "2" and found.then(OTHER, "opinions") == "1"
    assert "石牌镇" in found.words() and "不影响接收" in found.words()


def test_totals_told_for_a_township_count_where_it_has_no_records(
    posts: Posts, capsys: pytest.CaptureFixture[str]
) -> None:
    county, code = posts.county, "439901199"
    totals = json.dumps({"opinions": 5, "assigned": 5, "due_closed_rate": "80.0%"})
    with county.store.writing(reason="代录") as writing:
        writing.put(Township(uid=writing.new_uid(), code=code, name="古坪乡", way="behalf"))
        for whose in (code, TOWN):
            source = BehalfSource(
                uid=writing.new_uid(), code=whose, period="2026-11", source="table", ledger="return", day=DAY,
                file_name="报表.xlsx", digest="0" * 64, batch="00000001", totals=totals,
            )  # fmt: skip
            with writing.on_behalf(whose):
                writing.put(source)
    with county.store.reading() as reading:
        found = counted_by_town(reading, county_period(county, "2026-11"), profile=county.profile)
    line = found.line(code)
    assert line is not None and line.told
    signed = found.line(TOWN)
    assert signed is not None and not signed.told, "a signed return replaces what was told on behalf"
    assert line.figures["opinions"].value == 5 and line.figures["symposiums"].shown == NOT_TOLD
    assert found.whole["opinions"].value == 8 and found.whole.reconciliation.difference == 0
    assert "1个乡镇没有报" in found.whole["due_closed_rate"].definition
    assert any("古坪乡按代录报表" in note for note in town_book(found, "县").notes)
    plain = Namespace(period="2026-11", by_township=False, xlsx=None, text=False)
    assert REPORTS["figures"](App(county.store.home, county), plain, Voice(as_json=True)) == 0
    shown = {line["name"]: line.get("shown") for line in told(capsys)}
    assert shown["opinions"] == "8", "without --by-township the county tells the same sum"


def test_a_bulletin_is_drafted_as_facts_changed_numbered_and_printed(shared: Posts) -> None:
    county = shared.county
    period = county_period(county, "2026-11")
    made, _ = draft_bulletin(county, period)
    assert made.title == "关于2026年11月各乡镇代表联络站工作情况的通报"
    assert "收集意见建议3条" in (made.overall or "") and "全县2个乡镇" in (made.overall or "")
    number, _ = number_bulletin(county, made.uid)
    assert number == "工作通报〔2026〕第1期" and number_bulletin(county, made.uid)[0] == number
    void_bulletin_number(county, made.uid, reason="重编")
    assert number_bulletin(county, made.uid)[0] == "工作通报〔2026〕第2期", (
        "a void issue is never given again"
    )
    with county.store.reading() as reading:
        assert "作废1个（1），下一个第3期" in numbers_words(reading, 2026)
        assert [each.number for each in bulletins(reading)] == ["工作通报〔2026〕第2期"]
        assert len(reading.all(DocumentLog)) == 2 and reading.count(Bulletin) == 1
    name, word = bulletin_docx(county, made.uid)
    assert name.endswith(".docx") and check_official(word) == ()
    assert bulletin_xlsx(county, made.uid)[1][:2] == b"PK"


def test_evaluation_rests_on_records_and_is_off_by_default(shared: Posts) -> None:
    county = shared.county
    townships, _ = copy_template(county, "township")
    units, _ = copy_template(county, "unit")
    with county.store.reading() as reading:
        assert not book_named(reading, townships).rule.active
    table = county_score_table(county, townships, 2026)
    assert {line.name for line in table.lines} == {"石牌镇", "响水乡"}
    by_category = {one.name: one for one in table.lines[0].card.categories}
    (delivery,) = by_category["报送及时"].items
    assert delivery.points == 20 and "2026年11月报表" in delivery.counted[0].words
    assert county_score_table(county, units, 2026).lines == (), (
        "nothing fell due yet: nobody is scored for nothing"
    )


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, JsonValue]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_command_line_tells_the_same(shared: Posts, capsys: pytest.CaptureFixture[str]) -> None:
    app, voice = App(shared.county.store.home, shared.county), Voice(as_json=True)
    asked = Namespace(period="2026-11", cutoff=None, rank="opinions", xlsx=None, text=False)
    assert tell_by_township(app, asked, voice) == 0
    lines = told(capsys)
    opinions = {line.get("township"): line for line in lines if line["name"] == "opinions"}
    assert {code: line["value"] for code, line in opinions.items()} == {TOWN: 2, OTHER: 1, None: 3}
    assert opinions[TOWN]["place"] == 1 and len(lines[-1]["parts"] or ()) == 8
    assert COMMANDS["as-reported"](app, asked, voice) == 0
    assert told(capsys)[-1]["differences"] == 0
    with pytest.raises(CommandProblem):
        tell_by_township(App(shared.town.store.home, shared.town), asked, voice)
