"""Grabs the window with made-up pages into pictures: python -m tests.ui.gallery FOLDER [SCALE]."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from lianxin.ui.failures import Problem, ProblemDialog
from lianxin.ui.shell import MainWindow
from lianxin.ui.theme import make_application
from tests.ui.made_up import MadeUpSearch, OpinionsPage, ReceptionPage, entries, now


def grab(application: QApplication, folder: Path) -> None:
    """Take every picture."""
    ratio = application.primaryScreen().devicePixelRatio()
    window = MainWindow(entries(), office="石牌镇人大", search=MadeUpSearch(), clock=now)
    window.setMinimumSize(0, 0)
    window.resize(round(1366 / ratio), round(768 / ratio))
    window.saved()
    window.status.set_note("今日备份 08:02")
    window.status.set_right("上次报送：2026年10月（县人大已接收）")
    window.show()
    for key in ("home", "opinions", "reception", "deputies"):
        window.go(key)
        page = window.page(key)
        if isinstance(page, OpinionsPage):
            page.list.select("k000001")
            window.tell("已改派镇水务站", window.show_help)
        if isinstance(page, ReceptionPage):
            page.contact.show_problems(page.contact.problems())
        application.processEvents()
        window.grab().save(str(folder / f"{key}.png"))
    window.show_help()
    window.headline.search.setFocus()
    window.headline.search.setText("l")
    window.headline.search.search_now()
    application.processEvents()
    window.grab().save(str(folder / "search.png"))
    problem = Problem("报送件没有写到U盘上。", now="U盘已满。请换一个U盘再试。", code="D210")
    dialog = ProblemDialog(problem, window)
    dialog.show()
    application.processEvents()
    dialog.grab().save(str(folder / "problem.png"))


def main() -> None:
    """Make the application and take the pictures."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    scale = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    grab(make_application(["gallery"], scale=scale), folder)


if __name__ == "__main__":
    main()
