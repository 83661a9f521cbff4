"""导入 as a clerk uses it: a year's ledger is looked at, corrected, taken in with one key and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Contact
from lianxin.installed import samples_dir
from lianxin.ui.importing import ImportPage
from lianxin.ui.jobs import Job
from lianxin.ui.pages import PageEntry
from lianxin.ui.shell import MainWindow
from tests.office.township import Township, new_township
from tests.ui.made_up import MadeUpSearch

Key = Qt.Key


class Answers:
    """What the file dialogs answer."""

    def __init__(self) -> None:
        self.opened, self.saved = "", ""


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    made.clock.at(date(2025, 12, 23))
    yield made
    made.desk.store.close()


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def window(qtbot: QtBot, town: Township, answers: Answers) -> Iterator[MainWindow]:
    def page(desk: object) -> ImportPage:
        assert isinstance(desk, MainWindow)
        return ImportPage(
            desk, town.desk, ask_open=lambda _: answers.opened, ask_save=lambda _, name: answers.saved
        )

    made = MainWindow(
        [PageEntry("import", "导入", page)], office="石牌镇人大", search=MadeUpSearch(), clock=town.clock
    )
    qtbot.addWidget(made)
    made.setMinimumSize(0, 0)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.go("import")
    yield made
    made.close()


@pytest.fixture
def page(window: MainWindow) -> ImportPage:
    found = window.page("import")
    assert isinstance(found, ImportPage)
    return found


def sample(ending: str) -> str:
    (found,) = samples_dir().glob(f"*{ending}.xlsx")
    return str(found)


def main_words(window: MainWindow) -> tuple[str, bool]:
    made = window.headline.main_button()
    assert made is not None
    return made.text(), made.isEnabled()


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)


def preview(qtbot: QtBot, window: MainWindow, answers: Answers, path: str) -> None:
    answers.opened = path
    qtbot.keyClick(window, Key.Key_F2)
    settle(qtbot, window)


def visits(town: Township) -> int:
    with town.desk.store.reading() as reading:
        return reading.count(Contact)


def small(folder: Path, *rows: list[object], header: list[str]) -> str:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["石牌镇2025年接待群众台账"])
    for row in (header, *rows):
        sheet.append(row)
    path = folder / "小台账.xlsx"
    book.save(path)
    return str(path)


def test_a_year_comes_in_with_two_keys_and_goes_back_with_one_press(
    qtbot: QtBot, window: MainWindow, page: ImportPage, town: Township, answers: Answers
) -> None:
    assert main_words(window) == ("选择文件  F2", True)
    preview(qtbot, window, answers, sample("接待群众台账"))
    assert main_words(window) == ("导入129行  F2", True)
    assert "来访126批次，367人次" in page.panel.summary() and "还没有导入" in page.panel.summary()
    assert page.panel.sums.lines() == [
        f"✓ {count}批次，相符" for count in (15, 17, 10, 2, 20, 11, 6, 10, 15, 6, 6, 8)
    ]
    assert visits(town) == 0
    qtbot.keyClick(window, Key.Key_F2)
    settle(qtbot, window)
    assert visits(town) == 126 and page.panel.summary().startswith("✓ 已导入")
    assert main_words(window) == ("再导入一个  F2", True) and page.panel.undo.isVisible()
    qtbot.mouseClick(page.panel.undo, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert visits(town) == 0 and "已经撤销" in page.panel.summary()


def test_the_chips_keep_the_rows_they_name(
    qtbot: QtBot, window: MainWindow, page: ImportPage, answers: Answers
) -> None:
    preview(qtbot, window, answers, sample("接待群众台账"))
    rows = page.panel.list
    assert rows.shown_count() == 129
    rows.keep("doubtful")
    assert 0 < rows.shown_count() < 129
    rows.keep("refused")
    assert rows.face() == "empty"


def test_a_row_shows_its_cells_and_how_they_were_understood(
    qtbot: QtBot, window: MainWindow, page: ImportPage, answers: Answers, tmp_path: Path
) -> None:
    path = small(
        tmp_path, [1, 3.9, "田金玉", 1, "断水"], [2, 3.1, "彭世荣", 1, "断电"], [3, 3.11, "向光明", 1, "路坏"],
        header=["序号", "接待时间", "来访群众", "人数", "反映问题"],
    )  # fmt: skip
    preview(qtbot, window, answers, path)
    page.panel.list.setFocus()
    qtbot.keyClick(page.panel.list.view, Key.Key_Down)
    assert any("“3.1”按2025年3月10日理解" in note for note in page.panel.row.notes())


def test_a_column_is_corrected_and_the_preview_follows(
    qtbot: QtBot, window: MainWindow, page: ImportPage, answers: Answers, tmp_path: Path, town: Township
) -> None:
    path = small(
        tmp_path, [1, "3月5日", "田金玉", "路灯不亮"], header=["序号", "接待时间", "来访群众", "大家说了什么"]
    )
    preview(qtbot, window, answers, path)
    page.panel.kind.setCurrentIndex(page.panel.kind.findData("contact"))
    settle(qtbot, window)
    assert main_words(window) == ("没有要导入的行  F2", False)
    page.panel.turn_to("columns")
    combo = page.panel.columns.combo(4)
    combo.setCurrentIndex(combo.findText("反映问题"))
    settle(qtbot, window)
    assert main_words(window) == ("导入1行  F2", True)
    assert page.panel.columns.combo(4).code() == "words"
    qtbot.keyClick(window, Key.Key_F2)
    settle(qtbot, window)
    assert visits(town) == 1


def test_refused_rows_are_kept_apart_for_correcting(
    qtbot: QtBot, window: MainWindow, page: ImportPage, answers: Answers, tmp_path: Path
) -> None:
    header = ["序号", "接待时间", "来访群众", "人数", "反映问题"]
    path = small(
        tmp_path, [1, "没写清", "田金玉", 1, "断水"], [2, "3月6日", "彭世荣", 1, "断电"], header=header
    )
    preview(qtbot, window, answers, path)
    assert main_words(window)[0] == "导入1行  F2" and "未导入1行" in page.panel.summary()
    answers.saved = str(tmp_path / "改正.xlsx")
    qtbot.mouseClick(page.panel.save_refused, Qt.MouseButton.LeftButton)
    rows = list(openpyxl.load_workbook(answers.saved).worksheets[0].values)
    assert rows[2][0] == "未导入原因" and "没写清" in rows[3]
    assert "改正后可以再导入" in window.status.quiet.words()


def test_a_summary_of_reports_comes_in_but_for_what_does_not_add_up(
    qtbot: QtBot, window: MainWindow, page: ImportPage, answers: Answers
) -> None:
    preview(qtbot, window, answers, sample("述职评议测评汇总"))
    assert main_words(window) == ("导入8行  F2", True)
    assert page.panel.summary() == "预览，还没有导入：述职代表10名，对不上的2名；新增8行，未导入2行。"
    page.panel.list.keep("refused")
    told = [page.panel.list.model.cells(row)[3] for row in range(page.panel.list.shown_count())]
    assert any("收回票54张多于发出票52张，多2张" in words for words in told)


def test_what_is_no_ledger_is_said_where_it_was_dropped(
    qtbot: QtBot, window: MainWindow, page: ImportPage, tmp_path: Path
) -> None:
    path = tmp_path / "照片.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    actions, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(9, 9), actions, mime, left, none)
    page.dragEnterEvent(entered)
    assert entered.isAccepted()
    page.dropEvent(QDropEvent(QPointF(9, 9), actions, mime, left, none))
    settle(qtbot, window)
    assert "不是表格文件" in page.drop.wrong() and "原有数据没有变化" in page.drop.wrong()
    assert main_words(window) == ("选择文件  F2", True)


def test_a_file_of_no_clear_kind_asks_which_it_is(
    qtbot: QtBot, window: MainWindow, page: ImportPage, answers: Answers, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["单位名称", "联系人"], ["镇敬老院", "龙志明"]):
        sheet.append(row)
    book.save(tmp_path / "单位.xlsx")
    preview(qtbot, window, answers, str(tmp_path / "单位.xlsx"))
    assert "请在上面选一种" in page.panel.summary() and not main_words(window)[1]
    page.panel.kind.setCurrentIndex(page.panel.kind.findData("unit"))
    settle(qtbot, window)
    assert main_words(window) == ("导入1行  F2", True)


def test_stopping_leaves_everything_as_it_was(
    qtbot: QtBot, window: MainWindow, page: ImportPage, town: Township, answers: Answers
) -> None:
    preview(qtbot, window, answers, sample("接待群众台账"))

    def stop(job: object) -> None:
        assert isinstance(job, Job)
        job.cancel()

    window.jobs.started.connect(stop)
    qtbot.keyClick(window, Key.Key_F2)
    settle(qtbot, window)
    assert visits(town) == 0 and "整个撤回" in window.status.quiet.words()
    assert main_words(window) == ("导入129行  F2", True)


def test_past_imports_are_listed_and_taken_back(
    qtbot: QtBot, window: MainWindow, page: ImportPage, town: Township, answers: Answers
) -> None:
    preview(qtbot, window, answers, sample("花名册"))
    qtbot.keyClick(window, Key.Key_F2)
    settle(qtbot, window)
    qtbot.keyClick(window, Key.Key_Escape)
    assert page.past.list.shown_count() == 1 and not page.past.undo.isEnabled()
    page.past.list.select(page.past.list.model.key_at(0))
    assert page.past.undo.isEnabled()
    qtbot.mouseClick(page.past.undo, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert page.past.list.model.cells(0)[4] == "已撤销" and not page.past.undo.isEnabled()
