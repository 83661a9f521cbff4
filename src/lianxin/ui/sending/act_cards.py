"""The five cards of the monthly act, top to bottom; they only show, the page does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from lianxin.domain.dates import show_day
from lianxin.office.sending.monthly_act import MonthlyAct
from lianxin.ui.pieces import button, label
from lianxin.ui.sending.findings_list import FindingsList
from lianxin.ui.sending.step_card import StepCard
from lianxin.ui.theme import px

_SUMMARY = ("reception_days", "contact_persons", "opinions", "closed", "due_closed_rate", "satisfaction_rate")
NO_SUBSTITUTE = "数字签名不能代替签字盖章，纸质件照常报送。"


class ActCards(QWidget):
    """Buttons are public; `open_record(kind, uid)` goes to the record of a finding."""

    def __init__(self, open_record: Callable[[str, str], None]) -> None:
        super().__init__()
        self.check, self.final, self.drafts, self.signing, self.stick = (
            StepCard(words) for words in ("1 核对", "2 定稿", "3 送签稿", "4 数字签名", "5 复制到U盘")
        )
        self.again, self.look = button("重新核对", "link"), button("看一看", "link")
        self.look.clicked.connect(self._unfold)
        self.freeze, self.thaw = button("定稿"), button("取消定稿", "link")
        self.draft, self.open_drafts = button("生成送签稿"), button("打开文件夹", "link")
        self.open_sent, self.elsewhere = button("打开文件夹", "link"), button("换一个位置", "link")
        self.copy = button("选择U盘…")
        self.findings = FindingsList(open_record)
        self._figures = label("", "soft", wrap=True)
        self._differences = label("", "problem", wrap=True)
        self.code = label("", "number")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._path = label("", "soft", wrap=True)
        self._path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for card, tools in (
            (self.check, (self.look, self.again)),
            (self.final, (self.thaw, self.freeze)),
            (self.drafts, (self.open_drafts, self.draft)),
            (self.signing, (self.elsewhere, self.open_sent)),
            (self.stick, (self.copy,)),
        ):
            for tool in tools:
                card.add_tool(tool)
        self.check.add(self.findings)
        self.final.add(self._differences)
        self.final.add(self._figures)
        self.signing.add(self.code)
        self.signing.add(self._path)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        for card in (self.check, self.final, self.drafts, self.signing, self.stick):
            box.addWidget(card)
        box.addStretch(1)

    def show_act(self, act: MonthlyAct) -> None:
        """Show how the act of a period stands."""
        self._show_check(act)
        self._show_final(act)
        self._show_drafts(act)
        self._show_signing(act)
        sent = act.sent is not None
        self.copy.setEnabled(sent)
        if act.copied:
            self.stick.say(f"✓ 已复制到 {act.copied}，读回核对无误，可以拔出。", "good")
        else:
            self.stick.say(
                "复制后会从U盘读回来核对，看到“可以拔出”再拔。" if sent else "数字签名以后再复制。", "soft"
            )

    def differences(self) -> str:
        """What is different since the freezing, as shown; "" for nothing."""
        return "" if self._differences.isHidden() else self._differences.text()

    def _show_check(self, act: MonthlyAct) -> None:
        count = len(act.findings)
        # Once frozen the findings give their room to the steps that are next.
        folded = bool(count) and act.frozen
        self.look.setVisible(folded)
        if count:
            self.check.say(f"有{count}处要看一看；不改也能报送。")
        else:
            self.check.say("✓ 没有发现问题。", "good")
        self.findings.show_findings(act.findings)
        self.findings.setVisible(bool(count) and not folded)

    def _unfold(self) -> None:
        self.findings.show()
        self.look.hide()

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

    def _show_signing(self, act: MonthlyAct) -> None:
        sent = act.sent
        for part in (self.code, self._path, self.open_sent):
            part.setVisible(sent is not None)
        if sent is None:
            self.signing.say(
                f"签字盖章以后，按右上角的“数字签名”。{NO_SUBSTITUTE}"
                if act.may_sign
                else f"定稿以后才能数字签名。{NO_SUBSTITUTE}",
                "plain" if act.may_sign else "soft",
            )
            return
        self.signing.say(f"✓ {sent.title}已生成并核验。核对码（电话核对时念这20位）：", "good")
        self.code.setText(sent.record.check_code)
        self.code.setAccessibleName(f"核对码 {sent.record.check_code}")
        where = str(sent.path) if sent.path is not None else f"{sent.record.file_name}（本机没有找到）"
        self._path.setText(f"{where}\n{NO_SUBSTITUTE}")


def tools(*buttons: QPushButton) -> QHBoxLayout:
    """Buttons in a line, left aligned."""
    line = QHBoxLayout()
    line.setSpacing(px(8))
    for made in buttons:
        line.addWidget(made)
    line.addStretch(1)
    return line
