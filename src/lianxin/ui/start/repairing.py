"""A damaged ledger: what was found, one button to mend it, and afterwards the account."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.start.screens import Screen


class RepairScreen(Screen):
    """`mend`, `again`, `restore` and `back` are its buttons; `look` says which backup is the newest now."""

    def __init__(self, sentence: str, look: Callable[[], str]) -> None:
        super().__init__("数据文件要修复", sentence, width=680)
        self._look = look
        self.found = label(look(), wrap=True)
        self.card.add(self.found)
        self.again = button("插好U盘，再找一遍", act=self.look, hint="插上存有备份的U盘或移动硬盘以后按")
        self.card.add(
            label(
                "修复时先用最近一份完好的备份（本机的、插着的U盘和另一块盘上的都看），再把坏了的文件里还读得出的登记和草稿放回去；"
                "缺什么，修复完会逐条说明。",
                "soft", wrap=True,
            )
        )  # fmt: skip
        self.mend, self.restore, self.back = (
            button("修复", "main"), button("另选备份恢复…", "link"), button("返回"),
        )  # fmt: skip
        self.foot.addWidget(self.mend)
        self.foot.addWidget(self.again)
        self.foot.addWidget(self.back)
        self.foot.addStretch(1)
        self.foot.addWidget(self.restore)
        self.finish()

    def look(self) -> None:
        """Look for backups once more."""
        self.found.setText(self._look())

    def focus_first(self) -> None:
        self.mend.setFocus()


class AccountScreen(Screen):
    """What was mended or brought, and what lacks; `go_on` opens the ledger."""

    def __init__(self, heading: str, sentences: Sequence[str]) -> None:
        super().__init__(heading, width=680)
        for each in sentences:
            self.card.add(label(each, wrap=True))
        self.go_on = button("打开", "main")
        self.foot.addWidget(self.go_on)
        self.foot.addStretch(1)
        self.finish()

    def focus_first(self) -> None:
        self.go_on.setFocus()
