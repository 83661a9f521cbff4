"""Official documents: the measures of GB/T 9704-2012, both fonts on every run, and what must stand in them."""

import io
import re
import zipfile
from datetime import date, time

from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.documents.official import page as official
from lianxin.documents.official.cover_letter import CoverLetter, cover_letter_docx
from lianxin.documents.official.notice import NoticeDeputy, ReceptionNotice, reception_notice_docx
from lianxin.documents.word import type_area
from lianxin.documents.word.package import FIRST_DAY
from lianxin.documents.word.text import document_bytes
from tests.documents.reading_back import all_text, document, every_byte

ISSUER = "石牌镇人民代表大会主席团"


def notice(**more: str) -> bytes:
    return reception_notice_docx(
        ReceptionNotice(
            issuer=ISSUER,
            day=date(2026, 11, 20),
            signed=date(2026, 11, 6),
            place=more.get("place", "石牌镇代表联络站"),
            deputies=(NoticeDeputy("周桂兰", "县人大代表"), NoticeDeputy("龙志明")),
            number="（2026）3号",
            start=time(9, 0),
            end=time(11, 30),
            phone="0743-6721234",
        )
    )


def letter(check_code: str = "", files: tuple[str, ...] = ("月报表.xlsx", "意见建议台账.xlsx")) -> bytes:
    return cover_letter_docx(
        CoverLetter(
            issuer=ISSUER,
            addressee="县人大常委会办公室",
            period_words="2026年11月",
            signed=date(2026, 11, 26),
            files=files,
            number="石镇人〔2026〕12号",
            check_code=check_code,
        )
    )


def test_paper_margins_grid_and_footer_are_those_of_the_standard() -> None:
    for packed in (notice(), letter()):
        found = document(packed)
        section = found.sections[0]
        size = section._sectPr.find(qn("w:pgSz"))
        margins = section._sectPr.find(qn("w:pgMar"))
        grid = section._sectPr.find(qn("w:docGrid"))
        assert size is not None and margins is not None and grid is not None
        assert (size.get(qn("w:w")), size.get(qn("w:h"))) == ("11906", "16838")
        expected = {"top": "2098", "bottom": "1984", "left": "1588", "right": "1474", "footer": "1446"}
        assert {side: margins.get(qn(f"w:{side}")) for side in expected} == expected
        assert grid.get(qn("w:linePitch")) == "579"
        assert 22 * type_area.LINE_TWIPS <= type_area.PAGE_HEIGHT - 2098 - 1984 < 23 * type_area.LINE_TWIPS


def test_every_run_names_a_chinese_and_a_latin_font_and_every_line_has_the_exact_pitch() -> None:
    for packed in (notice(), letter()):
        parts = zipfile.ZipFile(io.BytesIO(packed))
        for name in parts.namelist():
            if not re.fullmatch(r"word/(document|footer\d*)\.xml", name):
                continue
            text = parts.read(name).decode()
            runs = re.findall(r"<w:r>.*?</w:r>", text, re.DOTALL)
            assert runs or name.startswith("word/footer"), "the foot of a letter's first page is a line only"
            for run in runs:
                assert all(f"w:{face}=" in run for face in ("ascii", "hAnsi", "eastAsia")), run
        body = document(packed).element.body
        pitches = {
            paragraph.find(f".//{qn('w:spacing')}").get(qn("w:line")) for paragraph in body.findall(qn("w:p"))
        }
        # What the standard measures to the millimetre is set in a line of its own pitch.
        assert pitches in ({"579"}, {"579", "384"})


def test_faces_and_sizes() -> None:
    found = document(notice())
    title, number, _blank, body = found.paragraphs[:4]
    assert (title.text, title.runs[0].font.size) == (f"{ISSUER}公告", 279400)
    assert 'w:eastAsia="方正小标宋简体"' in title._p.xml and 'w:jc w:val="center"' in title._p.xml
    assert number.text == "（2026）3号"
    assert 'w:eastAsia="仿宋_GB2312"' in body._p.xml and 'w:firstLineChars="200"' in body._p.xml
    heading = next(one for one in found.paragraphs if one.text.startswith("一、"))
    assert [(run.text, "黑体" in run._r.xml) for run in heading.runs] == [
        ("一、时间：", True),
        ("2026年11月20日（星期五）9:00—11:30", False),
    ]


def test_page_numbers_are_fields_in_split_runs_outside_on_both_kinds_of_page() -> None:
    found = document(letter())
    section = found.sections[0]
    assert found.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        kinds = re.findall(r'fldCharType="(\w+)"|<w:instrText[^>]*>([^<]*)<', paragraph._p.xml)
        assert [first or second.strip() for first, second in kinds] == ["begin", "PAGE", "separate", "end"]
        assert (
            len(paragraph._p.r_lst) == 7 and paragraph.text.startswith("—") and paragraph.text.endswith("—")
        )
        assert f'w:jc w:val="{side}"' in paragraph._p.xml and f'w:{side}Chars="100"' in paragraph._p.xml
        assert 'w:sz w:val="28"' in paragraph._p.xml


def test_the_notice_says_when_where_who_and_what_the_congress_does_not_do() -> None:
    text = all_text(notice()).replace("\n", "")
    for words in (
        "石牌镇代表联络站",
        "周桂兰（县人大代表）、龙志明",
        "人大一般不办理具体案件",
        f"{ISSUER}2026年11月6日",
        "0743-6721234",
    ):
        assert words in text


def test_the_letter_lists_its_files_and_leaves_room_for_the_check_code_and_the_seal() -> None:
    packed = letter()
    text = all_text(packed).replace("\n", "")
    assert "县人大常委会办公室：" in text and "共2个文件" in text
    assert "附件：1. 月报表.xlsx" in text and "2. 意见建议台账.xlsx" in text
    assert "数字签名不能代替签字盖章" in text
    (table,) = document(packed).tables
    boxed = [cell for cell in table._tbl.tr_lst[0].tc_lst if 'w:val="single"' in cell.xml]
    assert len(boxed) == 20 and "核对码" in text
    paragraphs = [one.text for one in document(packed).paragraphs]
    signed = paragraphs.index(ISSUER)
    assert paragraphs[signed - 2 : signed] == ["", ""] and paragraphs[signed + 1] == "2026年11月26日"


def test_the_check_code_is_printed_when_it_is_known() -> None:
    (table,) = document(letter("12345 67890 12345 67890")).tables
    assert "".join(cell.text for cell in table.rows[0].cells) == "核对码12345678901234567890"


def test_one_enclosure_has_no_number() -> None:
    assert "附件：月报表.xlsx" in all_text(letter(files=("月报表.xlsx",))).replace("\n", "")


def test_date_stands_four_characters_in_and_the_signer_is_centred_on_it() -> None:
    found = official.official_page()
    official.add_sealed_signature(found, "石牌镇人大", date(2026, 11, 21))
    official.add_sealed_signature(
        found, "某某某某某某某某某某某某某某某某人民代表大会主席团", date(2026, 1, 1)
    )
    short, day, long, under = [one for one in found.paragraphs if one.text]

    def right(paragraph: object) -> float:
        assert hasattr(paragraph, "_p")
        return int(re.findall(r'w:rightChars="(\d+)"', paragraph._p.xml)[0]) / 100

    assert right(day) == 4 and abs(right(short) - (4 + (7.5 - 5) / 2)) <= 0.51
    assert right(long) == 1 and right(under) > 4


def test_equal_input_gives_equal_bytes_and_no_time_is_in_them() -> None:
    for make in (notice, letter):
        packed = make()
        assert packed == make()
        archive = zipfile.ZipFile(io.BytesIO(packed))
        assert {member.date_time for member in archive.infolist()} == {FIRST_DAY}
        assert b"dcterms" not in archive.read("docProps/core.xml")
        assert not [name for name in archive.namelist() if "thumbnail" in name]
        assert b"python-docx" not in every_byte(packed)


@settings(max_examples=25)
@given(st.text())
def test_any_text_makes_a_document_that_opens(text: str) -> None:
    page = official.official_page()
    official.add_body(page, text)
    packed = document_bytes(page, title=text, author=text)
    assert document(packed).sections
    assert packed[:2] == b"PK"
