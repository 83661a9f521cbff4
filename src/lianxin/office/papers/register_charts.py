"""统计图 of a register: how many records each month or year has, and how many of each kind there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from lianxin.domain.dictionary import Record
from lianxin.office.papers.register_period import time_wire

if TYPE_CHECKING:
    from lianxin.documents.workbooks.monthly_return import ReturnChart
    from lianxin.documents.workbooks.writer import Sheet


def register_charts(cls: type[Record], records: Sequence[Record]) -> tuple[Sheet, ...]:
    """The sheet of charts of these records; none where nothing can be compared of them."""
    from lianxin.documents.workbooks.ledger_charts import charts_of

    return charts_of(tuple(_charts(cls, records)))


def _charts(cls: type[Record], records: Sequence[Record]) -> Iterator[ReturnChart]:
    from lianxin.documents.workbooks.ledger_charts import by_month, by_word

    packed = [record.packed() for record in records]
    wire = time_wire(cls)
    if wire == "year":
        yield by_word("按年度", (f"{each['year']}年" for each in packed), unit="条", in_order=True)
    elif wire:
        yield by_month(
            "按月", (date.fromisoformat(str(each[wire])) for each in packed if each[wire]), unit="条"
        )
    spec = next(
        (each for each in cls.fields() if each.ledger and each.kind.codes and not each.withheld_able), None
    )
    if spec is not None:
        yield by_word(f"按{spec.label}", (record.shown(spec.wire) for record in records), unit="条")
