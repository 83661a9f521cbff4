"""Official documents as they are printed: positions on the page, measured after LibreOffice laid them out."""

from __future__ import annotations

import io
import itertools
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from lianxin.documents.official.letterhead import letter_page
from lianxin.documents.official.meeting_summary import add_summary_head
from lianxin.documents.official.page import (
    add_addressee,
    add_blank,
    add_body,
    add_sealed_signature,
    add_title,
    official_page,
)
from lianxin.documents.official.red_head import LINES_ABOVE_TITLE, close_file, file_page
from lianxin.documents.word.text import document_bytes
from tests.documents.rendering import Line, pages_of, to_pdf

POINTS_A_MM = 72 / 25.4
DOTS = 200
PITCH, SIZE = 28.95 / POINTS_A_MM, 16 / POINTS_A_MM
"""Millimetres of a line and of a character of the text."""
ISSUER, DAY = "石牌镇人民代表大会主席团", date(2026, 11, 21)
TEXT = "群众反映的村道破损问题已多次研究，" * 120


@dataclass(frozen=True)
class Printed:
    """The lines of every page of a long letter, and where the PDF of each kind of head lies."""

    pages: list[list[Line]]
    pdfs: Mapping[str, Path]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """All kinds in one start of LibreOffice."""
    document = official_page()
    add_title(document, "关于督促办理村道破损问题的函")
    add_addressee(document, "镇水务站")
    add_body(document, TEXT)
    add_sealed_signature(document, ISSUER, DAY)
    long = document_bytes(document, title="函", author="石牌镇人大")
    papers = {"函.docx": long, **{f"{name}.docx": made for name, made in heads().items()}}
    pdfs = to_pdf(papers, tmp_path_factory.mktemp("printed"))
    return Printed(
        pages_of(pdfs["函.docx"]), {name.removesuffix(".docx"): path for name, path in pdfs.items()}
    )


@pytest.fixture(scope="module")
def pages(printed: Printed) -> list[list[Line]]:
    return printed.pages


def heads() -> dict[str, bytes]:
    """A short document of each kind of head, with a short and a very long name of the sender."""
    long = "清江土家族苗族自治县石牌土家族乡人民代表大会主席团"
    documents = {
        "file": file_page(ISSUER, number="石镇人〔2026〕37号"),
        "long": file_page(long, number="石镇人〔2026〕37号"),
        "upward": file_page(ISSUER, number="石镇人〔2026〕38号", approver="龙志明"),
        "letter": letter_page(ISSUER, number="石镇人〔2026〕39号"),
        "summary": official_page(),
    }
    add_summary_head(documents["summary"], f"{ISSUER}会议纪要", "第5期", ISSUER, "2026年11月21日")
    for name, document in documents.items():
        if name in ("letter", "summary"):
            add_blank(document, LINES_ABOVE_TITLE)
        add_title(document, "关于督促办理村道破损问题的函")
        add_blank(document)
        add_body(document, "请抓紧办理。")
        add_sealed_signature(document, ISSUER, DAY)
        if name != "letter":
            close_file(document, ISSUER, DAY, copies=["县人大常委会办公室", "镇党委", "镇人民政府"])
    return {name: document_bytes(each, title=name, author=ISSUER) for name, each in documents.items()}


def millimetres(points: float) -> float:
    return points / POINTS_A_MM


def of_text(page: list[Line]) -> list[Line]:
    return [line for line in page if not line.text.startswith("—")]


def test_a_full_page_has_twenty_two_lines_of_twenty_eight_characters(pages: list[list[Line]]) -> None:
    full = of_text(pages[1])
    assert len(full) == 22
    assert {len(line.text) for line in full} <= {27, 28}
    assert sum(len(line.text) == 28 for line in full) >= 18, "a stop that may not begin a line shortens a few"


def test_lines_follow_each_other_by_their_pitch(pages: list[list[Line]]) -> None:
    full = of_text(pages[1])
    gaps = {round(below.bottom - above.bottom, 1) for above, below in itertools.pairwise(full)}
    assert all(abs(gap - 28.95) < 0.3 for gap in gaps)


def test_the_type_area_lies_where_the_standard_puts_it(pages: list[list[Line]]) -> None:
    """天头 37 mm, 订口 28 mm on the front, mirrored on the back, 156 mm of text (GB/T 9704-2012, 5.2)."""
    front, back = of_text(pages[2]), of_text(pages[1])
    assert abs(millimetres(min(line.left for line in front)) - 28) < 1
    assert abs(millimetres(min(line.left for line in back)) - 26) < 1, (
        "printed on both sides: the edge to bind changes"
    )
    assert abs(millimetres(max(line.right for line in back)) - (26 + 156)) < 1.5
    middle_of_first = (back[0].top + back[0].bottom) / 2
    assert abs(millimetres(middle_of_first) - (37 + 28.95 / 2 / POINTS_A_MM)) < 1.5


def test_page_numbers_stand_seven_millimetres_below_the_text_at_the_outer_edge(
    pages: list[list[Line]],
) -> None:
    for at, page in enumerate(pages, 1):
        number = next(line for line in page if line.text.startswith("—"))
        assert number.text == f"—{at}—"
        middle = millimetres((number.top + number.bottom) / 2)
        assert abs(middle - (37 + 225 + 7)) < 1.5
        if at % 2:
            assert abs(millimetres(number.right) - (210 - 26 - 14 / POINTS_A_MM)) < 2
        else:
            assert abs(millimetres(number.left) - (26 + 14 / POINTS_A_MM)) < 2


def test_signer_stands_over_the_middle_of_the_date_and_the_date_four_characters_in(
    pages: list[list[Line]],
) -> None:
    last = of_text(pages[-1])
    signer, day = last[-2:]
    assert (signer.text, day.text) == ("石牌镇人民代表大会主席团", "2026年11月21日")
    assert abs((signer.left + signer.right) / 2 - (day.left + day.right) / 2) < 12, (
        "as far as the face of the digits allows"
    )
    edge = (210 - 26 if len(pages) % 2 else 210 - 28) * POINTS_A_MM
    assert abs((edge - day.right) / 16 - 4) < 1.2


@dataclass(frozen=True)
class Band:
    """Rows of a printed page with ink on them, in millimetres from its upper left corner."""

    top: float
    bottom: float
    left: float
    right: float


def ink_of(pdf: Path, *, red: bool, page: int = 1) -> list[Band]:
    """What is printed in red, or what is not, line by line; drawn fine enough for a tenth of a millimetre."""
    drawn = subprocess.run(
        ["pdftoppm", "-f", str(page), "-l", str(page), "-r", str(DOTS), str(pdf)],
        capture_output=True,
        check=True,
    )
    reds, greens, _ = Image.open(io.BytesIO(drawn.stdout)).convert("RGB").split()
    dark = greens.point([255 if value < 128 else 0 for value in range(256)])
    bright = reds.point([255 if value >= 150 else 0 for value in range(256)])
    ink = ImageChops.multiply(dark, bright if red else ImageChops.invert(bright))
    rows = [ink.crop((0, at, ink.width, at + 1)).getbbox() for at in range(ink.height)]
    bands: list[list[int]] = []
    for at, row in enumerate(rows):
        if row is None:
            continue
        if bands and at - bands[-1][1] < 2:
            bands[-1] = [bands[-1][0], at + 1, min(bands[-1][2], row[0]), max(bands[-1][3], row[2])]
        else:
            bands.append([at, at + 1, row[0], row[2]])
    return [Band(*(value / DOTS * 25.4 for value in band)) for band in bands]


@pytest.mark.parametrize("kind", ["file", "long", "upward", "summary"])
def test_the_head_of_a_document_is_printed_where_the_standard_has_it(printed: Printed, kind: str) -> None:
    """Mark 35 mm below the type area, red line of its width 4 mm below the number (7.2.4, 7.2.7, 10.3)."""
    mark, line = ink_of(printed.pdfs[kind], red=True)
    black = ink_of(printed.pdfs[kind], red=False)
    above = [band for band in black if band.bottom < line.top]
    assert abs(mark.top - (37 + 35)) < 0.5 and mark.left >= 27.5 and mark.right <= 184.5
    assert abs(line.top - above[-1].bottom - 4) < 0.4
    assert abs(line.left - 28) < 0.5 and abs(line.right - 184) < 0.5
    if kind != "summary":
        (number,) = above
        assert abs(number.top - mark.bottom - 3 * PITCH + 0.9 * SIZE) < 1.5, "two empty lines"
    if kind == "upward":
        assert abs(above[0].left - (28 + SIZE)) < 1.5 and abs(above[0].right - (184 - SIZE)) < 1.5
    title = next(band for band in black if band.top > line.bottom)
    assert abs(title.top - line.bottom - 2 * PITCH) < 3, "two empty lines"


def test_the_head_of_a_letter_is_printed_where_the_standard_has_it(printed: Printed) -> None:
    """Mark 30 mm from the edge, double lines of 170 mm, number seven eighths of a character below (10.1)."""
    mark, thick, thin, upper, lower = ink_of(printed.pdfs["letter"], red=True)
    number = ink_of(printed.pdfs["letter"], red=False)[0]
    assert abs(mark.top - 30) < 0.3
    assert abs(thick.top - mark.bottom - 4) < 0.3
    assert (
        thick.bottom - thick.top > thin.bottom - thin.top
        and lower.bottom - lower.top > upper.bottom - upper.top
    )
    assert abs(297 - lower.bottom - 20) < 0.3
    for line in (thick, thin, upper, lower):
        assert abs(line.right - line.left - 170) < 0.5 and abs(line.left - 20) < 1.5
    assert abs(number.top - thin.bottom - 4.94) < 0.4 and abs(number.right - 184) < 0.8


def test_the_closing_rows_end_on_the_lower_edge_of_the_last_even_page(printed: Printed) -> None:
    """版记: the last line lies on the edge of the type area, the text in the middle of its lines (7.4)."""
    upper, copies, middle, issued, lower = [
        band for band in ink_of(printed.pdfs["file"], red=False, page=2) if 230 < band.top < 263
    ]
    assert abs(lower.bottom - (37 + 225)) < 0.3
    for above, text, below in ((upper, copies, middle), (middle, issued, lower)):
        assert abs((text.top - above.bottom) - (below.top - text.bottom)) < 1.2
