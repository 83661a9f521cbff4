"""The sample county can be made, and shows every face its pages have."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lianxin.county.townships.roster import roster
from lianxin.domain.records import Routing
from lianxin.office.receiving.questions import questions
from lianxin.store.check import check
from lianxin.store.reading import Condition
from lianxin.store.received import received_files
from tests.county_year.homes import opened
from tests.county_year.last_month import make_county
from tests.county_year.sample_county import STICK, Wanted
from tests.county_year.town_year import SMALL


def test_a_small_county_has_every_face(tmp_path: Path) -> None:
    left = make_county(tmp_path, Wanted(townships=8, months=2, until=date(2026, 11, 1), size=SMALL))
    with opened(tmp_path / "county", left) as county:
        assert check(county.store).ok
        assert len(questions(county)) == 1
        with county.store.reading() as reading:
            files = received_files(reading.connection)
            assert {(each.state, each.verdict["code"]) for each in files} >= {
                ("accepted", "E000"), ("held", "E605"), ("aside", "E208"), ("aside", "E602"),
                ("taken_back", "E000"),
            }  # fmt: skip
            assert {town.way for town in roster(reading, left.date())} == {"signed", "behalf"}
            assert reading.count(Routing, Condition("route", "=", "to_county"))
    endings = {path.suffix for path in (tmp_path / STICK).iterdir()}
    assert endings >= {".age", ".zip", ".jpg", ".docx"}
