"""表号 of blank forms: given once, used by the visit that carries it, spoiled, listed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from lianxin.domain.records import Contact
from lianxin.office.papers.blank_list import UNNUMBERED, blank_titles, print_blanks
from lianxin.office.paperwork.form_numbers import (
    NoSuchFormNumber,
    note_use,
    numbers_of,
    runs,
    sheet_of,
    spoil,
    take_numbers,
)
from lianxin.office.paperwork.paper import PapersProblem
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


def headers_and_lines(content: bytes) -> list[str]:
    document = Document(BytesIO(content))
    heads = [line.text for section in document.sections for line in section.header.paragraphs]
    return [*heads, *(each.text for each in document.paragraphs)]


def test_sheets_carry_their_numbers_or_it_is_said_why_not(town: Township) -> None:
    assert set(UNNUMBERED) < set(blank_titles())
    with pytest.raises(PapersProblem, match="无记名，编了号就认得出"):
        print_blanks(town.desk, "ballot-paper", 2, numbered=True)
    assert len(headers_and_lines(print_blanks(town.desk, "ballot-paper", 1, numbered=False).content)) > 3
    for name in ("reception-form", "letter-box-record", "sign-in-sheet", "minutes", "handover"):
        made = print_blanks(town.desk, name, 2, numbered=True)
        told = [line.partition("表号：")[2] for line in headers_and_lines(made.content) if "表号：" in line]
        assert tuple(told) == made.numbers and len(set(told)) == 2, name
        assert made.name.endswith(f"（空白）_{made.numbers[0]}至{made.numbers[1][5:]}.docx")
        (sheet,) = (sheet_of(town.desk, number) for number in made.numbers[1:])
        assert sheet is not None and (sheet.form, sheet.state) == (blank_titles()[name], "unused")
    assert len(numbers_of(town.desk, 2026).unused) == 10


def test_the_use_of_a_sheet_is_found_by_its_number(town: Township) -> None:
    print_blanks(town.desk, "sign-in-sheet", 3, numbered=True)
    spoil(town.desk, "B0003")
    note_use(town.desk, "b2", " 2026-HY0003 ")
    typed_in(town, "B0001")
    found = [sheet_of(town.desk, typed) for typed in ("B0001", "2026-B0002", "3", "B0004", "签到")]
    assert [each and each.state for each in found] == ["used", "used", "spoiled", None, None]
    first, second, *_ = found
    assert first is not None and first.contact
    assert second is not None and second.words() == "2026-B0002：签到表，2026年11月20日印，已用：2026-HY0003"
    assert numbers_of(town.desk, 2026).used == (1, 2)
    note_use(town.desk, "B0003", "原来写坏的，又找到了用处")
    assert (numbers_of(town.desk, 2026).used, numbers_of(town.desk, 2026).spoiled) == ((1, 2, 3), ())
    for typed, use in (("B0001", "会议"), ("B0009", "会议"), ("B0002", " ")):
        with pytest.raises(NoSuchFormNumber):
            note_use(town.desk, typed, use)


def test_runs_are_short() -> None:
    assert runs([3, 4, 5, 10, 1]) == "B0001、B0003—B0005、B0010"
    assert runs([]) == ""
