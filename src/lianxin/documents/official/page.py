"""The page of an official document by GB/T 9704-2012: paper, lines, faces, page numbers, signature and date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from lianxin.documents.word.text import (
    TWIPS_A_POINT,
    Face,
    Layout,
    Piece,
    across,
    add_field,
    add_run,
    element,
    face_properties,
    fonts,
    lay,
    new_document,
)
from lianxin.documents.word.text_end import end_of
from lianxin.documents.word.title_lines import title_lines
from lianxin.documents.word.type_area import (
    LINE_TWIPS,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    PAGE_HEIGHT,
    PAGE_POINTS,
    PAGE_WIDTH,
)
from lianxin.domain.dates import show_day

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _Footer
    from docx.text.paragraph import Paragraph

TITLE = Face("方正小标宋简体", 22)
_TIGHT = 5
"""A quarter of a point: 28 characters of 16 pt fill 441.0 of the 442.2 pt (156 mm) of a line. Done on the runs,
because a character grid narrower than the characters is drawn at twice its pitch by LibreOffice."""
BODY = Face("仿宋_GB2312", 16, tight=_TIGHT)
FIRST_LEVEL = Face("黑体", 16, tight=_TIGHT)
SECOND_LEVEL = Face("楷体_GB2312", 16, tight=_TIGHT)
PAGE_NUMBER = Face("宋体", 14, latin="宋体")

FOOTER_DISTANCE = 1446
"""25.5 mm from the edge puts the middle of a 14 pt line 7 mm below the type area."""


def official_page() -> Document:
    """An empty A4 page of the standard, printed on both sides, with page numbers; twips throughout."""
    document = new_document()
    _set_normal(document)
    _set_section(document)
    document.settings.odd_and_even_pages_header_footer = True
    # Bound at the left, printed on both sides: the binding edge changes sides.
    document.settings.element.insert(0, element("w:mirrorMargins"))
    section = document.sections[0]
    _number_pages(section.footer, "right")
    _number_pages(section.even_page_footer, "left")
    return document


def add_title(document: Document, text: str) -> None:
    """The title in 22 pt, centred, in lines that end where the sense does; a line break in the text is kept."""
    for line in title_lines(text):
        add_text(document, [Piece(line, TITLE)], Layout(align="center", size=22, keep=True))


def add_text(document: Document, pieces: Sequence[Piece], layout: Layout | None = None) -> Paragraph:
    """A paragraph of the text; without a layout the standard's body: first line in by two characters."""
    paragraph = document.add_paragraph()
    lay(paragraph, layout or Layout(first=2))
    for piece in pieces:
        if piece.text:
            add_run(paragraph, piece.text, piece.face)
    if not any(piece.text for piece in pieces):
        _size_of_empty_line(paragraph)
    return paragraph


def add_body(document: Document, text: str) -> None:
    """Body text; every line of it is a paragraph."""
    for line in text.split("\n"):
        add_text(document, [Piece(line.strip(), BODY)])


def add_item(document: Document, heading: str, text: str) -> None:
    """A first-level heading and what it says, on one line: 一、时间：…"""
    first, *others = text.split("\n")
    add_text(document, [Piece(heading, FIRST_LEVEL), Piece(first.strip(), BODY)])
    for line in others:
        add_text(document, [Piece(line.strip(), BODY)])


def add_blank(document: Document, lines: int = 1) -> None:
    """Empty lines of the page's own pitch."""
    for _ in range(lines):
        add_text(document, [Piece("", BODY)])


def add_addressee(document: Document, name: str) -> None:
    """主送机关, without indent, closed by a full colon."""
    add_text(document, [Piece(name.rstrip("：:") + "：", BODY)], Layout())


def add_attachments(document: Document, names: Sequence[str]) -> None:
    """附件说明: one line below the text, in by two characters; no stop behind a name, continued lines hang."""
    if not names:
        return
    add_blank(document)
    numbered = len(names) > 1
    for at, name in enumerate(names, 1):
        lead = "附件：" if at == 1 else "　　　"
        number = f"{at}. " if numbered else ""
        hanging = across(lead + number)
        add_text(
            document,
            [Piece(lead + number + name, BODY)],
            Layout(align="left", left=2 + hanging, hanging=hanging),
        )


NUMBER_TO_FILL = "〔　　　　〕　　号"
"""A 发文字号 to be written by hand."""
_SEAL_LINES = 2
_DOUBT = 2
"""Lines by which the count may be wrong over a page."""
DAY_TO_FILL = "　　　　年　　月　　日"
"""A day to be written by hand."""


def add_sealed_signature(document: Document, signer: str, day: date | None) -> None:
    """落款 of a document that is sealed: date in by four characters from the right, the signer centred above it.

    Two empty lines before it leave room for a seal of 42 mm whose upper edge is within a line of the text
    (GB/T 9704-2012, 7.3.5.1). Without a day there is room to write it.
    """
    shown = show_day(day) if day else DAY_TO_FILL
    date_right = 4.0
    signer_right = date_right + (across(shown) - across(signer)) / 2
    if signer_right < 1:
        date_right += 1 - signer_right
        signer_right = 1.0
    _keep_the_end(document, _SEAL_LINES + 2)
    for _ in range(_SEAL_LINES):
        add_text(document, [Piece("", BODY)], Layout(first=2, keep=True))
    add_text(document, [Piece(signer, BODY)], Layout(align="right", right=signer_right, keep=True))
    add_text(document, [Piece(shown, BODY)], Layout(align="right", right=date_right))


def _keep_the_end(document: Document, lines: int) -> None:
    """A signature of so many lines never stands on a page without text: the end of the text goes with it (7.3.5.5).

    Only where it would: LibreOffice takes a paragraph that is kept as a whole, and leaves the page above it empty.
    """
    _, used = end_of(document)
    if document.paragraphs and used + (lines + _DOUBT) * LINE_TWIPS / TWIPS_A_POINT > PAGE_POINTS:
        document.paragraphs[-1].paragraph_format.keep_with_next = True


def add_note(document: Document, text: str) -> None:
    """附注 in round brackets, in by two characters: whom to ask."""
    if text:
        if document.paragraphs:
            document.paragraphs[-1].paragraph_format.keep_with_next = True
        add_text(document, [Piece(f"（{text}）", BODY)])


def _size_of_empty_line(paragraph: Paragraph) -> None:
    mark = element("w:rPr")
    for part in face_properties(BODY):
        mark.append(part)
    paragraph._p.get_or_add_pPr().append(mark)


def _set_normal(document: Document) -> None:
    """The grid counts from the size of the style Normal, so it must be the body's."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt
    from docx.styles.style import ParagraphStyle

    normal = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(normal, ParagraphStyle)
    normal.font.size = Pt(BODY.size)
    properties = normal.element.get_or_add_rPr()
    for old in properties.findall(fonts(BODY).tag):
        properties.remove(old)
    properties.insert(0, fonts(BODY))
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.space_before = Pt(0)


def _set_section(document: Document) -> None:
    from docx.shared import Twips

    section = document.sections[0]
    section.page_width, section.page_height = Twips(PAGE_WIDTH), Twips(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Twips(MARGIN_TOP), Twips(MARGIN_BOTTOM)
    section.left_margin, section.right_margin = Twips(MARGIN_LEFT), Twips(MARGIN_RIGHT)
    section.header_distance, section.footer_distance = Twips(851), Twips(FOOTER_DISTANCE)
    section.gutter = Twips(0)
    properties = section._sectPr
    grid = element("w:docGrid")
    for old in properties.findall(grid.tag):
        properties.remove(old)
    properties.append(element("w:docGrid", {"w:type": "lines", "w:linePitch": str(LINE_TWIPS)}))


def _number_pages(footer: _Footer, side: str) -> None:
    """—1— in 14 pt half-width digits of 宋体, one character in from the outer edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    lay(
        paragraph,
        Layout(
            align="right" if side == "right" else "left",
            right=side == "right",
            left=side == "left",
            line=14,
            size=14,
        ),
    )
    add_run(paragraph, "—", PAGE_NUMBER)
    add_field(paragraph, "PAGE", PAGE_NUMBER)
    add_run(paragraph, "—", PAGE_NUMBER)
