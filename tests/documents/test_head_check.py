"""The check of 版头 and letter heads: each single fault of mark, number, line or signature is told, and once."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from lianxin.documents.measuring.official_check import check_official
from tests.documents.sound_papers import (
    ISSUER,
    changed,
    face_of,
    letter,
    of_paragraph,
    reworded,
    set_in,
    size_of,
    sound,
    starting,
    upward,
    without_blank_above,
)


def _of_header(
    name: str, *, footer: bool = False, at: int = 0, **attributes: str
) -> Callable[[Document], None]:
    """The same of a paragraph in the header or footer of the first page."""

    def change(document: Document) -> None:
        section = document.sections[0]
        part = section.first_page_footer if footer else section.first_page_header
        set_in(part.paragraphs[at], name, attributes)

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
        without_blank_above(ISSUER)(document)
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
    "mark too high": (sound, of_paragraph(MARK, "spacing", before="1200"), "发文机关标志位置", "35毫米"),
    "mark too low": (sound, of_paragraph(MARK, "spacing", before="2600"), "发文机关标志位置", "35毫米"),
    "mark not red": (sound, _black, "发文机关标志颜色", "红色"),
    "mark too large": (sound, size_of(MARK, 60), "发文机关标志宽度", "156毫米"),
    "mark as small as the text": (sound, size_of(MARK, 16), "发文机关标志字号", "二号"),
    "mark in another face": (sound, face_of(MARK, "黑体"), "发文机关标志字体", "小标宋"),
    "mark at the left": (sound, of_paragraph(MARK, "jc", val="left"), "发文机关标志", "居中"),
    "no mark": (sound, _dropped(MARK), "发文机关标志", "红色小标宋"),
    "no number": (sound, _dropped(NUMBER), "发文字号", "居中"),
    "number close to the mark": (sound, of_paragraph(MARK, "spacing", after="0"), "发文字号位置", "空二行"),
    "number at the right": (sound, of_paragraph(NUMBER, "jc", val="right"), "发文字号位置", "居中"),
    "no line": (sound, of_paragraph(NUMBER, "pBdr"), "红色分隔线", "4毫米"),
    "black line": (sound, of_paragraph(NUMBER, "bottom", color="000000"), "分隔线颜色", "红色"),
    "line too far": (sound, of_paragraph(NUMBER, "bottom", space="20"), "红色分隔线位置", "4毫米"),
    "line too short": (sound, _narrow, "红色分隔线长度", "156毫米"),
    "one line above the title": (sound, without_blank_above("关于"), "标题上方", "空二行"),
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
    "letter: number at the left": (letter, of_paragraph(NUMBER, "jc", val="left"), "发文字号位置", "右边缘"),
    "letter: number too low": (letter, of_paragraph(NUMBER, "spacing", before="1500"), "发文字号位置", "八分之七"),
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
