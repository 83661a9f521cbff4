"""4 数字签名: in which way the report goes, what it is called, its code and files, and how to enrol before that."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from lianxin.office.sending.history import SENT_WAYS, SentLine
from lianxin.office.sending.monthly_act import MonthlyAct
from lianxin.office.sending.together import with_continuations
from lianxin.office.trust.trusting import UNCONFIRMED
from lianxin.ui.pieces import Badge, button, label
from lianxin.ui.sending.step_card import StepCard
from lianxin.ui.theme import px

NO_SUBSTITUTE = "数字签名不能代替签字盖章，纸质件照常报送。"
PLAIN_CHOICE = "不含个人信息的报送件"
PLAIN_MEANS = "不加密，谁都能打开：不带来访人的姓名、电话、住址和附件；有文字提到来访人的，从那一条起先不报，以后加密报送时补上。"
NOT_ENROLLED = "还没有在县人大登记，按普通报送：只有Word和Excel，不加密。登记以后可以加密报送、收回执。"
NOT_NEEDED = "县人大不使用本程序，按普通报送：只有Word和Excel，不加密。"


class SigningCard(StepCard):
    """`enrol_asked` when the clerk wants to enrol or to compare the root's code; `plain()` is the choice made."""

    enrol_asked = Signal()
    choice_changed = Signal()

    def __init__(self) -> None:
        super().__init__("4 数字签名")
        self.elsewhere, self.open_sent = button("换一个位置", "link"), button("打开文件夹", "link")
        self.repeat = button("再签一份", "link", hint="县里要求重报，或者要换加密、不加密的时候用")
        for tool in (self.elsewhere, self.open_sent, self.repeat):
            self.add_tool(tool)
        self._plain = QCheckBox(PLAIN_CHOICE)
        self._plain.setAccessibleName(PLAIN_CHOICE)
        self._plain.setToolTip(PLAIN_MEANS)
        self._plain.toggled.connect(self._toggled)
        # With words and no parent a badge would show itself as a window and take the keys away.
        self._unconfirmed = Badge(parent=self)
        self._enrol = button("去登记", act=self.enrol_asked.emit)
        self._way = label("", "soft", wrap=True)
        self._means = label(PLAIN_MEANS, "soft", wrap=True)
        self._choices = QWidget()
        line = QHBoxLayout(self._choices)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(10))
        line.addWidget(self._way, 1)
        line.addWidget(self._unconfirmed)
        line.addWidget(self._enrol)
        line.addWidget(self._plain)
        self.code = label("", "number")
        self._files = label("", "soft", wrap=True)
        for shown in (self.code, self._files):
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for part in (self.code, self._files, self._choices, self._means):
            self.add(part)
        self._means.hide()

    def plain(self) -> bool:
        """Whether the next report goes without personal data and unencrypted, by the clerk's choice."""
        return self._plain.isVisibleTo(self._choices) and self._plain.isChecked()

    def way(self) -> str:
        """What is said of the way it goes."""
        return self._way.text()

    def files(self) -> str:
        """The files of this sending as shown."""
        return "" if self._files.isHidden() else self._files.text()

    def warns(self) -> bool:
        """Whether 根证书未核对 is shown."""
        return not self._unconfirmed.isHidden()

    def show_act(self, act: MonthlyAct) -> None:
        """Show how signing stands."""
        self._show_way(act)
        sent = act.sent
        for part in (self.code, self._files, self.open_sent):
            part.setVisible(sent is not None)
        self.repeat.setVisible(sent is not None and act.frozen and act.link is not None and not act.again)
        if sent is None:
            self.say(
                f"签字盖章以后，按右上角的“数字签名”。{NO_SUBSTITUTE}"
                if act.may_sign
                else f"定稿以后才能数字签名。{NO_SUBSTITUTE}",
                "plain" if act.may_sign else "soft",
            )
            return
        if act.again:
            word = act.words[sent.record.bundle_id]
            self.say(f"{sent.title}：{word.sentence}请按右上角的“数字签名”再报送一次。", "late")
        else:
            self.say(f"✓ {sent.title} · {sent.way}，已生成并核验。核对码（电话核对时念这20位）：", "good")
        self.code.setText(sent.record.check_code)
        self.code.setAccessibleName(f"核对码 {sent.record.check_code}")
        self._files.setText(f"{_files(with_continuations(sent, act.all_sent))}\n{NO_SUBSTITUTE}")

    def _show_way(self, act: MonthlyAct) -> None:
        link = act.link
        self._plain.setVisible(link is not None)
        warns = link is not None and not link.confirmed
        self._unconfirmed.set_words(UNCONFIRMED if warns else "", "soon")
        self._enrol.setVisible(link is None or not link.confirmed or not link.in_force or link.soon_over)
        self._means.setVisible(self.plain())
        if link is None:
            self._way.setText(NOT_NEEDED if act.county_uses == "no" else NOT_ENROLLED)
            self._enrol.setText("去登记")
            return
        self._enrol.setText("去办理" if link.confirmed else "去核对")
        if link.revoked:
            self._way.setText("本机的证书已被县人大作废，报送会被拒收。请换新密钥重新登记。")
        elif link.over:
            self._way.setText("本机的证书已经到期，报送会被拒收。请重新生成登记申请。")
        elif link.soon_over:
            self._way.setText(f"报送给{link.county_name}。本机的证书快到期了，请重新生成登记申请。")
        elif act.sent is not None and act.sent.way == SENT_WAYS[2] and not self.plain():
            self._way.setText(f"报送给{link.county_name}。这一份里没有个人信息，所以没有加密。")
        elif self.plain():
            self._way.setText(f"不加密报送给{link.county_name}。")
        else:
            self._way.setText(f"加密报送给{link.county_name}，只有县人大能打开。")

    def _toggled(self) -> None:
        self._means.setVisible(self.plain())
        self.choice_changed.emit()


def _files(lines: Sequence[SentLine]) -> str:
    shown = [
        str(line.path) if line.path is not None else f"{line.record.file_name}（本机没有找到）"
        for line in lines
    ]
    if len(lines) == 1:
        return shown[0]
    return f"共{len(lines)}个文件，要一起交给县里：\n" + "\n".join(shown)
