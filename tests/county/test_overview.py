"""各乡镇报送情况: what is counted, what is late, what is said, on real files of real offices."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from lianxin.county.outgoing.receipts import write_receipts
from lianxin.county.received.return_files import files_of_return
from lianxin.county.returns.overview import Overview, Row, overview, period_now, period_shown
from lianxin.county.returns.overview_table import overview_xlsx
from lianxin.county.returns.overview_words import detail_line, head_line, missing_line, next_act, reminder
from lianxin.county.returns.stamped import tick_stamped, untick_stamped
from lianxin.county.returns.states import Return, Sent, return_of
from lianxin.county.townships.roster import Town, roster, roster_ever
from lianxin.county.units import note_code_change
from lianxin.domain.periods import Period
from lianxin.domain.records import Township
from lianxin.office.desk import Desk
from lianxin.office.receiving.questions import questions, resolve
from lianxin.office.receiving.receive import receive
from lianxin.office.receiving.taking_back import undo_receive
from tests.county.busy_morning import busy_morning
from tests.county.posts import Posts, posts_in

ZONE = timezone(timedelta(hours=8))
NOVEMBER = Period.parse("2026-11")


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as made:
        yield made


def told(posts: Posts, period: str = "2026-11") -> Overview:
    return overview(posts.county, period_shown(posts.county, period))


def row(found: Overview, name: str) -> Row:
    return next(each for each in found.rows if each.town.name == name)


def listed(desk: Desk, *towns: Township) -> None:
    with desk.store.writing(reason="登记乡镇") as writing:
        for each in towns:
            writing.put(replace(each, uid=writing.new_uid()))


def test_the_first_line_and_the_line_to_paste(posts: Posts) -> None:
    """One sent, two registered townships did not; the county's own clock says until when."""
    listed(posts.county, Township(uid="", code="439901109", name="龙潭镇", way="behalf"))
    posts.visit(posts.town)
    posts.receive(posts.send(posts.town))
    posts.offices.clock.now = datetime(2026, 11, 28, 17, 20, tzinfo=ZONE)
    found = told(posts)
    assert head_line(found) == "3 个乡镇：已收 1，未报 2"
    assert missing_line(found) == "截至11月28日17时，响水乡、龙潭镇等2个乡镇尚未报送"
    assert (
        missing_line(told(posts, "2026-10"))
        == "截至11月28日17时，石牌镇、响水乡、龙潭镇等3个乡镇尚未报送10月报表"
    )
    assert next_act(found, row(found, "龙潭镇")).words == "收到表格后代录"
    assert detail_line(found) == "应于12月3日前报送；未写回执1，盖章件未到1"
    assert period_now(posts.county) == NOVEMBER


def test_a_return_goes_through_receipt_and_stamped_paper_to_nothing_left(posts: Posts) -> None:
    posts.visit(posts.town)
    posts.receive(posts.send(posts.town))
    shown = row(told(posts), "石牌镇")
    assert (shown.shown.state, shown.shown.issue, shown.shown.source) == ("in", "第1期", "报送件")
    assert next_act(told(posts), shown).page == "returns"
    write_receipts(posts.county, to=posts.offices.folder / "down")
    assert next_act(told(posts), row(told(posts), "石牌镇")).words == "等盖章件"
    tick_stamped(posts.county, row(told(posts), "石牌镇").shown)
    ticked = row(told(posts), "石牌镇")
    assert ticked.shown.stamped is not None and ticked.shown.stamped.seq == 1
    assert next_act(told(posts), ticked).words == ""
    # A corrected one supersedes it: both stay, and its own stamped paper is asked for.
    posts.visit(posts.town, words="补报一件", day=5)
    posts.receive(posts.send(posts.town, folder="again"))
    corrected = row(told(posts), "石牌镇")
    assert corrected.shown.issue == "第2期（更正第1期）" and corrected.shown.stamped_behind
    assert len(files_of_return(posts.county, corrected.town, "2026-11")) == 2
    untick_stamped(posts.county, corrected.shown)
    assert row(told(posts), "石牌镇").shown.stamped is None


def test_what_waits_is_neither_in_nor_missing(posts: Posts) -> None:
    """Held behind a gap, tampered with, taken back: each row says so and where it is dealt with."""
    posts.visit(posts.town)
    first = posts.send(posts.town, folder="one")
    posts.visit(posts.town, day=4)
    second = posts.send(posts.town, folder="two")
    broken = shutil.copy(first, first.with_name("broken.zip.age"))
    Path(broken).write_bytes(Path(broken).read_bytes()[:-40])
    posts.receive(Path(broken))
    assert row(told(posts), "石牌镇").shown.missing, "a file nobody can open belongs to nobody"
    (verdict,) = posts.receive(first)
    assert verdict.bundle_id is not None
    undo_receive(posts.county, verdict.bundle_id)
    found = told(posts)
    assert head_line(found) == "2 个乡镇：已收 0，收到待处理 1，未报 1"
    assert next_act(found, row(found, "石牌镇")).page == "receive"
    assert missing_line(found).endswith("响水乡尚未报送")
    posts.receive(second)
    assert row(told(posts), "石牌镇").badge(date(2026, 11, 20)) == "已收"


def test_lateness_counts_from_the_first_month_nothing_new_came(posts: Posts) -> None:
    """Silent since October's due day; a file received after its day says how late it was."""
    posts.visit(posts.town)
    posts.offices.clock.now = datetime(2027, 1, 5, 9, tzinfo=ZONE)
    posts.receive(posts.send(posts.town))
    late = row(told(posts), "石牌镇")
    assert (late.shown.late, late.badge(date(2027, 1, 5))) == (33, "已收，迟33天")
    posts.offices.clock.now = datetime(2027, 3, 10, 9, tzinfo=ZONE)
    found = told(posts, "2027-02")
    silent = row(found, "石牌镇")
    assert [each.code for each in silent.owed] == ["2026-12", "2027-01", "2027-02"]
    assert silent.late == (date(2027, 3, 10) - date(2027, 1, 3)).days
    assert "2026年12月到2月" in reminder(found, silent) and silent.last_new == date(2027, 1, 5)
    assert next_act(found, silent).words == "打电话催报，2026年12月到2月都没有报"


def test_a_merged_township_reports_under_the_new_code_and_its_past_stays(posts: Posts) -> None:
    posts.visit(posts.town)
    posts.receive(posts.send(posts.town))
    posts.offices.clock.now = datetime(2026, 12, 20, 9, tzinfo=ZONE)
    note_code_change(posts.county, former="439901102", code="439901103", day=date(2026, 12, 1))
    before, after = told(posts), told(posts, "2026-12")
    assert head_line(before) == "2 个乡镇：已收 1，未报 1"
    assert [each.town.code for each in after.rows] == ["439901103"]
    assert after.rows[0].year["2026-11"].arrived, "what the former one sent stands under the one that goes on"


def test_the_roster_unites_records_and_desks(posts: Posts) -> None:
    listed(
        posts.county,
        Township(uid="", code="439901102", name="石牌古镇", position=2),
        Township(uid="", code="439901109", name="龙潭镇", position=1, since=date(2026, 12, 1)),
    )
    with posts.county.store.reading() as reading:
        assert [each.name for each in roster_ever(reading, date(2026, 11, 20))] == [
            "龙潭镇",
            "石牌古镇",
            "响水乡",
        ]
        assert [each.name for each in roster(reading, date(2026, 11, 20))] == ["石牌古镇", "响水乡"]
    found = told(posts)
    assert row(found, "龙潭镇").shown.state == "exempt" and len(found.asked) == 2


def test_the_table_goes_to_excel(posts: Posts) -> None:
    posts.visit(posts.town)
    posts.receive(posts.send(posts.town))
    found = told(posts)
    name, content = overview_xlsx(posts.county, found, found.rows)
    cells = [
        [each.value for each in line] for line in load_workbook(BytesIO(content)).worksheets[0].iter_rows()
    ]
    assert name == "各乡镇报送情况（2026年11月）.xlsx"
    assert cells[3][:5] == [1, "石牌镇", "已收", "第1期", "新增4"] and "已收 1，未报 1" in str(cells[1])
    _, content = overview_xlsx(posts.county, found, found.rows, year=True)
    cells = [
        [each.value for each in line] for line in load_workbook(BytesIO(content)).worksheets[0].iter_rows()
    ]
    assert cells[3][2:14] == ["·"] * 10 + ["✓1", "·"], "nothing is asked for before the first return"


# ---- any files in any order

STATES = ("accepted", "held", "aside", "taken_back", "refused")


@st.composite
def sent(draw: st.DrawFn) -> Sent:
    came = datetime(2026, 11, draw(st.integers(1, 28)), 9, tzinfo=ZONE)
    way, state = draw(st.sampled_from(("signed", "plain", "behalf"))), draw(st.sampled_from(STATES))
    return Sent(way, draw(st.integers(1, 20)), state, came, brought=(draw(st.integers(0, 3)), 0))


@given(st.lists(sent(), max_size=6), st.integers(0, 40))
def test_a_return_is_in_exactly_when_a_file_of_it_is(files: list[Sent], after: int) -> None:
    due, today = date(2026, 11, 15), date(2026, 11, 1) + timedelta(days=after)
    found = return_of("439901102", NOVEMBER, files, due=due, today=today)
    assert found.arrived == any(each.taken for each in files)
    assert found.missing == (not files)
    assert found.arrived + found.stuck + found.missing == 1, "counted once, in one of the three numbers"
    assert found == return_of("439901102", NOVEMBER, files[::-1], due=due, today=today) or len(
        {(each.came, each.seq) for each in files}
    ) < len(files)
    if found.arrived:
        first = min(each.came.date() for each in files if each.taken)
        assert found.late == max(0, (first - due).days) and found.last is not None and found.last.taken
    if found.missing:
        assert found.late == max(0, (today - due).days)


@given(st.integers(0, 40))
def test_few_missing_are_all_named_and_many_are_counted(count: int) -> None:
    rows = tuple(
        Row(Town(f"4399011{at:02d}", f"第{at}乡", "signed"), Return(f"{at}", NOVEMBER, "missing"), {})
        for at in range(count)
    )
    line = missing_line(Overview(NOVEMBER, (), None, datetime(2026, 11, 28, 17, tzinfo=ZONE), rows))
    named = line.count("乡、") + line.count("乡等") + line.count("乡尚")
    assert (line == "") == (count == 0)
    assert named == (count if count <= 8 else 5)
    assert (f"等{count}个乡镇" in line) == (count > 1)


# ---- a morning with a stick of everything


def test_every_row_of_a_busy_morning_says_its_next_act(tmp_path: Path) -> None:
    """Good, behind a gap, in conflict, put aside and changed files: each counted once, each with its page."""
    with busy_morning(tmp_path) as morning:
        county = morning.county
        list(receive(county, sorted(morning.stick.iterdir())))
        found = overview(county, NOVEMBER)
        after = {each.shown.trouble.state for each in found.rows if each.shown.trouble is not None}
        assert after == {"held", "aside"}, "the changed copy lay beside its good twin"
        badges = {each.badge(found.today) for each in found.rows}
        assert {"已收", "暂存等待", "另存待查"} <= badges, badges
        assert all(
            sum((each.shown.arrived, each.shown.stuck, each.shown.missing)) == 1 for each in found.rows
        )
        for each in found.rows:
            act = next_act(found, each)
            assert not each.to_decide or act.page, f"{each.town.name}: {act.words} leads nowhere"
        (asked,) = (each for each in found.rows if each.questions)
        assert asked.badge(found.today) == f"待确认{asked.questions}处" and asked.shown.arrived
        assert not any(each.name in missing_line(found) for each in (asked.town,))
        for question in questions(county, answered=False):
            resolve(county, question.id)
        again = overview(county, NOVEMBER).row(asked.town.code)
        assert again is not None and again.questions == 0, (
            "given back to the township: nothing to decide here"
        )
