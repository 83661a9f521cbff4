"""主席团工作报告 and 年度工作总结: begun from the records, kept as the office words them, printed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from lianxin.domain.records import Activity, Contact, Meeting, WorkReport
from lianxin.office.duties.work_report_facts import TO_FILL_IN
from lianxin.office.duties.work_reports import begin_report
from lianxin.office.meetings.activities import make_activity
from lianxin.office.meetings.meeting import make_meeting
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.papers.record_paper import record_paper
from lianxin.office.records import new_uid, save_record
from tests.office.township import Township, new_township


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Township]:
    made = new_township(tmp_path_factory.mktemp("reports"))
    yield made
    made.desk.store.close()


def texts(made: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(made)).paragraphs)


def test_what_happened_is_told_and_what_did_not_is_not(town: Township) -> None:
    told = Activity(uid=new_uid(town.desk), activity_type="inspection", topic="看水厂", day=date(2026, 5, 6))
    make_activity(town.desk, told)
    said = texts(make_paper(town.desk, "year-summary", period="2026"))
    assert "组织视察1次" in said and "执法检查" not in said and TO_FILL_IN in said


def test_words_of_the_office_stay_and_print_whichever_way_they_are_asked_for(town: Township) -> None:
    uid, changes = begin_report(town.desk, 2026, "presidium")
    assert changes and begin_report(town.desk, 2026, "presidium") == (uid, ())
    with town.desk.store.reading() as reading:
        kept = reading.get(WorkReport, uid)
    assert kept is not None and TO_FILL_IN in (kept.plans or "")
    worded = replace(kept, done="（一）联系群众\n走遍了每个村。", lacking=None, plans="修好渠道。")
    save_record(town.desk, worded, opened=kept)
    printed = texts(record_paper(town.desk, WorkReport, uid)[1])
    assert "一、2026年主要工作\n（一）联系群众\n走遍了每个村。\n二、下一步工作安排\n修好渠道。" in printed
    assert texts(make_paper(town.desk, "presidium-report", period="2026")) == printed


def test_a_meeting_typed_in_later_bears_the_number_of_its_own_year(town: Township) -> None:
    told = Meeting(uid=new_uid(town.desk), meeting_type="work", name="代表工作会议", day=date(2024, 3, 1))
    assert "-2024-HY" in (make_meeting(town.desk, told).record.number or "")


def test_what_was_raised_at_one_talk_is_one_record_on_paper(town: Township) -> None:
    told = Contact(uid="", channel="symposium", day=date(2026, 4, 1), place="村部", words="路")
    uids = []
    with town.desk.store.writing(reason="登记") as writing:
        for words, place in (("修路", "村部"), ("修渠", "村部"), ("别处", "学校")):
            uids.append(writing.new_uid())
            writing.put(replace(told, uid=uids[-1], words=words, place=place))
    made = Document(io.BytesIO(make_paper(town.desk, "symposium-record", uid=uids[0])))
    cells = {cell.text for table in made.tables for row in table.rows for cell in row.cells}
    assert {"修路", "修渠"} <= cells and "别处" not in cells
