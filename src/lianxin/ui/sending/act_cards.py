"""The five cards of the monthly act, top to bottom; they only show, the page does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from lianxin.domain.dates import show_day
from lianxin.office.sending.monthly_act import MonthlyAct
from lianxin.office.sending.personal_texts import PersonalText
from lianxin.office.sending.together import with_continuations
from lianxin.ui.pieces import button, label
from lianxin.ui.sending.findings_list import FindingsList
from lianxin.ui.sending.signing_card import SigningCard
from lianxin.ui.sending.step_card import StepCard
from lianxin.ui.theme import px

_SUMMARY = ("reception_days", "contact_persons", "opinions", "closed", "due_closed_rate", "satisfaction_rate")


class ActCards(QWidget):
    """Buttons are public; `open_record(kind, uid)` goes to a record, `black_out(texts)` turns 涂黑 on or off."""

    def __init__(
        self,
        open_record: Callable[[str, str], None],
        black_out: Callable[[Sequence[PersonalText]], None],
    ) -> None:
        super().__init__()
        self.check, self.final, self.drafts, self.stick = (
            StepCard(words) for words in ("1 核对", "2 定稿", "3 送签稿", "5 复制到U盘")
        )
        self.signing = SigningCard()
        self.again, self.look = button("重新核对", "link"), button("看一看", "link")
        self.look.clicked.connect(self._unfold)
        self.to_texts = button("看这些文字", "link")
        self.to_texts.clicked.connect(self._show_texts)
        self.freeze, self.thaw = button("定稿"), button("取消定稿", "link")
        self.draft, self.open_drafts = button("生成送签稿"), button("打开文件夹", "link")
        self.copy = button("选择U盘…")
        self.findings = FindingsList(open_record, black_out)
        self._figures = label("", "soft", wrap=True)
        self._differences = label("", "problem", wrap=True)
        for card, tools in (
            (self.check, (self.to_texts, self.look, self.again)),
            (self.final, (self.thaw, self.freeze)),
            (self.drafts, (self.open_drafts, self.draft)),
            (self.stick, (self.copy,)),
        ):
            for tool in tools:
                card.add_tool(tool)
        self.check.add(self.findings)
        self.final.add(self._differences)
        self.final.add(self._figures)
        self._unfolded = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        for card in (self.check, self.final, self.drafts, self.signing, self.stick):
            box.addWidget(card)
        box.addStretch(1)

    @property
    def code(self) -> QLabel:
        """核对码 of this period's file."""
        return self.signing.code

    def show_act(self, act: MonthlyAct) -> None:
        """Show how the act of a period stands."""
        self._show_check(act)
        self._show_final(act)
        self._show_drafts(act)
        self.signing.show_act(act)
        self._show_stick(act)

    def differences(self) -> str:
        """What is different since the freezing, as shown; "" for nothing."""
        return "" if self._differences.isHidden() else self._differences.text()

    def _show_check(self, act: MonthlyAct) -> None:
        count, texts = len(act.findings), len(act.texts)
        # Once frozen the findings give their room to the steps that are next.
        folded = bool(count or texts) and act.frozen and not self._unfolded
        self.look.setVisible(folded and bool(count))
        self.to_texts.setVisible(bool(texts) and (folded or bool(count)))
        told = [f"有{count}处要看一看"] if count else []
        told += [f"{texts}处文字提到来访人"] if texts else []
        if told:
            self.check.say(f"{'，'.join(told)}；不改也能报送。")
        else:
            self.check.say("✓ 没有发现问题。", "good")
        self.findings.show_findings(act.findings, act.texts)
        self.findings.setVisible(bool(count or texts) and not folded)

    def _unfold(self) -> None:
        self._unfolded = True
        self.findings.show()
        self.look.hide()

    def _show_texts(self) -> None:
        """Below many findings they would be missed."""
        self._unfold()
        self.findings.show_texts()

    def fold(self) -> None:
        """Another period is shown: findings are folded again once frozen."""
        self._unfolded = False

    def _show_final(self, act: MonthlyAct) -> None:
        final, told = act.final, act.figures
        self.thaw.setVisible(final is not None)
        self.freeze.setVisible(final is None)
        if final is None:
            self.final.say("定稿后数字固定下来，送签稿和报送件都按它。", "soft")
        else:
            at = f"{show_day(final.day)} {final.at:%H:%M}"
            same = act.since.same
            self.final.say(
                f"✓ {at} 定稿，之后没有变化。" if same else f"{at} 定稿，之后有变化。",
                "good" if same else "late",
            )
        lines = [f"{each.label}：定稿时{each.then}，现在{each.now}" for each in act.since.figures]
        if not lines and act.since.documents:
            lines = [f"数字没有变，这些文件的内容变了：{'、'.join(act.since.documents)}"]
        if lines:
            lines.append("请取消定稿，重新定稿、送签，让纸上和文件里一致。")
        self._differences.setText("\n".join(lines))
        self._differences.setVisible(bool(lines))
        figures = [told[key] for key in _SUMMARY]
        self._figures.setText(
            "　".join(f"{each.label} {each.shown}{'' if each.unit == '%' else each.unit}" for each in figures)
        )

    def _show_drafts(self, act: MonthlyAct) -> None:
        self.draft.setEnabled(act.frozen)
        self.open_drafts.setVisible(act.drafts is not None)
        if act.drafts is not None:
            self.drafts.say(f"✓ 已写到 {act.drafts}。打印后请主席签字、加盖公章。", "good")
        else:
            self.drafts.say("报送函、月报表和台账，写成Word和Excel，打印后请主席签字、加盖公章。", "soft")
        self.draft.setText("再生成一次" if act.drafts is not None else "生成送签稿")

    def _show_stick(self, act: MonthlyAct) -> None:
        sent = act.sent
        self.copy.setEnabled(sent is not None)
        files = len(with_continuations(sent, act.all_sent)) if sent is not None else 0
        many = f"{files}个文件" if files > 1 else ""
        if act.copied:
            self.stick.say(f"✓ {many}已复制到 {act.copied}，读回核对无误，可以拔出。", "good")
        elif sent is not None:
            self.stick.say(f"{many}复制后会从U盘读回来核对，看到“可以拔出”再拔。", "soft")
        else:
            self.stick.say("数字签名以后再复制。", "soft")


def tools(*buttons: QPushButton) -> QHBoxLayout:
    """Buttons in a line, left aligned."""
    line = QHBoxLayout()
    line.setSpacing(px(8))
    for made in buttons:
        line.addWidget(made)
    line.addStretch(1)
    return line
