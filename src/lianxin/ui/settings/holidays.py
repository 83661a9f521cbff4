"""放假安排: the years that are known, and one more from the pasted notice or a file, seen before it counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from lianxin.domain.calendar.holiday_notice import as_notice_line
from lianxin.domain.calendar.workdays import BadCalendar, HolidayYear
from lianxin.office.desk import Desk as Office
from lianxin.office.desk import office_of
from lianxin.office.handed.calendars import (
    KnownYear,
    forget_year,
    known_years,
    read_calendar_file,
    take_years,
    understand_calendar,
)
from lianxin.office.handed.county_holidays import hand_out, offered_holidays
from lianxin.office.trust.trusting import is_county
from lianxin.store.files import why_not
from lianxin.ui.asking.files import ask_open
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label, set_look
from lianxin.ui.pieces.card import Card
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.settings.lines import beside
from lianxin.ui.start.window_keeper import Keeper
from lianxin.ui.theme import px

_HOW = (
    "每年10月底到11月，国务院办公厅发布下一年的通知。在网页上把通知全文复制下来，粘贴到这里；"
    "县里发来放假安排文件的，选文件。看过没有错，再点“采用”。"
)


class HolidaySection(QWidget):
    """Which years are known and where from; taking one in makes the window anew, for every time limit counts by it."""

    def __init__(self, window: Desk, office: Office, keeper: Keeper) -> None:
        super().__init__()
        self._window, self._office, self._keeper = window, office, keeper
        self._read: tuple[HolidayYear, ...] = ()
        self.years = ChipRow(name="年份", numbered=False)
        self.years.chosen.connect(lambda _year: self._show_year())
        self.told, self._source = label("", wrap=True), label("", "soft", wrap=True)
        self._forget = button("去掉本机补的这一年", act=self.forget)
        self.missing = label("", "doubt", wrap=True)
        self.offer = label("", "doubt", wrap=True)
        self._take_offer = button("采用县里下发的", act=self.take_offered)
        self._hand_out = button("下发给各乡镇", act=self.hand_out)
        with office.store.reading() as reading:
            self._county = is_county(office_of(reading).office_type)
        self._hand_out.setVisible(self._county)
        known = Card("已有的放假安排", note="期限里的工作日、接待日顺延都按它算")
        self._acts = beside(self._forget, self._hand_out, self._take_offer, label(""))
        for widget in (self.missing, self.offer, self.years, self.told, self._source, self._acts):
            known.add(widget)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("通知全文")
        self.text.setPlaceholderText("国务院办公厅关于……年部分节假日安排的通知……")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(px(110))
        self.found = label("", wrap=True)
        self._take = button("采用", act=self.take)
        self._take.setEnabled(False)
        adding = Card("补一年")
        adding.add(label(_HOW, "soft", wrap=True))
        adding.add(self.text)
        adding.add(
            beside(
                button("读一读", act=self.understand),
                button("选文件…", act=self._choose_file),
                self._take,
                label(""),
            )
        )
        adding.add(self.found)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addWidget(known)
        box.addWidget(adding)
        box.addStretch(1)

    def refresh(self) -> None:
        """Read the years; this year or the latest known stands in front."""
        today = self._office.today()
        years = known_years(self._office)
        self.years.set_choices([(str(each.year.year), f"{each.year.year}年") for each in years])
        if not self.years.code():
            codes = [str(each.year.year) for each in years]
            self.years.set_code(str(today.year) if str(today.year) in codes else next(iter(codes), ""))
        wanted = today.replace(month=12, day=31)
        if today.month >= 11:
            wanted = wanted.replace(year=today.year + 1)
        warning = self._office.profile.calendar.warning(today, wanted)
        self.missing.setText(f"{warning}。{self._by_law(wanted.year)}" if warning else "")
        self.missing.setVisible(bool(warning))
        offered = offered_holidays(self._office)
        said = "、".join(f"{year.year}年" for year in offered)
        self.offer.setText(
            f"县人大下发了{said}的放假安排，与这里的不同：{_lines(offered)}" if offered else ""
        )
        self.offer.setVisible(bool(offered))
        self._take_offer.setVisible(bool(offered))
        self._show_year()

    def take_offered(self) -> None:
        """采用县里下发的: they count from now on."""
        self._read = offered_holidays(self._office)
        self.take()

    def hand_out(self) -> None:
        """下发给各乡镇: the chosen year goes with the next receipts."""
        chosen = self._chosen_year()
        if chosen is None:
            return
        said = f"{chosen.year.year}年的放假安排"
        done = hand_out(self._office, chosen.year)
        self._window.tell(f"{said}已下发，随下一次回执发到各乡镇" if done else f"{said}已经下发过，没有变化")

    def _by_law(self, year: int) -> str:
        provisional = self._office.profile.calendar.provisional
        told = next((each for each in provisional if each.year == year), None)
        return f"法定节日：{_lines((told,))}（{told.source}）" if told is not None else ""

    def _chosen_year(self) -> KnownYear | None:
        code = self.years.code()
        return next((each for each in known_years(self._office) if str(each.year.year) == code), None)

    def understand(self) -> None:
        """Read what was pasted and show it; nothing counts yet."""
        try:
            self._show_found(understand_calendar(self.text.toPlainText()))
        except BadCalendar as wrong:
            self._refuse(str(wrong))

    def read_file(self, file: Path) -> None:
        """Read a file and show it; nothing counts yet."""
        try:
            self._show_found(read_calendar_file(file))
        except BadCalendar as wrong:
            self._refuse(str(wrong))
        except OSError as wrong:
            self._refuse(f"文件没有读出来：{why_not(wrong)}。原来的放假安排没有变。")

    def take(self) -> None:
        """采用: what was read counts from now on."""
        if self._read:
            take_years(self._office, self._read)
            said = "、".join(f"{year.year}年" for year in self._read)
            self._window.tell(f"已采用{said}的放假安排")
            self._keeper.set_profile(self._office.profile.key)

    def forget(self) -> None:
        """Back to what came with the program for the chosen year."""
        forget_year(self._office, int(self.years.code()))
        self._keeper.set_profile(self._office.profile.key)

    def _choose_file(self) -> None:
        name = ask_open(self, "放假安排文件", "放假安排 (*.json *.txt)")
        if name:
            self.read_file(Path(name))

    def _show_found(self, years: tuple[HolidayYear, ...]) -> None:
        self._read = years
        lines = [
            line for year in years for line in (f"读到{year.year}年：", *map(as_notice_line, year.holidays))
        ]
        set_look(self.found, "plain")
        self.found.setText("\n".join(lines))
        self._take.setEnabled(True)

    def _refuse(self, why: str) -> None:
        self._read = ()
        set_look(self.found, "problem")
        self.found.setText(why)
        self._take.setEnabled(False)

    def _show_year(self) -> None:
        chosen = self._chosen_year()
        own = chosen is not None and chosen.own
        self._forget.setVisible(own)
        self._acts.setVisible(own or self._county or not self._take_offer.isHidden())
        if chosen is None:
            self.told.setText("")
            self._source.setText("")
            return
        self.told.setText("\n".join(map(as_notice_line, chosen.year.holidays)))
        whence = "（本机补的）" if own else "（随程序）"
        self._source.setText(f"来源：{chosen.year.source}{whence}")


def _lines(years: Sequence[HolidayYear]) -> str:
    return "；".join(as_notice_line(holiday) for year in years for holiday in year.holidays)
