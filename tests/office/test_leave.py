"""请假 over a span: every planned day at once, those who stand in, one step back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lianxin.domain.records import Person, ReceptionRule, Rota
from lianxin.office.reception import days as reception
from lianxin.office.reception import on_duty
from lianxin.office.reception.leave import LeaveRefused, take_leave
from lianxin.office.records import undo_changes
from tests.office.township import Township, new_township

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    """Wednesdays of December: 2, 9, 16, 23, 30; 周桂兰 is put down for the first three."""
    made = new_township(tmp_path)
    rule = ReceptionRule(uid="", station=made.station, recurrence="weekly", days="周三")
    reception.save_rule(made.desk, rule)
    days, _ = reception.make_days(made.desk, start=FIRST, end=LAST)
    for day in days[:3]:
        for name in ("周桂兰", "龙志明"):
            on_duty.put_on_duty(made.desk, day=day.uid, person=made.uid(Person, name))
    yield made
    made.desk.store.close()


def lines(town: Township, name: str) -> list[Rota]:
    person = town.uid(Person, name)
    with town.desk.store.reading() as reading:
        return [each for each in reading.all(Rota) if each.person == person]


def test_every_planned_day_of_the_span_is_put_on_leave_and_taken_back_in_one_step(town: Township) -> None:
    person = town.uid(Person, "周桂兰")
    taken = take_leave(
        town.desk, person=person, first=FIRST, last=date(2026, 12, 10), reason="外出学习", stand_in=False
    )
    assert taken.words() == "12月2日没有人替班，12月9日没有人替班"
    assert sorted((each.attendance, each.reason) for each in lines(town, "周桂兰")) == [
        ("leave", "外出学习"), ("leave", "外出学习"), ("planned", None),
    ]  # fmt: skip
    undo_changes(town.desk, taken.changes)
    assert [each.attendance for each in lines(town, "周桂兰")] == ["planned"] * 3


def test_those_who_stand_in_are_free_that_day_and_take_turns(town: Township) -> None:
    person = town.uid(Person, "周桂兰")
    taken = take_leave(town.desk, person=person, first=FIRST, last=LAST, reason=None, stand_in=True)
    stood_in = [each.substitute for each in taken.days]
    assert len(set(stood_in)) == 3 and not {"周桂兰", "龙志明", ""} & set(stood_in)
    assert [each.attendance for each in lines(town, "周桂兰")] == ["substituted"] * 3


def test_who_stands_in_for_another_may_fall_out_too(town: Township) -> None:
    other = lines(town, "周桂兰")[0]
    substitute = town.uid(Person, "彭世荣")
    on_duty.on_leave(town.desk, other.uid, reason="住院", substitute=substitute)
    taken = take_leave(town.desk, person=substitute, first=FIRST, last=LAST, reason="开会", stand_in=False)
    assert len(taken.days) == 1
    (now,) = [each for each in lines(town, "周桂兰") if each.uid == other.uid]
    assert (now.attendance, now.substitute, now.reason) == ("leave", None, "住院")


def test_a_span_without_duties_or_the_wrong_way_round_changes_nothing(town: Township) -> None:
    person = town.uid(Person, "周桂兰")
    with pytest.raises(LeaveRefused, match="没有排周桂兰接待，没有改动"):
        take_leave(town.desk, person=person, first=date(2026, 12, 20), last=LAST, reason=None, stand_in=True)
    with pytest.raises(LeaveRefused, match="早于“从哪天”2026年12月31日，没有改动"):
        take_leave(town.desk, person=person, first=LAST, last=FIRST, reason=None, stand_in=True)
    assert [each.attendance for each in lines(town, "周桂兰")] == ["planned"] * 3


def test_a_day_that_was_held_is_left_alone(town: Township) -> None:
    town.clock.at(date(2026, 12, 2))
    first = reception.days_between(town.desk, FIRST, LAST)[0]
    reception.close_day(town.desk, first.uid)
    taken = take_leave(
        town.desk, person=town.uid(Person, "周桂兰"), first=FIRST, last=LAST, reason=None, stand_in=False
    )
    assert [each.day.day for each in taken.days] == [date(2026, 12, 9), date(2026, 12, 16)]
