"""Official documents as they are printed: positions on the page, measured after LibreOffice laid them out."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from lianxin.documents.official import (
    add_addressee,
    add_body,
    add_sealed_signature,
    add_title,
    official_page,
)
from lianxin.documents.word import document_bytes
from tests.documents.rendering import Line, pages_of, to_pdf

POINTS_A_MM = 72 / 25.4
TEXT = "群众反映的村道破损问题已多次研究，" * 120


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[list[Line]]:
    document = official_page()
    add_title(document, "关于督促办理村道破损问题的函")
    add_addressee(document, "镇水务站")
    add_body(document, TEXT)
    add_sealed_signature(document, "石牌镇人民代表大会主席团", date(2026, 11, 21))
    content = document_bytes(document, title="函", author="石牌镇人大")
    folder = tmp_path_factory.mktemp("printed")
    return pages_of(to_pdf({"函.docx": content}, folder)["函.docx"])


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
