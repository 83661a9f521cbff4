"""One deputy's year beside the table: promises, the report form with a way to every record, the meeting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal

from lianxin.domain.dates import show_day, show_day_numeric
from lianxin.domain.records import Commitment, ReportSession
from lianxin.office.reportback.report_form import AspectWords, ReportForm
from lianxin.office.reportback.report_year_view import PlanLine, level_label
from lianxin.ui.pieces import Act, LineSection, ScrollCard, button, label
from lianxin.ui.pieces.act_flow import ActFlow

NO_RECORDS = "还没有记录"


class DeputyCard(ScrollCard):
    """Shows one line of the plan, or tells how many are marked. The signals tell what was asked for."""

    promise_wanted = Signal()
    settle_wanted = Signal(str)
    remove_wanted = Signal(str)
    edit_wanted = Signal()
    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.line: PlanLine | None = None
        self._form: ReportForm | None = None
        self._open_aspect = 0
        self._title, self._how = label("", "heading", wrap=True), label("", wrap=True)
        self.body.insertWidget(0, self._title)
        self._promises, self._aspects = LineSection("年初履职承诺"), LineSection("述职报告表")
        self._meeting = LineSection("述职评议会")
        self._promises.add_tool(button("登记承诺", "link", act=self.promise_wanted.emit))
        self._edit = button("修改文字", "link", act=self.edit_wanted.emit)
        self._aspects.add_tool(self._edit)
        for widget in (self._how, self._promises, self._meeting, self._aspects):
            self.add(widget)
        self.add_stretch()
        self._acts = ActFlow()
        self.foot.addWidget(self._acts, 1)

    def show_line(
        self, line: PlanLine, level: str, form: ReportForm | None, meeting: ReportSession | None
    ) -> None:
        """Show one deputy; without a plan there is no form yet."""
        if self.line is None or self.line.deputy.person != line.deputy.person:
            self._open_aspect = 0
        self.line, self._form = line, form
        self._title.setText(f"{line.name}  {level_label(level)}")
        self._how.setText(_how(line))
        self._show_promises(line.promises)
        self._show_meeting(line, meeting)
        self._show_aspects()
        for section in (self._promises, self._aspects):
            section.show()

    def show_many(self, names: Sequence[str]) -> None:
        """Several deputies are marked: only what can be done with all of them."""
        self.line, self._form = None, None
        self._title.setText(f"已选{len(names)}名代表")
        self._how.setText("、".join(names))
        for section in (self._promises, self._aspects, self._meeting):
            section.hide()

    def show_acts(self, acts: Sequence[Act]) -> None:
        """The buttons at the foot."""
        self._acts.show_acts(acts)

    def texts(self) -> dict[str, str]:
        """What is on screen, by section, for those who look from outside."""
        return {
            "title": self._title.text(),
            "how": self._how.text(),
            "promises": "\n".join(self._promises.lines()),
            "aspects": "\n".join(self._aspects.lines()),
            "meeting": "\n".join(self._meeting.lines()),
        }

    def open_sources(self, place: int) -> None:
        """查看来源 of one aspect; pressed again it closes."""
        self._open_aspect = 0 if self._open_aspect == place else place
        self._show_aspects()

    def _show_promises(self, promises: Sequence[Commitment]) -> None:
        self._promises.clear()
        done = sum(each.state == "done" for each in promises)
        self._promises.set_note(f"完成{done}/{len(promises)}" if promises else "")
        for place, each in enumerate(promises, 1):
            target = f"（{each.target}）" if each.target else ""
            when = f" {show_day(each.done)}" if each.done else ""
            tools: list[tuple[str, Callable[[], None]]] = [
                ("完成情况", partial(self.settle_wanted.emit, each.uid)),
                ("删除", partial(self.remove_wanted.emit, each.uid)),
            ]
            self._promises.add_line(f"{place}. {each.what}{target} · {each.shown('state')}{when}", tools)
        if not promises:
            self._promises.say("还没有登记承诺，按 F2 登记，一次可以写几条。")

    def _show_meeting(self, line: PlanLine, meeting: ReportSession | None) -> None:
        self._meeting.clear()
        self._meeting.setVisible(line.deputy.mode == "oral")
        if meeting is None:
            self._meeting.say("还没有安排述职评议会，到“述职评议会”里登记。")
        else:
            held = "已召开" if meeting.held else "未召开"
            self._meeting.add_row(
                show_day_numeric(meeting.day), held, meeting.place or "",
                partial(self.opened.emit, ReportSession.KIND, meeting.uid),
            )  # fmt: skip

    def _show_aspects(self) -> None:
        self._aspects.clear()
        self._edit.setVisible(self._form is not None)
        if self._form is None:
            self._aspects.say("先定下口头还是书面述职，这里就列出各方面的数字。")
            return
        for each in self._form.aspects:
            self._add_aspect(each)

    def _add_aspect(self, each: AspectWords) -> None:
        place, count = each.aspect.place, len(each.sources)
        own = "（已改写）" if each.kept else ""
        words = f"{each.aspect.name}：{each.words or NO_RECORDS}{own}"
        seen = "收起" if self._open_aspect == place else f"查看来源 {count}"
        tools: list[tuple[str, Callable[[], None]]] = (
            [(seen, partial(self.open_sources, place))] if count else []
        )
        self._aspects.add_line(words, tools, soft=not each.words)
        if self._open_aspect == place:
            for source in each.sources:
                day = show_day_numeric(source.day) if source.day else ""
                self._aspects.add_row(
                    day, "", source.words, partial(self.opened.emit, source.kind, source.uid)
                )


def _how(line: PlanLine) -> str:
    report = line.deputy.report
    if report is None:
        told = "今年还没有安排述职方式"
        return f"{told}；按比例和轮次，建议今年口头述职" if line.suggested else told
    parts = [f"{report.shown('mode')}述职", line.state]
    if report.mode == "written" and report.due:
        parts.append(f"应于{show_day(report.due)}前交")
    if report.handed_out:
        where = f"到{report.handed_where}" if report.handed_where else ""
        parts.append(f"报告表{show_day(report.handed_out)}印发{where}")
    if line.last_oral and not (report.mode == "oral" and line.deputy.reported):
        parts.append(f"本届上次口头述职 {line.last_oral}")
    return " · ".join(part for part in parts if part)
