"""The tables of one file read in a passing office of the township, sheet by sheet of their kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lianxin.county.behalf.matching import Matched, match
from lianxin.county.behalf.passing_office import KNOWN_KINDS, ReadRecord, passing_office, read_records
from lianxin.county.behalf.refusals import BehalfRefused, no_rows, no_table
from lianxin.county.townships.roster import Town
from lianxin.domain.dictionary import Record, kind_named, kinds
from lianxin.domain.on_behalf import Key, own_day
from lianxin.ledgers.cells import Workbook
from lianxin.ledgers.refusals import LedgerUnreadable
from lianxin.office.desk import Desk
from lianxin.office.importing.ledger_import import Imported, import_ledger
from lianxin.office.importing.outcome import Cancel, Progress, RowOutcome
from lianxin.store.owners import marked_on_behalf, owners_of_kind
from lianxin.store.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Iterator


_IN_THEIR_OWN = frozenset({"contact", "visitor", "reception-day", "rota"})
"""What our own exported ledgers hold one beside the other: the visit of a matter stands in the ledger of visits."""


@dataclass(frozen=True)
class Told:
    """A table against what this ledger holds: its rows with what becomes of them, the records to be stored."""

    matched: Matched
    rows: tuple[RowOutcome, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class ReadTable:
    """One table as read: what the importer said of its rows, and the records they are."""

    ledger: str
    imported: Imported
    records: tuple[ReadRecord, ...]

    @property
    def days(self) -> list[date]:
        """The days on which what it tells happened, not those of later steps."""
        own = (each for each in self.records if not each.cls.PARENT)
        found = (own_day(each.cls.unpacked({**each.values, "uid": each.key[1]})) for each in own)
        return [day for day in found if day is not None]

    def told(self, writing: Writing, code: str) -> Told:
        """Matched with what was written for this township before; a row that counts already is `same`."""
        matched = match(writing, code, self.records)
        new = {record.uid for record in matched.fresh}
        rows = tuple(_row(each, matched.uids, new) for each in self.imported.rows)
        counts = dict(self.imported.counts)
        for outcome in ("new", "same", "changed", "refused"):
            counts[outcome] = sum(row.outcome == outcome for row in rows)
        return Told(matched, rows, counts)


def read_tables(
    desk: Desk,
    town: Town,
    path: Path,
    workbook: Workbook,
    ledgers: Mapping[str, Sequence[str]],
    *,
    exported: bool,
    progress: Progress,
    cancel: Cancel,
) -> tuple[ReadTable, ...]:
    """Reads the tables of a file for one township. `ledgers` tells kind → sheets, none of them meaning all.

    `exported` ones were made by this program at the township (普通报送).

    Raises BehalfRefused, ImportStopped.
    """
    if not ledgers:
        return ()
    known = {(type(record).KIND, record.uid): record for record in _known(desk, town)}
    found = []
    with passing_office(desk, town.code, town.name, known.values()) as office:
        known |= _records_of(office, set(known))
        for ledger, sheets in ledgers.items():
            with _only(path, workbook, sheets, office.store.home) as file:
                imported = _imported(office, ledger, file, path.name, exported, progress, cancel)
            if len(ledgers) > 1 and not imported.counts["rows"]:
                # A sheet of the handed-out workbook that the township had nothing for.
                continue
            _require_rows(imported, path.name)
            named = [uid for row in imported.rows for uid in row.uids]
            cells = frozenset(text for row in imported.rows for text in row.cells.values())
            records = read_records(
                office,
                known=known,
                named=named,
                cells=cells,
                without=_elsewhere(ledger) if exported else frozenset(),
            )
            found.append(ReadTable(ledger, imported, tuple(records)))
            known |= _records_of(office, set())
    return tuple(found)


def _imported(
    office: Desk, ledger: str, file: Path, name: str, exported: bool, progress: Progress, cancel: Cancel
) -> Imported:
    try:
        done = import_ledger(
            office,
            kind=ledger,
            path=file,
            preview=False,
            exported=exported,
            progress=progress,
            cancel=cancel,
            pause=lambda: None,
        )
    except LedgerUnreadable as wrong:
        raise BehalfRefused(f"{name}：{wrong.reason}没有代录，数据没有改动。") from wrong
    return done


def _require_rows(done: Imported, name: str) -> None:
    if not any(sheet.heading for sheet in done.sheets):
        raise no_table(name)
    if done.counts["rows"] == done.counts["refused"]:
        raise no_rows(name, empty=not done.counts["rows"])


def _elsewhere(ledger: str) -> frozenset[str]:
    return _IN_THEIR_OWN if ledger == "opinion" else frozenset()


def _known(desk: Desk, town: Town) -> list[Record]:
    """What was read for this township before and counts, of the kinds that later tables name again."""
    found: list[Record] = []
    with desk.store.reading() as reading:
        for kind in KNOWN_KINDS:
            cls = kind_named(kind)
            marked, owners = (
                marked_on_behalf(reading.connection, kind),
                owners_of_kind(reading.connection, kind),
            )
            own = sorted(uid for uid in marked if owners.get(uid) in town.codes)
            found += reading.by_uid(cls, own).values()
    return found


def _records_of(office: Desk, without: set[Key]) -> dict[Key, Record]:
    with office.store.reading() as reading:
        here = {(cls.KIND, each.uid): each for cls in kinds() for each in reading.all(cls)}
    return {key: record for key, record in here.items() if key not in without}


def _row(row: RowOutcome, uids: Mapping[str, str], new: set[str]) -> RowOutcome:
    if row.outcome == "refused":
        return row
    mapped = tuple(uids.get(uid, uid) for uid in row.uids)
    return replace(row, uids=mapped, outcome="new" if new & set(mapped) else "same")


@contextmanager
def _only(path: Path, workbook: Workbook, sheets: Sequence[str], folder: Path) -> Iterator[Path]:
    """The file itself, or beside the passing office one with these sheets of it only."""
    if not sheets:
        yield path
        return
    from lianxin.county.behalf.sheets import written_apart

    apart = folder / f"{path.stem}.xlsx"
    written_apart(workbook, sheets, apart)
    try:
        yield apart
    finally:
        apart.unlink(missing_ok=True)
