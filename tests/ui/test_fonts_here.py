"""Fonts of this computer: a font that is not there and a character no font has are told before printing."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QFontDatabase
from pytestqt.qtbot import QtBot

from lianxin.documents.official.page import add_body, add_sealed_signature, add_text, official_page
from lianxin.documents.pdf.blocks_pdf import blocks_pdf
from lianxin.documents.word.blocks import BlockPaper, Text
from lianxin.documents.word.text import Face, Layout, Piece, document_bytes
from lianxin.ui.fonts_here import font_words
from lianxin.ui.preview.preview_window import PreviewWindow, Shown


def chinese_font() -> str:
    return QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)[0]


def written_in(face: str, words: str) -> bytes:
    document = official_page()
    add_text(document, [Piece(words, Face(face, 16))], Layout())
    return document_bytes(document, title="函", author="石牌镇人大")


def test_a_font_of_this_computer_says_nothing(qtbot: QtBot) -> None:
    assert chinese_font() not in font_words(written_in(chinese_font(), "石牌镇人大"))


def test_a_font_that_is_not_here_and_a_character_no_font_has_are_told(qtbot: QtBot) -> None:
    assert "没有“没有的字体”" in font_words(written_in("没有的字体", "石牌镇"))
    lacking = font_words(written_in(chinese_font(), "田\U0003134f同志"))
    assert "里没有“\U0003134f”（田\U0003134f同志）" in lacking


def test_the_preview_says_it_before_printing(qtbot: QtBot) -> None:
    document = official_page()
    add_body(document, "正文")
    add_sealed_signature(document, "石牌镇人大", date(2026, 11, 21))
    content = document_bytes(document, title="函", author="石牌镇人大")
    pdf = blocks_pdf(BlockPaper((Text("正文"),), "函", "石牌镇人大", False))
    window = PreviewWindow(Shown("函.docx", content, pdf))
    qtbot.addWidget(window)
    assert window.fonts_told() == font_words(content)
