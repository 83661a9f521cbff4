"""已报送: every signed file with its number, period, 核对码 and state."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.office.sending.history import SentLine
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.table import Column


class SentSource:
    """A ListSource over the sendings."""

    def __init__(self, lines: Sequence[SentLine] = ()) -> None:
        self._lines = {line.record.uid: line for line in lines}

    @property
    def columns(self) -> Sequence[Column]:
        """Number, period, code, state."""
        return (
            Column("seq", "期号", width=72, sortable=False),
            Column("period", "报送期", width=104, sortable=False),
            Column("code", "核对码", stretch=True, sortable=False, drop=1),
            Column("state", "状态", width=118, stretch=True, sortable=False, look="badge"),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """Latest first."""
        return list(self._lines)

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these sendings."""
        return [
            (f"第{line.record.seq}期", line.period.label, line.record.check_code, line.record.shown("state"))
            for line in (self._lines[key] for key in keys)
        ]

    def line(self, key: str) -> SentLine | None:
        """One sending."""
        return self._lines.get(key)


class SentList(RecordList):
    """The list; `show_lines` shows what went out."""

    def __init__(self) -> None:
        self.sent = SentSource()
        super().__init__(
            self.sent, name="已报送", with_filter=False, framed=False, unit="期",
            empty=EmptyWords("还没有报送过", "数字签名以后，每一期都列在这里。"),
        )  # fmt: skip

    def show_lines(self, lines: Sequence[SentLine]) -> None:
        """Show these sendings."""
        self.sent = SentSource(lines)
        self.set_source(self.sent)
