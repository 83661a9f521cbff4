"""盒脊 of archive boxes as PDF, with the fields of DA/T 22-2015, and the 归档章 that stands on each piece.

DA/T 22-2015, 附录: 档案盒盒脊 has 全宗号, 年度, 保管期限, 机构（问题）, 起止件号, 盒号; 归档章 has 全宗号, 年度, 件号, 机构（问题）,
保管期限, 页数 in two rows of three. Sizes as printed here: spine 300 mm less the sheet's margins, stamp 45 × 16 mm.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianxin.documents.pdf.font import FONT, drawable, known_glyphs

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_MM = 72 / 25.4
_A_SHEET = 5
_LEFT, _BOTTOM, _SPINE, _TALL = 25.0, 30.0, 32.0, 240.0
_STAMP_WIDE, _STAMP_TALL = 45.0, 16.0
_STAMPS_ACROSS, _STAMPS_DOWN = 3, 12
_CUT = "沿线裁下，贴在盒脊上。起止件号、盒号请与盒内核对。"


@dataclass(frozen=True)
class BoxLabel:
    """The spine of one box."""

    fonds: str
    office: str
    year: int
    retention: str
    body: str
    first: str
    last: str
    box: int

    def rows(self) -> tuple[tuple[str, str, float], ...]:
        """Label, words and height in millimetres of each field, from the top."""
        pieces = self.first if self.first == self.last else f"{self.first}\n—\n{self.last}"
        return (
            ("全宗号", self.fonds, 26),
            ("年度", str(self.year), 26),
            ("保管期限", self.retention, 26),
            ("机构（问题）", self.body, 40),
            ("单位", self.office, 56),
            ("起止件号", pieces, 40),
            ("盒号", f"{self.box:02d}", 26),
        )


@dataclass(frozen=True)
class ArchiveStamp:
    """归档章 of one piece; `pages` is left for the pen where it is not known."""

    fonds: str
    year: int
    piece: str
    body: str
    retention: str
    pages: str = ""

    def cells(self) -> tuple[tuple[str, str], ...]:
        """Label and words, three above and three below."""
        return (
            ("全宗号", self.fonds),
            ("年度", str(self.year)),
            ("件号", self.piece),
            ("机构（问题）", self.body),
            ("保管期限", self.retention),
            ("页数", self.pages),
        )


def box_labels_pdf(labels: Sequence[BoxLabel], stamps: Sequence[ArchiveStamp], *, office: str) -> bytes:
    """Spines five to a sheet, to be cut out, then the stamps of the pieces as stickers."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    known_glyphs()
    held = io.BytesIO()
    canvas = Canvas(
        held, pagesize=A4, invariant=1, pageCompression=1, lang="zh-CN",
        initialFontName=FONT,  # type: ignore[arg-type]  # the stub calls the name of a font a number
    )  # fmt: skip
    canvas.setTitle("档案盒标签")
    canvas.setAuthor(office)
    sheets = [labels[at : at + _A_SHEET] for at in range(0, len(labels), _A_SHEET)]
    many = _STAMPS_ACROSS * _STAMPS_DOWN
    stickers = [stamps[at : at + many] for at in range(0, len(stamps), many)]
    pages = len(sheets) + len(stickers)
    for place, sheet in enumerate(sheets, 1):
        _note(canvas, _CUT, place, pages)
        for at, each in enumerate(sheet):
            _spine(canvas, each, _LEFT + at * _SPINE)
        canvas.showPage()
    for place, some in enumerate(stickers, len(sheets) + 1):
        _note(canvas, "归档章，裁下贴在每件首页上端空白处；页数装订后填写。", place, pages)
        for at, stamp in enumerate(some):
            _stamp(canvas, stamp, at % _STAMPS_ACROSS, at // _STAMPS_ACROSS)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def _note(canvas: Canvas, words: str, page: int, pages: int) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawString(_LEFT * _MM, 284 * _MM, words)
    canvas.drawCentredString(105 * _MM, 10 * _MM, f"第{page}页 共{pages}页")


def _spine(canvas: Canvas, label: BoxLabel, left: float) -> None:
    top = _BOTTOM + _TALL
    canvas.rect(left * _MM, _BOTTOM * _MM, _SPINE * _MM, _TALL * _MM)
    for name, words, tall in label.rows():
        canvas.line(left * _MM, (top - tall) * _MM, (left + _SPINE) * _MM, (top - tall) * _MM)
        middle = (left + _SPINE / 2) * _MM
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(middle, (top - 5) * _MM, name)
        if name == "单位":
            _upright(canvas, words, middle, top - 8, tall - 9)
        else:
            _centred(canvas, words, middle, top - 5, tall - 5)
        top -= tall


def _centred(canvas: Canvas, words: str, middle: float, top: float, tall: float) -> None:
    lines = words.split("\n")
    size = min(16.0, *(_fitting(line, _SPINE - 3) for line in lines))
    pitch = size * 1.3
    at = (top - tall / 2) * _MM + pitch * (len(lines) / 2 - 0.5) - size * 0.35
    canvas.setFont(FONT, size)
    for line in lines:
        canvas.drawCentredString(middle, at, drawable(line))
        at -= pitch


def _upright(canvas: Canvas, words: str, middle: float, top: float, tall: float) -> None:
    """One character under the other, in two columns from the right where one would be too small."""
    half = -(-len(words) // 2) if len(words) > 10 else len(words)
    columns = [words[:half], words[half:]] if half < len(words) else [words]
    size = min(14.0, tall * _MM / half / 1.15)
    for place, column in enumerate(columns):
        across = middle + (len(columns) - 1) * (0.5 - place) * size * 1.6
        canvas.setFont(FONT, size)
        for at, char in enumerate(column):
            canvas.drawCentredString(across, top * _MM - (at + 0.9) * size * 1.15, drawable(char))


def _stamp(canvas: Canvas, stamp: ArchiveStamp, across: int, down: int) -> None:
    left = _LEFT + across * (_STAMP_WIDE + 12)
    top = 276 - down * (_STAMP_TALL + 5)
    canvas.rect(left * _MM, (top - _STAMP_TALL) * _MM, _STAMP_WIDE * _MM, _STAMP_TALL * _MM)
    cell_wide, cell_tall = _STAMP_WIDE / 3, _STAMP_TALL / 2
    canvas.line(left * _MM, (top - cell_tall) * _MM, (left + _STAMP_WIDE) * _MM, (top - cell_tall) * _MM)
    for edge in (1, 2):
        x = (left + edge * cell_wide) * _MM
        canvas.line(x, top * _MM, x, (top - _STAMP_TALL) * _MM)
    for at, (name, words) in enumerate(stamp.cells()):
        middle = (left + (at % 3 + 0.5) * cell_wide) * _MM
        head = top - (at // 3) * cell_tall
        canvas.setFont(FONT, 5.5)
        canvas.drawCentredString(middle, (head - 2.6) * _MM, name)
        canvas.setFont(FONT, min(9.0, _fitting(words, cell_wide - 1)))
        canvas.drawCentredString(middle, (head - cell_tall + 1.6) * _MM, drawable(words))


def _fitting(words: str, wide: float) -> float:
    """The size in points at which the words are this many millimetres wide at most."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return wide * _MM / max(stringWidth(drawable(words) or "一", FONT, 1), 0.1)
