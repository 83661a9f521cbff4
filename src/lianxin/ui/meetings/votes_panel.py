"""表决与决定: the report, the vote and the decisions of one item after the other; the verdict stands beside."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from lianxin.domain.codes import VOTE_MEANS
from lianxin.domain.dates import show_day_short
from lianxin.domain.records import Decision, Filing
from lianxin.office.desk import Desk as Office
from lianxin.office.meetings.ballots import file_resolution
from lianxin.office.meetings.notes import (
    Decided,
    Vote,
    add_decision,
    change_decision,
    set_report,
    set_vote,
    settle_decision,
)
from lianxin.office.meetings.record import ItemRecord, MeetingRecord, meeting_record
from lianxin.store.writing import Change
from lianxin.ui.meetings.decision_line import DecisionLine
from lianxin.ui.meetings.item_row import ItemRow
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import TextLook, button, label, set_look
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.pieces.scroll_card import ScrollCard
from lianxin.ui.reportback.tally_cell import CountCell
from lianxin.ui.theme import px
from lianxin.ui.written import tell_written

_COUNTS = ("赞成", "反对", "弃权")
_LOOKS = {"passed": "good", "failed": "late", "unknown": "soft"}


class VotesPanel(ScrollCard):
    """One item at a time. `changed` after every write."""

    changed = Signal()

    def __init__(self, window: Desk, office: Office) -> None:
        super().__init__()
        self._window, self._office, self._meeting = window, office, ""
        self._record: MeetingRecord | None = None
        self._rows: list[QWidget] = []
        self._shown: str | None = None
        self.items = ItemRow()
        self.heading = label("", "heading", wrap=True)
        self.reporter = QLineEdit()
        self.reporter.setAccessibleName("汇报人")
        self.reporter.setPlaceholderText("汇报人")
        self.reporter.setMinimumWidth(px(260))
        self.reporter.setMaximumWidth(px(360))
        self.report = QPlainTextEdit()
        self.report.setAccessibleName("汇报要点")
        self.report.setPlaceholderText("汇报要点")
        self.report.setTabChangesFocus(True)
        self.report.setMaximumHeight(px(76))
        self.means = ChipRow(
            [(each.code, each.label) for each in VOTE_MEANS.codes], name="表决方式", may_clear=True
        )
        self.cells = {name: CountCell(name) for name in _COUNTS}
        self.verdict = label("", "soft", wrap=True)
        self.adding = DecisionLine(office.today())
        self.findings = label("", "soft", wrap=True)
        self._lay_out()
        self.setFocusProxy(self.cells["赞成"])
        self._connect()

    def show_meeting(self, uid: str) -> None:
        """Show the votes and decisions of this meeting."""
        if uid != self._meeting:
            self.keep()
            self._meeting = uid
        self.refresh()

    def refresh(self) -> None:
        """Read everything again; what is being typed stays."""
        self._record = meeting_record(self._office, self._meeting) if self._meeting else None
        if self._record is None:
            return
        self.items.offer([each.item for each in self._record.items if each.item])
        self._show_item()
        found = self._record.findings
        self.findings.setText("还要看一看：\n" + "\n".join(f"· {words}" for words in found) if found else "")
        self.findings.setVisible(bool(found))

    def keep(self) -> None:
        """Store what is typed."""
        if self._meeting:
            self._store_vote()
            self._store_report()
            self.adding.give_if_waiting()

    def fill_rest(self) -> None:
        """其余赞成: everybody present who was neither against nor abstained."""
        if self._record is not None:
            others = sum(self.cells[name].count() or 0 for name in _COUNTS[1:])
            self.cells["赞成"].set_count(max(self._record.people.tally.present - others, 0))
            for name in _COUNTS[1:]:
                self.cells[name].set_count(self.cells[name].count() or 0)
            self._store_vote()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in (self.report, self.reporter) and event.type() == QEvent.Type.FocusOut:
            self._store_report()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        votes = QHBoxLayout()
        votes.setSpacing(px(8))
        for name in _COUNTS:
            votes.addWidget(label(name))
            votes.addWidget(self.cells[name])
        votes.addWidget(button("其余赞成", act=self.fill_rest, hint="实到人数减去反对和弃权"))
        votes.addStretch(1)
        self.add(self.items)
        self.add(self.heading)
        line = QHBoxLayout()
        line.addWidget(label("汇报", "soft"))
        line.addWidget(self.reporter)
        line.addStretch(1)
        self.add_layout(line)
        self.add(self.report)
        self.add(label("表决", "heading"))
        self.add(self.means)
        self.add_layout(votes)
        self.add(self.verdict)
        self.add(label("决定事项", "heading"))
        self._decided = QWidget()
        self._decided_box = QVBoxLayout(self._decided)
        self._decided_box.setContentsMargins(0, 0, 0, 0)
        self._decided_box.setSpacing(px(2))
        self.add(self._decided)
        self.add(self.adding)
        self.add(self.findings)
        self.add_stretch()

    def _connect(self) -> None:
        order = [self.cells[name] for name in _COUNTS]
        for at, cell in enumerate(order):
            cell.entered.connect(self._say_verdict)
            cell.left.connect(self._store_vote)
            follower: QWidget = order[at + 1] if at + 1 < len(order) else self.adding.what
            cell.gone_on.connect(partial(_focus, follower))
            self.items.turn_with(cell)
        self.items.turn_with(self.adding.what)
        self.items.turned.connect(self._turned)
        self.means.chosen.connect(lambda _code: self._store_vote())
        self.adding.given.connect(self._decide)
        self.reporter.installEventFilter(self)
        self.report.installEventFilter(self)

    def _current(self) -> ItemRecord | None:
        """The item whose fields are on screen, which may not be the chosen one yet."""
        uid = self._shown
        for each in self._record.items if self._record else ():
            if (each.item.uid if each.item else None) == uid:
                return each
        return None

    def _show_item(self) -> None:
        turned, self._shown = self._shown != self.items.item(), self.items.item()
        told = self._current()
        item = told.item if told else None
        self.heading.setText(self.items.title())
        self.heading.setVisible(self.items.is_cut())
        for widget in (self.reporter, self.report, self.means, *self.cells.values()):
            widget.setEnabled(item is not None)
        if turned or not self.reporter.hasFocus():
            self.reporter.setText((item.reporter or "") if item else "")
        if turned or not self.report.hasFocus():
            self.report.setPlainText((item.report or "") if item else "")
        self.means.set_code((item.means or "") if item else "")
        counts = (item.votes_for, item.votes_against, item.abstained) if item else (None,) * 3
        for name, count in zip(_COUNTS, counts, strict=True):
            if turned or not self.cells[name].hasFocus():
                self.cells[name].set_count(count)
        self.verdict.setText(told.verdict.words if told and item else "")
        set_look(self.verdict, _LOOKS[told.verdict.outcome] if told else "soft")
        self.verdict.setToolTip(told.verdict.source if told else "")
        self._show_decisions(told.decisions if told else ())

    def _show_decisions(self, decisions: tuple[Decision, ...]) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._decision_row(at, each) for at, each in enumerate(decisions, 1)]
        for row in self._rows:
            self._decided_box.addWidget(row)

    def _decision_row(self, at: int, decision: Decision) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        about = "，".join(
            part
            for part in (
                decision.by or "",
                f"{show_day_short(decision.due)}前" if decision.due else "",
                "" if decision.state == "open" else decision.shown("state"),
            )
            if part
        )
        words = f"{at}. {decision.what}{f'（{about}）' if about else ''}"
        late = decision.state == "open" and decision.due is not None and decision.due < self._office.today()
        look: TextLook = "late" if late else "plain" if decision.state == "open" else "soft"
        line.addWidget(label(f"{words}{'　已过期' if late else ''}", look, wrap=True), 1)
        if decision.decision_type in ("resolution", "decision") and self._may_file():
            line.addWidget(button("报县备案", "link", act=lambda: self._file(decision.uid)))
        line.addWidget(button("改", "link", act=lambda: self.adding.begin(decision)))
        state, said = ("done", "已落实") if decision.state == "open" else ("open", "重新跟踪")
        line.addWidget(button(said, "link", act=lambda: self._settle(decision.uid, state)))
        return row

    def _may_file(self) -> bool:
        """Resolutions of the congress are filed with the county."""
        return self._record is not None and self._record.meeting.meeting_type == "congress"

    def _file(self, decision: str) -> None:
        uid = file_resolution(self._office, decision)
        if uid:
            self._window.saved()
            self._window.hub.tell({Filing.KIND})
            self._window.open_record(Filing.KIND, uid)

    def _turned(self) -> None:
        # What stands in the fields belongs to the item before.
        self._store_vote()
        self._store_report()
        self._show_item()

    def _say_verdict(self) -> None:
        """Before it is stored nothing is judged; the sentence waits for the last number."""
        self.verdict.setText("离开这一格就保存并判断是否通过。")
        set_look(self.verdict, "soft")

    def _vote(self) -> Vote:
        counts = [self.cells[name].count() for name in _COUNTS]
        return Vote(self.means.code() or None, *counts)

    def _store_vote(self) -> None:
        item = self._current()
        if item is None or item.item is None:
            return
        uid, vote, known = item.item.uid, self._vote(), item.item
        if vote == Vote(known.means, known.votes_for, known.votes_against, known.abstained):
            return
        self._write(lambda: set_vote(self._office, uid, vote), "表决已保存")

    def _store_report(self) -> None:
        item = self._current()
        if item is None or item.item is None:
            return
        known, reporter, report = item.item, self.reporter.text().strip(), self.report.toPlainText().strip()
        if (known.reporter or "", known.report or "") == (reporter, report):
            return
        self._write(
            lambda: set_report(self._office, known.uid, reporter=reporter, report=report), "汇报已保存"
        )

    def _decide(self, uid: str, decided: object) -> None:
        assert isinstance(decided, Decided)
        if uid:
            said = "已改好" if decided.what.strip() else "已去掉一项"
            self._write(lambda: change_decision(self._office, uid, decided), said)
        else:
            item = self.items.item()
            self._write(lambda: add_decision(self._office, self._meeting, item, decided), "已记上议定事项")

    def _settle(self, uid: str, state: str) -> None:
        said = "已记为落实" if state == "done" else "继续跟踪"
        self._write(lambda: settle_decision(self._office, uid, state=state), said)

    def _write(self, act: Callable[[], tuple[Change, ...]], said: str) -> None:
        changes = act()
        if any(each.outcome != "same" for each in changes):
            tell_written(self._window, self._office, said, changes, shown=self._shown_anew)

    def _shown_anew(self) -> None:
        self.refresh()
        self.changed.emit()


def _focus(widget: QWidget) -> None:
    widget.setFocus()
