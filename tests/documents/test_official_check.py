"""The check of official documents: ours pass, and each single fault put into one is found and named."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Callable
from datetime import date
from functools import cache

import pytest
from docx import Document as open_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from lianxin.documents.event_papers import Event, EventPerson, notice_docx
from lianxin.documents.letterhead import letter_page
from lianxin.documents.measuring.findings import NotMeasurable
from lianxin.documents.measuring.official_check import check_official
from lianxin.documents.official import (
    BODY,
    FIRST_LEVEL,
    SECOND_LEVEL,
    add_addressee,
    add_attachments,
    add_blank,
    add_body,
    add_note,
    add_sealed_signature,
    add_text,
    add_title,
)
from lianxin.documents.package import unzipped, zipped
from lianxin.documents.red_head import LINES_ABOVE_TITLE, close_file, file_page
from lianxin.documents.word import Face, Layout, Piece, document_bytes, page_break

LONG = "群众反映的村道破损问题已多次研究，请你单位抓紧办理，并把办理结果和下一步安排书面答复。"


ISSUER = "石牌镇人民代表大会主席团"


@cache
def sound() -> bytes:
    """A document that keeps every rule, with each element the standard speaks of."""
    document = file_page(ISSUER, number="石镇人〔2026〕37号")
    add_title(document, "关于督促办理村道破损问题的函")
    add_blank(document)
    add_addressee(document, "镇水务站")
    add_body(document, LONG)
    add_text(document, [Piece("一、基本情况", FIRST_LEVEL)])
    add_text(document, [Piece("（一）反映时间。", SECOND_LEVEL), Piece(LONG, BODY)])
    add_text(document, [Piece("（二）办理经过。", SECOND_LEVEL), Piece(LONG, BODY)])
    add_body(document, "1.现场查看。")
    add_body(document, "2.座谈。")
    add_text(document, [Piece("二、要求", FIRST_LEVEL)])
    add_body(document, LONG)
    add_attachments(document, ["村道破损照片", "办理经过"])
    add_sealed_signature(document, ISSUER, date(2026, 11, 21))
    add_note(document, "联系人：李明，电话：0743-1234567")
    close_file(document, ISSUER, date(2026, 11, 21), copies=["县人大常委会办公室", "镇党委"])
    return document_bytes(document, title="函", author="石牌镇人大")


@cache
def upward() -> bytes:
    """A report to a higher organ: 签发人 stands beside the number."""
    document = file_page(ISSUER, number="石镇人〔2026〕38号", approver="龙志明")
    add_title(document, "关于决议备案的报告")
    add_blank(document)
    add_addressee(document, "县人大常委会")
    add_body(document, LONG)
    add_sealed_signature(document, ISSUER, date(2026, 11, 21))
    return document_bytes(document, title="报告", author="石牌镇人大")


@cache
def letter() -> bytes:
    """A letter in its own form."""
    document = letter_page(ISSUER, number="石镇人〔2026〕39号")
    add_blank(document, LINES_ABOVE_TITLE)
    add_title(document, "关于督促办理村道破损问题的函")
    add_blank(document)
    add_addressee(document, "镇水务站")
    add_body(document, LONG)
    add_sealed_signature(document, ISSUER, date(2026, 11, 21))
    return document_bytes(document, title="函", author="石牌镇人大")


def changed(change: Callable[[Document], None], whole: bytes | None = None) -> bytes:
    document = open_document(io.BytesIO(whole or sound()))
    change(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def starting(document: Document, text: str) -> Paragraph:
    """The paragraph of this text, else the first that begins with it."""
    told = [each for each in document.paragraphs if each.text.strip().startswith(text)]
    return next((each for each in told if each.text.strip() == text), told[0])


def reworded(old: str, new: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        for paragraph in document.paragraphs:
            for run in paragraph.runs:
                run.text = run.text.replace(old, new)

    return change


def _face(text: str, east: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        fonts = starting(document, text).runs[0]._r.get_or_add_rPr().find(qn("w:rFonts"))
        assert fonts is not None
        fonts.set(qn("w:eastAsia"), east)

    return change


def _size(text: str, points: float) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        starting(document, text).runs[0].font.size = Pt(points)

    return change


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


def _without_blank_above(text: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        element = starting(document, text)._p
        while (above := element.getprevious()) is not None and not "".join(above.itertext()).strip():
            element.getparent().remove(above)

    return change


def _indented(document: Document) -> None:
    _without_blank_above("镇水务站")(document)
    starting(document, "镇水务站").paragraph_format.first_line_indent = Pt(32)


def _of_paragraph(text: str, name: str, **attributes: str) -> Callable[[Document], None]:
    """Attributes of an element of a paragraph's properties set otherwise; without any the element is gone."""

    def change(document: Document) -> None:
        _set(starting(document, text), name, attributes)

    return change


def _set(paragraph: Paragraph, name: str, attributes: dict[str, str]) -> None:
    told = next(paragraph._p.iter(qn(f"w:{name}")))
    if not attributes:
        told.getparent().remove(told)
    for key, value in attributes.items():
        told.set(qn(f"w:{key}"), value)


def _times(document: Document) -> None:
    starting(document, "群众反映").paragraph_format.line_spacing = 1.25


def _red_words(document: Document) -> None:
    starting(document, "群众反映").runs[0].font.color.rgb = RGBColor(255, 0, 0)


FAULTS: dict[str, tuple[Callable[[Document], None], str, str]] = {
    "no room for the seal": (_without_blank_above(ISSUER), "署名上方", "印章"),
    "no line above the attachments": (_without_blank_above("附件："), "附件说明上方", "空一行"),
    "paper": (_letter_paper, "纸宽", "A4"),
    "top margin": (_top, "天头", "37"),
    "left margin": (_left, "订口", "28"),
    "line pitch": (_pitch, "行距", "22行"),
    "line pitch by the program": (_one_and_a_half, "行距", "22行"),
    "first line": (_no_indent, "首行缩进", "2字"),
    "title at the left": (_title_left, "标题", "居中"),
    "face of the title": (_face("关于", "宋体"), "标题字体", "小标宋"),
    "size of the title": (_size("关于", 18), "标题字号", "二号"),
    "face of the text": (_face("群众反映", "宋体"), "正文字体", "仿宋"),
    "size of the text": (_size("群众反映", 14), "正文字号", "三号"),
    "face of the first level": (_face("一、", "仿宋_GB2312"), "一级标题字体", "黑体"),
    "face of the second level": (_face("（一）", "黑体"), "二级标题字体", "楷体"),
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
    "signer at the left": (_of_paragraph(ISSUER, "jc", val="left"), "发文机关署名", "居右"),
    "red words": (_red_words, "文字颜色", "黑色"),
    "date with dots": (reworded("2026年11月21日", "2026.11.21"), "成文日期", "阿拉伯数字"),
    "half brackets of the note": (reworded("（联系人", "(联系人"), "附注", "全角"),
}


def _of_header(
    name: str, *, footer: bool = False, at: int = 0, **attributes: str
) -> Callable[[Document], None]:
    """The same of a paragraph in the header or footer of the first page."""

    def change(document: Document) -> None:
        section = document.sections[0]
        part = section.first_page_footer if footer else section.first_page_header
        _set(part.paragraphs[at], name, attributes)

    return change


def _one_run(text: str, **attributes: str) -> Callable[[Document], None]:
    """Face (east, latin) or size (points) of one run more, cut off the end of a paragraph."""

    def change(document: Document) -> None:
        run = starting(document, text).runs[-1]
        tail = copy.deepcopy(run._r)
        run._r.addnext(tail)
        run.text, rest = run.text[:-3], run.text[-3:]
        added = next(each for each in starting(document, text).runs if each._r is tail)
        added.text = rest
        fonts = added._r.get_or_add_rPr().find(qn("w:rFonts"))
        assert fonts is not None
        for key, value in attributes.items():
            if key == "points":
                added.font.size = Pt(float(value))
            else:
                fonts.set(qn(f"w:{key}"), value)

    return change


def _dropped(text: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        told = starting(document, text)._p
        told.getparent().remove(told)

    return change


def _typed_number(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    for run in paragraph.runs:
        run._r.getparent().remove(run._r)
    paragraph.add_run("—1—")


def _seal_room(lines: int) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        _without_blank_above(ISSUER)(document)
        for _ in range(lines):
            starting(document, ISSUER).insert_paragraph_before("")

    return change


def _black(document: Document) -> None:
    starting(document, f"{ISSUER}文件").runs[0].font.color.rgb = RGBColor(0, 0, 0)


def _narrow(document: Document) -> None:
    starting(document, NUMBER).paragraph_format.left_indent = Mm(10)


def _unsigned(document: Document) -> None:
    label, name = starting(document, "石镇人").runs
    label.text, name.text = label.text.partition("\t")[0], ""


def _face_of_last(text: str, east: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        fonts = starting(document, text).runs[-1]._r.get_or_add_rPr().find(qn("w:rFonts"))
        assert fonts is not None
        fonts.set(qn("w:eastAsia"), east)

    return change


MARK, NUMBER = f"{ISSUER}文件", "石镇人〔2026〕"
HEAD_FAULTS: dict[str, tuple[Callable[[], bytes], Callable[[Document], None], str, str]] = {
    "mark too high": (sound, _of_paragraph(MARK, "spacing", before="1200"), "发文机关标志位置", "35毫米"),
    "mark too low": (sound, _of_paragraph(MARK, "spacing", before="2600"), "发文机关标志位置", "35毫米"),
    "mark not red": (sound, _black, "发文机关标志颜色", "红色"),
    "mark too large": (sound, _size(MARK, 60), "发文机关标志宽度", "156毫米"),
    "mark as small as the text": (sound, _size(MARK, 16), "发文机关标志字号", "二号"),
    "mark in another face": (sound, _face(MARK, "黑体"), "发文机关标志字体", "小标宋"),
    "mark at the left": (sound, _of_paragraph(MARK, "jc", val="left"), "发文机关标志", "居中"),
    "no mark": (sound, _dropped(MARK), "发文机关标志", "红色小标宋"),
    "no number": (sound, _dropped(NUMBER), "发文字号", "居中"),
    "number close to the mark": (sound, _of_paragraph(MARK, "spacing", after="0"), "发文字号位置", "空二行"),
    "number at the right": (sound, _of_paragraph(NUMBER, "jc", val="right"), "发文字号位置", "居中"),
    "no line": (sound, _of_paragraph(NUMBER, "pBdr"), "红色分隔线", "4毫米"),
    "black line": (sound, _of_paragraph(NUMBER, "bottom", color="000000"), "分隔线颜色", "红色"),
    "line too far": (sound, _of_paragraph(NUMBER, "bottom", space="20"), "红色分隔线位置", "4毫米"),
    "line too short": (sound, _narrow, "红色分隔线长度", "156毫米"),
    "one line above the title": (sound, _without_blank_above("关于"), "标题上方", "空二行"),
    "year without brackets": (sound, reworded("〔2026〕37号", "2026-37"), "发文字号", "六角括号"),
    "round brackets": (sound, reworded("〔2026〕", "（2026）"), "发文字号的括号", "六角括号"),
    "one run of the title": (sound, _one_run("关于", eastAsia="黑体"), "标题字体", "小标宋"),
    "one run smaller": (sound, _one_run("群众反映", points="15"), "正文字号", "三号"),
    "one run of the number": (sound, _one_run(NUMBER, points="14"), "发文字号字号", "三号"),
    "digits of the number": (sound, _one_run(NUMBER, ascii="Arial"), "数字字体", "Times New Roman"),
    "full digits": (sound, reworded("1.现场", "1.第２条现场"), "数字", "半角"),
    "number typed": (sound, _typed_number, "页码", "页码域"),
    "no room for a seal": (sound, _seal_room(1), "署名上方", "印章"),
    "a seal far below": (sound, _seal_room(5), "署名上方", "印章"),
    "nobody signed for going out": (upward, _unsigned, "签发人", "上行文"),
    "face of who signed": (upward, _face_of_last("石镇人", "仿宋_GB2312"), "签发人姓名字体", "楷体"),
    "number of a report at the edge": (upward, reworded("　石镇人", "石镇人"), "发文字号位置", "空一字"),
    "letter: mark too low": (letter, _of_header("framePr", y="2500"), "发文机关标志位置", "30毫米"),
    "letter: line too far": (letter, _of_header("framePr", at=1, y="3000"), "第一条红色双线位置", "4毫米"),
    "letter: line too short": (letter, _of_header("framePr", at=1, w="8844"), "第一条红色双线长度", "170毫米"),
    "letter: line the wrong way": (letter, _of_header("top", at=1, val="thickThinSmallGap"), "第一条红色双线", "上粗下细"),
    "letter: second line": (letter, _of_header("framePr", footer=True, y="14000"), "第二条红色双线位置", "20毫米"),
    "letter: number at the left": (letter, _of_paragraph(NUMBER, "jc", val="left"), "发文字号位置", "右边缘"),
    "letter: number too low": (letter, _of_paragraph(NUMBER, "spacing", before="1500"), "发文字号位置", "八分之七"),
}  # fmt: skip


@pytest.mark.parametrize("fault", HEAD_FAULTS)
def test_a_fault_of_the_head_is_found_and_told_once(fault: str) -> None:
    whole, change, what, asked = HEAD_FAULTS[fault]
    found = check_official(changed(change, whole()))
    assert [each.what for each in found].count(what) == 1, found
    assert any(each.what == what and asked in each.asked for each in found), found
    assert len(found) <= 2, found


@pytest.mark.parametrize("made", [sound, upward, letter])
def test_a_sound_document_has_no_deviation(made: Callable[[], bytes]) -> None:
    assert check_official(made()) == ()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_and_named(fault: str) -> None:
    change, what, asked = FAULTS[fault]
    found = check_official(changed(change))
    assert any(each.what.startswith(what) and asked in each.asked for each in found), found
    assert all(each.weight == "deviation" for each in found)


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
    found = check_official(changed(_face("关于", "华文中宋")))
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
