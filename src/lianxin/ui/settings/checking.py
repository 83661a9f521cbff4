"""检查数据: proves that the ledger is what its journal says."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.office.desk import Desk as Office
from lianxin.office.safekeeping.keeping import check_data, kept_for_later
from lianxin.store.errors import StoreProblem
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label, set_look
from lianxin.ui.pieces.card import Card
from lianxin.ui.settings.lines import beside


class CheckSection(QWidget):
    """检查数据: proves that the ledger is what its journal says."""

    def __init__(self, window: Desk, office: Office) -> None:
        super().__init__()
        self._window, self._office = window, office
        self.check_button = button("检查数据", act=self.check)
        self.outcome = label("", wrap=True)
        card = Card("检查数据")
        card.add(
            label(
                "核对数据文件、每一条流水、编号和检索目录。只检查，不改动；数据多的时候要几分钟，可以停止等待。",
                "soft", wrap=True,
            )
        )  # fmt: skip
        card.add(beside(self.check_button))
        card.add(self.outcome)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        box.addStretch(1)

    def check(self) -> None:
        """Check in the background and say what was found."""

        def work(progress: Progress, _cancel: Cancel) -> tuple[tuple[str, ...], str]:
            problems = check_data(self._office, tell=lambda words: progress(0, 0, words))
            return problems, "" if problems else kept_for_later(self._office)

        def done(found: tuple[tuple[str, ...], str]) -> None:
            problems, later = found
            self.check_button.setEnabled(True)
            if not problems:
                self._say(f"● 检查完毕，没有发现问题。{later}", "good")
                return
            shown = "\n".join(problems[:20])
            more = f"\n……共{len(problems)}处" if len(problems) > 20 else ""
            self._say(
                f"发现{len(problems)}处问题，数据没有改动：\n{shown}{more}\n请先备份，再把这些话告诉维护人员。",
                "problem",
            )

        def failed(wrong: Exception) -> None:
            self.check_button.setEnabled(True)
            if not isinstance(wrong, StoreProblem):
                raise wrong
            self._say(wrong.message, "problem")

        self.check_button.setEnabled(False)
        self._say("正在检查…", "soft")
        self._window.jobs.start(work, title="检查数据", done=done, failed=failed, owner=self)

    def _say(self, words: str, look: str) -> None:
        self.outcome.setText(words)
        set_look(self.outcome, look)
