"""A chapter of the manual as it is read: headings, tables, pictures as wide as the room, words found marked."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from lianxin.ui.help.dressing import blocks_of, dress, fit_pictures
from lianxin.ui.theme import colours, px

_PRINT_DPI, _DOTS = 110, 2.0
_GITHUB = QTextDocument.MarkdownFeature.MarkdownDialectGitHub


class ManualView(QTextBrowser):
    """`link_wanted(words)` when a link was pressed: `backup.md#恢复`, as it stands in the chapter's text."""

    link_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("manual")
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("手册正文")
        self.anchorClicked.connect(self._pressed)
        self._pictures: dict[int, QImage] = {}

    def show_markdown(self, markdown: str) -> None:
        """Show a chapter from its beginning."""
        self._pictures.clear()
        self.setExtraSelections([])
        document = self.document()
        document.setDocumentMargin(px(6))
        document.setMarkdown(markdown, _GITHUB)
        dress(document)
        self._fit()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def show_heading(self, heading: str) -> bool:
        """Scroll to a heading of the chapter; False when it has none of that name."""
        for block in blocks_of(self.document()):
            if block.blockFormat().headingLevel() and block.text().strip() == heading:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(round(top) - px(8))
                return True
        return False

    def mark(self, words: str) -> int:
        """Mark every place of each word; answers how many there are."""
        ink = QTextCharFormat()
        ink.setBackground(QColor(colours().soon))
        ink.setForeground(QColor(colours().on_soon))
        marks: list[QTextEdit.ExtraSelection] = []
        for word in words.split():
            cursor = self.document().find(word)
            while not cursor.isNull():
                found = QTextEdit.ExtraSelection()
                found.cursor, found.format = cursor, ink
                marks.append(found)
                cursor = self.document().find(word, cursor)
        self.setExtraSelections(marks)
        return len(marks)

    def as_pdf(self, markdown: str) -> bytes:
        """A chapter on A4."""
        document = QTextDocument()
        document.setDefaultFont(self.font())
        document.setMarkdown(markdown, _GITHUB)
        dress(document)
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(QMarginsF(18, 16, 16, 16), QPageLayout.Unit.Millimeter)
        writer.setResolution(_PRINT_DPI)
        room = writer.pageLayout().paintRectPixels(_PRINT_DPI).size()
        fit_pictures(document, room.width() - 8, {}, _DOTS)
        document.setPageSize(room.toSizeF())
        document.print_(writer)
        buffer.close()
        return bytes(content.data())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().width() - px(16)
        fit_pictures(self.document(), room, self._pictures, self.devicePixelRatioF())

    def _pressed(self, address: QUrl) -> None:
        self.link_wanted.emit(address.toString(QUrl.ComponentFormattingOption.FullyDecoded))
