"""One text that names somebody: what it says, why it is here, and the way to black it out for the county."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lianxin.office.sending.personal_texts import PersonalText
from lianxin.ui.pieces import ElidedLabel, button
from lianxin.ui.theme import px

ROW = 56


def text_row(
    text: PersonalText,
    *,
    open_record: Callable[[str, str], None],
    black_out: Callable[[PersonalText], None],
) -> QWidget:
    """The row; `black_out` also takes 涂黑 back. An open text has no such button: it says why."""
    row = QWidget()
    row.setFixedHeight(px(ROW))
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(px(8))
    words = ElidedLabel(f"· {' '.join(text.text.split())}")
    why = ElidedLabel(text.sentence, "soft")
    told = QVBoxLayout()
    told.setSpacing(0)
    told.addWidget(words)
    told.addWidget(why)
    line.addLayout(told, 1)
    see = button("去看", "link", act=partial(open_record, text.kind, text.uid))
    see.setAccessibleName(f"去看：{text.label}")
    line.addWidget(see)
    if text.places and not (text.open and not text.withheld):
        name = "取消涂黑" if text.withheld else "涂黑"
        black = button(name, "link", act=partial(black_out, text))
        black.setAccessibleName(f"{name}：{text.label}")
        line.addWidget(black)
    return row
