"""合并办理 of a visit: it speaks of a matter that is on the books, makes none of its own, and counts as people."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lianxin.domain.records import Contact, Opinion, Region, Visitor
from lianxin.office.case_papers.case_file import case_file
from lianxin.office.cases.correcting import correct_visit, standing_visit
from lianxin.office.cases.opinions import merge_opinion, route
from lianxin.office.cases.registering import (
    AlreadyCompleted,
    MatterGone,
    Raised,
    Registered,
    queue_visitor,
    register_visit,
)
from lianxin.office.reception.visit_papers import reception_form
from lianxin.office.reception.visitors import matters_of, outcomes, possible_duplicates
from lianxin.office.records import undo_changes
from tests.office.township import Township, new_township

TODAY = date(2026, 11, 20)
WORDS = "三组饮水管破损，26户断水4天"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


def came(town: Township, name: str, *, joined: str = "", raised: bool = True) -> Registered:
    village = town.uid(Region, "长坪村")
    return register_visit(
        town.desk,
        contact=Contact(uid="", channel="visit", day=TODAY, words=WORDS, persons=2, joined=joined or None),
        visitors=[Visitor(uid="", contact="", name=name, village=village)],
        raised=Raised(category="02") if raised else None,
    )


def first(town: Township) -> Opinion:
    made = came(town, "田金玉").opinion
    assert made is not None
    return made


def opinions(town: Township) -> list[Opinion]:
    with town.desk.store.reading() as reading:
        return reading.all(Opinion)


def test_a_visit_joined_to_a_matter_makes_no_second_one(town: Township) -> None:
    matter = first(town)
    done = came(town, "石建国", joined=matter.uid)
    assert done.opinion is None and len(opinions(town)) == 1
    file = case_file(town.desk, matter.uid)
    assert file is not None and [each.uid for each in file.joined] == [done.contact.uid]
    assert file.visitor_line().endswith("另有1次来访反映同一件事")
    assert file.events[-1].words == "2026-JF0002 日常来访，2人次，合并办理"
    with town.desk.store.reading() as reading:
        told = outcomes(town.desk, reading, [done.contact])[done.contact.uid]
        (found,) = matters_of(town.desk, reading, [done.contact.uid])
    assert (told.words, found.opinion, found.joined) == ("并入YJ0001", matter.uid, True)
    assert reception_form(town.desk, done.contact.uid)[0] == "接待登记表_439901102-2026-JF0002.docx"


def test_taking_it_back_leaves_the_matter_as_it_was(town: Township) -> None:
    matter = first(town)
    undo_changes(town.desk, came(town, "石建国", joined=matter.uid).changes)
    file = case_file(town.desk, matter.uid)
    assert file is not None and file.joined == () and opinions(town) == [matter]


def test_a_matter_that_was_merged_itself_leads_on_to_the_one_that_is_handled(town: Township) -> None:
    main, other = first(town), first(town)
    merge_opinion(town.desk, opinion=other.uid, into=main.uid, day=TODAY)
    assert came(town, "石建国", joined=other.uid).contact.joined == main.uid
    found = possible_duplicates(town.desk, words=WORDS, day=TODAY)
    assert [each.opinion for each in found] == [main.uid]


def test_a_matter_that_is_gone_is_not_joined_and_nothing_is_written(town: Township) -> None:
    done = came(town, "田金玉")
    assert done.opinion is not None
    undo_changes(town.desk, done.changes)
    with pytest.raises(MatterGone):
        came(town, "石建国", joined=done.opinion.uid)
    with town.desk.store.reading() as reading:
        assert reading.all(Contact) == [] and reading.all(Visitor) == []


def test_only_an_open_matter_may_be_joined(town: Township) -> None:
    matter = first(town)
    (found,) = possible_duplicates(town.desk, words=WORDS, day=TODAY)
    assert found.open
    route(town.desk, opinion=matter.uid, way="guided", day=TODAY, reason="到法院")
    (found,) = possible_duplicates(town.desk, words=WORDS, day=TODAY)
    assert not found.open


def test_joining_and_parting_in_a_correction(town: Township) -> None:
    matter = first(town)
    done = came(town, "石建国", raised=False)
    opened = standing_visit(town.desk, done.contact.uid)
    assert opened is not None
    joined = correct_visit(
        town.desk, contact=replace(opened.contact, joined=matter.uid), visitors=opened.visitors, opened=opened
    )
    assert (joined.words, joined.contact.joined, len(opinions(town))) == ("合并办理到", matter.uid, 1)
    again = standing_visit(town.desk, done.contact.uid)
    assert again is not None
    parted = correct_visit(
        town.desk,
        contact=replace(again.contact, joined=None),
        visitors=again.visitors,
        opened=again,
        raised=Raised(category="02"),
    )
    assert len(opinions(town)) == 2 and parted.words == "合并办理到；形成一件意见"


def test_a_line_of_the_queue_is_completed_once(town: Township) -> None:
    contact = Contact(uid="", channel="visit", day=TODAY, words="")
    uid = queue_visitor(town.desk, contact=contact, name="覃某", village=None, address=None).contact.uid
    opened = standing_visit(town.desk, uid)
    assert opened is not None
    for expected in (1, 1):
        try:
            register_visit(
                town.desk,
                contact=replace(opened.contact, words=WORDS),
                visitors=opened.visitors,
                raised=Raised(category="02"),
                opened=opened,
            )
        except AlreadyCompleted as refused:
            assert "2026-JF0001 已在另一个窗口补全" in str(refused)
        assert len(opinions(town)) == expected
