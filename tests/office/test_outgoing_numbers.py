"""发文字号: given once, gaps and void ones seen, a reserved one used later, printed on the document it was given for."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document as open_document

from lianxin.domain.records import DocumentLog, Filing, Meeting, Opinion, Person, ReceptionDay
from lianxin.office.desk import office_of
from lianxin.office.importing.ledger_import import import_ledger
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.paperwork.offered_numbers import give_number, offered_number
from lianxin.office.paperwork.outgoing_numbers import (
    NumberRefused,
    number_about,
    number_year,
    number_years,
    take_number,
    use_reserved,
    void_number,
)
from lianxin.office.putting import put_told
from lianxin.office.records import RecordRefused, new_uid, save_record, undo_changes
from lianxin.store.reading import Reading
from tests.office.township import Township, new_township

DAY = date(2026, 11, 20)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    with made.desk.store.writing(reason="代字") as writing:
        office = office_of(Reading(writing.connection))
        writing.put(replace(office, document_sign="石镇人"), opened=office)
    yield made
    made.desk.store.close()


def taken(town: Township, title: str = "通知", **told: str | bool) -> str:
    return take_number(town.desk, title=title, day=DAY, reserve=bool(told.get("reserve")),
                       about=str(told.get("about", "")))[0]  # fmt: skip


def test_numbers_go_up_by_sign_and_year(town: Township) -> None:
    assert [taken(town) for _ in range(3)] == ["石镇人〔2026〕1号", "石镇人〔2026〕2号", "石镇人〔2026〕3号"]
    assert take_number(town.desk, title="通知", day=date(2027, 1, 4))[0] == "石镇人〔2027〕1号"
    assert take_number(town.desk, title="决议", day=DAY, sign="石镇人发")[0] == "石镇人发〔2026〕1号"
    with town.desk.store.reading() as reading:
        told = [(each.year, each.sign, each.next) for each in number_years(reading)]
    assert told == [(2027, "石镇人", 2), (2026, "石镇人", 4), (2026, "石镇人发", 2)]


def test_gaps_void_and_reserved_numbers_are_told(town: Township) -> None:
    with town.desk.store.writing(reason="旧文") as writing:
        writing.put(
            DocumentLog(
                uid=writing.new_uid(), direction="out", day=DAY, title="旧", document="石镇人〔2026〕4号"
            )
        )
    assert taken(town) == "石镇人〔2026〕5号"
    reserved = taken(town, "留给公告", reserve=True)
    void_number(town.desk, "石镇人〔2026〕5号", reason="写错")
    with town.desk.store.reading() as reading:
        told = number_year(reading, "石镇人", 2026)
    assert told.gaps == (1, 2, 3) and told.words() == (
        "石镇人〔2026〕：已用1个，预留1个（6），作废1个（5），缺1至3，下一个7号"
    )
    use_reserved(town.desk, reserved, title="接待日公告", day=DAY)
    for number in (reserved, "石镇人〔2026〕5号"):
        with pytest.raises(NumberRefused, match="只有预留的可以再用"):
            use_reserved(town.desk, number, title="再用", day=DAY)
    with pytest.raises(NumberRefused, match="收发文里没有"):
        void_number(town.desk, "石镇人〔2026〕99号", reason="")
    with pytest.raises(NumberRefused, match="已经作废"):
        void_number(town.desk, "石镇人〔2026〕5号", reason="")


def test_a_document_keeps_its_number_until_it_is_void_or_taken_back(town: Township) -> None:
    about = new_uid(town.desk)
    with town.desk.store.writing(reason="准备") as writing:
        writing.put(Opinion(uid=about, title="断水", words="断水", registered=DAY))
    first, changes = take_number(town.desk, title="函", day=DAY, about=about)
    assert take_number(town.desk, title="函", day=DAY, about=about) == (first, ())
    void_number(town.desk, first, reason="重写")
    second = taken(town, about=about)
    with town.desk.store.reading() as reading:
        assert number_about(reading, [about]) == second == "石镇人〔2026〕2号"
    assert changes
    third, changes = take_number(town.desk, title="函", day=DAY)
    undo_changes(town.desk, changes)
    assert third == taken(town), "a number nobody printed is given again after it was taken back"


def test_without_a_sign_there_is_no_number(tmp_path: Path) -> None:
    town = new_township(tmp_path)
    with pytest.raises(NumberRefused, match="还没有填写发文代字"):
        take_number(town.desk, title="函", day=DAY)
    town.desk.store.close()


def test_the_number_is_printed_on_the_document_it_was_given_for(town: Township) -> None:
    with town.desk.store.writing(reason="准备") as writing:
        day = writing.new_uid()
        writing.put(ReceptionDay(uid=day, day=date(2026, 12, 15), station=town.station))
    taken(town, "接待日公告", about=day)
    notice = open_document(io.BytesIO(make_paper(town.desk, "reception-notice", uid=day)))
    assert "石镇人〔2026〕1号" in [paragraph.text for paragraph in notice.paragraphs]


def test_the_number_offered_may_be_changed_but_not_to_one_that_is_taken(town: Township) -> None:
    day = ReceptionDay(uid=new_uid(town.desk), day=DAY)
    other = ReceptionDay(uid=new_uid(town.desk), day=DAY)
    assert offered_number(town.desk, day.uid, DAY) == "石镇人〔2026〕1号"
    give_number(town.desk, "石镇人[2026]05号", title="公告", day=DAY, about=day.uid)
    assert offered_number(town.desk, day.uid, DAY) == ""
    assert offered_number(town.desk, other.uid, DAY) == "石镇人〔2026〕6号"
    with pytest.raises(NumberRefused, match="已经用于“公告”"):
        give_number(town.desk, "石镇人〔2026〕5号", title="另一件", day=DAY, about=other.uid)
    with pytest.raises(NumberRefused, match="不是发文字号"):
        give_number(town.desk, "六号", title="另一件", day=DAY, about=other.uid)
    reserved, _ = take_number(town.desk, title="（预留）", day=DAY, reserve=True)
    give_number(town.desk, reserved, title="另一件", day=DAY, about=other.uid)
    with town.desk.store.reading() as reading:
        assert number_about(reading, [other.uid]) == reserved


NUMBER = "石镇人〔2026〕1号"


def log(town: Township, fate: str = "used", number: str = NUMBER, title: str = "另一件") -> DocumentLog:
    return DocumentLog(
        uid=new_uid(town.desk), direction="out", day=DAY, title=title, document=number, fate=fate
    )


@pytest.mark.parametrize("number", [NUMBER, "石镇人[2026]01号", "石镇人（2026）第1号"])
def test_a_number_is_registered_once_however_it_is_written(town: Township, number: str) -> None:
    taken(town, "接待日公告")
    with pytest.raises(RecordRefused, match="已经用于“接待日公告”（已用），一个文号只用一次"):
        save_record(town.desk, log(town, number=number))
    told = {"document": number, "title": "再来", "date": "2026-11-20"}
    put = put_told(town.desk, kind="document-log", told=told)
    assert put.outcome == "refused" and "已经用于“接待日公告”" in put.problems["document"]
    received = replace(log(town, number=number), direction="in")
    assert save_record(town.desk, received).changes, "what came in bears the number of who sent it"


def test_a_void_number_is_used_again_only_by_a_line_that_says_so(town: Township) -> None:
    taken(town, "写错的通知")
    with pytest.raises(RecordRefused, match="没有作废过"):
        save_record(town.desk, log(town, "reused", "石镇人〔2026〕9号"))
    void_number(town.desk, NUMBER, reason="写错")
    with pytest.raises(RecordRefused, match="已经作废（“写错的通知”）。要再用，文号状态请选“作废后再用”"):
        save_record(town.desk, log(town))
    with pytest.raises(NumberRefused, match="已经作废"):
        give_number(town.desk, NUMBER, title="另一件", day=DAY, about="")
    again = save_record(town.desk, log(town, "reused")).record
    assert isinstance(again, DocumentLog)
    assert save_record(town.desk, replace(again, title="改了题目"), opened=again).changes
    with pytest.raises(RecordRefused, match="一个文号只用一次"):
        save_record(town.desk, log(town, "reused"))
    with town.desk.store.reading() as reading:
        told = number_year(reading, "石镇人", 2026)
    assert told.doubled == () and "作废1个（1），再用1个（1）" in told.words()


def test_an_import_refuses_the_row_of_a_number_that_stands(town: Township, tmp_path: Path) -> None:
    taken(town, "接待日公告")
    path = tmp_path / "收发文.csv"
    rows = ["收发,日期,文号,标题", f"发文,2026-11-20,{NUMBER},重号", "发文,2026-11-20,石镇人〔2026〕2号,新文",
            "发文,2026-11-21,石镇人〔2026〕2号,同一份表里重号"]  # fmt: skip
    path.write_text("\n".join(rows), "utf-8-sig")
    done = import_ledger(town.desk, kind="document-log", path=path, preview=False)
    assert [row.outcome for row in done.rows] == ["refused", "new", "refused"]
    told = [problem.message for row in done.rows for problem in row.problems]
    assert ["已经用于" in each for each in told] == [True, True]
    again = import_ledger(town.desk, kind="document-log", path=path, preview=False)
    assert [row.outcome for row in again.rows] == ["refused", "same", "refused"]


def test_a_report_of_filing_goes_up_with_its_number_and_who_signed_it(town: Township) -> None:
    with town.desk.store.writing(reason="准备") as writing:
        reading = Reading(writing.connection)
        chair, meeting, filing = writing.new_uid(), writing.new_uid(), writing.new_uid()
        writing.put(Person(uid=chair, name="龙志明"))
        office = office_of(reading)
        writing.put(replace(office, chair=chair), opened=office)
        writing.put(Meeting(uid=meeting, name="第一次会议", day=DAY, meeting_type="congress"))
        writing.put(Filing(uid=filing, meeting=meeting, title="关于预算的决议", document="石镇人发〔2026〕1号", passed=DAY))  # fmt: skip

    def head() -> str:
        paper = open_document(io.BytesIO(make_paper(town.desk, "filing-report", uid=filing)))
        return paper.paragraphs[1].text

    assert head() == "　〔　　　　〕　　号\t签发人：龙志明"
    give_number(town.desk, "石镇人〔2026〕6号", title="备案报告", day=DAY, about=filing)
    assert head() == "　石镇人〔2026〕6号\t签发人：龙志明"
