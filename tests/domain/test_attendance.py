"""Who came: counts add up, days of duty come in halves, two unapproved absences from the congress are told."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain import codes
from lianxin.domain.activity_steps import BadSteps, load_steps
from lianxin.domain.meetings.attendance import absence_alarms, days_of_event, duty_days, in_halves, tally_of
from lianxin.domain.records import Activity, Attendance, Mandate, Meeting
from lianxin.domain.rules import RuleProfile, load_profile
from lianxin.installed import resource_dir

DAY = date(2026, 3, 10)
MARKS = st.sampled_from([code.code for code in codes.PRESENCE.codes])
ROLES = st.sampled_from([code.code for code in codes.ATTENDING_ROLE.codes])


@pytest.fixture(scope="module")
def profile() -> RuleProfile:
    return load_profile((resource_dir() / "profiles" / "national.json").read_text("utf-8"))


def came(owner: str, person: str = "a", presence: str = "present", **more: str) -> Attendance:
    return Attendance(
        uid=f"{owner}-{person}-{presence}", owner_kind="meeting", owner=owner, person=person,
        presence=presence, approval=more.get("approval"), role=more.get("role", "member"),
    )  # fmt: skip


def congress(uid: str, day: date, *, held: bool = True, term: str = "t19") -> Meeting:
    return Meeting(uid=uid, meeting_type="congress", name=uid, day=day, held=held, term=term)


def seat(person: str = "a", term: str = "t19", elected: date | None = None) -> Mandate:
    return Mandate(uid=f"m-{person}-{term}", person=person, level="township", term=term, elected=elected)


@given(st.lists(st.tuples(MARKS, ROLES)))
def test_everybody_but_guests_stands_under_one_mark(marks: list[tuple[str, str]]) -> None:
    tally = tally_of(
        Attendance(uid=str(at), owner_kind="meeting", owner="m", presence=mark, role=role)
        for at, (mark, role) in enumerate(marks)
    )
    assert tally.expected == tally.present + tally.on_leave + tally.absent + tally.unmarked
    assert tally.expected == sum(role != "guest" for _, role in marks)
    assert tally.rate is None if not tally.expected else Fraction(0) <= (tally.rate or Fraction(0)) <= 1


def test_the_first_unapproved_absence_warns_the_second_is_what_the_law_names(profile: RuleProfile) -> None:
    meetings = [congress("c1", date(2025, 1, 8)), congress("c2", date(2025, 7, 20))]
    away = [came("c1", presence="absent"), came("c1", "b")]
    (first,) = absence_alarms(meetings, away, mandates=[seat(), seat("b")], profile=profile)
    assert (first.person, first.alarm, first.meetings) == ("a", "warning", ("c1",))
    away.append(came("c2", presence="private", approval="refused"))
    (second,) = absence_alarms(meetings, away, mandates=[seat(), seat("b")], profile=profile)
    assert (second.alarm, second.days) == ("statutory", (date(2025, 1, 8), date(2025, 7, 20)))


@pytest.mark.parametrize(
    ("presence", "approval"),
    [("private", "approved"), ("sick", "asked"), ("official", ""), ("absent", "approved"), ("expected", "")],
)
def test_leave_that_was_given_or_still_waits_is_no_absence(
    presence: str, approval: str, profile: RuleProfile
) -> None:
    away = [came("c1", presence=presence, approval=approval)]
    assert not absence_alarms([congress("c1", DAY)], away, mandates=[seat()], profile=profile)


def test_only_the_congress_that_was_held_in_the_own_term_counts(profile: RuleProfile) -> None:
    presidium = Meeting(uid="p", meeting_type="presidium", name="p", day=DAY, held=True)
    meetings = [
        presidium, congress("old", date(2020, 1, 8), term="t18"), congress("planned", DAY, held=False),
        congress("before", date(2024, 1, 1)),
    ]  # fmt: skip
    away = [came(each.uid, presence="absent") for each in meetings]
    mandates = [seat(elected=date(2025, 1, 1))]
    assert not absence_alarms(meetings, away, mandates=mandates, profile=profile)
    once = [*away, came("before", presence="absent")]
    assert absence_alarms(meetings, once, mandates=[seat()], profile=profile)[0].meetings == ("before",)


@pytest.mark.parametrize(
    ("hours", "until", "told", "days"),
    [
        ((time(9), time(11, 30)), None, None, "0.5"),
        ((time(9), time(13)), None, None, "0.5"),
        ((time(9), time(17)), None, None, "1"),
        ((None, None), None, None, "1"),
        ((time(9), time(17)), date(2026, 3, 12), None, "3"),
        ((time(9), time(11)), None, "1.5", "1.5"),
    ],
)
def test_days_of_duty_of_an_event(
    hours: tuple[time | None, time | None], until: date | None, told: str | None, days: str
) -> None:
    activity = Activity(
        uid="x", activity_type="inspection", topic="视察", day=DAY, until=until, start=hours[0], end=hours[1],
        duty_days=Decimal(told) if told else None,
    )  # fmt: skip
    assert days_of_event(activity) == Decimal(days)


def test_who_was_there_earns_the_days_once_his_own_number_first() -> None:
    activity = Activity(uid="x", activity_type="inspection", topic="视察", day=DAY, duty_days=Decimal(2))
    own = Attendance(
        uid="o", owner_kind="activity", owner="x", person="b", presence="present", days=Decimal("0.5")
    )
    told = duty_days({"x": activity}, [came("x"), came("x"), own, came("x", "c", "absent"), came("y", "d")])
    assert {person: each.days for person, each in told.items()} == {"a": Decimal(2), "b": Decimal("0.5")}
    cancelled = Activity(uid="x", activity_type="inspection", topic="视察", day=DAY, cancelled=True)
    assert duty_days({"x": cancelled}, [came("x")])["a"].days == 0


@given(st.decimals(min_value=-5, max_value=400, places=2))
def test_halves_are_halves_and_the_nearest_ones(days: Decimal) -> None:
    rounded = in_halves(days)
    assert rounded * 2 == int(rounded * 2)
    assert rounded >= 0
    assert days < 0 or abs(rounded - days) <= Decimal("0.25")


def test_the_list_of_steps_is_data_and_refuses_what_it_does_not_know() -> None:
    text = (resource_dir() / "activities" / "steps.json").read_text("utf-8")
    steps = load_steps(text)
    assert {stage for stage, _ in steps.of("law_check")} == {"before", "during", "after"}
    assert any("组长" in what for _, what in steps.of("law_check"))
    assert steps.of("volunteering") == steps.default
    with pytest.raises(BadSteps, match="party"):
        load_steps(text.replace('"training"', '"party"'))
    with pytest.raises(BadSteps):
        load_steps("[")
