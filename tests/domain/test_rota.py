"""Who receives: a rota that is fair, rests people, and keeps what was chosen by hand."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.calendar.rota import Candidate, Served, Slot, candidates, propose
from lianxin.domain.records import Mandate

START = date(2026, 11, 1)


def team(size: int) -> list[Candidate]:
    return [Candidate(f"p{n:02d}", "county" if n % 3 == 0 else "township") for n in range(size)]


def weeks(count: int) -> list[date]:
    return [START + timedelta(weeks=week) for week in range(count)]


def by_day(slots: tuple[Slot, ...]) -> list[set[str]]:
    return [{slot.person for slot in slots if slot.day == day} for day in sorted({s.day for s in slots})]


@given(st.integers(1, 3), st.integers(0, 12), st.integers(1, 30))
def test_a_free_rota_is_fair_and_nobody_serves_twice_running(per_day: int, more: int, count: int) -> None:
    deputies = team(2 * per_day + more)
    slots = propose(weeks(count), deputies, per_day=per_day)
    served = Counter(slot.person for slot in slots)
    times = [served[deputy.person] for deputy in deputies]
    assert sum(times) == count * per_day and max(times) - min(times) <= 1
    groups = by_day(slots)
    assert all(len(group) == per_day for group in groups)
    assert all(not one & two for one, two in itertools.pairwise(groups))


@given(
    st.integers(1, 6),
    st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 7), max_size=3, unique=True)),
    st.sets(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=12),
)
def test_manual_choices_and_leave_are_respected(
    size: int, chosen: dict[int, list[int]], leave: set[tuple[int, int]]
) -> None:
    days, deputies = weeks(10), team(size)
    fixed = {days[week]: [f"p{n:02d}" for n in people] for week, people in chosen.items()}
    away = frozenset((f"p{n:02d}", days[week]) for n, week in leave)
    slots = propose(days, deputies, per_day=2, fixed=fixed, away=away)
    for day in days:
        here = [slot for slot in slots if slot.day == day]
        assert [slot.person for slot in here if slot.fixed] == fixed.get(day, [])
        assert len({slot.person for slot in here}) == len(here)
        assert not any((slot.person, day) in away for slot in here if not slot.fixed)
        free = [d for d in deputies if (d.person, day) not in away and d.person not in fixed.get(day, [])]
        assert len(here) == max(len(fixed.get(day, [])), min(2, len(fixed.get(day, [])) + len(free)))


HISTORY = st.dictionaries(
    st.integers(0, 7),
    st.builds(Served, st.integers(0, 9), st.dates(START - timedelta(days=90), START - timedelta(days=1))),
)


@given(
    st.integers(2, 8),
    st.integers(1, 3),
    HISTORY,
    st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 7), max_size=2, unique=True)),
    st.sets(st.tuples(st.integers(0, 7), st.integers(0, 9)), max_size=12),
)
def test_whoever_is_chosen_had_served_least_and_rests_where_anybody_else_can_come(
    size: int,
    per_day: int,
    past: dict[int, Served],
    chosen: dict[int, list[int]],
    leave: set[tuple[int, int]],
) -> None:
    days, deputies = weeks(10), team(size)
    history = {f"p{n:02d}": served for n, served in past.items()}
    fixed = {days[week]: [f"p{n:02d}" for n in people] for week, people in chosen.items()}
    away = frozenset((f"p{n:02d}", days[week]) for n, week in leave)
    told = {"per_day": per_day, "history": history, "fixed": fixed, "away": away}
    slots = propose(days, deputies, **told)
    assert slots == propose(list(reversed(days)), deputies, **told), "same input, same output"
    times = Counter({person: served.times for person, served in history.items()})
    times.update(person for people in fixed.values() for person in people)
    groups = [[slot for slot in slots if slot.day == day] for day in days]
    known = [served.last for served in history.values() if served.last]
    before = {person for person, served in history.items() if known and served.last == max(known)}
    for day, group, following in zip(days, groups, [*days[1:], None], strict=True):
        taken = {slot.person for slot in group if slot.fixed}
        beside = before | set(fixed.get(following, ()) if following else ())
        for slot in (slot for slot in group if not slot.fixed):
            others = [
                d.person for d in deputies
                if d.person not in taken | {slot.person} and (d.person, day) not in away
            ]  # fmt: skip
            rested = [person for person in others if person not in beside]
            assert slot.person not in beside or not rested, "twice running though somebody else could come"
            rivals = others if slot.person in beside else rested
            assert all(times[slot.person] <= times[person] for person in rivals), "not the least served"
            times[slot.person] += 1
            taken.add(slot.person)
        before = taken


@given(st.integers(1, 3), st.integers(1, 12), HISTORY)
def test_unequal_beginnings_even_out(per_day: int, more: int, past: dict[int, Served]) -> None:
    # With just twice as many as needed the two halves must take turns for ever, whoever served more before.
    deputies = team(2 * per_day + more)
    history = {f"p{n:02d}": served for n, served in past.items() if n < len(deputies)}
    slots = propose(weeks(60 + 9 * len(deputies)), deputies, per_day=per_day, history=history)
    times = Counter({deputy.person: 0 for deputy in deputies})
    times.update({person: served.times for person, served in history.items()})
    times.update(slot.person for slot in slots)
    # Resting between two turns can hold one back by a turn, so two and not one.
    assert max(times.values()) - min(times.values()) <= 2


def test_what_is_promised_for_later_counts_from_the_start() -> None:
    days = weeks(6)
    slots = propose(days, team(4), per_day=1, fixed={days[4]: ["p00"], days[5]: ["p01"]})
    assert [slot.person for slot in slots[:2]] == ["p02", "p03"]
    assert sorted(Counter(slot.person for slot in slots).values()) == [1, 1, 2, 2]


def test_deputies_of_another_station_are_not_asked() -> None:
    mandates = [
        Mandate(uid="1", person="a", level="township", station="here"),
        Mandate(uid="2", person="b", level="township", station="there"),
        Mandate(uid="3", person="c", level="county"),
        Mandate(uid="4", person="b", level="county"),
    ]
    assert [each.person for each in candidates(mandates, station="here")] == ["a", "c"]
    assert [each.person for each in candidates(mandates)] == ["a", "b", "c"]


def test_those_who_served_least_come_first_and_levels_are_mixed() -> None:
    deputies = [
        Candidate("a", "township"),
        Candidate("b", "township"),
        Candidate("c", "county"),
        Candidate("d", "township"),
    ]
    history = {
        "b": Served(0),
        "a": Served(4, date(2026, 1, 5)),
        "d": Served(4, date(2026, 2, 5)),
        "c": Served(4),
    }
    first = propose([START], deputies, per_day=2, history=history)
    assert [slot.person for slot in first] == ["b", "c"]


def test_who_was_on_duty_last_time_rests() -> None:
    deputies = [Candidate("a", "township"), Candidate("b", "township"), Candidate("c", "township")]
    history = {"a": Served(1, date(2026, 10, 28)), "b": Served(3, date(2026, 10, 21)), "c": Served(5)}
    assert [slot.person for slot in propose([START], deputies, per_day=1, history=history)] == ["b"]


def test_nobody_is_put_on_the_day_before_their_own_choice() -> None:
    days = weeks(2)
    slots = propose(days, team(3), per_day=1, fixed={days[1]: ["p00"]})
    assert [slot.person for slot in slots] == ["p01", "p00"]


def test_a_deputy_of_two_levels_stands_on_the_rota_once() -> None:
    found = candidates(
        [
            Mandate(uid="1", person="a", level="township"),
            Mandate(uid="2", person="b", level="township", state="resigned"),
            Mandate(uid="3", person="a", level="city"),
            Mandate(uid="4", person="c", level="county"),
        ]
    )
    assert found == (Candidate("a", "city"), Candidate("c", "county"))
