"""Rows read on behalf of a township go when a signed file of its period comes, and come back when that is undone.

Always by new entries in the very transaction that took the file in or back; what is to count is computed anew each
time, so that nothing depends on the order in which files and tables came (docs/adr/0024).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lianxin.domain.dictionary import kind_named
from lianxin.domain.on_behalf import Key, Table, counted, period_of, rows_read, stands_whole
from lianxin.domain.periods import Period
from lianxin.domain.records import BehalfSource
from lianxin.domain.streams import replica_of
from lianxin.office.trust.trusting import code_changes
from lianxin.store.owners import order_made
from lianxin.store.reading import Condition, Reading
from lianxin.store.received import received_files
from lianxin.store.writing import Writing

Former = Mapping[str, frozenset[str]]
"""Office → the ended codes it goes on for."""
_SIGNED, _PLAIN = "report", "plain"
_MAIN = {"deputies": "mandate", "tally": "evaluation"}
"""Kind of table → kind of record that a row of it is, where they are called differently."""


@dataclass(frozen=True)
class Settled:
    """What a settling did: rows of tables that count no more, rows that count again."""

    gone: int = 0
    back: int = 0

    @property
    def words(self) -> str:
        """A sentence for the verdict; "" when nothing changed."""
        gone = f"原来代录的{self.gone}条已由报送内容替换，不再计入（历史里都在）。" if self.gone else ""
        back = f"原来代录的{self.back}条重新计入。" if self.back else ""
        return gone + back


def settle_rows(writing: Writing, codes: Collection[str], *, former: Former, cutoff: int) -> Settled:
    """Makes the rows of these townships count or not, as the tables and accepted files now say."""
    reading, gone, back = Reading(writing.connection), 0, 0
    known = {each.code for each in reading.all(BehalfSource)} if codes else set()
    for code in sorted(known & _with_former(codes, former)):
        tables = tables_of(reading, code, cutoff=cutoff)
        wanted = counted(tables, signed_periods(reading, code, former=former, cutoff=cutoff))
        named = {row.key for table in tables for row in table.rows}
        rows = {_MAIN.get(table.ledger, table.ledger) for table in tables}
        with writing.on_behalf(code):
            went, came = _make_so(writing, reading, named, wanted)
        gone += sum(kind in rows for kind, _ in went)
        back += sum(kind in rows for kind, _ in came)
    return Settled(gone, back)


def sources_of(reading: Reading, code: str) -> list[BehalfSource]:
    """The tables read for one township, in the order in which they were read."""
    made = order_made(reading.connection, BehalfSource.KIND)
    return sorted(reading.all(BehalfSource, Condition("code", "=", code)), key=lambda each: made[each.uid])


def standing_returns(reading: Reading, *, cutoff: int) -> tuple[BehalfSource, ...]:
    """The returns of totals that count now, of all townships, in the order in which they were read."""
    former: dict[str, frozenset[str]] = {}
    for change in code_changes(reading):
        former[change.code] = former.get(change.code, frozenset()) | {change.former}
    here = _plain_here(reading)
    by_code: dict[str, list[tuple[BehalfSource, Table]]] = {}
    made = order_made(reading.connection, BehalfSource.KIND)
    found = (each for each in reading.all(BehalfSource) if each.totals)
    for order, each in enumerate(sorted(found, key=lambda each: made[each.uid])):
        table = table_of(each, order, cutoff=cutoff, here=here)
        if table is not None:
            by_code.setdefault(each.code, []).append((each, table))
    standing: list[BehalfSource] = []
    for code, pairs in by_code.items():
        signed = signed_periods(reading, code, former=former, cutoff=cutoff)
        tables = [table for _, table in pairs]
        standing += (each for each, table in pairs if stands_whole(table, tables, signed))
    return tuple(standing)


def tables_of(reading: Reading, code: str, *, cutoff: int) -> tuple[Table, ...]:
    """The same as the rule sees them; one whose 普通报送 was taken back or came again signed counts as withdrawn."""
    here = _plain_here(reading)
    found = (
        table_of(each, order, cutoff=cutoff, here=here)
        for order, each in enumerate(sources_of(reading, code))
    )
    return tuple(table for table in found if table is not None)


def table_of(source: BehalfSource, order: int, *, cutoff: int, here: Collection[str]) -> Table | None:
    """One table as the rule sees it, the `order`-th that was read; `here` are the places of the 普通报送 that count."""
    period = period_of(source.period, cutoff=cutoff)
    if period is None:
        return None
    lost = source.bundle is not None and source.bundle not in here
    return Table(
        source.uid,
        source.ledger,
        period,
        order,
        rows_read(source.rows),
        beside=source.beside,
        withdrawn=source.withdrawn is not None or lost,
    )


def signed_periods(reading: Reading, code: str, *, former: Former, cutoff: int) -> tuple[Period, ...]:
    """The periods for which a signed file of this township is accepted, also under the code that goes on for it."""
    offices = {code} | {org for org, ended in former.items() if code in ended}
    found = {
        each.period
        for org in sorted(offices)
        for each in received_files(reading.connection, "accepted", org=org)
        if each.kind == _SIGNED
    }
    periods = (period_of(each, cutoff=cutoff) for each in sorted(found))
    return tuple(each for each in periods if each is not None)


def _plain_here(reading: Reading) -> frozenset[str]:
    """The places of the 普通报送 that still tell something.

    A signed file holds every entry of its replica, so it tells again what that replica sent unsigned, of any period.
    """
    found = received_files(reading.connection, "accepted")
    signed = {replica_of(stream) for each in found if each.kind == _SIGNED for stream in each.ranges}
    return frozenset(each.place for each in found if each.kind == _PLAIN and each.replica not in signed)


def _with_former(codes: Collection[str], former: Former) -> set[str]:
    return set(codes).union(*(former.get(code, frozenset()) for code in codes))


def _make_so(
    writing: Writing, reading: Reading, named: Collection[Key], wanted: Collection[Key]
) -> tuple[list[Key], list[Key]]:
    """Removes and restores what has to be, and answers both."""
    by_kind: dict[str, list[str]] = {}
    for kind, uid in sorted(named):
        by_kind.setdefault(kind, []).append(uid)
    gone: list[Key] = []
    back: list[Key] = []
    for kind, uids in by_kind.items():
        cls = kind_named(kind)
        shown = reading.by_uid(cls, uids)
        go = [uid for uid in uids if uid in shown and (kind, uid) not in wanted]
        come = [uid for uid in uids if uid not in shown and (kind, uid) in wanted]
        for uid in go:
            writing.remove(cls, uid)
        for uid in come:
            writing.restore(cls, uid)
        gone += ((kind, uid) for uid in go)
        back += ((kind, uid) for uid in come)
    return gone, back
