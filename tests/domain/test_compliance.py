"""The year's duties: what is done, what is missing, by when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.duties.compliance import Duty, duties
from lianxin.domain.figures.of_period import Facts
from lianxin.domain.records import Assignment, Contact, Mandate, Opinion, ReceptionDay, Reply, Rota, Routing
from lianxin.domain.rules import load_profile

PROFILE = load_profile(
    (Path(__file__).parents[2] / "resources" / "profiles" / "national.json").read_text(encoding="utf-8")
)
TODAY = date(2026, 11, 22)


def found(facts: Facts, today: date = TODAY) -> dict[str, Duty]:
    return {duty.key: duty for duty in duties(2026, facts, profile=PROFILE, today=today)}


def held(*months: int) -> list[ReceptionDay]:
    return [
        ReceptionDay(uid=f"d{m}", day=date(2026, m, 15), state="held", announced=date(2026, m, 12))
        for m in months
    ]


def test_a_reception_day_every_month_so_far() -> None:
    duty = found(Facts(days=held(*range(1, 12))))["reception_days"]
    assert (duty.shown, duty.expected, duty.standing, duty.due_text) == (
        "11 / 12 月",
        11,
        "on_track",
        "本月已完成",
    )
    assert "每月固定代表接访选民日" in duty.source


def test_the_month_under_way_is_asked_for_but_not_yet_missed() -> None:
    duty = found(Facts(days=held(*range(1, 11))))["reception_days"]
    assert (duty.done, duty.standing) == (10, "on_track")
    assert duty.due_text == "本月还需1次接待日，11月30日前"


def test_a_month_left_out_is_named() -> None:
    duty = found(Facts(days=held(1, 2, 4, 5, 6, 7, 8, 9, 10, 11)))["reception_days"]
    assert (duty.done, duty.standing, duty.due_text) == (10, "behind", "3月未开展")


def test_quarters_count_once_however_many_were_held() -> None:
    days = [(1, 5), (2, 5), (5, 6), (8, 1), (9, 1)]
    facts = Facts(
        contacts=[Contact(uid=f"c{m}", channel="symposium", day=date(2026, m, d), words="x") for m, d in days]
    )
    duty = found(facts)["symposiums"]
    assert (duty.shown, duty.due_text) == ("3 / 4 季", "本季还需1次座谈会，12月31日前")


def test_deputies_short_of_their_receptions_are_named() -> None:
    facts = Facts(
        days=held(1, 2),
        rota=[
            Rota(uid="t1", reception_day="d1", person="p1", attendance="present"),
            Rota(uid="t2", reception_day="d2", person="p1", attendance="present"),
            Rota(uid="t3", reception_day="d2", person="p2", attendance="absent"),
        ],
        mandates=[
            Mandate(uid="m1", person="p1", level="county", station="s"),
            Mandate(uid="m2", person="p2", level="township"),
        ],
    )
    duty = found(facts)["deputy_receptions"]
    assert (duty.shown, duty.uids, duty.standing) == ("1 / 2 名", ("p2",), "on_track")
    assert found(facts, date(2027, 1, 3))["deputy_receptions"].standing == "behind"
    stationed = found(facts)["stationed"]
    assert (stationed.shown, stationed.due_text) == ("1 / 2 名", "还有1名代表没有编入站点")


def test_notices_put_up_too_late_are_counted() -> None:
    late = ReceptionDay(uid="x", day=date(2026, 5, 9), state="held", announced=date(2026, 5, 7))
    duty = found(Facts(days=[*held(1), late]))["announced"]
    assert (duty.shown, duty.uids, duty.standing) == ("1 / 2 次", ("x",), "behind")


def matter(uid: str, registered: date, track: str = "opinion") -> Opinion:
    return Opinion(uid=uid, title=uid, words=uid, registered=registered, track=track)


def test_telling_where_it_goes_within_fifteen_days() -> None:
    facts = Facts(
        opinions=[
            matter("in_time", date(2026, 3, 1)),
            matter("late", date(2026, 3, 1)),
            matter("never", date(2026, 10, 1)),
            matter("waiting", date(2026, 11, 20)),
        ],
        routings=[
            Routing(uid="r1", opinion="in_time", day=date(2026, 3, 16), route="guided"),
            Routing(uid="r2", opinion="late", day=date(2026, 3, 17), route="guided"),
        ],
    )
    duty = found(facts)["told"]
    assert (duty.shown, set(duty.uids)) == ("1 / 3 件", {"late", "never"})
    calm = found(Facts(opinions=[*facts.opinions[:1], facts.opinions[3]], routings=facts.routings[:1]))[
        "told"
    ]
    assert (calm.standing, calm.due_text) == ("met", "1件待分流，最早12月5日前")


def test_suggestions_are_answered_within_three_months_of_the_first_assignment() -> None:
    facts = Facts(
        opinions=[matter(uid, date(2026, 1, 5), "suggestion") for uid in ("a", "b", "c", "d")],
        assignments=[
            Assignment(uid=f"x{uid}", opinion=uid, day=day, unit="u")
            for uid, day in (
                ("a", date(2026, 2, 1)),
                ("b", date(2026, 2, 1)),
                ("c", date(2026, 7, 1)),
                ("d", date(2026, 9, 1)),
            )
        ],
        replies=[
            Reply(uid="p1", opinion="a", day=date(2026, 5, 1)),
            Reply(uid="p2", opinion="b", day=date(2026, 5, 2)),
        ],
    )
    duty = found(facts)["suggestions"]
    assert (duty.label, duty.shown, duty.uids) == ("代表建议3个月内答复", "1 / 3 件", ("b", "c"))


def test_an_empty_year_is_behind_where_time_has_passed_and_says_nothing_else() -> None:
    told = found(Facts())
    assert told["reception_days"].standing == "behind" and told["told"].standing == "nothing"
    assert told["announced"].due_text == "还没有可统计的记录"
    before = found(Facts(), date(2025, 12, 1))["reception_days"]
    assert (before.done, before.expected, before.standing) == (0, 0, "on_track")


@given(st.sets(st.integers(1, 12)), st.dates(date(2025, 6, 1), date(2027, 6, 1)))
def test_done_never_passes_needed_and_met_means_all(months: set[int], today: date) -> None:
    for duty in found(Facts(days=held(*sorted(months))), today).values():
        assert 0 <= duty.done <= duty.needed and duty.expected <= duty.needed
        assert (duty.standing == "met") == (duty.needed > 0 and duty.done == duty.needed)
        assert duty.source and duty.label and (duty.due_text or duty.expected == 0)
