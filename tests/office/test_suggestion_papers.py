"""Papers of suggestions: made from what was done, refused before it was done, the public one without any person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Word

from lianxin.domain.records import HandlingUnit, Opinion, Suggestion
from lianxin.office.case_papers.case_file import case_file
from lianxin.office.importing.ledger_import import import_ledger
from lianxin.office.importing.suggestion_course import judged_words
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.paperwork.paper import NoSuchMatter
from lianxin.office.suggestions.papers import opinion_requests, reply_letter, suggestion_ledger
from lianxin.office.suggestions.suggestion import propose
from lianxin.store.reading import Reading
from tests.documents.reading_back import all_text, first_sheet, headings
from tests.office.suggestion_year import NAMES, with_deputies, with_suggestions
from tests.office.township import Township, filled_township, new_township


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    """The township with the suggestions of the sample year, at its end."""
    found = filled_township(tmp_path / "one", with_suggestions)
    yield found
    found.desk.store.close()


def matter(town: Township, words: str) -> str:
    with town.desk.store.reading() as reading:
        (found,) = [each.uid for each in reading.all(Opinion) if words in each.title]
    return found


def matter_of(reading: Reading, words: str) -> Opinion:
    (found,) = [each for each in reading.all(Opinion) if words in each.title]
    return found


def states(town: Township) -> dict[str, str]:
    with town.desk.store.reading() as reading:
        matters = reading.all(Opinion)
    found = {}
    for each in matters:
        file = case_file(town.desk, each.uid)
        assert file is not None
        found[each.title] = file.state.code
    return found


def word(made: bytes, folder: Path) -> Word:
    path = folder / "paper.docx"
    path.write_bytes(made)
    return Document(str(path))


def test_the_sample_year_has_every_state(town: Township) -> None:
    found = states(town)
    assert len(found) == 11
    assert set(found.values()) == {
        "closed",
        "answered",
        "handling",
        "routed",
        "review",
        "revise",
        "merged",
    }


def test_the_reply_letter_is_the_units_with_class_number_and_promise(town: Township, tmp_path: Path) -> None:
    uid = matter(town, "污水管网")
    name, made = reply_letter(town.desk, uid)
    assert name == "答复函_2025-JY0002.docx"
    told = all_text(made)
    assert "关于罗红梅代表第2025-JY0002号建议的答复" in told
    assert "罗红梅、彭长青、何金花、冯志明、黄长青代表：" in told
    assert "一期管网建成通水，2026年6月30日前完成。" in told
    document = word(made, tmp_path)
    top = [each.text for each in document.sections[0].first_page_header.paragraphs]
    assert "镇规建站" in top and "B类" in top
    assert document.paragraphs[0].text == "石规建函〔2025〕6号"


def test_every_deputy_has_a_form_of_his_own(town: Township) -> None:
    told = all_text(opinion_requests(town.desk, matter(town, "污水管网"))[1])
    for name in ("罗红梅（领衔代表）", "彭长青（联名代表）", "黄长青（联名代表）"):
        assert told.count(name) == 1
    assert told.count("代表建议办理情况征询意见表") == 5
    with pytest.raises(NoSuchMatter, match="还没有答复"):
        opinion_requests(town.desk, matter(town, "通信信号"))
    with pytest.raises(NoSuchMatter, match="还没有答复"):
        reply_letter(town.desk, matter(town, "通信信号"))


def test_papers_are_made_by_name_for_the_suggestion_or_its_matter(town: Township) -> None:
    uid = matter(town, "饮水管道")
    with town.desk.store.reading() as reading:
        (own,) = reading.children(Suggestion, "opinion", [uid])
    for asked in (uid, own.uid):
        record = all_text(make_paper(town.desk, "face-reply", uid=asked))
        assert "长坪村村部" in record and "先换三组" in record and "请赶在汛期前完工" in record
    handover = all_text(make_paper(town.desk, "suggestion-handover", uid=uid))
    assert handover.count("代表建议交办单（存根）") == 1 and "领衔 冯春生；联名 田光明" in handover
    assert "3个月内书面答复" in handover
    hard = all_text(make_paper(town.desk, "suggestion-handover", uid=matter(town, "污水管网")))
    assert "6个月内书面答复" in hard and "2025年7月27日" in hard


def test_the_public_report_counts_everything_and_names_nobody(town: Township) -> None:
    told = all_text(make_paper(town.desk, "suggestion-report", period="2025"))
    for name in NAMES:
        assert name not in told
    assert "共收到代表议案建议10件（建议10件）" in told, "the merged one is not counted twice"
    assert "会议期间2件、闭会期间8件" in told
    assert "经审查交办6件，由5个单位主办" in told
    assert "按期（答复后15日内）评价的满意率为88.9%（8/9人次）" in told
    assert "逾期没有评价的也计入，满意率为72.7%（8/11人次）" in told


def test_a_suggestion_that_is_not_public_is_counted_and_not_listed(town: Township) -> None:
    uid = matter(town, "土地流转")
    with town.desk.store.writing(reason="测试") as writing:
        own = Reading(writing.connection).get(Opinion, uid)
        assert own is not None
        writing.put(replace(own, openness="closed"), opened=own)
    told = all_text(make_paper(town.desk, "suggestion-report", period="2025"))
    assert "土地流转" not in told and "共收到代表议案建议10件" in told
    assert "另有1件按规定不公开" in told


def test_the_ledger_comes_back_as_it_went_out(town: Township, tmp_path: Path) -> None:
    with town.desk.store.reading() as reading:
        uids = [each.uid for each in reading.all(Opinion)]
    made = suggestion_ledger(town.desk, uids)
    sheet = first_sheet(made)
    assert headings(sheet)[:4] == ["序号", "编号", "类型", "标题"]
    path = tmp_path / "台账.xlsx"
    path.write_bytes(made)
    other = with_deputies(new_township(tmp_path / "two"))
    try:
        done = import_ledger(other.desk, kind="suggestion", path=path, preview=False)
        assert (done.counts["new"], done.counts["refused"]) == (11, 0)
        before, after = states(town), states(other)
        moved = {title for title in before if before[title] != after[title]}
        assert {before[title] for title in moved} <= {"routed", "revise", "merged"}, (
            "what a ledger cannot say"
        )
        with other.desk.store.reading() as reading:
            known = {each.number: each for each in reading.all(Suggestion)}
            units = {each.name for each in reading.all(HandlingUnit)}
            lead = matter_of(reading, "污水管网")
        more = propose(
            other.desk,
            matter=replace(lead, uid="", number=None, title="另一件", registered=date(2025, 12, 22)),
            suggestion=Suggestion(uid="", opinion=""),
        )
        assert more.matter.number == "439901102-2025-JY0012", "numbers go on behind those of the ledger"
        sewer = known["439901102-2025-JY0002"]
        assert (sewer.key_matter, sewer.hard, sewer.from_bill, sewer.session) == (True, True, True, 6)
        assert sewer.occasion == "in_session" and "移动公司" in units
        again = suggestion_ledger(other.desk, [matter(other, "污水管网")])
        row = [str(cell.value or "") for cell in first_sheet(again)[4]]
        assert row[1:4:2] == ["2025-JY0002", "关于加快集镇污水管网建设的议案"]
        assert "基本满意（态度满意，结果基本满意）" in row
        judged = {f"{name} 满意" for name in ("彭长青", "何金花", "冯志明", "黄长青")}
        assert any(set(cell.split("、")) == judged for cell in row)
    finally:
        other.desk.store.close()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("满意", ("satisfied", "", "")),
        ("不满意（态度满意，结果不满意）", ("unsatisfied", "satisfied", "unsatisfied")),
        ("基本满意(态度基本满意，结果满意)", ("basically", "basically", "satisfied")),
        ("很好", ("", "", "")),
    ],
)
def test_a_judgement_written_as_one_text_is_read_apart(text: str, told: tuple[str, str, str]) -> None:
    assert judged_words(text) == told
