"""What saving a record of a register brings along: stations that end, versions of rules, the lines of a 自查."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from lianxin.domain.records import (
    Mandate,
    Person,
    ReceptionDay,
    RuleDocument,
    Station,
    StationChange,
    StationCheck,
    StationCheckItem,
    Term,
)
from lianxin.office.cases.courses import LEAVE, TAKE_ALONG, past_of, question_of, save_in_course
from lianxin.office.desk import Desk
from lianxin.office.records import RecordRefused, new_uid, undo_changes
from tests.office.township import new_township


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    town = new_township(tmp_path)
    yield town.desk
    town.desk.store.close()


def stations(desk: Desk) -> tuple[Station, Station]:
    """A point with a day to come, one past, and a deputy; and the station it could be merged into."""
    point = Station(uid=new_uid(desk), name="白果村联络点", built=date(2020, 1, 1))
    main = Station(uid=new_uid(desk), name="中心联络站")
    with desk.store.writing(reason="准备") as writing:
        writing.put(point)
        writing.put(main)
        for days, state in ((10, "planned"), (-10, "held")):
            day = desk.today() + timedelta(days=days)
            writing.put(ReceptionDay(uid=writing.new_uid(), day=day, station=point.uid, state=state))
        term, person = writing.new_uid(), writing.new_uid()
        writing.put(Term(uid=term, level="township", ordinal=19))
        writing.put(Person(uid=person, name="石春梅"))
        writing.put(
            Mandate(uid=writing.new_uid(), person=person, level="township", term=term, station=point.uid)
        )
    return point, main


def person_of(desk: Desk, name: str) -> str:
    with desk.store.reading() as reading:
        return next(each.uid for each in reading.all(Person) if each.name == name)


def days_at(desk: Desk, station: str) -> list[str]:
    with desk.store.reading() as reading:
        return sorted(each.state for each in reading.all(ReceptionDay) if each.station == station)


def test_a_merger_is_asked_about_and_written_into_the_history(desk: Desk) -> None:
    point, main = stations(desk)
    merged = replace(point, state="merged", merged_into=main.uid)
    asked = question_of(desk, merged, point)
    assert asked is not None and "1个接待日没有举行" in asked.words and "1名代表" in asked.words
    assert dict(asked.choices)[TAKE_ALONG] == "一并改到中心联络站"
    saved = save_in_course(desk, merged, opened=point, answer=TAKE_ALONG)
    assert days_at(desk, point.uid) == ["held"] and days_at(desk, main.uid) == ["planned"]
    with desk.store.reading() as reading:
        (change,) = reading.all(StationChange)
        assert (change.station, change.change, change.into) == (point.uid, "merged", main.uid)
        assert {
            each.station for each in reading.all(Mandate) if each.person == person_of(desk, "石春梅")
        } == {main.uid}
    undo_changes(desk, saved.changes)
    assert days_at(desk, point.uid) == ["held", "planned"]


def test_without_a_yes_nothing_moves(desk: Desk) -> None:
    point, main = stations(desk)
    save_in_course(desk, replace(point, state="closed"), opened=point, answer=LEAVE)
    assert days_at(desk, point.uid) == ["held", "planned"] and days_at(desk, main.uid) == []


def test_closing_cancels_the_days_that_are_left_when_told_to(desk: Desk) -> None:
    point, _ = stations(desk)
    save_in_course(desk, replace(point, state="closed"), opened=point, answer=TAKE_ALONG)
    assert days_at(desk, point.uid) == ["cancelled", "held"]


def test_a_merger_needs_another_station(desk: Desk) -> None:
    point, _ = stations(desk)
    for into in (None, point.uid):
        with pytest.raises(RecordRefused) as refused:
            save_in_course(desk, replace(point, state="merged", merged_into=into), opened=point)
        assert "merged_into" in refused.value.problems
    assert question_of(desk, replace(point, phone="0731"), point) is None


def test_a_new_name_or_address_stands_in_the_history(desk: Desk) -> None:
    point, _ = stations(desk)
    placed = replace(point, address="白果村部")
    save_in_course(desk, placed, opened=point)
    save_in_course(desk, replace(placed, name="白果站", address="白果街12号", grade="model"), opened=placed)
    with desk.store.reading() as reading:
        told = sorted((each.change, each.words) for each in reading.all(StationChange))
    assert [change for change, _ in told] == ["graded", "moved", "renamed"]
    assert ("renamed", "原名白果村联络点") in told and ("moved", "原址白果村部") in told


def test_only_one_version_of_a_rule_is_in_force(desk: Desk) -> None:
    first = RuleDocument(uid=new_uid(desk), name="代表联系群众制度", version="1", passed=date(2020, 3, 1))
    save_in_course(desk, first)
    second = RuleDocument(uid=new_uid(desk), name=first.name, version="2", passed=date(2024, 3, 1))
    with pytest.raises(RecordRefused) as refused:
        save_in_course(desk, second)
    assert "正在施行" in refused.value.problems["replaces"]
    save_in_course(desk, replace(second, replaces=first.uid))
    third = RuleDocument(
        uid=new_uid(desk), name=first.name, version="3", passed=date(2026, 3, 1), replaces=second.uid
    )
    save_in_course(desk, third)
    with desk.store.reading() as reading:
        assert [each.version for each in reading.all(RuleDocument) if each.state == "in_force"] == ["3"]
        assert [line.words[:3] for line in past_of(reading, first)] == ["第3版", "第2版", "第1版"]


def test_a_new_check_is_laid_out_with_its_lines_and_taken_back_with_them(desk: Desk) -> None:
    point, _ = stations(desk)
    check = StationCheck(uid=new_uid(desk), station=point.uid, year=2026, day=desk.today())
    saved = save_in_course(desk, check)
    with desk.store.reading() as reading:
        lines = reading.children(StationCheckItem, "station_check", [check.uid])
    assert len({line.item for line in lines}) == 5 and all(
        line.what and line.result is None for line in lines
    )
    save_in_course(desk, replace(check, checker="李慧"), opened=check)
    with desk.store.reading() as reading:
        assert reading.count(StationCheckItem) == len(lines)
    undo_changes(desk, [change for change in saved.changes if change.kind == "station-check-item"])
    with desk.store.reading() as reading:
        assert reading.count(StationCheckItem) == 0
