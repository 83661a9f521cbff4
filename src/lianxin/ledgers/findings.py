"""Collecting what a row's cells were understood as, so that nothing is guessed in silence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from lianxin.domain.checks import clean_text, is_nothing, read_name
from lianxin.domain.codes import SEX, CodeList
from lianxin.domain.dates import Unreadable
from lianxin.ledgers.cells import BLANK, Cell
from lianxin.ledgers.phones import read_phones
from lianxin.ledgers.rows import LedgerRow, Problem, Reading, is_ditto


@dataclass(frozen=True)
class RefusedRow:
    """A row that cannot become a record, with the reasons; it goes to the workbook of refused rows."""

    row: LedgerRow
    problems: tuple[Problem, ...]


class Findings:
    """One row while it is being understood; `row` is that row with all readings and problems so far."""

    def __init__(self, row: LedgerRow) -> None:
        self._row = row
        self._readings = list(row.readings)
        self._problems = list(row.problems)
        self.fatal: list[Problem] = []

    @property
    def row(self) -> LedgerRow:
        """The row with everything found."""
        problems = tuple(dict.fromkeys((*self._problems, *self.fatal)))
        return replace(self._row, readings=tuple(self._readings), problems=problems)

    def cell(self, field: str) -> Cell:
        """The cell of a field, merges and 同上 resolved; blank when there is no such column."""
        return self._row.raw.get(field, BLANK)

    def text(self, field: str) -> str:
        """The cleaned text of a field; "" when blank."""
        return self._row.values.get(field, "")

    def words(self, field: str) -> str | None:
        """The cleaned text of a field, or None when the cell is blank or says that there is none."""
        text = self.text(field)
        return None if is_nothing(text) else text

    def read_as(self, field: str, understood: str, why: str, typed: str | None = None) -> None:
        """Note that a cell was understood rather than copied."""
        own = self._row.typed.get(field, "")
        shown = own if typed is None else typed
        self._readings.append(Reading(field, self._row.place(field), shown, understood, why))

    def was_ditto(self, field: str) -> bool:
        """Whether the cell said 同上 and the row above had something to bring."""
        return any(reading.field == field and is_ditto(reading.typed) for reading in self._readings)

    def read_instead(self, field: str, understood: str, why: str) -> None:
        """Note a better understanding of a cell in place of those noted before; what was typed stays."""
        self._readings = [reading for reading in self._readings if reading.field != field]
        self.read_as(field, understood, why)

    def wrong(self, field: str, message: str) -> None:
        """Note a cell that is wrong or unreadable; the row is kept."""
        self._problems.append(Problem(field, self._row.place(field), message))

    def refuse(self, field: str, message: str) -> None:
        """Note a required field that cannot be read; the row is refused."""
        self.fatal.append(Problem(field, self._row.place(field), message))

    def refused(self) -> RefusedRow | None:
        """The refused row, or None when it may be imported."""
        return RefusedRow(self.row, tuple(self.fatal)) if self.fatal else None

    # ---- fields that several kinds of ledger share --------------------------------------------

    def code(self, field: str, codes: CodeList) -> str | None:
        """A code by code, label or synonym; text that is none of them becomes a problem and stays out."""
        text = self.words(field)
        if text is None:
            return None
        found = codes.find(text) or codes.find(clean_text(text).replace(" ", ""))
        if found is None:
            self.wrong(field, f"{codes.label}“{text}”不在可选范围内，没有采用")
            return None
        return found.code

    def sex(self, field: str = "sex") -> str | None:
        """male, female or None; 男/56 says an age too."""
        if match := re.match(r"(男|女)[^\u4e00-\u9fff]*\d", self.text(field)):
            found = SEX.find(match[1])
            return found.code if found else None
        return self.code(field, SEX)

    def name(self, field: str) -> str | None:
        """A name, inner spaces gone; None when blank. Raises Unreadable when it cannot be a name."""
        text = self.text(field)
        if is_nothing(text):
            return None
        reading = read_name(text)
        if reading.doubt:
            self.read_as(field, reading.name, reading.doubt)
        return reading.name

    def phone(self, field: str = "phone") -> str | None:
        """A phone number in normal form; odd ones and the first of several are kept with a reading."""
        found = self.phones(field)
        if len(found) > 1:
            typed = self.text(field)
            self.read_as(field, found[0], f"“{typed}”有几个号码，先记第一个{found[0]}")
        return found[0] if found else None

    def phones(self, field: str = "phone") -> tuple[str, ...]:
        """Every phone number of a cell in normal form; odd ones are kept with a reading."""
        reading = read_phones(self.text(field))
        if reading.doubt:
            self.read_as(field, "、".join(reading.phones), reading.doubt)
        return reading.phones

    def attempt(self, field: str, read: Callable[[], str | None]) -> str | None:
        """A reading that must not lose the row: what is unreadable becomes a problem and None."""
        try:
            return read()
        except Unreadable as unreadable:
            self.wrong(field, str(unreadable))
            return None
