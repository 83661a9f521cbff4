"""Congress, presidium and groups against the profile's numbers; figures of meetings and activities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from lianxin.domain.counts import Facts, Figure
from lianxin.domain.duties.compliance import duties
from lianxin.domain.duties.event_duties import event_duties, group_shortfalls, presidium_due
from lianxin.domain.figures.activity import activity_figures
from lianxin.domain.periods import Period
from lianxin.domain.records import Activity, Attendance, DeputyGroup, Mandate, Meeting
from lianxin.domain.rules import RuleProfile, load_profile
from lianxin.installed import resource_dir


@pytest.fixture(scope="module")
def profile() -> RuleProfile:
    return load_profile((resource_dir() / "profiles" / "henan.json").read_text("utf-8"))


def meeting(kind: str, day: date, *, held: bool = True, days: str | None = None) -> Meeting:
    return Meeting(
        uid=f"{kind}{day}",
        meeting_type=kind,
        name=kind,
        day=day,
        held=held,
        days=Decimal(days) if days else None,
    )


def activity(day: date, kind: str = "group", group: str | None = None, **more: bool) -> Activity:
    return Activity(
        uid=f"{kind}{day}{group}", activity_type=kind, topic="x", day=day, group=group,
        cancelled=more.get("cancelled", False),
    )  # fmt: skip


def told(facts: Facts, profile: RuleProfile, today: date, year: int = 2026) -> dict[str, tuple[str, str]]:
    return {
        duty.key: (duty.shown, duty.standing)
        for duty in event_duties(year, facts, profile=profile, today=today)
    }


def test_two_congresses_a_year_the_one_planned_does_not_count(profile: RuleProfile) -> None:
    facts = Facts(
        meetings=[
            meeting("congress", date(2026, 1, 9), days="1"), meeting("congress", date(2025, 7, 9)),
            meeting("congress", date(2026, 7, 9), held=False, days="0.5"),
        ]
    )  # fmt: skip
    assert told(facts, profile, date(2026, 8, 1))["congress"] == ("1 / 2 次", "on_track")
    assert told(facts, profile, date(2027, 1, 1))["congress"] == ("1 / 2 次", "behind")
    both = replace(facts, meetings=[replace(each, held=True) for each in facts.meetings])
    assert told(both, profile, date(2026, 8, 1))["congress"] == ("2 / 2 次", "met")
    assert told(both, profile, date(2026, 8, 1))["congress_days"] == ("1 / 2 次", "behind")


def test_the_presidium_meets_within_three_months_of_the_last_time(profile: RuleProfile) -> None:
    met = [meeting("presidium", date(2025, 12, 20)), meeting("presidium", date(2026, 3, 20))]
    assert presidium_due(met, profile=profile) == date(2026, 6, 20)
    facts = Facts(meetings=met)
    assert told(facts, profile, date(2026, 6, 20))["presidium"] == ("1 / 4 次", "on_track")
    assert told(facts, profile, date(2026, 6, 21))["presidium"] == ("1 / 4 次", "behind")
    late = Facts(meetings=[*met, meeting("presidium", date(2026, 6, 25))])
    (duty,) = [
        d for d in event_duties(2026, late, profile=profile, today=date(2026, 7, 1)) if d.key == "presidium"
    ]
    assert duty.standing == "behind" and "间隔超过3个月" in duty.due_text


def test_a_rule_of_quarters_asks_every_quarter(profile: RuleProfile) -> None:
    quarterly = replace(profile, presidium=replace(profile.presidium, cadence="calendar"))
    met = [meeting("presidium", date(2026, 1, 5)), meeting("presidium", date(2026, 6, 30))]
    assert told(Facts(meetings=met), quarterly, date(2026, 7, 1))["presidium"] == ("2 / 4 季", "on_track")
    assert presidium_due(met, profile=quarterly) == date(2026, 9, 30)


def test_each_group_is_asked_its_own_number(profile: RuleProfile) -> None:
    groups = [DeputyGroup(uid="a", name="一组"), DeputyGroup(uid="b", name="二组", yearly_least=1)]
    done = [
        activity(date(2026, 3, 1), group="a"), activity(date(2026, 4, 1), group="b"),
        activity(date(2026, 5, 1), "inspection", group="a"), activity(date(2026, 6, 1), group="a", cancelled=True),
        activity(date(2026, 12, 1), group="a"),
    ]  # fmt: skip
    facts = Facts(activities=done, groups=groups)
    (short,) = group_shortfalls(2026, facts, profile=profile, today=date(2026, 7, 1))
    assert (short[0].uid, short[1], short[2]) == ("a", 2, 4)
    assert told(facts, profile, date(2026, 7, 1))["group_activities"] == ("1 / 2 个小组", "on_track")


def test_the_duties_of_the_first_page_hold_these(profile: RuleProfile) -> None:
    keys = [duty.key for duty in duties(2026, Facts(), profile=profile, today=date(2026, 7, 1))]
    assert {"congress", "presidium", "group_activities"} <= set(keys)
    assert len(keys) == len(set(keys))


def figure(facts: Facts, key: str, period: str = "2026") -> Figure:
    return next(each for each in activity_figures(Period.parse(period), facts) if each.key == key)


def test_shares_of_nobody_are_a_dash_and_no_share_passes_the_whole() -> None:
    assert all(each.shown in ("0", "—") for each in activity_figures(Period.parse("2026"), Facts()))
    held = [meeting("congress", date(2026, 1, 9)), meeting("congress", date(2026, 7, 9), held=False)]
    came = [
        Attendance(
            uid=f"{each.uid}{at}", owner_kind="meeting", owner=each.uid, person=f"p{at}",
            presence="present" if at < 4 else "absent", role="guest" if at == 3 else "member",
        )
        for each in held
        for at in range(5)
    ]  # fmt: skip
    facts = Facts(meetings=held, attendances=came)
    rate = figure(facts, "congress_rate")
    assert (rate.part, rate.whole, rate.value) == (3, 4, Fraction(3, 4))
    assert figure(facts, "congress_days").shown == "1"


def test_coverage_and_days_count_deputies_in_office_once() -> None:
    seats = [
        Mandate(uid="1", person="a", level="township"), Mandate(uid="2", person="a", level="county"),
        Mandate(uid="3", person="b", level="township"),
        Mandate(uid="4", person="c", level="township", state="resigned", state_day=date(2025, 1, 1)),
    ]  # fmt: skip
    day = date(2026, 3, 1)
    done = [activity(day, "training"), activity(date(2026, 4, 1), "inspection")]
    came = [
        Attendance(uid=f"{owner.uid}{person}", owner_kind="activity", owner=owner.uid, person=person, presence="present")
        for owner, people in zip(done, ("ac", "ab"), strict=True)
        for person in people
    ]  # fmt: skip
    facts = Facts(mandates=seats, activities=done, attendances=came)
    assert figure(facts, "training_coverage").shown == "50.0%"
    assert figure(facts, "activity_participation").shown == "100.0%"
    assert figure(facts, "duty_days_each").value == Fraction(3, 2)
    assert figure(facts, "duty_days_each", "2026-03").value == Fraction(1, 2)
