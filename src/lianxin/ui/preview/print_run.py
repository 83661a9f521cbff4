"""Pages to a printer, one after another, drawn beside the window: it stays alive, says how far it is, can be stopped."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from lianxin.documents.pdf_pages import DrawnPage, PageSize, PdfPages
from lianxin.ui.preview.page_view import image_of

MOST_DOTS_AN_INCH = 300
"""Enough for the smallest print of a form; more would only take longer."""
_LOOK_MS = 10
_POINTS_AN_INCH = 72


class PrintRun(QObject):
    """Prints the pages of these places. Nothing is told after `stop`, and the printer forgets what it had.

    The worker only draws points; Qt is touched in the window's thread alone.
    """

    progressed = Signal(int, int)
    ended = Signal(bool)

    def __init__(
        self, pages: PdfPages, places: Sequence[int], printer: QPrinter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pages, self._places, self._printer = pages, list(places), printer
        self._done, self._painter = 0, QPainter()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lianxin-print")
        self._drawing: Future[DrawnPage] | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._looked)

    def start(self) -> None:
        """Begin; `ended(True)` follows when all pages went to the printer, `ended(False)` when it refused."""
        self._printer.setFullPage(True)
        self._lay(self._pages.sizes[self._places[0]])
        if not self._painter.begin(self._printer):
            self._rest()
            self.ended.emit(False)
            return
        self._draw_next()
        self._look.start()

    def stop(self) -> None:
        """Take the job back from the printer."""
        self._rest()
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()

    def _rest(self) -> None:
        self._look.stop()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _draw_next(self) -> None:
        dots = min(self._printer.resolution(), MOST_DOTS_AN_INCH)
        place, pages = self._places[self._done], self._pages
        self._drawing = self._worker.submit(lambda: pages.draw(place, dots, for_paper=True))

    def _looked(self) -> None:
        if self._drawing is None or not self._drawing.done():
            return
        drawn, place = self._drawing.result(), self._places[self._done]
        sizes = self._pages.sizes
        if self._done and not self._new_page(sizes[self._places[self._done - 1]], sizes[place]):
            self.stop()
            self.ended.emit(False)
            return
        size, scale = self._pages.sizes[place], self._printer.resolution() / _POINTS_AN_INCH
        self._painter.drawImage(QRectF(0, 0, size.width * scale, size.height * scale), image_of(drawn))
        self._done += 1
        if self._done < len(self._places):
            self._draw_next()
            self.progressed.emit(self._done, len(self._places))
            return
        self._rest()
        well = self._painter.end()
        self.progressed.emit(self._done, len(self._places))
        self.ended.emit(well)

    def _new_page(self, before: PageSize, size: PageSize) -> bool:
        """A sheet more; another size of paper is a job of its own, since a job is printed on one paper."""
        to_printer = self._printer.outputFormat() == QPrinter.OutputFormat.NativeFormat
        if not to_printer or _paper(before) == _paper(size):
            self._lay(size)
            return self._printer.newPage()
        if not self._painter.end():
            return False
        self._lay(size)
        return self._painter.begin(self._printer)

    def _lay(self, size: PageSize) -> None:
        """The sheet as large as the page, lying as it lies."""
        lying = size.width > size.height
        sheet = QPageSize(
            QSizeF(*_paper(size)), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch
        )
        way = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
        self._printer.setPageLayout(QPageLayout(sheet, way, QMarginsF(0, 0, 0, 0)))


def _paper(size: PageSize) -> tuple[float, float]:
    """The sheet as it lies in the tray, in whole points."""
    short, long = sorted((size.width, size.height))
    return round(short), round(long)
