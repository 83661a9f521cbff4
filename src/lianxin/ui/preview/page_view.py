"""Pages of a PDF under one another, drawn when they come into sight."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from lianxin.documents.pdf.pages import DrawnPage, PdfPages
from lianxin.ui.theme import colour, px

DOTS_AN_INCH = 96
_POINTS_AN_INCH = 72
_KEPT = 8
_ROOM, _SHADE = "#D5DAE1", "#9AA5B3"
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


def image_of(drawn: DrawnPage) -> QImage:
    """A drawn page as Qt's own picture, with bytes of its own."""
    return QImage(drawn.data, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32).copy()


class _Column(QWidget):
    """All pages at one zoom; only what is asked for is drawn, and the last few are kept."""

    def __init__(self, pages: PdfPages) -> None:
        super().__init__()
        self._pages, self._zoom = pages, 1.0
        self._drawn: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()

    def set_zoom(self, zoom: float) -> None:
        self._zoom = zoom
        self._drawn.clear()
        sizes = [self._size(place) for place in range(self._pages.count)]
        gap = px(12)
        self.setFixedSize(
            max(size.width() for size in sizes) + 2 * gap, sum(size.height() + gap for size in sizes) + gap
        )
        self.update()

    def place_of(self, page: int) -> QRect:
        top = px(12) + sum(self._size(before).height() + px(12) for before in range(page))
        size = self._size(page)
        return QRect(QPoint((self.width() - size.width()) // 2, top), size)

    def page_at(self, height: int) -> int:
        return next(
            (page for page in range(self._pages.count) if height < self.place_of(page).bottom() + px(12)),
            self._pages.count - 1,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), colour(_ROOM))
        for page in range(self._pages.count):
            place = self.place_of(page)
            if not place.intersects(event.rect()):
                continue
            painter.setPen(colour(_SHADE))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
            painter.drawPixmap(place, self._picture(page))

    def _size(self, page: int) -> QSize:
        size = self._pages.sizes[page]
        points = DOTS_AN_INCH / _POINTS_AN_INCH * self._zoom
        return QSize(round(size.width * points), round(size.height * points))

    def _picture(self, page: int) -> QPixmap:
        ratio = self.devicePixelRatioF()
        key = (page, round(ratio * 100))
        found = self._drawn.pop(key, None)
        if found is None:
            drawn = self._pages.draw(page, DOTS_AN_INCH * self._zoom * ratio)
            found = QPixmap.fromImage(image_of(drawn))
            found.setDevicePixelRatio(ratio)
        self._drawn[key] = found
        while len(self._drawn) > _KEPT:
            self._drawn.popitem(last=False)
        return found


class PageView(QScrollArea):
    """The pages with their zoom; Ctrl and the wheel change it."""

    page_changed = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, pages: PdfPages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages, self._column = pages, _Column(pages)
        self._zoom, self._fitting = 1.0, True
        self.setWidget(self._column)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName(f"预览，共{pages.count}页")
        palette = self.viewport().palette()
        palette.setColor(self.viewport().backgroundRole(), QColor(_ROOM))
        self.viewport().setPalette(palette)
        self.viewport().setAutoFillBackground(True)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._column.set_zoom(self._zoom)

    def zoom(self) -> float:
        """1.0 is the size of the paper."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Show the pages this large and stay at the page that is looked at."""
        self._fitting = False
        self._show_at(zoom)

    def fit_width(self) -> None:
        """As wide as there is room; kept while the window changes its size."""
        self._fitting = True
        widest = max(size.width for size in self._pages.sizes) * DOTS_AN_INCH / _POINTS_AN_INCH
        room = self.viewport().width() - 2 * px(12) - 2
        self._show_at(max(ZOOMS[0], min(ZOOMS[-1], room / widest)))

    def fit_page(self) -> None:
        """The whole page."""
        size = self._pages.sizes[self.page()]
        points = DOTS_AN_INCH / _POINTS_AN_INCH
        room = self.viewport().size()
        wide, high = (room.width() - px(26)) / size.width, (room.height() - px(26)) / size.height
        self.set_zoom(max(0.2, min(wide, high) / points))

    def step_zoom(self, by: int) -> None:
        """The next larger (+1) or smaller (-1) zoom of the row."""
        larger = [zoom for zoom in ZOOMS if zoom > self._zoom + 0.01]
        smaller = [zoom for zoom in ZOOMS if zoom < self._zoom - 0.01]
        self.set_zoom((larger or [ZOOMS[-1]])[0] if by > 0 else (smaller or [ZOOMS[0]])[-1])

    def page(self) -> int:
        """The page looked at, from 0."""
        return self._column.page_at(self.verticalScrollBar().value() + self.viewport().height() // 3)

    def go_to(self, page: int) -> None:
        """Show the top of a page."""
        self.verticalScrollBar().setValue(self._column.place_of(page).top() - px(12))
        self.page_changed.emit(self.page())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitting:
            self.fit_width()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def _show_at(self, zoom: float) -> None:
        if abs(zoom - self._zoom) < 0.005:
            return
        page, self._zoom = self.page(), zoom
        self._column.set_zoom(zoom)
        self.go_to(page)
        self.zoom_changed.emit(zoom)

    def _scrolled(self, _value: int) -> None:
        self.page_changed.emit(self.page())
