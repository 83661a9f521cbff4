"""Right of 待确认: one question with the values that stand, or one file that waits or was put aside."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from lianxin.county.received.waiting import Asked, Side, Stuck
from lianxin.domain.dates import show_moment
from lianxin.ui.allowed import refused
from lianxin.ui.facts import FactSheet
from lianxin.ui.pieces import Badge, Card, ScrollCard, button, label
from lianxin.ui.theme import px

NOTHING = "在左边选一条。"
BOTH_STAY = (
    "两种写法都留着，定了以后也查得到。乡镇的记录由乡镇改定：一般按F2退乡镇确认；"
    "县里知道哪个对的，按“采用”，随回执告诉乡镇。"
)
OWN = "这是县里自己的记录，采用哪一个就是哪一个。"
OURS = "采用哪一个就是哪一个，没有采用的也留着，以后查得到；下次报送县人大就知道了。"


class QuestionPanel(ScrollCard):
    """`taken(number)` for 采用, `copied` for the line to the township, `shown(number)`
    when a personal value was disclosed (log it), `record_asked` to look at the whole record. `own` is what is said
    below a question this office decides itself.
    """

    taken = Signal(str)
    copied = Signal()
    shown = Signal(str)
    record_asked = Signal()

    def __init__(self, own: str = OWN) -> None:
        super().__init__()
        self._own = own
        self.badge = Badge()
        self._title = label("", "heading", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self._title, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        self._said, self._note = label("", wrap=True), label("", "soft", wrap=True)
        self._base = label("", "soft", wrap=True)
        self._sides = QWidget()
        self._box = QVBoxLayout(self._sides)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(px(8))
        self.facts = FactSheet()
        self.takes: list[QPushButton] = []
        self.look = button("看整条记录", act=self.record_asked.emit)
        self.copy = button("复制给乡镇的话", act=self.copied.emit)
        self.add_layout(head)
        for part in (self._said, self._base, self._sides, self._note, self.facts):
            self.add(part)
        self.add_stretch()
        for made in (self.copy, self.look):
            self.foot.addWidget(made)
        self.foot.addStretch(1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._clear()
        self._title.setText("")
        self.badge.set_words("")
        self._said.setText(NOTHING)
        self._base.hide()
        self._note.setText("")
        self.facts.set_facts(())
        for made in (self.copy, self.look):
            made.hide()

    def show_asked(self, asked: Asked) -> None:
        """Both values with who wrote them; 采用 stands beside each."""
        self._clear()
        question = asked.question
        self._title.setText(f"{question.cls.LABEL}“{asked.title}”")
        given_back = bool(asked.answered) and not question.own
        self.badge.set_words("已退乡镇" if given_back else "待确认")
        self._said.setText(f"{question.label}有{len(asked.sides)}种写法" + ("：" if asked.sides else ""))
        for side in asked.sides:
            self._box.addWidget(self._side(asked, side))
        self._base.setText(f"原来是：{asked.base}")
        self._base.setVisible(bool(asked.base))
        below = self._own if question.own else BOTH_STAY
        self._note.setText("\n".join(part for part in (asked.answered, below) if part))
        self.facts.set_facts([("单位", asked.town)] if asked.town else ())
        self.look.show()
        self.copy.hide()

    def show_stuck(self, stuck: Stuck) -> None:
        """Why a file waits, and what to do."""
        self._clear()
        self._title.setText(f"{stuck.town}　{stuck.issue}")
        self.badge.set_words("暂存等待" if stuck.held else "另存待查")
        self._said.setText(stuck.why)
        self._base.hide()
        self._note.setText(f"下一步：{stuck.act}")
        self.facts.set_facts(
            [
                ("收到", show_moment(stuck.received)),
                ("文件", stuck.file_name),
                ("核对码", stuck.check_code),
                ("给乡镇的话", stuck.line),
            ]
        )
        self.look.hide()
        self.copy.show()

    def said(self) -> str:
        """What stands there in words."""
        return f"{self._title.text()} {self._said.text()} {self._base.text()} {self._note.text()}"

    def _side(self, asked: Asked, side: Side) -> Card:
        card = Card()
        card.body.setContentsMargins(px(12), px(6), px(8), px(6))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        value = label(side.shown, wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(value)
        words.addWidget(label(side.who, "soft", wrap=True))
        line.addLayout(words, 1)
        if side.hidden:
            show = button("显示", "link", hint="显示全部内容，并记入查看记录")

            def disclose() -> None:
                if refused(show, "reveal"):
                    return
                value.setText(asked.question.choices[int(side.number) - 1].shown)
                show.hide()
                self.shown.emit(side.number)

            show.clicked.connect(disclose)
            line.addWidget(show)
        take = button("采用", act=partial(self.taken.emit, side.number))
        take.setAccessibleName(f"采用：{side.shown}")
        line.addWidget(take)
        self.takes.append(take)
        card.add_layout(line)
        return card

    def _clear(self) -> None:
        self.takes = []
        while self._box.count():
            item = self._box.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
