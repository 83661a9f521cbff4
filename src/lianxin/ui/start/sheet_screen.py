"""The recovery sheet on screen: looked at, printed or saved, and said to be put away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from lianxin.ui.asking.files import ask_save
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.start.recovery_sheet import SheetFacts, SheetView, print_on, save_pdf
from lianxin.ui.start.screens import Screen
from lianxin.ui.theme import px


class SheetBox(QWidget):
    """The sheet with 打印 and 另存为 PDF, and the box to tick when it is in its envelope."""

    def __init__(self, facts: SheetFacts) -> None:
        super().__init__()
        self._facts = facts
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(10))
        box.addWidget(SheetView(facts))
        line = QHBoxLayout()
        line.setSpacing(px(10))
        self.printing = button("打印…", act=self._print)
        self.saving = button("另存为 PDF…", act=self._save, hint="请存到U盘，不要留在这台电脑上")
        self.outcome = label("", "soft", wrap=True)
        line.addWidget(self.printing)
        line.addWidget(self.saving)
        line.addWidget(self.outcome, 1)
        box.addLayout(line)
        self.kept = QCheckBox("已经打印（或抄写）好，装进信封封存")
        box.addWidget(self.kept)

    def save_to(self, path: Path) -> None:
        """Save the sheet as a PDF and say so."""
        if save_pdf(path, self._facts):
            self.outcome.setText(f"已存为 {path}。打印后请删除这个文件。")
        else:
            self.outcome.setText(f"没有存成：{path} 写不进去。请换一个文件夹或U盘。")

    def _save(self) -> None:
        name = ask_save(self, "另存为 PDF", "恢复单.pdf", "PDF (*.pdf)")
        if name:
            self.save_to(Path(name))

    def _print(self) -> None:
        # Loaded here: looking for printers takes a moment, and most days nobody prints this.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        if not QPrinterInfo.availablePrinterNames():
            self.outcome.setText("这台电脑没有打印机。请另存为 PDF 拿到别处打印，或照着抄写一份。")
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            print_on(printer, self._facts)
            self.outcome.setText("已送往打印机。")


class SheetScreen(Screen):
    """Shown once at set-up: `kept()` is called when the box was ticked and the person goes on."""

    def __init__(self, facts: SheetFacts, *, kept: Callable[[], None], later: Callable[[], None]) -> None:
        super().__init__(
            "请打印恢复单",
            "这是忘记口令时打开数据的唯一办法，只显示这一次。程序不保存恢复码。",
            width=720,
        )
        self.box = SheetBox(facts)
        self.card.add(self.box)
        self.next = button("进入连心", "main", act=kept)
        self.next.setEnabled(False)
        self.later = button(
            "以后再打印", "link", act=later, hint="现在这张作废；在“设置与备份”里可以另做一张"
        )
        self.box.kept.toggled.connect(self.next.setEnabled)
        self.foot.addWidget(self.next)
        self.foot.addStretch(1)
        self.foot.addWidget(self.later)
        self.finish()

    def focus_first(self) -> None:
        self.box.printing.setFocus()
