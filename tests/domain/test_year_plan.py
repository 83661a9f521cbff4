"""Plans counted from records, themes, and how often a pair met."""

from __future__ import annotations

from datetime import date

import pytest

from lianxin.domain.counts import Facts
from lianxin.domain.duties.year_plan import progress_of, theme_progress, times_together
from lianxin.domain.records import (
    Activity,
    Attendance,
    Contact,
    ContactPair,
    Deed,
    Mandate,
    Meeting,
    PlanItem,
    ReceptionDay,
    ThemeTask,
    Visitor,
)

TODAY = date(2026, 10, 1)


def activity(uid: str, month: int, kind: str = "group", **more: str) -> Activity:
    return Activity(
        uid=uid, activity_type=kind, topic=uid, day=date(2026, month, 1), plan_item=more.get("item"),
        theme=more.get("theme"), group=more.get("group"),
    )  # fmt: skip


FACTS = Facts(
    activities=[
        activity("g1", 3, group="g"), activity("g2", 5, item="other"), activity("t", 4, "training"),
        activity("late", 12), activity("own", 6, "research", item="mine"), activity("th", 7, "theme", theme="T"),
    ],
    meetings=[
        Meeting(uid="p", meeting_type="presidium", name="p", day=date(2026, 2, 1), held=True),
        Meeting(uid="c", meeting_type="congress", name="c", day=date(2026, 1, 9), held=True),
        Meeting(uid="x", meeting_type="presidium", name="x", day=date(2026, 3, 9)),
    ],
    days=[
        ReceptionDay(uid="d", day=date(2026, 3, 5), station="s", state="held"),
        ReceptionDay(uid="e", day=date(2026, 4, 5), station="s", state="cancelled"),
    ],
    contacts=[
        Contact(uid="v1", channel="home_visit", day=date(2026, 3, 2), words="x", deputies="周桂兰、龙志明"),
        Contact(uid="v2", channel="home_visit", day=date(2026, 4, 2), words="x", deputies="周桂兰"),
        Contact(uid="v3", channel="visit", day=date(2026, 4, 2), words="x", deputies="周桂兰"),
    ],
    visitors=[
        Visitor(uid="w1", contact="v1", name="田金玉", village="a"), Visitor(uid="w2", contact="v2", name="彭世兰"),
    ],
    deeds=[Deed(uid="de", person="a", day=date(2026, 5, 1), what="修路", theme="T")],
    attendances=[
        Attendance(uid=f"{owner}{person}", owner_kind="activity", owner=owner, person=person, presence=presence)
        for owner, person, presence in (
            ("g1", "a", "present"), ("g1", "b", "present"), ("g2", "a", "present"), ("g2", "b", "absent"),
            ("late", "a", "present"), ("late", "b", "present"), ("p", "a", "present"), ("p", "b", "present"),
        )
    ],
    mandates=[Mandate(uid="m", person="a", level="township"), Mandate(uid="n", person="b", level="township")],
)  # fmt: skip


def item(counted: str, **more: str) -> PlanItem:
    return PlanItem(
        uid=more.get("uid", "mine"), plan="p", what="x", times=3, counted=counted,
        activity_type=more.get("activity_type"), meeting_type=more.get("meeting_type"), done=2,
        due=date.fromisoformat(more["due"]) if "due" in more else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "uids"),
    [
        (item("activity", activity_type="group"), ["g1", "own"]),
        (item("activity"), ["own"]),
        (item("training", uid="none"), ["t"]),
        (item("meeting"), ["p", "c"]),
        (item("meeting", meeting_type="presidium"), ["p"]),
        (item("reception"), ["d"]),
        (item("contact"), ["v1", "v2"]),
        (item("activity", activity_type="group", uid="z", due="2026-02-28"), []),
    ],
)
def test_a_task_counts_its_own_records_and_those_of_its_sort(told: PlanItem, uids: list[str]) -> None:
    progress = progress_of(told, 2026, FACTS, today=TODAY)
    assert [uid for _, uid in progress.records] == uids
    assert (progress.done, progress.short) == (len(uids), 3 - len(uids))


def test_what_cannot_be_counted_is_typed_and_a_task_past_its_day_is_late() -> None:
    typed = progress_of(item("none"), 2026, FACTS, today=TODAY)
    assert (typed.done, typed.standing(TODAY)) == (2, "缺1次")
    late = progress_of(item("none", due="2026-09-29"), 2026, FACTS, today=TODAY)
    assert late.standing(TODAY) == "超期2天"
    assert progress_of(item("training", uid="q"), 2025, FACTS, today=TODAY).done == 0


def test_a_theme_counts_claims_activities_and_deeds() -> None:
    tasks = [
        ThemeTask(uid="1", annual_theme="T", person="a", what="x", state="done"),
        ThemeTask(uid="2", annual_theme="T", person="a", what="y"),
        ThemeTask(uid="3", annual_theme="U", person="b", what="z"),
    ]
    told = theme_progress("T", tasks, FACTS, today=TODAY)
    assert told.words == "认领2件，完成1件；主题活动1次，办实事1件；1名代表认领（在任2名）"


def pair(kind: str, **more: str) -> ContactPair:
    return ContactPair(
        uid="x", pair_type=kind, person="a", deputy=more.get("deputy"), group=more.get("group"),
        household=more.get("household"), village=more.get("village"),
        start=date.fromisoformat(more["start"]) if "start" in more else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "times"),
    [
        (pair("chair", deputy="b"), 2),
        (pair("chair", deputy="b", start="2026-03-01"), 1),
        (pair("area", group="g"), 1),
        (pair("voters"), 2),
        (pair("voters", household="田金玉"), 1),
        (pair("voters", village="a"), 1),
        (pair("voters", household="彭世兰", village="a"), 0),
    ],
)
def test_a_pair_met_as_often_as_the_records_tell(told: ContactPair, times: int) -> None:
    names = ("周桂兰", told.household or "")
    assert times_together(told, 2026, FACTS, names, today=TODAY) == times
