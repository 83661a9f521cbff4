"""Word, Excel and PDF files that act, hide or explode are refused; ordinary ones pass."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from reportlab.pdfgen.canvas import Canvas

from lianxin.bundle.codes import Code
from lianxin.bundle.filetypes import Content
from lianxin.bundle.limits import Limits
from lianxin.bundle.officefiles import check_office_file
from lianxin.bundle.pdffiles import check_pdf_file
from lianxin.bundle.verdicts import Refused
from tests.bundle.plain_bundles import letter, workbook
from tests.bundle.zip_patches import headers, patched

SAMPLES = Path(__file__).parents[2] / "samples"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def found(data: bytes, content: Content, limits: Limits | None = None) -> Code | None:
    try:
        check_office_file(io.BytesIO(data), content, "甲", limits or Limits())
    except Refused as refused:
        assert refused.detail.startswith("甲")
        return refused.code
    return None


def in_word(data: bytes) -> Code | None:
    return found(data, Content.WORD)


def in_excel(data: bytes) -> Code | None:
    return found(data, Content.EXCEL)


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Rewrite one part, or add it when it is not there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return out.getvalue()


def related(data: bytes, rels: str, kind: str, target: str, mode: str = "") -> bytes:
    line = f'<Relationship Id="rIdX" Type="{RELATION}{kind}" Target="{target}"{mode}/></Relationships>'
    return changed(data, rels, lambda old: old.replace(b"</Relationships>", line.encode()))


def paragraph(xml: str) -> bytes:
    return changed(
        letter(), "word/document.xml", lambda old: old.replace(b"<w:p>", f"<w:p>{xml}".encode(), 1)
    )


def formula(text: str) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def small_png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def test_our_own_documents_pass() -> None:
    assert in_word(letter()) is None
    assert in_excel(workbook()) is None
    assert in_word(workbook()) is Code.MAGIC
    assert in_excel(letter()) is Code.MAGIC


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.name)
def test_sample_ledgers_pass(path: Path) -> None:
    assert in_excel(path.read_bytes()) is None


def test_a_rich_workbook_passes() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(1, 20):
        sheet.append([f"站点{row}", row, f"=B{row}*2"])
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=19))
    sheet.add_chart(chart, "E2")
    sheet["A1"].comment = Comment("批注", "01")
    rule = DataValidation(type="list", formula1='"是,否"')
    rule.add("D1:D9")
    sheet.add_data_validation(rule)
    sheet.print_title_rows = "1:1"
    sheet.auto_filter.ref = "A1:C19"
    out = io.BytesIO()
    book.save(out)
    assert in_excel(out.getvalue()) is None


def test_word_with_harmless_fields_passes() -> None:
    assert in_word(paragraph('<w:fldSimple w:instr=" PAGE \\* MERGEFORMAT "/>')) is None
    assert in_word(paragraph("<w:fldSimple w:instr=' HYPERLINK \\l \"附件\" '/>")) is None
    split = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> NUM</w:instrText></w:r>'
        '<w:r><w:instrText>PAGES </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert in_word(paragraph(split)) is None


@pytest.mark.parametrize(
    "part",
    [
        "word/vbaProject.bin", "word/embeddings/oleObject1.bin", "word/embeddings/a.xlsx", "word/activeX/activeX1.xml",
        "customUI/customUI.xml", "word/afchunk.mht", "word/a.html", "x.js", "word/vbaData.xml", "run.exe",
    ],
)  # fmt: skip
def test_active_parts_of_word(part: str) -> None:
    assert in_word(changed(letter(), part, lambda _old: b"<x/>")) is Code.ACTIVE_CONTENT


@pytest.mark.parametrize(
    "part",
    [
        "xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/embeddings/a.bin", "xl/macrosheets/sheet1.xml",
        "xl/connections.xml", "xl/queryTables/queryTable1.xml", "xl/ctrlProps/ctrlProp1.xml", "xl/dialogsheets/sheet1.xml",
        "XL/VBAPROJECT.BIN",
    ],
)  # fmt: skip
def test_active_parts_of_excel(part: str) -> None:
    assert in_excel(changed(workbook(), part, lambda _old: b"<x/>")) is Code.ACTIVE_CONTENT


def test_printer_settings_are_not_active() -> None:
    data = changed(workbook(), "xl/printerSettings/printerSettings1.bin", lambda _old: b"\0\1\2")
    assert in_excel(data) is None


@pytest.mark.parametrize(
    "media_type",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml", "application/vnd.ms-office.vbaProject",
        "application/vnd.ms-office.activeX+xml", "text/html",
        "application/vnd.openxmlformats-officedocument.oleObject",
    ],
)  # fmt: skip
def test_active_content_types(media_type: str) -> None:
    more = f'<Override PartName="/word/x.xml" ContentType="{media_type}"/></Types>'.encode()
    data = changed(letter(), "[Content_Types].xml", lambda old: old.replace(b"</Types>", more))
    assert in_word(data) is Code.ACTIVE_CONTENT


def test_renamed_macro_document() -> None:
    usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macro = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    data = changed(letter(), "[Content_Types].xml", lambda old: old.replace(usual, macro))
    assert in_word(data) is Code.ACTIVE_CONTENT
    template = usual.replace(b"document.main", b"template.main")
    data = changed(letter(), "[Content_Types].xml", lambda old: old.replace(usual, template))
    assert in_word(data) is Code.MAGIC


@pytest.mark.parametrize(
    ("kind", "target", "mode"),
    [
        ("attachedTemplate", "file:///x/a.dotm", ' TargetMode="External"'),
        ("attachedTemplate", "a.dotx", ""),
        ("oleObject", "embed.dat", ""),
        ("package", "book.xlsx", ""),
        ("aFChunk", "x.txt", ""),
        ("subDocument", "x.docx", ""),
        ("frame", "x.docx", ""),
        ("control", "x.xml", ""),
        ("hyperlink", "http://203.0.113.1/", ' TargetMode="External"'),
        ("image", "http://203.0.113.1/a.png", ' TargetMode="external"'),
        ("image", "\\\\203.0.113.1\\share\\a.png", ""),
        ("image", "//203.0.113.1/a.png", ""),
        ("image", "file:///c:/a.png", ""),
    ],
)
def test_relations_that_reach_out(kind: str, target: str, mode: str) -> None:
    assert (
        in_word(related(letter(), "word/_rels/document.xml.rels", kind, target, mode)) is Code.ACTIVE_CONTENT
    )


def test_relation_with_a_prefix_and_strict_namespace() -> None:
    xml = (
        '<p:Relationships xmlns:p="http://schemas.openxmlformats.org/package/2006/relationships"><p:Relationship '
        'Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/oleObject" Target="x"/></p:Relationships>'
    )
    assert (
        in_word(changed(letter(), "word/_rels/settings.xml.rels", lambda _old: xml.encode()))
        is Code.ACTIVE_CONTENT
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_doctype(encoding: str) -> None:
    evil = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'.encode(encoding)
    for part in ("docProps/core.xml", "customXml/item1.xml", "word/x.rels", "word/odd.dat"):
        assert in_word(changed(letter(), part, lambda _old: evil)) is Code.ACTIVE_CONTENT


@pytest.mark.parametrize(
    "code",
    [
        "DDEAUTO c:\\\\x.exe", " dde x", 'INCLUDEPICTURE "http://203.0.113.1/a"', 'INCLUDETEXT "x"', "LINK Excel.Sheet",
        'HYPERLINK "http://203.0.113.1"', "MACROBUTTON x", "EMBED Package", "QUOTE 68 68 69", "DATABASE \\d x",
    ],
)  # fmt: skip
def test_fields_that_fetch_or_start(code: str) -> None:
    quoted = code.replace('"', "&quot;")
    assert in_word(paragraph(f'<w:fldSimple w:instr="{quoted}"/>')) is Code.ACTIVE_CONTENT
    pieces = "".join(f"<w:r><w:instrText>{letter_}</w:instrText></w:r>" for letter_ in code[:3])
    rest = f"<w:r><w:instrText>{code[3:]}</w:instrText></w:r>"
    for end in ('<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""):
        field = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{pieces}{rest}{end}'
        assert in_word(paragraph(field)) is Code.ACTIVE_CONTENT


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|'/C calc'!A0", '=WEBSERVICE("http://203.0.113.1")', '=HYPERLINK("http://203.0.113.1","点")',
        "='[1]别的表'!A1&'c:\\[a.xlsx]S'!A1", '=IMAGE("https://x")', "=RTD(1)", "=1+Call (1)", '="\\\\h\\s"&A1',
    ],
)  # fmt: skip
def test_formulas_that_reach_out(text: str) -> None:
    assert in_excel(formula(text)) is Code.ACTIVE_CONTENT


@pytest.mark.parametrize(
    "text",
    [
        "=SUM(A2:A9)",
        '=IF(A2="是",1,0)',
        '=HYPERLINK("#总表!A1","总表")',
        "=ROUND(B2/C2*100,1)",
        "普通 | 文字! http://x",
    ],
)
def test_ordinary_formulas_and_texts(text: str) -> None:
    assert in_excel(formula(text)) is None


def test_formula_hidden_by_encoding_or_prefix() -> None:
    utf16 = changed(
        formula('=WEBSERVICE("x")'), "xl/worksheets/sheet1.xml", lambda old: old.decode().encode("utf-16")
    )
    assert in_excel(utf16) is Code.ACTIVE_CONTENT

    def prefixed(old: bytes) -> bytes:
        return (
            old.replace(b"xmlns=", b"xmlns:q=")
            .replace(b"</", b"</q:")
            .replace(b"<", b"<q:")
            .replace(b"<q:/q:", b"</q:")
        )

    assert (
        in_excel(changed(formula('=WEBSERVICE("x")'), "xl/worksheets/sheet1.xml", prefixed))
        is Code.ACTIVE_CONTENT
    )


def test_bombs() -> None:
    big = changed(workbook(), "xl/media/a.png", lambda _old: bytes(3_000_000))
    assert in_excel(big) is Code.OFFICE_BOMB
    assert found(workbook(), Content.EXCEL, Limits(office_parts=3)) is Code.OFFICE_BOMB
    assert found(workbook(), Content.EXCEL, Limits(office_unpacked_size=1000)) is Code.OFFICE_BOMB
    assert found(workbook(), Content.EXCEL, Limits(office_part_size=1000)) is Code.OFFICE_BOMB


def test_part_whose_size_lies() -> None:
    big = changed(workbook(), "xl/media/a.png", lambda _old: bytes(3_000_000))
    index = len(headers(big)) - 1
    lying = patched(big, index, both={"size": 1000, "crc": zlib.crc32(bytes(1000))})
    assert zipfile.ZipFile(io.BytesIO(lying)).read("xl/media/a.png") == bytes(1000)
    assert in_excel(lying) is Code.MAGIC


def test_disguised_and_broken_files() -> None:
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("a.txt", "x")
    assert in_word(plain.getvalue()) is Code.MAGIC
    assert in_word(letter()[:-100]) is Code.MAGIC
    assert in_word(b"PK\x03\x04" + bytes(100)) is Code.MAGIC
    assert in_word(changed(letter(), "word/document.xml", lambda _old: b"no xml")) is Code.MAGIC
    assert in_word(changed(letter(), "word/document.xml", lambda old: old[:50])) is Code.MAGIC
    assert in_word(changed(letter(), "WORD/DOCUMENT.XML", lambda _old: b"<x/>")) is Code.MAGIC
    assert in_word(patched(letter(), 0, both={"flags": 1})) is Code.MAGIC
    assert in_word(patched(letter(), 0, both={"method": 12})) is Code.MAGIC


@settings(max_examples=150)
@given(where=st.integers(min_value=0), mask=st.integers(1, 255))
def test_changed_bytes_of_an_office_file_never_surprise(where: int, mask: int) -> None:
    for data, content in ((letter(), Content.WORD), (workbook(), Content.EXCEL)):
        bent = bytearray(data)
        bent[where % len(bent)] ^= mask
        found(bytes(bent), content)


def pdf_code(data: bytes) -> Code | None:
    try:
        check_pdf_file(io.BytesIO(data), "甲.pdf")
    except Refused as refused:
        return refused.code
    return None


def drawn(draw: Callable[[Canvas], None] = lambda _canvas: None) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(100, 700, "report")
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_our_own_pdf_passes() -> None:
    assert pdf_code(drawn()) is None
    assert pdf_code(b"%PDF-1.7\n/JavaScripted /Launcher /XFAx (Launch)\n") is None


@pytest.mark.parametrize(
    "line",
    [
        b"/S /JavaScript /JS (app.alert(1))", b"/S/Launch/F(cmd.exe)", b"/Type /EmbeddedFile", b"/#4aavaScript 1",
        b"/J#61v#61Script<", b"/RichMedia ", b"/AcroForm<</XFA 5 0 R>>", b"/S/SubmitForm", b"/S /GoToR /F (x)", b"/Names<</EmbeddedFiles 1 0 R>>",
    ],
)  # fmt: skip
def test_active_pdf(line: bytes) -> None:
    assert pdf_code(drawn() + line) is Code.ACTIVE_CONTENT
    # Straddling the borders of the chunks the file is read in.
    for padding in range(256 * 1024 - len(line) - 5, 256 * 1024 - 5, 7):
        assert pdf_code(b"%PDF-" + bytes(padding) + line) is Code.ACTIVE_CONTENT


def test_active_pdf_in_a_packed_object_stream() -> None:
    packed = zlib.compress(b"1 0 << /S /JavaScript /JS (x) >>")
    head = b"7 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\r\n" % len(
        packed
    )
    assert pdf_code(drawn() + head + packed + b"\nendstream") is Code.ACTIVE_CONTENT
    harmless = zlib.compress(b"1 0 << /Type /Page >>")
    assert pdf_code(drawn() + head + harmless + b"\nendstream") is None
    assert pdf_code(drawn() + head + b"garbage" + b"\nendstream") is Code.MAGIC
    assert pdf_code(drawn() + head.replace(b"stream", b" " * 5000 + b"stream") + packed) is Code.MAGIC


def test_encrypted_pdf_cannot_be_judged() -> None:
    assert pdf_code(drawn() + b"trailer << /Encrypt 5 0 R >>") is Code.MAGIC


def test_word_document_with_a_table_and_a_picture_passes() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).text = "意见"
    document.add_picture(io.BytesIO(small_png()))
    document.sections[0].footer.paragraphs[0].text = "第1页"
    out = io.BytesIO()
    document.save(out)
    assert in_word(out.getvalue()) is None
