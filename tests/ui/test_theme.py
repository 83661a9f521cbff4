"""Looks: readable pairs of colours, sizes that follow 大字, and the small pieces."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lianxin.ui.failures import Problem, ProblemDialog
from lianxin.ui.pieces import (
    Badge,
    ChipRow,
    EmptyState,
    NumberCard,
    QuietBar,
    ScrollCard,
    Step,
    StepLine,
    TwoPanes,
    button,
    tone_of,
)
from lianxin.ui.start.start_window import StartWindow
from lianxin.ui.stylesheet import style_sheet
from lianxin.ui.theme import (
    CALM,
    SCALES,
    apply_theme,
    contrast_colours,
    dress,
    named_in_sheet,
    px,
    row_height,
)


def _luminance(value: str) -> float:
    colour = QColor(value)
    parts = [channel / 255 for channel in (colour.red(), colour.green(), colour.blue())]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(ink: str, ground: str) -> float:
    high, low = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (CALM.ink, CALM.card),
        (CALM.ink, CALM.current),
        (CALM.ink_soft, CALM.ground),
        (CALM.on_brand, CALM.brand),
        (CALM.on_late, CALM.late),
        (CALM.on_soon, CALM.soon),
        (CALM.late, CALM.card),
        (CALM.good, CALM.card),
        (CALM.link, CALM.card),
    ],
)
def test_words_stand_out_from_their_ground(ink: str, ground: str) -> None:
    assert _contrast(ink, ground) >= 4.5


def test_the_colours_of_the_design_are_used() -> None:
    assert (CALM.brand, CALM.current, CALM.late, CALM.on_late) == ("#B3202A", "#EEF2F6", "#8A1C22", "#FFFFFF")


@pytest.mark.parametrize("scale", SCALES)
def test_nothing_is_small_at_any_scale(scale: float, qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    try:
        apply_theme(application, scale=scale)
        assert application.font().pixelSize() == round(14 * scale)
        assert row_height() >= 36 and px(100) == round(100 * scale)
        for look in ("plain", "main", "link", "chip"):
            made = button("登记", look)  # type: ignore[arg-type]
            qtbot.addWidget(made)
            dress(made)
            made.ensurePolished()
            assert made.sizeHint().height() >= 32
    finally:
        apply_theme(application)


def test_whatever_stands_in_no_other_window_is_dressed(qtbot: QtBot, tmp_path: Path) -> None:
    """A dialog with a parent has the looks of that window."""
    alone = ProblemDialog(Problem("没有写成"))
    beginning = StartWindow(tmp_path)
    within = ProblemDialog(Problem("没有写成"), beginning)
    for made in (alone, beginning):
        qtbot.addWidget(made)
        assert made.styleSheet() and made.style() is not QApplication.style()
    assert not within.styleSheet() and within.style() is beginning.style()


def test_every_colour_named_in_the_sheet_exists() -> None:
    sheet = style_sheet(named_in_sheet(CALM), 1.5)
    assert "@" not in sheet and "font-size: 33px" in sheet


def test_high_contrast_takes_the_colours_of_the_system() -> None:
    palette = QPalette(QColor("#000000"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#FFFF00"))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#00FF00"))
    used = contrast_colours(palette)
    assert used.ink.upper() == "#FFFF00" and used.brand.upper() == "#00FF00"
    assert used.ground == used.on_late


@pytest.mark.parametrize(
    ("words", "tone"),
    [("超期6天", "late"), ("今天", "soon"), ("剩2天", "soon"), ("剩9天", "calm"), ("", "none")],
)
def test_a_badge_takes_its_tone_from_its_words(words: str, tone: str, qtbot: QtBot) -> None:
    assert tone_of(words) == tone
    badge = Badge(words)
    qtbot.addWidget(badge)
    assert badge.accessibleName() == words


def test_a_late_badge_is_filled_and_a_calm_one_is_not(qtbot: QtBot) -> None:
    filled = {}
    for words in ("超期6天", "剩9天"):
        badge = Badge(words)
        qtbot.addWidget(badge)
        badge.resize(badge.sizeHint())
        image = badge.grab().toImage()
        filled[words] = image.pixelColor(6, image.height() // 2).name().upper()
    assert filled["超期6天"] == CALM.late and filled["剩9天"] != CALM.late


CHOICES = (("a", "当场答复"), ("b", "转交办理"), ("c", "转报县人大"), ("d", "告知引导"))


def _row(qtbot: QtBot, *, many: bool = False, may_clear: bool = False) -> tuple[ChipRow, list[str]]:
    row = ChipRow(CHOICES, name="处理方式", many=many, may_clear=may_clear)
    qtbot.addWidget(row)
    heard: list[str] = []
    row.chosen.connect(heard.append)
    row.show()
    return row, heard


def test_digits_choose_a_chip(qtbot: QtBot) -> None:
    row, heard = _row(qtbot)
    qtbot.keyClicks(row, "2")
    qtbot.keyClicks(row, "9")
    assert row.code() == "b" and heard == ["b"]
    qtbot.keyClick(row, Qt.Key.Key_Right)
    assert row.code() == "c"
    qtbot.keyClick(row, Qt.Key.Key_Backspace)
    assert row.code() == "c"


def test_a_chosen_chip_carries_a_tick_and_clicking_chooses(qtbot: QtBot) -> None:
    row, heard = _row(qtbot)
    chips = row.findChildren(QPushButton)
    qtbot.mouseClick(chips[3], Qt.MouseButton.LeftButton)
    assert heard == ["d"] and chips[3].text().startswith("✓") and not chips[0].text().startswith("✓")
    qtbot.mouseClick(chips[3], Qt.MouseButton.LeftButton)
    assert row.code() == "d"


def test_several_chips_may_be_on_and_cleared(qtbot: QtBot) -> None:
    row, heard = _row(qtbot, many=True, may_clear=True)
    qtbot.keyClicks(row, "31")
    assert row.codes() == ("a", "c") and heard[-1] == "a,c"
    qtbot.keyClick(row, Qt.Key.Key_Delete)
    assert row.codes() == ()


def test_chips_wrap_when_there_is_no_room(qtbot: QtBot) -> None:
    row, _ = _row(qtbot)
    layout = row.layout()
    assert layout is not None
    assert layout.heightForWidth(200) > layout.heightForWidth(900)


def test_the_quiet_bar_takes_back_once(qtbot: QtBot) -> None:
    bar, done = QuietBar(), []
    qtbot.addWidget(bar)
    bar.tell("已改派镇水务站", lambda: done.append("back"))
    assert bar.words() == "已改派镇水务站"
    undo = next(made for made in bar.findChildren(QPushButton) if made.text() == "撤销")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert done == ["back"] and bar.words() == ""
    bar.tell("已导出")
    assert undo.isHidden()


def test_a_number_card_speaks_and_opens_by_keyboard(qtbot: QtBot) -> None:
    card = NumberCard("超期未办结", "2", "件", "最长超期6天", explain="期限已过而没有答复的件数")
    qtbot.addWidget(card)
    assert card.accessibleName() == "超期未办结 2件，最长超期6天"
    assert card.accessibleDescription() == card.toolTip() == "期限已过而没有答复的件数"
    with qtbot.waitSignal(card.clicked, timeout=500):
        QTest.keyClick(card, Qt.Key.Key_Return)


def test_the_step_line_says_what_it_draws(qtbot: QtBot) -> None:
    line = StepLine([Step("统一登记", "11-02", "done"), Step("梳理分流", "", "now"), Step("跟踪督办")])
    qtbot.addWidget(line)
    line.resize(400, line.sizeHint().height())
    assert line.accessibleName() == "统一登记已完成11-02；梳理分流正在进行；跟踪督办未到"
    image = line.grab().toImage()
    assert image.pixelColor(QPoint(400 // 6 - 7, 14)).name().upper() == CALM.done


def test_an_empty_place_offers_one_button(qtbot: QtBot) -> None:
    face = EmptyState("还没有代表", "导入花名册后列在这里。", "导入花名册")
    qtbot.addWidget(face)
    only = face.findChild(QPushButton)
    assert isinstance(only, QWidget) and only.text() == "导入花名册"
    with qtbot.waitSignal(face.acted, timeout=500):
        only.click()


def test_two_panes_stand_beside_each_other_or_one_at_a_time(qtbot: QtBot) -> None:
    panes = TwoPanes(QLabel("列表"), QLabel("详情"), least=(300, 300))
    qtbot.addWidget(panes)
    panes.resize(800, 400)
    panes.show()
    assert panes.left.isVisible() and panes.right.isVisible() and not panes.go_back()
    panes.resize(500, 400)
    assert panes.narrow() and panes.left.isVisible() and not panes.right.isVisible()
    panes.show_right()
    assert panes.right.isVisible() and not panes.left.isVisible()
    assert panes.go_back() and panes.left.isVisible() and not panes.go_back()


def test_the_focused_field_of_a_scrolling_card_is_brought_into_view(qtbot: QtBot) -> None:
    card = ScrollCard("登记")
    qtbot.addWidget(card)
    fields = [QLineEdit() for _ in range(30)]
    for field in fields:
        card.add(field)
    card.resize(400, 300)
    with qtbot.waitActive(card):
        card.show()
        card.activateWindow()
    fields[29].setFocus()
    QApplication.processEvents()
    at = fields[29].mapTo(card, QPoint(0, fields[29].height()))
    assert 0 < at.y() <= card.height()
