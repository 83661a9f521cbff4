"""Pages of a PDF as pictures, and several PDFs as one: what a preview shows and a printer is given.

PDFium draws them. It is not made for several threads at once, so every call waits for its turn.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

POINTS_AN_INCH = 72
_turn = threading.Lock()


class NotAPdf(ValueError):
    """The bytes are no PDF, a damaged one, or one without pages."""

    def __init__(self) -> None:
        super().__init__("文件不是完整的 PDF，不能预览")


@dataclass(frozen=True)
class PageSize:
    """Width and height of a page in points, as it is looked at."""

    width: float
    height: float


@dataclass(frozen=True)
class DrawnPage:
    """A page as points of four bytes (blue, green, red, unused), row by row, `stride` bytes a row."""

    width: int
    height: int
    stride: int
    data: bytes


class PdfPages:
    """A PDF whose pages can be drawn. Raises NotAPdf."""

    def __init__(self, content: bytes) -> None:
        from pypdfium2 import PdfDocument, PdfiumError

        try:
            with _turn:
                self._document: PdfDocument = PdfDocument(content)
                self.sizes = tuple(_size(self._document, place) for place in range(len(self._document)))
        except PdfiumError as wrong:
            raise NotAPdf from wrong
        if not self.sizes:
            raise NotAPdf
        self.content = content

    @property
    def count(self) -> int:
        """How many pages there are; at least one."""
        return len(self.sizes)

    def draw(self, place: int, dots_an_inch: float, *, for_paper: bool = False) -> DrawnPage:
        """The page at a place (from 0) on white; `for_paper` draws edges the way printers want them."""
        with _turn:
            page = self._document[place]
            drawn = page.render(
                scale=dots_an_inch / POINTS_AN_INCH,
                prefer_bgrx=True,
                optimize_mode="print" if for_paper else None,
            )
            made = DrawnPage(drawn.width, drawn.height, drawn.stride, bytes(drawn.buffer))
            drawn.close()
            page.close()
        return made

    def words_around(self, char: str, *, reach: int = 4) -> tuple[str, ...]:
        """Where a character stands: 第2页“张〓同志”, once for each place."""
        found: list[str] = []
        for place in range(self.count):
            with _turn:
                page = self._document[place]
                told = page.get_textpage().get_text_range()
                page.close()
            found += [
                f"第{place + 1}页“{line[max(at - reach, 0) : at + reach + 1].strip()}”"
                for line in told.splitlines()
                for at, each in enumerate(line)
                if each == char
            ]
        return tuple(dict.fromkeys(found))

    def close(self) -> None:
        """Let go of the document; nothing can be drawn after."""
        with _turn:
            self._document.close()


def joined(parts: Sequence[bytes]) -> bytes:
    """Several PDFs as one, page after page in their order. Raises NotAPdf."""
    from pypdfium2 import PdfDocument, PdfiumError

    held = BytesIO()
    try:
        with _turn:
            whole = PdfDocument.new()
            for part in parts:
                opened = PdfDocument(part)
                whole.import_pages(opened)
                opened.close()
            whole.save(held)
            whole.close()
    except PdfiumError as wrong:
        raise NotAPdf from wrong
    return held.getvalue()


def _size(document: PdfDocument, place: int) -> PageSize:
    return PageSize(*document.get_page_size(place))
