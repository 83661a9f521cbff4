"""履职档案: from records only, each line leads to one, made final with its hash, published without personal data."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from docx import Document
from pypdfium2 import PdfDocument

from lianxin.documents.pdf import font as pdf_font
from lianxin.documents.pdf.blocks_pdf import blocks_pdf
from lianxin.documents.word.blocks import BlockPaper, Title
from lianxin.domain.dictionary import kind_named
from lianxin.domain.records import Deed, Evaluation, Person, Publication, TallyRow
from lianxin.office.attaching import attachments_of
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.office.records import save_record, undo_changes
from lianxin.office.scoring.finals import FinalProblem, final_paper, make_final
from lianxin.office.scoring.performance_file import (
    FileShown,
    FilesStopped,
    _final,
    file_paper,
    files_of_year,
    finish_file,
    finish_files,
    performance_file,
    write_files,
)
from lianxin.office.scoring.publications import public_sheet, publish
from tests.office.deputy_work import mandate_of, some_work
from tests.office.township import Township, new_township


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    some_work(made)
    yield made
    made.desk.store.close()


def words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_every_line_of_the_file_leads_to_a_record(town: Township) -> None:
    file = performance_file(town.desk, mandate_of(town, "龙志明").uid, 2026)
    assert [one.title for one in file.sections[:7]] == [
        "各类会议", "视察调研", "学习培训", "代表小组活动", "建议意见", "述职与接受监督", "表彰奖励",
    ]  # fmt: skip
    assert file.section("meetings").counted == "应到1次，出席1次"
    assert file.section("contacts").counted == "接待和走访1次，办实事1件"
    with town.desk.store.reading() as reading:
        for section in file.sections:
            for row in section.rows:
                assert reading.get(kind_named(row.kind), row.uid) is not None
    before = performance_file(town.desk, mandate_of(town, "龙志明").uid, 2025)
    assert not any(section.rows for section in before.sections)


def test_votes_stand_in_the_words_of_their_scheme_each_once(town: Township) -> None:
    me, day = mandate_of(town, "龙志明"), date(2026, 11, 18)
    votes = (
        ("四档", "four", ((None, 30, None),)),
        ("百分制", "percent", ((None, 50, Decimal(4555)),)),
        ("分项", "three", (("联系群众", 50, None), ("总体评价", 46, None))),
    )
    with town.desk.store.writing(reason="准备") as writing:
        for name, scheme, rows in votes:
            vote = Evaluation(
                uid=writing.new_uid(), name=name, day=day, scheme=scheme, valid=50, state="confirmed"
            )
            writing.put(vote)
            for aspect, first, points in rows:
                writing.put(
                    TallyRow(
                        uid=writing.new_uid(), evaluation=vote.uid, person=me.person, aspect=aspect, first=first,
                        points=points,
                    )
                )  # fmt: skip
    told = performance_file(town.desk, me.uid, 2026).section("supervised").rows
    assert {row.words: row.result for row in told if row.kind == "evaluation"} == {
        "四档": "优秀率60.0%（以有效票计）", "百分制": "平均分91.10", "分项": "满意率92.0%（以有效票计）",
    }  # fmt: skip


def test_word_and_pdf_hold_the_same_lines(town: Township) -> None:
    uid = mandate_of(town, "龙志明").uid
    words = words_of(make_paper(town.desk, "performance-file", uid=uid, period="2026"))
    assert "修通长坪村便道" in words
    assert "第五次会议" in words
    name, pdf = file_paper(town.desk, uid, 2026, pdf=True)
    assert name == "履职档案_2026年_乡_龙志明.pdf"
    assert pdf.startswith(b"%PDF-")
    assert pdf == file_paper(town.desk, uid, 2026, pdf=True)[1], "equal records give equal bytes"
    with pytest.raises(PapersProblem):
        file_paper(town.desk, "nobody", 2026)


def test_rare_characters_are_drawn_and_missing_ones_are_marked(
    town: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_font, "computers_glyphs", frozenset)
    assert pdf_font.drawable("龑喆㛃·") == "龑喆㛃·"
    assert pdf_font.markup("周𠮷") == '周<font name="LianxinRareHan">𠮷</font>'
    paper = PdfDocument(blocks_pdf(BlockPaper((Title("周𠮷㛃䶮"),), "档案", "连心")))
    assert "周𠮷㛃䶮" in paper[0].get_textpage().get_text_bounded(), "found and copied as it is written"
    assert pdf_font.undrawable("周𫠠") == ("𫠠",)
    assert pdf_font.markup("周𫠠<\n") == "周〓&lt;<br/>"
    mandate = mandate_of(town, "龙志明")
    with town.desk.store.reading() as reading:
        person = reading.by_uid(Person, [mandate.person])[mandate.person]
    save_record(town.desk, replace(person, name="龙𫠠明"), opened=person)
    assert "1个字本机字体没有，印成〓：𫠠" in finish_files(town.desk, "township", 2026).lacking_words
    monkeypatch.setattr(pdf_font, "computers_glyphs", lambda: frozenset({ord("𫠠")}))
    assert pdf_font.markup("周𫠠") == '周<font name="RareCharacters">𫠠</font>'


def file_shown(town: Township, mandate: str) -> FileShown:
    """The file as the list of the year shows it."""
    return next(line.shown for line in files_of_year(town.desk, "township", 2026) if line.mandate == mandate)


def test_a_final_file_keeps_its_hash_and_says_what_changed_since(town: Township) -> None:
    uid = mandate_of(town, "龙志明").uid
    sheet, changes = finish_file(town.desk, uid, 2026)
    kept = final_paper(town.desk, sheet)
    assert sha256(kept).hexdigest() == sheet.digest
    assert file_shown(town, uid).differs == ()
    with town.desk.store.reading() as reading:
        (deed,) = reading.all(Deed)
        (attachment,) = attachments_of(reading, [sheet.uid])
    assert attachment.name == "履职档案_2026年_乡_龙志明.pdf"
    save_record(town.desk, replace(deed, what="修通卧龙村便道"), opened=deed)
    differs = file_shown(town, uid).differs
    assert any(line.startswith("原来有") and "长坪村便道" in line for line in differs)
    assert any(line.startswith("现在有") and "卧龙村便道" in line for line in differs)
    assert final_paper(town.desk, sheet) == kept
    undo_changes(town.desk, changes)
    assert file_shown(town, uid).finals == ()


def test_what_is_kept_of_a_final_has_no_personal_data(town: Township) -> None:
    mandate = mandate_of(town, "龙志明")
    with town.desk.store.reading() as reading:
        person = reading.by_uid(Person, [mandate.person])[mandate.person]
    save_record(
        town.desk, replace(person, phone="13800001111", born="1960-01", address="长坪村9号"), opened=person
    )
    sheet, _ = finish_file(town.desk, mandate.uid, 2026)
    for secret in ("13800001111", "1960", "长坪村9号", "田金玉", "断水"):
        assert secret not in (sheet.content or "")


def test_all_files_at_once_can_be_stopped_and_are_not_made_twice(town: Township, tmp_path: Path) -> None:
    seen: list[int] = []
    folder = tmp_path / "档案"
    written = write_files(
        town.desk, "township", 2026, folder, progress=lambda done, total, words: seen.append(done)
    )
    assert written.count == len(list(folder.iterdir())) == 4
    assert seen == [0, 1, 2, 3, 4]
    with pytest.raises(FilesStopped) as stopped:
        finish_files(town.desk, "township", 2026, cancelled=lambda: True)
    assert stopped.value.done == 0
    assert finish_files(town.desk, "township", 2026).count == 4
    assert finish_files(town.desk, "township", 2026).count == 0, "nothing changed since"


def test_a_paper_too_long_is_not_made_final(town: Township) -> None:
    mandate = mandate_of(town, "龙志明")
    final = _final(town.desk, mandate, performance_file(town.desk, mandate.uid, 2026))
    with pytest.raises(FinalProblem):
        make_final(town.desk, replace(final, lines=["长" * 60_001]))
    assert file_shown(town, mandate.uid).finals == ()


def everything_personal(town: Township) -> Person:
    mandate = mandate_of(town, "龙志明")
    with town.desk.store.reading() as reading:
        person = reading.by_uid(Person, [mandate.person])[mandate.person]
    told = replace(
        person, phone="13800001111", born="1960-01", address="长坪村九组9号", identity_number="11010519491231002X",
        work="镇水务站站长", remark="住院病人", nation="土家族",
    )  # fmt: skip
    save_record(town.desk, told, opened=person)
    return told


def test_nothing_personal_gets_into_the_publication(town: Township) -> None:
    everything_personal(town)
    words = words_of(make_paper(town.desk, "publication-sheet", period="2026"))
    assert "龙志明" in words
    assert "镇水务站站长" in words
    for secret in (
        "13800001111",
        "1960",
        "九组",
        "11010519491231002X",
        "住院",
        "田金玉",
        "13912342217",
        "断水",
    ):
        assert secret not in words
    with town.desk.store.reading() as reading:
        (line,) = [
            one
            for one in public_sheet(reading, "township", 2026, date(2026, 12, 31)).lines
            if one.name == "龙志明"
        ]
    assert (line.meetings, line.training, line.visits, line.deeds, line.reported) == (
        "1/1",
        "1/1",
        1,
        1,
        "书面",
    )


def test_a_publication_is_registered_when_printed_and_refused_with_personal_data(town: Township) -> None:
    person = everything_personal(town)
    printed = publish(town.desk, "township", 2026, place="镇政府公示栏", by="王文书")
    with town.desk.store.reading() as reading:
        (kept,) = reading.all(Publication)
    assert kept == printed.publication
    assert (kept.checked, kept.checked_by, kept.place) == (True, "王文书", "镇政府公示栏")
    with town.desk.store.reading() as reading:
        stored = reading.by_uid(Person, [person.uid])[person.uid]
    save_record(town.desk, replace(stored, work="长坪村九组9号个体户"), opened=stored)
    with pytest.raises(PapersProblem, match="个人信息"):
        publish(town.desk, "township", 2026, place="", by="")
