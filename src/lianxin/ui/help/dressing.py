"""How a Markdown document is dressed: sizes of headings, room between lines, ruled tables, pictures that fit."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from lianxin.installed import manual_dir
from lianxin.ui.theme import CALM, px

_HEADINGS = {1: 22, 2: 18, 3: 16}
_TEXT = 15
_TEXT_LINE, _HEADING_LINE, _PICTURE_LINE = 130, 120, 100
_OBJECT = "\ufffc"
_SMOOTH = Qt.TransformationMode.SmoothTransformation
_IMAGE = QTextDocument.ResourceType.ImageResource.value
_POINTS_A_PIXEL = 0.75
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


def blocks_of(document: QTextDocument) -> Iterator[QTextBlock]:
    """Every paragraph, in order."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def dress(document: QTextDocument) -> None:
    """Give a document that was just read its looks."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(_room(_TEXT_LINE, above=2, below=6))
    cursor.mergeCharFormat(_letters(_TEXT))
    for block in blocks_of(document):
        level = block.blockFormat().headingLevel()
        if _OBJECT in block.text():
            cursor.setPosition(block.position())
            cursor.mergeBlockFormat(_room(_PICTURE_LINE, above=6, below=10))
        elif level:
            cursor.setPosition(block.position())
            cursor.mergeBlockFormat(_room(_HEADING_LINE, above=2 if level == 1 else 14, below=6))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(_letters(_HEADINGS.get(level, _TEXT)))
    cursor.endEditBlock()
    for frame in document.rootFrame().childFrames():
        _rule(frame)


def _room(line: int, *, above: int, below: int) -> QTextBlockFormat:
    shape = QTextBlockFormat()
    shape.setLineHeight(line, _PROPORTIONAL)
    shape.setTopMargin(px(above))
    shape.setBottomMargin(px(below))
    return shape


def _letters(pixels: int) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setFontPointSize(px(pixels) * _POINTS_A_PIXEL)
    return look


def _rule(frame: QTextFrame) -> None:
    if not isinstance(frame, QTextTable):
        return
    look = frame.format()
    look.setBorder(1)
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderBrush(QBrush(QColor(CALM.line_strong)))
    look.setBorderCollapse(True)
    look.setCellPadding(px(6))
    look.setCellSpacing(0)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    frame.setFormat(look)


Pictures = MutableMapping[int, QImage]
"""The pictures of a document by where they stand, as wide as they were taken."""


def fit_pictures(document: QTextDocument, room: int, pictures: Pictures, ratio: float = 1.0) -> None:
    """Make each picture as wide as it is, or as the room, for a screen of so many dots a pixel.

    `pictures` keeps what was read, so that a window may be drawn wider and narrower.
    """
    for block in blocks_of(document):
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            look = piece.charFormat().toImageFormat()
            if look.isValid():
                at, name = piece.position(), look.name()
                if at not in pictures:
                    pictures[at] = QImage(str(manual_dir() / name))
                width = min(pictures[at].width(), room)
                sharp = pictures[at].scaledToWidth(round(width * ratio), _SMOOTH)
                document.addResource(_IMAGE, QUrl(name), sharp)
                look.setWidth(width)
                cursor = QTextCursor(document)
                cursor.setPosition(at)
                cursor.setPosition(at + piece.length(), QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(look)
            pieces += 1
