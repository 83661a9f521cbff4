"""交接与换电脑: the list to go through, the new person's passphrase, what is still to be done, and a new computer."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.domain.records import User
from lianxin.office.access.users import hand_office_over, name_before
from lianxin.office.desk import Desk as Office
from lianxin.office.handover.handover_list import HandoverList, handover_list
from lianxin.office.papers.catalogue import make_paper
from lianxin.store.errors import StoreProblem
from lianxin.ui.allowed import grey_out
from lianxin.ui.asking.questions import Questions, hidden, line, passphrase_problems
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label, set_look
from lianxin.ui.pieces.card import Card
from lianxin.ui.printing import paper_folder, show_paper
from lianxin.ui.settings.lines import beside
from lianxin.ui.start.window_keeper import Keeper
from lianxin.ui.theme import px

AFTER = (
    "① 在“口令与恢复单”另做一张恢复单，交主席封存，旧的作废。\n"
    "② 在“县人大登记”里换一把新的签名密钥，重新申请登记，把申请文件交县人大，并请县人大作废原来的证书"
    "（原经办人手里若有旧备份和旧口令，里面有原来的签名密钥）。\n"
    "③ 打印交接清单，移交人、接收人、监交人三方签字。"
)
ABSENT = (
    "原经办人不在场：请主席拆开封存的信封，在开机画面点“原经办人不在，由我接手”，用恢复单上的恢复码打开，"
    "设自己的姓名和口令。恢复单也没有了、又没有人知道口令的，数据打不开，任何人都没有办法；"
    "只能请县人大把收到过的报送件发回来对照重录。"
)
OLD_BACKUPS = (
    "以前做的备份，仍用做备份那一天的口令或恢复码打开：哪一天换过口令、换过恢复单，看交接清单第五部分；"
    "备份文件名里有日期，对着看就知道该用哪个口令。"
)
MOVE = (
    "换电脑只要带一个文件：在这台电脑“备份与恢复”里备份到U盘；在新电脑上装好程序，第一个画面点“从备份恢复、换电脑…”，"
    "选这个文件，输入现在的口令。数据、附件、密钥、使用人都过去，不用重新登记。新电脑的编号会跳过100个，"
    "免得和这台电脑上后来登记的重号。换过去以后请不要再在这台电脑上登记；如果已经登记了，"
    "在这台电脑用“县人大登记”里的“交接到另一台电脑”做一个交接文件，到新电脑上接收，两边的记录合在一起，一条也不丢。"
)


class HandoverSection(QWidget):
    """What is handed over, to whom, and what is left to do then."""

    def __init__(self, window: Desk, office: Office, keeper: Keeper) -> None:
        super().__init__()
        self._window, self._office, self._keeper = window, office, keeper
        self._summary = label("", wrap=True)
        self.print_button = button("打印交接清单…", act=self.print_list)
        listed = Card("第一步　一起看交接清单")
        listed.add(self._summary)
        listed.add(beside(self.print_button))
        self.questions = Questions(
            [
                line("leaving", "移交人"),
                line("name", "接收人"),
                hidden("passphrase", "接收人的口令", hint="由接收人输", width=200),
                hidden("again", "再输一次", width=200),
            ]
        )
        self.give_button = button("移交", act=self.hand_over)
        self.outcome = label("", "soft", wrap=True)
        giving = Card("第二步　接收人设自己的口令，移交人的口令同时停用")
        giving.add(self.questions)
        giving.add(beside(self.give_button, self.outcome))
        words = office.acting.refusal("users")
        if words:
            grey_out(self.give_button, words)
        after = Card("第三步　恢复单、签名密钥、签字")
        after.add(label(AFTER, wrap=True))
        other = Card("原经办人不在场；旧备份；换电脑")
        for each in (ABSENT, OLD_BACKUPS, MOVE):
            other.add(label(each, "soft", wrap=True))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        for card in (listed, giving, after, other):
            box.addWidget(card)
        box.addStretch(1)

    def refresh(self) -> None:
        """Read what there is to hand over."""
        if not self.questions.text("leaving"):
            self.questions.row("leaving").editor.set_text(name_before(self._office, self._office.acting.code))

        def work(_progress: Progress, _cancel: Cancel) -> HandoverList:
            return handover_list(self._office)

        self._window.reads.start(work, title="", done=self._show, owner=self)

    def print_list(self) -> None:
        """The list with the lines to sign on, as it prints."""

        def work(_progress: Progress, _cancel: Cancel) -> bytes:
            return make_paper(self._office, "handover-list")

        def done(content: bytes) -> None:
            name = f"经办人交接清单_{self._office.today():%Y%m%d}.docx"
            show_paper(self._window, (name, content), paper_folder())

        self._window.jobs.start(work, title="交接清单", done=done, owner=self)

    def hand_over(self) -> None:
        """The new person takes over; what is typed elsewhere is kept."""
        new, again = (self.questions.row(key).editor.text() for key in ("passphrase", "again"))
        problems = passphrase_problems(new, again)
        if not self.questions.text("name"):
            problems = {"name": "请写明接收人的姓名", **problems}
        if not self.questions.show_problems(problems):
            return
        name, former = self.questions.text("name"), self.questions.text("leaving")
        office = self._office

        def work(_progress: Progress, _cancel: Cancel) -> User:
            return hand_office_over(
                office, name=name, passphrase=new, leaving=office.acting.code, leaving_name=former
            )

        def done(user: User) -> None:
            self.give_button.setEnabled(True)
            for key in ("name", "passphrase", "again"):
                self.questions.row(key).editor.set_text("")
            self._say(
                f"✓ 已移交{user.name}，从现在起用新口令打开，原来的口令停用了。请接着做第三步。", "good"
            )
            self._window.saved()
            self._keeper.rename()
            self._window.hub.tell({User.KIND, "office"})

        def failed(wrong: Exception) -> None:
            self.give_button.setEnabled(True)
            if not isinstance(wrong, StoreProblem):
                raise wrong
            self._say(wrong.message, "problem")

        self.give_button.setEnabled(False)
        self._window.jobs.start(work, title="移交", done=done, failed=failed, owner=self)

    def _show(self, told: HandoverList) -> None:
        lines = [f"{part.heading.partition('、')[2]}：{part.note or part.nothing}" for part in told.parts]
        self._summary.setText("\n".join(each for each in lines if each.partition("：")[2]))

    def _say(self, words: str, look: str) -> None:
        self.outcome.setText(words)
        set_look(self.outcome, look)
