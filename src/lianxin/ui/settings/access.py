"""查看记录: who saw, exported or printed personal data; search, Excel and print like any register."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.domain.records import AccessNote
from lianxin.office.desk import Desk as Office
from lianxin.office.papers.register_book import register_xlsx
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.printing import paper_folder, show_paper
from lianxin.ui.registers.register_panel import RegisterPanel
from lianxin.ui.settings.lines import beside
from lianxin.ui.start.window_keeper import Keeper
from lianxin.ui.theme import px

TITLE = "个人信息查看记录"


class AccessSection(QWidget):
    """The register of what was seen; it stays on this computer and nobody writes into it."""

    def __init__(self, window: Desk, office: Office, keeper: Keeper) -> None:
        super().__init__()
        self._window, self._office = window, office
        self.panel = RegisterPanel(window, office, AccessNote, keeper.drafts, kept_here=False)
        self.export_button = button(
            "导出、打印…", act=self.export, needs="look", hint="Excel 表，按 A4 横向排好"
        )
        words = "谁在什么时候看过、导出过、打印过个人信息。只存在这台电脑上，不随报送件出去，也不能修改。"
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addWidget(beside(self.export_button, label(words, "soft", wrap=True)))
        box.addWidget(self.panel, 1)

    def refresh(self) -> None:
        """Read the list again."""
        self.panel.refresh()

    def export(self) -> None:
        """The whole list as a workbook."""

        def work(_progress: Progress, _cancel: Cancel) -> bytes:
            return register_xlsx(self._office, AccessNote)

        def done(content: bytes) -> None:
            show_paper(self._window, (f"{TITLE}.xlsx", content), paper_folder(), personal=False)

        self._window.jobs.start(work, title=f"导出{TITLE}", done=done, owner=self)
