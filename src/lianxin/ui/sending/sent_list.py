"""已报送: every signed file with its number, period, 核对码 and how it stands at the county."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.office.sending.county_word import CountyWord, state_of_sent
from lianxin.office.sending.history import SentLine
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.table import Column


class SentSource:
    """A ListSource over the sendings, and over what the county has of us that this computer knows nothing of."""

    def __init__(self, lines: Sequence[SentLine] = (), words: Mapping[str, CountyWord] | None = None) -> None:
        self._words = dict(words or {})
        self._lines = {line.record.uid: line for line in lines}
        known = {line.record.bundle_id for line in lines}
        self._strange = {word.item.uid: word for bundle, word in self._words.items() if bundle not in known}

    @property
    def columns(self) -> Sequence[Column]:
        """Number, period, code, state."""
        return (
            Column("seq", "期号", width=72, sortable=False),
            Column("period", "报送期", width=104, sortable=False),
            Column("code", "核对码", stretch=True, sortable=False, drop=1),
            Column("state", "状态", width=142, stretch=True, sortable=False, look="badge"),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """Latest first; what is not known here last."""
        return [*self._lines, *self._strange]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these sendings."""
        return [self._cells(key) for key in keys]

    def line(self, key: str) -> SentLine | None:
        """One sending; None for one that only the county knows."""
        return self._lines.get(key)

    def word(self, key: str) -> CountyWord | None:
        """What the county said of one."""
        line = self._lines.get(key)
        return self._words.get(line.record.bundle_id) if line is not None else self._strange.get(key)

    def _cells(self, key: str) -> Sequence[str]:
        line, word = self._lines.get(key), self.word(key)
        if line is None:
            assert word is not None
            item = word.item
            return (f"第{item.seq}期", item.period, item.check_code, word.state)
        record = line.record
        period = f"{line.period.label} 附件" if record.follows else line.period.label
        return (f"第{record.seq}期", period, record.check_code, state_of_sent(record, word))


class SentList(RecordList):
    """The list; `show_lines` shows what went out."""

    def __init__(self) -> None:
        self.sent = SentSource()
        super().__init__(
            self.sent, name="已报送", with_filter=False, framed=False, unit="期",
            empty=EmptyWords("还没有报送过", "数字签名以后，每一期都列在这里。"),
        )  # fmt: skip

    def show_lines(self, lines: Sequence[SentLine], words: Mapping[str, CountyWord] | None = None) -> None:
        """Show these sendings."""
        self.sent = SentSource(lines, words)
        self.set_source(self.sent)
