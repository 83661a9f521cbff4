"""代录: a table of a township without the program is read on its behalf (docs/adr/0024)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from lianxin.county.behalf.guess import Guess, asked_of, guess_table, named_towns, strangers
from lianxin.county.behalf.matching import put_all
from lianxin.county.behalf.reading import ReadTable, read_tables
from lianxin.county.behalf.refusals import (
    BehalfRefused,
    BehalfUnknown,
    legible,
    no_period,
    no_rows,
    no_table,
    other_town,
    signed_here,
    unknown_town,
)
from lianxin.county.certificates.register import county_office
from lianxin.county.townships.roster import Town, roster_ever
from lianxin.domain.on_behalf import covers, rows_read, rows_told, stands_whole, totals_told
from lianxin.domain.periods import BadPeriod, Period
from lianxin.domain.records import BehalfSource
from lianxin.ledgers.cells import Workbook
from lianxin.ledgers.return_sheet import RETURN, ReturnRow, Total, read_return
from lianxin.office.desk import Desk
from lianxin.office.importing.outcome import Cancel, Progress, RowOutcome, label_of, never, silent
from lianxin.office.receiving.behalf_rows import Settled, settle_rows, signed_periods, sources_of, tables_of
from lianxin.office.receiving.gate import Gate, gate_of
from lianxin.office.receiving.receive import alone
from lianxin.store.reading import Reading
from lianxin.store.writing import Writing

_MOST = 0.8
"""So much of a table lies in the period its title names, or the title means something else."""
WHOLE = "workbook"
"""Asked for as a kind: every sheet of the file by its own kind."""


@dataclass(frozen=True)
class Asked:
    """What is to be read for whom. `ledger` is a kind of record, `return` for totals, or `workbook` for all sheets.

    `beside` keeps the earlier tables of the kind, `sure` takes a file that names another township, `bundle` is the
    place of the 普通报送 the file lay in.
    """

    path: Path
    code: str
    ledger: str = WHOLE
    period: str | None = None
    beside: bool = False
    sure: bool = False
    bundle: str | None = None


@dataclass(frozen=True)
class OnBehalf:
    """What reading one table did, or in a preview would do.

    `batch` takes it back; None when nothing was stored. A row that was read before is `same`; `again` says that
    this very table counts already. `replaces` names earlier tables that count no more, `settled` how many records
    went and came. `totals` are the figures of a return sheet by key.
    """

    town: Town
    period: Period
    ledger: str
    file_name: str
    batch: str | None
    rows: tuple[RowOutcome, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    again: bool = False
    replaces: tuple[str, ...] = ()
    settled: Settled = field(default_factory=Settled)
    totals: Mapping[str, Total] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    refused_rows: bytes | None = None

    @property
    def label(self) -> str:
        """接待群众台账, 报表汇总 …"""
        return label_of_ledger(self.ledger)

    @property
    def words(self) -> str:
        """What was read for whom, what could not be, and what it replaces."""
        lead = f"{self.town.name}{self.period.label}{self.label}（未签名）"
        if self.ledger == RETURN:
            read = f"读出{len(self.totals)}个数，按所填的数计入，没有逐条记录"
        else:
            taken = self.counts["rows"] - self.counts["refused"]
            read = f"读出{taken}行" + (
                f"，{self.counts['refused']}行没有读出" if self.counts["refused"] else ""
            )
            doubts = sum(row.doubtful for row in self.rows)
            read += f"，{doubts}行有按推断理解的地方，请核对" if doubts else ""
        if self.settled.gone and not self.replaces:
            read += f"；其中{self.settled.gone}条在已有数字签名报送件的时段，不计入"
        return f"{lead}，{read}。{self._replaced}"

    @property
    def _replaced(self) -> str:
        if not self.replaces:
            return ""
        gone = f"，其中{self.settled.gone}条不再计入" if self.settled.gone else ""
        return f"替换此前代录的《{'》《'.join(self.replaces)}》{gone}（历史里都在，可以撤销）。"


def label_of_ledger(ledger: str) -> str:
    """What people call a kind of table."""
    return "报表汇总" if ledger == RETURN else label_of(ledger)


def guess_file(desk: Desk, path: Path) -> Guess:
    """Whose table a file seems to be, of which period and kinds. Raises BehalfRefused."""
    workbook = legible(path)
    with desk.store.reading() as reading:
        return guess_table(workbook, roster_ever(reading, desk.today()), profile=desk.profile)


def read_on_behalf(
    desk: Desk, asked: Asked, *, preview: bool = False, progress: Progress = silent, cancel: Cancel = never
) -> tuple[OnBehalf, ...]:
    """Reads a township's file on its behalf, all of it in one transaction; with `preview` nothing is stored.

    One answer a kind of table found. Raises BehalfRefused, NotThisOffice, ReceivingElsewhere, ImportStopped; then
    nothing has changed.
    """
    county_office(desk)
    workbook = legible(asked.path)
    with alone(desk):
        return _Reception(desk, asked, workbook).read(preview=preview, progress=progress, cancel=cancel)


def undo_on_behalf(desk: Desk, batch: str) -> Settled:
    """Takes tables back that were read under one number: earlier ones they replaced count again.

    All stays in the history. Raises BehalfUnknown.
    """
    county_office(desk)
    gate = gate_of(desk)
    with desk.store.writing(reason=f"撤销代录 {batch}") as writing:
        reading = Reading(writing.connection)
        found = [each for each in reading.all(BehalfSource) if each.batch == batch and each.withdrawn is None]
        if not found:
            raise BehalfUnknown(batch)
        for each in found:
            with writing.on_behalf(each.code):
                writing.put(replace(each, withdrawn=desk.today()))
        return settle_rows(
            writing, {each.code for each in found}, former=gate.former, cutoff=desk.profile.cutoff_day.value
        )


class _Reception:
    """One file on its way in."""

    def __init__(self, desk: Desk, asked: Asked, workbook: Workbook) -> None:
        self._desk, self._asked, self._workbook = desk, asked, workbook
        self._cutoff = desk.profile.cutoff_day.value
        self._gate: Gate = gate_of(desk)
        with desk.store.reading() as reading:
            self._towns = roster_ever(reading, desk.today())
        self._town = self._known_town(asked.code)
        self._digest = hashlib.sha256(asked.path.read_bytes()).hexdigest()

    def read(self, *, preview: bool, progress: Progress, cancel: Cancel) -> tuple[OnBehalf, ...]:
        name, guess = (
            self._workbook.name,
            guess_table(self._workbook, self._towns, profile=self._desk.profile),
        )
        named = strangers(guess, self._town.code, self._towns)
        if named and not self._asked.sure:
            raise other_town(name, self._town.name, named)
        ledgers = self._ledgers(guess)
        totals = self._totals() if RETURN in ledgers else None
        tables = read_tables(
            self._desk, self._town, self._asked.path, self._workbook,
            {ledger: sheets for ledger, sheets in ledgers.items() if ledger != RETURN},
            exported=self._asked.bundle is not None, progress=progress, cancel=cancel,
        )  # fmt: skip
        if not tables and totals is None:
            raise no_rows(name)
        period = self._period(guess, tables)
        try:
            with self._desk.store.writing(reason=f"代录 {self._town.name} {name}"[:200]) as writing:
                self._require_unsigned(writing, period)
                done = tuple(self._stored(writing, period, tables, totals))
                if preview:
                    raise _NothingStays(done)
        except _NothingStays as told:
            return tuple(replace(each, batch=None) for each in told.done)
        return done

    # ---- what is asked --------------------------------------------------------------------------

    def _known_town(self, code: str) -> Town:
        found = next((town for town in self._towns if code in town.codes), None)
        if found is None:
            raise unknown_town(code)
        return found

    def _ledgers(self, guess: Guess) -> Mapping[str, tuple[str, ...]]:
        """Ledger → sheets to be read; of a file with one kind of table all of them are."""
        wanted = self._asked.ledger
        found = guess.sheets if wanted == WHOLE else {wanted: guess.sheets.get(wanted, ())}
        if not found:
            raise no_table(self._workbook.name)
        if len(guess.sheets) <= 1:
            return dict.fromkeys(found, ())
        return found

    def _period(self, guess: Guess, tables: Sequence[ReadTable]) -> Period:
        told = self._asked.period or guess.period
        days = sorted(day for table in tables for day in table.days)
        try:
            found = Period.parse(told, cutoff=self._cutoff) if told is not None else None
        except BadPeriod as wrong:
            raise BehalfRefused(f"{wrong}没有代录，数据没有改动。") from wrong
        if self._asked.period is not None and found is not None:
            return found
        if found is not None and sum(day in found for day in days) >= _MOST * len(days):
            return found
        if not days:
            raise no_period(self._workbook.name)
        # What was only guessed gives way to the days that were read.
        month = Period.containing(days[0], cutoff=self._cutoff)
        return month if days[-1] in month else Period.parse(str(days[-1].year), cutoff=self._cutoff)

    def _totals(self) -> ReturnRow | None:
        found = read_return(self._workbook, asked_of(self._desk.profile))
        if not found and self._asked.ledger == WHOLE:
            return None
        if not found:
            raise no_table(self._workbook.name)
        own = [row for row in found if self._town.code in named_towns((row.town,), self._towns)]
        if own:
            return own[0]
        if len(found) == 1 and (self._asked.sure or not named_towns((found[0].town,), self._towns)):
            return found[0]
        raise other_town(
            self._workbook.name, self._town.name, "、".join(row.town or "别的单位" for row in found[:3])
        )

    def _require_unsigned(self, writing: Writing, period: Period) -> None:
        reading = Reading(writing.connection)
        signed = signed_periods(reading, self._town.code, former=self._gate.former, cutoff=self._cutoff)
        if any(covers(each, period) for each in signed):
            raise signed_here(self._workbook.name, self._town.name, period.label)

    # ---- what is stored -------------------------------------------------------------------------

    def _stored(
        self, writing: Writing, period: Period, tables: Sequence[ReadTable], totals: ReturnRow | None
    ) -> list[OnBehalf]:
        batch, done = self._desk.store.random(4).hex(), []
        for table in tables:
            told = table.told(writing, self._town.code)
            source = replace(
                self._source(writing, period, table.ledger, batch),
                rows=rows_told(told.matched.rows),
                refused=told.counts["refused"],
                doubts=sum(row.doubtful for row in told.rows),
            )
            put_all(writing, self._town.code, told.matched.fresh)
            answer = self._settled(writing, source, period)
            done.append(
                replace(answer, rows=told.rows, counts=told.counts, refused_rows=table.imported.refused_rows)
            )
        if totals is not None:
            source = replace(
                self._source(writing, period, RETURN, batch),
                totals=totals_told(totals.totals),
                doubts=len(totals.problems),
            )
            answer = self._settled(writing, source, period)
            notes = tuple(f"{each.cell}：{each.message}" for each in totals.problems)
            done.append(
                replace(answer, totals=totals.totals, notes=notes, counts={"figures": len(totals.totals)})
            )
        return done

    def _source(self, writing: Writing, period: Period, ledger: str, batch: str) -> BehalfSource:
        return BehalfSource(
            uid=writing.new_uid(),
            code=self._town.code,
            period=period.code,
            source="plain" if self._asked.bundle else "file",
            ledger=ledger,
            day=self._desk.today(),
            file_name=self._workbook.name[:200],
            digest=self._digest,
            batch=batch,
            beside=self._asked.beside,
            bundle=self._asked.bundle,
        )

    def _settled(self, writing: Writing, source: BehalfSource, period: Period) -> OnBehalf:
        """Stores the table unless it counts already, and what follows for earlier ones."""
        reading, code = Reading(writing.connection), self._town.code
        before = self._standing(reading)
        same = [each for each in before if _same_table(each, source)]
        if same:
            return OnBehalf(self._town, period, source.ledger, source.file_name, same[0].batch, again=True)
        with writing.on_behalf(code):
            writing.put(source)
        settled = settle_rows(writing, [code], former=self._gate.former, cutoff=self._cutoff)
        after = {each.uid for each in self._standing(reading)}
        gone = tuple(each.file_name for each in before if each.uid not in after)
        return OnBehalf(
            self._town, period, source.ledger, source.file_name, source.batch, replaces=gone, settled=settled
        )

    def _standing(self, reading: Reading) -> list[BehalfSource]:
        tables = tables_of(reading, self._town.code, cutoff=self._cutoff)
        signed = signed_periods(reading, self._town.code, former=self._gate.former, cutoff=self._cutoff)
        standing = {each.uid for each in tables if stands_whole(each, tables, signed)}
        return [each for each in sources_of(reading, self._town.code) if each.uid in standing]


class _NothingStays(Exception):
    """Ends a preview."""

    def __init__(self, done: tuple[OnBehalf, ...]) -> None:
        super().__init__("preview")
        self.done = done


def _same_table(one: BehalfSource, other: BehalfSource) -> bool:
    if (one.digest, one.ledger, one.period, one.totals) != (
        other.digest, other.ledger, other.period, other.totals,
    ):  # fmt: skip
        return False
    return frozenset(rows_read(one.rows)) == frozenset(rows_read(other.rows))
