"""What the county said of each sent file in its signed receipts, beside what was only said over the telephone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lianxin.domain.records import ReceiptItem, ReceptionDecision, RecordReturn, SentFile
from lianxin.office.returned import decisions
from lianxin.office.sending.receipted import receipt_items
from lianxin.office.trust.trusting import enrolled_in
from lianxin.store.acknowledged import acknowledged, beyond_written
from lianxin.store.reading import Reading
from lianxin.store.received import ReceivedFile, received_files

_TAKEN = ("accept", "conflict", "noop")
_STATES: Mapping[str, str] = {
    "accept": "✓ 县人大已收到",
    "conflict": "✓ 县人大已收到",
    "noop": "✓ 县人大已收到",
    "hold": "待接上（暂存）",
    "quarantine": "待查（另存）",
    "reject": "核验未通过",
    "taken_back": "未收（已撤回）",
}
TELEPHONED = "电话确认收到"


@dataclass(frozen=True)
class CountyWord:
    """The latest word on one file; `receipt_no` is the receipt that brought it, None when that is not known.

    `decision` is what the county's clerk said of it, `returned` how many of its records were returned.
    """

    item: ReceiptItem
    receipt_no: int | None
    decision: ReceptionDecision | None = None
    returned: int = 0

    @property
    def taken(self) -> bool:
        """Whether the county has it in its ledger."""
        return self.item.verdict in _TAKEN

    @property
    def state(self) -> str:
        """A word for the list."""
        if self.taken and self.decision is not None and self.decision.result != "passed":
            return f"县人大{self.decision.shown('result')}"
        return _STATES[self.item.verdict]

    @property
    def sent_back(self) -> bool:
        """Whether the county returned the file as a whole."""
        return self.taken and self.decision is not None and self.decision.result == "returned"

    @property
    def sentence(self) -> str:
        """What happened to it at the county, and what to do where something is to be done."""
        return self._said(f"（第{self.receipt_no}号回执）" if self.receipt_no is not None else "（回执）")

    @property
    def short(self) -> str:
        """The same without the receipt, for where the receipt itself is spoken of."""
        return self._said("")

    def _said(self, by: str) -> str:
        if not self.taken:
            return f"{self.item.shown('verdict')}{by}：{self.item.words}"
        counted = self.item.new or self.item.changed
        brought = f"新增{self.item.new}条、修改{self.item.changed}条" if counted else "没有新增和修改"
        told = f"县人大已收到{by} · {brought}"
        if self.item.conflicts:
            told += f"，{self.item.conflicts}条有不同写法，县里待确认"
        return told + self._decided()

    def _decided(self) -> str:
        if self.decision is None:
            return ""
        count = f"，退回修改的{self.returned}条" if self.returned else ""
        words = f"：{self.decision.words}" if self.decision.words else ""
        return f" · 审核{self.decision.shown('result')}{count}{words}"


def county_words(reading: Reading) -> dict[str, CountyWord]:
    """Bundle id → the latest word; the item with the latest day stands when there are several."""
    receipts = [each for each in received_files(reading.connection, "accepted") if each.kind == "receipt"]
    decided = decisions(reading)
    returned = Counter(each.bundle_id for each in reading.all(RecordReturn))
    found: dict[str, CountyWord] = {}
    for item in receipt_items(reading):
        bundle = item.bundle_id
        if bundle not in found:
            number = _receipt_of(reading, item, receipts)
            found[bundle] = CountyWord(item, number, decided.get(bundle), returned[bundle])
    return found


def state_of_sent(record: SentFile, word: CountyWord | None) -> str:
    """How a sent file stands, in a word: the receipt rules, a telephone call is only a note."""
    if word is not None:
        return word.state
    if record.sealed_kind == "handover":
        return "交接用"
    return TELEPHONED if record.state == "received" else record.shown("state")


def behind_county(reading: Reading) -> bool:
    """Whether the county has entries of ours that are not here, or a receipt of it waits for what is missing."""
    held = enrolled_in(reading)
    if held is None:
        return False
    told = acknowledged(reading.connection, held.county_code)
    waiting = received_files(reading.connection, "held", org=held.county_code)
    return bool(beyond_written(reading.connection, told.counters)) or bool(waiting)


def _receipt_of(reading: Reading, item: ReceiptItem, receipts: list[ReceivedFile]) -> int | None:
    """The number of the receipt that carried the latest entry of the item; a receipt's seq is its number."""
    last = reading.history(ReceiptItem.KIND, item.uid)[-1].entry
    for receipt in receipts:
        first, end = receipt.ranges.get(last.stream, (1, 0))
        if first <= last.counter <= end:
            return receipt.seq
    return None
