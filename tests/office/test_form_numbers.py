"""表号 of blank forms: given once, used by the visit that carries it, spoiled, listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianxin.domain.records import Contact
from lianxin.office.paperwork.form_numbers import NoSuchFormNumber, numbers_of, runs, spoil, take_numbers
from lianxin.office.reception.visit_papers import blank_forms
from lianxin.office.records import new_uid, save_record, undo_changes
from tests.office.township import Township, new_township


@pytest.fixture
def town(tmp_path: Path) -> Township:
    return new_township(tmp_path)


def typed_in(town: Township, number: str) -> None:
    save_record(
        town.desk,
        Contact(
            uid=new_uid(town.desk), channel="visit", day=town.desk.today(), words="修路", paper_number=number
        ),
    )


def test_numbers_go_on_and_are_never_given_again(town: Township) -> None:
    first = take_numbers(town.desk, 3)
    assert first.numbers == ("2026-B0001", "2026-B0002", "2026-B0003")
    undo_changes(town.desk, first.changes)
    assert numbers_of(town.desk, 2026).unused == ()
    assert take_numbers(town.desk, 2).numbers == ("2026-B0004", "2026-B0005")


def test_a_visit_that_carries_the_number_uses_it(town: Township) -> None:
    take_numbers(town.desk, 6)
    for number in ("2026-B0002", " b0004", "5", "2025-B0001", "旧表12", "B0099"):
        typed_in(town, number)
    state = numbers_of(town.desk, 2026)
    assert (state.used, state.unused, state.spoiled) == ((2, 4, 5), (1, 3, 6), ())
    assert state.words() == "2026年共印6张：已用3张，作废0张，未用3张。"


def test_spoiled_sheets_are_listed_and_can_be_taken_back(town: Township) -> None:
    take_numbers(town.desk, 3)
    take_numbers(town.desk, 3)
    changes = spoil(town.desk, "B0002、2026-B0005")
    assert numbers_of(town.desk, 2026).spoiled == (2, 5)
    spoil(town.desk, "1")
    assert numbers_of(town.desk, 2026).spoiled == (1, 2, 5)
    undo_changes(town.desk, changes[1:])
    assert numbers_of(town.desk, 2026).spoiled == (1, 2)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("B0009", "没有印过表号 2026-B0009"),
        ("B0001、B0002", "2026-B0002 已经补录过来访"),
        ("第三张", "不是表号"),
    ],
)
def test_what_cannot_be_spoiled_leaves_everything(town: Township, typed: str, words: str) -> None:
    take_numbers(town.desk, 3)
    typed_in(town, "B0002")
    with pytest.raises(NoSuchFormNumber, match=words):
        spoil(town.desk, typed)
    assert numbers_of(town.desk, 2026).spoiled == ()


def test_the_sheets_carry_their_numbers_one_a_page(town: Township) -> None:
    from io import BytesIO

    from docx import Document

    name, content = blank_forms(town.desk, take_numbers(town.desk, 3).numbers)
    assert name == "接待登记表（空白）_2026-B0001至B0003.docx"
    lines = [each.text for each in Document(BytesIO(content)).paragraphs]
    assert [line.partition("表号：")[2] for line in lines if "表号：" in line] == [
        "2026-B0001",
        "2026-B0002",
        "2026-B0003",
    ]


def test_runs_are_short() -> None:
    assert runs([3, 4, 5, 10, 1]) == "B0001、B0003—B0005、B0010"
    assert runs([]) == ""
