"""测评 from its set-up to the confirmed result: nothing before, one act at confirmation, nothing that does not add up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lianxin.domain.records import Evaluation, GradeRule, GradeStep, Person, ReportSession, TallyRow
from lianxin.domain.tally.batches import Batch
from lianxin.domain.tally.counting import Counting
from lianxin.domain.tally.result import announcement, floor_note
from lianxin.office.evaluations.drafts import counting_now, counting_of, counting_payload
from lianxin.office.evaluations.evaluation import (
    EvaluationRefused,
    confirm,
    correct,
    declare_void,
    rows_in_order,
    set_up_evaluation,
    vote_again,
)
from lianxin.office.evaluations.result import evaluation_result
from lianxin.office.evaluations.targets import Target, targets_named
from lianxin.office.overview import overview
from lianxin.office.records import new_uid, undo_changes
from tests.office.township import Township, new_township

DAY = date(2026, 11, 18)
SHEETS = {
    "expected": 58,
    "present": 54,
    "issued": 54,
    "returned": 53,
    "valid": 52,
    "invalid": 1,
    "several": 1,
}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


def planned(
    town: Township,
    *names: str,
    scheme: str = "three",
    aspects: str | None = None,
    session: str | None = None,
    grade_rule: str | None = None,
) -> Evaluation:
    told = Evaluation(
        uid=new_uid(town.desk), name="石牌镇第3选区述职评议测评", day=DAY, scheme=scheme, aspects=aspects,
        session=session, grade_rule=grade_rule,
    )  # fmt: skip
    with town.desk.store.reading() as reading:
        targets, wrong = targets_named(reading, told.target, "、".join(names or ("龙志明", "向光明")))
    assert not wrong
    return set_up_evaluation(town.desk, told, targets).evaluation


def rows_of(town: Township, evaluation: str) -> list[TallyRow]:
    with town.desk.store.reading() as reading:
        return rows_in_order(reading, evaluation)


def counted(town: Township, evaluation: str, *lines: tuple[int, ...], **sheets: int) -> Counting:
    wires = ("first", "second", "third", "unknown", "abstained", "void")
    rows = rows_of(town, evaluation)
    first = {row.uid: dict(zip(wires, line, strict=True)) for row, line in zip(rows, lines, strict=True)}
    return Counting({**SHEETS, **sheets}, (Batch(first=first),))


def stored(town: Township, uid: str) -> Evaluation:
    with town.desk.store.reading() as reading:
        found = reading.get(Evaluation, uid)
    assert found is not None
    return found


ONE, TWO = (46, 4, 1, 0, 1, 0), (41, 8, 2, 0, 0, 1)


def test_a_vote_is_confirmed_in_one_act_and_can_be_taken_back(town: Township) -> None:
    vote = planned(town)
    assert vote.number == "439901102-2026-CP0001" and vote.state == "planned"
    changes = confirm(town.desk, vote.uid, counted(town, vote.uid, ONE, TWO))
    assert {change.kind for change in changes} == {"evaluation", "tally-row"}
    after = stored(town, vote.uid)
    assert (after.state, after.valid, after.several, after.double_entered) == ("confirmed", 52, 1, False)
    assert [(row.first, row.void, row.grade) for row in rows_of(town, vote.uid)] == [
        (46, 0, None),
        (41, 1, None),
    ]
    undo_changes(town.desk, changes)
    assert stored(town, vote.uid) == vote and rows_of(town, vote.uid)[0].first is None


def test_what_does_not_add_up_is_not_confirmed_and_said_with_its_numbers(town: Township) -> None:
    vote = planned(town)
    with pytest.raises(EvaluationRefused, match="龙志明：各项合计51票，有效票是52票，少1票") as refused:
        confirm(town.desk, vote.uid, counted(town, vote.uid, (45, 4, 1, 0, 1, 0), TWO))
    assert [each.row for each in refused.value.findings] == [rows_of(town, vote.uid)[0].uid]
    with pytest.raises(EvaluationRefused, match="收回票55张多于发出票54张，多1张，按规定这次测评无效"):
        confirm(town.desk, vote.uid, counted(town, vote.uid, ONE, TWO, returned=55))
    assert stored(town, vote.uid) == vote


def test_two_entries_must_agree_before_confirming(town: Township) -> None:
    vote = planned(town)
    once = counted(town, vote.uid, ONE, TWO)
    other = counted(town, vote.uid, (45, 5, 1, 0, 1, 0), TWO)
    both = once.with_totals(0, other.batches[0].first, second=True)
    with pytest.raises(EvaluationRefused, match="龙志明“满意”：第一遍46票，第二遍45票"):
        confirm(town.desk, vote.uid, both)
    confirm(town.desk, vote.uid, once.with_totals(0, once.batches[0].first, second=True))
    assert stored(town, vote.uid).double_entered


def test_batches_are_added_and_each_must_hold_its_sheets(town: Township) -> None:
    vote = planned(town)
    first = counted(town, vote.uid, (30, 0, 0, 0, 0, 0), (20, 8, 2, 0, 0, 0)).batches[0].first
    second = counted(town, vote.uid, (16, 4, 1, 0, 1, 0), (21, 0, 0, 0, 0, 1)).batches[0].first
    split = Counting(SHEETS, (Batch(31, first), Batch(21, second)))
    with pytest.raises(EvaluationRefused, match="第1批 龙志明：各项合计30票，本批有效票是31票"):
        confirm(town.desk, vote.uid, split)
    confirm(town.desk, vote.uid, Counting(SHEETS, (Batch(30, first), Batch(22, second))))
    assert [row.first for row in rows_of(town, vote.uid)] == [46, 41]


def test_a_draft_of_counters_comes_back_as_it_was(town: Township) -> None:
    vote = planned(town)
    counting = counted(town, vote.uid, ONE, TWO).with_sheet("valid", None)
    uids = frozenset(row.uid for row in rows_of(town, vote.uid))
    again = counting_of(counting_payload(counting), uids)
    assert (
        again.batches == counting.batches and again.sheets["valid"] is None and again.sheets["returned"] == 53
    )
    assert counting_of({}, uids) == Counting({}, (Batch(),))


def test_grades_only_by_a_rule_with_its_own_base_kept_with_the_result(town: Township) -> None:
    rule = GradeRule(
        uid=new_uid(town.desk), active=True, name="述职评议办法", document="石人〔2026〕3号", base="present"
    )
    steps = [("称职", 1, 80), ("基本称职", 1, 50), ("不称职", 1, 0)]
    with town.desk.store.writing(reason="t") as writing:
        writing.put(rule)
        for place, (name, marks, least) in enumerate(steps, 1):
            writing.put(
                GradeStep(
                    uid=writing.new_uid(), grade_rule=rule.uid, place=place, name=name, marks=marks,
                    least=Decimal(least),
                )
            )  # fmt: skip
    vote = planned(town, grade_rule=rule.uid)
    confirm(town.desk, vote.uid, counted(town, vote.uid, ONE, TWO))
    after = stored(town, vote.uid)
    assert after.base == "present"
    assert (after.grade_rule_told or "").startswith(
        "《述职评议办法》（石人〔2026〕3号）：以参评人数为基数，满意票达到80%为称职"
    )
    # 46/54 = 85.2 % and 41/54 = 75.9 %
    assert [row.grade for row in rows_of(town, vote.uid)] == ["称职", "基本称职"]
    with pytest.raises(EvaluationRefused, match="不能用来评定"):
        planned(town, grade_rule=rule.uid, scheme="four")


def test_deputies_of_one_vote_are_of_one_level_and_of_the_meetings_district(town: Township) -> None:
    with pytest.raises(EvaluationRefused, match="不是同一级"):
        planned(town, "周桂兰", "龙志明")
    with town.desk.store.writing(reason="t") as writing:
        session = ReportSession(uid=writing.new_uid(), day=DAY, level="county")
        writing.put(session)
    with pytest.raises(EvaluationRefused, match="龙志明不是这场述职评议会的县人大代表"):
        planned(town, "龙志明", session=session.uid)
    assert planned(town, "周桂兰", session=session.uid).session == session.uid
    with town.desk.store.reading() as reading:
        assert "没有在任代表“李四”" in targets_named(reading, "deputy", "龙志明、李四")[1]
        assert targets_named(reading, "report", "政府工作报告\n财政报告") == (
            [Target(name="政府工作报告"), Target(name="财政报告")], "",
        )  # fmt: skip


def test_void_and_again_keeps_the_proof_and_asks_anew(town: Township) -> None:
    vote = planned(town, aspects="出席会议、总体评价")
    assert len(rows_of(town, vote.uid)) == 4
    with pytest.raises(EvaluationRefused, match="写明作废的原因"):
        declare_void(town.desk, vote.uid, reason=" ")
    declare_void(town.desk, vote.uid, reason="收回票多于发出票", sheets={**SHEETS, "returned": 56})
    gone = stored(town, vote.uid)
    assert (gone.state, gone.returned, gone.reason) == ("void", 56, "收回票多于发出票")
    again = vote_again(town.desk, vote.uid).evaluation
    assert (again.repeats, again.state, again.number) == (vote.uid, "planned", "439901102-2026-CP0002")
    assert [row.aspect for row in rows_of(town, again.uid)] == ["出席会议", "总体评价"] * 2
    with pytest.raises(EvaluationRefused, match="没有作废"):
        vote_again(town.desk, again.uid)


def test_a_confirmed_result_is_put_right_by_an_act_with_its_reason(town: Township) -> None:
    vote = planned(town)
    confirm(town.desk, vote.uid, counted(town, vote.uid, ONE, TWO))
    better = counted(town, vote.uid, (45, 5, 1, 0, 1, 0), TWO)
    with pytest.raises(EvaluationRefused, match="没有再次确认"):
        confirm(town.desk, vote.uid, better)
    with pytest.raises(EvaluationRefused, match="更正的原因"):
        correct(town.desk, vote.uid, better, reason="")
    correct(town.desk, vote.uid, better, reason="计票单第一行看错一笔")
    assert stored(town, vote.uid).correction == "计票单第一行看错一笔"
    with town.desk.store.reading() as reading:
        row = rows_in_order(reading, vote.uid)[0]
        assert row.first == 45 and "看错一笔" in reading.history("tally-row", row.uid)[-1].reason
    with pytest.raises(EvaluationRefused, match="不能再改"):
        set_up_evaluation(
            town.desk, vote, [Target(person=town.uid(Person, "龙志明"))], opened=stored(town, vote.uid)
        )


def test_the_set_up_can_change_until_then_and_rows_that_stay_keep_their_counters(town: Township) -> None:
    vote = planned(town)
    before = rows_of(town, vote.uid)
    people = [town.uid(Person, name) for name in ("向光明", "单大贵")]
    set_up_evaluation(town.desk, vote, [Target(person=one) for one in people], opened=vote)
    after = rows_of(town, vote.uid)
    assert after[0].uid == before[1].uid and [row.place for row in after] == [1, 2]


def test_what_is_read_out_is_counts_and_rates_without_a_grade(town: Township) -> None:
    vote = planned(town)
    confirm(town.desk, vote.uid, counted(town, vote.uid, ONE, (52, 0, 0, 0, 0, 0)))
    told = announcement(evaluation_result(town.desk, vote.uid))
    assert told == (
        "石牌镇第3选区述职评议测评应到58人，实到54人，发出测评票54张，收回53张，未收回1张，其中有效票52张，无效票1张（每行都多选1张）。",
        "龙志明代表获满意票46张、基本满意票4张、不满意票1张，弃权1张，满意率88.5%。",
        "向光明代表获满意票52张，无基本满意和不满意票，满意率100.0%。",
        "以上比率以有效票52张为基数计算。",
    )
    assert "不到50人" in floor_note(46, town.desk.profile) and floor_note(50, town.desk.profile) == ""


def test_what_is_typed_is_found_again_from_the_draft(town: Township) -> None:
    vote = planned(town)
    with town.desk.store.reading() as reading:
        assert counting_now(reading, vote) == Counting()
    confirm(town.desk, vote.uid, counted(town, vote.uid, ONE, TWO))
    with town.desk.store.reading() as reading:
        assert counting_now(reading, stored(town, vote.uid)).batches[0].first[rows_of(town, vote.uid)[0].uid] == {
            "first": 46, "second": 4, "third": 1, "unknown": 0, "abstained": 1, "void": 0,
        }  # fmt: skip


def test_a_number_nobody_wrote_down_is_not_read_out(town: Township) -> None:
    vote = planned(town, "龙志明")
    told = announcement(evaluation_result(town.desk, vote.uid))
    assert told[0] == "石牌镇第3选区述职评议测评。" and not any("None" in sentence for sentence in told)


def test_a_vote_whose_day_came_waits_among_what_is_to_do_until_it_is_confirmed(town: Township) -> None:
    vote = planned(town)

    def waiting() -> list[str]:
        return [row.uid for row in overview(town.desk).to_do.rows() if row.kind == "evaluation"]

    assert waiting() == [vote.uid]
    confirm(town.desk, vote.uid, counted(town, vote.uid, ONE, TWO))
    assert waiting() == []
