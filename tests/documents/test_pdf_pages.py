"""Pages of a PDF drawn and joined; Word and Excel turned into PDF beside us, in time, stopped, or not at all."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from lianxin.documents.office_program import (
    ConvertingStopped,
    NotConverted,
    Waiting,
    find_program,
    pdf_of,
)
from lianxin.documents.pdf.blocks_pdf import blocks_pdf
from lianxin.documents.pdf.pages import NotAPdf, PdfPages, joined
from lianxin.documents.word.blocks import BlockPaper, NewPage, Text
from lianxin.documents.word.blocks_docx import blocks_docx


def made(*words: str) -> BlockPaper:
    blocks: list[Text | NewPage] = []
    for each in words:
        blocks += [Text(each), NewPage()]
    return BlockPaper(tuple(blocks[:-1]), "文书", "石牌镇人大")


def text_of(content: bytes, tmp_path: Path) -> str:
    path = tmp_path / "read.pdf"
    path.write_bytes(content)
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout


def program(tmp_path: Path, script: str) -> Path:
    path = tmp_path / "soffice"
    path.write_text("#!/bin/sh\n" + script, encoding="utf-8")
    path.chmod(0o755)
    return path


def test_pages_have_their_size_and_are_drawn_on_white() -> None:
    pages = PdfPages(blocks_pdf(made("一", "二")))
    assert pages.count == 2
    drawn = pages.draw(1, 72)
    assert (drawn.width, drawn.height) == (596, 842)
    assert len(drawn.data) == drawn.stride * drawn.height
    assert drawn.data[:3] == b"\xff\xff\xff"
    assert min(drawn.data[0::4]) < 120
    pages.close()


def test_several_papers_become_one_in_their_order(tmp_path: Path) -> None:
    whole = joined([blocks_pdf(made("修路", "架桥")), blocks_pdf(made("饮水"))])
    assert PdfPages(whole).count == 3
    told = text_of(whole, tmp_path)
    assert told.index("修路") < told.index("架桥") < told.index("饮水")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_told(content: bytes) -> None:
    with pytest.raises(NotAPdf):
        PdfPages(content)


def test_a_word_paper_becomes_pdf_by_libreoffice(tmp_path: Path) -> None:
    found = find_program(os.environ)
    assert found is not None, "LibreOffice is needed to test papers"
    content = pdf_of(found, blocks_docx(made("修路", "架桥")), ".docx", Waiting(lambda: False))
    assert PdfPages(content).count == 2
    assert "架桥" in text_of(content, tmp_path)


def test_a_program_that_hangs_is_ended_in_time(tmp_path: Path) -> None:
    now = iter(range(100))
    waiting = Waiting(lambda: False, seconds=3, clock=lambda: next(now), pause=lambda _seconds: None)
    with pytest.raises(NotConverted, match="过了3秒"):
        pdf_of(program(tmp_path, "exec sleep 600"), b"", ".docx", waiting)


def test_it_is_stopped_when_asked(tmp_path: Path) -> None:
    with pytest.raises(ConvertingStopped):
        pdf_of(program(tmp_path, "exec sleep 600"), b"", ".docx", Waiting(lambda: True))


@pytest.mark.parametrize("script", ["exit 1", "exit 0"])
def test_a_program_that_makes_nothing_is_told(tmp_path: Path, script: str) -> None:
    with pytest.raises(NotConverted, match="没有转出 PDF"):
        pdf_of(program(tmp_path, script), b"", ".xlsx", Waiting(lambda: False))


def test_a_program_that_does_not_start_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotConverted, match="没有启动"):
        pdf_of(tmp_path / "nothing", b"", ".xlsx", Waiting(lambda: False))


def test_it_is_found_on_the_path_or_at_its_usual_place(tmp_path: Path) -> None:
    assert find_program({"PATH": str(program(tmp_path, "exit 0").parent)}) == tmp_path / "soffice"
    windows = tmp_path / "LibreOffice" / "program" / "soffice.exe"
    windows.parent.mkdir(parents=True)
    windows.touch()
    assert find_program({"PATH": "", "ProgramFiles": str(tmp_path)}) == windows
