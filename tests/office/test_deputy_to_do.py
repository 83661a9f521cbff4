"""近期待办 about deputies: claims that wait, publicity that ended, files to be made final at the end of the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lianxin.domain.counts import Facts
from lianxin.domain.records import Honour, ScoreClaim
from lianxin.office.scoring.performance_file import finish_files
from lianxin.office.to_do.deputies import claim_rows, final_row, honour_rows
from lianxin.office.to_do.row import Provider, View
from tests.office.deputy_work import mandate_of
from tests.office.township import Township, new_township


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


def titles(town: Township, provider: Provider) -> list[str]:
    with town.desk.store.reading() as reading:
        view = View(town.desk, reading, town.desk.today(), Facts(), (), 0)
        return [row.title for row in provider(view)]


def test_claims_and_ended_publicity_wait(town: Township) -> None:
    assert titles(town, claim_rows) == titles(town, honour_rows) == []
    person = mandate_of(town, "龙志明").person
    with town.desk.store.writing(reason="准备") as writing:
        writing.put(
            ScoreClaim(uid=writing.new_uid(), person=person, year=2026, what="采访", points=Decimal(2))
        )
        writing.put(
            Honour(
                uid=writing.new_uid(), year=2026, honour_type="deputy", person=person, state="publicised",
                publicised=date(2026, 11, 10), publicised_until=date(2026, 11, 19),
            )
        )  # fmt: skip
    assert titles(town, claim_rows) == ["加分申请有1件待审批"]
    assert titles(town, honour_rows) == ["龙志明 优秀代表公示期满"]


def test_files_are_asked_for_at_the_turn_of_the_year(town: Township) -> None:
    assert titles(town, final_row) == []
    town.clock.at(date(2026, 12, 20))
    assert titles(town, final_row) == ["2026年履职档案还有4份没有定稿"]
    finish_files(town.desk, "township", 2026)
    town.clock.at(date(2027, 1, 3))
    assert titles(town, final_row) == []
