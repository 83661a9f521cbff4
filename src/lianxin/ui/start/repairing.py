"""A damaged ledger: what was found, one button to mend it, and afterwards the account."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.start.screens import Screen


class RepairScreen(Screen):
    """`mend`, `restore` and `back` are its buttons."""

    def __init__(self, sentence: str, backup: str) -> None:
        super().__init__("数据文件要修复", sentence, width=680)
        self.card.add(label(backup, wrap=True))
        self.card.add(
            label(
                "修复时先用最近一份完好的备份，再把坏了的文件里还读得出的登记和草稿放回去；"
                "缺什么，修复完会逐条说明。",
                "soft", wrap=True,
            )
        )  # fmt: skip
        self.mend, self.restore, self.back = (
            button("修复", "main"), button("另选备份恢复…", "link"), button("返回"),
        )  # fmt: skip
        self.foot.addWidget(self.mend)
        self.foot.addWidget(self.back)
        self.foot.addStretch(1)
        self.foot.addWidget(self.restore)
        self.finish()

    def focus_first(self) -> None:
        self.mend.setFocus()


class AccountScreen(Screen):
    """What was mended and what lacks; `go_on` opens the ledger."""

    def __init__(self, sentences: Sequence[str], *, whole: bool) -> None:
        super().__init__("修复好了，没有丢失" if whole else "修复好了，请看缺了什么", width=680)
        for each in sentences:
            self.card.add(label(each, wrap=True))
        self.go_on = button("打开", "main")
        self.foot.addWidget(self.go_on)
        self.foot.addStretch(1)
        self.finish()

    def focus_first(self) -> None:
        self.go_on.setFocus()
