"""附件 as a clerk uses them: one drag in order, by keys, looked at, taken off with a way back, refused in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Contact, Opinion
from lianxin.office.access.access_log import access_notes
from lianxin.office.attachable import PhotoChoices
from lianxin.office.attaching import attach, attachments_of, content_of, photo_choices
from lianxin.office.desk import Desk
from lianxin.office.reception import days as reception
from lianxin.store.blobs import blobs_of
from lianxin.ui.attachments import AttachmentStrip
from lianxin.ui.attachments.strip import _sure
from lianxin.ui.editors import LinesBox
from lianxin.ui.failures import Problem
from lianxin.ui.opinions import OpinionsPage
from lianxin.ui.pages import PageEntry
from lianxin.ui.reception import ContactsPage, ReceptionPage
from lianxin.ui.shell import MainWindow
from tests.documents.test_photos import photo, picture
from tests.office.township import Township, new_township
from tests.ui.clerk import Clerk, open_window, page_of
from tests.ui.small_office import NOW, matter, small_office, window_with

SHEETS = 25


def dropped(files: Sequence[Path], onto: QWidget) -> bool:
    """Drop files on a widget, in an order as a file window gives it; whether the drag was welcome."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    left, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, carried, left, none)
    QApplication.sendEvent(onto, enter)
    if enter.isAccepted():
        QApplication.sendEvent(onto, QDropEvent(QPointF(5, 5), copy, carried, left, none))
    return enter.isAccepted()


class Shown:
    """The page with one matter chosen, what was looked at, what went wrong."""

    def __init__(
        self, qtbot: QtBot, office: Desk, monkeypatch: pytest.MonkeyPatch, looked_at: list[Path]
    ) -> None:
        self.qtbot, self.office, self.looked_at = qtbot, office, looked_at
        self.problems: list[Problem] = []
        self.opinion = matter(office, NOW.date())
        self.window = window_with(
            office, PageEntry("opinions", "意见建议办理", self._page, kinds=("opinion",))
        )
        monkeypatch.setattr(self.window, "problem", self.problems.append)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.window.go("opinions")
        self.window.open_record("opinion", self.opinion)
        qtbot.waitUntil(lambda: self.page.shown_uid() == self.opinion, timeout=10_000)
        self.settle()

    def _page(self, window: object) -> OpinionsPage:
        assert isinstance(window, MainWindow)
        return OpinionsPage(window, self.office)

    @property
    def page(self) -> OpinionsPage:
        page = self.window.page("opinions")
        assert isinstance(page, OpinionsPage)
        return page

    @property
    def strip(self) -> AttachmentStrip:
        return self.page.detail.attachments

    def settle(self) -> None:
        """Wait until nothing is under way and everybody was told."""
        self.window.hub.flush()
        self.qtbot.waitUntil(
            lambda: not self.window.jobs.busy() and not self.window.reads.busy(), timeout=20_000
        )
        self.window.hub.flush()
        self.qtbot.waitUntil(lambda: not self.window.reads.busy(), timeout=20_000)

    def drag(self, files: Sequence[Path], onto: QWidget) -> bool:
        """Drop files on a widget and wait; whether the drag was welcome."""
        welcome = dropped(files, onto)
        self.settle()
        return welcome

    def told(self) -> str:
        return self.window.status.quiet.words()

    def stored(self) -> list[str | None]:
        with self.office.store.reading() as reading:
            return [each.name for each in attachments_of(reading, [self.opinion])]


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shown]:
    looked_at: list[Path] = []

    def look_at(copy: Path) -> bool:
        looked_at.append(copy)
        return True

    monkeypatch.setattr("lianxin.ui.attachments.strip._look_at", look_at)
    made = Shown(qtbot, small_office(tmp_path), monkeypatch, looked_at)
    yield made
    made.window.close()


def sheets(folder: Path, count: int) -> list[Path]:
    """Photographed sheets, each with a place in it, handed over as a file window does: 1, 10, 11 …"""
    files = []
    for number in range(1, count + 1):
        page = picture(300, 400)
        page.paste((number * 9, 40, 90), (10, 10, 200, 200))
        file = folder / f"登记表_{number}.jpg"
        file.write_bytes(photo(page))
        files.append(file)
    return sorted(files)


def test_twenty_five_sheets_by_one_drag_onto_the_matter(shown: Shown, tmp_path: Path) -> None:
    files = sheets(tmp_path, SHEETS)
    assert shown.drag(files, shown.page.detail)
    wanted = [f"登记表_{number}.jpg" for number in range(1, SHEETS + 1)]
    assert shown.stored() == wanted
    assert shown.strip.names() == wanted[:6] and "25 个" in shown.strip.words()
    assert shown.told().startswith("已添加附件25个") and "去掉拍摄位置25张" in shown.told()
    shown.strip._more.click()
    assert shown.strip.names() == wanted
    shown.settle()
    assert all(not tile.face.icon().isNull() for tile in shown.strip.tiles)


def test_one_undo_takes_the_whole_drag_back(shown: Shown, tmp_path: Path) -> None:
    shown.drag(sheets(tmp_path, 3), shown.strip)
    Clerk(shown.qtbot, shown.window).undo()
    shown.settle()
    assert shown.stored() == [] and shown.strip.names() == []
    assert "拖到这里" in shown.strip.words()


def test_a_folder_stands_for_its_files(shown: Shown, tmp_path: Path) -> None:
    folder = tmp_path / "照片"
    folder.mkdir()
    sheets(folder, 2)
    assert shown.drag([folder], shown.strip)
    assert shown.stored() == ["登记表_1.jpg", "登记表_2.jpg"]


def test_words_dragged_from_elsewhere_are_not_welcome(shown: Shown) -> None:
    assert not shown.drag([], shown.strip)
    assert shown.stored() == []


def test_by_keys_looked_at_and_taken_off_with_a_way_back(shown: Shown, tmp_path: Path) -> None:
    shown.drag(sheets(tmp_path, 2), shown.strip)
    first = shown.strip.tiles[0].face
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Return)
    (copy,) = shown.looked_at
    with shown.office.store.reading() as reading:
        kept = attachments_of(reading, [shown.opinion])[0]
    assert copy.name == "登记表_1.jpg" and copy.read_bytes() == content_of(shown.office, kept)
    assert "只供查看" in shown.told()
    QTest.keyClick(first, Qt.Key.Key_Delete)
    shown.settle()
    assert shown.stored() == ["登记表_2.jpg"] and shown.told() == "已移除附件“登记表_1.jpg”"
    Clerk(shown.qtbot, shown.window).undo()
    shown.settle()
    assert shown.stored() == ["登记表_1.jpg", "登记表_2.jpg"]


def test_bad_files_are_said_in_words_and_the_rest_goes_on(shown: Shown, tmp_path: Path) -> None:
    program = tmp_path / "程序.jpg"
    program.write_bytes(b"MZ" + bytes(50))
    shown.drag([program, *sheets(tmp_path, 1)], shown.strip)
    assert shown.stored() == ["登记表_1.jpg"]
    (problem,) = shown.problems
    assert problem.what == "“程序.jpg”没有添加：是程序，不能作附件。" and "其余1个已经添加" in problem.safe


def test_a_file_that_is_gone_from_the_disk_is_said(shown: Shown, tmp_path: Path) -> None:
    shown.drag(sheets(tmp_path, 1), shown.strip)
    digest = shown.strip.tiles[0].attachment.digest
    assert digest is not None
    blobs_of(shown.office.store).destroy(digest)
    shown.strip.tiles[0].face.click()
    (problem,) = shown.problems
    assert "没有找到加密文件" in problem.what and problem.code == "D160"
    assert shown.looked_at == []


def test_the_choices_for_photos_are_ticked_and_remembered(shown: Shown) -> None:
    shrink, place = shown.strip._menu.actions()
    assert shrink.isChecked() and place.isChecked()
    shrink.trigger()
    assert photo_choices(shown.office) == PhotoChoices(shrink=False, forget_place=True)


def test_what_belongs_to_the_visit_is_seen_at_its_matter(shown: Shown, tmp_path: Path) -> None:
    with shown.office.store.reading() as reading:
        opinion = reading.get(Opinion, shown.opinion)
    assert opinion is not None and opinion.contact is not None
    attach(shown.office, kind=Contact.KIND, uid=opinion.contact, files=sheets(tmp_path, 1))
    shown.window.hub.tell({"attachment"})
    shown.settle()
    (tile,) = shown.strip.tiles
    assert "来访登记" in tile.face.toolTip() and tile.attachment.owner == opinion.contact


def test_marked_as_not_personal_is_looked_at_without_a_line_in_the_log(shown: Shown, tmp_path: Path) -> None:
    shown.drag(sheets(tmp_path, 1), shown.strip)
    shown.strip.tiles[0].personal_told.emit(False)
    shown.settle()
    assert "不含个人信息" in shown.told()
    shown.strip.tiles[0].face.click()
    with shown.office.store.reading() as reading:
        noted = access_notes(reading)
    assert len(shown.looked_at) == 1 and noted == []


@pytest.mark.parametrize("sure", [True, False])
def test_erased_only_after_a_yes_and_then_for_good(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sure: bool
) -> None:
    asked: list[str] = []

    def answer(_parent: QWidget, name: str) -> bool:
        asked.append(name)
        return sure

    monkeypatch.setattr("lianxin.ui.attachments.strip._sure", answer)
    shown.drag(sheets(tmp_path, 1), shown.strip)
    digest = shown.strip.tiles[0].attachment.digest
    assert digest is not None
    shown.strip.tiles[0].erasing.emit()
    shown.settle()
    assert asked == ["登记表_1.jpg"]
    assert blobs_of(shown.office.store).holds(digest) is not sure
    assert shown.strip.names() == ([] if sure else ["登记表_1.jpg"])


def test_the_question_before_erasing_can_be_answered_by_keys(qtbot: QtBot, shown: Shown) -> None:
    def cancel() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox) and "不能撤销" in box.informativeText()
        QTest.keyClick(box, Qt.Key.Key_Escape)

    QTimer.singleShot(0, cancel)
    assert _sure(shown.strip, "a.jpg") is False


# ---- on the reception day and at a visit


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    yield made
    made.desk.store.close()


@pytest.fixture
def day(town: Township) -> str:
    made, _ = reception.make_day(town.desk, day=date(2026, 11, 20))
    with town.desk.store.writing(reason="准备") as writing:
        writing.put(
            Contact(uid="c", channel="reception_day", day=made.day, words="断水", reception_day=made.uid)
        )
    return made.uid


@pytest.fixture
def window(qtbot: QtBot, town: Township, day: str) -> Iterator[MainWindow]:
    made = open_window(qtbot, town)
    yield made
    made.close()


def names_of(town: Township, owner: str) -> list[str | None]:
    with town.desk.store.reading() as reading:
        return [each.name for each in attachments_of(reading, [owner])]


def test_sheets_dropped_on_the_reception_day_are_kept_with_that_day(
    qtbot: QtBot, town: Township, day: str, window: MainWindow
) -> None:
    page = page_of(window, "reception", ReceptionPage)
    assert dropped(sheets(town.folder, SHEETS), page)
    wanted = [f"登记表_{number}.jpg" for number in range(1, SHEETS + 1)]
    qtbot.waitUntil(lambda: names_of(town, day) == wanted, timeout=20_000)
    qtbot.waitUntil(lambda: "25 个" in page.sheets.words(), timeout=10_000)
    assert page.sheets.names() == [], "one line until somebody wants to look"


def test_files_dropped_on_a_field_of_the_form_are_attached_and_are_no_text(
    qtbot: QtBot, town: Township, day: str, window: MainWindow
) -> None:
    page = page_of(window, "reception", ReceptionPage)
    box = page.panel.findChild(LinesBox)
    assert box is not None
    assert dropped(sheets(town.folder, 1), box.viewport())
    qtbot.waitUntil(lambda: names_of(town, day) == ["登记表_1.jpg"], timeout=20_000)
    assert box.toPlainText() == ""


def test_a_file_dropped_on_a_visit_is_kept_with_that_visit(
    qtbot: QtBot, town: Township, window: MainWindow
) -> None:
    page = page_of(window, "contacts", ContactsPage)
    page.open_record("contact", "c")
    assert dropped(sheets(town.folder, 1), page.facts)
    qtbot.waitUntil(lambda: names_of(town, "c") == ["登记表_1.jpg"], timeout=20_000)
    qtbot.waitUntil(lambda: page.facts.attachments.names() == ["登记表_1.jpg"], timeout=10_000)
