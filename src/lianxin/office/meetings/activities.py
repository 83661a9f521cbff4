"""Activities of deputies: made with their list and steps, followed through, copied, taken away (domain.md 3.21)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from lianxin.domain.activity_steps import StepList, load_steps
from lianxin.domain.records import Activity, ActivityStep, Attendance, Deed, Expense
from lianxin.domain.validity import problems_of
from lianxin.installed import resource_dir
from lianxin.office.desk import Desk, office_of
from lianxin.office.meetings.attendance import (
    AttendanceList,
    ListFrom,
    attendance_list,
    list_of,
    put_expected,
)
from lianxin.office.numbers import next_number
from lianxin.office.records import RecordRefused, Saved, put_away
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing

STAGES = ("before", "during", "after")


@cache
def step_lists() -> StepList:
    """The lines that travel with the program (resources/activities/steps.json)."""
    return load_steps((resource_dir() / "activities" / "steps.json").read_text("utf-8"))


@dataclass(frozen=True)
class ActivityFile:
    """One activity with everything its page shows."""

    activity: Activity
    steps: tuple[ActivityStep, ...]
    people: AttendanceList
    expenses: tuple[Expense, ...]
    deeds: tuple[Deed, ...]

    @property
    def spent(self) -> Decimal:
        """Money of the expenses that name this activity; what stands on the activity itself when there are none."""
        return sum((each.money for each in self.expenses), Decimal()) or self.activity.money or Decimal()

    @property
    def steps_words(self) -> str:
        """3 / 10 项: how much of the list is done."""
        done = sum(step.done is not None for step in self.steps)
        return f"{done} / {len(self.steps)} 项" if self.steps else ""


def activity_file(desk: Desk, uid: str) -> ActivityFile | None:
    """The activity, or None when it is not here (any more)."""
    with desk.store.reading() as reading:
        activity = reading.get(Activity, uid)
        if activity is None:
            return None
        return ActivityFile(
            activity,
            steps=tuple(steps_of(reading, uid)),
            people=attendance_list(reading, uid),
            expenses=tuple(reading.children(Expense, "activity", [uid])),
            deeds=tuple(reading.children(Deed, "activity", [uid])),
        )


def steps_of(reading: Reading, activity: str) -> list[ActivityStep]:
    """The list before, during and after, in its order."""
    steps = reading.children(ActivityStep, "activity", [activity])
    return sorted(steps, key=lambda each: (STAGES.index(each.stage), each.place, each.uid))


def make_activity(
    desk: Desk,
    activity: Activity,
    *,
    source: ListFrom | None = None,
    with_steps: bool = True,
    draft_key: str = "",
) -> Saved:
    """Registers a new activity with its number, its list of steps, and the people of `source`.

    Raises RecordRefused, NobodyThere; nothing is stored then.
    """
    wrong = problems_of(activity, today=desk.today())
    if wrong:
        raise RecordRefused(wrong)
    with desk.store.writing(reason="登记履职活动") as writing:
        made = put_activity(writing, activity)
        if with_steps:
            _put_default_steps(writing, made)
        if source is not None:
            put_expected(writing, Activity.KIND, made.uid, source, made.day)
        if draft_key:
            writing.forget_draft(Activity.KIND, draft_key)
        return Saved(made, tuple(writing.changes))


def put_activity(writing: Writing, activity: Activity) -> Activity:
    """Stores a new activity with its number, inside a transaction."""
    code = office_of(Reading(writing.connection)).code
    made = replace(activity, number=next_number(writing, code, Activity, activity.day))
    writing.put(made)
    return made


def _put_default_steps(writing: Writing, activity: Activity) -> None:
    for place, (stage, what) in enumerate(step_lists().of(activity.activity_type), 1):
        writing.put(
            ActivityStep(
                uid=writing.new_uid(), activity=activity.uid, stage=stage, place=place, what=what
            )
        )  # fmt: skip


def copy_activity(desk: Desk, uid: str, *, day: date) -> Saved | None:
    """照上次再来一次: plan, place, people and steps of an earlier activity on a new day, nothing done yet.

    None when the earlier one is not here any more.
    """
    with desk.store.reading() as reading:
        old = reading.get(Activity, uid)
        steps = steps_of(reading, uid)
    if old is None:
        return None
    with desk.store.writing(reason="照上次再办活动") as writing:
        blank = replace(
            old, uid=writing.new_uid(), number=None, day=day, until=None, notes=None, summary=None,
            report_to=None, report_sent=None, report_due=None, feedback=None, money=None, opinions=None,
            cancelled=False, to_county=False, plan_item=None, remark=None,
        )  # fmt: skip
        made = put_activity(writing, blank)
        for step in steps:
            writing.put(replace(step, uid=writing.new_uid(), activity=made.uid, done=None, due=None))
        people = list_of(Reading(writing.connection), uid)
        for each in people:
            writing.put(
                Attendance(
                    uid=writing.new_uid(), owner_kind=Activity.KIND, owner=made.uid, place=each.place,
                    person=each.person, name=each.name, post=each.post, role=each.role,
                )
            )  # fmt: skip
        return Saved(made, tuple(writing.changes))


def tick_step(desk: Desk, uid: str, done: date | None) -> tuple[Change, ...]:
    """Marks one step as done on a day, or as not done."""
    with desk.store.writing(reason="活动步骤") as writing:
        step = Reading(writing.connection).get(ActivityStep, uid)
        if step is not None:
            writing.put(replace(step, done=done), opened=step)
        return tuple(writing.changes)


def change_step(desk: Desk, uid: str, what: str) -> tuple[Change, ...]:
    """Writes a step anew; an empty text takes it off the list."""
    with desk.store.writing(reason="修改活动步骤") as writing:
        step = Reading(writing.connection).get(ActivityStep, uid)
        if step is not None and what.strip():
            writing.put(replace(step, what=what.strip()[:80]), opened=step)
        elif step is not None:
            writing.remove(ActivityStep, uid)
        return tuple(writing.changes)


def add_step(desk: Desk, activity: str, *, stage: str, what: str) -> tuple[Change, ...]:
    """One more line at the end of a stage."""
    with desk.store.writing(reason="增加活动步骤") as writing:
        known = steps_of(Reading(writing.connection), activity)
        place = max((each.place for each in known), default=0) + 1
        if what.strip():
            writing.put(
                ActivityStep(
                    uid=writing.new_uid(), activity=activity, stage=stage, place=place, what=what.strip()[:80]
                )
            )  # fmt: skip
        return tuple(writing.changes)


def remove_activity(desk: Desk, uid: str) -> tuple[Change, ...]:
    """Moves an activity with its list and steps to the 回收站; all comes back together with 撤销.

    Raises StillUsed when deeds or expenses name it.
    """
    with desk.store.writing(reason="删除履职活动") as writing:
        reading = Reading(writing.connection)
        take_with(writing, uid)
        for step in reading.children(ActivityStep, "activity", [uid]):
            writing.remove(ActivityStep, step.uid)
        put_away(writing, Activity, uid)
        return tuple(writing.changes)


def take_with(writing: Writing, owner: str) -> None:
    """Removes the list of an event that goes, inside its transaction. Its attachments stay with the record."""
    for each in list_of(Reading(writing.connection), owner):
        writing.remove(Attendance, each.uid)
