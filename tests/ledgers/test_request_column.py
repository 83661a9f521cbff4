"""诉求 in a ledger: a field of its own beside 反映问题, and the words themselves where nothing else is said."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from lianxin.ledgers.receptions import COLUMNS, read_receptions
from lianxin.ledgers.workbook import read_workbook
from tests.ledgers.builders import TODAY


def ledger(path: Path, *rows: list[str]) -> list[tuple[str, str | None]]:
    """(words, request) of the visits of a sheet."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return [
        (visit.words, visit.request) for visit in read_receptions(read_workbook(path), today=TODAY).visits
    ]


@pytest.mark.parametrize("header", ["诉求", "要求", "来访诉求"])
def test_a_request_beside_the_words(tmp_path: Path, header: str) -> None:
    rows = [["接待时间", "来访人", "反映问题", header], ["2025-03-05", "单志明", "路灯不亮", "尽快修好"]]
    assert ledger(tmp_path / "a.xlsx", *rows) == [("路灯不亮", "尽快修好")]


def test_a_ledger_that_says_nothing_else_says_it_there(tmp_path: Path) -> None:
    rows = [["接待时间", "来访人", "诉求"], ["2025-03-05", "单志明", "路灯不亮"]]
    assert ledger(tmp_path / "a.xlsx", *rows) == [("路灯不亮", None)]


def test_the_column_can_be_chosen_by_hand(tmp_path: Path) -> None:
    assert ("request", "诉求") in [(column.name, column.label) for column in COLUMNS]
