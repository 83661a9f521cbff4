"""What a county hands out to its townships: rules with its answer, holidays with its receipts; both wait there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lianxin.county.enrolment.enrolling import write_profile
from lianxin.county.outgoing.receipts import write_receipts
from lianxin.domain.calendar.workdays import Holiday, HolidayYear
from lianxin.office.desk import Desk
from lianxin.office.enrolment.enrolling import accept_answer
from lianxin.office.handed.calendars import in_force, take_years
from lianxin.office.handed.county_holidays import hand_out, offered_holidays
from lianxin.office.handed.rule_files import county_offer, switch_profile, take_rule_file
from lianxin.office.handover.accepting import accept
from tests.county.posts import Posts, posts_in
from tests.office.test_rule_files import county_text, file_of

YEAR = HolidayYear(
    2027,
    "清江县人民政府办公室关于2027年节假日安排的通知",
    (
        Holiday("元旦", date(2027, 1, 1), date(2027, 1, 3)),
        Holiday("赶年节", date(2027, 2, 4), date(2027, 2, 4)),
    ),
)


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as found:
        yield found


def with_calendar(desk: Desk) -> Desk:
    with desk.store.reading() as reading:
        return replace(desk, profile=in_force(desk.profile, reading))


def receipt(posts: Posts) -> Path:
    written = write_receipts(posts.county, to=posts.offices.folder / "down", codes=["439901102"])
    return written[0].path


def test_holidays_of_the_county_come_with_a_receipt_and_count_when_taken_in(posts: Posts) -> None:
    assert hand_out(posts.county, YEAR) and hand_out(posts.county, YEAR) == ()
    accept(posts.town, [receipt(posts)])
    town = with_calendar(posts.town)
    assert offered_holidays(town) == (YEAR,)
    assert town.profile.calendar.is_workday(date(2027, 2, 4))
    take_years(town, offered_holidays(town))
    town = with_calendar(town)
    assert not town.profile.calendar.is_workday(date(2027, 2, 4)) and offered_holidays(town) == ()


def test_a_corrected_year_is_offered_again(posts: Posts) -> None:
    hand_out(posts.county, YEAR)
    accept(posts.town, [receipt(posts)])
    town = with_calendar(posts.town)
    take_years(town, offered_holidays(town))
    mended = replace(YEAR, holidays=YEAR.holidays[:1])
    hand_out(posts.county, mended)
    accept(town, [receipt(posts)])
    assert offered_holidays(with_calendar(town)) == (mended,)


def test_a_township_hands_nothing_out(posts: Posts) -> None:
    with pytest.raises(ValueError, match="county"):
        hand_out(posts.town, YEAR)


def test_the_rules_a_county_took_in_go_with_its_answer_and_wait_at_the_township(
    posts: Posts, tmp_path: Path
) -> None:
    taken = take_rule_file(posts.county, file_of(tmp_path, county_text()))
    county, _ = switch_profile(posts.county, taken.profile.key)
    file = write_profile(county, to=tmp_path / "down").path
    accept_answer(posts.town, file=file)
    offered = county_offer(posts.town)
    assert offered is not None and offered.profile.key == taken.profile.key
    assert posts.town.profile.opinion_days.value == 30
    town, _ = switch_profile(posts.town, offered.profile.key)
    assert town.profile.opinion_days.value == 20 and county_offer(town) is None
