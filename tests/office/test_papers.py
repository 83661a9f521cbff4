"""Documents of a record, blank or filled, of a period or everything, and what is said of those that cannot be made."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from lianxin.domain.records import Contact, HandlingUnit, Opinion, Person, ReceptionDay, Rota, Visitor
from lianxin.office.cases.leading_elsewhere import guide
from lianxin.office.cases.opinions import register_opinion, route
from lianxin.office.desk import office_of
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.office.records import new_uid
from lianxin.store.reading import Reading
from tests.office.township import Township, new_township


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


@pytest.fixture
def visit(town: Township) -> str:
    with town.desk.store.writing(reason="登记") as writing:
        uid = writing.new_uid()
        writing.put(Contact(uid=uid, channel="visit", day=date(2026, 11, 20), words="三组断水4天", persons=2))
        writing.put(Visitor(uid=writing.new_uid(), contact=uid, name="田金玉", phone="13912342217"))
        older = writing.new_uid()
        writing.put(Contact(uid=older, channel="visit", day=date(2026, 9, 1), words="路灯不亮"))
    return uid


def words_of(data: bytes) -> str:
    """All text of a Word or Excel document."""
    if data[:2] == b"PK" and b"xl/workbook.xml" in data:
        book = openpyxl.load_workbook(io.BytesIO(data))
        return " ".join(
            str(cell.value) for page in book.worksheets for row in page.rows for cell in row if cell.value
        )
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def handed_over(town: Township, visit: str, *, confidential: bool = False) -> str:
    """A matter of this visit, with the water station."""
    if confidential:
        with town.desk.store.writing(reason="保密") as writing:
            (visitor,) = Reading(writing.connection).children(Visitor, "contact", [visit])
            writing.put(replace(visitor, confidential=True))
    opinion = Opinion(
        uid=new_uid(town.desk),
        title="断水",
        words="三组断水4天",
        registered=date(2026, 11, 20),
        contact=visit,
    )
    uid = register_opinion(town.desk, opinion=opinion).opinion.uid
    unit = town.uid(HandlingUnit, "镇水务站")
    route(town.desk, opinion=uid, way="assigned", day=opinion.registered, unit=unit, due=date(2026, 12, 20))
    return uid


def guided(town: Township, visit: str) -> str:
    """A matter of this visit that the county's court is the place for; told on the spot."""
    opinion = Opinion(
        uid=new_uid(town.desk),
        title="判决不服",
        words="判决不服",
        registered=date(2026, 11, 20),
        contact=visit,
    )
    uid = register_opinion(town.desk, opinion=opinion).opinion.uid
    guide(
        town.desk, opinion=uid, way="guided", day=opinion.registered, guidance="lawsuit",
        destination="县人民法院", reason="由司法机关依法处理", on_spot=True,
    )  # fmt: skip
    return uid


def test_a_visitor_is_told_on_paper_where_to_go(town: Township, visit: str) -> None:
    words = words_of(make_paper(town.desk, "telling-notice", uid=guided(town, visit)))
    for said in (
        "来访事项告知单",
        "2026-GZ0001",
        "田金玉等2人",
        "涉法涉诉",
        "县人民法院",
        "由司法机关依法处理",
    ):
        assert said in words
    with pytest.raises(PapersProblem, match="没有告知引导"):
        make_paper(town.desk, "telling-notice", uid=handed_over(town, visit))


def test_the_sheet_of_a_matter_holds_its_steps(town: Township, visit: str) -> None:
    words = words_of(make_paper(town.desk, "matter-sheet", uid=handed_over(town, visit)))
    for said in ("三组断水4天", "田金玉", "2026年11月20日　交办　交镇水务站", "2026年12月20日"):
        assert said in words


def test_a_handover_has_three_parts_and_names_nobody_who_asked_for_it(town: Township, visit: str) -> None:
    open_words = words_of(make_paper(town.desk, "handover", uid=handed_over(town, visit)))
    assert open_words.count("2026-JB0001") == 3 and "田金玉等2人 13912342217" in open_words
    kept = words_of(make_paper(town.desk, "handover", uid=handed_over(town, visit, confidential=True)))
    assert "田金玉" not in kept and "13912342217" not in kept and "要求保密" in kept


def test_the_reception_form_is_blank_or_filled(town: Township, visit: str) -> None:
    blank, filled = (words_of(make_paper(town.desk, "reception-form", uid=uid)) for uid in (None, visit))
    assert "三组断水4天" in filled and "田金玉" in filled and "13912342217" in filled
    assert "田金玉" not in blank and "反映内容" in blank


def test_a_document_is_known_by_its_chinese_name_too(town: Township) -> None:
    assert make_paper(town.desk, "代表接待选民登记表") == make_paper(town.desk, "reception-form")


def test_a_ledger_of_a_period_holds_that_period(town: Township, visit: str) -> None:
    month, everything = (
        words_of(make_paper(town.desk, "contact-ledger", period=period)) for period in ("2026-11", None)
    )
    assert "三组断水4天" in month and "路灯不亮" not in month and "2026年11月" in month
    assert "路灯不亮" in everything


@pytest.mark.parametrize(
    ("name", "uid", "sentence"),
    [
        ("no-such", None, "没有名为"),
        ("纪要", None, "会议纪要"),
        ("reception-notice", None, "哪一条记录"),
        ("reception-notice", "u", "没有找到这个接待日"),
        ("reception-form", "u", "没有找到这次来访"),
        ("matter-sheet", "u", "没有找到这件意见"),
        ("handover", "u", "没有找到这件意见或交办"),
        ("monthly-return", None, "时段"),
    ],
)
def test_what_cannot_be_made_is_a_sentence(town: Township, name: str, uid: str | None, sentence: str) -> None:
    with pytest.raises(PapersProblem, match=sentence):
        make_paper(town.desk, name, uid=uid)


@pytest.mark.parametrize(
    ("office", "level"),
    [("镇平县高丘乡人民代表大会主席团", "乡人大代表"), ("新乡县七里营镇人民代表大会主席团", "镇人大代表")],
)
def test_a_notice_calls_deputies_after_the_place_not_its_county(
    town: Township, office: str, level: str
) -> None:
    with town.desk.store.writing(reason="准备") as writing:
        was = office_of(Reading(writing.connection))
        writing.put(replace(was, name=office), opened=was)
        day = ReceptionDay(uid=writing.new_uid(), day=date(2026, 12, 15), station=town.station)
        writing.put(day)
        writing.put(Rota(uid=writing.new_uid(), reception_day=day.uid, person=town.uid(Person, "龙志明")))
    notice = Document(io.BytesIO(make_paper(town.desk, "reception-notice", uid=day.uid)))
    told = "\n".join(paragraph.text for paragraph in notice.paragraphs)
    assert level in told and ("乡人大代表" in told) != ("镇人大代表" in told)
