"""The preview: every page as it prints, then 打印, 存为 PDF, or the office program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from lianxin.documents.pdf.pages import PdfPages
from lianxin.office.beside import write_beside
from lianxin.store.files import why_not
from lianxin.ui.asking.files import ask_save
from lianxin.ui.failures import Problem, ProblemDialog
from lianxin.ui.fonts_here import font_words
from lianxin.ui.pieces import button, label
from lianxin.ui.preview.page_range import BadRange
from lianxin.ui.preview.page_view import PageView
from lianxin.ui.preview.print_run import PrintRun
from lianxin.ui.preview.printer_panel import PrinterPanel, can_turn
from lianxin.ui.theme import px

_LARGE = (1180, 860)
_OFFICE = {".docx": ("存为 Word…", "Word 文档 (*.docx)"), ".xlsx": ("存为 Excel…", "Excel 工作簿 (*.xlsx)")}


@dataclass(frozen=True)
class Shown:
    """What is previewed: its file name, the file itself, and the PDF of it (the same bytes when it is one).

    `made_of` are the papers of one that was put together, whose fonts its PDF does not tell.
    """

    name: str
    content: bytes
    pdf: bytes
    made_of: tuple[bytes, ...] = ()

    @property
    def ending(self) -> str:
        """The ending of the file, as .docx."""
        return Path(self.name).suffix


def ask_printer(printer: QPrinter, parent: QWidget) -> bool:
    """The system's own dialog, with what was chosen filled in."""
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印")
    return dialog.exec() == QDialog.DialogCode.Accepted


def ask_target(parent: QWidget, name: str, kinds: str) -> str:
    """Where to write a file; "" when the clerk thought better of it."""
    return ask_save(parent, "存为", name, kinds)


@dataclass(frozen=True)
class Outside:
    """What the preview asks of the computer: printers, the dialogs, and the program that opens a file."""

    printers: Callable[[], list[str]] = QPrinterInfo.availablePrinterNames
    ask_printer: Callable[[QPrinter, QWidget], bool] = ask_printer
    ask_target: Callable[[QWidget, str, str], str] = ask_target


def _within(printer: QPrinter, places: list[int]) -> list[int]:
    """The pages the system's dialog left of those chosen here, in the order it asked for."""
    if printer.printRange() == QPrinter.PrintRange.PageRange:
        places = [place for place in places if printer.fromPage() <= place + 1 <= printer.toPage()]
    # Everything else the dialog offers is done by the printer, but no printer turns the order round.
    return places[::-1] if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst else places


class PreviewWindow(QDialog):
    """`printed(copies)` once every page went to the printer, in one go or in several, `open_wanted` for 用 Word/WPS 打开; `above` stands
    over the fonts.
    """

    printed = Signal(int)
    open_wanted = Signal()

    def __init__(
        self,
        shown: Shown,
        parent: QWidget | None = None,
        *,
        outside: Outside | None = None,
        above: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._above = above
        self._shown, self._outside = shown, outside or Outside()
        self.pages = PdfPages(shown.pdf)
        self.run: PrintRun | None = None
        self._on_paper: set[int] = set()
        self.setWindowTitle(f"打印预览 · {shown.name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view = PageView(self.pages)
        first = self.pages.sizes[0]
        self.panel = PrinterPanel(
            self.pages.count,
            lying=first.width > first.height,
            printers=self._outside.printers(),
            turns=can_turn(QPrinterInfo.defaultPrinter()),
        )
        self.panel.print_wanted.connect(self.print_now)
        self._lay_out()
        self._add_keys()
        self._fit_screen(parent)
        self.view.page_changed.connect(self._tell_place)
        self.view.zoom_changed.connect(self._tell_place)
        self._tell_place()
        self.panel.print.setFocus()

    def words(self) -> str:
        """第×页 共×页, as it stands on top."""
        return self._place.text()

    def fonts_told(self) -> str:
        """Which fonts stand in, and which characters cannot be printed; empty when all is well."""
        return self._fonts.text()

    def told(self) -> str:
        """What was said last."""
        return self._told.text()

    def print_now(self) -> None:
        """Ask for the printer and print what was chosen; a PDF where there is no printer."""
        if self.run is not None:
            return
        if not self.panel.print.isEnabled():
            self.save_pdf()
            return
        try:
            places = self.panel.places()
        except BadRange as wrong:
            self._say(str(wrong))
            self.panel.range.setFocus()
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(Path(self._shown.name).stem)
        self.panel.set_up(printer)
        if not self._outside.ask_printer(printer, self):
            return
        places = _within(printer, places)
        if not places:
            self._say("打印对话框里选的页不在“页码”里，没有打印。")
            return
        if not printer.supportsMultipleCopies():
            # Drivers that cannot count get every copy page by page.
            places, copies = places * printer.copyCount(), printer.copyCount()
            printer.setCopyCount(1)
        else:
            copies = printer.copyCount()
        self.run = PrintRun(self.pages, places, printer, self)
        self.run.progressed.connect(self._progressed)
        self.run.ended.connect(lambda well: self._ended(well, copies))
        self._progress.show()
        self._stop.show()
        self.panel.print.setEnabled(False)
        self.run.start()

    def stop_printing(self) -> None:
        """Take the job back."""
        if self.run is not None:
            self.run.stop()
            self._rest("已停止，没有印完的不再打印。")

    def save_pdf(self) -> None:
        """存为 PDF."""
        self._save(f"{Path(self._shown.name).stem}.pdf", "PDF 文件 (*.pdf)", self._shown.pdf)

    def save_original(self) -> None:
        """存为 Word or Excel."""
        self._save(self._shown.name, _OFFICE[self._shown.ending][1], self._shown.content)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop_printing()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self.stop_printing()
        super().done(result)
        # Hidden now: nothing will be drawn of it any more.
        self.pages.close()

    def _lay_out(self) -> None:
        self._place = label("")
        self._zoom = label("", "soft")
        self._told = label("", "good", wrap=True)
        self._told.hide()
        told = dict.fromkeys(map(font_words, self._shown.made_of or (self._shown.content,)))
        self._fonts = label("；".join(words for words in told if words), "doubt", wrap=True)
        self._fonts.setVisible(bool(self._fonts.text()))
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("正在打印")
        self._stop = button("停止打印", act=self.stop_printing)
        self._progress.hide()
        self._stop.hide()
        head = QHBoxLayout()
        head.setContentsMargins(px(14), px(8), px(14), px(8))
        head.setSpacing(px(6))
        head.addWidget(button("上一页", act=lambda: self._turn(-1), hint="PageUp"))
        head.addWidget(self._place)
        head.addWidget(button("下一页", act=lambda: self._turn(1), hint="PageDown"))
        head.addStretch(1)
        head.addWidget(button("缩小", act=lambda: self.view.step_zoom(-1), hint="Ctrl+-"))
        head.addWidget(self._zoom)
        head.addWidget(button("放大", act=lambda: self.view.step_zoom(1), hint="Ctrl++"))
        head.addWidget(button("整页", act=self.view.fit_page))
        head.addWidget(button("适合宽度", act=self.view.fit_width, hint="Ctrl+0"))
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(head)
        left.addWidget(self.view, 1)
        if self._above is not None:
            self.panel.add(self._above)
        for widget in (
            self._fonts,
            self._told,
            self._progress,
            self._stop,
            button("存为 PDF…", act=self.save_pdf, hint="Ctrl+S"),
        ):
            self.panel.add(widget)
        if self._shown.ending in _OFFICE:
            self.panel.add(button(_OFFICE[self._shown.ending][0], act=self.save_original))
            self.panel.add(
                button("用 Word/WPS 打开", act=self.open_wanted.emit, hint="要改字句，就在 Word 或 WPS 里改")
            )
        self.panel.add(button("关闭  Esc", act=self.reject))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(self.panel)

    def _add_keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+P", self.print_now),
            ("Ctrl+S", self.save_pdf),
            ("PgDown", lambda: self._turn(1)),
            ("PgUp", lambda: self._turn(-1)),
            ("Ctrl++", lambda: self.view.step_zoom(1)),
            ("Ctrl+=", lambda: self.view.step_zoom(1)),
            ("Ctrl+-", lambda: self.view.step_zoom(-1)),
            ("Ctrl+0", self.view.fit_width),
        )
        for words, act in keys:
            QShortcut(QKeySequence(words), self).activated.connect(act)

    def _fit_screen(self, parent: QWidget | None) -> None:
        room = (parent.window() if parent is not None else self).screen().availableSize()
        self.resize(min(px(_LARGE[0]), room.width() - px(40)), min(px(_LARGE[1]), room.height() - px(60)))

    def _turn(self, by: int) -> None:
        self.view.go_to(max(0, min(self.pages.count - 1, self.view.page() + by)))

    def _tell_place(self, _changed: object = None) -> None:
        self._place.setText(f"第{self.view.page() + 1}页 共{self.pages.count}页")
        self._zoom.setText(f"{self.view.zoom():.0%}")

    def _progressed(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._say(f"正在打印 第{done}页 共{total}页")

    def _ended(self, well: bool, copies: int) -> None:
        if not well:
            self._rest("打印机没有接收，请看一看打印机是否开着、有没有纸，再打印一次。")
            return
        places = self.run.places if self.run is not None else frozenset[int]()
        smaller = self.run is not None and self.run.shrunk
        told = "已送到打印机。" + "打印机没有这么大的纸，缩小打印了。" * smaller
        self._on_paper |= places
        left = self.pages.count - len(self._on_paper)
        self._rest(told if not left else f"{told}还有{left}页没有印，全部印过才记为已打印。")
        if not left:
            # Odd pages, then even ones, are one print.
            self._on_paper.clear()
            self.printed.emit(copies)

    def _rest(self, words: str) -> None:
        self.run = None
        self._progress.hide()
        self._stop.hide()
        self.panel.print.setEnabled(True)
        self._say(words)

    def _say(self, words: str) -> None:
        self._told.setText(words)
        self._told.show()

    def _save(self, name: str, kinds: str, content: bytes) -> None:
        target = self._outside.ask_target(self, name, kinds)
        if not target:
            return
        try:
            written = write_beside(Path(target), content)
        except OSError as wrong:
            ProblemDialog(
                Problem(
                    f"“{Path(target).name}”没有写出来：{why_not(wrong)}。",
                    now="请换一个文件夹再存。",
                    code="U331",
                ),
                self,
            ).exec()
            return
        self._say(f"已存为 {written.name}")
