"""Small pieces: a combo box with its arrow, a quiet bar too narrow for its sentence, a chart of nothing."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lianxin.ui.figures.sideways_bars import SidewaysBars
from lianxin.ui.pieces import Bar, BarChart, ChipFilter, FilterCombo, QuietBar, QuietCombo

LONG = "已登记 2026-JF0137 田金玉：转镇综合行政执法队（城镇管理和生态环境保护办公室），期限2026年12月20日"


def darkest(widget: QWidget, at: QPoint, room: int) -> int:
    """The lightness of the darkest point around a place."""
    picture = widget.grab().toImage()
    points = [
        QPoint(x, y) for x in range(at.x() - room, at.x() + room) for y in range(at.y() - room, at.y() + room)
    ]
    return min(QColor(picture.pixel(point)).lightness() for point in points if picture.valid(point))


def test_a_combo_box_shows_an_arrow(qtbot: QtBot) -> None:
    for combo in (QuietCombo("规则"), FilterCombo("类别", "全部类别")):
        qtbot.addWidget(combo)
        combo.resize(200, 36)
        combo.show()
        arrow = QPoint(combo.width() - 16, combo.height() // 2)
        assert darkest(combo, arrow, 5) < 180
        assert darkest(combo, arrow - QPoint(13, 0), 3) > 200


def test_a_long_sentence_leaves_room_for_the_way_back(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    bar = QuietBar()
    line = QHBoxLayout(holder)
    line.addWidget(bar)
    holder.resize(420, 60)
    holder.show()
    taken: list[bool] = []
    bar.tell(LONG, lambda: taken.append(True))
    qtbot.waitUntil(lambda: bar.width() <= 420)
    undo = next(each for each in bar.findChildren(QPushButton) if each.text() == "撤销")
    assert holder.width() == 420 and undo.mapTo(holder, QPoint(undo.width(), 0)).x() <= 420
    assert bar.words() == LONG and bar.accessibleName() == LONG
    undo.click()
    assert taken == [True]


def test_a_chart_of_nothing_says_so(qtbot: QtBot) -> None:
    months = BarChart([Bar("1月", 0), Bar("2月", 0)], nothing="这一年没有")
    villages = SidewaysBars(nothing="这一期没有")
    for chart in (months, villages):
        qtbot.addWidget(chart)
        chart.resize(300, 160)
        chart.show()
        assert chart.accessibleName() == chart.empty_words() != ""
        assert darkest(chart, chart.rect().center(), 30) < 160
    months.set_bars([Bar("1月", 0), Bar("2月", 3)])
    assert months.empty_words() == "" and months.accessibleName() == "1月0；2月3"


def test_a_filter_hides_chips_nobody_falls_under(qtbot: QtBot) -> None:
    box = FilterCombo("村", "全部村")
    made = ChipFilter(
        "状态", {"all": "全部", "open": "在办", "rare": "少见"}, always={"all", "open"}, boxes=(box,)
    )
    qtbot.addWidget(made)
    told: list[str] = []
    made.changed.connect(lambda: told.append(made.code()))
    assert made.chips_offered() == ("all", "open") and made.is_clear()
    made.show_counts({"all": 3, "open": 2, "rare": 1})
    assert made.chips_offered() == ("all", "open", "rare")
    made.choose("rare")
    made.choose("rare")
    made.show_counts({"all": 2, "open": 2})
    assert told == ["rare"] and "rare" in made.chips_offered() and not made.is_clear()
    box.offer([("长坪村", "v1")])
    box.setCurrentIndex(1)
    box.offer([("卧龙村", "v0"), ("长坪村", "v1")])
    assert box.value() == "v1"
    made.clear()
    assert made.is_clear() and box.value() == "" and told[-1] == "all"
