"""测评: set up a vote by ballot, confirm its counts in one act, declare it void and vote again, correct it.

What is typed while counting lives in the draft only (`evaluation_drafts`); nothing of it reaches the journal before
`confirm`, and what does not add up is refused with the sentences the screen shows (docs/adr/0020-ballots.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lianxin.domain.records import Evaluation, GradeRule, GradeStep, TallyRow
from lianxin.domain.tally.arithmetic import CountedRow, Finding
from lianxin.domain.tally.counting import Ballots, Counting, rows_of, standing_against
from lianxin.domain.tally.rates import Step, base_of, grade, rule_problems, rule_words, steps_of
from lianxin.office.desk import Desk, office_of
from lianxin.office.evaluations.targets import Target, planned_rows, row_name, strangers_among
from lianxin.office.names import Names
from lianxin.office.numbers import next_number
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing

COUNTING = "evaluation-counting"
"""The kind under which the draft of a count is kept; its key is the uid of the evaluation."""
_KEPT = "已录入的内容都还在，没有改动"


class EvaluationRefused(Exception):
    """The act cannot be done; `problems` holds a sentence per field, `findings` what does not add up."""

    def __init__(
        self, message: str, *, problems: Mapping[str, str] | None = None, findings: Sequence[Finding] = ()
    ) -> None:
        self.problems, self.findings = dict(problems or {}), tuple(findings)
        self.message = f"{message}。{_KEPT}。"
        super().__init__(self.message)


@dataclass(frozen=True)
class SetUp:
    """A stored evaluation with what was written."""

    evaluation: Evaluation
    changes: tuple[Change, ...]


def set_up_evaluation(
    desk: Desk,
    evaluation: Evaluation,
    targets: Sequence[Target],
    *,
    opened: Evaluation | None = None,
    draft_key: str = "",
) -> SetUp:
    """新建测评, or 修改 before anything is confirmed: its targets become the rows of the sheet.

    Raises EvaluationRefused: no target, a deputy of another level or district than the meeting's, a rule of another
    scheme, counts that are confirmed already.
    """
    with desk.store.writing(reason="修改测评" if opened else "登记测评") as writing:
        reading = Reading(writing.connection)
        if opened is not None and opened.state != "planned":
            raise EvaluationRefused(f"这次测评{opened.shown('state')}，测评设置不能再改；票数有误请用“更正”")
        if not targets:
            raise EvaluationRefused("还没有测评对象", problems={"targets": "请填写测评对象"})
        if wrong := strangers_among(reading, evaluation, targets):
            raise EvaluationRefused(wrong, problems={"targets": wrong})
        _usable_rule(reading, evaluation)
        made = _numbered(writing, reading, evaluation)
        writing.put(made, opened=opened)
        _put_rows(writing, reading, made, targets)
        if draft_key:
            writing.forget_draft(Evaluation.KIND, draft_key)
        return SetUp(made, tuple(writing.changes))


def confirm(desk: Desk, evaluation: str, counting: Counting) -> tuple[Change, ...]:
    """确认结果: sheets, rows, grades and the rule's text in one act; the draft of the count goes with it.

    Raises EvaluationRefused with every sentence of what is missing or does not add up.
    """
    with desk.store.writing(reason="确认测评结果") as writing:
        reading = Reading(writing.connection)
        standing = evaluation_of(reading, evaluation)
        if standing.state != "planned":
            raise EvaluationRefused(f"这次测评{standing.shown('state')}，没有再次确认")
        _put_counts(writing, reading, standing, counting)
        writing.forget_draft(COUNTING, evaluation)
        return tuple(writing.changes)


def correct(desk: Desk, evaluation: str, counting: Counting, *, reason: str) -> tuple[Change, ...]:
    """更正: a confirmed result put right by an act of its own, with its reason. Raises EvaluationRefused."""
    why = reason.strip()
    if not why:
        raise EvaluationRefused("请写明更正的原因", problems={"correction": "请写明更正的原因"})
    with desk.store.writing(reason=f"更正测评结果：{why}") as writing:
        reading = Reading(writing.connection)
        standing = evaluation_of(reading, evaluation)
        if standing.state != "confirmed":
            raise EvaluationRefused("这次测评还没有确认过，直接改票数就可以")
        _put_counts(writing, reading, replace(standing, correction=why), counting)
        writing.forget_draft(COUNTING, evaluation)
        return tuple(writing.changes)


def declare_void(
    desk: Desk, evaluation: str, *, reason: str, sheets: Mapping[str, int | None] | None = None
) -> tuple[Change, ...]:
    """作废: what was counted of the sheets stays as the proof, no row does. Raises EvaluationRefused."""
    why = reason.strip()
    if not why:
        raise EvaluationRefused("请写明作废的原因", problems={"reason": "请写明作废的原因"})
    with desk.store.writing(reason=f"测评作废：{why}") as writing:
        standing = evaluation_of(Reading(writing.connection), evaluation)
        if standing.state == "void":
            raise EvaluationRefused("这次测评已经作废")
        told = _with_sheets(standing, sheets) if sheets else standing
        writing.put(replace(told, state="void", reason=why))
        writing.forget_draft(COUNTING, evaluation)
        return tuple(writing.changes)


def vote_again(desk: Desk, evaluation: str) -> SetUp:
    """重新投票: a new evaluation of the same targets that names the void one. Raises EvaluationRefused."""
    with desk.store.writing(reason="重新投票") as writing:
        reading = Reading(writing.connection)
        former = evaluation_of(reading, evaluation)
        if former.state != "void":
            raise EvaluationRefused("这次测评没有作废，不用重新投票；确要重投请先作废")
        again = Evaluation(
            uid=writing.new_uid(), name=former.name, day=former.day, target=former.target, scheme=former.scheme,
            unknown=former.unknown, aspects=former.aspects, session=former.session, place=former.place,
            base=former.base, grade_rule=former.grade_rule, caller=former.caller, counters=former.counters,
            scrutineers=former.scrutineers, reader=former.reader, repeats=former.uid,
        )  # fmt: skip
        made = _numbered(writing, reading, again)
        writing.put(made)
        for row in rows_in_order(reading, evaluation):
            writing.put(
                TallyRow(
                    uid=writing.new_uid(), evaluation=made.uid, place=row.place, person=row.person, unit=row.unit,
                    station=row.station, name=row.name, aspect=row.aspect,
                )
            )  # fmt: skip
        return SetUp(made, tuple(writing.changes))


# ---- what the other use cases of this room share ----------------------------------------------------


def evaluation_of(reading: Reading, uid: str) -> Evaluation:
    """The evaluation. Raises EvaluationRefused when it is not here any more."""
    found = reading.get(Evaluation, uid)
    if found is None:
        raise EvaluationRefused("没有找到这次测评，可能已经删除")
    return found


def rows_in_order(reading: Reading, evaluation: str) -> list[TallyRow]:
    """The rows of the sheet in its order."""
    return sorted(
        reading.children(TallyRow, "evaluation", [evaluation]), key=lambda row: (row.place, row.uid)
    )


def ballots_of(reading: Reading, evaluation: Evaluation) -> Ballots:
    """What its sheets hold, rows by name."""
    return _ballots(reading, evaluation, rows_in_order(reading, evaluation.uid))


def counted_records(
    reading: Reading,
    evaluation: Evaluation,
    rows: Sequence[TallyRow],
    counting: Counting,
    *,
    old: bool = False,
) -> tuple[Evaluation, list[TallyRow]]:
    """The vote and its rows as they are once these counts are confirmed. Raises EvaluationRefused.

    `old` is a vote of the past taken in from a summary: a number nobody wrote down then stays empty, but what is there
    must agree all the same.
    """
    ballots = _ballots(reading, evaluation, rows)
    found = [one for one in standing_against(ballots, counting) if not (old and one.severity == "missing")]
    if found:
        told = "；".join(each.words for each in found[:3]) + ("……" if len(found) > 3 else "")
        raise EvaluationRefused(f"票数还对不上，没有确认：{told}", findings=found)
    rule = _usable_rule(reading, evaluation)
    steps = _steps(reading, rule)
    confirmed = replace(
        _with_sheets(evaluation, counting.sheets),
        state="confirmed",
        double_entered=counting.double,
        base=rule.base if rule else evaluation.base,
        grade_rule_told=rule_words(rule, steps) if rule else None,
    )
    whole = base_of(confirmed.base, counting.sheets).number
    standing = {row.uid: row for row in rows}
    return confirmed, [
        _counted(standing[row.uid], row, grade(row.counts, steps, whole) or None)
        for row in rows_of(ballots, counting)
    ]


def _put_counts(writing: Writing, reading: Reading, evaluation: Evaluation, counting: Counting) -> None:
    rows = rows_in_order(reading, evaluation.uid)
    confirmed, counted = counted_records(reading, evaluation, rows, counting)
    writing.put(confirmed)
    for row in counted:
        writing.put(row)


def _ballots(reading: Reading, evaluation: Evaluation, rows: Sequence[TallyRow]) -> Ballots:
    names = Names(reading)
    return Ballots(
        evaluation.scheme, evaluation.unknown, tuple((row.uid, row_name(names, row)) for row in rows)
    )


def _counted(stored: TallyRow, row: CountedRow, graded: str | None) -> TallyRow:
    counts = {wire: row.counts.get(wire) for wire in ("first", "second", "third", "fourth", "unknown")}
    return replace(
        stored,
        first=counts["first"],
        second=counts["second"],
        third=counts["third"],
        fourth=counts["fourth"],
        unknown=counts["unknown"],
        abstained=row.counts.get("abstained"),
        void=row.counts.get("void"),
        points=row.points,
        grade=graded,
    )


def _with_sheets(evaluation: Evaluation, sheets: Mapping[str, int | None]) -> Evaluation:
    return replace(
        evaluation,
        expected=sheets.get("expected"),
        present=sheets.get("present"),
        issued=sheets.get("issued"),
        returned=sheets.get("returned"),
        valid=sheets.get("valid"),
        invalid=sheets.get("invalid"),
        blank=sheets.get("blank") or 0,
        several=sheets.get("several") or 0,
        illegible=sheets.get("illegible") or 0,
        altered=sheets.get("altered") or 0,
        unstated=sheets.get("unstated") or 0,
    )


def _usable_rule(reading: Reading, evaluation: Evaluation) -> GradeRule | None:
    """The rule the office chose, when it can be used for these ballots. Raises EvaluationRefused."""
    if evaluation.grade_rule is None:
        return None
    rule = reading.get(GradeRule, evaluation.grade_rule)
    if rule is None:
        raise EvaluationRefused("选用的评定办法已经删除，请另选一个，或不评等次")
    wrong = rule_problems(rule, _steps(reading, rule))
    if rule.scheme != evaluation.scheme:
        wrong["scheme"] = (
            f"评定办法用的是{rule.shown('scheme')}，这次测评是{evaluation.shown('scheme')}，不能用来评定"
        )
    if wrong:
        words = next(iter(wrong.values()))
        raise EvaluationRefused(words, problems={"grade_rule": words})
    return rule


def _steps(reading: Reading, rule: GradeRule | None) -> tuple[Step, ...]:
    return steps_of(reading.children(GradeStep, "grade_rule", [rule.uid])) if rule else ()


def _numbered(writing: Writing, reading: Reading, evaluation: Evaluation) -> Evaluation:
    if evaluation.number:
        return evaluation
    code = office_of(reading).code
    return replace(evaluation, number=next_number(writing, code, Evaluation, evaluation.day))


def _put_rows(writing: Writing, reading: Reading, evaluation: Evaluation, targets: Sequence[Target]) -> None:
    """Rows that stay keep their uid, so that a draft of the count still fits them."""
    standing = {_same(row): row for row in rows_in_order(reading, evaluation.uid)}
    wanted = planned_rows(evaluation, targets)
    for place, row in enumerate(wanted, 1):
        known = standing.pop(_same(row), None)
        writing.put(replace(known or replace(row, uid=writing.new_uid()), place=place))
    for gone in standing.values():
        writing.remove(TallyRow, gone.uid)


def _same(row: TallyRow) -> tuple[str | None, ...]:
    return (row.person, row.unit, row.station, row.name, row.aspect)
