"""Pages to a printer, one after another, drawn beside the window: it stays alive, says how far it is, can be stopped."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from lianxin.documents.pdf.pages import DrawnPage, PageSize, PdfPages
from lianxin.ui.preview.page_view import image_of

MOST_DOTS_AN_INCH = 300
"""Enough for the smallest print of a form; more would only take longer."""
_LOOK_MS = 10
_POINTS_AN_INCH = 72
_SAME = 0.99


class PrintRun(QObject):
    """Prints the pages of these places. Nothing is told after `stop`, and the printer forgets what it had.

    `shrunk` once a page had to be made smaller. The worker only draws points; Qt is touched in the window's thread alone.
    """

    progressed = Signal(int, int)
    ended = Signal(bool)

    def __init__(
        self, pages: PdfPages, places: Sequence[int], printer: QPrinter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pages, self._places, self._printer = pages, list(places), printer
        self._done, self._painter, self.shrunk = 0, QPainter(), False
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

    @property
    def places(self) -> frozenset[int]:
        """The pages that are printed, each once."""
        return frozenset(self._places)

    def stop(self) -> None:
        """Take the job back from the printer."""
        self._rest()
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()

    def _fail(self) -> None:
        self.stop()
        self.ended.emit(False)

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
        wrong = self._drawing.exception()
        if wrong is not None:
            # Left to the next look it would be told again, a hundred times a second.
            self._fail()
            raise wrong
        drawn, place = self._drawing.result(), self._places[self._done]
        sizes = self._pages.sizes
        if self._done and not self._new_page(sizes[self._places[self._done - 1]], sizes[place]):
            self._fail()
            return
        self._painter.drawImage(self._place_of(sizes[place]), image_of(drawn))
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
        """The sheet as large as the page, lying as it lies; the printer's own sheet where it has none so large."""
        layout = sheet_of(size)
        if not self._printer.setPageLayout(layout):
            self._printer.setPageOrientation(layout.orientation())
            self.shrunk |= self._place_of(size) != self._full(size)

    def _full(self, size: PageSize) -> QRectF:
        dots = self._printer.resolution() / _POINTS_AN_INCH
        return QRectF(0, 0, round(size.width * dots), round(size.height * dots))

    def _place_of(self, size: PageSize) -> QRectF:
        """Where the page stands on the sheet: as large as it is, smaller only on a sheet that cannot hold it."""
        full, sheet = self._full(size), self._printer.paperRect(QPrinter.Unit.DevicePixel)
        fits = min(1.0, sheet.width() / full.width(), sheet.height() / full.height())
        # A sheet of the same paper differs by a point at most.
        return full if fits > _SAME else QRectF(0, 0, full.width() * fits, full.height() * fits)


def sheet_of(size: PageSize) -> QPageLayout:
    """The sheet a page is printed on to its very edges.

    Printers cannot print there and refuse a sheet without margins, unless the layout says that the whole page is meant:
    they would then keep the sheet they had, of another size and standing.
    """
    lying = size.width > size.height
    paper = QPageSize(QSizeF(*_paper(size)), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    way = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    layout = QPageLayout(paper, way, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _paper(size: PageSize) -> tuple[float, float]:
    """The sheet as it lies in the tray, in whole points."""
    short, long = sorted((size.width, size.height))
    return round(short), round(long)
