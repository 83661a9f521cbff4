"""A form as a template of the office: the fields stand in its cells, and filling it says what our own form says."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from docx import Document as open_document

from lianxin.documents.forms.event_lists import event_docx
from lianxin.documents.forms.matter_sheet import Handover, MatterSheet, handover_docx, matter_sheet_docx
from lianxin.documents.forms.minutes import minutes_docx
from lianxin.documents.official.event_papers import Event, EventPerson, blank_event
from lianxin.documents.templates.form_template import form_template
from lianxin.documents.templates.own_template import FIELDS, cell_names, fill_own

OFFICE = "石牌镇人民代表大会主席团"
DAY = date(2026, 11, 20)


def _handover(words: str) -> Handover:
    return Handover(
        number=words and "2026-JB0001", unit=words, matter="", raised_by="", summary=f"{words}\n第二行" if words else "",
        demand=words, due="", issuer=OFFICE, contact="", day="", hand_back="及时",
    )  # fmt: skip


def _matter(words: str) -> bytes:
    sheet = MatterSheet(words, words, words, "{{反映人}}" if words else "", words, words, words, words * 40)
    return matter_sheet_docx(sheet, office_name=OFFICE)


def _sign_in(people: int) -> bytes:
    event = blank_event(OFFICE, "", meeting=True)
    if not people:
        return event_docx("sign-in-sheet", event)
    who = tuple(EventPerson(f"代表{at}", post="村民", level="乡镇代表") for at in range(people))
    full = Event(title="主席团会议", issuer=OFFICE, day=DAY, signed=DAY, people=who, place="会议室")
    return event_docx("sign-in-sheet", full)


def cells(content: bytes) -> list[list[str]]:
    """The texts of every row, without empty lines at the ends of a cell and without empty rows."""
    tables = open_document(io.BytesIO(content)).tables
    rows = [[cell.text.strip("\n") for cell in row.cells] for table in tables for row in table.rows]
    return [row for row in rows if any(row)]


def lines(content: bytes) -> list[str]:
    return [line.text for line in open_document(io.BytesIO(content)).paragraphs if line.text.strip()]


FORMS: list[tuple[str, Callable[[], bytes], Callable[[], bytes]]] = [
    ("matter", partial(_matter, ""), partial(_matter, "断水")),
    ("handover", lambda: handover_docx(_handover("")), lambda: handover_docx(_handover("镇水务站"))),
    ("sign-in", partial(_sign_in, 0), partial(_sign_in, 7)),
    (
        "minutes",
        lambda: minutes_docx(None, office=OFFICE),
        lambda: minutes_docx(None, office="清江县石牌镇人大"),
    ),
]


@pytest.mark.parametrize(("empty", "full"), [each[1:] for each in FORMS], ids=[each[0] for each in FORMS])
def test_a_form_says_the_same_in_the_offices_layout(
    empty: Callable[[], bytes], full: Callable[[], bytes]
) -> None:
    example = empty()
    template = form_template(example, FIELDS)
    assert any("{{" in cell for row in cells(template) for cell in row)
    for made in (example, full()):
        own = fill_own(template, made, [{}], cells=cell_names(example))
        assert cells(own) == cells(made)
        assert sorted(lines(own)) == sorted(lines(made))


def test_several_forms_in_one_file_are_filled_one_by_one() -> None:
    example = handover_docx(_handover(""))
    made = handover_docx(_handover("镇水务站"), _handover("镇林业站"))
    own = fill_own(form_template(example, FIELDS), made, [{}], cells=cell_names(example))
    assert cells(own) == cells(made)


def test_a_cell_may_stand_anywhere_and_one_that_is_not_taken_is_left_out() -> None:
    example = _matter("")
    document = open_document()
    document.add_paragraph("{{反映人}}：{{反映内容}}")
    held = io.BytesIO()
    document.save(held)
    own = fill_own(held.getvalue(), _matter("断水"), [{}], cells=cell_names(example))
    # What looks like a field in a value stays as it was typed.
    assert lines(own) == ["{{反映人}}：" + "断水" * 40] and not cells(own)
