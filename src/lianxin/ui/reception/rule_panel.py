"""接待日规则: when a station receives, with the days it gives for a year while the rule is typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.domain.dates import Unreadable
from lianxin.domain.records import ReceptionRule
from lianxin.office.desk import Desk as Office
from lianxin.office.desk import main_station
from lianxin.office.names import Names
from lianxin.office.reception.days import DEFAULT_END, DEFAULT_START, save_rule
from lianxin.office.records import undo_changes
from lianxin.store.writing import Change
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.form import FormFields
from lianxin.ui.lookups import StoreLookup
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.pieces.scroll_card import ScrollCard
from lianxin.ui.reception.halves import Halves
from lianxin.ui.reception.rule_preview import RulePreview
from lianxin.ui.theme import px

_LINES = (
    "station", "recurrence", "days", ("start", "end"), "holidays", ("announce_days", "deputies"), "active",
)  # fmt: skip
_NEW = "new"
_PREVIEW_PAUSE_MS = 250
_HOW = {
    "weekly": "写星期几，如：周三；或 周一、周四",
    "monthly_day": "写几号，如：15；5、20；或 最后一天",
    "monthly_weekday": "写第几个星期几，如：第2个周三；或 最后一个周五",
    "odd_month_day": "只在单月，写几号，如：15",
    "even_month_day": "只在双月，写几号，如：15",
    "ending_digit": "写尾数，如：4、9 就是每月4、9、14、19、24、29日；写 9、19 就只是这两天",
    "market_lunar": "写赶场的日子，如：逢三六九；四、九；初二、十二、廿二；也可写 逢子、午。小月没有三十的，写“五、十，小月提前”就在廿九",
    "market_solar": "写公历赶场的日子，如：逢二七；或 5、10",
    "custom": "写日期，用顿号隔开，如：3月5日、6月5日；带年份的只算那一年",
}


class RulePanel(ScrollCard):
    """Edits rules and shows what they mean. `days_wanted` for making days ahead, `year_wanted(year)`
    for a whole year, `rota_wanted` for 轮值表,
    `back` for 返回登记.
    """

    days_wanted = Signal()
    year_wanted = Signal(int)
    rota_wanted = Signal()
    back = Signal()

    def __init__(self, desk: Desk, office: Office, keeper: DraftKeeper) -> None:
        super().__init__("接待日规则")
        self._desk, self._office, self._keeper = desk, office, keeper
        self._rules: dict[str, ReceptionRule] = {}
        self._which = ChipRow(name="规则", numbered=False)
        self.fields = FormFields(ReceptionRule, _LINES, today=office.today, lookup=StoreLookup(office))
        self.how = label("", "soft", wrap=True)
        self.preview = RulePreview(office)
        self._which.chosen.connect(self._chosen)
        self.fields.draft_due.connect(self.keep)
        self.fields.submitted.connect(self.save)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PREVIEW_PAUSE_MS)
        self._soon.timeout.connect(self.show_preview)
        self.fields.changed.connect(lambda _wire: self._soon.start())
        left = QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        for widget in (self._which, self.fields, self.how):
            box.addWidget(widget)
        self.add(Halves(left, self.preview, narrow=820, stretch=(4, 7)))
        self.add_stretch()
        self._save = button("保存规则", act=self.save)
        self.fields.finished.connect(self._save.setFocus)
        self.foot.addWidget(self._save)
        self.foot.addWidget(
            button("生成今后三个月", act=self._make, hint="已经有的接待日不动，接待代表自动安排")
        )
        self._whole_year = button("生成全年", act=lambda: self.year_wanted.emit(self.preview.year))
        self.preview.turned.connect(self._name_year)
        self._name_year(self.preview.year)
        self.foot.addWidget(self._whole_year)
        self.foot.addWidget(button("看轮值表", act=self.rota_wanted.emit))
        self.foot.addWidget(button("返回登记", act=self.back.emit))
        self.foot.addStretch(1)

    def _name_year(self, year: int) -> None:
        self._whole_year.setText(f"生成{year}年")
        self._whole_year.setToolTip(f"{year}年还没有过去的接待日，已经有的不动")

    def show_preview(self) -> None:
        """Show what the rule in the form gives, stored or not."""
        self._soon.stop()
        typed = self.fields.typed()
        self.how.setText(_HOW.get(typed.get("recurrence", ""), "先选规则类型，再写哪几天。"))
        if not typed.get("days", "").strip():
            self.preview.show_rule(None, "写下哪几天，这里就显示全年的接待日")
            return
        parsed = ReceptionRule.parse(typed, uid="", today=self._office.today())
        wanting = next(iter(parsed.problems.values()), "")
        self.preview.show_rule(parsed.record, wanting)

    def refresh(self) -> None:
        """Read the rules; the first one, or a new one, stands in the form."""
        with self._office.store.reading() as reading:
            rules = reading.all(ReceptionRule)
            names = Names(reading)
            self._rules = {rule.uid: rule for rule in rules}
            titles = [(rule.uid, names.title(rule) + ("" if rule.active else "（停用）")) for rule in rules]
        kept = self._which.code()
        self._which.set_choices([*titles, (_NEW, "＋ 新规则")])
        chosen = kept if kept in self._rules else next(iter(self._rules), _NEW)
        self._which.set_code(chosen)
        self._show(chosen)

    def save(self) -> None:
        """Store the rule in the form."""
        uid = self._which.code()
        opened = self._rules.get(uid)
        rule = self.fields.read_over(opened) if opened is not None else self.fields.read("")
        if rule is None:
            return
        try:
            stored, changes = save_rule(self._office, rule, opened=opened)
        except Unreadable as wrong:
            self.fields.show_problems({"days": str(wrong)})
            return
        self._keeper.forget(ReceptionRule.KIND, uid or _NEW)
        self._desk.saved()
        self._desk.hub.tell({change.kind for change in changes})
        self.refresh()
        self._which.set_code(stored.uid)
        self._show(stored.uid)
        self._desk.tell("已保存接待日规则", partial(self._undo, changes))

    def keep(self) -> None:
        """Keep what is typed as a draft."""
        typed = self.fields.changes()
        if not typed:
            return
        self._keeper.keep(ReceptionRule.KIND, self._which.code() or _NEW, dict(typed))
        self._desk.saved()

    def _undo(self, changes: tuple[Change, ...]) -> None:
        undone = undo_changes(self._office, changes)
        self._desk.hub.tell({change.kind for change in undone})
        self.refresh()

    def _chosen(self, uid: str) -> None:
        self._show(uid)

    def _show(self, uid: str) -> None:
        self.fields.clear()
        rule = self._rules.get(uid)
        if rule is not None:
            self.fields.set_record(rule)
        else:
            with self._office.store.reading() as reading:
                station = main_station(reading)
            self.fields.set_typed(
                {
                    "station": station.uid if station else "",
                    "start": f"{DEFAULT_START:%H:%M}",
                    "end": f"{DEFAULT_END:%H:%M}",
                    "announce_days": str(self._office.profile.announce_days.value),
                    "deputies": str(self._office.profile.day_deputies.value),
                }
            )
        for draft in self._keeper.left(ReceptionRule.KIND):
            if draft.key == (uid or _NEW):
                self.fields.set_typed({wire: str(text) for wire, text in draft.payload.items()})
        self.show_preview()

    def _make(self) -> None:
        self.days_wanted.emit()
