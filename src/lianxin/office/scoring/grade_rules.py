"""评定办法: a rule with its steps stored as one, and published ways of grading to copy and change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lianxin.domain.records import Evaluation, GradeRule, GradeStep
from lianxin.domain.tally.rates import rule_problems, steps_of
from lianxin.installed import resource_dir
from lianxin.office.desk import Desk
from lianxin.office.records import RecordRefused
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change

_FOLDER = "grading"


@dataclass(frozen=True)
class GradeTemplate:
    """One shipped way of grading: where it was published, what is our own addition, and what a form begins with."""

    key: str
    name: str
    source: str
    note: str
    rule: Mapping[str, str]
    steps: Sequence[Mapping[str, str]]


def grade_templates() -> tuple[GradeTemplate, ...]:
    """The shipped ways in order of their file names; none is in use by itself."""
    return tuple(_read(path) for path in sorted((resource_dir() / _FOLDER).glob("*.json")))


def save_grade_rule(
    desk: Desk,
    rule: GradeRule,
    steps: Sequence[GradeStep],
    *,
    opened: GradeRule | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """The rule with its steps in order; steps that are not told any more go. Raises RecordRefused.

    A rule that is in use must be whole. Results confirmed by it keep the text it had then.
    """
    ordered = [replace(step, grade_rule=rule.uid, place=place) for place, step in enumerate(steps, 1)]
    wrong = rule_problems(rule, steps_of(ordered)) if rule.active else {}
    if wrong:
        raise RecordRefused(wrong)
    with desk.store.writing(reason=f"{'修改' if opened else '登记'}评定办法") as writing:
        reading = Reading(writing.connection)
        standing = grade_steps(reading, rule.uid)
        writing.put(rule, opened=opened)
        for place, step in enumerate(ordered):
            known = standing[place].uid if place < len(standing) else writing.new_uid()
            writing.put(replace(step, uid=known))
        for extra in standing[len(ordered) :]:
            writing.remove(GradeStep, extra.uid)
        if draft_key:
            writing.forget_draft(GradeRule.KIND, draft_key)
        return tuple(writing.changes)


def remove_grade_rule(desk: Desk, uid: str) -> tuple[Change, ...]:
    """Moves a rule with its steps to the 回收站. Raises RecordRefused while a vote names it."""
    with desk.store.writing(reason="删除评定办法") as writing:
        reading = Reading(writing.connection)
        used = reading.count(Evaluation, Condition("grade_rule", "=", uid))
        if used:
            raise RecordRefused({"name": f"有{used}次测评选用了这个办法，不能删除；不再用的请停用"})
        for step in grade_steps(reading, uid):
            writing.remove(GradeStep, step.uid)
        writing.remove(GradeRule, uid)
        return tuple(writing.changes)


def grade_steps(reading: Reading, rule: str) -> list[GradeStep]:
    """The steps of a rule, best first."""
    return sorted(reading.children(GradeStep, "grade_rule", [rule]), key=lambda step: step.place)


def _read(path: Path) -> GradeTemplate:
    told = json.loads(path.read_text("utf-8"))
    rule = {"name": told["name"], "scheme": told["scheme"], "base": told["base"], "source": told["source"]}
    steps = [{wire: str(value) for wire, value in step.items()} for step in told["steps"]]
    return GradeTemplate(path.stem, told["title"], told["source"], told["note"], rule, steps)
