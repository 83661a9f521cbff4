"""The check of official documents: ours pass, and each single fault put into one is found and named."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Literal

import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lianxin.documents.measuring.findings import NotMeasurable
from lianxin.documents.measuring.official_check import check_official
from lianxin.documents.official.event_papers import Event, EventPerson, notice_docx
from lianxin.documents.official.page import (
    BODY,
    add_body,
    add_text,
    add_title,
    official_page,
)
from lianxin.documents.word.package import unzipped, zipped
from lianxin.documents.word.text import Face, Layout, Piece, document_bytes, page_break
from tests.documents.sound_papers import (
    ISSUER,
    LONG,
    changed,
    face_of,
    of_paragraph,
    reworded,
    size_of,
    sound,
    starting,
    without_blank_above,
)


def _top(document: Document) -> None:
    document.sections[0].top_margin = Mm(25.4)


def _left(document: Document) -> None:
    document.sections[0].left_margin = Mm(31.7)


def _letter_paper(document: Document) -> None:
    document.sections[0].page_width, document.sections[0].page_height = Mm(215.9), Mm(279.4)


def _pitch(document: Document) -> None:
    starting(document, "群众反映").paragraph_format.line_spacing = Pt(24)


def _one_and_a_half(document: Document) -> None:
    starting(document, "群众反映").paragraph_format.line_spacing = 1.5
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    assert grid is not None
    document.sections[0]._sectPr.remove(grid)


def _no_indent(document: Document) -> None:
    indent = starting(document, "群众反映")._p.get_or_add_pPr().find(qn("w:ind"))
    assert indent is not None
    indent.getparent().remove(indent)


def _title_left(document: Document) -> None:
    starting(document, "关于").alignment = WD_ALIGN_PARAGRAPH.LEFT


def _same_footers(document: Document) -> None:
    document.settings.odd_and_even_pages_header_footer = False


def _no_numbers(document: Document) -> None:
    for footer in (document.sections[0].footer, document.sections[0].even_page_footer):
        footer.is_linked_to_previous = True


def _number_in_the_middle(document: Document) -> None:
    document.sections[0].footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _field_in_one_run(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    written = next(run for run in paragraph.runs if run._r.findall(qn("w:instrText")))
    begin = next(run for run in paragraph.runs if run._r.findall(qn("w:fldChar")))
    written._r.insert(0, begin._r.findall(qn("w:fldChar"))[0])


def _small_number(document: Document) -> None:
    for run in document.sections[0].footer.paragraphs[0].runs:
        run.font.size = Pt(9)


def _signature_on_a_new_page(document: Document) -> None:
    starting(document, ISSUER).paragraph_format.page_break_before = True


def _date_at_the_edge(document: Document) -> None:
    indent = starting(document, "2026年")._p.get_or_add_pPr().find(qn("w:ind"))
    assert indent is not None
    indent.getparent().remove(indent)


def _indented(document: Document) -> None:
    without_blank_above("镇水务站")(document)
    starting(document, "镇水务站").paragraph_format.first_line_indent = Pt(32)


def _times(document: Document) -> None:
    starting(document, "群众反映").paragraph_format.line_spacing = 1.25


def _red_words(document: Document) -> None:
    starting(document, "群众反映").runs[0].font.color.rgb = RGBColor(255, 0, 0)


FAULTS: dict[str, tuple[Callable[[Document], None], str, str]] = {
    "no room for the seal": (without_blank_above(ISSUER), "署名上方", "印章"),
    "no line above the attachments": (without_blank_above("附件："), "附件说明上方", "空一行"),
    "paper": (_letter_paper, "纸宽", "A4"),
    "top margin": (_top, "天头", "37"),
    "left margin": (_left, "订口", "28"),
    "line pitch": (_pitch, "行距", "22行"),
    "line pitch by the program": (_one_and_a_half, "行距", "22行"),
    "first line": (_no_indent, "首行缩进", "2字"),
    "title at the left": (_title_left, "标题", "居中"),
    "face of the title": (face_of("关于", "宋体"), "标题字体", "小标宋"),
    "size of the title": (size_of("关于", 18), "标题字号", "二号"),
    "face of the text": (face_of("群众反映", "宋体"), "正文字体", "仿宋"),
    "size of the text": (size_of("群众反映", 14), "正文字号", "三号"),
    "face of the first level": (face_of("一、", "仿宋_GB2312"), "一级标题字体", "黑体"),
    "face of the second level": (face_of("（一）", "黑体"), "二级标题字体", "楷体"),
    "round brackets of a level": (reworded("（一）", "(一)"), "二级标题的序号", "（一）"),
    "mark behind a level": (reworded("（一）", "（一）、"), "二级标题的序号", "（一）"),
    "comma behind a digit": (reworded("1.现场", "1、现场"), "三级标题的序号", "1."),
    "a number left out": (reworded("（二）", "（三）"), "序号", "连续"),
    "square brackets": (reworded("〔2026〕", "[2026]"), "发文字号的括号", "〔〕"),
    "a zero before the number": (reworded("37号", "037号"), "发文字号", "虚位"),
    "第 before the number": (reworded("37号", "第37号"), "发文字号", "第"),
    "half colon": (reworded("镇水务站：", "镇水务站:"), "主送机关末尾", "全角"),
    "stop behind an attachment": (reworded("村道破损照片", "村道破损照片。"), "附件名称末尾", "标点"),
    "zeros in the date": (reworded("2026年11月21日", "2026年02月01日"), "成文日期", "虚位"),
    "Chinese date": (reworded("2026年11月21日", "二〇二六年十一月二十一日"), "成文日期", "阿拉伯数字"),
    "date at the edge": (_date_at_the_edge, "成文日期", "四字"),
    "signature alone": (_signature_on_a_new_page, "署名", "同处一面"),
    "no numbers": (_no_numbers, "页码", "每面"),
    "same side on both pages": (_same_footers, "页码位置", "双页"),
    "number in the middle": (_number_in_the_middle, "页码位置", "居右"),
    "field in one run": (_field_in_one_run, "页码", "分段"),
    "small number": (_small_number, "页码字号", "四号"),
    "pitch of one and a quarter": (_times, "行距", "22行"),
    "signer at the left": (of_paragraph(ISSUER, "jc", val="left"), "发文机关署名", "居右"),
    "red words": (_red_words, "文字颜色", "黑色"),
    "date with dots": (reworded("2026年11月21日", "2026.11.21"), "成文日期", "阿拉伯数字"),
    "comma behind the number of an attachment": (reworded("1. 村道", "1、村道"), "附件顺序号", "“1.”"),
    "half colon of the copies": (reworded("抄送：", "抄送:"), "抄送", "全角"),
    "no stop behind the copies": (reworded("镇党委。", "镇党委"), "抄送末尾", "句号"),
    "half brackets of the note": (reworded("（联系人", "(联系人"), "附注", "全角"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_and_named(fault: str) -> None:
    change, what, asked = FAULTS[fault]
    found = check_official(changed(change))
    assert any(each.what.startswith(what) and asked in each.asked for each in found), found
    assert all(each.weight == "deviation" for each in found)


def test_kinds_of_offices_parted_by_a_comma_are_an_addressee() -> None:
    assert check_official(changed(reworded("镇水务站：", "各村（社区），镇直各单位："))) == ()


def test_an_indented_addressee_close_to_the_title_is_told_for_both() -> None:
    assert [each.what for each in check_official(changed(_indented))] == ["主送机关", "主送机关上方"]


def test_a_signer_too_far_left_is_told_so() -> None:
    def change(document: Document) -> None:
        indent = starting(document, ISSUER)._p.get_or_add_pPr().find(qn("w:ind"))
        assert indent is not None
        indent.set(qn("w:rightChars"), "900")

    assert any("偏左" in each.found for each in check_official(changed(change)))


def test_names_that_go_on_below_the_first_are_no_body_text() -> None:
    people = tuple(EventPerson(f"代表{at}号", level="乡镇代表") for at in range(47))
    day, issuer = date(2026, 1, 15), ISSUER
    event = Event(title="第一次会议", day=day, signed=day, issuer=issuer, people=people)
    assert [each.words for each in check_official(notice_docx(event))] == []


def test_one_fault_is_not_told_as_many() -> None:
    """Most faults are one deviation; a fault of the page is not repeated for each paragraph."""
    for fault in (
        "top margin",
        "face of the title",
        "size of the text",
        "square brackets",
        "zeros in the date",
    ):
        assert len(check_official(changed(FAULTS[fault][0]))) == 1, fault


def test_a_substitute_of_the_same_face_is_only_remarked() -> None:
    found = check_official(changed(face_of("关于", "华文中宋")))
    assert [each.weight for each in found] == ["remark"]


def test_faces_that_come_from_a_style_are_measured() -> None:
    """A run that sets nothing itself has the face and size of its style."""

    def bare(document: Document) -> None:
        for paragraph in document.paragraphs:
            for run in paragraph.runs:
                properties = run._r.get_or_add_rPr()
                for part in list(properties):
                    properties.remove(part)

    found = check_official(changed(bare))
    assert any(each.what == "标题字号" and "16" in each.found for each in found)
    assert not any(each.what == "正文字体" for each in found), "the style Normal has the face of the text"


def test_a_bound_attachment_begins_with_its_word_and_needs_no_date_of_its_own() -> None:
    def bound(document: Document, face: Face) -> None:
        page_break(document)
        add_text(document, [Piece("附件", face)], Layout(align="left"))
        add_title(document, "村道破损照片")
        add_body(document, LONG)

    assert check_official(changed(lambda document: bound(document, Face("黑体", 16)))) == ()
    (wrong,) = check_official(changed(lambda document: bound(document, BODY)))
    assert (wrong.what, wrong.clause) == ("“附件”二字字体", "7.3.7")


@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x03\x04 broken"])
def test_what_is_no_document_is_said_so(content: bytes) -> None:
    with pytest.raises(NotMeasurable, match="不是能读的 Word 文档"):
        check_official(content)


def test_a_width_with_its_sign_and_a_broken_theme_are_no_accident() -> None:
    said = rewritten(lambda text: text.replace("<w:rPr>", '<w:rPr><w:w w:val="90%"/>'))
    assert isinstance(check_official(said), tuple)
    parts = unzipped(sound())
    with pytest.raises(NotMeasurable):
        check_official(zipped({**parts, "word/theme/theme1.xml": b"<broken"}))


def rewritten(change: Callable[[str], str]) -> bytes:
    """The sound letter with its text part written otherwise, as another program would."""
    parts = unzipped(sound())
    parts["word/document.xml"] = change(parts["word/document.xml"].decode()).encode()
    return zipped(parts)


def test_a_file_as_wps_rounds_it_is_sound() -> None:
    def as_wps(text: str) -> str:
        for ours, theirs in (('w:w="11906"', 'w:w="11907"'), ('w:h="16838"', 'w:h="16840"'),
                             ('w:left="1588"', 'w:left="1587"'), (' w:gutter="0"', ""), (' w:header="851"', "")):  # fmt: skip
            text = text.replace(ours, theirs)
        return text

    assert not check_official(rewritten(as_wps))


@pytest.mark.parametrize(
    ("lost", "what"),
    [
        (r"<w:pgSz[^>]*/>", "纸宽"),
        (r"<w:pgMar[^>]*/>", "天头（上边距）"),
        (r"<w:sectPr.*</w:sectPr>", "纸张和页边距"),
    ],
)
def test_what_a_file_does_not_say_of_its_page_is_told_as_not_said(lost: str, what: str) -> None:
    found = check_official(rewritten(lambda text: re.sub(lost, "", text, flags=re.DOTALL)))
    assert ("没有写明", what) in {(each.found, each.what) for each in found}


Align = Literal["center", "left", "right"]
LINES = st.tuples(
    st.text(max_size=12), st.sampled_from(["center", "left", "right"]), st.sampled_from([16, 22, 36])
)


@settings(max_examples=6, deadline=None)
@example([("题", "center", 22), ("", "left", 16), ("", "center", 22)])
@given(st.lists(LINES, max_size=9))
def test_any_lines_are_measured_without_a_fall(lines: list[tuple[str, Align, float]]) -> None:
    document = official_page()
    for text, align, size in lines:
        add_text(document, [Piece(text, Face("仿宋_GB2312", size))], Layout(align=align))
    for each in check_official(document_bytes(document, title="", author="")):
        assert each.words
