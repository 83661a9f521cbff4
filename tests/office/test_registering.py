"""A visit with its matter: one transaction, its numbers, who came before, what sounds alike, the way back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from lianxin.domain.records import (
    Assignment,
    Contact,
    HandlingUnit,
    Opinion,
    Region,
    Routing,
    Visitor,
)
from lianxin.office.records import undo_changes
from lianxin.office.registering import NOT_TOLD, Raised, Registered, queue_visitor, register_visit
from lianxin.office.visitors import add_named, known_visitor, outcomes, possible_duplicates
from lianxin.store.drafts import save_draft
from tests.office.township import Township, new_township

TODAY = date(2026, 11, 20)
WORDS = "三组饮水管破损，26户断水4天"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


def registered(
    town: Township,
    *,
    words: str = WORDS,
    name: str | None = "田金玉",
    phone: str | None = "13912342217",
    village: str = "长坪村",
    raised: Raised | None = None,
    persons: int = 1,
    day: date = TODAY,
    draft_key: str = "",
) -> Registered:
    return register_visit(
        town.desk,
        contact=Contact(uid="", channel="visit", day=day, words=words, persons=persons, station=town.station),
        visitors=[
            Visitor(uid="", contact="", name=name, anonymous=name is None, phone=phone,
                    village=town.uid(Region, village))
        ],
        raised=raised or Raised(category="02"),
        draft_key=draft_key,
    )  # fmt: skip


def test_a_visit_handed_to_a_unit_is_stored_whole(town: Township) -> None:
    unit = town.uid(HandlingUnit, "镇水务站")
    done = registered(town, raised=Raised(category="02", route="assigned", unit=unit))
    with town.desk.store.reading() as reading:
        (contact,) = reading.all(Contact)
        (visitor,) = reading.all(Visitor)
        (opinion,) = reading.all(Opinion)
        (routing,) = reading.all(Routing)
        (assignment,) = reading.all(Assignment)
        assert outcomes(town.desk, reading, [contact])[contact.uid].words == "转镇水务站"
    assert contact.number == "439901102-2026-JF0001"
    assert visitor.contact == contact.uid
    assert (opinion.number, opinion.contact, opinion.village) == (
        "439901102-2026-YJ0001", contact.uid, visitor.village,
    )  # fmt: skip
    assert (opinion.title, opinion.words, opinion.category) == (WORDS, WORDS, "02")
    assert (routing.route, routing.opinion) == ("assigned", opinion.uid)
    assert (assignment.unit, assignment.number, assignment.due) == (
        unit, "439901102-2026-JB0001", date(2026, 12, 20),
    )  # fmt: skip
    assert done.due == assignment.due


def test_an_answer_on_the_spot_is_on_the_contact_and_closes_the_matter(town: Township) -> None:
    registered(town, raised=Raised(category="04", route="answered_on_spot", words="按医保规定可异地报销"))
    with town.desk.store.reading() as reading:
        (contact,) = reading.all(Contact)
        (routing,) = reading.all(Routing)
        outcome = outcomes(town.desk, reading, [contact])[contact.uid]
    assert (contact.answered, contact.answer) == (True, "按医保规定可异地报销")
    assert routing.reason is None
    assert (outcome.words, outcome.badge) == ("当场答复", "已办结")


def test_a_matter_nobody_has_routed_waits(town: Township) -> None:
    registered(town)
    with town.desk.store.reading() as reading:
        (contact,) = reading.all(Contact)
        assert reading.all(Routing) == []
        assert outcomes(town.desk, reading, [contact])[contact.uid].words == "待分流"


def test_more_than_five_people_are_a_group(town: Township) -> None:
    for persons, group in ((5, False), (6, True)):
        done = registered(town, persons=persons)
        assert done.opinion is not None and done.opinion.group is group


def test_a_visit_without_a_matter_raises_none(town: Township) -> None:
    done = register_visit(
        town.desk,
        contact=Contact(uid="", channel="home_visit", day=TODAY, words="走访慰问"),
        visitors=[Visitor(uid="", contact="", name="张三")],
        raised=None,
    )
    assert done.opinion is None
    with town.desk.store.reading() as reading:
        assert reading.all(Opinion) == []
        outcome = outcomes(town.desk, reading, [done.contact])[done.contact.uid]
    assert outcome.words == "—"


def test_saving_drops_the_draft_in_the_same_breath(town: Township) -> None:
    with town.desk.store.bookkeeping() as connection:
        save_draft(
            connection, kind="contact", key="k1", window="w", payload={"a": "b"}, at=town.desk.store.now()
        )
    registered(town, draft_key="k1")
    with town.desk.store.reading() as reading:
        assert reading.drafts("contact") == []


def test_undo_takes_everything_back_and_the_numbers_stay_used(town: Township) -> None:
    unit = town.uid(HandlingUnit, "镇水务站")
    done = registered(town, raised=Raised(category="02", route="assigned", unit=unit))
    undo_changes(town.desk, done.changes)
    with town.desk.store.reading() as reading:
        for cls in (Contact, Visitor, Opinion, Routing, Assignment):
            assert reading.all(cls) == []
    assert registered(town).contact.number == "439901102-2026-JF0002"


def test_a_line_of_the_queue_keeps_its_number_when_completed(town: Township) -> None:
    queued = queue_visitor(
        town.desk,
        contact=Contact(uid="", channel="reception_day", day=TODAY, words="", at=time(9, 5)),
        name="欧阳长青",
        village=None,
        address="双溪村",
    )
    assert (queued.contact.to_complete, queued.contact.words) == (True, NOT_TOLD)
    with town.desk.store.reading() as reading:
        (visitor,) = reading.all(Visitor)
        (contact,) = reading.all(Contact)
        outcome = outcomes(town.desk, reading, [contact])[contact.uid]
    assert (outcome.words, outcome.badge) == ("待补全", "待补全")
    done = register_visit(
        town.desk,
        contact=replace(contact, words="集镇垃圾清运不及时"),
        visitors=[replace(visitor, phone="13812345678")],
        raised=Raised(category="09"),
    )
    assert done.contact.number == queued.contact.number
    with town.desk.store.reading() as reading:
        assert [each.to_complete for each in reading.all(Contact)] == [False]
        assert [each.phone for each in reading.all(Visitor)] == ["13812345678"]
    undo_changes(town.desk, done.changes)
    with town.desk.store.reading() as reading:
        (again,) = reading.all(Contact)
        assert (again.to_complete, again.words, reading.all(Opinion)) == (True, NOT_TOLD, [])


def test_a_visitor_is_known_by_phone_however_it_is_typed(town: Township) -> None:
    unit = town.uid(HandlingUnit, "镇水务站")
    registered(town, raised=Raised(category="02", route="assigned", unit=unit), day=date(2026, 8, 14))
    found = known_visitor(town.desk, phone="139 1234 2217")
    assert found is not None
    assert found.sentence(TODAY) == f"第2次来访 · 上次8月14日：{WORDS} → 镇水务站 → 办理中"
    assert found.village == town.uid(Region, "长坪村")
    assert known_visitor(town.desk, phone="13912342218") is None


def test_a_visitor_is_known_by_name_and_village_not_by_name_alone(town: Township) -> None:
    registered(town, phone=None)
    registered(town, phone=None)
    village = town.uid(Region, "长坪村")
    found = known_visitor(town.desk, name="田 金 玉", village=village)
    assert found is not None and found.times == 2
    assert known_visitor(town.desk, name="田金玉") is None
    assert known_visitor(town.desk, name="田金玉", village=town.uid(Region, "卧龙村")) is None
    assert known_visitor(town.desk, name="", village=village) is None


def test_a_visit_taken_back_does_not_make_a_visitor_known(town: Township) -> None:
    undo_changes(town.desk, registered(town).changes)
    assert known_visitor(town.desk, phone="13912342217") is None


def test_the_visit_being_completed_is_not_its_own_past(town: Township) -> None:
    done = registered(town)
    assert known_visitor(town.desk, phone="13912342217", except_contact=done.contact.uid) is None


def test_matters_that_sound_alike_are_found_within_the_days_of_the_profile(town: Township) -> None:
    registered(town, day=date(2026, 10, 1))
    village = town.uid(Region, "长坪村")
    words = "三组饮水管破损，26户断水5天"
    (found,) = possible_duplicates(town.desk, words=words, category="02", village=village, day=TODAY)
    assert found.title == WORDS
    other = town.uid(Region, "卧龙村")
    assert possible_duplicates(town.desk, words=words, category="02", village=other, day=TODAY) == []
    assert possible_duplicates(town.desk, words=words, category="09", village=village, day=TODAY) == []
    assert (
        possible_duplicates(town.desk, words=words, category="02", village=village, day=date(2027, 8, 1))
        == []
    )
    assert possible_duplicates(town.desk, words="想问医保", category="02", village=village, day=TODAY) == []


def test_a_village_not_on_the_books_is_made_by_its_name_once(town: Township) -> None:
    first, changes = add_named(town.desk, "region", "白岩村")
    again, none = add_named(town.desk, "region", "白岩村")
    assert (first, len(changes), none) == (again, 1, ())
    assert town.uid(Region, "白岩村") == first
