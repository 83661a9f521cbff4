"""迎检目录 asked for: how long each box is kept, whether pages are counted, and where the folders are laid."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from lianxin.domain.codes import RETENTION
from lianxin.office.desk import Desk as Office
from lianxin.office.papers.inspection_folder import FOLDERS, choose_kept, kept_folders
from lianxin.ui.pieces import button, label
from lianxin.ui.pieces.combo import QuietCombo
from lianxin.ui.theme import px

_COLUMNS = 2
_HOW = "保管期限按规则库预先选好（鼠标停在上面看依据），县档案馆另有规定的在这里改，下次照改过的来。"


class InspectionDialog(QDialog):
    """Boxes with their 保管期限 in two columns; `go` is called with whether pages shall be counted."""

    def __init__(
        self,
        office: Office,
        year: int,
        go: Callable[[bool], None],
        parent: QWidget | None = None,
        *,
        countable: bool,
    ) -> None:
        super().__init__(parent)
        self._office, self._go = office, go
        self.setWindowTitle(f"整理{year}年迎检材料")
        self.kept: dict[str, QuietCombo] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(px(20), px(16), px(20), px(16))
        box.setSpacing(px(10))
        box.addWidget(label(_HOW, "soft", wrap=True))
        box.addLayout(self._boxes())
        self.count = QCheckBox("同时数好页数填进卷内目录（用 LibreOffice 排版，要几分钟）")
        self.count.setVisible(countable)
        box.addWidget(self.count)
        acts = QHBoxLayout()
        acts.addWidget(button("选文件夹并整理…", "main", act=self.start))
        acts.addWidget(button("取消", act=self.reject, needs="look"))
        acts.addStretch(1)
        box.addLayout(acts)

    def start(self) -> None:
        """Keep what was chosen and go on."""
        choose_kept(self._office, {heading: combo.value() for heading, combo in self.kept.items()})
        counting = self.count.isChecked()
        self.accept()
        self._go(counting)

    def _boxes(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(6))
        down = -(-len(FOLDERS) // _COLUMNS)
        for at, each in enumerate(kept_folders(self._office)):
            combo = self.kept[each.heading] = QuietCombo(f"{each.heading}保管期限")
            for code in RETENTION.codes:
                combo.addItem(code.label, code.code)
            combo.set_value(each.chosen)
            combo.setToolTip(f"{RETENTION.label_of(each.by_rule)}：{each.source}" if each.source else "")
            grid.addWidget(label(each.heading), at % down, at // down * 2)
            grid.addWidget(combo, at % down, at // down * 2 + 1)
        return grid
