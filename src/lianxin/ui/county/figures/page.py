"""统计与通报 of a county: every figure by township, signed returns beside records, bulletins, evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lianxin.county.figures.as_reported import AsReported, as_reported
from lianxin.county.figures.town_figures import TownSheet, town_sheet
from lianxin.county.figures.town_papers import town_returns
from lianxin.domain.figures.of_period import paragraph
from lianxin.domain.periods import Period
from lianxin.domain.records import Bulletin
from lianxin.domain.rules import MONTH_END
from lianxin.office.desk import Desk as Office
from lianxin.office.figuring import last_complete_month
from lianxin.ui.county.figures.bulletins import BulletinSection
from lianxin.ui.county.figures.by_town import ByTownSection
from lianxin.ui.county.figures.reported import ReportedSection
from lianxin.ui.county.figures.scores import EvaluationSection, rules_section
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.figures.figures_page import FOLLOWED
from lianxin.ui.figures.period_picker import PeriodPicker
from lianxin.ui.opinions.sheets import RightSide
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head, Page
from lianxin.ui.pieces import Act, ChipRow, QuietCombo, label
from lianxin.ui.printing import paper_folder, print_beside
from lianxin.ui.scoring.rule_section import RuleSection
from lianxin.ui.theme import px

TOWNS, REPORTED, BULLETINS, SCORES, RULES = "towns", "reported", "bulletins", "scores", "rules"
_SECTIONS = (
    (TOWNS, "分乡镇"), (REPORTED, "定稿与现数"), (BULLETINS, "通报简报"), (SCORES, "评价"), (RULES, "评价办法"),
)  # fmt: skip
_TITLE = "统计与通报"
_OF_RULES = ("score-rule", "score-item", "score-band")
_KINDS = (*FOLLOWED, "bulletin", "document-log", "behalf-source", "township", "enrolment", "code-change")
_FIRST_CUTOFF = 20


class CountyFiguresPage(Page):
    """One period for all sections; each is read when it is first looked at."""

    def __init__(self, window: Window, office: Office, drafts: DraftKeeper) -> None:
        super().__init__(window)
        self.office = office
        self._sheet: TownSheet | None = None
        self._reported: AsReported | None = None
        self.picker = PeriodPicker(last_complete_month(office), spans=True)
        self.picker.changed.connect(self._period_changed)
        self.cutoff = _cutoffs(office.profile.cutoff_day.value)
        self.cutoff.currentIndexChanged.connect(self._cutoff_changed)
        self.chips = ChipRow(_SECTIONS, name="看什么", numbered=False)
        self.chips.setMinimumHeight(px(40))
        self.chips.set_code(TOWNS)
        self.chips.chosen.connect(self.choose)
        self.adds_up = label("", "soft", wrap=True)
        self.towns = ByTownSection(office, window.reads)
        self.towns.opened.connect(window.open_record)
        self.reported = ReportedSection(office)
        self.reported.opened.connect(window.open_record)
        self.bulletins = BulletinSection(window, office, drafts)
        self.bulletins.draft_wanted.connect(self.draft)
        self._stack = RightSide()
        self._drafts = drafts
        self._pages: dict[str, EvaluationSection | RuleSection] = {}
        self._sections: Mapping[str, ByTownSection | ReportedSection | BulletinSection] = {
            TOWNS: self.towns, REPORTED: self.reported, BULLETINS: self.bulletins,
        }  # fmt: skip
        for section in self._sections.values():
            self._stack.addWidget(section)
        self._lay_out()
        self.follow(_KINDS)

    def head(self) -> Head:
        """F2 is what is done with the section that is shown."""
        ready, page = self._sheet is not None, self._pages.get(self.chips.code())
        if page is not None:
            return page.head()
        if self.chips.code() == BULLETINS:
            brief = Act("起草简报", lambda: self.draft(sort="brief"), hint="按上面的统计期起草")
            return Head(_TITLE, Act("起草通报", self.draft, "F2"), (brief,))
        export = Act("导出分乡镇统计表", self.export, "F2", enabled=ready, needs="look")
        copy = Act("复制成一段话", self.copy_text, enabled=ready)
        return Head(_TITLE, export, (copy, Act("起草通报", self.draft)))

    def refresh(self) -> None:
        """Count again, on the worker of readings: what the shown section needs."""
        page = self._pages.get(self.chips.code())
        if page is not None:
            page.refresh()
            return
        if self.chips.code() == BULLETINS:
            self.bulletins.refresh()
            return
        period = self.picker.period()
        if self.chips.code() == REPORTED:
            self.read(partial(as_reported, self.office, period), self._compared)
        else:
            self.read(partial(town_sheet, self.office, period), self._show)

    def _compared(self, found: AsReported) -> None:
        self._reported = found
        self.reported.show_reported(found)

    def choose(self, code: str) -> None:
        """Show a section."""
        self.chips.set_code(code)
        page = self._page(code)
        self._stack.setCurrentWidget(page or self._sections[code])
        self.adds_up.setVisible(code == TOWNS)
        for widget in (self.picker, self.cutoff):
            widget.setVisible(page is None)
        self.head_changed.emit()
        self.refresh()

    def _page(self, code: str) -> EvaluationSection | RuleSection | None:
        """评价 and 评价办法 are pages of their own, made when they are first looked at."""
        if code not in (SCORES, RULES):
            return None
        if code not in self._pages:
            made: EvaluationSection | RuleSection
            if code == SCORES:
                made = EvaluationSection(self.desk, self.office, self._drafts, title=_TITLE)
                made.rules_wanted.connect(lambda: self.choose(RULES))
            else:
                made = rules_section(self.desk, self.office, self._drafts, title=_TITLE)
            made.body.setContentsMargins(0, 0, 0, 0)
            made.head_changed.connect(self.head_changed)
            self._pages[code] = made
            self._stack.addWidget(made)
        return self._pages[code]

    def sheet(self) -> TownSheet | None:
        """What is shown of the townships; None before the first counting."""
        return self._sheet

    def open_record(self, kind: str, uid: str) -> None:
        """A bulletin, or a rule with what belongs to it."""
        if kind != Bulletin.KIND:
            self.choose(RULES if kind in _OF_RULES else SCORES)
            self._pages[self.chips.code()].open_record(kind, uid)
            return
        self.choose(BULLETINS)
        self.bulletins.list.select(uid)

    def focus_first(self) -> None:
        """The list of the section."""
        code = self.chips.code()
        shown = self._pages.get(code) or self._sections[code]
        shown.focus_first()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        code = self.chips.code()
        if code in self._pages:
            self._pages[code].focus_filter()
            return
        lists = {TOWNS: self.towns.figures, REPORTED: self.reported.list, BULLETINS: self.bulletins.list}
        lists[code].focus_filter()

    def go_back(self) -> bool:
        """Esc."""
        code = self.chips.code()
        return (self._pages.get(code) or self._sections[code]).go_back()

    def print_now(self) -> None:
        """Ctrl+P: the workbook, or the bulletin that is shown."""
        if self.chips.code() in self._pages:
            self._pages[self.chips.code()].print_now()
        elif self.chips.code() == BULLETINS:
            self.bulletins.make_word()
        else:
            self.export()

    def close_down(self) -> None:
        self.bulletins.close_down()
        for page in self._pages.values():
            page.close_down()

    def copy_text(self) -> None:
        """复制成一段话, of the whole county."""
        if self._sheet is not None:
            QGuiApplication.clipboard().setText(paragraph(self._sheet.found.whole, "全县"))
            self.desk.tell("已复制成一段话，可以粘贴到 Word 或微信里。")

    def export(self) -> None:
        """The workbook of all townships with charts and the list of differences."""
        office, period, ranked = self.office, self.picker.period(), self.towns.ranked_figure()

        def make() -> tuple[str, bytes]:
            against = as_reported(office, period)
            return town_returns(office, against.current, ranked=ranked, against=against)

        print_beside(self.desk, "正在生成分乡镇统计表", make, paper_folder(), owner=self, personal=False)

    def draft(self, *, sort: str = "notice") -> None:
        """起草 a bulletin of the period that is looked at."""
        self.choose(BULLETINS)
        self.bulletins.draft(self.picker.period(), sort=sort, ranked=self.towns.ranked_figure())

    def _lay_out(self) -> None:
        held = QWidget()
        line = QHBoxLayout(held)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(10))
        line.addWidget(self.chips, 1)
        line.addWidget(self.cutoff)
        self.body.addWidget(held)
        self.body.addWidget(self.picker)
        self.body.addWidget(self.adds_up)
        self.body.addWidget(self._stack, 1)

    def _period_changed(self) -> None:
        self.refresh()

    def _cutoff_changed(self) -> None:
        now = self.picker.period()
        self.picker.set_period(Period(now.first_month, now.months, int(self.cutoff.value())))
        self.refresh()

    def _show(self, sheet: TownSheet) -> None:
        first = self._sheet is None
        self._sheet = sheet
        found = sheet.found
        built = f"建站率{found.built.shown}（{found.built.part}／{found.built.whole}个乡镇）"
        self.adds_up.setText(f"{len(found.lines)}个乡镇，{built}。{found.whole.reconciliation.text}")
        self.towns.show_sheet(sheet)
        if first:
            self.head_changed.emit()


def _cutoffs(of_county: int) -> QuietCombo:
    """统计截止日: the county's own, or another one for once."""
    made = QuietCombo("统计截止日")
    for day in sorted({of_county, *range(_FIRST_CUTOFF, MONTH_END + 1)}):
        words = "月末截止" if day == MONTH_END else f"每月{day}日截止"
        made.addItem(f"{words}（县定）" if day == of_county else words, str(day))
    made.set_value(str(of_county))
    made.setMinimumWidth(px(150))
    return made
