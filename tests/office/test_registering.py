"""A visit with its matter: one transaction, its numbers, who came before, what sounds alike, the way back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from lianxin.domain.records import (
    Assignment,
    Contact,
    Deed,
    HandlingUnit,
    Opinion,
    Person,
    Region,
    Routing,
    Telling,
    Visitor,
)
from lianxin.office.cases.archive import archive
from lianxin.office.cases.case import cases_of, state_in
from lianxin.office.cases.correcting import correct_visit, standing_visit
from lianxin.office.cases.opinions import record_reply
from lianxin.office.cases.registering import NOT_TOLD, Raised, Registered, queue_visitor, register_visit
from lianxin.office.cases.steps import StepRefused
from lianxin.office.reception.visitors import add_named, known_visitor, outcomes, possible_duplicates
from lianxin.office.records import undo_changes
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


def test_a_county_department_at_the_door_is_refused_and_nothing_is_written(town: Township) -> None:
    uid, _ = add_named(town.desk, "unit", "县水利局")
    with town.desk.store.reading() as reading:
        before = reading.counters()
    with pytest.raises(StepRefused, match=r"县水利局是县直部门，.*没有保存。请把处理方式改为“转报县人大”"):
        registered(town, raised=Raised(category="02", route="assigned", unit=uid))
    with town.desk.store.reading() as reading:
        assert reading.counters() == before
        assert reading.all(Contact) == [] and reading.all(Opinion) == []


def test_a_time_limit_before_the_visit_is_refused_at_the_door(town: Township) -> None:
    unit = town.uid(HandlingUnit, "镇水务站")
    with pytest.raises(StepRefused, match="办理期限2026年11月19日早于交办日期2026年11月20日，没有改动"):
        registered(
            town, raised=Raised(category="02", route="assigned", unit=unit, due=TODAY - timedelta(days=1))
        )
    with town.desk.store.reading() as reading:
        assert reading.all(Contact) == []


def test_guided_on_the_spot_there_is_a_numbered_telling(town: Township) -> None:
    done = registered(
        town,
        raised=Raised(
            category="18", route="guided", guidance="lawsuit", destination="县人民法院", words="属涉法涉诉"
        ),
    )
    assert done.opinion is not None and done.told_on_paper
    with town.desk.store.reading() as reading:
        (routing,) = reading.all(Routing)
        (telling,) = reading.all(Telling)
        (case,) = cases_of(reading, [done.opinion])
    assert (routing.guidance, routing.guided_to, routing.telling, routing.reason) == (
        "lawsuit", "县人民法院", "on_spot", "属涉法涉诉",
    )  # fmt: skip
    assert (telling.number, telling.means, telling.day) == ("439901102-2026-GZ0001", "face", TODAY)
    assert state_in(town.desk, case, TODAY).label == "已引导"


def test_a_petition_told_later_waits_for_it_within_the_days_of_the_rules(town: Township) -> None:
    done = registered(
        town,
        raised=Raised(
            category="18", route="to_petition", guidance="petition", words="属信访事项", on_spot=False
        ),
    )
    assert done.opinion is not None and not done.told_on_paper
    with town.desk.store.reading() as reading:
        (case,) = cases_of(reading, [done.opinion])
    state = state_in(town.desk, case, TODAY)
    assert (state.label, state.due) == ("待告知", date(2026, 12, 5))


def test_guiding_without_a_reason_and_a_suggestion_without_a_deputy_are_refused(town: Township) -> None:
    for way, said in (("guided", "告知引导要写明理由"), ("to_suggestion", "没有保存。请先登记")):
        with pytest.raises(StepRefused, match=said):
            registered(town, raised=Raised(category="18", route=way))
    with town.desk.store.reading() as reading:
        assert reading.all(Contact) == []


def test_what_a_deputy_settled_makes_a_deed(town: Township) -> None:
    person = town.uid(Person, "周桂兰")
    registered(
        town, raised=Raised(category="13", route="deputy_solved", person=person, words="当场调解，双方和解")
    )
    with town.desk.store.reading() as reading:
        (deed,) = reading.all(Deed)
        (opinion,) = reading.all(Opinion)
    assert (deed.person, deed.what, deed.opinion, deed.day) == (
        person, "当场调解，双方和解", opinion.uid, TODAY,
    )  # fmt: skip
    with pytest.raises(StepRefused, match="请选一名代表"):
        registered(town, raised=Raised(category="13", route="deputy_solved", words="调解"))


def test_groups_and_sensitive_matters_are_marked(town: Township) -> None:
    done = registered(town, persons=6, raised=Raised(category="08", sensitive=True))
    assert done.opinion is not None
    assert (done.opinion.group, done.opinion.confidential) == (True, True)


def test_a_visit_of_an_archived_matter_is_corrected_without_touching_the_matter(town: Township) -> None:
    done = registered(town, raised=Raised(category="04", route="answered_on_spot", words="可以报销"))
    assert done.opinion is not None
    archive(town.desk, opinion=done.opinion.uid, day=TODAY, number="2026-1", retention="years10")
    opened = standing_visit(town.desk, done.contact.uid)
    assert opened is not None
    with pytest.raises(StepRefused, match="归档"):
        correct_visit(
            town.desk,
            contact=replace(opened.contact, words="别的话"),
            visitors=opened.visitors,
            opened=opened,
        )
    with town.desk.store.reading() as reading:
        assert [each.words for each in reading.all(Contact)] == [WORDS]
    phone = replace(opened.visitors[0], phone="13900001111")
    corrected = correct_visit(town.desk, contact=opened.contact, visitors=[phone], opened=opened)
    assert corrected.words == "电话"


def test_a_visit_cannot_be_moved_past_a_later_step(town: Township) -> None:
    unit = town.uid(HandlingUnit, "镇水务站")
    first = date(2026, 11, 10)
    done = registered(town, raised=Raised(category="02", route="assigned", unit=unit), day=first)
    assert done.opinion is not None
    record_reply(town.desk, opinion=done.opinion.uid, day=date(2026, 11, 15), result="A", words="已修好")
    opened = standing_visit(town.desk, done.contact.uid)
    assert opened is not None

    def moved(day: date) -> None:
        changed = replace(opened.contact, day=day)
        correct_visit(town.desk, contact=changed, visitors=opened.visitors, opened=opened)

    with pytest.raises(StepRefused, match="来访日期晚于2026年11月15日的答复，没有改动"):
        moved(date(2026, 11, 18))
    with town.desk.store.reading() as reading:
        assert [each.day for each in reading.all(Contact)] == [first]
    moved(date(2026, 11, 12))
    with town.desk.store.reading() as reading:
        (assignment,) = reading.all(Assignment)
    assert (assignment.day, assignment.due) == (date(2026, 11, 12), date(2026, 12, 12))
