"""Several records as one print job: in the order of their numbers, stopped, and without LibreOffice."""

from __future__ import annotations

import os
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from lianxin.documents.office_program import find_program
from lianxin.documents.pdf.blocks_pdf import blocks_pdf
from lianxin.documents.word.blocks import BlockPaper, Text
from lianxin.domain.records import Contact
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.office.paperwork.print_marks import mark_words, marks_of
from lianxin.office.records import new_uid, save_record
from lianxin.ui.batch_printing import print_batch
from lianxin.ui.jobs import Job
from lianxin.ui.preview.preview_window import PreviewWindow
from lianxin.ui.reception import ContactsPage
from lianxin.ui.shell import MainWindow
from tests.office.township import Township
from tests.ui.clerk import Clerk, page_of


def visits(town: Township, count: int) -> list[str]:
    """Visits registered one after another, the latest day first, so that list and numbers run against each other."""
    made = []
    for place in range(count):
        contact = Contact(
            uid=new_uid(town.desk),
            channel="visit",
            day=town.desk.today() - timedelta(days=place),
            words=f"反映第{place + 1}件事",
        )
        made.append(save_record(town.desk, contact).record.uid)
    return made


def choose_all(qtbot: QtBot, window: MainWindow, count: int) -> tuple[ContactsPage, Clerk]:
    page = page_of(window, "contacts", ContactsPage)
    qtbot.waitUntil(lambda: page.list.shown_count() == count)
    page.list.setFocus()
    page.list.view.selectAll()
    return page, Clerk(qtbot, window)


def words_in(path: Path) -> str:
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout


def test_marked_visits_become_one_job_in_the_order_of_their_numbers(
    qtbot: QtBot, window: MainWindow, town: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianxin.ui.batch_printing.find_program", lambda _env: find_program(os.environ))
    uids = visits(town, 3)
    _, clerk = choose_all(qtbot, window, 3)
    clerk.press(Qt.Key.Key_P, held=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(window.findChildren(PreviewWindow)), timeout=60_000)
    (shown,) = window.findChildren(PreviewWindow)
    assert shown.words() == "第1页 共3页"
    told = words_in(town.folder / "papers" / "接待登记表_3份.pdf")
    places = [told.index(f"JF000{number}") for number in (1, 2, 3)]
    assert places == sorted(places)
    assert told.count("第1页 共3页") + told.count("第 1 页 共 3 页") == 0
    shown.printed.emit(1)
    with town.desk.store.reading() as reading:
        marks = marks_of(reading, Contact.KIND, uids)
    assert [mark_words(mark) for mark in marks] == ["接待登记表：已打印 11月20日"] * 3


def test_without_libreoffice_they_lie_in_a_folder_in_their_order(
    qtbot: QtBot, window: MainWindow, town: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("lianxin.ui.batch_printing.find_program", lambda _env: None)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.fileName()) or True)
    visits(town, 3)
    _, clerk = choose_all(qtbot, window, 3)
    clerk.press(Qt.Key.Key_P, held=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: opened == ["接待登记表_3份"])
    names = sorted(each.name for each in (town.folder / "papers" / "接待登记表_3份").iterdir())
    assert [name[:14] for name in names] == [
        "01_接待登记表_43990",
        "02_接待登记表_43990",
        "03_接待登记表_43990",
    ]
    assert [name[-11:-5] for name in names] == ["JF0001", "JF0002", "JF0003"]


def test_a_batch_can_be_stopped_and_leaves_nothing(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    content = blocks_pdf(BlockPaper((Text("修路"),), "文书", "石牌镇人大"))
    asked: list[int] = []
    started: list[Job] = []
    window.jobs.started.connect(started.append)

    def make() -> tuple[str, bytes]:
        asked.append(1)
        started[0].cancel()
        return "文书.pdf", content

    print_batch(window, "一批", [make] * 5, tmp_path, owner=window)
    qtbot.waitUntil(lambda: window.status.quiet.words().startswith("已停止"))
    assert len(asked) == 1
    assert list(tmp_path.glob("**/*.pdf")) == []


def test_one_that_cannot_be_made_is_told(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(window, "problem", lambda problem: told.append(problem.what))

    def make() -> tuple[str, bytes]:
        raise PapersProblem("没有找到这件意见，没有生成文件")

    print_batch(window, "一批", [make, make], tmp_path, owner=window)
    qtbot.waitUntil(lambda: told == ["没有找到这件意见，没有生成文件"])
