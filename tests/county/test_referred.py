"""转报县人大 from end to end: up with a report, handed over and answered, down with a receipt, the feedback up again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lianxin.county.referrals.referred import ReferredBook, ReferredFilter, counts, kept
from lianxin.domain.records import (
    CountyAssignment,
    CountyDecision,
    CountyReply,
    CountySupervision,
)
from lianxin.office.cases.county_steps import (
    remove_county_step,
    urging_answered,
)
from lianxin.office.cases.opinions import route
from lianxin.office.cases.steps import StepRefused
from lianxin.office.putting import put_told
from lianxin.office.receiving.taking_back import StillNeeded, rebuild, undo_receive
from lianxin.office.records import undo_changes
from lianxin.store.check import check
from lianxin.store.received import received_files
from lianxin.ui.sending.receipt_words import told_of
from tests.county.offices import TOWN
from tests.county.posts import posts_in
from tests.county.referrals import Course

UNIT = "县水利局"


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Course]:
    with posts_in(tmp_path) as posts:
        yield Course(posts)


def test_a_referred_matter_goes_round_until_the_visitor_is_content(course: Course) -> None:
    county = course.posts.county
    course.up()
    new = course.at_county()
    assert (new.stage, new.code, new.town != "", new.arrived) == ("sent", TOWN, True, course.today)
    assert new.clock.due == county.profile.limit(
        course.today, county.profile.referral_assign or pytest.fail()
    )

    course.step(CountyAssignment, course.uid, unit=UNIT, demand="会同两镇查明渗漏段")
    words, _ = told_of(course.down())
    assert "转报事项有新进展：县级交办1条" in words
    town = course.at_town()
    assert town.state.code == "to_county" and "县水利局承办" in town.next_act
    assert [event.act for event in town.events][-1] == "县交办"
    assert (
        town.state.steps[2].mark == "now" and town.state.steps[2].day == course.at_county().referral.assigned
    )

    course.step(
        CountySupervision, course.uid, means="letter", demand="请尽快", reply_by=course.today.isoformat()
    )
    with county.store.reading() as reading:
        (letter,) = reading.all(CountySupervision)
    urging_answered(county, supervision=letter, day=course.today, answer="已进场", outcome="moving")
    course.step(CountyReply, course.uid, result="A", words="渗漏段已修复")
    course.down()
    town = course.at_town()
    assert (
        town.state.code == "answered"
        and town.next_act == "县里已答复，请反馈"
        and "请向来访人反馈" in town.standing
    )
    assert town.state.due is not None and "已进场" in "".join(event.words for event in town.events)

    course.ask("unsatisfied")
    course.up()
    again = course.at_county()
    assert (again.stage, again.referral.rounds, again.clock.days_left is not None) == ("again", 1, True)
    assert course.at_town().state.code == "to_county"

    course.step(CountyAssignment, course.uid, unit=UNIT, reason="群众不满意，重办")
    course.step(CountyReply, course.uid, result="A", words="第二段也已修复")
    course.down()
    course.ask("satisfied")
    course.up()
    over = course.at_county()
    assert (over.stage, over.satisfaction, over.clock.badge) == ("closed", "satisfied", "")
    assert course.at_town().state.code == "closed" and course.at_town().state.round == 1

    whole, states = check(county.store).content_hash, course.book.look()
    done = rebuild(county)
    assert (done.content_hash, done.problems, done.held) == (whole, (), ())
    assert ReferredBook(county).look() == states
    assert check(course.posts.town.store).problems == ()


def test_back_on_and_undone(course: Course) -> None:
    county, other = course.posts.county, course.register("省道弯道视线不良")
    course.up()
    written = course.step(CountyDecision, course.uid, decision="returned", reason="属于镇级管护")
    course.step(
        CountyDecision,
        other,
        decision="upward",
        reason="省道由市里管养",
        destination="市人大",
    )
    course.down()
    town = course.at_town()
    assert (town.state.code, town.next_act) == ("returned", "县人大已退回，重新分流")
    assert town.state.due is not None and course.at_county().stage == "returned"
    with pytest.raises(StepRefused):
        course.step(CountyAssignment, course.uid, unit=UNIT)
    assert {each.stage for each in kept(course.book.look(), ReferredFilter(stage="open"))} == {"upward"}
    assert counts(course.book.look(), ReferredFilter())["returned"] == 1

    with county.store.reading() as reading:
        (file,) = received_files(reading.connection, "accepted")
    with pytest.raises(StillNeeded):
        undo_receive(county, file.bundle_id)
    undo_changes(county, written)
    course.down()
    assert course.at_town().state.code == "to_county" and course.at_county().stage == "sent"


def test_what_the_township_took_back_the_county_cannot_move_and_nothing_is_lost(course: Course) -> None:
    course.up()
    course.days(1)
    route(
        course.posts.town, opinion=course.uid, way="answered_on_spot", day=course.today, reason="已自行解决"
    )
    course.days(1)
    # The county does not know yet.
    course.step(CountyAssignment, course.uid, unit=UNIT)
    course.down()
    assert course.at_town().state.code == "closed"
    assert "县交办" in [event.act for event in course.at_town().events]
    course.up()
    found = course.at_county()
    assert (found.stage, len(found.referral.unheeded), found.open) == ("taken_back", 1, False)
    with pytest.raises(StepRefused):
        course.step(CountyReply, course.uid, result="A", words="办好了")


def test_only_the_county_writes_its_steps_and_a_script_may(course: Course) -> None:
    course.up()
    told = {"opinion": course.uid, "交办日期": "今天", "承办单位": UNIT}
    refused = put_told(course.posts.town, kind="county-assignment", told=told)
    assert refused.outcome == "refused" and "县人大" in "".join(refused.problems.values())
    made = put_told(course.posts.county, kind="county-assignment", told=told)
    assert made.outcome == "new" and course.at_county().referral.unit == UNIT
    assert made.number is not None or course.at_county().referral.due is not None
    put_told(
        course.posts.county,
        kind="county-reply",
        told={"opinion": course.uid, "date": course.today.isoformat(), "result": "A", "words": "已办好"},
    )
    with course.posts.county.store.reading() as reading:
        (reply,) = reading.all(CountyReply)
    assert reply.addressee == TOWN
    remove_county_step(course.posts.county, step=reply)
    assert course.at_county().stage == "assigned"
