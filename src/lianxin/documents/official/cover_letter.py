"""报送函, the letter on top of what goes to the county: what is enclosed, where the seal and the check code go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lianxin.documents.official.letterhead import letter_page
from lianxin.documents.official.page import (
    BODY,
    NUMBER_TO_FILL,
    add_addressee,
    add_attachments,
    add_blank,
    add_body,
    add_note,
    add_sealed_signature,
    add_text,
    add_title,
)
from lianxin.documents.official.red_head import LINES_ABOVE_TITLE
from lianxin.documents.word.text import Face, Layout, Piece, add_run, document_bytes, element, lay, mm

if TYPE_CHECKING:
    from docx.document import Document

SIGNATURE_STATEMENT = "数字签名不能代替签字盖章"
_GROUPS, _DIGITS = 4, 5
_BOX = Face("宋体", 14)


@dataclass(frozen=True)
class CoverLetter:
    """What is sent. `files` are names as the county sees them; `issuer` seals; `period_words` such as 2026年11月.

    The letter is itself among the signed files, so its 核对码 is not known while it is made: without
    `check_code` the boxes stay empty and are filled in by hand; with it (a reprint for the folder) they are printed.
    `remark` is a word of caution beneath them, such as 根证书未核对.
    """

    issuer: str
    addressee: str
    period_words: str
    signed: date
    files: tuple[str, ...]
    number: str = ""
    subject: str = "人大工作有关材料"
    contact: str = ""
    phone: str = ""
    check_code: str = ""
    remark: str = ""


def cover_letter_docx(letter: CoverLetter) -> bytes:
    """The letter in the form the standard has for letters (10.1)."""
    document = letter_page(letter.issuer, number=letter.number or NUMBER_TO_FILL)
    add_blank(document, LINES_ABOVE_TITLE)
    title = f"关于报送{letter.period_words}{letter.subject}的函"
    add_title(document, title)
    add_blank(document)
    add_addressee(document, letter.addressee)
    add_body(
        document,
        f"现将我单位{letter.period_words}{letter.subject}（共{len(letter.files)}个文件，名称附后）"
        "连同数字签名报送，请查收。下面的核对码与我单位电话或者当面告知的一致，即为原件、没有改动过：",
    )
    _check_code_boxes(document, letter.check_code)
    caution = f"{letter.remark}。" if letter.remark else ""
    statement = f"{SIGNATURE_STATEMENT}，以签字盖章的纸质件为准。{caution}"
    add_text(document, [Piece(statement, BODY)], Layout(first=2, before=8))
    add_attachments(document, letter.files)
    add_sealed_signature(document, letter.issuer, letter.signed)
    who = f"联系人：{letter.contact}" if letter.contact else ""
    add_note(
        document, "　".join(part for part in (who, f"电话：{letter.phone}" if letter.phone else "") if part)
    )
    return document_bytes(document, title=title, author=letter.issuer)


def _check_code_boxes(document: Document, code: str) -> None:
    """One row: the words 核对码 and twenty boxes in four groups of five, as it is read over the telephone."""
    digits = "".join(char for char in code if char.isdigit())[: _GROUPS * _DIGITS]
    table = document.add_table(rows=0, cols=0)
    frame = table._tbl
    frame.tblPr.append(element("w:jc", {"w:val": "center"}))
    frame.tblPr.append(element("w:tblLayout", {"w:type": "fixed"}))
    cells = [("核对码", 18.0, False)]
    for group in range(_GROUPS):
        cells.append(("", 2.5, False))
        for place in range(_DIGITS):
            at = group * _DIGITS + place
            cells.append((digits[at] if at < len(digits) else "", 6.0, True))
    for _text, width, _boxed in cells:
        frame.tblGrid.append(element("w:gridCol", {"w:w": mm(width)}))
    row = element("w:tr")
    properties = element("w:trPr")
    properties.append(element("w:trHeight", {"w:val": mm(8), "w:hRule": "exact"}))
    row.append(properties)
    frame.append(row)
    for _ in cells:
        cell = element("w:tc")
        cell.append(element("w:p"))
        row.append(cell)
    for cell_at, (text, width, boxed) in enumerate(cells):
        held = table.rows[0].cells[cell_at]
        _frame_cell(held._tc.get_or_add_tcPr(), width, boxed)
        paragraph = held.paragraphs[0]
        lay(paragraph, Layout(align="center", line=18))
        add_run(paragraph, text, _BOX)


def _frame_cell(properties: object, width: float, boxed: bool) -> None:
    from docx.oxml.table import CT_TcPr

    assert isinstance(properties, CT_TcPr)
    for old in list(properties):
        properties.remove(old)
    properties.append(element("w:tcW", {"w:w": mm(width), "w:type": "dxa"}))
    borders = element("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        style = {"w:val": "single", "w:sz": "6", "w:color": "000000"} if boxed else {"w:val": "nil"}
        borders.append(element(f"w:{side}", style))
    properties.append(borders)
    margins = element("w:tcMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", {"w:w": "0", "w:type": "dxa"}))
    properties.append(margins)
    properties.append(element("w:vAlign", {"w:val": "center"}))
