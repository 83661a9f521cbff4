"""Right of the act: what went out, what the county said of it, and how the county opens and checks it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.domain.dates import show_day
from lianxin.office.sending.county_word import CountyWord
from lianxin.office.sending.history import SentLine
from lianxin.office.sending.monthly_act import MonthlyAct
from lianxin.ui.pieces import Card, button, label, set_look
from lianxin.ui.sending.act_cards import tools
from lianxin.ui.sending.receipt_card import ReceiptCard
from lianxin.ui.sending.sent_list import SentList
from lianxin.ui.theme import px

FOR_STRANGERS = (
    "县人大不用装本程序：压缩包双击打开，里面就是Word和Excel。要核对有没有被改动，"
    "打电话对一对20位核对码，或按“数字签名”文件夹里的说明用电脑自带的命令核验。"
)
FOR_USERS = (
    "县人大也用本程序：把压缩包交给县里，在“接收报送”里打开，核对码会自动核验，也可以电话核对20位核对码。"
)
UNKNOWN_HERE = "本机没有这一期的登记，多半是恢复备份以前报送的。"
TELEPHONE_NOTE = "县里电话确认已收到（只是本机记的，不是回执）"


class SentPanel(QWidget):
    """`open_asked`, `copy_asked`, `sheet_asked` and `received_asked` carry the uid of the chosen sending."""

    open_asked = Signal(str)
    copy_asked = Signal(str)
    received_asked = Signal(str)
    sheet_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.list = SentList()
        self.list.picked.connect(self._picked)
        self.open = button("打开文件夹", act=self._open)
        self.copy = button("复制到U盘…", act=self._copy)
        self.sheet = button("核验单", act=self._sheet, hint="核对码、签名人、每个文件的指纹，PDF")
        self.received = button("县里电话确认已收到", "link", act=self._received)
        sent = Card("已报送")
        sent.add(self.list, 1)
        self._detail, self._said = label("", "soft", wrap=True), label("", wrap=True)
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        sent.add(self._said)
        sent.add(self._detail)
        sent.add_layout(tools(self.open, self.copy, self.sheet, self.received))
        self.receipts = ReceiptCard()
        self._county = label("", wrap=True)
        self._how = Card("县里怎样打开")
        self._how.add(self._county)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addWidget(sent, 1)
        box.addWidget(self.receipts)
        box.addWidget(self._how)
        self._picked("")

    def show_act(self, act: MonthlyAct) -> None:
        """Show what went out, and the sentence for a county that uses the program or does not."""
        self.list.show_lines(act.all_sent, act.words)
        self._county.setText(FOR_USERS if act.county_uses == "yes" else FOR_STRANGERS)
        self._how.setVisible(act.link is None)
        self.receipts.show_act(act)
        if act.all_sent and not self.list.current_key():
            self.list.select(act.all_sent[0].record.uid)
        self._picked(self.list.current_key())

    def county_words(self) -> str:
        """The sentence on how the county opens it."""
        return self._county.text()

    def said(self) -> str:
        """What the county said of the chosen file."""
        return "" if self._said.isHidden() else self._said.text()

    def _picked(self, uid: str) -> None:
        line, word = self.list.sent.line(uid), self.list.sent.word(uid)
        told, look = _told(line, word)
        self._said.setText(told)
        self._said.setVisible(bool(told))
        set_look(self._said, look)
        self._detail.setVisible(line is not None)
        if line is not None:
            self._detail.setText(
                f"{line.title} · {line.way}　{show_day(line.record.day)}\n核对码 {line.record.check_code}"
            )
        for made in (self.open, self.copy):
            made.setEnabled(line is not None and line.path is not None)
        self.sheet.setEnabled(line is not None)
        self.received.setVisible(line is not None and line.record.state == "sent" and word is None)

    def _open(self) -> None:
        self.open_asked.emit(self.list.current_key())

    def _copy(self) -> None:
        self.copy_asked.emit(self.list.current_key())

    def _sheet(self) -> None:
        self.sheet_asked.emit(self.list.current_key())

    def _received(self) -> None:
        self.received_asked.emit(self.list.current_key())


def _told(line: SentLine | None, word: CountyWord | None) -> tuple[str, str]:
    """What is said of a file, and how it looks: a receipt stands out, a telephone call is a soft note."""
    if word is not None:
        sentence = f"✓ {word.sentence}" if word.taken else word.sentence
        strange = f"\n{UNKNOWN_HERE}" if line is None else ""
        return f"{sentence}{strange}", "good" if word.taken and not word.sent_back else "problem"
    if line is not None and line.record.state == "received":
        return TELEPHONE_NOTE, "soft"
    return "", "soft"
