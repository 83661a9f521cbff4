"""Papers: written as Word files and opened, so that what prints is seen first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from lianxin.office.paper import PapersProblem
from lianxin.office.visit_papers import write_paper
from lianxin.store.files import why_not
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk

FOLDER = "连心文书"
"""Below 文档: where papers are written that the clerk prints."""


def paper_folder() -> Path:
    """The person's own document folder."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) / FOLDER


def show_paper(desk: Desk, paper: tuple[str, bytes], folder: Path) -> Path | None:
    """Write a paper and open it with the computer's word processor; says where it is, or why it is not."""
    name, content = paper
    try:
        written = write_paper(folder, name, content)
    except OSError as wrong:
        desk.problem(
            Problem(
                what=f"“{name}”没有写出来：{why_not(wrong)}。",
                now=f"请关闭已打开的同名文件，或看一看 {folder} 能不能写入，再试一次。",
                code="U330",
            )
        )
        return None
    opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(written.path)))
    also = "；原文件正打开着，另存了一份" if written.instead else ""
    told = f"已打开“{written.path.name}”，看过后打印" if opened else f"已写好：{written.path}"
    desk.tell(told + also)
    return written.path


def paper_problem(desk: Desk, wrong: PapersProblem) -> None:
    """Tell why a paper cannot be made."""
    desk.problem(Problem(what=str(wrong)))


def print_beside(
    desk: Desk, title: str, make: Callable[[], tuple[str, bytes]], folder: Path, *, owner: QObject
) -> None:
    """Make a paper beside the window, for it takes longer than a blink, then show it as `show_paper` does."""

    def work(_progress: Progress, _cancel: Cancel) -> tuple[str, bytes]:
        return make()

    def done(paper: tuple[str, bytes]) -> None:
        show_paper(desk, paper, folder)

    def failed(wrong: Exception) -> None:
        if not isinstance(wrong, PapersProblem):
            raise wrong
        paper_problem(desk, wrong)

    desk.jobs.start(work, title=title, done=done, failed=failed, owner=owner)
