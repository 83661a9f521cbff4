"""Templates the office made: filled wherever Word cut the fields, repeated for lists, refused with the place."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable

import pytest
from docx import Document as open_document
from docx.document import Document
from docx.oxml import parse_xml
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.documents.templates.carried import Carried
from lianxin.documents.templates.filling import TemplateProblem, Values, check_template, fill_template
from lianxin.documents.word.package import unzipped, zipped

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUES: Values = {
    "会议名称": "石牌镇第十九届人民代表大会第一次会议",
    "日期": "2026年11月21日",
    "正文": "第一段。\n第二段。",
    "空项": "",
    "名单": [{"姓名": "周桂兰", "单位": "第一选区"}, {"姓名": "吐尔逊·买买提", "单位": "第二选区"}],
    "没有人": [],
}


def made(write: Callable[[Document], None]) -> bytes:
    document = open_document()
    write(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def filled(template: bytes, values: Values = VALUES) -> Document:
    return open_document(io.BytesIO(fill_template(template, values)))


def one_paragraph(*pieces: str) -> bytes:
    def write(document: Document) -> None:
        paragraph = document.add_paragraph()
        for piece in pieces:
            paragraph.add_run(piece)

    return made(write)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 22), max_size=6))
def test_a_field_is_filled_however_it_was_cut_into_runs(cuts: list[int]) -> None:
    text = "在{{会议名称}}上（{{ 日期 }}）"
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    pieces = [text[start:end] for start, end in itertools.pairwise(places)]
    assert filled(one_paragraph(*pieces)).paragraphs[0].text == (
        "在石牌镇第十九届人民代表大会第一次会议上（2026年11月21日）"
    )


def test_what_is_put_in_looks_as_the_field_did_and_its_neighbours_stay() -> None:
    def write(document: Document) -> None:
        paragraph = document.add_paragraph("会议：")
        big = paragraph.add_run("{{会议")
        big.font.size, big.bold = Pt(22), True
        paragraph.add_run("名称}}，散会。")

    runs = filled(made(write)).paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs] == [
        ("会议：", None),
        ("石牌镇第十九届人民代表大会第一次会议", True),
        ("，散会。", None),
    ]
    assert runs[1].font.size == Pt(22)


def test_fields_of_full_width_braces_are_fields() -> None:
    assert filled(one_paragraph("｛｛日期｝｝")).paragraphs[0].text == "2026年11月21日"


def test_a_row_is_repeated_for_each_item_and_goes_when_there_is_none() -> None:
    def write(document: Document) -> None:
        table = document.add_table(3, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "姓名", "单位"
        table.cell(1, 0).text, table.cell(1, 1).text = "{{名单.姓名}}", "{{名单.单位}}（{{日期}}）"
        table.cell(2, 0).text = "{{没有人.姓名}}"

    table = filled(made(write)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["姓名", "单位"],
        ["周桂兰", "第一选区（2026年11月21日）"],
        ["吐尔逊·买买提", "第二选区（2026年11月21日）"],
    ]


def test_neighbouring_paragraphs_of_a_list_are_repeated_together() -> None:
    def write(document: Document) -> None:
        for text in ("开头", "{{名单.姓名}}：", "来自{{名单.单位}}", "结尾"):
            document.add_paragraph(text)

    assert [each.text for each in filled(made(write)).paragraphs] == [
        "开头", "周桂兰：", "来自第一选区", "吐尔逊·买买提：", "来自第二选区", "结尾",
    ]  # fmt: skip


def test_lines_of_a_value_become_paragraphs_when_it_stands_alone_and_breaks_elsewhere() -> None:
    def write(document: Document) -> None:
        document.add_paragraph("{{正文}}")
        document.add_paragraph("内容：{{正文}}完")

    assert [each.text for each in filled(made(write)).paragraphs] == [
        "第一段。", "第二段。", "内容：第一段。\n第二段。完",
    ]  # fmt: skip


def test_a_tab_of_a_value_is_a_tab_of_words_own() -> None:
    document = filled(one_paragraph("（{{日期}}）"), {"日期": "左\t右"})
    assert document.paragraphs[0].text == "（左\t右）"
    assert not any("\t" in (text.text or "") for text in document.element.body.iter(f"{W}t"))


def test_an_empty_value_leaves_nothing_behind() -> None:
    assert filled(one_paragraph("（{{空项}}）")).paragraphs[0].text == "（）"


def test_a_value_is_never_read_as_a_field() -> None:
    values: Values = {**VALUES, "日期": "{{会议名称}}", "名单": [{"姓名": "{{日期}}"}]}
    assert filled(one_paragraph("{{日期}}"), values).paragraphs[0].text == "{{会议名称}}"
    assert filled(one_paragraph("{{名单.姓名}}"), values).paragraphs[0].text == "{{日期}}"


def test_rare_characters_of_names_stay_as_they_are() -> None:
    name = "龙\ue000\ue003\uf100"
    whole = filled(one_paragraph(f"{name}{{{{日期}}}}"), {**VALUES, "日期": f"{{{name}}}"})
    assert whole.paragraphs[0].text == f"{name}{{{name}}}"
    carried = Carried({1: []}, [])
    held = io.BytesIO()
    whole.save(held)
    settled = open_document(io.BytesIO(carried.put_into(held.getvalue())))
    assert settled.paragraphs[0].text == whole.paragraphs[0].text


def test_headers_and_footers_are_filled_too() -> None:
    def write(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{会议名称}}"
        document.sections[0].footer.paragraphs[0].text = "{{日期}}"

    section = filled(made(write)).sections[0]
    assert section.header.paragraphs[0].text.startswith("石牌镇")
    assert section.footer.paragraphs[0].text == "2026年11月21日"


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        (("会议：{{会议名", "}}"), "第1段写了“{{会议名}}”，没有这一项"),
        (("{{名单}}",), "没有这一项"),
        (("{{名单.电话}}",), "没有这一项"),
        (("{{日期",), "花括号没有成对"),
        (("日期}}",), "花括号没有成对"),
        (("{{}}",), "没有这一项"),
    ],
)
def test_a_broken_template_is_refused_with_the_place(pieces: tuple[str, ...], words: str) -> None:
    with pytest.raises(TemplateProblem, match=words.replace("{", r"\{").replace("}", r"\}")):
        fill_template(one_paragraph(*pieces), VALUES)
    with pytest.raises(TemplateProblem):
        check_template(one_paragraph(*pieces), VALUES)


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04"])
def test_what_is_no_document_is_refused(content: bytes) -> None:
    with pytest.raises(TemplateProblem, match="不是能读的 Word 文档"):
        fill_template(content, VALUES)


def test_equal_templates_and_values_give_equal_bytes() -> None:
    template = one_paragraph("{{日期}}")
    assert fill_template(template, VALUES) == fill_template(template, VALUES)


def test_a_template_with_entities_of_its_own_is_refused() -> None:
    parts = unzipped(one_paragraph("{{日期}}"))
    begins = b"<w:document"
    kind = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///a">]>'
    parts["word/document.xml"] = parts["word/document.xml"].replace(begins, kind + begins, 1)
    with pytest.raises(TemplateProblem, match="外部定义"):
        check_template(zipped(parts), VALUES)


_BOX = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
    "<w:r><w:t>{{日期}}</w:t></w:r><w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
    "<w:p><w:r><w:t>{{正文}}</w:t></w:r></w:p><w:p><w:r><w:t>{{名单.姓名}}代表</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)


def test_a_text_box_and_a_table_in_a_cell_are_filled_by_themselves() -> None:
    def write(document: Document) -> None:
        document.element.body.insert(0, parse_xml(_BOX))
        outer = document.add_table(rows=1, cols=2).rows[0].cells
        outer[0].text = "会议：{{会议名称}}"
        outer[1].add_table(rows=1, cols=1).rows[0].cells[0].text = "{{名单.单位}}"

    body = filled(made(write)).element.body
    texts = ["".join(run.text or "" for run in p.iter(f"{W}t")) for p in body.iter(f"{W}p")]
    assert [text for text in texts[1:] if text] == [
        "第一段。", "第二段。", "周桂兰代表", "吐尔逊·买买提代表", f"会议：{VALUES['会议名称']}", "第一选区", "第二选区",
    ]  # fmt: skip
    assert texts[0].startswith("2026年11月21日第一段。")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "旧的 .doc 文件或加了密码"),
        (zipped({**unzipped(one_paragraph("页")), "word/vbaProject.bin": b"x"}), "带有宏"),
        (one_paragraph("页")[:900], "不是能读的 Word 文档"),
    ],
)
def test_what_only_looks_like_a_template_is_refused_with_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(TemplateProblem, match=words):
        check_template(content, VALUES)
