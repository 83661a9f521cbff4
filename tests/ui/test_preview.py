"""The print preview: pages as they print, to a printer that is a file, kept as PDF, stopped in the middle."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QDesktopServices, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lianxin.documents.office_program import find_program
from lianxin.documents.pdf.blocks_pdf import blocks_pdf
from lianxin.documents.pdf.pages import DrawnPage, PageSize, PdfPages, joined
from lianxin.documents.word.blocks import BlockPaper, Grid, GridColumn, NewPage, Text, Title
from lianxin.documents.word.blocks_docx import blocks_docx
from lianxin.office.paperwork.outgoing_numbers import NumberRefused
from lianxin.ui.numbering import Numbering, NumberRow
from lianxin.ui.preview.page_range import BadRange, places_named
from lianxin.ui.preview.page_view import image_of
from lianxin.ui.preview.preview_window import Outside, PreviewWindow, Shown
from lianxin.ui.preview.print_run import sheet_of
from lianxin.ui.preview.printer_panel import BOTH, EVEN, ODD, duplex_of
from lianxin.ui.printing import Marking, show_paper
from lianxin.ui.shell import MainWindow


def paper(pages: int, *, landscape: bool = False) -> BlockPaper:
    """A paper of so many pages, each with its number in words."""
    blocks: list[Title | Text | NewPage | Grid] = []
    for number in range(1, pages + 1):
        blocks += [Title(f"石牌镇台账之{number}"), Text("关于修缮道路的意见"), NewPage()]
    blocks[-1] = Grid((GridColumn("编号", 1), GridColumn("内容", 3)), (("一", "修路"),))
    return BlockPaper(tuple(blocks), "台账", "石牌镇人大", landscape)


def to_file(path: Path) -> Outside:
    """A printer that writes a PDF, chosen without a dialog."""

    def ask(printer: QPrinter, _parent: QWidget) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        return True

    return Outside(lambda: ["HP 1020"], ask, lambda _parent, name, _kinds: str(path.parent / name))


def preview(qtbot: QtBot, content: bytes, outside: Outside, name: str = "台账.pdf") -> PreviewWindow:
    window = PreviewWindow(Shown(name, content, content), outside=outside)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def words_in(path: Path) -> str:
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout


def printed_pages(path: Path) -> int:
    return PdfPages(path.read_bytes()).count


def test_pages_are_seen_turned_and_made_larger(qtbot: QtBot, tmp_path: Path) -> None:
    window = preview(qtbot, blocks_pdf(paper(3)), to_file(tmp_path / "out.pdf"))
    assert window.words() == "第1页 共3页"
    qtbot.keyClick(window, Qt.Key.Key_PageDown)
    assert window.words() == "第2页 共3页"
    before = window.view.zoom()
    qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert window.view.zoom() > before
    assert window.words() == "第2页 共3页"
    drawn = window.view.grab().toImage()
    colours = {QColor(drawn.pixel(x, y)).name() for x in range(0, drawn.width(), 3) for y in range(0, 200, 3)}
    assert "#ffffff" in colours and len(colours) > 3


def test_every_page_goes_to_the_printer(qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    window = preview(qtbot, blocks_pdf(paper(3)), to_file(target))
    with qtbot.waitSignal(window.printed, timeout=20_000) as told:
        qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [1]
    assert window.told() == "已送到打印机。"
    pages = PdfPages(target.read_bytes())
    assert pages.count == 3
    size = pages.sizes[0]
    assert (round(size.width), round(size.height)) == (595, 842)
    image = image_of(pages.draw(0, 72))
    dark = [
        y
        for y in range(image.height())
        for x in range(0, image.width(), 2)
        if image.pixelColor(x, y).value() < 90
    ]
    # The title stands where the paper itself has it: 18 mm below the edge, not shifted by a margin of the printer.
    assert 51 <= min(dark) <= 80


def test_lying_sheets_and_odd_pages(qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    window = preview(qtbot, blocks_pdf(paper(3, landscape=True)), to_file(target))
    marked: list[int] = []
    window.printed.connect(marked.append)
    for side, count in ((ODD, 2), (EVEN, 1)):
        window.panel.sides.set_value(side)
        window.print_now()
        assert marked == [], "half of a paper is no print of it"
        qtbot.waitUntil(lambda: window.run is None, timeout=20_000)
        assert printed_pages(target) == count
    assert marked == [1]
    size = PdfPages(target.read_bytes()).sizes[0]
    assert size.width > size.height


def test_a_sheet_reaches_to_its_edges_whatever_margins_a_printer_needs() -> None:
    for width, height, name, way in (
        (595.276, 841.89, QPageSize.PageSizeId.A4, QPageLayout.Orientation.Portrait),
        (841.89, 595.276, QPageSize.PageSizeId.A4, QPageLayout.Orientation.Landscape),
        (1190.55, 841.89, QPageSize.PageSizeId.A3, QPageLayout.Orientation.Landscape),
    ):
        sheet = sheet_of(PageSize(width, height))
        assert (sheet.pageSize().id(), sheet.orientation()) == (name, way)
        assert sheet.mode() == QPageLayout.Mode.FullPageMode, "a printer with margins refuses any other"


def test_only_the_pages_named_are_printed(qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    window = preview(qtbot, blocks_pdf(paper(5)), to_file(target))
    window.panel.range.setText("7")
    window.print_now()
    assert window.told() == "只有5页，没有“7”，没有打印。请写1到5之间的页码。" and not target.exists()
    window.panel.range.setText("2，4－5")
    window.panel.copies.setValue(2)
    qtbot.keyClick(window.panel.range, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.run is None, timeout=20_000)
    assert window.told() == "已送到打印机。还有2页没有印，全部印过才记为已打印。"
    assert printed_pages(target) == 6, "a file cannot count copies: each is printed page by page"


@pytest.mark.parametrize(
    ("words", "places"),
    [("", [0, 1, 2, 3]), ("3-", [2, 3]), ("４、2", [1, 3]), ("3至2,2", [1, 2]), ("第1页", [0]), ("0", "没有“0”"),
     ("一", "不是页码"), ("2-9", "没有“2-9”"), ("-2", "不是页码")],
)  # fmt: skip
def test_pages_as_they_are_written(words: str, places: list[int] | str) -> None:
    if isinstance(places, str):
        with pytest.raises(BadRange, match=places):
            places_named(words, 4)
    else:
        assert places_named(words, 4) == places


def test_a_range_and_an_order_of_the_system_dialog_are_followed(qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    plain = to_file(target)

    def ask(printer: QPrinter, parent: QWidget) -> bool:
        assert (printer.fromPage(), printer.toPage()) == (1, 3)
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(2, 3)
        printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
        return plain.ask_printer(printer, parent)

    window = preview(
        qtbot,
        joined([blocks_pdf(paper(2)), blocks_pdf(paper(1, landscape=True))]),
        replace(plain, ask_printer=ask),
    )
    window.print_now()
    qtbot.waitUntil(lambda: window.run is None, timeout=20_000)
    sizes = PdfPages(target.read_bytes()).sizes
    assert [size.width > size.height for size in sizes] == [True, False]


def test_both_sides_turn_at_the_right_edge(qtbot: QtBot, tmp_path: Path) -> None:
    for landscape, mode in (
        (False, QPrinter.DuplexMode.DuplexLongSide),
        (True, QPrinter.DuplexMode.DuplexShortSide),
    ):
        window = preview(qtbot, blocks_pdf(paper(2, landscape=landscape)), to_file(tmp_path / "out.pdf"))
        window.panel.sides.setCurrentIndex(window.panel.sides.findData(BOTH))
        assert duplex_of(window.panel.side(), lying=landscape) == mode
        assert ("短边" if landscape else "长边") in window.panel.hint.text()


def test_stopped_printing_tells_nobody_it_was_printed(qtbot: QtBot, tmp_path: Path) -> None:
    window = preview(qtbot, blocks_pdf(paper(12)), to_file(tmp_path / "out.pdf"))
    told: list[int] = []
    window.printed.connect(told.append)
    window.print_now()
    assert window.run is not None
    qtbot.waitUntil(lambda: "第1页" in window.told(), timeout=20_000)
    window.stop_printing()
    assert window.run is None
    assert window.told().startswith("已停止")
    assert told == []
    assert window.panel.print.isEnabled()


def test_a_page_that_cannot_be_drawn_ends_the_print_once(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = preview(qtbot, blocks_pdf(paper(2)), to_file(tmp_path / "out.pdf"))

    def broken(*_asked: object, **_more: object) -> DrawnPage:
        raise ValueError("no page")

    monkeypatch.setattr(PdfPages, "draw", broken)
    with qtbot.captureExceptions() as caught:
        window.print_now()
        qtbot.waitUntil(lambda: window.run is None, timeout=20_000)
        # Looking went on every ten milliseconds before.
        qtbot.wait(60)
    assert [str(wrong) for _, wrong, _ in caught] == ["no page"]
    assert window.panel.print.isEnabled()


def test_without_a_printer_a_pdf_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    content = blocks_pdf(paper(2))
    window = preview(qtbot, content, Outside(list, ask_target=lambda _p, name, _k: str(tmp_path / name)))
    assert not window.panel.print.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert window.told() == "已存为 台账.pdf"
    assert "石牌镇台账之2" in words_in(tmp_path / "台账.pdf")


def test_a_word_paper_is_shown_through_libreoffice(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianxin.ui.printing.find_program", lambda _env: find_program(os.environ))
    marked: list[int] = []
    written = show_paper(window, ("台账.docx", blocks_docx(paper(2))), tmp_path, Marking(marked.append))
    assert written == tmp_path / "台账.docx"
    qtbot.waitUntil(lambda: bool(window.findChildren(PreviewWindow)), timeout=60_000)
    (shown,) = window.findChildren(PreviewWindow)
    assert shown.words() == "第1页 共2页"
    shown.printed.emit(2)
    assert marked == [2]


def test_without_libreoffice_the_office_program_shows_it_and_the_clerk_says_it_was_printed(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.fileName()) or True)
    marked: list[int] = []
    show_paper(window, ("台账.docx", blocks_docx(paper(1))), tmp_path, Marking(marked.append))
    assert opened == ["台账.docx"]
    assert window.status.quiet.words() == "已打开“台账.docx”，看过后打印"
    assert not window.findChildren(PreviewWindow)


def test_a_number_is_offered_beside_the_preview_and_refused_when_it_is_none(qtbot: QtBot) -> None:
    given: list[str] = []

    def take(number: str) -> None:
        if "号" not in number:
            raise NumberRefused(f"“{number}”不是发文字号")
        given.append(number)

    row = NumberRow(Numbering("石镇人〔2026〕3号", take, lambda: ("通知.docx", b"")))
    qtbot.addWidget(row)
    row.number.setText("第三")
    row.take()
    assert not given and "不是发文字号" in row.wrong.text()
    row.number.setText("石镇人〔2026〕5号")
    with qtbot.waitSignal(row.taken):
        row.take()
    assert given == ["石镇人〔2026〕5号"]
