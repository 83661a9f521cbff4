"""Many papers as one print job, in the order given, made beside the window with progress and 停止."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from lianxin.documents.office_program import (
    ConvertingStopped,
    NotConverted,
    Waiting,
    find_program,
    pdfs_of,
)
from lianxin.documents.pdf.pages import NotAPdf, joined
from lianxin.office.paperwork.paper import NoSuchMatter, PapersProblem
from lianxin.office.reception.visit_papers import write_paper
from lianxin.store.files import why_not
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Cancel, Progress, Stopped
from lianxin.ui.pages import Desk
from lianxin.ui.printing import Marking, show_paper

Make = Callable[[], tuple[str, bytes]]
"""Makes one paper: file name and content. Raises PapersProblem or NoSuchMatter."""
_SECONDS_EACH = 5


@dataclass(frozen=True)
class _Made:
    papers: tuple[tuple[str, bytes], ...]
    whole: bytes | None


def print_batch(
    desk: Desk,
    name: str,
    makes: Sequence[Make],
    folder: Path,
    *,
    owner: QObject,
    marking: Marking | None = None,
) -> None:
    """Make the papers and show them as one; each keeps its own 第×页 共×页.

    Where no LibreOffice can join Word papers they are written one by one into a folder, numbered in their order.
    """

    def work(progress: Progress, cancel: Cancel) -> _Made:
        papers: list[tuple[str, bytes]] = []
        for place, make in enumerate(makes):
            if cancel():
                raise Stopped
            progress(place, 2 * len(makes), "")
            papers.append(make())
        return _Made(tuple(papers), _joined(papers, progress, cancel))

    def done(made: _Made) -> None:
        if made.whole is not None:
            made_of = [content for _, content in made.papers]
            show_paper(desk, (f"{name}.pdf", made.whole), folder, marking, made_of=made_of)
        else:
            _lay_down(desk, folder / name, made.papers, marking)

    def failed(wrong: Exception) -> None:
        if not isinstance(wrong, PapersProblem | NoSuchMatter):
            raise wrong
        desk.problem(Problem(what=str(wrong)))

    desk.jobs.start(
        work,
        title=f"正在准备{len(makes)}份文书",
        done=done,
        failed=failed,
        stopped=lambda: desk.tell("已停止，没有打印，也没有留下文件"),
        owner=owner,
    )


def _joined(papers: Sequence[tuple[str, bytes]], progress: Progress, cancel: Cancel) -> bytes | None:
    """All papers as one PDF; None where this computer cannot make one."""
    program = find_program(os.environ)
    waiting = Waiting(cancel, seconds=60 + _SECONDS_EACH * len(papers))
    others = [(content, Path(name).suffix) for name, content in papers if not name.endswith(".pdf")]
    if others and program is None:
        return None
    try:
        made = iter(
            pdfs_of(program, others, waiting, lambda n, all_: progress(all_ + n, 2 * all_, ""))
            if program is not None and others
            else ()
        )
        return joined([content if name.endswith(".pdf") else next(made) for name, content in papers])
    except ConvertingStopped as stopped:
        raise Stopped from stopped
    except (NotConverted, NotAPdf):
        return None


def _lay_down(desk: Desk, folder: Path, papers: Sequence[tuple[str, bytes]], marking: Marking | None) -> None:
    if not desk.paper_out(f"{folder.name}（{len(papers)}份）"):
        return
    try:
        for place, (name, content) in enumerate(papers, 1):
            write_paper(folder, f"{place:02d}_{name}", content)
    except OSError as wrong:
        desk.problem(
            Problem(what=f"没有全部写出来：{why_not(wrong)}。", now=f"请看一看 {folder}。", code="U332")
        )
        return
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
    told = f"{len(papers)}份按编号顺序写在“{folder.name}”里；全选后右键“打印”"
    if marking is None:
        desk.tell(told)
    else:
        desk.tell(told, lambda: marking.mark(1), action=marking.words)
