"""换届: a term closed and the next opened in one act; open matters keep their term, one undo takes all back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lianxin.domain.meetings.electoral import term_problems, vacancies
from lianxin.domain.records import (
    DeputyGroup,
    District,
    GroupMember,
    Mandate,
    Opinion,
    Person,
    Suggestion,
    Term,
)
from lianxin.office.deputies.people import seats_words
from lianxin.office.deputies.rollover import Carried, Newcomer, RolloverRefused, roll_over, rollover_sheet
from lianxin.office.desk import current_term
from lianxin.office.records import new_uid, undo_changes
from lianxin.store.reading import Condition
from tests.office.deputy_work import mandate_of
from tests.office.township import Township, new_township

FIRST = date(2026, 11, 18)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


def serving(town: Township, level: str = "township") -> dict[str, Mandate]:
    with town.desk.store.reading() as reading:
        held = reading.all(Mandate, Condition("level", "=", level), Condition("state", "=", "serving"))
        return {reading.by_uid(Person, [one.person])[one.person].name: one for one in held}


def test_people_are_carried_new_ones_come_others_leave_and_one_undo_takes_it_back(town: Township) -> None:
    sheet = rollover_sheet(town.desk, "township")
    assert {one.name for one in sheet.holders} == {"龙志明", "向光明", "单大贵", "覃春生"}
    kept = [Carried(one.mandate) for one in sheet.holders if one.name in ("龙志明", "单大贵")]
    with town.desk.store.writing(reason="准备") as writing:
        group = DeputyGroup(uid=writing.new_uid(), name="第一小组")
        writing.put(group)
        for name in ("龙志明", "向光明"):
            writing.put(
                GroupMember(uid=writing.new_uid(), group=group.uid, person=mandate_of(town, name).person)
            )
    county = town.uid(Person, "周桂兰")
    done = roll_over(
        town.desk, "township", first_session=FIRST, document="公告第1号", carried=kept,
        newcomers=[Newcomer("田新民"), Newcomer("周桂兰", person=county)],
    )  # fmt: skip
    assert done.words.endswith("已建立：连任2名，新当选2名，不再担任2名")
    assert set(serving(town)) == {"龙志明", "单大贵", "田新民", "周桂兰"}
    assert set(serving(town, "county")) == {"周桂兰", "彭世荣"}, "the county's term goes on"
    with town.desk.store.reading() as reading:
        terms = reading.all(Term, Condition("level", "=", "township"))
        old, new = sorted(terms, key=lambda one: one.ordinal)
        expired = reading.all(Mandate, Condition("state", "=", "expired"))
        assert current_term(reading, "township", date(2026, 11, 20)) == new
        assert len(reading.all(GroupMember)) == 1, "who is no deputy any more is in no group"
    assert (old.end, new.start, new.ordinal) == (FIRST, FIRST, old.ordinal + 1)
    assert term_problems([old, new]) == ()
    ((term, sentence),) = term_problems([replace(old, end=date(2026, 1, 1)), new])
    assert (term.uid, sentence) == (
        old.uid,
        f"第{old.ordinal}届届满日期应是第{new.ordinal}届首次会议日期2026年11月18日",
    )
    assert {(one.state_day, one.state_document) for one in expired} == {(FIRST, "公告第1号")}
    undo_changes(town.desk, done.changes)
    assert set(serving(town)) == {"龙志明", "向光明", "单大贵", "覃春生"}
    with town.desk.store.reading() as reading:
        assert len(reading.all(Term, Condition("level", "=", "township"))) == 1
        assert len(reading.all(GroupMember)) == 2
        assert not reading.all(Person, Condition("name", "=", "田新民"))


def test_open_matters_keep_their_term(town: Township) -> None:
    closing = rollover_sheet(town.desk, "township").closing
    with town.desk.store.writing(reason="准备") as writing:
        matter = Opinion(
            uid=writing.new_uid(), title="修路", words="修路", registered=FIRST, track="suggestion"
        )
        writing.put(matter)
        writing.put(Suggestion(uid=writing.new_uid(), opinion=matter.uid, term=closing.uid))
    assert "议案建议1件保留届次" in rollover_sheet(town.desk, "township").open_words
    roll_over(town.desk, "township", first_session=FIRST)
    with town.desk.store.reading() as reading:
        assert [one.term for one in reading.all(Suggestion)] == [closing.uid]


def test_a_district_elects_no_more_than_its_seats(town: Township) -> None:
    with town.desk.store.writing(reason="准备") as writing:
        district = District(uid=writing.new_uid(), number="1", seats=1)
        writing.put(district)
    holders = rollover_sheet(town.desk, "township").holders
    kept = [Carried(one.mandate, district.uid) for one in holders[:2]]
    with pytest.raises(RolloverRefused, match="最多选1名，现在选了2名"):
        roll_over(town.desk, "township", first_session=FIRST, carried=kept)
    assert len(serving(town)) == 4, "nothing was written"
    roll_over(town.desk, "township", first_session=FIRST, carried=kept[:1])
    with town.desk.store.reading() as reading:
        assert vacancies(reading.all(Mandate), [district], level="township") == ()
        assert vacancies([], [district], level="township") == ((district, 1),)


def test_a_session_that_was_not_held_closes_no_term(town: Township) -> None:
    with pytest.raises(RolloverRefused, match="还没有召开"):
        roll_over(town.desk, "township", first_session=date(2027, 1, 8))
    with pytest.raises(RolloverRefused, match="还没有登记县级的届"):
        with town.desk.store.writing(reason="准备") as writing:
            for uid in [one.uid for one in _terms(town, "county")]:
                writing.remove(Term, uid)
        roll_over(town.desk, "county", first_session=FIRST)


def _terms(town: Township, level: str) -> list[Term]:
    with town.desk.store.reading() as reading:
        return reading.all(Term, Condition("level", "=", level))


def test_a_term_registered_before_is_begun_not_made_twice(town: Township) -> None:
    closing = rollover_sheet(town.desk, "township").closing
    coming = Term(
        uid=new_uid(town.desk), level="township", ordinal=closing.ordinal + 1, start=date(2026, 12, 30)
    )
    with town.desk.store.writing(reason="准备") as writing:
        writing.put(coming)
    done = roll_over(town.desk, "township", first_session=FIRST)
    assert done.term == replace(coming, start=FIRST, seats=closing.seats)
    assert len(_terms(town, "township")) == 2


def test_vacant_seats_are_said(town: Township) -> None:
    assert seats_words(town.desk) == ""
    with town.desk.store.writing(reason="准备") as writing:
        writing.put(District(uid=writing.new_uid(), number="3", name="第3选区", seats=2))
    assert seats_words(town.desk) == "乡级缺额：第3选区2名"
