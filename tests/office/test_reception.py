"""Reception days: by hand and from rules, the rota, who came, held, postponed, cancelled."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from lianxin.domain.dates import Unreadable
from lianxin.domain.records import Contact, Mandate, Person, ReceptionDay, ReceptionRule, Rota, Visitor
from lianxin.office.cases.registering import Raised, queue_visitor, register_visit
from lianxin.office.papers.catalogue import named_notice
from lianxin.office.reception import days as reception
from lianxin.office.reception import on_duty
from lianxin.office.reception.visit_papers import reception_form, write_paper
from lianxin.office.records import undo_changes
from lianxin.store.reading import Condition
from tests.office.township import Township, new_township

TODAY = date(2026, 11, 20)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


def rule(town: Township, kind: str = "monthly_day", days: str = "5、20", **more: time) -> ReceptionRule:
    made = ReceptionRule(uid="", station=town.station, recurrence=kind, days=days, **more)
    stored, _ = reception.save_rule(town.desk, made)
    return stored


def rota_of(town: Township, day: ReceptionDay) -> list[Rota]:
    with town.desk.store.reading() as reading:
        return reading.children(Rota, "reception_day", [day.uid])


def sheet_of(town: Township, day: ReceptionDay) -> reception.DaySheet:
    found = reception.day_sheet(town.desk, day.uid)
    assert found is not None
    return found


def test_a_day_by_hand_takes_the_usual_station_and_hours(town: Township) -> None:
    day, _ = reception.make_day(town.desk, day=TODAY)
    assert (day.station, day.start, day.end, day.state) == (town.station, time(9), time(11), "planned")
    assert day.number == "439901102-2026-JR0001"
    with pytest.raises(reception.DayThere):
        reception.make_day(town.desk, day=TODAY)


def test_a_rule_makes_its_days_once(town: Township) -> None:
    made_by = rule(town, start=time(8, 30), end=time(11, 0))
    span = {"start": date(2026, 12, 1), "end": date(2027, 1, 31)}
    made, _ = reception.make_days(town.desk, **span)
    assert [day.day for day in made] == [
        date(2026, 12, 5), date(2026, 12, 20), date(2027, 1, 5), date(2027, 1, 20),
    ]  # fmt: skip
    assert {(day.rule, day.start) for day in made} == {(made_by.uid, time(8, 30))}
    assert made[2].number == "439901102-2027-JR0001"
    assert reception.make_days(town.desk, **span) == ([], ())


def test_days_made_from_a_rule_are_taken_back_in_one_step(town: Township) -> None:
    rule(town)
    _, changes = reception.make_days(town.desk, start=date(2026, 12, 1), end=date(2026, 12, 31))
    undo_changes(town.desk, changes)
    assert reception.days_between(town.desk, date(2026, 12, 1), date(2026, 12, 31)) == []


def test_a_rule_nobody_can_read_is_not_stored(town: Township) -> None:
    with pytest.raises(Unreadable):
        rule(town, days="初几")
    assert reception.rules_in_use(town.desk) == []


def test_the_rota_is_fair_and_keeps_what_was_chosen_by_hand(town: Township) -> None:
    rule(town, kind="weekly", days="周三")
    made, _ = reception.make_days(town.desk, start=date(2026, 12, 1), end=date(2027, 1, 31))
    chosen = town.uid(Person, "覃春生")
    on_duty.put_on_duty(town.desk, day=made[2].uid, person=chosen)
    on_duty.fill_rota(town.desk, start=made[0].day, end=made[-1].day)
    before = {day.uid: {each.person for each in rota_of(town, day)} for day in made}
    assert all(len(people) == 2 for people in before.values())
    assert chosen in before[made[2].uid]
    times = Counter(person for people in before.values() for person in people)
    assert len(times) == 6 and max(times.values()) - min(times.values()) <= 1
    for one, other in pairwise(made):
        assert not before[one.uid] & before[other.uid]
    on_duty.fill_rota(town.desk, start=made[0].day, end=made[-1].day)
    assert chosen in {each.person for each in rota_of(town, made[2]) if each.fixed}
    assert all(len(rota_of(town, day)) == 2 for day in made)


def test_a_rule_says_how_many_deputies_receive(town: Township) -> None:
    made = ReceptionRule(uid="", station=town.station, recurrence="monthly_day", days="25", deputies=3)
    reception.save_rule(town.desk, made)
    (day,), _ = reception.make_days(town.desk, start=TODAY, end=date(2026, 11, 30))
    on_duty.fill_rota(town.desk, start=day.day, end=day.day)
    assert len(rota_of(town, day)) == 3


def test_only_serving_deputies_are_proposed(town: Township) -> None:
    gone = town.uid(Person, "周桂兰")
    with town.desk.store.writing(reason="辞职") as writing, town.desk.store.reading() as reading:
        (mandate,) = reading.all(Mandate, Condition("person", "=", gone))
        writing.put(Mandate(uid=mandate.uid, person=gone, level="county", state="resigned", state_day=TODAY))
    for number in range(1, 7):
        reception.make_day(town.desk, day=date(2026, 12, number))
    on_duty.fill_rota(town.desk, start=date(2026, 12, 1), end=date(2026, 12, 31))
    with town.desk.store.reading() as reading:
        assert gone not in {each.person for each in reading.all(Rota)}
    assert gone not in dict(on_duty.deputies_to_choose(town.desk))


def test_arriving_leaving_and_standing_in(town: Township) -> None:
    day, _ = reception.make_day(town.desk, day=TODAY)
    for name in ("周桂兰", "向光明"):
        on_duty.put_on_duty(town.desk, day=day.uid, person=town.uid(Person, name))
    first, second = rota_of(town, day)
    town.clock.at(TODAY, 8, 52)
    on_duty.check_in(town.desk, first.uid)
    changes = on_duty.on_leave(town.desk, second.uid, reason="住院", substitute=town.uid(Person, "单大贵"))
    sheet = sheet_of(town, day)
    assert [duty.words() for duty in sheet.duties] == [
        "周桂兰（县） 8:52到岗",
        "向光明（乡） 请假，单大贵替班",
    ]
    assert sheet.deputies() == "周桂兰、单大贵"
    undo_changes(town.desk, changes)
    assert sheet_of(town, day).duties[1].words() == "向光明（乡） 待到岗"


def test_a_new_proposal_leaves_who_already_came(town: Township) -> None:
    day, _ = reception.make_day(town.desk, day=TODAY)
    on_duty.fill_rota(town.desk, start=TODAY, end=TODAY)
    first = rota_of(town, day)[0]
    on_duty.check_in(town.desk, first.uid)
    on_duty.fill_rota(town.desk, start=TODAY, end=TODAY)
    assert first.person in {each.person for each in rota_of(town, day)}
    assert len(rota_of(town, day)) == 2


def test_the_counts_of_a_day(town: Township) -> None:
    day, _ = reception.make_day(town.desk, day=TODAY)
    contact = Contact(
        uid="", channel="reception_day", day=TODAY, words="校车绕行", persons=3, reception_day=day.uid
    )
    visitor = Visitor(uid="", contact="", name="彭某")
    for route in ("answered_on_spot", "to_county", ""):
        register_visit(
            town.desk, contact=contact, visitors=[visitor], raised=Raised(category="01", route=route)
        )
    queue_visitor(town.desk, contact=contact, name="石建国", village=None, address=None)
    sheet = sheet_of(town, day)
    assert sheet.counts() == "已接待4批12人次 · 意见3条 · 当场答复1条 · 待补全1条"


def test_closing_asks_nothing_and_can_be_taken_back(town: Township) -> None:
    day, _ = reception.make_day(town.desk, day=TODAY)
    changes = reception.close_day(town.desk, day.uid)
    assert sheet_of(town, day).day.state == "held"
    undo_changes(town.desk, changes)
    assert sheet_of(town, day).day.state == "planned"
    ahead, _ = reception.make_day(town.desk, day=date(2026, 11, 25))
    with pytest.raises(reception.NotOver):
        reception.close_day(town.desk, ahead.uid)


def test_postponing_keeps_the_rota_and_the_reason(town: Township) -> None:
    day, _ = reception.make_day(town.desk, day=TODAY)
    on_duty.fill_rota(town.desk, start=TODAY, end=TODAY)
    people = {each.person for each in rota_of(town, day)}
    with pytest.raises(reception.ReasonWanted):
        reception.postpone_day(town.desk, day.uid, to=date(2026, 11, 23), reason=" ")
    moved, changes = reception.postpone_day(town.desk, day.uid, to=date(2026, 11, 23), reason="防汛")
    assert {each.person for each in rota_of(town, moved)} == people
    former = sheet_of(town, day).day
    assert (former.state, former.state_reason, moved.state) == ("postponed", "防汛", "planned")
    undo_changes(town.desk, changes)
    assert sheet_of(town, day).day.state == "planned"
    assert reception.day_sheet(town.desk, moved.uid) is None


def test_a_day_is_postponed_once_and_only_to_a_later_date(town: Township) -> None:
    day, _ = reception.make_day(town.desk, day=TODAY)
    with pytest.raises(reception.NotLater, match="要晚于原来的"):
        reception.postpone_day(town.desk, day.uid, to=TODAY - timedelta(days=7), reason="防汛")
    reception.postpone_day(town.desk, day.uid, to=TODAY + timedelta(days=2), reason="防汛")
    with pytest.raises(reception.DayDecided, match="已经记为“顺延”，没有改动"):
        reception.postpone_day(town.desk, day.uid, to=TODAY + timedelta(days=3), reason="防汛")
    with pytest.raises(reception.DayDecided):
        reception.cancel_day(town.desk, day.uid, reason="防汛")
    with pytest.raises(reception.DayDecided):
        reception.close_day(town.desk, day.uid)


def test_cancelling_needs_a_reason(town: Township) -> None:
    day, _ = reception.make_day(town.desk, day=TODAY)
    with pytest.raises(reception.ReasonWanted):
        reception.cancel_day(town.desk, day.uid, reason="")
    reception.cancel_day(town.desk, day.uid, reason="大雪封路")
    assert sheet_of(town, day).day.state == "cancelled"
    reception.make_day(town.desk, day=TODAY)


def test_the_day_to_show_is_today_else_the_latest_else_the_next(town: Township) -> None:
    assert reception.day_to_show(town.desk) is None
    ahead, _ = reception.make_day(town.desk, day=date(2026, 12, 1))
    assert reception.day_to_show(town.desk) == ahead
    past, _ = reception.make_day(town.desk, day=date(2026, 11, 5))
    shown = reception.day_to_show(town.desk)
    assert shown == past
    today, _ = reception.make_day(town.desk, day=TODAY)
    assert reception.day_to_show(town.desk) == today


def test_papers_of_the_day_are_word_files(town: Township, tmp_path: Path) -> None:
    day, _ = reception.make_day(town.desk, day=TODAY)
    on_duty.fill_rota(town.desk, start=TODAY, end=TODAY)
    name, content = named_notice(town.desk, day.uid)
    assert name == "接待日公告_2026年11月20日.docx" and content[:2] == b"PK"
    blank, empty = reception_form(town.desk, None)
    assert blank == "接待登记表（空白）.docx" and empty[:2] == b"PK"
    done = register_visit(
        town.desk,
        contact=Contact(uid="", channel="reception_day", day=TODAY, words="校车绕行", reception_day=day.uid),
        visitors=[Visitor(uid="", contact="", name="彭某")],
        raised=Raised(category="01"),
    )
    filled, content = reception_form(town.desk, done.contact.uid)
    assert filled == "接待登记表_439901102-2026-JF0001.docx"
    written = write_paper(tmp_path / "文书", filled, content)
    assert written.path.read_bytes() == content and not written.instead
