"""Every table that was read on behalf of a township, and whether it counts now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lianxin.county.behalf.entering import label_of_ledger
from lianxin.county.townships.names import towns_in
from lianxin.domain.on_behalf import period_of, stands_whole
from lianxin.domain.records import BehalfSource
from lianxin.office.desk import Desk
from lianxin.office.receiving.behalf_rows import signed_periods, tables_of
from lianxin.office.receiving.gate import gate_of

COUNTS, REPLACED, WITHDRAWN = "计入", "已替换", "已撤销"


@dataclass(frozen=True)
class PastTable:
    """One table: `batch` takes it back; `state` is 计入, 已替换 or 已撤销."""

    uid: str
    batch: str
    day: date
    town: str
    period: str
    ledger: str
    source: str
    file_name: str
    rows: int
    state: str


def past_tables(desk: Desk) -> tuple[PastTable, ...]:
    """All of them, the latest first."""
    cutoff, former = desk.profile.cutoff_day.value, gate_of(desk).former
    with desk.store.reading() as reading:
        towns, sources = towns_in(reading), reading.all(BehalfSource)
        standing: set[str] = set()
        for code in {each.code for each in sources}:
            tables = tables_of(reading, code, cutoff=cutoff)
            signed = signed_periods(reading, code, former=former, cutoff=cutoff)
            standing |= {each.uid for each in tables if stands_whole(each, tables, signed)}
    found = (_past(each, towns.name(each.code), each.uid in standing, cutoff) for each in sources)
    return tuple(sorted(found, key=lambda each: each.uid, reverse=True))


def _past(source: BehalfSource, town: str, stands: bool, cutoff: int) -> PastTable:
    period = period_of(source.period, cutoff=cutoff)
    return PastTable(
        source.uid,
        source.batch,
        source.day,
        town,
        period.label if period is not None else source.period,
        label_of_ledger(source.ledger),
        source.shown("source"),
        source.file_name,
        len((source.rows or "").splitlines()),
        WITHDRAWN if source.withdrawn is not None else COUNTS if stands else REPLACED,
    )
