"""Unlocking: the passphrase, the recovery code with a new passphrase, and a backup put in place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from lianxin.office.safekeeping.repair_account import file_words
from lianxin.store.layout import AUTOMATIC
from lianxin.store.passphrase import Login
from lianxin.ui.asking.files import ask_open
from lianxin.ui.asking.passphrase import AskPassphrase
from lianxin.ui.asking.questions import Questions, choice, hidden, line, passphrase_problems
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.start.screens import Screen
from lianxin.ui.theme import px


class UnlockScreen(Screen):
    """`answered(passphrase, who)`, or one of the ways beside it. With several people it asks which one."""

    answered = Signal(str, str)

    def __init__(self, home: Path, people: Sequence[Login] = ()) -> None:
        super().__init__("请输入开机口令", width=520)
        self.ask = AskPassphrase(people)
        self.questions = self.ask.questions
        self.card.add(self.ask)
        self.forgot = button("忘记口令，用恢复码", "link")
        self.absent = button("原经办人不在，由我接手…", "link", hint="拆开主席封存的信封，用恢复单上的恢复码")
        self.restore = button("从备份恢复、换电脑…", "link")
        self.sample = button("先看示例数据", "link")
        self.open = self.ask.open
        self.foot.addWidget(self.open)
        self.foot.addWidget(self.forgot)
        self.foot.addStretch(1)
        self.foot.addWidget(self.sample)
        self.finish()
        further = QHBoxLayout()
        further.addWidget(self.absent)
        further.addWidget(self.restore)
        further.addStretch(1)
        self.card.add_layout(further)
        place = label(f"数据文件夹：{home}", "soft", wrap=True)
        self.card.add(place)
        self.ask.answered.connect(self.answered)

    def focus_first(self) -> None:
        self.ask.focus_first()

    def submit(self) -> None:
        """Try what is typed."""
        self.ask.submit()

    def refuse(self, sentence: str, wait: int = 0) -> None:
        """Say why it did not open and let it be typed again."""
        self.ask.refuse(sentence, wait)


class RecoverScreen(Screen):
    """`answered(code, new passphrase, who)`."""

    answered = Signal(str, str, str)
    back = Signal()

    def __init__(self, people: Sequence[Login] = ()) -> None:
        super().__init__(
            "用恢复码打开",
            "恢复单在主席封存的信封里，共7组、每组5个字符，大小写和空格都没有关系。打开后原口令作废，用新口令。",
            width=680,
        )
        asked = [line("code", "恢复码"), hidden("passphrase", "新口令"), hidden("again", "再输一次")]
        self._several = len(people) > 1
        if self._several:
            named = [(each.actor, each.label or f"使用人{each.actor}") for each in people]
            asked.insert(0, choice("who", "谁的口令", named, named[0][0]))
        self.questions = Questions(asked)
        self.card.add(self.questions)
        self.foot.addWidget(button("打开并换用新口令", "main", act=self.submit))
        self.foot.addWidget(button("返回", act=self.back.emit))
        self.foot.addStretch(1)
        self.finish()
        self.questions.finished.connect(self.submit)

    def focus_first(self) -> None:
        self.questions.focus_first()

    def submit(self) -> None:
        """Look it over and try."""
        new, again = (self.questions.row(key).editor.text() for key in ("passphrase", "again"))
        problems = passphrase_problems(new, again)
        if not self.questions.text("code"):
            problems = {"code": "请对照恢复单输入恢复码", **problems}
        if self.questions.show_problems(problems):
            who = self.questions.text("who") if self._several else ""
            self.answered.emit(self.questions.text("code"), new, who)

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with the code."""
        self.questions.show_problems({"code": sentence})


class AbsentScreen(Screen):
    """原经办人不在场的交接: `answered(code, name, passphrase, leaving)`; says beforehand what happens and what cannot."""

    answered = Signal(str, str, str, str)
    back = Signal()

    def __init__(self, people: Sequence[Login] = ()) -> None:
        super().__init__(
            "原经办人不在，由我接手",
            "请主席在场，拆开封存的信封。用恢复单上的恢复码打开后：您成为“管理”，原经办人的口令停用，旧恢复单作废，"
            "马上打印一张新的重新封存。原经办人登记过的都还在他名下，没有填完的草稿归您接着填。\n"
            "打开以后接着做：换签名密钥，申请文件交县人大，请县人大作废原来的；打印交接清单，由主席和您签字。",
            width=700,
        )
        asked = [
            line("code", "恢复码", hint="7组，每组5个字符，大小写都行"),
            line("name", "您的姓名"),
            hidden("passphrase", "您的口令", hint="至少6个字符"),
            hidden("again", "再输一次"),
        ]
        self._several = len(people) > 1
        if self._several:
            named = [(each.actor, each.label or f"使用人{each.actor}") for each in people]
            asked.insert(0, choice("leaving", "谁离开了", named, named[0][0]))
        self.questions = Questions(asked)
        self.card.add(self.questions)
        self.card.add(
            label(
                "没有恢复单、也没有人知道口令的，数据打不开，任何人（包括本程序的制作者）都没有办法。"
                "以前的备份要用做备份那天的口令或恢复单打开；找到旧备份和当时的口令，可以“从备份恢复”。",
                "soft",
                wrap=True,
            )
        )
        self.foot.addWidget(button("打开并接手", "main", act=self.submit))
        self.foot.addWidget(button("返回", act=self.back.emit))
        self.foot.addStretch(1)
        self.finish()
        self.questions.finished.connect(self.submit)

    def focus_first(self) -> None:
        self.questions.row("code").editor.setFocus()

    def submit(self) -> None:
        """Look it over and try."""
        new, again = (self.questions.row(key).editor.text() for key in ("passphrase", "again"))
        problems = passphrase_problems(new, again)
        for key, words in (("name", "请写明您的姓名"), ("code", "请对照恢复单输入恢复码")):
            if not self.questions.text(key):
                problems = {key: words, **problems}
        if self.questions.show_problems(problems):
            leaving = self.questions.text("leaving") if self._several else ""
            self.answered.emit(self.questions.text("code"), self.questions.text("name"), new, leaving)

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with the code."""
        self.questions.show_problems({"code": sentence})


_RESTORING = (
    "从备份恢复",
    "先把备份全部核对一遍，再换上去。现在的数据（如果有）会另存在数据文件夹的 aside 里，不会删除。\n"
    "换电脑的，请在旧电脑“交接与换电脑”里做一个搬家文件，再用“从旧电脑搬来”；旧电脑坏了，就用最近的备份恢复。",
)
_MOVING = (
    "从旧电脑搬来",
    "选旧电脑“设置与备份—交接与换电脑”里做的那一个文件（连心搬家_…），输入旧电脑上的口令。数据、附件、密钥、使用人、"
    "设置和文书模板都过来，搬好以后逐项数给您看。编号跳过100个，不会和旧电脑上后来登记的重号。",
)


class RestoreScreen(Screen):
    """`answered(file, passphrase)` for a backup to put in place."""

    answered = Signal(object, str)
    back = Signal()

    def __init__(self, home: Path, *, moving: bool = False) -> None:
        heading, sentence = _MOVING if moving else _RESTORING
        super().__init__(heading, sentence, width=680)
        self._file: Path | None = None
        self._automatic = home / AUTOMATIC
        asked = (
            ("旧电脑上的口令", "做这个文件时用的口令") if moving else ("备份时的口令", "做这份备份时用的口令")
        )
        self.questions = Questions([hidden("passphrase", asked[0], hint=asked[1])])
        self._chosen = label("还没有选择备份文件", "soft", wrap=True)
        choosing = QHBoxLayout()
        choosing.setSpacing(px(12))
        choosing.addWidget(button("选择搬家文件…" if moving else "选择备份文件…", act=self._choose))
        choosing.addWidget(self._chosen, 1)
        self.card.add_layout(choosing)
        self.card.add(self.questions)
        self.foot.addWidget(button("搬到这台电脑" if moving else "恢复", "main", act=self.submit))
        self.foot.addWidget(button("返回", act=self.back.emit))
        self.foot.addStretch(1)
        self.finish()
        self.questions.finished.connect(self.submit)

    def choose(self, file: Path) -> None:
        """Take this file."""
        self._file = file
        self._chosen.setText(f"{file_words(file)}\n{file}")
        self.questions.focus_first()

    def submit(self) -> None:
        """Look it over and begin."""
        typed = self.questions.row("passphrase").editor.text()
        if self._file is None:
            self._chosen.setText("请先选择备份文件（文件名以 .lxbak 结尾）")
        elif self.questions.show_problems({} if typed else {"passphrase": "请输入做备份时的口令"}):
            self.answered.emit(self._file, typed)

    def refuse(self, sentence: str) -> None:
        """Say why it was not restored."""
        self.questions.show_problems({"passphrase": sentence})

    def _choose(self) -> None:
        name = ask_open(self, "选择备份文件", "连心备份 (*.lxbak)", str(self._automatic))
        if name:
            self.choose(Path(name))
