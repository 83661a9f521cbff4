"""What only a window can prove of an installed copy: Qt's plug-ins, fonts, image formats, and every page drawn."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QByteArray, QLibraryInfo, QTranslator
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage, QImageReader
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QTableView

from lianxin.bootstrap import App
from lianxin.documents.pdf.blocks_pdf import blocks_pdf
from lianxin.documents.pdf.pages import PdfPages
from lianxin.documents.word.blocks import BlockPaper, Title
from lianxin.ui.main import office_entries
from lianxin.ui.preview.page_view import DOTS_AN_INCH, image_of
from lianxin.ui.start.window_keeper import WindowKeeper
from lianxin.ui.theme import dress, make_application

_FORMATS = ("jpeg", "png", "gif", "svg", "ico")
_ASKED = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
_PLATFORM = f"q{_ASKED}" if _ASKED else {"win32": "qwindows", "darwin": "qcocoa"}.get(sys.platform, "qxcb")
_PLUG_INS = (
    ("platforms", _PLATFORM),
    ("imageformats", "qjpeg"),
    ("imageformats", "qsvg"),
    ("imageformats", "qgif"),
    ("imageformats", "qico"),
    ("iconengines", "qsvgicon"),
)
_LEAST_COLOURS = 8
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="red"/></svg>'


class WindowUnsound(Exception):
    """Something of the window does not work in this copy; the message says what, in Chinese."""


def window_proofs(app: App) -> Iterator[tuple[str, Callable[[], str]]]:
    """Proofs by name, in order; each answers what it saw or raises WindowUnsound."""
    yield "plug-ins", _plug_ins
    if _lacking_plug_ins():
        # Without its platform Qt ends the program at once; the proof above has said so.
        return
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else make_application(sys.argv[:1])
    yield "platform", lambda: f"窗口系统 {QGuiApplication.platformName()}"
    yield "fonts", _fonts
    yield "letters", lambda: _letters(application)
    yield "image formats", _image_formats
    yield "translations", _translations
    yield "svg", _svg
    yield "preview", _preview
    yield "window", lambda: _window(application, app)


def _plug_ins() -> str:
    lacking = _lacking_plug_ins()
    if lacking:
        raise WindowUnsound(f"窗口的插件缺失：{'、'.join(lacking)}")
    return f"{len(_PLUG_INS)}种插件都在"


def _lacking_plug_ins() -> list[str]:
    """The kinds of plug-ins of which no file lies where Qt looks for them."""
    place = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    return [f"{kind}/{name}" for kind, name in _PLUG_INS if not list((place / kind).glob(f"*{name}.*"))]


def _fonts() -> str:
    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    if not families:
        raise WindowUnsound("这台电脑没有中文字体，请安装一种（Debian、统信等可装 fonts-noto-cjk）")
    return f"中文字体{len(families)}种，如{families[0]}"


def _letters(application: QApplication) -> str:
    """Lists have the letters of the application, not those a Windows theme gives them."""
    table = QTableView()
    dress(table)
    table.show()
    application.processEvents()
    shown, wanted = table.font().pixelSize(), application.font().pixelSize()
    table.close()
    if shown != wanted:
        raise WindowUnsound(f"列表的字号是{shown}，应当是{wanted}")
    return f"列表字号{shown}像素"


def _image_formats() -> str:
    known = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
    lacking = [name for name in _FORMATS if name not in known]
    if lacking:
        raise WindowUnsound(f"不能显示图片格式：{'、'.join(lacking)}")
    return "、".join(_FORMATS)


def _translations() -> str:
    translator = QTranslator()
    if not translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        raise WindowUnsound("系统对话框的中文缺失")
    return "系统对话框有中文"


def _svg() -> str:
    if not QSvgRenderer(QByteArray(_SVG)).isValid():
        raise WindowUnsound("不能画图表（SVG）")
    return "图表可画"


def _preview() -> str:
    """Makes a page with the embedded font, as papers are, and draws it as the preview does."""
    pages = PdfPages(blocks_pdf(BlockPaper((Title("打印预览"),), "打印预览", "连心")))
    if _colours(image_of(pages.draw(0, DOTS_AN_INCH))) < _LEAST_COLOURS // 2:
        raise WindowUnsound("打印预览画不出页面")
    pages.close()
    return "打印预览可画"


def _window(application: QApplication, app: App) -> str:
    """Opens the main window on the office and draws every page; one that stays blank fails."""
    keeper = WindowKeeper(application, app.home, office_entries)
    try:
        keeper.open(app)
        window = keeper.window
        assert window is not None
        window.resize(1366, 768)
        window.show()
        blank = []
        keys = [entry.key for entry in office_entries(app, keeper)]
        for key in keys:
            window.go(key)
            application.processEvents()
            if _colours(window.grab().toImage()) < _LEAST_COLOURS:
                blank.append(key)
        if blank:
            raise WindowUnsound(f"这些页面没有画出来：{'、'.join(blank)}")
        window.close()
        return f"{len(keys)}个页面都画出来了"
    finally:
        keeper.close()


def _colours(image: QImage) -> int:
    """How many colours a coarse sample of the picture has."""
    small = image.scaled(96, 54)
    return len({small.pixel(x, y) for x in range(small.width()) for y in range(small.height())})
