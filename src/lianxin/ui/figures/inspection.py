"""迎检目录 from the window: asks for a place, lays the year out beside the window, opens the folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from lianxin.documents.office_program import (
    ConvertingStopped,
    NotConverted,
    Waiting,
    find_program,
    pdfs_of,
)
from lianxin.documents.pdf.pages import NotAPdf, PdfPages
from lianxin.office.desk import Desk as Office
from lianxin.office.papers.inspection_folder import (
    CountPages,
    Filed,
    InspectionStopped,
    lay_out_inspection,
    not_counted,
)
from lianxin.store.files import why_not
from lianxin.ui.asking.files import ask_folder as ask_for_folder
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk

AskFolder = Callable[[QWidget], str]
_LONGEST_COUNT = 600
"""Seconds for all papers of a year on an old computer."""


def start_inspection(
    desk: Desk, office: Office, year: int, folder: Path, *, owner: QObject, counting: bool = False
) -> None:
    """Lays out a year below a folder; progress and 停止 as for any long work. `counting` tells pages as they print."""

    if not desk.paper_out(f"{year}年迎检材料"):
        return

    def work(progress: Progress, cancel: Cancel) -> Filed | InspectionStopped:
        try:
            return lay_out_inspection(
                office, period=str(year), to=folder, count_pages=page_counter(cancel) if counting else not_counted,
                progress=progress, cancel=cancel,
            )  # fmt: skip
        except InspectionStopped as stopped:
            return stopped

    def done(filed: Filed | InspectionStopped) -> None:
        if isinstance(filed, InspectionStopped):
            desk.tell(filed.message)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(filed.folder)))
        desk.tell(filed.words())

    def failed(wrong: Exception) -> None:
        if not isinstance(wrong, OSError):
            raise wrong
        what = f"迎检材料没有写完：{why_not(wrong)}。"
        desk.problem(Problem(what=what, now="请换一个能写入的位置再试。", code="U530"))

    desk.jobs.start(work, title=f"整理{year}年迎检材料", done=done, failed=failed, owner=owner)


def page_counter(cancel: Cancel) -> CountPages:
    """Tells pages by laying a paper out with LibreOffice; None for what it cannot, and where there is none."""
    program = find_program(os.environ)

    def count(papers: Sequence[tuple[bytes, str]]) -> Sequence[int | None]:
        if program is None:
            return not_counted(papers)
        try:
            made = pdfs_of(program, papers, Waiting(cancel, seconds=_LONGEST_COUNT))
            return [PdfPages(pdf).count for pdf in made]
        except (NotConverted, ConvertingStopped, NotAPdf):
            return not_counted(papers)

    return count


def ask_folder(parent: QWidget) -> str:
    """Where the folders are laid; "" for nowhere."""
    return ask_for_folder(parent, "迎检材料放在哪里")
