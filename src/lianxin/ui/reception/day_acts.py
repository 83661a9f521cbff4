"""What can be done with a reception day and its deputies, each by one use case, each with its way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from lianxin.domain.dates import Unreadable, show_day, show_day_short
from lianxin.domain.dictionary import Record
from lianxin.domain.records import ReceptionDay, Rota
from lianxin.office.desk import Desk as Office
from lianxin.office.reception import days as reception
from lianxin.office.reception import leave, on_duty
from lianxin.office.reception.holidays import settle_holidays
from lianxin.office.reception.notices import notice_text
from lianxin.office.records import undo_changes
from lianxin.store.errors import StoreProblem
from lianxin.store.writing import Change
from lianxin.ui.form import FormFields
from lianxin.ui.pages import Desk
from lianxin.ui.reception.deputy_lookup import DeputyLookup
from lianxin.ui.reception.fields_dialog import FieldsDialog

AHEAD_DAYS = 92
"""Days are made and proposed for so far ahead: 今后三个月."""


class DayActs:
    """Asks where something is to be said, does it, tells it. `went_to(uid, day)` shows another day."""

    def __init__(
        self, desk: Desk, office: Office, parent: QWidget, went_to: Callable[[ReceptionDay], None]
    ) -> None:
        self._desk, self._office, self._parent, self._went_to = desk, office, parent, went_to
        self._lookup = DeputyLookup(office)
        self.dialog: FieldsDialog | None = None

    # ---- days -----------------------------------------------------------------------------------

    def new_day(self, month: date, then: Callable[[], None]) -> None:
        """F2: a day by hand, or the days of the rules; `then` when the day is there."""
        today = self._office.today()
        start = show_day(today) if month == today.replace(day=1) else ""
        dialog = self._ask(
            "新建接待日", ReceptionDay, ("date", ("start", "end"), "station", "topic"),
            decide=self._make_day, done="建这一天", start={"date": start},
            note="不填时间和站点的，按规则或常用的来。",
        )  # fmt: skip
        dialog.accepted.connect(then)
        if reception.rules_in_use(self._office):
            dialog.add_button("按规则生成今后三个月", lambda: self.make_days())
        dialog.open()

    def _make_day(self, typed: Mapping[str, str]) -> str:
        parsed = ReceptionDay.parse(typed, uid="", today=self._office.today()).record
        assert parsed is not None
        try:
            day, changes = reception.make_day(
                self._office, day=parsed.day, station=parsed.station, start=parsed.start, end=parsed.end,
                topic=parsed.topic,
            )  # fmt: skip
        except (reception.DayThere, Unreadable) as wrong:
            return str(wrong)
        changes += on_duty.fill_rota(self._office, start=day.day, end=day.day, only=day.uid).changes
        self._went_to(day)
        self.done(changes, f"已建{show_day_short(day.day)}接待日，接待代表已自动安排")
        return ""

    def make_days(self, first: date | None = None, last: date | None = None) -> None:
        """The days of the rules for three months from today, or of a span from today on, with their rota."""
        today = self._office.today()
        start = max(first or today, today)
        end = last or date.fromordinal(today.toordinal() + AHEAD_DAYS)
        span = f"{start.year}年" if last else "今后三个月"
        try:
            made, changes = reception.make_days(self._office, start=start, end=end)
        except Unreadable as wrong:
            self._desk.tell(f"规则没有看懂：{wrong}没有生成接待日。")
            return
        if not made:
            self._desk.tell(f"{span}按规则该有的接待日都已经有了。")
            return
        changes += on_duty.fill_rota(self._office, start=made[0].day, end=made[-1].day).changes
        self._went_to(made[0])
        self.done(changes, f"已按规则生成{len(made)}个接待日，并安排了接待代表")

    def postpone(self, day: ReceptionDay) -> None:
        """顺延 to another date, with the reason."""
        self._ask(
            f"{show_day_short(day.day)}接待日顺延", ReceptionDay, ("date", "state_reason"),
            decide=partial(self._postpone, day.uid), done="顺延", required=("state_reason",),
            labels={"date": "顺延到", "state_reason": "原因"},
        ).open()  # fmt: skip

    def _postpone(self, uid: str, typed: Mapping[str, str]) -> str:
        parsed = ReceptionDay.parse(typed, uid="", today=self._office.today()).record
        assert parsed is not None
        try:
            moved, changes = reception.postpone_day(
                self._office, uid, to=parsed.day, reason=parsed.state_reason or ""
            )
        except reception.DayRefused as wrong:
            return str(wrong)
        self._went_to(moved)
        self.done(changes, f"已顺延到{show_day_short(moved.day)}，接待代表照旧")
        return ""

    def cancel(self, day: ReceptionDay) -> None:
        """取消, with the reason; it still counts among the days owed."""
        self._ask(
            f"取消{show_day_short(day.day)}接待日", ReceptionDay, ("state_reason",),
            decide=partial(self._cancel, day.uid), done="取消这次接待日", required=("state_reason",),
            labels={"state_reason": "原因"}, note="取消的仍计入应开展次数；改期请用“顺延”。",
        ).open()  # fmt: skip

    def _cancel(self, uid: str, typed: Mapping[str, str]) -> str:
        try:
            changes = reception.cancel_day(self._office, uid, reason=typed["state_reason"])
        except reception.DayRefused as wrong:
            return str(wrong)
        self.done(changes, "已取消这次接待日")
        return ""

    def close(self, sheet: reception.DaySheet) -> None:
        """结束接待: asks nothing, says what is still 待补全."""
        try:
            changes = reception.close_day(self._office, sheet.day.uid)
        except reception.DayRefused as wrong:
            self._desk.tell(str(wrong))
            return
        left = len(sheet.to_complete)
        awaited = [duty.name for duty in sheet.duties if duty.rota.attendance == "planned"]
        told = f"{show_day_short(sheet.day.day)}接待已结束：{sheet.visits}批{sheet.persons}人次"
        told += f"；还有{left}条待补全" if left else ""
        told += f"；{'、'.join(awaited)}没有记到岗" if awaited else ""
        self.done(changes, told)

    # ---- deputies -------------------------------------------------------------------------------

    def arrived(self, rota: str) -> None:
        """到岗 now."""
        self.done(on_duty.check_in(self._office, rota), "已记到岗")

    def asked(self, word: str, rota: str) -> None:
        """What the menu of a deputy says."""
        if word == "leave":
            self._ask(
                "请假或替班", Rota, ("reason", "substitute"), decide=partial(self._leave, rota), done="记请假",
                note=f"有人替班的选替班人，没有的空着。{self._stand_ins(rota)}",
            ).open()  # fmt: skip
        elif word == "span":
            with self._office.store.reading() as reading:
                known = reading.get(Rota, rota)
            self.span_of_leave(known.person if known is not None else "")
        elif word == "change":
            self._ask(
                "换一名接待代表", Rota, ("person",), decide=partial(self._change, rota), done="换人",
                note="手工指定的，自动安排时不会换掉。",
            ).open()  # fmt: skip
        elif word == "absent":
            self.done(on_duty.absent(self._office, rota), "已记缺席")
        elif word == "planned":
            self.done(on_duty.await_again(self._office, rota), "已恢复为待到岗")
        elif word == "off":
            self.done(on_duty.take_off_duty(self._office, rota), "已从当天接待代表中去掉")

    def one_more(self, day: str) -> None:
        """手工指定 one deputy for a day."""
        self._ask(
            "手工指定接待代表", Rota, ("person",), decide=partial(self._more, day), done="指定",
            note="打姓名、拼音或首字母。手工指定的，自动安排时不会换掉。",
        ).open()  # fmt: skip

    def span_of_leave(self, person: str = "") -> None:
        """请假多天: all planned days of a span in one act, with or without those who stand in."""
        dates = FormFields(
            ReceptionDay, ("date", "announced"), today=self._office.today,
            labels={"date": "从哪天", "announced": "到哪天"},
        )  # fmt: skip
        dates.set_hint("announced", "不填就是一天")
        dialog = self._ask(
            "代表请假", Rota, ("person", "reason"), decide=partial(self._leave_span, True), also=dates,
            done="请假并安排替班", start={"person": person}, required=("person",), labels={"person": "请假代表"},
            note="这段时间里排到的接待日都记请假，由接待少、当天有空的代表替班；可以一次撤销。",
        )  # fmt: skip
        dialog.add_way("只记请假", partial(self._leave_span, False))
        dialog.open()

    def _leave_span(self, stand_in: bool, typed: Mapping[str, str]) -> str:
        today = self._office.today()
        span = ReceptionDay.parse({wire: typed[wire] for wire in ("date", "announced")}, uid="", today=today)
        assert span.record is not None
        first, last = span.record.day, span.record.announced or span.record.day
        try:
            taken = leave.take_leave(
                self._office, person=typed["person"], first=first, last=last,
                reason=typed["reason"].strip() or None, stand_in=stand_in,
            )  # fmt: skip
        except leave.LeaveRefused as refused:
            return str(refused)
        name = self._lookup.name_of("person", typed["person"])
        self.done(taken.changes, f"已记{name}请假{len(taken.days)}天：{taken.words()}")
        return ""

    def _stand_ins(self, rota: str) -> str:
        with self._office.store.reading() as reading:
            known = reading.get(Rota, rota)
        free = on_duty.who_can_stand_in(self._office, known.reception_day) if known is not None else ()
        return f"今年接待少、当天有空的：{'、'.join(free)}。" if free else ""

    def propose_again(self, first: date, last: date) -> None:
        """全部重新安排 for a span; what was chosen by hand, who came and who is on leave stays."""
        start = max(first, self._office.today())
        found = on_duty.fill_rota(self._office, start=start, end=last)
        if found.changes:
            short = f"；在任代表不够，{found.short}天没有排满" if found.short else ""
            self.done(found.changes, f"已重新安排{found.filled}个接待日的接待代表{short}")
        else:
            self._desk.tell("这段时间没有可以重新安排的接待日。")

    def settle_holidays(self, first: date, last: date) -> None:
        """Days that turn out to be days off: moved or cancelled as their rule says."""
        count, changes = settle_holidays(self._office, first, last)
        self.done(changes, f"已按规则处理{count}个逢放假的接待日")

    def copy_notice(self, day: ReceptionDay) -> None:
        """公告文字 on the clipboard, to paste into a message group."""
        text = notice_text(self._office, day.uid)
        QGuiApplication.clipboard().setText(text)
        self._desk.tell("公告文字已复制，可以粘贴到微信群、村务公开栏；发出后请点“已公告”")

    def announced(self, day: ReceptionDay) -> None:
        """已公告: the notice went out by other means than our paper."""
        self.done(reception.announce(self._office, day.uid), f"已记{show_day_short(day.day)}接待日公告")

    def propose(self, day: ReceptionDay) -> None:
        """自动安排 for one day; what was chosen by hand stays."""
        found = on_duty.fill_rota(self._office, start=day.day, end=day.day, only=day.uid)
        if found.changes:
            short = "；在任代表不够，没有排满" if found.short else ""
            self.done(found.changes, f"已重新安排接待代表{short}")
        else:
            self._desk.tell("没有可安排的在任代表，请先在“代表”里登记或导入花名册。")

    def _leave(self, rota: str, typed: Mapping[str, str]) -> str:
        changes = on_duty.on_leave(
            self._office, rota, reason=typed["reason"].strip() or None,
            substitute=typed["substitute"] or None,
        )  # fmt: skip
        self.done(changes, "已记请假，由替班代表接待" if typed["substitute"] else "已记请假")
        return ""

    def _change(self, rota: str, typed: Mapping[str, str]) -> str:
        with self._office.store.reading() as reading:
            known = reading.get(Rota, rota)
        if known is not None:
            person = typed["person"]
            changes = on_duty.put_on_duty(
                self._office, day=known.reception_day, person=person, instead_of=rota
            )
            self.done(changes, f"已换为{self._lookup.name_of('person', person)}")
        return ""

    def _more(self, day: str, typed: Mapping[str, str]) -> str:
        person = typed["person"]
        changes = on_duty.put_on_duty(self._office, day=day, person=person)
        self.done(changes, f"已指定{self._lookup.name_of('person', person)}")
        return ""

    # ---- telling --------------------------------------------------------------------------------

    def done(self, changes: tuple[Change, ...], words: str) -> None:
        """Tell what was done, with the way back."""
        self._desk.saved()
        self._desk.hub.tell({change.kind for change in changes})
        self._desk.tell(words, partial(self._undo, changes))

    def _undo(self, changes: tuple[Change, ...]) -> None:
        try:
            undone = undo_changes(self._office, changes)
        except StoreProblem as wrong:
            self._desk.tell(str(wrong))
            return
        self._desk.hub.tell({change.kind for change in undone})
        self._desk.saved()

    def _ask(
        self,
        title: str,
        cls: type[ReceptionDay] | type[Rota],
        lines: Sequence[str | tuple[str, ...]],
        *,
        decide: Callable[[Mapping[str, str]], str],
        done: str,
        start: Mapping[str, str] | None = None,
        note: str = "",
        labels: Mapping[str, str] | None = None,
        required: Sequence[str] = (),
        also: FormFields[Record] | None = None,
    ) -> FieldsDialog:
        self.dialog = FieldsDialog(
            title, cls, lines, decide=decide, done=done, today=self._office.today, lookup=self._lookup,
            start=start, note=note, labels=labels, required=required, also=also, parent=self._parent,
        )  # fmt: skip
        return self.dialog
