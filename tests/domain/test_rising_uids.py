"""Uids rise in the order they are asked for, whatever the clock does, and are the same for the same randomness."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.domain.identity import RisingUids, new_uid

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
STEPS = st.lists(st.integers(-300_000, 2_000), min_size=1, max_size=40)


def asked(steps: list[int]) -> list[str]:
    moments = [START + timedelta(milliseconds=sum(steps[:place])) for place in range(len(steps))]
    left = iter(moments)
    uids = RisingUids(lambda: next(left), Random(7).randbytes)
    return [uids() for _ in moments]


@settings(max_examples=80, deadline=None)
@given(STEPS.filter(lambda steps: sum(-each for each in steps if each < 0) < 500_000))
def test_they_rise_and_are_the_same_again(steps: list[int]) -> None:
    found = asked(steps)
    assert found == sorted(found) and len(set(found)) == len(found)
    assert asked(steps) == found


def test_a_clock_that_was_a_year_ahead_is_followed_back() -> None:
    moments = iter([START + timedelta(days=365), START])
    uids = RisingUids(lambda: next(moments), Random(7).randbytes)
    uids()
    assert uids()[:13] == new_uid(START, Random(1).randbytes)[:13]
