"""核对: what to look at before the figures are frozen, and the texts that name somebody, each with its buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from lianxin.office.sending.personal_texts import PersonalText
from lianxin.office.sending.review import Finding
from lianxin.ui.pieces import button, label
from lianxin.ui.sending.text_row import ROW, text_row
from lianxin.ui.theme import px

_SHOWN = 60
"""More are named by their number: nobody works through hundreds of lines here."""
_LINE, _ROOM = 36, 112


class FindingsList(QScrollArea):
    """Scrolls in itself, so that the steps below stay on screen.

    `open_record(kind, uid)` goes to a record, `black_out(texts)` turns 涂黑 of these texts on or off.
    """

    def __init__(
        self,
        open_record: Callable[[str, str], None],
        black_out: Callable[[Sequence[PersonalText]], None],
    ) -> None:
        super().__init__()
        self._open, self._black_out = open_record, black_out
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("核对发现的问题")
        self._inner = QWidget()
        self._box = QVBoxLayout(self._inner)
        self._box.setContentsMargins(0, 0, px(8), 0)
        self._box.setSpacing(0)
        self.setWidget(self._inner)
        self.sentences: tuple[str, ...] = ()
        self._texts_at: QWidget | None = None
        self.hide()

    def show_findings(self, findings: Sequence[Finding], texts: Sequence[PersonalText] = ()) -> None:
        """Show these findings, and below them the texts."""
        place = self.verticalScrollBar().value()
        self._clear()
        self.sentences = tuple(finding.sentence for finding in findings)
        for finding in findings[:_SHOWN]:
            self._box.addWidget(self._line(finding))
        self._rest(len(findings))
        self._texts_at = self._texts_line(texts) if texts else None
        if self._texts_at is not None:
            self._box.addWidget(self._texts_at)
        in_order = sorted(texts, key=lambda each: (each.open, each.withheld))
        for text in in_order[:_SHOWN]:
            self._box.addWidget(
                text_row(text, open_record=self._open, black_out=lambda one: self._black_out([one]))
            )
        self._rest(len(texts))
        self._box.addStretch(1)
        self.setVisible(bool(findings or texts))
        wanted = _LINE * len(findings) + (_LINE + ROW * len(texts) if texts else 0)
        self.setFixedHeight(px(min(_ROOM, wanted)))
        self._inner.adjustSize()
        self.verticalScrollBar().setValue(place)

    def show_texts(self) -> None:
        """Bring the texts that name somebody into sight."""
        if self._texts_at is not None:
            self.verticalScrollBar().setValue(self._texts_at.y())

    def _clear(self) -> None:
        while self._box.count():
            item = self._box.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()

    def _rest(self, count: int) -> None:
        if count > _SHOWN:
            self._box.addWidget(label(f"还有{count - _SHOWN}处，处理好前面的再核对一次就会列出来。", "soft"))

    def _texts_line(self, texts: Sequence[PersonalText]) -> QWidget:
        row = QWidget()
        row.setFixedHeight(px(_LINE))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(f"提到来访人的文字（{len(texts)}处）", "heading"), 1)
        free = [each for each in texts if each.places and not each.withheld and not each.open]
        if len(free) > 1:
            every = button(f"全部涂黑（{len(free)}处）", "link", act=partial(self._black_out, free))
            line.addWidget(every, 0, Qt.AlignmentFlag.AlignRight)
        return row

    def _line(self, finding: Finding) -> QWidget:
        row = QWidget()
        row.setFixedHeight(px(_LINE))
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
