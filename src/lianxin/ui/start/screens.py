"""What every screen before the window looks like: one card in the middle, scrolling where there is no room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.card import Card
from lianxin.ui.theme import px


class Screen(QWidget):
    """A heading, what it is about, content put in with `card.add`, and a line of buttons in `foot`."""

    def __init__(self, heading: str, sentence: str = "", *, width: int = 640) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(16), px(16), px(16), px(16))
        self.card = Card()
        self.card.setMaximumWidth(px(width))
        self.card.setMinimumWidth(px(min(width, 480)))
        self.card.body.setContentsMargins(px(32), px(24), px(32), px(24))
        self.card.body.setSpacing(px(12))
        self.card.add(label("连心", "brand"))
        self.heading = label(heading, "title")
        self.card.add(self.heading)
        self.sentence = label(sentence, "soft", wrap=True)
        self.sentence.setVisible(bool(sentence))
        self.card.add(self.sentence)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(px(10))
        centre = QHBoxLayout()
        centre.addStretch(1)
        centre.addWidget(self.card, 100)
        centre.addStretch(1)
        whole.addStretch(1)
        whole.addLayout(centre)
        whole.addStretch(1)

    def finish(self) -> None:
        """Put the line of buttons at the end; call when everything was added."""
        self.card.add_layout(self.foot)

    def say(self, sentence: str) -> None:
        """Say something else below the heading."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def focus_first(self) -> None:
        """Take the focus when the screen comes."""
        self.setFocus()


class WelcomeScreen(Screen):
    """The first thing a new office sees."""

    def __init__(self) -> None:
        super().__init__(
            "乡镇人大工作台账",
            "数据只保存在这台电脑上，加密存放，不联网。第一次使用，先填几项就可以开始；也可以先看看示例。",
        )
        self.begin = button("开始使用", "main")
        self.sample = button("先看示例数据", hint="虚构的石牌镇，随便改，不影响以后正式使用")
        self.county = button(
            "县人大的示例", "link", hint="虚构的清江县和三个乡镇，练接收、审核、登记、回执、通报"
        )
        self.moving = button("从旧电脑搬来…", "link", hint="换电脑：选旧电脑上做的“连心搬家”文件")
        self.restore = button("从备份恢复…", "link", hint="重装系统以后，或旧电脑坏了只有备份")
        self.foot.addWidget(self.begin)
        self.foot.addWidget(self.sample)
        self.foot.addWidget(self.county)
        self.foot.addStretch(1)
        self.foot.addWidget(self.moving)
        self.foot.addWidget(self.restore)
        self.finish()

    def focus_first(self) -> None:
        self.begin.setFocus()


class WorkingScreen(Screen):
    """Something takes a while."""

    def __init__(self) -> None:
        super().__init__("请稍候")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("进度")
        self.card.add(self._bar)
        self._words = label(" ", "soft")
        self.card.add(self._words)
        self.finish()

    def begin(self, heading: str) -> None:
        """Show what is being done."""
        self.heading.setText(heading)
        self.tell(0, 0, "")

    def tell(self, done: int, total: int, words: str) -> None:
        """Show how far it is."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._words.setText(words or " ")
