"""空白工作簿: written into a folder or onto a stick, for townships without the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from lianxin.county.behalf.blank_workbook import LABEL, blank_workbook
from lianxin.domain.periods import Period
from lianxin.office.beside import write_beside
from lianxin.office.desk import Desk
from lianxin.office.paperwork.paper import Asked
from lianxin.store.files import why_not
from lianxin.ui.asking.files import ask_folder
from lianxin.ui.failures import Problem
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pieces import button

_HINT = "给不用本程序的乡镇：每月填好报来，在“接收报送”里代录"
AskFolder = Callable[[QWidget, str], str]


def blank_button(window: Window, office: Desk, *, folder_asked: AskFolder = ask_folder) -> QPushButton:
    """The button that hands out the blank workbook of the running month."""

    def write() -> None:
        folder = folder_asked(made, "空白工作簿存到哪里（U盘或文件夹）")
        if folder:
            _write(window, office, Path(folder))

    made = button("空白工作簿…", act=write, hint=_HINT)
    return made


def _write(window: Window, office: Desk, folder: Path) -> None:
    period = Period.containing(office.today(), cutoff=office.profile.cutoff_day.value)
    with office.store.reading() as reading:
        content = blank_workbook(Asked(office, reading, None, period))
    try:
        written = write_beside(folder / f"{LABEL}_{period.label}.xlsx", content)
    except OSError as wrong:
        window.problem(
            Problem(
                what=f"空白工作簿没有写出来：{why_not(wrong)}。",
                now="请看一看这个文件夹能不能写入，换一个再试。",
                code="U331",
            )
        )
        return
    window.tell(f"空白工作簿已写到 {written}，发给乡镇填写。")
