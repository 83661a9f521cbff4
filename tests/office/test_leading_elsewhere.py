"""What no unit handles: told in time where it belongs, or settled by a deputy and counted as a deed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from lianxin.domain.casework.state import CaseState
from lianxin.domain.records import Deed, Opinion, Person, Telling
from lianxin.office.case_papers.case_file import case_file
from lianxin.office.cases.leading_elsewhere import guide, solve, tell
from lianxin.office.cases.opinions import register_opinion
from lianxin.office.cases.steps import StepRefused
from lianxin.office.records import undo_changes
from tests.office.township import Township, new_township

DAY = date(2026, 11, 20)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    """A township on the day itself, with nothing registered yet."""
    found = new_township(tmp_path)
    yield found
    found.desk.store.close()


def raised(town: Township) -> str:
    made = register_opinion(
        town.desk, opinion=Opinion(uid="o1", title="", words="法院判决不服", registered=DAY)
    )
    return made.opinion.uid


def state(town: Township, uid: str) -> CaseState:
    file = case_file(town.desk, uid)
    assert file is not None
    return file.state


def test_told_later_the_clock_runs_until_told(town: Township) -> None:
    uid = raised(town)
    guide(
        town.desk, opinion=uid, way="guided", day=DAY, guidance="lawsuit", destination="县人民法院",
        reason="涉法涉诉事项由司法机关处理", on_spot=False,
    )  # fmt: skip
    waiting = state(town, uid)
    assert (waiting.code, waiting.due, waiting.badge) == ("to_tell", DAY + timedelta(days=15), "剩15天")
    town.clock.at(DAY + timedelta(days=17))
    assert state(town, uid).badge == "超期2天"
    tell(
        town.desk,
        opinion=uid,
        day=town.desk.today(),
        means="written",
        destination="县人民法院",
        words="已寄告知单",
    )
    told = state(town, uid)
    assert (told.code, told.badge, told.closed_day) == ("guided", "", town.desk.today())
    with pytest.raises(StepRefused, match="不能登记告知"):
        tell(town.desk, opinion=uid, day=town.desk.today(), means="phone", destination=None, words=None)


def test_told_on_the_spot_it_ends_with_its_paper(town: Township) -> None:
    uid = raised(town)
    guide(
        town.desk, opinion=uid, way="to_petition", day=DAY, guidance="petition", destination="县信访局",
        reason="属信访事项", on_spot=True,
    )  # fmt: skip
    assert state(town, uid).code == "guided"
    with town.desk.store.reading() as reading:
        (telling,) = reading.all(Telling)
    assert telling.number == "439901102-2026-GZ0001" and telling.means == "face"


def test_guiding_needs_its_reason(town: Township) -> None:
    uid = raised(town)
    with pytest.raises(StepRefused, match="告知引导要写明理由"):
        guide(
            town.desk, opinion=uid, way="guided", day=DAY, guidance="lawsuit", destination=None, reason=None,
            on_spot=True,
        )  # fmt: skip
    assert state(town, uid).code == "registered"


def test_what_a_deputy_settled_is_always_a_deed(town: Township) -> None:
    uid = raised(town)
    lead = town.uid(Person, "龙志明")
    done = solve(town.desk, opinion=uid, day=DAY, person=lead, what="联系施工队换了栏杆", households=12)
    assert state(town, uid).route == "deputy_solved" and state(town, uid).code == "closed"
    with town.desk.store.reading() as reading:
        (deed,) = reading.all(Deed)
    assert (deed.opinion, deed.person, deed.households) == (uid, lead, 12)
    assert (deed.number or "").endswith("SS0001")
    undo_changes(town.desk, done)
    assert state(town, uid).code == "registered"
    with town.desk.store.reading() as reading:
        assert not reading.all(Deed)
