"""下发资料 end to end: handed down at the county, carried by a receipt, in use at the township, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from lianxin.county.enrolment.enrolling import revoke
from lianxin.county.enrolment.renewing import renew, soon_over_now
from lianxin.county.outgoing.handed_down import (
    HandedThing,
    categories_handing,
    hand_down,
    handed_things,
    layout_handing,
    roster_handings,
    rules_handing,
    theme_handing,
    units_handing,
    withdraw,
)
from lianxin.county.outgoing.receipts import write_receipts
from lianxin.domain.handed_down import BadHanded, OwnLayout
from lianxin.domain.records import AnnualTheme, HandlingUnit, Mandate, Person
from lianxin.office.handed.handed_down import Came, small_categories, take_into_use, what_came
from lianxin.office.handed.rule_files import county_offer, switch_profile, take_rule_file
from lianxin.office.handover.accepting import accept
from lianxin.office.papers.form_examples import take_template
from lianxin.office.paperwork.templates import layout_in_use
from lianxin.office.records import undo_changes
from lianxin.office.trust.trusting import NotThisOffice, enrolled, own_revoked
from lianxin.ui.sending.receipt_words import told_of
from tests.county.offices import NOW, OTHER, TOWN, records_of
from tests.county.posts import Posts, posts_in
from tests.office.test_rule_files import county_text, file_of


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as found:
        yield found


def carried(posts: Posts) -> None:
    """Every township takes its receipt in."""
    for each in write_receipts(posts.county, to=posts.offices.folder / "down"):
        accept(posts.town if each.code == TOWN else posts.offices.other, [each.path])


def thing(posts: Posts, subject: str) -> HandedThing:
    return next(each for each in handed_things(posts.county) if each.subject == subject)


def came(posts: Posts, subject: str) -> Came:
    return next(each for each in what_came(posts.town) if each.subject == subject)


def test_lists_and_theme_work_at_the_township_and_can_be_undone(posts: Posts) -> None:
    hand_down(
        posts.county,
        categories_handing("行路：通村路、桥梁"),
        units_handing("县水利局：水库、渠道\n县教育局"),
        theme_handing({"year": "2027", "name": "乡村振兴", "goals": "每名代表办1件实事"}),
    )
    assert len(thing(posts, "theme").waits) == 2
    carried(posts)
    with posts.town.store.reading() as reading:
        assert small_categories(reading) == {"01": ("通村路", "桥梁")}
    assert came(posts, "categories").standing == "in_use"
    for subject in ("units", "theme"):
        assert came(posts, subject).standing == "offered"
        changes = take_into_use(posts.town, came(posts, subject).uid)
        assert came(posts, subject).standing == "in_use"
        undo_changes(posts.town, changes)
        assert came(posts, subject).standing == "offered"
        take_into_use(posts.town, came(posts, subject).uid)
    with posts.town.store.reading() as reading:
        assert {each.name for each in reading.all(HandlingUnit)} >= {"县水利局", "县教育局"}
        assert [(each.year, each.goals) for each in reading.all(AnnualTheme)] == [(2027, "每名代表办1件实事")]
        own = reading.is_own(AnnualTheme, reading.all(AnnualTheme)[0].uid)
    assert own, "what is taken is a record of the township and comes up with its reports"


def test_who_has_it_is_known_from_what_the_townships_acknowledge(posts: Posts) -> None:
    hand_down(posts.county, units_handing("县水利局"))
    assert not thing(posts, "units").told and len(thing(posts, "units").waits) == 2
    carried(posts)
    assert len(thing(posts, "units").told) == 2
    posts.visit(posts.town)
    posts.receive(posts.send(posts.town))
    found = thing(posts, "units")
    assert len(found.has) == 1 and len(found.told) == 1 and "已收1/2" in found.spread
    assert hand_down(posts.county, units_handing("县水利局")) == ()
    hand_down(posts.county, units_handing("县水利局\n县教育局"))
    found = thing(posts, "units")
    assert found.version == "第2版" and len(found.waits) == 2


def test_a_withdrawn_thing_goes_away_there_and_what_was_taken_stays(posts: Posts) -> None:
    hand_down(posts.county, units_handing("县水利局"), categories_handing("行路：通村路"))
    carried(posts)
    take_into_use(posts.town, came(posts, "units").uid)
    taken_back = (withdraw(posts.county, "units"), withdraw(posts.county, "categories"))
    assert handed_things(posts.county) == ()
    carried(posts)
    assert {each.standing for each in what_came(posts.town)} == {"withdrawn"}
    with posts.town.store.reading() as reading:
        assert small_categories(reading) == {}
        assert [each.name for each in reading.all(HandlingUnit)] == ["县水利局"]
    undo_changes(posts.county, taken_back[1])
    carried(posts)
    assert came(posts, "categories").standing == "in_use"
    with pytest.raises(BadHanded):
        withdraw(posts.county, "units")


def test_what_is_for_one_township_reaches_no_other(posts: Posts) -> None:
    with posts.county.store.writing(reason="县代表") as writing:
        person = Person(
            uid=writing.new_uid(), name="覃正国", sex="male", work="县水利局局长", phone="13912342217"
        )
        writing.put(person)
        for level in ("county", "city"):
            writing.put(
                Mandate(uid=writing.new_uid(), person=person.uid, level=level, delegation="石牌镇代表团")
            )
    (handing,) = roster_handings(posts.county)
    assert handing.codes == (TOWN,) and "139" not in handing.text, "the roster holds what is public only"
    hand_down(posts.county, handing)
    carried(posts)
    assert [each.subject for each in what_came(posts.offices.other)] == []
    take_into_use(posts.town, came(posts, "roster").uid)
    with posts.town.store.reading() as reading:
        assert [each.name for each in reading.all(Person)] == ["覃正国"]
        assert sorted(each.level for each in reading.all(Mandate)) == ["city", "county"]
    assert thing(posts, "roster").to and OTHER not in thing(posts, "roster").to


def test_a_template_of_the_county_is_printed_with(posts: Posts) -> None:
    content = take_template(posts.county, "reply-letter")
    hand_down(posts.county, layout_handing("答复函", OwnLayout("reply-letter", "答复函.docx", content)))
    carried(posts)
    take_into_use(posts.town, came(posts, "template").uid)
    with posts.town.store.reading() as reading:
        assert layout_in_use(posts.town, reading, "reply-letter") == content
    assert came(posts, "template").standing == "in_use"


def test_rules_come_with_a_receipt_too(posts: Posts, tmp_path: Path) -> None:
    taken = take_rule_file(posts.county, file_of(tmp_path, county_text()))
    county, _ = switch_profile(posts.county, taken.profile.key)
    hand_down(county, rules_handing(county))
    carried(posts)
    offered = county_offer(posts.town)
    assert offered is not None and offered.profile.key == taken.profile.key
    town, _ = switch_profile(posts.town, offered.profile.key)
    assert town.profile.opinion_days.value == 20
    switch_profile(county, "national")
    assert thing(posts, "rules").stale


def test_a_township_hands_nothing_down(posts: Posts) -> None:
    with pytest.raises(NotThisOffice):
        hand_down(posts.town, units_handing("县水利局"))


def test_a_certificate_near_its_end_is_issued_anew_and_comes_with_the_receipt(posts: Posts) -> None:
    assert soon_over_now(posts.county) == ()
    posts.offices.clock.now = NOW + timedelta(days=1000)
    due = [each for each in soon_over_now(posts.county) if each.code == TOWN]
    renewed = renew(posts.county, serials=[each.serial for each in due])
    assert [each.code for each in renewed] == [TOWN] and renewed[0].until > due[0].until
    assert [each.code for each in soon_over_now(posts.county) if each.role == "desk"] == [OTHER]
    before = enrolled(posts.town)
    made = write_receipts(posts.county, to=posts.offices.folder / "down", codes=[TOWN])
    accepted = accept(posts.town, [made[0].path])
    held = enrolled(posts.town)
    assert before is not None and held is not None and held.certificate == renewed[0].certificate.encode()
    assert accepted.trust == ("本机的证书已续期",)
    words = told_of(accepted)[0]
    assert "本机的证书已续期" in words and "县人大下发的资料有1份" in words
    posts.offices.clock.now += timedelta(days=200)
    posts.visit(posts.town)
    assert posts.receive(posts.send(posts.town))[0].outcome.ok


def test_a_revocation_comes_with_the_receipt(posts: Posts) -> None:
    revoked = records_of(posts.county)
    other = next(each for each in revoked if each.code == OTHER)
    revoke(posts.county, code=other.serial, to=posts.offices.folder / "lists")
    made = write_receipts(posts.county, to=posts.offices.folder / "down", codes=[TOWN])
    accepted = accept(posts.town, [made[0].path])
    assert accepted.trust == ("证书作废名单已更新",)
    held = enrolled(posts.town)
    assert held is not None and not own_revoked(held)
    assert came(posts, "revocations").standing == "in_use"
