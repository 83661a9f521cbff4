"""The roster: a person is not a mandate; levels together, counts that agree, groups, what a deputy did."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lianxin.domain.records import Contact, DeputyGroup, District, Mandate, Person, ReceptionDay, Rota
from lianxin.office.deputies import people as deputies
from lianxin.office.deputies.roster import (
    ALL,
    ENDED,
    NO_STATION,
    DeputyFile,
    Roster,
    RosterFilter,
    deputy_file,
    person_of,
    roster,
    roster_lines,
)
from lianxin.office.records import new_uid, undo_changes
from tests.office.township import Township, new_township

DAY = date(2026, 11, 20)


@pytest.fixture
def town(tmp_path: Path) -> Township:
    return new_township(tmp_path)


EVERYBODY = RosterFilter()


def read(town: Township, chosen: RosterFilter = EVERYBODY, words: str = "") -> Roster:
    with town.desk.store.reading() as reading:
        return roster(reading, chosen, words=words)


def file_of(town: Township, name: str) -> DeputyFile:
    found = deputy_file(town.desk, town.uid(Person, name))
    assert found is not None
    return found


def group(town: Township, name: str = "第一代表小组") -> str:
    uid = new_uid(town.desk)
    deputies.make_group(town.desk, DeputyGroup(uid=uid, name=name))
    return uid


def mandate(town: Township, name: str, level: str, **more: str) -> Mandate:
    return Mandate(uid=new_uid(town.desk), person=town.uid(Person, name), level=level, term=more.get("term"))


def test_one_line_a_person_with_the_levels_together(town: Township) -> None:
    deputies.add_mandate(town.desk, mandate(town, "周桂兰", "township"))
    found = read(town)
    assert len(found.uids) == 6
    with town.desk.store.reading() as reading:
        lines = roster_lines(reading, found.uids)
    assert lines[town.uid(Person, "周桂兰")].levels == "县、乡"


def test_counts_agree_with_the_list_of_every_chip(town: Township) -> None:
    deputies.add_mandate(town.desk, mandate(town, "周桂兰", "township"))
    (held,) = file_of(town, "覃春生").mandates
    deputies.change_mandate_state(town.desk, held, state="resigned", day=DAY, document="石人发〔2026〕3号")
    counts = read(town).counts
    assert counts == {ALL: 5, "county": 2, "township": 4, NO_STATION: 5, ENDED: 1}
    for level in (ALL, "county", "township", NO_STATION, ENDED, "nation"):
        assert len(read(town, RosterFilter(level=level)).uids) == counts.get(level, 0)


def test_a_second_mandate_of_the_same_level_and_term_is_refused(town: Township) -> None:
    with pytest.raises(deputies.MandateRefused) as refused:
        deputies.add_mandate(town.desk, mandate(town, "周桂兰", "county"))
    assert refused.value.wire == "level"
    assert len(file_of(town, "周桂兰").mandates) == 1


def test_a_mandate_ends_only_with_day_and_document(town: Township) -> None:
    (held,) = file_of(town, "周桂兰").mandates
    for day, document, wire in ((None, "3号", "state_day"), (DAY, None, "state_document")):
        with pytest.raises(deputies.MandateRefused) as refused:
            deputies.change_mandate_state(town.desk, held, state="resigned", day=day, document=document)
        assert refused.value.wire == wire
    changes = deputies.change_mandate_state(town.desk, held, state="resigned", day=DAY, document="3号")
    assert file_of(town, "周桂兰").mandate_lines == ("县人大代表 · 辞职，2026年11月20日，3号",)
    undo_changes(town.desk, changes)
    assert file_of(town, "周桂兰").levels == "县"


def test_the_same_level_may_be_held_in_another_term_only(town: Township) -> None:
    (held,) = file_of(town, "周桂兰").mandates
    deputies.change_mandate_state(town.desk, held, state="ended", day=DAY, document="3号")
    with pytest.raises(deputies.MandateRefused):
        deputies.add_mandate(town.desk, mandate(town, "周桂兰", "county"))
    other_term = mandate(town, "周桂兰", "county", term=deputies.term_for(town.desk, "township") or "")
    deputies.add_mandate(town.desk, other_term)
    assert file_of(town, "周桂兰").levels == "县"


def test_registering_makes_person_and_mandate_in_one_act(town: Township) -> None:
    person = Person(uid=new_uid(town.desk), name="梁世荣", phone="15743814251")
    held = Mandate(uid=new_uid(town.desk), person=person.uid, level="township", station=town.station)
    changes = deputies.register_deputy(town.desk, person=person, mandate=held)
    found = file_of(town, "梁世荣")
    assert found.mandate_lines == ("乡人大代表 · 在任 · 进石牌镇代表联络站",)
    assert [words for _, words in deputies.namesakes(town.desk, "梁世荣")] == ["梁世荣 · 乡"]
    undo_changes(town.desk, changes)
    assert deputy_file(town.desk, person.uid) is None and len(read(town).uids) == 6


def test_a_group_below_three_is_said_with_the_source(town: Township) -> None:
    small = group(town)
    for name in ("周桂兰", "龙志明", "向光明"):
        deputies.join_group(town.desk, person=town.uid(Person, name), group=small)
    assert deputies.group_warning(town.desk, "第一代表小组", 3) == ""
    assert len(read(town, RosterFilter(group=small)).uids) == 3
    (held,) = file_of(town, "龙志明").groups
    changes = deputies.leave_group(town.desk, member=held.member.uid)
    (left,) = file_of(town, "周桂兰").groups
    assert left.size == 2
    said = deputies.group_warning(town.desk, left.group.name, left.size)
    assert said.startswith("第一代表小组现有2名成员，少于3名（依据：") and "组织法" in said
    undo_changes(town.desk, changes)
    assert file_of(town, "龙志明").groups[0].size == 3


def test_joining_twice_changes_the_role_only(town: Township) -> None:
    person, one = town.uid(Person, "周桂兰"), group(town)
    deputies.join_group(town.desk, person=person, group=one)
    deputies.join_group(town.desk, person=person, group=one, role="leader")
    (held,) = file_of(town, "周桂兰").groups
    assert (held.size, held.member.role) == (1, "leader")
    assert person_of(town.desk, "group-member", held.member.uid) == person
    assert person_of(town.desk, "group", one) == person


def test_what_a_deputy_did_is_listed_latest_first(town: Township) -> None:
    person = town.uid(Person, "向光明")
    with town.desk.store.writing(reason="准备") as writing:
        day = writing.new_uid()
        writing.put(ReceptionDay(uid=day, day=date(2026, 11, 2), station=town.station, state="held"))
        writing.put(Rota(uid=writing.new_uid(), reception_day=day, person=person, attendance="present"))
        for when, who in ((3, "周桂兰、向光明"), (4, "向光明亮"), (5, "周桂兰")):
            writing.put(
                Contact(
                    uid=writing.new_uid(),
                    channel="visit",
                    day=date(2026, 11, when),
                    words="路灯",
                    deputies=who,
                )
            )
    found = file_of(town, "向光明")
    assert [(duty.day.day, duty.act) for duty in found.duties] == [(3, "日常来访"), (2, "接待日")]
    assert (found.receptions, found.contacts) == (1, 1)


def test_people_are_found_by_name_pinyin_and_district(town: Township) -> None:
    with town.desk.store.writing(reason="准备") as writing:
        district = writing.new_uid()
        writing.put(District(uid=district, number="第3选区"))
        for held in file_of(town, "单大贵").mandates:
            writing.put(Mandate(uid=held.uid, person=held.person, level=held.level, district=district))
    wanted = [town.uid(Person, "单大贵")]
    for words in ("单大贵", "sdg", "第3选区"):
        assert read(town, words=words).uids == wanted
    assert read(town, RosterFilter(district=district)).uids == wanted
