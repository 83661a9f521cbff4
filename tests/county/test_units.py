"""A township is renamed in mid-term: past periods stay with the old unit, late files count for the new one, then wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from lianxin.bundle.codes import Code, Verdict
from lianxin.county.figures.town_figures import county_period, figures_by_town
from lianxin.county.outgoing.receipts import write_receipts
from lianxin.county.townships.roster import roster
from lianxin.county.units import forget_code_change, note_code_change, take_files_until
from lianxin.domain.records import Enrolment
from lianxin.office.enrolment.files import EnrolmentRefused
from lianxin.office.handover.accepting import accept
from lianxin.store.reading import Reading
from tests.county.offices import NOW, OTHER, TOWN
from tests.county.posts import Posts, posts_in

NEW = "439901202"


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as found:
        yield found


def persons(posts: Posts, period: str) -> dict[str, object]:
    found = figures_by_town(posts.county, county_period(posts.county, period, cutoff=31))
    lines = {line.town.code: line.figures["visit_persons"].value for line in found.lines}
    assert (
        sum(value for value in lines.values() if isinstance(value, int)) == found.whole["visit_persons"].value
    )
    return {code: value for code, value in lines.items() if value}


def test_past_totals_stay_and_late_files_are_mapped_until_a_day(posts: Posts) -> None:
    posts.visit(posts.town, day=3)
    posts.visit(posts.offices.other, day=4)
    posts.receive(posts.send(posts.town), posts.send(posts.offices.other))
    assert persons(posts, "2026-11") == {TOWN: 1, OTHER: 1}
    change = note_code_change(
        posts.county, former=TOWN, code=NEW, day=date(2026, 12, 1), name="石牌街道", until=date(2026, 12, 31)
    )
    assert persons(posts, "2026-11") == {TOWN: 1, OTHER: 1}, (
        "the month that ended before the day is the old unit's"
    )
    assert persons(posts, "2026-12") == {}
    posts.offices.clock.now = NOW + timedelta(days=25)
    posts.visit(posts.town, day=20)
    late = posts.send(posts.town)
    assert posts.receive(late)[0].outcome.verdict is Verdict.ACCEPT
    assert persons(posts, "2026-11") == {TOWN: 2, OTHER: 1}
    assert persons(posts, "2026") == {NEW: 2, OTHER: 1}, (
        "a year that goes beyond the day counts for who stands then"
    )
    with posts.county.store.reading() as reading:
        names = {each.code: each.name for each in roster(reading, date(2026, 12, 15))}
    assert names[NEW] == "石牌街道" and TOWN not in names
    posts.offices.clock.now = NOW + timedelta(days=60)
    posts.visit(posts.town, day=21)
    file = posts.send(posts.town)
    before = posts.hash_of()
    found = posts.receive(file)[0].outcome
    assert (found.verdict, found.code) == (
        Verdict.QUARANTINE,
        Code.UNIT_ENDED,
    ) and "2026年12月31日" in found.message
    assert posts.hash_of() == before
    take_files_until(posts.county, change.uid, date(2027, 3, 31))
    assert posts.receive(file)[0].outcome.verdict is Verdict.ACCEPT
    forget_code_change(posts.county, change.uid)
    assert persons(posts, "2026") == {TOWN: 3, OTHER: 1}


def test_a_unit_that_was_merged_into_keeps_its_past_though_it_enrolled_later(posts: Posts) -> None:
    posts.visit(posts.offices.other, day=4)
    posts.receive(posts.send(posts.offices.other))
    day = date(2026, 12, 1)
    with posts.county.store.writing(reason="登记得晚") as writing:
        for desk in Reading(writing.connection).all(Enrolment):
            writing.put(replace(desk, issued=date(2026, 12, 5)), opened=desk)
    note_code_change(posts.county, former=TOWN, code=OTHER, day=day, change="merged")
    assert persons(posts, "2026-11") == {OTHER: 1}
    posts.visit(posts.town)
    posts.receive(posts.send(posts.town))
    (receipt,) = write_receipts(posts.county, to=posts.offices.folder / "down", codes=[OTHER])
    taken = accept(posts.offices.other, [receipt.path])
    assert [each.outcome.code.value for each in taken.verdicts] == ["E000"], (
        "it speaks of its own streams alone"
    )


def test_of_a_split_every_record_counts_once(posts: Posts) -> None:
    posts.visit(posts.town)
    posts.receive(posts.send(posts.town))
    for code, name in ((NEW, "石牌镇"), ("439901203", "新河镇")):
        posts.offices.clock.now += timedelta(minutes=1)
        note_code_change(
            posts.county, former=TOWN, code=code, day=date(2026, 11, 10), name=name, change="split"
        )
    assert persons(posts, "2026-10") == {} and persons(posts, "2026-11") == {NEW: 1}
    with posts.county.store.reading() as reading:
        assert {NEW, "439901203", OTHER} == {each.code for each in roster(reading, date(2026, 11, 20))}
    with pytest.raises(EnrolmentRefused, match="拆分"):
        note_code_change(posts.county, former=TOWN, code="439901209", day=date(2026, 11, 10))
