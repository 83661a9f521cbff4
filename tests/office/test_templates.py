"""The office's own template of a document: taken out, changed, put in, used, and left aside when it does not do."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document as open_document
from docx.document import Document

from lianxin.documents.templates.own_template import cell_names
from lianxin.domain.records import Meeting, ReceptionDay
from lianxin.office.meetings.attendance import ListFrom
from lianxin.office.meetings.meeting import make_meeting
from lianxin.office.papers.catalogue import PAPERS, make_paper
from lianxin.office.papers.form_examples import EXAMPLES, WHOLE_TABLES, example_of, take_template
from lianxin.office.paperwork.form_names import cells_of
from lianxin.office.paperwork.templated import ABOUT, ALSO, FIXED
from lianxin.office.paperwork.templates import (
    TemplateRefused,
    check_layout,
    fields_of,
    put_template,
    reset_template,
    template_problem,
    templates,
)
from lianxin.office.records import new_uid
from lianxin.store.blobs import blobs_of, sweep
from lianxin.store.check import check
from lianxin.store.layout import BLOBS
from tests.office.township import Township, new_township


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


@pytest.fixture
def meeting(town: Township) -> str:
    told = Meeting(
        uid=new_uid(town.desk), meeting_type="congress", name="石牌镇第十九届人大第一次会议",
        day=date(2026, 11, 19), place="镇政府三楼",
    )  # fmt: skip
    return make_meeting(town.desk, told, source=ListFrom("level", "township")).record.uid


def changed(template: bytes, change: Callable[[Document], None]) -> bytes:
    document = open_document(io.BytesIO(template))
    change(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def with_line(*pieces: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        paragraph = document.add_paragraph()
        for piece in pieces:
            paragraph.add_run(piece)

    return change


def texts(made: bytes) -> list[str]:
    return [paragraph.text for paragraph in open_document(io.BytesIO(made)).paragraphs]


SHAPES = (
    "reception-form", "handover", "symposium-record", "sign-in-sheet", "oath", "certificate", "evaluation-summary",
    "event-notice", "reply-letter", "meeting-summary", "dossier", "filing-report",
)  # fmt: skip
"""One paper of each way a shipped template is made."""


def test_a_shipped_template_can_be_put_back_in_as_it_came_out(town: Township) -> None:
    for paper in SHAPES:
        check_layout(town.desk, paper, take_template(town.desk, paper))
    fields = fields_of(town.desk, "handover")
    assert {"交办单编号", "标题", "正文.内容", "表1后.内容"} <= set(fields)
    put_template(town.desk, "minutes", "模板.docx", take_template(town.desk, "minutes"))


def test_the_names_of_cells_are_those_of_the_forms(town: Township) -> None:
    """When a form changes, the lines it is missing belong into resources/forms/cells.tsv."""
    with town.desk.store.reading() as reading:
        for paper in EXAMPLES:
            example = example_of(town.desk, reading, paper)
            if example is not None and paper not in WHOLE_TABLES:
                assert cell_names(example) == cells_of(reading, paper), paper


def test_every_paper_takes_a_template_or_says_why_not() -> None:
    printed = {paper.name for paper in PAPERS.values() if paper.ending in (".docx", ".pdf")}
    assert printed == {*ABOUT, *ALSO, *FIXED}
    assert not set(ABOUT) & set(FIXED) and set(ALSO.values()) <= set(ABOUT)


def test_a_changed_template_prints_what_the_shipped_layout_says_and_more(
    town: Township, meeting: str
) -> None:
    shipped = texts(make_paper(town.desk, "event-notice", uid=meeting))
    own = changed(
        take_template(town.desk, "event-notice"), with_line("会场：{{地", "点}}（{{会议名", "称}}）")
    )
    put_template(town.desk, "event-notice", "通知.docx", own)
    made = texts(make_paper(town.desk, "event-notice", uid=meeting))
    assert made[-1] == "会场：镇政府三楼（石牌镇第十九届人大第一次会议）"
    assert [line for line in made[:-1] if line] == [line for line in shipped if line]
    reset_template(town.desk, "event-notice")
    assert texts(make_paper(town.desk, "event-notice", uid=meeting)) == shipped


def test_what_was_put_in_comes_out_again_and_goes_with_the_backup(town: Township) -> None:
    own = changed(take_template(town.desk, "event-notice"), with_line("页尾"))
    put_template(town.desk, "event-notice", "通知.docx", own)
    assert take_template(town.desk, "event-notice") == own
    (told,) = templates(town.desk, {"event-notice": "通知"})
    assert (told.label, told.since) == ("通知", town.desk.today())
    assert told.kept and told.kept.digest and blobs_of(town.desk.store).sound(told.kept.digest)


@pytest.mark.parametrize(
    ("pieces", "words"),
    [(("{{会议名", "}}"), r"第\d+段写了“\{\{会议名\}\}”，没有这一项"), (("{{标题",), "花括号没有成对")],
)
def test_a_broken_template_is_refused_with_its_place_and_changes_nothing(
    town: Township, pieces: tuple[str, ...], words: str
) -> None:
    before = take_template(town.desk, "event-notice")
    with pytest.raises(TemplateRefused, match=words):
        put_template(town.desk, "event-notice", "通知.docx", changed(before, with_line(*pieces)))
    assert take_template(town.desk, "event-notice") == before
    with pytest.raises(TemplateRefused, match="样式由程序排"):
        put_template(town.desk, "name-plates", "桌牌.docx", before)


def test_a_template_that_does_not_do_any_more_leaves_the_shipped_layout_and_a_sentence(
    town: Township,
) -> None:
    with town.desk.store.writing(reason="准备") as writing:
        day = writing.new_uid()
        writing.put(ReceptionDay(uid=day, day=date(2026, 12, 15), station=town.station))
    shipped = make_paper(town.desk, "reception-notice", uid=day)
    own = changed(take_template(town.desk, "reception-notice"), with_line("页尾"))
    put_template(town.desk, "reception-notice", "公告.docx", own)
    assert make_paper(town.desk, "reception-notice", uid=day) != shipped
    for sealed in (town.desk.store.home / BLOBS).rglob("*"):
        if sealed.is_file():
            sealed.unlink()
    assert make_paper(town.desk, "reception-notice", uid=day) == shipped
    assert "按原样打印" in template_problem(town.desk, "reception-notice")
    put_template(town.desk, "reception-notice", "公告.docx", own)
    assert template_problem(town.desk, "reception-notice") == ""


def test_a_form_keeps_its_tables_in_the_offices_own_layout(town: Township, meeting: str) -> None:
    for paper in ("sign-in-sheet", "minutes"):
        shipped = open_document(io.BytesIO(make_paper(town.desk, paper, uid=meeting)))
        own = changed(take_template(town.desk, paper), with_line("会场：{{地点}}"))
        put_template(town.desk, paper, "模板.docx", own)
        made = open_document(io.BytesIO(make_paper(town.desk, paper, uid=meeting)))
        assert template_problem(town.desk, paper) == ""
        assert made.paragraphs[-1].text == "会场：镇政府三楼"
        cells = [[[c.text for c in row.cells] for row in table.rows] for table in shipped.tables]
        assert [[[c.text for c in row.cells] for row in table.rows] for table in made.tables] == cells
        said = {p.text for p in made.paragraphs}
        assert all(p.text in said for p in shipped.paragraphs if p.text.strip())


def test_a_report_takes_the_template_of_work_reports_until_it_has_its_own(town: Township) -> None:
    for paper, words in (("work-report", "共用"), ("year-summary", "自己的")):
        own = changed(take_template(town.desk, paper), with_line(words))
        put_template(town.desk, paper, "模板.docx", own)
        assert texts(make_paper(town.desk, "year-summary", period="2026"))[-1] == words


def test_a_template_in_use_is_never_swept_away(town: Township) -> None:
    content = take_template(town.desk, "event-notice")
    for paper in ("event-notice", "event-agenda"):
        put_template(town.desk, paper, "版式.docx", content)
    reset_template(town.desk, "event-notice")
    sweep(town.desk.store)
    assert take_template(town.desk, "event-agenda") == content
    assert check(town.desk.store).ok
