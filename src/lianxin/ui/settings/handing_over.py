"""交接与换电脑: the list to go through, the new person's passphrase, what is still to be done, and a new computer."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.domain.records import User
from lianxin.office.access.users import name_before
from lianxin.office.desk import Desk as Office
from lianxin.office.handover.handover_list import HandoverList, handover_list
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.safekeeping.after_handover import hand_over
from lianxin.store.errors import StoreProblem
from lianxin.ui.allowed import grey_out
from lianxin.ui.asking.questions import Questions, hidden, line, passphrase_problems
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label, set_look
from lianxin.ui.pieces.card import Card
from lianxin.ui.printing import paper_folder, show_paper
from lianxin.ui.settings.after_handing_over import AfterHandoverCard, OlderBackupsCard, Ways
from lianxin.ui.settings.lines import beside
from lianxin.ui.settings.new_computer import NewComputerCard
from lianxin.ui.start.window_keeper import Keeper
from lianxin.ui.theme import px


class HandoverSection(QWidget):
    """What is handed over, to whom, and what is left to do then."""

    def __init__(self, window: Desk, office: Office, keeper: Keeper, ways: Ways) -> None:
        super().__init__()
        self._window, self._office, self._keeper = window, office, keeper
        self._summary = label("", wrap=True)
        self.print_button = button("打印交接清单…", act=self.print_list, needs="look")
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
        self.after = AfterHandoverCard(office, ways)
        self.older = OlderBackupsCard(office)
        self.moving = NewComputerCard(window, office)
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        for card in (listed, giving, self.after, self.older, self.moving):
            box.addWidget(card)
        box.addStretch(1)

    def refresh(self) -> None:
        """Read what there is to hand over, and how far the work after it is."""
        for card in (self.after, self.older, self.moving):
            card.refresh()
        # What is left to do of a handover that was comes before the next one.
        self._box.insertWidget(0 if self.after.pending else 2, self.after)
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
            show_paper(self._window, (name, content), paper_folder(), personal=False)

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
            return hand_over(
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
            self.after.refresh()
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
