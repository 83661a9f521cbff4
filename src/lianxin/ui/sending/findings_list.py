"""核对: what to look at before the figures are frozen, each line with its button to the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from lianxin.office.sending.review import Finding
from lianxin.ui.pieces import button, label
from lianxin.ui.theme import px

_SHOWN = 60
"""More are named by their number: nobody works through hundreds of lines here."""


class FindingsList(QScrollArea):
    """Scrolls in itself, so that the steps below stay on screen; `open_record(kind, uid)` goes to one."""

    def __init__(self, open_record: Callable[[str, str], None]) -> None:
        super().__init__()
        self._open = open_record
        self.setWidgetResizable(True)
        self.setAccessibleName("核对发现的问题")
        self._inner = QWidget()
        self._box = QVBoxLayout(self._inner)
        self._box.setContentsMargins(0, 0, px(8), 0)
        self._box.setSpacing(0)
        self.setWidget(self._inner)
        self.sentences: tuple[str, ...] = ()
        self.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these findings."""
        while self._box.count():
            item = self._box.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.sentences = tuple(finding.sentence for finding in findings)
        for finding in findings[:_SHOWN]:
            self._box.addWidget(self._line(finding))
        if len(findings) > _SHOWN:
            self._box.addWidget(
                label(f"还有{len(findings) - _SHOWN}处，改好前面的再核对一次就会列出来。", "soft")
            )
        self._box.addStretch(1)
        self.setVisible(bool(findings))
        self.setFixedHeight(px(36) * min(4, len(findings)) + px(4))

    def _line(self, finding: Finding) -> QWidget:
        row = QWidget()
        row.setFixedHeight(px(36))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        words = label(f"· {finding.sentence}")
        words.setToolTip(finding.sentence)
        words.setMinimumWidth(px(80))
        line.addWidget(words, 1)
        if finding.uid:
            see = button("去看", "link", act=partial(self._open, finding.kind, finding.uid))
            see.setAccessibleName(f"去看：{finding.sentence}")
            line.addWidget(see, 0, Qt.AlignmentFlag.AlignRight)
        return row
