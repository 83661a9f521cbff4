"""活动和实事 of the theme of a year: what names it, each a way to its record."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.domain.dates import show_day
from lianxin.domain.records import Activity, AnnualTheme, Deed
from lianxin.office.desk import Desk as Office
from lianxin.office.meetings.year_plans import theme_told
from lianxin.office.names import Names
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.scroll_card import ScrollCard


class ThemeLinks(ScrollCard):
    """Lists the activities and deeds of one theme, the earliest first."""

    def __init__(self, window: Desk, office: Office) -> None:
        super().__init__("主题下的活动和办实事")
        self._window, self._office = window, office
        self._rows: list[QWidget] = []
        self._lines = QVBoxLayout()
        self.add_layout(self._lines)
        self.add_stretch()

    def show_theme(self, uid: str) -> None:
        """Show what names this theme."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        with self._office.store.reading() as reading:
            theme = reading.get(AnnualTheme, uid)
            if theme is None:
                return
            told, names = theme_told(reading, theme, self._office.today()), Names(reading)
            found = [
                (each.day, each.topic, Activity.KIND, each.uid)
                for each in reading.by_uid(Activity, told.activities).values()
            ]
            found += [
                (each.day, f"{names.of('person', each.person)}：{each.what}", Deed.KIND, each.uid)
                for each in reading.by_uid(Deed, told.deeds).values()
            ]
        for day, words, kind, record in sorted(found):
            self._put(f"{show_day(day)}　{words}", kind, record)
        if not found:
            self._say("还没有。登记活动或办实事时选上这个年度主题，就列在这里。")

    def _put(self, words: str, kind: str, uid: str) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(words, wrap=True), 1)
        line.addWidget(button("查看", "link", act=partial(self._window.open_record, kind, uid)))
        self._rows.append(row)
        self._lines.addWidget(row)

    def _say(self, words: str) -> None:
        said = label(words, "soft", wrap=True)
        self._rows.append(said)
        self._lines.addWidget(said)
