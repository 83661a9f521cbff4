"""The roster of the whole county: who tells of whom, one person in several levels confirmed, refused, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lianxin.county.deputies import (
    county_deputies,
    decide_same,
    deputies_xlsx,
    narrowed,
    take_decision_back,
)
from lianxin.domain.records import Mandate, Person
from lianxin.office.desk import Desk
from lianxin.office.records import undo_changes
from tests.county.offices import TOWN
from tests.county.posts import Posts, posts_in


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as found:
        yield found


def deputy(desk: Desk, name: str, level: str, **told: str) -> str:
    with desk.store.writing(reason="登记代表") as writing:
        person = Person.unpacked({"uid": writing.new_uid(), "name": name, **told})
        writing.put(person)
        writing.put(Mandate(uid=writing.new_uid(), person=person.uid, level=level))
    return person.uid


def test_one_person_of_several_offices_is_asked_about_and_never_merged(posts: Posts) -> None:
    here = deputy(posts.town, "刘青山", "township", born="1975-03", phone="13912342217", work="水务站")
    there = deputy(posts.offices.other, "刘青山", "township", born="1975-03")
    above = deputy(posts.county, "刘青山", "county", work="水务站")
    posts.receive(posts.send(posts.town), posts.send(posts.offices.other))
    told = county_deputies(posts.county)
    assert [row.level for row in told.rows] == ["county", "township", "township"]
    assert len({row.town for row in told.rows}) == 3 and told.rows[0].town == "县人大"
    assert "13912342217" not in repr(told), "phones are masked"
    first = next(each for each in told.questions if each.likely.pair == {here, there})
    assert "第四十八条" in first.hint and not told.hints
    before = posts.hash_of()
    changes = decide_same(posts.county, first.likely, same=True)
    told = county_deputies(posts.county)
    assert {here, there} == set(told.together[here]) and set(told.hints) == {here, there}
    assert len(told.of(here)) == 2 and len(told.rows) == 3, "nothing is merged"
    undo_changes(posts.county, changes)
    assert not county_deputies(posts.county).decided and posts.hash_of() == before
    second = next(each for each in told.questions if above in each.likely.pair)
    decide_same(posts.county, second.likely, same=False)
    told = county_deputies(posts.county)
    assert second.likely.pair not in {each.likely.pair for each in told.questions}
    take_decision_back(posts.county, told.decided[0].record.uid)
    assert second.likely.pair in {each.likely.pair for each in county_deputies(posts.county).questions}


def test_the_roster_is_narrowed_and_exported(posts: Posts) -> None:
    deputy(posts.town, "刘青山", "township", work="水务站")
    deputy(posts.town, "覃正国", "county")
    posts.receive(posts.send(posts.town))
    rows = county_deputies(posts.county).rows
    assert [row.name for row in narrowed(rows, words="lqs")] == ["刘青山"]
    assert [row.name for row in narrowed(rows, level="county", code=TOWN)] == ["覃正国"]
    assert narrowed(rows, words="水务")[0].name == "刘青山" and not narrowed(rows, code="439901999")
    assert deputies_xlsx(posts.county, rows)[:2] == b"PK"
