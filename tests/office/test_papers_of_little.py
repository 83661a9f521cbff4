"""Bad input for documents: a meeting of which nothing is known, control characters, ten thousand rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document as open_document

from lianxin.documents.templates.filling import fill_template
from lianxin.documents.workbooks.ledger import ledger_xlsx
from lianxin.domain.records import Contact, Meeting
from lianxin.office.meetings.event_file import EVENT_PAPERS
from lianxin.office.meetings.minutes import MINUTES_PAPERS
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.paperwork.paper import Paper
from lianxin.office.records import new_uid
from tests.office.township import Township, new_township

ROWS = 10_000
NASTY = "断\x00水\x0b4天\ud800\x1f，=1+1，<w:p>&{{标题}}"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


def bare_meeting(town: Township, name: str) -> str:
    """A meeting without place, hours, agenda or anybody."""
    with town.desk.store.writing(reason="准备") as writing:
        uid = writing.new_uid()
        writing.put(Meeting(uid=uid, meeting_type="presidium", name=name, day=date(2026, 11, 19)))
    return uid


@pytest.mark.parametrize("paper", (*EVENT_PAPERS, *MINUTES_PAPERS), ids=lambda paper: str(paper.name))
def test_an_empty_meeting_still_gives_a_paper_to_write_on(town: Township, paper: Paper) -> None:
    made = make_paper(town.desk, paper.name, uid=bare_meeting(town, "主席团会议"))
    document = open_document(io.BytesIO(made))
    assert document.paragraphs or document.tables


def test_ten_thousand_rows_make_a_ledger_that_opens() -> None:
    day = date(2026, 11, 20)
    contacts = [
        Contact(uid=f"c{at}", channel="visit", day=day, words=f"第{at}件，三组断水") for at in range(ROWS)
    ]
    made = ledger_xlsx(
        Contact, contacts, title="来访台账", office_name="石牌镇", redact=False, names=lambda _kind, _uid: ""
    )
    sheet = openpyxl.load_workbook(io.BytesIO(made), read_only=True).worksheets[0]
    assert sum(1 for _ in sheet.iter_rows()) >= ROWS


def test_ten_thousand_items_fill_the_table_of_a_template() -> None:
    document = open_document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "{{名单.姓名}}", "{{名单.单位}}"
    held = io.BytesIO()
    document.save(held)
    people = [{"姓名": f"代表{at}", "单位": "第一选区"} for at in range(ROWS)]
    filled = fill_template(held.getvalue(), {"名单": people})
    assert filled.startswith(b"PK") and len(open_document(io.BytesIO(filled)).tables[0]._tbl.tr_lst) == ROWS


def test_control_characters_and_markup_in_words_are_only_words(town: Township) -> None:
    with town.desk.store.writing(reason="准备") as writing:
        uid = new_uid(town.desk)
        writing.put(
            Contact(uid=uid, channel="visit", day=date(2026, 11, 19), words="断水\x0b4天，=1+1，<w:p>&")
        )
    made = make_paper(town.desk, "reception-form", uid=uid)
    text = "".join(
        node.text or ""
        for node in open_document(io.BytesIO(made)).element.body.iter()
        if node.tag.endswith("}t")
    )
    assert "断水" in text and "=1+1，<w:p>&" in text and "\x0b" not in text
    template = io.BytesIO()
    document = open_document()
    document.add_paragraph("{{内容}}")
    document.save(template)
    filled = fill_template(template.getvalue(), {"内容": NASTY})
    assert open_document(io.BytesIO(filled)).paragraphs[0].text == "断水4天\ufffd，=1+1，<w:p>&{{标题}}"
