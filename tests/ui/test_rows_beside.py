"""Rows on screen are read beside the window together with the keys; the form of a page is made when it is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from lianxin.office.cases.states import CaseBook, CaseFilter
from lianxin.ui.jobs import Stopped
from lianxin.ui.opinions.source import CaseSource
from lianxin.ui.table import PAGE_ROWS, Column, KeyedTableModel, pages_around
from tests.office.township import new_township


class Counting:
    """A list that remembers which rows were asked for."""

    columns = (Column("words", "内容"),)

    def __init__(self, rows: int) -> None:
        self.all = [f"k{number}" for number in range(rows)]
        self.asked: list[str] = []

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        return self.all

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        self.asked += keys
        return [[key.upper()] for key in keys]


@pytest.mark.parametrize(
    ("top", "pages"),
    [("", [0]), ("k7", [0]), ("gone", [0]), ("k60", [0, 1]), ("k199", [1, 2]), ("k249", [2]), ("k210", [2])],
)
def test_the_pages_on_screen(top: str, pages: list[int]) -> None:
    source = Counting(250)
    found = pages_around(source, source.all, top)
    assert sorted(found) == pages
    assert all(found[number][0] == [f"K{number * PAGE_ROWS}"] for number in pages)


def test_an_empty_list_has_no_pages() -> None:
    assert pages_around(Counting(0), [], "k1") == {}


def test_rows_read_with_the_keys_are_not_read_again() -> None:
    source = Counting(250)
    model = KeyedTableModel(source)
    model.set_keys(source.all, pages_around(source, source.all, ""))
    asked = len(source.asked)
    assert model.cells(3) == ["K3"] and len(source.asked) == asked
    assert model.cells(150) == ["K150"] and len(source.asked) > asked
    model.set_keys(source.all[:1])
    assert model.cells(0) == ["K0"] and source.asked[-1] == "k0"


def test_a_count_of_states_ends_when_the_window_closes(tmp_path: Path) -> None:
    town = new_township(tmp_path)
    source = CaseSource(town.desk, CaseBook(town.desk))
    with pytest.raises(Stopped):
        source.counts(CaseFilter(), "", cancel=lambda: True)
    assert source.counts(CaseFilter(), "") == {"all": 0, "late": 0}
    town.desk.store.close()
