"""One 述职评议会 beside the list: deputies, questions, improvements, papers and the way to its ballots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lianxin.domain.dates import show_day, show_day_weekday, show_hours
from lianxin.domain.records import Evaluation, Opinion, YearReport
from lianxin.office.reportback.report_sessions_view import Asked, Improving, SessionFile, improvement_words
from lianxin.ui.pieces import Act, FlowLayout, LineSection, ScrollCard, button, label
from lianxin.ui.pieces.act_flow import ActFlow
from lianxin.ui.theme import px

Tools = list[tuple[str, Callable[[], None]]]


class SessionCard(ScrollCard):
    """Shows one SessionFile. The signals tell what was asked for; the page does it."""

    question_wanted = Signal(str)
    opinion_wanted = Signal(str)
    improvement_wanted = Signal(str)
    ballot_wanted = Signal()
    paper_wanted = Signal(str)
    opened = Signal(str, str)

    def __init__(self, papers: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.file: SessionFile | None = None
        self._title, self._facts = label("", "heading", wrap=True), label("", wrap=True)
        self._note = label("", "doubt", wrap=True)
        self.body.insertWidget(0, self._title)
        self._deputies, self._ballots = LineSection("述职代表"), LineSection("测评计票")
        self._questions, self._improving = LineSection("提问和意见"), LineSection("整改措施")
        self._ballots.add_tool(button("新建测评", "link", act=self.ballot_wanted.emit))
        self._questions.add_tool(button("登记提问", "link", act=partial(self.question_wanted.emit, "")))
        self._improving.add_tool(button("登记措施", "link", act=partial(self.improvement_wanted.emit, "")))
        self._minutes_head, self._minutes = label("会议记录", "heading"), label("", wrap=True)
        for widget in (
            self._facts, self._note, self._deputies, self._ballots, self._questions, self._improving,
            label("会议文书", "heading"), self._papers(papers), self._minutes_head, self._minutes,
        ):  # fmt: skip
            self.add(widget)
        self.add_stretch()
        self._acts = ActFlow()
        self.foot.addWidget(self._acts, 1)

    def show_file(self, file: SessionFile, acts: Sequence[Act]) -> None:
        """Show a meeting and what can be done."""
        self.file = file
        self._title.setText(file.title)
        self.setAccessibleName(f"{file.number} {file.title}")
        self._facts.setText(_facts(file))
        self._note.setText(file.note)
        self._note.setVisible(bool(file.note))
        self._show_deputies(file)
        self._show_ballots(file.evaluations)
        self._show_questions(file.questions)
        self._show_improving(file.improvements)
        self._minutes.setText(file.session.minutes or "")
        for widget in (self._minutes_head, self._minutes):
            widget.setVisible(bool(file.session.minutes))
        self._acts.show_acts(acts)

    def texts(self) -> dict[str, str]:
        """What is on screen, by section, for those who look from outside."""
        return {
            "title": self._title.text(),
            "facts": self._facts.text(),
            "note": self._note.text(),
            "deputies": "\n".join(self._deputies.lines()),
            "ballots": "\n".join(self._ballots.lines()),
            "questions": "\n".join(self._questions.lines()),
            "improving": "\n".join(self._improving.lines()),
        }

    def _papers(self, papers: Sequence[tuple[str, str]]) -> QWidget:
        held = QWidget()
        flow = FlowLayout(held, gap=px(8))
        for key, words in papers:
            flow.addWidget(button(words, act=partial(self.paper_wanted.emit, key)))
        return held

    def _show_deputies(self, file: SessionFile) -> None:
        self._deputies.clear()
        for place, each in enumerate(file.deputies, 1):
            handed = f" · 报告表{show_day(each.report.handed_out)}印发" if each.report.handed_out else ""
            tools: Tools = [("查看", partial(self.opened.emit, YearReport.KIND, each.report.uid))]
            self._deputies.add_line(f"{place}. {each.name}{handed}", tools)
        if not file.deputies:
            self._deputies.say("还没有选述职代表，点“修改”选。")

    def _show_ballots(self, evaluations: Sequence[Evaluation]) -> None:
        self._ballots.clear()
        for each in evaluations:
            counts = f"：发出{each.issued}张，收回{each.returned}张" if each.returned is not None else ""
            tools: Tools = [("计票", partial(self.opened.emit, Evaluation.KIND, each.uid))]
            self._ballots.add_line(f"{each.name}（{each.shown('state')}）{counts}", tools)
        if not evaluations:
            self._ballots.say("会前建好测评，就可以打印测评表；会后录入票数。")

    def _show_questions(self, questions: Sequence[Asked]) -> None:
        self._questions.clear()
        for place, each in enumerate(questions, 1):
            asked = each.question
            to = f"（问{each.to}）" if each.to else ""
            answer = f" 答：{asked.answer}" if asked.answer else ""
            tools: Tools = [
                ("登记回答" if not answer else "修改", partial(self.question_wanted.emit, asked.uid))
            ]
            if each.matter and asked.opinion:
                tools.append((each.matter, partial(self.opened.emit, Opinion.KIND, asked.opinion)))
            else:
                tools.append(("转为意见", partial(self.opinion_wanted.emit, asked.uid)))
            self._questions.add_line(f"{place}. {asked.words}{to}{answer}", tools)
        if not questions:
            self._questions.say("选民当场的提问和意见，一条一行；需要办理的可以转为意见。")

    def _show_improving(self, improvements: Sequence[Improving]) -> None:
        self._improving.clear()
        for each in improvements:
            words = "修改" if each.improvement.done else "登记完成"
            tools: Tools = [(words, partial(self.improvement_wanted.emit, each.improvement.uid))]
            self._improving.add_line(improvement_words(each), tools, soft=each.improvement.done is not None)
        if not improvements:
            self._improving.say("代表会后的整改措施和期限，到期会提醒。")


def _facts(file: SessionFile) -> str:
    """Number, when, where, who leads, how many, and how the result was made known."""
    told = file.session
    hours = show_hours(told.start, told.end)
    people = [f"应到{told.expected}人" if told.expected is not None else ""]
    people.append(f"参加选民{told.voters}人" if told.voters is not None else "")
    parts = [
        file.number,
        f"{show_day_weekday(told.day)}{hours}",
        told.place or "",
        f"主持：{told.chair}" if told.chair else "",
        "，".join(each for each in people if each),
        f"列席：{told.attending}" if told.attending else "",
        f"结果公布：{told.shown('result_means')}" if told.result_means else "",
        "已召开" if told.held else "未召开",
    ]
    return " · ".join(part for part in parts if part)
