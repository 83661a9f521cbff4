"""The one style sheet of the window, written for 100 % and filled with colours, letters and scaled sizes."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SIZE = re.compile(r"(\d+)u\b")
_NAME = re.compile(r"@([a-z_]+)")

_SHEET = """
QMainWindow, QWidget#page, QWidget#ground, QScrollArea, QScrollArea > QWidget > QWidget#page { background: @ground; }
QScrollArea { border: none; }
/* Windows gives these kinds letters of its own, smaller than the application's, and again with each change of its theme. */
QAbstractItemView, QHeaderView, QMenu, QMessageBox, QStatusBar, QToolTip { font-family: @families;
  font-size: 14u; }
QToolTip { background: @card; color: @ink; border: 1px solid @line_strong; padding: 4u 6u; }

QLabel { color: @ink; background: transparent; }
QLabel[look="title"] { font-size: 22u; font-weight: 600; }
QLabel[look="heading"] { font-size: 16u; font-weight: 600; }
QLabel[look="soft"] { color: @ink_soft; }
QLabel[look="number"] { font-size: 28u; font-weight: 600; }
QLabel[look="late"] { color: @late; font-weight: 600; }
QLabel[look="problem"] { color: @late; }
QLabel[look="doubt"] { color: @on_soon; background: @soon; border-radius: 4u; padding: 1u 6u; }
QLabel[look="good"] { color: @good; }
QLabel[look="brand"] { color: @brand; font-size: 20u; font-weight: 600; }

QFrame#card { background: @card; border: 1px solid @line; border-radius: 8u; }
QFrame#card QScrollArea, QFrame#card QScrollArea > QWidget > QWidget { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QFrame#card[clickable="true"]:hover { border-color: @current_line; }
QFrame#card[clickable="true"]:focus { border: 2px solid @focus; }

QPushButton { background: @card; color: @ink; border: 1px solid @line_strong; border-radius: 6u;
  padding: 0 14u; min-height: 34u; }
QPushButton:hover { background: @hover; border-color: @current_line; }
QPushButton:pressed { background: @current; }
QPushButton:focus { border: 2px solid @focus; padding: 0 13u; }
QPushButton:disabled { color: @ink_off; border-color: @line; background: @ground; }
QPushButton[look="main"] { background: @brand; color: @on_brand; border: 1px solid @brand; font-weight: 600; }
QPushButton[look="main"]:hover, QPushButton[look="main"]:pressed { background: @brand_down; border-color: @brand_down; }
QPushButton[look="main"]:focus { border: 2px solid @ink; }
QPushButton[look="main"]:disabled { background: @line; color: @ink_soft; border-color: @line; }
QPushButton[look="link"] { background: transparent; border: 1px solid transparent; color: @link; padding: 0 6u;
  min-height: 32u; }
QPushButton[look="link"]:hover { text-decoration: underline; }
QPushButton[look="link"]:focus { border: 2px solid @focus; padding: 0 5u; }
QPushButton[look="chip"] { border-radius: 15u; min-height: 30u; padding: 0 12u; }
QPushButton[look="chip"]:checked { background: @current; border: 2px solid @current_line; font-weight: 600;
  padding: 0 11u; }
QPushButton[look="nav"] { border: none; border-radius: 0; text-align: left; padding: 0 8u 0 20u; min-height: 38u;
  background: transparent; border-left: 4px solid transparent; }
QPushButton[look="nav"]:hover { background: @hover; }
QPushButton[look="nav"]:checked { background: @current; border-left: 4px solid @current_line; font-weight: 600; }
QPushButton[look="nav"]:focus { border: 2px solid @focus; border-left: 4px solid @focus; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox { background: @card; color: @ink;
  border: 1px solid @line_strong; border-radius: 6u; padding: 0 9u; min-height: 34u; selection-background-color: #CFE0F1;
  selection-color: #1C232B; }
QPlainTextEdit, QTextEdit { padding: 4u 5u; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus { border: 2px solid @focus;
  padding: 0 8u; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3u 4u; }
QTextBrowser#manual { border: none; border-radius: 0; padding: 0; }
QTextBrowser#manual:focus { border: none; padding: 0; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border: 2px solid @late; }
QLineEdit:read-only, QPlainTextEdit[readOnly="true"] { background: @head; color: @ink; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: @ground; color: @ink_off; }
QComboBox::drop-down { border: none; width: 28u; }
QComboBox QAbstractItemView { background: @card; border: 1px solid @line_strong; }
QComboBox QAbstractItemView::item { min-height: 34u; }
QCheckBox, QRadioButton { min-height: 34u; spacing: 8u; color: @ink; border: 2px solid transparent; border-radius: 6u;
  padding: 0 4u; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid @focus; }
QCheckBox::indicator, QRadioButton::indicator { width: 18u; height: 18u; }

QLabel#ballotchip { border: 1px solid @line_strong; border-radius: 6u; padding: 0 8u; background: @card; }
QLabel#ballotchip[on="true"] { border: 2px solid @current_line; background: @current; font-weight: 600; }

QWidget#rail { background: @card; border-right: 1px solid @line; }
QWidget#rail QScrollArea, QWidget#railpages { background: @card; }
QWidget#statusline { background: @card; border-top: 1px solid @line; }
QFrame#notice { background: @current; border-bottom: 1px solid @line; }
QFrame#quietbar { background: @ink; border-radius: 8u; }
QFrame#quietbar QLabel { color: @card; }
QFrame#quietbar QPushButton { background: transparent; color: @card; border: 1px solid @card; min-height: 30u; }
QFrame#quietbar QPushButton:focus { border: 2px solid @card; }
QFrame#quietbar QPushButton:hover { background: @card; color: @ink; }
QFrame#picklist { background: @card; border: 1px solid @line_strong; border-radius: 6u; }
QFrame#picklist QListWidget { border: none; background: @card; outline: none; }
QFrame#picklist QListWidget::item { min-height: 34u; padding: 0 8u; color: @ink;
  border-left: 4px solid transparent; }
QFrame#picklist QListWidget::item:selected { background: @current; color: @ink; border-left: 4px solid @current_line; }
QFrame#picklist QListWidget::item:disabled { color: @ink_soft; background: @head; min-height: 28u; }

QListWidget#sidelist { border: 2px solid transparent; border-radius: 6u; background: transparent; outline: none; }
QListWidget#sidelist::item { min-height: 36u; padding: 0 6u 0 12u; color: @ink; border: none; }
QListWidget#sidelist::item:hover { background: @hover; }
QListWidget#sidelist::item:selected { background: @current; color: @ink; border-left: 4px solid @current_line;
  padding-left: 8u; font-weight: 600; }
QListWidget#sidelist::item:disabled { color: @ink_soft; min-height: 30u; }
QListWidget#sidelist:focus { border: 2px solid @focus; }

QFrame#tableframe[framed="false"] { border: none; border-radius: 0; }
QFrame#tableframe[framed="true"] { background: @card; border: 1px solid @line; border-radius: 8u; }
QTableView { background: @card; border: none; gridline-color: @line; outline: none;
  selection-background-color: @current; selection-color: @ink; }
QHeaderView { background: @head; border: none; }
QHeaderView::section { background: @head; color: @ink_soft; font-weight: 600; border: none;
  border-bottom: 1px solid @line; padding: 0 10u; min-height: 38u; }
QHeaderView::section:hover { background: @current; color: @ink; }

QTabBar::tab { background: transparent; color: @ink_soft; min-height: 36u; padding: 0 14u;
  border-bottom: 3px solid transparent; }
QTabBar::tab:selected { color: @ink; font-weight: 600; border-bottom: 3px solid @current_line; }
QTabBar::tab:focus { color: @ink; border: 2px solid @focus; }
QTabWidget::pane { border: none; border-top: 1px solid @line; }
QProgressBar { background: @current; border: none; border-radius: 4u; min-height: 8u; max-height: 8u; }
QProgressBar::chunk { background: @current_line; border-radius: 4u; }
QScrollBar:vertical { background: @ground; width: 14u; margin: 0; }
QScrollBar::handle:vertical { background: @line_strong; border-radius: 5u; min-height: 32u; margin: 2px; }
QScrollBar:horizontal { background: @ground; height: 14u; margin: 0; }
QScrollBar::handle:horizontal { background: @line_strong; border-radius: 5u; min-width: 32u; margin: 2px; }
QScrollBar::handle:hover { background: @ink_soft; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: @card; border: 1px solid @line_strong; padding: 4u 0; }
QMenu::item { padding: 0 24u; min-height: 34u; height: 34u; }
QMenu::item:selected { background: @current; color: @ink; }
QMenu::item:disabled { color: @ink_off; }
QSplitter::handle { background: transparent; }
"""


def style_sheet(named: Mapping[str, str], scale: float) -> str:
    """The sheet with `12u` turned into pixels at this scale and `@name` into what has that name. KeyError for an unknown one."""

    def sized(found: re.Match[str]) -> str:
        return f"{round(int(found[1]) * scale)}px"

    def told(found: re.Match[str]) -> str:
        return named[found[1]]

    return _NAME.sub(told, _SIZE.sub(sized, _SHEET))
