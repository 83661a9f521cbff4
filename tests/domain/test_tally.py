"""Arithmetic of ballots: what must agree is said with its numbers, shares are exact, order never matters."""

from __future__ import annotations

import itertools
from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.counts import percent
from lianxin.domain.records import GradeRule
from lianxin.domain.tally.arithmetic import (
    CAUSES,
    CountedRow,
    Finding,
    findings,
    marks_of,
    row_findings,
    row_sum,
    sheet_findings,
    unreturned,
)
from lianxin.domain.tally.batches import (
    LEAST_KEPT,
    Batch,
    add_ballot,
    begin_counting,
    difference_words,
    differences,
    may_be_kept,
    second_begun,
    summed,
)
from lianxin.domain.tally.rates import (
    Standing,
    Step,
    average,
    base_of,
    good_share,
    grade,
    ranked,
    rule_problems,
    rule_words,
    share,
)

SHEETS = {
    "expected": 58,
    "present": 54,
    "issued": 54,
    "returned": 53,
    "valid": 52,
    "invalid": 1,
    "several": 1,
}
MARKS = marks_of("three", unknown=True)
SCHEMES = st.tuples(st.sampled_from(("three", "four", "competent")), st.booleans())
M1 = (
    Step("称职代表", 1, Decimal(80)),
    Step("基本称职代表", 1, Decimal(50)),
    Step("不称职代表", 1, Decimal(0)),
)


def row(name: str, *counts: int | None) -> CountedRow:
    return CountedRow(name, name, dict(zip((mark.wire for mark in MARKS), counts, strict=False)))


def words(found: list[Finding] | tuple[Finding, ...]) -> list[str]:
    return [each.words for each in found]


# ---- the sheets


def test_sheets_that_agree_say_nothing() -> None:
    assert sheet_findings(SHEETS) == []
    assert unreturned(SHEETS) == 1


def test_each_disagreement_says_which_number_and_by_how_much() -> None:
    assert words(sheet_findings({**SHEETS, "present": 60})) == ["实到60人多于应到58人，多2人"]
    assert words(sheet_findings({**SHEETS, "issued": 55})) == ["发出票55张多于实到54人，多1张"]
    assert words(sheet_findings({**SHEETS, "valid": 50})) == [
        "有效票50张加无效票1张是51张，收回票是53张，少2张"
    ]
    assert words(sheet_findings({**SHEETS, "illegible": 2})) == ["无效票1张，写明原因的合计3张，多2张"]


def test_more_returned_than_issued_makes_the_vote_void() -> None:
    (found,) = sheet_findings({**SHEETS, "returned": 56, "valid": 55})
    assert found.severity == "void"
    assert found.words == "收回票56张多于发出票54张，多2张，按规定这次测评无效，应当重新投票"


def test_what_is_not_in_yet_is_asked_for_one_by_one() -> None:
    found = sheet_findings({})
    assert words(found) == [
        f"还没有填{name}" for name in ("应到", "实到", "发出票", "收回票", "有效票", "无效票")
    ]
    assert {each.severity for each in found} == {"missing"}


# ---- the rows


def test_a_row_says_by_how_much_it_is_off() -> None:
    assert row_findings(row("周桂兰", 46, 4, 1, 0, 1, 0), valid=52, marks=MARKS) == []
    (found,) = row_findings(row("龙志明", 41, 8, 2, 0, 0, 0), valid=52, marks=MARKS)
    assert found.words == "龙志明：各项合计51票，有效票是52票，少1票"
    (empty,) = row_findings(row("向光明", 41, 8), valid=52, marks=MARKS)
    assert empty.words == "向光明：还没有填“不满意”、“不了解”、“弃权”、“该行无效”" and empty.wire == "third"


def test_points_cannot_pass_a_hundred_a_sheet() -> None:
    marks = marks_of("percent", unknown=True)
    one = CountedRow("a", "张三", {"first": 50, "abstained": 1, "void": 1}, Decimal("5000.5"))
    (found,) = row_findings(one, valid=52, marks=marks, percent=True)
    assert found.words == "张三：总分5000.5不对，50张打分票最多5000分"
    assert average(Decimal("4555.5"), 50) == "91.11" and average(Decimal(1), 0) == "—"


def test_what_makes_the_vote_void_comes_first_and_what_is_missing_last() -> None:
    found = findings(
        {**SHEETS, "returned": 55, "valid": 54, "expected": None}, [row("周桂兰", 1, 1, 1, 1, 1, 1)],
        scheme="three", unknown=True,
    )  # fmt: skip
    assert [each.severity for each in found] == ["void", "wrong", "missing"]
    assert words(findings(SHEETS, [], scheme="three", unknown=True)) == ["还没有测评对象"]


@given(SCHEMES, st.integers(0, 500), st.data())
def test_a_row_made_of_whole_ballots_always_adds_up(
    scheme: tuple[str, bool], ballots: int, data: st.DataObject
) -> None:
    marks = marks_of(scheme[0], unknown=scheme[1])
    left, counts = ballots, {}
    for mark in marks[:-1]:
        counts[mark.wire] = data.draw(st.integers(0, left))
        left -= counts[mark.wire]
    counts[marks[-1].wire] = left
    counted = CountedRow("a", "a", counts)
    assert row_sum(counts, marks) == ballots
    assert row_findings(counted, valid=ballots, marks=marks) == []
    for wrong in (ballots - 1, ballots + 1):
        (found,) = row_findings(counted, valid=wrong, marks=marks)
        assert found.words.endswith("多1票" if wrong < ballots else "少1票")
    shares = [good_share(counts, upto, ballots) for upto in range(1, 5)]
    assert all(one is None or 0 <= one <= 1 for one in shares), "no share above 100 %"
    known = [one for one in shares if one is not None]
    assert known == sorted(known)


@given(st.integers(0, 90), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.data())
def test_sheets_are_accepted_exactly_when_every_sum_holds(
    valid: int, invalid: int, kept: int, away: int, data: st.DataObject
) -> None:
    returned = valid + invalid
    cause = data.draw(st.sampled_from([wire for wire, _ in CAUSES]))
    right: dict[str, int | None] = {
        "valid": valid, "invalid": invalid, "returned": returned, "issued": returned + kept,
        "present": returned + kept, "expected": returned + kept + away, cause: invalid,
    }  # fmt: skip
    assert sheet_findings(right) == []
    off = data.draw(st.sampled_from(("valid", "invalid", cause)))
    assert sheet_findings({**right, off: (right[off] or 0) + 1})
    assert any(one.severity == "void" for one in sheet_findings({**right, "issued": returned - 1}))


# ---- shares, places, grades


def test_a_share_is_compared_exactly_and_not_as_it_is_shown() -> None:
    counts = {"first": 323}
    value = good_share(counts, 1, 404)
    assert percent(value) == "80.0%" and value is not None and value < Fraction(80, 100)
    assert grade(counts, M1, 404) == "基本称职代表"
    assert grade({"first": 324}, M1, 405) == "称职代表", "exactly 80 % reaches it"
    assert grade({"first": 1}, M1, 2) == "基本称职代表" and grade({"first": 49}, M1, 99) == "不称职代表"
    assert grade({"first": 0}, M1, 0) == ""


def test_the_base_belongs_to_the_rule() -> None:
    sheets = {"valid": 52, "returned": 53, "present": 54}
    said = {code: percent(share(46, base_of(code, sheets).number)) for code in ("valid", "present")}
    assert said == {"valid": "88.5%", "present": "85.2%"}
    assert base_of("present", sheets).label == "参评人数"


@given(st.integers(0, 600), st.integers(1, 600), st.integers(0, 100))
def test_a_threshold_is_met_exactly(part: int, whole: int, least: int) -> None:
    steps = (Step("上", 1, Decimal(least)), Step("下", 1, Decimal(0)))
    met = grade({"first": part}, steps, whole) == "上"
    assert met == (part * 100 >= least * whole)


def test_equal_shares_share_a_place() -> None:
    told = ranked(
        [
            Standing("甲", 20, 25, 30),
            Standing("乙", 40, 50, 54),
            Standing("丙", 50, 50, 54),
            Standing("丁", 1, 50, 54),
        ]
    )
    assert [(one.uid, one.place, one.shared) for one in told] == [
        ("丙", 1, False), ("乙", 2, True), ("甲", 2, True), ("丁", 4, False),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), max_size=12), st.randoms())
def test_places_do_not_depend_on_the_order_of_the_rows(votes: list[tuple[int, int]], random: Random) -> None:
    standings = [Standing(str(at), min(v), max(v), max(v)) for at, v in enumerate(votes)]
    mixed = list(standings)
    random.shuffle(mixed)
    assert ranked(mixed) == ranked(standings)
    places = {one.uid: one.place for one in ranked(standings)}
    for one in standings:
        for other in standings:
            equal = one.best * other.whole == other.best * one.whole
            assert equal == (places[one.uid] == places[other.uid])


def test_a_rule_without_its_document_number_or_with_crossed_steps_is_none() -> None:
    rule = GradeRule(
        uid="r",
        name="述职评议办法",
        active=True,
        document="常发〔2005〕3号",
        scheme="competent",
        base="present",
    )
    assert rule_problems(rule, M1) == {}
    assert "高到低" in rule_problems(rule, tuple(reversed(M1)))["steps"]
    assert "只有3档" in rule_problems(rule, (Step("称职代表", 4, Decimal(80)),))["steps"]
    assert rule_problems(rule, ())["name"]
    assert "document" in rule_problems(GradeRule(uid="r", name="办法", document=" "), M1)
    assert rule_words(rule, M1) == (
        "《述职评议办法》（常发〔2005〕3号）：以参评人数为基数，称职票达到80%为称职代表，称职票达到50%为基本称职代表，其余为不称职代表"
    )


# ---- batches and ballots


def test_two_entries_are_compared_by_their_totals() -> None:
    one = Batch(30, {"a": {"first": 30, "second": 0}}, {"a": {"first": 30, "second": 0}})
    two = Batch(22, {"a": {"first": 20, "second": 2}}, {"a": {"first": 19, "second": 3}})
    marks = MARKS[:2]
    found = list(differences([one, two], ["a"], marks))
    assert [difference_words(each, "周桂兰", many=True) for each in found] == [
        "第2批 周桂兰“满意”：第一遍20票，第二遍19票", "第2批 周桂兰“基本满意”：第一遍2票，第二遍3票",
    ]  # fmt: skip
    assert summed([one, two], ["a"], marks) == {"a": {"first": 50, "second": 2}}
    assert second_begun([one, two]) and not second_begun([Batch(1, {"a": {"first": 1}})])
    assert summed([one, Batch(22)], ["a"], marks) == {"a": {"first": None, "second": None}}


@given(
    st.lists(st.lists(st.sampled_from([mark.wire for mark in MARKS]), min_size=3, max_size=3), max_size=60),
    st.randoms(),
)
def test_counters_know_nothing_of_the_order_of_ballots(ballots: list[list[str]], random: Random) -> None:
    rows = ["a", "b", "c"]
    sheets = [dict(zip(rows, each, strict=True)) for each in ballots]
    totals = begin_counting({}, rows, MARKS)
    for sheet in sheets:
        totals = add_ballot(totals, sheet)
    again = begin_counting({}, rows, MARKS)
    random.shuffle(sheets)
    for sheet in sheets:
        again = add_ballot(again, sheet)
    assert totals == again
    assert all(row_sum(counts, MARKS) == len(sheets) for counts in totals.values())
    for sheet in sheets:
        totals = add_ballot(totals, sheet, by=-1)
    assert totals == begin_counting({}, rows, MARKS), "every ballot can be taken back"


@given(st.integers(0, 300))
def test_no_two_kept_states_are_fewer_than_ten_ballots_apart(whole: int) -> None:
    kept = [0]
    for counted in range(1, whole + 1):
        if may_be_kept(counted, kept[-1], whole):
            kept.append(counted)
    kept.append(whole)
    if len(kept) > 2:
        assert all(later - earlier >= LEAST_KEPT for earlier, later in itertools.pairwise(kept))
        assert may_be_kept(whole, kept[-2], whole, leaving=True)
    assert not may_be_kept(11, 0, 15) and not may_be_kept(53, 40, 53)
    assert not may_be_kept(40, 0, None), "while the number of ballots is not known nothing is kept"
