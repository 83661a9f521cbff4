"""Papers: written as files, then shown as they print: in the window's own preview or by the office program."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from lianxin.documents.office_program import (
    CONVERTIBLE,
    ConvertingStopped,
    NotConverted,
    Waiting,
    find_program,
    pdf_of,
)
from lianxin.documents.pdf.pages import NotAPdf
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.office.reception.visit_papers import Written, write_paper
from lianxin.store.files import why_not
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Cancel, Progress, Stopped
from lianxin.ui.numbering import Numbering, NumberRow
from lianxin.ui.pages import Desk
from lianxin.ui.preview.preview_window import PreviewWindow, Shown

FOLDER = "连心文书"
"""Below 文档: where papers are written that the clerk prints."""
_ALSO = "；原文件正打开着，另存了一份"


@dataclass(frozen=True)
class Marking:
    """What is done once a paper was printed, so many copies of it; `words` stand on the button that says so by hand."""

    mark: Callable[[int], None]
    words: str = "记为已打印"


@dataclass(frozen=True)
class _Pages:
    """A document, the pages it prints as, and the papers it was put together of."""

    content: bytes
    pdf: bytes
    made_of: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class _Numbered:
    """The offer of a number, and where the paper is written anew once it was taken."""

    numbering: Numbering | None
    folder: Path


def paper_folder() -> Path:
    """The person's own document folder."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) / FOLDER


def show_paper(
    desk: Desk,
    paper: tuple[str, bytes],
    folder: Path,
    marking: Marking | None = None,
    numbering: Numbering | None = None,
    *,
    personal: bool = True,
    made_of: Sequence[bytes] = (),
) -> Path | None:
    """Write a paper and show it as it prints; says where it is, or why it is not.

    It is noted in 查看记录 first, unless `personal` says that nobody's personal data can stand in it.

    A PDF is shown at once. Word and Excel are shown here where LibreOffice can make a PDF of them, otherwise by the
    office program of the computer. With `numbering` the preview offers a 发文字号; `made_of` are the papers put together
    in it.
    """
    name, content = paper
    if personal and not desk.paper_out(name):
        return None
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
    ending = written.path.suffix
    if ending == ".pdf":
        _preview(desk, written, _Pages(content, content, tuple(made_of)), marking)
    elif ending in CONVERTIBLE and (program := find_program(os.environ)):
        _convert(desk, written, content, program, marking, _Numbered(numbering, folder))
    else:
        _open(desk, written, marking)
    return written.path


def _open(desk: Desk, written: Written, marking: Marking | None) -> None:
    """The office program shows it, and prints it; only a person can say that it was printed."""
    opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(written.path)))
    told = f"已打开“{written.path.name}”，看过后打印" if opened else f"已写好：{written.path}"
    told += _ALSO if written.instead else ""
    if marking is None:
        desk.tell(told)
    else:
        desk.tell(told, partial(marking.mark, 1), action=marking.words)


def _convert(
    desk: Desk,
    written: Written,
    content: bytes,
    program: Path,
    marking: Marking | None,
    numbered: _Numbered,
) -> None:
    def work(_progress: Progress, cancel: Cancel) -> bytes:
        try:
            return pdf_of(program, content, written.path.suffix, Waiting(cancel))
        except ConvertingStopped as stopped:
            raise Stopped from stopped

    def failed(wrong: Exception) -> None:
        if not isinstance(wrong, NotConverted):
            raise wrong
        _open(desk, written, marking)

    desk.jobs.start(
        work,
        title=f"正在准备预览“{written.path.stem}”",
        done=lambda pdf: _preview(desk, written, _Pages(content, pdf), marking, numbered),
        failed=failed,
        stopped=lambda: desk.tell(f"没有预览，文件已写好：{written.path}"),
        owner=desk if isinstance(desk, QObject) else None,
    )


def _preview(
    desk: Desk,
    written: Written,
    pages: _Pages,
    marking: Marking | None,
    numbered: _Numbered | None = None,
) -> None:
    numbering = numbered.numbering if numbered is not None else None
    row = NumberRow(numbering) if numbering is not None else None
    shown = Shown(written.path.name, pages.content, pages.pdf, pages.made_of)
    try:
        window = PreviewWindow(shown, desk if isinstance(desk, QWidget) else None, above=row)
    except NotAPdf:
        _open(desk, written, marking)
        return
    if row is not None and numbering is not None and numbered is not None:
        again, folder = numbering.again, numbered.folder

        def anew() -> None:
            window.reject()
            # The same paper with its number: noted already.
            show_paper(desk, again(), folder, marking, personal=False)

        row.taken.connect(anew)
    window.open_wanted.connect(lambda: _open(desk, written, marking))
    if marking is not None:
        window.printed.connect(marking.mark)
    if written.instead:
        desk.tell(f"已写好“{written.path.name}”{_ALSO}")
    window.show()


def paper_problem(desk: Desk, wrong: PapersProblem) -> None:
    """Tell why a paper cannot be made."""
    desk.problem(Problem(what=str(wrong)))


def print_beside(
    desk: Desk,
    title: str,
    make: Callable[[], tuple[str, bytes]],
    folder: Path,
    *,
    owner: QObject,
    marking: Marking | None = None,
    numbering: Numbering | None = None,
    personal: bool = True,
) -> None:
    """Make a paper beside the window, for it takes longer than a blink, then show it as `show_paper` does."""

    def work(_progress: Progress, _cancel: Cancel) -> tuple[str, bytes]:
        return make()

    def done(paper: tuple[str, bytes]) -> None:
        show_paper(desk, paper, folder, marking, numbering, personal=personal)

    def failed(wrong: Exception) -> None:
        if not isinstance(wrong, PapersProblem):
            raise wrong
        paper_problem(desk, wrong)

    desk.jobs.start(work, title=title, done=done, failed=failed, owner=owner)
