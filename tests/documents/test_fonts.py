"""Fonts of a document: what prints instead, and which characters the printing font lacks, told with their place."""

from __future__ import annotations

from datetime import date

import pytest

from lianxin.documents.characters.fonts import FontUse, Lack, font_uses, printing_font, uses_words
from lianxin.documents.characters.rare_words import rare_words
from lianxin.documents.official.page import add_body, add_sealed_signature, add_title, official_page
from lianxin.documents.pdf.blocks_pdf import blocks_pdf
from lianxin.documents.word.blocks import BlockPaper, NewPage, Text
from lianxin.documents.word.text import document_bytes
from lianxin.documents.workbooks.ledger import Column, table_xlsx
from lianxin.documents.workbooks.looks import Look

RARE = "𠮷㛃䶮"


def letter(words: str) -> bytes:
    document = official_page()
    add_title(document, "关于督促办理的函")
    add_body(document, words)
    add_sealed_signature(document, "石牌镇人大", date(2026, 11, 21))
    return document_bytes(document, title="函", author="石牌镇人大")


@pytest.mark.parametrize(
    ("installed", "printed"),
    [
        (("方正小标宋简体", "宋体"), "方正小标宋简体"),
        (("华文中宋", "宋体"), "华文中宋"),
        (("SimSun",), "SimSun"),
        (("Arial",), ""),
    ],
)
def test_the_nearest_font_that_is_there_prints(installed: tuple[str, ...], printed: str) -> None:
    assert printing_font("方正小标宋简体", installed) == printed


def test_a_font_under_its_other_name_is_the_font_itself() -> None:
    assert FontUse("黑体", "SimHei").words() == "" and printing_font("黑体", {"SimHei"}) == "SimHei"


def test_substitutes_and_lacking_characters_are_told_before_printing() -> None:
    uses = font_uses(
        letter(f"请田{RARE}代表到会。"), {"仿宋", "华文中宋", "宋体"}, lambda font, char: char not in RARE
    )
    told = {each.asked: each for each in uses}
    assert told["方正小标宋简体"].words() == "“方正小标宋简体”没有安装，打印用“华文中宋”"
    assert told["宋体"].words() == ""
    assert [lack.char for lack in told["仿宋_GB2312"].lacking] == list(RARE)
    assert told["仿宋_GB2312"].lacking[0] == Lack("𠮷", f"请田{RARE}代表…")
    words = told["仿宋_GB2312"].words()
    assert "打印用“仿宋”" in words and "没有“𠮷”（请田" in words


def test_without_any_font_the_office_program_chooses() -> None:
    (first, *_) = font_uses(letter("正文"), set(), lambda font, char: False)
    assert first.words() == "电脑上没有“方正小标宋简体”，打印时由 Word 或 WPS 另选字体"


def test_a_rare_character_is_named_where_no_font_is_known() -> None:
    words = f"请田{RARE}、尉\U0002ebf0、卢\ue001、“①㎡々”吐尔逊·买买提到会"
    told = uses_words(font_uses(letter(words), set(), lambda font, char: bool(font) or char == "䶮"))
    assert told.count("这台电脑的字体里都没有") == 1 and told.endswith("打印出来可能是空格或方框")
    assert [name for name in (*RARE, "\U0002ebf0", "U+E001") if f"“{name}”（" in told] == [
        "𠮷",
        "㛃",
        "\U0002ebf0",
        "U+E001",
    ]
    columns = [Column("姓名", Look.MIDDLE)]
    book = table_xlsx(columns, [("田𠮷",), ("单志明",)], title="表", office_name="石牌镇", label="表")
    assert rare_words(book) == "常用字体里没有“𠮷”（田𠮷），打印出来可能是空格或方框，请先看一看"
    assert rare_words(letter("单志明、仉督·买买提①㎡")) == "" and rare_words(b"PK") == ""
    pdf = blocks_pdf(
        BlockPaper((Text("张三"), NewPage(), Text("请田\U000e0101𠮷\ue001同志")), "函", "石牌镇", False)
    )
    assert rare_words(pdf) == "有的字这台电脑的字体里都没有，印成“〓”：第2页“请田〓𠮷〓同志”"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"PK\x03\x04"])
def test_what_is_no_word_document_asks_for_nothing(content: bytes) -> None:
    assert font_uses(content, {"宋体"}, lambda font, char: True) == ()


def test_fonts_nobody_has_are_told_in_one_sentence() -> None:
    told = uses_words((FontUse("黑体", ""), FontUse("宋体", "SimSun"), FontUse("仿宋_GB2312", "")))
    assert told == "电脑上没有“黑体”、“仿宋_GB2312”，打印时由 Word 或 WPS 另选字体"
