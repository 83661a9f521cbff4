"""报送县人大: 核对 → 定稿 → 送签稿 → 数字签名 → 复制到U盘, on one page from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from lianxin.domain.records import Enrolment, SentFile
from lianxin.office.desk import Desk
from lianxin.office.figuring import last_complete_month
from lianxin.office.sending.drafting import Drafts, write_drafts
from lianxin.office.sending.final import Final, freeze, thaw
from lianxin.office.sending.history import SentLine, choose_folder, mark_received
from lianxin.office.sending.monthly_act import MonthlyAct, monthly_act, note_drafted
from lianxin.office.sending.personal_texts import PersonalText
from lianxin.office.sending.report import send
from lianxin.office.sending.send import SendingFailed, Sent
from lianxin.office.sending.stick import Copied
from lianxin.office.sending.together import copy_together, with_continuations
from lianxin.office.sending.verification import verification_sheet
from lianxin.office.sending.withholding import Place, disclose, withhold
from lianxin.store.errors import StoreProblem
from lianxin.ui.asking.files import ask_folder
from lianxin.ui.failures import Problem
from lianxin.ui.figures.period_picker import PeriodPicker
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import COUNTY_ASKS, Head, Page
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pieces import Act, FlowLayout, Step, StepLine, TwoPanes
from lianxin.ui.print_marks import marking_of
from lianxin.ui.printing import paper_folder, print_beside
from lianxin.ui.sending.act_cards import ActCards
from lianxin.ui.sending.asking import ask_files, ask_reason, open_folder
from lianxin.ui.sending.asks_line import AsksLine
from lianxin.ui.sending.receipt_flow import BackAsked, FilesAsked, ReceiptFlow
from lianxin.ui.sending.sent_panel import SentPanel
from lianxin.ui.sending.sticks import sticks
from lianxin.ui.sending.take_back_dialog import ask_back
from lianxin.ui.theme import px

T = TypeVar("T")
FOLLOWED = (
    "contact", "visitor", "opinion", "routing", "assignment", "reply", "satisfaction", "reception-day", "rota",
    "station", "mandate", "person", "region", "office", "term", "unit", "sent-file", "receipt-item", "attachment",
    "record-return", "reception-decision",
)  # fmt: skip


class SendingPage(Page):
    """What is asked and shown stands for the dialogs, the file manager and the sticks that are plugged in."""

    def __init__(
        self,
        window: Window,
        office: Desk,
        *,
        folder_asked: Callable[[QWidget, str, str], str] = ask_folder,
        reason_asked: Callable[[QWidget], str] = ask_reason,
        show_folder: Callable[[Path], bool] = open_folder,
        files_asked: FilesAsked = ask_files,
        back_asked: BackAsked = ask_back,
        sticks_found: Callable[[], list[Path]] = sticks,
    ) -> None:
        super().__init__(window)
        self.office = office
        self._ask_folder, self._ask_reason, self._show_folder = folder_asked, reason_asked, show_folder
        self._act: MonthlyAct | None = None
        self._busy = False
        self.picker = PeriodPicker(last_complete_month(office))
        self.picker.changed.connect(self._other_period)
        self.steps = StepLine()
        self.cards = ActCards(self.desk.open_record, self.black_out)
        self.sent = SentPanel()
        self.receipts = ReceiptFlow(
            self, window, office, self.sent.receipts, files_asked=files_asked, folder_asked=folder_asked,
            back_asked=back_asked, sticks=sticks_found,
        )  # fmt: skip
        top = QWidget()
        line = FlowLayout(top, gap=px(12))
        line.setContentsMargins(0, 0, 0, 0)
        self.asks = AsksLine(lambda: self.desk.go(COUNTY_ASKS))
        line.addWidget(self.picker)
        line.addWidget(self.asks)
        self.body.addWidget(top)
        self.body.addWidget(self.steps)
        self.panes = TwoPanes(
            self.cards, self.sent, names=("这一期", "已报送"), shares=(5, 3), least=(520, 360)
        )
        self.body.addWidget(self.panes, 1)
        self._connect()
        self.follow(FOLLOWED)

    def head(self) -> Head:
        """数字签名 is the one main action; it waits for figures that are frozen and unchanged."""
        act = self._act
        ready = act is not None and act.may_sign and not self._busy
        hint = "先定稿，请主席在送签稿上签字、加盖公章，再数字签名"
        if act is not None and act.sent is not None and not act.again:
            hint = "这一期已经数字签名；数字有改动时先取消定稿，重新定稿、送签"
        sign = Act("数字签名", self.sign, "F2", "" if ready else hint, enabled=ready, needs="sign")
        return Head("报送县人大", sign)

    def refresh(self) -> None:
        """Look at everything again, on the worker of readings."""
        self.read(partial(monthly_act, self.office, self.picker.period()), self._show)

    def open_record(self, kind: str, uid: str) -> None:
        """Show one sending."""
        self.sent.list.select(uid)
        self.panes.show_right()

    def focus_first(self) -> None:
        """The first button of the act."""
        self.cards.freeze.setFocus()

    def take_file(self, file: Path) -> None:
        self.receipts.accept([file])

    def go_back(self) -> bool:
        """Esc."""
        return self.panes.go_back()

    def shown(self) -> MonthlyAct | None:
        """What is shown; None before the first look."""
        return self._act

    # ---- the steps ----------------------------------------------------------------------------

    def freeze(self) -> None:
        """定稿."""
        office, period = self.office, self.picker.period()

        def work(_progress: Progress, _cancel: Cancel) -> Final:
            return freeze(office, period)

        def done(_final: Final) -> None:
            self.desk.saved()
            self.desk.tell(f"{period.label}已定稿。请生成送签稿，打印后请主席签字、加盖公章。")

        self._do(work, "正在定稿", done)

    def thaw(self) -> None:
        """取消定稿, with the reason."""
        reason = self._ask_reason(self)
        if reason:
            thaw(self.office, self.picker.period(), reason=reason)
            self.desk.saved()
            self.desk.tell("已取消定稿。数字改好以后请重新定稿、送签。")
            self.refresh()

    def draft(self) -> None:
        """送签稿."""
        act = self._act
        if act is None or not self.desk.paper_out(f"{act.period.label}送签稿"):
            return
        office, period, within, final = self.office, act.period, act.folder, act.final

        def work(_progress: Progress, _cancel: Cancel) -> Drafts:
            drafts = write_drafts(office, period=period, within=within)
            note_drafted(office, period, final)
            return drafts

        def done(drafts: Drafts) -> None:
            beside = "、".join(path.name for path in drafts.beside)
            also = f"；正打开着的另存为 {beside}" if beside else ""
            self.desk.tell(f"送签稿{len(drafts.files)}个文件已写好{also}")
            self._show_folder(drafts.folder)

        self._do(work, "正在生成送签稿", done)

    def sign(self) -> None:
        """数字签名."""
        act = self._act
        if act is not None and act.may_sign:
            self._sign(act)

    def sign_again(self) -> None:
        """再签一份: the county asks for it, or it is to go in the other way."""
        act = self._act
        if act is not None and act.frozen:
            self._sign(act)

    def _sign(self, act: MonthlyAct) -> None:
        if self._busy:
            return
        office, period, folder, plain = self.office, act.period, act.folder, self.cards.signing.plain()

        def work(_progress: Progress, _cancel: Cancel) -> Sent:
            return send(office, period=period, to=folder, plain=plain)

        def done(sent: Sent) -> None:
            self.desk.hub.tell({sent.record.KIND})
            self.desk.saved()
            further = f"，另有{len(sent.continuations)}个附件续件" if sent.continuations else ""
            self.desk.tell(f"已生成报送件（第{sent.record.seq}期）{further}，写好后已重新打开核验。")

        self._do(work, "正在数字签名", done)

    def black_out(self, texts: Sequence[PersonalText]) -> None:
        """涂黑 these texts, or take that back; either can be undone."""
        places = [place for text in texts for place in text.places]
        back = all(text.withheld for text in texts)
        self._set_black(places, back)
        many = f"{len(texts)}处文字" if len(texts) > 1 else f"{texts[0].label}"
        words = f"已取消涂黑：{many}" if back else f"已涂黑：{many}，不随报送件走"
        self.desk.tell(words, lambda: self._set_black(places, not back))

    def _set_black(self, places: Sequence[Place], back: bool) -> None:
        (disclose if back else withhold)(self.office, places)
        self.desk.saved()
        self.refresh()

    def copy(self, line: SentLine | None) -> None:
        """复制到U盘: the file with its continuations."""
        if line is None or line.path is None:
            self.desk.tell("本机没有找到这一期的文件，请再数字签名一次，或从备份找回。")
            return
        told = self._ask_folder(self, "选择U盘", "")
        if not told:
            return
        office, stick = self.office, Path(told)
        going = with_continuations(line, self._act.all_sent if self._act is not None else ())

        def work(_progress: Progress, _cancel: Cancel) -> tuple[Copied, ...]:
            return copy_together(office, going, stick)

        def done(copied: tuple[Copied, ...]) -> None:
            many = f"等{len(copied)}个文件" if len(copied) > 1 else ""
            self.desk.tell(f"已复制 {copied[0].path.name}{many}，读回核对无误，可以拔出。")

        self._do(work, "正在复制到U盘并读回核对", done)

    # ---- around -------------------------------------------------------------------------------

    def _connect(self) -> None:
        cards = self.cards
        cards.again.clicked.connect(self.refresh)
        cards.freeze.clicked.connect(self.freeze)
        cards.thaw.clicked.connect(self.thaw)
        cards.draft.clicked.connect(self.draft)
        cards.open_drafts.clicked.connect(self._open_drafts)
        cards.signing.open_sent.clicked.connect(self._open_sent)
        cards.signing.elsewhere.clicked.connect(self._elsewhere)
        cards.signing.repeat.clicked.connect(self.sign_again)
        cards.signing.enrol_asked.connect(self._enrol)
        cards.copy.clicked.connect(self._copy_this)
        self.sent.open_asked.connect(self._open_of)
        self.sent.copy_asked.connect(self._copy_of)
        self.sent.received_asked.connect(self._received)
        self.sent.sheet_asked.connect(self._print_sheet)

    def print_now(self) -> None:
        """Ctrl+P: the 核验单 of the chosen sending."""
        self._print_sheet(self.sent.list.current_key())

    def _print_sheet(self, uid: str) -> None:
        if not uid:
            self.desk.tell("还没有报送过。报送以后在右边选一期，可以打印它的核验单。")
            return
        made = partial(verification_sheet, self.office, uid)
        marking = marking_of(self.desk, self.office, "核验单", SentFile.KIND, [uid])
        print_beside(
            self.desk, "正在生成核验单", made, paper_folder(), owner=self, marking=marking, personal=False
        )

    def _do(self, work: Callable[[Progress, Cancel], T], title: str, done: Callable[[T], None]) -> None:
        self._set_busy(True)

        def came(result: T) -> None:
            self._set_busy(False)
            done(result)
            self.refresh()

        self.desk.jobs.start(work, title=title, done=came, failed=self._failed, owner=self)

    def _failed(self, wrong: Exception) -> None:
        self._set_busy(False)
        self.refresh()
        if isinstance(wrong, SendingFailed | StoreProblem):
            self.desk.problem(
                Problem(what=wrong.message, safe="已登记的内容都在本机，没有改动。", code=wrong.code)
            )
        else:
            raise wrong

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.cards.setEnabled(not busy)
        self.picker.setEnabled(not busy)
        self.head_changed.emit()

    def _show(self, act: MonthlyAct) -> None:
        self._act = act
        self.cards.show_act(act)
        self.steps.set_steps(steps_of(act))
        self.sent.show_act(act)
        self.asks.show_asks(act.asks)
        self.head_changed.emit()

    def _other_period(self) -> None:
        self.cards.fold()
        self.refresh()

    def _enrol(self) -> None:
        """The section of the settings that enrols: it has the records of that kind."""
        self.desk.open_record(Enrolment.KIND, "")

    def _open_drafts(self) -> None:
        if self._act is not None and self._act.drafts is not None:
            self._show_folder(self._act.drafts)

    def _open_sent(self) -> None:
        if self._act is not None and self._act.sent is not None and self._act.sent.path is not None:
            self._show_folder(self._act.sent.path.parent)

    def _copy_this(self) -> None:
        if self._act is not None:
            self.copy(self._act.sent)

    def _elsewhere(self) -> None:
        told = self._ask_folder(self, "报送件和送签稿写到哪里", str(self._act.folder) if self._act else "")
        if told:
            choose_folder(self.office, Path(told))
            self.desk.tell("位置已换好，以后的报送件和送签稿写到那里。")
            self.refresh()

    def _open_of(self, uid: str) -> None:
        line = self.sent.list.sent.line(uid)
        if line is not None and line.path is not None:
            self._show_folder(line.path.parent)
        else:
            self.desk.tell("本机没有找到这一期的文件。")

    def _copy_of(self, uid: str) -> None:
        self.copy(self.sent.list.sent.line(uid))

    def _received(self, uid: str, received: bool = True) -> None:
        line = self.sent.list.sent.line(uid)
        if line is None:
            return
        changes = mark_received(self.office, line.record, received=received)
        self.desk.hub.tell({change.kind for change in changes})
        self.desk.saved()
        back = partial(self._received, uid, False) if received else None
        told = "已记下：县里电话确认收到" if received else "已撤销"
        self.desk.tell(f"{told}（{line.title}）", back)


def steps_of(act: MonthlyAct) -> list[Step]:
    """How far the act of this period is."""
    final = act.final
    done = [
        (
            not act.findings or final is not None,
            "无问题" if not act.findings else f"{len(act.findings)}处要看",
        ),
        (act.frozen, f"{final.at:%m-%d %H:%M}" if final else ""),
        (act.drafts is not None or act.sent is not None, "请签字盖章" if act.drafts else ""),
        (act.sent is not None, f"第{act.sent.record.seq}期" if act.sent else ""),
        (bool(act.copied), "可以拔出" if act.copied else ""),
    ]
    first = next((at for at, (ready, _) in enumerate(done) if not ready), len(done))
    names = ("核对", "定稿", "送签稿", "数字签名", "复制到U盘")
    return [
        Step(name, below, "done" if ready else ("now" if at == first else "todo"))
        for at, (name, (ready, below)) in enumerate(zip(names, done, strict=True))
    ]
