"""Rule files: taken in, told apart from what is in force, switched on and back, carried by the county."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lianxin.domain.canonical import JsonValue
from lianxin.domain.rule_differences import differences, rhythm
from lianxin.domain.rules import BadProfile, rules_of
from lianxin.office.desk import Desk, office_of
from lianxin.office.handed.rule_files import (
    NATIONAL,
    county_offer,
    profile_in,
    profiles_at_hand,
    shipped_names,
    shipped_profile,
    switch_profile,
    take_rule_file,
)
from lianxin.office.records import undo_changes
from lianxin.office.trust.trusting import Enrolled, keep_enrolled
from tests.ui.small_office import small_office

PROFILES = Path(__file__).parents[2] / "resources" / "profiles"


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    return small_office(tmp_path)


def county_text(*, days: int = 20, without: str = "", name: str = "清江县规定") -> str:
    """A county's own rules: another time limit for opinions; `without` leaves one rule out."""
    told = json.loads((PROFILES / "national.json").read_text("utf-8"))
    told |= {"key": "qingjiang", "name": name, "version": "2026-12"}
    told["rules"]["opinion_days"] |= {"value": days, "source": "清人办〔2026〕9号"}
    told["rules"]["presidium"] |= {"cadence": "calendar", "months": 3}
    told["rules"].pop(without, None)
    return json.dumps(told, ensure_ascii=False)


def file_of(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "清江县规则库.json"
    path.write_text(text, "utf-8")
    return path


def from_county(desk: Desk, text: str) -> None:
    keep_enrolled(
        desk,
        Enrolled(
            root_pem=b"", county_code="433130", county_name="清江县人大", recipient="", certificate=b"", crl=b"",
            crl_number=1, rules=text, confirmed=True,
        ),
    )  # fmt: skip


def test_a_file_is_taken_in_seen_with_its_differences_and_only_then_switched_on(
    office: Desk, tmp_path: Path
) -> None:
    taken = take_rule_file(office, file_of(tmp_path, county_text()))
    assert office.profile.key == NATIONAL and taken.profile.key.startswith("qingjiang-")
    told = {each.name: (each.now, each.then) for each in differences(office.profile, taken.profile)}
    assert told == {
        "opinion_days": ("30日", "20日"),
        "presidium": ("每隔3个月以内1次", "每季度（按日历）1次"),
    }
    switched, saved = switch_profile(office, taken.profile.key)
    assert switched.profile.opinion_days.value == 20
    with office.store.reading() as reading:
        assert profile_in(reading).opinion_days.source == "清人办〔2026〕9号"
    undo_changes(office, saved.changes)
    with office.store.reading() as reading:
        assert profile_in(reading).key == office_of(reading).profile == NATIONAL


def test_the_same_file_twice_is_kept_once_and_another_version_apart(office: Desk, tmp_path: Path) -> None:
    for days in (20, 20, 25):
        take_rule_file(office, file_of(tmp_path, county_text(days=days)))
    files = [each for each in profiles_at_hand(office) if each.origin == "file"]
    assert sorted(each.profile.opinion_days.value for each in files) == [20, 25]
    assert len({each.profile.key for each in files}) == 2
    assert [each.profile.key for each in profiles_at_hand(office)][:3] == list(shipped_names())


def test_a_file_of_an_older_program_takes_what_it_lacks_from_the_national_rules(
    office: Desk, tmp_path: Path
) -> None:
    taken = take_rule_file(office, file_of(tmp_path, county_text(without="inquiry_signers")))
    assert taken.missing == ("质询案联名人数",)
    assert taken.profile.inquiry_signers == shipped_profile(NATIONAL).inquiry_signers


@pytest.mark.parametrize("text", ["", "不是规则库", "[]", '{"key": "x"}', county_text().replace("20", "0")])
def test_what_is_no_rule_file_is_refused_and_changes_nothing(office: Desk, tmp_path: Path, text: str) -> None:
    with pytest.raises(BadProfile):
        take_rule_file(office, file_of(tmp_path, text))
    assert all(each.origin == "program" for each in profiles_at_hand(office))


def test_rules_of_the_county_wait_until_somebody_switches_them_on(office: Desk) -> None:
    assert county_offer(office) is None
    from_county(office, county_text())
    offered = county_offer(office)
    assert offered is not None and offered.profile.name == "清江县规定"
    with office.store.reading() as reading:
        assert profile_in(reading).opinion_days.value == 30
    switched, _ = switch_profile(office, offered.profile.key)
    assert switched.profile.opinion_days.value == 20 and county_offer(switched) is None
    from_county(switched, county_text(days=25))
    later = county_offer(switched)
    assert later is not None and later.profile.opinion_days.value == 25
    with office.store.reading() as reading:
        assert profile_in(reading).opinion_days.value == 20, "what is in force stays readable"


def test_the_county_handing_out_what_is_in_force_offers_nothing(office: Desk) -> None:
    from_county(office, (PROFILES / "national.json").read_text("utf-8"))
    assert county_offer(office) is None


def test_an_office_whose_rule_file_is_gone_opens_with_the_national_rules_and_says_so(office: Desk) -> None:
    from dataclasses import replace

    from lianxin.office.records import save_record

    with office.store.reading() as reading:
        opened = office_of(reading)
    save_record(office, replace(opened, profile="qingjiang-000000000000"), opened=opened)
    with office.store.reading() as reading:
        found = profile_in(reading)
    assert rules_of(found) == rules_of(shipped_profile(NATIONAL)) and "暂按国家规定" in found.note


def test_rules_counted_from_the_last_time_and_by_the_calendar_read_differently() -> None:
    national = shipped_profile(NATIONAL)
    assert rhythm(national.presidium) == "每隔3个月以内"
    assert rhythm(national.symposiums) == "每季度（按日历）"
    assert rhythm(national.reply) == ""


def test_every_number_of_a_shipped_profile_says_where_it_comes_from() -> None:
    told: list[JsonValue] = []
    for name in shipped_names():
        told += [rule.source for _, _, rule in rules_of(shipped_profile(name)) if len(str(rule.source)) < 4]
    assert told == []
