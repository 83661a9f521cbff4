"""The electoral law at the register: seats of a district, one mandate of a person in a level and term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lianxin.domain.records import District, Mandate
from lianxin.office.putting import put_told
from lianxin.office.records import RecordRefused, new_uid, save_record
from tests.office.deputy_work import mandate_of
from tests.office.township import Township, new_township


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


@pytest.mark.parametrize("seats", [None, 1, 3])
def test_a_district_elects_one_to_three(town: Township, seats: int | None) -> None:
    save_record(town.desk, District(uid=new_uid(town.desk), number="1", seats=seats))


@pytest.mark.parametrize("seats", [0, 4])
def test_a_district_of_none_or_four_is_refused_with_the_law(town: Township, seats: int) -> None:
    with pytest.raises(RecordRefused, match=r"应选1至3名代表.*选举法"):
        save_record(town.desk, District(uid=new_uid(town.desk), number="1", seats=seats))


def test_nobody_holds_a_seat_twice_in_one_term(town: Township) -> None:
    held = mandate_of(town, "龙志明")
    with pytest.raises(RecordRefused, match="已有同一届的乡人大代表资格"):
        save_record(town.desk, replace(held, uid=new_uid(town.desk)))
    save_record(town.desk, Mandate(uid=new_uid(town.desk), person=held.person, level="county"))


def test_a_file_is_asked_the_same(town: Township) -> None:
    held = mandate_of(town, "龙志明")
    again = put_told(town.desk, kind="mandate", told={"person": held.person, "level": "township"})
    assert (again.outcome, list(again.problems)) == ("refused", ["level"])
    assert put_told(town.desk, kind="district", told={"number": "1", "seats": 4}).outcome == "refused"
    assert put_told(town.desk, kind="district", told={"number": "1", "seats": 2}).outcome == "new"
